/* A why must add up: whoever follows its lines with a pocket calculator gets the figure shown. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/column.h"
#include "domain/currency.h"
#include "random_creators.h"

static uint64_t seed = 48213;

static double apply(double so_far, const struct why_line *line, double cost)
{
    double value = strcmp(line->title, "cost = ROI") == 0 ? cost : line->value;
    switch (line->sign) {
    case 'x':
        return so_far * value;
    case '/':
        return value == 0 ? NAN : so_far / value;
    case '+':
        return isnan(value) ? so_far : so_far + value; /* an unknown part is left out */
    case '-':
        return so_far - value;
    default:
        return value;
    }
}

/* Rounded or cut off at the end, or said to be never. */
static bool is_rounded(enum column column, double figure)
{
    return column == COL_BREAKEVEN_ORDERS || column == COL_AFFORDABLE || isinf(figure);
}

/* Follows the lines; every sum on the way must be right too. */
static void follow(enum column column, const struct why_line *lines, int count, double figure,
                   double cost)
{
    double so_far = NAN, scale = fabs(cost) > 1 ? fabs(cost) : 1;
    for (int i = 0; i < count; i++) {
        bool last = i == count - 1;
        assert_true(lines[i].title[0] && strchr(" x=-/+", lines[i].sign));
        assert_true(strlen(lines[i].reason) < sizeof lines[i].reason - 1);
        if (lines[i].sign == '=') {
            bool refused = isnan(lines[i].value) && lines[i].reason[0]; /* and says why */
            if (!(last && is_rounded(column, figure)) && !isnan(so_far) && !refused &&
                !plain_equal(so_far, lines[i].value, scale))
                fail_msg("%s: '%s' is %.17g, the lines give %.17g", columns[column].key,
                         lines[i].title, lines[i].value, so_far);
            so_far = lines[i].value;
        } else {
            so_far = apply(so_far, &lines[i], cost);
        }
    }
    bool known = !isnan(so_far);
    if (known && !is_rounded(column, figure) && !plain_equal(so_far, figure, scale))
        fail_msg("%s is %.17g, the lines give %.17g", columns[column].key, figure, so_far);
    if (strcmp(lines[count - 1].title, "more affordable") != 0)
        assert_true(plain_equal(lines[count - 1].value, figure, scale));
}

static void follow_all(const struct facts *facts, const struct assumptions *assumptions, size_t row)
{
    struct figures figures;
    forecast(facts, assumptions, row, &figures);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        struct why_line lines[WHY_MOST];
        int count = forecast_why(facts, assumptions, row, (enum column)column, lines);
        assert_in_range(count, 0, WHY_MOST);
        if (columns[column].figure == COLUMN_NO_FIGURE)
            continue;
        assert_true(count > 0);
        double figure = *(const double *)((const char *)&figures + columns[column].figure);
        follow((enum column)column, lines, count, figure, figures.cost);
    }
}

static void every_why_adds_up(void **state)
{
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int world_number = 0; world_number < 40; world_number++) {
        struct plain_creator creators[30];
        for (size_t i = 0; i < COUNT_OF(creators); i++)
            random_creator(&random, &creators[i]);
        struct plain_world world;
        struct scenario scenario;
        struct peers peers;
        plain_world_init(&world, creators, COUNT_OF(creators));
        random_scenario(&random, &scenario);
        peers_make(&peers, &world.facts, NULL, 0);
        struct assumptions assumptions = {
            .scenario = &scenario, .peers = &peers, .money_left = 5000 * random_unit(&random)};
        for (size_t row = 0; row < COUNT_OF(creators); row++)
            follow_all(&world.facts, &assumptions, row);
        plain_world_release(&world);
    }
}

/* The drawing of a why: an Instagram account, one post, a quoted fee. */
struct drawn {
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
    double audience_at, fee_at;
};

