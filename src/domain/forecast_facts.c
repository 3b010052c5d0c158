#include <assert.h>
#include <string.h>

#include "base/curve.h"
#include "domain/currency.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* The steps from the facts to reach of one post, audience, response and fee. */

void make_format(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        block->format[i] = (uint8_t)platforms[platform[i]].format;
}

void make_expected(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    const double *followers = block->at[FIGURE_FOLLOWERS];
    double *out = block->at[FIGURE_ER_EXPECTED];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] = peers_expect(block->assumptions->peers, (enum platform)platform[i],
                              (enum er_basis)block->basis[i], followers[i])
                     .er;
}

/* The power by way of logarithms: 0 to the power of 0 is 1, and else 0 stays 0. */
void make_response_factor(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    double low = scenario->clamp_low, high = scenario->clamp_high, epsilon = scenario->epsilon;
    const double *index = block->at[FIGURE_ER_INDEX];
    double *out = block->at[FIGURE_RESPONSE_FACTOR], powers[FORECAST_BLOCK];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        powers[i] = at_most(at_least(index[i], low), high);
    curve_log(powers, powers, block->count);
    for (size_t i = 0; i < block->count; i++)
        powers[i] = epsilon == 0 ? 0 : epsilon * powers[i];
    curve_exp(powers, powers, block->count);
    for (size_t i = 0; i < block->count; i++)
        out[i] = isnan(index[i]) ? 1 : powers[i];
}

void make_credible_followers(const struct block *block, const struct step *step)
{
    double typical = block->assumptions->scenario->typical_credibility;
    const double *followers = block->at[FIGURE_FOLLOWERS];
    const double *credibility = block->at[FIGURE_CREDIBILITY];
    double *restrict out = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double believed = at_most(credibility[i] / typical, 1);
        out[i] = followers[i] * (isnan(believed) ? 1 : believed);
    }
}

/* Rates of the formats that reach followers; those of a curve take the rows apart from the rest. */
static void reach_rates(const struct block *block, double *restrict out)
{
    const struct reach_curve *curves = block->assumptions->scenario->reach;
    const double *followers = block->at[FIGURE_FOLLOWERS];
    double rates[FORECAST_BLOCK], logs[FORECAST_BLOCK];
    bool logs_made = false;
    for (size_t i = 0; i < block->count; i++)
        out[i] = curves[block->format[i]].rate[0];
    for (int format = 0; format < FORMAT_COUNT; format++) {
        if (curves[format].count < 2 || !memchr(block->format, format, block->count))
            continue;
        if (!logs_made)
            curve_log(followers, logs, block->count);
        logs_made = true;
        reach_curve_rates(&curves[format], followers, logs, rates, block->count);
        for (size_t i = 0; i < block->count; i++)
            out[i] = block->format[i] == format ? rates[i] : out[i];
    }
}

void make_reach_one(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *views = block->at[FIGURE_VIEWS], *credible = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    const double *imported = block->at[FIGURE_REACH_POST], *market = block->at[FIGURE_MARKET];
    double *restrict out = block->at[FIGURE_REACH_ONE], rates[FORECAST_BLOCK];
    double unique[FORECAST_BLOCK];
    (void)step;
    reach_rates(block, rates);
    for (size_t i = 0; i < block->count; i++) {
        enum format format = (enum format)block->format[i];
        unique[i] = format == FORMAT_NONE      ? (double)NAN
                    : formats[format].by_views ? scenario->unique_share[format]
                                               : -1;
    }
    for (size_t i = 0; i < block->count; i++) {
        double one = unique[i] < 0 ? credible[i] * at_most(rates[i], 1) : views[i] * unique[i];
        one = isnan(imported[i]) || isnan(unique[i]) ? one : imported[i];
        out[i] = one * (isnan(market[i]) ? 1 : market[i]);
    }
}

void make_audience(const struct block *block, const struct step *step)
{
    double by_format[FORMAT_COUNT], headroom[FORECAST_BLOCK];
    const double *credible = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    const double *one = block->at[FIGURE_REACH_ONE];
    double *restrict out = block->at[FIGURE_AUDIENCE];
    (void)step;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        by_format[i] = formats[i].by_views ? block->assumptions->scenario->headroom : 0;
    for (size_t i = 0; i < block->count; i++)
        headroom[i] = by_format[block->format[i]];
    for (size_t i = 0; i < block->count; i++) {
        double larger = one[i] < credible[i] || isnan(credible[i]) ? credible[i] : one[i];
        out[i] = headroom[i] > 0 ? headroom[i] * one[i] : larger;
    }
}

