#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "domain/column.h"
#include "domain/forecast.h"

/* The keys as files and filters have them, by hand: a changed spelling breaks people's files. */
static const char *const keys[] = {"platform",
                                   "handle",
                                   "name",
                                   "person",
                                   "country",
                                   "language",
                                   "email",
                                   "url",
                                   "bio",
                                   "niche",
                                   "tag",
                                   "followers",
                                   "following",
                                   "posts",
                                   "credibility",
                                   "audience_market",
                                   "growth_30d",
                                   "growth_90d",
                                   "jump",
                                   "likes",
                                   "comments",
                                   "shares",
                                   "saves",
                                   "views",
                                   "view_rate",
                                   "reach_post",
                                   "sample",
                                   "window",
                                   "er",
                                   "er_basis",
                                   "er_expected",
                                   "er_index",
                                   "last_post_at",
                                   "posts_30d",
                                   "sponsored_share",
                                   "fee",
                                   "fee_origin",
                                   "currency",
                                   "fee_by_format",
                                   "tier",
                                   "format",
                                   "ticked",
                                   "plan",
                                   "note",
                                   "deliverables",
                                   "affordable",
                                   "reach",
                                   "impressions",
                                   "engagements",
                                   "clicks",
                                   "orders",
                                   "revenue",
                                   "cost",
                                   "contribution",
                                   "profit",
                                   "commission",
                                   "roi",
                                   "roi_p10",
                                   "roi_p50",
                                   "roi_p90",
                                   "roas",
                                   "cpm",
                                   "cpr",
                                   "cpe",
                                   "cpc",
                                   "cpa",
                                   "breakeven_fee",
                                   "breakeven_cvr",
                                   "breakeven_roas",
                                   "breakeven_orders",
                                   "revenue_per_follower",
                                   "frequency",
                                   "roi_vs_baseline",
                                   "emv",
                                   "authenticity",
                                   "authenticity_confidence",
                                   "authenticity_lowest",
                                   "audience_at",
                                   "engagement_at",
                                   "fee_at",
                                   "added_at",
                                   "changed_at"};

static enum column found(const char *word)
{
    enum column column = COLUMN_COUNT;
    return column_find(text_of(word), &column) ? column : COLUMN_COUNT;
}

static void every_key_is_there_once(void **state)
{
    (void)state;
    assert_int_equal(COUNT_OF(keys), COLUMN_COUNT);
    for (int i = 0; i < COLUMN_COUNT; i++)
        assert_string_equal(columns[i].key, keys[i]);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column;
        assert_true(column_from_key(text_of(keys[i]), &column));
        assert_int_equal(column, i);
        assert_int_equal(found(keys[i]), i);
    }
}

static void rows_have_no_holes(void **state)
{
    (void)state;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct column_row *row = &columns[i];
        assert_non_null(row->title);
        assert_in_range(strlen(row->title), 2, 14);
        assert_true(row->unit < UNIT_COUNT_OF && row->group < GROUP_COUNT);
        assert_true(row->better <= BETTER_LESS);
        assert_int_equal(row->rests & ~(unsigned)(RESTS_ON_FEE | RESTS_ON_COUNTS | RESTS_ON_VALUES),
                         0);
        for (int j = 0; j < i; j++)
            assert_string_not_equal(row->title, columns[j].title);
        /* groups are read in order, each in one piece */
        assert_true(i == 0 || row->group >= columns[i - 1].group);
    }
    for (int i = 0; i < GROUP_COUNT; i++)
        assert_true(strlen(column_group_titles[i]) > 0);
}

static void help_explains_in_the_words_of_the_screen(void **state)
{
    (void)state;
    static const char *const unsaid[] = {"P10", "P90", "index", "baseline", "knob", " mark "};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const char *help = columns[i].help;
        assert_non_null(help);
        size_t length = strlen(help);
        assert_in_range(length, 30, 600);
        assert_true(isupper((unsigned char)help[0]));
        assert_int_equal(help[length - 1], '.');
        assert_null(strstr(help, "  "));
        for (size_t c = 0; c < length; c++)
            assert_true(help[c] >= ' ' && help[c] <= '~');
        for (size_t w = 0; w < COUNT_OF(unsaid); w++)
            assert_null(strstr(help, unsaid[w]));
    }
}

