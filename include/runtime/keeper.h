#ifndef MICROSCOPE_RUNTIME_KEEPER_H
#define MICROSCOPE_RUNTIME_KEEPER_H

#include <stdbool.h>

#include "app/effect.h"
#include "app/model.h"
#include "store/figures.h"
#include "store/store.h"

/* Carries the model's effects to the store and what the store holds to the model. Changes that find
 * the store locked by another program wait and are tried again. */
struct keeper {
    struct store *store; /* borrowed */
    struct text scenario;
    struct effects waiting;
    struct store_history history;
};

void keeper_init(struct keeper *keeper, struct store *store);
void keeper_release(struct keeper *keeper);

/* What an explorer starts with: parameters of the scenario and peer medians, before the load. */
bool keeper_begin(struct keeper *keeper, struct model *model, struct err *err);
/* Ticks and plan, once the catalogue is there; then the view of last time. */
bool keeper_marks(struct keeper *keeper, struct model *model, struct err *err);
bool keeper_view(struct keeper *keeper, struct buf *view, struct err *err); /* empty: none */

/* Takes over what has to be kept from `effects`; other kinds are left alone. */
void keeper_take(struct keeper *keeper, const struct effects *effects);
/* Writes what waits, all of it or nothing. True where nothing waits any more; false with an empty
 * message where the store is busy. After any other failure what waited is given up. */
bool keeper_write(struct keeper *keeper, struct err *err);

/* The past of one creator; borrowed until the next call. */
bool keeper_history(struct keeper *keeper, int64_t id, const struct snapshot **snapshots,
                    size_t *count, struct err *err);

#endif
