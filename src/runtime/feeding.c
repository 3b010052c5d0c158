#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "feeding_internal.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "runtime/patience.h"
#include "runtime/signals.h"
#include "verbs_internal.h"

#define BUSY_SECONDS 0.01  /* between two tries while somebody else writes */
#define PATIENCE_SECONDS 1 /* of such tries, before it is said */
#define LAST_SECONDS 2     /* of such tries when the work is to end */
#define TELL_SECONDS 1     /* between two words on how far it is */

static bool open_store(struct feeding *it, struct err *err)
{
    struct buf path = BUF_INIT;
    bool ok = cli_store(it->cli, true, &path, err) &&
              patience_open(buf_string(&path), STORE_FEED, it->cli->config->plain, &it->store,
                            &it->signal, err);
    buf_release(&path);
    if (ok)
        store_set_clock(it->store, clock_now);
    if (ok && store_read_only(it->store))
        return err_set(err, "cannot write '%s': it is open for reading only",
                       store_path(it->store));
    return ok;
}

bool feeding_begin(struct feeding *it, const struct cli *cli, const char *name, struct err *err)
{
    it->cli = cli;
    it->name = name;
    it->reject_file = it->listener = -1;
    if (!signals_open(err) || !open_store(it, err) || !feeding_progress_begin(it, err))
        return false;
    it->writer = store_writer_new(it->store);
    it->sink = store_writer_sink(it->writer);
    return true;
}

int feeding_not_begun(const struct feeding *it, const struct err *err)
{
    if (it->signal)
        return EXIT_SIGNAL + it->signal;
    say("%s", err->message);
    return EXIT_FAILED;
}

void feeding_release(struct feeding *it)
{
    feeding_problems_release(it);
    store_writer_free(it->writer);
    store_close(it->store);
    output_release(&it->output);
    signals_close();
}

/* ---- going on ---- */

bool feeding_goes_on(struct feeding *it)
{
    verb_signals(&it->signal);
    return !it->signal && !it->listener_gone && !it->failed;
}

bool feeding_wait(struct feeding *it, int input, double deadline)
{
    struct loop_source sources[] = {{.fd = signals_fd()}, {.fd = input}, {.fd = it->listener}};
    loop_wait(sources, COUNT_OF(sources), deadline);
    it->listener_gone = it->listener_gone || sources[2].ready;
    return sources[1].ready;
}

/* ---- one transaction ---- */

static bool try_once(struct feeding *it, bool (*fill)(void *self, struct err *err), void *self,
                     struct err *err)
{
    feeding_problems_drop(it);
    it->part = (struct feed_counts){0};
    if (!it->sink.begin(it->sink.self, err))
        return false;
    bool filled = fill(self, err);
    if (filled)
        feeding_problems_keep(it);
    return it->sink.end(it->sink.self, filled, filled ? err : NULL) && filled;
}

static void count_part(struct feeding *it)
{
    struct store_written written = store_writer_written(it->writer);
    it->done.lines += it->part.lines;
    it->done.rejected += it->part.rejected;
    it->done.added += written.added;
    it->done.changed += written.changed;
    it->done.unchanged += written.unchanged;
    it->written_at = loop_now();
}

/* False: it is to end, and has waited long enough. */
static bool wait_for_writer(struct feeding *it, double since, bool *said)
{
    bool on = feeding_goes_on(it);
    if (!on && loop_now() - since > LAST_SECONDS)
        return false;
    if (!*said && loop_now() - since > PATIENCE_SECONDS) {
        *said = true;
        say("another program is writing to '%s': waiting for it", store_path(it->store));
    }
    loop_wait(NULL, 0, loop_now() + BUSY_SECONDS);
    return true;
}

bool feeding_commit(struct feeding *it, bool (*fill)(void *self, struct err *err), void *self,
                    struct err *err)
{
    double since = loop_now();
    bool said = false;
    do {
        if (!store_in_place(it->store))
            return err_set(err, "'%s' was deleted or replaced: what comes in has no place to go",
                           store_path(it->store));
        if (try_once(it, fill, self, err)) {
            count_part(it);
            feeding_problems_tell(it);
            feeding_progress(it, "feeding");
            return true;
        }
    } while (store_busy(it->store) && wait_for_writer(it, since, &said));
    return false;
}

