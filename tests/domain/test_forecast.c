/* The forecast against a plain, separately written one, over random creators and assumptions; and
 * the special cases with answers worked out by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "random_creators.h"

#define CREATORS 150
#define WORLDS 60

static uint64_t seed = 20260803;

/* Any format of the platform, with any number of deliverables and a fee or none. */
static struct forecast_case random_case(struct random *random, enum platform platform)
{
    enum format format;
    do {
        format = (enum format)random_below(random, FORMAT_COUNT);
    } while (formats[format].platform != platform);
    return (struct forecast_case){
        .format = format,
        .deliverables = (double)random_below(random, 7),
        .fee = random_below(random, 2) == 0 ? NAN : (double)random_below(random, 3000),
        .er_expected = NAN,
    };
}

static bool compare_as(struct random *random, const struct plain_world *world,
                       const struct assumptions *assumptions, const struct plain_creator *creator,
                       size_t row, double expected)
{
    enum platform platform = (enum platform)world->platform[row];
    if (platform == PLATFORM_OTHER)
        return true;
    struct forecast_case as = random_case(random, platform);
    struct plain_creator changed = *creator;
    struct plain_scenario plain_scenario =
        plain_scenario_of(assumptions->scenario, as.format, assumptions->money_left);
    /* A fee that is given is nobody's own. */
    if (!isnan(as.fee)) {
        changed.plan_format = formats[as.format].word;
        changed.own_fee_set = true;
        changed.own_fee = as.fee;
    }
    struct plain_figures plain;
    struct figures figures;
    forecast_as(&world->facts, assumptions, row, &as, &figures);
    changed.planned = 0;
    plain_scenario.fill = false;
    plain_scenario.deliverables = as.deliverables;
    plain = plain_forecast(&changed, expected, &plain_scenario);
    plain.fee_own = plain.fee_own && isnan(as.fee);
    plain.affordable = figures.affordable; /* counts from the plan, compared elsewhere */
    char who[64];
    snprintf(who, sizeof who, "row %zu as %s x%g", row, formats[as.format].word, as.deliverables);
    return plain_agrees(who, &plain, &figures);
}

/* In every third world nobody has a format or a fee of the user's. */
static bool compare_world(struct random *random, bool plain_plan)
{
    struct plain_creator creators[CREATORS];
    for (size_t i = 0; i < CREATORS; i++) {
        random_creator(random, &creators[i]);
        if (plain_plan) {
            creators[i].plan_format = NULL;
            creators[i].own_fee_set = false;
        }
    }
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    plain_world_init(&world, creators, CREATORS);
    random_scenario(random, &scenario);
    peers_make(&peers, &world.facts, NULL, 0);
    struct assumptions assumptions = {
        .scenario = &scenario,
        .peers = &peers,
        .money_left = random_below(random, 9) == 0 ? NAN : -500 + 10000 * random_unit(random),
    };
    bool agrees = true;
    for (size_t row = 0; row < CREATORS; row++) {
        struct plain_scenario plain_scenario =
            plain_scenario_for(&scenario, &creators[row], assumptions.money_left);
        double expected = plain_expected(creators, CREATORS, &creators[row]);
        struct plain_figures plain = plain_forecast(&creators[row], expected, &plain_scenario);
        struct figures figures;
        forecast(&world.facts, &assumptions, row, &figures);
        char who[64];
        snprintf(who, sizeof who, "row %zu, %s", row, creators[row].platform);
        agrees = plain_agrees(who, &plain, &figures) && agrees;
        agrees = compare_as(random, &world, &assumptions, &creators[row], row, expected) && agrees;
    }
    plain_world_release(&world);
    return agrees;
}

static void random_creators_agree_with_the_plain_forecast(void **state)
{
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; i < WORLDS; i++) {
        struct random random;
        random_init(&random, seed + i);
        if (!compare_world(&random, i % 3 == 0))
            fail_msg("seed %llu, world %llu", (unsigned long long)seed, (unsigned long long)i);
    }
}

/* The defaults of the program and those written down for the plain forecast are the same. */
static void the_default_scenario_agrees_too(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, seed);
    struct plain_creator creators[CREATORS];
    for (size_t i = 0; i < CREATORS; i++)
        random_creator(&random, &creators[i]);
    for (size_t i = 0; i < CREATORS; i++) /* the defaults are those of the first formats */
        creators[i].plan_format = NULL;
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    plain_world_init(&world, creators, CREATORS);
    scenario_init(&scenario);
    peers_make(&peers, &world.facts, NULL, 0);
    struct assumptions assumptions = {
        .scenario = &scenario, .peers = &peers, .money_left = scenario.budget};
    for (size_t row = 0; row < CREATORS; row++) {
        struct plain_scenario plain_scenario = plain_default(creators[row].platform);
        double expected = plain_expected(creators, CREATORS, &creators[row]);
        struct plain_figures plain = plain_forecast(&creators[row], expected, &plain_scenario);
        struct figures figures;
        forecast(&world.facts, &assumptions, row, &figures);
        assert_true(plain_agrees(creators[row].platform, &plain, &figures));
    }
    plain_world_release(&world);
}

