#include "support.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/random.h"

/* What happens between programs: the log of changes, locks, and death in the middle. */

#define LOG "SELECT group_concat(ifnull(creator, 'all')||':'||gone, ' ') FROM change"

static void triggers_log_what_anyone_writes(void **state)
{
    const char *path = in_folder(state, "a.db");

    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "INSERT INTO creator(id, platform, handle) VALUES(1,'x','ada'), (2,'x','bob'),"
                   " (3,'youtube','UCabcdefghijklmnopqrstuv')");
    assert_string_equal(oracle(path, LOG), "1:0 2:0 3:0");
    oracle_run(db, "DELETE FROM change; UPDATE creator SET likes=5 WHERE id=2");
    assert_string_equal(oracle(path, LOG), "2:0");
    oracle_run(db, "DELETE FROM change; DELETE FROM creator WHERE id=2");
    assert_string_equal(oracle(path, LOG), "2:1");
    /* No delete trigger fires for a REPLACE; the row it takes away is in the log all the same. */
    oracle_run(db, "DELETE FROM change; INSERT OR REPLACE INTO creator(id, platform, handle)"
                   " VALUES(9, 'x', 'ADA')");
    assert_string_equal(oracle(path, LOG), "1:1 9:0");
    oracle_run(db, "DELETE FROM change; REPLACE INTO creator(platform, handle)"
                   " VALUES('youtube', 'UCabcdefghijklmnopqrstuv')");
    assert_string_equal(oracle(path, LOG), "3:1 10:0");
    oracle_run(db, "DELETE FROM change; REPLACE INTO creator(id, platform, handle)"
                   " VALUES(9, 'x', 'zoe')");
    assert_string_equal(oracle(path, LOG), "9:1 9:0");
    oracle_run(db, "DELETE FROM change; UPDATE OR REPLACE creator SET platform='youtube',"
                   " handle='UCabcdefghijklmnopqrstuv' WHERE id=9");
    assert_string_equal(oracle(path, LOG), "10:1 9:0");
    oracle_run(db, "DELETE FROM change; UPDATE creator SET id=20 WHERE id=9");
    assert_string_equal(oracle(path, LOG), "9:1 20:0");
    sqlite3_close(db);
}

static void put_many(struct record_sink sink, int count)
{
    for (int i = 0; i < count; i++) {
        char handle[20];
        snprintf(handle, sizeof handle, "c%d", i);
        struct record record = creator(PLATFORM_TIKTOK, handle);
        record_set_number(&record, COL_FOLLOWERS, i);
        if (!sink.put(sink.self, &record, NULL))
            abort();
    }
}

static void import_many(struct store *store, int count)
{
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);

    assert_true(sink.begin(sink.self, NULL));
    put_many(sink, count);
    assert_true(sink.end(sink.self, true, NULL));
    store_writer_free(writer);
}

static void small_import_names_rows_and_a_large_one_says_everything(void **state)
{
    static const char triggers[] = "SELECT group_concat(sql) FROM (SELECT sql FROM sqlite_schema"
                                   " WHERE type='trigger' ORDER BY name)";
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    char before[4096];

    strcpy(before, oracle(path, triggers));
    import_many(store, 3);
    assert_string_equal(oracle(path, LOG), "1:0 2:0 3:0");
    import_many(store, 5000);
    assert_string_equal(oracle(path, "SELECT count(*) FROM change WHERE creator IS NULL"), "1");
    assert_string_equal(oracle(path, "SELECT creator IS NULL FROM change ORDER BY seq DESC"), "1");
    assert_true(atoi(oracle(path, "SELECT count(*) FROM change")) < 1100);
    assert_string_equal(oracle(path, triggers), before);
    import_many(store, 5000); /* nothing new, nothing said */
    assert_string_equal(oracle(path, "SELECT count(*) FROM change WHERE creator IS NULL"), "1");
    store_close(store);
}

