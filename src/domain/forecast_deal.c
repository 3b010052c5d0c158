#include "base/wide.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* The steps from the fee to posts, people and money. */

/* What one deliverable costs for each unit of its fee, without what a creator costs once. */
static double cost_share(const struct scenario *scenario, double fee)
{
    return fee * (1 - scenario->discount) * (1 + scenario->other_share);
}

/* How often `each` fits into `money`; a hair of tolerance, so that 0.3 buys three at 0.1. */
static inline double fits(double money, double each)
{
    return money / each + 1e-9;
}

WIDE void make_deliverables(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *fee = block->at[FIGURE_FEE], *planned = block->at[FIGURE_PLANNED];
    double *restrict out = block->at[FIGURE_DELIVERABLES];
    double fixed = scenario->deliverables, cap = scenario->fill_cap;
    double money = scenario->budget - scenario->creator_cost, free = money < 0 ? 1 : cap;
    int32_t posts[FORECAST_BLOCK];
    (void)step;
    if (scenario->fill == 0) {
        for (size_t i = 0; i < block->count; i++)
            out[i] = planned[i] > 0 ? planned[i] : fixed;
        return;
    }
    for (size_t i = 0; i < block->count; i++) {
        double each = cost_share(scenario, fee[i]), count = fits(money, each);
        count = each == 0 ? free : count;
        count = at_most(at_least(count, 1), cap);
        posts[i] = (int32_t)(isnan(each) ? 1 : count); /* in steps of its own: a vector's */
    }
    for (size_t i = 0; i < block->count; i++)
        out[i] = planned[i] > 0 ? planned[i] : posts[i];
}

void make_affordable(const struct block *block, const struct step *step)
{
    const struct assumptions *assumptions = block->assumptions;
    const double *fee = block->at[FIGURE_FEE], *planned = block->at[FIGURE_PLANNED];
    double *out = block->at[FIGURE_AFFORDABLE], money = assumptions->money_left;
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double each = cost_share(assumptions->scenario, fee[i]);
        double once = planned[i] > 0 ? 0 : assumptions->scenario->creator_cost;
        double count = at_least(floor(fits(money - once, each)), 0);
        count = each == 0 ? (double)NAN : count;
        out[i] = isnan(each) ? each : money < once ? 0 : count;
    }
}

WIDE void make_posted(const struct block *block, const struct step *step)
{
    double share = block->assumptions->scenario->fulfilment;
    double *restrict out = block->at[FIGURE_POSTED];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] = block->marks[i] & MARK_GIFTED ? share : 1;
}

/* A x (1 - (1 - R1/A)^n) without a power, and without the digits that 1 - … loses: of independent
 * posts, n and m together reach R(n) + R(m) x (1 - R(n)/A). So by the bits of n, as one multiplies. */
WIDE void make_all_reached(const struct block *block, const struct step *step)
{
    const double *n = block->at[FIGURE_DELIVERABLES], *one = block->at[FIGURE_REACH_ONE];
    const double *audience = block->at[FIGURE_AUDIENCE];
    double *restrict out = block->at[FIGURE_ALL_REACHED];
    double power[FORECAST_BLOCK], share[FORECAST_BLOCK];
    uint32_t posts[FORECAST_BLOCK], any = 0;
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        posts[i] = (uint32_t)(int32_t)n[i];
        any |= posts[i];
    }
    for (size_t i = 0; i < block->count; i++) {
        power[i] = one[i];
        share[i] = 1 / audience[i];
        out[i] = posts[i] & 1 ? one[i] : 0;
    }
    for (uint32_t bit = 2; bit <= any; bit *= 2)
        for (size_t i = 0; i < block->count; i++) {
            power[i] += power[i] * (1 - power[i] * share[i]);
            double more = out[i] + power[i] * (1 - out[i] * share[i]);
            out[i] = posts[i] & bit ? more : out[i];
        }
    for (size_t i = 0; i < block->count; i++) {
        double reached = isnan(audience[i]) ? audience[i] : out[i];
        out[i] = one[i] == 0 ? 0 : reached;
    }
}

