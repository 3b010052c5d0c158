#include "ui/chart.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

void chart_bar(struct canvas *canvas, int column, int row, int cells, double share, struct ink ink)
{
    if (isnan(share) || cells < 1)
        return;
    enum glyph whole = share < 0 ? GLYPH_DASH : GLYPH_BAR;
    bool beyond = fabs(share) > 1 + 1e-9;
    int halves = beyond ? 2 * cells : (int)lround(fabs(share) * 2 * cells);
    if (halves == 0 && share != 0)
        halves = 1;
    for (int i = 0; i < halves / 2; i++)
        canvas_glyph(canvas, column + i, row, ink, whole);
    if (halves % 2)
        canvas_glyph(canvas, column + halves / 2, row, ink,
                     share < 0 ? GLYPH_DASH : GLYPH_BAR_HALF);
    if (beyond)
        canvas_glyph(canvas, column + cells - 1, row, ink, GLYPH_CUT);
}

static int place(const struct chart_range *range, int cells, double value)
{
    double share = (value - range->from) / (range->to - range->from);
    return (int)lround(fmin(1, fmax(0, share)) * (cells - 1));
}

void chart_range(struct canvas *canvas, int column, int row, int cells,
                 const struct chart_range *range, struct ink line, struct ink median)
{
    if (isnan(range->low) || isnan(range->high) || !(range->to > range->from) || cells < 3)
        return;
    int low = place(range, cells, range->low), high = place(range, cells, range->high);
    for (int i = low; i <= high; i++)
        canvas_glyph(canvas, column + i, row, line, GLYPH_HORIZONTAL);
    canvas_glyph(canvas, column + low, row, line, GLYPH_TEE_LEFT);
    canvas_glyph(canvas, column + high, row, line,
                 range->high > range->to ? GLYPH_CUT : GLYPH_TEE_RIGHT);
    if (range->zero > range->low && range->zero < range->high)
        canvas_glyph(canvas, column + place(range, cells, range->zero), row, line, GLYPH_CROSS);
    if (!isnan(range->median))
        canvas_glyph(canvas, column + place(range, cells, range->median), row, median, GLYPH_BLOCK);
}

