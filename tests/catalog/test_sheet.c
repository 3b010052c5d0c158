#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "creators.h"
#include "domain/currency.h"
#include "fixture_internal.h"

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static size_t parameter(const char *key)
{
    size_t found;

    assert_true(parameter_find(text_of(key), &found));
    return found;
}

/* Every cell of every column equals what the forecast says of that row alone. */
static void expect_current(struct fixture *fixture)
{
    struct sheet *sheet = &fixture->sheet;
    struct assumptions assumptions = {&fixture->scenario, &fixture->peers, sheet_money_left(sheet),
                                      NOW};

    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        const double *numbers;
        if (column_is_text(column) || columns[column].figure == COLUMN_NO_FIGURE)
            continue;
        numbers = sheet_column(sheet, column);
        for (uint32_t row = 0; row < fixture->catalog.count; row++) {
            struct figures figures;
            double expected;
            forecast(catalog_facts(&fixture->catalog), &assumptions, row, &figures);
            expected = *(double *)((char *)&figures + columns[column].figure);
            if (!same(numbers[row], expected) || !same(sheet_number(sheet, column, row), expected))
                fail_msg("%s of row %u: %g and %g, not %g", columns[column].key, row, numbers[row],
                         sheet_number(sheet, column, row), expected);
        }
    }
}

static void columns_follow_every_change(void **state)
{
    struct fixture fixture;
    struct random random;
    uint64_t seed =
        getenv("TEST_SEED") ? strtoull(getenv("TEST_SEED"), NULL, 0) : (uint64_t)time(NULL);

    (void)state;
    printf("sheet: TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    fixture_init(&fixture);
    creators_fill(&fixture.catalog, &random, 300);
    expect_current(&fixture);
    put(&fixture.catalog, 1000, "platform=instagram handle=new followers=5000 likes=300 fee=20000");
    put(&fixture.catalog, 1000, "likes=200");
    expect_current(&fixture);
    catalog_plan(&fixture.catalog, 5, 4);
    catalog_plan(&fixture.catalog, (uint32_t)fixture.catalog.count - 1, 2);
    expect_current(&fixture);
    assert_true(scenario_set(&fixture.scenario, parameter("aov"), 120, NULL));
    fixture_join(&fixture);
    expect_current(&fixture);
    assert_true(scenario_set(&fixture.scenario, parameter("budget"), 500, NULL));
    fixture_join(&fixture);
    expect_current(&fixture);
    peers_make(&fixture.peers, catalog_facts(&fixture.catalog), fixture.catalog.live, NOW);
    fixture_join(&fixture);
    expect_current(&fixture);
    for (int i = 0; i < 200; i++) {
        char words[96];
        snprintf(words, sizeof words, "platform=x handle=more%d followers=%d likes=3", i, 1000 * i);
        put(&fixture.catalog, 2000 + i, words);
    }
    expect_current(&fixture);
    fixture_release(&fixture);
}

static void one_changed_row_remakes_one_row(void **state)
{
    struct fixture fixture;
    struct random random;
    double *cached;

    (void)state;
    random_init(&random, 1);
    fixture_init(&fixture);
    creators_fill(&fixture.catalog, &random, 300);
    sheet_column(&fixture.sheet, COL_ROI);
    cached = fixture.sheet.columns[COL_ROI].cells;
    cached[17] = 12345; /* would be lost if the whole column were remade */
    put(&fixture.catalog, 30, "likes=7");
    sheet_column(&fixture.sheet, COL_ROI);
    assert_true(sheet_column(&fixture.sheet, COL_ROI)[17] == 12345);
    assert_true(scenario_set(&fixture.scenario, parameter("aov"), 99, NULL));
    fixture_join(&fixture);
    assert_true(sheet_column(&fixture.sheet, COL_ROI)[17] != 12345);
    fixture_release(&fixture);
}

static void expect_word(struct fixture *fixture, enum column column, uint32_t row, const char *word)
{
    struct buf buf = BUF_INIT;
    struct text text = sheet_text(&fixture->sheet, column, row, &buf);
    double code;
    struct cells codes;

    if (!text_equal(text, text_of(word)))
        fail_msg("%s: '%.*s' instead of '%s'", columns[column].key, (int)text.length, text.at,
                 word ? word : "(unknown)");
    if (columns[column].unit == UNIT_WORD) {
        codes = sheet_codes(&fixture->sheet, column);
        code = cells_number(&codes, row);
        assert_true(word ? text_is(sheet_word(&fixture->sheet, column, (uint32_t)code), word)
                         : isnan(code));
    }
    buf_release(&buf);
}

static void words_follow_from_figures(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1,
        "platform=instagram handle=a followers=5000 likes=100 comments=5 fee=10000 currency=EUR "
        "fee_origin=quoted country=DE");
    put(&fixture.catalog, 2, "platform=tiktok handle=b followers=900 views=10000 likes=90");
    put(&fixture.catalog, 3, "platform=other handle=c");
    expect_word(&fixture, COL_TIER, 0, "micro");
    expect_word(&fixture, COL_TIER, 1, "nano");
    expect_word(&fixture, COL_TIER, 2, NULL);
    expect_word(&fixture, COL_FORMAT, 0, "feed");
    expect_word(&fixture, COL_FORMAT, 1, "video");
    expect_word(&fixture, COL_FORMAT, 2, NULL);
    expect_word(&fixture, COL_ER_BASIS, 0, "followers");
    expect_word(&fixture, COL_ER_BASIS, 1, "views");
    expect_word(&fixture, COL_FEE_ORIGIN, 0, "quoted");
    expect_word(&fixture, COL_FEE_ORIGIN, 1, "estimated");
    expect_word(&fixture, COL_PLATFORM, 1, "tiktok");
    expect_word(&fixture, COL_COUNTRY, 0, "DE");
    expect_word(&fixture, COL_COUNTRY, 1, NULL);
    expect_word(&fixture, COL_HANDLE, 1, "b");
    /* another preset changes words and no figure */
    double roi = sheet_number(&fixture.sheet, COL_ROI, 0);
    sheet_join(&fixture.sheet, &fixture.scenario, &fixture.peers,
               tier_preset_find(TEXT("hootsuite")), NOW);
    expect_word(&fixture, COL_TIER, 0, "nano");
    expect_word(&fixture, COL_TIER, 1, NULL);
    assert_true(sheet_number(&fixture.sheet, COL_ROI, 0) == roi);
    fixture_release(&fixture);
}

