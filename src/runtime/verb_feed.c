#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "feeding_internal.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "verbs_internal.h"

/* Lines that wait for the next transaction. Each is a copy: their source reads on. */
struct pending {
    struct buf bytes;
    struct {
        size_t from, length;
        uint64_t number;
        bool too_long;
    } items[STORE_WRITER_SMALL];
    size_t count;
};

struct line_feed {
    struct feeding feeding;
    struct feed_input input;
    struct import_stream *stream;
    struct pending pending;
    struct text line; /* the present one */
    struct buf key;   /* of the place in the store; empty: it is not kept */
    bool ended;       /* nothing more comes in */
};

/* ---- where it stopped ---- */

static void find_place(struct line_feed *it)
{
    struct buf kept = BUF_INIT;
    struct feed_place place;
    bool found = false;
    char *path = it->input.followed ? realpath(it->input.name, NULL) : NULL;
    if (!path)
        return;
    buf_addf(&it->key, "feed.%s", path);
    free(path);
    if (store_meta(it->feeding.store, buf_string(&it->key), &kept, &found, NULL) && found &&
        sscanf(buf_string(&kept), "%" SCNu64 " %" SCNu64 " %" SCNx64, &place.position, &place.line,
               &place.check) == 3) {
        bool same = feed_input_resume(&it->input, &place);
        if (same && place.line > 0)
            say("%s: goes on after line %" PRIu64, it->input.name, place.line);
        else if (!same)
            say("%s: not the file of last time, or written anew: read from its front",
                it->input.name);
    }
    buf_release(&kept);
}

static bool keep_place(struct line_feed *it, struct err *err)
{
    struct buf kept = BUF_INIT;
    struct feed_place place = feed_input_place(&it->input);
    if (it->key.length == 0)
        return true;
    buf_addf(&kept, "%" PRIu64 " %" PRIu64 " %016" PRIx64, place.position, place.line, place.check);
    bool ok = store_meta_set(it->feeding.store, buf_string(&it->key), buf_text(&kept), err);
    buf_release(&kept);
    return ok;
}

/* ---- lines into the store ---- */

static void on_problem(void *self, const struct import_problem *problem)
{
    struct line_feed *it = self;
    feeding_problem(&it->feeding, problem, it->line);
}

static bool fill(void *self, struct err *err)
{
    struct line_feed *it = self;
    const struct pending *pending = &it->pending;
    const struct import_listener listener = {.self = it, .problem = on_problem};
    struct import_report report = {0};
    bool ok = true;
    for (size_t i = 0; ok && i < pending->count; i++) {
        it->line =
            text_part(buf_text(&pending->bytes), pending->items[i].from, pending->items[i].length);
        size_t number = (size_t)pending->items[i].number;
        struct import_problem too_long = {.trouble = TROUBLE_REJECT,
                                          .line = number,
                                          .value = it->line,
                                          .reason = "longer than 1 MiB"};
        it->feeding.part.lines++;
        if (pending->items[i].too_long)
            on_problem(it, &too_long);
        else
            ok = import_stream_line(it->stream, number, it->line, clock_now(), &it->feeding.sink,
                                    &listener, &report, err);
    }
    return ok && keep_place(it, err);
}

static void commit(struct line_feed *it, struct err *err)
{
    it->feeding.failed = !feeding_commit(&it->feeding, fill, it, err);
    it->pending.count = 0;
    buf_clear(&it->pending.bytes);
}

static void take_lines(struct line_feed *it)
{
    struct pending *pending = &it->pending;
    struct feed_line line;
    while (pending->count < COUNT_OF(pending->items) &&
           pending->bytes.length < 2 * FEED_LINE_MOST && feed_input_next(&it->input, &line)) {
        size_t at = pending->count++;
        pending->items[at].from = pending->bytes.length;
        pending->items[at].length = line.text.length;
        pending->items[at].number = line.number;
        pending->items[at].too_long = line.too_long;
        buf_add_text(&pending->bytes, line.text);
    }
}

