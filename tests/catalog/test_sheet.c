#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"
#include "base/vec.h"
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

/* A sheet that lived through everything says what one says that has just been made. */
static void expect_like_fresh(struct fixture *fixture, const char *after)
{
    struct sheet fresh;
    double kept_room[SHEET_BLOCK], room[SHEET_BLOCK];
    size_t count = fixture->catalog.count;

    sheet_init(&fresh, &fixture->catalog);
    sheet_join(&fresh, &fixture->scenario, &fixture->peers, fixture->sheet.preset, NOW);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        if (column_is_text(column)) {
            struct cells kept = sheet_codes(&fixture->sheet, column);
            struct cells made = sheet_codes(&fresh, column);
            for (uint32_t row = 0; columns[i].unit == UNIT_WORD && row < count; row++)
                if (!same(cells_number(&kept, row), cells_number(&made, row)))
                    fail_msg("%s: %s of row %u", after, columns[i].key, row);
            continue;
        }
        for (uint32_t from = 0; from < count; from += SHEET_BLOCK) {
            size_t some = count - from < SHEET_BLOCK ? count - from : SHEET_BLOCK;
            const double *kept = sheet_block(&fixture->sheet, column, from, some, kept_room);
            const double *made = sheet_block(&fresh, column, from, some, room);
            for (uint32_t at = 0; at < some; at++)
                if (!same(kept[at], made[at]) ||
                    !same(kept[at], sheet_number(&fixture->sheet, column, from + at)))
                    fail_msg("%s: %s of row %u is %g, not %g", after, columns[i].key, from + at,
                             kept[at], made[at]);
        }
    }
    assert_memory_equal(sheet_marks(&fixture->sheet), sheet_marks(&fresh),
                        count * sizeof(uint16_t));
    sheet_release(&fresh);
}

struct change {
    const char *what;
    void (*make)(struct fixture *fixture, struct random *random);
};

static void change_values(struct fixture *fixture, struct random *random, size_t count)
{
    static const char *const words[] = {"likes=7",
                                        "followers=-",
                                        "followers=123456",
                                        "fee=12300",
                                        "fee=0",
                                        "credibility=0.4",
                                        "views=90000",
                                        "reach_post=5000",
                                        "er=0.03",
                                        "er_basis=views",
                                        "currency=USD",
                                        "fee_origin=estimated",
                                        "audience_market=0.5"};
    for (size_t i = 0; i < count; i++) {
        uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
        if (catalog_live(&fixture->catalog, row))
            put(&fixture->catalog, catalog_id(&fixture->catalog, row),
                words[random_below(random, COUNT_OF(words))]);
    }
}

static void change_few(struct fixture *fixture, struct random *random)
{
    change_values(fixture, random, 3);
}

static void change_many(struct fixture *fixture, struct random *random)
{
    change_values(fixture, random, 60);
}

static void add_rows(struct fixture *fixture, struct random *random)
{
    size_t count = 1 + random_below(random, 300);
    for (size_t i = 0; i < count; i++) {
        char words[96];
        int64_t id = 100000 + (int64_t)fixture->catalog.count;
        snprintf(words, sizeof words, "platform=%s handle=h%lld followers=%u likes=%u views=5000",
                 random_below(random, 2) ? "instagram" : "tiktok", (long long)id,
                 (unsigned)random_below(random, 1000000), (unsigned)random_below(random, 9000));
        put(&fixture->catalog, id, words);
    }
}

static void drop_row(struct fixture *fixture, struct random *random)
{
    uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
    drop(&fixture->catalog, catalog_id(&fixture->catalog, row));
}

static void come_back(struct fixture *fixture, struct random *random)
{
    (void)random;
    for (uint32_t row = 0; row < fixture->catalog.count; row++)
        if (!catalog_live(&fixture->catalog, row) && catalog_id(&fixture->catalog, row)) {
            put(&fixture->catalog, catalog_id(&fixture->catalog, row),
                "platform=youtube handle=again views=800 likes=20");
            return;
        }
}

static void plan_row(struct fixture *fixture, struct random *random)
{
    uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
    if (catalog_live(&fixture->catalog, row))
        catalog_plan(&fixture->catalog, row, (unsigned)random_below(random, 4));
}

