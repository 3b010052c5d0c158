#ifndef MICROSCOPE_STORE_BATCH_H
#define MICROSCOPE_STORE_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "store/store.h"
#include "store/writer.h"

/* Each file that was imported is a batch: which creators it had, which of them it added, and what those
 * that it changed were before. The last BATCH_MOST are kept, and can be taken back. */
#define BATCH_MOST 10

struct batch {
    int64_t id; /* from 1 */
    double at;  /* seconds since 1970 */
    struct text file;
    uint64_t read, rejected;            /* rows of the file */
    uint64_t added, changed, unchanged; /* creators */
    double taken_back_at;               /* NaN: it stands */
};

/* Newest first; texts live until `each` returns, which must not use the store. */
bool store_batches(struct store *store, void (*each)(void *self, const struct batch *batch),
                   void *self, struct err *err);

/* The newest that stands; 0: none. */
bool store_batch_last(struct store *store, int64_t *id, struct err *err);
/* The creators that a batch had, ascending, those that were as they are among them; some may be gone by
 * now. No such batch: *found is false. */
bool store_batch_ids(struct store *store, int64_t id, bool *found,
                     void (*each)(void *self, int64_t creator), void *self, struct err *err);

/* Takes a batch back, in one transaction that readers see like any other write. Creators that it added go
 * with their history, and are not told as gone; what it changed becomes what it was. What others wrote
 * since stays as they wrote it:
 * - a creator that a later batch which stands had too stays, and goes with that one;
 * - figures that share a date (audience, engagement, price) go back together, and only where all of
 *   them are still what the batch wrote; so does every other column, and every entry of the
 *   history;
 * - where a later batch replaced them, it puts back what they were before both;
 * - where somebody else did, the past that the batch left behind stays with them.
 * The user's own things stay. Growth and sudden changes follow; medians are for store_peers_make().
 * Fails where there is no such batch, or it was taken back. */
struct batch_back {
    uint64_t gone;     /* creators that it had added */
    uint64_t restored; /* creators that are what they were, in something */
    uint64_t kept; /* that it added or changed, and that stay, in something, for what came later */
};
bool store_batch_take_back(struct store *store, int64_t id, struct batch_back *back,
                           struct err *err);

#endif
