#ifndef MICROSCOPE_STORE_AHEAD_INTERNAL_H
#define MICROSCOPE_STORE_AHEAD_INTERNAL_H

#include "base/arena.h"
#include "cells_internal.h"
#include "grown_internal.h"
#include "store_internal.h"

/* A creator that is there. */
struct ahead_row {
    int64_t id;
    struct row row;
};

/* A creator had so many followers then. */
struct ahead_seen {
    int64_t creator;
    double at, followers;
};

/* A list that is imported again has mostly the order it had before, which is that of the ids: the
 * next creator is then found without a search, by reading on from the last. How far this is trusted
 * goes up by one with each that is found so and down with each that is not; at 0 it rests.
 * Some are read at once, before the first of them is written: a statement that stands among rows that
 * change looks for its place again after each. */
struct ahead {
    const struct fields *fields;
    sqlite3_stmt *rows; /* id, then the fields, then `carried` */
    struct ahead_row *items;
    size_t count, next; /* of items */
    size_t want;        /* to be read next time: more with each that was of use */
    struct arena texts; /* of the items */
    int64_t after;      /* those to come have ids above this */
    int trust;
    unsigned rest; /* so many questions more */

    sqlite3_stmt *past;
    struct ahead_seen *seen; /* of the items, by creator and time */
    size_t seen_count, seen_next;
    bool seen_read; /* for the items that there are, from the present one on */
    bool crowded;   /* the pasts are so long that they are better looked at one by one */
};

/* Borrows the fields. */
bool ahead_init(struct ahead *ahead, struct store *store, const struct fields *fields,
                struct err *err);
void ahead_release(struct ahead *ahead);

/* The creator written just so, if it is the next one; its texts stay until the next call. */
const struct ahead_row *ahead_find(struct ahead *ahead, struct text platform, struct text handle);
/* The next one may stand behind this. To be called where another than ahead_find() gave was written:
 * what was read may be no longer so. */
void ahead_go_from(struct ahead *ahead, int64_t id);

/* Takes when the creator that ahead_find() gave last had how many followers, as the store had it before
 * that was written, or has it now; *all: that is done, and all there is. */
bool ahead_take_past(struct ahead *ahead, struct store *store, struct grown *grown, bool *all,
                     struct err *err);

#endif
