#include "runtime/term.h"

#include <curses.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/mem.h"
#include "runtime/loop.h"
#include "term_info_internal.h"
#include "term_internal.h"
#include "runtime/width.h"

enum { LARGEST = 1000 }; /* columns or rows: more is a mistake of the terminal */

void term_write(const char *bytes, size_t length)
{
    while (length) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0 && errno != EINTR)
            return; /* gone: the next read tells */
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
}

static void write_string(const char *string)
{
    term_write(string, strlen(string));
}

/* Makes curses and the facts agree with the terminal. True when the size is another. */
static bool take_size(struct term *term)
{
    struct winsize size = {0};
    int columns = COLS, rows = LINES;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row) {
        columns = size.ws_col < LARGEST ? size.ws_col : LARGEST;
        rows = size.ws_row < LARGEST ? size.ws_row : LARGEST;
    }
    if (columns != COLS || rows != LINES)
        resizeterm(rows, columns);
    bool changed = columns != term->facts.columns || rows != term->facts.rows;
    term->facts.columns = columns;
    term->facts.rows = rows;
    return changed;
}

/* What else belongs to having the terminal, besides curses. */
static void take_terminal(struct term *term)
{
    term_log_begin(&term->log);
    term_rescue(term);
    write_string(term->modes_on);
}

static void give_terminal(struct term *term)
{
    /* Drops reports of the mouse that are still on their way: the shell would take them for keys. */
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &term->found);
    signals_set_rescue(NULL);
    term_log_end(&term->log);
}

static void start_curses(void)
{
    raw();
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    idlok(stdscr, TRUE);
    typeahead(-1); /* a frame goes out whole: it is then that the sign is given */
}

static void read_escape_delay(struct input *input)
{
    enum { LONGEST = 10000 };
    const char *delay = getenv("ESCDELAY");
    char *end;
    long milliseconds = delay ? strtol(delay, &end, 10) : 0;
    if (delay && end != delay && !*end && milliseconds >= 0 && milliseconds <= LONGEST)
        input->escape_seconds = (double)milliseconds * 1e-3;
}

static enum term_sign asked_for_sign(void)
{
    const char *sign = getenv("MICROSCOPE_TEST_SIGN");
    if (!sign)
        return SIGN_NONE;
    return strcmp(sign, "1") == 0 ? SIGN_IDLE : strcmp(sign, "each") == 0 ? SIGN_EACH : SIGN_NONE;
}

struct term *term_open(const struct term_options *options, struct err *err)
{
    char name[128];
    setlocale(LC_CTYPE, "");
    struct term *term = mem_zero(1, sizeof *term);
    term->options = *options;
    term->log = (struct term_log){-1, -1};
    input_init(&term->input);
    if (options->escape_seconds > 0)
        term->input.escape_seconds = options->escape_seconds;
    if (!term_choose(name, sizeof name, &term->facts, err) ||
        tcgetattr(STDIN_FILENO, &term->found) < 0) {
        free(term);
        return NULL;
    }
    fflush(stdout);
    term->screen = newterm(name, stdout, stdin);
    term_info_narrow();
    if (!term->screen) {
        err_set(err, "cannot use terminal '%s'", name);
        free(term);
        return NULL;
    }
    term->sign = asked_for_sign();
    read_escape_delay(&term->input);
    start_curses();
    tcgetattr(STDIN_FILENO, &term->taken);
    term_paint_begin(term);
    term_describe(term, name);
    take_terminal(term);
    take_size(term);
    erase();
    refresh(); /* enters the alternate screen: the questions are asked there */
    term_probe(term);
    clearok(curscr, TRUE);
    return term;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    if (!term->suspended) {
        write_string(term->modes_off);
        endwin();
        give_terminal(term);
    }
    delscreen(term->screen);
    term_paint_release(&term->painter);
    input_release(&term->input);
    free(term);
}

const struct term_facts *term_facts(const struct term *term)
{
    return &term->facts;
}

const struct width_table *term_widths(const struct term *term)
{
    (void)term;
    return runtime_width_table();
}

void term_show(struct term *term, const struct canvas *canvas, const struct theme *theme)
{
    if (term->suspended)
        return;
    term_paint(term, canvas, theme);
    refresh();
    term->shown = true;
}

void term_mouse(struct term *term, bool on)
{
    const char *words = term_choose_mouse(term, on);
    if (!term->suspended)
        write_string(words);
}

