#include "support.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/number.h"
#include "base/random.h"

/* Imports of many creators by a source that counts them. The first into an empty store makes the
 * index at the end and writes the pages straight into place; one that comes again reads on from row
 * to row instead of searching. All of it must come out as by the ordinary way. */

#define CREATORS 3000

struct made {
    struct random random;
    struct record record;
    char handle[24];
    char name[24];
    struct snapshot past;
    uint64_t numbers[CREATORS]; /* by creator; 0: not named yet */
    uint64_t named;
};

static void made_init(struct made *made, uint64_t seed)
{
    memset(made, 0, sizeof *made);
    random_init(&made->random, seed);
}

static void make_who(struct made *made, uint64_t who)
{
    static const enum column figures[] = {COL_FOLLOWERS, COL_LIKES,       COL_VIEWS,
                                          COL_FEE,       COL_AUDIENCE_AT, COL_ENGAGEMENT_AT};
    struct random *random = &made->random;
    snprintf(made->handle, sizeof made->handle, "%s%d", random_below(random, 5) ? "Ab" : "aB",
             (int)who);
    snprintf(made->name, sizeof made->name, "n%d", (int)random_below(random, 3));
    made->record = creator(who % 3 ? PLATFORM_TIKTOK : PLATFORM_YOUTUBE, made->handle);
    if (random_below(random, 2))
        record_set_text(&made->record, COL_NAME, text_of(made->name));
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (random_below(random, 3) > 0)
            record_set_number(&made->record, figures[i],
                              random_below(random, 9) ? (double)random_below(random, 4) + 0.5
                                                      : number_unknown());
    made->past = snapshot_at((double)random_below(random, 9));
    made->past.followers = 5;
    made->past.likes = 7;
    made->record.snapshots = &made->past;
    made->record.snapshot_count = random_below(random, 5) == 0;
    if (made->numbers[who] == 0)
        made->numbers[who] = ++made->named;
    made->record.nth = made->numbers[who];
}

/* A creator, new or again: mostly in order, now and then one from before in other letters. */
static void make(struct made *made)
{
    bool again = made->named > 0 && random_below(&made->random, 4) == 0;
    uint64_t who = again ? random_below(&made->random, made->named) : made->named;
    make_who(made, who < CREATORS ? who : CREATORS - 1);
}

static double at_noon(void)
{
    return 1795435200;
}

