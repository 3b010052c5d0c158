#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/random.h"
#include "domain/currency.h"
#include "store/own.h"
#include "store/visit.h"

/* When creators came, changed and went, and as they were: against a model of what was done, and plain
 * SQL. */

#define DAY 86400.0
#define START 1795435200.0

static double clock_at = START;

static double held_clock(void)
{
    return clock_at;
}

/* ---- visits ---- */

static double last_of(struct store *store)
{
    double last;

    assert_true(store_visit_last(store, &last, NULL));
    return last;
}

static void a_visit_knows_the_one_before(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *one = open_for(path, STORE_EXPLORE), *two;
    double last;

    assert_true(isnan(last_of(one)));
    assert_true(store_visit_begin(one, 1000, &last, NULL));
    assert_true(isnan(last));
    assert_true(store_visit_seen(one, 1500, NULL));
    assert_true(isnan(last_of(one)));
    /* A second one meanwhile; the first goes on counting from what it counted from. */
    two = open_for(path, STORE_EXPLORE);
    assert_true(store_visit_begin(two, 1600, &last, NULL));
    assert_true(last == 1500);
    assert_true(store_visit_seen(one, 1900, NULL));
    assert_true(isnan(last_of(one)) && last_of(two) == 1900);
    /* A clock that was put back shortens no visit. */
    assert_true(store_visit_seen(two, 1200, NULL));
    store_close(one);
    store_close(two);
    /* Who only reads makes none. */
    one = open_for(path, STORE_READ);
    assert_true(last_of(one) == 1600);
    assert_false(store_visit_begin(one, 2000, &last, NULL));
    assert_true(last == 1600);
    store_close(one);
    assert_string_equal(oracle(path, "SELECT group_concat(began||'-'||seen) FROM visit"),
                        "1000-1900,1600-1600");
}

static void the_last_twenty_visits_are_kept(void **state)
{
    const char *path = in_folder(state, "a.db");
    double last;

    for (int i = 1; i <= 30; i++) {
        struct store *store = open_for(path, STORE_EXPLORE);
        assert_true(store_visit_begin(store, i * 100, &last, NULL));
        assert_true(i == 1 ? isnan(last) : last == i * 100 - 50);
        assert_true(store_visit_seen(store, i * 100 + 50, NULL));
        store_close(store);
    }
    assert_string_equal(oracle(path, "SELECT count(*)||' '||min(began)||' '||max(seen) FROM visit"),
                        "20 1100 3050");
}

/* Begun by the first word that it is still there. */
static void a_visit_that_found_the_store_busy_begins_later(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    sqlite3 *other = oracle_open(path);
    double last = 0;

    oracle_run(other, "INSERT INTO visit(began, seen) VALUES(10, 20); BEGIN IMMEDIATE");
    assert_false(store_visit_begin(store, 100, &last, NULL));
    assert_true(store_busy(store) && last == 20);
    assert_false(store_visit_seen(store, 110, NULL));
    oracle_run(other, "COMMIT");
    assert_true(store_visit_seen(store, 120, NULL));
    assert_true(last_of(store) == 20);
    sqlite3_close(other);
    store_close(store);
    assert_string_equal(oracle(path, "SELECT began||' '||seen FROM visit ORDER BY seq DESC"),
                        "120 120");
}

/* ---- who came, changed and went ---- */

#define HANDLES 24

struct known {
    bool there, was; /* here; or gone, and remembered */
    char written[8]; /* the handle as it is spelled */
    double followers, added, changed, went;
};

struct history {
    struct random random;
    struct known known[HANDLES];
    const char *path;
};

static const char *spelled(struct history *it, int who)
{
    static char handle[8];

    snprintf(handle, sizeof handle, "%c%02d", random_below(&it->random, 2) ? 'h' : 'H', who);
    return handle;
}

static void comes(struct history *it, int who, const char *handle, double followers)
{
    struct known *known = &it->known[who];

    snprintf(known->written, sizeof known->written, "%s", handle);
    known->added = known->was ? known->added : clock_at;
    known->changed = known->was ? clock_at : NAN;
    known->followers = followers;
    known->there = true;
    known->was = false;
}

static void changes(struct history *it, int who, double followers)
{
    struct known *known = &it->known[who];

    if (known->followers != followers)
        known->changed = clock_at;
    known->followers = followers;
}

