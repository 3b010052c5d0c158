/* What the command prompt starts and keeps, with the real program: imports as a child process, with
 * progress, cancel and every way it may end; and assumptions that are there after a restart. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "domain/scenario.h"
#include "support/home_pty.h"
#include "support/sql.h"

static char store[300], list[300], endless[300];

static void write_list(const char *path, const char *rows)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("handle,platform,followers,er,niche,fee,currency\n", file);
    fputs(rows, file);
    assert_int_equal(fclose(file), 0);
}

static struct pty *start(void)
{
    const char *const argv[] = {MICROSCOPE, store, NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 32}, argv);
    pty_settle(pty);
    return pty;
}

static void command(struct pty *pty, const char *line)
{
    struct buf keys = BUF_INIT;
    buf_addf(&keys, ":%s\r", line);
    pty_send(pty, buf_string(&keys));
    pty_settle(pty);
    buf_release(&keys);
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

/* An import takes them away for a while. */
#define TRIGGERS "SELECT count(*) || ' triggers' FROM sqlite_schema WHERE type = 'trigger'"
static char triggers[32];

static void assert_store_as_before(void)
{
    assert_string_equal(sql_value(store,
                                  "SELECT group_concat(handle) FROM (SELECT handle FROM creator"
                                  " ORDER BY id)"),
                        "anna,bert,cleo");
    assert_string_equal(sql_value(store, "PRAGMA integrity_check"), "ok");
    assert_string_equal(sql_value(store, TRIGGERS), triggers);
}

/* A new store with three creators for each test. */
static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    snprintf(list, sizeof list, "%s", at_home("list.csv"));
    snprintf(endless, sizeof endless, "%s", at_home("endless.csv"));
    write_list(list, "anna,instagram,12000,4%,beauty,200,EUR\n"
                     "bert,instagram,23000,3%,food,300,EUR\n"
                     "cleo,instagram,34000,2%,beauty,400,EUR\n");
    home_run((const char *const[]){MICROSCOPE, "import", list, "--store", store, NULL}, 0);
    snprintf(triggers, sizeof triggers, "%s", sql_value(store, TRIGGERS));
    assert_string_not_equal(triggers, "0 triggers");
    return 0;
}

/* ---- a list without end ---- */

static pid_t feeder;

/* A pipe with a name, and somebody who writes rows into it for as long as anybody reads. */
static void begin_endless(void)
{
    assert_int_equal(mkfifo(endless, 0600), 0);
    feeder = fork();
    if (feeder != 0)
        return;
    int pipe = open(endless, O_WRONLY);
    dprintf(pipe, "handle,platform,followers,niche\n");
    signal(SIGPIPE, SIG_DFL);
    for (long i = 0;; i++)
        dprintf(pipe, "made.up.%ld,instagram,%ld,travel\n", i, 1000 + i % 100000);
}

static void end_endless(void)
{
    kill(feeder, SIGKILL);
    waitpid(feeder, NULL, 0);
}

/* An import under way that has read something. */
static struct pty *start_endless(void)
{
    begin_endless(); /* first: it must not hold the ends of the terminal */
    struct pty *pty = start();
    command(pty, "import endless.csv");
    pty_wait_text(pty, "A pipe can be read only once");
    pty_send(pty, "\r");
    pty_wait_text(pty, "Import endless.csv");
    while (pty_shows(pty, "endless.csv  0 rows")) {
        pty_send(pty, "g"); /* a key, so that there is a frame to wait for */
        pty_settle(pty);
    }
    assert_true(pty_shows(pty, " rows"));
    return pty;
}

/* ---- tests ---- */

