#ifndef MICROSCOPE_EXCHANGE_POINTS_INTERNAL_H
#define MICROSCOPE_EXCHANGE_POINTS_INTERNAL_H

#include "map_internal.h"
#include "plan_internal.h"

/* Settles what ',' and '.' mean in the figures of each column, for plan and profile; `names` and
 * `words` go along with the profile. True where a column is to be read in another way than it was
 * profiled in. */
bool points_decide(struct import_plan *plan, struct profile *profile, const struct text *names,
                   const struct column_words *words);

#endif
