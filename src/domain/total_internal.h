#ifndef DOMAIN_TOTAL_INTERNAL_H
#define DOMAIN_TOTAL_INTERNAL_H

#include "domain/block.h"
#include "domain/total.h"

/* The facts of a few rows, apart from all others. */
struct chosen_facts {
    struct facts facts;
    uint8_t *platform;
    double *numbers;
};
void chosen_facts_init(struct chosen_facts *chosen, const struct facts *facts, const uint32_t *rows,
                       size_t count);
void chosen_facts_release(struct chosen_facts *chosen);

/* Every number on the way to the totals, of all creators of a plan: what follows from a change of
 * some assumptions is then made of those numbers that it leaves as they are. */
struct replay {
    const struct facts *facts;
    const struct assumptions *assumptions;
    double *at[FIGURE_COUNT];
    double *numbers;
    uint8_t *format, *basis;
    uint16_t *er_marks, *marks;
    bool uses[FIGURE_COUNT];      /* is on the way */
    unsigned parts[FIGURE_COUNT]; /* of the assumptions that each rests on */
};
void replay_init(struct replay *replay, const struct facts *facts,
                 const struct assumptions *assumptions);
void replay_release(struct replay *replay);
/* The totals' rows under other assumptions, into `totals`, which is begun here. */
void replay_with(const struct replay *replay, const struct assumptions *assumptions,
                 struct totals *totals);

/* ROI of the rows if the revenue of each came out this many times as large (NULL: as it is); NaN
 * unknown. */
double total_roi(const struct totals *totals, const double *factors);
/* People reached at least once in a universe; the rows whose reach is known, and where `shown` their
 * impressions too. */
double total_net(const struct totals *totals, double universe, bool shown);
double total_universe(const struct totals *totals, const struct scenario *scenario);

#endif
