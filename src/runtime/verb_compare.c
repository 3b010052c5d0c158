#include "compare_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "catalog/score.h"
#include "domain/platform.h"
#include "runtime/clock.h"
#include "runtime/dossier.h"
#include "runtime/session.h"
#include "verbs_internal.h"

/* ---- which creators ---- */

bool compare_find(const struct catalog *catalog, const char *const *words, size_t count,
                  uint32_t *rows, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!verb_creator(catalog, words[i], &rows[i], err))
            return false;
        for (size_t k = 0; k < i; k++)
            if (rows[k] == rows[i])
                return err_set(err, "'%s' and '%s' are the same creator", words[k], words[i]);
    }
    return true;
}

/* ---- for programs: a creator a row ---- */

struct plain_columns {
    enum column chosen[COLUMN_COUNT];
    struct writer_column columns[COLUMN_COUNT + 2]; /* the last: best, or score and best */
    size_t count;
};

static void add_column(struct plain_columns *plain, enum column column)
{
    for (size_t i = 0; i < plain->count; i++)
        if (plain->chosen[i] == column)
            return;
    plain->chosen[plain->count] = column;
    plain->columns[plain->count++] = (struct writer_column){
        .key = columns[column].key, .title = columns[column].title, .unit = columns[column].unit};
}

static void choose_plain(struct plain_columns *plain, bool scored)
{
    static const enum column first[] = {COL_PLATFORM, COL_HANDLE, COL_NAME, COL_CURRENCY};
    static const enum column last[] = {COL_ER_BASIS,       COL_FEE_ORIGIN, COL_COST,
                                       COL_ROI_P10,        COL_ROI_P50,    COL_ROI_P90,
                                       COL_ROI_VS_BASELINE};
    for (size_t i = 0; i < COUNT_OF(first); i++)
        add_column(plain, first[i]);
    for (size_t i = 0; i < COMPARE_LINES; i++)
        if (compare_lines[i].kind == COMPARE_FIGURE)
            add_column(plain, compare_lines[i].column);
    for (size_t i = 0; i < COUNT_OF(last); i++)
        add_column(plain, last[i]);
    if (scored)
        plain->columns[plain->count] =
            (struct writer_column){.key = "score", .title = "Score", .unit = UNIT_AVERAGE};
    plain->columns[plain->count + scored] =
        (struct writer_column){.key = "best", .title = "Best", .unit = UNIT_SET};
}

static void best_keys(const struct comparison *all, int index, struct buf *out)
{
    for (size_t i = 0; i < COMPARE_LINES; i++)
        if (all->lines[i].line->kind == COMPARE_FIGURE && all->lines[i].cells[index].best)
            buf_addf(out, "%s%s", out->length ? "|" : "", columns[all->lines[i].line->column].key);
}

bool compare_plain(struct sheet *sheet, const struct comparison *all, struct writer *writer,
                   struct err *err)
{
    struct plain_columns plain = {.count = 0};
    struct writer_cell cells[COLUMN_COUNT + 2] = {{.mark = 0}};
    struct buf texts[COLUMN_COUNT + 1] = {{.at = NULL}};
    bool scored = all->score != NULL;
    choose_plain(&plain, scored);
    bool ok = writer_begin(writer, plain.columns, plain.count + scored + 1, err);
    for (int k = 0; k < all->count && ok; k++) {
        for (size_t i = 0; i < plain.count; i++) {
            buf_clear(&texts[i]);
            cells[i] = verb_cell(sheet, plain.chosen[i], all->rows[k], false, &texts[i]);
        }
        buf_clear(&texts[plain.count]);
        best_keys(all, k, &texts[plain.count]);
        if (scored)
            cells[plain.count].number = all->score->total[k];
        cells[plain.count + scored].text = buf_text(&texts[plain.count]);
        ok = writer_row(writer, cells, err);
    }
    for (size_t i = 0; i <= plain.count; i++)
        buf_release(&texts[i]);
    return ok && writer_end(writer, err);
}

/* ---- both ---- */

static bool write_document(const struct cli *cli, struct session *session,
                           const struct comparison *all, const struct exporter *format,
                           struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct dossier dossier;
    dossier_init(&dossier, &session->sheet, clock_now());
    bool ok = dossier_comparison(&dossier, session->store, all, err) &&
              handover_write(&dossier.handover, format, &options, output_writer(output), err);
    dossier_release(&dossier);
    return ok;
}

static bool write_table(const struct cli *cli, struct session *session,
                        const struct comparison *all, const struct exporter *format,
                        struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct writer *writer = writer_new(format, &options, output_writer(output));
    bool ok = format->people ? compare_people(&session->sheet, all, writer, output, err)
                             : compare_plain(&session->sheet, all, writer, err);
    writer_free(writer);
    return ok;
}

static int compare_rows(const struct cli *cli, struct session *session, const uint32_t *rows,
                        size_t count, const struct exporter *format)
{
    struct comparison *all = mem_zero(1, sizeof *all);
    struct output output;
    struct err err;
    output_init(&output);
    compare_make(&session->sheet, rows, (int)count, 0, 0, all);
    bool ok = format->document ? write_document(cli, session, all, format, &output, &err)
                               : write_table(cli, session, all, format, &output, &err);
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    output_release(&output);
    free(all);
    return status;
}

#define VIEWED_MOST 5 /* of a view: more are hard to look through */

/* Those who are named or, where nobody is, the first of the view. */
static bool find(const struct cli *cli, struct session *session, uint32_t *rows, size_t *count,
                 struct err *err)
{
    struct query query;
    struct query_result result = {0};
    struct chosen chosen = {.standard = true};
    struct named_says says = verb_view(session);
    *count = cli->word_count;
    if (cli->word_count > 0)
        return compare_find(&session->catalog, cli->words, cli->word_count, rows, err);
    query_init(&query);
    bool ok = named_apply(&says, &session->sheet, &query, &chosen, err);
    if (ok)
        query_finish(&query, &session->sheet, &result);
    *count = result.rows.count < VIEWED_MOST ? result.rows.count : VIEWED_MOST;
    for (size_t i = 0; i < *count; i++)
        rows[i] = rowset_at(&result.rows, i);
    if (ok && *count < COMPARE_LEAST)
        ok = err_set(err, "the view '%s' shows %zu creator%s: it takes two to compare",
                     cli->values[OPTION_VIEW], *count, *count == 1 ? "" : "s");
    query_result_release(&result);
    query_release(&query);
    return ok;
}

int verb_compare(const struct cli *cli)
{
    struct session session;
    uint32_t rows[COMPARE_MOST];
    size_t count;
    struct err err;
    int status;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (cli->word_count < (cli->given[OPTION_VIEW] && !cli->word_count ? 0 : COMPARE_LEAST)) {
        err_set(&err, "compare takes two to eight creators: microscope compare HANDLE HANDLE...");
        return verb_misused(&err);
    }
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    if (find(cli, &session, rows, &count, &err))
        status = compare_rows(cli, &session, rows, count, format);
    else
        status = verb_failed(&err);
    session_close(&session);
    return status;
}