/* An Instagram account with 10,000 followers, 500 likes, 20 comments and a fee of 100. */
static struct plain_creator simple_creator(void)
{
    return (struct plain_creator){
        .platform = "instagram",
        .followers = 10000,
        .credibility = NAN,
        .audience_market = NAN,
        .likes = 500,
        .comments = 20,
        .shares = NAN,
        .saves = NAN,
        .views = NAN,
        .reach_post = NAN,
        .er_stated = NAN,
        .er_stated_basis = "",
        .fee = 100,
    };
}

struct stand {
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
    double currency; /* of the fee, where a test sets one */
};

static void stand_init(struct stand *stand, const struct plain_creator *creator)
{
    plain_world_init(&stand->world, creator, 1);
    scenario_init(&stand->scenario);
    peers_init(&stand->peers);
    stand->assumptions = (struct assumptions){
        .scenario = &stand->scenario, .peers = &stand->peers, .money_left = NAN};
}

static struct figures stand_figures(const struct stand *stand)
{
    struct figures figures;
    forecast(&stand->world.facts, &stand->assumptions, 0, &figures);
    return figures;
}

static void value(struct stand *stand, const char *key, double each)
{
    size_t parameter;
    assert_true(parameter_find(text_of(key), &parameter));
    assert_true(scenario_set(&stand->scenario, parameter, each, NULL));
}

/* 10,000 followers, 500 likes, 20 comments; a post reaches 2,581.69700377573 (24 % of the way, in
 * logarithms, from 3,000 to 30,000: 30 to 22 %). */
static void media_value_is_off_until_somebody_gives_values(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    stand_init(&stand, &creator);
    assert_true(isnan(stand_figures(&stand).emv));
    assert_false(stand_figures(&stand).marks & MARK_EMV_AT_LEAST);
    value(&stand, "value_like", 0.5);
    value(&stand, "value_comment", 3);
    assert_true(stand_figures(&stand).emv == 500 * 0.5 + 20 * 3);
    assert_false(stand_figures(&stand).marks & MARK_EMV_AT_LEAST);
    value(&stand, "value_impression", 0.01);
    assert_true(plain_equal(stand_figures(&stand).emv, 310 + 25.8169700377573, 0));
    stand.scenario.deliverables = 3;
    assert_true(plain_equal(stand_figures(&stand).emv, 3 * (310 + 25.8169700377573), 0));
    assert_true(stand_figures(&stand).revenue < 1000); /* in which it has no part */
    value(&stand, "value_save", 0);                    /* of no worth, known or not */
    assert_false(stand_figures(&stand).marks & MARK_EMV_AT_LEAST);
    value(&stand, "value_share", 2); /* nobody knows how many */
    assert_true(plain_equal(stand_figures(&stand).emv, 3 * (310 + 25.8169700377573), 0));
    assert_true(stand_figures(&stand).marks & MARK_EMV_AT_LEAST);
    plain_world_release(&stand.world);
}

/* Of a gift four in five come; the likes of the feed say nothing about a story. */
static void media_value_of_gifts_and_stories(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    creator.fee = 0;
    stand_init(&stand, &creator);
    value(&stand, "value_like", 0.5);
    assert_true(plain_equal(stand_figures(&stand).emv, 0.8 * 250, 0));
    struct forecast_case story = {FORMAT_STORY, 1, 50, NAN};
    struct figures figures;
    forecast_as(&stand.world.facts, &stand.assumptions, 0, &story, &figures);
    assert_true(isnan(figures.emv));
    assert_false(figures.marks & MARK_EMV_AT_LEAST);
    value(&stand, "value_impression", 0.01);
    forecast_as(&stand.world.facts, &stand.assumptions, 0, &story, &figures);
    assert_true(plain_equal(figures.emv, 0.01 * figures.impressions, 0));
    assert_true(figures.emv > 0 && figures.marks & MARK_EMV_AT_LEAST);
    plain_world_release(&stand.world);
}

