#include "xlsx_internal.h"

#include <math.h>

#include "domain/show.h"

/* Creators side by side, with their followers over time below. */

enum { COMPARISON_HEAD = 2 };

static void names(struct xlsx_sheet *sheet, const struct handover_comparison *all)
{
    struct buf text = BUF_INIT;
    handover_title(sheet->xlsx->handover, &text);
    xlsx_text(sheet, 0, buf_text(&text), XLSX_TITLE);
    sheet->row = COMPARISON_HEAD;
    xlsx_string(sheet, 0, "Figure", XLSX_HEAD);
    for (size_t i = 0; i < all->count; i++) {
        buf_clear(&text);
        buf_addf(&text, "%s/", platforms[all->who[i].platform].word);
        buf_add_text(&text, all->who[i].handle);
        xlsx_text(sheet, (lxw_col_t)(i + 1), buf_text(&text), XLSX_HEAD);
        sheet->widths[i + 1] = fmin((double)text.length, 24);
    }
    sheet->row++;
    buf_release(&text);
}

/* `part` of a range: its low, its high; of the others the value. */
static void figures(struct xlsx_sheet *sheet, const struct handover_comparison *all,
                    const struct handover_line *line, int part, const char *more)
{
    struct buf title = BUF_INIT;
    buf_add_text(&title, line->title);
    buf_add_string(&title, line->unlike ? " (on different bases)" : more);
    xlsx_text(sheet, 0, buf_text(&title), XLSX_PLAIN);
    for (size_t i = 0; i < all->count; i++) {
        const struct handover_figure *figure = &line->figures[i];
        double value = part == 0 ? figure->value : part == 1 ? figure->low : figure->high;
        xlsx_number(sheet, (lxw_col_t)(i + 1), line->unit, value,
                    part == 0 ? figure->mark : (char)0,
                    figure->best && !line->unlike ? XLSX_BEST : XLSX_PLAIN);
    }
    sheet->row++;
    buf_release(&title);
}

static void lines(struct xlsx_sheet *sheet, const struct handover_comparison *all)
{
    for (size_t i = 0; i < all->line_count; i++) {
        const struct handover_line *line = &all->lines[i];
        if (i == 0 || !text_equal(line->group, line[-1].group)) {
            xlsx_text(sheet, 0, line->group, XLSX_SUM);
            sheet->row++;
        }
        if (line->range) {
            figures(sheet, all, line, 1, ", from");
            figures(sheet, all, line, 2, ", to");
        } else {
            figures(sheet, all, line, 0, "");
        }
    }
    sheet->row++;
    for (size_t i = 0; i < all->reason_count; i++) {
        xlsx_text(sheet, 0, all->reasons[i], XLSX_NOTE);
        sheet->row++;
    }
    xlsx_note(sheet, "Green: the best of its row.");
}

/* ---- Followers over time ---- */

static bool has_past(const struct handover_comparison *all)
{
    bool any = false;
    for (size_t i = 0; all->past && i < all->count; i++)
        any = any || all->past[i].count > 1;
    return any;
}

static void one_past(struct xlsx_sheet *sheet, const struct handover_comparison *all, size_t i,
                     lxw_chart *chart)
{
    const struct handover_past *past = &all->past[i];
    struct buf name = BUF_INIT;
    lxw_row_t first = sheet->row;
    for (size_t k = 0; k < past->count; k++) {
        xlsx_text(sheet, 0, all->who[i].handle, XLSX_PLAIN);
        xlsx_number(sheet, 1, UNIT_TIME, past->at[k], 0, XLSX_PLAIN);
        xlsx_number(sheet, 2, UNIT_COUNT, past->followers[k], 0, XLSX_PLAIN);
        sheet->row++;
    }
    if (past->count > 1) {
        lxw_chart_series *line = chart_add_series(chart, NULL, NULL);
        chart_series_set_categories(line, "History", first, 1, sheet->row - 1, 1);
        chart_series_set_values(line, "History", first, 2, sheet->row - 1, 2);
        utf8_repair(&name, all->who[i].handle);
        chart_series_set_name(line, buf_string(&name));
    }
    buf_release(&name);
}

static void history(struct xlsx *xlsx, const struct handover_comparison *all)
{
    struct xlsx_sheet sheet;
    xlsx_sheet_open(&sheet, xlsx, "History", 3);
    if (sheet.sheet) {
        lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_SCATTER_STRAIGHT);
        xlsx_string(&sheet, 0, "Creator", XLSX_HEAD);
        xlsx_string(&sheet, 1, "Date", XLSX_HEAD);
        xlsx_string(&sheet, 2, "Followers", XLSX_HEAD);
        sheet.row = 1;
        for (size_t i = 0; i < all->count; i++)
            one_past(&sheet, all, i, chart);
        chart_title_set_name(chart, "Followers over time");
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
        chart_axis_set_num_format(chart->x_axis, "mmm yyyy");
        lxw_chart_options size = {.x_scale = 1.6, .y_scale = 1.4};
        worksheet_insert_chart_opt(sheet.sheet, 1, 4, chart, &size);
        worksheet_freeze_panes(sheet.sheet, 1, 0);
    }
    xlsx_sheet_close(&sheet);
}

void xlsx_comparison(struct xlsx *xlsx, const struct handover_comparison *comparison)
{
    struct xlsx_sheet sheet;
    xlsx_sheet_open(&sheet, xlsx, "Comparison", comparison->count + 1);
    names(&sheet, comparison);
    lines(&sheet, comparison);
    if (sheet.sheet)
        worksheet_freeze_panes(sheet.sheet, COMPARISON_HEAD + 1, 1);
    xlsx_sheet_close(&sheet);
    if (has_past(comparison))
        history(xlsx, comparison);
}