void term_redraw(struct term *term)
{
    (void)term;
    clearok(curscr, TRUE);
}

static void give_sign(struct term *term, enum term_sign wanted)
{
    if (term->sign != wanted || term->suspended || term->input.waiting.length ||
        term->input.pasting)
        return;
    char sign[96];
    snprintf(sign, sizeof sign, "\033]7771;%lu;%lu;%d;%d\033\\", ++term->signs, term->bytes_read,
             term->facts.columns, term->facts.rows);
    write_string(sign);
}

void term_idle_sign(struct term *term)
{
    give_sign(term, SIGN_IDLE);
}

void term_frame_sign(struct term *term)
{
    if (!term->shown && term->signed_bytes == term->bytes_read)
        return;
    give_sign(term, SIGN_EACH);
    term->shown = false;
    term->signed_bytes = term->bytes_read;
}

int term_fd(const struct term *term)
{
    (void)term;
    return STDIN_FILENO;
}

double term_deadline(const struct term *term)
{
    return term->suspended ? INFINITY : input_deadline(&term->input);
}

bool term_fill(struct term *term)
{
    char bytes[4096];
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (term->ended || poll(&input, 1, 0) <= 0)
        return false;
    ssize_t length = read(STDIN_FILENO, bytes, sizeof bytes);
    if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return false;
    if (length <= 0) {
        term->ended = true;
        return false;
    }
    term->bytes_read += (unsigned long)length;
    input_feed(&term->input, (struct text){bytes, (size_t)length}, loop_now());
    return true;
}

static bool is_answer(const struct input_event *event)
{
    return event->kind == INPUT_BACKGROUND || event->kind == INPUT_CURSOR;
}

/* The next thing a person did; late answers to questions are nobody's key. */
static bool next_input(struct term *term, struct input_event *event)
{
    if (term->ahead_next < term->ahead_count) {
        *event = term->ahead[term->ahead_next++];
        return true;
    }
    do
        while (input_next(&term->input, loop_now(), event))
            if (!is_answer(event))
                return true;
    while (term_fill(term));
    return false;
}

bool term_read(struct term *term, struct term_event *event)
{
    *event = (struct term_event){.columns = term->facts.columns, .rows = term->facts.rows};
    if (term->suspended)
        return false;
    if (term->resized) {
        term->resized = false;
        take_size(term);
        /* The terminal may have cut and moved what it showed, even when the size is as before. */
        clearok(curscr, TRUE);
        event->kind = TERM_RESIZE;
        event->columns = term->facts.columns;
        event->rows = term->facts.rows;
        return true;
    }
    if (next_input(term, &event->input)) {
        event->kind = TERM_INPUT;
        return true;
    }
    event->kind = TERM_END;
    return term->ended;
}

void term_resized(struct term *term)
{
    term->resized = true;
}

/* Without endwin(): on the way back curses would reset the palette, which this program never touched
 * and people set to their liking. */
void term_suspend(struct term *term)
{
    if (term->suspended)
        return;
    move(LINES - 1, 0);
    refresh();
    write_string(term->leave);
    give_terminal(term);
    term->suspended = true;
}

void term_resume(struct term *term)
{
    term_suspend(term);
    /* What the shell made of the terminal meanwhile is what is to be left behind. */
    tcgetattr(STDIN_FILENO, &term->found);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &term->taken);
    term->suspended = false;
    write_string(term->enter);
    if (!term->painter.cursor_shown)
        write_string(term->hide_cursor);
    take_terminal(term);
    clearok(curscr, TRUE);
    term->resized = true;
}

static void add_base64(struct buf *out, struct text text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < text.length; i += 3) {
        uint32_t bits = 0;
        size_t have = text.length - i < 3 ? text.length - i : 3;
        for (size_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < have ? (unsigned char)text.at[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_add_char(out, k <= have ? digits[bits >> (18 - 6 * k) & 63] : '=');
    }
}

void term_copy(struct term *term, struct text text)
{
    struct buf sequence = BUF_INIT;
    if (term->suspended || text.length > TERM_COPY_MOST)
        return;
    buf_add_string(&sequence, "\033]52;c;");
    add_base64(&sequence, text);
    buf_add_string(&sequence, "\033\\");
    term_write(sequence.at, sequence.length);
    buf_release(&sequence);
}
