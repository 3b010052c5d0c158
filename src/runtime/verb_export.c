#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "domain/currency.h"
#include "catalog/query.h"
#include "export_internal.h"
#include "plan_verb_internal.h"
#include "runtime/patience.h"
#include "runtime/session.h"
#include "runtime/signals.h"
#include "store/load.h"

static const struct exporter *format_of(const struct cli *cli, struct err *err)
{
    const char *path = cli->words[0];
    if (cli->values[OPTION_FORMAT] && strcmp(path, "-") == 0)
        return verb_format(cli, "", err);
    if (cli->values[OPTION_FORMAT])
        return verb_format_named(cli->values[OPTION_FORMAT], err);
    const struct exporter *format = exporter_for_file(path);
    if (format)
        return format;
    const char *dot = strrchr(path, '.');
    if (strcmp(path, "-") == 0)
        err_set(err, "standard output needs --format: %s", cli_options[OPTION_FORMAT].help);
    else if (dot && !strchr(dot, '/') && dot[1])
        verb_format_named(dot + 1, err);
    else
        err_set(err,
                "'%s' does not tell a format: end it in .csv, .tsv, .json, .jsonl, .md, .html or "
                ".xlsx, "
                "or say --format",
                path);
    return NULL;
}

/* Somebody who writes over the store itself has nothing left to export. */
static bool is_store(const struct exporting *job, const char *store, struct err *err)
{
    struct stat ours, theirs;
    if (!job->path || stat(job->path, &theirs) != 0 || stat(store, &ours) != 0 ||
        ours.st_dev != theirs.st_dev || ours.st_ino != theirs.st_ino)
        return false;
    err_set(err, "'%s' is the store itself", job->path);
    return true;
}

static void choose_filled(struct verb_layout *layout, const bool filled[COLUMN_COUNT])
{
    verb_layout_add(layout, COL_PLATFORM);
    verb_layout_add(layout, COL_HANDLE);
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (filled[column] && column_imported(column))
            verb_layout_add(layout, column);
}

/* A sheet sorts and filters by itself: it also has what tells two creators apart. */
static void choose_standard(struct exporting *job)
{
    if (job->format->binary) {
        verb_layout_add(&job->layout, COL_PLATFORM);
        verb_layout_add(&job->layout, COL_HANDLE);
        verb_layout_add(&job->layout, COL_NAME);
    }
    verb_layout_standard(&job->layout, true, job->cli->config);
}

/* Those of --view. False: it says none, or is not to be read; who opens the session says why. */
static bool choose_viewed(struct exporting *job, struct store *store)
{
    struct named_views views = {.count = 0};
    struct named_says says;
    struct text name;
    const char *wanted = job->cli->values[OPTION_VIEW];
    bool said = wanted && session_views(store, &views, NULL) &&
                named_look_up(&views, text_of(wanted), &name, &says, NULL) &&
                verb_layout_view(&job->layout, says.columns, job->format->people);
    named_release(&views);
    return said;
}

/* Documents show the columns of the screen; files for programs all that anybody filled. */
static bool choose(struct exporting *job, struct store *store, struct err *err)
{
    bool filled[COLUMN_COUNT];
    const char *words = job->cli->values[OPTION_COLUMNS];
    if (words)
        return verb_layout_named(&job->layout, words, err);
    job->past = text_starts(text_of(job->format->name), "json");
    if (choose_viewed(job, store))
        return true;
    if (job->format->document)
        choose_standard(job);
    else if (store_load_filled(store, filled, err))
        choose_filled(&job->layout, filled);
    else
        return false;
    return true;
}

/* Facts of everybody come from the store one after the other; all else needs a catalogue. */
static bool streams(const struct exporting *job)
{
    const struct cli *cli = job->cli;
    for (size_t i = 0; i < job->layout.count; i++)
        if (!columns[job->layout.chosen[i]].stored)
            return false;
    return job->parts == EXPORT_LIST && cli->word_count == 1 && !cli->given[OPTION_SORT] &&
           !cli->given[OPTION_VIEW];
}

static struct writer_options writing_of(const struct exporting *job)
{
    struct writer_options options = verb_writer_options(job->cli);
    options.text_cells = 0;
    options.exact = true;
    return options;
}

/* ---- from the store ---- */

static bool stream(struct exporting *job, struct store *store, struct writer_out out,
                   struct err *err)
{
    struct writer_options options = writing_of(job);
    struct record_writer *writer = record_writer_new(job->format, &options, out, job->layout.chosen,
                                                     job->layout.count, job->past);
    struct store_load *load;
    enum store_load_state state = STORE_LOAD_FAILED;
    if (store_load_begin(store, record_writer_sink(writer), &load, err)) {
        state = !job->past || store_load_past(load, err) ? STORE_LOAD_MORE : STORE_LOAD_FAILED;
        while (state == STORE_LOAD_MORE) {
            store_load_progress(load, &job->done, &job->total);
            if (!export_tell_step(job))
                break;
            state = store_load_step(load, EXPORT_STEP, err);
        }
        store_load_progress(load, &job->done, &job->total);
        store_load_free(load);
    }
    record_writer_free(writer);
    return state == STORE_LOAD_DONE;
}

