/* The whole matrix with the real program: every size in every kind of terminal and every locale, and
 * every signal wherever a person may be when it comes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "support/home_pty.h"
#include "support/sql.h"

#define MANY "40000" /* so many that they are not there at once */
#define ALL_MANY "40,000 of 40,000"

static char few[300], many[300];

static int set_up(void **state)
{
    home_make(state);
    snprintf(few, sizeof few, "%s", at_home("few.db"));
    snprintf(many, sizeof many, "%s", at_home("many.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", "120", "--seed", "7",
                                   "--store", few, NULL},
             0);
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", MANY, "--seed", "7",
                                   "--store", many, NULL},
             0);
    return 0;
}

/* Whoever was here before may have ended anywhere: this one begins in the list. */
static void forget_the_last(const char *store)
{
    sql_run(store, "DELETE FROM meta WHERE key='view'; DELETE FROM tick; DELETE FROM visit");
}

static void fail_with(struct pty *pty, const char *what)
{
    fail_msg("%s:\n%s", what, pty_screen(pty));
}

/* ---- sizes, terminals, locales ---- */

struct size {
    int columns, rows;
};
static const struct size sizes[] = {{1, 1}, {20, 5}, {60, 16}, {80, 24}, {132, 43}, {300, 100}};

static const char *const no_colour[] = {"NO_COLOR=1", NULL};

static const struct kind {
    const char *name;
    struct pty_options options;
    const char *option; /* of the program */
    bool ascii;         /* all it sends */
    bool colours;
    bool alternate, mouse; /* mouse: and paste, and focus */
    bool no_corner;        /* curses cannot write the last cell of a line that has only one */
} kinds[] = {
    {"xterm-256color", {.term = "xterm-256color"}, NULL, false, true, true, true},
    {"screen", {.term = "screen"}, NULL, false, true, true, true, true},
    {"linux", {.term = "linux"}, NULL, false, true, false, false},
    {"vt100", {.term = "vt100"}, NULL, true, false, false, false},
    {"xterm-256color, C", {.term = "xterm-256color", .locale = "C"}, NULL, true, true, true, true},
    {"screen, C", {.term = "screen", .locale = "C"}, NULL, true, true, true, true, true},
    {"linux, C", {.term = "linux", .locale = "C"}, NULL, true, true, false, false},
    {"vt100, C", {.term = "vt100", .locale = "C"}, NULL, true, false, false, false},
    {"NO_COLOR", {.env = no_colour}, NULL, false, false, true, true},
    {"--ascii", {0}, "--ascii", true, true, true, true},
    {"NO_COLOR, C", {.locale = "C", .env = no_colour}, NULL, true, false, true, true},
};

static bool is_tiny(struct size size)
{
    return size.columns < 24 || size.rows < 6;
}

/* What it needs and what it has, as far as that goes; the last cell says where it is cut. */
static void expect_one_line(struct pty *pty, const struct kind *kind, struct size size)
{
    char line[64], cut[64];
    snprintf(line, sizeof line, "%dx%d: needs 24x6", size.columns, size.rows);
    snprintf(cut, sizeof cut, "%.*s%s", size.columns - 1, line, kind->ascii ? ">" : "\u00bb");
    bool fits = strlen(line) <= (size_t)size.columns;
    if (size.columns == 1 && kind->no_corner)
        cut[0] = '\0';
    if (strcmp(pty_row(pty, 0), fits ? line : cut) != 0)
        fail_with(pty, "another line");
    for (int row = 1; row < size.rows; row++)
        assert_string_equal(pty_row(pty, row), "");
}

static bool is_coloured(struct pty *pty)
{
    bool coloured = false;
    for (int row = 0; row < pty_rows(pty); row++)
        for (int column = 0; column < pty_columns(pty); column++) {
            struct pty_cell cell = pty_cell(pty, column, row);
            coloured = coloured || !cell.default_fore || !cell.default_on;
        }
    return coloured;
}