static void test_an_import_shows_what_it_brought(void **state)
{
    (void)state;
    char more[64];
    snprintf(more, sizeof more, "%s", at_home("more.csv"));
    write_list(more, "dora,instagram,56000,5%,food,500,EUR\n"
                     "bert,instagram,99000,3%,food,300,EUR\n"
                     "no.followers.or.so,nowhere,x,,,,\n");
    struct pty *pty = start();
    assert_true(pty_shows(pty, "3 of 3"));
    pty_send(pty, "jj"); /* to the last, anna */
    pty_settle(pty);
    command(pty, "import mo"); /* the name is written out, and nothing happens yet */
    assert_true(pty_shows(pty, ":import more.csv"));
    assert_true(pty_shows(pty, "3 of 3"));
    pty_send(pty, "\r");
    pty_wait_text(pty, "1 new   1 already there, updated   1 unusable");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM creator"), "3");
    pty_send(pty, "\r");
    pty_wait_text(pty, "1 new, 1 updated, 1 unusable: I shows them");
    pty_wait_text(pty, "import: last");
    pty_wait_text(pty, "2 of 4");
    pty_wait_text(pty, "dora");
    pty_wait_text(pty, "99.0k");
    pty_send(pty, "g"); /* a key, so that there is a frame to wait for */
    pty_settle(pty);
    assert_false(pty_shows(pty, "anna"));
    pty_send(pty, "<"); /* to where one was */
    pty_wait_text(pty, "4 of 4");
    pty_send(pty, "/anna\r");
    pty_settle(pty);
    pty_send(pty, "z"); /* the list alone, for a frame to wait for */
    pty_settle(pty);
    bool found = false;
    for (int row = 0; row < pty_rows(pty); row++)
        found = found || (strstr(pty_row(pty, row), "\u25b8") && strstr(pty_row(pty, row), "anna"));
    assert_true(found); /* the cursor stays on its creator */
    quit(pty);
    assert_string_equal(sql_value(store, "SELECT count(*) FROM creator"), "4");
}

/* As somebody mends it in an editor; `at` is what is wrong. */
static void mend(const char *path, const char *at, const char *right)
{
    struct buf text = BUF_INIT;
    char bytes[4096] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    char *wrong = strstr(bytes, at);
    assert_non_null(wrong);
    buf_addf(&text, "%.*s%s%s", (int)(wrong - bytes), bytes, right, wrong + strlen(at));
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(buf_string(&text), file);
    assert_int_equal(fclose(file), 0);
    buf_release(&text);
}

static void test_rows_that_were_left_out_are_saved_and_mended(void **state)
{
    (void)state;
    char more[300], saved[300];
    snprintf(more, sizeof more, "%s", at_home("more.csv"));
    write_list(more, "dora,instagram,56000,5%,food,500,EUR\nemil,nowhere,78000,2%,,,\n");
    assert_int_equal(mkdir(at_home("Downloads"), 0700), 0);
    struct pty *pty = start();
    command(pty, "import more.csv");
    pty_wait_text(pty, "1 new   0 already there, updated   1 unusable");
    pty_send(pty, "\t");
    pty_wait_text(pty, "left out");
    pty_wait_text(pty, "x save the rows"); /* before it is imported too */
    pty_send(pty, "\t\r");
    pty_wait_text(pty, "1 new, 0 updated, 1 unusable: I shows them");
    pty_send(pty, "I");
    pty_wait_text(pty, "not a platform we know");
    pty_send(pty, "x");
    pty_wait_text(pty, "Downloads/more-left-out.csv': mend and import it");
    pty_send(pty, "x"); /* never over one that is there */
    pty_wait_text(pty, "Downloads/more-left-out-2.csv'");
    pty_send(pty, "\033");
    pty_wait_text(pty, "1 of 4");
    snprintf(saved, sizeof saved, "%s", at_home("Downloads/more-left-out.csv"));
    mend(saved, "emil,nowhere", "emil,tiktok");
    command(pty, "import Downloads/more-left-out.csv");
    pty_wait_text(pty, "1 new   0 already there");
    pty_send(pty, "\r");
    pty_wait_text(pty, "1 new, 0 updated");
    pty_wait_text(pty, "1 of 5");
    quit(pty);
    assert_string_equal(sql_value(store, "SELECT platform || followers FROM creator"
                                         " WHERE handle = 'emil'"),
                        "tiktok78000");
}

