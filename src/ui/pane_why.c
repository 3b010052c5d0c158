#include "app/why.h"

#include <math.h>

#include "base/number.h"
#include "domain/show.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* Why a figure is what it is: from the facts down, a step a line. */

#define WHY_COLUMNS 100
#define TITLE_AT 3
#define TITLE_CELLS 19
#define VALUE_CELLS 10

static void title_text(const struct model *model, uint32_t row, struct buf *out)
{
    struct figure figure = figure_of(model, model->why_column, row, false);
    buf_addf(out, "Why %s %s  @", columns[model->why_column].title, figure.text);
    buf_add_text(out, catalog_text(model->catalog, COL_HANDLE, row));
}

/* Where reasons start in a line, and the room they have. */
#define REASON_AT (TITLE_AT + TITLE_CELLS + VALUE_CELLS + 3)

static int reason_cells(struct area area)
{
    return area.columns - REASON_AT;
}

/* People at the top of a funnel, whom its bars are shares of; NaN: it is none. */
static double funnel_from(const struct model *model)
{
    const struct why_line *first = &model->why[0];
    int counts = 0;
    for (int i = 1; i < model->why_count; i++)
        counts += model->why[i].sign == '=' && model->why[i].unit == UNIT_ESTIMATE &&
                  model->why[i].value <= first->value;
    bool people = first->unit == UNIT_COUNT || first->unit == UNIT_AVERAGE; /* followers, views */
    return people && counts > 0 ? first->value : NAN;
}

/* How many are left of those at the top, where the reason leaves room for it. */
static void draw_people(struct canvas *canvas, struct area at, const struct why_line *line,
                        double people)
{
    int cells = at.columns >= WHY_COLUMNS - 2 ? 14 : 10, left = at.columns - REASON_AT - cells - 2;
    bool counts = line->sign == ' ' || (line->sign == '=' && line->unit == UNIT_ESTIMATE);
    if (counts && number_known(people) &&
        (int)text_width(text_of(line->reason), canvas->widths) <= left)
        chart_bar(canvas, at.column + at.columns - cells - 1, at.row, cells,
                  fmin(1, line->value / people), ink(ROLE_GRAPH2));
}

