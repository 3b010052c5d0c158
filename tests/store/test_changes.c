#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/random.h"
#include "base/vec.h"
#include "store/changes.h"

/* A reader of the log keeps a mirror of id and followers; whatever anyone writes, the mirror must be the
 * store again. */
#define MIRROR 400

struct mirror {
    bool there[MIRROR];
    double followers[MIRROR];
    size_t puts, drops, begun;
};

static bool mirror_begin(void *self, struct err *err)
{
    struct mirror *mirror = self;
    (void)err;
    mirror->begun++;
    return true;
}

static bool mirror_put(void *self, const struct record *record, struct err *err)
{
    struct mirror *mirror = self;
    (void)err;
    assert_in_range(record->id, 1, MIRROR - 1);
    mirror->there[record->id] = true;
    mirror->followers[record->id] = record_number(record, COL_FOLLOWERS);
    mirror->puts++;
    return true;
}

static bool mirror_drop(void *self, int64_t id, struct err *err)
{
    struct mirror *mirror = self;
    (void)err;
    assert_in_range(id, 1, MIRROR - 1);
    mirror->there[id] = false;
    mirror->drops++;
    return true;
}

static bool mirror_end(void *self, bool ok, struct err *err)
{
    (void)self;
    (void)err;
    return ok;
}

static struct record_sink sink_of(struct mirror *mirror)
{
    return (struct record_sink){mirror, mirror_begin, mirror_put, mirror_drop, mirror_end};
}

static enum store_changes follow(struct store *store, int64_t *seq, struct mirror *mirror,
                                 size_t most)
{
    struct err err = {.message = ""};
    enum store_changes state;
    while ((state = store_changes_read(store, seq, most, sink_of(mirror), &err)) ==
           STORE_CHANGES_SOME)
        continue;
    assert_string_equal(err.message, "");
    return state;
}

static void assert_mirrors(const struct mirror *mirror, const char *path)
{
    struct buf text = BUF_INIT;
    for (int id = 1; id < MIRROR; id++)
        if (mirror->there[id])
            buf_addf(&text, "%s%d:%g", text.length ? " " : "", id, mirror->followers[id]);
    const char *stored = oracle(path, "SELECT ifnull(group_concat(id||':'||followers, ' '), '')"
                                      " FROM (SELECT * FROM creator ORDER BY id)");
    assert_string_equal(buf_string(&text), stored);
    buf_release(&text);
}

static void only_what_changed_is_read(void **state)
{
    const char *path = in_folder(state, "a.db");
    store_close(open_for(path, STORE_WRITE));
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "INSERT INTO creator(id, platform, handle, followers)"
                   " VALUES(1,'x','ada',10), (2,'x','bob',20), (3,'x','cid',30)");
    struct store *store = open_for(path, STORE_EXPLORE);
    struct mirror mirror = {.puts = 0};
    int64_t seq;
    assert_true(store_changes_latest(store, &seq, NULL));
    assert_int_equal(follow(store, &seq, &mirror, 100), STORE_CHANGES_NONE);
    assert_int_equal(mirror.begun, 0);
    oracle_run(db, "UPDATE creator SET followers=21 WHERE id=2;"
                   "UPDATE creator SET followers=22 WHERE id=2");
    assert_int_equal(follow(store, &seq, &mirror, 100), STORE_CHANGES_NONE);
    assert_int_equal(mirror.puts, 1); /* twice changed, once read */
    assert_true(mirror.followers[2] == 22);
    /* Out goes the old row, by key, and a new one comes, in one slice, however small it is. */
    oracle_run(db, "REPLACE INTO creator(platform, handle, followers) VALUES('x', 'BOB', 25)");
    assert_int_equal(store_changes_read(store, &seq, 1, sink_of(&mirror), NULL),
                     STORE_CHANGES_SOME);
    assert_int_equal(mirror.puts, 2);
    assert_int_equal(mirror.drops, 1);
    assert_true(mirror.there[4] && !mirror.there[2]);
    store_close(store);
    sqlite3_close(db);
}