static void goes(struct history *it, int who)
{
    struct known *known = &it->known[who];

    known->was = true;
    known->there = false;
    known->went = clock_at;
}

static void tell_clock(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count, (void)values;
    sqlite3_result_double(context, clock_at);
}

static sqlite3 *other_program(const char *path, bool recursive)
{
    sqlite3 *db = oracle_open(path);

    assert_int_equal(sqlite3_create_function_v2(db, "unixepoch", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS,
                                                NULL, tell_clock, NULL, NULL, NULL),
                     SQLITE_OK);
    oracle_run(db, recursive ? "PRAGMA recursive_triggers=1" : "PRAGMA recursive_triggers=0");
    return db;
}

/* One thing another program does. */
static void others_write(struct history *it, sqlite3 *db)
{
    static const char *const statements[] = {
        "INSERT OR IGNORE INTO creator(platform, handle, followers) VALUES('x', '%s', %d)",
        "INSERT OR REPLACE INTO creator(platform, handle, followers) VALUES('x', '%s', %d)",
        "INSERT INTO creator(platform, handle, followers) VALUES('x', '%s', %d)"
        " ON CONFLICT(key, platform) DO UPDATE SET followers=excluded.followers",
        "UPDATE creator SET followers=new.n FROM (SELECT '%s' AS who, %d AS n) AS new"
        " WHERE key=lower(new.who)",
        "DELETE FROM creator WHERE key=lower('%s') AND %d>=0",
    };
    int who = (int)random_below(&it->random, HANDLES), what = (int)random_below(&it->random, 5);
    int followers = (int)random_below(&it->random, 3);
    struct known *known = &it->known[who];
    const char *handle = spelled(it, who);
    char sql[300];

    snprintf(sql, sizeof sql, statements[what], handle, followers);
    oracle_run(db, sql);
    if (what < 3 && !known->there) {
        comes(it, who, handle, followers);
    } else if (what == 1) {
        goes(it, who);
        comes(it, who, handle, followers);
    } else if (what == 4 && known->there) {
        goes(it, who);
    } else if (known->there && (what == 2 || what == 3)) {
        changes(it, who, followers);
    }
}

/* A list of ours: a few, or with enough beside them that the triggers are away. */
static void we_import(struct history *it, struct store *store, bool many)
{
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);

    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; many && i < 1200; i++) {
        char handle[20];
        snprintf(handle, sizeof handle, "mass%d", i);
        struct record record = creator(PLATFORM_TIKTOK, handle);
        record_set_number(&record, COL_FOLLOWERS, clock_at);
        assert_true(sink.put(sink.self, &record, NULL));
    }
    for (int i = 0; i < 6; i++) {
        int who = (int)random_below(&it->random, HANDLES);
        double followers = (double)random_below(&it->random, 3);
        struct known *known = &it->known[who];
        struct record record =
            creator(PLATFORM_X, known->there ? known->written : spelled(it, who));
        record_set_number(&record, COL_FOLLOWERS, followers);
        char handle[8];
        snprintf(handle, sizeof handle, "%s", record_text(&record, COL_HANDLE).at);
        assert_true(sink.put(sink.self, &record, NULL));
        if (known->there)
            changes(it, who, followers);
        else
            comes(it, who, handle, followers);
    }
    int who = (int)random_below(&it->random, HANDLES);
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT id FROM creator WHERE key='h%02d'", who);
    const char *id = oracle(it->path, sql);
    /* Only who was there before this list: the oracle sees nothing of it yet. */
    if (strcmp(id, "NULL") != 0) {
        assert_true(sink.drop(sink.self, atoll(id), NULL));
        goes(it, who);
    }
    assert_true(sink.end(sink.self, true, NULL));
    store_writer_free(writer);
}

static void is_gone(void *self, enum platform platform, struct text handle, double at)
{
    struct history *it = self;
    int who = atoi(handle.at + 1);

    assert_int_equal(platform, PLATFORM_X);
    assert_true(it->known[who].was && at == it->known[who].went);
    assert_true(text_is(handle, it->known[who].written));
    it->known[who].went = -at; /* told once */
}

