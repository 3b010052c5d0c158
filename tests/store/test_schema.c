#include "support.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

static void refused(const char *path, enum store_mode mode, const char *why)
{
    struct store *store = (struct store *)&store;
    struct err err;

    if (store_open(path, mode, &store, &err))
        fail_msg("'%s' was opened", path);
    assert_null(store);
    if (!strstr(err.message, path) || !strstr(err.message, why))
        fail_msg("'%s' names not '%s' and '%s'", err.message, path, why);
}

static void write_file(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(bytes, file);
    fclose(file);
}

static void new_store_has_the_whole_schema(void **state)
{
    static const char *const tables[] = {"creator", "snapshot", "peer", "knob",   "plan", "tick",
                                         "stage",   "note",     "tag",  "change", "edit", "meta"};
    const char *path = in_folder(state, "a.db");
    struct stat seen;

    store_close(open_for(path, STORE_WRITE));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[200];
        snprintf(sql, sizeof sql,
                 "SELECT strict FROM pragma_table_list WHERE schema='main' AND name='%s'",
                 tables[i]);
        assert_string_equal(oracle(path, sql), "1");
    }
    assert_string_equal(oracle(path, "PRAGMA journal_mode"), "wal");
    assert_string_equal(oracle(path, "PRAGMA application_id"), "1299407728");
    assert_string_equal(oracle(path, "PRAGMA user_version"), "8");
    assert_string_equal(oracle(path, "PRAGMA integrity_check"), "ok");
    assert_int_equal(stat(path, &seen), 0);
    assert_int_equal(seen.st_mode & 0777, 0600);
}

/* The registry and the schema say the same: each stored column is there, of the type of its unit. */
static void every_stored_column_is_there(void **state)
{
    const char *path = in_folder(state, "a.db");

    store_close(open_for(path, STORE_WRITE));
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        enum unit unit = columns[column].unit;
        bool whole = unit == UNIT_COUNT || unit == UNIT_DAYS || unit == UNIT_TIME ||
                     unit == UNIT_MONEY || unit == UNIT_FLAG;
        char sql[200];
        if (!columns[column].stored)
            continue;
        snprintf(sql, sizeof sql, "SELECT type FROM pragma_table_xinfo('creator') WHERE name='%s'",
                 columns[column].key);
        const char *type = oracle(path, sql);
        const char *wanted = column_is_text(column) ? "TEXT" : whole ? "INTEGER" : "REAL";
        if (strcmp(type, wanted) != 0)
            fail_msg("%s is %s, not %s", columns[column].key, type, wanted);
    }
}

static void strict_tables_refuse_wrong_types(void **state)
{
    const char *path = in_folder(state, "a.db");

    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    assert_int_equal(
        sqlite3_exec(db,
                     "INSERT INTO creator(platform, handle, followers) VALUES('x', 'a', 'many')",
                     NULL, NULL, NULL),
        SQLITE_CONSTRAINT);
    assert_int_equal(sqlite3_exec(db, "INSERT INTO creator(id, platform, handle) VALUES(0,'x','a')",
                                  NULL, NULL, NULL),
                     SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

static void opening_again_keeps_all(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record one = creator(PLATFORM_X, "a");
    uint64_t count;

    struct store *store = open_for(path, STORE_WRITE);
    import(store, &one, 1);
    store_close(store);
    store = open_for(path, STORE_EXPLORE);
    assert_true(store_count(store, &count, NULL));
    assert_int_equal(count, 1);
    assert_false(store_read_only(store));
    assert_string_equal(store_path(store), path);
    store_close(store);
    assert_int_equal(access(in_folder(state, "a.db-wal"), F_OK), -1);
}

/* An empty file is what a program killed while making a store leaves. */
static void empty_file_becomes_a_store(void **state)
{
    const char *path = in_folder(state, "a.db");

    write_file(path, "");
    refused(path, STORE_READ, "empty");
    store_close(open_for(path, STORE_WRITE));
    assert_string_equal(oracle(path, "PRAGMA user_version"), "8");
}

/* ---- a store from before ---- */

struct waiting {
    int told, most;
    double share;
    char what[40];
};

static bool hear(void *self, const char *what, double share)
{
    struct waiting *waiting = self;

    assert_true(share >= waiting->share && share <= 1);
    waiting->share = share;
    snprintf(waiting->what, sizeof waiting->what, "%s", what);
    return ++waiting->told < waiting->most;
}

/* Before sudden changes were kept, with a past of many days. */
static void make_older(const char *path)
{
    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<400)"
                   " INSERT INTO creator(platform, handle, followers, audience_at)"
                   " SELECT 'x', 'who'||i, 5000, 86400*100 FROM n");
    oracle_run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<60)"
                   " INSERT INTO snapshot(creator, at, followers)"
                   " SELECT id, 86400*i, 1000+10*i+(i=30)*700 FROM creator, n");
    oracle_run(db, "ALTER TABLE creator DROP COLUMN carried; DROP TABLE seen; DROP TABLE view; "
                   "DROP TABLE batch;"
                   " DROP TABLE batch_rows; DROP TABLE journal; PRAGMA user_version=3");
    sqlite3_close(db);
}

