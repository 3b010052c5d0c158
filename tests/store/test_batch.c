#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/random.h"
#include "store/batch.h"
#include "store/figures.h"

static const double JULY = 1782864000, AUGUST = 1785542400, SEPTEMBER = 1788220800;

static double now(void)
{
    return 1790000000;
}

static struct store *open_at_now(const char *path)
{
    struct store *store = open_for(path, STORE_WRITE);
    store_set_clock(store, now);
    return store;
}

static void write_as(struct store *store, const char *file, const struct record *records,
                     size_t count)
{
    struct store_writer *writer = store_writer_new(store);
    struct err err;
    if (file)
        store_writer_batch(writer, text_of(file));
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, &err));
    for (size_t i = 0; i < count; i++)
        if (!sink.put(sink.self, &records[i], &err))
            fail_msg("%s", err.message);
    store_writer_rows(writer, count, 0);
    if (!sink.end(sink.self, true, &err))
        fail_msg("%s", err.message);
    store_writer_free(writer);
}

static struct batch_back take_back(struct store *store, int64_t id)
{
    struct batch_back back;
    struct err err;
    if (!store_batch_take_back(store, id, &back, &err))
        fail_msg("%s", err.message);
    return back;
}

static void run_aside(const char *path, const char *sql)
{
    sqlite3 *db = oracle_open(path);
    oracle_run(db, sql);
    sqlite3_close(db);
}

/* All that is in the rows, but for what counts how they came there. */
static void dump_rows(sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *name = sqlite3_column_name(stmt, i);
            const unsigned char *value = sqlite3_column_text(stmt, i);
            if (value && strcmp(name, "id") != 0 && strcmp(name, "changed_at") != 0 &&
                strcmp(name, "creator") != 0 && strcmp(name, "made_at") != 0)
                buf_addf(out, "%s=%s ", name, (const char *)value);
        }
        buf_add_char(out, '\n');
    }
    sqlite3_finalize(stmt);
}

static char *dump(struct store *store, const char *path)
{
    struct buf out = BUF_INIT;
    struct peers peers;
    struct err err;
    assert_true(store_peers_make(store, 1, &peers, &err));
    sqlite3 *db = oracle_open(path);
    dump_rows(db, "SELECT * FROM creator ORDER BY platform, key", &out);
    dump_rows(db,
              "SELECT platform, key, snapshot.* FROM snapshot JOIN creator ON id=creator"
              " ORDER BY platform, key, at",
              &out);
    dump_rows(db, "SELECT count(*) AS snapshots FROM snapshot", &out);
    dump_rows(db, "SELECT platform, key, handle, added_at FROM gone ORDER BY platform, key", &out);
    dump_rows(db, "SELECT * FROM peer ORDER BY platform, basis, band", &out);
    dump_rows(db, "SELECT name FROM sqlite_schema ORDER BY name", &out);
    sqlite3_close(db);
    char *text = strdup(buf_string(&out));
    buf_release(&out);
    return text;
}

static void assert_dump(struct store *store, const char *path, const char *wanted, uint64_t seed)
{
    char *is = dump(store, path);
    size_t at = 0, line = 0;
    while (is[at] && is[at] == wanted[at])
        if (wanted[at++] == '\n')
            line = at;
    if (is[at] != wanted[at])
        fail_msg("seed %llu: wanted\n%.*s\nis\n%.*s", (unsigned long long)seed,
                 (int)strcspn(wanted + line, "\n"), wanted + line, (int)strcspn(is + line, "\n"),
                 is + line);
    free(is);
}

/* ---- random lists ---- */

struct list {
    struct record records[24];
    struct snapshot past[24][2];
    char handles[24][16];
    size_t count;
};

static const enum column numbers[] = {
    COL_FOLLOWERS, COL_FOLLOWING, COL_POSTS,  COL_CREDIBILITY, COL_LIKES,      COL_COMMENTS,
    COL_VIEWS,     COL_SHARES,    COL_SAMPLE, COL_WINDOW,      COL_REACH_POST, COL_SPONSORED_SHARE};
