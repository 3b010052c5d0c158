#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/doc.h"
#include "base/mem.h"
#include "base/number.h"
#include "exchange/yaml.h"
#include "import_internal.h"
#include "runtime/clock.h"
#include "runtime/memory.h"
#include "runtime/patience.h"
#include "runtime/signals.h"
#include "store/figures.h"
#include "verbs_internal.h"

/* ---- options ---- */

static bool read_map(struct importing *job, const char *path, struct err *err)
{
    struct source source;
    struct text bytes;
    bool whole;
    if (!source_open(&source, path, err))
        return false;
    bool ok = source_sample(&source, &bytes, &whole, err) && yaml_read(bytes, &job->map, err);
    source_release(&source);
    if (!ok && err->line)
        return err_before(err, "%s:%zu:%zu", path, err->line, err->column);
    job->options.map = &job->map;
    return ok;
}

static bool unknown_platform(const char *word, struct err *err)
{
    const char *nearest =
        nearest_word(text_of(word), platforms, PLATFORM_COUNT, sizeof platforms[0]);
    if (nearest)
        return err_set(err, "unknown platform '%s': did you mean '%s'?", word, nearest);
    return err_set(err, "unknown platform '%s'; there are: %s", word,
                   strchr(cli_options[OPTION_PLATFORM].help, ':') + 2);
}

static bool read_options(struct importing *job, struct err *err)
{
    const char *platform = job->cli->values[OPTION_PLATFORM];
    const char *date = job->cli->values[OPTION_DATE], *map = job->cli->values[OPTION_MAP];
    import_options_init(&job->options);
    job->options.now = clock_now();
    if (job->cli->given[OPTION_WRITE_MAP] && job->cli->word_count > 1)
        return err_set(err, "--write-map is for one file");
    if (job->cli->given[OPTION_REJECTS] && job->cli->word_count > 1)
        return err_set(err, "--rejects is for one file");
    if (platform && !platform_from_word(text_of(platform), &job->options.platform))
        return unknown_platform(platform, err);
    if (date && !date_parse(text_of(date), &job->options.date))
        return err_set(err, "'--date' takes a day like 2026-11-16, not '%s'", date);
    return !map || read_map(job, map, err);
}

/* ---- sinks ---- */

static bool nothing_begin(void *self, struct err *err)
{
    (void)self, (void)err;
    return true;
}

static bool nothing_put(void *self, const struct record *record, struct err *err)
{
    (void)err;
    import_rates_count(self, record);
    return true;
}

static bool nothing_end(void *self, bool ok, struct err *err)
{
    (void)self, (void)ok, (void)err;
    return true;
}

static bool writing_begin(void *self, struct err *err)
{
    struct importing *job = self;
    return job->inner.begin(job->inner.self, err);
}

static bool writing_put(void *self, const struct record *record, struct err *err)
{
    struct importing *job = self;
    import_rates_count(job, record);
    return job->inner.put(job->inner.self, record, err);
}

static bool rehearsal_end(void *self, bool ok, struct err *err)
{
    struct importing *job = self;
    job->written = store_writer_written(job->writer);
    return job->inner.end(job->inner.self, false, err) || ok;
}

static bool writing_end(void *self, bool ok, struct err *err)
{
    struct importing *job = self;
    store_writer_rows(job->writer, job->report.rows, job->report.rejected);
    bool ended = job->inner.end(job->inner.self, ok, err);
    job->written = store_writer_written(job->writer);
    return ended;
}

static struct record_sink sink_of(struct importing *job)
{
    if (!job->store)
        return (struct record_sink){job, nothing_begin, nothing_put, NULL, nothing_end};
    job->writer = store_writer_new(job->store);
    store_writer_batch(job->writer, text_of(job->source.name));
    job->inner = store_writer_sink(job->writer);
    return (struct record_sink){job, writing_begin, writing_put, NULL,
                                job->cli->given[OPTION_DRY_RUN] ? rehearsal_end : writing_end};
}

/* ---- one file ---- */

static void on_problem(void *self, const struct import_problem *problem)
{
    struct importing *job = self;
    import_tell_problem(job, problem);
    if (job->rejects_whole.file)
        import_rejects_put(&job->rejects, job->plan, problem);
    if (job->report_whole.file)
        import_log_problem(&job->log, problem);
}

static void on_mixed(void *self, const struct import_mixed *mixed)
{
    struct importing *job = self;
    import_tell_mixed(job, mixed);
    if (job->report_whole.file)
        import_log_mixed(&job->log, mixed);
}

static bool on_progress(void *self, uint64_t bytes, uint64_t total, uint64_t rows)
{
    struct importing *job = self;
    verb_signals(&job->signal);
    import_tell_progress(job, bytes, total, rows);
    return job->signal == 0;
}

/* A dry run makes no store: without one every creator would be new. */
static bool open_store(struct importing *job, struct err *err)
{
    bool dry = job->cli->given[OPTION_DRY_RUN];
    struct buf path = BUF_INIT;
    if (job->opened)
        return true;
    bool ok = cli_store(job->cli, !dry, &path, err);
    if (ok && (!dry || access(buf_string(&path), F_OK) == 0))
        ok = patience_open_for_a_verb(buf_string(&path), STORE_WRITE, job->cli->config->plain,
                                      &job->store, err);
    if (ok && job->store)
        store_set_clock(job->store, clock_now);
    job->opened = ok;
    buf_release(&path);
    return ok;
}