static void who_waits_is_told_and_may_leave(void **state)
{
    static const enum store_mode modes[] = {STORE_WRITE, STORE_READ, STORE_EXPLORE};
    const char *path = in_folder(state, "a.db");
    struct store *store;
    struct err err;

    make_older(path);
    for (size_t i = 0; i < 3; i++) {
        struct waiting leaving = {.most = 2 + (int)i};
        struct store_patience watch = {NULL, hear, &leaving};
        assert_false(store_open_patiently(path, modes[i], &watch, &store, &err));
        assert_null(store);
        assert_non_null(strstr(err.message, "cancelled"));
        assert_int_equal(leaving.told, leaving.most);
        assert_string_equal(oracle(path, "PRAGMA user_version"), "3");
        assert_string_equal(oracle(path, "SELECT count(jump) FROM creator"), "0");
    }
    struct waiting waiting = {.most = 1 << 30};
    struct store_patience watch = {NULL, hear, &waiting};
    assert_true(store_open_patiently(path, STORE_READ, &watch, &store, &err));
    store_close(store);
    assert_true(waiting.told > 4 && waiting.share > 0.15);
    assert_string_equal(waiting.what, "sudden changes");
    assert_string_equal(oracle(path, "PRAGMA user_version"), "8");
    assert_string_equal(oracle(path, "SELECT count(jump) FROM creator"), "400");
}

static void what_is_no_store_is_refused_by_name(void **state)
{
    const char *path = in_folder(state, "a.db");
    const char *garbage = in_folder(state, "garbage.db");
    const char *pipe = in_folder(state, "pipe.db");

    refused(in_folder(state, "absent.db"), STORE_READ, "No such file");
    refused(in_folder(state, "no/such/folder.db"), STORE_WRITE, "No such file");
    refused(*state, STORE_WRITE, "directory");
    write_file(garbage, "handle,followers\nthis is a CSV file,12\nand longer than a database's "
                        "header, which has a hundred bytes\n");
    refused(garbage, STORE_WRITE, "file is not a database");
    refused(garbage, STORE_READ, "file is not a database");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    refused(pipe, STORE_READ, "not a regular file");

    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    oracle_run(db, "CREATE TABLE bookmark(url)");
    sqlite3_close(db);
    refused(path, STORE_WRITE, "another program");
    assert_string_equal(oracle(path, "SELECT count(*) FROM sqlite_schema"), "1");
    assert_string_equal(oracle(path, "PRAGMA journal_mode"), "delete");
}

static void newer_store_is_refused_unchanged(void **state)
{
    const char *path = in_folder(state, "a.db");

    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "PRAGMA user_version=99");
    sqlite3_close(db);
    refused(path, STORE_WRITE, "newer");
    refused(path, STORE_READ, "newer");
    assert_string_equal(oracle(path, "PRAGMA user_version"), "99");
}