static void drawn_init(struct drawn *drawn)
{
    struct plain_creator creator = {
        .platform = "instagram",
        .followers = 48213,
        .credibility = NAN,
        .audience_market = NAN,
        .likes = 1950,
        .comments = 128,
        .shares = NAN,
        .saves = NAN,
        .views = NAN,
        .reach_post = NAN,
        .er_stated = NAN,
        .er_stated_basis = "",
        .fee = 480,
    };
    plain_world_init(&drawn->world, &creator, 1);
    assert_true(date_parse(TEXT("2026-08-03"), &drawn->audience_at));
    drawn->fee_at = drawn->audience_at - 9.5 * DATE_DAY;
    drawn->world.facts.audience_at = (struct cells){.kind = CELLS_F64, .f64 = &drawn->audience_at};
    drawn->world.facts.fee_at = (struct cells){.kind = CELLS_F64, .f64 = &drawn->fee_at};
    scenario_init(&drawn->scenario);
    drawn->scenario.creator_cost = 0;
    drawn->scenario.epsilon = 1;
    drawn->scenario.reach[FORMAT_FEED] = (struct reach_curve){.source = "minter.io 2019",
                                                              .steps = true,
                                                              .count = 3,
                                                              .from = {0, 2e4, 1e6},
                                                              .rate = {0.377, 0.229, 0.191}};
    peers_init(&drawn->peers);
    drawn->peers.cell[PLATFORM_INSTAGRAM][BASIS_FOLLOWERS][3] =
        (struct peer_cell){.count = 214, .er = 0.0266};
    drawn->assumptions = (struct assumptions){.scenario = &drawn->scenario,
                                              .peers = &drawn->peers,
                                              .money_left = 1000,
                                              .now = drawn->audience_at + 2.5 * DATE_DAY};
}

/* Between two anchors either rate is what the line is read off from. */
static void a_reach_rate_of_ones_own_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *set, *reason;
    } cases[] = {
        {NULL, "feed, 30k to 300k followers, startmotionmedia.com, ranges of 2024, weak"},
        {"reach_feed_3m",
         "feed, 30k to 300k followers, startmotionmedia.com, ranges of 2024, weak"},
        {"reach_feed_300k", "feed, 30k to 300k followers, yours"},
        {"reach_feed_30k", "feed, 30k to 300k followers, yours"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct drawn drawn;
        struct why_line lines[WHY_MOST];
        size_t parameter;
        drawn_init(&drawn);
        scenario_init(&drawn.scenario);
        if (cases[i].set) {
            assert_true(parameter_find(text_of(cases[i].set), &parameter));
            assert_true(scenario_set(&drawn.scenario, parameter, 0.12, NULL));
        }
        assert_true(forecast_why(&drawn.world.facts, &drawn.assumptions, 0, COL_ROI, lines) > 2);
        assert_string_equal(lines[1].title, "reach rate");
        assert_string_equal(lines[1].reason, cases[i].reason);
        assert_string_equal(lines[1].parameter, "reach_feed_30k");
        assert_null(lines[0].parameter);
        plain_world_release(&drawn.world);
    }
}

static void roi_as_it_is_drawn(void **state)
{
    (void)state;
    static const struct {
        char sign;
        const char *title;
        double value;
        bool assumed;
        const char *reason;
    } wanted[] = {
        {' ', "followers", 48213, false, "import of 3 Aug, fresh"},
        {'x', "reach rate", 0.229, false, "feed, 20k to 1M followers, minter.io 2019"},
        {'x', "believed real", 1, true, "share unknown: counted as all real"},
        {'=', "people reached", 11040.777, false, "all markets: the share in yours is unknown"},
        {'x', "click rate", 0.04, true, "assumption, no public figure: type your own"},
        {'x', "ER vs peers", 1.620316, false, "ER 4.31% / 2.66%, median of 214 peers"},
        {'=', "clicks", 715.579, false, ""},
        {'x', "buy rate", 0.025, true, "assumption, shops see 1 to 4%"},
        {'=', "orders", 17.8895, false, ""},
        {'x', "order value EUR", 80, true, "assumption: your own figure belongs here"},
        {'=', "revenue", 1431.158, false, ""},
        {'x', "margin", 0.5, true, "assumption, no commission"},
        {'=', "contribution", 715.579, false, ""},
        {'-', "cost", 480, false, "1 post x fee 480, quoted 12 days ago"},
        {'=', "profit", 235.579, false, ""},
        {'/', "cost = ROI", 0.4908, false, ""},
    };
    struct drawn drawn;
    drawn_init(&drawn);
    struct why_line lines[WHY_MOST];
    int count = forecast_why(&drawn.world.facts, &drawn.assumptions, 0, COL_ROI, lines);
    assert_int_equal(count, COUNT_OF(wanted));
    for (size_t i = 0; i < COUNT_OF(wanted); i++) {
        assert_string_equal(lines[i].title, wanted[i].title);
        assert_string_equal(lines[i].reason, wanted[i].reason);
        assert_int_equal(lines[i].sign, wanted[i].sign);
        assert_int_equal(lines[i].assumed, wanted[i].assumed);
        if (fabs(lines[i].value / wanted[i].value - 1) > 1e-4)
            fail_msg("%s is %.10g", lines[i].title, lines[i].value);
    }
    plain_world_release(&drawn.world);
}

