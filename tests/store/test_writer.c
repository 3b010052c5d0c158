#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

static const double JULY = 1782864000, AUGUST = 1785542400, SEPTEMBER = 1788220800;

static void same_records_again_change_nothing(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct snapshot past[] = {snapshot_at(JULY), snapshot_at(AUGUST)};
    struct record records[3] = {creator_at(PLATFORM_INSTAGRAM, "Ada", 1000, SEPTEMBER),
                                creator(PLATFORM_TIKTOK, "ada"), creator(PLATFORM_X, "bob")};

    past[0].followers = 900, past[0].likes = 30;
    past[1].followers = 950, past[1].likes = 31.5;
    record_set_text(&records[0], COL_NICHE, TEXT("beauty|food"));
    record_set_number(&records[1], COL_LIKES, 12.25);
    records[2].snapshots = past;
    records[2].snapshot_count = 2;
    struct store *store = open_for(path, STORE_WRITE);
    struct store_written written = import(store, records, 3);
    assert_written(written, 3, 0, 0, 0);
    assert_int_equal(written.snapshots, 2);
    const char *log = oracle(path, "SELECT count(*) FROM change");
    written = import(store, records, 3);
    assert_written(written, 0, 0, 3, 0);
    assert_int_equal(written.snapshots, 0);
    assert_string_equal(oracle(path, "SELECT count(*) FROM change"), log);
    store_close(store);
}

static void known_replaces_and_unknown_leaves(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record one = creator(PLATFORM_INSTAGRAM, "ada"), two = one;

    record_set_text(&one, COL_NAME, TEXT("Ada L."));
    record_set_text(&one, COL_NICHE, TEXT("beauty|food"));
    record_set_text(&one, COL_COUNTRY, TEXT("DE"));
    record_set_number(&one, COL_FOLLOWERS, 1000);
    record_set_number(&one, COL_CREDIBILITY, 0.8);
    record_set_text(&two, COL_NAME, (struct text){0});
    record_set_text(&two, COL_COUNTRY, TEXT(""));
    record_set_text(&two, COL_NICHE, TEXT("travel"));
    record_set_number(&two, COL_FOLLOWERS, number_unknown());
    record_set_number(&two, COL_CREDIBILITY, 0.7);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &one, 1);
    assert_written(import(store, &two, 1), 0, 1, 0, 0);
    assert_string_equal(oracle(path, "SELECT name||' '||country||' '||niche||' '||followers||' '||"
                                     "credibility FROM creator"),
                        "Ada L. DE travel 1000 0.7");
    store_close(store);
}

static void platform_and_key_tell_creators_apart(void **state)
{
    static const char id[] = "UCabcdefghijklmnopqrstuv", other[] = "UCabcdefghijklmnopqrstuV";
    const char *path = in_folder(state, "a.db");
    struct record first[] = {
        creator(PLATFORM_INSTAGRAM, "Ada"),    creator(PLATFORM_TIKTOK, "Ada"),
        creator(PLATFORM_YOUTUBE, id),         creator(PLATFORM_YOUTUBE, other),
        creator(PLATFORM_YOUTUBE, "SomeName"), creator(PLATFORM_X, id),
        creator(PLATFORM_X, "\xc3\x84nne")};
    struct record again[] = {creator(PLATFORM_INSTAGRAM, "aDA"), creator(PLATFORM_YOUTUBE, id),
                             creator(PLATFORM_YOUTUBE, "somename"), creator(PLATFORM_X, other),
                             creator(PLATFORM_X, "\xc3\xa4nne")};

    struct store *store = open_for(path, STORE_WRITE);
    assert_written(import(store, first, 7), 7, 0, 0, 0);
    /* Written in another way is a change (the newer spelling is shown); only ASCII is folded. */
    assert_written(import(store, again, 5), 1, 3, 1, 0);
    assert_string_equal(oracle(path, "SELECT group_concat(handle) FROM (SELECT handle FROM creator"
                                     " WHERE platform='instagram' OR key='somename' ORDER BY id)"),
                        "aDA,somename");
    /* The same key as everybody else's. */
    for (size_t i = 0; i < 7; i++) {
        char key[64], sql[300];
        handle_key(record_platform(&first[i]), record_text(&first[i], COL_HANDLE), key);
        snprintf(sql, sizeof sql, "SELECT count(*) FROM creator WHERE platform='%s' AND key='%s'",
                 platforms[record_platform(&first[i])].word, key);
        assert_string_equal(oracle(path, sql), "1");
    }
    store_close(store);
}

