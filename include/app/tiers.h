#ifndef MICROSCOPE_APP_TIERS_H
#define MICROSCOPE_APP_TIERS_H

#include <stddef.h>

#include "app/area.h"
#include "app/scroll.h"
#include "catalog/lens.h"
#include "catalog/query.h"

struct model;

/* The tiers as a place: a table with a tier a row, and a page below it that scrolls: what people say,
 * ER by platform, revenue by followers, how ROI spreads. All of it is of the creators the list shows,
 * and of those that only the choice of tiers keeps out of it: one tier alone has nothing to stand
 * against, as the counts of the filter pane look past the choice in their own group. */

struct tiers_place {
    struct lens lens; /* made in steps while the place is open */
    struct scroll at; /* in the tiers */
    size_t top;       /* first line of the page in view */
    bool wider;       /* the filter chooses tiers; without that choice it is … */
    double next;      /* of many creators, when facts that others wrote are looked at again */
    uint64_t asked;   /* what the user asks for, other than the facts */
    struct query wide;
    struct query_result rows; /* … and they are these */
};

enum tiers_section { TIERS_CLAIMS, TIERS_PLATFORMS, TIERS_REVENUE, TIERS_SPREAD };

enum tiers_part {
    TIERS_BLANK,
    TIERS_HEADING,  /* `index` is the section */
    TIERS_CLAIM,    /* `index` is the claim, for these three */
    TIERS_FIGURES,  /* on a line of its own where the screen is narrow */
    TIERS_BUT,      /* what speaks against it */
    TIERS_PLATFORM, /* of the result */
    TIERS_WORTH,    /* `index` is the tier */
    TIERS_CHART,    /* row of the chart, from above */
    TIERS_AXIS
};

struct tiers_line {
    enum tiers_part part;
    size_t index;
};

#define TIERS_LINES_MOST 80
#define TIERS_CHART_ROWS 4

/* The lines of the page; returns how many. None before there is a result. */
size_t tiers_lines(const struct model *model, struct tiers_line out[TIERS_LINES_MOST]);
/* The parts of the body: heading and tiers; the page. Either may have no rows. */
struct area tiers_table(const struct model *model);
struct area tiers_page(const struct model *model);

#endif