static void expect_the_list(struct pty *pty, const struct kind *kind, struct size size)
{
    if (!strstr(pty_row(pty, 0), "Explore") || !strstr(pty_row(pty, 1), "120 of 120"))
        fail_with(pty, "no list");
    if (is_coloured(pty) != kind->colours)
        fail_with(pty, kind->colours ? "no colours" : "colours");
    /* It reaches the last row: the keys. */
    if (!strstr(pty_row(pty, size.rows - 1), "Enter open"))
        fail_with(pty, "no keys in the last row");
}

/* Where the window is too small the one key that works is q: see below. */
static void expect_a_key_to_work(struct pty *pty, struct size size)
{
    struct buf before = BUF_INIT;
    if (is_tiny(size))
        return;
    pty_send(pty, "?");
    pty_settle(pty);
    if (!pty_shows(pty, "word or key"))
        fail_with(pty, "no help");
    pty_send(pty, "\033");
    pty_settle(pty);
    if (pty_shows(pty, "word or key"))
        fail_with(pty, "help stays");
    buf_add_string(&before, pty_row(pty, 0));
    pty_send(pty, " ");
    pty_settle(pty);
    if (!pty_shows(pty, "1 ticked") && !strstr(pty_row(pty, 0), "Compare 1"))
        fail_with(pty, "nobody is ticked");
    pty_send(pty, "u");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 0), buf_string(&before));
    buf_release(&before);
}

static void expect_modes(struct pty *pty, const struct kind *kind)
{
    struct pty_modes modes = pty_modes(pty);
    assert_int_equal(modes.alternate, kind->alternate);
    assert_int_equal(modes.mouse != 0, kind->mouse);
    assert_int_equal(modes.paste, kind->mouse);
    assert_int_equal(modes.focus, kind->mouse);
    assert_false(modes.termios.c_lflag & (ICANON | ECHO | ISIG));
    assert_false(modes.termios.c_iflag & (IXON | ICRNL));
}

static void expect_ascii(struct pty *pty)
{
    size_t length;
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)output[i] > 126)
            fail_msg("byte %zu is %d: %.40s", i, (unsigned char)output[i], output + i);
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    assert_string_equal(pty_strings(pty), "");
    pty_close(pty);
}

static void try_kind(const struct kind *kind, struct size size)
{
    struct pty_options options = kind->options;
    options.columns = size.columns;
    options.rows = size.rows;
    print_message("%dx%d, %s\n", size.columns, size.rows, kind->name);
    struct pty *pty =
        home_open(options, (const char *const[]){MICROSCOPE, few, kind->option, NULL});
    pty_settle(pty);
    expect_modes(pty, kind);
    if (is_tiny(size))
        expect_one_line(pty, kind, size);
    else
        expect_the_list(pty, kind, size);
    expect_a_key_to_work(pty, size);
    if (kind->ascii)
        expect_ascii(pty);
    quit(pty);
}

static void test_every_size_in_every_terminal(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        for (size_t i = 0; i < COUNT_OF(sizes); i++) {
            forget_the_last(few);
            try_kind(&kinds[k], sizes[i]);
        }
}

static void test_every_useless_terminal_is_refused_in_one_line(void **state)
{
    (void)state;
    static const struct pty_options cases[] = {
        {.columns = 200, .term = "dumb", .locale = "C"},
        {.columns = 200, .term = "", .locale = "C"},
        {.columns = 200, .rows = 1, .term = "dumb"},
        {.columns = 200, .rows = 2, .term = ""},
        {.columns = 200, .term = "dumb", .env = no_colour},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pty *pty = home_open(cases[i], (const char *const[]){MICROSCOPE, few, NULL});
        assert_int_equal(pty_wait_exit(pty), 2);
        pty_check_restored(pty);
        const char *output = pty_output(pty, NULL), *end = strchr(output, '\n');
        if (!strstr(output, "needs a terminal") || !strstr(output, "list, compare, import") ||
            !end || end[1] || strchr(output, '\033'))
            fail_msg("case %zu: %s", i, output);
        pty_close(pty);
    }
}

/* ---- signals ---- */

static const struct place {
    const char *name, *keys, *shows;
} places[] = {
    {"list", "jj", "Enter open"},
    {"prompt", "fbea", "Esc done"},
    {"overlay", "i", "Why ROI"},
    {"load", NULL, "loading"},
};