static void nothing_ordered_costs_nothing(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    stand_init(&stand, &creator);
    struct forecast_case none = {FORMAT_FEED, 0, NAN, NAN};
    struct figures figures;
    forecast_as(&stand.world.facts, &stand.assumptions, 0, &none, &figures);
    assert_true(figures.cost == 0 && figures.reach == 0 && figures.impressions == 0);
    assert_true(figures.revenue == 0 && figures.profit == 0 && figures.cpm == 0);
    assert_true(isnan(figures.roi) && isnan(figures.roi_p10) && isnan(figures.roas));
    assert_true(isnan(figures.breakeven_fee));
    plain_world_release(&stand.world);
}

static void the_range_lies_around_its_median(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    stand_init(&stand, &creator);
    struct figures figures = stand_figures(&stand);
    assert_true(figures.roi_p10 < figures.roi_p50 && figures.roi_p50 < figures.roi_p90);
    plain_world_release(&stand.world);
}

/* Fees stand in minor units of their currency: 200.00 USD, 30000 JPY without decimals. */
static void fees_are_converted_by_the_scenario(void **state)
{
    (void)state;
    static const struct {
        struct text code;
        double minor, rate, fee;
    } cases[] = {
        {{"USD", 3}, 20000, 0.9, 180},
        {{"JPY", 3}, 30000, 0.006, 180},
        {{"EUR", 3}, 20000, NAN, 200},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct stand stand;
        struct plain_creator creator = simple_creator();
        creator.fee = cases[i].minor / 100;
        stand_init(&stand, &creator);
        unsigned code = currency_from_code(cases[i].code);
        stand.currency = code;
        stand.world.facts.currency = (struct cells){.kind = CELLS_F64, .f64 = &stand.currency};
        if (!isnan(cases[i].rate))
            stand.scenario.rates[stand.scenario.rate_count++] =
                (struct exchange_rate){.currency = code, .rate = cases[i].rate};
        assert_true(plain_equal(stand_figures(&stand).fee, cases[i].fee, 0));
        plain_world_release(&stand.world);
    }
}

static void without_a_rate_there_is_no_fee_and_no_estimate(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    creator.fee_not_convertible = true;
    stand_init(&stand, &creator);
    struct figures figures = stand_figures(&stand);
    assert_true(isnan(figures.fee) && isnan(figures.cost) && isnan(figures.roi));
    assert_true(figures.marks & MARK_NO_RATE);
    assert_false(figures.marks & MARK_FEE_ESTIMATED);
    assert_false(isnan(figures.revenue) || isnan(figures.breakeven_fee));
    plain_world_release(&stand.world);
}

/* 30 for the parcel once, then 100 for each post. */
static void what_is_left_of_the_budget_buys(void **state)
{
    (void)state;
    static const struct {
        double left, planned, affordable;
    } cases[] = {
        {NAN, 0, NAN}, {0, 0, 0},   {129.99, 0, 0}, {130, 0, 1}, {329.99, 0, 2},
        {330, 0, 3},   {300, 2, 3}, {99.99, 2, 0},  {-1, 2, 0},  {10000, 0, 99},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct stand stand;
        struct plain_creator creator = simple_creator();
        creator.planned = cases[i].planned;
        stand_init(&stand, &creator);
        stand.assumptions.money_left = cases[i].left;
        double affordable = stand_figures(&stand).affordable;
        if (!plain_equal(affordable, cases[i].affordable, 0))
            fail_msg("%g left, %g planned: %g", cases[i].left, cases[i].planned, affordable);
        plain_world_release(&stand.world);
    }
}

static void the_budget_can_decide_the_deliverables(void **state)
{
    (void)state;
    static const struct {
        double budget, deliverables;
    } cases[] = {{0, 1}, {130, 1}, {229, 1}, {230, 2}, {430, 4}, {630, 6}, {10000, 6}};
    struct stand stand;
    struct plain_creator creator = simple_creator();
    stand_init(&stand, &creator);
    stand.scenario.fill = 1;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        stand.scenario.budget = cases[i].budget;
        assert_true(stand_figures(&stand).deliverables == cases[i].deliverables);
    }
    plain_world_release(&stand.world);
}

static void marks_say_what_is_assumed(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    stand_init(&stand, &creator);
    assert_int_equal(stand_figures(&stand).marks & ~(unsigned)MARK_CHANCE,
                     MARK_CREDIBILITY_ASSUMED | MARK_MARKET_ASSUMED);
    plain_world_release(&stand.world);

    creator.fee = 0;
    creator.credibility = creator.audience_market = 0.9;
    creator.comments = NAN;
    creator.reach_post = 100;
    stand_init(&stand, &creator);
    assert_int_equal(stand_figures(&stand).marks,
                     MARK_GIFTED | MARK_ER_AT_LEAST | MARK_REACH_IMPORTED | MARK_CHANCE);
    plain_world_release(&stand.world);

    creator.likes = NAN;
    creator.er_stated = 0.03;
    creator.er_stated_basis = "reach";
    creator.fee = NAN;
    stand_init(&stand, &creator);
    assert_int_equal(stand_figures(&stand).marks, MARK_FEE_ESTIMATED | MARK_ER_STATED |
                                                      MARK_REACH_IMPORTED | MARK_INDEX_ASSUMED |
                                                      MARK_CHANCE);
    plain_world_release(&stand.world);
}

