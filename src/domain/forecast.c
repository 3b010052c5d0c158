#include "domain/forecast.h"

#include <assert.h>
#include <math.h>

#include "domain/currency.h"
#include "engagement_internal.h"

/* NaN passes through, unlike through fmin(). */
static double at_most_one(double value)
{
    return value > 1 ? 1 : value;
}

static double clamped(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* ---- From the facts to reach, audience and response: the only logarithms and powers ---- */

static void set_engagement(struct figures *out, const struct facts *facts,
                           const struct assumptions *assumptions, size_t row, double expected)
{
    const struct scenario *scenario = assumptions->scenario;
    double followers = fact_count(&facts->followers, row);
    struct engagement engagement = engagement_of(facts, row);
    out->er = engagement.rate;
    out->basis = isnan(engagement.rate) ? BASIS_NONE : engagement.basis;
    if (!isnan(engagement.rate))
        out->marks |= (engagement.at_least ? MARK_ER_AT_LEAST : 0u) |
                      (engagement.stated ? MARK_ER_STATED : 0u);
    out->view_rate = ratio(fact_count(&facts->views, row), followers);
    out->er_expected =
        isnan(expected)
            ? peers_expect(assumptions->peers, facts->platform[row], out->basis, followers).er
            : expected;
    out->er_index = ratio(out->er, out->er_expected);
    if (isnan(out->er_index))
        out->marks |= MARK_INDEX_ASSUMED;
    out->response_factor =
        isnan(out->er_index)
            ? 1
            : pow(clamped(out->er_index, scenario->clamp_low, scenario->clamp_high),
                  scenario->epsilon);
}

static double reach_of_one(const struct figures *figures, const struct scenario *scenario,
                           const struct facts *facts, size_t row)
{
    enum format format = figures->format;
    if (format == FORMAT_NONE)
        return NAN;
    if (figures->marks & MARK_REACH_IMPORTED)
        return fact_count(&facts->reach_post, row);
    if (formats[format].by_views)
        return fact_count(&facts->views, row) * scenario->unique_share[format];
    return figures->credible_followers *
           reach_curve_at(&scenario->reach[format], fact_count(&facts->followers, row));
}

static void set_reach_of_one(struct figures *out, const struct facts *facts,
                             const struct scenario *scenario, size_t row)
{
    double credibility = fact_count(&facts->credibility, row);
    double market = fact_count(&facts->audience_market, row);
    out->marks |= (isnan(credibility) ? MARK_CREDIBILITY_ASSUMED : 0u) |
                  (isnan(market) ? MARK_MARKET_ASSUMED : 0u) |
                  (isnan(fact_count(&facts->reach_post, row)) ? 0u : MARK_REACH_IMPORTED);
    out->credible_followers =
        fact_count(&facts->followers, row) *
        (isnan(credibility) ? 1 : at_most_one(credibility / scenario->typical_credibility));
    out->reach_one = reach_of_one(out, scenario, facts, row) * (isnan(market) ? 1 : market);
    if (formats[out->format].by_views)
        out->audience = scenario->headroom * out->reach_one;
    else if (isnan(out->credible_followers) || isnan(out->reach_one))
        out->audience = NAN;
    else
        out->audience = fmax(out->credible_followers, out->reach_one);
}

/* ---- Fee and number of deliverables ---- */

static double fee_estimate(enum format format, const struct facts *facts,
                           const struct scenario *scenario, size_t row)
{
    if (format == FORMAT_NONE)
        return NAN;
    if (!formats[format].by_views)
        return fact_count(&facts->followers, row) / 10000 * scenario->estimate_follower;
    return fact_count(&facts->views, row) / 1000 *
           (formats[format].platform == PLATFORM_TIKTOK ? scenario->estimate_views_tiktok
                                                        : scenario->estimate_views);
}

/* In a currency without a rate there is a fee, so no estimate takes its place. */
static void set_fee(struct figures *out, const struct facts *facts, const struct scenario *scenario,
                    size_t row)
{
    bool first = out->format == platforms[facts->platform[row]].format;
    double fee = first ? fact_count(&facts->fee, row) : NAN;
    if (isnan(fee)) {
        out->fee = fee_estimate(out->format, facts, scenario, row);
        out->marks |= isnan(out->fee) ? 0u : MARK_FEE_ESTIMATED;
        return;
    }
    double known = cells_number(&facts->currency, row);
    unsigned currency = known > 0 && known < currency_count ? (unsigned)known : CURRENCY_NONE;
    out->fee = fee / currency_scale(currency) * scenario_rate(scenario, currency);
    if (isnan(out->fee))
        out->marks |= MARK_NO_RATE;
    else if (cells_number(&facts->fee_origin, row) == FEE_ESTIMATED)
        out->marks |= MARK_FEE_ESTIMATED;
    else if (out->fee == 0)
        out->marks |= MARK_GIFTED;
}

/* Of one deliverable, without what a creator costs once. */
static double cost_of_one(const struct figures *figures, const struct scenario *scenario)
{
    return figures->fee * (1 - scenario->discount) * (1 + scenario->other_share);
}

/* How often `each` fits into `money`; a hair of tolerance, so that 0.3 buys three at 0.1. */
static double fits(double money, double each)
{
    double count = floor(money / each + 1e-9);
    return count > 0 ? count : 0;
}

static double deliverables_of(const struct figures *figures, const struct scenario *scenario,
                              double planned)
{
    if (planned > 0)
        return planned;
    if (scenario->fill == 0)
        return scenario->deliverables;
    double each = cost_of_one(figures, scenario);
    double money = scenario->budget - scenario->creator_cost;
    if (isnan(each) || money < 0)
        return 1;
    return each == 0 ? scenario->fill_cap : clamped(fits(money, each), 1, scenario->fill_cap);
}

static double affordable(const struct figures *figures, const struct scenario *scenario,
                         double money, double planned)
{
    double each = cost_of_one(figures, scenario);
    double once = planned > 0 ? 0 : scenario->creator_cost;
    if (isnan(each) || isnan(money))
        return NAN;
    if (money < once)
        return 0;
    return each == 0 ? NAN : fits(money - once, each);
}

/* ---- Plain arithmetic from there ---- */

/* People reached at least once by n posts, were all of them posted. */
static double net_reach(double one, double audience, double n)
{
    if (one == 0)
        return 0;
    if (isnan(audience))
        return NAN;
    if (n <= 1)
        return n * one;
    return -audience * expm1(n * log1p(-one / audience));
}

static double engagement_base(const struct figures *figures, const struct facts *facts, size_t row)
{
    if (figures->basis == BASIS_FOLLOWERS)
        return fact_count(&facts->followers, row);
    if (figures->basis == BASIS_VIEWS)
        return fact_count(&facts->views, row);
    return figures->basis == BASIS_REACH ? figures->reach_one : NAN;
}

static double kept_share(const struct scenario *scenario)
{
    double kept = scenario->incremental * scenario->margin - scenario->commission;
    return fabs(kept) < 1e-12 ? 0 : kept; /* 0.3 x 0.5 - 0.15 */
}

static double unit_cost(double cost, double count)
{
    return cost == 0 && !isnan(count) ? 0 : ratio(cost, count);
}

static double breakeven_cvr(double cost, double clicks, double aov, double kept)
{
    if (isnan(cost) || isnan(clicks))
        return NAN;
    if (cost == 0)
        return 0;
    if (kept <= 0 || clicks == 0 || aov == 0)
        return INFINITY;
    double rate = cost / (clicks * aov * kept);
    return rate > 1 ? INFINITY : rate;
}

static double breakeven_orders(double cost, double aov, double kept)
{
    if (isnan(cost))
        return NAN;
    if (kept <= 0)
        return INFINITY;
    if (cost == 0)
        return 0;
    return aov == 0 ? INFINITY : ceil(cost / (aov * kept) * (1 - 1e-12));
}

static void set_outcome(struct figures *out, const struct facts *facts,
                        const struct scenario *scenario, size_t row)
{
    const struct format_row *format = &formats[out->format];
    double n = out->deliverables;
    double posted = out->marks & MARK_GIFTED ? scenario->fulfilment : 1;
    double views = fact_count(&facts->views, row);
    double all_reached = net_reach(out->reach_one, out->audience, n);
    double response = at_most_one(scenario->ctr[out->format] * out->response_factor);
    double kept = kept_share(scenario);
    double worth = response * scenario->cvr * scenario->aov; /* revenue for each one reached */

    out->reach = posted * all_reached;
    out->impressions = posted * n *
                       (out->format == FORMAT_NONE ? NAN
                        : format->by_views         ? views
                                                   : out->reach_one);
    out->engagements =
        format->engagements ? posted * n * out->er * engagement_base(out, facts, row) : NAN;
    out->clicks = out->reach * response;
    out->orders = out->clicks * scenario->cvr;
    out->revenue = out->orders * scenario->aov;
    out->cost = n * cost_of_one(out, scenario) + (n >= 1 ? scenario->creator_cost : 0);
    out->contribution = kept * out->revenue;
    out->profit = out->contribution - out->cost;
    out->commission = scenario->commission * out->revenue;
    if (out->orders < 3)
        out->marks |= MARK_CHANCE;

    double fee =
        ratio(kept * all_reached * worth - scenario->creator_cost, n * (1 + scenario->other_share));
    out->breakeven_fee = fee < 0 ? INFINITY : fee;
    out->breakeven_cvr = breakeven_cvr(out->cost, out->clicks, scenario->aov, kept);
    out->breakeven_roas = kept > 0 ? 1 / kept : INFINITY;
    out->breakeven_orders = breakeven_orders(out->cost, scenario->aov, kept);
}

static void set_ratios(struct figures *out, const struct facts *facts,
                       const struct scenario *scenario, size_t row)
{
    out->roi = ratio(out->profit, out->cost);
    out->roas = ratio(out->revenue, out->cost);
    out->cpm = unit_cost(1000 * out->cost, out->impressions);
    out->cpr = unit_cost(1000 * out->cost, out->reach);
    out->cpe = unit_cost(out->cost, out->engagements);
    out->cpc = unit_cost(out->cost, out->clicks);
    out->cpa = unit_cost(out->cost, out->orders);
    out->revenue_per_follower = ratio(out->revenue, fact_count(&facts->followers, row));
    out->frequency = ratio(out->impressions, out->reach);
    out->baseline_roi =
        scenario->channel_count > 0 ? channel_roi(scenario, &scenario->channels[0]) : NAN;
    out->roi_vs_baseline = out->roi - out->baseline_roi;
}

static void figures_point(const struct facts *facts, const struct assumptions *assumptions,
                          size_t row, const struct forecast_case *as, struct figures *out)
{
    assert(row < facts->count && facts->platform[row] < PLATFORM_COUNT);
    const struct scenario *scenario = assumptions->scenario;
    double planned = cells_number(&facts->planned, row);
    *out = (struct figures){
        .format = as ? as->format : platforms[facts->platform[row]].format,
        .roi_p10 = NAN,
        .roi_p50 = NAN,
        .roi_p90 = NAN,
        .log_variance_own = NAN,
    };
    set_engagement(out, facts, assumptions, row, as ? as->er_expected : NAN);
    set_reach_of_one(out, facts, scenario, row);
    if (as && !isnan(as->fee)) {
        out->fee = as->fee;
        out->marks |= as->fee == 0 ? MARK_GIFTED : 0u;
    } else {
        set_fee(out, facts, scenario, row);
    }
    out->deliverables = as ? as->deliverables : deliverables_of(out, scenario, planned);
    out->affordable = affordable(out, scenario, assumptions->money_left, planned);
    set_outcome(out, facts, scenario, row);
    set_ratios(out, facts, scenario, row);
}

/* ---- Chance ---- */

static double squared(double value)
{
    return value * value;
}

void forecast_range(const struct scenario *scenario, struct figures *figures)
{
    bool by_views = formats[figures->format].by_views;
    double reach = squared(by_views ? scenario->spread_reach_views : scenario->spread_reach);
    double ctr = squared(scenario->spread_ctr), cvr = squared(scenario->spread_cvr);
    double own = scenario->own_reach * reach + scenario->own_ctr * ctr + scenario->own_cvr * cvr;
    figures->log_variance_own = figures->orders == 0 ? NAN : log(exp(own) + 1 / figures->orders);
    figures->roi_p10 = figures->roi_p50 = figures->roi_p90 = figures->roi;
    if (isnan(figures->roi) || figures->orders == 0)
        return;
    double variance = log(exp(reach + ctr + cvr) + 1 / figures->orders);
    double fee = figures->marks & MARK_FEE_ESTIMATED ? squared(scenario->spread_fee) : 0;
    double wide = FORECAST_Z * sqrt(variance + fee);
    double back = ratio(figures->contribution, figures->cost);
    figures->roi_p10 = back * exp(-wide - variance / 2) - 1;
    figures->roi_p50 = back * exp(-variance / 2) - 1;
    figures->roi_p90 = back * exp(wide - variance / 2) - 1;
    if (figures->roi_p10 > figures->roi_p90) { /* each order costs more than it brings */
        double worst = figures->roi_p90;
        figures->roi_p90 = figures->roi_p10;
        figures->roi_p10 = worst;
    }
}

void forecast_point(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                    struct figures *out)
{
    figures_point(facts, assumptions, row, NULL, out);
}

void forecast(const struct facts *facts, const struct assumptions *assumptions, size_t row,
              struct figures *out)
{
    figures_point(facts, assumptions, row, NULL, out);
    forecast_range(assumptions->scenario, out);
}

void forecast_as(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                 const struct forecast_case *as, struct figures *out)
{
    assert(as->deliverables >= 0 && as->deliverables == floor(as->deliverables));
    figures_point(facts, assumptions, row, as, out);
    forecast_range(assumptions->scenario, out);
}

double forecast_chance(const struct figures *a, const struct figures *b)
{
    if (!(a->roas > 0) || !(b->roas > 0))
        return NAN;
    double va = a->log_variance_own, vb = b->log_variance_own;
    double z = (log(a->roas / b->roas) - (va - vb) / 2) / sqrt(va + vb);
    return erfc(-z / sqrt(2)) / 2;
}

bool forecast_factors(const struct figures *a, const struct figures *b,
                      const struct scenario *scenario, struct forecast_factors *out)
{
    double ctr_a = scenario->ctr[a->format], ctr_b = scenario->ctr[b->format];
    *out = (struct forecast_factors){
        .back_a = 1 + a->roi,
        .back_b = 1 + b->roi,
        .reach = ratio(a->reach, b->reach),
        .response =
            ratio(at_most_one(ctr_a * a->response_factor), at_most_one(ctr_b * b->response_factor)),
        .cost = ratio(b->cost, a->cost),
        .same_ctr = ctr_a == ctr_b,
    };
    return !isnan(ratio(out->back_a, out->back_b) * out->reach * out->response * out->cost);
}
