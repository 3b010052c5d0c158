/* The smallest program that uses the terminal as the explorer does: shows what it is told about the
 * terminal and each event, and misbehaves on demand. */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "runtime/loop.h"
#include "runtime/signals.h"
#include "runtime/term.h"

struct demo {
    struct term *term;
    struct canvas canvas;
    struct theme theme;
    struct buf log; /* the latest event */
    unsigned events;
    bool hostile, cursor;
    int first_line; /* of the list; 0: no list */
    int status;     /* -1: goes on */
};

static const struct ink plain = {.role = ROLE_TEXT, .surface = ROLE_TEXT};

/* What must not harm: each on a row of its own, twice, between bars. */
static const char *const hostile[] = {
    "\033]0;stolen\007title",
    "\033]52;c;c3RvbGVu\033\\clip",
    "\033[2J\033[Hclear",
    "\302\23331mc1",
    "bi\u202edi\u2066",
    "zero\u200bwidth\ufeff",
    "line\nbreak\r\ttab",
    "bad\xff\xfe\x80utf8",
    "\u65e5\u672c\u8a9e",
    "a\u0301\u0302\u0303\u0304\u0305",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "\U0001f44d\U0001f3fd tone",
    "\u0645\u0631\u062d\u0628\u0627",
    "\x0e\x0fshift",
    "\U0001fae8 new emoji",
};

static void colour(struct theme *theme, enum role role, struct colour fore, struct colour on)
{
    theme->styles[role].fore = fore;
    theme->styles[role].on = on;
    theme->styles[role].attributes = 0;
}

static const struct colour own_colour = {
    .rgb = THEME_NO_COLOUR, .index = THEME_DEFAULT, .plain = THEME_DEFAULT};

/* Terminals with few colours of their own show those. */
static void paint_own(struct theme *theme)
{
    theme_mono(theme);
    theme->styles[ROLE_GOOD].fore = (struct colour){THEME_NO_COLOUR, 2, 2};
    theme->styles[ROLE_TITLE].fore = (struct colour){THEME_NO_COLOUR, 9, 1};
}

static void paint_theme(struct theme *theme)
{
    theme_mono(theme);
    for (int role = 0; role < ROLE_COUNT; role++)
        colour(theme, (enum role)role, (struct colour){0xE4E8EF, 254, 0},
               roles[role].has_surface ? (struct colour){0x14181F, 233, 0} : own_colour);
    colour(theme, ROLE_GOOD, (struct colour){0x9BE8AE, 151, 0}, own_colour);
    colour(theme, ROLE_BAR, (struct colour){0xC6CEDB, 252, 0}, (struct colour){0x232A35, 235, 0});
    colour(theme, ROLE_CELL, (struct colour){0x10141A, 233, 0}, (struct colour){0xFFD479, 222, 0});
}

static void note(struct demo *demo, const char *line)
{
    demo->events++;
    buf_clear(&demo->log);
    buf_addf(&demo->log, "%u %s", demo->events, line);
}

static void paint_facts(struct demo *demo)
{
    static const char *const colours[] = {"mono", "8", "16", "256", "direct"};
    const struct term_facts *facts = term_facts(demo->term);
    struct buf line = BUF_INIT;
    buf_addf(&line, "size %dx%d glyphs %s colours %s background ", facts->columns, facts->rows,
             facts->glyphs->name, colours[facts->colours]);
    if (facts->background_known)
        buf_addf(&line, "%06x %s", facts->background, facts->light ? "light" : "dark");
    struct ink bar = {.role = ROLE_BAR, .surface = ROLE_BAR};
    canvas_fill(&demo->canvas, (struct area){0, 0, facts->columns, 1}, bar, ' ');
    canvas_text(&demo->canvas, 0, 0, bar, buf_text(&line));
    buf_release(&line);
}

static void paint_list(struct demo *demo)
{
    struct canvas *canvas = &demo->canvas;
    for (int row = 5; demo->first_line && row < canvas->rows - 1; row++) {
        struct buf line = BUF_INIT;
        int number = demo->first_line + row - 5;
        buf_addf(&line, "creator.%d  \u65e5\u672c  %d.%dk  +%d%%", number * 7919 % 1000,
                 number * 31 % 100, number % 10, number * 17 % 90);
        canvas_text(canvas, 0, row, plain, buf_text(&line));
        buf_release(&line);
    }
}

static void paint(struct demo *demo)
{
    const struct term_facts *facts = term_facts(demo->term);
    struct canvas *canvas = &demo->canvas;
    canvas_clear(canvas, facts->columns, facts->rows);
    paint_facts(demo);
    canvas_text(canvas, 0, 1, plain, buf_text(&demo->log));
    canvas_string(canvas, 0, 2, plain, facts->notice);
    canvas_string(canvas, 0, 3, (struct ink){ROLE_GOOD, ROLE_TEXT, false}, "good");
    canvas_string(canvas, 5, 3, (struct ink){ROLE_CELL, ROLE_CELL, false}, "cell");
    canvas_string(canvas, 10, 3, (struct ink){ROLE_OWN, ROLE_TEXT, false}, "own");
    canvas_string(canvas, 14, 3, (struct ink){ROLE_TITLE, ROLE_TEXT, true}, "title");
    for (int i = 0; i < GLYPH_COUNT; i++)
        canvas_glyph(canvas, i, 4, plain, (enum glyph)i);
    for (size_t i = 0; demo->hostile && i < COUNT_OF(hostile); i++) {
        int row = 5 + (int)i;
        canvas_fit(canvas, 0, row, 20, FIT_LEFT, plain, text_of(hostile[i]));
        canvas_string(canvas, 20, row, plain, "|");
        canvas_string(canvas, 22, row, plain, hostile[i]);
        canvas_string(canvas, 60, row, plain, "|end");
    }
    paint_list(demo);
    /* The last cell of all, where terminals like to scroll. */
    canvas_string(canvas, facts->columns - 1, facts->rows - 1, plain, "$");
    canvas->cursor_shown = demo->cursor;
    canvas->cursor_column = 7;
    canvas->cursor_row = 1;
    term_show(demo->term, canvas, &demo->theme);
}

