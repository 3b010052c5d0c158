#include <math.h>
#include <stdio.h>

#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The plan: a creator a row, and the line of the title above. */

static bool rows_focused(const struct model *model)
{
    return !model->plan.side && model->overlay == OVERLAY_NONE;
}

/* The cell after a title, for the sign of the order. */
static int heading_end(const struct canvas *canvas, struct area area,
                       const struct plan_column *shown, struct text title)
{
    int width = (int)text_width(title, canvas->widths);
    bool right = shown->part == PLAN_FIGURE || width > shown->width;
    return area.column + shown->at + (right ? shown->width : width);
}

static void draw_heading(const struct model *model, struct canvas *canvas, struct area area,
                         const struct plan_column *shown, int count)
{
    for (int i = 0; i < count; i++) {
        struct buf title = BUF_INIT;
        bool focused = rows_focused(model) && shown[i].part != PLAN_SHARE &&
                       shown[i].column == model->plan.cell;
        struct ink heading =
            focused ? (struct ink){ROLE_TAB, ROLE_TAB, true} : ink_strong(ROLE_TITLE);
        if (shown[i].part == PLAN_NAME)
            buf_add_string(&title, "Creator");
        else if (shown[i].part == PLAN_SHARE)
            buf_add_string(&title, "Share");
        else if (shown[i].column == COL_REACH)
            buf_add_string(&title, "Reached");
        else if (shown[i].column == COL_DELIVERABLES)
            buf_add_string(&title, "Posts");
        else if (shown[i].column == COL_BREAKEVEN_FEE)
            buf_add_string(&title, "Break-even");
        else
            figure_title(model, shown[i].column, &title);
        bool right = shown[i].part == PLAN_FIGURE;
        canvas_fit(canvas, area.column + shown[i].at, area.row, shown[i].width,
                   right ? FIT_RIGHT : FIT_LEFT, heading, buf_text(&title));
        if (shown[i].part != PLAN_SHARE && shown[i].column == model->plan.ordered)
            canvas_glyph(canvas, heading_end(canvas, area, &shown[i], buf_text(&title)), area.row,
                         heading, model->plan.descending ? GLYPH_DOWN : GLYPH_UP);
        buf_release(&title);
    }
}

void plan_share(const struct model *model, struct canvas *canvas, int at, int y, int width,
                double cost, bool estimated)
{
    double share = model->scenario.budget > 0 ? cost / model->scenario.budget : NAN;
    struct buf text = BUF_INIT;
    int bar = width - PLAN_SHARE_FIGURE;
    if (isnan(share))
        return;
    if (share < 9.995)
        number_fixed(&text, share * 100, 0, model->style);
    buf_add_string(&text, share < 9.995 ? "%" : ">999%");
    enum role role = share > 1 ? ROLE_BAD : estimated ? ROLE_EST : ROLE_GRAPH;
    chart_bar(canvas, at, y, bar, fmin(share, 1), ink(role));
    canvas_fit(canvas, at + bar, y, PLAN_SHARE_FIGURE, FIT_RIGHT,
               ink(share > 1 ? ROLE_BAD : ROLE_TEXT), buf_text(&text));
    buf_release(&text);
}

/* What is being typed has moved it. */
static void draw_moved(const struct model *model, struct canvas *canvas, enum column column,
                       struct area cell, uint32_t row)
{
    const struct plan_place *place = &model->plan;
    figure_moved(model, canvas, cell, column, row);
    if (!place->moving || catalog_id(model->catalog, row) != model->field.id ||
        columns[column].figure == COLUMN_NO_FIGURE || field_can(column))
        return;
    double before = *(const double *)((const char *)&place->before + columns[column].figure);
    double now = sheet_number(model->sheet, column, row);
    if (!(fabs(now - before) > 1e-9 * fabs(before)))
        return;
    canvas_glyph(canvas, cell.column + cell.columns, cell.row, ink(ROLE_CHANGED),
                 now > before ? GLYPH_UP : GLYPH_DOWN);
    canvas_surface(canvas, (struct area){cell.column, cell.row, cell.columns + 1, 1}, ROLE_CHANGED);
}

static void draw_cell(const struct model *model, struct canvas *canvas,
                      const struct plan_column *shown, struct area cell, uint32_t row, bool cursor)
{
    struct buf text = BUF_INIT;
    struct figure figure;
    switch (shown->part) {
    case PLAN_NAME:
        frame_creator(model, canvas, cell, cursor ? ink_strong(ROLE_TEXT) : ink(ROLE_TEXT), row);
        break;
    case PLAN_WORD:
        text_of_cell(model, shown->column, row, &text);
        canvas_fit(canvas, cell.column, cell.row, cell.columns, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&text));
        break;
    case PLAN_SHARE:
        plan_share(model, canvas, cell.column, cell.row, cell.columns,
                   sheet_number(model->sheet, COL_COST, row),
                   sheet_mark(model->sheet, COL_COST, row) == '~');
        break;
    case PLAN_FIGURE:
        figure = figure_within(model, shown->column, row, cell.columns);
        canvas_fit(canvas, cell.column, cell.row, cell.columns, FIT_RIGHT, ink(figure.role),
                   text_of(figure.text));
        break;
    }
    buf_release(&text);
}

/* What is typed stands where the figure stood; what it moved is marked. */
static void draw_fields(const struct model *model, struct canvas *canvas, struct area line,
                        const struct plan_column *shown, int count, uint32_t row)
{
    for (int i = 0; i < count; i++) {
        struct area cell = {line.column + shown[i].at, line.row, shown[i].width, 1};
        if (shown[i].part != PLAN_FIGURE)
            continue;
        draw_moved(model, canvas, shown[i].column, cell, row);
        frame_figure(model, canvas, cell.column, cell.row, cell.columns, shown[i].column, row);
    }
}

