#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The tiers: the table, and under it the page of what follows from it (pane_tiers_page.c). */

#define BARS_FROM 150 /* columns of a screen that has room for bars beside figures */
#define BAR_CELLS 6

/* The columns of the table, in order; each stands from so many columns of the screen on. */
enum cell_kind { CELL_CREATORS, CELL_FIGURE, CELL_POOLED, CELL_BEATS };

static const struct {
    const char *title; /* "%s": the currency */
    enum cell_kind kind;
    enum lens_figure figure;
    int least;        /* columns of the screen */
    int small, large; /* cells, the gap before it included; large from 110 columns on */
    bool bar;
} cells[] = {
    {"Creators", CELL_CREATORS, 0, 28, 9, 11, false},
    {"Followers", CELL_FIGURE, LENS_FOLLOWERS, 110, 0, 11, false},
    {"ER foll.", CELL_FIGURE, LENS_ER_FOLLOWERS, 36, 9, 11, true},
    {"ER views", CELL_FIGURE, LENS_ER_VIEWS, 72, 9, 10, false},
    {"%s/eng.", CELL_FIGURE, LENS_CPE, 64, 9, 10, false},
    {"CPM", CELL_FIGURE, LENS_CPM, 118, 0, 9, false},
    {"Fee %s", CELL_FIGURE, LENS_FEE, 80, 8, 10, false},
    {"ROI", CELL_FIGURE, LENS_ROI, 44, 7, 8, true},
    {"Together", CELL_POOLED, 0, 126, 0, 10, false},
    {"Beat ads", CELL_BEATS, 0, 56, 9, 10, true},
    {"Believed", CELL_FIGURE, LENS_CREDIBILITY, 136, 0, 10, false},
};

static const struct lens_value *value_of(const struct lens_tier *tier, size_t cell)
{
    return cells[cell].kind == CELL_FIGURE   ? &tier->figures[cells[cell].figure]
           : cells[cell].kind == CELL_POOLED ? &tier->pooled_roi
                                             : &tier->beats[0];
}

static int width_of(const struct canvas *canvas, size_t cell)
{
    return canvas->columns >= 110 ? cells[cell].large : cells[cell].small;
}

static int name_width(const struct canvas *canvas)
{
    return canvas->columns < 36 ? 14 : canvas->columns < 110 ? 17 : 21;
}

enum role tiers_role(const struct model *model, enum role role)
{
    return lens_busy(&model->tiers.lens) ? ROLE_DIM : role; /* of what was asked before */
}

static enum role role_of(const struct lens_value *value, size_t cell)
{
    bool roi = cells[cell].kind == CELL_POOLED ||
               (cells[cell].kind == CELL_FIGURE && cells[cell].figure == LENS_ROI);
    if (!number_known(value->value))
        return value->known > 0 ? ROLE_WARN : ROLE_DIM;
    return !roi               ? ROLE_TEXT
           : value->value > 0 ? ROLE_GOOD
           : value->value < 0 ? ROLE_BAD
                              : ROLE_TEXT;
}

/* The greatest of a column, whatever its sign: what its bars are measured by. */
static double scale_of(const struct lens_result *result, size_t cell)
{
    double most = 0;
    for (int tier = 0; tier < result->preset.count; tier++)
        most = fmax(most, fabs(value_of(&result->tiers[tier], cell)->value));
    return most;
}

static void say_cell(const struct model *model, const struct lens_tier *tier, size_t cell,
                     struct buf *out)
{
    const struct lens_value *value = value_of(tier, cell);
    if (cells[cell].kind == CELL_CREATORS)
        number_fixed(out, (double)tier->creators, 0, model->style);
    else if (cells[cell].kind == CELL_BEATS)
        lens_say_share(value, model->style, out);
    else if (cells[cell].kind == CELL_POOLED)
        lens_say_value(UNIT_ROI, value, model->style, out);
    else
        lens_say_figure(cells[cell].figure, value, model->style, out);
}

