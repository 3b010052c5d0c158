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
#include "support/pty.h"

#define KILLS 200
#define OPEN_FIELDS 6 /* of them with a figure that is still open */
#define SETTLES_WITHIN                                                                             \
    2500 /* milliseconds: the second after the last key, and what a busy machine takes */

static char scratch[] = "/tmp/kill-XXXXXX";
static char home_variable[64], data_variable[64], config_variable[64], cache_variable[64];
static char store[64];

static const char *const environment[] = {home_variable, data_variable, config_variable,
                                          cache_variable, NULL};

static struct pty *run(const char *const argv[])
{
    return pty_open(&(struct pty_options){.env = environment, .directory = scratch}, argv);
}

static struct pty *start(void)
{
    return run((const char *const[]){MICROSCOPE, store, NULL});
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(scratch));
    snprintf(home_variable, sizeof home_variable, "HOME=%s", scratch);
    snprintf(data_variable, sizeof data_variable, "XDG_DATA_HOME=%s/data", scratch);
    snprintf(config_variable, sizeof config_variable, "XDG_CONFIG_HOME=%s/config", scratch);
    snprintf(cache_variable, sizeof cache_variable, "XDG_CACHE_HOME=%s/cache", scratch);
    snprintf(store, sizeof store, "%s/store.db", scratch);
    struct pty *pty = run((const char *const[]){MICROSCOPE, "generate", "--creators", "40",
                                                "--seed", "7", "--store", store, NULL});
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[96];
    snprintf(command, sizeof command, "rm -r %s", scratch);
    return system(command);
}

/* The first column of the first row, or "". */
static const char *ask(const char *sql)
{
    static char answers[4][256];
    static int next;
    char *answer = answers[next = (next + 1) % 4];
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open(store, &db), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    bool row = sqlite3_step(stmt) == SQLITE_ROW;
    const char *text = row ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    snprintf(answer, sizeof answers[0], "%s", text ? text : "");
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return answer;
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
    expect(what, ask(sql), expected, kill);
}

/* Values and steps say the same: they are written together. */
static void check_store(int kill)
{
    expect("integrity", ask("PRAGMA integrity_check"), "ok", kill);
    expect("budget", ask("SELECT 'budget '||value||char(10) FROM knob WHERE key='budget'"),
           ask("SELECT new FROM edit WHERE target='knob default' AND undone=0"
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
    expect("what was settled", ask(label), "1", kill);
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
    while (strcmp(ask("SELECT value FROM knob WHERE key='budget'"), wanted) != 0) {
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
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
