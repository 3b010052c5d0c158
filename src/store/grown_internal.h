#ifndef MICROSCOPE_STORE_GROWN_INTERNAL_H
#define MICROSCOPE_STORE_GROWN_INTERNAL_H

#include "cells_internal.h"
#include "domain/growth.h"
#include "merge_internal.h"
#include "store_internal.h"

/* What a creator's growth follows from stands in its row: growth_at, growth_now, growth_30d_ago and
 * growth_90d_ago, NULL as long as the past is too short for any. Whoever writes a snapshot, or followers and their date, keeps them. */

/* Room for the few snapshots that matter; zeroed is empty. */
struct grown {
    struct snapshot *items;
    size_t count, capacity;
    bool whole; /* all that the creator has, and its present: nothing is left to look up */
};
void grown_release(struct grown *grown);

/* Keeps the snapshots ascending; of two with one date the later counts. */
void grown_take(struct grown *grown, double at, double followers);
/* When the followers of the row were seen; unknown where they are carried, and so stand in the past. */
double grown_present_at(const struct row *row);
void grown_take_present(struct grown *grown, const struct row *row);

/* Of a creator that is new: all of its past comes with it. */
struct growth grown_new(struct grown *grown, const struct row *row, const struct record *record);
/* The same of one that is there, whose past stood in the store before: that, which grown_take() took,
 * and what is written now. */
struct growth grown_of_all(struct grown *grown, const struct row *row, const struct past *past,
                           const struct record *record);
/* Of one that is there, whose row is, or will be, this. Looks up a handful of its snapshots, however
 * many there are; where that is all of them, jump.h's need not look again. */
bool grown_known(struct grown *grown, struct store *store, int64_t id, const struct row *row,
                 struct growth *growth, struct err *err);

/* `bound`: see row_bind(); whether the last one was known. The last of the columns is jump.c's. */
#define GROWN_NAMES "growth_at,growth_now,growth_30d_ago,growth_90d_ago,jump"
#define GROWN_COUNT 5
void grown_bind(const struct growth *growth, sqlite3_stmt *stmt, int first, bool *bound);
bool grown_write(struct store *store, int64_t id, const struct growth *growth, struct err *err);

/* Of all creators with a past, in a store that was made before. */
bool grown_fill(struct store *store, struct err *err);

#endif
