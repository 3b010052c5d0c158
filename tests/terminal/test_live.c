/* The explorer while others write to its store with nothing but SQLite: figures come, rows stay, and in
 * the end the screen is that of a fresh start. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/vec.h"
#include "support/fresh_start.h"
#include "support/sql.h"

#define CREATORS 1200

static const char *const environment[] = {"MICROSCOPE_NOW=2026-08-03T14:02:00Z", "TZ=UTC", NULL};

static const struct pty_options terminal = {.env = environment, .columns = 120, .rows = 32};

/* A store that nobody has touched. */
static char store[300];

static int fresh(void **state)
{
    char creators[16];
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    snprintf(creators, sizeof creators, "%d", CREATORS);
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", creators, "--seed", "7",
                                   "--store", store, NULL},
             0);
    return 0;
}

static struct pty *explore(void)
{
    struct pty *pty = home_open(terminal, (const char *const[]){MICROSCOPE, store, NULL});
    pty_wait_text(pty, "1,200 of");
    pty_settle(pty);
    return pty;
}

static sqlite3 *other(void)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(store, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    return db;
}

static void write_as_other(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

/* The handles as they stand on the screen, under the heading. */
static void rows_of(struct pty *pty, struct buf *out)
{
    buf_clear(out);
    for (int row = 3; row < 24; row++) {
        char handle[64] = "";
        const char *line = strstr(pty_row(pty, row), "\xe2\x94\x82"); /* after the filter pane */
        if (line && sscanf(line + 3, " %63[^ \xe2\xc2]", handle) == 1)
            buf_addf(out, "%s ", handle);
        else
            buf_addf(out, "%.40s\n", pty_row(pty, row));
    }
}

/* The handle of the nth row in view, from 0, as far as it is not cut. */
static void handle_at(struct pty *pty, int nth, char handle[64])
{
    struct buf rows = BUF_INIT;
    rows_of(pty, &rows);
    const char *at = buf_string(&rows);
    for (int i = 0; i < nth; i++)
        at += strcspn(at, " ") + 1;
    snprintf(handle, 64, "%.*s", (int)strcspn(at, " "), at);
    buf_release(&rows);
}

static void figures_come_and_rows_stay(void **state)
{
    (void)state;
    struct pty *pty = explore();
    struct buf before = BUF_INIT, after = BUF_INIT;
    sqlite3 *db = other();
    char sql[256], handle[64];
    pty_send(pty, "jjj");
    pty_settle(pty);
    rows_of(pty, &before);
    handle_at(pty, 1, handle);
    assert_false(pty_shows(pty, "live "));
    snprintf(sql, sizeof sql, "UPDATE creator SET followers=7654321 WHERE handle GLOB '%s*'",
             handle);
    write_as_other(db, sql);
    pty_wait_text(pty, "7.65M\xe2\x96\xb4");
    pty_wait_text(pty, "live 14:02");
    rows_of(pty, &after);
    assert_string_equal(buf_string(&after), buf_string(&before));
    /* A row that is replaced, with a new id, is the creator it was. */
    snprintf(sql, sizeof sql,
             "REPLACE INTO creator(platform, handle, followers, fee, currency)"
             " SELECT platform, handle, 8765432, fee, currency FROM creator"
             " WHERE handle GLOB '%s*'",
             handle);
    write_as_other(db, sql);
    pty_wait_text(pty, "8.77M");
    rows_of(pty, &after);
    assert_string_equal(buf_string(&after), buf_string(&before));
    assert_false(pty_shows(pty, "  r "));
    sqlite3_close(db);
    pty_close(pty);
    buf_release(&before);
    buf_release(&after);
}

static void who_comes_and_goes_waits(void **state)
{
    (void)state;
    struct pty *pty = explore();
    struct buf before = BUF_INIT, after = BUF_INIT;
    sqlite3 *db = other();
    pty_send(pty, "jjjjj");
    pty_settle(pty);
    rows_of(pty, &before);
    write_as_other(db, "INSERT INTO creator(platform, handle, followers) VALUES"
                       " ('x','newcomer.a',5000), ('x','newcomer.b',6000);"
                       "DELETE FROM creator WHERE id=(SELECT max(id)-10 FROM creator)");
    pty_wait_text(pty, "1,200 of 1,200  +2 -1  r");
    rows_of(pty, &after);
    assert_string_equal(buf_string(&after), buf_string(&before));
    pty_send(pty, "r");
    pty_wait_text(pty, "1,201 of 1,201");
    /* Held, nothing comes; let go, all of it. */
    pty_send(pty, "R");
    pty_wait_text(pty, "held 14:02");
    write_as_other(db, "DELETE FROM creator WHERE handle='newcomer.a'");
    pty_send(pty, "jk");
    pty_settle(pty);
    assert_false(pty_shows(pty, "  -1  r"));
    pty_send(pty, "R");
    pty_wait_text(pty, "1,201 of 1,201  -1  r");
    sqlite3_close(db);
    pty_close(pty);
    buf_release(&before);
    buf_release(&after);
}

/* 10,000 changes at once: a few frames, no marks, and the figures are those of the store. */
static void a_burst_costs_a_few_frames(void **state)
{
    (void)state;
    struct pty *pty = explore();
    sqlite3 *db = other();
    pty_send(pty, "j");
    pty_settle(pty);
    size_t written = pty_written(pty);
    write_as_other(db, "BEGIN");
    for (int i = 0; i < 9; i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "UPDATE creator SET followers=%d", 1111000 + i);
        write_as_other(db, sql);
    }
    write_as_other(db, "COMMIT");
    pty_wait_text(pty, "1.11M");
    pty_wait_text(pty, "live 14:02");
    pty_settle(pty);
    assert_in_range(pty_written(pty) - written, 1, 60000); /* frames of some kB */
    sqlite3_close(db);
    pty_close(pty);
}