static void figures_point_into_the_forecast(void **state)
{
    (void)state;
    static const struct {
        enum column column;
        size_t figure;
    } known[] = {
        {COL_ER, offsetof(struct figures, er)},
        {COL_ER_INDEX, offsetof(struct figures, er_index)},
        {COL_FEE, offsetof(struct figures, fee)},
        {COL_REACH, offsetof(struct figures, reach)},
        {COL_ROI, offsetof(struct figures, roi)},
        {COL_ROI_P10, offsetof(struct figures, roi_p10)},
        {COL_CPM, offsetof(struct figures, cpm)},
        {COL_CPR, offsetof(struct figures, cpr)},
        {COL_BREAKEVEN_FEE, offsetof(struct figures, breakeven_fee)},
        {COL_ROI_VS_BASELINE, offsetof(struct figures, roi_vs_baseline)},
    };
    for (size_t i = 0; i < COUNT_OF(known); i++)
        assert_int_equal(columns[known[i].column].figure, known[i].figure);
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct column_row *row = &columns[i];
        bool by_view =
            i == COL_TIER || i == COL_FORMAT || i == COL_TICKED || i == COL_PLAN || i == COL_NOTE;
        if (row->figure == COLUMN_NO_FIGURE) {
            assert_int_equal(row->rests, 0);
            assert_int_equal(row->stored, !by_view);
            continue;
        }
        assert_false(column_is_text((enum column)i));
        assert_true(row->figure >= offsetof(struct figures, view_rate));
        assert_true(row->figure < sizeof(struct figures));
        assert_int_equal(row->stored, i == COL_FEE || i == COL_ER);
        for (int j = 0; j < i; j++)
            assert_int_not_equal(row->figure, columns[j].figure);
    }
}

static void every_cost_rests_on_the_fee(void **state)
{
    (void)state;
    static const enum column resting[] = {COL_FEE,
                                          COL_COST,
                                          COL_PROFIT,
                                          COL_ROI,
                                          COL_ROI_P10,
                                          COL_ROI_P50,
                                          COL_ROI_P90,
                                          COL_ROAS,
                                          COL_CPM,
                                          COL_CPR,
                                          COL_CPE,
                                          COL_CPC,
                                          COL_CPA,
                                          COL_BREAKEVEN_CVR,
                                          COL_BREAKEVEN_ORDERS,
                                          COL_ROI_VS_BASELINE,
                                          COL_AFFORDABLE};
    size_t count = 0;
    for (int i = 0; i < COLUMN_COUNT; i++)
        count += columns[i].rests & RESTS_ON_FEE;
    assert_int_equal(count, COUNT_OF(resting));
    for (size_t i = 0; i < COUNT_OF(resting); i++)
        assert_true(columns[resting[i]].rests & RESTS_ON_FEE);
}

