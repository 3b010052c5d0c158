#ifndef MICROSCOPE_RUNTIME_KEEPER_H
#define MICROSCOPE_RUNTIME_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "app/effect.h"
#include "app/model.h"
#include "runtime/marks.h"
#include "store/figures.h"
#include "store/store.h"

/* Carries the model's effects to the store and what the store holds to the model. Changes that find
 * the store locked by another program wait and are tried again. */
struct keeper {
    struct store *store;           /* borrowed */
    const struct catalog *catalog; /* borrowed: what the rows of effects are about */
    const struct model *model;     /* borrowed from keeper_begin() on */
    struct buf scenario;           /* in use by what is written */
    struct buf taken;              /* in use by what was taken over */
    struct effects waiting;
    struct marks ticks, plan;
    size_t many; /* marks that waited when they were most, since none did */
    struct store_history history;
    struct keeper_rows { /* of the steps of undo that were made since the start */
        struct keeper_row {
            int64_t token, seq; /* in the model, and in the store */
        } * items;
        size_t count, capacity;
    } rows;
};

void keeper_init(struct keeper *keeper, struct store *store, const struct catalog *catalog);
void keeper_release(struct keeper *keeper);

/* What an explorer starts with, before the load: all scenarios, the one in use without its plan, peer
 * medians, what can be undone. */
bool keeper_begin(struct keeper *keeper, struct model *model, struct err *err);
/* The view of last time, once all is loaded. */
bool keeper_view(struct keeper *keeper, struct buf *view, struct err *err); /* empty: none */

/* Takes over what has to be kept from `effects`; other kinds are left alone. */
void keeper_take(struct keeper *keeper, const struct effects *effects);
bool keeper_waits(const struct keeper *keeper); /* is there anything left to write? */
/* Of a great many marks, how many are written; false where there are only a few to write. */
bool keeper_progress(const struct keeper *keeper, uint64_t *done, uint64_t *total);

enum keeper_state {
    KEEPER_DONE,  /* nothing waits any more */
    KEEPER_MORE,  /* there was no time for the rest */
    KEEPER_HELD,  /* another program holds the store; or the disk is full, which `err` then says */
    KEEPER_FAILED /* see `err`; what waited is given up */
};
/* Writes for about so long what waits, as one transaction: whatever was begun with is kept whole but
 * for marks of many creators, which may take several. `seconds` may be INFINITY. */
enum keeper_state keeper_write(struct keeper *keeper, double seconds, struct err *err);

/* The past of one creator; borrowed until the next call. */
bool keeper_history(struct keeper *keeper, int64_t id, const struct snapshot **snapshots,
                    size_t *count, struct err *err);

#endif