static void later_record_of_one_import_wins(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record records[] = {creator(PLATFORM_X, "ada"), creator(PLATFORM_X, "bob"),
                               creator(PLATFORM_X, "ADA")};

    record_set_number(&records[0], COL_LIKES, 1);
    record_set_number(&records[2], COL_LIKES, 2);
    struct store *store = open_for(path, STORE_WRITE);
    assert_written(import(store, records, 3), 2, 0, 0, 1);
    /* Again it goes there and back: nothing has changed in the end. */
    assert_written(import(store, records, 3), 0, 0, 2, 1);
    assert_string_equal(oracle(path, "SELECT handle||likes FROM creator WHERE key='ada'"),
                        "ADA2.0");
    record_set_number(&records[2], COL_LIKES, 3);
    assert_written(import(store, records, 3), 0, 1, 1, 1);
    store_close(store);
}

static void newer_values_send_the_old_into_history(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record old = creator_at(PLATFORM_X, "ada", 1000, JULY);
    struct record newer = creator_at(PLATFORM_X, "ada", 1200, AUGUST);
    struct record undated = creator(PLATFORM_X, "ada");

    record_set_number(&old, COL_LIKES, 50);
    record_set_number(&old, COL_ENGAGEMENT_AT, JULY);
    record_set_number(&undated, COL_FOLLOWERS, 1300);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &old, 1);
    assert_string_equal(oracle(path, "SELECT count(*) FROM snapshot"), "0");
    struct store_written written = import(store, &newer, 1);
    assert_written(written, 0, 1, 0, 0);
    assert_int_equal(written.snapshots, 1);
    assert_string_equal(oracle(path, "SELECT at||' '||followers||' '||(likes IS NULL)"
                                     " FROM snapshot"),
                        "1782864000 1000 1");
    assert_string_equal(oracle(path, "SELECT followers||' '||audience_at||' '||likes||' '||"
                                     "engagement_at FROM creator"),
                        "1200 1785542400 50.0 1782864000");
    /* The old file once more: what it says is known already, in the history. */
    assert_written(import(store, &old, 1), 0, 0, 1, 0);
    /* A date that would describe other values is not kept. */
    import(store, &undated, 1);
    assert_string_equal(oracle(path, "SELECT followers||' '||ifnull(audience_at, 'none')"
                                     " FROM creator"),
                        "1300 none");
    assert_string_equal(oracle(path, "SELECT group_concat(followers) FROM snapshot"), "1000,1200");
    store_close(store);
}

static void older_values_only_fill_gaps(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record present = creator_at(PLATFORM_X, "ada", 1200, AUGUST);
    struct record older = creator_at(PLATFORM_X, "ada", 1000, JULY);

    record_set_number(&older, COL_CREDIBILITY, 0.9);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &present, 1);
    assert_written(import(store, &older, 1), 0, 1, 0, 0);
    assert_string_equal(oracle(path, "SELECT followers||' '||credibility||' '||audience_at"
                                     " FROM creator"),
                        "1200 0.9 1785542400");
    assert_string_equal(oracle(path, "SELECT at||' '||followers FROM snapshot"), "1782864000 1000");
    assert_written(import(store, &older, 1), 0, 0, 1, 0);
    store_close(store);
}

static const char *money(const char *path)
{
    return oracle(path, "SELECT ifnull(fee, '-')||' '||ifnull(currency, '-')||' '||"
                        "ifnull(fee_origin, '-')||' '||ifnull(fee_by_format, '-')||' '||"
                        "ifnull(er, '-')||' '||ifnull(er_basis, '-') FROM creator");
}

