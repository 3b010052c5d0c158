#include "plain_forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool known(double x)
{
    return x == x;
}

static bool views_based(const char *platform, const char *format)
{
    if (is(platform, "instagram"))
        return is(format, "reel");
    return is(platform, "tiktok") || is(platform, "youtube") || is(platform, "twitch");
}

struct plain_scenario plain_default(const char *platform)
{
    struct plain_scenario s = {
        .format = "",
        .deliverables = 1,
        .budget = 10000,
        .money_left = 10000,
        .fill_cap = 6,
        .aov = 80,
        .margin = 0.50,
        .incremental = 1,
        .ctr = 0.04,
        .cvr = 0.025,
        .headroom = 4,
        .epsilon = 0.5,
        .clamp_low = 0.5,
        .clamp_high = 2,
        .typical_credibility = 0.80,
        .spread_reach = 0.35,
        .spread_reach_views = 0.6,
        .spread_ctr = 0.6,
        .spread_cvr = 0.4,
        .spread_fee = 0.7,
        .own_reach = 1,
        .own_ctr = 0.5,
        .creator_cost = 30,
        .fulfilment = 0.8,
        .fee_per_10k_followers = 100,
        .fee_per_1k_views = 20,
        .channel_cpm = 10,
        .channel_ctr = 0.012,
        .channel_cvr = 0.02,
        .channel_incremental = 1,
        .channel_roas = NAN,
        .value_impression = NAN,
        .value_like = NAN,
        .value_comment = NAN,
        .value_share = NAN,
        .value_save = NAN,
    };
    if (is(platform, "instagram")) {
        s.format = "feed";
        s.anchors = 4;
        memcpy(s.anchor, (double[]){3000, 30000, 300000, 3000000}, sizeof s.anchor);
        memcpy(s.rate, (double[]){0.30, 0.22, 0.15, 0.08}, sizeof s.rate);
    }
    if (is(platform, "tiktok")) {
        s.format = "video";
        s.unique_share = 0.68;
        s.fee_per_1k_views = 10;
    }
    if (is(platform, "youtube")) {
        s.format = "video";
        s.unique_share = 0.75;
    }
    if (is(platform, "twitch")) {
        s.format = "stream";
        s.unique_share = 0.75;
    }
    if (is(platform, "x")) {
        s.format = "post";
        s.anchors = 1;
        s.rate[0] = 0.10;
    }
    if (is(platform, "facebook") || is(platform, "linkedin")) {
        s.format = "post";
        s.anchors = 1;
        s.rate[0] = 0.06;
    }
    if (is(platform, "pinterest")) {
        s.format = "pin";
        s.anchors = 1;
        s.rate[0] = 0.05;
    }
    return s;
}

const char *plain_format(const struct plain_creator *c)
{
    return c->plan_format ? c->plan_format : plain_default(c->platform).format;
}

/* ---- Section 3 ---- */

double plain_er(const struct plain_creator *c, const char **basis)
{
    double interactions = c->likes;
    if (known(c->comments))
        interactions += c->comments;
    bool shares = is(c->platform, "x") || is(c->platform, "facebook") ||
                  is(c->platform, "linkedin") || is(c->platform, "tiktok");
    if (shares && known(c->shares))
        interactions += c->shares;
    if (is(c->platform, "pinterest") && known(c->saves))
        interactions += c->saves;

    bool by_views = is(c->platform, "tiktok") || is(c->platform, "youtube");
    double base = by_views ? c->views : c->followers;
    if (!is(c->platform, "twitch") && known(c->likes) && c->likes >= 0 && known(base) && base > 0) {
        *basis = by_views ? "views" : "followers";
        return interactions / base;
    }
    if (known(c->er_stated)) {
        *basis = c->er_stated_basis;
        return c->er_stated;
    }
    *basis = "";
    return NAN;
}

static int band_of(double followers)
{
    if (followers < 1000)
        return 0;
    if (followers < 5000)
        return 1;
    if (followers < 20000)
        return 2;
    if (followers < 100000)
        return 3;
    if (followers < 1000000)
        return 4;
    return 5;
}