static const char *const words[] = {"", "a", "b|c", "DE"};
static const enum column texts[] = {COL_NAME, COL_COUNTRY, COL_NICHE, COL_TAG, COL_BIO};

static double some_date(struct random *random)
{
    return JULY + 86400.0 * 20 * (double)random_below(random, 6);
}

static void random_record(struct random *random, struct record *record)
{
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (random_below(random, 3) == 0)
            record_set_number(record, numbers[i], 1 + (double)random_below(random, 4));
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (random_below(random, 3) == 0)
            record_set_text(record, texts[i], text_of(words[random_below(random, 4)]));
    for (size_t i = 0; i < 3; i++)
        if (random_below(random, 3) > 0)
            record_set_number(record,
                              (enum column[]){COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT}[i],
                              some_date(random));
    if (random_below(random, 3) == 0) {
        record_set_number(record, COL_FEE, 100 * (double)(1 + random_below(random, 3)));
        record_set_text(record, COL_CURRENCY, random_below(random, 2) ? TEXT("EUR") : TEXT("USD"));
        record_set_text(record, COL_FEE_ORIGIN, TEXT("imported"));
    }
    if (random_below(random, 3) == 0) {
        record_set_number(record, COL_ER, 0.01 * (double)(1 + random_below(random, 3)));
        record_set_text(record, COL_ER_BASIS, TEXT("followers"));
    }
}

/* Creators from..to-1 may be in it. */
static void random_list(struct random *random, struct list *list, unsigned from, unsigned to)
{
    memset(list, 0, sizeof *list);
    list->count = 1 + random_below(random, 23);
    for (size_t i = 0; i < list->count; i++) {
        struct record *record = &list->records[i];
        unsigned who = from + (unsigned)random_below(random, to - from);
        snprintf(list->handles[i], sizeof list->handles[i], "%s%u",
                 random_below(random, 4) ? "ada" : "Ada", who);
        *record = creator(who % 2 ? PLATFORM_INSTAGRAM : PLATFORM_TIKTOK, list->handles[i]);
        random_record(random, record);
        record->snapshots = list->past[i];
        record->snapshot_count = random_below(random, 4) == 0 ? random_below(random, 3) : 0;
        for (size_t k = 0; k < record->snapshot_count; k++) {
            list->past[i][k] = snapshot_at(JULY + 86400.0 * 20 * (double)(k * 3) +
                                           86400.0 * 20 * (double)random_below(random, 3));
            list->past[i][k].followers = (double)random_below(random, 5);
            if (random_below(random, 2))
                list->past[i][k].likes = (double)random_below(random, 5);
        }
    }
}

static void write_list(struct store *store, const char *file, struct random *random, unsigned from,
                       unsigned to)
{
    static struct list list;
    random_list(random, &list, from, to);
    write_as(store, file, list.records, list.count);
}

static void back_in_any_order_is_as_it_was(void **state)
{
    uint64_t seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : (uint64_t)time(NULL);
    print_message("seed %llu\n", (unsigned long long)seed);
    for (unsigned round = 0; round < 30; round++, seed++) {
        struct random random;
        char name[32];
        snprintf(name, sizeof name, "%u.db", round);
        const char *path = in_folder(state, name);
        struct store *store = open_at_now(path);
        random_init(&random, seed);
        if (round % 4)
            write_list(store, round % 2 ? NULL : "x.csv", &random, 0, 12);
        char *before = dump(store, path);
        int64_t first, ids[4];
        struct err err;
        assert_true(store_batch_last(store, &first, &err));
        unsigned count = 1 + (unsigned)random_below(&random, 4);
        for (unsigned i = 0; i < count; i++) {
            write_list(store, "y.csv", &random, 0, 16);
            ids[i] = first + 1 + i;
        }
        for (unsigned left = count; left > 0; left--) {
            unsigned which = (unsigned)random_below(&random, left);
            take_back(store, ids[which]);
            ids[which] = ids[left - 1];
        }
        assert_dump(store, path, before, seed);
        free(before);
        store_close(store);
    }
}