static const char *reason_of(const struct drawn *drawn, enum column column, const char *title)
{
    static struct why_line lines[WHY_MOST];
    int count = forecast_why(&drawn->world.facts, &drawn->assumptions, 0, column, lines);
    for (int i = 0; i < count; i++)
        if (strcmp(lines[i].title, title) == 0)
            return lines[i].reason;
    return "(no such line)";
}

static void what_the_user_sets_is_no_assumption(void **state)
{
    (void)state;
    struct drawn drawn;
    drawn_init(&drawn);
    static const char *const keys[] = {"aov", "margin", "ctr_feed", "cvr"};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        size_t parameter;
        assert_true(parameter_find(text_of(keys[i]), &parameter));
        assert_true(scenario_set(&drawn.scenario, parameter, 0.1, NULL));
    }
    struct why_line lines[WHY_MOST];
    int count = forecast_why(&drawn.world.facts, &drawn.assumptions, 0, COL_ROI, lines);
    for (int i = 0; i < count; i++)
        assert_int_equal(lines[i].assumed, strcmp(lines[i].title, "believed real") == 0);
    assert_string_equal(reason_of(&drawn, COL_ROI, "order value EUR"), "yours");
    assert_string_equal(reason_of(&drawn, COL_ROI, "margin"), "yours, no commission");
    plain_world_release(&drawn.world);
}

static void reasons_name_what_is_behind(void **state)
{
    (void)state;
    struct drawn drawn;
    drawn_init(&drawn);
    drawn.scenario.creator_cost = 30;
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "1 post x fee 480, quoted 12 days ago, + 30 a creator");
    drawn.scenario.epsilon = 0.5;
    assert_string_equal(reason_of(&drawn, COL_CLICKS, "ER vs peers"),
                        "ER 4.31% / 2.66% = 1.62x, to the power 0.5, median of 214 peers");
    drawn.scenario.commission = 0.12;
    assert_string_equal(reason_of(&drawn, COL_PROFIT, "margin"),
                        "assumption, 50% less 12% commission");
    peers_init(&drawn.peers);
    assert_string_equal(reason_of(&drawn, COL_ER_EXPECTED, "expected ER"), "HypeAuditor 2018");
    assert_string_equal(reason_of(&drawn, COL_ROI_VS_BASELINE, "same money there"),
                        "paid social, CPM 10, clicks 1.2%, buyers 2%");
    drawn.scenario.channels[0].ctr = NAN;
    assert_string_equal(reason_of(&drawn, COL_ROI_VS_BASELINE, "same money there"),
                        "paid social, its CPM, clicks or buyers are not given");
    drawn.scenario.channels[0].roas = 1.5;
    assert_string_equal(reason_of(&drawn, COL_ROI_VS_BASELINE, "same money there"),
                        "paid social, ROAS 1.5x as measured");
    assert_string_equal(reason_of(&drawn, COL_FOLLOWERS, columns[COL_FOLLOWERS].title),
                        "import of 3 Aug, fresh");
    drawn.assumptions.now += 14 * DATE_DAY;
    assert_string_equal(reason_of(&drawn, COL_FOLLOWERS, columns[COL_FOLLOWERS].title),
                        "import of 3 Aug, 16 days old");
    plain_world_release(&drawn.world);
}

static void a_missing_fee_says_why(void **state)
{
    (void)state;
    struct drawn drawn;
    drawn_init(&drawn);
    drawn.scenario.creator_cost = 0;
    drawn.world.facts.fee = (struct cells){0};
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "1 post x ~fee 482, estimated from followers");
    double fee = 48000, currency = currency_from_code(TEXT("USD"));
    drawn.world.facts.fee = (struct cells){.kind = CELLS_F64, .f64 = &fee};
    drawn.world.facts.currency = (struct cells){.kind = CELLS_F64, .f64 = &currency};
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "fee in USD: no exchange rate, set rate.USD");
    assert_string_equal(reason_of(&drawn, COL_FEE, "fee"),
                        "fee in USD: no exchange rate, set rate.USD");
    plain_world_release(&drawn.world);
}

