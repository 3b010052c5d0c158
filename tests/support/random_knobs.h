#ifndef TESTS_SUPPORT_RANDOM_KNOBS_H
#define TESTS_SUPPORT_RANDOM_KNOBS_H

#include "base/random.h"
#include "domain/knob.h"
#include "domain/pack.h"

/* Any knob that can be turned, groups among them; false: none was met, draw again. */
bool random_knob(struct random *random, const struct scenario *scenario, struct knob *knob);
/* A value it takes. `out` holds KNOB_VALUE_MOST bytes. */
void random_knob_value(struct random *random, const struct knob *knob, char *out);
/* A named scenario with some knobs turned, and a plan of up to `most` creators. Both are given zeroed
 * or in use; the caller releases the entries. */
void random_scenario(struct random *random, struct scenario *scenario, struct plan_entries *entries,
                     size_t most);

#endif