/* ---- how far it is, for a program ---- */

static const struct writer_column progress_columns[] = {
    {.key = "state", .title = "State", .unit = UNIT_TEXT},
    {.key = "lines", .title = "Lines", .unit = UNIT_COUNT},
    {.key = "rejected", .title = "Rejected", .unit = UNIT_COUNT},
    {.key = "added", .title = "Added", .unit = UNIT_COUNT},
    {.key = "changed", .title = "Changed", .unit = UNIT_COUNT},
    {.key = "unchanged", .title = "Unchanged", .unit = UNIT_COUNT},
};

bool feeding_progress_begin(struct feeding *it, struct err *err)
{
    struct stat about;
    output_init(&it->output);
    if (!verb_progress(it->cli, &it->output, progress_columns, COUNT_OF(progress_columns),
                       &it->lines, err))
        return false;
    if (it->lines && fstat(STDOUT_FILENO, &about) == 0 && S_ISFIFO(about.st_mode))
        it->listener = STDOUT_FILENO;
    return true;
}

static void progress_line(struct feeding *it, const char *state)
{
    const struct feed_counts *done = &it->done;
    const uint64_t counts[] = {done->lines, done->rejected, done->added, done->changed,
                               done->unchanged};
    struct writer_cell cells[COUNT_OF(progress_columns)] = {
        {.number = number_unknown(), .text = text_of(state)}};
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        cells[i + 1].number = (double)counts[i];
    it->listener_failed = !writer_row(it->lines, cells, NULL) || fflush(stdout) != 0;
    it->told_at = loop_now();
    it->told_lines = done->lines;
}

void feeding_progress(struct feeding *it, const char *state)
{
    if (it->lines && !it->listener_failed && it->done.lines != it->told_lines &&
        loop_now() - it->told_at >= TELL_SECONDS)
        progress_line(it, state);
}

void feeding_progress_end(struct feeding *it)
{
    if (it->lines && !it->listener_failed && !it->listener_gone)
        progress_line(it, it->failed ? "failed" : it->signal ? "stopped" : "done");
    output_end(&it->output, !it->listener_failed && !it->listener_gone, NULL);
    writer_free(it->lines);
    it->lines = NULL;
}

/* ---- the end ---- */

static void add_count(const struct feeding *it, struct buf *line, uint64_t count, const char *one,
                      const char *many)
{
    number_fixed(line, (double)count, 0, it->cli->config->style);
    buf_addf(line, " %s", count == 1 ? one : many);
}

static void tell_all(struct feeding *it, double seconds)
{
    const struct feed_counts *done = &it->done;
    struct buf line = BUF_INIT;
    buf_addf(&line, "%s: ", it->name);
    if (it->cli->given[OPTION_SIMULATE]) {
        add_count(it, &line, done->lines, "look", "looks");
        buf_addf(&line, " in %.0f s", seconds);
    } else {
        add_count(it, &line, done->lines, "line", "lines");
        buf_addf(&line, " in %.0f s; ", seconds);
        add_count(it, &line, done->rejected, "line rejected", "lines rejected");
        if (done->rejected && it->reject_file >= 0)
            buf_addf(&line, ", kept in '%s'", buf_string(&it->reject_path));
    }
    buf_addf(&line, "\ninto '%s': ", store_path(it->store));
    add_count(it, &line, done->added, "creator new, ", "creators new, ");
    add_count(it, &line, done->changed, "change, ", "changes, ");
    add_count(it, &line, done->unchanged, "without news\n", "without news\n");
    say_text(buf_text(&line));
    buf_release(&line);
}

int feeding_end(struct feeding *it, double seconds)
{
    feeding_progress_end(it);
    tell_all(it, seconds);
    if (it->signal)
        return EXIT_SIGNAL + it->signal;
    return it->failed ? EXIT_FAILED : it->done.rejected ? EXIT_REJECTS : EXIT_DONE;
}
