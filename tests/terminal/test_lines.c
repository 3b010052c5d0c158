/* The explorer as lines of words in a terminal: the terminal edits the line, the program prompts, and not
 * one byte goes out that moves a cursor or draws. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "support/home_pty.h"
#include "support/sql.h"

static char store[300];

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    home_run((const char *const[]){MICROSCOPE, "import", SAMPLE, "--store", store, NULL}, 0);
    return 0;
}

static struct pty *start(const char *path)
{
    const char *const argv[] = {MICROSCOPE, "--plain", "--store", path, NULL};
    const char *const env[] = {"MICROSCOPE_NOW=2026-11-16T12:00:00Z", "SSH_TTY=/dev/none", NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 200, .rows = 50, .env = env}, argv);
    pty_wait_text(pty, "microscope:");
    return pty;
}

/* Says a line; the answer ends in a new prompt. */
static void say(struct pty *pty, const char *line, const char *answer)
{
    pty_send(pty, line);
    pty_send(pty, "\r");
    pty_wait_text(pty, answer);
}

static void check_plain(struct pty *pty)
{
    size_t length;
    const unsigned char *out = (const unsigned char *)pty_output(pty, &length);
    assert_true(length > 0);
    for (size_t i = 0; i < length; i++) {
        bool edits = out[i] == '\n' || out[i] == '\r' || out[i] == '\b'; /* the terminal's echo */
        if ((out[i] < ' ' && !edits) || out[i] == 127)
            fail_msg("byte %d at %zu", out[i], i);
        if (i + 1 < length && out[i] == 0xE2 && out[i + 1] >= 0x94 && out[i + 1] <= 0x97)
            fail_msg("a box or a block at %zu", i);
    }
}

static void leave(struct pty *pty, const char *how)
{
    pty_send(pty, how);
    assert_int_equal(pty_wait_exit(pty), 0);
    check_plain(pty);
    pty_check_restored(pty);
    pty_close(pty);
}

static void the_whole_job(void **state)
{
    (void)state;
    char line[400];
    struct pty *pty = start(store);
    assert_true(pty_shows(pty, "1,200 creators, ordered by ROI, highest first."));
    say(pty, "beauty micro, fee under 300", "tier micro; fee under 300.");
    say(pty, "order roi", "1 to 10 of ");
    say(pty, "compare 1 2 3", "All of it rests on default assumptions.");
    say(pty, "why 1 roi", "What it is: Return on investment");
    say(pty, "fill 5000", "yes takes it, no leaves the plan as it is.");
    pty_wait_text(pty, "answer:");
    say(pty, "yes", "in the plan now");
    say(pty, "save view spring", "saved as spring");
    snprintf(line, sizeof line, "export %s", at_home("spring.csv"));
    say(pty, line, "spring.csv.");
    leave(pty, "quit\r");
    assert_true(sql_number(store, "select count(*) from plan where deliverables > 0") > 1);
    assert_string_equal(sql_value(store, "select name from view"), "spring");
    pty = start(store);
    assert_true(pty_shows(pty, "as you left it last time: view spring"));
    assert_true(pty_shows(pty, "Filters: niche beauty; tier micro; fee under 300."));
    leave(pty, "\004"); /* Ctrl-D: no more lines come */
}

static void the_terminal_edits_the_line(void **state)
{
    (void)state;
    struct pty *pty = start(store);
    say(pty, "where xx\177\177\177", "You are in the comparison of");
    say(pty, "nonsense\025ticked", "Filters: niche beauty; tier micro; fee under 300; is ticked.");
    say(pty, "clear", "1,200 creators, ordered");
    leave(pty, "q\r");
}

static void ctrl_c_asks_before_it_leaves(void **state)
{
    (void)state;
    struct pty *pty = start(store);
    pty_send(pty, "half a li\003");
    pty_wait_text(pty, "Ctrl-C again quits");
    say(pty, "list 1", "1 to 1 of ");
    pty_send(pty, "\003");
    say(pty, "list 2", "1 to 2 of "); /* another line between: it was no answer */
    leave(pty, "quit\r");
    pty = start(store);
    pty_send(pty, "\003");
    pty_wait_text(pty, "Ctrl-C again quits");
    leave(pty, "\003");
}

static void it_can_be_suspended(void **state)
{
    (void)state;
    struct pty *pty = start(store);
    pty_send(pty, "\032");
    pty_wait_stop(pty);
    pty_continue(pty);
    say(pty, "list 1", "1 to 1 of ");
    leave(pty, "quit\r");
}

static void a_closed_window_ends_it(void **state)
{
    (void)state;
    struct pty *pty = start(store);
    say(pty, "list 1", "1 to 1 of ");
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGHUP);
    pty_close(pty);
}

static void an_empty_store_says_how_to_begin(void **state)
{
    (void)state;
    char empty[300];
    snprintf(empty, sizeof empty, "%s", at_home("empty.db"));
    struct pty *pty = start(empty);
    assert_true(pty_shows(pty, "there are no creators yet."));
    assert_true(pty_shows(pty, "sample: tries it with invented creators."));
    say(pty, "sample", "invented creators to try it with.");
    say(pty, "list 1", "1 to 1 of ");
    leave(pty, "quit\r");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_job),
        cmocka_unit_test(the_terminal_edits_the_line),
        cmocka_unit_test(ctrl_c_asks_before_it_leaves),
        cmocka_unit_test(it_can_be_suspended),
        cmocka_unit_test(a_closed_window_ends_it),
        cmocka_unit_test(an_empty_store_says_how_to_begin),
    };
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
