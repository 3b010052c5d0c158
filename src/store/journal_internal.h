#ifndef MICROSCOPE_STORE_JOURNAL_INTERNAL_H
#define MICROSCOPE_STORE_JOURNAL_INTERNAL_H

#include "cells_internal.h"
#include "store_internal.h"

/* What a batch changed, so that it can be taken back: an entry for each thing that goes back as a whole.
 * It holds the cells that were other before, and two hashes of all of the thing: as it was, and as
 * the batch wrote it. */

/* What goes back as a whole: figures of one date, or a column of its own. */
struct journal_units {
    struct fields all, past; /* of rows of creators; of the history */
    struct fields items[COLUMN_COUNT];
    size_t count;
    uint8_t unit_of[COLUMN_COUNT];
};
void journal_units_init(struct journal_units *units);
bool journal_unit_dated(size_t unit);

enum journal_kind {
    JOURNAL_ROW,     /* a unit of the row */
    JOURNAL_LEFT,    /* an entry of the history that holds what gave way */
    JOURNAL_PAST,    /* one that came with the file */
    JOURNAL_MADE = 4 /* or'ed: there was none at that time */
};

struct journal_entry {
    unsigned kind;
    int64_t at;  /* of the history */
    size_t unit; /* of the row */
    uint32_t old_hash, new_hash;
    size_t count;
    struct journal_cell {
        enum column column;
        struct cell cell; /* texts borrowed of the bytes */
        bool carried;
        double seen; /* see carried_internal.h */
    } cells[COLUMN_COUNT];
};

uint32_t journal_hash(const struct row *row, const struct fields *fields);
bool journal_is_past(const struct journal_entry *entry);

/* Of a unit that differs in `fields`; *differs tells whether. */
bool journal_compare(struct journal_entry *entry, const struct row *before, const struct row *after,
                     const struct fields *fields);

void journal_put_back(struct row *row, const struct journal_entry *entry);

/* Columns stand in the bytes as places in a list of names that the batch keeps; COLUMN_COUNT is one that is no
 * more. */
struct journal_names {
    enum column items[256];
    size_t count;
};
void journal_names_write(struct buf *out, const struct journal_units *units);
void journal_names_read(struct journal_names *names, struct text list);

void journal_write(struct buf *out, const struct journal_names *names,
                   const struct journal_entry *entry);
/* One entry from the front of *bytes; false at the end, or where nothing can be made of them. */
bool journal_read(struct text *bytes, const struct journal_units *units,
                  const struct journal_names *names, struct journal_entry *entry);

#endif
