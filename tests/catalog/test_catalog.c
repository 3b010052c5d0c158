#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "fixture_internal.h"

static void expect_text(struct text text, const char *expected)
{
    if (!text_is(text, expected))
        fail_msg("'%.*s' instead of '%s'", (int)text.length, text.at, expected);
}

static void a_record_becomes_a_row(void **state)
{
    struct catalog catalog;
    uint32_t row;

    (void)state;
    catalog_init(&catalog);
    row = put(&catalog, 7,
              "platform=tiktok handle=LenaSkin name=Lena_Vogt country=DE niche=beauty|skincare "
              "followers=48213 credibility=0.84 er_basis=views currency=EUR fee_origin=quoted");
    assert_int_equal(row, 0);
    assert_int_equal(catalog.live_count, 1);
    assert_int_equal(catalog_id(&catalog, row), 7);
    assert_int_equal(catalog_platform(&catalog, row), PLATFORM_TIKTOK);
    expect_text(catalog_text(&catalog, COL_PLATFORM, row), "tiktok");
    expect_text(catalog_text(&catalog, COL_HANDLE, row), "LenaSkin");
    expect_text(catalog_key(&catalog, row), "lenaskin");
    expect_text(catalog_text(&catalog, COL_NAME, row), "Lena Vogt");
    expect_text(catalog_text(&catalog, COL_COUNTRY, row), "DE");
    expect_text(catalog_text(&catalog, COL_NICHE, row), "beauty|skincare");
    expect_text(catalog_text(&catalog, COL_ER_BASIS, row), "views");
    expect_text(catalog_text(&catalog, COL_CURRENCY, row), "EUR");
    expect_text(catalog_text(&catalog, COL_FEE_ORIGIN, row), "quoted");
    assert_true(catalog_number(&catalog, COL_FOLLOWERS, row) == 48213);
    assert_true(catalog_number(&catalog, COL_CREDIBILITY, row) == 0.84);
    assert_true(isnan(catalog_number(&catalog, COL_LIKES, row)));
    assert_false(text_known(catalog_text(&catalog, COL_BIO, row)));
    assert_int_equal(catalog_facts(&catalog)->count, 1);
    assert_int_equal(catalog_facts(&catalog)->likes.kind, CELLS_NONE);
    catalog_release(&catalog);
}

static void an_update_touches_only_what_it_has(void **state)
{
    struct catalog catalog;
    uint64_t before;
    const struct catalog_change *changes;
    size_t count;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 1, "handle=a followers=100 bio=first likes=5");
    put(&catalog, 2, "handle=b followers=200");
    before = catalog.revision;
    put(&catalog, 2, "handle=b followers=200");
    assert_true(catalog.revision == before);
    put(&catalog, 1, "likes=-");
    put(&catalog, 1, "bio=second_and_longer");
    assert_true(isnan(catalog_number(&catalog, COL_LIKES, 0)));
    assert_true(catalog_number(&catalog, COL_FOLLOWERS, 0) == 100);
    expect_text(catalog_text(&catalog, COL_BIO, 0), "second and longer");
    expect_text(catalog_text(&catalog, COL_HANDLE, 0), "a");
    assert_true(catalog_revision(&catalog, COL_FOLLOWERS) <= before);
    assert_true(catalog_revision(&catalog, COL_LIKES) > before);
    assert_true(catalog_revision(&catalog, COL_BIO) > catalog_revision(&catalog, COL_LIKES));
    assert_true(catalog_changes(&catalog, before, &changes, &count));
    assert_int_equal(count, 2);
    assert_int_equal(changes[0].row, 0);
    assert_true(catalog_changes(&catalog, catalog.revision, &changes, &count));
    assert_int_equal(count, 0);
    catalog_release(&catalog);
}