static struct store_written fill(const char *path, uint64_t seed, bool numbered)
{
    struct made *made = malloc(sizeof *made);
    struct store *store = open_for(path, STORE_WRITE);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);

    store_set_clock(store, at_noon);
    made_init(made, seed);
    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; i < CREATORS * 3 / 2; i++) {
        make(made);
        if (!numbered)
            made->record.nth = 0;
        assert_true(sink.put(sink.self, &made->record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    struct store_written written = store_writer_written(writer);
    store_writer_free(writer);
    store_close(store);
    free(made);
    return written;
}

static void assert_whole(const char *path)
{
    assert_string_equal(oracle(path, "PRAGMA integrity_check"), "ok");
    assert_string_equal(oracle(path, "PRAGMA journal_mode"), "wal");
    assert_string_equal(oracle(path, "SELECT count(*) FROM sqlite_schema WHERE tbl_name='creator'"),
                        "7"); /* the table, its index, five triggers */
}

/* The same rows in both, as many as there are. */
static void assert_same(const char *path, const char *other, const char *table, const char *what)
{
    sqlite3 *one = oracle_open(path), *two = oracle_open(other);
    char sql[1024];
    sqlite3_stmt *a, *b;
    int rc, rows = 0;

    snprintf(sql, sizeof sql, "SELECT %s FROM %s ORDER BY 1, 2, 3", what, table);
    assert_int_equal(sqlite3_prepare_v2(one, sql, -1, &a, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(two, sql, -1, &b, NULL), SQLITE_OK);
    while ((rc = sqlite3_step(a)) == SQLITE_ROW) {
        assert_int_equal(sqlite3_step(b), SQLITE_ROW);
        for (int i = 0; i < sqlite3_column_count(a); i++) {
            const char *x = (const char *)sqlite3_column_text(a, i);
            const char *y = (const char *)sqlite3_column_text(b, i);
            assert_string_equal(x ? x : "NULL", y ? y : "NULL");
        }
        rows++;
    }
    assert_int_equal(rc, SQLITE_DONE);
    assert_int_equal(sqlite3_step(b), SQLITE_DONE);
    assert_true(rows > 5);
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    sqlite3_close(one);
    sqlite3_close(two);
}

static void numbered_creators_come_out_the_same(void **state)
{
    const char *plain = in_folder(state, "plain.db"), *numbered = in_folder(state, "numbered.db");

    for (uint64_t seed = 1; seed <= 3; seed++) {
        unlink(plain), unlink(numbered);
        struct store_written one = fill(plain, seed, false), two = fill(numbered, seed, true);
        assert_true(one.added > 2000 && one.repeated > 500 && one.snapshots > 100);
        assert_written(two, (unsigned)one.added, (unsigned)one.changed, (unsigned)one.unchanged,
                       (unsigned)one.repeated);
        assert_int_equal(two.snapshots, one.snapshots);
        assert_whole(numbered);
        assert_same(plain, numbered, "creator", "*");
        assert_same(plain, numbered, "snapshot", "*");
        assert_same(plain, numbered, "sqlite_schema", "type, name, tbl_name, sql");
    }
}

/* The second list: mostly the first in its order, some left out, some new, some in other letters,
 * some twice, a part of it in any order. */
static struct store_written again(const char *path, uint64_t seed, bool numbered)
{
    struct made *made = malloc(sizeof *made);
    struct store *store = open_for(path, STORE_WRITE);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    struct random order;

    made_init(made, seed);
    random_init(&order, seed);
    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; i < CREATORS * 2; i++) {
        bool mixed = i > CREATORS / 3 && i < CREATORS / 2;
        if (random_below(&order, 9) == 0)
            continue;
        make_who(made, mixed || i >= CREATORS ? random_below(&order, CREATORS) : (uint64_t)i);
        if (!numbered)
            made->record.nth = 0;
        assert_true(sink.put(sink.self, &made->record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    struct store_written written = store_writer_written(writer);
    store_writer_free(writer);
    store_close(store);
    free(made);
    return written;
}

/* Ids that run the other way: there reading on never finds anybody. */
static void turn_round(const char *path)
{
    sqlite3 *db = oracle_open(path);

    oracle_run(db, "PRAGMA foreign_keys=0; UPDATE creator SET id=1000000-id;"
                   "UPDATE snapshot SET creator=1000000-creator; DELETE FROM change");
    sqlite3_close(db);
}

static void order_of_a_list_changes_nothing(void **state)
{
    const char *ahead = in_folder(state, "ahead.db"), *search = in_folder(state, "search.db");

    for (uint64_t seed = 1; seed <= 3; seed++) {
        unlink(ahead), unlink(search);
        fill(ahead, seed, true);
        fill(search, seed, true);
        turn_round(search);
        for (uint64_t round = 0; round < 3; round++) {
            /* The last time is the time before once more. */
            uint64_t list = seed + (round < 2 ? round : 1);
            struct store_written one = again(ahead, list, true);
            struct store_written two = again(search, list, false);
            assert_written(two, (unsigned)one.added, (unsigned)one.changed, (unsigned)one.unchanged,
                           (unsigned)one.repeated);
            assert_int_equal(two.snapshots, one.snapshots);
            assert_true(one.repeated > 1000 && one.changed + one.unchanged > 1000);
            assert_same(ahead, search, "creator",
                        "platform, key, handle, name, followers, likes,"
                        " views, fee, audience_at, engagement_at");
            assert_same(ahead, search, "snapshot JOIN creator ON id=snapshot.creator",
                        "platform, key, at, snapshot.followers, snapshot.likes");
            assert_whole(ahead);
        }
    }
}

/* Whoever counts wrong makes an import slow, never wrong. */
static void wrong_numbers_do_no_harm(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);

    assert_true(sink.begin(sink.self, NULL));
    for (int i = 1; i <= 5000; i++) {
        char handle[20];
        snprintf(handle, sizeof handle, "c%d", i);
        struct record record = creator(PLATFORM_X, handle);
        record.nth = i == 4000 ? 77 : i == 4500 ? 0 : (uint64_t)i;
        assert_true(sink.put(sink.self, &record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    assert_written(store_writer_written(writer), 5000, 0, 0, 0);
    store_writer_free(writer);
    store_close(store);
    assert_string_equal(oracle(path, "SELECT count(DISTINCT handle) FROM creator"), "5000");
    assert_whole(path);
}

static void half_fill(const char *path, bool kill_it)
{
    struct made *made = malloc(sizeof *made);
    struct store *store = open_for(path, STORE_WRITE);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);

    made_init(made, 9);
    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; i < CREATORS; i++) {
        make(made);
        record_set_text(&made->record, COL_BIO,
                        (struct text){(const char *)made, sizeof made->random});
        assert_true(sink.put(sink.self, &made->record, NULL));
        if (kill_it && i == CREATORS - 1)
            raise(SIGKILL);
    }
    assert_true(sink.end(sink.self, false, NULL));
    store_writer_free(writer);
    store_close(store);
    free(made);
}

static void undone_or_killed_leaves_no_trace(void **state)
{
    const char *path = in_folder(state, "a.db");

    half_fill(path, false);
    assert_whole(path);
    assert_string_equal(oracle(path, "SELECT count(*) FROM creator"), "0");
    pid_t child = fork();
    if (child == 0)
        half_fill(path, true);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    store_close(open_for(path, STORE_WRITE));
    assert_whole(path);
    assert_string_equal(oracle(path, "SELECT (SELECT count(*) FROM creator) ||"
                                     " (SELECT count(*) FROM change)"),
                        "00");
    fill(path, 4, true);
    assert_whole(path);
}

/* With another connection open the log of writes has to stay; nothing else is different. */
static void others_may_have_it_open(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *reader = open_for(path, STORE_EXPLORE);
    uint64_t count;

    struct store_written written = fill(path, 5, true);
    assert_true(store_changed_elsewhere(reader));
    assert_true(store_count(reader, &count, NULL));
    assert_int_equal(count, written.added);
    store_close(reader);
    assert_whole(path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(numbered_creators_come_out_the_same, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(order_of_a_list_changes_nothing, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(wrong_numbers_do_no_harm, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(undone_or_killed_leaves_no_trace, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(others_may_have_it_open, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