static void estimates_wear_their_sign(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1, "platform=instagram handle=a followers=5000 likes=100 comments=5");
    put(&fixture.catalog, 2, "platform=instagram handle=b followers=5000 likes=100 fee=10000");
    put(&fixture.catalog, 3, "platform=instagram handle=c");
    for (int made = 0; made < 2; made++) {
        assert_int_equal(sheet_mark(&fixture.sheet, COL_FEE, 0), '~');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_ROI, 0), '~');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_ER, 0), ' ');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_FOLLOWERS, 0), ' ');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_REACH, 0), ' ');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_FEE, 1), ' ');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_ER, 1), '>');
        assert_int_equal(sheet_mark(&fixture.sheet, COL_FEE, 2), ' ');
        sheet_marks(&fixture.sheet); /* and the same once the column of marks is made */
    }
    fixture_release(&fixture);
}

static void the_plan_takes_from_the_budget(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1, "platform=instagram handle=a followers=5000 likes=100 fee=100000");
    put(&fixture.catalog, 2, "platform=instagram handle=b followers=5000 likes=100 fee=20000");
    put(&fixture.catalog, 3, "platform=instagram handle=c");
    assert_true(sheet_money_left(&fixture.sheet) == 10000);
    catalog_plan(&fixture.catalog, 0, 2);
    assert_true(sheet_money_left(&fixture.sheet) == 10000 - 2 * 1000 - 30);
    assert_true(sheet_number(&fixture.sheet, COL_DELIVERABLES, 0) == 2);
    /* 7,970 buy 39 posts of b at 200 after 30 once */
    assert_true(sheet_number(&fixture.sheet, COL_AFFORDABLE, 1) == 39);
    catalog_plan(&fixture.catalog, 2, 1); /* its fee is unknown: nothing is known to be spent */
    assert_true(sheet_money_left(&fixture.sheet) == 7970);
    assert_int_equal(sheet_money_unknown(&fixture.sheet), 1);
    drop(&fixture.catalog, 1);
    assert_true(sheet_money_left(&fixture.sheet) == 10000);
    assert_true(sheet_number(&fixture.sheet, COL_PLAN, 2) == 1);
    assert_true(sheet_number(&fixture.sheet, COL_PLAN, 1) == 0);
    fixture_release(&fixture);
}

