#ifndef MICROSCOPE_STORE_MOVING_H
#define MICROSCOPE_STORE_MOVING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/record.h"
#include "store/store.h"

/* One creator at a time, for who makes figures move. */

/* The highest id; 0: no creators. */
bool store_last_id(struct store *store, int64_t *last, struct err *err);

/* Gives the creator with the lowest id from `from` on, where there is one: its id, who it is, and of
 * its figures those that domain/movement.h moves. Texts live until take() returns, which may put it
 * into a writer of this store. */
bool store_moving(struct store *store, int64_t from,
                  bool (*take)(void *self, const struct record *record, struct err *err),
                  void *self, bool *found, struct err *err);

#endif