/* From the file to the list of what it brought, to the list of imports, and back to as it was. */
static void test_an_import_is_taken_back(void **state)
{
    (void)state;
    char more[64], *before;
    const char *all = "SELECT handle, followers, er, fee FROM creator ORDER BY handle";
    before = sql_text(store, all);
    snprintf(more, sizeof more, "%s", at_home("more.csv"));
    write_list(more,
               "dora,instagram,56000,5%,food,500,EUR\nbert,instagram,99000,3%,food,300,EUR\n");
    struct pty *pty = start();
    pty_send(pty, "I");
    pty_settle(pty);
    pty_send(pty, "more.csv\r");
    pty_wait_text(pty, "1 new   1 already there, updated");
    pty_send(pty, "\r");
    pty_wait_text(pty, "2 of 4");
    command(pty, "imports");
    assert_true(pty_shows(pty, "more.csv"));
    assert_true(pty_shows(pty, "list.csv"));
    pty_send(pty, "j\r"); /* the one before */
    pty_wait_text(pty, "import: 1");
    pty_wait_text(pty, "3 of 4");
    command(pty, "imports");
    pty_send(pty, "-");
    pty_wait_text(pty, "take import 2 back? 1 goes, 1 becomes what it was: - again does it");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM creator"), "4");
    pty_send(pty, "-");
    pty_wait_text(pty, "import 2 taken back: 1 gone that came with it, 1 as they were before");
    assert_true(pty_shows(pty, "taken back"));
    char *after = sql_text(store, all);
    assert_string_equal(after, before);
    pty_send(pty, "\r");
    pty_wait_text(pty, "import 2 was taken back: nobody is left of it");
    pty_send(pty, "q");
    pty_wait_text(pty, "3 of 3"); /* dora is gone from the screen as well */
    pty_send(pty, "f");
    pty_settle(pty);
    pty_send(pty, "import:2\r");
    pty_wait_text(pty, "import '2' was taken back; there is 1, and last");
    pty_send(pty, "\033");
    pty_settle(pty);
    quit(pty);
    free(before);
    free(after);
}

/* What another program imports is found by the same words, and moves nothing by itself. */
static void test_imports_of_others_are_followed(void **state)
{
    (void)state;
    char more[64];
    snprintf(more, sizeof more, "%s", at_home("more.csv"));
    write_list(more, "dora,instagram,56000,5%,food,500,EUR\n");
    struct pty *pty = start();
    pty_send(pty, "f");
    pty_settle(pty);
    pty_send(pty, "import:last\r\033");
    pty_wait_text(pty, "3 of 3");
    home_run((const char *const[]){MICROSCOPE, "import", more, "--store", store, NULL}, 0);
    pty_wait_text(pty, "+1 -3");
    assert_true(pty_shows(pty, "anna")); /* what stands there stands */
    pty_send(pty, "r");
    pty_wait_text(pty, "1 of 4");
    pty_wait_text(pty, "dora");
    pty_settle(pty);
    assert_false(pty_shows(pty, "anna"));
    quit(pty);
}

/* The first import of all, with the explorer looking on. */
static void test_an_import_fills_an_empty_store(void **state)
{
    (void)state;
    snprintf(store, sizeof store, "%s", at_home("new.db"));
    struct pty *pty = start();
    command(pty, "import list.csv");
    pty_wait_text(pty, "3 new");
    pty_send(pty, "\r");
    pty_wait_text(pty, "3 new, 0 updated");
    pty_wait_text(pty, "3 of 3");
    pty_wait_text(pty, "cleo");
    pty_send(pty, " ");
    pty_settle(pty);
    pty_wait_text(pty, "Compare 1");
    quit(pty);
    assert_store_as_before();
    assert_string_equal(sql_value(store, "SELECT count(*) FROM tick"), "1");
    assert_string_equal(sql_value(store, "PRAGMA journal_mode"), "wal");
}

static void test_a_cancelled_import_leaves_no_trace(void **state)
{
    (void)state;
    struct pty *pty = start_endless();
    assert_true(pty_shows(pty, "Ctrl-C cancels"));
    pty_send(pty, " "); /* every key goes on working */
    pty_settle(pty);
    assert_true(pty_shows(pty, "Compare 1"));
    pid_t child = pty_child(pty);
    pty_send(pty, "\003");
    pty_wait_text(pty, "endless.csv: cancelled, nothing of it was kept");
    assert_int_equal(kill(child, 0), -1); /* and is gone */
    assert_true(pty_shows(pty, "3 of 3"));
    quit(pty);
    end_endless();
    assert_store_as_before();
    assert_string_equal(sql_value(store, "SELECT count(*) FROM tick"),
                        "1"); /* kept when the lock was free */
}