static void money_and_rates_stay_whole(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record one = creator(PLATFORM_X, "ada"), currency = one, yen = one, plain = one;

    record_set_number(&one, COL_FEE, 45000);
    record_set_text(&one, COL_CURRENCY, TEXT("EUR"));
    record_set_text(&one, COL_FEE_ORIGIN, TEXT("quoted"));
    record_set_text(&one, COL_FEE_BY_FORMAT, TEXT("story=90"));
    record_set_number(&one, COL_ER, 0.031);
    record_set_text(&one, COL_ER_BASIS, TEXT("views"));
    record_set_text(&currency, COL_CURRENCY, TEXT("JPY"));
    record_set_text(&currency, COL_ER_BASIS, TEXT("reach"));
    record_set_number(&yen, COL_FEE, 70000);
    record_set_text(&yen, COL_CURRENCY, TEXT("JPY"));
    record_set_number(&plain, COL_ER, 0.04);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &one, 1);
    assert_written(import(store, &currency, 1), 0, 0, 1, 0);
    assert_string_equal(money(path), "45000 EUR quoted story=90 0.031 views");
    import(store, &yen, 1);
    assert_string_equal(money(path), "70000 JPY - - 0.031 views");
    import(store, &plain, 1);
    assert_string_equal(money(path), "70000 JPY - - 0.04 -");
    store_close(store);
}

/* The same figure again without its partner: nobody knows whether it still is what it was. */
static void partners_not_named_again_go(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record all = creator(PLATFORM_X, "ada"), rate = all, fee = all, paid = all;

    record_set_number(&all, COL_FEE, 45000);
    record_set_text(&all, COL_CURRENCY, TEXT("EUR"));
    record_set_text(&all, COL_FEE_ORIGIN, TEXT("quoted"));
    record_set_number(&all, COL_ER, 0.031);
    record_set_text(&all, COL_ER_BASIS, TEXT("views"));
    record_set_number(&rate, COL_ER, 0.031);
    record_set_number(&paid, COL_FEE, 45000);
    record_set_text(&paid, COL_CURRENCY, TEXT("EUR"));
    record_set_number(&fee, COL_FEE, 45000);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &all, 1);
    assert_written(import(store, &all, 1), 0, 0, 1, 0);
    assert_written(import(store, &rate, 1), 0, 1, 0, 0);
    assert_string_equal(money(path), "45000 EUR quoted - 0.031 -");
    assert_written(import(store, &paid, 1), 0, 1, 0, 0);
    assert_string_equal(money(path), "45000 EUR - - 0.031 -");
    assert_written(import(store, &fee, 1), 0, 1, 0, 0);
    assert_string_equal(money(path), "45000 - - - 0.031 -");
    store_close(store);
}

static void what_was_seen_on_one_day_is_one_past(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record old = creator_at(PLATFORM_X, "ada", 1000, JULY), newer = old;
    struct snapshot before = snapshot_at(JULY - 86400);

    before.followers = 700;

    record_set_number(&old, COL_LIKES, 50);
    record_set_number(&old, COL_POSTS, 7);
    record_set_number(&old, COL_ENGAGEMENT_AT, JULY);
    newer = old;
    record_set_number(&newer, COL_LIKES, 60);
    record_set_number(&newer, COL_AUDIENCE_AT, AUGUST);
    record_set_number(&newer, COL_ENGAGEMENT_AT, AUGUST);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &old, 1);
    assert_int_equal(import(store, &newer, 1).snapshots, 1);
    assert_string_equal(oracle(path, "SELECT group_concat(at||' '||followers||' '||posts||' '||"
                                     "likes) FROM snapshot"),
                        "1782864000 1000 7 50.0");
    /* Nothing new in the row, but in what came before. */
    newer.snapshots = &before;
    newer.snapshot_count = 1;
    assert_written(import(store, &newer, 1), 0, 1, 0, 0);
    assert_string_equal(oracle(path, "SELECT group_concat(followers) FROM snapshot"), "700,1000");
    store_close(store);
}

static void tags_are_united_with_the_users(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record records[] = {creator(PLATFORM_X, "Ada"), creator(PLATFORM_X, "bob")};

    struct store *store = open_for(path, STORE_WRITE);
    sqlite3 *db = oracle_open(path);
    oracle_run(db, "INSERT INTO tag VALUES('x', 'ada', 'shortlist'), ('x', 'ada', 'gifted')");
    sqlite3_close(db);
    record_set_text(&records[0], COL_TAG, TEXT("gifted|vegan"));
    record_set_text(&records[1], COL_TAG, TEXT("kids"));
    import(store, records, 2);
    assert_string_equal(oracle(path, "SELECT group_concat(tag, ' ') FROM creator"),
                        "gifted|shortlist|vegan kids");
    assert_written(import(store, records, 2), 0, 0, 2, 0);
    record_set_text(&records[0], COL_TAG, TEXT("new"));
    assert_written(import(store, records, 2), 0, 1, 1, 0);
    assert_string_equal(oracle(path, "SELECT tag FROM creator WHERE key='ada'"),
                        "gifted|new|shortlist");
    store_close(store);
}