static void draw_step(const struct model *model, struct canvas *canvas, struct area at,
                      const struct why_line *line, double people, bool cursor)
{
    char sign[2] = {line->sign, 0};
    bool result = line->sign == '=';
    struct buf value = BUF_INIT;
    canvas_string(canvas, at.column + 1, at.row, ink(ROLE_DIM), sign);
    canvas_fit(canvas, at.column + TITLE_AT, at.row, TITLE_CELLS, FIT_LEFT,
               result ? ink_strong(ROLE_TITLE) : ink(ROLE_TEXT), text_of(line->title));
    show_number(&value, line->unit, line->value, true, model->style);
    int at_value = at.column + TITLE_AT + TITLE_CELLS;
    canvas_fit(canvas, at_value, at.row, VALUE_CELLS, FIT_RIGHT,
               result ? ink_strong(ROLE_TEXT) : ink(ROLE_TEXT), buf_text(&value));
    buf_release(&value);
    int at_reason = at.column + REASON_AT;
    if (line->assumed)
        canvas_string(canvas, at_reason - 2, at.row, ink(ROLE_WARN), "!");
    canvas_fit(canvas, at_reason, at.row, reason_cells(at), FIT_LEFT,
               ink(line->assumed ? ROLE_WARN : ROLE_DIM), text_of(line->reason));
    draw_people(canvas, at, line, people);
    if (cursor) {
        canvas_glyph(canvas, at.column, at.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
        canvas_surface(canvas, (struct area){at.column, at.row, at.columns, 1}, ROLE_CURSOR);
    }
}

/* A reason that does not fit its line stands whole at the foot while the cursor is on it, over as many
 * of the two lines there as it takes. */
static void draw_reason(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct why_line *line = &model->why[model->overlay_scroll.cursor];
    struct text rest = text_of(line->reason), first;
    int width = area.columns - 2;
    if ((int)text_width(rest, canvas->widths) <= reason_cells(area))
        return;
    first = frame_line(canvas, &rest, width);
    int y = area.row + area.rows - (rest.length > 0 ? 2 : 1);
    struct ink look = ink(line->assumed ? ROLE_WARN : ROLE_DIM);
    canvas_fill(canvas, (struct area){area.column, y, area.columns, area.row + area.rows - y},
                ink(ROLE_TEXT), ' ');
    canvas_text(canvas, area.column + 1, y, look, first);
    canvas_fit(canvas, area.column + 1, y + 1, rest.length > 0 ? width : 0, FIT_LEFT, look, rest);
}

static void draw_range(const struct model *model, struct canvas *canvas, struct area area, int y,
                       const struct figures *figures)
{
    struct buf range = BUF_INIT;
    figure_range(model, figures, "8 in 10 between ", " and ", &range);
    int end = canvas_text(canvas, area.column + 1, y, ink(ROLE_TEXT), buf_text(&range)) + 3;
    buf_release(&range);
    int cells = area.column + area.columns - end - 2;
    if (cells > 12)
        figure_chart(canvas, end, y, cells, figures);
}

static bool has_range(const struct model *model, const struct figures *figures)
{
    return columns[model->why_column].unit == UNIT_ROI && number_known(figures->roi_p10);
}

/* Where the rows of the box go: the steps, and as far as there is room above them what the figure means,
 * below them its range, what is assumed, a blank, what would reach a goal. */
struct parts {
    bool meaning, blank, goal;
    int foot;
};

#define FOOT_LEAST 2 /* the range and what is assumed; a long reason lies over them */

static struct parts parts_of(const struct model *model, const struct canvas *canvas)
{
    struct parts parts = {.foot = FOOT_LEAST};
    int most = canvas->rows - 5 - model->layout.told.rows - model->why_count - parts.foot;
    parts.meaning = most-- > 0;
    parts.goal = model->why_column == COL_ROI && most > 0;
    most -= parts.goal;
    parts.blank = most > 0 && (parts.goal || canvas->columns >= WHY_COLUMNS);
    parts.foot += parts.goal + parts.blank;
    return parts;
}

static void draw_foot(const struct model *model, struct canvas *canvas, struct area area,
                      const struct parts *parts, uint32_t row)
{
    struct figures figures;
    struct buf text = BUF_INIT;
    int y = area.row + area.rows - 1, room = area.columns - 2;
    if (parts->goal) {
        why_say_goal(model, room, &text);
        canvas_fit(canvas, area.column + 1, y--, room, FIT_LEFT, ink(ROLE_TEXT), buf_text(&text));
        buf_clear(&text);
    }
    why_say_inputs(model, room, &text);
    if (text.length > 0)
        canvas_fit(canvas, area.column + 1, y, room, FIT_LEFT, ink(ROLE_WARN), buf_text(&text));
    buf_release(&text);
    sheet_figures(model->sheet, row, &figures);
    if (has_range(model, &figures))
        draw_range(model, canvas, area, y - 1, &figures);
}

/* Above the steps, or where the box has no room for it in the status line. */
static void draw_meaning(const struct model *model, struct canvas *canvas, struct area area,
                         const struct parts *parts)
{
    struct text meaning = why_meaning(model->why_column);
    struct area line = model->layout.status;
    if (parts->meaning) {
        canvas_fit(canvas, area.column + 1, area.row, area.columns - 2, FIT_LEFT, ink(ROLE_DIM),
                   meaning);
    } else if (status_is_free(model)) {
        canvas_fill(canvas, line, ink(ROLE_TEXT), ' ');
        canvas_fit(canvas, 1, line.row, line.columns - 2, FIT_LEFT, ink(ROLE_DIM), meaning);
    }
}

void pane_why(const struct model *model, struct canvas *canvas)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE)
        return;
    struct buf title = BUF_INIT;
    title_text(model, row, &title);
    struct parts parts = parts_of(model, canvas);
    struct area area =
        frame_box(model, canvas, WHY_COLUMNS, parts.meaning + model->why_count + parts.foot,
                  buf_text(&title), contexts[CONTEXT_WHY].way_out);
    buf_release(&title);
    bool roomy = area.rows >= parts.foot + 3; /* else the steps themselves come first */
    draw_meaning(model, canvas, area, &parts);
    area.row += parts.meaning;
    area.rows -= parts.meaning;
    int height = roomy ? area.rows - parts.foot : area.rows;
    double people = funnel_from(model);
    struct scroll scroll = model->overlay_scroll;
    scroll_settle(&scroll, (size_t)model->why_count, (size_t)(height > 1 ? height : 1));
    for (int i = 0; i < height && (int)scroll.top + i < model->why_count; i++) {
        size_t index = scroll.top + (size_t)i;
        draw_step(model, canvas, (struct area){area.column, area.row + i, area.columns, 1},
                  &model->why[index], people, index == scroll.cursor);
    }
    if (!roomy)
        return;
    draw_foot(model, canvas, area, &parts, row);
    if (model->why_count > 0)
        draw_reason(model, canvas, area);
}
