#ifndef TESTS_FILTER_ORACLE_H
#define TESTS_FILTER_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "base/random.h"
#include "catalog/query.h"

/* Filter lines at random, and what an independent SQL statement says about each: the rows in order,
 * the counts of facets and histograms, and what lifting each term brings back. The statement is written
 * from the same dice as the line, not from the line, over tables in memory that hold every cell of the
 * sheet as a plain value. Half the lines are the line before with one term more or less, and the query goes on
 * from its last answer, as in the program. */

struct oracle_term {
    struct buf words; /* as in the line, with its leading - */
    struct buf sql;   /* true for rows that pass; never NULL */
    /* Where it is the first such term: the facet group or the histogram whose selection it is;
     * COLUMN_COUNT: none. */
    enum column selects;
};

#define ORACLE_TERMS 5

struct filter_oracle {
    sqlite3 *db;
    struct sheet *sheet; /* borrowed */
    struct random random;
    struct oracle_term terms[ORACLE_TERMS]; /* of the present line */
    size_t count;
    struct buf line, order, order_sql;
    bool batches;               /* lines may name imports */
    uint8_t *fails;             /* by row: bit i, SQL says that term i refuses it */
    struct query_result result; /* of the line before */
};

/* Copies the sheet into tables. A change of the sheet has to be told. */
void oracle_init(struct filter_oracle *oracle, struct sheet *sheet, uint64_t seed);
void oracle_rejoin(struct filter_oracle *oracle); /* another scenario: all figures anew */
/* The facts of one row changed, or it went; none may come. The rest of the sheet is as it was. */
void oracle_changed(struct filter_oracle *oracle, uint32_t row);
/* Two imports that lines may name from now on, with creators at random. Ids must ascend. */
void oracle_batches(struct filter_oracle *oracle);
void oracle_release(struct filter_oracle *oracle);

/* Throws the dice: oracle->line and oracle->order are the texts to parse. */
void oracle_next(struct filter_oracle *oracle);

/* Does the query agree with SQL about the present line? If not, `why` says where. */
bool oracle_agrees(struct filter_oracle *oracle, struct buf *why);

#endif
