#ifndef MICROSCOPE_CATALOG_LENS_INTERNAL_H
#define MICROSCOPE_CATALOG_LENS_INTERNAL_H

#include "catalog/lens.h"
#include "domain/block.h"
#include "middle_internal.h"

/* What the steps of the lens gather, and how its result is made of that. */

/* What a row says; NaN where it is unknown or does not count. */
enum lens_quantity {
    /* those of enum lens_figure first */
    QUANTITY_CPR = LENS_FIGURES,
    QUANTITY_CPE_ALL, /* estimated fees too */
    QUANTITIES
};

/* The medians of a side that the claims want. */
extern const enum lens_quantity lens_side_quantities[];
#define LENS_SIDE_QUANTITIES 6

/* All medians, in one row: figures of tiers, quantities of sides, ER of platforms by tier. */
#define LENS_OF_SIDES ((size_t)TIER_MOST * LENS_FIGURES)
#define LENS_OF_PLATFORMS (LENS_OF_SIDES + (size_t)LENS_SIDES * LENS_SIDE_QUANTITIES)
#define LENS_MIDDLES (LENS_OF_PLATFORMS + (size_t)PLATFORM_COUNT * TIER_MOST)

/* What is counted of a tier or a side. */
struct lens_tally {
    size_t creators;
    size_t basis[BASIS_COUNT]; /* whose ER is on it, or would be if it were known */
    size_t fees_known, gifts, fees_estimated;
    size_t pooled; /* creators in the two sums */
    double contribution, cost;
    size_t roi_known, beats[SCENARIO_CHANNELS];
    size_t other_known, other_beats; /* of the other scenario, the first channel */
    size_t imported;                 /* reach, of those with a cost per reach */
};

enum lens_pass { PASS_SAMPLE, PASS_AIM, PASS_FIRST, PASS_AGAIN, PASS_END, PASS_DONE };

struct lens_work {
    struct bits rows; /* asked for */
    size_t shown;     /* of them */
    struct scenario other;
    bool has_other;
    uint64_t stamp;  /* of what it is being made from */
    uint64_t joined; /* … and of what of it is no fact: where that moves, it begins anew */
    const struct tier_preset *preset;
    size_t few;
    double channel_roi[SCENARIO_CHANNELS], other_roi;
    int channel_count;
    enum lens_pass pass;
    size_t at;   /* the next row of the pass, or of what ends it */
    size_t open; /* medians that are still to be found after the pass */
    struct middle middles[LENS_MIDDLES];
    struct lens_tally tiers[TIER_MOST], sides[LENS_SIDES];
    size_t without_tier;
    size_t spread[LENS_SPREAD], spread_total;
    uint32_t dots[PLATFORM_COUNT][LENS_DOT_ROWS][LENS_DOT_COLUMNS];
    size_t dot_totals[PLATFORM_COUNT];
    struct block_room room, other_room;
};

/* lens_rows.c: makes the figures of rows, and gathers from them; for a step, to be freed. */
struct lens_making;
struct lens_making *lens_making_new(struct sheet *sheet, struct lens_work *work);
/* Takes the rows shown from the first at or after `at` on, as far as they lie within `most` of it and
 * before `end`; returns where to go on. most <= FORECAST_BLOCK. */
size_t lens_take(struct lens_making *making, size_t at, size_t end, size_t most);

/* lens_conclude.c */
void lens_conclude(const struct lens_work *work, const struct scenario *scenario,
                   struct lens_result *out);

#endif