/* Of two lists the earlier is taken back: the later one's creators that the earlier had not are as with the
 * later alone, and what a feed wrote elsewhere is as well. */
static void what_others_wrote_stays(void **state)
{
    uint64_t seed = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : (uint64_t)time(NULL);
    print_message("seed %llu\n", (unsigned long long)seed);
    for (unsigned round = 0; round < 12; round++, seed++) {
        struct random random, again;
        char name[32];
        snprintf(name, sizeof name, "one%u.db", round);
        const char *one_path = in_folder(state, name);
        snprintf(name, sizeof name, "two%u.db", round);
        const char *two_path = in_folder(state, name);
        struct store *one = open_at_now(one_path), *two = open_at_now(two_path);
        for (unsigned both = 0; both < 2; both++) {
            struct store *store = both ? two : one;
            random_init(&random, seed);
            random_init(&again, seed + 1000);
            write_list(store, "x.csv", &random, 0, 30);
            write_list(store, NULL, &random, 20, 30);
            if (both)
                write_list(store, "y.csv", &again, 0, 10);
            write_list(store, NULL, &random, 20, 30);
            write_list(store, "z.csv", &random, 10, 20);
        }
        take_back(two, 2);
        char *wanted = dump(one, one_path);
        assert_dump(two, two_path, wanted, seed);
        free(wanted);
        store_close(one);
        store_close(two);
    }
}

/* ---- by example ---- */

static void what_was_written_since_stays_with_its_past(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_at_now(path);
    struct record x = creator_at(PLATFORM_INSTAGRAM, "ada", 100, JULY);
    struct record y = creator_at(PLATFORM_INSTAGRAM, "ada", 200, AUGUST);
    struct record feed = creator_at(PLATFORM_INSTAGRAM, "ada", 300, SEPTEMBER);
    record_set_text(&y, COL_NAME, TEXT("Ada"));
    write_as(store, "x.csv", &x, 1);
    write_as(store, "y.csv", &y, 1);
    write_as(store, NULL, &feed, 1);
    struct batch_back back = take_back(store, 2);
    assert_int_equal(back.gone, 0);
    assert_int_equal(back.restored, 1);
    assert_int_equal(back.kept, 1);
    assert_string_equal(oracle(path, "SELECT followers||' '||ifnull(name,'-') FROM creator"),
                        "300 -");
    assert_string_equal(oracle(path, "SELECT group_concat(followers) FROM snapshot"), "100,200");
    store_close(store);
}

static void who_came_with_it_goes_unless_a_later_list_has_them(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_at_now(path);
    struct record both[] = {creator(PLATFORM_TIKTOK, "ada"), creator(PLATFORM_TIKTOK, "bob")};
    write_as(store, "x.csv", both, 2);
    write_as(store, "y.csv", both, 1);
    run_aside(path, "INSERT INTO tick VALUES('tiktok','bob')");
    int log = atoi(oracle(path, "SELECT max(seq) FROM change"));
    struct batch_back back = take_back(store, 1);
    assert_int_equal(back.gone, 1);
    assert_int_equal(back.kept, 1);
    assert_string_equal(oracle(path, "SELECT group_concat(handle) FROM creator"), "ada");
    assert_string_equal(oracle(path, "SELECT count(*) FROM tick"), "1");
    assert_string_equal(oracle(path, "SELECT count(*) FROM gone"), "0");
    assert_true(atoi(oracle(path, "SELECT max(seq) FROM change")) > log);
    assert_string_equal(oracle(path, "SELECT creator||' '||gone FROM change ORDER BY seq DESC"),
                        "2 1");
    assert_int_equal(take_back(store, 2).gone, 1);
    assert_string_equal(oracle(path, "SELECT count(*) FROM creator"), "0");
    struct err err;
    assert_false(store_batch_take_back(store, 2, &back, &err));
    assert_string_equal(err.message, "import 2 was taken back before");
    assert_false(store_batch_take_back(store, 7, &back, &err));
    assert_string_equal(err.message, "there is no import 7 that could be taken back");
    store_close(store);
}

