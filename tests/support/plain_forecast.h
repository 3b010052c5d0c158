#ifndef TESTS_PLAIN_FORECAST_H
#define TESTS_PLAIN_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

/* The forecast once more: plain, slow, obviously right, written from the glossary and not from the
 * program, sharing no code or table with it. Words instead of numbers for platforms and formats;
 * NaN unknown, INFINITY never. */

struct plain_creator {
    const char *platform; /* "instagram" … "other" */
    double followers, credibility, audience_market;
    double likes, comments, shares, saves, views, reach_post;
    double er_stated;
    const char *er_stated_basis; /* "followers", "views", "reach"; "" none */
    double fee;                  /* of one deliverable, in the scenario's currency; NaN none */
    bool fee_is_estimate;        /* the source says so */
    bool fee_not_convertible;    /* there is a fee, but no exchange rate */
    double planned;              /* deliverables in the plan; 0 none */
    const char *plan_format;     /* the format planned; NULL: the platform's first */
    bool fee_of_format_known;    /* the creator names a fee for that format, … */
    double fee_of_format;        /* … in the scenario's currency */
    bool own_fee_set;            /* the user has a fee of his own for it */
    double own_fee;
};

/* The assumptions for one creator, those of other formats left out. */
struct plain_scenario {
    const char *format; /* "feed", "video" …; "" none */
    double deliverables;
    double budget, money_left;
    bool fill;
    double fill_cap;
    double aov, margin, commission, incremental;
    double ctr, cvr;
    double unique_share; /* of views-based formats */
    bool steps;
    int anchors; /* of followers-based formats */
    double anchor[4], rate[4];
    double headroom, epsilon, clamp_low, clamp_high, typical_credibility;
    double spread_reach, spread_reach_views, spread_ctr, spread_cvr, spread_fee;
    double own_reach, own_ctr, own_cvr;
    double creator_cost, other_share, discount, fulfilment;
    double fee_per_10k_followers, fee_per_1k_views;
    double value_impression, value_like, value_comment, value_share, value_save; /* NaN: none */
    double channel_cpm, channel_ctr, channel_cvr, channel_incremental, channel_roas;
};

struct plain_figures {
    const char *er_basis; /* "" where ER is unknown */
    double view_rate, er, er_expected, er_index;
    double fee, deliverables;
    bool fee_estimated, fee_own;
    double credible_followers, reach_one, audience, response_factor;
    double reach, impressions, engagements, clicks, orders, revenue;
    double cost, contribution, profit, commission;
    double roi, roi_p10, roi_p50, roi_p90, roas;
    double cpm, cpr, cpe, cpc, cpa;
    double breakeven_fee, breakeven_cvr, breakeven_roas, breakeven_orders;
    double revenue_per_follower, frequency, baseline_roi, roi_vs_baseline;
    double affordable, log_variance_own;
    double emv;
    bool emv_at_least;
};

/* The program's defaults for a platform's first format, as the glossary has them; nothing spent. */
struct plain_scenario plain_default(const char *platform);

/* The format a creator is planned for, or the platform's first; "" none. */
const char *plain_format(const struct plain_creator *creator);

/* ER of one creator from the counts, else as stated; *basis is "" where it is unknown. */
double plain_er(const struct plain_creator *creator, const char **basis);

/* Expected ER of a creator among all of them (itself included). */
double plain_expected(const struct plain_creator *all, size_t count,
                      const struct plain_creator *creator);

/* The whole chain. */
struct plain_figures plain_forecast(const struct plain_creator *creator, double er_expected,
                                    const struct plain_scenario *scenario);

#endif