void make_impressions(const struct block *block, const struct step *step)
{
    const double *posted = block->at[FIGURE_POSTED], *n = block->at[FIGURE_DELIVERABLES];
    const double *one = block->at[FIGURE_REACH_ONE], *views = block->at[FIGURE_VIEWS];
    double *restrict out = block->at[FIGURE_IMPRESSIONS];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        enum format format = (enum format)block->format[i];
        double each = formats[format].by_views ? views[i] : one[i];
        out[i] = posted[i] * n[i] * (format == FORMAT_NONE ? (double)NAN : each);
    }
}

void make_engagements(const struct block *block, const struct step *step)
{
    static const enum figure_id bases[BASIS_COUNT] = {[BASIS_FOLLOWERS] = FIGURE_FOLLOWERS,
                                                      [BASIS_VIEWS] = FIGURE_VIEWS,
                                                      [BASIS_REACH] = FIGURE_REACH_ONE};
    const double *posted = block->at[FIGURE_POSTED], *n = block->at[FIGURE_DELIVERABLES];
    const double *er = block->at[FIGURE_ER];
    double *restrict out = block->at[FIGURE_ENGAGEMENTS];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        enum er_basis basis = (enum er_basis)block->basis[i];
        bool said = formats[block->format[i]].engagements && basis != BASIS_NONE;
        out[i] = said ? posted[i] * n[i] * er[i] * block->at[bases[basis]][i] : (double)NAN;
    }
}

WIDE void make_response(const struct block *block, const struct step *step)
{
    const double *ctr = block->assumptions->scenario->ctr;
    const double *factor = block->at[FIGURE_RESPONSE_FACTOR];
    double *restrict out = block->at[FIGURE_RESPONSE];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] = at_most(ctr[block->format[i]] * factor[i], 1);
}

WIDE void make_cost(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *fee = block->at[FIGURE_FEE], *n = block->at[FIGURE_DELIVERABLES];
    double *restrict out = block->at[FIGURE_COST], once = scenario->creator_cost;
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] = n[i] * cost_share(scenario, fee[i]) + (n[i] >= 1 ? once : 0);
}

double kept_share(const struct scenario *scenario)
{
    double kept = scenario->incremental * scenario->margin - scenario->commission;
    return fabs(kept) < 1e-12 ? 0 : kept; /* 0.3 x 0.5 - 0.15 */
}

WIDE void make_contribution(const struct block *block, const struct step *step)
{
    double kept = kept_share(block->assumptions->scenario);
    const double *revenue = block->at[FIGURE_REVENUE];
    double *restrict out = block->at[FIGURE_CONTRIBUTION];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] = kept * revenue[i];
}

/* ---- Plain arithmetic ---- */

WIDE void make_product(const struct block *block, const struct step *step)
{
    const double *a = block->at[step->needs[0]], *b = block->at[step->needs[1]];
    double *restrict out = block->at[step->makes[0]];
    for (size_t i = 0; i < block->count; i++)
        out[i] = a[i] * b[i];
}

WIDE void make_difference(const struct block *block, const struct step *step)
{
    const double *a = block->at[step->needs[0]], *b = block->at[step->needs[1]];
    double *restrict out = block->at[step->makes[0]];
    for (size_t i = 0; i < block->count; i++)
        out[i] = a[i] - b[i];
}

WIDE void make_ratio(const struct block *block, const struct step *step)
{
    const double *a = block->at[step->needs[0]], *b = block->at[step->needs[1]];
    double *restrict out = block->at[step->makes[0]];
    for (size_t i = 0; i < block->count; i++)
        out[i] = ratio(a[i], b[i]);
}

WIDE void make_unit_cost(const struct block *block, const struct step *step)
{
    const double *cost = block->at[step->needs[0]], *units = block->at[step->needs[1]];
    double *restrict out = block->at[step->makes[0]], factor = step->factor;
    for (size_t i = 0; i < block->count; i++) {
        double each = ratio(factor * cost[i], units[i]);
        out[i] = cost[i] == 0 && !isnan(units[i]) ? 0 : each;
    }
}

WIDE void make_share(const struct block *block, const struct step *step)
{
    const char *scenario = (const char *)block->assumptions->scenario;
    double share = *(const double *)(scenario + step->number);
    const double *a = block->at[step->needs[0]];
    double *restrict out = block->at[step->makes[0]];
    for (size_t i = 0; i < block->count; i++)
        out[i] = a[i] * share;
}
