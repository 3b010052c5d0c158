/* What terminal.md demands of every terminal program, shown on the smallest one: term_demo. */
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
#include "support/pty.h"

static const char *const demo[] = {TERM_DEMO, NULL};
static const char *const demo_ascii[] = {TERM_DEMO, "--ascii", NULL};
static const char *const demo_blocks[] = {TERM_DEMO, "--blocks", NULL};
static const char *const demo_no_mouse[] = {TERM_DEMO, "--no-mouse", NULL};

static struct pty *start(struct pty_options options)
{
    struct pty *pty = pty_open(&options, demo);
    pty_settle(pty);
    return pty;
}

/* What the program said of its latest event. */
static const char *told(struct pty *pty)
{
    pty_settle(pty);
    return pty_row(pty, 1);
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    assert_true(pty_shows(pty, "bye"));
    assert_string_equal(pty_strings(pty), ""); /* the palette is left alone, for one */
    pty_close(pty);
}

static void assert_contains(const char *whole, const char *part)
{
    bool found = strstr(whole, part) != NULL;
    if (!found)
        print_error("not there: %s\n", part);
    assert_true(found);
}

static const struct {
    const char *term, *glyphs, *colours;
    bool modern; /* mouse, paste, focus */
    bool alternate;
} terms[] = {
    {"xterm-256color", "glyphs unicode", "colours 256", true, true},
    {"xterm", "glyphs unicode", "colours 8", true, true},
    {"screen", "glyphs unicode", "colours 8", true, true},
    {"screen-256color", "glyphs unicode", "colours 256", true, true},
    {"tmux-256color", "glyphs unicode", "colours 256", true, true},
    {"rxvt-unicode-256color", "glyphs unicode", "colours 256", true, true},
    {"linux", "glyphs console", "colours 8", false, false},
    {"vt100", "glyphs ascii", "colours mono", false, false},
    {"vt220", "glyphs ascii", "colours mono", false, false},
};

static void test_every_terminal_is_left_as_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        print_message("TERM=%s\n", terms[i].term);
        struct pty *pty = start((struct pty_options){.term = terms[i].term});
        assert_contains(pty_row(pty, 0), "size 80x24");
        assert_contains(pty_row(pty, 0), terms[i].glyphs);
        assert_contains(pty_row(pty, 0), terms[i].colours);
        assert_contains(pty_row(pty, 3), "good cell own title");
        struct pty_modes modes = pty_modes(pty);
        assert_int_equal(modes.alternate, terms[i].alternate);
        assert_int_equal(modes.mouse != 0, terms[i].modern);
        assert_int_equal(modes.paste, terms[i].modern);
        assert_int_equal(modes.focus, terms[i].modern);
        assert_false(modes.termios.c_lflag & (ICANON | ECHO | ISIG));
        assert_false(modes.termios.c_iflag & IXON);
        quit(pty);
    }
}

static void test_useless_terminals_are_refused(void **state)
{
    (void)state;
    static const struct pty_options cases[] = {
        {.columns = 200, .term = "dumb"},
        {.columns = 200, .term = ""},
        {.columns = 200, .stdin_closed = true},
        {.columns = 200, .stdout_file = true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pty *pty = pty_open(&cases[i], demo);
        assert_int_equal(pty_wait_exit(pty), 2);
        const char *screen = pty_screen(pty);
        assert_contains(screen, "microscope: the explorer needs a terminal");
        assert_contains(screen, "list, compare, import");
        pty_check_restored(pty);
        if (cases[i].stdout_file) {
            size_t length;
            pty_output(pty, &length);
            assert_int_equal(length, 0);
        }
        pty_close(pty);
    }
}

static void test_unknown_terminals_get_a_stand_in_and_are_told(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.term = "xterm-kitty"});
    assert_contains(pty_row(pty, 0), "colours 256");
    assert_string_equal(pty_row(pty, 2),
                        "no description of terminal 'xterm-kitty' here: taken as xterm-256color");
    quit(pty);
    pty = start((struct pty_options){.term = "teletype-33"});
    assert_string_equal(pty_row(pty, 2),
                        "no description of terminal 'teletype-33' here: taken as vt100");
    quit(pty);
}