static void compare(struct history *it, struct store *store)
{
    for (int who = 0; who < HANDLES; who++) {
        const struct known *known = &it->known[who];
        char sql[200], wanted[100] = "NULL", changed[30] = "-";
        snprintf(sql, sizeof sql,
                 "SELECT followers||' '||added_at||' '||ifnull(changed_at, '-') FROM creator"
                 " WHERE key='h%02d'",
                 who);
        if (!isnan(known->changed))
            snprintf(changed, sizeof changed, "%.0f", known->changed);
        if (known->there)
            snprintf(wanted, sizeof wanted, "%.0f %.0f %s", known->followers, known->added,
                     changed);
        assert_string_equal(oracle(it->path, sql), wanted);
    }
    assert_true(store_gone(store, -INFINITY, is_gone, it, NULL));
    for (int who = 0; who < HANDLES; who++) {
        assert_true(!it->known[who].was || it->known[who].went < 0);
        it->known[who].went = fabs(it->known[who].went);
    }
}

static void times_are_kept_whoever_writes(void **state)
{
    const char *path = in_folder(state, "a.db");

    for (uint64_t seed = 1; seed <= 4; seed++) {
        struct history it = {.path = path};
        struct store *store = open_for(path, seed % 2 ? STORE_WRITE : STORE_FEED);
        sqlite3 *other = other_program(path, seed > 2);
        store_set_clock(store, held_clock);
        random_init(&it.random, seed);
        for (int step = 0; step < 120; step++) {
            clock_at += (double)random_below(&it.random, 3);
            if (random_below(&it.random, 8) == 0)
                we_import(&it, store, seed % 2 && step % 3 == 0);
            else
                others_write(&it, other);
            if (step % 10 == 9)
                compare(&it, store);
        }
        assert_true(store_gone(store, NAN, is_gone, &it, NULL)); /* no visit: nobody, so no fault */
        sqlite3_close(other);
        store_close(store);
        assert_string_equal(oracle(path, "PRAGMA integrity_check"), "ok");
        unlink(path);
    }
}

static void count_gone(void *self, enum platform platform, struct text handle, double at)
{
    (void)platform, (void)handle, (void)at;
    ++*(size_t *)self;
}

static void ten_thousand_who_went_are_kept(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    size_t gone = 0;

    sqlite3 *db = oracle_open(path);
    oracle_run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<10400)"
                   " INSERT INTO creator(platform, handle) SELECT 'x', 'c'||i FROM n;"
                   "DELETE FROM creator WHERE id<=10300");
    sqlite3_close(db);
    assert_true(store_gone(store, 0, count_gone, &gone, NULL));
    assert_int_equal(gone, 10000);
    store_close(store);
    assert_string_equal(oracle(path, "SELECT count(*)||' '||sum(handle='c300')||' '||"
                                     "sum(handle='c301') FROM gone"),
                        "10000 0 1");
}

/* Every column that another program can write is watched, but for the times themselves and what the
 * writer keeps beside the figures. */
static void the_trigger_watches_every_column(void **state)
{
    const char *path = in_folder(state, "a.db");
    static const char sql[] =
        "SELECT group_concat(name) FROM pragma_table_xinfo('creator') WHERE hidden=0"
        " AND NOT EXISTS(SELECT 1 FROM sqlite_schema s WHERE s.name='change_updated'"
        " AND instr(s.sql, 'new.'||iif(pragma_table_xinfo.name='window', '\"window\"',"
        " pragma_table_xinfo.name)||' IS NOT old.')"
        " AND instr(substr(s.sql, 1, instr(s.sql, ' ON creator')), pragma_table_xinfo.name))";

    store_close(open_for(path, STORE_WRITE));
    assert_string_equal(oracle(path, sql), "added_at,changed_at,carried");
}

/* ---- as they were ---- */

static const enum column dates[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};

static void draw_creator(struct random *random, struct record *record, double day)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        if (random_below(random, 2))
            record_set_number(record, snapshot_fields[i].column,
                              1 + (double)random_below(random, 5));
    for (size_t i = 0; i < 3; i++)
        if (random_below(random, 5) > 0)
            record_set_number(record, dates[i],
                              START + (day + (double)random_below(random, 3)) * DAY);
    if (record_has(record, COL_ER) && random_below(random, 3))
        record_set_text(record, COL_ER_BASIS, text_of(random_below(random, 2) ? "reach" : "views"));
    if (record_has(record, COL_FEE) && random_below(random, 3))
        record_set_text(record, COL_CURRENCY, text_of(random_below(random, 2) ? "EUR" : "USD"));
}