static void plan_all_of_it(struct fixture *fixture, struct random *random)
{
    uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
    if (catalog_live(&fixture->catalog, row))
        creators_plan(&fixture->catalog, random, row, 70);
}

/* Together, so that those who had a fee or a format of the user's lose what goes with the plan. */
static void plan_many(struct fixture *fixture, struct random *random)
{
    unsigned deliverables = (unsigned)random_below(random, 3);
    struct bits rows = {0};
    bits_resize(&rows, fixture->catalog.count);
    for (size_t row = 0; row < fixture->catalog.count; row++)
        bits_put(&rows, row, random_below(random, 4) == 0);
    catalog_plan_rows(&fixture->catalog, &rows, deliverables);
    bits_release(&rows);
}

static void other_rate_card(struct fixture *fixture, struct random *random)
{
    static const char *const words[] = {"fee_by_format=reel=77", "fee_by_format=-",
                                        "fee_by_format=story=5|short=6", "currency=JPY"};
    uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
    if (catalog_live(&fixture->catalog, row))
        put(&fixture->catalog, catalog_id(&fixture->catalog, row),
            words[random_below(random, COUNT_OF(words))]);
}

static void tick_row(struct fixture *fixture, struct random *random)
{
    uint32_t row = (uint32_t)random_below(random, fixture->catalog.count);
    if (catalog_live(&fixture->catalog, row))
        catalog_tick(&fixture->catalog, row, random_below(random, 2));
}

static void edit_scenario(struct fixture *fixture, struct random *random)
{
    static const char *const keys[] = {
        "aov",      "budget",       "margin",       "epsilon",
        "cvr",      "ctr_feed",     "reach_x_post", "headroom",
        "discount", "creator_cost", "deliverables", "estimate_follower",
        "fill",     "unique_reel",  "fulfilment",   "spread_ctr"};
    size_t at = parameter(keys[random_below(random, COUNT_OF(keys))]);
    double least = parameters[at].least, standard = parameters[at].standard;
    double value = standard + (least - standard) * random_unit(random);
    bool whole = parameters[at].unit == UNIT_COUNT || parameters[at].unit == UNIT_FLAG;
    if (whole)
        value = least + (double)random_below(random, 2);
    assert_true(scenario_set(&fixture->scenario, at, value, NULL));
    if (random_below(random, 2))
        fixture_join(fixture); /* it is noticed without, too */
}

static void remake_peers(struct fixture *fixture, struct random *random)
{
    (void)random;
    peers_make(&fixture->peers, catalog_facts(&fixture->catalog), fixture->catalog.live, NOW);
    fixture_join(fixture);
}

static void change_preset(struct fixture *fixture, struct random *random)
{
    int preset = (int)random_below(random, (uint64_t)tier_preset_count);
    sheet_join(&fixture->sheet, &fixture->scenario, &fixture->peers, &tier_presets[preset], NOW);
}

static void a_sheet_follows_whatever_happens(void **state)
{
    static const struct change changes[] = {
        {"few changed", change_few},    {"many changed", change_many},
        {"rows added", add_rows},       {"a row dropped", drop_row},
        {"a row back", come_back},      {"planned", plan_row},
        {"ticked", tick_row},           {"edited", edit_scenario},
        {"peers", remake_peers},        {"another preset", change_preset},
        {"planned", plan_all_of_it},    {"many planned", plan_many},
        {"other card", other_rate_card}};
    struct random random;
    uint64_t seed =
        getenv("TEST_SEED") ? strtoull(getenv("TEST_SEED"), NULL, 0) : (uint64_t)time(NULL);

    (void)state;
    printf("sheet: TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int world = 0; world < 4; world++) {
        struct fixture fixture;
        fixture_init(&fixture);
        creators_fill(&fixture.catalog, &random, 700);
        for (int i = 0; i < 40; i++) {
            const struct change *change = &changes[random_below(&random, COUNT_OF(changes))];
            change->make(&fixture, &random);
            if (random_below(&random, 3)) /* else two changes are caught up with at once */
                expect_like_fresh(&fixture, change->what);
        }
        expect_like_fresh(&fixture, "all");
        fixture_release(&fixture);
    }
}