/* Dots of a braille cell by column and row within it (Unicode 28.0, Braille Patterns). */
static const unsigned char braille[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

struct dots {
    unsigned char *cells;
    int columns, rows;
};

static void dot(struct dots *dots, int x, int y)
{
    if (x < 0 || y < 0 || x >= 2 * dots->columns || y >= 4 * dots->rows)
        return;
    dots->cells[(y / 4) * dots->columns + x / 2] |= braille[x % 2][y % 4];
}

static void segment(struct dots *dots, double x0, double y0, double x1, double y1)
{
    int steps = (int)ceil(fmax(fabs(x1 - x0), fabs(y1 - y0)));
    for (int i = 0; i <= steps; i++) {
        double t = steps ? (double)i / steps : 0;
        dot(dots, (int)lround(x0 + t * (x1 - x0)), (int)lround(y0 + t * (y1 - y0)));
    }
}

/* Without braille a cell says how many of its rows are filled. */
static uint32_t ascii_dots(unsigned char pattern)
{
    int filled = __builtin_popcount(pattern);
    return filled == 0 ? ' ' : filled <= 2 ? '.' : filled <= 4 ? ':' : '*';
}

static void draw_braille(struct canvas *canvas, int column, int row, struct ink ink,
                         unsigned char pattern)
{
    canvas_code(canvas, column, row, ink, 0x2800u + pattern);
}

static void draw_blocks(struct canvas *canvas, int column, int row, struct ink ink,
                        unsigned char pattern)
{
    const unsigned upper = 0x1B, lower = 0xE4; /* the two upper rows of dots, the two lower */
    enum glyph half = pattern & upper ? GLYPH_HALF_UP : GLYPH_HALF_DOWN;

    canvas_glyph(canvas, column, row, ink,
                 (pattern & upper) && (pattern & lower) ? GLYPH_BLOCK : half);
}

static void draw_signs(struct canvas *canvas, int column, int row, struct ink ink,
                       unsigned char pattern)
{
    canvas_code(canvas, column, row, ink, ascii_dots(pattern));
}

static void (*const dot_styles[])(struct canvas *canvas, int column, int row, struct ink ink,
                                  unsigned char pattern) = {
    [DOTS_BRAILLE] = draw_braille,
    [DOTS_BLOCKS] = draw_blocks,
    [DOTS_ASCII] = draw_signs,
};

static void draw_dots(struct canvas *canvas, int at_column, int at_row, const struct dots *dots,
                      struct ink ink)
{
    for (int row = 0; row < dots->rows; row++)
        for (int column = 0; column < dots->columns; column++) {
            unsigned char pattern = dots->cells[row * dots->columns + column];
            if (pattern)
                dot_styles[canvas->glyphs->dots](canvas, at_column + column, at_row + row, ink,
                                                 pattern);
        }
}

void chart_dots(struct canvas *canvas, int column, int row, const uint8_t *dots, int columns,
                int rows, struct ink ink)
{
    struct dots cells = {.columns = (columns + 1) / 2, .rows = (rows + 3) / 4};
    cells.cells = mem_zero((size_t)cells.columns * (size_t)cells.rows, 1);
    for (int y = 0; y < rows; y++)
        for (int x = 0; x < columns; x++)
            if (dots[y * columns + x])
                dot(&cells, x, y);
    draw_dots(canvas, column, row, &cells, ink);
    free(cells.cells);
}

void chart_line(struct canvas *canvas, struct area area, const struct chart_scale *scale,
                const double *x, const double *y, size_t count, struct ink ink)
{
    struct dots dots = {mem_zero((size_t)area.columns * (size_t)area.rows, 1), area.columns,
                        area.rows};
    double wide = (2 * area.columns - 1) / (scale->x_high - scale->x_low);
    double high = 4 * area.rows - 1, span = scale->y_high - scale->y_low;
    double last_x = NAN, last_y = NAN;
    for (size_t i = 0; i < count; i++) {
        if (isnan(y[i]))
            continue;
        double at_x = ((x ? x[i] : (double)i) - scale->x_low) * wide;
        double at_y = span > 0 ? (scale->y_high - y[i]) / span * high : high / 2;
        if (isnan(last_x))
            last_x = at_x, last_y = at_y;
        segment(&dots, last_x, last_y, at_x, at_y);
        last_x = at_x;
        last_y = at_y;
    }
    draw_dots(canvas, area.column, area.row, &dots, ink);
    free(dots.cells);
}

static void extent(const double *values, size_t count, double *low, double *high)
{
    *low = INFINITY;
    *high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i]))
            continue;
        *low = fmin(*low, values[i]);
        *high = fmax(*high, values[i]);
    }
}

#define SPARK_SPAN 0.05 /* of the highest value, from bottom to top */

void chart_spark(struct canvas *canvas, int column, int row, int cells, const double *values,
                 size_t count, struct ink ink)
{
    double low, high;
    extent(values, count, &low, &high);
    if (count == 0 || cells < 1 || !(high >= low))
        return;
    /* A change of little is not blown up to the whole height. */
    double least = SPARK_SPAN * fabs(high), short_of = fmax(0, least - (high - low)) / 2;
    low -= short_of;
    high += short_of;
    if (canvas->glyphs->dots == DOTS_BRAILLE && count > 1) {
        struct chart_scale scale = {0, (double)(count - 1), low, high};
        chart_line(canvas, (struct area){column, row, cells, 1}, &scale, NULL, values, count, ink);
        return;
    }
    int shown = count < (size_t)cells ? (int)count : cells;
    for (int i = 0; i < shown; i++) {
        size_t at =
            shown == 1 ? count - 1 : (size_t)lround((double)i * (double)(count - 1) / (shown - 1));
        if (isnan(values[at]))
            continue;
        int level = high > low ? (int)lround((values[at] - low) / (high - low) * 6) : 3;
        canvas_glyph(canvas, column + i, row, ink, (enum glyph)(GLYPH_LEVEL_1 + level));
    }
}