struct was {
    const char *path;
    double at;
    size_t seen, known;
};

/* The last value of a column dated not after `at`, the row's before that of the history of the same
 * moment; and a column of the entry it comes from. */
static const char *then_by_sql(const struct was *was, int64_t id, const char *column,
                               const char *told, const char *date)
{
    char sql[1000];

    snprintf(sql, sizeof sql,
             "SELECT v FROM (SELECT %s AS v, %s AS known, %s AS at, 1 AS row FROM creator"
             " WHERE id=%lld UNION ALL SELECT %s, %s, at, 0 FROM snapshot WHERE creator=%lld)"
             " WHERE known IS NOT NULL AND at<=%.0f ORDER BY at DESC, row DESC",
             told, column, date, (long long)id, told, column, (long long)id, was->at);
    return oracle(was->path, sql);
}

static void compare_then(void *self, int64_t id, const struct snapshot *then)
{
    struct was *was = self;
    static const char *const date_keys[GROUP_COUNT] = {[GROUP_AUDIENCE] = "audience_at",
                                                       [GROUP_ENGAGEMENT] = "engagement_at",
                                                       [GROUP_PRICE] = "fee_at"};

    was->seen++;
    assert_true(then->at == was->at);
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        const struct column_row *column = &columns[snapshot_fields[i].column];
        const char *date = date_keys[column->group];
        const char *wanted = then_by_sql(was, id, column->key, column->key, date);
        double value = snapshot_value(then, i);
        if (strcmp(wanted, "NULL") == 0)
            assert_true(isnan(value));
        else
            assert_true(value == strtod(wanted, NULL));
        was->known += !isnan(value);
    }
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++) {
        bool rate = snapshot_words[i] == COL_ER_BASIS;
        struct text word = snapshot_word(then, snapshot_words[i]);
        const char *wanted =
            then_by_sql(was, id, rate ? "er" : "fee", rate ? "er_basis" : "currency",
                        rate ? "engagement_at" : "fee_at");
        assert_true(strcmp(wanted, "NULL") == 0 ? !text_known(word) : text_is(word, wanted));
    }
}

static void creators_are_seen_as_they_were(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    struct was was = {.path = path};
    struct random random;
    static const char *const handles[] = {"ada", "bob", "cid", "dee", "eve"};
    int64_t ids[] = {3, 99, 1, 5, 2, 4};

    random_init(&random, 7);
    for (int list = 0; list < 12; list++) {
        struct record records[5];
        struct snapshot past[5];
        for (size_t i = 0; i < 5; i++) {
            records[i] = creator(PLATFORM_X, handles[i]);
            draw_creator(&random, &records[i], list * 3);
            past[i] = snapshot_at(START + (double)random_below(&random, 40) * DAY);
            for (size_t k = 0; k < SNAPSHOT_FIELDS; k++)
                if (random_below(&random, 3) == 0)
                    *snapshot_figure(&past[i], k) = 10 + (double)random_below(&random, 5);
            records[i].snapshots = &past[i];
            records[i].snapshot_count = random_below(&random, 2);
        }
        import(store, records, 5);
    }
    for (int day = -1; day < 42; day += 4) {
        was.at = START + day * DAY;
        was.seen = 0;
        assert_true(store_as_of(store, ids, 6, was.at, compare_then, &was, NULL));
        assert_int_equal(was.seen, 5);
    }
    assert_true(was.known > 300);
    store_close(store);
}

/* What gives way to a value of another date stays as the past, a fee too. */
static void a_fee_that_gives_way_is_remembered(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record old = creator(PLATFORM_X, "ada"), new = old;
    struct store *store = open_for(path, STORE_WRITE);

    record_set_number(&old, COL_FEE, 50000);
    record_set_text(&old, COL_CURRENCY, TEXT("EUR"));
    record_set_number(&old, COL_FEE_AT, START);
    record_set_number(&old, COL_ER, 0.04);
    record_set_text(&old, COL_ER_BASIS, TEXT("reach"));
    record_set_number(&old, COL_ENGAGEMENT_AT, START);
    record_set_number(&new, COL_FEE, 70000);
    record_set_text(&new, COL_CURRENCY, TEXT("USD"));
    record_set_number(&new, COL_FEE_AT, START + DAY);
    record_set_number(&new, COL_ER, 0.05);
    record_set_number(&new, COL_ENGAGEMENT_AT, START + DAY);
    import(store, &old, 1);
    assert_int_equal(import(store, &new, 1).snapshots, 1);
    assert_string_equal(oracle(path, "SELECT fee||currency||er||er_basis||(at-1795435200)"
                                     " FROM snapshot"),
                        "50000EUR0.04reach0");
    assert_int_equal(import(store, &new, 1).snapshots, 0);
    store_close(store);
}

