#ifndef MICROSCOPE_DOMAIN_ALLOCATE_INTERNAL_H
#define MICROSCOPE_DOMAIN_ALLOCATE_INTERNAL_H

#include <stdint.h>

#include "domain/allocate.h"

/* An allocation goes through stages. Each works until it is through or its work is used up, and may
 * be called again. */
enum stage {
    STAGE_RULES,  /* the cheapest selection that obeys them */
    STAGE_GREEDY, /* more from there on, the best for the money first */
    STAGE_MONEY,  /* the price of money */
    STAGE_PRICES, /* of the rules as well, where that of money alone breaks one */
    STAGE_POLISH, /* the price of money again, beside those of the rules */
    STAGE_SEARCH,
    STAGE_COUNT
};

/* What breaking the budget or a rule by one costs; all >= 0. A chosen item pays for the rules that
 * allow at most so many, and is paid by those that want at least so many. */
struct prices {
    double money;
    double rule[ALLOCATION_RULES];
};

/* The best choice of every item by itself at some prices. */
struct sweep {
    struct prices at;
    size_t next; /* item */
    double net;  /* gain less what the rules' prices charge */
    double cost;
    int counts[ALLOCATION_RULES];
};

struct money_search { /* the lowest point of the bound over the price of money */
    bool started;
    int rounds;
    double low_net, low_cost;   /* a line above the budget … */
    double high_net, high_cost; /* … and one within */
};

#define ELLIPSOID_MOST (ALLOCATION_RULES + 1)
struct ellipsoid { /* holds the prices at which the bound is lowest */
    bool started, asked;
    int rounds;
    double centre[ELLIPSOID_MOST], shape[ELLIPSOID_MOST][ELLIPSOID_MOST];
};

struct next_step { /* of an item: the best for the money */
    double worth;  /* gain for each unit of money; INFINITY: costs nothing */
    uint32_t item;
    unsigned to;
};

struct allocation {
    struct allocation_problem problem;
    enum stage stage;
    enum allocation_state state;
    double hair;      /* of money */
    double tolerance; /* of gain */
    unsigned *chosen; /* the best selection so far */
    bool any;
    double cost, gain, bound, needed;
    int broken;
    int counts[ALLOCATION_RULES]; /* of the greedy selection */

    struct next_step *steps; /* a heap */
    size_t step_count, step_next;

    struct sweep sweep;
    struct prices prices; /* those of the lowest bound so far */
    double lowest;        /* that bound */
    struct money_search money;
    struct ellipsoid ellipsoid;
    struct exact *exact;
};

/* Spends; false when there is none left. */
static inline bool work_spend(size_t *work, size_t spent)
{
    *work = *work > spent ? *work - spent : 0;
    return *work > 0;
}

/* What choosing the item at all pays for the rules. */
double prices_charge(const struct allocation *allocation, const struct prices *prices,
                     const struct allocation_item *item);
/* By how much a rule is obeyed when this many are chosen; below 0: broken. */
int rule_room(const struct allocation_rule *rule, int count);
/* The choice of an item that is best at these prices, the cheapest of equals. */
unsigned prices_choose(const struct prices *prices, const struct allocation_item *item,
                       double charge, double *net);
bool sweep_run(struct allocation *allocation, size_t *work);
double sweep_bound(const struct allocation *allocation);

/* Stages: true when through. */
bool rules_stage(struct allocation *allocation, size_t *work);
bool greedy_stage(struct allocation *allocation, size_t *work);
bool money_stage(struct allocation *allocation, size_t *work);
bool prices_stage(struct allocation *allocation, size_t *work);
bool polish_stage(struct allocation *allocation, size_t *work);
bool exact_stage(struct allocation *allocation, size_t *work);

void exact_free(struct exact *exact);
double exact_progress(const struct allocation *allocation);

#endif
