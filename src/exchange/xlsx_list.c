#include "base/mem.h"
#include "base/vec.h"
#include "writer_internal.h"
#include "xlsx_internal.h"

#include <stdlib.h>

/* A table of creators: a header that stays, filters, and figures that are figures. */

#define ROWS_MOST ((size_t)LXW_ROW_MAX - 1)

bool xlsx_list_fits(const struct writer_column *layout, size_t count, size_t rows, struct err *err)
{
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        shown += !layout[i].json;
    if (shown > LXW_COL_MAX)
        return err_set(err, "%zu columns are more than the %d that a sheet holds", shown,
                       LXW_COL_MAX);
    if (rows > ROWS_MOST)
        return err_set(err,
                       "%zu creators are more than the %zu that a sheet holds: filter them, or "
                       "write csv",
                       rows, ROWS_MOST);
    return true;
}

/* Up to who it is, what stands on the left stays in view. */
static lxw_col_t names_end(const struct writer_column *layout, size_t count)
{
    for (size_t i = 0; i < count && i < 3; i++)
        if (layout[i].key && text_is(text_of(layout[i].key), "handle"))
            return (lxw_col_t)(i + 1);
    return 1;
}

void xlsx_list_begin(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count)
{
    lxw_col_t column = 0;
    for (size_t i = 0; i < count; i++)
        if (!layout[i].json)
            xlsx_head(sheet, column++, layout[i].title, layout[i].unit);
    sheet->row = 1;
    if (sheet->sheet)
        worksheet_freeze_panes(sheet->sheet, 1, names_end(layout, count));
    if (sheet->sheet)
        worksheet_repeat_rows(sheet->sheet, 0, 0);
}

static void set_cell(struct xlsx_sheet *sheet, lxw_col_t column, struct text text)
{
    struct buf joined = BUF_INIT;
    struct text word;
    while (text_next(&text, '|', &word)) {
        buf_add_string(&joined, joined.length > 0 ? ", " : "");
        buf_add_text(&joined, word);
    }
    xlsx_text(sheet, column, buf_text(&joined), XLSX_PLAIN);
    buf_release(&joined);
}

static void flag_cell(struct xlsx_sheet *sheet, lxw_col_t column, double value)
{
    if (number_known(value))
        xlsx_string(sheet, column, value != 0 ? "yes" : "no", XLSX_PLAIN);
}

void xlsx_list_row(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count,
                   const struct writer_cell *cells)
{
    lxw_col_t column = 0;
    for (size_t i = 0; i < count; i++) {
        if (layout[i].json)
            continue;
        if (layout[i].unit == UNIT_SET)
            set_cell(sheet, column, cells[i].text);
        else if (writer_is_text(&layout[i]))
            xlsx_text(sheet, column, cells[i].text, XLSX_PLAIN);
        else if (layout[i].unit == UNIT_FLAG)
            flag_cell(sheet, column, cells[i].number);
        else
            xlsx_number(sheet, column, layout[i].unit, cells[i].number, cells[i].mark, XLSX_PLAIN);
        column++;
    }
    sheet->row++;
}

void xlsx_list_end(struct xlsx_sheet *sheet, const struct writer_column *layout, size_t count)
{
    size_t shown = 0;
    for (size_t i = 0; i < count; i++)
        shown += !layout[i].json;
    if (sheet->sheet && sheet->row > 1 && shown > 0)
        worksheet_autofilter(sheet->sheet, 0, 0, sheet->row - 1, (lxw_col_t)(shown - 1));
    xlsx_sheet_close(sheet);
}

/* ---- As one table, by the writer ---- */

struct writer_book {
    struct xlsx xlsx;
    struct xlsx_sheet sheet;
};

bool writer_xlsx_begin(struct writer *writer, struct err *err)
{
    struct writer_book *book = writer->book = mem_zero(1, sizeof *book);
    if (!xlsx_list_fits(writer->columns, writer->count, 0, err))
        return false;
    bool ok = xlsx_open(&book->xlsx, NULL, err);
    if (ok) {
        xlsx_sheet_open(&book->sheet, &book->xlsx, "microscope", writer->count);
        xlsx_list_begin(&book->sheet, writer->columns, writer->count);
    }
    return ok && !book->xlsx.failed;
}

bool writer_xlsx_row(struct writer *writer, const struct writer_cell *cells, struct err *err)
{
    struct writer_book *book = writer->book;
    book->xlsx.err = err;
    if (!xlsx_list_fits(writer->columns, writer->count, book->sheet.row, err))
        return false;
    xlsx_list_row(&book->sheet, writer->columns, writer->count, cells);
    return !book->xlsx.failed;
}

bool writer_xlsx_end(struct writer *writer, struct err *err)
{
    struct writer_book *book = writer->book;
    book->xlsx.err = err;
    xlsx_list_end(&book->sheet, writer->columns, writer->count);
    bool ok = xlsx_close(&book->xlsx, writer->out);
    free(book);
    writer->book = NULL;
    return ok;
}

static bool nowhere(void *self, struct text bytes, struct err *err)
{
    (void)self, (void)bytes, (void)err;
    return true;
}

void writer_book_free(struct writer_book *book)
{
    if (!book)
        return;
    if (book->sheet.widths)
        xlsx_sheet_close(&book->sheet);
    book->xlsx.err = NULL;
    book->xlsx.failed = true;
    xlsx_close(&book->xlsx, (struct writer_out){NULL, nowhere});
    free(book);
}

/* ---- As a document ---- */

static bool list_sheet(struct xlsx *xlsx, const struct handover_list *list)
{
    struct writer_cell *cells = mem_zero(list->column_count + 1, sizeof *cells);
    struct xlsx_sheet sheet;
    bool ok = true;
    xlsx_sheet_open(&sheet, xlsx, "Creators", list->column_count);
    xlsx_list_begin(&sheet, list->columns, list->column_count);
    for (size_t place = 0; place < list->rows && ok && !xlsx->failed; place++) {
        ok = list->row(list->self, place, cells, xlsx->err);
        if (ok)
            xlsx_list_row(&sheet, list->columns, list->column_count, cells);
    }
    xlsx_list_end(&sheet, list->columns, list->column_count);
    free(cells);
    return ok;
}

bool xlsx_document(const struct handover *handover, const struct writer_options *options,
                   struct writer_out out, struct err *err)
{
    const struct handover_list *list = handover->list;
    struct xlsx xlsx;
    (void)options;
    if (list && !xlsx_list_fits(list->columns, list->column_count, list->rows, err))
        return false;
    bool ok = xlsx_open(&xlsx, handover, err);
    if (ok && handover->plan)
        xlsx_plan(&xlsx, handover->plan);
    if (ok && handover->comparison)
        xlsx_comparison(&xlsx, handover->comparison);
    if (ok && list)
        ok = list_sheet(&xlsx, list);
    if (ok && (handover->assumptions || handover->plan))
        xlsx_assumptions(&xlsx);
    xlsx.failed = xlsx.failed || !ok;
    return xlsx_close(&xlsx, out);
}