/* Odd names are names of files and nothing else. */
static void names_with_a_meaning_are_plain_files(void **state)
{
    static const char *const names[] = {":memory:", "file:x?mode=memory", "a%20?b#c.db"};
    char back[4096];

    assert_non_null(getcwd(back, sizeof back));
    assert_int_equal(chdir(*state), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        store_close(open_for(names[i], STORE_WRITE));
        assert_int_equal(access(names[i], F_OK), 0);
    }
    assert_int_equal(chdir(back), 0);
}

/* What must hold for someone who is not the superuser, for whom there are no permissions: so a child
 * gives up the superuser's rights first. */
static int as_anyone(void **state, int (*child)(void **state))
{
    int status;
    pid_t pid = fork();

    assert_int_not_equal(pid, -1);
    if (pid == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        _exit(child(state));
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

static int child_unreadable(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store;
    struct err err;

    if (store_open(path, STORE_READ, &store, &err))
        return 1;
    return strstr(err.message, path) && strstr(err.message, strerror(EACCES)) ? 0 : 2;
}

static int child_read_only(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store;
    struct err err;
    uint64_t count = 0;
    bool found;
    struct buf value = BUF_INIT;

    if (!store_open(path, STORE_EXPLORE, &store, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    if (!store_read_only(store) || !store_count(store, &count, &err) || count != 1)
        return 2;
    if (store_meta_set(store, "view", TEXT("x"), &err) || !strstr(err.message, path))
        return 3;
    if (store_begin(store, &err) || !strstr(err.message, "reading only"))
        return 4;
    if (!store_meta(store, "view", &value, &found, &err) || found)
        return 5;
    store_close(store);
    buf_release(&value);
    return 0;
}

static void permissions_are_respected_and_told(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record one = creator(PLATFORM_X, "a");

    struct store *store = open_for(path, STORE_WRITE);
    import(store, &one, 1);
    store_close(store);
    assert_int_equal(chmod(*state, 0755), 0);
    assert_int_equal(chmod(path, 0), 0);
    assert_int_equal(as_anyone(state, child_unreadable), 0);
    /* A file that may only be read, in a folder that may not be written. */
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(chmod(*state, 0555), 0);
    assert_int_equal(as_anyone(state, child_read_only), 0);
    assert_int_equal(chmod(*state, 0755), 0);
}

static void read_mode_never_writes(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct err err;

    store_close(open_for(path, STORE_WRITE));
    struct store *store = open_for(path, STORE_READ);
    assert_true(store_read_only(store));
    assert_false(store_meta_set(store, "view", TEXT("x"), &err));
    assert_non_null(strstr(err.message, path));
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_false(sink.begin(sink.self, &err));
    assert_false(store_busy(store));
    store_writer_free(writer);
    store_close(store);
}

static void log_is_trimmed_on_opening(void **state)
{
    const char *path = in_folder(state, "a.db");

    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<100500)"
                   " INSERT INTO change(creator) SELECT i FROM n");
    sqlite3_close(db);
    store_close(open_for(path, STORE_READ));
    assert_string_equal(oracle(path, "SELECT count(*) FROM change"), "100500");
    store_close(open_for(path, STORE_EXPLORE));
    assert_string_equal(oracle(path, "SELECT min(seq)||' '||max(seq) FROM change"), "501 100500");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(new_store_has_the_whole_schema, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(every_stored_column_is_there, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(strict_tables_refuse_wrong_types, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(opening_again_keeps_all, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(empty_file_becomes_a_store, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(who_waits_is_told_and_may_leave, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(what_is_no_store_is_refused_by_name, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(newer_store_is_refused_unchanged, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(names_with_a_meaning_are_plain_files, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(permissions_are_respected_and_told, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(read_mode_never_writes, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(log_is_trimmed_on_opening, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
