#include <math.h>
#include <stdio.h>

#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* What the plan adds up to, and how sure that is. */

/* A line of pieces, each a label and a value; one that has no room is left out, and so are those after. */
struct pen {
    struct canvas *canvas;
    int column, row, end;
};

static void piece(struct pen *pen, const char *before, enum role role, struct text value,
                  const char *after)
{
    int cells = (int)(text_of(before).length + text_of(after).length);
    cells += (int)text_width(value, pen->canvas->widths);
    if (pen->column + cells > pen->end) {
        pen->end = pen->column;
        return;
    }
    pen->column = canvas_string(pen->canvas, pen->column, pen->row, ink(ROLE_DIM), before);
    pen->column = canvas_text(pen->canvas, pen->column, pen->row,
                              (struct ink){role, ROLE_TEXT, role != ROLE_DIM}, value);
    pen->column = canvas_string(pen->canvas, pen->column, pen->row, ink(ROLE_DIM), after);
}

static enum role sign_role(double value)
{
    return value > 0 ? ROLE_GOOD : value < 0 ? ROLE_BAD : ROLE_TEXT;
}

static void piece_number(const struct model *model, struct pen *pen, const char *before,
                         enum role role, enum unit unit, double value)
{
    struct buf text = BUF_INIT;
    show_number(&text, unit, value, false, model->style);
    piece(pen, before, role, buf_text(&text), "");
    buf_release(&text);
}

/* "All 6"; "5 of 6 known" where a cost is unknown. */
static void draw_label(const struct model *model, struct canvas *canvas, struct area cell)
{
    const struct totals *totals = &model->plan.totals;
    size_t gone = model->plan.missing;
    struct buf text = BUF_INIT;
    buf_addf(&text, totals->unknown_costs ? "%zu of %zu" : "All %zu", totals->cost.known,
             totals->creators);
    if (totals->unknown_costs > 0 && cell.columns >= 14)
        buf_add_string(&text, " known");
    if (gone > 0)
        buf_addf(&text, ", %zu gone", gone);
    canvas_fit(
        canvas, cell.column, cell.row, cell.columns, FIT_LEFT,
        (struct ink){totals->unknown_costs || gone ? ROLE_WARN : ROLE_TITLE, ROLE_TEXT, true},
        buf_text(&text));
    buf_release(&text);
}

/* A sum of which parts are unknown is at least so much; ratios are of those that are known. */
static char mark_of(const struct totals *totals, const struct total *total, enum column column)
{
    if (total->estimated || (column == COL_REACH && totals->universe_assumed))
        return '~';
    return total->at_least ? '>' : ' ';
}

static void draw_sum(const struct model *model, struct canvas *canvas,
                     const struct plan_column *shown, struct area cell)
{
    const struct totals *totals = &model->plan.totals;
    const struct total *total = total_of_column(totals, shown->column);
    if (shown->part == PLAN_SHARE) {
        plan_share(model, canvas, cell.column, cell.row, cell.columns, totals->cost.value,
                   totals->cost.estimated);
        return;
    }
    if (shown->part == PLAN_NAME) {
        draw_label(model, canvas, cell);
        return;
    }
    if (!total || shown->part != PLAN_FIGURE)
        return;
    struct figure figure = figure_fit(model, shown->column, total->value,
                                      mark_of(totals, total, shown->column), cell.columns);
    bool over = shown->column == COL_COST && totals->left < 0;
    canvas_fit(canvas, cell.column, cell.row, cell.columns, FIT_RIGHT,
               (struct ink){over ? ROLE_BAD : figure.role, ROLE_TEXT, true}, text_of(figure.text));
}

