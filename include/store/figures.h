#ifndef MICROSCOPE_STORE_FIGURES_H
#define MICROSCOPE_STORE_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/peer.h"
#include "domain/record.h"
#include "store/store.h"

/* Figures beside the creators: the medians every reader shares, and the past of one creator. */

/* `peers` as stored; none known (see peers_init()) where none were made yet. */
bool store_peers(struct store *store, struct peers *peers, struct err *err);
/* Makes them of all creators, reading only what they rest on, and writes them. */
bool store_peers_make(struct store *store, double at, struct peers *peers, struct err *err);
bool store_peers_set(struct store *store, const struct peers *peers, struct err *err);

/* The past of one creator, ascending in time, the present last where it is dated. Zeroed is empty
 * and valid. */
struct store_history {
    struct snapshot *items;
    size_t count, capacity;
};

void store_history_release(struct store_history *history);
/* Replaces what `history` holds. An id that is not there gives an empty one. */
bool store_history(struct store *store, int64_t id, struct store_history *history, struct err *err);
/* The same without the present. */
bool store_past(struct store *store, int64_t id, struct store_history *history, struct err *err);

#endif