static void one_random_change(sqlite3 *db, struct random *random)
{
    static const char *const kinds[] = {
        "INSERT OR IGNORE INTO creator(id, platform, handle, followers) VALUES(%d,'x','c%d',%d)",
        "INSERT OR REPLACE INTO creator(id, platform, handle, followers) VALUES(%d,'x','c%d',%d)",
        "UPDATE OR REPLACE creator SET id=%d, handle='C%d' WHERE id=%d",
        "UPDATE creator SET followers=%3$d WHERE id BETWEEN %1$d AND %2$d",
        "DELETE FROM creator WHERE id=%d AND %d+%d>0",
    };
    char sql[160];
    int id = 1 + (int)random_below(random, 60), key = 1 + (int)random_below(random, 60);
    int other = 1 + (int)random_below(random, 60);
    snprintf(sql, sizeof sql, kinds[random_below(random, COUNT_OF(kinds))], id, key, other);
    oracle_run(db, sql);
}

/* Any writing by others, in one transaction or in many, and slices of any size. */
static void a_mirror_of_it_stays_the_store(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    sqlite3 *db = oracle_open(path);
    struct mirror mirror = {.puts = 0};
    struct random random;
    uint64_t seed = 20261123;
    int64_t seq = 0;
    random_init(&random, seed);
    for (int round = 0; round < 300; round++) {
        bool one = random_below(&random, 2) == 0;
        oracle_run(db, one ? "BEGIN" : "SELECT 1");
        for (size_t i = random_below(&random, 8); i > 0; i--)
            one_random_change(db, &random);
        oracle_run(db, one ? "COMMIT" : "SELECT 1");
        if (random_below(&random, 3) == 0)
            continue;
        if (follow(store, &seq, &mirror, 1 + random_below(&random, 5)) != STORE_CHANGES_NONE)
            fail_msg("reload in round %d of seed %llu", round, (unsigned long long)seed);
        assert_mirrors(&mirror, path);
    }
    store_close(store);
    sqlite3_close(db);
}

static void what_cannot_be_named_asks_for_a_reload(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    sqlite3 *db = oracle_open(path);
    struct mirror mirror = {.puts = 0};
    int64_t seq = 0;
    oracle_run(db, "INSERT INTO creator(id, platform, handle) VALUES(1,'x','ada')");
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_NONE);
    /* An import that says everything. */
    oracle_run(db, "INSERT INTO change(creator) VALUES(NULL)");
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_RELOAD);
    assert_true(store_changes_latest(store, &seq, NULL));
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_NONE);
    /* The log was cut before it was read. */
    oracle_run(db, "UPDATE creator SET likes=1; UPDATE creator SET likes=2;"
                   "DELETE FROM change WHERE seq<(SELECT max(seq) FROM change)");
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_RELOAD);
    /* An older file came back in its place. */
    int64_t ahead = seq + 1000;
    assert_int_equal(follow(store, &ahead, &mirror, 9), STORE_CHANGES_RELOAD);
    /* So many that to load all is less. */
    assert_true(store_changes_latest(store, &seq, NULL));
    oracle_run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<20000)"
                   " INSERT INTO change(creator) SELECT 1 FROM n");
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_RELOAD);
    assert_int_equal(mirror.puts, 1);
    store_close(store);
    sqlite3_close(db);
}

static void own_things_are_no_changes_of_creators(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    struct mirror mirror = {.puts = 0};
    int64_t seq = 0;
    assert_true(store_meta_set(store, "view", TEXT("mine"), NULL));
    assert_int_equal(follow(store, &seq, &mirror, 9), STORE_CHANGES_NONE);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_changed_is_read, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_mirror_of_it_stays_the_store, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_cannot_be_named_asks_for_a_reload, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(own_things_are_no_changes_of_creators, folder_make,
                                        folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
