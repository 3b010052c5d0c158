#include "ui/plot.h"

#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "base/number.h"
#include "domain/show.h"
#include "ui_internal.h"

/* ---- ticks ---- */

static double count_of(double low, double high, double step)
{
    return floor(high / step + 1e-9) - ceil(low / step - 1e-9) + 1;
}

size_t plot_ticks(double low, double high, size_t most, double *out)
{
    static const double steps[] = {1, 2, 5};
    size_t count = 0, tried = 0;
    if (!(high > low) || most < 1 || isinf(high - low))
        return 0;
    double power = pow(10, floor(log10(high - low)) - 2), step = power;
    while (count_of(low, high, step) > (double)most) {
        tried++;
        step = steps[tried % 3] * power * pow(10, (double)(tried / 3));
    }
    for (double at = ceil(low / step - 1e-9) + 0.0; count_of(at * step, high, step) >= 1; at++)
        out[count++] = at * step;
    return count;
}

/* ---- months ---- */

/* Months since the year 0 of the month that a time lies in, and back to its first second. */
static int month_of(double at)
{
    struct buf iso = BUF_INIT;
    int year = 0, month = 0;
    date_iso(&iso, at);
    sscanf(buf_string(&iso), "%d-%d", &year, &month);
    buf_release(&iso);
    return year * 12 + month - 1;
}

static double month_start(int month)
{
    char iso[32];
    double at = NAN;
    snprintf(iso, sizeof iso, "%04d-%02d-01", month / 12, month % 12 + 1);
    return date_parse(text_of(iso), &at) ? at : (double)NAN;
}

size_t plot_months(double from, double to, size_t most, double *out)
{
    static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120};
    if (!(to > from) || most < 1)
        return 0;
    int first = month_of(from) + (month_start(month_of(from)) < from), last = month_of(to);
    size_t i = 0, count = 0;
    while (i + 1 < sizeof steps / sizeof steps[0] &&
           last / steps[i] - (first - 1) / steps[i] > (int)most)
        i++;
    for (int month = (first + steps[i] - 1) / steps[i] * steps[i]; month <= last && count < most;
         month += steps[i])
        out[count++] = month_start(month);
    return count;
}

/* ---- the picture ---- */

#define MOST_TICKS 12
#define DATE_CELLS 12 /* "10 Jan 2026" and a blank */

struct frame {
    struct area area; /* of the lines, without labels */
    double x_low, x_high, y_low, y_high;
};

static void widen(const struct plot *plot, struct frame *frame)
{
    frame->x_low = frame->y_low = INFINITY;
    frame->x_high = frame->y_high = -INFINITY;
    for (size_t s = 0; s < plot->count; s++) {
        const struct plot_series *series = &plot->series[s];
        for (size_t i = 0; i < series->count; i++) {
            if (isnan(series->y[i]))
                continue;
            frame->x_low = fmin(frame->x_low, series->x[i]);
            frame->x_high = fmax(frame->x_high, series->x[i]);
            frame->y_low = fmin(frame->y_low, series->y[i]);
            frame->y_high = fmax(frame->y_high, series->y[i]);
        }
    }
}

static int row_of(const struct frame *frame, double y)
{
    double share =
        frame->y_high > frame->y_low ? (frame->y_high - y) / (frame->y_high - frame->y_low) : 0.5;
    return frame->area.row + (int)lround(share * (4 * frame->area.rows - 1)) / 4;
}

static int column_of(const struct frame *frame, double x)
{
    double share = (x - frame->x_low) / (frame->x_high - frame->x_low);
    return frame->area.column + (int)lround(share * (2 * frame->area.columns - 1)) / 2;
}

#define LABEL_MOST (PLOT_LABEL_CELLS - 1)

static void label_of(const struct plot *plot, double y, bool exact, struct buf *out)
{
    buf_clear(out);
    show_number(out, plot->unit, y, exact, plot->style);
}

/* Values that lie close together look alike in three digits: then they are written out, where that
 * has room. */
static bool needs_digits(const struct plot *plot, const double *ticks, size_t count)
{
    struct buf text = BUF_INIT, before = BUF_INIT;
    bool alike = false, fits = true;
    for (size_t i = 0; i < count; i++) {
        label_of(plot, ticks[i], false, &text);
        alike = alike || (i > 0 && text_equal(buf_text(&text), buf_text(&before)));
        buf_clear(&before);
        buf_add_text(&before, buf_text(&text));
        label_of(plot, ticks[i], true, &text);
        fits = fits && text.length <= LABEL_MOST;
    }
    buf_release(&text);
    buf_release(&before);
    return alike && fits;
}

/* From below; of two in one row, or of two that read alike, the lower stays. */
static void label_rows(const struct plot *plot, struct canvas *canvas, const struct frame *frame,
                       const double *ticks, size_t count)
{
    struct buf text = BUF_INIT, before = BUF_INIT;
    bool exact = needs_digits(plot, ticks, count);
    int row_before = -1;
    for (size_t i = 0; i < count; i++) {
        int row = row_of(frame, ticks[i]);
        label_of(plot, ticks[i], exact, &text);
        if (row == row_before || (i > 0 && text_equal(buf_text(&text), buf_text(&before))))
            continue;
        canvas_fit(canvas, frame->area.column - PLOT_LABEL_CELLS, row, LABEL_MOST, FIT_RIGHT,
                   plot->label, buf_text(&text));
        row_before = row;
        buf_clear(&before);
        buf_add_text(&before, buf_text(&text));
    }
    buf_release(&text);
    buf_release(&before);
}