static void draw_row(const struct model *model, struct canvas *canvas, struct area line,
                     const struct plan_column *shown, int count, size_t place)
{
    uint32_t row = model->plan.rows[place];
    bool cursor = place == model->plan.at.cursor && !model->plan.total;
    if (cursor)
        canvas_glyph(canvas, line.column, line.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    if (catalog_ticked(model->catalog, row))
        canvas_glyph(canvas, line.column + 1, line.row, ink(ROLE_TICK), GLYPH_YES);
    canvas_string(canvas, line.column + 2, line.row, ink(ROLE_STAR), "*");
    for (int i = 0; i < count; i++)
        draw_cell(model, canvas, &shown[i],
                  (struct area){line.column + shown[i].at, line.row, shown[i].width, 1}, row,
                  cursor);
    if (!cursor) {
        draw_fields(model, canvas, line, shown, count, row);
        return;
    }
    canvas_surface(canvas, line, rows_focused(model) ? ROLE_CURSOR : ROLE_AWAY);
    for (int i = 0; i < count && rows_focused(model); i++) {
        if (shown[i].part == PLAN_SHARE || shown[i].column != model->plan.cell)
            continue;
        struct area cell = {line.column + shown[i].at, line.row, shown[i].width, 1};
        canvas_role(canvas, cell, ROLE_CELL);
        canvas_surface(canvas, cell, ROLE_CELL);
    }
    draw_fields(model, canvas, line, shown, count, row);
}

/* Nobody yet: how it is done. */
static void draw_empty(struct canvas *canvas, struct area area)
{
    static const char *const says[] = {
        "Nobody is in the plan yet.",
        "",
        "a in the list puts a creator into it, or all that are ticked;",
        "here stand their cost, what they bring, and what that rests on.",
        "A fills the budget with whom it buys for the greatest profit.",
    };
    for (int i = 0; i < (int)(sizeof says / sizeof says[0]) && i + 1 < area.rows; i++)
        canvas_fit(canvas, area.column + 2, area.row + 1 + i, area.columns - 2, FIT_LEFT,
                   i == 0 ? ink_strong(ROLE_TITLE) : ink(ROLE_TEXT), text_of(says[i]));
}

/* "ordered by Profit", with what came in since. */
static void draw_order(const struct model *model, struct canvas *canvas, int column, int end)
{
    const struct plan_place *place = &model->plan;
    struct buf text = BUF_INIT;
    buf_addf(&text, "ordered by %s ",
             place->ordered == COL_HANDLE         ? "name"
             : place->ordered == COL_DELIVERABLES ? "posts"
                                                  : columns[place->ordered].title);
    buf_add_utf8(&text, canvas->glyphs->code[place->descending ? GLYPH_DOWN : GLYPH_UP]);
    if (place->known_count > place->arranged)
        buf_add_string(&text, ", new ones last");
    if (place->count > 1 && column + 3 + (int)text_width(buf_text(&text), canvas->widths) < end)
        canvas_text(canvas, column + 3, model->layout.chips.row, ink(ROLE_DIM), buf_text(&text));
    buf_release(&text);
}

static void draw_title(const struct model *model, struct canvas *canvas)
{
    int y = model->layout.chips.row;
    int column = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), "Plan ");
    column = canvas_text(canvas, column, y, ink_strong(ROLE_TEXT), text_of(model->scenario.name));
    if (canvas->columns >= 60)
        column =
            frame_key(canvas, column + 2, y, ROLE_TEXT, model_key(model, 'w').text, "other plans");
    const char *rests =
        canvas->columns >= 100 ? "figures rest on default assumptions !" : "default assumptions !";
    int at = canvas->columns - 1 - (int)text_of(rests).length;
    bool warns = rests_on_defaults(&model->scenario) && at > column + 2;
    if (warns)
        canvas_string(canvas, at, y, ink(ROLE_WARN), rests);
    draw_order(model, canvas, column, warns ? at - 1 : canvas->columns);
}

/* In the blank of the gutter: that there are others above or below. */
static void draw_more(const struct model *model, struct canvas *canvas, struct area rows)
{
    size_t in_view = rows.rows > 1 ? (size_t)rows.rows - 1 : 0, top = model->plan.at.top;
    if (in_view > 0 && top > 0)
        canvas_glyph(canvas, rows.column + 3, rows.row + 1, ink(ROLE_DIM), GLYPH_UP);
    if (in_view > 0 && top + in_view < model->plan.count)
        canvas_glyph(canvas, rows.column + 3, rows.row + rows.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
}

void pane_plan(const struct model *model, struct canvas *canvas)
{
    struct plan_layout layout = plan_layout(model);
    struct plan_column shown[PLAN_COLUMNS_MOST];
    int count = plan_columns(layout.rows.columns, shown);
    draw_title(model, canvas);
    if (model->plan.count == 0)
        draw_empty(canvas, (struct area){layout.rows.column, layout.rows.row, layout.rows.columns,
                                         layout.rows.rows + layout.below.rows});
    else if (layout.rows.rows > 0)
        draw_heading(model, canvas, layout.rows, shown, count);
    for (int i = 1; i < layout.rows.rows; i++) {
        size_t place = model->plan.at.top + (size_t)i - 1;
        if (place >= model->plan.count)
            break;
        struct area line = {layout.rows.column, layout.rows.row + i, layout.rows.columns, 1};
        draw_row(model, canvas, line, shown, count, place);
    }
    draw_more(model, canvas, layout.rows);
}
