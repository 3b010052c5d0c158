#ifndef MICROSCOPE_CATALOG_COMPARE_H
#define MICROSCOPE_CATALOG_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "catalog/sheet.h"
#include "domain/forecast.h"

/* Two to eight creators side by side, as ready numbers; the screen and the command line only paint. */

#define COMPARE_LEAST 2
#define COMPARE_MOST 8
#define COMPARE_NONE (-1)

enum compare_group {
    COMPARE_AUDIENCE,
    COMPARE_ENGAGEMENT,
    COMPARE_PRICE,
    COMPARE_FORECAST,
    COMPARE_GROUPS
};
extern const char *const compare_group_titles[COMPARE_GROUPS];

enum compare_kind {
    COMPARE_FIGURE,  /* a column */
    COMPARE_RANGE,   /* roi_p10 … roi_p90 with median and mean */
    COMPARE_CHANNEL, /* ROI of the same money in the scenario's first channel */
    COMPARE_VERSUS,  /* ROI less that of one channel */
    COMPARE_SCORE    /* what the user makes of it, see score.h: 0 … 100 */
};

/* The rows, in order; a const table. */
struct compare_line {
    const char *title; /* NULL: the column's */
    enum column column;
    enum compare_group group;
    enum compare_kind kind;
    bool narrow; /* stands also where there is little room */
};
extern const struct compare_line compare_lines[];
#define COMPARE_LINES 22
/* A comparison has these, then a row for each channel whose ROI is known, then the score where there is
 * one, which people see first. */
#define COMPARE_ROWS (COMPARE_LINES + SCENARIO_CHANNELS + 1)

enum compare_measure { MEASURE_RATIO, MEASURE_POINTS, MEASURE_MONEY };

struct compare_cell {
    double value;     /* NaN unknown, INFINITY never */
    char mark;        /* as sheet_mark() */
    bool best;        /* the row's best */
    double bar;       /* share of the row's scale, -1 … 1; NaN: no bar */
    double against;   /* ratio, or difference, to the reference; NaN: none */
    double low, high; /* COMPARE_RANGE: P10 and P90 */
    double median;
};

struct compare_row {
    const struct compare_line *line;
    const char *channel; /* COMPARE_VERSUS: its name; else NULL; borrowed */
    double channel_roi;  /* … and what the same money returns there */
    bool unlike;         /* the values stand on different bases: flagged '!', nothing is compared */
    bool equal;          /* all say the same: may be folded */
    enum compare_measure measure; /* of `against`; points: difference of fractions */
    struct compare_cell cells[COMPARE_MOST];
};

/* Why `a` brings back more per money than `b`: indices of creators; a is COMPARE_NONE where it cannot
 * be said. chance: that a really does; NaN unknown. */
struct compare_why {
    int a, b;
    struct forecast_factors factors;
    double chance;
    bool estimated; /* one of the two rests on an estimated fee */
};

/* How to say it: "Why A beats B"; under a chance of 60 % "Too close, ranges overlap: A just ahead of B";
 * where even A brings back less than it costs "Why A loses less than B". */
struct compare_verdict {
    bool decided;        /* else nobody should choose by it */
    const char *before;  /* "Why " */
    const char *between; /* " beats " */
};
struct compare_verdict compare_verdict(const struct compare_why *why);

/* The factors whose product is how many times as much `a` brings back, and each in words to stand
 * after it: "0.35x" "the people", "0.72x" "being dearer"; below 1 it speaks against `a`. */
#define COMPARE_FACTORS 3
struct compare_factor {
    double value;
    const char *words;
};
void compare_factors(const struct compare_why *why, struct compare_factor out[COMPARE_FACTORS]);

/* Who stands out, and with how much; index COMPARE_NONE where nobody does alone. */
struct compare_most {
    int index;
    double value;
};

struct comparison {
    int count;
    uint32_t rows[COMPARE_MOST];
    struct figures figures[COMPARE_MOST];
    int reference;     /* index, or COMPARE_NONE */
    bool unlike_bases; /* ER on different bases */
    struct compare_row lines[COMPARE_ROWS];
    size_t line_count;
    const struct score *score;    /* NULL: there is none; borrowed */
    const char *channel;          /* name of the first channel; NULL: none; borrowed */
    double range_low, range_high; /* least P10 and greatest P90, for a common scale */
    struct compare_why why;
    struct compare_most most_profit, least_risk, most_room; /* risk: cost; room: break-even - fee */
};

/* Fills *out for `count` rows. `reference` is an index or COMPARE_NONE; `focus` an index: the one that
 * the explanation sets against the reference. Where it is the reference itself, the best other ROI
 * takes its part; without a reference the best ROI stands against the next. The creator with the
 * higher ROI of the two is named first. */
void compare_make(struct sheet *sheet, const uint32_t *rows, int count, int reference, int focus,
                  struct comparison *out);

#endif
