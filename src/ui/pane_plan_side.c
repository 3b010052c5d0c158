#include <math.h>
#include <stdio.h>

#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* What the plan rests on, and what ROI would be with each assumption low and high. */

#define POST_CELLS 7
#define VALUE_CELLS 8
#define SWING_CELLS 5

/* Cells of a line: title, value and its mark, ROI when low, a bar where there is room, ROI when high. */
struct grid {
    int title, value, low, bar, bar_cells, high;
    double least, most, roi; /* scale of the bars */
};

static struct grid grid_of(const struct model *model, struct area area)
{
    const struct plan_side *side = &model->plan.assumed;
    struct grid grid = {.title = area.columns >= 50 ? 20 : 15, .roi = model->plan.totals.roi.value};
    grid.value = 1 + grid.title + 1;
    grid.low = grid.value + VALUE_CELLS + 2;
    grid.bar = grid.low + SWING_CELLS + 1;
    grid.bar_cells = area.columns - grid.bar - SWING_CELLS - 2;
    if (grid.bar_cells < 8)
        grid.bar_cells = 0;
    if (grid.bar_cells > 32)
        grid.bar_cells = 32;
    grid.high = grid.bar + (grid.bar_cells ? grid.bar_cells + 1 : 0);
    grid.least = grid.most = grid.roi;
    for (size_t i = 0; i < side->swings.count; i++) {
        grid.least = fmin(grid.least, fmin(side->swings.items[i].low, side->swings.items[i].high));
        grid.most = fmax(grid.most, fmax(side->swings.items[i].low, side->swings.items[i].high));
    }
    return grid;
}

static bool focused(const struct model *model)
{
    return model->plan.side && model->overlay == OVERLAY_NONE;
}

