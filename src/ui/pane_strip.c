#include <stdlib.h>

#include "base/mem.h"
#include "ui/chart.h"
#include "ui_internal.h"

/* The creator under the cursor in four lines below the list. */

static int put(const struct model *model, struct canvas *canvas, int column, int y,
               const char *label, enum column figure_column, uint32_t row)
{
    struct figure figure = figure_of(model, figure_column, row, false);
    column = canvas_string(canvas, column, y, ink(ROLE_DIM), label) + 1;
    return canvas_string(canvas, column, y, ink(figure.role), figure.text);
}

/* Small print stands whole before `end`, or not at all. */
static int put_small(struct canvas *canvas, int column, int y, int end, struct text text)
{
    bool fits = column + 2 + (int)text_width(text, canvas->widths) <= end;
    return fits ? canvas_text(canvas, column + 2, y, ink(ROLE_DIM), text) : column;
}

static int put_note(const struct model *model, struct canvas *canvas, int column, int y, int end,
                    enum column noted, uint32_t row)
{
    struct buf note = BUF_INIT;
    figure_note(model, noted, row, &note);
    column = put_small(canvas, column, y, end, buf_text(&note));
    buf_release(&note);
    return column;
}

static void draw_spark(const struct model *model, struct canvas *canvas, int column, int y,
                       int cells)
{
    double *values = mem_zero(model->history_count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < model->history_count; i++)
        if (number_known(model->history[i].followers))
            values[count++] = model->history[i].followers;
    if (history_known(model))
        chart_spark(canvas, column, y, cells, values, count, ink(ROLE_GRAPH2));
    free(values);
}

/* How old the oldest of what is out of date is. */
static void put_age(const struct model *model, struct canvas *canvas, int column, int y, int end,
                    uint32_t row)
{
    struct buf text = BUF_INIT;
    age_text(model, row, &text);
    if (text.length > 0 && column + 2 + (int)text.length <= end)
        canvas_text(canvas, column + 2, y, ink(ROLE_WARN), buf_text(&text));
    buf_release(&text);
}

static void draw_left(const struct model *model, struct canvas *canvas, int at, int y, int end,
                      uint32_t row)
{
    int column = put(model, canvas, at, y, "Followers", COL_FOLLOWERS, row);
    int cells = end - column - 3;
    draw_spark(model, canvas, column + 2, y, cells < 26 ? cells : 26);
    column = put(model, canvas, at, y + 1, "ER", COL_ER, row);
    if (sheet_known(model->sheet, COL_ER_INDEX, row))
        column = put(model, canvas, column + 2, y + 1, "vs peers", COL_ER_INDEX, row);
    column = put_note(model, canvas, column, y + 1, end, COL_ER, row);
    put_age(model, canvas, column, y + 1, end, row);
    column = put(model, canvas, at, y + 2, "Fee", COL_FEE, row);
    put_note(model, canvas, column, y + 2, end, COL_FEE, row);
}

static void draw_right(const struct model *model, struct canvas *canvas, int at, int y, int end,
                       uint32_t row)
{
    struct figures figures;
    struct buf range = BUF_INIT;
    sheet_figures(model->sheet, row, &figures);
    int column = put(model, canvas, at, y, "ROI", COL_ROI, row);
    if (number_known(figures.roi_p10))
        figure_range(model, &figures, "8 in 10: ", " to ", &range);
    put_small(canvas, column, y, end, buf_text(&range));
    buf_release(&range);
    column = put(model, canvas, at, y + 1, "Profit", COL_PROFIT, row);
    put_note(model, canvas, column, y + 1, end, COL_ROI_VS_BASELINE, row);
    column = put(model, canvas, at, y + 2, "Break-even fee", COL_BREAKEVEN_FEE, row);
    column = put_note(model, canvas, column, y + 2, end, COL_BREAKEVEN_FEE, row);
    if (end - column > 9)
        frame_key(canvas, column + 3, y + 2, ROLE_TEXT, model_key(model, 'i').text, "why");
}

void pane_strip(const struct model *model, struct canvas *canvas)
{
    struct area area = model->layout.strip;
    uint32_t row = model_row(model);
    if (row == CATALOG_NONE)
        return;
    struct buf title = BUF_INIT;
    identity_text(model, row, &title);
    buf_add_string(&title, "  ");
    buf_add_text(&title, catalog_text(model->catalog, COL_NAME, row));
    frame_rule(canvas, area, buf_text(&title), ink_strong(ROLE_TITLE), "Enter all");
    buf_release(&title);
    int half = area.column + area.columns / 2;
    draw_left(model, canvas, area.column + 1, area.row + 1, half - 1, row);
    draw_right(model, canvas, half, area.row + 1, area.column + area.columns, row);
}