static double benchmark(const char *platform, const char *basis, int band)
{
    static const double instagram[] = {4.26, 4.26, 2.28, 1.62, 1.55, 1.54};
    static const double youtube[] = {6.5, 6.5, 6.5, 4.5, 3, 2};
    if (is(platform, "instagram") && is(basis, "followers"))
        return instagram[band] / 100;
    if (is(platform, "tiktok") && is(basis, "views"))
        return 5.0 / 100;
    if (is(platform, "youtube") && is(basis, "views"))
        return youtube[band] / 100;
    return NAN;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double plain_expected(const struct plain_creator *all, size_t count, const struct plain_creator *c)
{
    const char *basis;
    double er = plain_er(c, &basis);
    if (!known(er) || is(basis, "") || !known(c->followers))
        return NAN;
    double *rates = malloc((count + 1) * sizeof *rates);
    if (!rates)
        abort();
    size_t peers = 0;
    for (size_t i = 0; i < count; i++) {
        const char *other_basis;
        double other = plain_er(&all[i], &other_basis);
        if (known(other) && known(all[i].followers) && is(all[i].platform, c->platform) &&
            is(other_basis, basis) && band_of(all[i].followers) == band_of(c->followers))
            rates[peers++] = other;
    }
    qsort(rates, peers, sizeof *rates, ascending);
    double expected;
    if (peers < 30)
        expected = benchmark(c->platform, basis, band_of(c->followers));
    else if (peers % 2 == 1)
        expected = rates[peers / 2];
    else
        expected = (rates[peers / 2 - 1] + rates[peers / 2]) / 2;
    free(rates);
    return expected;
}

/* ---- Section 4 ---- */

static double rate_of(const struct plain_scenario *s, double followers)
{
    double rate = s->rate[0];
    if (!known(followers))
        return NAN;
    for (int i = 0; i < s->anchors; i++) {
        if (followers < s->anchor[i])
            break;
        rate = s->rate[i];
        if (!s->steps && i + 1 < s->anchors && followers < s->anchor[i + 1]) {
            double part = (log10(followers) - log10(s->anchor[i])) /
                          (log10(s->anchor[i + 1]) - log10(s->anchor[i]));
            rate = s->rate[i] * (1 - part) + s->rate[i + 1] * part;
        }
    }
    return rate < 1 ? rate : 1;
}

static double cost_of(double n, double fee, const struct plain_scenario *s)
{
    double cost = n * fee * (1 - s->discount) * (1 + s->other_share);
    if (n >= 1)
        cost += s->creator_cost;
    return cost;
}

/* Sums of money are equal when they differ by less than a person could mean. */
static bool within(double cost, double money)
{
    return cost <= money + 1e-9 * cost;
}

static double deliverables_of(const struct plain_creator *c, double fee,
                              const struct plain_scenario *s)
{
    if (c->planned >= 1)
        return c->planned;
    if (!s->fill)
        return s->deliverables;
    double n = 1;
    if (known(fee))
        while (n + 1 <= s->fill_cap && within(cost_of(n + 1, fee, s), s->budget))
            n++;
    return n;
}

static double affordable(const struct plain_creator *c, double fee, const struct plain_scenario *s)
{
    if (!known(fee) || !known(s->money_left))
        return NAN;
    double n = c->planned >= 1 ? c->planned : 0, k = 0;
    if (s->money_left < 0)
        return 0;
    while (within(cost_of(n + k + 1, fee, s) - cost_of(n, fee, s), s->money_left)) {
        if (cost_of(n + k + 2, fee, s) == cost_of(n + k + 1, fee, s))
            return NAN; /* free of charge: there is no largest number */
        k++;
    }
    return k;
}

static double per(double cost, double count)
{
    if (!known(cost) || !known(count))
        return NAN;
    if (cost == 0)
        return 0;
    return count == 0 ? NAN : cost / count;
}

static double divided(double a, double b)
{
    return b == 0 ? NAN : a / b;
}

static double quantile(double z, double revenue, double orders, double fee_spread, double kept,
                       double cost, double spreads)
{
    double s2 = log(exp(spreads) + 1 / orders);
    double with_fee = sqrt(s2 + fee_spread * fee_spread);
    return (kept * revenue * exp(z * with_fee - s2 / 2) - cost) / cost;
}

static void range(struct plain_figures *f, const struct plain_scenario *s, bool by_views,
                  double kept)
{
    double reach = by_views ? s->spread_reach_views : s->spread_reach;
    double spreads = reach * reach + s->spread_ctr * s->spread_ctr + s->spread_cvr * s->spread_cvr;
    double own = s->own_reach * reach * reach + s->own_ctr * s->spread_ctr * s->spread_ctr +
                 s->own_cvr * s->spread_cvr * s->spread_cvr;
    f->log_variance_own = f->orders == 0 ? NAN : log(exp(own) + 1 / f->orders);
    f->roi_p10 = f->roi_p50 = f->roi_p90 = f->roi;
    if (!known(f->roi) || f->orders == 0)
        return;
    double fee = f->fee_estimated ? s->spread_fee : 0, z = 1.2815515655446004;
    double low = quantile(-z, f->revenue, f->orders, fee, kept, f->cost, spreads);
    double high = quantile(z, f->revenue, f->orders, fee, kept, f->cost, spreads);
    f->roi_p50 = quantile(0, f->revenue, f->orders, fee, kept, f->cost, spreads);
    f->roi_p10 = low < high ? low : high;
    f->roi_p90 = low < high ? high : low;
}

/* Only what the user gave a value counts; what nobody knows is left out, and said to be. */
static void media_value(struct plain_figures *f, const struct plain_creator *c,
                        const struct plain_scenario *s, double posts)
{
    double worth[] = {s->value_impression, s->value_like, s->value_comment, s->value_share,
                      s->value_save};
    double count[] = {f->impressions, posts * c->likes, posts * c->comments, posts * c->shares,
                      posts * c->saves};
    bool any = false, missing = false;
    double sum = 0;
    for (int i = 0; i < 5; i++) {
        if (!known(worth[i]))
            continue;
        bool none = is(s->format, "") || (i > 0 && is(s->format, "story")) || !known(count[i]);
        if (worth[i] == 0 || !none) {
            sum += worth[i] == 0 ? 0 : worth[i] * count[i];
            any = true;
        } else {
            missing = true;
        }
    }
    f->emv = any ? sum : NAN;
    f->emv_at_least = any && missing;
}

struct plain_figures plain_forecast(const struct plain_creator *c, double er_expected,
                                    const struct plain_scenario *s)
{
    struct plain_figures f = {0};
    bool none = is(s->format, "");
    bool by_views = views_based(c->platform, s->format);

    f.er = plain_er(c, &f.er_basis);
    f.er_expected = er_expected;
    f.er_index = divided(f.er, f.er_expected);
    f.view_rate = divided(c->views, c->followers);

    double trust = 1;
    if (known(c->credibility) && c->credibility < s->typical_credibility)
        trust = c->credibility / s->typical_credibility;
    f.credible_followers = c->followers * trust;
    if (none)
        f.reach_one = NAN;
    else if (known(c->reach_post))
        f.reach_one = c->reach_post;
    else if (by_views)
        f.reach_one = c->views * s->unique_share;
    else
        f.reach_one = f.credible_followers * rate_of(s, c->followers);
    if (known(c->audience_market))
        f.reach_one *= c->audience_market;

    if (by_views)
        f.audience = s->headroom * f.reach_one;
    else if (!known(f.reach_one) || !known(f.credible_followers))
        f.audience = NAN;
    else
        f.audience = f.reach_one > f.credible_followers ? f.reach_one : f.credible_followers;

    /* Who says what this format costs: the user, else the creator, else nobody. */
    bool first = is(s->format, plain_default(c->platform).format);
    bool planned = is(s->format, plain_format(c));
    bool stated =
        first ? known(c->fee) || c->fee_not_convertible : planned && c->fee_of_format_known;
    f.fee_own = planned && c->own_fee_set;
    bool known_fee = f.fee_own || stated;
    if (f.fee_own) {
        f.fee = c->own_fee;
    } else if (stated) {
        f.fee = c->fee_not_convertible ? NAN : first ? c->fee : c->fee_of_format;
        f.fee_estimated = c->fee_is_estimate && !c->fee_not_convertible;
    } else {
        f.fee = NAN;
    }
    if (!known_fee && !none) {
        f.fee = by_views ? c->views / 1000 * s->fee_per_1k_views
                         : c->followers / 10000 * s->fee_per_10k_followers;
        f.fee_estimated = known(f.fee);
    }
    double phi = f.fee == 0 && !f.fee_estimated ? s->fulfilment : 1;
    double n = deliverables_of(c, f.fee, s);
    f.deliverables = n;
    f.affordable = affordable(c, f.fee, s);

    /* In long double, since 1 - (1 - x)^n loses digits for a small x. */
    long double share = (long double)f.reach_one / (long double)f.audience;
    double all_reached = (double)((long double)f.audience * (1 - powl(1 - share, n)));
    if (f.reach_one == 0)
        all_reached = 0;
    f.reach = phi * all_reached;
    f.impressions = none ? NAN : phi * n * (by_views ? c->views : f.reach_one);
    double base = NAN;
    if (is(f.er_basis, "followers"))
        base = c->followers;
    if (is(f.er_basis, "views"))
        base = c->views;
    if (is(f.er_basis, "reach"))
        base = f.reach_one;
    f.engagements = none || is(s->format, "story") ? NAN : phi * n * f.er * base;

    f.response_factor = 1;
    if (known(f.er_index)) {
        double index = f.er_index;
        if (index < s->clamp_low)
            index = s->clamp_low;
        if (index > s->clamp_high)
            index = s->clamp_high;
        f.response_factor = pow(index, s->epsilon);
    }
    double respond = s->ctr * f.response_factor;
    if (respond > 1)
        respond = 1;
    f.clicks = f.reach * respond;
    f.orders = f.clicks * s->cvr;
    f.revenue = f.orders * s->aov;
    f.cost = cost_of(n, f.fee, s);
    double kept = s->incremental * s->margin - s->commission;
    if (kept < 1e-12 && kept > -1e-12)
        kept = 0;
    f.contribution = kept * f.revenue;
    f.profit = f.contribution - f.cost;
    f.commission = s->commission * f.revenue;

    f.roi = divided(f.contribution - f.cost, f.cost);
    f.roas = divided(f.revenue, f.cost);
    f.cpm = per(1000 * f.cost, f.impressions);
    f.cpr = per(1000 * f.cost, f.reach);
    f.cpe = per(f.cost, f.engagements);
    f.cpc = per(f.cost, f.clicks);
    f.cpa = per(f.cost, f.orders);

    double in_full = kept * all_reached * respond * s->cvr * s->aov;
    f.breakeven_fee = divided(in_full - s->creator_cost, n * (1 + s->other_share));
    if (f.breakeven_fee < 0)
        f.breakeven_fee = INFINITY;

    if (!known(f.cost) || !known(f.clicks))
        f.breakeven_cvr = NAN;
    else if (f.cost == 0)
        f.breakeven_cvr = 0;
    else if (kept <= 0 || f.clicks == 0 || s->aov == 0)
        f.breakeven_cvr = INFINITY;
    else
        f.breakeven_cvr = f.cost / (f.clicks * s->aov * kept);
    if (f.breakeven_cvr > 1)
        f.breakeven_cvr = INFINITY;

    f.breakeven_roas = kept <= 0 ? INFINITY : 1 / kept;
    if (!known(f.cost))
        f.breakeven_orders = NAN;
    else if (kept <= 0)
        f.breakeven_orders = INFINITY;
    else if (f.cost == 0)
        f.breakeven_orders = 0;
    else if (s->aov == 0)
        f.breakeven_orders = INFINITY;
    else
        f.breakeven_orders = ceil(f.cost / (s->aov * kept) * 0.999999999999);

    f.revenue_per_follower = divided(f.revenue, c->followers);
    f.frequency = divided(f.impressions, f.reach);
    if (known(s->channel_roas))
        f.baseline_roi = s->channel_roas * s->channel_incremental * s->margin - 1;
    else
        f.baseline_roi = divided(1000, s->channel_cpm) * s->channel_ctr * s->channel_cvr * s->aov *
                             s->channel_incremental * s->margin -
                         1;
    f.roi_vs_baseline = f.roi - f.baseline_roi;
    range(&f, s, by_views, kept);
    media_value(&f, c, s, phi * n);
    return f;
}
