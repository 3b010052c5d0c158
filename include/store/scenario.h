#ifndef MICROSCOPE_STORE_SCENARIO_H
#define MICROSCOPE_STORE_SCENARIO_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "domain/pack.h"
#include "store/store.h"

/* Whole scenarios by name. A scenario is there when it has a knob, an entry in its plan, or a row of
 * its own (so that one with neither can be); the one in use is always there. Names differ in more than
 * case and accents. What writes belongs between store_begin() and store_end(). */

/* The oldest first. `each` must not use the store. */
bool store_scenarios(struct store *store, void (*each)(void *self, struct text name), void *self,
                     struct err *err);
/* The name as it is kept of the scenario called so, case and accents ignored. */
bool store_scenario_find(struct store *store, struct text name, struct buf *out, bool *found,
                         struct err *err);
/* The one that is shown and edited: "default" where nobody chose. */
bool store_scenario_in_use(struct store *store, struct buf *name, struct err *err);
bool store_scenario_use(struct store *store, struct text name, struct err *err);
/* It is there from now on, whatever it says: the one in use may be there by that alone. */
bool store_scenario_keep(struct store *store, struct text name, struct err *err);

/* Knobs and plan of the one with this name; all defaults where there is none. What this program does
 * not understand, another version's, is left out. *scenario and *entries are made anew. */
bool store_scenario_get(struct store *store, struct text name, struct scenario *scenario,
                        struct plan_entries *entries, struct err *err);
/* Replaces the one with exactly this name, or adds it. Refused where another's differs in case only. */
bool store_scenario_put(struct store *store, const struct scenario *scenario,
                        const struct plan_entries *entries, struct err *err);
/* Where it stands among the others, from 0. */
bool store_scenario_place(struct store *store, struct text name, size_t place, struct err *err);
/* Of an exact name. The one in use: then "default" is, or the oldest other where that was it. */
bool store_scenario_drop(struct store *store, struct text name, struct err *err);
/* Refused where `to` is another's name. The one in use stays in use. */
bool store_scenario_rename(struct store *store, struct text from, struct text to, struct err *err);

#endif
