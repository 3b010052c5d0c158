#include "support.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_make(void **state)
{
    const char *base = getenv("TMPDIR");
    char *folder = malloc(4096);

    snprintf(folder, 4096, "%s/store-test-XXXXXX", base ? base : "/tmp");
    *state = folder;
    return mkdtemp(folder) ? 0 : -1;
}

int folder_remove(void **state)
{
    char path[4096 + 300];
    DIR *folder = opendir(*state);
    struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        snprintf(path, sizeof path, "%s/%s", (char *)*state, entry->d_name);
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") && unlink(path) != 0)
            rmdir(path);
    }
    if (folder)
        closedir(folder);
    int left = rmdir(*state);
    free(*state);
    return left;
}

const char *in_folder(void **state, const char *name)
{
    static char paths[16][4096];
    static int turn;
    char *path = paths[turn++ % 16];

    snprintf(path, sizeof paths[0], "%.3000s/%.200s", (char *)*state, name);
    return path;
}

struct store *open_for(const char *path, enum store_mode mode)
{
    struct store *store;
    struct err err;

    if (!store_open(path, mode, &store, &err))
        fail_msg("%s", err.message);
    return store;
}

sqlite3 *oracle_open(const char *path)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    return db;
}

void oracle_run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
}

const char *oracle(const char *path, const char *sql)
{
    static char answers[4][4096];
    static int turn;
    char *answer = answers[turn++ % 4];
    sqlite3 *db = oracle_open(path);
    sqlite3_stmt *stmt;

    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    const char *text =
        sqlite3_step(stmt) == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;
    snprintf(answer, sizeof answers[0], "%s", text ? text : "NULL");
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return answer;
}

struct record creator(enum platform platform, const char *handle)
{
    struct record record;

    memset(&record, 0, sizeof record);
    record_set_text(&record, COL_PLATFORM, text_of(platforms[platform].word));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    return record;
}

struct record creator_at(enum platform platform, const char *handle, double followers, double at)
{
    struct record record = creator(platform, handle);

    record_set_number(&record, COL_FOLLOWERS, followers);
    record_set_number(&record, COL_AUDIENCE_AT, at);
    return record;
}

struct store_written import(struct store *store, const struct record *records, size_t count)
{
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    struct err err = {0};
    bool ok = sink.begin(sink.self, &err);

    for (size_t i = 0; ok && i < count; i++)
        ok = sink.put(sink.self, &records[i], &err);
    if (!ok || !sink.end(sink.self, true, &err))
        fail_msg("%s", err.message);
    struct store_written written = store_writer_written(writer);
    store_writer_free(writer);
    return written;
}

void assert_written(struct store_written written, unsigned added, unsigned changed,
                    unsigned unchanged, unsigned repeated)
{
    assert_int_equal(written.added, added);
    assert_int_equal(written.changed, changed);
    assert_int_equal(written.unchanged, unchanged);
    assert_int_equal(written.repeated, repeated);
}
