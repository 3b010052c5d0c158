#ifndef MICROSCOPE_RUNTIME_SESSION_H
#define MICROSCOPE_RUNTIME_SESSION_H

#include <stdbool.h>

#include "app/named.h"
#include "base/err.h"
#include "base/number.h"
#include "catalog/catalog.h"
#include "catalog/sheet.h"
#include "domain/pack.h"
#include "domain/peer.h"
#include "domain/scenario.h"
#include "domain/tier.h"
#include "store/own.h"
#include "store/store.h"

/* From a store to a catalogue with its assumptions, in the pieces that explorer and verbs share. */

/* Names the scenario after the one in use. */
bool session_scenario(struct store *store, struct scenario *scenario, struct err *err);
/* Names it after the one that is called so; NULL: the one in use. False also where there is none. */
bool session_scenario_named(struct store *store, const char *name, struct scenario *scenario,
                            struct err *err);
/* What has to be there before the first row: the turned knobs of the scenario, the stored medians. */
bool session_assumptions(struct store *store, struct scenario *scenario, struct peers *peers,
                         struct err *err);
/* What can only be told of rows that are there: ticks, notes and the plan of the scenario; a part of each
 * (NULL: all), or all of them as a whole. Who is
 * planned and is not in the catalogue goes to `absent`. */
bool session_ticks(struct store *store, struct catalog *catalog, struct store_page *page,
                   struct err *err);
bool session_notes(struct store *store, struct catalog *catalog, struct store_page *page,
                   struct err *err);
bool session_plan(struct store *store, struct catalog *catalog, const struct scenario *scenario,
                  struct plan_entries *absent, struct store_page *page, struct err *err);
bool session_marks(struct store *store, struct catalog *catalog, const struct scenario *scenario,
                   struct err *err);

/* The tier preset the user chose for this store, by name; empty where none was. */
void session_tiers(struct store *store, struct buf *name);

/* The user's views by name, anew. */
bool session_views(struct store *store, struct named_views *views, struct err *err);

/* Makes the medians over the whole catalogue. */
void session_make_peers(const struct catalog *catalog, double now, struct peers *peers);

/* Everything at once, for reading: list, compare. Where no medians are stored they are made. */
struct session {
    struct store *store;
    struct catalog catalog;
    struct sheet sheet; /* joined */
    struct scenario scenario;
    struct peers peers;
    struct buf view; /* what the view of the options says, as named_write() */
};
struct session_options {
    const char *scenario;                /* NULL: the one in use */
    const struct tier_preset *tiers;     /* where the store has none, or one that is not known */
    const struct tier_own *own_tiers;    /* borrowed while the session is open; NULL: none */
    const struct benchmarks *benchmarks; /* likewise */
    struct freshness fresh;              /* zeroed: the standard */
    size_t few;                          /* 0: the standard */
    struct number_style style;
    const char
        *view;  /* by name; where it says a scenario and none is given, that one; NULL: none */
    bool plain; /* nothing on the terminal may move while an older store is brought up to date */
};
bool session_open(struct session *session, const char *path, struct err *err);
bool session_open_with(struct session *session, const char *path,
                       const struct session_options *options, struct err *err);
void session_close(struct session *session);

#endif
