/* The explorer itself in a terminal: what terminal.md demands, with real panes, prompts and data. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "store/store.h"
#include "support/home_pty.h"

static char store[300], hostile_store[300];

static void assert_contains(const char *whole, const char *part)
{
    bool found = strstr(whole, part) != NULL;
    if (!found)
        print_error("not there: %s\nin:\n%s\n", part, whole);
    assert_true(found);
}

static void write_hostile(const char *path)
{
    static const char *const names[] = {
        "\033]0;stolen\007title",
        "\033]52;c;c3RvbGVu\033\\clip",
        "\033[2J\033[Hclear",
        "\302\23331mc1",
        "bi\u202edi\u2066x",
        "zero\u200bwidth\ufeff",
        "bell\007bell",
        "bad\377\376utf8",
        "\u65e5\u672c\u8a9e\u306e\u540d\u524d",
        "a\u0301\u0302\u0303\u0304\u0305b",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
        "\u0645\u0631\u062d\u0628\u0627",
        "\016\017shift",
        "\U000e0041tag",
        "\u2028line",
    };
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("handle,name,platform,followers,er,niche,country\n", file);
    for (size_t i = 0; i < COUNT_OF(names); i++)
        fprintf(file, "creator.%zu,%s,instagram,%zu,%zu.5%%,%s,DE\n", i, names[i], 5000 + i * 311,
                i % 5, names[i]);
    fclose(file);
}

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    snprintf(hostile_store, sizeof hostile_store, "%s", at_home("hostile.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", "120", "--seed", "7",
                                   "--store", store, NULL},
             0);
    const char *csv = at_home("hostile.csv");
    write_hostile(csv);
    home_run((const char *const[]){MICROSCOPE, "import", csv, "--store", hostile_store, NULL}, 0);
    return 0;
}

static void change(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
}

static struct pty *start_on(const char *path, struct pty_options options)
{
    /* Whoever was here before may have ended anywhere: this one begins in the list. */
    change(path, "DELETE FROM meta WHERE key='view'");
    const char *const argv[] = {MICROSCOPE, path, NULL};
    struct pty *pty = home_open(options, argv);
    pty_settle(pty);
    return pty;
}

static struct pty *start(struct pty_options options)
{
    return start_on(store, options);
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    assert_string_equal(pty_strings(pty), "");
    pty_close(pty);
}

/* Where a person may be when something happens. */
static const struct {
    const char *name, *keys;
} places[] = {
    {"list", "jj"},  {"filter prompt", "fni"}, {"search", "/a"},
    {"help", "?"},   {"comparison", " j c"},   {"detail", "\r"},
    {"budget", "b"}, {"plan", "aj ap"},        {"assumptions", "ap\t\r"},
    {"plans", "aw"},
};

static struct pty *start_in(size_t place, struct pty_options options)
{
    change(store, "DELETE FROM tick"); /* keys turn ticks */
    struct pty *pty = start(options);
    pty_send(pty, places[place].keys);
    pty_settle(pty);
    return pty;
}

/* Those of everyday, at every size, are in test_matrix.c. */
static const char *const terms[] = {"xterm", "tmux-256color"};

static void test_further_terminals_are_left_as_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(terms); i++) {
        struct pty *pty = start((struct pty_options){.term = terms[i]});
        assert_contains(pty_row(pty, 0), "Explore");
        assert_false(pty_modes(pty).termios.c_lflag & (ICANON | ECHO | ISIG));
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
    };
    const char *const argv[] = {MICROSCOPE, store, NULL};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct pty *pty = home_open(cases[i], argv);
        assert_int_equal(pty_wait_exit(pty), 2);
        assert_contains(pty_screen(pty), "needs a terminal");
        assert_contains(pty_screen(pty), "list, compare, import");
        pty_check_restored(pty);
        pty_close(pty);
    }
}

static void test_signals_end_by_convention_everywhere(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    for (size_t place = 0; place < COUNT_OF(places); place++) {
        int number = numbers[place % COUNT_OF(numbers)];
        print_message("%s\n", places[place].name);
        struct pty *pty = start_in(place, (struct pty_options){0});
        pty_signal(pty, number);
        assert_int_equal(pty_wait_exit(pty), 128 + number);
        pty_check_restored(pty);
        pty_close(pty);
    }
}