static bool is_full(const struct pending *pending)
{
    return pending->count == COUNT_OF(pending->items) ||
           pending->bytes.length >= 2 * FEED_LINE_MOST;
}

/* ---- what comes in ---- */

/* Everything of the old file goes into the store before the first line of the new one. */
static void turn(struct line_feed *it, struct err *err)
{
    const char *why;
    for (take_lines(it); it->pending.count > 0 && !it->feeding.failed; take_lines(it))
        commit(it, err);
    if (it->feeding.failed)
        return;
    if (feed_input_turn(&it->input, &why, err))
        say("%s: %s: read from its front", it->input.name, why);
    else
        it->feeding.failed = true;
}

static void read_more(struct line_feed *it, struct err *err)
{
    double due = it->feeding.written_at + FEED_SECONDS;
    double deadline = it->pending.count ? due : INFINITY;
    bool followed = it->input.followed;
    if (!followed && !feeding_wait(&it->feeding, it->input.fd, deadline))
        return;
    enum feed_input_state state = feed_input_fill(&it->input, err);
    if (state == FEED_INPUT_WAIT)
        feeding_wait(&it->feeding, -1, fmin(deadline, loop_now() + FEED_LOOK_SECONDS));
    else if (state == FEED_INPUT_TURN)
        turn(it, err);
    it->ended = state == FEED_INPUT_ENDED;
    it->feeding.failed = it->feeding.failed || state == FEED_INPUT_FAILED;
}

static void run(struct line_feed *it, struct err *err)
{
    for (;;) {
        bool on = feeding_goes_on(&it->feeding) && !it->ended;
        take_lines(it);
        if (it->feeding.failed)
            return;
        bool due =
            !on || is_full(&it->pending) || loop_now() >= it->feeding.written_at + FEED_SECONDS;
        if (it->pending.count && due)
            commit(it, err);
        else if (!on)
            return;
        else
            read_more(it, err);
    }
}

static int feed_lines(struct line_feed *it, const struct cli *cli)
{
    struct err err;
    const char *path = cli->word_count ? cli->words[0] : "-";
    if (!feed_input_open(&it->input, path, &err))
        return verb_failed(&err);
    double began = loop_now();
    bool begun = feeding_begin(&it->feeding, cli, it->input.name, &err) &&
                 feeding_problems_open(&it->feeding, &err);
    if (begun) {
        it->stream = import_stream_new(it->input.name);
        find_place(it);
        run(it, &err);
    }
    if (begun && it->feeding.failed)
        say("%s", err.message);
    int status = begun ? feeding_end(&it->feeding, loop_now() - began)
                       : feeding_not_begun(&it->feeding, &err);
    import_stream_free(it->stream);
    feeding_release(&it->feeding);
    feed_input_release(&it->input);
    buf_release(&it->pending.bytes);
    buf_release(&it->key);
    return status;
}

static bool check_options(const struct cli *cli, struct err *err)
{
    static const enum cli_option simulated[] = {OPTION_SEED, OPTION_FOR, OPTION_UPDATES};
    bool simulate = cli->given[OPTION_SIMULATE];
    if (simulate && cli->word_count)
        return err_set(err, "a simulated feed reads no file: leave out '%s'", cli->words[0]);
    if (simulate && cli->given[OPTION_REJECTS])
        return err_set(err, "a simulated feed rejects nothing: leave out '--rejects'");
    for (size_t i = 0; i < COUNT_OF(simulated) && !simulate; i++)
        if (cli->given[simulated[i]])
            return err_set(err, "'--%s' goes with --simulate", cli_options[simulated[i]].name);
    return true;
}

int verb_feed(const struct cli *cli)
{
    struct err err;
    if (!check_options(cli, &err))
        return verb_misused(&err);
    struct line_feed *it = mem_zero(1, sizeof *it);
    int status =
        cli->given[OPTION_SIMULATE] ? feed_simulate(&it->feeding, cli) : feed_lines(it, cli);
    free(it);
    return status;
}
