/* Killed without warning at random moments of editing: the store opens, is whole, and has every value
 * together with its step of undo. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/vec.h"
#include "support/home_pty.h"
#include "support/sql.h"

#define KILLS 200
#define OPEN_FIELDS 6 /* of them with a figure that is still open */
#define SETTLES_WITHIN                                                                             \
    2500 /* milliseconds: the second after the last key, and what a busy machine takes */

static char store[300];

static struct pty *start(void)
{
    return home_open((struct pty_options){0}, (const char *const[]){MICROSCOPE, store, NULL});
}

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", "40", "--seed", "7",
                                   "--store", store, NULL},
             0);
    return 0;
}

static void expect(const char *what, const char *seen, const char *expected, int kill)
{
    if (strcmp(seen, expected) != 0)
        fail_msg("kill %d, %s: '%s', not '%s'", kill, what, seen, expected);
}

/* Whom steps were about, and what they said last. */
struct marks {
    struct mark {
        char who[80], what[40];
    } items[200];
    size_t count;
};

static void take_line(struct marks *marks, const char *line)
{
    struct mark mark;
    if (sscanf(line, "%39s @%79[^\n]", mark.what, mark.who) != 2)
        return;
    size_t at = 0;
    while (at < marks->count && strcmp(marks->items[at].who, mark.who) != 0)
        at++;
    assert_true(at < COUNT_OF(marks->items));
    marks->items[at] = mark;
    marks->count += at == marks->count;
}

/* As many marks as the steps in force leave. */
static void expect_marks(const char *what, const char *target, const char *none, const char *sql,
                         int kill)
{
    struct marks marks = {.count = 0};
    sqlite3 *db;
    sqlite3_stmt *stmt;
    size_t count = 0;
    assert_int_equal(sqlite3_open(store, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db,
                                        "SELECT new FROM edit WHERE target=?1 AND undone=0"
                                        " ORDER BY seq",
                                        -1, &stmt, NULL),
                     SQLITE_OK);
    sqlite3_bind_text(stmt, 1, target, -1, SQLITE_STATIC);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        for (const char *line = (const char *)sqlite3_column_text(stmt, 0); line && *line;) {
            take_line(&marks, line);
            line = strchr(line, '\n');
            line = line ? line + 1 : NULL;
        }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    for (size_t i = 0; i < marks.count; i++)
        count += strcmp(marks.items[i].what, none) != 0;
    char expected[16];
    snprintf(expected, sizeof expected, "%zu", count);
    expect(what, sql_value(store, sql), expected, kill);
}

/* Values and steps say the same: they are written together. */
static void check_store(int kill)
{
    expect("integrity", sql_value(store, "PRAGMA integrity_check"), "ok", kill);
    expect("budget",
           sql_value(store, "SELECT 'budget '||value||char(10) FROM knob WHERE key='budget'"),
           sql_value(store, "SELECT new FROM edit WHERE target='knob default' AND undone=0"
                            " ORDER BY seq DESC LIMIT 1"),
           kill);
    expect_marks("ticks", "tick", "0", "SELECT count(*) FROM tick", kill);
    expect_marks("plan", "plan default", "0,,", "SELECT count(*) FROM plan", kill);
}

static void wait_ms(int milliseconds)
{
    poll(NULL, 0, milliseconds);
}

static void end(struct pty *pty)
{
    pty_signal(pty, SIGKILL);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGKILL);
    pty_close(pty);
}

/* What is settled before is there; what comes after may be. */
static void one_kill(struct random *random, int kill)
{
    static const char *const burst[] = {"b77\r", "b4", " ", "j", " ", "k", "a", "G", "g", "+", "-"};
    char typed[32], label[96];
    struct pty *pty = start();
    pty_settle(pty);
    snprintf(typed, sizeof typed, "b%d\r", 1000 + kill);
    pty_send(pty, typed);
    pty_settle(pty);
    snprintf(label, sizeof label,
             "SELECT count(*) FROM edit WHERE new='budget %d'||char(10) AND undone=0", 1000 + kill);
    for (uint64_t i = 1 + random_below(random, 3); i > 0; i--)
        pty_send(pty, burst[random_below(random, COUNT_OF(burst))]);
    wait_ms((int)random_below(random, 30));
    end(pty);
    check_store(kill);
    expect("what was settled", sql_value(store, label), "1", kill);
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Nobody pressed Enter, and all the same no more is lost than the last second. */
static void one_open_field(int kill)
{
    char typed[32], wanted[32];
    struct pty *pty = start();
    pty_settle(pty);
    snprintf(typed, sizeof typed, "b%d", 5000 + kill);
    snprintf(wanted, sizeof wanted, "%d", 5000 + kill);
    pty_send(pty, typed);
    pty_settle(pty);
    long long until = now_ms() + SETTLES_WITHIN;
    while (strcmp(sql_value(store, "SELECT value FROM knob WHERE key='budget'"), wanted) != 0) {
        if (now_ms() > until)
            fail_msg("kill %d: what was typed has not settled", kill);
        wait_ms(10);
    }
    pty_send(pty, "9"); /* and goes on */
    end(pty);
    check_store(kill);
}

static void the_store_is_whole(void **state)
{
    (void)state;
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    struct random random;
    printf("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int kill = 0; kill < KILLS; kill++)
        if (kill % (KILLS / OPEN_FIELDS) == 7)
            one_open_field(kill);
        else
            one_kill(&random, kill);
    struct pty *pty = start();
    pty_settle(pty);
    pty_send(pty, "u"); /* and the chain is there */
    pty_settle(pty);
    assert_true(pty_shows(pty, "undone: "));
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    check_store(KILLS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_store_is_whole)};
    return cmocka_run_group_tests(tests, set_up, home_remove);
}