/* ---- to the file ---- */

static bool write_catalog(struct exporting *job, struct session *session, const struct query *query,
                          struct writer_out out, struct err *err)
{
    struct writer_options options = writing_of(job);
    if (job->format->document || job->parts != EXPORT_LIST)
        return export_parts_out(job, session, query, &options, out, err);
    struct writer *writer = writer_new(job->format, &options, out);
    bool ok = export_rows(job, session, query, writer, err);
    writer_free(writer);
    return ok;
}

static bool write_all(struct exporting *job, struct store *store, struct session *session,
                      const struct query *query, struct err *err)
{
    if (job->path && !whole_open(&job->file, job->path, job->cli->given[OPTION_FORCE], err))
        return false;
    struct writer_out out =
        job->path ? writer_out_file(job->file.file) : output_writer(&job->output);
    bool ok = session ? write_catalog(job, session, query, out, err) : stream(job, store, out, err);
    if (!job->path)
        return output_end(&job->output, ok, err);
    if (!ok && !job->signal)
        err_before(err, "'%s'", job->path);
    return whole_end(&job->file, ok, err);
}

static int result(struct exporting *job, bool ok, const struct err *err)
{
    export_tell_state(job, ok ? "done" : job->signal ? "cancelled" : "failed");
    if (ok && !job->path)
        return EXIT_DONE;
    if (ok)
        say("%llu creators are in '%s'", (unsigned long long)job->done, job->path);
    else if (job->signal)
        say("cancelled: %s", job->path ? "no file was made" : "not all was written");
    else
        return verb_failed(err);
    return ok ? EXIT_DONE : EXIT_SIGNAL + job->signal;
}

static int run(struct exporting *job, struct store *store, struct session *session,
               const struct query *query)
{
    struct err err;
    bool ok = signals_open(&err) && write_all(job, store, session, query, &err);
    signals_close();
    return result(job, ok, &err);
}

/* A list on paper stands in the order of the screen; files for programs in that in which creators
 * came. */
static bool read_order(const struct exporting *job, const struct session *session,
                       struct query *query, struct err *err)
{
    const char *order = job->cli->values[OPTION_SORT];
    struct text viewed = verb_view(session).order;
    if (!order && viewed.length > 0)
        return query_parse_order(viewed, query, err);
    if (order)
        return query_parse_order(text_of(order), query, err);
    if (!job->format->document)
        query->order_count = 0;
    return true;
}

/* The fees of documents are in the scenario's currency, as on the screen. */
static void name_columns(struct exporting *job, const struct session *session)
{
    snprintf(job->fee_title, sizeof job->fee_title, "%s %s", columns[COL_FEE].title,
             currencies[session->scenario.currency].code);
    verb_layout_titles(&job->layout, job->format->document ? job->fee_title : NULL);
}

static int run_catalog(struct exporting *job)
{
    struct session session;
    struct query query;
    struct err err;
    int status = EXIT_USAGE;
    if (!verb_session(job->cli, &session))
        return EXIT_FAILED;
    query_init(&query);
    name_columns(job, &session);
    if (!read_order(job, &session, &query, &err) || !plan_budget(job->cli, &session.scenario, &err))
        status = verb_misused(&err);
    else if (verb_filter(job->cli, 1, &session, &query.filter))
        status = run(job, NULL, &session, &query);
    query_release(&query);
    session_close(&session);
    return status;
}

static int run_store(struct exporting *job, const char *path)
{
    struct store *store;
    struct err err;
    if (is_store(job, path, &err) ||
        (job->path && !whole_allowed(job->path, job->cli->given[OPTION_FORCE], &err)) ||
        !patience_open_for_a_verb(path, STORE_READ, job->cli->config->plain, &store, &err))
        return verb_failed(&err);
    int status;
    if (!choose(job, store, &err))
        status = job->cli->given[OPTION_COLUMNS] ? verb_misused(&err) : verb_failed(&err);
    else
        status = streams(job) ? run(job, store, NULL, NULL) : run_catalog(job);
    store_close(store);
    return status;
}

int verb_export(const struct cli *cli)
{
    struct exporting *job = mem_zero(1, sizeof *job);
    struct buf store = BUF_INIT;
    struct err err;
    int status = EXIT_FAILED;
    job->cli = cli;
    job->path = strcmp(cli->words[0], "-") == 0 ? NULL : cli->words[0];
    job->format = format_of(cli, &err);
    if (!job->format || !export_parts(job, &err) || !export_tell_begin(job, &err))
        status = verb_misused(&err);
    else if (verb_store(cli, &store))
        status = run_store(job, buf_string(&store));
    if (!export_tell_end(job, &err) && status == EXIT_DONE)
        status = verb_failed(&err);
    buf_release(&store);
    free(job);
    return status;
}
