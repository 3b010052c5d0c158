#ifndef MICROSCOPE_UI_CHART_H
#define MICROSCOPE_UI_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

/* Figures as pictures, in cells. Unknown values (NaN) leave a gap. */

/* A bar of `share` (0 … 1, or more: clipped with a sign) of `cells`. A positive share shows at least
 * half a cell. Negative ones are dashed, from the same start. */
void chart_bar(struct canvas *canvas, int column, int row, int cells, double share, struct ink ink);

/* P10, zero, median and P90 on a scale: |--|-#---|. What lies beyond the scale is cut with a sign. */
struct chart_range {
    double low, median, high;
    double from, to; /* the scale */
    double zero;     /* a mark on the scale; NaN: none */
};
void chart_range(struct canvas *canvas, int column, int row, int cells,
                 const struct chart_range *range, struct ink line, struct ink median);

/* Values in one row, the newest at the right: a line of dots, or levels where the font has no dots (more
 * values than cells are then thinned evenly). The height is that of their range, at least 5 % of the
 * highest. */
void chart_spark(struct canvas *canvas, int column, int row, int cells, const double *values,
                 size_t count, struct ink ink);

/* A line through points (x, y) over an area that shows just this part of the plane, in the dots of the glyphs.
 * Both scales have a length, unless all y are one: then it runs through the middle. Without `x` the
 * points stand at 0, 1, 2 … */
struct chart_scale {
    double x_low, x_high, y_low, y_high;
};
void chart_line(struct canvas *canvas, struct area area, const struct chart_scale *scale,
                const double *x, const double *y, size_t count, struct ink ink);

/* `columns` x `rows` dots, row by row from above: two across and four down a cell. */
void chart_dots(struct canvas *canvas, int column, int row, const uint8_t *dots, int columns,
                int rows, struct ink ink);

#endif
