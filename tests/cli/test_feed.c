#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"
#include "program.h"

/* Figures that come in over time. Whoever waits here waits for a sign, with a limit. */

#define CREATORS 40
#define SNAPSHOTS 25
#define LINES (CREATORS * SNAPSHOTS)
#define FIRST_AT 1783000000.0 /* July 2026 */

static const char people[] =
    "SELECT platform, handle, followers, likes, comments, views, audience_at, engagement_at,"
    " growth_at, growth_now, growth_30d_ago, growth_90d_ago, jump"
    " FROM creator ORDER BY platform, key";
static const char history[] =
    "SELECT c.platform, c.key, s.at, s.followers, s.likes, s.comments, s.views"
    " FROM snapshot s JOIN creator c ON c.id=s.creator ORDER BY 1, 2, 3";

static uint64_t seed;

static const char *store(void)
{
    return at_home("feed.db");
}

static const char *list(void)
{
    return at_home("list.jsonl");
}

static int nothing_there(void **state)
{
    static const char *const names[] = {"feed.db",    "feed.db-wal",  "feed.db-shm",
                                        "other.db",   "other.db-wal", "other.db-shm",
                                        "list.jsonl", "list.jsonl.1", "feed.db.rejected.jsonl"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(at_home(names[i]));
    return 0;
}

/* ---- lines ---- */

/* A snapshot of a creator, `nth` in the order of its times. */
static void write_line(FILE *file, int creator, int nth)
{
    static const char *const platforms[] = {"instagram", "tiktok", "youtube"};
    double at = FIRST_AT + nth * 345600.0 + creator;
    fprintf(file,
            "{\"platform\":\"%s\",\"handle\":\"c%d\",\"followers\":%d,\"likes\":%d.5,"
            "\"comments\":%d,\"views\":%d,\"audience_at\":%.0f,\"engagement_at\":%.0f}\n",
            platforms[creator % 3], creator, 1000 * (creator + 1) + 7 * nth, 50 + nth + creator,
            nth, 3000 + 11 * nth * (creator % 5), at, at);
}

static void in_order(int order[LINES])
{
    for (int i = 0; i < LINES; i++)
        order[i] = (i % CREATORS) * SNAPSHOTS + i / CREATORS;
}

static void shuffle(int order[LINES], struct random *random)
{
    for (int i = LINES - 1; i > 0; i--) {
        int k = (int)random_below(random, (uint64_t)i + 1), kept = order[i];
        order[i] = order[k];
        order[k] = kept;
    }
}

static char *lines_of(const int *order, int from, int to)
{
    char *bytes;
    size_t length;
    FILE *file = open_memstream(&bytes, &length);
    for (int i = from; i < to; i++)
        write_line(file, order[i] / SNAPSHOTS, order[i] % SNAPSHOTS);
    fclose(file);
    return bytes;
}

static void append(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs(bytes, file);
    assert_int_equal(fclose(file), 0);
}

/* The store holds what one import of everything, in order, makes. */
static void assert_like_an_import(const char *got)
{
    int order[LINES];
    in_order(order);
    char *all = lines_of(order, 0, LINES);
    write_file(at_home("all.jsonl"), all);
    for (int i = 0; i < 3; i++)
        unlink(at_home(i == 0 ? "other.db" : i == 1 ? "other.db-wal" : "other.db-shm"));
    run_expect(0, NULL, "import", at_home("all.jsonl"), "--store", at_home("other.db"), NULL);
    static const char *const questions[] = {people, history};
    for (int i = 0; i < 2; i++) {
        char *expected = sql_text(at_home("other.db"), questions[i]);
        char *found = sql_text(got, questions[i]);
        assert_true(strlen(expected) > 1000);
        assert_string_equal(found, expected);
        free(expected);
        free(found);
    }
    assert_true(sql_number(got, "SELECT count(*) FROM snapshot") == LINES - CREATORS);
    char *whole = sql_text(got, "PRAGMA integrity_check");
    assert_string_equal(whole, "ok\n");
    free(whole);
    free(all);
}

/* ---- waiting ---- */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Until the query gives the number. */
static void wait_number(const char *sql, double number)
{
    double until = seconds() + 60;
    for (;;) {
        sqlite3 *db;
        sqlite3_stmt *stmt = NULL;
        double got = -1;
        if (sqlite3_open_v2(store(), &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
            sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
            sqlite3_step(stmt) == SQLITE_ROW)
            got = sqlite3_column_double(stmt, 0);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
        if (got == number)
            return;
        if (seconds() > until)
            fail_msg("%s: %f, not %f", sql, got, number);
        poll(NULL, 0, 5);
    }
}

static void wait_said(const char *part)
{
    double until = seconds() + 60;
    for (;;) {
        char *err = read_file(at_home("stderr"), NULL);
        bool found = err && strstr(err, part);
        if (seconds() > until)
            fail_msg("nothing about \"%s\" in:\n%s", part, err ? err : "");
        free(err);
        if (found)
            return;
        poll(NULL, 0, 5);
    }
}

/* All of the file is in the store: the place kept there is its end. */
static void wait_all(const char *path)
{
    struct stat about;
    char sql[700];
    assert_int_equal(stat(path, &about), 0);
    snprintf(sql, sizeof sql, "SELECT CAST(value AS REAL) FROM meta WHERE key='feed.%s'", path);
    wait_number(sql, (double)about.st_size);
}

static struct running follow(void)
{
    const char *const words[] = {"microscope", "feed", list(), "--store", store(), NULL};
    return start(words);
}

static void stop(struct running *feed, int number)
{
    kill(feed->pid, number);
    assert_int_equal(finish(feed), 128 + number);
}

/* ---- tests ---- */

static void a_line_is_one_creator(void **state)
{
    static const char lines[] =
        "{\"handle\":\"tiktok/lena\",\"at\":\"2026-11-15T09:30:00Z\",\"followers\":12500,"
        "\"views\":\"3.2k\",\"er\":0.04,\"er_basis\":\"followers\"}\n"
        "\n"
        "{\"platform\":\"instagram\",\"handle\":\"@Ben\",\"at\":\"2026-11-15\",\"credibility\":"
        "\"84%\",\"fee\":250.5,\"currency\":\"EUR\",\"niche\":[\"Beauty\",\"skincare\"]}\r\n"
        "{\"url\":\"https://www.youtube.com/@carla\",\"followers\":7}"; /* no end: the input's is one */
    (void)state;
    struct ran ran = run(lines, "feed", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(ran.out_length, 0);
    assert_says(ran.err, "0 lines rejected");
    assert_says(ran.err, "3 creators new, 0 changes");
    char *all = sql_text(store(), "SELECT platform, handle, followers, views, er, er_basis,"
                                  " credibility, fee, currency, fee_origin, niche, audience_at,"
                                  " engagement_at, fee_at FROM creator ORDER BY id");
    assert_string_equal(all,
                        "tiktok|lena|12500|3200.0|0.04|followers||||||1794735000|1794735000|\n"
                        "instagram|Ben|||||0.84|25050|EUR|imported|beauty|skincare|1794700800||"
                        "1794700800\n"
                        "youtube|carla|7|||||||||1794787200||\n"); /* seen now */
    free(all);
    ran_release(&ran);
}

static void bad_lines_cost_only_themselves(void **state)
{
    static const char lines[] = "{\"handle\":\"x/ana\",\"followers\":1}\n"
                                "{\"handle\":\"x/eve\",\"followers\":\n" /* the next one is good */
                                "{\"handle\":\"x/ben\",\"followers\":2}\n"
                                "{\"handle\":\"who\"}\n"
                                "{\"handle\":\"x/zoe\",\"followers\":5,\"at\":\"2090-01-01\"}\n"
                                "{\"handle\":\"x/zoe\",\"followers\":5,\"at\":\"soon\"}\n"
                                "nonsense \x1b[2J\n"
                                "{\"handle\":\"x/ida\",\"followers\":\"many\",\"mood\":3}\n"
                                "{\"handle\":\"x/ida\",\"posts\":4,\"mood\":3}\n";
    (void)state;
    struct ran ran = run(lines, "feed", "--store", store(), NULL);
    assert_int_equal(ran.status, 3);
    assert_says(ran.err, "line 2: rejected: ");
    assert_says(ran.err, "line 4: rejected: no platform;");
    assert_says(ran.err, "line 5: rejected: its time lies in the future");
    assert_says(ran.err, "line 6: rejected: its time cannot be read");
    assert_says(ran.err, "line 7: rejected: ");
    assert_says(ran.err, "line 8: unknown: not a number");
    assert_says(ran.err, "not a key of ours: left out; 'mood'");
    assert_null(strstr(strstr(ran.err, "'mood'") + 1, "'mood'")); /* said once */
    assert_says(ran.err, "9 lines in ");
    assert_says(ran.err, " s; 5 lines rejected, kept in ");
    assert_null(strchr(ran.err, '\x1b'));
    ran_release(&ran);
    char *there = sql_text(store(), "SELECT handle, followers, posts FROM creator ORDER BY handle");
    assert_string_equal(there, "ana|1|\nben|2|\nida||4\n");
    free(there);

    struct stat about;
    char *kept = read_file(at_home("feed.db.rejected.jsonl"), NULL);
    static const int numbers[] = {2, 4, 5, 6, 7};
    assert_non_null(kept);
    assert_int_equal(stat(at_home("feed.db.rejected.jsonl"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    char *rest = kept;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_error_t why;
        char *line = strsep(&rest, "\n");
        json_t *reject = json_loads(line, 0, &why);
        assert_non_null(reject);
        assert_int_equal(json_integer_value(json_object_get(reject, "line")), numbers[i]);
        assert_true(strlen(json_string_value(json_object_get(reject, "reason"))) > 0);
        if (i == 1)
            assert_string_equal(json_string_value(json_object_get(reject, "text")),
                                "{\"handle\":\"who\"}");
        json_decref(reject);
    }
    assert_string_equal(rest, "");
    free(kept);
}

static void rejects_go_where_they_are_wanted(void **state)
{
    (void)state;
    run_expect(3, "nonsense\n", "feed", "--store", store(), "--rejects", at_home("bad"), NULL);
    assert_true(there(at_home("bad")));
    assert_false(there(at_home("feed.db.rejected.jsonl")));
    struct ran ran = run("nonsense\n{\"handle\":\"x/ana\"}\n", "feed", "--store", store(),
                         "--rejects", at_home("nowhere/bad"), NULL);
    assert_int_equal(ran.status, 3);
    assert_says(ran.err, "no longer kept in");
    assert_true(sql_number(store(), "SELECT count(*) FROM creator") == 1);
    ran_release(&ran);
}

static void a_line_without_end_takes_no_memory(void **state)
{
    const char *const words[] = {"microscope", "feed", "--store", store(), NULL};
    static char block[65536];
    (void)state;
    memset(block, 'a', sizeof block);
    struct running feed = start(words);
    for (int i = 0; i < 100; i++)
        assert_int_equal(write(feed.to, block, sizeof block), sizeof block);
    static const char good[] = "\n{\"handle\":\"x/ana\",\"followers\":1}\n";
    assert_int_equal(write(feed.to, good, sizeof good - 1), sizeof good - 1);
    assert_int_equal(finish(&feed), 3);
    wait_said("line 1: rejected: longer than 1 MiB");
    assert_true(sql_number(store(), "SELECT followers FROM creator WHERE handle='ana'") == 1);
}

/* Late, early, twice: the newest stands, all of them are history. */
static void order_does_not_matter(void **state)
{
    int order[LINES];
    struct random random;
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    in_order(order);
    shuffle(order, &random);
    char *lines = lines_of(order, 0, LINES);
    for (int again = 0; again < 2; again++) {
        struct ran ran = run(lines, "feed", "--store", store(), NULL);
        assert_int_equal(ran.status, 0);
        if (again)
            assert_says(ran.err, "0 creators new, 0 changes, ");
        ran_release(&ran);
        assert_like_an_import(store());
    }
    free(lines);
}

static void a_file_that_grows_is_followed(void **state)
{
    int order[LINES];
    (void)state;
    in_order(order);
    char *first = lines_of(order, 0, 300), *second = lines_of(order, 300, 700),
         *rest = lines_of(order, 700, LINES);
    write_file(list(), first);
    struct running feed = follow();
    wait_all(list());
    double began = seconds();
    append(list(), second);
    wait_all(list());
    if (seconds() - began > 5)
        fail_msg("%f s until new lines were in the store", seconds() - began);
    /* Half a line is none yet. */
    append(list(), "{\"handle\":\"x/half\",");
    stop(&feed, SIGTERM);
    wait_said("700 lines in");
    append(list(), "\"followers\":5}\n");
    append(list(), rest);
    feed = follow();
    wait_all(list());
    wait_said("goes on after line 700");
    stop(&feed, SIGINT);
    wait_said("301 lines in");
    assert_true(sql_number(store(), "SELECT followers FROM creator WHERE handle='half'") == 5);
    sql_run(store(), "DELETE FROM creator WHERE handle='half'");
    assert_like_an_import(store());
    free(first);
    free(second);
    free(rest);
}

static void a_file_may_be_cut_short_or_replaced(void **state)
{
    (void)state;
    write_file(list(), "{\"handle\":\"x/one\",\"followers\":1}\n{\"handle\":\"x/two\"}\n");
    struct running feed = follow();
    wait_all(list());
    /* A log that is rotated: the last line comes in under the old name, without an end. */
    append(list(), "{\"handle\":\"x/three\"}\n");
    assert_int_equal(rename(list(), at_home("list.jsonl.1")), 0);
    append(at_home("list.jsonl.1"), "{\"handle\":\"x/four\"}");
    write_file(list(), "{\"handle\":\"x/five\"}\n");
    wait_number("SELECT count(*) FROM creator", 5);
    wait_said("another file has its name now");
    wait_all(list());
    /* Cut short, and written anew with as many bytes. */
    write_file(list(), "");
    wait_said("it was cut short or written anew");
    append(list(), "{\"handle\":\"x/six\"}\n");
    wait_number("SELECT count(*) FROM creator", 6);
    write_file(list(), "{\"handle\":\"x/ten\"}\n{\"handle\":\"x/eleven\"}\n");
    wait_number("SELECT count(*) FROM creator", 8);
    stop(&feed, SIGTERM);
    /* Replaced while nobody looked. */
    write_file(list(), "{\"handle\":\"x/twelve\"}\n{\"handle\":\"x/thirteen\"}\n"
                       "{\"handle\":\"x/fourteen\"}\n{\"handle\":\"x/fifteen\"}\n");
    feed = follow();
    wait_said("not the file of last time");
    wait_number("SELECT count(*) FROM creator", 12);
    stop(&feed, SIGTERM);
}

/* Whole transactions, each with its place in the file: nothing is lost, nothing comes twice. */
static void killed_at_any_moment_it_goes_on(void **state)
{
    int order[LINES];
    struct random random;
    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    in_order(order);
    shuffle(order, &random);
    write_file(list(), "");
    for (int i = 0; i < 20; i++) {
        char *part = lines_of(order, i * LINES / 20, (i + 1) * LINES / 20);
        append(list(), part);
        free(part);
        struct running feed = follow();
        poll(NULL, 0, (int)random_below(&random, 300)); /* the moment is what is tried */
        kill(feed.pid, SIGKILL);
        assert_int_equal(finish(&feed), 128 + SIGKILL);
    }
    struct running feed = follow();
    wait_all(list());
    stop(&feed, SIGTERM);
    assert_like_an_import(store());
}

static void several_feeds_share_a_store(void **state)
{
    const char *const words[] = {"microscope", "feed", "--store", store(), NULL};
    enum { FEEDS = 3 };
    struct running feeds[FEEDS];
    int order[LINES];
    struct random random;
    (void)state;
    random_init(&random, seed);
    in_order(order);
    shuffle(order, &random);
    for (int i = 0; i < FEEDS; i++)
        feeds[i] = start(words);
    for (int from = 0; from < LINES; from += 20)
        for (int i = 0; i < FEEDS; i++) {
            char *part = lines_of(order, from + 20 * i / FEEDS, from + 20 * (i + 1) / FEEDS);
            size_t length = strlen(part);
            assert_int_equal(write(feeds[i].to, part, length), length);
            free(part);
        }
    for (int i = 0; i < FEEDS; i++)
        assert_int_equal(finish(&feeds[i]), 0);
    assert_like_an_import(store());
}

static void a_busy_store_is_waited_for(void **state)
{
    const char *const words[] = {"microscope", "feed", "--store", store(), NULL};
    sqlite3 *db;
    (void)state;
    run_expect(0, "{\"handle\":\"x/ana\"}\n", "feed", "--store", store(), NULL);
    assert_int_equal(sqlite3_open(store(), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    struct running feed = start(words);
    static const char line[] = "{\"handle\":\"x/ben\"}\n";
    assert_int_equal(write(feed.to, line, sizeof line - 1), sizeof line - 1);
    wait_said("another program is writing to");
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    wait_number("SELECT count(*) FROM creator", 2);
    /* Asked to stop while it waits, it does, soon. */
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(write(feed.to, line, sizeof line - 1), sizeof line - 1);
    stop(&feed, SIGTERM);
    sqlite3_close(db);
}

/* As an import into an empty store holds it: not even readers come in. */
static void one_that_is_busy_at_the_start_too(void **state)
{
    static const char line[] = "{\"handle\":\"x/ben\"}\n";
    sqlite3 *db;
    (void)state;
    run_expect(0, "{\"handle\":\"x/ana\"}\n", "feed", "--store", store(), NULL);
    for (int again = 0; again < 2; again++) {
        assert_int_equal(sqlite3_open(store(), &db), SQLITE_OK);
        assert_int_equal(
            sqlite3_exec(db, "PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE", NULL, NULL, NULL),
            SQLITE_OK);
        struct running feed =
            start((const char *const[]){"microscope", "feed", "--store", store(), NULL});
        assert_int_equal(write(feed.to, line, sizeof line - 1), sizeof line - 1);
        wait_said("another program is writing to");
        if (again) {
            stop(&feed, SIGTERM);
        } else {
            assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
            assert_int_equal(finish(&feed), 0);
            wait_number("SELECT count(*) FROM creator", 2);
        }
        sqlite3_close(db);
    }
}

static void a_store_that_goes_is_noticed(void **state)
{
    const char *const words[] = {"microscope", "feed", "--store", store(), NULL};
    static const char line[] = "{\"handle\":\"x/ana\"}\n";
    (void)state;
    struct running feed = start(words);
    assert_int_equal(write(feed.to, line, sizeof line - 1), sizeof line - 1);
    wait_number("SELECT count(*) FROM creator", 1);
    nothing_there(NULL);
    assert_int_equal(write(feed.to, line, sizeof line - 1), sizeof line - 1);
    assert_int_equal(finish(&feed), 1);
    wait_said("was deleted or replaced");
}

static void a_listener_that_leaves_ends_it(void **state)
{
    const char *const words[] = {"microscope", "feed",       "--simulate", "500", "--store",
                                 store(),      "--progress", "json",       NULL};
    char bytes[256];
    (void)state;
    run_expect(0, NULL, "generate", "--creators", "50", "--store", store(), NULL);
    struct running feed = start(words);
    ssize_t got = read(feed.from, bytes, sizeof bytes - 1);
    assert_true(got > 0);
    bytes[got] = '\0';
    assert_says(bytes, "\"state\": \"feeding\"");
    assert_int_equal(finish(&feed), 0);
}

/* ---- simulated ---- */

static char *simulated(const char *rate, const char *number)
{
    nothing_there(NULL);
    run_expect(0, NULL, "generate", "--creators", "60", "--snapshots", "3", "--store", store(),
               NULL);
    run_expect(0, NULL, "feed", "--simulate", rate, "--seed", number, "--updates", "1500",
               "--store", store(), NULL);
    sql_run(store(), "UPDATE creator SET added_at=NULL, changed_at=NULL"); /* when the test ran */
    return sql_text(store(), "SELECT * FROM creator ORDER BY id");
}

static void the_same_seed_moves_the_same(void **state)
{
    (void)state;
    char *first = simulated("100000", "7"), *again = simulated("3000", "7"),
         *other = simulated("100000", "8");
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    free(first);
    free(again);
    free(other);
}

static void movement_is_believable(void **state)
{
    (void)state;
    run_expect(0, NULL, "generate", "--creators", "300", "--store", at_home("other.db"), NULL);
    run_expect(0, NULL, "generate", "--creators", "300", "--store", store(), NULL);
    struct ran ran =
        run(NULL, "feed", "--simulate", "100000", "--updates", "3000", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "3,000 looks in");
    ran_release(&ran);
    char sql[1200];
    static const struct {
        const char *what;
        double least, most;
    } facts[] = {
        {"count(*)", 300, 300},
        {"sum(n.followers<>o.followers)", 200, 300},
        {"max(n.followers*1.0/o.followers)", 1.005, 3},
        {"min(n.followers*1.0/o.followers)", 0.7, 1},
        {"avg(n.followers*1.0/o.followers)", 0.99, 1.1},
        {"sum((n.likes IS NULL)<>(o.likes IS NULL))", 0, 0},
        {"sum((n.fee IS NULL)<>(o.fee IS NULL))", 0, 0},
        {"sum(n.fee<>o.fee)", 1, 30}, /* rarely */
        {"max(n.audience_at)-1794787200", 0, 3600},
        {"sum(n.handle<>o.handle OR n.niche<>o.niche OR n.country<>o.country)", 0, 0},
    };
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        sqlite3 *db;
        sqlite3_stmt *stmt;
        assert_int_equal(sqlite3_open(store(), &db), SQLITE_OK);
        snprintf(sql, sizeof sql, "ATTACH '%s' AS old", at_home("other.db"));
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        snprintf(sql, sizeof sql,
                 "SELECT %s FROM main.creator n JOIN old.creator o USING(platform, key)",
                 facts[i].what);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        double value = sqlite3_column_double(stmt, 0);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
        if (value < facts[i].least || value > facts[i].most)
            fail_msg("%s: %f", facts[i].what, value);
    }
    /* An hour is one entry of the history: what was there before, of two days at most. */
    assert_true(sql_number(store(), "SELECT max(n) FROM (SELECT count(*) n FROM snapshot"
                                    " GROUP BY creator)") <= 2);
}

static void it_ends_when_told(void **state)
{
    (void)state;
    run_expect(0, NULL, "generate", "--creators", "20", "--store", store(), NULL);
    struct ran ran = run(NULL, "feed", "--simulate", "10", "--for", "1", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, " looks in 1 s");
    ran_release(&ran);
    ran = run(NULL, "feed", "--simulate", "10", "--store", at_home("other.db"), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "there are no creators in");
    ran_release(&ran);
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    run_expect(2, NULL, "feed", "--simulate", "lots", "--store", store(), NULL);
    run_expect(2, NULL, "feed", "a", "b", NULL);
    run_expect(2, NULL, "feed", "--seed", "3", NULL);
    run_expect(2, NULL, "feed", "a.jsonl", "--simulate", "3", NULL);
    struct ran ran = run(NULL, "feed", at_home("nowhere.jsonl"), "--store", store(), NULL);
    assert_int_equal(ran.status, 1);
    assert_says(ran.err, "nowhere.jsonl");
    assert_false(there(store()));
    ran_release(&ran);
}

/* The log of changes keeps its length however long a feed runs. */
static void the_log_of_changes_is_cut(void **state)
{
    (void)state;
    run_expect(0, "{\"handle\":\"x/ana\",\"followers\":1}\n", "feed", "--store", store(), NULL);
    sql_run(store(), "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<150000)"
                     " INSERT INTO change(creator) SELECT 1 FROM n");
    const char *const words[] = {"microscope", "feed", "--store", store(), NULL};
    struct running feed = start(words);
    for (int i = 0; i < 3; i++) {
        char line[64];
        int length =
            snprintf(line, sizeof line, "{\"handle\":\"x/ana\",\"followers\":%d}\n", i + 5);
        assert_int_equal(write(feed.to, line, (size_t)length), length);
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM creator WHERE followers=%d", i + 5);
        wait_number(sql, 1);
        assert_true(sql_number(store(), "SELECT count(*) FROM change") <= 100001);
        sql_run(store(), "INSERT INTO change(creator) VALUES(1)");
    }
    assert_int_equal(finish(&feed), 0);
}

#define TEST(name) cmocka_unit_test_setup(name, nothing_there)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_is_one_creator),
        TEST(bad_lines_cost_only_themselves),
        TEST(rejects_go_where_they_are_wanted),
        TEST(a_line_without_end_takes_no_memory),
        TEST(order_does_not_matter),
        TEST(a_file_that_grows_is_followed),
        TEST(a_file_may_be_cut_short_or_replaced),
        TEST(killed_at_any_moment_it_goes_on),
        TEST(several_feeds_share_a_store),
        TEST(a_busy_store_is_waited_for),
        TEST(one_that_is_busy_at_the_start_too),
        TEST(a_store_that_goes_is_noticed),
        TEST(a_listener_that_leaves_ends_it),
        TEST(the_same_seed_moves_the_same),
        TEST(movement_is_believable),
        TEST(it_ends_when_told),
        TEST(wrong_use_is_told),
        TEST(the_log_of_changes_is_cut),
    };
    const char *given = getenv("FEED_SEED");
    seed = given ? strtoull(given, NULL, 10) : (uint64_t)time(NULL);
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
