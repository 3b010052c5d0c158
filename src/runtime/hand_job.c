#include "runtime/hand_job.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/number.h"
#include "base/utf8.h"
#include "runtime/loop.h"
#include "runtime/output.h"
#include "runtime/signals.h"
#include "runtime/whole.h"

#define TELL_SECONDS 0.1
#define PATIENCE 20 /* seconds for a copy to put an end to it */

/* ---- the copy ---- */

struct writing {
    struct handing *handing;
    const char *path;
    bool force;
    double told_at;
    int signal; /* that asked to stop; 0: none */
};

static void take_signals(struct writing *writing)
{
    int number;
    while (signals_take(&number))
        if (number == SIGTERM || number == SIGINT || number == SIGHUP || number == SIGQUIT)
            writing->signal = number;
}

static bool step(void *self, size_t done)
{
    struct writing *writing = self;
    take_signals(writing);
    if (loop_now() - writing->told_at >= TELL_SECONDS) {
        writing->told_at = loop_now();
        printf("%zu\n", done);
        fflush(stdout);
    }
    return writing->signal == 0;
}

static bool write_whole(struct writing *writing, struct err *err)
{
    struct whole file;
    if (!whole_open(&file, writing->path, writing->force, err))
        return false;
    bool ok = handing_write(writing->handing, writer_out_file(file.file), err);
    take_signals(writing);
    if (writing->signal)
        ok = err_set(err, "cancelled");
    else if (!ok)
        err_before(err, "'%s'", writing->path);
    return whole_end(&file, ok, err);
}

static int run(void *self)
{
    struct writing *writing = self;
    struct err err;
    writing->handing->step = step;
    writing->handing->step_self = writing;
    bool ok = write_whole(writing, &err);
    if (ok)
        printf("done\n");
    else
        say("%s", err.message);
    return !ok;
}

/* ---- the explorer ---- */

void hand_job_init(struct hand_job *hand)
{
    *hand = (struct hand_job){.began = 0};
    job_init(&hand->job);
}

void hand_job_release(struct hand_job *hand)
{
    if (job_running(&hand->job))
        job_stop(&hand->job, PATIENCE);
    job_release(&hand->job);
    buf_release(&hand->path);
    buf_release(&hand->name);
}

bool hand_job_start(struct hand_job *hand, struct handing *handing, const char *path, bool force,
                    struct err *err)
{
    struct writing writing = {.handing = handing, .path = path, .force = force};
    const char *slash = strrchr(path, '/');
    hand->done = false;
    hand->moved = true;
    hand->began = loop_now();
    size_t total = handing->what == HAND_LIST ? handing->model->result.rows.count : 0;
    hand->progress = (struct job_progress){.running = true, .hands_over = true, .total = total};
    buf_clear(&hand->path);
    buf_add_string(&hand->path, path);
    buf_clear(&hand->name);
    buf_add_string(&hand->name, slash ? slash + 1 : path);
    return job_fork(&hand->job, run, &writing, err);
}

bool hand_job_running(const struct hand_job *hand)
{
    return job_running(&hand->job);
}

static void on_line(void *self, struct text line)
{
    struct hand_job *hand = self;
    struct number_seen seen;
    if (text_is(line, "done"))
        hand->done = true;
    else if (number_parse(line, number_style_plain, &seen))
        hand->progress.rows = hand->progress.done = (uint64_t)seen.value;
    hand->progress.seconds = loop_now() - hand->began;
    hand->moved = true;
}

bool hand_job_read(struct hand_job *hand, int *status)
{
    job_read(&hand->job, on_line, hand);
    if (!job_ended(&hand->job, status))
        return false;
    hand->progress.running = false;
    return true;
}

void hand_job_cancel(struct hand_job *hand)
{
    if (hand->done || !job_running(&hand->job))
        return;
    job_cancel(&hand->job);
    hand->progress.cancelling = true;
    hand->moved = true;
}

bool hand_job_tell(const struct hand_job *hand, int status, struct buf *out)
{
    struct text complaint = job_complaint(&hand->job);
    if (hand->done) {
        buf_add_text(out, buf_text(&hand->path));
        return true;
    }
    if (hand->job.cancelled) {
        text_safe(out, buf_text(&hand->name));
        buf_add_string(out, ": cancelled, no file was made");
        return true;
    }
    if (complaint.length > 0) {
        text_safe(out, complaint);
        return false;
    }
    buf_add_string(out, "'");
    text_safe(out, buf_text(&hand->path));
    buf_addf(out, "' was not made: stopped by %s %d", WIFSIGNALED(status) ? "signal" : "status",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    return false;
}
