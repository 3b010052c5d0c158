#include <math.h>
#include <stdio.h>

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
    int at_reason = at_value + VALUE_CELLS + 1;
    if (line->assumed)
        canvas_string(canvas, at_reason, at.row, ink(ROLE_WARN), "!");
    int cells = at.column + at.columns - at_reason - 2;
    canvas_fit(canvas, at_reason + 2, at.row, cells, FIT_LEFT,
               ink(line->assumed ? ROLE_WARN : ROLE_DIM), text_of(line->reason));
    if (cursor)
        canvas_surface(canvas, (struct area){at.column, at.row, at.columns, 1}, ROLE_CURSOR);
}

/* What a narrow screen cuts off the reasons stands here in full for the line under the cursor. */
static void draw_reason(const struct model *model, struct canvas *canvas, struct area area)
{
    const struct why_line *line = &model->why[model->overlay_scroll.cursor];
    struct text rest = text_of(line->reason);
    for (int row = 0; row < 2 && rest.length > 0; row++)
        canvas_text(canvas, area.column + 1, area.row + row,
                    ink(line->assumed ? ROLE_WARN : ROLE_DIM),
                    frame_line(canvas, &rest, area.columns - 2));
}

static void draw_foot(const struct model *model, struct canvas *canvas, struct area area,
                      uint32_t row)
{
    struct figures figures;
    int assumed = 0;
    char text[80];
    for (int i = 0; i < model->why_count; i++)
        assumed += model->why[i].assumed;
    sheet_figures(model->sheet, row, &figures);
    int y = area.row + area.rows - 1;
    if (assumed > 0) {
        snprintf(text, sizeof text,
                 "! %d of these rest on assumptions: your own figures belong there", assumed);
        canvas_fit(canvas, area.column + 1, y, area.columns - 2, FIT_LEFT, ink(ROLE_WARN),
                   text_of(text));
    }
    bool ranged = columns[model->why_column].unit == UNIT_ROI && number_known(figures.roi_p10);
    if (!ranged)
        return;
    struct buf range = BUF_INIT;
    buf_add_string(&range, "8 in 10 between ");
    show_number(&range, UNIT_ROI, figures.roi_p10, false, model->style);
    buf_add_string(&range, " and ");
    show_number(&range, UNIT_ROI, figures.roi_p90, false, model->style);
    int end = canvas_text(canvas, area.column + 1, y - 1, ink(ROLE_TEXT), buf_text(&range)) + 3;
    buf_release(&range);
    struct chart_range chart = {.low = figures.roi_p10,
                                .median = figures.roi_p50,
                                .high = figures.roi_p90,
                                .from = fmin(-1, figures.roi_p10),
                                .to = fmax(1, figures.roi_p90),
                                .zero = 0};
    int cells = area.column + area.columns - end - 2;
    if (cells > 12)
        chart_range(canvas, end, y - 1, cells, &chart, ink(ROLE_DIM), ink(ROLE_GOOD));
}

void pane_why(const struct model *model, struct canvas *canvas)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE)
        return;
    struct buf title = BUF_INIT;
    title_text(model, row, &title);
    bool narrow = canvas->columns < WHY_COLUMNS;
    int foot = narrow ? 5 : 3;
    struct area area = frame_box(canvas, WHY_COLUMNS, model->why_count + foot, buf_text(&title),
                                 contexts[CONTEXT_WHY].way_out);
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
    if (narrow && model->why_count > 0)
        draw_reason(model, canvas,
                    (struct area){area.column, area.row + area.rows - 4, area.columns, 2});
    draw_foot(model, canvas, area, row);
}