/* ---- What is planned ---- */

static struct cells one(const double *value)
{
    return (struct cells){.kind = CELLS_F64, .f64 = value};
}

static void a_fee_of_ones_own_says_so(void **state)
{
    (void)state;
    struct drawn drawn;
    drawn_init(&drawn);
    double fee = 35000, none = NAN;
    drawn.world.facts.plan_fee = one(&fee);
    assert_string_equal(reason_of(&drawn, COL_FEE, "fee"), "one post, yours instead of 480");
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "1 post x fee 350, yours instead of 480");
    drawn.world.facts.fee = one(&none);
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "1 post x fee 350, yours instead of ~482");
    double currency = currency_from_code(TEXT("USD")), foreign = 48000;
    drawn.world.facts.fee = one(&foreign);
    drawn.world.facts.currency = one(&currency);
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"), "1 post x fee 350, yours");
    plain_world_release(&drawn.world);
}

/* The fee of another format is off the rate card, else estimated for that format. */
static void the_format_planned_is_told(void **state)
{
    (void)state;
    struct drawn drawn;
    drawn_init(&drawn);
    double planned = 3, format = FORMAT_REEL, asks = 35000, views = 21000;
    drawn.world.facts.planned = one(&planned);
    drawn.world.facts.plan_format = one(&format);
    drawn.world.facts.views = one(&views);
    assert_string_equal(reason_of(&drawn, COL_DELIVERABLES, "posts"), "3 reels in the plan");
    assert_string_equal(reason_of(&drawn, COL_FEE, "fee"), "one reel, estimated from views");
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "3 reels x ~fee 420, estimated from views");
    drawn.world.facts.format_fee = one(&asks);
    assert_string_equal(reason_of(&drawn, COL_ROI, "cost"),
                        "3 reels x fee 350, quoted 12 days ago");
    plain_world_release(&drawn.world);
}

static void a_media_value_names_its_parts(void **state)
{
    (void)state;
    static const char *const keys[] = {"value_like", "value_comment", "value_save"};
    static const double each[] = {0.5, 3, 1};
    struct drawn drawn;
    struct why_line lines[WHY_MOST];
    drawn_init(&drawn);
    assert_int_equal(forecast_why(&drawn.world.facts, &drawn.assumptions, 0, COL_EMV, lines), 1);
    assert_string_equal(lines[0].reason, "say what a view or a like is worth to you: "
                                         "value_impression, value_like ...");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        size_t parameter;
        assert_true(parameter_find(text_of(keys[i]), &parameter));
        assert_true(scenario_set(&drawn.scenario, parameter, each[i], NULL));
    }
    assert_int_equal(forecast_why(&drawn.world.facts, &drawn.assumptions, 0, COL_EMV, lines), 4);
    assert_int_equal(lines[0].sign, ' ');
    assert_string_equal(lines[0].reason, "1,950 at 0.5 each, yours");
    assert_int_equal(lines[1].sign, '+');
    assert_true(lines[1].value == 128 * 3);
    assert_string_equal(lines[2].reason, "unknown, left out");
    assert_string_equal(lines[2].parameter, "value_save");
    assert_true(lines[3].value == 1950 * 0.5 + 128 * 3);
    assert_string_equal(lines[3].reason, "at least: a part is unknown; no revenue");
    plain_world_release(&drawn.world);
}

int main(int count, char **words)
{
    if (count > 1)
        seed = strtoull(words[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_why_adds_up),
        cmocka_unit_test(a_reach_rate_of_ones_own_says_so),
        cmocka_unit_test(roi_as_it_is_drawn),
        cmocka_unit_test(what_the_user_sets_is_no_assumption),
        cmocka_unit_test(reasons_name_what_is_behind),
        cmocka_unit_test(a_missing_fee_says_why),
        cmocka_unit_test(a_fee_of_ones_own_says_so),
        cmocka_unit_test(a_media_value_names_its_parts),
        cmocka_unit_test(the_format_planned_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