static void test_sizes_from_one_cell_on(void **state)
{
    (void)state;
    static const struct {
        int columns, rows;
    } sizes[] = {{1, 1}, {2, 2}, {20, 5}, {60, 16}, {80, 24}, {132, 43}, {300, 100}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct pty *pty =
            start((struct pty_options){.columns = sizes[i].columns, .rows = sizes[i].rows});
        struct pty_cell last = pty_cell(pty, sizes[i].columns - 1, sizes[i].rows - 1);
        assert_int_equal(last.code[0], '$');
        if (sizes[i].columns > 40) {
            char size[32];
            snprintf(size, sizeof size, "size %dx%d ", sizes[i].columns, sizes[i].rows);
            assert_contains(pty_row(pty, 0), size);
        }
        pty_send(pty, "q");
        assert_int_equal(pty_wait_exit(pty), 0);
        pty_check_restored(pty);
        pty_close(pty);
    }
}

static void test_a_storm_of_sizes_leaves_a_whole_picture(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "H");
    for (int i = 0; i < 150; i++)
        pty_resize(pty, 1 + i * 37 % 500, 1 + i * 23 % 200);
    pty_resize(pty, 500, 200);
    pty_settle(pty);
    pty_resize(pty, 1, 1);
    pty_settle(pty);
    pty_resize(pty, 100, 30);
    pty_settle(pty);
    /* There and back before anybody looks: the size is as before, but the terminal cut the picture. */
    for (int i = 0; i < 20; i++) {
        pty_resize(pty, 10, 3);
        pty_resize(pty, 100, 30);
    }
    pty_settle(pty);
    struct buf after = BUF_INIT;
    buf_add_string(&after, pty_screen(pty));
    assert_contains(buf_string(&after), "size 100x30 ");
    /* A stray cell would go away when all is painted anew. */
    pty_send(pty, "LH");
    pty_settle(pty);
    pty_send(pty, "H");
    pty_settle(pty);
    assert_contains(pty_row(pty, 1), "4 key 48");
    const char *painted = pty_screen(pty);
    const char *first = strchr(buf_string(&after), '\n') + 1, *second = strchr(painted, '\n') + 1;
    assert_string_equal(strchr(first, '\n'), strchr(second, '\n'));
    buf_release(&after);
    quit(pty);
}

static void test_signals_end_by_convention(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        for (size_t t = 0; t < COUNT_OF(terms); t += 3) {
            struct pty *pty = start((struct pty_options){.term = terms[t].term});
            pty_signal(pty, numbers[i]);
            assert_int_equal(pty_wait_exit(pty), 128 + numbers[i]);
            pty_check_restored(pty);
            pty_close(pty);
        }
}

static void test_fatal_signals_give_the_terminal_back_first(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *name;
    } fatals[] = {{SIGSEGV, "SIGSEGV"},
                  {SIGABRT, "SIGABRT"},
                  {SIGBUS, "SIGBUS"},
                  {SIGFPE, "SIGFPE"},
                  {SIGILL, "SIGILL"}};
    for (size_t i = 0; i < COUNT_OF(fatals); i++)
        for (size_t t = 0; t < COUNT_OF(terms); t += 3) {
            struct pty *pty = start((struct pty_options){.term = terms[t].term});
            pty_signal(pty, fatals[i].number);
            assert_int_equal(pty_wait_exit(pty), 128 + fatals[i].number);
            pty_check_restored(pty);
            assert_contains(pty_screen(pty), "microscope: stopped by a bug");
            assert_contains(pty_screen(pty), fatals[i].name);
            pty_close(pty);
        }
}

