#ifndef MICROSCOPE_RUNTIME_LIVE_H
#define MICROSCOPE_RUNTIME_LIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "catalog/catalog.h"
#include "runtime/reload.h"
#include "store/changes.h"
#include "store/store.h"

/* Follows what others write to the store into the catalogue, a slice at a time. Zeroed is empty. */
struct live {
    struct store *store;        /* borrowed */
    void (*begins)(void *self); /* before anything of a slice goes to the catalogue */
    void *self;
    int64_t seq;          /* the last change that is in the catalogue */
    bool elsewhere;       /* others wrote; what is the user's own was not looked at since */
    bool wanted;          /* others wrote, and not all of it was read */
    double next;          /* look, on the clock of loop_now() */
    struct reload reload; /* what the latest slice did */
    struct record_sink below;
};

void live_init(struct live *live, struct store *store, struct catalog *catalog,
               void (*begins)(void *self), void *self);
void live_release(struct live *live);
/* Everything is about to be loaded: what came before this is in it. */
bool live_from_here(struct live *live, struct err *err);

enum live_state {
    LIVE_NONE,   /* nothing came */
    LIVE_SOME,   /* a slice of two milliseconds did: ask again at once, or after what waits */
    LIVE_RELOAD, /* all has to be loaded anew */
    LIVE_FAILED  /* see `err` */
};
/* Looks where it is time to. What a lock keeps from being read comes with a later look. */
enum live_state live_look(struct live *live, struct err *err);
/* When it wants to look again; now where more is waiting. */
double live_deadline(const struct live *live);

#endif
