#ifndef MICROSCOPE_STORE_CELLS_INTERNAL_H
#define MICROSCOPE_STORE_CELLS_INTERNAL_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "carried_internal.h"
#include "domain/record.h"

/* A row of creators as the engine holds it: every stored column of the registry, typed by its unit.
 * Rows are indexed by column; the columns that are not stored stay unknown. */
enum cell_kind { CELL_UNKNOWN, CELL_WHOLE, CELL_REAL, CELL_TEXT };

struct cell {
    enum cell_kind kind;
    union {
        int64_t whole;
        double real;
        struct text text; /* borrowed */
    };
};

struct row {
    struct cell cells[COLUMN_COUNT];
    struct carried carried;
};
struct carried_dates row_dates(const struct row *row);

/* The stored columns, in the order of the registry. */
struct fields {
    enum column items[COLUMN_COUNT];
    size_t count;
};

void fields_init(struct fields *fields);
/* Without those that the store itself keeps. */
void fields_imported(struct fields *fields);
/* Appends the quoted names with commas between: "platform","handle",… */
void fields_names(const struct fields *fields, struct buf *out);
/* Appends a parameter for each: ?2,?3,… */
void fields_parameters(const struct fields *fields, struct buf *out, int first);
/* Appends "name"=?3,… with the same numbers, leaving out what identifies the creator. */
void fields_assignments(const struct fields *fields, struct buf *out, int first);

enum cell_kind cell_kind_of(enum column column);
struct cell cell_number(enum cell_kind kind, double value); /* rounded where whole */
double cell_value(const struct cell *cell);                 /* NaN unless a number */
static inline bool cell_known(const struct cell *cell)
{
    return cell->kind != CELL_UNKNOWN;
}

bool cell_equal(const struct cell *a, const struct cell *b);

void row_from_record(struct row *row, const struct fields *fields, const struct record *record);
/* Fields from result column `first` on; texts live as long as the statement stands there. */
void row_from_statement(struct row *row, const struct fields *fields, sqlite3_stmt *stmt,
                        int first);
/* From a statement that gives the id, then the fields, then `carried`. */
void row_stored(struct row *row, const struct fields *fields, sqlite3_stmt *stmt);
/* `bound` tells which fields are not NULL in the statement (bit i: field i) and is kept so: most of
 * a row is unknown, and stays so from one row to the next. 0 for a new statement. */
void row_bind(const struct row *row, const struct fields *fields, sqlite3_stmt *stmt, int first,
              uint64_t *bound);
bool row_equal(const struct row *a, const struct row *b, const struct fields *fields);
uint64_t row_hash(const struct row *row, const struct fields *fields);

#endif
