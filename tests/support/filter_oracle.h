#ifndef TESTS_FILTER_ORACLE_H
#define TESTS_FILTER_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "base/random.h"
#include "catalog/query.h"

/* Filter lines at random, and what an independent SQL statement says about each: the rows in order,
 * the facet counts, and what lifting each term brings back. The statement is written from the same
 * dice as the line, not from the line, over a table in memory that holds every cell of the sheet as a
 * plain value. */

struct oracle_term {
    struct buf words;    /* as in the line, with its leading - */
    struct buf sql;      /* true for rows that pass; never NULL */
    enum column selects; /* the facet group whose selection it is, or COLUMN_COUNT */
};

#define ORACLE_TERMS 5

struct filter_oracle {
    sqlite3 *db;
    struct sheet *sheet; /* borrowed */
    struct random random;
    struct oracle_term terms[ORACLE_TERMS]; /* of the present line */
    size_t count;
    struct buf line, order, order_sql;
};

/* Copies the sheet into a table. The sheet must not change until oracle_release(). */
void oracle_init(struct filter_oracle *oracle, struct sheet *sheet, uint64_t seed);
void oracle_release(struct filter_oracle *oracle);

/* Throws the dice: oracle->line and oracle->order are the texts to parse. */
void oracle_next(struct filter_oracle *oracle);

/* Does the query agree with SQL about the present line? If not, `why` says where. */
bool oracle_agrees(struct filter_oracle *oracle, struct buf *why);

#endif