static void changes_of_others_are_noticed(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);

    assert_false(store_changed_elsewhere(store));
    assert_true(store_meta_set(store, "view", TEXT("mine"), NULL));
    assert_false(store_changed_elsewhere(store));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "INSERT INTO creator(platform, handle) VALUES('x', 'ada')");
    assert_true(store_changed_elsewhere(store));
    assert_false(store_changed_elsewhere(store));
    sqlite3_close(db);
    store_close(store);
}

static void explorer_never_waits_for_a_writer(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct err err = {0};
    struct timespec start, stop;

    struct store *writer = open_for(path, STORE_WRITE);
    assert_true(store_begin(writer, NULL));
    struct store *store = open_for(path, STORE_EXPLORE);
    assert_false(store_busy(store));
    clock_gettime(CLOCK_MONOTONIC, &start);
    assert_false(store_meta_set(store, "view", TEXT("x"), &err));
    clock_gettime(CLOCK_MONOTONIC, &stop);
    assert_true(stop.tv_sec - start.tv_sec < 2);
    assert_true(store_busy(store));
    assert_non_null(strstr(err.message, path));
    assert_non_null(strstr(err.message, "another program is writing"));
    assert_true(store_end(writer, true, NULL));
    assert_true(store_meta_set(store, "view", TEXT("x"), NULL));
    store_close(store);
    store_close(writer);
}

static void second_writer_waits_and_says_so(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct err err = {0};

    struct store *first = open_for(path, STORE_WRITE), *second = open_for(path, STORE_WRITE);
    assert_true(store_begin(first, NULL));
    struct store_writer *writer = store_writer_new(second);
    struct record_sink sink = store_writer_sink(writer);
    assert_false(sink.begin(sink.self, &err));
    assert_true(store_busy(second));
    assert_non_null(strstr(err.message, path));
    assert_non_null(strstr(err.message, "5 s"));
    assert_true(store_end(first, false, NULL));
    assert_true(sink.begin(sink.self, &err));
    assert_true(sink.end(sink.self, false, NULL));
    store_writer_free(writer);
    store_close(second);
    store_close(first);
}

/* ---- no room ---- */

static bool import_fails(struct store *store, int count, struct err *err)
{
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    bool ok = sink.begin(sink.self, err);

    for (int i = 0; ok && i < count; i++) {
        char handle[20];
        snprintf(handle, sizeof handle, "new%d", i);
        struct record record = creator(PLATFORM_TIKTOK, handle);
        ok = sink.put(sink.self, &record, err);
    }
    ok = sink.end(sink.self, ok, ok ? err : NULL) && ok;
    store_writer_free(writer);
    return !ok;
}

