#ifndef MICROSCOPE_CATALOG_FOLDED_INTERNAL_H
#define MICROSCOPE_CATALOG_FOLDED_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "catalog/sheet.h"

/* A text column as utf8_fold() makes it, all rows in one run of bytes, so that looking for a word is
 * one scan of memory. Rows follow one another, each ended by a byte that no UTF-8 has; what no longer
 * fits its place has moved to a short list, and when that is full the rows are put together anew. */

#define FOLDED_END '\xff'
#define FOLDED_MOVED 1024 /* rows out of their place */
#define FOLDED_LETTERS 26 /* a to z */

struct folded_move {
    uint32_t row;
    uint32_t from, length; /* in `moved_pool` */
};

struct folded {
    struct buf pool;  /* followed by FOLDED_PAD ends that do not count */
    uint32_t *starts; /* by row, ascending; starts[count] is the pool's length */
    size_t capacity;
    uint32_t count;                      /* rows folded: the first ones of the catalogue */
    struct bits letters[FOLDED_LETTERS]; /* the rows that have it */
    uint64_t revision, column_revision;
    struct folded_move *moved; /* by row */
    size_t moved_count;
    struct buf moved_pool;
};

void folded_free(struct folded *folded);

/* Brings up to date: what changed, then new rows for about `work` bytes of text. Returns the bytes it
 * folded. */
size_t folded_step(struct folded *folded, const struct catalog *catalog, enum column column,
                   size_t work);
bool folded_current(const struct folded *folded, const struct catalog *catalog, enum column column);

/* Borrowed; the null text for what is unknown, empty or not folded yet. */
struct text folded_text(const struct folded *folded, uint32_t row);

/* Sets the bits of the rows from … to-1 whose text has `needle` in it, which is folded; no needle is
 * in every text but the null one. Other bits stay. Returns the work in bytes scanned. */
size_t folded_find(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                   struct bits *hits);

/* Sets the bits of the rows from … to-1 that have every letter of `needle`, as far as those are a to z:
 * nobody else has it, or has its letters in order. Returns how many. */
size_t folded_may_have(const struct folded *folded, struct text needle, uint32_t from, uint32_t to,
                       struct bits *rows);

/* Of a sheet, made when first asked for; folded_step() is still to be called. */
struct folded *sheet_folding(struct sheet *sheet, enum column column);
/* Up to date as a whole. */
const struct folded *sheet_folded(struct sheet *sheet, enum column column);

#endif
