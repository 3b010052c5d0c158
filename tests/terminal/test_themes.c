/* The looks of the real explorer: those of terminals with few colours, the user's own, choosing one by
 * looking at it, and files that change while it is worn. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/home_pty.h"

enum { DARK = 233, LIGHT = 231, BLACK = 16 }; /* the ground of themes, of the 256 */

static char config_home[600];

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void forget(void)
{
    static const char *const files[] = {"store.db", "store.db-wal", "store.db-shm"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        remove(at_home(files[i]));
    home_run((const char *const[]){MICROSCOPE, "import", "list.csv", "--store", "store.db", NULL},
             0);
}

static int set_up(void **state)
{
    if (home_make(state) != 0)
        return -1;
    write_text(at_home("list.csv"), "platform,handle,followers,er,fee,currency,niche\n"
                                    "instagram,anna,30000,0.04,100,EUR,beauty\n"
                                    "instagram,berta,12000,0.05,3000,EUR,beauty\n");
    mkdir(at_home("config"), 0700);
    mkdir(at_home("config/microscope"), 0700);
    mkdir(at_home("config/microscope/themes"), 0700);
    snprintf(config_home, sizeof config_home, "XDG_CONFIG_HOME=%s", at_home("config"));
    return 0;
}

/* Before each test: a store and no themes of the user's. */
static int fresh(void **state)
{
    (void)state;
    char command[700];
    snprintf(command, sizeof command, "rm -f '%s'/*", at_home("config/microscope/themes"));
    forget();
    return system(command);
}

static struct pty *open_in(struct pty_options options, const char *more)
{
    const char *env[] = {config_home, options.env ? options.env[0] : NULL, NULL};
    const char *const plain[] = {MICROSCOPE, "--store", "store.db", NULL};
    const char *const named[] = {MICROSCOPE, "--store", "store.db", "--theme", more, NULL};
    options.columns = 100;
    options.rows = 30;
    options.env = env;
    struct pty *pty = home_open(options, more ? named : plain);
    pty_wait_text(pty, "berta");
    pty_settle(pty);
    return pty;
}

static struct pty *open_plain(void)
{
    return open_in((struct pty_options){.background = "rgb:0000/0000/0000"}, NULL);
}

static void leave(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

static void press(struct pty *pty, const char *keys)
{
    pty_send(pty, keys);
    pty_settle(pty);
}

/* The ground, where nothing is drawn. */
static int ground(struct pty *pty)
{
    return pty_cell(pty, 99, 12).on_index;
}

/* Where on the screen some text stands. */
static struct pty_cell cell_of(struct pty *pty, const char *text)
{
    for (int row = 0; row < pty_rows(pty); row++) {
        const char *line = pty_row(pty, row), *at = strstr(line, text);
        int column = 0;
        for (const char *c = line; at && c < at; c++)
            column += (*c & 0xC0) != 0x80;
        if (at)
            return pty_cell(pty, column, row);
    }
    fail_msg("'%s' is nowhere:\n%s", text, pty_screen(pty));
    return (struct pty_cell){0};
}

static void check_without_colours(struct pty *pty)
{
    for (int row = 0; row < pty_rows(pty); row++)
        for (int column = 0; column < pty_columns(pty); column++) {
            struct pty_cell cell = pty_cell(pty, column, row);
            assert_true(cell.default_on && cell.default_fore);
        }
    assert_true(cell_of(pty, "Explore").reverse); /* but one still sees what is open */
}

static void terminals_with_few_colours_get_their_own(void **state)
{
    (void)state;
    static const char *const terms[] = {"screen", "linux", "xterm"};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        struct pty *pty = open_in((struct pty_options){.term = terms[i]}, NULL);
        assert_true(pty_cell(pty, 99, 12).default_on);
        assert_int_equal(pty_cell(pty, 1, pty_rows(pty) - 1).fore_index, 3); /* a key */
        assert_true(cell_of(pty, "Explore").reverse);
        leave(pty);
        pty = open_in((struct pty_options){.term = terms[i]}, "light"); /* which it cannot show */
        assert_true(pty_cell(pty, 99, 12).default_on);
        assert_int_equal(pty_cell(pty, 1, pty_rows(pty) - 1).fore_index, 3);
        leave(pty);
    }
}

static void without_colours_everything_still_reads(void **state)
{
    (void)state;
    const char *const no_colour[] = {"NO_COLOR=1", NULL};
    struct pty *pty = open_in((struct pty_options){.term = "vt100"}, NULL);
    check_without_colours(pty);
    leave(pty);
    pty = open_in((struct pty_options){.env = no_colour}, NULL);
    check_without_colours(pty);
    leave(pty);
    pty = open_in((struct pty_options){.env = no_colour}, "light");
    check_without_colours(pty);
    press(pty, ":theme light");
    assert_true(pty_shows(pty, "needs 256 colours"));
    check_without_colours(pty);
    press(pty, "\033");
    leave(pty);
    pty = open_in((struct pty_options){.env = NULL}, "mono");
    check_without_colours(pty);
    leave(pty);
}

static void the_terminals_own_colours_are_a_theme(void **state)
{
    (void)state;
    struct pty *pty = open_in((struct pty_options){.env = NULL}, "terminal");
    assert_true(pty_cell(pty, 99, 12).default_on);
    assert_int_equal(pty_cell(pty, 1, pty_rows(pty) - 1).fore_index, 3);
    assert_int_equal(cell_of(pty, "ordered by").fore_index, 8); /* dim */
    leave(pty);
}

/* Where the terminal says that it shows any colour, each is shown exactly, and its own ones are still
 * there. */
static void colours_are_exact_where_the_terminal_says_so(void **state)
{
    (void)state;
    static const char *const terms[] = {"xterm-256color", "tmux-256color", "xterm-direct"};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        const char *const env[] = {i < 2 ? "COLORTERM=truecolor" : "COLORTERM", NULL};
        struct pty *pty = open_in((struct pty_options){.term = terms[i], .env = env}, "dark");
        assert_int_equal(pty_cell(pty, 99, 12).on_rgb, 0x14181F);
        assert_int_equal(pty_cell(pty, 99, 12).on_index, -1);
        assert_int_equal(cell_of(pty, "ordered by").fore_rgb, 0xA2ACBA);
        press(pty, ":theme contrast"); /* black, which no number stands for */
        assert_int_equal(pty_cell(pty, 99, 12).on_rgb, 0x010101);
        assert_false(pty_cell(pty, 99, 12).default_on);
        press(pty, "\033");
        assert_int_equal(pty_cell(pty, 99, 12).on_rgb, 0x14181F);
        leave(pty);
        pty = open_in((struct pty_options){.term = terms[i], .env = env}, "terminal");
        assert_true(pty_cell(pty, 99, 12).default_on);
        assert_int_equal(pty_cell(pty, 1, pty_rows(pty) - 1).fore_index, 3);
        assert_int_equal(cell_of(pty, "ordered by").fore_index, 8);
        leave(pty);
    }
    /* Not where nobody knows whether it does. */
    const char *const env[] = {"COLORTERM=truecolor", NULL};
    struct pty *pty = open_in((struct pty_options){.term = "screen-256color", .env = env}, "dark");
    assert_int_equal(ground(pty), DARK);
    leave(pty);
}