/* A limit on the size of files stands for a full disk. */
static int child_without_room(const char *path)
{
    struct rlimit limit = {200 * 1024, 200 * 1024};
    struct store *store;
    struct err err = {0};
    uint64_t count = 0;

    signal(SIGXFSZ, SIG_IGN);
    if (!store_open(path, STORE_WRITE, &store, &err) || setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    if (!import_fails(store, 20000, &err) || !strstr(err.message, path))
        return 2;
    if (!store_count(store, &count, &err) || count != 10)
        return 3;
    store_close(store);
    return 0;
}

static void full_disk_is_told_and_loses_nothing(void **state)
{
    const char *path = in_folder(state, "a.db");
    int status;

    struct store *store = open_for(path, STORE_WRITE);
    import_many(store, 10);
    store_close(store);
    pid_t pid = fork();
    assert_int_not_equal(pid, -1);
    if (pid == 0)
        _exit(child_without_room(path));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_string_equal(oracle(path, "PRAGMA integrity_check"), "ok");
    store = open_for(path, STORE_WRITE);
    struct err err;
    assert_false(import_fails(store, 20, &err));
    assert_string_equal(oracle(path, "SELECT count(*) FROM creator"), "30");
    store_close(store);
}

/* ---- killed in the middle ---- */

#define KILL_ROWS 2000
#define KILL_ROUNDS 60

/* Each round writes the same creators with its own number in all of them. */
static void import_round(const char *path, int round, int report)
{
    struct store *store;
    struct store_writer *writer;

    if (!store_open(path, STORE_WRITE, &store, NULL))
        _exit(3);
    writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    if (write(report, "b", 1) != 1 || !sink.begin(sink.self, NULL))
        _exit(4);
    for (int i = 0; i < KILL_ROWS; i++) {
        char handle[20];
        snprintf(handle, sizeof handle, "c%d", i);
        struct record record = creator_at(PLATFORM_TIKTOK, handle, round, 86400.0 * round);
        if (!sink.put(sink.self, &record, NULL))
            _exit(5);
    }
    if (!sink.end(sink.self, true, NULL) || write(report, "e", 1) != 1)
        _exit(6);
    store_writer_free(writer);
    store_close(store);
}

static void nap(uint64_t microseconds)
{
    struct timespec time = {0, (long)microseconds * 1000};

    nanosleep(&time, NULL);
}

/* Whole rounds only: all rows of one round, the history of those before, the triggers in place. */
static void check_whole(const char *path, long *round)
{
    assert_string_equal(oracle(path, "PRAGMA integrity_check"), "ok");
    assert_string_equal(oracle(path, "SELECT count(*) FROM sqlite_schema WHERE type='trigger'"),
                        "5");
    assert_true(atoi(oracle(path, "SELECT count(DISTINCT followers) FROM creator")) <= 1);
    const char *rows = oracle(path, "SELECT count(*) FROM creator");
    assert_true(strcmp(rows, "0") == 0 || atoi(rows) == KILL_ROWS);
    assert_int_equal(atoi(oracle(path, "SELECT count(*) FROM snapshot")) % KILL_ROWS, 0);
    *round = atol(oracle(path, "SELECT ifnull(max(followers), 0) FROM creator"));
}

static void killed_import_leaves_whole_transactions(void **state)
{
    const char *path = in_folder(state, "a.db");
    uint64_t usual = 0; /* how long an import takes here: measured by the first */
    struct random random;
    int killed = 0;

    print_message("seed 11\n");
    random_init(&random, 11);
    for (int round = 1; round <= KILL_ROUNDS; round++) {
        struct timespec start, stop;
        int pipes[2], status;
        char told[2] = {0};
        long kept;
        assert_int_equal(pipe(pipes), 0);
        pid_t pid = fork();
        assert_int_not_equal(pid, -1);
        if (pid == 0) {
            close(pipes[0]);
            import_round(path, round, pipes[1]);
            _exit(0);
        }
        close(pipes[1]);
        assert_int_equal(read(pipes[0], told, 1), 1);
        clock_gettime(CLOCK_MONOTONIC, &start);
        if (round > 1) {
            nap(random_below(&random, usual + usual / 4));
            kill(pid, SIGKILL);
        }
        assert_int_equal(waitpid(pid, &status, 0), pid);
        clock_gettime(CLOCK_MONOTONIC, &stop);
        if (round == 1)
            usual = (uint64_t)(stop.tv_sec - start.tv_sec) * 1000000 +
                    (uint64_t)((stop.tv_nsec - start.tv_nsec) / 1000);
        bool finished = read(pipes[0], told, 1) == 1;
        close(pipes[0]);
        killed += !finished;
        struct store *store = open_for(path, STORE_WRITE);
        check_whole(path, &kept);
        store_close(store);
        /* What was reported done is there. */
        assert_true(kept <= round);
        if (finished)
            assert_int_equal(kept, round);
    }
    print_message("killed %d of %d\n", killed, KILL_ROUNDS);
    assert_true(killed > 5);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(triggers_log_what_anyone_writes, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(small_import_names_rows_and_a_large_one_says_everything,
                                        folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(changes_of_others_are_noticed, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(explorer_never_waits_for_a_writer, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(second_writer_waits_and_says_so, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(full_disk_is_told_and_loses_nothing, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(killed_import_leaves_whole_transactions, folder_make,
                                        folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
