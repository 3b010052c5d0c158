#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "domain/country.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The filter pane: groups of values with their counts given the other filters. */

static void draw_title(const struct model *model, struct canvas *canvas, const struct facet *facet,
                       int y)
{
    struct area area = model->layout.filters;
    int at = canvas_string(canvas, area.column + 1, y, ink_strong(ROLE_TITLE),
                           columns[facet->column].title);
    if (facet->column == COL_TIER) {
        at = canvas_string(canvas, at, y, ink(ROLE_DIM), ", preset ");
        canvas_fit(canvas, at, y, area.column + area.columns - at, FIT_LEFT, ink(ROLE_DIM),
                   text_of(model->preset->name));
    }
}

/* Countries by name. */
static void value_label(const struct facet *facet, const struct facet_value *value, struct buf *out)
{
    const struct country_row *country =
        facet->column == COL_COUNTRY ? country_find(value->word) : NULL;
    if (country)
        buf_add_string(out, country->name);
    else
        buf_add_text(out, value->word);
}

/* "micro 10k-100k": with what its name means. */
static void add_bounds(const struct model *model, const struct facet *facet,
                       const struct facet_value *value, struct buf *out)
{
    int band = facet->column == COL_TIER ? tier_from_word(model->preset, value->word) : TIER_NONE;
    if (band == TIER_NONE)
        return;
    buf_add_char(out, ' ');
    lens_say_band(model->preset, band, out);
}

#define BOX_CELLS 5

/* Cells that a value leaves to its label. */
static int label_room(const struct model *model, const struct facet_value *value, int bar)
{
    struct buf count = BUF_INIT;
    number_short(&count, (double)value->count, model->style);
    int room = model->layout.filters.columns - BOX_CELLS - (int)count.length - 1;
    buf_release(&count);
    return bar > 0 ? room - bar - 1 : room;
}

/* Do all tiers have room for their bounds? Where it takes that, the bars give way. */
static bool bounds_fit(const struct model *model, const struct facet *facet, int bar)
{
    bool fit = facet->column == COL_TIER;
    for (size_t i = 0; i < facet->count && fit; i++) {
        struct buf label = BUF_INIT;
        value_label(facet, &facet->values[i], &label);
        add_bounds(model, facet, &facet->values[i], &label);
        fit = (int)label.length <= label_room(model, &facet->values[i], bar);
        buf_release(&label);
    }
    return fit;
}

static double greatest(const struct facet *facet)
{
    size_t most = 1;
    for (size_t i = 0; i < facet->count; i++)
        if (facet->values[i].count > most)
            most = facet->values[i].count;
    return (double)most;
}

static void draw_value(const struct model *model, struct canvas *canvas, const struct facet *facet,
                       size_t at, int y)
{
    struct area area = model->layout.filters;
    const struct facet_value *value = &facet->values[at];
    bool on = value->selected;
    struct ink box = on ? ink_strong(ROLE_TICK) : ink(ROLE_DIM);
    int bar = area.columns >= 26 ? 4 : 3;
    struct buf label = BUF_INIT, count = BUF_INIT;
    number_short(&count, (double)value->count, model->style);
    value_label(facet, value, &label);
    bool bounds = bounds_fit(model, facet, bar);
    if (!bounds && bounds_fit(model, facet, 0)) {
        bounds = true;
        bar = 0;
    }
    if (bounds)
        add_bounds(model, facet, value, &label);
    int label_cells = label_room(model, value, bar);
    canvas_string(canvas, area.column + 1, y, box, "[ ]");
    if (on)
        canvas_glyph(canvas, area.column + 2, y, box, GLYPH_YES);
    canvas_fit(canvas, area.column + BOX_CELLS, y, label_cells, FIT_LEFT,
               on ? ink_strong(ROLE_TEXT) : ink(value->count ? ROLE_TEXT : ROLE_DIM),
               buf_text(&label));
    canvas_fit(canvas, area.column + BOX_CELLS + label_cells, y, (int)count.length + 1, FIT_RIGHT,
               ink(ROLE_TEXT), buf_text(&count));
    chart_bar(canvas, area.column + area.columns - bar, y, bar,
              (double)value->count / greatest(facet), ink(on ? ROLE_GRAPH : ROLE_GRAPH2));
    buf_release(&label);
    buf_release(&count);
}

