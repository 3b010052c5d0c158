#ifndef MICROSCOPE_DOMAIN_BLOCK_H
#define MICROSCOPE_DOMAIN_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/column.h"
#include "domain/facts.h"
#include "domain/forecast.h"

/* The forecast for many rows at once: an array for each figure, made by the same steps that
 * forecast() takes for one row, and only by those that what is wanted rests on. */

enum figure_id {
    FIGURE_NONE,
    /* Facts as numbers; where a count is below 0 it is unknown. */
    FIGURE_FOLLOWERS,
    FIGURE_VIEWS,
    FIGURE_LIKES,
    FIGURE_COMMENTS,
    FIGURE_SHARES,
    FIGURE_SAVES,
    FIGURE_REACH_POST,
    FIGURE_CREDIBILITY,
    FIGURE_MARKET,
    FIGURE_ER_STATED,
    FIGURE_ER_STATED_BASIS,
    FIGURE_FEE_STATED,
    FIGURE_FEE_ORIGIN,
    FIGURE_CURRENCY,
    FIGURE_PLANNED,
    FIGURE_PLAN_FORMAT,
    FIGURE_PLAN_FEE,
    FIGURE_FORMAT_FEE,
    FIGURE_FOLLOWING,
    FIGURE_JUMP,
    FIGURE_FACTS_END, /* those below it are facts */
    /* Codes and marks: block.format, basis, er_marks and marks instead of block.at. */
    FIGURE_FORMAT = FIGURE_FACTS_END,
    FIGURE_BASIS,
    FIGURE_ER_MARKS,
    FIGURE_MARKS,   /* all of enum figure_marks but MARK_CHANCE, MARK_EMV_AT_LEAST */
    FIGURE_NUMBERS, /* from here on numbers in block.at */
    FIGURE_FEE_GIVEN = FIGURE_NUMBERS, /* in the scenario's currency; NaN no rate; FEE_NONE */
    FIGURE_POSTED,                     /* share of the posts that come */
    FIGURE_RESPONSE,                   /* clicks of each one reached */
    FIGURE_ALL_REACHED,                /* were all posted */
    FIGURE_EMV_MISSED,                 /* parts of the media value that are unknown */
    /* Fields of struct figures. */
    FIGURE_VIEW_RATE,
    FIGURE_ER,
    FIGURE_ER_EXPECTED,
    FIGURE_ER_INDEX,
    FIGURE_FEE,
    FIGURE_DELIVERABLES,
    FIGURE_CREDIBLE_FOLLOWERS,
    FIGURE_REACH_ONE,
    FIGURE_AUDIENCE,
    FIGURE_RESPONSE_FACTOR,
    FIGURE_REACH,
    FIGURE_IMPRESSIONS,
    FIGURE_ENGAGEMENTS,
    FIGURE_CLICKS,
    FIGURE_ORDERS,
    FIGURE_REVENUE,
    FIGURE_COST,
    FIGURE_CONTRIBUTION,
    FIGURE_PROFIT,
    FIGURE_COMMISSION,
    FIGURE_ROI,
    FIGURE_ROI_P10,
    FIGURE_ROI_P50,
    FIGURE_ROI_P90,
    FIGURE_ROAS,
    FIGURE_CPM,
    FIGURE_CPR,
    FIGURE_CPE,
    FIGURE_CPC,
    FIGURE_CPA,
    FIGURE_BREAKEVEN_FEE,
    FIGURE_BREAKEVEN_CVR,
    FIGURE_BREAKEVEN_ROAS,
    FIGURE_BREAKEVEN_ORDERS,
    FIGURE_REVENUE_PER_FOLLOWER,
    FIGURE_FREQUENCY,
    FIGURE_ROI_VS_BASELINE,
    FIGURE_EMV,
    FIGURE_AUTHENTICITY,
    FIGURE_AUTHENTICITY_CONFIDENCE,
    FIGURE_AUTHENTICITY_LOWEST,
    FIGURE_AFFORDABLE,
    FIGURE_LOG_VARIANCE_OWN,
    FIGURE_COUNT
};

#define FEE_NONE (-1.0) /* in FIGURE_FEE_GIVEN: no fee is known, in whatever currency */

/* The number of struct figures a column shows; FIGURE_NONE: it shows none. */
enum figure_id figure_of_column(enum column column);
/* The catalogue's column behind a fact; of all that the user plans COL_PLAN. */
enum column figure_fact(enum figure_id fact);

/* What figures rest on beside the facts, in pieces that are edited apart. */
enum forecast_part {
    PART_CURRENCY,    /* and its exchange rates */
    PART_ESTIMATE,    /* fees by rule of thumb */
    PART_CREDIBILITY, /* what is typical */
    PART_RATES,       /* reach rates and unique shares */
    PART_HEADROOM,
    PART_EXPONENT, /* of the ER index, and its clamp */
    PART_CLICKS,   /* CTR of each format */
    PART_POSTS,    /* how many deliverables: with the budget where they fill it */
    PART_COSTS,    /* beside the fee, and the discount on it */
    PART_GIFTS,
    PART_ORDERS, /* CVR */
    PART_VALUE,  /* AOV */
    PART_KEPT,   /* of the revenue: margin, incremental share, commission */
    PART_COMMISSION,
    PART_CHANNEL, /* the one compared with */
    PART_SPREADS,
    PART_MEDIA, /* what views, likes … are worth */
    PART_PEERS,
    PART_COMMENTS, /* of the peers, for each like */
    PART_MONEY,    /* left of the budget */
    PART_COUNT
};
#define FORECAST_PART_MOST 256
/* The numbers a part holds, at most FORECAST_PART_MOST; returns how many. Figures that rest on the same
 * facts and equal numbers are equal. */
size_t forecast_part(const struct assumptions *assumptions, enum forecast_part part,
                     double *numbers);

#define FORECAST_BLOCK ((size_t)256) /* rows of a block at most: its arrays stay in the cache */
#define RECIPE_STEPS 64

/* The steps from `given` (sets by enum figure_id; facts that are not given are read) to `wanted`. */
struct recipe {
    bool uses[FIGURE_COUNT]; /* wanted, or on the way: to be given an array; facts as well */
    unsigned parts;          /* bits of enum forecast_part that the steps read */
    uint8_t steps[RECIPE_STEPS];
    size_t count;
};
void recipe_init(struct recipe *recipe, const bool wanted[FIGURE_COUNT],
                 const bool given[FIGURE_COUNT]);

/* Rows from … from+count-1. All borrowed; the arrays hold `count` each. Assumptions are looked into
 * as far as the parts of the recipe go. */
struct block {
    const struct facts *facts;
    const struct assumptions *assumptions;
    size_t from, count;
    double *at[FIGURE_COUNT];
    uint8_t *format, *basis; /* enum format, enum er_basis */
    uint16_t *er_marks, *marks;
};
/* Room for all that is on the way. */
struct block_room {
    double at[FIGURE_COUNT][FORECAST_BLOCK];
    uint8_t format[FORECAST_BLOCK], basis[FORECAST_BLOCK];
    uint16_t er_marks[FORECAST_BLOCK], marks[FORECAST_BLOCK];
};
void block_init(struct block *block, const struct facts *facts,
                const struct assumptions *assumptions, struct block_room *room);
/* Makes what the recipe wants. The arrays of what it was given hold the values. */
void block_run(const struct block *block, const struct recipe *recipe);

#endif