static void test_a_closed_window_ends_the_program(void **state)
{
    (void)state;
    struct pty *pty = start_in(1, (struct pty_options){.ignore_hang_up = true});
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGHUP);
    pty_close(pty);
}

static void test_flow_control_freezes_nothing(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_send(pty, "\023"); /* Ctrl-S */
    pty_settle(pty);
    pty_send(pty, "?");
    pty_settle(pty);
    pty_send(pty, "\033");
    pty_settle(pty);
    quit(pty);
}

static void test_storms_of_sizes_everywhere(void **state)
{
    (void)state;
    for (size_t place = 0; place < COUNT_OF(places); place++) {
        print_message("%s\n", places[place].name);
        struct pty *pty = start_in(place, (struct pty_options){0});
        for (int i = 0; i < 40; i++)
            pty_resize(pty, 1 + i * 37 % 500, 1 + i * 23 % 200);
        pty_resize(pty, 1, 1);
        pty_settle(pty);
        pty_resize(pty, 23, 5);
        pty_settle(pty);
        pty_resize(pty, 500, 200);
        pty_settle(pty);
        pty_resize(pty, 80, 24);
        pty_settle(pty);
        struct buf after = BUF_INIT;
        buf_add_string(&after, pty_screen(pty));
        pty_send(pty, "\014"); /* Ctrl-L paints everything: nothing may have strayed */
        pty_settle(pty);
        assert_string_equal(buf_string(&after), pty_screen(pty));
        buf_release(&after);
        pty_signal(pty, SIGTERM);
        assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
        pty_check_restored(pty);
        pty_close(pty);
    }
}

static void test_tiny_windows_can_be_left(void **state)
{
    (void)state;
    static const struct {
        int columns, rows;
    } sizes[] = {{5, 2}, {24, 6}, {59, 15}};
    for (size_t i = 0; i < COUNT_OF(sizes); i++)
        quit(start((struct pty_options){.columns = sizes[i].columns, .rows = sizes[i].rows}));
}

static void test_hostile_content_stays_text(void **state)
{
    (void)state;
    static const char *const never[] = {"\u202e", "\u2066",     "\u200b",     "\ufeff",
                                        "\u200d", "\302\233",   "stolen\007", "\016",
                                        "\u2028", "\U000e0041", "bell\007"};
    struct pty *pty = start_on(hostile_store, (struct pty_options){.columns = 160, .rows = 48});
    assert_contains(pty_row(pty, 0), "Explore");
    bool replaced = false;
    for (size_t place = 0; place < COUNT_OF(places); place++) {
        pty_send(pty, places[place].keys);
        pty_settle(pty);
        replaced = replaced || pty_shows(pty, "\ufffd");
        pty_send(pty, "\033");
        pty_settle(pty);
    }
    assert_true(replaced);
    assert_string_equal(pty_strings(pty), "");
    assert_string_equal(pty_title(pty), "");
    size_t length;
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < COUNT_OF(never); i++)
        if (strstr(output, never[i]))
            fail_msg("hostile text %zu reached the terminal", i);
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
    pty_check_restored(pty);
    pty_close(pty);
}

static int row_with(struct pty *pty, const char *text)
{
    for (int row = 0; row < pty_rows(pty); row++)
        if (strstr(pty_row(pty, row), text))
            return row;
    fail_msg("no row has '%s' in:\n%s", text, pty_screen(pty));
    return 0;
}

/* The chip of the fee as it stands in the second row: "fee: 50..2k"; "" without. */
static const char *fee_chip(struct pty *pty)
{
    static char chip[32];
    const char *at = strstr(pty_row(pty, 1), "fee: ");
    snprintf(chip, sizeof chip, "%.*s", at ? (int)strcspn(at + 5, " ") + 5 : 0, at ? at : "");
    return chip;
}

