#include <math.h>
#include <stdio.h>

#include "domain/show.h"
#include "ui_internal.h"

/* Plans side by side: rows are totals and the assumptions in which they differ. */

struct grid {
    int title;      /* cells of the rows' titles */
    int each;       /* cells of a column */
    int across;     /* columns in view, the one in use among them */
    size_t from;    /* the first of the others */
    bool with_both; /* a figure and its difference side by side; else only the difference */
};

static size_t column_at(const struct grid *grid, int i)
{
    if (i == 0 && (grid->across > 1 || grid->from <= 1))
        return grid->across == 1 && grid->from > 1 ? grid->from : 0;
    return grid->across == 1 ? grid->from : grid->from + (size_t)i - 1;
}

static struct grid grid_of(const struct model *model)
{
    struct grid grid = {
        .title = plans_title(model), .across = plans_across(model), .from = plans_from(model)};
    if (grid.across == 1 && model->side_by_side.focus == 0)
        grid.from = 1;
    grid.each = (model->layout.columns - grid.title) / (grid.across ? grid.across : 1);
    if (grid.each > 26)
        grid.each = 26;
    grid.with_both = grid.each >= 22;
    return grid;
}

/* In short, under the totals of the plan. */
static struct grid grid_below(const struct model *model, struct area area)
{
    struct grid grid = {.title = 22, .each = PLANS_COLUMN_LEAST, .from = 1};
    int most = (area.columns - grid.title) / grid.each;
    grid.across = most < (int)model->side_by_side.count ? most : (int)model->side_by_side.count;
    return grid;
}

/* What is said below its name. */
static void column_note(const struct plans_column *column, struct buf *out)
{
    static const char *const kinds[] = {
        [PLANS_IN_USE] = "in use, of ", [PLANS_KEPT] = "", [PLANS_PRESET] = "if it were so"};
    buf_add_string(out, kinds[column->kind]);
    if (column->kind != PLANS_PRESET)
        buf_addf(out, column->kind == PLANS_IN_USE ? "%zu" : "%zu in it", column->totals.creators);
    if (column->missing > 0)
        buf_addf(out, ", %zu gone", column->missing);
}

static void draw_head(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      int at, int y, size_t index)
{
    const struct plans_place *place = &model->side_by_side;
    const struct plans_column *column = &place->columns[index];
    bool focused = model->place == PLACE_PLANS && index == place->focus;
    struct ink name = focused ? (struct ink){ROLE_TAB, ROLE_TAB, true} : ink_strong(ROLE_TITLE);
    struct buf note = BUF_INIT;
    canvas_fit(canvas, at + 1, y, grid->each - 1, FIT_RIGHT, name, text_of(column->title));
    if (plans_base(model) == index)
        buf_add_string(&note, "measured against");
    else
        column_note(column, &note);
    frame_right(canvas, at + 1, y + 1, grid->each - 1,
                ink(plans_base(model) == index ? ROLE_OWN
                    : column->missing > 0      ? ROLE_WARN
                                               : ROLE_DIM),
                buf_text(&note));
    canvas_hit(canvas, (struct area){at, y, grid->each, 2}, HIT_PLAN, index);
    buf_release(&note);
}

static void value_text(const struct model *model, const struct plans_column *column,
                       const struct plans_row *row, struct buf *out, enum role *role)
{
    char mark;
    double value = plans_value(column, row, &mark);
    *role = mark == '~' ? ROLE_EST : mark == '=' ? ROLE_OWN : ROLE_TEXT;
    if (mark != ' ' && (number_known(value) || row->knob.key[0]))
        buf_add_char(out, mark);
    if (row->knob.key[0] && row->knob.kind != KNOB_NUMBER) {
        scenario_knob_get(&column->scenario, text_of(row->knob.key), out);
        return;
    }
    show_number(out, row->unit, value, false, model->style);
    bool sign = row->unit == UNIT_ROI || row->unit == UNIT_PROFIT;
    if (!number_known(value))
        *role = isinf(value) ? ROLE_BAD : ROLE_DIM;
    else if (mark == ' ' && sign)
        *role = value > 0 ? ROLE_GOOD : value < 0 ? ROLE_BAD : ROLE_TEXT;
}

/* By how much it differs from what it is measured against; false: nothing to say. */
static bool difference_text(const struct model *model, const struct plans_column *column,
                            const struct plans_row *row, struct buf *out, enum role *role)
{
    const struct plans_column *base = &model->side_by_side.columns[plans_base(model)];
    char mark;
    double by = plans_value(column, row, &mark) - plans_value(base, row, &mark);
    bool points = row->unit == UNIT_ROI || row->unit == UNIT_SHARE;
    if (!number_known(by) || by == 0)
        return false;
    *role = row->neutral || fabs(by) < 1e-12 ? ROLE_TEXT
            : (by > 0) != row->less          ? ROLE_GOOD
                                             : ROLE_BAD;
    size_t from = out->length;
    if (by > 0)
        buf_add_char(out, '+');
    if (points)
        number_fixed(out, by * 100, row->unit == UNIT_SHARE ? 2 : 0, model->style);
    else if (row->unit == UNIT_PROFIT)
        number_fixed(out, by, 0, model->style);
    else
        show_number(out, row->unit, by, false, model->style);
    if (points)
        buf_add_string(out, " pt");
    bool shows = false; /* what is shown as 0 is no difference */
    for (size_t i = from; i < out->length; i++)
        shows = shows || (out->at[i] >= '1' && out->at[i] <= '9');
    return shows;
}