static void test_a_failed_assertion_says_which(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 200});
    pty_send(pty, "A");
    assert_int_equal(pty_wait_exit(pty), 128 + SIGABRT);
    pty_check_restored(pty);
    assert_contains(pty_screen(pty), "fail_assertion");
    assert_contains(pty_screen(pty), "asked for");
    assert_contains(pty_screen(pty), "microscope: stopped by a bug (SIGABRT)");
    pty_close(pty);
}

static void test_a_full_stack_is_survived_long_enough(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "S");
    assert_int_equal(pty_wait_exit(pty), 128 + SIGSEGV);
    pty_check_restored(pty);
    assert_contains(pty_screen(pty), "stopped by a bug (SIGSEGV)");
    pty_close(pty);
}

static void test_a_closed_window_ends_the_program(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGHUP);
    pty_close(pty);
    /* Without the signal, end of input alone has to do: no endless loop. */
    pty = start((struct pty_options){.ignore_hang_up = true});
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGHUP);
    pty_close(pty);
}

static void stop_and_go_on(struct pty *pty)
{
    pty_wait_stop(pty);
    pty_check_restored(pty);
    pty_resize(pty, 90, 20);
    pty_continue(pty);
    pty_settle(pty);
    assert_contains(pty_row(pty, 0), "size 90x20");
    assert_int_equal(pty_cell(pty, 89, 19).code[0], '$');
    assert_int_equal(pty_cell(pty, 40, 12).on_index, 233);
    assert_int_equal(pty_cell(pty, 0, 3).fore_index, 151);
    struct pty_modes modes = pty_modes(pty);
    assert_true(modes.alternate && modes.paste && modes.focus && modes.mouse);
    assert_false(modes.termios.c_lflag & ISIG);
    quit(pty);
}

static void test_stop_and_continue(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "\032"); /* Ctrl-Z is the program's to decide */
    stop_and_go_on(pty);
    pty = start((struct pty_options){0});
    pty_signal(pty, SIGTSTP);
    stop_and_go_on(pty);
}

static void test_continue_after_a_stop_nobody_saw(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_signal(pty, SIGSTOP);
    pty_wait_stop(pty);
    /* What a shell does when it gets the terminal back. */
    struct pty_modes modes = pty_modes(pty);
    assert_true(modes.alternate);
    pty_resize(pty, 90, 20);
    pty_continue(pty);
    pty_settle(pty);
    assert_contains(pty_row(pty, 0), "size 90x20");
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
}

static void test_keys_of_flow_control_and_signals_are_keys(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *line;
    } keys[] = {
        {"\023", "1 key 13"},        {"\021", "2 key 11"},          {"\003", "3 key 3"},
        {"\026", "4 key 16"},        {"\017", "5 key f"},           {"\034", "5 key f"},
        {"\r", "6 key d"},           {"\033[A", "7 key 110000"},    {"\033OB", "8 key 110001"},
        {"\t", "9 key 9"},           {"\177", "10 key 7f"},         {"\b", "11 key 7f"},
        {"\u0436", "12 key 436"},    {"\033[5~", "13 key 110006"},  {"\033[1;5C", "14 key 110003"},
        {"\033OP", "15 key 11000b"}, {"\033[24~", "16 key 110016"},
    };
    struct pty *pty = start((struct pty_options){0});
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        pty_send(pty, keys[i].bytes);
        assert_string_equal(told(pty), keys[i].line);
    }
    quit(pty);
}

static void test_escape_is_a_key_and_sequences_are_whole(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "\033");
    assert_string_equal(told(pty), "1 key 1b");
    pty_send(pty, "\033[999;7z\033]4;1;rgb:0/0/0\007\033P1$r\033\\x");
    assert_string_equal(told(pty), "2 key 78");
    quit(pty);
    /* With ESCDELAY the rest of a sequence may take its time. */
    static const char *const patient[] = {"ESCDELAY=9000", NULL};
    pty = start((struct pty_options){.env = patient});
    pty_send(pty, "\033");
    pty_send(pty, "[A");
    assert_string_equal(told(pty), "1 key 110000");
    quit(pty);
}