/* Some sources write -1 for a number they do not have. */
static void counts_below_zero_are_unknown(void **state)
{
    (void)state;
    struct stand stand;
    struct plain_creator creator = simple_creator();
    creator.likes = -1;
    stand_init(&stand, &creator);
    struct figures figures = stand_figures(&stand);
    assert_true(isnan(figures.er) && isnan(figures.engagements) && !isnan(figures.roi));
    assert_int_equal(figures.basis, BASIS_NONE);
    plain_world_release(&stand.world);

    creator = simple_creator();
    creator.comments = -1;
    stand_init(&stand, &creator);
    figures = stand_figures(&stand);
    assert_true(plain_equal(figures.er, 0.05, 0));
    assert_true(figures.marks & MARK_ER_AT_LEAST);
    plain_world_release(&stand.world);

    creator = simple_creator();
    creator.followers = -1;
    stand_init(&stand, &creator);
    figures = stand_figures(&stand);
    assert_true(isnan(figures.er) && isnan(figures.reach) && isnan(figures.roi));
    assert_true(figures.cost == 130);
    plain_world_release(&stand.world);
}

/* Reach, response and cost are exactly why one brings back more than the other. */
static void factors_multiply_to_the_difference(void **state)
{
    (void)state;
    struct plain_creator creators[3] = {simple_creator(), simple_creator(), simple_creator()};
    creators[1].platform = "tiktok";
    creators[1].views = 30000;
    creators[1].fee = 300;
    creators[2].followers = NAN;
    struct stand stand;
    stand_init(&stand, creators);
    plain_world_release(&stand.world);
    plain_world_init(&stand.world, creators, COUNT_OF(creators));
    struct figures figures[3];
    for (size_t row = 0; row < 3; row++)
        forecast(&stand.world.facts, &stand.assumptions, row, &figures[row]);

    struct forecast_factors factors;
    assert_true(forecast_factors(&figures[1], &figures[0], &stand.scenario, &factors));
    assert_true(factors.same_ctr);
    assert_true(plain_equal(factors.back_a, 1 + figures[1].roi, 0));
    assert_true(plain_equal(factors.back_a / factors.back_b,
                            factors.reach * factors.response * factors.cost, 0));
    assert_true(plain_equal(factors.reach, figures[1].reach / figures[0].reach, 0));
    assert_true(plain_equal(factors.cost, figures[0].cost / figures[1].cost, 0));

    stand.scenario.ctr[FORMAT_TIKTOK_VIDEO] = 0.01;
    forecast(&stand.world.facts, &stand.assumptions, 1, &figures[1]);
    assert_true(forecast_factors(&figures[1], &figures[0], &stand.scenario, &factors));
    assert_false(factors.same_ctr);
    assert_true(plain_equal(factors.back_a / factors.back_b,
                            factors.reach * factors.response * factors.cost, 0));
    assert_false(forecast_factors(&figures[2], &figures[0], &stand.scenario, &factors));
    assert_false(forecast_factors(&figures[0], &figures[2], &stand.scenario, &factors));
    plain_world_release(&stand.world);
}

int main(int count, char **words)
{
    if (count > 1)
        seed = strtoull(words[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_creators_agree_with_the_plain_forecast),
        cmocka_unit_test(the_default_scenario_agrees_too),
        cmocka_unit_test(media_value_is_off_until_somebody_gives_values),
        cmocka_unit_test(media_value_of_gifts_and_stories),
        cmocka_unit_test(nothing_ordered_costs_nothing),
        cmocka_unit_test(the_range_lies_around_its_median),
        cmocka_unit_test(fees_are_converted_by_the_scenario),
        cmocka_unit_test(without_a_rate_there_is_no_fee_and_no_estimate),
        cmocka_unit_test(what_is_left_of_the_budget_buys),
        cmocka_unit_test(the_budget_can_decide_the_deliverables),
        cmocka_unit_test(marks_say_what_is_assumed),
        cmocka_unit_test(counts_below_zero_are_unknown),
        cmocka_unit_test(factors_multiply_to_the_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
