#include <stdlib.h>

#include "base/mem.h"
#include "catalog/query.h"
#include "domain/currency.h"
#include "export_internal.h"
#include "runtime/session.h"
#include "store/figures.h"

/* Facts are what the store has, as where nothing is filtered; the rest is computed. */
static struct writer_cell cell_of(struct sheet *sheet, enum column column, uint32_t row,
                                  struct buf *text)
{
    const struct catalog *catalog = sheet->catalog;
    if (!columns[column].stored || column == COL_FEE)
        return verb_cell(sheet, column, row, false, text);
    return (struct writer_cell){.number = catalog_number(catalog, column, row),
                                .text = catalog_text(catalog, column, row)};
}

/* The past of one creator, as the last cell. */
static bool past_cell(struct store *store, int64_t id, struct writer_cell *cell, struct buf *text,
                      struct err *err)
{
    struct store_history history = {.items = NULL};
    bool ok = store_past(store, id, &history, err);
    buf_clear(text);
    record_snapshots(text, history.items, ok ? history.count : 0);
    *cell = (struct writer_cell){.number = number_unknown()};
    if (text->length > 0)
        cell->text = buf_text(text);
    store_history_release(&history);
    return ok;
}

static bool write_row(struct exporting *job, struct session *session, uint32_t row,
                      struct writer *writer, struct buf *texts, struct err *err)
{
    struct writer_cell cells[COLUMN_COUNT + 1];
    struct sheet *sheet = &session->sheet;
    size_t count = job->layout.count;
    if (job->past && !past_cell(session->store, catalog_id(sheet->catalog, row), &cells[count],
                                &texts[count], err))
        return false;
    for (size_t i = 0; i < job->layout.count; i++) {
        buf_clear(&texts[i]);
        cells[i] = cell_of(sheet, job->layout.chosen[i], row, &texts[i]);
    }
    return writer_row(writer, cells, err);
}

static bool write_rows(struct exporting *job, struct session *session, const uint32_t *rows,
                       size_t count, struct writer *writer, struct err *err)
{
    struct buf *texts = mem_zero(job->layout.count + 1, sizeof *texts);
    job->layout.columns[job->layout.count] =
        (struct writer_column){.key = "snapshots", .title = "History", .json = true};
    bool ok = writer_begin(writer, job->layout.columns, job->layout.count + job->past, err);
    job->total = count;
    for (size_t place = 0; place < count && ok; place++) {
        if (place % EXPORT_STEP == 0 && !export_tell_step(job))
            ok = err_set(err, "cancelled");
        ok = ok && write_row(job, session, rows[place], writer, texts, err);
        job->done++;
    }
    for (size_t i = 0; i <= job->layout.count; i++)
        buf_release(&texts[i]);
    free(texts);
    return ok && writer_end(writer, err);
}

/* Without an order they go as they came: row numbers are in the order of ids. */
static uint32_t *rows_of(const struct query *query, const struct query_result *result,
                         const struct catalog *catalog)
{
    uint32_t *rows = mem_alloc((result->rows.count + 1) * sizeof *rows);
    size_t count = 0;
    if (query->order_count > 0)
        rowset_all(&result->rows, rows);
    else
        for (uint32_t row = 0; row < catalog->count; row++)
            if (rowset_has(&result->rows, row))
                rows[count++] = row;
    return rows;
}

bool export_rows(struct exporting *job, struct session *session, const struct query *query,
                 struct writer *writer, struct err *err)
{
    struct query_result result = {0};
    query_finish(query, &session->sheet, &result);
    uint32_t *rows = rows_of(query, &result, &session->catalog);
    bool ok = write_rows(job, session, rows, result.rows.count, writer, err);
    free(rows);
    query_result_release(&result);
    return ok;
}
