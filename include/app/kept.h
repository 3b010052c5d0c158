#ifndef MICROSCOPE_APP_KEPT_H
#define MICROSCOPE_APP_KEPT_H

#include <stddef.h>

#include "base/text.h"
#include "domain/pack.h"
#include "domain/scenario.h"

struct model;

/* All scenarios there are, in the order they came, each with its plan. The one in use lives in
 * model->scenario and in the marks of the catalogue; what stands here of it is as it was last gathered,
 * and who of its plan is not in the catalogue. */
struct kept_scenario {
    struct scenario scenario;
    struct plan_entries plan;
};
struct kept_scenarios {
    struct kept_scenario *items;
    size_t count, capacity;
};
void kept_release(struct kept_scenarios *kept);
/* By its exact name, or with `alike` by one that differs in case and accents only. NULL: there is none. */
struct kept_scenario *kept_find(const struct kept_scenarios *kept, struct text name);
struct kept_scenario *kept_alike(const struct kept_scenarios *kept, struct text name);
/* Replaces the one of this name where it stands, else comes to stand at `place`, at most the last. Takes
 * the entries. */
void kept_put(struct kept_scenarios *kept, const struct scenario *scenario,
              struct plan_entries *take_plan, size_t place);
void kept_drop(struct kept_scenarios *kept, struct text name);

/* Brings what is kept of the scenario in use up to date; costs nothing where it is. Returns it. */
const struct kept_scenario *scenario_gather(struct model *model);

#endif