static void values_widen_and_stay_exact(void **state)
{
    static const double values[] = {0,    254,  255, 65534,        65535, 4294967294.0,
                                    1e10, 0.25, -3,  4294967295.0, 1,     NAN};
    struct catalog catalog;
    const size_t count = sizeof values / sizeof *values;

    (void)state;
    catalog_init(&catalog);
    for (size_t i = 0; i < count; i++) {
        char words[96];
        snprintf(words, sizeof words, "handle=h%zu followers=%.17g", i, values[i]);
        put(&catalog, (int64_t)i + 1, isnan(values[i]) ? "handle=none followers=-" : words);
        for (size_t j = 0; j <= i; j++) {
            double read = catalog_number(&catalog, COL_FOLLOWERS, (uint32_t)j);
            if (!(read == values[j] || (isnan(read) && isnan(values[j]))))
                fail_msg("%.17g became %.17g", values[j], read);
        }
        if (i == 1)
            assert_int_equal(catalog_facts(&catalog)->followers.kind, CELLS_U8);
        if (i == 2)
            assert_int_equal(catalog_facts(&catalog)->followers.kind, CELLS_U16);
        if (i == 4)
            assert_int_equal(catalog_facts(&catalog)->followers.kind, CELLS_U32);
        if (i == 6)
            assert_int_equal(catalog_facts(&catalog)->followers.kind, CELLS_F64);
    }
    catalog_release(&catalog);
}

static void many_rows_are_found_by_id_and_by_key(void **state)
{
    struct catalog catalog;
    const int count = 3000;

    (void)state;
    catalog_init(&catalog);
    for (int i = 0; i < count; i++) {
        char words[600];
        snprintf(words, sizeof words, "platform=%s handle=User%d bio=number_%d_%0*d",
                 i % 2 ? "instagram" : "x", i / 2, i, i % 400, 0);
        put(&catalog, i + 10, words);
    }
    for (int i = 0; i < count; i++) {
        char handle[32], bio[512];
        enum platform platform = i % 2 ? PLATFORM_INSTAGRAM : PLATFORM_X;
        snprintf(handle, sizeof handle, "@uSER%d", i / 2);
        snprintf(bio, sizeof bio, "number %d %0*d", i, i % 400, 0);
        assert_int_equal(catalog_find_id(&catalog, i + 10), i);
        assert_int_equal(catalog_find(&catalog, platform, text_of(handle)), i);
        expect_text(catalog_text(&catalog, COL_BIO, (uint32_t)i), bio);
    }
    assert_int_equal(catalog_find(&catalog, PLATFORM_TIKTOK, TEXT("user1")), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, 9), CATALOG_NONE);
    catalog_release(&catalog);
}

static void dropped_rows_stay_as_tombstones(void **state)
{
    struct catalog catalog;
    uint64_t live;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 1, "handle=a followers=1");
    put(&catalog, 2, "handle=b followers=2 bio=old");
    put(&catalog, 3, "handle=c followers=3");
    catalog_tick(&catalog, 1, true);
    live = catalog.live_revision;
    drop(&catalog, 2);
    drop(&catalog, 2);
    drop(&catalog, 99);
    assert_true(catalog.live_revision > live);
    assert_int_equal(catalog.count, 3);
    assert_int_equal(catalog.live_count, 2);
    assert_int_equal(catalog.ticked_count, 0);
    assert_false(catalog_live(&catalog, 1));
    assert_int_equal(catalog_find_id(&catalog, 2), CATALOG_NONE);
    assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, TEXT("b")), CATALOG_NONE);
    assert_int_equal(catalog_find_id(&catalog, 3), 2);
    /* it comes back in its place, with its mark and nothing else of old */
    assert_int_equal(put(&catalog, 2, "handle=b followers=9"), 1);
    assert_int_equal(catalog.live_count, 3);
    assert_int_equal(catalog.ticked_count, 1);
    assert_false(text_known(catalog_text(&catalog, COL_BIO, 1)));
    assert_int_equal(catalog_find(&catalog, PLATFORM_OTHER, TEXT("b")), 1);
    catalog_release(&catalog);
}