static void draw_ticks(const struct plot *plot, struct canvas *canvas, const struct frame *frame)
{
    double ticks[MOST_TICKS];
    size_t most =
        frame->area.rows < 5 ? (size_t)frame->area.rows : (size_t)frame->area.rows / 2 + 1;
    size_t count =
        plot_ticks(frame->y_low, frame->y_high, most < MOST_TICKS ? most : MOST_TICKS, ticks);
    if (count == 0) {
        ticks[count++] = frame->y_low;
        ticks[count++] = frame->y_high;
    }
    label_rows(plot, canvas, frame, ticks, count);
}

/* Returns the column behind it; where it would run into the one before, it stays out. */
static int draw_date(const struct plot *plot, struct canvas *canvas, const struct frame *frame,
                     double at, int free_from)
{
    struct buf text = BUF_INIT;
    date_day_year(&text, at);
    int column = column_of(frame, at), end = frame->area.column + frame->area.columns;
    if (column + (int)text.length > end)
        column = end - (int)text.length;
    if (column >= free_from)
        free_from = canvas_text(canvas, column, frame->area.row + frame->area.rows, plot->label,
                                buf_text(&text)) +
                    2;
    buf_release(&text);
    return free_from;
}

static void draw_dates(const struct plot *plot, struct canvas *canvas, const struct frame *frame)
{
    double months[MOST_TICKS];
    size_t most = (size_t)(frame->area.columns / DATE_CELLS);
    size_t count =
        plot_months(frame->x_low, frame->x_high, most < MOST_TICKS ? most : MOST_TICKS, months);
    int free_from = frame->area.column;
    if (count < 2) {
        months[0] = frame->x_low;
        months[1] = frame->x_high;
        count = floor(frame->x_low / DATE_DAY) < floor(frame->x_high / DATE_DAY) ? 2 : 1;
    }
    for (size_t i = 0; i < count; i++)
        free_from = draw_date(plot, canvas, frame, months[i], free_from);
}

static void draw_series(const struct plot_series *series, struct canvas *canvas,
                        const struct frame *frame)
{
    struct chart_scale scale = {frame->x_low, frame->x_high, frame->y_low, frame->y_high};
    chart_line(canvas, frame->area, &scale, series->x, series->y, series->count, series->ink);
    for (size_t i = 0; series->marked && i < series->count; i++)
        if (series->marked[i] && !isnan(series->y[i]))
            canvas_string(canvas, column_of(frame, series->x[i]), row_of(frame, series->y[i]),
                          ink(ROLE_WARN), "!");
}

/* ---- who is who ---- */

#define MOST_NAMES 16

/* Beside its last value, or the next row that is free: the series are taken from above. */
static void draw_names(const struct plot *plot, struct canvas *canvas, const struct frame *frame)
{
    size_t names = plot->count < MOST_NAMES ? plot->count : MOST_NAMES;
    bool drawn[MOST_NAMES] = {false};
    int free_from = frame->area.row, left = 0;
    for (size_t i = 0; i < names; i++)
        left += plot->series[i].count > 0;
    for (; left > 0; left--) {
        size_t top = MOST_NAMES;
        double best = -INFINITY;
        for (size_t i = 0; i < names; i++) {
            const struct plot_series *series = &plot->series[i];
            double last = series->count ? series->y[series->count - 1] : (double)NAN;
            if (drawn[i] || isnan(last) || last <= best)
                continue;
            best = last;
            top = i;
        }
        if (top == MOST_NAMES)
            return;
        int row = row_of(frame, best), lowest = frame->area.row + frame->area.rows - left;
        row = row > lowest ? lowest : row;
        row = row < free_from ? free_from : row;
        canvas_fit(canvas, frame->area.column + frame->area.columns + 1, row, PLOT_NAME_CELLS - 1,
                   FIT_LEFT, plot->series[top].ink, plot->series[top].label);
        free_from = row + 1;
        drawn[top] = true;
    }
}

bool plot_draw(const struct plot *plot, struct canvas *canvas, struct area area)
{
    struct frame frame = {.area = {area.column + PLOT_LABEL_CELLS, area.row,
                                   area.columns - PLOT_LABEL_CELLS, area.rows - 1}};
    bool named = plot->count > 0 && text_known(plot->series[0].label);
    frame.area.columns -= named ? PLOT_NAME_CELLS : 0;
    widen(plot, &frame);
    if (!(frame.x_high > frame.x_low) || frame.area.columns < 2 || frame.area.rows < 1)
        return false;
    draw_ticks(plot, canvas, &frame);
    draw_dates(plot, canvas, &frame);
    for (size_t i = plot->count; i-- > 0;)
        draw_series(&plot->series[i], canvas, &frame);
    if (named)
        draw_names(plot, canvas, &frame);
    return true;
}