/* What changed first is marked, however much of the commit, read in slices, comes after it. */
static void a_mark_is_there_after_a_long_commit(void **state)
{
    (void)state;
    struct pty *pty = explore();
    sqlite3 *db = other();
    char sql[256], handle[64];
    pty_send(pty, "jjj");
    pty_settle(pty);
    handle_at(pty, 1, handle);
    snprintf(sql, sizeof sql,
             "BEGIN; UPDATE creator SET followers=7654321 WHERE handle GLOB '%s*';"
             "UPDATE creator SET bio='new words of '||handle; COMMIT",
             handle);
    write_as_other(db, sql);
    pty_wait_text(pty, "7.65M\xe2\x96\xb4");
    sqlite3_close(db);
    pty_close(pty);
}

static void random_write(sqlite3 *db, struct random *random)
{
    static const char *const kinds[] = {
        "UPDATE creator SET followers=%d WHERE id=%d",
        "UPDATE creator SET fee=%d*100 WHERE id=%d",
        "UPDATE creator SET likes=%d/30.0 WHERE id=%d",
        "REPLACE INTO creator(platform, handle, followers, likes) SELECT platform, handle, %d, "
        "likes"
        " FROM creator WHERE id=%d",
        "DELETE FROM creator WHERE %d>0 AND id=%d",
        "INSERT OR IGNORE INTO creator(platform, handle, followers) VALUES('x','in.'||%d, %d*100)",
    };
    char sql[200];
    int value = 1000 + (int)random_below(random, 90000);
    int id = 1 + (int)random_below(random, CREATORS);
    snprintf(sql, sizeof sql, kinds[random_below(random, COUNT_OF(kinds))], value, id);
    write_as_other(db, sql);
}

/* Two writers and a user at once. Nothing fails, and what is on the screen in the end is what a fresh
 * start shows. */
static void in_the_end_it_is_a_fresh_start(void **state)
{
    (void)state;
    static const char *const keys[] = {"j", "k", "\033[6~", "\033[5~", " ", "a", "s", "r", "g"};
    struct pty *pty = explore();
    sqlite3 *writers[] = {other(), other()};
    struct random random;
    uint64_t seed = 20261124;
    random_init(&random, seed);
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int i = 0; i < 600; i++) {
        random_write(writers[random_below(&random, 2)], &random);
        if (i % 6 == 0)
            pty_send(pty, keys[random_below(&random, COUNT_OF(keys))]);
        if (i % 60 == 0)
            pty_settle(pty);
        assert_false(pty_shows(pty, "cannot"));
    }
    write_as_other(writers[0], "INSERT INTO creator(platform, handle, followers)"
                               " VALUES('x', 'the.last.one', 987654321)");
    for (int i = 0; i < 5000 && !pty_shows(pty, "988M"); i++) {
        pty_send(pty, "r/the.last.one\r"); /* until it is there to be found */
        pty_settle(pty);
    }
    pty_send(pty, "Xrg");
    pty_settle(pty);
    expect_fresh_start(pty, terminal, (const char *const[]){MICROSCOPE, store, NULL});
    pty_close(pty);
    sqlite3_close(writers[0]);
    sqlite3_close(writers[1]);
}