static void draw_sums(const struct model *model, struct canvas *canvas, struct area line)
{
    struct plan_column shown[PLAN_COLUMNS_MOST];
    int count = plan_columns(line.columns, shown);
    for (int i = 0; i < count; i++)
        draw_sum(model, canvas, &shown[i],
                 (struct area){line.column + shown[i].at, line.row, shown[i].width, 1});
    if (!model->plan.total)
        return;
    bool focused = !model->plan.side && model->overlay == OVERLAY_NONE;
    canvas_glyph(canvas, line.column, line.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, line, focused ? ROLE_CURSOR : ROLE_AWAY);
    for (int i = 0; i < count && focused; i++) {
        if (shown[i].part == PLAN_SHARE || shown[i].column != model->plan.cell)
            continue;
        struct area cell = {line.column + shown[i].at, line.row, shown[i].width, 1};
        canvas_role(canvas, cell, ROLE_CELL);
        canvas_surface(canvas, cell, ROLE_CELL);
    }
}

/* A ratio counts those of whom both its parts are known. */
static void piece_known(const struct model *model, struct pen *pen, const char *before,
                        const struct total *total, const char *after)
{
    size_t creators = model->plan.totals.creators;
    struct buf text = BUF_INIT;
    buf_addf(&text, "%zu of %zu", total->known, creators);
    if (total->known < creators)
        piece(pen, before, ROLE_WARN, buf_text(&text), after);
    buf_release(&text);
}

/* Both words: half of the outcomes lie below the middle, the mean of all lies above it. */
static void draw_range(const struct model *model, struct canvas *canvas, struct area line)
{
    const struct totals *totals = &model->plan.totals;
    struct pen pen = {canvas, line.column + 4, line.row, line.column + line.columns - 1};
    struct buf text = BUF_INIT;
    bool wide = line.columns >= 72;
    show_number(&text, UNIT_ROI, totals->roi_p10, false, model->style);
    buf_add_string(&text, wide ? " and " : " to ");
    show_number(&text, UNIT_ROI, totals->roi_p90, false, model->style);
    piece(&pen, "ROI", ROLE_DIM, TEXT(""), "");
    piece_known(model, &pen, " of ", &totals->roi, ",");
    piece(&pen, wide ? " 8 in 10 between " : " 8 in 10: ", ROLE_TEXT, buf_text(&text), "");
    piece_number(model, &pen, wide ? "   middle " : ", middle ", sign_role(totals->roi_p50),
                 UNIT_ROI, totals->roi_p50);
    piece_number(model, &pen, ", mean ", sign_role(totals->roi.value), UNIT_ROI, totals->roi.value);
    buf_release(&text);
    int cells = pen.end - pen.column - 3;
    if (cells < 10)
        return;
    if (cells > 40)
        cells = 40;
    struct chart_range range = {.low = totals->roi_p10,
                                .median = totals->roi_p50,
                                .high = totals->roi_p90,
                                .from = fmin(-1, totals->roi_p10),
                                .to = fmax(1, totals->roi_p90),
                                .zero = 0};
    chart_range(canvas, pen.column + 3, line.row, cells, &range, ink(ROLE_GRAPH2),
                ink(sign_role(totals->roi_p50)));
}

static void draw_against(const struct model *model, struct canvas *canvas, struct area line)
{
    const struct totals *totals = &model->plan.totals;
    struct pen pen = {canvas, line.column + 4, line.row, line.column + line.columns - 1};
    const struct channel *channel = scenario_baseline(&model->scenario);
    struct buf text = BUF_INIT;
    if (channel && number_known(channel_roi(&model->scenario, channel))) {
        text_safe(&text, text_of(channel->name));
        piece(&pen, line.columns >= 72 ? "The same money in " : "Same in ", ROLE_DIM,
              buf_text(&text), "");
        piece_number(model, &pen, line.columns >= 72 ? ": ROI " : " ", ROLE_GRAPH2, UNIT_ROI,
                     channel_roi(&model->scenario, channel));
        piece(&pen, "   ", ROLE_DIM, TEXT(""), "");
    }
    buf_clear(&text);
    show_number(&text, UNIT_SHARE, totals->breakeven_cvr.value, false, model->style);
    piece(&pen, "break-even buy rate ", ROLE_TEXT, buf_text(&text), "");
    buf_release(&text);
}