static void draw_tier(const struct model *model, struct canvas *canvas, int y, int at)
{
    const struct lens_result *result = &model->tiers.lens.result;
    const struct lens_tier *tier = &result->tiers[at];
    bool cursor = (size_t)at == model->tiers.at.cursor;
    struct buf text = BUF_INIT;
    int column = 2 + name_width(canvas);
    if (cursor)
        canvas_glyph(canvas, 0, y, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    buf_addf(&text, "%s ", result->preset.bands[at].word);
    lens_say_band(&result->preset, at, &text);
    canvas_fit(canvas, 2, y, name_width(canvas), FIT_LEFT, ink(ROLE_TEXT), buf_text(&text));
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        if (canvas->columns < cells[i].least)
            continue;
        bool count = cells[i].kind == CELL_CREATORS;
        enum role role = count ? ROLE_TEXT : role_of(value_of(tier, i), i);
        buf_clear(&text);
        say_cell(model, tier, i, &text);
        canvas_fit(canvas, column, y, width_of(canvas, i), FIT_RIGHT, ink(tiers_role(model, role)),
                   buf_text(&text));
        column += width_of(canvas, i);
        if (!cells[i].bar || canvas->columns < BARS_FROM)
            continue;
        chart_bar(canvas, column + 1, y, BAR_CELLS, value_of(tier, i)->value / scale_of(result, i),
                  ink(role == ROLE_TEXT ? ROLE_GRAPH : role));
        column += BAR_CELLS + 1;
    }
    buf_release(&text);
    if (cursor)
        canvas_surface(canvas, (struct area){0, y, canvas->columns, 1},
                       model->overlay == OVERLAY_NONE ? ROLE_CURSOR : ROLE_AWAY);
}

static void draw_heading(const struct model *model, struct canvas *canvas, int y)
{
    int column = 2 + name_width(canvas);
    canvas_string(canvas, 2, y, ink_strong(ROLE_TITLE), "Tier");
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        struct buf title = BUF_INIT;
        struct text rest = text_of(cells[i].title), before;
        if (canvas->columns < cells[i].least)
            continue;
        text_next(&rest, '%', &before);
        buf_add_text(&title, before);
        if (rest.length > 0) { /* the s of %s */
            buf_add_string(&title, model_currency(model));
            buf_add_text(&title, text_part(rest, 1, rest.length));
        }
        canvas_fit(canvas, column, y, width_of(canvas, i), FIT_RIGHT, ink_strong(ROLE_TITLE),
                   buf_text(&title));
        column += width_of(canvas, i);
        column += cells[i].bar && canvas->columns >= BARS_FROM ? BAR_CELLS + 1 : 0;
        buf_release(&title);
    }
}

/* Nothing yet to show: what it waits for. */
static void draw_waiting(const struct model *model, struct canvas *canvas)
{
    struct area body = model->layout.body;
    struct buf text = BUF_INIT;
    if (model->loading) {
        buf_add_string(&text, "The tiers are worked out once all creators are here.");
    } else {
        buf_add_string(&text, "Working out ");
        number_fixed(&text, (double)model->result.rows.count, 0, model->style);
        buf_add_string(&text, " creators: medians of each tier, and what people say of them.");
    }
    canvas_fit(canvas, 2, body.row + (body.rows > 2), body.columns - 2, FIT_LEFT, ink(ROLE_TEXT),
               buf_text(&text));
    buf_release(&text);
}

void pane_tiers(const struct model *model, struct canvas *canvas)
{
    const struct lens *lens = &model->tiers.lens;
    struct area table = tiers_table(model), page = tiers_page(model);
    int below = table.row + table.rows;
    if (!lens->made) {
        draw_waiting(model, canvas);
        return;
    }
    draw_heading(model, canvas, table.row);
    for (int i = 1; i < table.rows; i++) {
        int at = (int)model->tiers.at.top + i - 1;
        if (at < lens->result.preset.count)
            draw_tier(model, canvas, table.row + i, at);
    }
    if (below < model->layout.body.row + model->layout.body.rows) {
        struct buf text = BUF_INIT;
        lens_say_scope(&lens->result, model->tiers.wider ? "of any tier" : "shown", model->style,
                       &text);
        canvas_fit(canvas, 2, below, canvas->columns - 3, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
        buf_release(&text);
    }
    if (page.rows > 0)
        tiers_draw_page(model, canvas, page);
}