static void draw_more(const struct model *model, struct canvas *canvas, size_t index, int y)
{
    const struct facet *facet = &model->result.facets[index];
    size_t shown = 0;
    for (size_t i = 0; i < model->facet_lines.count; i++)
        shown += model->facet_lines.items[i].facet == index &&
                 model->facet_lines.items[i].value < facet->count;
    char text[32];
    if (shown < facet->count)
        snprintf(text, sizeof text, "%zu more", facet->count - shown);
    else
        snprintf(text, sizeof text, "fewer");
    canvas_string(canvas, model->layout.filters.column + 5, y, ink(ROLE_DIM), text);
}

/* Within the range the bars stand out; without one all are alike. Empty buckets keep a gap, so that a
 * level says something is there. */
static void draw_bars(const struct model *model, struct canvas *canvas, size_t index, int y)
{
    const struct histogram *histogram = &model->result.histograms[index];
    struct filter_range range;
    bool ranged = range_of(model, index, &range);
    int at = model->layout.filters.column + range_bars(model, index);
    size_t most = 1;
    for (size_t i = 0; i < histogram->buckets; i++)
        most = histogram->counts[i] > most ? histogram->counts[i] : most;
    for (size_t i = 0; i < histogram->buckets; i++) {
        enum role role = !ranged                        ? ROLE_GRAPH2
                         : range_holds(model, index, i) ? ROLE_GRAPH
                                                        : ROLE_DIM;
        double level = (double)histogram->counts[i] / (double)most;
        if (histogram->counts[i] > 0)
            canvas_glyph(canvas, at + (int)i, y, ink(role),
                         (enum glyph)(GLYPH_LEVEL_1 + (int)lround(level * 6)));
    }
}

static void draw_histogram(const struct model *model, struct canvas *canvas, size_t index, int y)
{
    struct area area = model->layout.filters;
    struct filter_range range;
    struct buf title = BUF_INIT;
    int cells = range_bars(model, index) - 1;
    figure_title(model, model->result.histograms[index].column, &title);
    canvas_fit(canvas, area.column + 1, y, cells < 10 ? cells : 10, FIT_LEFT,
               ink_strong(ROLE_TITLE), buf_text(&title));
    bool known = model->result.histograms[index].buckets > 0;
    if (cells >= 15 && known && !range_of(model, index, &range))
        canvas_string(canvas, area.column + 12, y, ink(ROLE_DIM), "any");
    draw_bars(model, canvas, index, y);
    buf_release(&title);
}

/* "10k .. 50k" under its bars. */
static void draw_range(const struct model *model, struct canvas *canvas, size_t index, int y)
{
    struct area area = model->layout.filters;
    struct filter_range range;
    struct buf words = BUF_INIT;
    if (range_of(model, index, &range))
        range_say(range, &words);
    canvas_fit(canvas, area.column + 5, y, area.columns - 5, FIT_RIGHT, ink(ROLE_TEXT),
               buf_text(&words));
    buf_release(&words);
}

static void draw_line(const struct model *model, struct canvas *canvas, size_t index, int y)
{
    struct facet_line line = model->facet_lines.items[index];
    const struct facet *facet = &model->result.facets[line.facet];
    if (line.value == FACET_TITLE)
        draw_title(model, canvas, facet, y);
    else if (line.value == FACET_MORE)
        draw_more(model, canvas, line.facet, y);
    else if (line.value == FACET_HISTOGRAM)
        draw_histogram(model, canvas, line.facet, y);
    else if (line.value == FACET_RANGE)
        draw_range(model, canvas, line.facet, y);
    else if (line.value != FACET_BLANK)
        draw_value(model, canvas, facet, line.value, y);
}

void pane_filters(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.filters;
    bool focused = model->focus == FOCUS_FILTERS;
    for (int i = 0; i < area.rows; i++) {
        size_t index = model->facet.top + (size_t)i;
        if (index >= model->facet_lines.count)
            break;
        draw_line(model, canvas, index, area.row + i);
        if (focused && index == model->facet.cursor) {
            canvas_glyph(canvas, area.column, area.row + i, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
            canvas_surface(canvas, (struct area){area.column, area.row + i, area.columns, 1},
                           ROLE_CURSOR);
        }
    }
    int border = area.column + area.columns;
    if (border < canvas->columns) {
        frame_vertical(canvas, border, area);
        canvas_hit(canvas, (struct area){border, area.row, 1, area.rows}, HIT_BORDER,
                   BORDER_FILTERS);
    }
}