static struct pty *start_in(const struct place *place)
{
    const char *store = place->keys ? few : many;
    forget_the_last(store);
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 30},
                                (const char *const[]){MICROSCOPE, store, NULL});
    if (place->keys) {
        pty_settle(pty);
        pty_send(pty, place->keys);
        pty_settle(pty);
    }
    pty_wait_text(pty, place->shows);
    return pty;
}

static void test_every_signal_ends_it_by_convention_everywhere(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *says; /* last */
    } ends[] = {
        {SIGTERM, ""},
        {SIGINT, ""},
        {SIGHUP, ""},
        {SIGQUIT, ""},
        {SIGSEGV, "microscope: stopped by a bug (SIGSEGV)"},
        {SIGABRT, "microscope: stopped by a bug (SIGABRT)"},
    };
    for (size_t i = 0; i < COUNT_OF(ends); i++)
        for (size_t k = 0; k < COUNT_OF(places); k++) {
            print_message("%s in %s\n", strsignal(ends[i].number), places[k].name);
            struct pty *pty = start_in(&places[k]);
            assert_true(pty_modes(pty).alternate);
            pty_signal(pty, ends[i].number);
            assert_int_equal(pty_wait_exit(pty), 128 + ends[i].number);
            pty_check_restored(pty);
            if (!strstr(pty_screen(pty), ends[i].says))
                fail_with(pty, "another reason");
            if (strstr(pty_output(pty, NULL), ALL_MANY))
                fail_msg("it had loaded all already");
            pty_close(pty);
        }
}

static void test_it_stops_and_goes_on_everywhere(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT_OF(places); k++) {
        print_message("%s\n", places[k].name);
        struct pty *pty = start_in(&places[k]);
        pty_signal(pty, SIGTSTP);
        pty_wait_stop(pty);
        pty_check_restored(pty);
        pty_resize(pty, 100, 28);
        pty_continue(pty);
        pty_settle(pty);
        expect_modes(pty, &kinds[0]);
        /* As it was left, at the new size; whoever was loading has loaded. */
        pty_wait_text(pty, places[k].keys ? places[k].shows : ALL_MANY);
        assert_true(pty_row(pty, 27)[0] != '\0');
        pty_signal(pty, SIGPIPE); /* says nothing and ends nothing */
        pty_send(pty, "\033");
        pty_settle(pty);
        assert_true(pty_shows(pty, "Enter open"));
        quit(pty);
    }
}

static void test_what_changed_while_it_was_stopped_is_seen(void **state)
{
    (void)state;
    const char *list = at_home("later.csv");
    FILE *file = fopen(list, "w");
    assert_non_null(file);
    fputs("handle,platform,followers\ncame.later,instagram,12345\n", file);
    assert_int_equal(fclose(file), 0);
    struct pty *pty = start_in(&places[0]);
    pty_signal(pty, SIGTSTP);
    pty_wait_stop(pty);
    home_run((const char *const[]){MICROSCOPE, "import", list, "--store", few, NULL}, 0);
    pty_continue(pty);
    pty_wait_text(pty, "+1 more, r takes them in"); /* rows stay until they are asked for */
    pty_send(pty, "r");
    pty_wait_text(pty, "121 of 121");
    quit(pty);
}

/* Storms of sizes while the creators come in: it goes on loading, and shows them at the last size. */
static void test_it_loads_on_while_the_window_changes(void **state)
{
    (void)state;
    struct pty *pty = start_in(&places[COUNT_OF(places) - 1]);
    for (int i = 0; i < 40; i++)
        pty_resize(pty, 1 + i * 37 % 300, 1 + i * 23 % 90);
    pty_resize(pty, 20, 5);
    pty_wait_text(pty, "20x5: needs 24x6");
    pty_resize(pty, 100, 30);
    pty_wait_text(pty, ALL_MANY);
    pty_settle(pty);
    assert_true(strstr(pty_row(pty, 29), "Enter open") != NULL);
    quit(pty);
}