static void winners_are_what_a_marketer_calls_better(void **state)
{
    (void)state;
    static const enum column less[] = {COL_SPONSORED_SHARE,
                                       COL_FEE,
                                       COL_COST,
                                       COL_CPM,
                                       COL_CPR,
                                       COL_CPE,
                                       COL_CPC,
                                       COL_CPA,
                                       COL_BREAKEVEN_CVR,
                                       COL_BREAKEVEN_ORDERS};
    static const enum column neither[] = {
        COL_FOLLOWERS,    COL_FOLLOWING,   COL_POSTS,     COL_SAMPLE,
        COL_WINDOW,       COL_ER_EXPECTED, COL_FREQUENCY, COL_BREAKEVEN_ROAS,
        COL_DELIVERABLES, COL_AUDIENCE_AT, COL_TIER};
    static const enum column more[] = {
        COL_ER,     COL_ER_INDEX, COL_CREDIBILITY, COL_REACH,         COL_ORDERS,
        COL_PROFIT, COL_ROI,      COL_ROAS,        COL_BREAKEVEN_FEE, COL_REVENUE_PER_FOLLOWER};
    size_t count = 0;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        count += columns[i].better == BETTER_LESS;
        assert_true(columns[i].better == BETTER_NEITHER || !column_is_text((enum column)i));
    }
    assert_int_equal(count, COUNT_OF(less));
    for (size_t i = 0; i < COUNT_OF(less); i++)
        assert_int_equal(columns[less[i]].better, BETTER_LESS);
    for (size_t i = 0; i < COUNT_OF(neither); i++)
        assert_int_equal(columns[neither[i]].better, BETTER_NEITHER);
    for (size_t i = 0; i < COUNT_OF(more); i++)
        assert_int_equal(columns[more[i]].better, BETTER_MORE);
}

static void other_words_lead_to_one_column(void **state)
{
    (void)state;
    static const char *const taken[] = {"is", "has", "in", "changed", "import"};
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct text rest = text_of(columns[i].also), word;
        while (text_next(&rest, '|', &word)) {
            enum column column;
            assert_true(word.length > 0);
            assert_false(column_from_key(word, &column));
            assert_true(column_find(word, &column));
            assert_int_equal(column, i);
            for (size_t t = 0; t < COUNT_OF(taken); t++)
                assert_false(text_is(word, taken[t]));
        }
    }
}

static void words_are_found_as_people_write_them(void **state)
{
    (void)state;
    assert_int_equal(found("ROI"), COL_ROI);
    assert_int_equal(found("Followers"), COL_FOLLOWERS);
    assert_int_equal(found("subs"), COL_FOLLOWERS);
    assert_int_equal(found("peers"), COL_ER_INDEX);
    assert_int_equal(found("vs peers"), COL_ER_INDEX);
    assert_int_equal(found("vs-peers"), COL_ER_INDEX);
    assert_int_equal(found("engagement"), COL_ER);
    assert_int_equal(found("engagements"), COL_ENGAGEMENTS);
    assert_int_equal(found("followe"), COL_FOLLOWERS);
    assert_int_equal(found("cred"), COL_CREDIBILITY);
    assert_int_equal(found("breakeven-f"), COL_BREAKEVEN_FEE);
    assert_int_equal(found("roi_p1"), COL_ROI_P10);
}

static void what_could_be_two_is_neither(void **state)
{
    (void)state;
    static const char *const unclear[] = {"",           "follow", "view",      "post",
                                          "roi_",       "c",      "breakeven", "platforms",
                                          "followersx", "roi p",  "zzz"};
    for (size_t i = 0; i < COUNT_OF(unclear); i++)
        assert_int_equal(found(unclear[i]), COLUMN_COUNT);
    assert_int_equal(found(NULL), COLUMN_COUNT);
    enum column column;
    assert_false(column_from_key(TEXT("ROI"), &column));
    assert_false(column_from_key((struct text){0}, &column));
}

static void a_slip_gets_the_nearest_key(void **state)
{
    (void)state;
    assert_string_equal(column_nearest(TEXT("folowers")), "followers");
    assert_string_equal(column_nearest(TEXT("platfrom")), "platform");
    assert_null(column_nearest(TEXT("qqqqqqqq")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_there_once),
        cmocka_unit_test(rows_have_no_holes),
        cmocka_unit_test(help_explains_in_the_words_of_the_screen),
        cmocka_unit_test(figures_point_into_the_forecast),
        cmocka_unit_test(every_cost_rests_on_the_fee),
        cmocka_unit_test(winners_are_what_a_marketer_calls_better),
        cmocka_unit_test(other_words_lead_to_one_column),
        cmocka_unit_test(words_are_found_as_people_write_them),
        cmocka_unit_test(what_could_be_two_is_neither),
        cmocka_unit_test(a_slip_gets_the_nearest_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