static void one_chooses_by_looking(void **state)
{
    (void)state;
    struct pty *pty = open_plain();
    assert_int_equal(ground(pty), DARK);
    press(pty, ":theme ");
    assert_int_equal(ground(pty), DARK); /* the cursor begins on what is worn */
    assert_true(pty_shows(pty, "High contrast"));
    assert_true(pty_shows(pty, "deutan-light"));
    press(pty, "\033[B");
    assert_int_equal(ground(pty), BLACK); /* contrast */
    press(pty, "li");
    assert_int_equal(ground(pty), LIGHT);
    press(pty, "\033");
    assert_int_equal(ground(pty), DARK);
    press(pty, "m");
    press(pty, "look\r");
    press(pty, "contr\r");
    assert_int_equal(ground(pty), BLACK);
    assert_true(pty_shows(pty, "High contrast, kept for next time"));
    leave(pty);
    pty = open_plain();
    assert_int_equal(ground(pty), BLACK);
    press(pty, ":theme nosuch\r");
    assert_true(pty_shows(pty, "there is no theme 'nosuch'"));
    assert_int_equal(ground(pty), BLACK);
    press(pty, "\033");
    press(pty, ":theme auto\r");
    assert_int_equal(ground(pty), DARK);
    leave(pty);
    pty = open_in((struct pty_options){.background = "rgb:ffff/ffff/ffff"}, NULL);
    assert_int_equal(ground(pty), LIGHT);
    leave(pty);
}