static void test_a_killed_import_is_told(void **state)
{
    (void)state;
    struct pty *pty = start_endless();
    kill(pty_child(pty), SIGKILL);
    pty_wait_text(pty, "stopped by signal 9: nothing of it was kept");
    pty_settle(pty);
    assert_true(pty_shows(pty, "3 of 3"));
    quit(pty);
    end_endless();
    assert_store_as_before();
}

static void test_a_second_import_is_refused(void **state)
{
    (void)state;
    struct pty *pty = start_endless();
    command(pty, "import list.csv");
    assert_true(pty_shows(pty, "the import of endless.csv still runs"));
    pty_send(pty, "\033");
    pty_settle(pty);
    pty_send(pty, "\003");
    pty_wait_text(pty, "cancelled");
    quit(pty);
    end_endless();
    assert_store_as_before();
}

static void test_leaving_asks_and_then_cancels(void **state)
{
    (void)state;
    struct pty *pty = start_endless();
    pid_t child = pty_child(pty);
    pty_send(pty, "q");
    pty_wait_text(pty, "q again cancels it and quits");
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
    assert_int_equal(kill(child, 0), -1);
    end_endless();
    assert_store_as_before();
}

static void test_a_signal_cancels_it_too(void **state)
{
    (void)state;
    struct pty *pty = start_endless();
    pid_t child = pty_child(pty);
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGTERM);
    pty_check_restored(pty);
    pty_close(pty);
    assert_int_equal(kill(child, 0), -1);
    end_endless();
    assert_store_as_before();
}

static void test_what_cannot_be_imported_says_why(void **state)
{
    (void)state;
    struct pty *pty = start();
    command(pty, "import nowhere.csv");
    pty_wait_text(pty, "cannot read 'nowhere.csv': No such file or directory");
    command(pty, "import store.db");
    pty_wait_text(pty, "it is a SQLite database");
    command(pty, "import ../");
    assert_true(pty_shows(pty, ":import ../"));
    pty_send(pty, "\033");
    pty_settle(pty);
    quit(pty);
    assert_store_as_before();
}

/* ---- the form ---- */

/* 1.500 may be one and a half or fifteen hundred: nothing in the file says it. */
static void write_doubtful(void)
{
    char path[300];
    snprintf(path, sizeof path, "%s", at_home("doubt.csv"));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(
        "Username;Followers;Likes;Notes\ndora;56.000;1.500;x\nemil;78.000;2.500;y\n;1.000;3.500;\n",
        file);
    assert_int_equal(fclose(file), 0);
}

static void test_what_is_answered_in_the_form_is_what_is_imported(void **state)
{
    (void)state;
    write_doubtful();
    struct pty *pty = start();
    pty_send(pty, "I");
    pty_settle(pty);
    pty_send(pty, "doubt.csv\r");
    pty_wait_text(pty, "The platform has to be said first");
    pty_send(pty, "\r"); /* not yet */
    pty_wait_text(pty, "say the platform first");
    pty_send(pty, "etikt\r");
    pty_wait_text(pty, "tiktok");
    pty_wait_text(pty, "2 new   0 already there, updated   1 unusable");
    pty_wait_text(pty, "line 4: no handle");
    pty_send(pty, "\t");
    pty_wait_text(pty, "1 row cannot be used");
    pty_send(pty, "\t");
    pty_wait_text(pty, "for example");
    pty_send(pty, "j"); /* to what a point means */
    pty_settle(pty);
    assert_true(pty_shows(pty, "56.000 means"));
    pty_send(pty, "eenglish\r");
    pty_wait_text(pty, "you say so");
    pty_wait_text(pty, "2 new   0 already there, updated   1 unusable");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM creator"), "3");
    pty_send(pty, "\r");
    pty_wait_text(pty, "2 new, 0 updated, 1 unusable: I shows them");
    pty_wait_text(pty, "2 of 5");
    pty_send(pty, "I");
    pty_wait_text(pty, "no handle");
    pty_send(pty, "\033");
    pty_settle(pty);
    assert_true(pty_shows(pty, "emil"));
    assert_true(pty_shows(pty, "2 of 5"));
    quit(pty);
    assert_string_equal(sql_value(store, "SELECT group_concat(platform || ' ' || followers)"
                                         " FROM creator WHERE handle IN ('dora', 'emil')"),
                        "tiktok 56,tiktok 78");
}