static void draw_cell(const struct model *model, struct canvas *canvas, const struct grid *grid,
                      int at, int y, const struct plans_row *row, size_t index)
{
    const struct plans_column *column = &model->side_by_side.columns[index];
    size_t base = plans_base(model);
    struct buf value = BUF_INIT, by = BUF_INIT;
    enum role role, by_role = ROLE_DIM;
    bool measured = base != PLANS_NONE && base != index;
    value_text(model, column, row, &value, &role);
    measured = measured && difference_text(model, column, row, &by, &by_role);
    int cells = grid->each - 1;
    if (measured && grid->with_both) {
        canvas_fit(canvas, at + 1 + cells - 11, y, 11, FIT_RIGHT, ink(by_role), buf_text(&by));
        frame_right(canvas, at + 1, y, cells - 12, (struct ink){role, ROLE_TEXT, index == 0},
                    buf_text(&value));
    } else if (measured) {
        canvas_fit(canvas, at + 1, y, cells, FIT_RIGHT, ink(by_role), buf_text(&by));
    } else {
        int shift = grid->with_both && base != PLANS_NONE && base != index ? 12 : 0;
        frame_right(canvas, at + 1, y, cells - shift, (struct ink){role, ROLE_TEXT, index == 0},
                    buf_text(&value));
    }
    buf_release(&value);
    buf_release(&by);
}

static void draw_row(const struct model *model, struct canvas *canvas, const struct grid *grid,
                     struct area line, size_t index)
{
    const struct plans_row *row = &model->side_by_side.rows.items[index];
    canvas_fit(canvas, line.column + 2, line.row, grid->title - 2, FIT_LEFT,
               ink(row->knob.key[0] ? ROLE_DIM : ROLE_TEXT),
               text_of(row->title ? row->title : row->knob.title));
    for (int i = 0; i < grid->across; i++)
        draw_cell(model, canvas, grid, line.column + grid->title + i * grid->each, line.row, row,
                  column_at(grid, i));
}

static void draw_title(const struct model *model, struct canvas *canvas)
{
    const struct plans_place *place = &model->side_by_side;
    int y = model->layout.chips.row;
    char text[64];
    snprintf(text, sizeof text, "Plans side by side");
    int column = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), text) + 3;
    size_t base = plans_base(model);
    column = canvas_string(canvas, column, y, ink_strong(ROLE_KEY), "=") + 1;
    column = canvas_string(canvas, column, y, ink(ROLE_TEXT), "against: ");
    column = canvas_text(canvas, column, y, ink(ROLE_TEXT),
                         text_of(base == PLANS_NONE ? "none" : place->columns[base].title));
    int across = plans_across(model);
    if (across < (int)place->count) {
        snprintf(text, sizeof text, "%d of %zu in view", across, place->count);
        if (column + 3 + (int)text_of(text).length < canvas->columns)
            canvas_string(canvas, column + 3, y, ink(ROLE_WARN), text);
    }
}

void pane_plans(const struct model *model, struct canvas *canvas)
{
    const struct plans_place *place = &model->side_by_side;
    struct area body = model->layout.body;
    struct grid grid = grid_of(model);
    draw_title(model, canvas);
    for (int i = 0; i < grid.across; i++)
        draw_head(model, canvas, &grid, grid.title + i * grid.each, body.row, column_at(&grid, i));
    for (int i = 0; i < plans_height(model); i++) {
        size_t index = place->at.top + (size_t)i;
        struct area line = {0, body.row + 2 + i, body.columns, 1};
        if (index >= place->rows.count)
            break;
        draw_row(model, canvas, &grid, line, index);
        canvas_hit(canvas, line, HIT_PLAN_ROW, index);
        if (index != place->at.cursor)
            continue;
        canvas_glyph(canvas, 0, line.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
        canvas_surface(canvas, line, ROLE_CURSOR);
    }
}

void pane_plans_below(const struct model *model, struct canvas *canvas)
{
    struct area area = plan_layout(model).below;
    struct grid grid = grid_below(model, area);
    int y = area.row + 1;
    int column = canvas_string(canvas, 1, y, ink_strong(ROLE_TITLE), "Plans side by side");
    canvas_string(canvas, column + 1, y, ink_strong(ROLE_KEY), "w");
    for (int i = 0; i < grid.across; i++)
        draw_head(model, canvas, &grid, grid.title + i * grid.each, y, column_at(&grid, i));
    for (int i = 0; y + 2 + i < area.row + area.rows; i++)
        if ((size_t)i < model->side_by_side.rows.count)
            draw_row(model, canvas, &grid, (struct area){0, y + 2 + i, area.columns, 1}, (size_t)i);
}
