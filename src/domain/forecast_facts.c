#include <assert.h>
#include <string.h>

#include "base/curve.h"
#include "base/wide.h"
#include "domain/currency.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* The steps from the facts to reach of one post, audience, response and fee. */

/* Most catalogues have a plan for few creators, and formats or fees of the user's for fewer: where
 * nobody has any, nothing is looked for. */
static bool somebody_has(const struct cells *cells)
{
    return cells->kind != CELLS_NONE;
}

/* The plan's, else the first of the platform. */
static inline enum format plan_format(double code, uint8_t platform)
{
    return code > 0 ? (enum format)(int)code : platforms[platform].format;
}

void make_format(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    const double *planned = block->at[FIGURE_PLAN_FORMAT];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        block->format[i] = (uint8_t)platforms[platform[i]].format;
    if (!somebody_has(&block->facts->plan_format))
        return;
    for (size_t i = 0; i < block->count; i++)
        block->format[i] = planned[i] > 0 ? (uint8_t)(int)planned[i] : block->format[i];
}

/* Apart from the arithmetic that follows, which then is a vector's. */
static void look_up(const double *table, const uint8_t *codes, size_t count, double *restrict out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = table[codes[i]];
}

void make_expected(const struct block *block, const struct step *step)
{
    const uint8_t *platform = block->facts->platform + block->from;
    const double *followers = block->at[FIGURE_FOLLOWERS];
    double *out = block->at[FIGURE_ER_EXPECTED];
    (void)step;
    for (size_t i = 0; i < block->count; i++)
        out[i] =
            peers_expect(block->assumptions->peers, block->assumptions->benchmarks,
                         (enum platform)platform[i], (enum er_basis)block->basis[i], followers[i])
                .er;
}

/* The power by way of logarithms: 0 to the power of 0 is 1, and else 0 stays 0. */
WIDE void make_response_factor(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    double low = scenario->clamp_low, high = scenario->clamp_high, epsilon = scenario->epsilon;
    const double *index = block->at[FIGURE_ER_INDEX];
    double *out = block->at[FIGURE_RESPONSE_FACTOR], powers[FORECAST_BLOCK];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double raised = at_least(index[i], low);
        powers[i] = index[i] > high ? high : raised;
    }
    curve_log(powers, powers, block->count);
    for (size_t i = 0; i < block->count; i++) {
        double scaled = epsilon * powers[i];
        powers[i] = epsilon == 0 ? 0 : scaled;
    }
    curve_exp(powers, powers, block->count);
    for (size_t i = 0; i < block->count; i++) {
        double power = powers[i];
        out[i] = isnan(index[i]) ? 1 : power;
    }
}

WIDE void make_credible_followers(const struct block *block, const struct step *step)
{
    double typical = block->assumptions->scenario->typical_credibility;
    const double *followers = block->at[FIGURE_FOLLOWERS];
    const double *credibility = block->at[FIGURE_CREDIBILITY];
    double *restrict out = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    (void)step;
    for (size_t i = 0; i < block->count; i++) {
        double believed = credibility[i] / typical;
        out[i] = followers[i] * (believed < 1 ? believed : 1); /* unknown: all of them */
    }
}

/* Rates of the formats that reach followers; those of a curve take the rows apart from the rest. */
WIDE static void reach_rates(const struct block *block, double *restrict out)
{
    const struct reach_curve *curves[FORMAT_COUNT];
    const double *followers = block->at[FIGURE_FOLLOWERS];
    double first[FORMAT_COUNT], rates[FORECAST_BLOCK], logs[FORECAST_BLOCK];
    bool logs_made = false;
    for (int format = 0; format < FORMAT_COUNT; format++)
        curves[format] = scenario_reach(block->assumptions->scenario, (enum format)format);
    for (int format = 0; format < FORMAT_COUNT; format++)
        first[format] = curves[format]->rate[0];
    look_up(first, block->format, block->count, out);
    for (int format = 0; format < FORMAT_COUNT; format++) {
        if (curves[format]->count < 2 || !memchr(block->format, format, block->count))
            continue;
        if (!logs_made)
            curve_log(followers, logs, block->count);
        logs_made = true;
        reach_curve_rates(curves[format], followers, logs, rates, block->count);
        for (size_t i = 0; i < block->count; i++) {
            double other = out[i], own = rates[i];
            out[i] = block->format[i] == format ? own : other;
        }
    }
}

WIDE void make_reach_one(const struct block *block, const struct step *step)
{
    const struct scenario *scenario = block->assumptions->scenario;
    const double *views = block->at[FIGURE_VIEWS], *credible = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    const double *imported = block->at[FIGURE_REACH_POST], *market = block->at[FIGURE_MARKET];
    double *restrict out = block->at[FIGURE_REACH_ONE], rates[FORECAST_BLOCK];
    double shares[FORMAT_COUNT], unique[FORECAST_BLOCK];
    (void)step;
    reach_rates(block, rates);
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        shares[i] = formats[i].by_views ? scenario->unique_share[i] : -1;
    shares[FORMAT_NONE] = NAN;
    look_up(shares, block->format, block->count, unique);
    for (size_t i = 0; i < block->count; i++) {
        double by_followers = credible[i] * at_most(rates[i], 1), by_views = views[i] * unique[i];
        double made = unique[i] < 0 ? by_followers : by_views, given = imported[i];
        double one = isnan(given + unique[i]) ? made : given; /* no format, no reach */
        double part = market[i];
        out[i] = one * (isnan(part) ? 1 : part);
    }
}