static void test_the_ends_of_a_range_move_by_key_and_mouse(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 120, .rows = 32});
    pty_send(pty, "FG+");
    pty_wait_text(pty, "lift range");
    char begun[32];
    snprintf(begun, sizeof begun, "%s", fee_chip(pty));
    assert_true(strlen(begun) > 7 && strcmp(begun + strlen(begun) - 2, "..") == 0);
    pty_click(pty, 0, 21, row_with(pty, "\u25b8Fee")); /* the last bar but one: the high end */
    pty_wait_text(pty, " .. ");
    assert_int_equal(strncmp(fee_chip(pty), begun, strlen(begun)), 0);
    assert_true(strlen(fee_chip(pty)) > strlen(begun));
    pty_send(pty, "u");
    pty_settle(pty);
    assert_string_equal(fee_chip(pty), begun);
    pty_send(pty, "u/tikt");
    pty_wait_text(pty, "1 found");
    assert_string_equal(fee_chip(pty), "");
    pty_send(pty, "\r");
    pty_wait_text(pty, "platform: tiktok");
    pty_send(pty, "q"); /* out of the pane */
    pty_settle(pty);
    quit(pty);
}

static void test_help_is_found_in_by_key_and_by_word(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 100, .rows = 30});
    pty_send(pty, "?");
    pty_wait_text(pty, "word or key");
    pty_send(pty, "\033[15~"); /* F5 is asked about, not pressed */
    pty_wait_text(pty, "On the key F5");
    assert_true(pty_shows(pty, "r  F5"));
    assert_false(pty_shows(pty, "break-even fee"));
    pty_send(pty, "\033"); /* all of it again */
    pty_wait_text(pty, "One account of an influencer");
    pty_send(pty, "break-even fee");
    pty_wait_text(pty, "The fee at which a creator just pays for itself");
    assert_false(pty_shows(pty, "One account of an influencer"));
    pty_send(pty, "\033\033");
    pty_settle(pty);
    assert_false(pty_shows(pty, "word or key"));
    quit(pty);
}

static void test_a_figure_leads_to_its_source_and_back(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){.columns = 100, .rows = 30});
    pty_send(pty, "i");
    pty_wait_text(pty, "Why ROI ");
    pty_send(pty, "\r");
    pty_wait_text(pty, "word or key");
    pty_send(pty, "\033");
    pty_wait_text(pty, "Why ROI ");
    pty_send(pty, "\033F");
    pty_wait_text(pty, "Space choose");
    pty_send(pty, "i");
    pty_wait_text(pty, "In the whole store");
    pty_send(pty, "\033q");
    pty_settle(pty);
    quit(pty);
}

static void test_a_paste_runs_no_commands(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    pty_paste(pty, "q\nq\nq\n");
    pty_settle(pty);
    assert_contains(pty_row(pty, 0), "Explore");
    pty_send(pty, "/");
    pty_settle(pty);
    pty_paste(pty, "one\ntwo q");
    pty_settle(pty);
    assert_true(pty_shows(pty, "one two q"));
    pty_send(pty, "\033");
    pty_settle(pty);
    quit(pty);
}

static void test_what_was_ticked_survives_the_end(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    struct buf before = BUF_INIT, ticked = BUF_INIT;
    buf_add_string(&before, pty_row(pty, 0));
    pty_send(pty, "j ");
    pty_settle(pty);
    buf_add_string(&ticked, pty_row(pty, 0)); /* "Compare 1" */
    assert_string_not_equal(buf_string(&before), buf_string(&ticked));
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
    pty_close(pty);
    pty = start((struct pty_options){0});
    assert_string_equal(pty_row(pty, 0), buf_string(&ticked));
    quit(pty);
    buf_release(&before);
    buf_release(&ticked);
}

static void test_a_note_survives_the_end_and_is_seen_elsewhere(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0}), *other = start((struct pty_options){0});
    pty_send(pty, "ocall in May\r\r"); /* and into the detail */
    pty_settle(pty);
    assert_true(pty_shows(pty, "Your note"));
    pty_wait_text(other, "\" note");
    quit(other);
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
    pty_close(pty);
    pty = start((struct pty_options){0});
    pty_send(pty, "\r");
    pty_settle(pty);
    assert_true(pty_shows(pty, "Your note"));
    assert_true(pty_shows(pty, "call in May"));
    pty_send(pty, "qu"); /* the step is there still */
    pty_settle(pty);
    assert_false(pty_shows(pty, "\" note"));
    quit(pty);
}