/* Audiences overlap, by chance at least: where the universe is a guess, so is the point. */
static void draw_reach(const struct model *model, struct canvas *canvas, struct area line)
{
    const struct totals *totals = &model->plan.totals;
    struct pen pen = {canvas, line.column + 4, line.row, line.column + line.columns - 1};
    struct buf text = BUF_INIT;
    buf_add_string(&text, totals->universe_assumed ? "~" : "");
    show_number(&text, UNIT_COUNT, totals->net_reach.value, false, model->style);
    piece(&pen, "Reached: ", totals->universe_assumed ? ROLE_EST : ROLE_TEXT, buf_text(&text), "");
    piece_number(model, &pen, ", ", ROLE_TEXT, UNIT_COUNT, totals->net_reach_low);
    piece_number(model, &pen, " (all the same) to ", ROLE_TEXT, UNIT_COUNT, totals->net_reach_high);
    piece(&pen, "", ROLE_TEXT, TEXT(""), " (all different)");
    buf_clear(&text);
    number_fixed(&text, totals->frequency.value, 1, model->style);
    if (number_known(totals->frequency.value))
        piece(&pen, "   each sees ", ROLE_TEXT, buf_text(&text), "");
    buf_clear(&text);
    show_number(&text, UNIT_COUNT, totals->universe, false, model->style);
    if (totals->universe_assumed)
        buf_add_char(&text, '!');
    if (number_known(totals->universe))
        piece(&pen, "   of ", totals->universe_assumed ? ROLE_WARN : ROLE_TEXT, buf_text(&text),
              " people");
    piece_known(model, &pen, "   known of ", &totals->net_reach, "");
    buf_release(&text);
}

static void draw_money(const struct model *model, struct canvas *canvas, struct area line)
{
    const struct totals *totals = &model->plan.totals;
    struct pen pen = {canvas, line.column + 4, line.row, line.column + line.columns - 1};
    bool over = totals->left < 0;
    piece_number(model, &pen, "Budget ", ROLE_TEXT, UNIT_MONEY, totals->budget);
    piece_number(model, &pen, ", used ", ROLE_TEXT, UNIT_MONEY, totals->cost.value);
    piece_number(model, &pen, over ? ", over by " : ", left ", over ? ROLE_BAD : ROLE_GOOD,
                 UNIT_MONEY, fabs(totals->left));
    if (totals->commission.value > 0)
        piece_number(model, &pen, "   commission on top ", ROLE_TEXT, UNIT_MONEY,
                     totals->commission.value);
    struct buf text = BUF_INIT;
    buf_addf(&text, "%zu", totals->estimated_fees);
    if (totals->estimated_fees > 0)
        piece(&pen, "   ~ ", ROLE_EST, buf_text(&text),
              totals->estimated_fees == 1 ? " fee is our estimate" : " fees are our estimates");
    buf_release(&text);
}

/* Whose cost nobody knows, by name. */
static void draw_unknown(const struct model *model, struct canvas *canvas, struct area line)
{
    struct buf text = BUF_INIT;
    size_t named = 0;
    for (size_t i = 0; i < model->plan.totals.count && named < 8; i++) {
        uint32_t row = model->plan.members[i];
        if (number_known(model->plan.totals.items[i].cost))
            continue;
        buf_add_string(&text, named++ ? ", " : "! cost unknown, in no sum of money: ");
        buf_add_text(&text, catalog_text(model->catalog, COL_HANDLE, row));
    }
    if (model->plan.totals.unknown_costs > named)
        buf_addf(&text, " and %zu more", model->plan.totals.unknown_costs - named);
    canvas_fit(canvas, line.column + 4, line.row, line.columns - 5, FIT_LEFT, ink(ROLE_WARN),
               buf_text(&text));
    buf_release(&text);
}

static void draw_chance(const struct model *model, struct canvas *canvas, struct area line)
{
    (void)model;
    canvas_fit(canvas, line.column + 4, line.row, line.columns - 5, FIT_LEFT, ink(ROLE_WARN),
               TEXT("! under 3 expected orders chance decides"));
}

