#include <stdio.h>

#include "base/number.h"
#include "domain/show.h"
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

static void draw_step(const struct model *model, struct canvas *canvas, struct area at,
                      const struct why_line *line, bool cursor)
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
    if (cursor)
        canvas_surface(canvas, (struct area){at.column, at.row, at.columns, 1}, ROLE_CURSOR);
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

static void draw_foot(const struct model *model, struct canvas *canvas, struct area area,
                      uint32_t row)
{
    struct figures figures;
    int assumed = 0, y = area.row + area.rows - 1;
    char text[120];
    for (int i = 0; i < model->why_count; i++)
        assumed += model->why[i].assumed;
    const struct why_line *line = &model->why[model->overlay_scroll.cursor];
    if (line->assumed && line->parameter)
        snprintf(text, sizeof text,
                 "! %d of these rest on assumptions; :set %s makes this one yours", assumed,
                 line->parameter);
    else
        snprintf(text, sizeof text,
                 "! %d of these rest on assumptions: your own figures belong there", assumed);
    if (assumed > 0)
        canvas_fit(canvas, area.column + 1, y, area.columns - 2, FIT_LEFT, ink(ROLE_WARN),
                   text_of(text));
    sheet_figures(model->sheet, row, &figures);
    if (columns[model->why_column].unit == UNIT_ROI && number_known(figures.roi_p10))
        draw_range(model, canvas, area, y - 1, &figures);
}

void pane_why(const struct model *model, struct canvas *canvas)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE)
        return;
    struct buf title = BUF_INIT;
    title_text(model, row, &title);
    bool narrow = canvas->columns < WHY_COLUMNS;
    int foot = narrow ? 2 : 3;
    struct area area = frame_box(model, canvas, WHY_COLUMNS, model->why_count + foot,
                                 buf_text(&title), contexts[CONTEXT_WHY].way_out);
    buf_release(&title);
    bool roomy = area.rows >= foot + 3; /* else the steps themselves come first */
    int height = roomy ? area.rows - foot : area.rows;
    struct scroll scroll = model->overlay_scroll;
    scroll_settle(&scroll, (size_t)model->why_count, (size_t)(height > 1 ? height : 1));
    for (int i = 0; i < height && (int)scroll.top + i < model->why_count; i++) {
        size_t index = scroll.top + (size_t)i;
        draw_step(model, canvas, (struct area){area.column, area.row + i, area.columns, 1},
                  &model->why[index], index == scroll.cursor);
    }
    if (!roomy)
        return;
    draw_foot(model, canvas, area, row);
    if (model->why_count > 0)
        draw_reason(model, canvas, area);
}
