#ifndef DOMAIN_STEPS_INTERNAL_H
#define DOMAIN_STEPS_INTERNAL_H

#include "domain/block.h"

/* A step of the forecast: what it makes of what, as a plain loop over the arrays of a block, without
 * calls or branches wherever that is worth a vector. Unknown passes through as NaN. */
struct step {
    enum figure_id makes[4];  /* FIGURE_NONE ends the list */
    enum figure_id needs[13]; /* likewise; operands of plain arithmetic first */
    unsigned parts;           /* of the assumptions it reads: bits of enum forecast_part */
    void (*run)(const struct block *block, const struct step *step);
    double factor; /* of plain arithmetic: see there */
    size_t number; /* likewise: offset in struct scenario */
};

/* Of facts: engagement.c, forecast_facts.c */
void make_format(const struct block *block, const struct step *step);
void make_engagement(const struct block *block, const struct step *step);
void make_expected(const struct block *block, const struct step *step);
void make_response_factor(const struct block *block, const struct step *step);
void make_credible_followers(const struct block *block, const struct step *step);
void make_reach_one(const struct block *block, const struct step *step);
void make_audience(const struct block *block, const struct step *step);
void make_fee_given(const struct block *block, const struct step *step);
void make_fee(const struct block *block, const struct step *step);
void make_marks(const struct block *block, const struct step *step);

/* Of the deal: forecast_deal.c */
void make_deliverables(const struct block *block, const struct step *step);
void make_affordable(const struct block *block, const struct step *step);
void make_posted(const struct block *block, const struct step *step);
void make_all_reached(const struct block *block, const struct step *step);
void make_impressions(const struct block *block, const struct step *step);
void make_engagements(const struct block *block, const struct step *step);
void make_response(const struct block *block, const struct step *step);
void make_cost(const struct block *block, const struct step *step);
void make_contribution(const struct block *block, const struct step *step);

/* Of what comes back: forecast_return.c */
void make_breakeven_fee(const struct block *block, const struct step *step);
void make_breakeven_cvr(const struct block *block, const struct step *step);
void make_breakeven_roas(const struct block *block, const struct step *step);
void make_breakeven_orders(const struct block *block, const struct step *step);
void make_roi_vs_baseline(const struct block *block, const struct step *step);
void make_range(const struct block *block, const struct step *step);

/* authenticity.c */
void make_authenticity(const struct block *block, const struct step *step);

/* media_value.c */
void make_emv(const struct block *block, const struct step *step);

/* Plain arithmetic on needs[0] and needs[1], or on needs[0] and the number of the scenario. */
void make_product(const struct block *block, const struct step *step);
void make_difference(const struct block *block, const struct step *step);
void make_ratio(const struct block *block, const struct step *step);
/* factor x cost / count: 0 for a cost of 0, if the count is known. */
void make_unit_cost(const struct block *block, const struct step *step);
void make_share(const struct block *block, const struct step *step);

/* The contribution of each unit of revenue. */
double kept_share(const struct scenario *scenario);
/* ROI of the first channel; NaN without one. */
double baseline_roi(const struct scenario *scenario);

#endif