/* ---- another emulator ---- */

#define TRIES 500 /* of looking, each a process: the limit of a screen that never comes */
#define ASKED "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"

static char server[320];

/* What tmux answers, without anybody's settings. */
static const char *ask_tmux(const char *words)
{
    static char said[1 << 16];
    struct buf line = BUF_INIT;
    buf_addf(&line, "tmux -f /dev/null -S '%s' %s 2>/dev/null", server, words);
    FILE *pipe = popen(buf_string(&line), "r");
    assert_non_null(pipe);
    said[fread(said, 1, sizeof said - 1, pipe)] = '\0';
    pclose(pipe);
    buf_release(&line);
    return said;
}

static const char *const same_day[] = {"MICROSCOPE_NOW=2026-08-03", NULL};

/* The program in it, and then something that waits. */
static struct pty *open_in_tmux(struct size size, const char *locale)
{
    char command[1000];
    forget_the_last(few);
    snprintf(server, sizeof server, "%s", at_home("tmux"));
    snprintf(command, sizeof command, "LC_ALL=%s %s %s; echo left $?; exec cat", locale, MICROSCOPE,
             few);
    return home_open((struct pty_options){.columns = size.columns,
                                          .rows = size.rows + 1, /* its status line */
                                          .env = same_day},
                     (const char *const[]){"/usr/bin/env", "tmux", "-u", "-f", "/dev/null", "-S",
                                           server, "new-session", command, NULL});
}

static void take_screen(struct size size, const char *locale, struct buf *out)
{
    forget_the_last(few);
    struct pty *pty = home_open((struct pty_options){.columns = size.columns,
                                                     .rows = size.rows,
                                                     .term = "screen",
                                                     .locale = locale,
                                                     .env = same_day},
                                (const char *const[]){MICROSCOPE, few, NULL});
    pty_settle(pty);
    buf_add_string(out, pty_screen(pty));
    quit(pty);
}

static void expect_of_tmux(const char *words, const char *answer)
{
    const char *said = "";
    for (int i = 0; i < TRIES && strcmp(said, answer) != 0; i++)
        said = ask_tmux(words);
    if (strcmp(said, answer) != 0)
        fprintf(stderr, "expected:\n%s\ntmux has:\n%s", answer, said);
    assert_true(strcmp(said, answer) == 0);
}

/* Both know the program only by the bytes it sends, and neither knows the other. */
static void test_another_emulator_sees_the_same(void **state)
{
    (void)state;
    static const struct {
        struct size size;
        const char *locale;
    } cases[] = {{{80, 24}, "C.UTF-8"}, {{80, 24}, "C"}, {{132, 43}, "C.UTF-8"}};
    if (system("command -v tmux >/dev/null") != 0)
        skip();
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf screen = BUF_INIT;
        take_screen(cases[i].size, cases[i].locale, &screen);
        struct pty *pty = open_in_tmux(cases[i].size, cases[i].locale);
        pty_wait_text(pty, "Enter open");
        expect_of_tmux("capture-pane -p", buf_string(&screen));
        expect_of_tmux("display-message -p '" ASKED "'", "1 1 0\n");
        pty_send(pty, "?");
        pty_wait_text(pty, "word or key");
        pty_send(pty, "\033");
        expect_of_tmux("capture-pane -p", buf_string(&screen));
        pty_send(pty, "q");
        pty_wait_text(pty, "left 0");
        expect_of_tmux("display-message -p '" ASKED "'", "0 0 1\n");
        ask_tmux("kill-server");
        pty_wait_exit(pty);
        pty_close(pty);
        buf_release(&screen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_size_in_every_terminal),
        cmocka_unit_test(test_every_useless_terminal_is_refused_in_one_line),
        cmocka_unit_test(test_every_signal_ends_it_by_convention_everywhere),
        cmocka_unit_test(test_it_stops_and_goes_on_everywhere),
        cmocka_unit_test(test_what_changed_while_it_was_stopped_is_seen),
        cmocka_unit_test(test_it_loads_on_while_the_window_changes),
        cmocka_unit_test(test_another_emulator_sees_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