static void test_paste_is_text(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_paste(pty, "q\nfirst\r\nsecond\tq\033[2Jx\u202ey\n");
    assert_string_equal(told(pty), "1 paste [q first second q [2Jxy]");
    pty_send(pty, "z");
    assert_string_equal(told(pty), "2 key 7a");
    quit(pty);
}

static void test_mouse_and_focus(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 300});
    pty_click(pty, 0, 250, 7);
    assert_string_equal(told(pty), "1 press 1 at 250,7");
    pty_click(pty, 2, 0, 0);
    assert_string_equal(told(pty), "2 press 3 at 0,0");
    pty_click(pty, 64, 3, 4);
    assert_string_equal(told(pty), "3 up 0 at 3,4");
    pty_click(pty, 65, 3, 4);
    assert_string_equal(told(pty), "4 down 0 at 3,4");
    pty_click(pty, 0, 5, 5);
    pty_click(pty, 0, 5, 5);
    assert_string_equal(told(pty), "6 double 1 at 5,5");
    pty_send(pty, "\033[O");
    assert_string_equal(told(pty), "7 focus out");
    pty_send(pty, "\033[I");
    assert_string_equal(told(pty), "8 focus in");
    quit(pty);
    pty = pty_open(&(struct pty_options){0}, demo_no_mouse);
    pty_settle(pty);
    assert_int_equal(pty_modes(pty).mouse, 0);
    quit(pty);
}

static void test_hostile_text_stays_text(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.rows = 24});
    pty_send(pty, "H");
    pty_settle(pty);
    assert_string_equal(pty_strings(pty), "");
    assert_string_equal(pty_title(pty), "");
    assert_contains(pty_row(pty, 0), "size 80x24");
    for (int row = 5; row < 20; row++) {
        /* Whatever its text, each row keeps its bars in their columns. */
        assert_int_equal(pty_cell(pty, 20, row).code[0], '|');
        assert_int_equal(pty_cell(pty, 60, row).code[0], '|');
        assert_int_equal(pty_cell(pty, 63, row).code[0], 'd');
    }
    size_t length;
    const char *output = pty_output(pty, &length);
    static const char *const never[] = {"\u202e", "\u2066",   "\u200b",     "\ufeff",
                                        "\u200d", "\xc2\x9b", "stolen\007", "\016"};
    for (size_t i = 0; i < COUNT_OF(never); i++)
        assert_null(strstr(output, never[i]));
    assert_contains(pty_row(pty, 13), "\u65e5\u672c\u8a9e");
    assert_int_equal(pty_cell(pty, 0, 13).width, 2);
    assert_contains(pty_row(pty, 14), "a\u0301\u0302 ");
    quit(pty);
}

static void test_locale_and_options_choose_the_signs(void **state)
{
    (void)state;
    static const char *const no_colour[] = {"NO_COLOR=1", NULL};
    static const char *const colour[] = {"NO_COLOR=", NULL};
    struct pty *pty = start((struct pty_options){.locale = "C"});
    assert_contains(pty_row(pty, 0), "glyphs ascii");
    pty_send(pty, "H");
    pty_settle(pty);
    size_t length;
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < length; i++)
        assert_in_range((unsigned char)output[i], 0, 127);
    quit(pty);
    pty = pty_open(&(struct pty_options){0}, demo_ascii);
    pty_settle(pty);
    assert_contains(pty_row(pty, 0), "glyphs ascii");
    quit(pty);
    pty = pty_open(&(struct pty_options){0}, demo_blocks);
    pty_settle(pty);
    assert_contains(pty_row(pty, 0), "glyphs blocks");
    quit(pty);
    pty = start((struct pty_options){.env = no_colour});
    assert_contains(pty_row(pty, 0), "colours mono");
    assert_true(pty_cell(pty, 5, 3).reverse);    /* cell */
    assert_true(pty_cell(pty, 10, 3).underline); /* own */
    assert_true(pty_cell(pty, 14, 3).bold);      /* title */
    assert_true(pty_cell(pty, 0, 3).default_fore);
    quit(pty);
    pty = start((struct pty_options){.env = colour});
    assert_contains(pty_row(pty, 0), "colours 256");
    quit(pty);
}

