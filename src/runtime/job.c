#include "runtime/job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vec.h"
#include "runtime/loop.h"
#include "runtime/signals.h"

/* More than this of what it says is not kept, and no line is longer. */
#define SAID_MOST 8192
#define LINE_MOST 65536
#define WORDS_MOST 16

extern char **environ;

void job_init(struct job *job)
{
    *job = (struct job){.out = -1, .err = -1};
}

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void job_release(struct job *job)
{
    if (!job)
        return;
    if (job->child)
        job_stop(job, 5);
    buf_release(&job->line);
    buf_release(&job->said);
}

/* Our ends never block and are no business of the child. */
static bool open_pipe(int ends[2], struct err *err)
{
    if (pipe(ends) != 0)
        return err_set(err, "cannot make a pipe: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return true;
}

static bool spawn(struct job *job, char *const words[], int out, int err_end, struct err *err)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err_end, STDERR_FILENO);
    int failed = posix_spawn(&job->child, "/proc/self/exe", &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed) {
        job->child = 0;
        return err_set(err, "cannot start a second process: %s", strerror(failed));
    }
    return true;
}

static bool open_pipes(int out[2], int said[2], struct err *err)
{
    if (!open_pipe(out, err))
        return false;
    if (open_pipe(said, err))
        return true;
    close(out[0]);
    close(out[1]);
    return false;
}

/* Ours are kept, those of the child are the child's. */
static void take_ends(struct job *job, int out[2], int said[2], bool ok)
{
    close(out[1]);
    close(said[1]);
    job->out = out[0];
    job->err = said[0];
    job->cancelled = false;
    buf_clear(&job->line);
    buf_clear(&job->said);
    if (!ok) {
        close_end(&job->out);
        close_end(&job->err);
    }
}

bool job_start(struct job *job, const char *const words[], struct err *err)
{
    int out[2], said[2];
    char program[] = "microscope", *argv[WORDS_MOST + 4] = {program};
    /* All that a child needs to know stands in its words: settings are for people, and a file of them
     * that went wrong meanwhile is nothing to it. */
    const char *const all[] = {"--config", "/dev/null"};
    size_t count = 1;
    for (size_t i = 0; i < COUNT_OF(all); i++)
        argv[count++] = (char *)all[i]; /* the old promise of exec: they are not written to */
    for (size_t i = 0; i < WORDS_MOST && words[i]; i++)
        argv[count++] = (char *)words[i];
    if (!open_pipes(out, said, err))
        return false;
    bool ok = spawn(job, argv, out[1], said[1], err);
    take_ends(job, out, said, ok);
    return ok;
}

/* In the copy: signals are its own business from now on. */
static int run_copy(int (*run)(void *self), void *self, int out, int said)
{
    struct err err;
    sigset_t none;
    signals_set_rescue(NULL); /* the terminal is not ours */
    signals_close();
    dup2(out, STDOUT_FILENO);
    dup2(said, STDERR_FILENO);
    bool ok = signals_open(&err);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int status = ok ? run(self) : 1;
    fflush(stdout);
    fflush(stderr);
    return status;
}

bool job_fork(struct job *job, int (*run)(void *self), void *self, struct err *err)
{
    int out[2], said[2];
    sigset_t all, before;
    if (!open_pipes(out, said, err))
        return false;
    fflush(NULL);
    sigfillset(&all); /* none may reach handlers of ours in the copy */
    sigprocmask(SIG_BLOCK, &all, &before);
    job->child = fork();
    if (job->child == 0)
        _exit(run_copy(run, self, out[1], said[1]));
    sigprocmask(SIG_SETMASK, &before, NULL);
    bool ok = job->child > 0;
    if (!ok) {
        job->child = 0;
        err_set(err, "cannot start a second process: %s", strerror(errno));
    }
    take_ends(job, out, said, ok);
    return ok;
}

bool job_running(const struct job *job)
{
    return job->child != 0;
}

/* All there is at the moment, behind what is there. */
static void drain(int *fd, struct buf *into)
{
    char block[4096];
    while (*fd >= 0 && into->length < LINE_MOST) {
        ssize_t got = read(*fd, block, sizeof block);
        if (got > 0)
            buf_add(into, block, (size_t)got);
        else if (got == 0 || (errno != EAGAIN && errno != EINTR))
            close_end(fd);
        else if (errno == EAGAIN)
            return;
    }
}

void job_read(struct job *job, void (*line)(void *self, struct text line), void *self)
{
    size_t end, used = 0;
    drain(&job->err, &job->said);
    if (job->said.length > SAID_MOST)
        buf_remove(&job->said, 0, job->said.length - SAID_MOST);
    drain(&job->out, &job->line);
    for (struct text rest = buf_text(&job->line); text_find(rest, TEXT("\n"), &end);
         rest = text_part(rest, end + 1, rest.length)) {
        line(self, text_part(rest, 0, end));
        used += end + 1;
    }
    buf_remove(&job->line, 0, used);
    if (job->line.length >= LINE_MOST)
        buf_clear(&job->line);
}

bool job_closing(const struct job *job)
{
    return job->child != 0 && job->out < 0 && job->err < 0;
}

static void forget(struct job *job)
{
    close_end(&job->out);
    close_end(&job->err);
    job->child = 0;
}

bool job_ended(struct job *job, int *status)
{
    if (!job_closing(job) || waitpid(job->child, status, WNOHANG) != job->child)
        return false;
    forget(job);
    return true;
}

void job_cancel(struct job *job)
{
    if (!job->child)
        return;
    job->cancelled = true;
    kill(job->child, SIGTERM);
    kill(job->child, SIGCONT); /* where it was stopped with us */
}

/* Nobody reads any more: what it still writes has to go nowhere rather than fill the pipe. */
bool job_wait(struct job *job, double seconds)
{
    int status;
    double until = loop_now() + seconds;
    close_end(&job->out);
    close_end(&job->err);
    while (job->child && waitpid(job->child, &status, WNOHANG) == 0) {
        if (loop_now() >= until)
            return false;
        loop_wait(NULL, 0, loop_now() + 0.01);
    }
    job->child = 0;
    return true;
}

void job_stop(struct job *job, double seconds)
{
    job_cancel(job);
    while (!job_wait(job, seconds))
        kill(job->child, SIGKILL);
}

struct text job_complaint(const struct job *job)
{
    struct text rest = buf_text(&job->said), line, last = TEXT("");
    while (text_next(&rest, '\n', &line))
        if (text_trim(line).length > 0)
            last = text_trim(line);
    return text_starts(last, "microscope: ") ? text_part(last, 12, last.length) : last;
}