static void one_that_was_written_anew_under_the_id_stays(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_at_now(path);
    struct record ada = creator(PLATFORM_TIKTOK, "ada");
    write_as(store, "x.csv", &ada, 1);
    run_aside(path, "DELETE FROM creator; INSERT INTO creator(id, platform, handle,"
                    " added_at) VALUES(1, 'x', 'eve', 1790000001)");
    assert_int_equal(take_back(store, 1).gone, 0);
    assert_string_equal(oracle(path, "SELECT handle FROM creator"), "eve");
    store_close(store);
}

struct seen {
    char files[20][16];
    struct batch items[20];
    size_t count;
    int64_t ids[8];
    size_t id_count;
};

static void see(void *self, const struct batch *batch)
{
    struct seen *seen = self;
    snprintf(seen->files[seen->count], sizeof seen->files[0], "%.*s", (int)batch->file.length,
             batch->file.at);
    seen->items[seen->count++] = *batch;
}

static void see_id(void *self, int64_t id)
{
    struct seen *seen = self;
    seen->ids[seen->id_count++] = id;
}

static void the_last_ten_are_kept_with_whom_they_had(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_at_now(path);
    struct record records[] = {creator(PLATFORM_TIKTOK, "ada"), creator(PLATFORM_TIKTOK, "bob"),
                               creator(PLATFORM_TIKTOK, "cleo")};
    struct seen seen = {.count = 0};
    struct err err;
    bool found;
    int64_t last;
    write_as(store, "old.csv", records, 2);
    for (unsigned i = 0; i < 10; i++) {
        char file[16];
        snprintf(file, sizeof file, "%u.csv", i);
        record_set_number(&records[1], COL_FOLLOWERS, i);
        write_as(store, file, records + 1, i == 9 ? 2 : 1);
    }
    assert_true(store_batches(store, see, &seen, &err));
    assert_int_equal(seen.count, 10);
    assert_string_equal(seen.files[0], "9.csv");
    assert_string_equal(seen.files[9], "0.csv");
    assert_int_equal(seen.items[0].added, 1);
    assert_int_equal(seen.items[0].changed, 1);
    assert_int_equal(seen.items[0].read, 2);
    assert_true(seen.items[0].at == now());
    assert_false(number_known(seen.items[0].taken_back_at));
    assert_string_equal(oracle(path, "SELECT count(*) FROM journal"), "10");
    assert_true(store_batch_last(store, &last, &err));
    assert_int_equal(last, seen.items[0].id);
    assert_true(store_batch_ids(store, last, &found, see_id, &seen, &err));
    assert_true(found);
    assert_int_equal(seen.id_count, 2);
    assert_int_equal(seen.ids[0], 2);
    assert_int_equal(seen.ids[1], 3);
    take_back(store, last);
    assert_true(store_batch_ids(store, last, &found, see_id, &seen, &err));
    assert_false(found);
    assert_true(store_batch_last(store, &last, &err));
    assert_int_equal(last, seen.items[1].id);
    assert_string_equal(oracle(path, "SELECT followers FROM creator WHERE handle='bob'"), "8");
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(back_in_any_order_is_as_it_was),
        TEST(what_others_wrote_stays),
        TEST(what_was_written_since_stays_with_its_past),
        TEST(who_came_with_it_goes_unless_a_later_list_has_them),
        TEST(one_that_was_written_anew_under_the_id_stays),
        TEST(the_last_ten_are_kept_with_whom_they_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