/* What was made stays where rows are added: a load costs what it brings. */
static void added_rows_are_all_that_is_made(void **state)
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
    cached[17] = 12345;
    for (int64_t id = 5000; id < 6000; id++) {
        char words[64];
        snprintf(words, sizeof words, "platform=x handle=n%lld followers=900", (long long)id);
        put(&fixture.catalog, id, words);
    }
    assert_true(sheet_column(&fixture.sheet, COL_ROI)[17] == 12345);
    assert_true(same(sheet_column(&fixture.sheet, COL_ROI)[fixture.catalog.count - 1],
                     sheet_number(&fixture.sheet, COL_ROI, (uint32_t)fixture.catalog.count - 1)));
    fixture_release(&fixture);
}

/* Logarithms and powers are not made again for an order value, nor anything for a budget that nobody
 * fills; and facts are read where they are. */
static void an_edit_remakes_what_follows_from_it(void **state)
{
    struct fixture fixture;
    struct random random;
    uint64_t roi, reach;
    double room[4];

    (void)state;
    random_init(&random, 1);
    fixture_init(&fixture);
    creators_fill(&fixture.catalog, &random, 300);
    sheet_column(&fixture.sheet, COL_ROI);
    roi = fixture.sheet.columns[COL_ROI].stamp;
    reach = fixture.sheet.columns[SHEET_REACH_ONE].stamp;
    ((double *)fixture.sheet.columns[SHEET_REACH_ONE].cells)[17] = 12345;
    assert_true(scenario_set(&fixture.scenario, parameter("aov"), 99, NULL));
    sheet_column(&fixture.sheet, COL_ROI);
    assert_true(fixture.sheet.columns[COL_ROI].stamp != roi);
    assert_true(fixture.sheet.columns[SHEET_REACH_ONE].stamp == reach);
    assert_true(((double *)fixture.sheet.columns[SHEET_REACH_ONE].cells)[17] == 12345);
    roi = sheet_stamp(&fixture.sheet, COL_ROI);
    assert_true(scenario_set(&fixture.scenario, parameter("budget"), 99, NULL));
    assert_true(sheet_stamp(&fixture.sheet, COL_ROI) == roi);
    assert_true(scenario_set(&fixture.scenario, parameter("fill"), 1, NULL));
    assert_true(sheet_stamp(&fixture.sheet, COL_ROI) != roi);
    sheet_block(&fixture.sheet, COL_FOLLOWERS, 3, 4, room);
    for (uint32_t i = 0; i < 4; i++)
        assert_true(same(room[i], catalog_number(&fixture.catalog, COL_FOLLOWERS, 3 + i)));
    assert_null(fixture.sheet.columns[COL_FOLLOWERS].cells);
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
               tier_find(NULL, TEXT("hootsuite")), NOW);
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

static void a_media_value_may_be_at_least(void **state)
{
    struct fixture fixture;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1, "platform=instagram handle=a followers=5000 likes=100");
    put(&fixture.catalog, 2, "platform=instagram handle=b followers=5000 likes=100 comments=5");
    assert_true(isnan(sheet_number(&fixture.sheet, COL_EMV, 0)));
    assert_true(scenario_set(&fixture.scenario, parameter("value_like"), 0.5, NULL));
    assert_true(scenario_set(&fixture.scenario, parameter("value_comment"), 2, NULL));
    for (int made = 0; made < 2; made++) {
        assert_true(sheet_number(&fixture.sheet, COL_EMV, 0) == 50);
        assert_int_equal(sheet_mark(&fixture.sheet, COL_EMV, 0), '>');
        assert_true(sheet_number(&fixture.sheet, COL_EMV, 1) == 60);
        assert_int_equal(sheet_mark(&fixture.sheet, COL_EMV, 1), ' ');
        sheet_column(&fixture.sheet, COL_EMV);
        sheet_marks(&fixture.sheet);
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
    /* … and of a column that stands already too, by another budget alone */
    assert_true(sheet_column(&fixture.sheet, COL_AFFORDABLE)[1] == 39);
    assert_true(scenario_set(&fixture.scenario, parameter("budget"), 9000, NULL));
    assert_true(sheet_money_left(&fixture.sheet) == 6970);
    assert_true(sheet_column(&fixture.sheet, COL_AFFORDABLE)[1] == 34);
    assert_true(scenario_set(&fixture.scenario, parameter("budget"), 10000, NULL));
    drop(&fixture.catalog, 1);
    assert_true(sheet_money_left(&fixture.sheet) == 10000);
    assert_true(sheet_number(&fixture.sheet, COL_PLAN, 2) == 1);
    assert_true(sheet_number(&fixture.sheet, COL_PLAN, 1) == 0);
    fixture_release(&fixture);
}