static void a_replaced_creator_keeps_its_marks(void **state)
{
    struct catalog catalog;
    uint32_t row;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 1, "platform=x handle=Ann");
    catalog_tick(&catalog, 0, true);
    catalog_plan(&catalog, 0, 3);
    row = put(&catalog, 2, "platform=x handle=ann");
    drop(&catalog, 1);
    assert_true(catalog_ticked(&catalog, row));
    assert_int_equal(catalog_planned(&catalog, row), 3);
    assert_int_equal(catalog.ticked_count, 1);
    assert_int_equal(catalog.planned_count, 1);
    assert_int_equal(catalog_find(&catalog, PLATFORM_X, TEXT("ANN")), row);
    catalog_plan(&catalog, row, 0);
    assert_int_equal(catalog.planned_count, 0);
    assert_int_equal(catalog_planned(&catalog, row), 0);
    catalog_release(&catalog);
}

static void handles_may_change_and_ids_be_absent(void **state)
{
    struct catalog catalog;
    struct record_sink sink;
    struct record record;
    struct err err;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 5, "platform=x handle=old");
    put(&catalog, 5, "handle=new");
    assert_int_equal(catalog_find(&catalog, PLATFORM_X, TEXT("old")), CATALOG_NONE);
    assert_int_equal(catalog_find(&catalog, PLATFORM_X, TEXT("new")), 0);
    /* without an id the key decides */
    put(&catalog, 0, "platform=x handle=NEW followers=12");
    assert_int_equal(catalog.count, 1);
    assert_true(catalog_number(&catalog, COL_FOLLOWERS, 0) == 12);
    put(&catalog, 0, "platform=youtube handle=UCabcdefghijklmnopqrstuv");
    put(&catalog, 0, "platform=youtube handle=UCABCDEFGHIJKLMNOPQRSTUV");
    assert_int_equal(catalog.count, 3);
    sink = catalog_sink(&catalog);
    record_clear(&record);
    record.id = 77;
    assert_false(sink.put(sink.self, &record, &err));
    assert_non_null(strstr(err.message, "handle"));
    catalog_release(&catalog);
}

static void sets_are_counted_by_their_words(void **state)
{
    struct catalog catalog;
    const uint32_t *members;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 1, "handle=a niche=beauty|food");
    put(&catalog, 2, "handle=b niche=food");
    put(&catalog, 3, "handle=c niche=beauty|food");
    assert_int_equal(catalog_word_count(&catalog, COL_NICHE), 2);
    assert_int_equal(catalog_member_count(&catalog, COL_NICHE), 2);
    assert_int_equal(catalog_set(&catalog, COL_NICHE, 0, &members), 2);
    expect_text(catalog_member(&catalog, COL_NICHE, members[1]), "food");
    assert_int_equal(catalog_set(&catalog, COL_NICHE, 1, &members), 1);
    expect_text(catalog_member(&catalog, COL_NICHE, members[0]), "food");
    catalog_release(&catalog);
}