static void test_roles_become_colours(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    struct pty_cell good = pty_cell(pty, 0, 3), cell = pty_cell(pty, 5, 3);
    struct pty_cell bar = pty_cell(pty, 79, 0), blank = pty_cell(pty, 40, 12);
    assert_int_equal(good.fore_index, 151);
    assert_int_equal(good.on_index, 233);
    assert_int_equal(cell.fore_index, 233);
    assert_int_equal(cell.on_index, 222);
    assert_int_equal(bar.on_index, 235);
    assert_int_equal(blank.on_index, 233);
    assert_true(pty_cell(pty, 14, 3).bold);
    quit(pty);
    pty = start((struct pty_options){.term = "screen"});
    assert_int_equal(pty_cell(pty, 0, 3).fore_index, 2);
    assert_true(pty_cell(pty, 0, 3).default_on);
    assert_true(pty_cell(pty, 5, 3).reverse);
    quit(pty);
}

static void test_questions_and_answers_of_the_start(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.background = "rgb:1414/1818/1f1f"});
    assert_contains(pty_row(pty, 0), "background 14181f dark");
    assert_string_equal(pty_row(pty, 1), "");
    quit(pty);
    pty = start((struct pty_options){.background = "rgb:fd/f6/e3"});
    assert_contains(pty_row(pty, 0), "background fdf6e3 light");
    quit(pty);
    pty = start((struct pty_options){.wide_boxes = true});
    assert_contains(pty_row(pty, 0), "glyphs ascii");
    quit(pty);
    pty = start((struct pty_options){.mute = true});
    assert_contains(pty_row(pty, 0), "glyphs unicode");
    /* An answer that comes late is nobody's key. */
    pty_send(pty, "\033]11;rgb:0000/0000/0000\033\\\033[1;2Rz");
    assert_string_equal(told(pty), "1 key 7a");
    quit(pty);
}

static void test_keys_typed_ahead_are_kept(void **state)
{
    (void)state;
    struct pty *pty = pty_open(&(struct pty_options){.mute = true}, demo);
    pty_wait_text(pty, "\u2501"); /* the question of the width: it is waiting */
    pty_send(pty, "ab");
    assert_string_equal(told(pty), "2 key 62");
    quit(pty);
}

static void test_only_differences_are_sent(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "a");
    pty_settle(pty);
    size_t before = pty_written(pty);
    pty_send(pty, "\033]4;1;rgb:0/0/0\007"); /* nothing happens */
    pty_settle(pty);
    assert_int_equal(pty_written(pty), before);
    pty_send(pty, "b"); /* "1 key 61" becomes "2 key 62" */
    pty_settle(pty);
    assert_in_range(pty_written(pty) - before, 2, 60);
    quit(pty);
}

static void test_scrolling_by_a_row_moves_what_is_there(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 160, .rows = 50});
    pty_send(pty, "J");
    pty_settle(pty);
    size_t whole = pty_written(pty);
    pty_send(pty, "J");
    pty_settle(pty);
    assert_in_range(pty_written(pty) - whole, 20, 400);
    struct buf scrolled = BUF_INIT;
    buf_add_string(&scrolled, strchr(pty_screen(pty), '\n'));
    pty_send(pty, "L");
    pty_settle(pty);
    /* What the shortcut made is what painting everything makes, but for the latest event. */
    const char *painted = strchr(pty_screen(pty), '\n');
    assert_string_equal(strstr(buf_string(&scrolled), "good"), strstr(painted, "good"));
    buf_release(&scrolled);
    quit(pty);
}

