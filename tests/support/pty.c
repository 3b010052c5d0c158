#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/pty.h"
#include "support/pty_lead_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/buf.h"
#include "base/vec.h"

#ifdef __SANITIZE_ADDRESS__
static const double limit = 60;
#else
static const double limit = 15;
#endif

enum { MOST_MODE = 3000 };

/* What the program said with its latest sign. */
struct sign {
    unsigned long number, bytes_read;
    int columns, rows;
};

struct pty {
    struct pty_options options;
    int master, reports, commands;
    pid_t leader, program;
    bool stopped, ended, hung_up;
    int status;
    struct termios found;
    VTerm *vterm;
    VTermScreen *screen;
    int columns, rows;
    VTermPos cursor;
    bool cursor_shown, alternate;
    int mouse;
    bool modes[MOST_MODE]; /* private modes as the program set them */
    bool keypad;
    struct buf title, strings, output, row, text;
    size_t shown; /* of `output`, by the emulator */
    struct sign sign;
    unsigned long sent, sign_before;
    bool another; /* when it leaves the screen, all of that begins anew */
    bool resized;
    size_t sign_bytes;
    int output_file;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* What the emulator tells. */

static void write_master(struct pty *pty, const char *bytes, size_t length)
{
    pty->sent += length;
    while (length && pty->master >= 0) {
        ssize_t written = write(pty->master, bytes, length);
        if (written < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

static void on_answer(const char *bytes, size_t length, void *user)
{
    struct pty *pty = user;
    static const char narrow[] = "\033[1;2R", wide[] = "\033[1;3R";
    if (pty->options.mute)
        return;
    if (pty->options.wide_boxes && length == sizeof narrow - 1 && !memcmp(bytes, narrow, length))
        bytes = wide;
    write_master(pty, bytes, length);
}

static int on_cursor(VTermPos position, VTermPos old, int visible, void *user)
{
    (void)old;
    (void)visible;
    ((struct pty *)user)->cursor = position;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor_shown = value->boolean;
    else if (property == VTERM_PROP_ALTSCREEN) {
        pty->alternate = value->boolean;
        if (pty->another && !pty->alternate) {
            pty->another = false;
            pty->sent = pty->sign_before = 0;
            pty->sign = (struct sign){0};
        }
    } else if (property == VTERM_PROP_MOUSE)
        pty->mouse = value->number;
    else if (property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME) {
        buf_clear(&pty->title);
        buf_add_string(&pty->title, value->string);
    }
    return 1;
}

static void add_string(struct pty *pty, const char *kind, const char *bytes, size_t length)
{
    buf_add_string(&pty->strings, kind);
    buf_add(&pty->strings, bytes, length);
    buf_add_char(&pty->strings, '\n');
}

static int on_osc(const char *command, size_t length, void *user)
{
    struct pty *pty = user;
    struct buf text = BUF_INIT;
    buf_add(&text, command, length);
    const char *string = buf_string(&text);
    struct sign sign;
    if (sscanf(string, "7771;%lu;%lu;%d;%d", &sign.number, &sign.bytes_read, &sign.columns,
               &sign.rows) == 4) {
        pty->sign = sign;
        pty->sign_bytes += length + 4;
    } else if (strcmp(string, "11;?") == 0) {
        char answer[96];
        snprintf(answer, sizeof answer, "\033]11;%s\033\\",
                 pty->options.background ? pty->options.background : "");
        if (pty->options.background && !pty->options.mute)
            write_master(pty, answer, strlen(answer));
    } else {
        add_string(pty, "OSC ", command, length);
    }
    buf_release(&text);
    return 1;
}

static int on_dcs(const char *command, size_t length, void *user)
{
    add_string(user, "DCS ", command, length);
    return 1;
}

static const VTermScreenCallbacks screen_callbacks = {.movecursor = on_cursor,
                                                      .settermprop = on_property};
static const VTermParserCallbacks fallbacks = {.osc = on_osc, .dcs = on_dcs};

/* The emulator does not tell all modes: read from what passes by. `from` is where the news begin. */
static void note_modes(struct pty *pty, size_t from)
{
    from = from > 32 ? from - 32 : 0;
    for (size_t i = from; i + 1 < pty->output.length; i++) {
        const char *at = pty->output.at + i, *end = pty->output.at + pty->output.length;
        if (at[0] != '\033')
            continue;
        if (at[1] == '=' || at[1] == '>')
            pty->keypad = at[1] == '=';
        if (at[1] != '[' || at + 2 >= end || at[2] != '?')
            continue;
        const char *stop = at + 3;
        while (stop < end && ((*stop >= '0' && *stop <= '9') || *stop == ';'))
            stop++;
        if (stop == end || (*stop != 'h' && *stop != 'l'))
            continue;
        for (const char *number = at + 3; number < stop; number++) {
            long mode = strtol(number, (char **)(uintptr_t)&number, 10);
            if (mode >= 0 && mode < MOST_MODE)
                pty->modes[mode] = *stop == 'h';
        }
    }
}

/* Where the last string (OSC, DCS) that has not ended yet begins, else the end: libvterm 0.1.4 loses
 * count when the two bytes that end a string come apart. */
static size_t whole_strings(struct text text)
{
    size_t at = 0;
    while (at < text.length) {
        size_t end = at + 2;
        if (text.at[at] != '\033') {
            at++;
            continue;
        }
        if (end > text.length)
            return at;
        if (text.at[at + 1] != ']' && text.at[at + 1] != 'P') {
            at = end - 1;
            continue;
        }
        while (end < text.length && text.at[end] != '\007' &&
               !(text.at[end - 1] == '\033' && text.at[end] == '\\'))
            end++;
        if (end >= text.length)
            return at;
        at = end + 1;
    }
    return text.length;
}

/* Takes in what is there, waiting at most so long. False when nothing came. */
static bool pump(struct pty *pty, double seconds)
{
    struct pollfd fds[] = {{.fd = pty->master, .events = POLLIN},
                           {.fd = pty->reports, .events = POLLIN}};
    if (poll(fds, 2, seconds <= 0 ? 0 : (int)(seconds * 1e3) + 1) <= 0)
        return false;
    bool news = false;
    char bytes[16384];
    ssize_t length = fds[0].revents ? read(pty->master, bytes, sizeof bytes) : 0;
    if (length > 0) {
        size_t from = pty->output.length;
        buf_add(&pty->output, bytes, (size_t)length);
        note_modes(pty, from);
        struct text fresh = text_part(buf_text(&pty->output), pty->shown, pty->output.length);
        size_t whole = whole_strings(fresh);
        vterm_input_write(pty->vterm, fresh.at, whole);
        pty->shown += whole;
        news = true;
    }
    struct pty_report report;
    /* What was written before the end is taken in before the end is. */
    if (length <= 0 && fds[1].revents &&
        read(pty->reports, &report, sizeof report) == (ssize_t)sizeof report) {
        news = true;
        if (report.kind == PTY_STARTED) {
            pty->program = report.value;
        } else {
            pty->stopped = report.kind == PTY_STOPPED;
            pty->ended = report.kind == PTY_ENDED;
            pty->status = report.value;
        }
    }
    return news;
}

static void complain(struct pty *pty, const char *what)
{
    print_error("waited %g s for %s; the screen:\n%s", limit, what, pty_screen(pty));
    if (pty->ended)
        print_error("the program has ended with status %#x\n", (unsigned)pty->status);
    fail_msg("gave up waiting for %s", what);
}

static bool has_settled(struct pty *pty)
{
    return pty->sign.bytes_read >= pty->sent && pty->sign.columns == pty->columns &&
           pty->sign.rows == pty->rows && pty->sign.number > pty->sign_before;
}

static void wait_until(struct pty *pty, bool (*done)(struct pty *), const char *what)
{
    double end = now() + limit;
    while (!done(pty)) {
        if (now() > end || (pty->ended && !pump(pty, 0)))
            complain(pty, what);
        pump(pty, 0.5);
    }
}

static bool has_started(struct pty *pty)
{
    return pty->program > 0;
}

static bool has_ended(struct pty *pty)
{
    return pty->ended;
}

static bool has_stopped(struct pty *pty)
{
    return pty->stopped;
}

static void open_emulator(struct pty *pty)
{
    pty->vterm = vterm_new(pty->rows, pty->columns);
    vterm_set_utf8(pty->vterm, 1);
    vterm_output_set_callback(pty->vterm, on_answer, pty);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &screen_callbacks, pty);
    vterm_screen_set_unrecognised_fallbacks(pty->screen, &fallbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    pty->cursor_shown = true;
}

struct pty *pty_open(const struct pty_options *options, const char *const argv[])
{
    struct pty *pty = mem_zero(1, sizeof *pty);
    pty->options = *options;
    pty->columns = options->columns ? options->columns : 80;
    pty->rows = options->rows ? options->rows : 24;
    pty->output_file = -1;
    if (options->stdout_file) {
        char path[] = "/tmp/pty-output-XXXXXX";
        pty->output_file = mkstemp(path);
        unlink(path);
    }
    pty->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(pty->master >= 0 && grantpt(pty->master) == 0 && unlockpt(pty->master) == 0);
    const char *slave = ptsname(pty->master);
    struct winsize size = {.ws_col = (unsigned short)pty->columns,
                           .ws_row = (unsigned short)pty->rows};
    ioctl(pty->master, TIOCSWINSZ, &size);
    int hold = open(slave, O_RDWR | O_NOCTTY | O_CLOEXEC);
    tcgetattr(pty->master, &pty->found);
    int reports[2], commands[2];
    assert_true(pipe2(reports, O_CLOEXEC) == 0 && pipe2(commands, O_CLOEXEC) == 0);
    fflush(NULL);
    pty->leader = fork();
    assert_true(pty->leader >= 0);
    if (pty->leader == 0) {
        close(pty->master);
        close(commands[1]);
        close(reports[0]);
        pty_lead(&pty->options, pty->output_file, slave, argv, reports[1], commands[0]);
    }
    close(reports[1]);
    close(commands[0]);
    pty->reports = reports[0];
    pty->commands = commands[1];
    open_emulator(pty);
    wait_until(pty, has_started, "the program to start");
    if (hold >= 0)
        close(hold);
    return pty;
}

void pty_close(struct pty *pty)
{
    if (!pty)
        return;
    if (!pty->ended && pty->program > 0)
        kill(-pty->program, SIGKILL);
    close(pty->commands);
    if (!pty->ended)
        kill(pty->leader, SIGKILL);
    if (pty->master >= 0)
        close(pty->master);
    waitpid(pty->leader, NULL, 0);
    close(pty->reports);
    if (pty->output_file >= 0)
        close(pty->output_file);
    vterm_free(pty->vterm);
    struct buf *all[] = {&pty->title, &pty->strings, &pty->output, &pty->row, &pty->text};
    for (size_t i = 0; i < COUNT_OF(all); i++)
        buf_release(all[i]);
    free(pty);
}

/* A signal may arrive after the program has looked for signals and before it shows the frame that
 * its input asked for. What is sent after that frame is read after the next look. */
static void pass_by(struct pty *pty)
{
    pty_send(pty, "\033]7771\033\\"); /* nothing to anybody */
    wait_until(pty, has_settled, "the sign that the frame is out");
}

void pty_expect_another(struct pty *pty)
{
    pty->another = true;
}

void pty_settle(struct pty *pty)
{
    wait_until(pty, has_settled, "the sign that the frame is out");
    if (!pty->resized)
        return;
    pass_by(pty);
    pass_by(pty);
    pty->resized = false;
}

void pty_wait_text(struct pty *pty, const char *text)
{
    double end = now() + limit;
    while (!pty_shows(pty, text)) {
        if (now() > end || (pty->ended && !pump(pty, 0)))
            complain(pty, text);
        pump(pty, 0.5);
    }
}

void pty_wait_ground(struct pty *pty, int column, int row, int index)
{
    double end = now() + limit;
    while (pty_cell(pty, column, row).on_index != index) {
        if (now() > end || (pty->ended && !pump(pty, 0)))
            complain(pty, "another colour");
        pump(pty, 0.5);
    }
}

int pty_wait_exit(struct pty *pty)
{
    wait_until(pty, has_ended, "the program to end");
    while (pump(pty, 0))
        continue;
    return WIFEXITED(pty->status) ? WEXITSTATUS(pty->status) : 128 + WTERMSIG(pty->status);
}

void pty_wait_stop(struct pty *pty)
{
    wait_until(pty, has_stopped, "the program to stop");
    while (pump(pty, 0))
        continue;
}

void pty_continue(struct pty *pty)
{
    pty->stopped = false;
    pty->sign_before = pty->sign.number;
    assert_int_equal(write(pty->commands, "c", 1), 1);
}

void pty_send_bytes(struct pty *pty, const void *bytes, size_t length)
{
    write_master(pty, bytes, length);
}

void pty_send(struct pty *pty, const char *bytes)
{
    write_master(pty, bytes, strlen(bytes));
}

void pty_paste(struct pty *pty, const char *text)
{
    enum { BRACKETED = 2004 };
    bool bracketed = pty->modes[BRACKETED];
    pty_send(pty, bracketed ? "\033[200~" : "");
    pty_send(pty, text);
    pty_send(pty, bracketed ? "\033[201~" : "");
}

void pty_click(struct pty *pty, int button, int column, int row)
{
    char report[64];
    enum { WHEEL = 64 };
    snprintf(report, sizeof report, "\033[<%d;%d;%dM", button, column + 1, row + 1);
    pty_send(pty, report);
    if (button >= WHEEL)
        return;
    snprintf(report, sizeof report, "\033[<%d;%d;%dm", button, column + 1, row + 1);
    pty_send(pty, report);
}

void pty_resize(struct pty *pty, int columns, int rows)
{
    if (columns == pty->columns && rows == pty->rows)
        return;
    while (pump(pty, 0))
        continue;
    pty->columns = columns;
    pty->rows = rows;
    pty->sign_before = pty->sign.number;
    pty->resized = true;
    /* libvterm 0.1 has no cell for the other half of a wide character in a single column. */
    vterm_set_size(pty->vterm, rows, columns > 1 ? columns : 2);
    struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
    ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int number)
{
    kill(pty->program, number);
}

void pty_hang_up(struct pty *pty)
{
    while (pump(pty, 0))
        continue;
    close(pty->master);
    pty->master = -1;
}

int pty_pid(const struct pty *pty)
{
    return pty->program;
}

int pty_child(const struct pty *pty)
{
    char path[64];
    int child = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pty_pid(pty), pty_pid(pty));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    bool found = fscanf(file, "%d", &child) == 1;
    fclose(file);
    assert_true(found);
    return child;
}

static void add_row(struct pty *pty, int row, struct buf *out)
{
    size_t start = out->length;
    for (int column = 0; column < pty->columns;) {
        VTermScreenCell cell;
        vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
        if (!cell.chars[0])
            buf_add_char(out, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            buf_add_utf8(out, cell.chars[i]);
        column += cell.width > 1 ? cell.width : 1;
    }
    size_t end = out->length;
    while (end > start && out->at[end - 1] == ' ')
        end--;
    buf_cut(out, end);
}

const char *pty_row(struct pty *pty, int row)
{
    assert_in_range(row, 0, pty->rows - 1);
    buf_clear(&pty->row);
    add_row(pty, row, &pty->row);
    return buf_string(&pty->row);
}

const char *pty_screen(struct pty *pty)
{
    buf_clear(&pty->text);
    for (int row = 0; row < pty->rows; row++) {
        add_row(pty, row, &pty->text);
        buf_add_char(&pty->text, '\n');
    }
    return buf_string(&pty->text);
}

bool pty_shows(struct pty *pty, const char *text)
{
    return strstr(pty_screen(pty), text) != NULL;
}

static uint32_t shown_rgb(struct pty *pty, VTermColor colour)
{
    vterm_screen_convert_color_to_rgb(pty->screen, &colour);
    return (uint32_t)colour.rgb.red << 16 | (uint32_t)colour.rgb.green << 8 | colour.rgb.blue;
}

static int colour_index(const VTermColor *colour)
{
    return VTERM_COLOR_IS_INDEXED(colour) ? colour->indexed.idx : -1;
}

struct pty_cell pty_cell(struct pty *pty, int column, int row)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(pty->screen, (VTermPos){.row = row, .col = column}, &cell);
    struct pty_cell out = {.width = cell.width,
                           .bold = cell.attrs.bold,
                           .underline = cell.attrs.underline,
                           .reverse = cell.attrs.reverse,
                           .default_fore = VTERM_COLOR_IS_DEFAULT_FG(&cell.fg),
                           .default_on = VTERM_COLOR_IS_DEFAULT_BG(&cell.bg),
                           .fore_index = colour_index(&cell.fg),
                           .on_index = colour_index(&cell.bg),
                           .fore_rgb = shown_rgb(pty, cell.fg),
                           .on_rgb = shown_rgb(pty, cell.bg)};
    memcpy(out.code, cell.chars, sizeof out.code);
    return out;
}

void pty_cursor(struct pty *pty, int *column, int *row, bool *shown)
{
    *column = pty->cursor.col;
    *row = pty->cursor.row;
    *shown = pty->cursor_shown;
}

int pty_columns(const struct pty *pty)
{
    return pty->columns;
}

int pty_rows(const struct pty *pty)
{
    return pty->rows;
}

struct pty_modes pty_modes(struct pty *pty)
{
    enum { CURSOR_KEYS = 1, FOCUS = 1004, BRACKETED = 2004 };
    struct pty_modes modes = {.alternate = pty->alternate,
                              .cursor_shown = pty->cursor_shown,
                              .paste = pty->modes[BRACKETED],
                              .focus = pty->modes[FOCUS],
                              .keypad = pty->modes[CURSOR_KEYS] || pty->keypad,
                              .mouse = pty->mouse};
    tcgetattr(pty->master, &modes.termios);
    return modes;
}

void pty_check_restored(struct pty *pty)
{
    struct pty_modes modes = pty_modes(pty);
    assert_false(modes.alternate);
    assert_true(modes.cursor_shown);
    assert_false(modes.paste);
    assert_false(modes.focus);
    assert_false(modes.keypad);
    assert_int_equal(modes.mouse, VTERM_PROP_MOUSE_NONE);
    assert_int_equal(modes.termios.c_iflag, pty->found.c_iflag);
    assert_int_equal(modes.termios.c_oflag, pty->found.c_oflag);
    assert_int_equal(modes.termios.c_cflag, pty->found.c_cflag);
    assert_int_equal(modes.termios.c_lflag, pty->found.c_lflag);
    assert_memory_equal(modes.termios.c_cc, pty->found.c_cc, sizeof pty->found.c_cc);
    assert_string_equal(pty_title(pty), "");
}

const char *pty_output(struct pty *pty, size_t *length)
{
    if (pty->options.stdout_file) {
        buf_clear(&pty->output);
        char bytes[4096];
        off_t at = 0;
        for (ssize_t n; (n = pread(pty->output_file, bytes, sizeof bytes, at)) > 0; at += n)
            buf_add(&pty->output, bytes, (size_t)n);
    }
    if (length)
        *length = pty->output.length;
    return buf_string(&pty->output);
}

const char *pty_strings(struct pty *pty)
{
    return buf_string(&pty->strings);
}

const char *pty_title(struct pty *pty)
{
    return buf_string(&pty->title);
}

size_t pty_written(struct pty *pty)
{
    return pty->output.length - pty->sign_bytes;
}