static void cancelled_import_leaves_no_trace(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    struct record first = creator_at(PLATFORM_X, "ada", 1, JULY);

    import(store, &first, 1);
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; i < 3000; i++) { /* far enough to have taken the triggers away */
        char handle[20];
        snprintf(handle, sizeof handle, "c%d", i);
        struct record record = creator(PLATFORM_TIKTOK, handle);
        assert_true(sink.put(sink.self, &record, NULL));
    }
    struct record second = creator_at(PLATFORM_X, "ada", 2, AUGUST);
    assert_true(sink.put(sink.self, &second, NULL));
    assert_written(store_writer_written(writer), 3000, 1, 0, 0);
    assert_true(sink.end(sink.self, false, NULL));
    store_writer_free(writer);
    assert_string_equal(oracle(path, "SELECT count(*)||' '||max(followers) FROM creator"), "1 1");
    assert_string_equal(oracle(path, "SELECT count(*) FROM snapshot"), "0");
    assert_string_equal(oracle(path, "SELECT count(*) FROM sqlite_schema WHERE type='trigger'"),
                        "5");
    assert_string_equal(oracle(path, "SELECT count(*) FROM change"), "1");
    store_close(store);
}

static void useless_records_end_the_import(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_WRITE);
    struct record nameless = creator(PLATFORM_X, "");
    struct record nowhere = creator(PLATFORM_X, "ada");
    struct err err = {0};

    record_set_text(&nowhere, COL_PLATFORM, TEXT("myspace"));
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, NULL));
    assert_false(sink.put(sink.self, &nameless, &err));
    assert_non_null(strstr(err.message, "handle"));
    assert_false(sink.put(sink.self, &nowhere, &err));
    store_writer_free(writer);
    store_close(store);
}

static void hostile_text_is_only_text(void **state)
{
    static const char *const words[] = {"x'); DROP TABLE creator; --",
                                        "\"; DELETE FROM creator",
                                        "%s%n",
                                        "\x1b]0;gone\x07",
                                        "a|b",
                                        "?1",
                                        "\xff\xfe broken"};
    const char *path = in_folder(state, "a.db");
    const size_t count = sizeof words / sizeof *words;
    struct record records[7];

    for (size_t i = 0; i < count; i++) {
        records[i] = creator(PLATFORM_OTHER, words[i]);
        record_set_text(&records[i], COL_NAME, text_of(words[i]));
        record_set_text(&records[i], COL_BIO, (struct text){"nul\0in", 6});
        record_set_number(&records[i], COL_FOLLOWERS, i == 0 ? 1e300 : i == 1 ? INFINITY : 10.6);
    }
    struct store *store = open_for(path, STORE_WRITE);
    assert_written(import(store, records, count), 7, 0, 0, 0);
    assert_written(import(store, records, count), 0, 0, 7, 0);
    assert_string_equal(oracle(path, "SELECT count(*)||' '||sum(handle=name)||' '||"
                                     "sum(followers=11)||' '||sum(length(CAST(bio AS BLOB)))"
                                     " FROM creator"),
                        "7 7 5 42");
    for (size_t i = 0; i < count; i++) {
        sqlite3 *db = oracle_open(path);
        sqlite3_stmt *stmt;
        sqlite3_prepare_v2(db, "SELECT count(*) FROM creator WHERE name=?1", -1, &stmt, NULL);
        sqlite3_bind_text(stmt, 1, words[i], -1, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
        assert_int_equal(sqlite3_column_int(stmt, 0), 1);
        sqlite3_finalize(stmt);
        sqlite3_close(db);
    }
    store_close(store);
}

/* ---- growth ---- */

#define DAY 86400.0

static const char *growth_of_a(const char *path)
{
    return oracle(path, "SELECT printf('%.6f %.6f %d %d', growth_30d, growth_90d, growth_at/86400,"
                        " growth_now) FROM creator WHERE handle='a'");
}

static struct snapshot seen_at(double day, double followers)
{
    struct snapshot seen = snapshot_at(day * DAY);

    seen.followers = followers;
    return seen;
}

static void growth_follows_the_past_however_it_comes(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);

    struct record record = creator_at(PLATFORM_X, "a", 1000, 1000 * DAY);
    import(store, &record, 1);
    assert_string_equal(oracle(path, "SELECT count(growth_at) FROM creator"), "0");
    /* A list of a month later: from 1,000 to 1,100. */
    record = creator_at(PLATFORM_X, "a", 1100, 1030 * DAY);
    import(store, &record, 1);
    assert_string_equal(oracle(path, "SELECT growth_90d IS NULL FROM creator"), "1");
    assert_string_equal(growth_of_a(path), "0.100000 0.000000 1030 1100");
    /* 60 days later; 30 days before stood halfway between. */
    record = creator_at(PLATFORM_X, "a", 1300, 1090 * DAY);
    import(store, &record, 1);
    assert_string_equal(growth_of_a(path), "0.083333 0.300000 1090 1300");
    /* Late, and out of order: 1,250 was seen 30 days before. */
    record = creator_at(PLATFORM_X, "a", 1250, 1060 * DAY);
    import(store, &record, 1);
    assert_string_equal(growth_of_a(path), "0.040000 0.300000 1090 1300");
    /* Before all that, and again: nothing moves. */
    struct snapshot past[] = {seen_at(990, 500), seen_at(1060, 1250)};
    record = creator(PLATFORM_X, "a");
    record.snapshots = past;
    record.snapshot_count = 2;
    import(store, &record, 1);
    assert_written(import(store, &record, 1), 0, 0, 1, 0);
    assert_string_equal(growth_of_a(path), "0.040000 0.300000 1090 1300");
    /* Dated after the present values: that is the last snapshot now. */
    past[0] = seen_at(1120, 650);
    record.snapshot_count = 1;
    import(store, &record, 1);
    assert_string_equal(growth_of_a(path), "-0.500000 -0.409091 1120 650");
    store_close(store);
}