static void suspend(struct demo *demo, bool job)
{
    term_suspend(demo->term);
    signals_stop(job);
    term_resume(demo->term);
}

static void quit(struct demo *demo)
{
    demo->status = 0;
}

static void fail_assertion(struct demo *demo)
{
    assert(!demo && "asked for");
}

static void warn(struct demo *demo)
{
    (void)demo;
    fprintf(stderr, "a library's warning \033[31mred\n");
}

static void show_hostile(struct demo *demo)
{
    demo->hostile = !demo->hostile;
}

static void show_cursor(struct demo *demo)
{
    demo->cursor = !demo->cursor;
}

static void scroll(struct demo *demo)
{
    demo->first_line++;
}

static void stop_job(struct demo *demo)
{
    suspend(demo, true);
}

static void redraw(struct demo *demo)
{
    term_redraw(demo->term);
}

static void overflow_stack(struct demo *demo)
{
    volatile char block[1 << 16];
    block[0] = (char)demo->events;
    if (demo->events < UINT32_MAX)
        overflow_stack(demo);
    block[1] = block[0];
}

static const struct {
    uint32_t key;
    void (*run)(struct demo *demo);
} commands[] = {
    {'q', quit},         {'A', fail_assertion}, {'W', warn},
    {'H', show_hostile}, {'C', show_cursor},    {K_CTRL('z'), stop_job},
    {'L', redraw},       {'S', overflow_stack}, {'J', scroll},
};

static void on_key(struct demo *demo, uint32_t key)
{
    char line[64];
    snprintf(line, sizeof line, "key %x", key);
    note(demo, line);
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (commands[i].key == key)
            commands[i].run(demo);
}

static void on_input(struct demo *demo, const struct input_event *event)
{
    static const char *const mice[] = {"press", "double", "drag", "release", "up", "down"};
    struct buf line = BUF_INIT;
    if (event->kind == INPUT_KEY) {
        on_key(demo, event->key);
    } else if (event->kind == INPUT_PASTE) {
        buf_addf(&line, "paste [%.*s]", (int)event->paste.length, event->paste.at);
        note(demo, buf_string(&line));
    } else if (event->kind == INPUT_FOCUS) {
        note(demo, event->focused ? "focus in" : "focus out");
    } else if (event->kind != INPUT_MOUSE) {
        note(demo, "an answer became an event");
    } else if (event->mouse != INPUT_RELEASE) { /* one follows each press */
        buf_addf(&line, "%s %d at %d,%d", mice[event->mouse], event->button, event->column,
                 event->row);
        note(demo, buf_string(&line));
    }
    buf_release(&line);
}

static void on_signal(struct demo *demo, int number)
{
    if (number == SIGWINCH)
        term_resized(demo->term);
    else if (number == SIGTSTP)
        suspend(demo, false);
    else if (number == SIGCONT)
        term_resume(demo->term);
    else
        demo->status = 128 + number;
}

static void take_events(struct demo *demo)
{
    int number;
    while (signals_take(&number))
        on_signal(demo, number);
    struct term_event event;
    while (demo->status < 0 && term_read(demo->term, &event)) {
        if (event.kind == TERM_END)
            demo->status = 128 + SIGHUP;
        else if (event.kind == TERM_INPUT)
            on_input(demo, &event.input);
    }
}

static void run(struct demo *demo)
{
    for (;;) {
        take_events(demo);
        if (demo->status >= 0)
            return;
        paint(demo);
        term_idle_sign(demo->term);
        struct loop_source sources[] = {{.fd = term_fd(demo->term)}, {.fd = signals_fd()}};
        loop_wait(sources, COUNT_OF(sources), term_deadline(demo->term));
    }
}

static bool has_word(int argc, char **argv, const char *word)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], word) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    struct demo demo = {.status = -1};
    struct err err = {0};
    struct term_options options = {.ascii = has_word(argc, argv, "--ascii"),
                                   .blocks = has_word(argc, argv, "--blocks"),
                                   .mouse = !has_word(argc, argv, "--no-mouse")};
    if (!signals_open(&err) || !(demo.term = term_open(&options, &err))) {
        fprintf(stderr, "microscope: %s\n", err.message);
        signals_close();
        return 2;
    }
    canvas_init(&demo.canvas, term_widths(demo.term), term_facts(demo.term)->glyphs);
    if (term_facts(demo.term)->colours < TERM_COLOURS_256)
        paint_own(&demo.theme);
    else
        paint_theme(&demo.theme);
    run(&demo);
    term_close(demo.term);
    signals_close();
    canvas_release(&demo.canvas);
    buf_release(&demo.log);
    printf("bye\n");
    return demo.status;
}