static void what_is_settled_holds_for_the_next_start(void **state)
{
    (void)state;
    struct pty *pty = open_in((struct pty_options){.env = NULL}, "light");
    press(pty, ":theme dark\r");
    assert_int_equal(ground(pty), DARK);
    assert_true(pty_shows(pty, "Dark until you leave: --theme names the theme"));
    leave(pty);
    pty = open_in((struct pty_options){.background = "rgb:ffff/ffff/ffff"}, NULL);
    assert_int_equal(ground(pty), LIGHT); /* nothing was kept */
    leave(pty);
}

/* A theme of the user's: the dark one of the program on another ground. */
static void write_own(const char *name, const char *ground, const char *role)
{
    char path[700], line[512];
    FILE *from = fopen(THEMES "/dark.yaml", "r");
    snprintf(path, sizeof path, "%s.new", at_home(name));
    FILE *to = fopen(path, "w");
    assert_true(from && to);
    while (fgets(line, sizeof line, from)) {
        if (strncmp(line, "  text:", 7) == 0)
            fprintf(to, "  %s: {fore: ffffff/231, on: 000000/%s}\n", role, ground);
        else
            fputs(line, to);
    }
    fclose(from);
    fclose(to);
    assert_int_equal(rename(path, at_home(name)), 0);
}

static void themes_of_ones_own_are_found(void **state)
{
    (void)state;
    write_own("config/microscope/themes/mine.yaml", "17", "text");
    write_own("config/microscope/themes/dark.yaml", "22", "text"); /* stands before the program's */
    write_own("config/microscope/themes/bad.yaml", "22", "texd");
    struct pty *pty = open_plain();
    assert_int_equal(ground(pty), 22);
    press(pty, ":theme min");
    assert_true(pty_shows(pty, "yours"));
    assert_int_equal(ground(pty), 17);
    press(pty, "\b\b\bbad");
    assert_int_equal(ground(pty), 22); /* the one before stays */
    press(pty, "\r");
    assert_true(pty_shows(pty, "bad.yaml:"));
    press(pty, "\033");
    leave(pty);
    pty = open_in((struct pty_options){.env = NULL}, "mine");
    assert_int_equal(ground(pty), 17);
    leave(pty);
    const char *const argv[] = {MICROSCOPE, "--theme", "bad", "--store", "store.db", NULL};
    const char *const env[] = {config_home, NULL};
    pty = home_open((struct pty_options){.columns = 200, .env = env}, argv);
    assert_int_equal(pty_wait_exit(pty), 2);
    assert_true(pty_shows(pty, "bad.yaml:8:3: unknown role 'texd', did you mean 'text'?"));
    assert_false(pty_modes(pty).alternate);
    pty_close(pty);
}

static void a_file_that_changes_is_worn_at_once(void **state)
{
    (void)state;
    write_own("config/microscope/themes/mine.yaml", "17", "text");
    struct pty *pty = open_in((struct pty_options){.env = NULL}, "mine");
    assert_int_equal(ground(pty), 17);
    write_own("config/microscope/themes/mine.yaml", "52", "text");
    pty_wait_ground(pty, 99, 12, 52);
    write_own("config/microscope/themes/mine.yaml", "22", "texd");
    pty_wait_text(pty, "mine.yaml:8:3: unknown role 'texd', did you mean 'text'?");
    assert_int_equal(ground(pty), 52);
    write_own("config/microscope/themes/mine.yaml", "17", "text");
    pty_wait_text(pty, "the theme can be read again");
    pty_settle(pty);
    assert_int_equal(ground(pty), 17);
    leave(pty);
}

#define FRESH(test) cmocka_unit_test_setup(test, fresh)

int main(void)
{
    const struct CMUnitTest tests[] = {
        FRESH(terminals_with_few_colours_get_their_own),
        FRESH(without_colours_everything_still_reads),
        FRESH(the_terminals_own_colours_are_a_theme),
        FRESH(colours_are_exact_where_the_terminal_says_so),
        FRESH(one_chooses_by_looking),
        FRESH(what_is_settled_holds_for_the_next_start),
        FRESH(themes_of_ones_own_are_found),
        FRESH(a_file_that_changes_is_worn_at_once),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
