#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/model.h"
#include "base/mem.h"
#include "base/vec.h"
#include "catalog/query.h"
#include "domain/currency.h"
#include "runtime/session.h"
#include "verbs_internal.h"

/* The columns to print and what stands above them. */
struct layout_of_list {
    enum column chosen[COLUMN_COUNT + 2];
    struct writer_column columns[COLUMN_COUNT + 2];
    size_t count;
    char fee_title[32];
};

static void choose(struct layout_of_list *list, enum column column)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->chosen[i] == column)
            return;
    list->chosen[list->count++] = column;
}

/* Programs also need what tells two creators apart, the currency of a fee, and what stands in where
 * there is none. */
static void choose_standard(struct layout_of_list *list, bool people)
{
    enum column standard[LIST_COLUMNS_MOST];
    size_t count = list_standard_columns(standard);
    if (!people)
        choose(list, COL_PLATFORM);
    for (size_t i = 0; i < count; i++) {
        choose(list, standard[i]);
        if (!people && standard[i] == COL_HANDLE)
            choose(list, COL_NAME);
        if (!people && standard[i] == COL_FEE) {
            choose(list, COL_CURRENCY);
            choose(list, COL_FEE_ORIGIN);
        }
    }
}

static bool choose_named(struct layout_of_list *list, const char *words, struct err *err)
{
    struct text rest = text_of(words), word;
    while (text_next(&rest, ',', &word)) {
        enum column column;
        word = text_trim(word);
        if (text_is(word, "all")) {
            for (int i = 0; i < COLUMN_COUNT; i++)
                choose(list, (enum column)i);
            continue;
        }
        if (!column_find(word, &column)) {
            const char *nearest = column_nearest(word);
            return err_set(err, "unknown column '%.*s'%s%s%s", (int)word.length, word.at,
                           nearest ? ": did you mean '" : ": microscope columns lists them",
                           nearest ? nearest : "", nearest ? "'?" : "");
        }
        choose(list, column);
    }
    return true;
}

static bool choose_columns(struct layout_of_list *list, const struct cli *cli, bool people,
                           unsigned currency, struct err *err)
{
    const char *words = cli->values[OPTION_COLUMNS];
    if (!words)
        choose_standard(list, people);
    else if (!choose_named(list, words, err))
        return false;
    snprintf(list->fee_title, sizeof list->fee_title, "%s %s", columns[COL_FEE].title,
             currencies[currency].code);
    for (size_t i = 0; i < list->count; i++) {
        const struct column_row *row = &columns[list->chosen[i]];
        list->columns[i] = (struct writer_column){
            .key = row->key,
            .title = list->chosen[i] == COL_FEE ? list->fee_title : row->title,
            .unit = row->unit};
    }
    return true;
}

/* Shows the line that was typed with a mark under the place. */
static int filter_refused(const char *line, const struct err *err)
{
    struct buf shown = BUF_INIT;
    say("%s", err->message);
    buf_addf(&shown, "  %s\n", line);
    if (err->column) {
        buf_add_repeat(&shown, ' ', err->column + 1);
        buf_add_string(&shown, "^\n");
    }
    say_text(buf_text(&shown));
    buf_release(&shown);
    return EXIT_USAGE;
}

static bool print_rows(struct session *session, const struct query_result *result,
                       const struct layout_of_list *list, struct writer *writer, bool people,
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
static void say_counts(const struct query_result *result)
{
    struct buf line = BUF_INIT;
    if (!isatty(STDERR_FILENO))
        return;
    number_fixed(&line, (double)result->rows.count, 0, number_style_english);
    buf_add_string(&line, " of ");
    number_fixed(&line, (double)result->rows.total, 0, number_style_english);
    buf_add_string(&line, " creators");
    if (result->estimated)
        buf_add_string(&line, "; ~ rests on an estimated fee (fee:known leaves those out)");
    buf_add_char(&line, '\n');
    say_text(buf_text(&line));
    buf_release(&line);
}

static int print_list(const struct cli *cli, struct session *session, struct query *query,
                      const struct exporter *format)
{
    struct layout_of_list *list = mem_zero(1, sizeof *list);
    struct query_result result = {0};
    struct writer_options options = verb_writer_options(cli);
    struct output output;
    struct err err;
    int status = EXIT_DONE;
    output_init(&output);
    if (!choose_columns(list, cli, format->people, session->scenario.currency, &err))
        status = verb_misused(&err);
    if (status == EXIT_DONE) {
        struct writer *writer = writer_new(format, &options, output_writer(&output));
        query_finish(query, &session->sheet, &result);
        bool ok = print_rows(session, &result, list, writer, format->people, &err);
        if (!output_end(&output, ok, &err))
            status = verb_failed(&err);
        else if (format->people)
            say_counts(&result);
        writer_free(writer);
    }
    query_result_release(&result);
    output_release(&output);
    free(list);
    return status;
}

static int list_with(const struct cli *cli, struct session *session, const char *line,
                     const struct exporter *format)
{
    struct query query;
    struct err err;
    struct filter_context context = {&session->sheet, session->catalog.live_count > 0};
    const char *order = cli->values[OPTION_SORT];
    int status;
    query_init(&query);
    if (!filter_parse(text_of(line), &context, &query.filter, &err))
        status = filter_refused(line, &err);
    else if (order && !query_parse_order(text_of(order), &query, &err))
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
    struct buf line = BUF_INIT;
    int status;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    if (!verb_session(cli, &session))
        return EXIT_FAILED;
    for (size_t i = 0; i < cli->word_count; i++)
        buf_addf(&line, "%s%s", i ? " " : "", cli->words[i]);
    status = list_with(cli, &session, buf_string(&line), format);
    buf_release(&line);
    session_close(&session);
    return status;
}
