#ifndef MICROSCOPE_DOMAIN_FORECAST_H
#define MICROSCOPE_DOMAIN_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/facts.h"
#include "domain/freshness.h"
#include "domain/peer.h"
#include "domain/scenario.h"

/* From a fee to ROI: the formulas of the glossary, one creator at a time. Point figures are expected
 * values, so they add up over creators. Unknown in, unknown out; "never" is INFINITY. Where a special
 * case and an unknown input meet, the unknown one wins: a gift's cost per engagement is 0, but
 * unknown where the engagements are. */

enum figure_marks {
    MARK_FEE_ESTIMATED = 1,       /* no fee given: the rule of thumb stands in */
    MARK_ER_AT_LEAST = 2,         /* a part of the interactions is unknown and left out */
    MARK_CREDIBILITY_ASSUMED = 4, /* share of believed followers unknown: counted as all */
    MARK_MARKET_ASSUMED = 8,      /* share of the audience in the market unknown: counted as all */
    MARK_INDEX_ASSUMED = 16,      /* ER index unknown: the response factor is 1 */
    MARK_ER_STATED = 32,          /* the rate is as a source stated it, not from counts */
    MARK_REACH_IMPORTED = 64,     /* reach of a post is imported, not from the rate table */
    MARK_GIFTED = 128,            /* the fee is a known 0: the fulfilment share applies */
    MARK_NO_RATE = 256,           /* a fee in a currency without an exchange rate */
    MARK_CHANCE = 512,            /* under 3 expected orders chance decides */
    MARK_FEE_OWN = 1024,          /* the fee is the user's own, set in the plan or tried out */
    MARK_EMV_AT_LEAST = 2048      /* a part of the media value is unknown and left out */
};

struct figures {
    unsigned marks;
    enum format format;
    enum er_basis basis; /* of er */
    double view_rate, er, er_expected, er_index;
    double fee;          /* per deliverable, scenario's currency, given or estimated */
    double deliverables; /* n */
    /* What rests on logarithms and powers of the facts, and only moves with them, the reach rates,
     * headroom, epsilon and clamp; all below is plain arithmetic. */
    double credible_followers, reach_one, audience, response_factor;
    double reach, impressions, engagements, clicks, orders, revenue;
    double cost, contribution, profit, commission;
    double roi, roi_p10, roi_p50, roi_p90, roas;
    double cpm, cpr, cpe, cpc, cpa;
    double breakeven_fee, breakeven_cvr, breakeven_roas, breakeven_orders;
    double revenue_per_follower, frequency, baseline_roi, roi_vs_baseline;
    double emv; /* NaN as long as the user gave no values */
    double authenticity, authenticity_confidence, authenticity_lowest; /* see authenticity.h */
    double affordable; /* more deliverables for the money left; NaN also where they cost nothing */
    double log_variance_own; /* v of "chance that A beats B": ln(exp(own) + 1/N) */
};

/* What the forecast rests on beside the facts. All borrowed. */
struct assumptions {
    const struct scenario *scenario;
    const struct peers *peers;
    double money_left;      /* of the budget after the plan, for `affordable`; NaN unknown */
    double now;             /* for the ages in a why; 0 or NaN: none are said */
    struct freshness fresh; /* likewise; zeroed: FRESHNESS_STANDARD */
    const struct benchmarks *benchmarks; /* the user's own; NULL: none */
};

/* All figures of one row: the plan's deliverables, else the scenario's; of the plan's format, else the
 * platform's first; at the user's own fee, else at what the creator asks for that format, else at the
 * estimate for it. Cannot fail. */
void forecast(const struct facts *facts, const struct assumptions *assumptions, size_t row,
              struct figures *out);
/* z of a lognormal's 10 % and 90 %. */
#define FORECAST_Z 1.2815515655446004

/* The same as forecast() for `deliverables` (NaN: as forecast() has them) of `format` with a fee of
 * this much (scenario's currency; NaN: as the facts say, which know the fees of the first format and of
 * the plan's, and so give other formats their estimate) and a given expected ER (NaN: from the peers):
 * what-if questions and known answers. */
struct forecast_case {
    enum format format;
    double deliverables, fee, er_expected;
};
void forecast_as(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                 const struct forecast_case *as, struct figures *out);

/* The probability that A returns more than B for each unit of money, lognormal, with what both share
 * cancelled. NaN where either ROAS is unknown or 0. */
double forecast_chance(const struct figures *a, const struct figures *b);

/* The exact factors of the difference: (1+ROI_a)/(1+ROI_b) = reach x response x cost. `response` is
 * the ratio of min(1, CTR x f): "peers" where both formats have the same CTR. False where there are
 * none: a ROI unknown, or nothing brought back. */
struct forecast_factors {
    double back_a, back_b; /* 1 + ROI: what each unit of money brings back */
    double reach, response, cost;
    bool same_ctr;
};
bool forecast_factors(const struct figures *a, const struct figures *b,
                      const struct scenario *scenario, struct forecast_factors *out);

/* Why a figure is what it is: rows from the facts down to `column`, in order, ready to print. */
struct why_line {
    char sign;      /* ' ' 'x' '=' '-' '/' '+': how the row joins the one above */
    char title[32]; /* "people reached"; money a person types has its currency: "order value EUR" */
    double value;
    enum unit unit;
    bool assumed;          /* rests on a default nobody has changed, or on something unknown */
    char reason[120];      /* source, rule, age; UTF-8 of our own or already made safe */
    const char *parameter; /* key of the parameter that it is, or is read off from; NULL: none */
};
#define WHY_MOST 24
/* Fills `lines`, returns how many. The rows of a funnel multiply out to the figure. A column without
 * a derivation gives its one fact; one that is not a number gives none. */
int forecast_why(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                 enum column column, struct why_line lines[WHY_MOST]);

#endif