WIDE void make_audience(const struct block *block, const struct step *step)
{
    double by_format[FORMAT_COUNT], headroom[FORECAST_BLOCK];
    const double *credible = block->at[FIGURE_CREDIBLE_FOLLOWERS];
    const double *one = block->at[FIGURE_REACH_ONE];
    double *restrict out = block->at[FIGURE_AUDIENCE];
    (void)step;
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        by_format[i] = formats[i].by_views ? block->assumptions->scenario->headroom : 0;
    look_up(by_format, block->format, block->count, headroom);
    for (size_t i = 0; i < block->count; i++) {
        double believed = credible[i], reached = one[i], by_views = headroom[i] * reached;
        double both = reached + believed, larger = reached < believed ? believed : reached;
        double by_followers = isnan(both) ? both : larger;
        out[i] = headroom[i] > 0 ? by_views : by_followers;
    }
}

/* ---- The fee ---- */

/* Exchange rates by currency: more of them than any scenario has. */
#define CURRENCIES 256

struct exchange {
    double scale[CURRENCIES], rate[CURRENCIES];
};

static void exchange_init(struct exchange *exchange, const struct scenario *scenario)
{
    double *rates = exchange->rate;
    assert(currency_count <= CURRENCIES);
    for (unsigned i = 0; i < currency_count; i++) {
        rates[i] = NAN;
        exchange->scale[i] = currency_scale(i);
    }
    for (int i = scenario->rate_count - 1; i >= 0; i--) /* the first of a currency counts */
        rates[scenario->rates[i].currency] = scenario->rates[i].rate;
    rates[CURRENCY_NONE] = rates[scenario->currency] = 1;
}

/* The user's own fee, of the format it was set for; and the fees of formats that are not the first. */
static void give_planned(const struct block *block, const double *scales, const double *rates,
                         double *restrict out)
{
    const uint8_t *platform = block->facts->platform + block->from;
    const double *formats_set = block->at[FIGURE_PLAN_FORMAT], *own = block->at[FIGURE_PLAN_FEE];
    const double *asked = block->at[FIGURE_FORMAT_FEE];
    double scale = currency_scale(block->assumptions->scenario->currency);
    for (size_t i = 0; i < block->count; i++) {
        enum format format = (enum format)block->format[i];
        bool planned = format == plan_format(formats_set[i], platform[i]);
        if (planned && !isnan(own[i]))
            out[i] = own[i] / scale;
        else if (format != platforms[platform[i]].format)
            out[i] = planned && !isnan(asked[i]) ? asked[i] / scales[i] * rates[i] : FEE_NONE;
    }
}

WIDE void make_fee_given(const struct block *block, const struct step *step)
{
    const double *stated = block->at[FIGURE_FEE_STATED], *currency = block->at[FIGURE_CURRENCY];
    double *restrict out = block->at[FIGURE_FEE_GIVEN], count = currency_count;
    struct exchange exchange;
    uint8_t codes[FORECAST_BLOCK];
    double scales[FORECAST_BLOCK], rates[FORECAST_BLOCK];
    (void)step;
    exchange_init(&exchange, block->assumptions->scenario);
    for (size_t i = 0; i < block->count; i++)
        codes[i] = currency[i] > 0 && currency[i] < count ? (uint8_t)currency[i] : CURRENCY_NONE;
    look_up(exchange.scale, codes, block->count, scales);
    look_up(exchange.rate, codes, block->count, rates);
    for (size_t i = 0; i < block->count; i++) {
        double converted = stated[i] / scales[i] * rates[i];
        out[i] = isnan(stated[i]) ? FEE_NONE : converted;
    }
    if (somebody_has(&block->facts->plan_fee) || somebody_has(&block->facts->plan_format))
        give_planned(block, scales, rates, out);
}

/* In a currency without a rate there is a fee, so no estimate takes its place. */
WIDE void make_fee(const struct block *block, const struct step *step)
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
    look_up(per_view, block->format, block->count, each);
    for (size_t i = 0; i < block->count; i++) {
        double by_views = views[i] / 1000 * each[i], known = given[i];
        double by_followers = followers[i] / 10000 * scenario->estimate_follower;
        double estimate = each[i] < 0 ? by_followers : by_views;
        out[i] = known == FEE_NONE ? estimate : known;
    }
}

/* An own fee is no estimate and needs no rate, whatever is said of the creator's. */
static void mark_own_fees(const struct block *block)
{
    const uint8_t *platform = block->facts->platform + block->from;
    const double *formats_set = block->at[FIGURE_PLAN_FORMAT], *own = block->at[FIGURE_PLAN_FEE];
    const double *given = block->at[FIGURE_FEE_GIVEN];
    unsigned theirs = MARK_FEE_ESTIMATED | MARK_NO_RATE | MARK_GIFTED;
    for (size_t i = 0; i < block->count; i++) {
        if (isnan(own[i]) || block->format[i] != plan_format(formats_set[i], platform[i]))
            continue;
        unsigned gifted = given[i] == 0 ? MARK_GIFTED : 0u;
        block->marks[i] = (uint16_t)((block->marks[i] & ~theirs) | MARK_FEE_OWN | gifted);
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
    if (somebody_has(&block->facts->plan_fee))
        mark_own_fees(block);
}
