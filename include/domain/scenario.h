#ifndef MICROSCOPE_DOMAIN_SCENARIO_H
#define MICROSCOPE_DOMAIN_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"
#include "domain/column.h"
#include "domain/platform.h"

/* The assumptions that turn facts into a forecast. Its plain numbers are rows of parameters[]: with
 * a key, a default, limits, and where the default comes from; they and all else that can be said of a
 * scenario are knobs (see domain/knob.h). All shares are fractions, all money is in `currency`. */

#define SCENARIO_CHANNELS 8
#define SCENARIO_RATES 32
#define SCENARIO_NAME_MOST 40 /* bytes */
#define SCENARIO_PARAMETERS 128
#define SCENARIO_KNOBS 192 /* parameters, then the other knobs that are always there */

/* Reach rate by followers: linear in log(followers) between anchors and flat outside, or steps
 * (the rate of the last anchor not above). */
struct reach_curve {
    const char *source; /* "startmotionmedia.com, ranges of 2024, weak"; NULL: the user's own */
    bool steps;
    int count; /* 0: the format is not followers-based */
    double from[4];
    double rate[4];
};

/* What the same money would buy elsewhere. */
struct channel {
    char name[32];        /* empty: there is no such channel */
    double cpm, ctr, cvr; /* NaN where not given */
    double incremental;
    double roas; /* measured; NaN: use the funnel */
};

struct exchange_rate {
    unsigned currency; /* one unit of it … */
    double rate;       /* … is this much of the scenario's currency */
    double at;         /* dated; NaN: not */
};

struct scenario {
    char name[64];
    unsigned currency; /* index of currencies[] */
    double budget;
    double aov, margin, commission, incremental;
    double cvr;
    double ctr[FORMAT_COUNT];               /* per format */
    double unique_share[FORMAT_COUNT];      /* views-based formats */
    struct reach_curve reach[FORMAT_COUNT]; /* as parameters say; see scenario_reach() */
    unsigned reach_table;                   /* row of reach_tables[] */
    double headroom, epsilon, clamp_low, clamp_high;
    double typical_credibility;
    double spread_reach, spread_reach_views, spread_ctr, spread_cvr, spread_fee; /* log-spreads */
    double own_reach, own_ctr, own_cvr; /* share of each variance that is the creator's own */
    double creator_cost, other_share, discount;
    double fulfilment;   /* share of gifted deals that post */
    double deliverables; /* of a creator outside the plan; whole, >= 1 */
    double fill;         /* 1: instead as many as the whole budget buys, from 1 to `fill_cap` */
    double fill_cap;
    double estimate_follower;                     /* fee estimated: per 10,000 followers */
    double estimate_views, estimate_views_tiktok; /* … and per 1,000 views */
    double universe; /* people to be reached; NaN: 3 x the audiences of the plan */
    double value_impression, value_like, value_comment, value_share,
        value_save;                             /* NaN: not given */
    struct channel channels[SCENARIO_CHANNELS]; /* may have gaps: see scenario_baseline() */
    struct exchange_rate rates[SCENARIO_RATES]; /* one of a currency */
    int rate_count;
    uint64_t changed[SCENARIO_KNOBS / 64]; /* a bit a knob: the user's; see scenario_own() */
    uint64_t revision; /* moves with every change; what is derived remembers it */
};

/* Parameters that are one number each; `key` is the spelling in the store, YAML and commands. The
 * reach rates of a curve are one for each anchor, named by its followers: reach_feed_30k. */
struct parameter_row {
    const char *key;
    const char *title; /* "Order value" */
    const char *help;
    const char *source; /* of the default: "assumption", or who says so */
    enum unit unit;
    size_t offset;      /* of its double in struct scenario */
    double standard;    /* the default; NaN: none, and NaN is allowed */
    double least, most; /* limits, both allowed */
};
extern const struct parameter_row parameters[];
extern const size_t parameter_count; /* at most SCENARIO_PARAMETERS */

/* Reach rates to choose from: the first is the default and lets the parameters speak; the others
 * have curves of their own for some formats. */
struct reach_table {
    const char *word; /* "reach-2019" */
    const char *help;
    struct reach_curve feed, story; /* no anchors: as the parameters say */
};
extern const struct reach_table reach_tables[];
extern const size_t reach_table_count;

void scenario_init(struct scenario *scenario); /* the default: name "default", EUR, budget 10,000 */
/* 1 to SCENARIO_NAME_MOST bytes, safe to show as it is, no blank around it. */
bool scenario_name_allowed(struct text name, struct err *err);
void scenario_name_set(struct scenario *scenario, struct text name); /* an allowed one */
double scenario_get(const struct scenario *scenario, size_t parameter);
/* Sets, marks as the user's, moves the revision. False, nothing changed and the limits named, outside
 * the limits or where a whole number (UNIT_COUNT) or a flag is asked for and this is none. */
bool scenario_set(struct scenario *scenario, size_t parameter, double value, struct err *err);
/* Back to the default and an assumption again. */
void scenario_reset(struct scenario *scenario, size_t parameter);
bool parameter_find(struct text key, size_t *parameter); /* ASCII case ignored */
/* The parameter whose number stands at `offset` of struct scenario; parameter_count: none. */
size_t parameter_at(size_t offset);
/* Is the number at `offset` still an assumption: nobody set it, and its source says "assumption"? */
bool scenario_assumes(const struct scenario *scenario, size_t offset);

/* The curve in force for a format that reaches followers. */
const struct reach_curve *scenario_reach(const struct scenario *scenario, enum format format);
double reach_curve_at(const struct reach_curve *curve, double followers); /* at most 1; NaN */
/* The same for many, given the logarithms of their followers (which steps do not need); the curve has
 * anchors. */
void reach_curve_rates(const struct reach_curve *curve, const double *followers, const double *logs,
                       double *rates, size_t count);
/* Factor from `currency` to the scenario's; NaN: no rate. CURRENCY_NONE and the own one give 1. */
double scenario_rate(const struct scenario *scenario, unsigned currency);
/* The channels that have a name; returns how many. */
int scenario_channels(const struct scenario *scenario,
                      const struct channel *out[SCENARIO_CHANNELS]);
/* The channel that figures are compared with: the first that has a name; NULL: there is none. */
const struct channel *scenario_baseline(const struct scenario *scenario);
/* ROI of the same money in a channel: 1000/CPM x CTR x CVR x AOV x i x m - 1, or ROAS x i x m - 1;
 * NaN where neither can be said. */
double channel_roi(const struct scenario *scenario, const struct channel *channel);

#endif
