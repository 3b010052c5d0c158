#ifndef MICROSCOPE_STORE_OWN_H
#define MICROSCOPE_STORE_OWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "domain/planned.h"
#include "domain/platform.h"
#include "store/store.h"

/* The user's own things: ticks, notes, plans, scenarios. They hang on platform and key (see handle_key()),
 * never on a row, so they survive a new import, and may name creators that are no longer there.
 *
 * Reading calls `each` for every entry; texts live until it returns; it must not use the store. */

/* A part of a list that may be long: at most so many entries that came after some other. */
struct store_page {
    int64_t after; /* 0: from the first; moves on */
    size_t most;
    size_t count; /* out: how many were read; fewer than `most`: these were the last */
};

/* In the order they were made; `id` of the creator that has this key now, 0 where there is none. `page`
 * NULL: all of them. */
bool store_ticks(struct store *store, struct store_page *page,
                 void (*each)(void *self, int64_t id, enum platform platform, struct text key),
                 void *self, struct err *err);
bool store_tick_set(struct store *store, enum platform platform, struct text key, bool ticked,
                    struct err *err);

/* What the user wrote about creators: the rest as store_ticks(). */
bool store_notes(struct store *store, struct store_page *page,
                 void (*each)(void *self, int64_t id, enum platform platform, struct text key,
                              struct text note),
                 void *self, struct err *err);
/* The empty note takes it away. `at`: seconds since 1970. */
bool store_note_set(struct store *store, enum platform platform, struct text key, struct text note,
                    double at, struct err *err);

/* What is planned with one creator in a scenario: in the plan, or a fee tried on somebody outside. */
struct store_plan_row {
    enum platform platform;
    struct text key;
    struct planned planned;
};

/* In the order they were added; the rest as store_ticks(). */
bool store_plan(struct store *store, struct text scenario, struct store_page *page,
                void (*each)(void *self, int64_t id, const struct store_plan_row *row), void *self,
                struct err *err);
bool store_plan_set(struct store *store, struct text scenario, const struct store_plan_row *row,
                    struct err *err); /* adds or replaces; removes where it says nothing */

/* A scenario is kept a knob at a time (what differs from the defaults, by parameter key), so that
 * two programs that turn different knobs lose nothing. Values are texts; number_exact() makes one
 * of a number that number_parse() reads back unchanged. */
bool store_knobs(struct store *store, struct text scenario,
                 void (*each)(void *self, struct text key, struct text value), void *self,
                 struct err *err); /* by key */
/* The null text takes the knob away: the default again. */
bool store_knob_set(struct store *store, struct text scenario, struct text key, struct text value,
                    struct err *err);

#endif