/* All at once or one after the other: the same anchors. */
static void growth_is_the_same_whole_or_in_parts(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    struct snapshot past[40];

    for (size_t i = 0; i < 40; i++)
        past[i] = seen_at(1000 + 5 * (double)i, 900 + 17 * (double)(i * i % 31));
    struct record whole = creator_at(PLATFORM_X, "whole", past[39].followers, past[39].at);
    whole.snapshots = past;
    whole.snapshot_count = 40;
    import(store, &whole, 1);
    for (size_t i = 0; i < 40; i++) {
        size_t k = i * 7 % 40;
        struct record part = creator_at(PLATFORM_X, "part", past[k].followers, past[k].at);
        import(store, &part, 1);
    }
    assert_string_equal(oracle(path, "SELECT count(DISTINCT printf('%d %.17g %.17g %.17g',"
                                     " growth_at, growth_now, growth_30d_ago, growth_90d_ago))"
                                     " FROM creator"),
                        "1");
    assert_string_equal(oracle(path, "SELECT count(growth_90d) FROM creator"), "2");
    store_close(store);
}

static void dropping_takes_the_history_along(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct record old = creator_at(PLATFORM_X, "ada", 1, JULY);
    struct record newer = creator_at(PLATFORM_X, "ada", 2, AUGUST);

    struct store *store = open_for(path, STORE_WRITE);
    import(store, &old, 1);
    import(store, &newer, 1);
    int64_t id = atoll(oracle(path, "SELECT id FROM creator"));
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, NULL));
    assert_true(sink.drop(sink.self, id, NULL));
    assert_true(sink.end(sink.self, true, NULL));
    store_writer_free(writer);
    assert_string_equal(oracle(path, "SELECT (SELECT count(*) FROM creator)||' '||"
                                     "(SELECT count(*) FROM snapshot)||' '||"
                                     "(SELECT max(gone) FROM change)"),
                        "0 0 1");
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(same_records_again_change_nothing, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(known_replaces_and_unknown_leaves, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(platform_and_key_tell_creators_apart, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(later_record_of_one_import_wins, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(newer_values_send_the_old_into_history, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(older_values_only_fill_gaps, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(money_and_rates_stay_whole, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(partners_not_named_again_go, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_was_seen_on_one_day_is_one_past, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(tags_are_united_with_the_users, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(cancelled_import_leaves_no_trace, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(useless_records_end_the_import, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(hostile_text_is_only_text, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(growth_follows_the_past_however_it_comes, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(growth_is_the_same_whole_or_in_parts, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(dropping_takes_the_history_along, folder_make,
                                        folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
