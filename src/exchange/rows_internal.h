#ifndef MICROSCOPE_EXCHANGE_ROWS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_ROWS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/names.h"
#include "base/text.h"
#include "exchange/import.h"
#include "feed_internal.h"

/* What every format comes down to: rows of cells. A cell that is not there is the null text; one
 * that is there and says nothing is empty. Cells may hold broken UTF-8. Borrowed for the call. */
struct row {
    size_t line; /* where it starts */
    const struct text *cells;
    size_t count;
    size_t late; /* JSON: values that no column could be kept for */
    struct text
        raw; /* as it stands in the file, where that was asked for; null: it cannot be told */
};

/* A false return stops the reading, with `err` set where it is a failure. */
struct row_taker {
    void *self;
    bool (*row)(void *self, const struct row *row, struct err *err);
    /* A piece of the file that is no row: how it begins, and, as with rows, the whole of it. */
    bool (*broken)(void *self, size_t line, struct text value, struct text raw, const char *reason,
                   struct err *err);
    bool raw; /* rows are wanted as they stand, too */
};

extern const char csv_too_many_cells[]; /* the reason of a row beyond IMPORT_COLUMNS_MOST */
bool csv_rows(struct feed *feed, char separator, const struct row_taker *taker, struct err *err);

/* Elements of the JSON list under the key path `wrapper` (null: a bare list), or, with `lines`, the
 * values that follow one another. Cells stand in the order of `paths`; paths seen for the first time
 * are added to it. False with an error where there is no such list. */
struct json_place {
    struct text wrapper;
    bool lines;
    struct text inner; /* terminated: each element holds its list under this key; null */
};
bool json_rows(struct feed *feed, struct json_place place, struct names *paths,
               const struct row_taker *taker, struct err *err);
/* Adds the key path of the first list of objects inside the object that starts here. False: none. */
bool json_wrapper(struct feed *feed, struct buf *path);

#endif
