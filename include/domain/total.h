#ifndef MICROSCOPE_DOMAIN_TOTAL_H
#define MICROSCOPE_DOMAIN_TOTAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/forecast.h"

/* The totals of a plan. A sum is over the creators of whom the figure is known, a ratio is a ratio of
 * sums over those of whom both parts are known, and each says how many that is: "11 of 12". Audiences
 * overlap: people reached at least once are `net_reach`, never the sum of reach, and followers are
 * not added up at all. */

/* One figure of the plan. */
struct total {
    double value;   /* NaN: known of nobody, or nothing to divide by */
    size_t known;   /* creators it is of … */
    bool estimated; /* … and of one of them at least it rests on an estimated fee */
    bool at_least;  /* a sum of which a part is unknown: of a creator, or of his media value */
};

/* What one creator gives to the totals: fields of struct figures. */
struct total_row {
    unsigned marks;
    enum format format;
    double deliverables, audience, reach, impressions, engagements, clicks, orders, revenue, emv;
    double cost, contribution, commission;
};

struct totals {
    size_t creators;
    size_t estimated_fees; /* of so many creators the fee is an estimate */
    size_t unknown_costs;  /* … and so many have no known cost: not in `cost` nor `left` */
    double budget, left;   /* left < 0: over the budget */
    struct total deliverables, impressions, engagements, clicks, orders, revenue, emv;
    struct total cost;       /* of every creator whose cost is known, revenue or not */
    struct total commission; /* expected, paid on top of the cost */
    struct total contribution, profit;
    struct total roi, roas, cpm, cpr, cpe, cpc, cpa;
    struct total breakeven_cvr, breakeven_orders, roi_vs_baseline;
    double breakeven_roas;
    /* 8 in 10 times ROI ends between the first and the last; NaN where ROI is. An estimated fee adds
     * nothing to it. */
    double roi_p10, roi_p50, roi_p90;
    bool chance; /* under 3 expected orders: chance decides */
    /* People reached at least once: at least the most that one reaches, at most all together. */
    struct total net_reach;
    double net_reach_low, net_reach_high;
    double universe; /* addressable audience; without one given 3 x the sum of all audiences */
    bool universe_assumed;
    struct total frequency; /* impressions for each of the net reach */
    /* The creators, in the order they were added. */
    struct total_row *items;
    size_t count, capacity;
};

void totals_init(struct totals *totals); /* of nobody, and nothing known */
void totals_release(struct totals *totals);

/* From figures at hand: begin, add each creator of the plan, end. Memory is kept for the next time. */
void totals_begin(struct totals *totals);
void totals_add(struct totals *totals, const struct figures *figures);
void totals_end(struct totals *totals, const struct assumptions *assumptions);
/* The same from the facts of `count` rows, each once: the fast way. */
void totals_make(struct totals *totals, const struct facts *facts,
                 const struct assumptions *assumptions, const uint32_t *rows, size_t count);

/* The total a column stands for; NULL: a column that cannot be totalled. COL_REACH is the net reach. */
const struct total *total_of_column(const struct totals *totals, enum column column);

/* Its value; also of the range of ROI. NaN unknown, or a column that cannot be totalled. */
double totals_figure(const struct totals *totals, enum column column);

/* What one more creator would add to the net reach: net(list + one) - net(list), both in the universe
 * of the longer list. NaN where his reach is unknown, or his audience where the universe rests on it. */
double totals_next_reach(const struct totals *totals, const struct figures *next,
                         const struct assumptions *assumptions);

/* What ROI of the plan would be with one assumption low and high. Reach, click rate and buy rate are
 * uncertain: low and high are their own P10 and P90, exp(-+1.28 s - s²/2) with s their log-spread. All
 * others are certain: x 0.9 and x 1.1, within their limits. */
struct total_swing {
    double low, high; /* ROI; equal where the assumption does not move it; NaN where ROI is */
    bool widest;      /* one of the two that move it most, of those asked for */
};
/* `keys` are those of parameters, of exchange rates ("rate.USD"), "ctr" for all click rates at once
 * and "reach" for the reach of everybody; NULL and others move nothing. */
void totals_swing(const struct facts *facts, const struct assumptions *assumptions,
                  const uint32_t *rows, size_t count, const char *const *keys, size_t key_count,
                  struct total_swing *out);

#endif