struct looks {
    double followers[4], fee[4]; /* by id */
    size_t count;
};

static void take_look(void *self, int64_t id, const struct snapshot *then)
{
    struct looks *looks = self;

    looks->count++;
    looks->followers[id] = then->followers;
    looks->fee[id] = then->fee;
}

static struct looks looks_of(struct store *store, double at)
{
    static const int64_t ids[] = {1, 2, 3, 9};
    struct looks looks = {.count = 0};

    assert_true(store_as_seen(store, ids, 4, at, take_look, &looks, NULL));
    return looks;
}

/* Who is planned or ticked is compared with what was seen, whatever dates the figures bear; of the
 * others there is only what is dated. */
static void what_was_seen_is_what_counts(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    struct record records[] = {creator(PLATFORM_X, "ada"), creator(PLATFORM_X, "bob"),
                               creator(PLATFORM_X, "cid")};
    const struct store_plan_row planned = {PLATFORM_X, TEXT("bob"), {.deliverables = 2}};
    struct looks looks;
    double last;

    for (size_t i = 0; i < 3; i++) {
        record_set_number(&records[i], COL_FOLLOWERS, 1000);
        record_set_number(&records[i], COL_AUDIENCE_AT, START);
    }
    import(store, records, 3);
    assert_true(store_visit_begin(store, START + 5 * DAY, &last, NULL));
    assert_true(store_tick_set(store, PLATFORM_X, TEXT("ada"), true, NULL));
    assert_true(store_plan_set(store, TEXT("default"), &planned, NULL));
    oracle(path, "UPDATE creator SET followers=1100, fee=500 WHERE handle='ada'");
    assert_true(store_visit_leave(store, START + 6 * DAY, NULL));
    store_close(store);

    /* Dated before that visit, and read after it. */
    store = open_for(path, STORE_EXPLORE);
    for (size_t i = 0; i < 3; i++) {
        record_set_number(&records[i], COL_FOLLOWERS, 2000);
        record_set_number(&records[i], COL_AUDIENCE_AT, START + 4 * DAY);
    }
    import(store, records, 3);
    oracle(path, "UPDATE creator SET fee=900 WHERE handle<>'cid'");
    assert_true(store_visit_begin(store, START + 7 * DAY, &last, NULL));
    looks = looks_of(store, last);
    assert_int_equal(looks.count, 3);
    assert_true(looks.followers[1] == 1100 && looks.fee[1] == 500);
    assert_true(looks.followers[2] == 1000 && isnan(looks.fee[2]));
    assert_true(looks.followers[3] == 2000);
    store_close(store);

    /* Killed: as it was when that visit began. */
    store = open_for(path, STORE_EXPLORE);
    oracle(path, "UPDATE creator SET followers=3000");
    assert_true(store_visit_begin(store, START + 8 * DAY, &last, NULL));
    looks = looks_of(store, last);
    assert_true(looks.followers[1] == 2000 && looks.fee[2] == 900);
    for (int i = 0; i < 5; i++)
        assert_true(store_visit_begin(store, START + 9 * DAY, &last, NULL));
    assert_string_equal(oracle(path, "SELECT count(DISTINCT visit)||' '||max(visit) FROM seen"),
                        "5 8");
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_seen_is_what_counts, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_visit_knows_the_one_before, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(the_last_twenty_visits_are_kept, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(a_visit_that_found_the_store_busy_begins_later, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(times_are_kept_whoever_writes, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(ten_thousand_who_went_are_kept, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(the_trigger_watches_every_column, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(creators_are_seen_as_they_were, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(a_fee_that_gives_way_is_remembered, folder_make,
                                        folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