static void draw_title(const struct model *model, struct canvas *canvas, struct area area,
                       const struct grid *grid)
{
    static const char swing[] = "ROI if it is low, high";
    int column = area.column;
    if (focused(model)) {
        canvas_glyph(canvas, column, area.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
        column = canvas_string(canvas, column + 1, area.row, ink_strong(ROLE_TITLE), "Assumptions");
    } else {
        column = canvas_string(canvas, column + 1, area.row, ink_strong(ROLE_TITLE), "Assumptions");
        column = canvas_string(canvas, column + 1, area.row, ink_strong(ROLE_KEY), "Tab");
    }
    int end = area.column + grid->high + SWING_CELLS, at = end - (int)sizeof swing + 1;
    if (at > column + 1)
        canvas_string(canvas, at, area.row, ink(ROLE_DIM), swing);
    else if (end - 9 > column)
        canvas_string(canvas, end - 9, area.row, ink(ROLE_DIM), "low  high");
}

/* From the ROI there is: dashed to what less gives, solid to what more gives. */
static void draw_bar(struct canvas *canvas, int column, int row, const struct grid *grid,
                     const struct side_swing *swing)
{
    double span = grid->most - grid->least;
    if (!(span > 0))
        return;
    int last = grid->bar_cells - 1;
    int from = (int)lround((fmin(swing->low, swing->high) - grid->least) / span * last);
    int to = (int)lround((fmax(swing->low, swing->high) - grid->least) / span * last);
    int middle = (int)lround((grid->roi - grid->least) / span * last);
    enum role role = swing->widest ? ROLE_GRAPH : ROLE_GRAPH2;
    for (int i = from; i <= to; i++)
        canvas_glyph(canvas, column + i, row, ink(role), i < middle ? GLYPH_DASH : GLYPH_BAR);
    canvas_glyph(canvas, column + middle, row, ink(ROLE_DIM), GLYPH_VERTICAL);
}

static void draw_swing(const struct model *model, struct canvas *canvas, struct area line,
                       const struct grid *grid, const struct side_swing *swing)
{
    const double ends[] = {swing->low, swing->high};
    const int at[] = {grid->low, grid->high};
    if (!number_known(swing->low) || swing->low == swing->high)
        return;
    for (int i = 0; i < 2; i++) {
        struct buf text = BUF_INIT;
        show_number(&text, UNIT_ROI, ends[i], false, model->style);
        enum role role = ends[i] < 0 ? ROLE_BAD : ends[i] > 0 ? ROLE_GOOD : ROLE_TEXT;
        canvas_fit(canvas, line.column + at[i], line.row, SWING_CELLS, FIT_RIGHT,
                   (struct ink){role, ROLE_TEXT, swing->widest}, buf_text(&text));
        buf_release(&text);
    }
    if (grid->bar_cells > 0)
        draw_bar(canvas, line.column + grid->bar, line.row, grid, swing);
    if (swing->widest)
        canvas_glyph(canvas, line.column + grid->high + SWING_CELLS, line.row, ink(ROLE_WARN),
                     GLYPH_BEST);
}

static void value_text(const struct model *model, const struct knob *knob, struct buf *out)
{
    double value = scenario_knob_number(&model->scenario, text_of(knob->key));
    if (knob->kind == KNOB_NUMBER && knob->group && isnan(value))
        buf_add_string(out, "mixed");
    else if (knob->kind == KNOB_NUMBER)
        show_number(out, knob->unit, value, false, model->style);
    else
        scenario_knob_get(&model->scenario, text_of(knob->key), out);
}

/* '=' before what is the user's, '!' after what nobody has set and nobody knows. A long value takes
 * what the title leaves. */
static void draw_value(const struct model *model, struct canvas *canvas, int column, int row,
                       int spare, const struct knob *knob)
{
    bool own = scenario_own(&model->scenario, text_of(knob->key));
    bool assumed = !own && text_starts(text_of(knob->source), "assumption");
    struct buf text = BUF_INIT;
    if (own)
        buf_add_char(&text, '=');
    value_text(model, knob, &text);
    int more = (int)text_width(buf_text(&text), canvas->widths) - VALUE_CELLS;
    more = more < 0 ? 0 : more > spare ? spare : more;
    frame_right(canvas, column - more, row, VALUE_CELLS + more,
                ink(own       ? ROLE_OWN
                    : assumed ? ROLE_WARN
                              : ROLE_TEXT),
                buf_text(&text));
    bool given = knob->kind != KNOB_NUMBER || knob->group ||
                 number_known(scenario_knob_number(&model->scenario, text_of(knob->key)));
    if (assumed && given)
        canvas_string(canvas, column + VALUE_CELLS, row, ink(ROLE_WARN), "!");
    buf_release(&text);
}

static bool is_money(enum unit unit)
{
    return unit == UNIT_MONEY || unit == UNIT_UNIT_COST;
}

static void draw_knob(const struct model *model, struct canvas *canvas, struct area line,
                      const struct grid *grid, const struct side_line *it)
{
    struct buf title = BUF_INIT;
    int indent = it->channel >= 0 ? 2 : 0;
    buf_add_string(&title, it->knob.title);
    if (it->channel < 0 && is_money(it->knob.unit) && (int)title.length + 4 <= grid->title)
        buf_addf(&title, " %s", model_currency(model));
    canvas_fit(canvas, line.column + 1 + indent, line.row, grid->title - indent, FIT_LEFT,
               ink(ROLE_DIM), buf_text(&title));
    int spare = grid->title - indent - (int)title.length;
    buf_release(&title);
    draw_value(model, canvas, line.column + grid->value, line.row, spare > 0 ? spare : 0,
               &it->knob);
    if (it->swing != SIDE_NO_SWING)
        draw_swing(model, canvas, line, grid, &model->plan.assumed.swings.items[it->swing]);
}

/* As short as it can be said: 10, 1.2%, 0.46%. */
static void short_rate(const struct model *model, double rate, struct buf *out)
{
    double percent = rate * 100;
    int digits = fabs(percent * 10 - round(percent * 10)) < 1e-6 ? 1 : 2;
    number_fixed(out, percent, digits, model->style);
    buf_add_char(out, '%');
}

/* What its ROI is made of, as far as there is room for it. */
static void channel_note(const struct model *model, const struct channel *channel, int room,
                         struct buf *out)
{
    struct buf rates = BUF_INIT;
    if (!isnan(channel->roas)) {
        buf_add_string(out, "ROAS ");
        show_number(out, UNIT_RATIO, channel->roas, false, model->style);
        return;
    }
    buf_add_string(out, "CPM ");
    number_fixed(out, channel->cpm, channel->cpm == round(channel->cpm) ? 0 : 2, model->style);
    if (isnan(channel->ctr) || isnan(channel->cvr)) {
        buf_add_string(&rates, ", reach; the plan ");
        show_number(&rates, UNIT_UNIT_COST, model->plan.totals.cpr.value, false, model->style);
    } else {
        buf_add_string(&rates, ", click ");
        short_rate(model, channel->ctr, &rates);
        buf_add_string(&rates, ", buy ");
        short_rate(model, channel->cvr, &rates);
    }
    if ((int)(out->length + rates.length) <= room)
        buf_add_text(out, buf_text(&rates));
    buf_release(&rates);
}

#define CHANNEL_CELLS 16 /* of its name */
#define RETURN_CELLS 6   /* of its ROI */

static void draw_channel(const struct model *model, struct canvas *canvas, struct area line,
                         const struct side_line *it)
{
    const struct channel *channel = &model->scenario.channels[it->channel];
    struct buf text = BUF_INIT;
    if (!channel->name[0]) {
        canvas_string(canvas, line.column + 1, line.row, ink(ROLE_DIM), "add another");
        return;
    }
    double roi = channel_roi(&model->scenario, channel);
    canvas_fit(canvas, line.column + 1, line.row, CHANNEL_CELLS, FIT_LEFT, ink(ROLE_TEXT),
               text_of(channel->name));
    show_number(&text, UNIT_ROI, roi, false, model->style);
    int at = line.column + 1 + CHANNEL_CELLS + 1;
    canvas_fit(canvas, at, line.row, RETURN_CELLS, FIT_RIGHT,
               ink(number_known(roi) ? ROLE_GRAPH2 : ROLE_DIM), buf_text(&text));
    buf_clear(&text);
    at += RETURN_CELLS + 2;
    int room = line.column + line.columns - 1 - at;
    channel_note(model, channel, room, &text);
    canvas_fit(canvas, at, line.row, room, FIT_LEFT, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_more(const struct model *model, struct canvas *canvas, struct area line)
{
    canvas_string(canvas, line.column + 1, line.row, ink(ROLE_DIM),
                  model->plan.assumed.all ? "fewer assumptions" : "all assumptions");
}

static void draw_next(const struct model *model, struct canvas *canvas, struct area line)
{
    uint32_t row = catalog_find_id(model->catalog, model->cursor_id);
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    struct figures figures;
    struct buf text = BUF_INIT;
    if (row == CATALOG_NONE)
        return;
    sheet_figures(model->sheet, row, &figures);
    double more = totals_next_reach(&model->plan.totals, &figures, &assumptions);
    buf_add_text(&text, catalog_text(model->catalog, COL_HANDLE, row));
    canvas_fit(canvas, line.column + 1, line.row, line.columns / 2 - 2, FIT_LEFT, ink(ROLE_TEXT),
               buf_text(&text));
    buf_clear(&text);
    show_number(&text, UNIT_COUNT, more, false, model->style);
    buf_add_string(&text, " of ");
    show_number(&text, UNIT_COUNT, figures.reach, false, model->style);
    buf_add_string(&text, " new");
    canvas_fit(canvas, line.column + line.columns / 2, line.row, line.columns / 2 - 1, FIT_RIGHT,
               ink(ROLE_TEXT), buf_text(&text));
    buf_release(&text);
}

/* Whose, his how many-th, what it brings, and what that is for each 100 spent. */
static void draw_post(const struct model *model, struct canvas *canvas, struct area line,
                      const struct next_post *post)
{
    char ordinal[24];
    double each = post->cost > 0 ? post->profit / post->cost * 100 : NAN;
    char mark = post->estimated ? '~' : ' ';
    int amounts = 2 * POST_CELLS + 1, name = line.columns - amounts - 10;
    struct figure profit = figure_fit(model, COL_PROFIT, post->profit, mark, POST_CELLS);
    struct figure per = figure_fit(model, COL_PROFIT, each, mark, POST_CELLS);
    snprintf(ordinal, sizeof ordinal, "post %u", post->posts);
    canvas_fit(canvas, line.column + 1, line.row, name, FIT_LEFT, ink(ROLE_TEXT),
               catalog_text(model->catalog, COL_HANDLE, post->row));
    canvas_fit(canvas, line.column + name + 2, line.row, 7, FIT_LEFT, ink(ROLE_DIM),
               text_of(ordinal));
    int at = line.column + line.columns - amounts - 1;
    canvas_fit(canvas, at, line.row, POST_CELLS, FIT_RIGHT, ink(profit.role), text_of(profit.text));
    canvas_fit(canvas, at + POST_CELLS + 1, line.row, POST_CELLS, FIT_RIGHT, ink(per.role),
               text_of(post->cost > 0 ? per.text : "free"));
}

static void draw_heading(struct canvas *canvas, struct area line, const struct side_line *heading,
                         bool posts)
{
    canvas_string(canvas, line.column + 1, line.row, ink_strong(ROLE_TITLE), heading->title);
    if (posts)
        canvas_fit(canvas, line.column + line.columns - 16, line.row, 15, FIT_RIGHT, ink(ROLE_DIM),
                   TEXT("profit  per 100"));
}

static void draw_line(const struct model *model, struct canvas *canvas, struct area line,
                      const struct grid *grid, size_t index)
{
    const struct plan_side *side = &model->plan.assumed;
    const struct side_line *it = &side->items[index];
    switch (it->kind) {
    case SIDE_KNOB:
        draw_knob(model, canvas, line, grid, it);
        break;
    case SIDE_MORE:
        draw_more(model, canvas, line);
        break;
    case SIDE_CHANNEL:
        draw_channel(model, canvas, line, it);
        break;
    case SIDE_HEADING:
        draw_heading(canvas, line, it, index + 1 < side->count && it[1].kind == SIDE_POST);
        break;
    case SIDE_POST:
        draw_post(model, canvas, line, &model->plan.next.shown[it->post]);
        break;
    case SIDE_NEXT:
        draw_next(model, canvas, line);
        break;
    case SIDE_BLANK:
        break;
    }
    if (index != side->at.cursor || !model->plan.side)
        return;
    canvas_glyph(canvas, line.column, line.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, line, focused(model) ? ROLE_CURSOR : ROLE_AWAY);
    struct area cell = {line.column + grid->value, line.row, VALUE_CELLS, 1};
    if (focused(model) && it->kind == SIDE_KNOB) {
        canvas_role(canvas, cell, ROLE_CELL);
        canvas_surface(canvas, cell, ROLE_CELL);
    }
    if (it->kind == SIDE_CHANNEL)
        cell = (struct area){line.column + 1, line.row, CHANNEL_CELLS - 1, 1};
    bool edited = it->kind == SIDE_KNOB || it->kind == SIDE_CHANNEL;
    if (edited && field_is_knob(model, text_of(it->knob.key)))
        frame_field(canvas, cell.column, cell.row, cell.columns + 1, &model->line);
}

/* The line under the cursor in words, and where its default comes from. */
static void draw_help(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct plan_side *side = &model->plan.assumed;
    struct buf text = BUF_INIT;
    if (area.rows < 1 || side->count == 0)
        return;
    const struct side_line *it = &side->items[side->at.cursor];
    if (it->kind == SIDE_KNOB || it->kind == SIDE_CHANNEL)
        buf_addf(&text, "%s Default: %s.", it->knob.help, it->knob.source);
    else
        buf_add_string(&text, "Enter shows them all, or the ones that matter most.");
    struct text rest = buf_text(&text);
    for (int i = 0; i < area.rows && rest.length > 0; i++) {
        struct text piece = i + 1 < area.rows ? frame_line(canvas, &rest, area.columns - 2) : rest;
        canvas_fit(canvas, area.column + 1, area.row + i, area.columns - 2, FIT_LEFT, ink(ROLE_DIM),
                   piece);
    }
    buf_release(&text);
}

void pane_plan_side(const struct model *model, struct canvas *canvas)
{
    struct area area = plan_layout(model).side;
    const struct plan_side *side = &model->plan.assumed;
    if (area.rows < 2)
        return;
    if (area.column > 0)
        frame_vertical(canvas, area.column - 1, area);
    struct grid grid = grid_of(model, area);
    draw_title(model, canvas, area, &grid);
    int height = side_height(model);
    for (int i = 0; i < height && side->at.top + (size_t)i < side->count; i++)
        draw_line(model, canvas, (struct area){area.column, area.row + 1 + i, area.columns, 1},
                  &grid, side->at.top + (size_t)i);
    int help = side_help(model);
    draw_help(model, canvas,
              (struct area){area.column, area.row + area.rows - help, area.columns, help});
}
