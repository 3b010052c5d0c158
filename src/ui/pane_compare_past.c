#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"
#include "ui/plot.h"
#include "ui_internal.h"

/* The followers of those who are compared, over the same time. */

static const enum role line_roles[COMPARE_MOST] = {ROLE_GRAPH, ROLE_STAR, ROLE_GOOD, ROLE_EST,
                                                   ROLE_OWN,   ROLE_BAD,  ROLE_TICK, ROLE_GRAPH2};

/* The first day on which all of them are known. */
static double common_start(const struct model *model)
{
    double start = -INFINITY;
    for (int i = 0; i < model->compare_count; i++) {
        const struct past_line *line = compare_past_line(model, model->compare_ids[i]);
        if (line && line->count > 1)
            start = fmax(start, line->x[0]);
    }
    return start;
}

/* Between two dates evenly; NaN outside. */
static double value_at(const struct past_line *line, double at)
{
    for (size_t i = 0; i + 1 < line->count; i++)
        if (line->x[i] <= at && at <= line->x[i + 1])
            return line->y[i] + (line->y[i + 1] - line->y[i]) * (at - line->x[i]) /
                                    (line->x[i + 1] - line->x[i]);
    return NAN;
}

static void make_series(const struct model *model, int which, double start, double *room,
                        struct plot_series *out)
{
    const struct past_line *line = compare_past_line(model, model->compare_ids[which]);
    uint32_t row = catalog_find_id(model->catalog, model->compare_ids[which]);
    bool focused = which == model->compare_focus;
    *out = (struct plot_series){.ink = focused ? ink_strong(line_roles[which])
                                               : ink(line_roles[which]),
                                .label = catalog_text(model->catalog, COL_HANDLE, row)};
    if (!line || line->count < 2)
        return;
    double base = model->compare_past == COMPARE_PAST_INDEXED ? value_at(line, start) / 100 : 1;
    for (size_t i = 0; i < line->count; i++)
        room[i] = base > 0 ? line->y[i] / base : (double)NAN;
    out->x = line->x;
    out->y = room;
    out->count = line->count;
}

static size_t points_of(const struct model *model)
{
    size_t count = 1;
    for (int i = 0; i < model->compare_count; i++) {
        const struct past_line *line = compare_past_line(model, model->compare_ids[i]);
        count += line ? line->count : 0;
    }
    return count;
}

static int without_past(const struct model *model)
{
    int count = 0;
    for (int i = 0; i < model->compare_count; i++) {
        const struct past_line *line = compare_past_line(model, model->compare_ids[i]);
        count += line && line->count < 2;
    }
    return count;
}

static void draw_heading(const struct model *model, struct canvas *canvas, struct area area,
                         double start)
{
    bool indexed = model->compare_past == COMPARE_PAST_INDEXED;
    struct buf text = BUF_INIT;
    buf_add_string(&text, "Followers");
    if (indexed) {
        buf_add_string(&text, ", ");
        date_day_year(&text, start);
        buf_add_string(&text, " = 100");
    }
    int column =
        canvas_text(canvas, area.column + 1, area.row, ink_strong(ROLE_TITLE), buf_text(&text));
    column = frame_key(canvas, column + 3, area.row, ROLE_TEXT, model_key(model, 'z').text,
                       indexed ? "back to the figures" : "set the start to 100");
    int without = without_past(model);
    buf_clear(&text);
    buf_addf(&text, "%d without a past", without);
    if (without > 0)
        canvas_text(canvas, column + 3, area.row, ink(ROLE_WARN), buf_text(&text));
    buf_release(&text);
}

void pane_compare_past(const struct model *model, struct canvas *canvas, struct area area)
{
    struct plot_series series[COMPARE_MOST];
    double *room = mem_zero(points_of(model), sizeof *room), *next = room;
    double start = common_start(model);
    int first = model->compare_focus; /* drawn over the others */
    for (int i = 0; i < model->compare_count; i++) {
        make_series(model, (first + i) % model->compare_count, start, next, &series[i]);
        next += series[i].count;
    }
    if (isfinite(start))
        draw_heading(model, canvas, area, start);
    struct plot plot = {series, (size_t)model->compare_count, UNIT_COUNT, model->style,
                        ink(ROLE_DIM)};
    struct area below = {area.column + 1, area.row + 1, area.columns - 2, area.rows - 1};
    if (!isfinite(start) || !plot_draw(&plot, canvas, below))
        canvas_fit(canvas, area.column + 1, area.row + 2, area.columns - 2, FIT_LEFT, ink(ROLE_DIM),
                   TEXT("No past yet: a list imported again with a date adds to it. z goes back."));
    free(room);
}
