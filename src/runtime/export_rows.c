#include <stdlib.h>

#include "base/mem.h"
#include "catalog/query.h"
#include "domain/currency.h"
#include "export_internal.h"
#include "runtime/session.h"

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

static bool write_row(struct exporting *job, struct sheet *sheet, uint32_t row,
                      struct writer *writer, struct buf *texts, struct err *err)
{
    struct writer_cell cells[COLUMN_COUNT];
    for (size_t i = 0; i < job->layout.count; i++) {
        buf_clear(&texts[i]);
        cells[i] = cell_of(sheet, job->layout.chosen[i], row, &texts[i]);
    }
    return writer_row(writer, cells, err);
}

/* Row numbers are in the order of ids. */
static bool write_rows(struct exporting *job, struct sheet *sheet, const struct rowset *rows,
                       struct writer *writer, struct err *err)
{
    struct buf *texts = mem_zero(job->layout.count + 1, sizeof *texts);
    bool ok = writer_begin(writer, job->layout.columns, job->layout.count, err);
    job->total = rows->count;
    for (uint32_t row = 0; row < sheet->catalog->count && ok; row++) {
        if (row % EXPORT_STEP == 0 && !export_tell_step(job))
            ok = err_set(err, "cancelled");
        if (!ok || !rowset_has(rows, row))
            continue;
        ok = write_row(job, sheet, row, writer, texts, err);
        job->done++;
    }
    for (size_t i = 0; i < job->layout.count; i++)
        buf_release(&texts[i]);
    free(texts);
    return ok && writer_end(writer, err);
}

bool export_rows(struct exporting *job, struct session *session, const struct filter *filter,
                 struct writer *writer, struct err *err)
{
    struct query query;
    struct query_result result = {0};
    query_init(&query);
    query.order_count = 0;
    filter_copy(&query.filter, filter);
    query_run(&query, &session->sheet, &result);
    bool ok = write_rows(job, &session->sheet, &result.rows, writer, err);
    query_result_release(&result);
    query_release(&query);
    return ok;
}