/* A dry run is there to show what every column is taken for. */
static void tell_plan(const struct importing *job, const struct import_plan *plan)
{
    struct buf shown = BUF_INIT;
    if (job->cli->given[OPTION_DRY_RUN])
        import_plan_print(plan, &shown);
    else
        import_plan_brief(plan, &shown);
    say_text(buf_text(&shown));
    buf_release(&shown);
}

static bool write_map(const struct importing *job, const struct import_plan *plan, struct err *err)
{
    const char *path = job->cli->values[OPTION_WRITE_MAP];
    struct whole whole = {.file = NULL};
    struct buf yaml = BUF_INIT;
    struct doc map;
    if (!path)
        return true;
    import_plan_map(plan, &map);
    bool ok = yaml_write(&map, &yaml, err) &&
              whole_open(&whole, path, job->cli->given[OPTION_FORCE], err);
    if (ok) {
        size_t done = fwrite(yaml.at, 1, yaml.length, whole.file);
        ok = done == yaml.length || err_set(err, "cannot write '%s'", path);
        ok = whole_end(&whole, ok, err);
    }
    doc_release(&map);
    buf_release(&yaml);
    return ok;
}

static bool run_plan(struct importing *job, const struct import_plan *plan, struct err *err)
{
    struct import_listener listener = {job, on_problem, on_progress, on_mixed,
                                       job->rejects_whole.file};
    job->plan = plan;
    tell_plan(job, plan);
    if (!write_map(job, plan, err))
        return false;
    if (job->report_whole.file)
        import_log_plan(&job->log, plan);
    bool ok = signals_open(err);
    if (ok) {
        struct record_sink sink = sink_of(job);
        ok = import_run(plan, &job->source, &sink, &listener, &job->report, err);
        store_writer_free(job->writer);
        job->writer = NULL;
        signals_close();
    }
    struct import_log_written written = {job->written.added, job->written.changed,
                                         job->written.unchanged};
    if (job->report_whole.file)
        import_log_result(&job->log, &job->report, job->store ? &written : NULL, ok ? NULL : err);
    return ok;
}

static void import_file(struct importing *job, const char *path)
{
    struct import_plan plan;
    struct err err;
    job->report = (struct import_report){0};
    job->written = (struct store_written){0};
    memset(job->told, 0, sizeof job->told);
    import_rates_begin(job);
    bar_begin(&job->bar, job->cli->config->plain);
    if (!source_open(&job->source, path, &err)) {
        job->failed = true;
        say("%s", err.message);
        return;
    }
    bool planned = import_plan_make(&job->source, &job->options, &plan, &err);
    bool ok = planned && open_store(job, &err) && run_plan(job, &plan, &err);
    struct err lost;
    import_tell_clear(job);
    if (planned && !job->opened) {
        job->failed = job->storeless = true;
        say("%s", err.message);
    } else if (ok) {
        import_tell_result(job, plan.file);
        job->rejected = job->rejected || job->report.rejected > 0;
        job->changed = job->changed || job->written.added + job->written.changed > 0;
    } else if (job->signal) {
        say("cancelled: nothing of '%s' was kept", job->source.name);
    } else {
        job->failed = true;
        say("%s: %s", job->source.name, err.message);
    }
    if (!import_rejects_close(job, ok, &lost)) {
        job->failed = true;
        say("%s", lost.message);
    }
    import_tell_state(job, ok ? "done" : job->signal ? "cancelled" : "failed");
    import_plan_release(&plan);
    source_release(&job->source);
}

/* Medians are of the whole store: they follow once, after the last file. */
static bool follow_up(struct importing *job, struct err *err)
{
    struct peers peers;
    if (!job->store || job->cli->given[OPTION_DRY_RUN])
        return true;
    if (!job->changed) {
        if (!store_peers(job->store, &peers, err))
            return false;
        if (number_known(peers.made_at))
            return true;
    }
    return store_peers_make(job->store, clock_now(), &peers, err);
}

static void failed(struct importing *job, const struct err *err)
{
    say("%s", err->message);
    job->failed = true;
}

/* Reading a plan takes much memory for a short time, and what is kept of the creators grows in large
 * pieces: each is given back to the system when it is done with. */
static int import_all(struct importing *job)
{
    struct err err;
    memory_grows(true);
    for (size_t i = 0; i < job->cli->word_count && !job->signal && !job->storeless; i++)
        import_file(job, job->cli->words[i]);
    if (!follow_up(job, &err))
        failed(job, &err);
    store_close(job->store);
    import_rejects_close(job, false, &err); /* of a file that could not be opened */
    if (!import_report_close(job, &err))
        failed(job, &err);
    if (!import_tell_end(job, &err))
        failed(job, &err);
    if (job->signal)
        return EXIT_SIGNAL + job->signal;
    return job->failed ? EXIT_FAILED : job->rejected ? EXIT_REJECTS : EXIT_DONE;
}

int verb_import(const struct cli *cli)
{
    struct importing *job = mem_zero(1, sizeof *job);
    struct err err;
    job->cli = cli;
    int status;
    if (!read_options(job, &err) || !import_tell_begin(job, &err))
        status = verb_misused(&err);
    else if (!import_report_open(job, &err) || !import_rejects_open(job, &err))
        status = verb_failed(&err);
    else
        status = import_all(job);
    doc_release(&job->map);
    free(job->fees);
    free(job);
    return status;
}
