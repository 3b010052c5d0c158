/* A store that takes a while to load, with the real program: keys meanwhile, and marks of everybody. */
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
#include "support/home_pty.h"

#define CREATORS "40000"
#define ALL "40,000"

static char store[300];

static struct pty *start(void)
{
    return home_open((struct pty_options){.columns = 120, .rows = 30},
                     (const char *const[]){MICROSCOPE, store, NULL});
}

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", CREATORS, "--seed", "7",
                                   "--store", store, NULL},
             0);
    return 0;
}

static void end(struct pty *pty, int number)
{
    pty_signal(pty, number);
    assert_int_equal(pty_wait_exit(pty), 128 + number);
    pty_close(pty);
}

static void assert_shows(struct pty *pty, const char *text)
{
    bool shown = pty_shows(pty, text);
    if (!shown)
        print_error("not there: %s\nin:\n%s\n", text, pty_screen(pty));
    assert_true(shown);
}

static void press(struct pty *pty, const char *keys)
{
    pty_send(pty, keys);
    pty_settle(pty);
}

/* The prompt is there before all creators are, and they come in all the same. */
static void test_keys_are_answered_while_it_loads(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_wait_text(pty, "loading");
    pty_send(pty, ":");
    pty_wait_text(pty, "Commands");
    assert_shows(pty, "loading");
    pty_send(pty, "\033");
    pty_settle(pty);
    assert_false(pty_shows(pty, "loading"));
    assert_false(pty_shows(pty, "Commands"));
    press(pty, "r");
    assert_shows(pty, ALL " of " ALL);
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

/* Over twenty lines, list and detail. Blanks between figures cost no change of colour. */
static void test_a_cursor_on_its_way_sends_little(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    press(pty, "g");
    size_t before = pty_written(pty);
    for (int i = 0; i < 20; i++)
        press(pty, "j");
    size_t each = (pty_written(pty) - before) / 20;
    if (each > 1200)
        print_error("%zu bytes a line\n", each);
    assert_true(each <= 1200);
    end(pty, SIGTERM);
}

/* A key held down: what has queued up is one frame, and the cursor stops with the key. */
static void test_queued_movement_is_one_frame(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    press(pty, "g");
    size_t before = pty_written(pty);
    for (int i = 0; i < 20; i++)
        press(pty, "j");
    size_t of_twenty = pty_written(pty) - before;
    press(pty, "g");
    before = pty_written(pty);
    char held[201];
    memset(held, 'j', 200);
    held[200] = '\0';
    press(pty, held);
    if (pty_written(pty) - before > of_twenty)
        print_error("%zu bytes, and %zu for 20 lines\n", pty_written(pty) - before, of_twenty);
    assert_true(pty_written(pty) - before <= of_twenty);
    end(pty, SIGTERM);
}

/* Nobody can paste them all: it is said, and how else. */
static void test_a_copy_that_is_too_long_is_told(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    pty_send(pty, "Y");
    pty_wait_text(pty, "more than 1,000 creators are too many to paste: x saves a file");
    assert_string_equal(pty_strings(pty), "");
    end(pty, SIGTERM);
}

/* Once it has come to rest, not even an end without warning takes them away. */
static void test_ticks_of_all_survive_any_end(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    press(pty, "*");
    assert_shows(pty, CREATORS " ticked");
    assert_shows(pty, "undo: tick " CREATORS " creators");
    end(pty, SIGKILL);
    pty = start();
    pty_settle(pty);
    assert_shows(pty, CREATORS " ticked");
    press(pty, "*");
    assert_false(pty_shows(pty, " ticked"));
    press(pty, "u");
    assert_shows(pty, "Compare " CREATORS);
    press(pty, "U");
    end(pty, SIGKILL);
    pty = start();
    pty_settle(pty);
    assert_false(pty_shows(pty, " ticked"));
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
}

/* Leaving at once, by key or by signal, waits for what is still to be written. */
static void test_leaving_at_once_keeps_them_all(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    pty_send(pty, "*aq");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
    pty = start();
    pty_settle(pty);
    press(pty, "j"); /* what is said of the last session goes */
    assert_shows(pty, CREATORS " ticked");
    assert_shows(pty, CREATORS " in plan");
    pty_send(pty, "*");
    end(pty, SIGTERM);
    pty = start();
    pty_settle(pty);
    press(pty, "j");
    assert_shows(pty, CREATORS " in plan");
    end(pty, SIGTERM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_are_answered_while_it_loads),
        cmocka_unit_test(test_a_cursor_on_its_way_sends_little),
        cmocka_unit_test(test_queued_movement_is_one_frame),
        cmocka_unit_test(test_a_copy_that_is_too_long_is_told),
        cmocka_unit_test(test_ticks_of_all_survive_any_end),
        cmocka_unit_test(test_leaving_at_once_keeps_them_all),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
