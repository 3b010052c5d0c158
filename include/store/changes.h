#ifndef MICROSCOPE_STORE_CHANGES_H
#define MICROSCOPE_STORE_CHANGES_H

#include <stddef.h>
#include <stdint.h>

#include "domain/record.h"
#include "store/store.h"

/* What others wrote since a reader last looked, whoever they are: triggers of the store log every
 * creator that was added, changed or dropped, numbered in order. The log is bounded; who lags behind
 * it loads everything anew. store_changed_elsewhere() tells when a look is worth it. */

/* The number of the latest change: where a reader stands that is about to load everything. */
bool store_changes_latest(struct store *store, int64_t *seq, struct err *err);

enum store_changes {
    STORE_CHANGES_NONE,   /* nothing came since */
    STORE_CHANGES_SOME,   /* they are in the sink, and *seq moved on; there may be more */
    STORE_CHANGES_RELOAD, /* too much to name: load everything, then go on from the latest */
    STORE_CHANGES_FAILED  /* see `err`, and store_busy() */
};

/* Puts the creators that the next `most` changes (or a few more) are about into the sink, whole and as
 * they are at one moment, those that are gone as drops, after all that came. Nothing is missed and
 * what is told twice is the same. Records carry their id and what is known; no snapshots. */
enum store_changes store_changes_read(struct store *store, int64_t *seq, size_t most,
                                      struct record_sink sink, struct err *err);

#endif