static void expect_fee(struct fixture *fixture, double fee, char mark, const char *origin)
{
    struct buf buf = BUF_INIT;
    struct text word;

    for (int made = 0; made < 2; made++) {
        assert_true(sheet_number(&fixture->sheet, COL_FEE, 0) == fee);
        assert_int_equal(sheet_mark(&fixture->sheet, COL_FEE, 0), mark);
        assert_int_equal(sheet_mark(&fixture->sheet, COL_ROI, 0), mark == '~' ? '~' : ' ');
        word = sheet_text(&fixture->sheet, COL_FEE_ORIGIN, 0, &buf);
        assert_true(origin ? text_is(word, origin) : !text_known(word));
        assert_true(sheet_column(&fixture->sheet, COL_FEE)[0] == fee);
        sheet_marks(&fixture->sheet);
    }
    buf_release(&buf);
}

/* Of what is planned the fee is the user's, else what the creator asks for that format, else the rule
 * of thumb for it. */
static void the_plan_says_format_and_fee(void **state)
{
    struct planned planned = planned_none();
    struct fixture fixture;

    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1,
        "platform=instagram handle=a followers=5000 views=3000 likes=100 fee=10000 "
        "fee_origin=quoted fee_by_format=reel=350.5");
    expect_fee(&fixture, 100, ' ', "quoted");
    planned.deliverables = 2;
    planned.format = FORMAT_REEL;
    catalog_plan_put(&fixture.catalog, 0, &planned);
    expect_fee(&fixture, 350.5, ' ', "quoted");
    expect_word(&fixture, COL_FORMAT, 0, "reel");
    assert_true(sheet_money_left(&fixture.sheet) == 10000 - 2 * 350.5 - 30);
    put(&fixture.catalog, 1, "fee_by_format=reel=400");
    expect_fee(&fixture, 400, ' ', "quoted");
    put(&fixture.catalog, 1, "fee_by_format=story=90");
    expect_fee(&fixture, 60, '~', "estimated"); /* 20 for each 1,000 views */
    planned.fee = 12345;
    catalog_plan_put(&fixture.catalog, 0, &planned);
    expect_fee(&fixture, 123.45, '=', "own");
    assert_true(sheet_money_left(&fixture.sheet) == 10000 - 2 * 123.45 - 30);
    catalog_plan(&fixture.catalog, 0, 0); /* tried on, out of the plan */
    expect_fee(&fixture, 123.45, '=', "own");
    assert_true(sheet_money_left(&fixture.sheet) == 10000);
    assert_int_equal(fixture.catalog.planned_count, 0);
    assert_true(sheet_number(&fixture.sheet, COL_PLAN, 0) == 0);
    assert_true(sheet_number(&fixture.sheet, COL_DELIVERABLES, 0) == 1);
    planned = planned_none();
    catalog_plan_put(&fixture.catalog, 0, &planned);
    expect_fee(&fixture, 100, ' ', "quoted");
    expect_word(&fixture, COL_FORMAT, 0, "feed");
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
    /* … as somebody likes it */
    fixture.sheet.fresh = (struct freshness){.audience = 9, .engagement = 13};
    assert_false(sheet_stale(&fixture.sheet, COL_FOLLOWERS, 0));
    assert_false(sheet_stale(&fixture.sheet, COL_CREDIBILITY, 0));
    assert_true(sheet_stale(&fixture.sheet, COL_ER, 0));
    assert_true(sheet_stale_age(&fixture.sheet, 0) == 14 * 86400);
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
        cmocka_unit_test(a_sheet_follows_whatever_happens),
        cmocka_unit_test(added_rows_are_all_that_is_made),
        cmocka_unit_test(an_edit_remakes_what_follows_from_it),
        cmocka_unit_test(words_follow_from_figures),
        cmocka_unit_test(estimates_wear_their_sign),
        cmocka_unit_test(a_media_value_may_be_at_least),
        cmocka_unit_test(the_plan_takes_from_the_budget),
        cmocka_unit_test(the_plan_says_format_and_fee),
        cmocka_unit_test(facts_go_stale),
        cmocka_unit_test(stamps_tell_what_changed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