static void many_marks_are_set_at_once(void **state)
{
    struct fixture fixture;
    struct catalog *catalog = &fixture.catalog;
    const struct catalog_change *changes;
    struct bits rows = {0}, ticked = {0};
    size_t count;

    (void)state;
    fixture_init(&fixture);
    for (int i = 1; i <= 200; i++) {
        char words[64];
        snprintf(words, sizeof words, "platform=tiktok handle=lena%d", i);
        put(catalog, i, words);
    }
    drop(catalog, 70);
    catalog_tick(catalog, 3, true);
    bits_resize(&rows, 130);
    for (size_t row = 0; row < 130; row++)
        bits_put(&rows, row, row % 2);
    uint64_t before = catalog->revision;
    catalog_tick_rows(catalog, &rows, true);
    assert_int_equal(catalog->ticked_count, 64); /* 65 are odd, one of them is gone */
    assert_true(catalog_revision(catalog, COL_TICKED) > before);
    assert_true(catalog_changes(catalog, before, &changes, &count));
    assert_int_equal(count, 63); /* one was ticked before */
    catalog_ticked_rows(catalog, &ticked);
    assert_int_equal(bits_total(&ticked), 64);
    assert_true(bits_get(&ticked, 3) && !bits_get(&ticked, 4) && !bits_get(&ticked, 69));
    before = catalog->revision;
    catalog_tick_rows(catalog, &rows, true);
    assert_int_equal(catalog->revision, before); /* nothing changes */
    catalog_plan_rows(catalog, &rows, 4);
    assert_int_equal(catalog->planned_count, 64);
    assert_int_equal(catalog_planned(catalog, 5), 4);
    assert_int_equal(catalog_planned(catalog, 69), 0);
    catalog_plan_rows(catalog, &rows, 0);
    catalog_tick_rows(catalog, &ticked, false);
    assert_int_equal(catalog->planned_count, 0);
    assert_int_equal(catalog->ticked_count, 0);
    bits_release(&rows);
    bits_release(&ticked);
    fixture_release(&fixture);
}

/* More than the list holds: whoever reads it makes anew what it has. */
static void marks_of_all_cut_the_list(void **state)
{
    enum { MANY = 5000 };
    struct fixture fixture;
    struct catalog *catalog = &fixture.catalog;
    const struct catalog_change *changes;
    struct bits rows = {0};
    size_t count;

    (void)state;
    fixture_init(&fixture);
    for (int i = 1; i <= MANY; i++) {
        char words[64];
        snprintf(words, sizeof words, "platform=tiktok handle=lena%d", i);
        put(catalog, i, words);
    }
    bits_resize(&rows, MANY);
    for (size_t row = 0; row < MANY; row++)
        bits_put(&rows, row, true);
    uint64_t before = catalog->revision;
    catalog_tick_rows(catalog, &rows, true);
    assert_false(catalog_changes(catalog, before, &changes, &count));
    assert_true(catalog_changes(catalog, catalog->revision, &changes, &count));
    assert_int_equal(count, 0);
    before = catalog->revision;
    catalog_tick(catalog, 7, false);
    assert_true(catalog_changes(catalog, before, &changes, &count));
    assert_int_equal(count, 1);
    bits_release(&rows);
    fixture_release(&fixture);
}

static void a_long_list_of_changes_is_cut(void **state)
{
    struct catalog catalog;
    const struct catalog_change *changes;
    size_t count;
    uint64_t early, followed;

    (void)state;
    catalog_init(&catalog);
    put(&catalog, 1, "handle=a");
    early = followed = catalog.revision;
    for (int i = 0; i < 20000; i++) {
        catalog_tick(&catalog, 0, i % 2 == 0);
        assert_true(catalog_changes(&catalog, catalog.revision - 1, &changes, &count));
        assert_int_equal(count, 1);
        if (i % 1000 != 999)
            continue;
        /* who looks now and then is told of all there was */
        assert_true(catalog_changes(&catalog, followed, &changes, &count));
        assert_int_equal(count, 1000);
        followed = catalog.revision;
    }
    assert_false(catalog_changes(&catalog, early, &changes, &count));
    catalog_release(&catalog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_becomes_a_row),
        cmocka_unit_test(an_update_touches_only_what_it_has),
        cmocka_unit_test(values_widen_and_stay_exact),
        cmocka_unit_test(many_rows_are_found_by_id_and_by_key),
        cmocka_unit_test(dropped_rows_stay_as_tombstones),
        cmocka_unit_test(a_replaced_creator_keeps_its_marks),
        cmocka_unit_test(handles_may_change_and_ids_be_absent),
        cmocka_unit_test(sets_are_counted_by_their_words),
        cmocka_unit_test(many_marks_are_set_at_once),
        cmocka_unit_test(marks_of_all_cut_the_list),
        cmocka_unit_test(a_long_list_of_changes_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
