#include "support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/moving.h"

/* A store that is open for days of small transactions. */

static void feed(struct store *store, const struct record *record, const char *place)
{
    struct err err;
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, &err));
    assert_true(sink.put(sink.self, record, &err));
    if (place)
        assert_true(store_meta_set(store, "place", text_of(place), &err));
    assert_true(sink.end(sink.self, place != NULL, &err));
    store_writer_free(writer);
}

static void a_place_goes_with_what_was_read(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct store *store = open_for(path, STORE_FEED);
    struct record ana = creator_at(PLATFORM_X, "ana", 100, 1000),
                  ben = creator_at(PLATFORM_X, "ben", 100, 1000);
    feed(store, &ana, "1");
    assert_string_equal(oracle(path, "SELECT value FROM meta WHERE key='place'"), "1");
    feed(store, &ben, NULL); /* undone */
    assert_string_equal(oracle(path, "SELECT value FROM meta WHERE key='place'"), "1");
    assert_string_equal(oracle(path, "SELECT count(*) FROM creator"), "1");
    assert_string_equal(oracle(path, "PRAGMA journal_mode"), "wal");
    store_close(store);
}

static void snapshots_find_their_place_in_time(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct store *store = open_for(path, STORE_FEED);
    static const double times[] = {3000, 1000, 2000, 3000, 4000, 1000};
    for (size_t i = 0; i < 6; i++) {
        struct record ana = creator_at(PLATFORM_X, "ana", times[i] / 10, times[i]);
        feed(store, &ana, "");
    }
    assert_string_equal(oracle(path, "SELECT followers || ' ' || audience_at FROM creator"),
                        "400 4000");
    assert_string_equal(oracle(path, "SELECT group_concat(at || ':' || followers, ' ') FROM"
                                     " (SELECT * FROM snapshot ORDER BY at)"),
                        "1000:100 2000:200 3000:300");
    store_close(store);
}

/* Which columns are in use is known as long as all who write keep it; then nobody looks at all rows
 * for a small transaction. */
static void nothing_looks_at_the_whole(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct store *store = open_for(path, STORE_FEED);
    bool filled[COLUMN_COUNT];
    struct record ana = creator_at(PLATFORM_X, "ana", 100, 1000);
    feed(store, &ana, "1");
    assert_true(strstr(oracle(path, "SELECT value FROM meta WHERE key='store.filled'"),
                       " followers") != NULL);
    sqlite3 *other = oracle_open(path);
    oracle_run(other, "UPDATE creator SET bio='words'");
    sqlite3_close(other);
    char before[400];
    snprintf(before, sizeof before, "%s",
             oracle(path, "SELECT value FROM meta WHERE key='store.filled'"));
    ana = creator_at(PLATFORM_X, "ana", 200, 2000);
    feed(store, &ana, "2");
    assert_string_equal(oracle(path, "SELECT value FROM meta WHERE key='store.filled'"), before);
    assert_true(store_load_filled(store, filled, NULL));
    assert_true(filled[COL_BIO] && filled[COL_FOLLOWERS] && !filled[COL_EMAIL]);
    store_close(store);
}

static void a_lock_is_no_wait(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct err err;
    struct store *store = open_for(path, STORE_FEED);
    sqlite3 *other = oracle_open(path);
    oracle_run(other, "BEGIN IMMEDIATE");
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_false(sink.begin(sink.self, &err));
    assert_true(store_busy(store));
    assert_non_null(strstr(err.message, "another program is writing to it"));
    oracle_run(other, "COMMIT");
    assert_true(sink.begin(sink.self, &err));
    assert_true(sink.end(sink.self, true, &err));
    store_writer_free(writer);
    sqlite3_close(other);
    store_close(store);
}

static void a_file_that_goes_is_noticed(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct store *store = open_for(path, STORE_FEED);
    assert_true(store_in_place(store));
    char aside[500];
    snprintf(aside, sizeof aside, "%s.old", path);
    assert_int_equal(rename(path, aside), 0);
    assert_false(store_in_place(store));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    assert_false(store_in_place(store));
    assert_int_equal(rename(aside, path), 0);
    assert_true(store_in_place(store));
    store_close(store);
}

struct seen {
    struct record record;
    char handle[32];
    int count;
};

static bool see(void *self, const struct record *record, struct err *err)
{
    struct seen *seen = self;
    struct text handle = record_text(record, COL_HANDLE);
    (void)err;
    seen->record = *record;
    seen->count++;
    snprintf(seen->handle, sizeof seen->handle, "%.*s", (int)handle.length, handle.at);
    return true;
}

static void creators_are_given_one_by_one(void **state)
{
    const char *path = in_folder(state, "s.db");
    struct store *store = open_for(path, STORE_FEED);
    struct seen seen = {.count = 0};
    int64_t last;
    bool found;
    assert_true(store_last_id(store, &last, NULL) && last == 0);
    assert_true(store_moving(store, 1, see, &seen, &found, NULL) && !found);
    struct record ana = creator_at(PLATFORM_X, "ana", 100, 1000),
                  ben = creator_at(PLATFORM_TIKTOK, "ben", 200, 2000);
    feed(store, &ana, "");
    feed(store, &ben, "");
    sqlite3 *other = oracle_open(path);
    oracle_run(other, "UPDATE creator SET id=id*10");
    sqlite3_close(other);
    assert_true(store_last_id(store, &last, NULL) && last == 20);
    assert_true(store_moving(store, 11, see, &seen, &found, NULL) && found);
    assert_string_equal(seen.handle, "ben");
    assert_true(seen.record.id == 20);
    assert_true(record_number(&seen.record, COL_FOLLOWERS) == 200);
    assert_true(record_number(&seen.record, COL_AUDIENCE_AT) == 2000);
    assert_false(record_has(&seen.record, COL_LIKES));
    assert_int_equal(seen.count, 1);
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_place_goes_with_what_was_read), TEST(snapshots_find_their_place_in_time),
        TEST(nothing_looks_at_the_whole),      TEST(a_lock_is_no_wait),
        TEST(a_file_that_goes_is_noticed),     TEST(creators_are_given_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
