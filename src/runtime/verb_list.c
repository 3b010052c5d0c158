#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/vec.h"
#include "catalog/query.h"
#include "domain/currency.h"
#include "runtime/clock.h"
#include "runtime/dossier.h"
#include "runtime/session.h"
#include "verbs_internal.h"

enum { FEE_TITLE = 32 };

static bool choose_columns(struct verb_layout *list, const struct cli *cli,
                           const struct session *session, bool people, char *fee_title,
                           struct err *err)
{
    const char *words = cli->values[OPTION_COLUMNS];
    if (words && !verb_layout_named(list, words, err))
        return false;
    if (!words && !verb_layout_view(list, verb_view(session).columns, people))
        verb_layout_standard(list, people, cli->config);
    snprintf(fee_title, FEE_TITLE, "%s %s", columns[COL_FEE].title,
             currencies[session->scenario.currency].code);
    verb_layout_titles(list, fee_title);
    return true;
}

static bool print_rows(struct session *session, const struct query_result *result,
                       const struct verb_layout *list, struct writer *writer, bool people,
                       struct err *err)
{
    struct writer_cell *cells = mem_zero(list->count + 1, sizeof *cells);
    struct buf *texts = mem_zero(list->count + 1, sizeof *texts);
    uint32_t *rows = mem_alloc((result->rows.count + 1) * sizeof *rows);
    bool ok = writer_begin(writer, list->columns, list->count, err);
    rowset_all(&result->rows, rows);
    for (size_t place = 0; place < result->rows.count && ok; place++) {
        for (size_t i = 0; i < list->count; i++) {
            buf_clear(&texts[i]);
            cells[i] = verb_cell(&session->sheet, list->chosen[i], rows[place], people, &texts[i]);
        }
        ok = writer_row(writer, cells, err);
    }
    ok = ok && writer_end(writer, err);
    for (size_t i = 0; i < list->count; i++)
        buf_release(&texts[i]);
    free(texts);
    free(cells);
    free(rows);
    return ok;
}

/* A table that a person reads says what it is a part of. */
static void say_counts(const struct query_result *result, struct number_style style)
{
    struct buf line = BUF_INIT;
    if (!isatty(STDERR_FILENO))
        return;
    number_fixed(&line, (double)result->rows.count, 0, style);
    buf_add_string(&line, " of ");
    number_fixed(&line, (double)result->rows.total, 0, style);
    buf_add_string(&line, " creators");
    if (result->estimated)
        buf_add_string(&line, "; ~ rests on an estimated fee (fee:known leaves those out)");
    buf_add_char(&line, '\n');
    say_text(buf_text(&line));
    buf_release(&line);
}

static bool write_document(const struct cli *cli, struct session *session,
                           const struct query *query, const struct query_result *result,
                           const struct verb_layout *list, const struct exporter *format,
                           struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct dossier dossier;
    dossier_init(&dossier, &session->sheet, clock_now());
    dossier_list(&dossier, query, result, list->chosen, list->columns, list->count);
    bool ok = handover_write(&dossier.handover, format, &options, output_writer(output), err);
    dossier_release(&dossier);
    return ok;
}

static bool write_table(const struct cli *cli, struct session *session,
                        const struct query_result *result, const struct verb_layout *list,
                        const struct exporter *format, struct output *output, struct err *err)
{
    struct writer_options options = verb_writer_options(cli);
    struct writer *writer = writer_new(format, &options, output_writer(output));
    bool ok = print_rows(session, result, list, writer, format->people, err);
    writer_free(writer);
    return ok;
}

static int print_list(const struct cli *cli, struct session *session, struct query *query,
                      const struct exporter *format)
{
    struct verb_layout *list = mem_zero(1, sizeof *list);
    char fee_title[FEE_TITLE];
    struct query_result result = {0};
    struct output output;
    struct err err;
    int status = EXIT_DONE;
    output_init(&output);
    if (!choose_columns(list, cli, session, format->people, fee_title, &err))
        status = verb_misused(&err);
    if (status == EXIT_DONE) {
        query_finish(query, &session->sheet, &result);
        bool ok = format->document
                      ? write_document(cli, session, query, &result, list, format, &output, &err)
                      : write_table(cli, session, &result, list, format, &output, &err);
        if (!output_end(&output, ok, &err))
            status = verb_failed(&err);
        else if (format->people)
            say_counts(&result, cli->config->style);
    }
    query_result_release(&result);
    output_release(&output);
    free(list);
    return status;
}

static int list_with(const struct cli *cli, struct session *session, const struct exporter *format)
{
    struct query query;
    struct err err;
    const char *given = cli->values[OPTION_SORT];
    struct text viewed = verb_view(session).order;
    struct text order = given               ? text_of(given)
                        : viewed.length > 0 ? viewed
                                            : text_of(cli->config->sort.at);
    int status;
    query_init(&query);
    if (!verb_filter(cli, 0, session, &query.filter))
        status = EXIT_USAGE;
    else if (!query_parse_order(order, &query, &err))
        status = verb_misused(&err);
    else
        status = print_list(cli, session, &query, format);
    query_release(&query);
    return status;
}

int verb_list(const struct cli *cli)
{
    struct session session;
    struct err err;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    int status = list_with(cli, &session, format);
    session_close(&session);
    return status;
}
