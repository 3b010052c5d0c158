#ifndef MICROSCOPE_DOMAIN_MOVEMENT_H
#define MICROSCOPE_DOMAIN_MOVEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/random.h"
#include "domain/record.h"

/* Figures that move as if somebody watched the platforms: for demonstrations and tests. The same seed
 * and the same creators give the same movement on every machine.
 *
 * Followers drift by a tenth of a percent or so, averages per post by one or two; a few creators go
 * viral for a while, and now and then a fee changes. What is unknown stays unknown. A few creators
 * draw more looks than others: those that are viral. */

#define MOVEMENT_VIRAL 8 /* creators at a time */

struct movement {
    struct random random;
    struct {
        int64_t id; /* 0: free */
        unsigned left;
    } viral[MOVEMENT_VIRAL];
};

void movement_init(struct movement *movement, uint64_t seed);

/* Whom to look at next: an id of 1 … last; where there is none of it, the next that there is. */
int64_t movement_pick(struct movement *movement, int64_t last);

/* `was`: id, who it is, and figures with their dates, as store_moving() gives them. `out` becomes what
 * is seen of it at `now`: who, figures, dates. Platforms count by the hour: within one hour figures
 * replace each other, so that a history grows by one entry an hour at most. Never older than `was`.
 * Texts are those of `was`. */
void movement_step(struct movement *movement, const struct record *was, double now,
                   struct record *out);

#endif
