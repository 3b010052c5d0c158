#ifndef MICROSCOPE_STORE_ROWS_INTERNAL_H
#define MICROSCOPE_STORE_ROWS_INTERNAL_H

#include "base/arena.h"
#include "cells_internal.h"

/* Rows of creators as records: the id, then some of the stored columns. Zeroed, then rows_init(). */
struct rows {
    struct fields fields;     /* those that are read, result columns 1 … */
    bool texts[COLUMN_COUNT]; /* by place in fields */
    struct record record;     /* the latest row; texts live as long as the statement stands there */
    struct arena repaired;
};

void rows_init(struct rows *rows, const struct fields *fields);
void rows_release(struct rows *rows);
/* "id,"platform",…" */
void rows_names(const struct rows *rows, struct buf *out);
/* The row on which the statement stands, into rows->record. */
void rows_read(struct rows *rows, sqlite3_stmt *stmt);

#endif
