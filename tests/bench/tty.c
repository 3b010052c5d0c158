#define _GNU_SOURCE
#include "tty.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define PATIENCE 120000.0 /* milliseconds; a frame that takes longer is no frame */
#define SETTLED 5.0

static void become(const char *const argv[])
{
    static const char *const unset[] = {"NO_COLOR", "COLORTERM", "ESCDELAY",    "COLUMNS",
                                        "LINES",    "LANG",      "TERM_PROGRAM"};
    for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
        unsetenv(unset[i]);
    setenv("TERM", "xterm-256color", 1);
    setenv("MICROSCOPE_TEST_SIGN", "each", 1);
    setenv("XDG_CONFIG_HOME", "/dev/null", 1); /* nobody's own settings */
    execv(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

void tty_start(struct tty *tty, const char *const argv[], int columns, int rows)
{
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    *tty = (struct tty){.columns = columns, .rows = rows};
    fflush(NULL);
    tty->began = bench_now();
    tty->pid = forkpty(&tty->master, NULL, NULL, &size);
    if (tty->pid < 0)
        bench_give_up("no pseudo-terminal: %s", strerror(errno));
    if (tty->pid == 0)
        become(argv);
}

void tty_explore(struct tty *tty, const char *store, int columns, int rows)
{
    const char *const words[] = {MICROSCOPE, store, "--theme", "dark", NULL};
    tty_start(tty, words, columns, rows);
    tty_wait(tty);
}

/* The program paints its progress all the time; a tenth of a second without a frame ends the load. */
bool tty_arriving(struct tty *tty)
{
    unsigned long before = tty->signs;
    double end = bench_now() + 100;
    while (tty->signs == before && bench_now() < end)
        tty_read(tty, 5);
    return tty->signs != before;
}

void tty_watch(struct tty *tty, const char *text)
{
    tty->watched = text;
    tty->matched = 0;
    tty->seen_at = 0;
}

void tty_end(struct tty *tty)
{
    int status;
    kill(tty->pid, SIGTERM);
    while (tty_read(tty, 1000))
        continue;
    waitpid(tty->pid, &status, 0);
    close(tty->master);
}

static void send_bytes(struct tty *tty, const char *bytes, size_t length)
{
    tty->sent += length;
    if (write(tty->master, bytes, length) != (ssize_t)length)
        bench_give_up("the program takes no keys any more");
}

void tty_send(struct tty *tty, const char *bytes)
{
    send_bytes(tty, bytes, strlen(bytes));
}

void tty_resize(struct tty *tty, int columns, int rows)
{
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    tty->columns = columns;
    tty->rows = rows;
    ioctl(tty->master, TIOCSWINSZ, &size);
}

static void take_sign(struct tty *tty, const char *text, double now)
{
    int columns, rows;
    unsigned long number, read;
    if (sscanf(text, "\033]7771;%lu;%lu;%d;%d", &number, &read, &columns, &rows) != 4)
        return;
    tty->signs = number;
    tty->read = read;
    tty->sign_columns = columns;
    tty->sign_rows = rows;
    tty->last_sign = now;
    tty->answered = tty->last_byte;
    tty->answered_written = tty->written;
}

/* Are the first bytes a sign (1), its beginning (-1), or something else (0)? */
static int sign_at(const char *bytes, size_t length, size_t *end)
{
    static const char start[] = "\033]7771;";
    size_t same = length < sizeof start - 1 ? length : sizeof start - 1;
    if (memcmp(bytes, start, same) != 0)
        return 0;
    for (size_t i = same; i + 1 < length; i++)
        if (bytes[i] == '\033' && bytes[i + 1] == '\\') {
            *end = i + 2;
            return 1;
        }
    return length < 96 ? -1 : 0;
}

/* The program asks where the cursor is after a sign of unsure width. */
static void answer_question(struct tty *tty, const char *bytes, size_t length)
{
    if (length >= 4 && memcmp(bytes, "\033[6n", 4) == 0)
        send_bytes(tty, "\033[1;2R", 6);
}

/* No watched text begins with a part of itself. */
static void watch(struct tty *tty, char byte, double now)
{
    if (!tty->watched || tty->seen_at > 0)
        return;
    tty->matched =
        byte == tty->watched[tty->matched] ? tty->matched + 1 : (size_t)(byte == tty->watched[0]);
    if (!tty->watched[tty->matched])
        tty->seen_at = now;
}

static void take(struct tty *tty, const char *bytes, size_t length, double now)
{
    size_t at = 0, end = 0;
    while (at < length) {
        int sign = bytes[at] == '\033' ? sign_at(bytes + at, length - at, &end) : 0;
        if (sign < 0)
            break;
        if (sign > 0) {
            take_sign(tty, bytes + at, now);
            at += end;
            continue;
        }
        answer_question(tty, bytes + at, length - at);
        watch(tty, bytes[at], now);
        tty->written++;
        tty->last_byte = now;
        at++;
    }
    tty->tail_length = length - at;
    memmove(tty->tail, bytes + at, tty->tail_length);
}

bool tty_read(struct tty *tty, double milliseconds)
{
    char bytes[65536];
    struct pollfd fd = {.fd = tty->master, .events = POLLIN};
    struct timespec wait = {.tv_sec = (time_t)(milliseconds / 1e3)};
    wait.tv_nsec = (long)((milliseconds - (double)wait.tv_sec * 1e3) * 1e6);
    if (ppoll(&fd, 1, &wait, NULL) <= 0)
        return false;
    memcpy(bytes, tty->tail, tty->tail_length);
    ssize_t length = read(tty->master, bytes + tty->tail_length, sizeof bytes - sizeof tty->tail);
    if (length <= 0)
        return false;
    double now = bench_now();
    take(tty, bytes, tty->tail_length + (size_t)length, now);
    return true;
}

static bool answered(const struct tty *tty)
{
    return tty->signs > 0 && tty->read >= tty->sent && tty->sign_columns == tty->columns &&
           tty->sign_rows == tty->rows;
}

void tty_wait(struct tty *tty)
{
    double end = bench_now() + PATIENCE;
    while (!answered(tty)) {
        bool more = tty_read(tty, 1000);
        if (bench_now() > end || (!more && waitpid(tty->pid, NULL, WNOHANG) != 0))
            bench_give_up("no frame answers: %zu bytes sent, %zu read", tty->sent, tty->read);
    }
}

void tty_quiet(struct tty *tty, double milliseconds)
{
    while (tty_read(tty, milliseconds))
        continue;
}

static struct answer time_of(struct tty *tty, double began, size_t before, bool settle)
{
    tty_wait(tty);
    double end = tty->answered > began ? tty->answered : tty->last_sign;
    size_t written = tty->answered_written;
    if (settle) {
        tty_quiet(tty, SETTLED);
        end = tty->last_byte > end ? tty->last_byte : end;
        written = tty->written;
    }
    return (struct answer){end - began, written - before};
}

struct answer tty_key(struct tty *tty, const char *bytes)
{
    size_t before = tty->written;
    double began = bench_now();
    tty_send(tty, bytes);
    return time_of(tty, began, before, true);
}

struct answer tty_key_busy(struct tty *tty, const char *bytes)
{
    size_t before = tty->written;
    double began = bench_now();
    tty_send(tty, bytes);
    return time_of(tty, began, before, false);
}

struct answer tty_resized(struct tty *tty, int columns, int rows)
{
    size_t before = tty->written;
    double began = bench_now();
    tty_resize(tty, columns, rows);
    return time_of(tty, began, before, true);
}