/* What is the user's own, written from elsewhere: seen, and nothing of ours is lost. */
static void ticks_plans_and_assumptions_of_others_are_seen(void **state)
{
    (void)state;
    struct pty *pty = explore();
    sqlite3 *db = other();
    pty_send(pty, " ");
    pty_wait_text(pty, "1 ticked");
    write_as_other(db, "INSERT OR IGNORE INTO tick(platform, key)"
                       " SELECT platform, key FROM creator WHERE id IN (500, 501)");
    pty_wait_text(pty, "3 ticked");
    write_as_other(db, "INSERT INTO plan(scenario, platform, key, deliverables)"
                       " SELECT 'default', platform, key, 2 FROM creator WHERE id IN (7, 8, 9)");
    pty_wait_text(pty, "Plan 3");
    write_as_other(db, "INSERT INTO knob VALUES('default', 'budget', '4321')");
    pty_wait_text(pty, "of 4,321");
    pty_send(pty, "b"); /* an open field keeps what is typed, and Enter makes it the last */
    pty_send(pty, "5678");
    write_as_other(db, "UPDATE knob SET value='1234' WHERE key='budget'");
    pty_send(pty, "\r");
    pty_wait_text(pty, "of 5,678");
    write_as_other(db, "DELETE FROM tick");
    pty_wait_text(pty, "c Compare  p Plan 3");
    write_as_other(db, "DELETE FROM plan WHERE key IN (SELECT key FROM creator WHERE id=8)");
    pty_wait_text(pty, "c Compare  p Plan 2");
    pty_send(pty, "u"); /* the last step is ours, and so is the way back */
    pty_wait_text(pty, "undone");
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    sqlite3_close(db);
}

static void move(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        fail_msg("cannot move %s to %s", from, to);
}

/* The file taken away under the program, put back, and another put in its place. */
static void a_store_that_goes_is_told_and_one_that_comes_is_read(void **state)
{
    (void)state;
    char away[300], other_store[300];
    snprintf(away, sizeof away, "%s", at_home("away.db"));
    snprintf(other_store, sizeof other_store, "%s", at_home("other.db"));
    home_run((const char *const[]){MICROSCOPE, "generate", "--creators", "300", "--seed", "9",
                                   "--store", other_store, NULL},
             0);
    struct pty *pty = explore();
    pty_send(pty, " "); /* so that there is a log beside */
    pty_settle(pty);
    move(store, away);
    pty_wait_text(pty, "the store is gone");
    pty_send(pty, "j ");
    pty_wait_text(pty, "2 ticked");
    move(away, store);
    pty_send(pty, "j ");
    pty_wait_text(pty, "3 ticked");
    move(other_store, store);
    pty_wait_text(pty, "was replaced: read anew");
    pty_send(pty, "r");
    pty_wait_text(pty, "300 of 300");
    pty_send(pty, "g ");
    pty_settle(pty);
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_close(pty);
    assert_string_equal(sql_value(store, "PRAGMA integrity_check"), "ok");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM creator"), "300");
}

/* A limit on the size of files stands for a full disk: it is told, and nothing is lost. */
static void limit_files(struct pty *pty, rlim_t bytes)
{
    struct rlimit limit = {bytes, RLIM_INFINITY};
    assert_int_equal(prlimit(pty_pid(pty), RLIMIT_FSIZE, &limit, NULL), 0);
}

static void a_full_disk_is_told_and_loses_nothing(void **state)
{
    (void)state;
    struct pty *pty = explore();
    pty_send(pty, " ");
    pty_settle(pty);
    limit_files(pty, 4096);
    pty_send(pty, "j ");
    pty_wait_text(pty, "what you do is kept when there is room");
    pty_send(pty, "j ");
    pty_wait_text(pty, "3 ticked");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM tick"), "1");
    limit_files(pty, RLIM_INFINITY);
    pty_wait_text(pty, "all is kept");
    assert_string_equal(sql_value(store, "SELECT count(*) FROM tick"), "3");
    limit_files(pty, 4096);
    pty_send(pty, "j q");
    assert_int_equal(pty_wait_exit(pty), 1);
    assert_true(pty_shows(pty, "has no room left"));
    pty_check_restored(pty);
    pty_close(pty);
    assert_string_equal(sql_value(store, "PRAGMA integrity_check"), "ok");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, home_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(figures_come_and_rows_stay),
        TEST(who_comes_and_goes_waits),
        TEST(a_burst_costs_a_few_frames),
        TEST(a_mark_is_there_after_a_long_commit),
        TEST(in_the_end_it_is_a_fresh_start),
        TEST(ticks_plans_and_assumptions_of_others_are_seen),
        TEST(a_store_that_goes_is_told_and_one_that_comes_is_read),
        TEST(a_full_disk_is_told_and_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
