#include "base/curve.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* The steps from what comes back to break-evens and chance. */

void make_breakeven_fee(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *n = block->at[FIGURE_DELIVERABLES], *reached = block->at[FIGURE_ALL_REACHED];
    const double *response = block->at[FIGURE_RESPONSE];
    double *out = block->at[FIGURE_BREAKEVEN_FEE], kept = kept_share(scenario);
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double worth = response[i] * scenario->cvr * scenario->aov; /* of each one reached */
        double fee = ratio(kept * reached[i] * worth - scenario->creator_cost,
                           n[i] * (1 + scenario->other_share));
        out[i] = fee < 0 ? (double)INFINITY : fee;
    }
}

void make_breakeven_cvr(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *cost = block->at[FIGURE_COST], *clicks = block->at[FIGURE_CLICKS];
    double *out = block->at[FIGURE_BREAKEVEN_CVR], aov = scenario->aov;
    double kept = kept_share(scenario);
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double rate = cost[i] / (clicks[i] * aov * kept);
        bool never = kept <= 0 || clicks[i] == 0 || aov == 0 || rate > 1;
        rate = cost[i] == 0 ? 0 : never ? (double)INFINITY : rate;
        out[i] = isnan(cost[i]) || isnan(clicks[i]) ? (double)NAN : rate;
    }
}

void make_breakeven_roas(const struct block *block, const struct step *step)
{
    double kept = kept_share(block->assumptions->scenario);
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        block->at[FIGURE_BREAKEVEN_ROAS][i] = kept > 0 ? 1 / kept : (double)INFINITY;
}

void make_breakeven_orders(const struct block *block, const struct step *step)
{
    double aov = block->assumptions->scenario->aov;
    double kept = kept_share(block->assumptions->scenario);
    const double *cost = block->at[FIGURE_COST];
    double *out = block->at[FIGURE_BREAKEVEN_ORDERS];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double orders = aov == 0 ? (double)INFINITY : ceil(cost[i] / (aov * kept) * (1 - 1e-12));
        orders = kept <= 0 ? (double)INFINITY : cost[i] == 0 ? 0 : orders;
        out[i] = isnan(cost[i]) ? cost[i] : orders;
    }
}

double baseline_roi(const struct scenario *scenario)
{
    const struct channel *channel = scenario_baseline(scenario);
    return channel ? channel_roi(scenario, channel) : (double)NAN;
}

void make_roi_vs_baseline(const struct block *block, const struct step *step)
{
    double baseline = baseline_roi(block->assumptions->scenario);
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        block->at[FIGURE_ROI_VS_BASELINE][i] = block->at[FIGURE_ROI][i] - baseline;
}

/* ---- Chance ---- */

static double squared(double value)
{
    return value * value;
}

/* ln(exp(spread) + 1/N): a count of orders scatters by itself. */
static void log_variance(const struct block *block, double spread, double *out)
{
    const double *orders = block->at[FIGURE_ORDERS];
    double grown = exp(spread);
    for (size_t i = 0; i < block->count; i++)
        out[i] = grown + 1 / orders[i];
    curve_log(out, out, block->count);
}

/* One quantile of ROI; without orders there is nothing to scatter. */
static void quantile(const struct block *block, const double *variance, const double *wide,
                     double z, double *restrict out)
{
    const double *contribution = block->at[FIGURE_CONTRIBUTION], *cost = block->at[FIGURE_COST];
    const double *orders = block->at[FIGURE_ORDERS], *roi = block->at[FIGURE_ROI];
    double powers[FORECAST_BLOCK];
    for (size_t i = 0; i < block->count; i++)
        powers[i] = z * wide[i] - variance[i] / 2;
    curve_exp(powers, powers, block->count);
    for (size_t i = 0; i < block->count; i++) {
        double at = ratio(contribution[i], cost[i]) * powers[i] - 1;
        out[i] = isnan(roi[i]) || orders[i] == 0 ? roi[i] : at;
    }
}

void make_range(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    double ctr = squared(scenario->spread_ctr), cvr = squared(scenario->spread_cvr);
    double fee = squared(scenario->spread_fee), reaches[2];
    double variance[FORECAST_BLOCK], wide[FORECAST_BLOCK], logs[2][FORECAST_BLOCK];
    double *low = block->at[FIGURE_ROI_P10], *high = block->at[FIGURE_ROI_P90];
    double *own = block->at[FIGURE_LOG_VARIANCE_OWN];
    (void)step;
    reaches[0] = squared(scenario->spread_reach);
    reaches[1] = squared(scenario->spread_reach_views);
    for (int views = 0; views < 2; views++)
        log_variance(block, reaches[views] + ctr + cvr, logs[views]);
    for (size_t i = 0; i < block->count; i++) {
        variance[i] = logs[formats[block->format[i]].by_views][i];
        wide[i] = sqrt(variance[i] + (block->marks[i] & MARK_FEE_ESTIMATED ? fee : 0));
    }
    quantile(block, variance, wide, -FORECAST_Z, low);
    quantile(block, variance, wide, 0, block->at[FIGURE_ROI_P50]);
    quantile(block, variance, wide, FORECAST_Z, high);
    for (size_t i = 0; i < block->count; i++)
        if (low[i] > high[i]) { /* each order costs more than it brings */
            double worst = high[i];
            high[i] = low[i];
            low[i] = worst;
        }
    for (int views = 0; views < 2; views++)
        log_variance(block,
                     scenario->own_reach * reaches[views] + scenario->own_ctr * ctr +
                         scenario->own_cvr * cvr,
                     logs[views]);
    for (size_t i = 0; i < block->count; i++)
        own[i] = block->at[FIGURE_ORDERS][i] == 0 ? (double)NAN
                                                  : logs[formats[block->format[i]].by_views][i];
}
