#ifndef MICROSCOPE_DOMAIN_ALLOCATE_H
#define MICROSCOPE_DOMAIN_ALLOCATE_H

#include <stdbool.h>
#include <stddef.h>

/* Who gets the budget: how many deliverables to buy of each creator, so that the sum of the gains is
 * greatest and the sum of the costs stays within the budget. Money stays over where the next purchase
 * loses. A multiple-choice knapsack with rules on how many of a group are chosen.
 *
 * First a greedy over the concave hull of each item gives a result; prices for money and rules
 * (Lagrange multipliers, Fisher 1981) give an upper bound; then lists of undominated selections, from
 * the items nearest to those prices outwards (Pisinger 1995), close the gap or show how small it is. */

#define ALLOCATION_RULES 8

enum allocation_rule_kind { ALLOCATION_AT_LEAST, ALLOCATION_AT_MOST };
struct allocation_rule {
    enum allocation_rule_kind kind;
    unsigned count; /* of the items it holds for, with one deliverable or more; below 2^15 */
};

struct allocation_item {
    const double *cost,
        *gain;          /* of 0 … cap deliverables, cap + 1 each; cost rising, both 0 for 0 */
    unsigned keep, cap; /* from how many to how many; cap 0: excluded */
    unsigned rules;     /* bit r: rule r counts it */
};

struct allocation_problem { /* all borrowed */
    const struct allocation_item *items;
    size_t count;
    const struct allocation_rule *rules;
    size_t rule_count; /* at most ALLOCATION_RULES */
    double budget;     /* a hair more counts as within: 3 x 0.1 is 0.3 */
    double tolerance;  /* a result is proven when none is better by more; 0: a hair */
};

enum allocation_state {
    ALLOCATION_RUNNING,
    ALLOCATION_PROVEN,    /* the best there is */
    ALLOCATION_CLOSE,     /* the search ended at its limits: no better than `bound` */
    ALLOCATION_IMPOSSIBLE /* no selection obeys the rules, see `broken` */
};
#define ALLOCATION_NO_MONEY (-1)
struct allocation_result {
    enum allocation_state state;
    bool any;               /* is there a selection yet? */
    const unsigned *chosen; /* of each item; borrowed until the next step */
    double cost, gain;
    double bound;    /* no selection gains more; INFINITY until known */
    int broken;      /* the first rule that cannot be obeyed with those before it, or
                      ALLOCATION_NO_MONEY: what is kept costs more than the budget */
    double needed;   /* the least money that would do; INFINITY: none would */
    double progress; /* rough, 0 … 1 */
};

struct allocation *allocation_new(const struct allocation_problem *problem);
void allocation_free(struct allocation *allocation);
/* Works on for about `work` looks at an option (a few nanoseconds each). True: there is more to do. */
bool allocation_step(struct allocation *allocation, size_t work);
void allocation_result(const struct allocation *allocation, struct allocation_result *out);

#endif
