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

static int put_note(const struct model *model, struct canvas *canvas, int column, int y,
                    enum column noted, uint32_t row)
{
    struct buf note = BUF_INIT;
    figure_note(model, noted, row, &note);
    column = canvas_text(canvas, column + 1, y, ink(ROLE_DIM), buf_text(&note));
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

static void draw_strip_right(const struct model *model, struct canvas *canvas, int at, int y,
                             uint32_t row)
{
    struct figures figures;
    struct buf text = BUF_INIT;
    sheet_figures(model->sheet, row, &figures);
    int end = put(model, canvas, at, y, "ROI", COL_ROI, row);
    if (number_known(figures.roi_p10)) {
        figure_range(model, &figures, "8 in 10: ", " to ", &text);
        canvas_text(canvas, end + 2, y, ink(ROLE_DIM), buf_text(&text));
    }
    end = put(model, canvas, at, y + 1, "Profit", COL_PROFIT, row);
    put_note(model, canvas, end + 1, y + 1, COL_ROI_VS_BASELINE, row);
    end = put(model, canvas, at, y + 2, "Break-even fee", COL_BREAKEVEN_FEE, row);
    end = put_note(model, canvas, end, y + 2, COL_BREAKEVEN_FEE, row);
    if (canvas->columns - end > 9)
        frame_key(canvas, end + 3, y + 2, ROLE_TEXT, "i", "why");
    buf_release(&text);
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
    bool wide = area.columns >= 90;
    int y = area.row + 1;
    int end = put(model, canvas, area.column + 1, y, "Followers", COL_FOLLOWERS, row);
    draw_spark(model, canvas, end + 2, y, half - end - 4 < 26 ? half - end - 4 : 26);
    end = put(model, canvas, area.column + 1, y + 1, "ER", COL_ER, row);
    if (wide)
        end = put_note(model, canvas, end, y + 1, COL_ER, row);
    if (sheet_known(model->sheet, COL_ER_INDEX, row))
        put(model, canvas, end, y + 1, ", vs peers", COL_ER_INDEX, row);
    end = put(model, canvas, area.column + 1, y + 2, "Fee", COL_FEE, row);
    put_note(model, canvas, end, y + 2, COL_FEE, row);
    canvas_fill(canvas, (struct area){half - 1, y, area.columns - area.columns / 2 + 1, 3},
                ink(ROLE_TEXT), ' ');
    draw_strip_right(model, canvas, half, y, row);
}