/* A description of direct colours, made by tic: the usual packages have none. */
static void test_direct_colours_are_exact(void **state)
{
    (void)state;
    static const char source[] =
        "test-direct|xterm with direct colours,\n"
        "\tRGB, ccc@, colors#0x1000000, pairs#0x10000, initc@,\n"
        "\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;"
        "%p1%{255}%&%d%;m,\n"
        "\tsetaf=\\E[%?%p1%{8}%<%t3%p1%d%e38;2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;"
        "%p1%{255}%&%d%;m,\n"
        "\tuse=xterm-256color,\n";
    char directory[] = "/tmp/terminfo-XXXXXX", path[64], command[256];
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/source", directory);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(source, file);
    fclose(file);
    snprintf(command, sizeof command, "tic -x -o %s %s", directory, path);
    assert_int_equal(system(command), 0);
    char variable[64];
    snprintf(variable, sizeof variable, "TERMINFO=%s", directory);
    const char *const env[] = {variable, NULL};
    struct pty *pty = start((struct pty_options){.term = "test-direct", .env = env});
    assert_contains(pty_row(pty, 0), "colours direct");
    struct pty_cell good = pty_cell(pty, 0, 3);
    assert_int_equal(good.fore_rgb, 0x9BE8AE);
    assert_int_equal(good.on_rgb, 0x14181F);
    quit(pty);
    snprintf(command, sizeof command, "rm -r %s", directory);
    assert_int_equal(system(command), 0);
}

static void test_warnings_wait_until_the_end(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "W");
    pty_settle(pty);
    assert_false(pty_shows(pty, "warning"));
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_contains(pty_screen(pty), "a library's warning \ufffd[31mred");
    pty_check_restored(pty);
    pty_close(pty);
}

static void test_the_cursor_is_hidden_outside_fields(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    int column, row;
    bool shown;
    pty_cursor(pty, &column, &row, &shown);
    assert_false(shown);
    pty_send(pty, "C");
    pty_settle(pty);
    pty_cursor(pty, &column, &row, &shown);
    assert_true(shown);
    assert_int_equal(column, 7);
    assert_int_equal(row, 1);
    quit(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_terminal_is_left_as_found),
        cmocka_unit_test(test_useless_terminals_are_refused),
        cmocka_unit_test(test_unknown_terminals_get_a_stand_in_and_are_told),
        cmocka_unit_test(test_sizes_from_one_cell_on),
        cmocka_unit_test(test_a_storm_of_sizes_leaves_a_whole_picture),
        cmocka_unit_test(test_signals_end_by_convention),
        cmocka_unit_test(test_fatal_signals_give_the_terminal_back_first),
        cmocka_unit_test(test_a_failed_assertion_says_which),
        cmocka_unit_test(test_a_full_stack_is_survived_long_enough),
        cmocka_unit_test(test_a_closed_window_ends_the_program),
        cmocka_unit_test(test_stop_and_continue),
        cmocka_unit_test(test_continue_after_a_stop_nobody_saw),
        cmocka_unit_test(test_keys_of_flow_control_and_signals_are_keys),
        cmocka_unit_test(test_escape_is_a_key_and_sequences_are_whole),
        cmocka_unit_test(test_paste_is_text),
        cmocka_unit_test(test_mouse_and_focus),
        cmocka_unit_test(test_hostile_text_stays_text),
        cmocka_unit_test(test_locale_and_options_choose_the_signs),
        cmocka_unit_test(test_roles_become_colours),
        cmocka_unit_test(test_questions_and_answers_of_the_start),
        cmocka_unit_test(test_keys_typed_ahead_are_kept),
        cmocka_unit_test(test_only_differences_are_sent),
        cmocka_unit_test(test_scrolling_by_a_row_moves_what_is_there),
        cmocka_unit_test(test_direct_colours_are_exact),
        cmocka_unit_test(test_warnings_wait_until_the_end),
        cmocka_unit_test(test_the_cursor_is_hidden_outside_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
