#include "runtime/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

/* Signals that are handed out, in this order. */
static const int handed[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

static const struct {
    int number;
    const char *line;
} fatal[] = {
    {SIGSEGV, "microscope: stopped by a bug (SIGSEGV)\n"},
    {SIGABRT, "microscope: stopped by a bug (SIGABRT)\n"},
    {SIGBUS, "microscope: stopped by a bug or a broken disk (SIGBUS)\n"},
    {SIGFPE, "microscope: stopped by a bug (SIGFPE)\n"},
    {SIGILL, "microscope: stopped by a bug (SIGILL)\n"},
};

enum { HANDED = COUNT_OF(handed), FATAL = COUNT_OF(fatal), STACK = 1 << 16 };

/* The one place of the program with state that outlives a call: a signal handler is given nothing
 * but a number, so what it needs has to lie where it can find it. */
static struct {
    bool open;
    int wake[2]; /* a pipe: [1] is written by the handler, [0] is waited for */
    volatile sig_atomic_t pending[HANDED];
    struct sigaction found[HANDED], found_fatal[FATAL], found_pipe, found_size;
    bool has_rescue; /* changed only while fatal signals are blocked */
    struct signals_rescue rescue;
    bool has_stack;
    _Alignas(16) char stack[STACK]; /* so that a full stack can be reported */
} state = {.wake = {-1, -1}};

static void on_signal(int number)
{
    int saved = errno;
    for (size_t i = 0; i < HANDED; i++)
        if (handed[i] == number)
            state.pending[i] = 1;
    /* When the pipe is full the reader has more than enough to wake up for. */
    ssize_t written = write(state.wake[1], "", 1);
    (void)written;
    errno = saved;
}

static void write_all(int fd, const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

/* The end of what was said while standard error was set aside: the reason comes last. */
static void copy_log(int log)
{
    enum { MOST = 1 << 16 };
    char block[1024];
    off_t size = lseek(log, 0, SEEK_END);
    if (size < 0 || lseek(log, size > MOST ? size - MOST : 0, SEEK_SET) < 0)
        return;
    for (ssize_t n; (n = read(log, block, sizeof block)) > 0;)
        write_all(STDERR_FILENO, block, (size_t)n);
}

/* Only calls that are allowed in a signal handler. */
static void on_fatal(int number)
{
    if (state.has_rescue) {
        const struct signals_rescue *rescue = &state.rescue;
        state.has_rescue = false;
        if (rescue->terminal >= 0) {
            write_all(rescue->terminal, rescue->reset, rescue->reset_length);
            tcsetattr(rescue->terminal, TCSANOW, &rescue->found);
        }
        if (rescue->stderr_saved >= 0)
            dup2(rescue->stderr_saved, STDERR_FILENO);
        if (rescue->log >= 0)
            copy_log(rescue->log);
    }
    for (size_t i = 0; i < FATAL; i++)
        if (fatal[i].number == number)
            write_all(STDERR_FILENO, fatal[i].line, strlen(fatal[i].line));
    /* The handler was reset on entry (SA_RESETHAND): this one kills. */
    raise(number);
}

static bool open_pipe(struct err *err)
{
    if (pipe(state.wake) < 0)
        return err_set(err, "cannot make a pipe for signals: %s", strerror(errno));
    for (int i = 0; i < 2; i++) {
        fcntl(state.wake[i], F_SETFD, FD_CLOEXEC);
        fcntl(state.wake[i], F_SETFL, O_NONBLOCK);
    }
    return true;
}

static void open_stack(void)
{
    stack_t present;
    if (sigaltstack(NULL, &present) < 0 || !(present.ss_flags & SS_DISABLE))
        return;
    stack_t own = {.ss_sp = state.stack, .ss_size = STACK};
    state.has_stack = sigaltstack(&own, NULL) == 0;
}

bool signals_open(struct err *err)
{
    if (state.open)
        return true;
    if (!open_pipe(err))
        return false;
    open_stack();
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < HANDED; i++) {
        state.pending[i] = 0;
        sigaction(handed[i], NULL, &state.found[i]);
        if (state.found[i].sa_handler != SIG_IGN)
            sigaction(handed[i], &action, NULL);
    }
    struct sigaction last = {.sa_handler = on_fatal,
                             .sa_flags = (int)(SA_RESETHAND | SA_NODEFER | SA_ONSTACK)};
    sigemptyset(&last.sa_mask);
    for (size_t i = 0; i < FATAL; i++)
        sigaction(fatal[i].number, &last, &state.found_fatal[i]);
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGPIPE, &ignore, &state.found_pipe);
    sigaction(SIGXFSZ, &ignore, &state.found_size);
    state.open = true;
    return true;
}

void signals_close(void)
{
    if (!state.open)
        return;
    for (size_t i = 0; i < HANDED; i++)
        sigaction(handed[i], &state.found[i], NULL);
    for (size_t i = 0; i < FATAL; i++)
        sigaction(fatal[i].number, &state.found_fatal[i], NULL);
    sigaction(SIGPIPE, &state.found_pipe, NULL);
    sigaction(SIGXFSZ, &state.found_size, NULL);
    if (state.has_stack)
        sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    close(state.wake[0]);
    close(state.wake[1]);
    state.wake[0] = state.wake[1] = -1;
    state.has_stack = state.open = false;
}

int signals_fd(void)
{
    return state.wake[0];
}

bool signals_take(int *number)
{
    char bytes[64];
    /* The pipe is emptied first: what comes after that wakes again. */
    if (state.open)
        while (read(state.wake[0], bytes, sizeof bytes) > 0)
            continue;
    for (size_t i = 0; i < HANDED; i++)
        if (state.pending[i]) {
            state.pending[i] = 0;
            *number = handed[i];
            return true;
        }
    return false;
}

static void forget(int number)
{
    for (size_t i = 0; i < HANDED; i++)
        if (handed[i] == number)
            state.pending[i] = 0;
}

void signals_stop(bool job)
{
    struct sigaction stop = {.sa_handler = SIG_DFL}, own;
    sigemptyset(&stop.sa_mask);
    sigaction(SIGTSTP, &stop, &own);
    if (job)
        kill(0, SIGTSTP);
    else
        raise(SIGTSTP);
    /* Continued. Whoever asked for the stop takes the terminal again and need not be told. */
    sigaction(SIGTSTP, &own, NULL);
    forget(SIGCONT);
    forget(SIGTSTP);
}

void signals_set_rescue(const struct signals_rescue *rescue)
{
    sigset_t fatals, before;
    sigemptyset(&fatals);
    for (size_t i = 0; i < FATAL; i++)
        sigaddset(&fatals, fatal[i].number);
    sigprocmask(SIG_BLOCK, &fatals, &before);
    state.has_rescue = rescue != NULL;
    if (rescue)
        state.rescue = *rescue;
    sigprocmask(SIG_SETMASK, &before, NULL);
}