/* ---- The fee ---- */

/* Exchange rates by currency: more of them than any scenario has. */
#define CURRENCIES 256

static void exchange_rates(const struct scenario *scenario, double *rates)
{
    assert(currency_count <= CURRENCIES);
    for (unsigned i = 0; i < currency_count; i++)
        rates[i] = NAN;
    for (int i = scenario->rate_count - 1; i >= 0; i--) /* the first of a currency counts */
        rates[scenario->rates[i].currency] = scenario->rates[i].rate;
    rates[CURRENCY_NONE] = rates[scenario->currency] = 1;
}

void make_fee_given(const struct block *block, const struct step *step)
{
    const double *stated = block->at[FIGURE_FEE_STATED], *currency = block->at[FIGURE_CURRENCY];
    double *restrict out = block->at[FIGURE_FEE_GIVEN], rates[CURRENCIES];
    (void)step;
    exchange_rates(block->assumptions->scenario, rates);
    for (size_t i = 0; i < block->count; i++) {
        bool known = currency[i] > 0 && currency[i] < currency_count;
        unsigned code = known ? (unsigned)currency[i] : CURRENCY_NONE;
        out[i] = isnan(stated[i]) ? FEE_NONE : stated[i] / currency_scale(code) * rates[code];
    }
}

/* In a currency without a rate there is a fee, so no estimate takes its place. */
void make_fee(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *followers = block->at[FIGURE_FOLLOWERS], *views = block->at[FIGURE_VIEWS];
    const double *given = block->at[FIGURE_FEE_GIVEN];
    double *restrict out = block->at[FIGURE_FEE], per_view[FORMAT_COUNT], each[FORECAST_BLOCK];
    (void)step;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        per_view[i] = !formats[i].by_views                     ? -1
                      : formats[i].platform == PLATFORM_TIKTOK ? scenario->estimate_views_tiktok
                                                               : scenario->estimate_views;
    per_view[FORMAT_NONE] = NAN;
    for (size_t i = 0; i < block->count; i++)
        each[i] = per_view[block->format[i]];
    for (size_t i = 0; i < block->count; i++) {
        double by_views = views[i] / 1000 * each[i];
        double by_followers = followers[i] / 10000 * scenario->estimate_follower;
        double estimate = each[i] < 0 ? by_followers : by_views;
        out[i] = given[i] == FEE_NONE ? estimate : given[i];
    }
}

void make_marks(const struct block *block, const struct step *step)
{
    const double *followers = block->at[FIGURE_FOLLOWERS], *views = block->at[FIGURE_VIEWS];
    const double *given = block->at[FIGURE_FEE_GIVEN], *origin = block->at[FIGURE_FEE_ORIGIN];
    const double *credibility = block->at[FIGURE_CREDIBILITY], *market = block->at[FIGURE_MARKET];
    const double *imported = block->at[FIGURE_REACH_POST], *index = block->at[FIGURE_ER_INDEX];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        enum format format = (enum format)block->format[i];
        double counts = formats[format].by_views ? views[i] : followers[i];
        bool can_estimate = format != FORMAT_NONE && !isnan(counts);
        unsigned fee = given[i] == FEE_NONE         ? (can_estimate ? MARK_FEE_ESTIMATED : 0u)
                       : isnan(given[i])            ? MARK_NO_RATE
                       : origin[i] == FEE_ESTIMATED ? MARK_FEE_ESTIMATED
                       : given[i] == 0              ? MARK_GIFTED
                                                    : 0u;
        block->marks[i] = (uint16_t)(block->er_marks[i] | fee |
                                     (isnan(credibility[i]) ? MARK_CREDIBILITY_ASSUMED : 0u) |
                                     (isnan(market[i]) ? MARK_MARKET_ASSUMED : 0u) |
                                     (isnan(index[i]) ? MARK_INDEX_ASSUMED : 0u) |
                                     (isnan(imported[i]) ? 0u : MARK_REACH_IMPORTED));
    }
}
