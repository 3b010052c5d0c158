#ifndef MICROSCOPE_UI_PLOT_H
#define MICROSCOPE_UI_PLOT_H

#include "base/number.h"
#include "domain/column.h"
#include "ui/chart.h"

/* Figures over time, with axes: round values left of the lines, dates below them. */

/* Multiples of 1, 2 or 5 x 10^k from `low` to `high`, ascending, at most `most`: as many as fit.
 * Returns how many; 0 where none lies between. */
size_t plot_ticks(double low, double high, size_t most, double *out);
/* Firsts of months from `from` to `to` (seconds since 1970): each, or every 2nd, 3rd, 6th, 12th … of
 * the calendar, at most `most`. */
size_t plot_months(double from, double to, size_t most, double *out);

#define PLOT_LABEL_CELLS 8 /* left of the lines */
#define PLOT_NAME_CELLS 18 /* right of them, where the first has a label */

struct plot_series {
    const double *x, *y; /* x ascends; NaN in y: passed over */
    const bool *marked;  /* points that wear a !; NULL: none */
    size_t count;
    struct ink ink;
    struct text label; /* right of its last value; null: none */
};

struct plot {
    const struct plot_series *series; /* the first is drawn over the others */
    size_t count;
    enum unit unit; /* of y; x are times */
    struct number_style style;
    struct ink label;
};

/* The last row is that of the dates. False where there are no two dates to show, or no room. */
bool plot_draw(const struct plot *plot, struct canvas *canvas, struct area area);

#endif
