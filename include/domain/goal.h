#ifndef MICROSCOPE_DOMAIN_GOAL_H
#define MICROSCOPE_DOMAIN_GOAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/forecast.h"

/* The other way round: which input makes a figure what it shall be. Every answer is one that a person
 * types, and the forecast with it was looked at: it reaches the goal, the next one towards less effort
 * does not. Break-even is the goal of 0 % ROI. */

enum goal_input {
    GOAL_FEE,          /* per post, whole: the highest that will do */
    GOAL_CVR,          /* in steps of 0.01 %: the lowest */
    GOAL_AOV,          /* in steps of 0.50, below 20 of 0.01: the lowest */
    GOAL_DELIVERABLES, /* up to the scenario's cap: the most, or of what grows with posts the fewest */
    GOAL_DISCOUNT,     /* on all fees, in steps of 0.01 % below 100 %: the lowest */
    GOAL_INPUTS
};

/* Does the figure depend on anything one could change, for one creator or (`plan`) for all of the
 * plan? */
bool goal_can(enum column column, bool plan);
/* Is its goal reached by at most so much (cost per order) and not by at least (ROI)? */
bool goal_at_most(enum column column);
/* Is the number of posts that reaches it the most that will do, and not the fewest? */
bool goal_most_posts(enum column column);

/* For each input that `column` rests on the value that brings it to the goal when all else stays as it
 * is: INFINITY never, NaN unknown, not an input of it, or reached whatever it is. `as`: the deal to start from; NULL: as
 * forecast() has it, plan, own fee and rule for deliverables included. A fee of 0 is a gift, of which
 * some are not posted: it is offered where no other fee will do. */
void goal_seek(const struct facts *facts, const struct assumptions *assumptions, size_t row,
               const struct forecast_case *as, enum column column, double goal,
               double out[GOAL_INPUTS]);
/* The same for the totals of the plan's rows: buy rate, order value and discount. */
void goal_seek_plan(const struct facts *facts, const struct assumptions *assumptions,
                    const uint32_t *rows, size_t count, enum column column, double goal,
                    double out[GOAL_INPUTS]);

#endif