static void way_of_one(const struct model *model, const struct plan_way *way, bool named,
                       struct buf *out)
{
    struct buf name = BUF_INIT;
    buf_add_text(&name, catalog_text(model->catalog, COL_HANDLE, way->row));
    buf_add_string(out, way->posts < 1 && !named ? "fits" : "fits with");
    if (way->posts >= 1) {
        buf_add_char(out, ' ');
        number_fixed(out, way->posts, 0, model->style);
        buf_add_string(out, way->posts > 1 ? " posts" : " post");
    }
    if (named)
        buf_addf(out, "%s %s", way->posts < 1 ? "out" : " of", buf_string(&name));
    if (way->fee >= 0) {
        buf_add_string(out, way->posts >= 1 || named ? ", or at a fee of " : " at a fee of ");
        show_number(out, UNIT_MONEY, way->fee, false, model->style);
    }
    buf_release(&name);
}

static void way_of_many(const struct model *model, const struct plan_way *way, bool named,
                        struct buf *out)
{
    if (named) {
        buf_add_string(out, "fits without the ");
        number_fixed(out, (double)way->dearest, 0, model->style);
        buf_add_string(out, " dearest, or with ");
    } else {
        buf_add_string(out, "fits with ");
    }
    show_number(out, UNIT_MONEY, way->budget, false, model->style);
}

static void way_text(const struct model *model, const struct plan_way *way, bool named,
                     struct buf *out)
{
    if (way->row == CATALOG_NONE)
        way_of_many(model, way, named, out);
    else
        way_of_one(model, way, named, out);
}

/* A row in role alert that names two ways back. */
static void draw_over(const struct model *model, struct canvas *canvas, struct area line)
{
    struct ink alert = ink_on(ROLE_ALERT, ROLE_ALERT);
    struct plan_way way = plan_way_back(model);
    struct buf over = BUF_INIT, back = BUF_INIT;
    int room = line.columns - 2;
    canvas_fill(canvas, line, alert, ' ');
    buf_add_string(&over, "! over budget by ");
    show_number(&over, UNIT_MONEY, -model->plan.totals.left, false, model->style);
    if (line.columns >= 60)
        buf_addf(&over, " %s", model_currency(model));
    canvas_fit(canvas, line.column + 1, line.row, room, FIT_LEFT,
               (struct ink){ROLE_ALERT, ROLE_ALERT, true}, buf_text(&over));
    room -= (int)over.length + 2;
    way_text(model, &way, true, &back);
    if ((int)text_width(buf_text(&back), canvas->widths) > room) {
        buf_clear(&back);
        way_text(model, &way, false, &back);
    }
    int cells = (int)text_width(buf_text(&back), canvas->widths);
    if (cells <= room)
        canvas_text(canvas, line.column + line.columns - 1 - cells, line.row, alert,
                    buf_text(&back));
    buf_release(&over);
    buf_release(&back);
}

static void (*const drawers[PLAN_LINES])(const struct model *model, struct canvas *canvas,
                                         struct area line) = {
    [PLAN_SUMS] = draw_sums,     [PLAN_RANGE] = draw_range, [PLAN_AGAINST] = draw_against,
    [PLAN_REACH] = draw_reach,   [PLAN_MONEY] = draw_money, [PLAN_UNKNOWN] = draw_unknown,
    [PLAN_CHANCE] = draw_chance, [PLAN_OVER] = draw_over,
};

void pane_plan_totals(const struct model *model, struct canvas *canvas)
{
    struct area area = plan_layout(model).totals;
    enum plan_line shown[PLAN_LINES];
    if (area.rows < 2)
        return;
    frame_rule(canvas, (struct area){area.column, area.row, area.columns, 1}, TEXT(""),
               ink(ROLE_TITLE), NULL);
    int count = plan_lines(model, area.rows - 1, shown);
    for (int i = 0; i < count; i++)
        drawers[shown[i]](model, canvas,
                          (struct area){area.column, area.row + 1 + i, area.columns, 1});
}