static void facts_go_stale(void **state)
{
    struct fixture fixture;
    char words[160];

    (void)state;
    fixture_init(&fixture);
    snprintf(words, sizeof words,
             "handle=a followers=5 likes=3 audience_at=%.0f engagement_at=%.0f fee_at=%.0f",
             NOW - 8 * 86400, NOW - 14 * 86400, NOW - 400 * 86400.0);
    put(&fixture.catalog, 1, words);
    put(&fixture.catalog, 2, "handle=b");
    assert_true(sheet_age(&fixture.sheet, COL_FOLLOWERS, 0) == 8 * 86400);
    assert_true(sheet_stale(&fixture.sheet, COL_FOLLOWERS, 0));
    assert_false(sheet_stale(&fixture.sheet, COL_CREDIBILITY, 0));
    assert_false(sheet_stale(&fixture.sheet, COL_ER, 0));
    assert_true(sheet_age(&fixture.sheet, COL_FEE, 0) == 400 * 86400.0);
    assert_false(sheet_stale(&fixture.sheet, COL_FEE, 0));
    assert_true(sheet_stale_age(&fixture.sheet, 0) == 8 * 86400);
    assert_true(isnan(sheet_age(&fixture.sheet, COL_ROI, 0)));
    assert_true(isnan(sheet_stale_age(&fixture.sheet, 1)));
    assert_false(sheet_stale(&fixture.sheet, COL_FOLLOWERS, 1));
    fixture_release(&fixture);
}

static void stamps_tell_what_changed(void **state)
{
    struct fixture fixture;
    uint64_t roi, followers, tier, name;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1, "platform=x handle=a followers=5000");
    roi = sheet_stamp(&fixture.sheet, COL_ROI);
    followers = sheet_stamp(&fixture.sheet, COL_FOLLOWERS);
    tier = sheet_stamp(&fixture.sheet, COL_TIER);
    name = sheet_stamp(&fixture.sheet, COL_NAME);
    assert_true(scenario_set(&fixture.scenario, parameter("aov"), 99, NULL));
    assert_true(sheet_stamp(&fixture.sheet, COL_ROI) != roi);
    assert_true(sheet_stamp(&fixture.sheet, COL_FOLLOWERS) == followers);
    assert_true(sheet_stamp(&fixture.sheet, COL_TIER) == tier);
    put(&fixture.catalog, 1, "followers=6000");
    assert_true(sheet_stamp(&fixture.sheet, COL_FOLLOWERS) != followers);
    assert_true(sheet_stamp(&fixture.sheet, COL_TIER) != tier);
    assert_true(sheet_stamp(&fixture.sheet, COL_NAME) == name);
    fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_follow_every_change),
        cmocka_unit_test(one_changed_row_remakes_one_row),
        cmocka_unit_test(words_follow_from_figures),
        cmocka_unit_test(estimates_wear_their_sign),
        cmocka_unit_test(the_plan_takes_from_the_budget),
        cmocka_unit_test(facts_go_stale),
        cmocka_unit_test(stamps_tell_what_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