static void test_the_mouse_is_given_to_the_terminal(void **state)
{
    (void)state;
    struct pty *pty = start((struct pty_options){0});
    assert_int_not_equal(pty_modes(pty).mouse, 0);
    pty_send(pty, ":mouse\r");
    pty_settle(pty);
    assert_int_equal(pty_modes(pty).mouse, 0);
    pty_send(pty, ":mouse\r");
    pty_settle(pty);
    assert_int_not_equal(pty_modes(pty).mouse, 0);
    quit(pty); /* and all is given back */
}

/* Another program writes: what one does waits, and it is said. */
static void test_a_locked_store_is_waited_for(void **state)
{
    (void)state;
    struct store *writer = NULL;
    assert_true(store_open(store, STORE_WRITE, &writer, NULL));
    struct pty *pty = start((struct pty_options){.columns = 120});
    struct buf ticked = BUF_INIT;
    assert_true(store_begin(writer, NULL));
    pty_send(pty, "jj ");
    pty_settle(pty);
    buf_add_string(&ticked, pty_row(pty, 0));
    pty_wait_text(pty, "another program writes to this store");
    assert_true(store_end(writer, true, NULL));
    pty_wait_text(pty, "all is kept");
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
    pty_close(pty);
    pty = start((struct pty_options){.columns = 120});
    assert_string_equal(pty_row(pty, 0), buf_string(&ticked));
    quit(pty);
    store_close(writer);
    buf_release(&ticked);
}

/* Held so that not even readers come in, as by an import into an empty store. */
static void test_a_store_locked_at_the_start_is_waited_for(void **state)
{
    (void)state;
    const char *const argv[] = {MICROSCOPE, store, NULL};
    for (int again = 0; again < 2; again++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(store, &db), SQLITE_OK);
        assert_int_equal(
            sqlite3_exec(db, "PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE", NULL, NULL, NULL),
            SQLITE_OK);
        struct pty *pty = home_open((struct pty_options){.columns = 160}, argv);
        pty_wait_text(pty, "waiting for it");
        assert_contains(pty_screen(pty), store);
        if (again) {
            pty_signal(pty, SIGINT);
            assert_int_equal(pty_wait_exit(pty), 128 + SIGINT);
            pty_check_restored(pty);
            pty_close(pty);
        } else {
            assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
            pty_settle(pty);
            assert_contains(pty_row(pty, 0), "Explore");
            quit(pty);
        }
        sqlite3_close(db);
    }
}

static void test_locale_c_sends_ascii_only(void **state)
{
    (void)state;
    struct pty *pty = start_on(hostile_store, (struct pty_options){.locale = "C"});
    size_t length;
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < length; i++)
        assert_in_range((unsigned char)output[i], 0, 127);
    quit(pty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_further_terminals_are_left_as_found),
        cmocka_unit_test(test_useless_terminals_are_refused),
        cmocka_unit_test(test_signals_end_by_convention_everywhere),
        cmocka_unit_test(test_a_closed_window_ends_the_program),
        cmocka_unit_test(test_flow_control_freezes_nothing),
        cmocka_unit_test(test_storms_of_sizes_everywhere),
        cmocka_unit_test(test_tiny_windows_can_be_left),
        cmocka_unit_test(test_hostile_content_stays_text),
        cmocka_unit_test(test_the_ends_of_a_range_move_by_key_and_mouse),
        cmocka_unit_test(test_help_is_found_in_by_key_and_by_word),
        cmocka_unit_test(test_a_figure_leads_to_its_source_and_back),
        cmocka_unit_test(test_a_paste_runs_no_commands),
        cmocka_unit_test(test_what_was_ticked_survives_the_end),
        cmocka_unit_test(test_a_note_survives_the_end_and_is_seen_elsewhere),
        cmocka_unit_test(test_the_mouse_is_given_to_the_terminal),
        cmocka_unit_test(test_a_locked_store_is_waited_for),
        cmocka_unit_test(test_a_store_locked_at_the_start_is_waited_for),
        cmocka_unit_test(test_locale_c_sends_ascii_only),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
