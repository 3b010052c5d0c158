#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/doc.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "runtime/batches.h"
#include "runtime/config.h"
#include "runtime/session.h"
#include "runtime/signals.h"
#include "runtime/width.h"
#include "verbs_internal.h"

int verb_failed(const struct err *err)
{
    say("%s", err->message);
    return EXIT_FAILED;
}

int verb_misused(const struct err *err)
{
    say("%s", err->message);
    return EXIT_USAGE;
}

int verb_print(struct buf *text)
{
    struct output output;
    struct err err;
    output_init(&output);
    bool ok = output_end(&output, output_text(&output, buf_text(text), &err), &err);
    output_release(&output);
    buf_release(text);
    return ok ? EXIT_DONE : verb_failed(&err);
}

bool verb_store(const struct cli *cli, struct buf *path)
{
    struct err err;
    if (!cli_store(cli, false, path, &err)) {
        say("%s", err.message);
        return false;
    }
    if (access(buf_string(path), F_OK) == 0)
        return true;
    const char *named = cli->values[OPTION_STORE];
    say("there is no store '%s' yet: microscope import FILE%s%s makes it from a list",
        buf_string(path), named ? " --store " : "", named ? named : "");
    return false;
}

bool verb_session(const struct cli *cli, struct session *session)
{
    struct buf path = BUF_INIT;
    struct err err;
    bool ok = verb_store(cli, &path);
    const struct session_options options = {
        .scenario = cli->values[OPTION_SCENARIO],
        .tiers = tier_choice(&cli->config->own_tiers, cli->config->tiers),
        .own_tiers = &cli->config->own_tiers,
        .benchmarks = &cli->config->benchmarks,
        .few = (size_t)cli->config->few,
        .fresh = cli->config->fresh,
        .style = cli->config->style,
        .view = cli->values[OPTION_VIEW],
        .plain = cli->config->plain};
    if (ok && !session_open_with(session, buf_string(&path), &options, &err)) {
        say("%s", err.message);
        ok = false;
    }
    if (ok && session->catalog.live_count == 0)
        say("the store '%s' is empty: microscope import FILE reads a list into it",
            buf_string(&path));
    buf_release(&path);
    return ok;
}

struct named_says verb_view(const struct session *session)
{
    return named_read(buf_text(&session->view));
}

const struct exporter *verb_format_named(const char *name, struct err *err)
{
    const struct exporter *format = exporter_find(text_of(name));
    if (format)
        return format;
    const char *nearest =
        nearest_word(text_of(name), exporters, exporter_count, sizeof exporters[0]);
    if (nearest)
        err_set(err, "unknown format '%s': did you mean '%s'?", name, nearest);
    else
        err_set(err, "unknown format '%s'; there are: %s", name, cli_options[OPTION_FORMAT].help);
    return NULL;
}

bool verb_format_shown(const struct exporter *format, struct err *err)
{
    if (!format->binary || !isatty(STDOUT_FILENO))
        return true;
    return err_set(err, "a terminal cannot show %s: send it to a file with > FILE", format->name);
}

const struct exporter *verb_format(const struct cli *cli, const char *standard, struct err *err)
{
    const char *name = cli->values[OPTION_FORMAT];
    const struct exporter *format = verb_format_named(name ? name : standard, err);
    return format && verb_format_shown(format, err) ? format : NULL;
}

struct writer_options verb_writer_options(const struct cli *cli)
{
    bool ascii = cli->config->ascii;
    return (struct writer_options){.widths = runtime_width_table(),
                                   .style = cli->config->style,
                                   .text_cells = isatty(STDOUT_FILENO) ? 40 : 0,
                                   .cut = ascii ? '>' : 0xBB,
                                   .gather = 1 << 16};
}

struct writer_cell verb_cell(struct sheet *sheet, enum column column, uint32_t row, bool people,
                             struct buf *text)
{
    struct writer_cell cell = {.number = number_unknown()};
    const struct catalog *catalog = sheet->catalog;
    if (column_is_text(column)) {
        cell.text = sheet_text(sheet, column, row, text);
        return cell;
    }
    if (column == COL_FEE && !people) {
        unsigned currency = currency_from_code(catalog_text(catalog, COL_CURRENCY, row));
        cell.number = catalog_number(catalog, COL_FEE, row) / currency_scale(currency);
        return cell;
    }
    char mark = sheet_mark(sheet, column, row);
    cell.number = sheet_number(sheet, column, row);
    cell.mark = mark == ' ' ? 0 : mark;
    return cell;
}

/* Shows the line that was typed with a mark under the place. */
static void filter_refused(const char *line, const struct err *err)
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
}

bool verb_filter(const struct cli *cli, size_t from, struct session *session, struct filter *filter)
{
    struct filter_context context = {&session->sheet, session->catalog.live_count > 0};
    struct buf line = BUF_INIT;
    struct err err;
    for (size_t i = from; i < cli->word_count; i++)
        buf_addf(&line, "%s%s", i > from ? " " : "", cli->words[i]);
    struct filter_context view = {&session->sheet, false};
    struct text said = verb_view(session).filter;
    bool ok = said.length == 0 || filter_parse(said, &view, filter, &err);
    if (!ok)
        verb_failed(&err);
    else if (!(ok = filter_add(filter, text_of(buf_string(&line)), &context, &err)))
        filter_refused(buf_string(&line), &err);
    buf_release(&line);
    if (ok && !batch_ids_need(session->store, filter, &session->sheet.batches, &err)) {
        say("%s", err.message);
        ok = false;
    }
    return ok;
}

bool verb_progress(const struct cli *cli, struct output *output, const struct writer_column *layout,
                   size_t count, struct writer **lines, struct err *err)
{
    const char *word = cli->values[OPTION_PROGRESS];
    *lines = NULL;
    if (!word)
        return true;
    if (!text_is(text_of(word), "json"))
        return err_set(err, "'--progress' knows json only, not '%s'", word);
    *lines = writer_new(exporter_find(TEXT("jsonl")), NULL, output_writer(output));
    return writer_begin(*lines, layout, count, err);
}

void verb_signals(int *ending)
{
    int number;
    while (signals_take(&number)) {
        if (number == SIGTSTP)
            signals_stop(false);
        else if (number != SIGCONT && number != SIGWINCH)
            *ending = number;
    }
}

bool verb_whole(const struct cli *cli, enum cli_option option, double least, double most,
                double *value, struct err *err)
{
    const char *word = cli->values[option];
    struct number_seen seen;
    if (!word)
        return true;
    bool whole = number_parse(text_of(word), cli->config->style, &seen) && !seen.percent &&
                 !seen.trailing && seen.value == floor(seen.value);
    if (!whole || seen.value < least || seen.value > most)
        return err_set(err, "'--%s' takes a whole number from %.0f to %.0f, not '%s'",
                       cli_options[option].name, least, most, word);
    *value = seen.value;
    return true;
}

int verb_print_table(const struct cli *cli, const struct verb_table *table)
{
    struct err err;
    struct output output;
    const struct exporter *format = verb_format(cli, "table", &err);
    if (!format)
        return verb_misused(&err);
    struct writer_options options = verb_writer_options(cli);
    options.text_cells = 0;
    output_init(&output);
    struct writer *writer = writer_new(format, &options, output_writer(&output));
    bool ok = writer_begin(writer, table->columns, table->count, &err) &&
              table->fill(table->self, writer, format->people, &err) && writer_end(writer, &err);
    int status = output_end(&output, ok, &err) ? EXIT_DONE : verb_failed(&err);
    writer_free(writer);
    output_release(&output);
    return status;
}