/* The next file with these columns is understood as the last one was. */
static void test_answers_are_remembered(void **state)
{
    (void)state;
    write_doubtful();
    struct pty *pty = start();
    command(pty, "import doubt.csv");
    pty_wait_text(pty, "The platform has to be said first");
    pty_send(pty, "etikt\r");
    pty_wait_text(pty, "2 new");
    pty_send(pty, "\r");
    pty_wait_text(pty, "2 new, 0 updated");
    quit(pty);
    pty = start();
    command(pty, "import doubt.csv");
    pty_wait_text(pty, "Your answers of last time hold.");
    pty_wait_text(pty, "0 new   0 already there, updated   2 as they are   1 unusable");
    pty_send(pty, "\033");
    pty_wait_text(pty, "2 of 5"); /* as the first import left it */
    quit(pty);
}

static void test_a_form_that_is_left_leaves_no_trace(void **state)
{
    (void)state;
    struct pty *pty = start();
    command(pty, "import list.csv");
    pty_wait_text(pty, "3 as they are");
    pty_send(pty, "\033");
    pty_wait_text(pty, "3 of 3");
    write_doubtful();
    command(pty, "import doubt.csv");
    pty_wait_text(pty, "The platform has to be said first");
    pty_send(pty, "einsta\r");
    pty_settle(pty);
    pty_send(pty, "\003");
    pty_wait_text(pty, "3 of 3");
    quit(pty);
    assert_store_as_before();
    assert_string_equal(sql_value(store, "SELECT count(*) FROM meta WHERE key = 'import answers'"),
                        "0");
}

static void test_every_assumption_is_there_after_a_restart(void **state)
{
    (void)state;
    struct pty *pty = start();
    struct buf line = BUF_INIT;
    for (size_t i = 0; i < parameter_count; i++) {
        const struct parameter_row *row = &parameters[i];
        buf_clear(&line);
        /* The larger limit, or the smaller, whichever is not the default. */
        double value = row->standard != row->least ? row->least : row->most;
        buf_addf(&line, "set %s %.15g%s", row->key, row->unit == UNIT_SHARE ? value * 100 : value,
                 row->unit == UNIT_SHARE ? "%" : "");
        command(pty, buf_string(&line));
    }
    quit(pty);
    pty = start();
    for (size_t i = 0; i < parameter_count; i++) {
        buf_clear(&line);
        buf_addf(&line, "set %s", parameters[i].key);
        command(pty, buf_string(&line));
        buf_clear(&line);
        buf_addf(&line, "%s is ", parameters[i].key);
        assert_true(pty_shows(pty, buf_string(&line)));
        if (!pty_shows(pty, ", yours; default "))
            fail_msg("%s", parameters[i].key);
    }
    command(pty, "set aov default");
    quit(pty);
    char expected[16];
    snprintf(expected, sizeof expected, "%zu", parameter_count - 1);
    assert_string_equal(sql_value(store, "SELECT count(*) FROM knob WHERE key <> 'aov'"), expected);
    assert_string_equal(sql_value(store, "SELECT count(*) FROM knob"), expected);
    buf_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_import_shows_what_it_brought, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_rows_that_were_left_out_are_saved_and_mended, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_an_import_is_taken_back, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_imports_of_others_are_followed, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_an_import_fills_an_empty_store, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_a_cancelled_import_leaves_no_trace, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_a_killed_import_is_told, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_a_second_import_is_refused, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_leaving_asks_and_then_cancels, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_a_signal_cancels_it_too, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_what_cannot_be_imported_says_why, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_what_is_answered_in_the_form_is_what_is_imported,
                                        set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_answers_are_remembered, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_a_form_that_is_left_leaves_no_trace, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_every_assumption_is_there_after_a_restart, set_up,
                                        home_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
