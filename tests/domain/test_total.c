/* Totals of random plans against a plain sum over a plain forecast; the range in closed form against
 * drawn numbers; bounds that always hold. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/total.h"
#include "random_creators.h"

#define CREATORS 400
#define PLANS 150

static uint64_t seed = 20260815;

/* Creators, some of whom are in the plan; the plan's rows in no order. */
struct plan {
    struct plain_creator creators[CREATORS];
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
    uint32_t rows[CREATORS];
    size_t count;
};

static struct plan *plan_new(struct random *random)
{
    struct plan *plan = mem_zero(1, sizeof *plan);
    for (size_t i = 0; i < CREATORS; i++) {
        random_creator(random, &plan->creators[i]);
        if (plan->creators[i].planned > 0)
            plan->rows[plan->count++] = (uint32_t)i;
    }
    for (size_t i = plan->count; i-- > 1;) {
        size_t other = random_below(random, i + 1);
        uint32_t row = plan->rows[i];
        plan->rows[i] = plan->rows[other];
        plan->rows[other] = row;
    }
    if (random_below(random, 2) == 0)
        plan->count = random_below(random, 13);
    plain_world_init(&plan->world, plan->creators, CREATORS);
    random_scenario(random, &plan->scenario);
    if (random_below(random, 2) == 0)
        plan->scenario.universe = floor(pow(10, 3 + 5 * random_unit(random)));
    peers_make(&plan->peers, &plan->world.facts, NULL, 0);
    plan->assumptions =
        (struct assumptions){.scenario = &plan->scenario, .peers = &plan->peers, .money_left = NAN};
    return plan;
}

static void plan_free(struct plan *plan)
{
    plain_world_release(&plan->world);
    free(plan);
}

static struct plain_figures plain_row(const struct plan *plan, const struct scenario *scenario,
                                      uint32_t row)
{
    const struct plain_creator *creator = &plan->creators[row];
    struct plain_scenario plain = plain_scenario_for(scenario, creator, NAN);
    return plain_forecast(creator, plain_expected(plan->creators, CREATORS, creator), &plain);
}

/* Sums over those of whom both are known. */
struct sums {
    double cost, other;
    size_t known;
};

static struct sums sums_with_cost(const struct plain_figures *rows, size_t count, size_t offset)
{
    struct sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        double other = *(const double *)((const char *)&rows[i] + offset);
        if (isnan(rows[i].cost) || isnan(other))
            continue;
        sums.cost += rows[i].cost;
        sums.other += other;
        sums.known++;
    }
    return sums;
}

static void expect(const char *what, const struct total *got, double value, size_t known)
{
    if (!plain_equal(got->value, value, 1e5))
        fail_msg("%s is %.17g, should be %.17g", what, got->value, value);
    if (got->known != known)
        fail_msg("%s is of %zu, should be of %zu", what, got->known, known);
}

static void check_sums(const struct totals *totals, const struct plain_figures *rows, size_t count)
{
    static const struct {
        const char *name;
        size_t total, plain;
    } sums[] = {
        {"cost", offsetof(struct totals, cost), offsetof(struct plain_figures, cost)},
        {"impressions", offsetof(struct totals, impressions),
         offsetof(struct plain_figures, impressions)},
        {"engagements", offsetof(struct totals, engagements),
         offsetof(struct plain_figures, engagements)},
        {"clicks", offsetof(struct totals, clicks), offsetof(struct plain_figures, clicks)},
        {"orders", offsetof(struct totals, orders), offsetof(struct plain_figures, orders)},
        {"revenue", offsetof(struct totals, revenue), offsetof(struct plain_figures, revenue)},
        {"emv", offsetof(struct totals, emv), offsetof(struct plain_figures, emv)},
        {"commission", offsetof(struct totals, commission),
         offsetof(struct plain_figures, commission)},
    };
    for (size_t s = 0; s < COUNT_OF(sums); s++) {
        double sum = 0;
        size_t known = 0;
        for (size_t i = 0; i < count; i++) {
            double value = *(const double *)((const char *)&rows[i] + sums[s].plain);
            if (isnan(value))
                continue;
            known++;
            sum += value;
        }
        expect(sums[s].name, (const struct total *)((const char *)totals + sums[s].total),
               known == 0 && count > 0 ? NAN : sum, known);
    }
}

static void check_ratios(const struct totals *totals, const struct plain_figures *rows,
                         size_t count)
{
    struct sums back = sums_with_cost(rows, count, offsetof(struct plain_figures, contribution));
    bool none = back.known == 0 || back.cost == 0;
    expect("roi", &totals->roi, none ? NAN : (back.other - back.cost) / back.cost, back.known);
    expect("profit", &totals->profit, back.known == 0 ? NAN : back.other - back.cost, back.known);
    struct sums revenue = sums_with_cost(rows, count, offsetof(struct plain_figures, revenue));
    expect("roas", &totals->roas, none ? NAN : revenue.other / revenue.cost, revenue.known);
    static const struct {
        const char *name;
        size_t total, plain;
        double factor;
    } units[] = {
        {"cpm", offsetof(struct totals, cpm), offsetof(struct plain_figures, impressions), 1000},
        {"cpr", offsetof(struct totals, cpr), offsetof(struct plain_figures, reach), 1000},
        {"cpe", offsetof(struct totals, cpe), offsetof(struct plain_figures, engagements), 1},
        {"cpc", offsetof(struct totals, cpc), offsetof(struct plain_figures, clicks), 1},
        {"cpa", offsetof(struct totals, cpa), offsetof(struct plain_figures, orders), 1},
    };
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        struct sums unit = sums_with_cost(rows, count, units[i].plain);
        double each = unit.known == 0   ? NAN
                      : unit.cost == 0  ? 0
                      : unit.other == 0 ? NAN
                                        : units[i].factor * unit.cost / unit.other;
        expect(units[i].name, (const struct total *)((const char *)totals + units[i].total), each,
               unit.known);
    }
}

/* Everybody's chance of not being reached by anyone, in the words of the formula. */
static void check_reach(const struct plan *plan, const struct totals *totals,
                        const struct plain_figures *rows)
{
    double universe = 0, missed = 1, most = 0, all = 0, shown = 0, missed_shown = 1;
    size_t known = 0, both = 0;
    for (size_t i = 0; i < plan->count; i++)
        universe += isnan(rows[i].reach) || isnan(rows[i].audience) ? 0 : 3 * rows[i].audience;
    if (!isnan(plan->scenario.universe))
        universe = plan->scenario.universe;
    for (size_t i = 0; i < plan->count; i++) {
        double cut = fmin(rows[i].reach, universe);
        if (isnan(rows[i].reach))
            continue;
        known++;
        missed *= universe > 0 ? 1 - cut / universe : 1;
        most = fmax(most, cut);
        all += cut;
        if (isnan(rows[i].impressions))
            continue;
        both++;
        shown += rows[i].impressions;
        missed_shown *= universe > 0 ? 1 - cut / universe : 1;
    }
    bool none = known == 0 && plan->count > 0;
    double net = universe * (1 - missed);
    if (none) {
        assert_true(isnan(totals->net_reach.value));
        return;
    }
    assert_int_equal(totals->net_reach.known, known);
    assert_int_equal(totals->frequency.known, both);
    if (fabs(totals->net_reach.value - net) > 1e-9 * universe)
        fail_msg("net reach is %.17g, should be %.17g", totals->net_reach.value, net);
    assert_true(plain_equal(totals->net_reach_low, most, 0));
    assert_true(plain_equal(totals->net_reach_high, fmin(all, universe), 0));
    double slack = 1e-9 * universe;
    assert_true(totals->net_reach.value <= universe);
    assert_true(totals->net_reach.value >= totals->net_reach_low - slack);
    assert_true(totals->net_reach.value <= totals->net_reach_high + slack);
    double frequency = shown / (universe * (1 - missed_shown));
    if (universe * (1 - missed_shown) > 1e-6 * universe &&
        fabs(totals->frequency.value - frequency) > 1e-6 * frequency)
        fail_msg("frequency is %.17g, should be %.17g", totals->frequency.value, frequency);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_total(const struct total *a, const struct total *b)
{
    return same(a->value, b->value) && a->known == b->known && a->estimated == b->estimated &&
           a->at_least == b->at_least;
}

static void random_plans_agree_with_plain_sums(void **state)
{
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    struct totals totals, added;
    totals_init(&totals);
    totals_init(&added);
    for (uint64_t i = 0; i < PLANS; i++) {
        struct random random;
        random_init(&random, seed + i);
        struct plan *plan = plan_new(&random);
        struct plain_figures rows[CREATORS];
        size_t estimated = 0, missed = 0;
        totals_begin(&added);
        for (size_t k = 0; k < plan->count; k++) {
            struct figures figures;
            rows[k] = plain_row(plan, &plan->scenario, plan->rows[k]);
            estimated += rows[k].fee_estimated;
            missed += rows[k].emv_at_least || isnan(rows[k].emv);
            forecast(&plan->world.facts, &plan->assumptions, plan->rows[k], &figures);
            totals_add(&added, &figures);
        }
        totals_end(&added, &plan->assumptions);
        totals_make(&totals, &plan->world.facts, &plan->assumptions, plan->rows, plan->count);
        check_sums(&totals, rows, plan->count);
        check_ratios(&totals, rows, plan->count);
        check_reach(plan, &totals, rows);
        assert_int_equal(totals.estimated_fees, estimated);
        assert_int_equal(totals.emv.at_least, missed > 0 && totals.emv.known > 0);
        assert_int_equal(totals.orders.at_least,
                         totals.orders.known > 0 && totals.orders.known < plan->count);
        assert_int_equal(totals.creators, plan->count);
        assert_int_equal(totals.unknown_costs, plan->count - totals.cost.known);
        assert_true(plain_equal(
            totals.left, plan->scenario.budget - (totals.cost.known ? totals.cost.value : 0), 1e5));
        assert_true(isnan(totals.roi.value) || totals.roi_p10 <= totals.roi_p90);
        /* One by one or all at once is the same to the bit. */
        assert_true(same_total(&added.roi, &totals.roi));
        assert_true(same_total(&added.emv, &totals.emv));
        assert_true(same_total(&added.net_reach, &totals.net_reach));
        assert_true(same(added.roi_p90, totals.roi_p90));
        plan_free(plan);
    }
    totals_release(&totals);
    totals_release(&added);
}

static void nobody_in_the_plan(void **state)
{
    (void)state;
    struct scenario scenario;
    struct peers peers;
    struct totals totals;
    scenario_init(&scenario);
    peers_init(&peers);
    struct assumptions assumptions = {.scenario = &scenario, .peers = &peers, .money_left = NAN};
    struct facts facts = {0};
    totals_init(&totals);
    totals_make(&totals, &facts, &assumptions, NULL, 0);
    assert_int_equal(totals.creators, 0);
    assert_true(totals.cost.value == 0 && totals.left == 10000);
    assert_true(totals.revenue.value == 0 && totals.net_reach.value == 0);
    assert_true(isnan(totals.roi.value) && isnan(totals.roi_p10) && isnan(totals.frequency.value));
    assert_false(totals.chance);
    totals_release(&totals);
}

/* ---- The range, drawn ---- */

#define DRAWS 40000

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Three factors of mean 1 for each creator, of which a part is the same for all, and orders counted
 * with a spread of their root: what the page says is uncertain, without its formula. */
static double draw_back(struct random *random, const struct figures *rows, size_t count,
                        const struct scenario *scenario)
{
    double reach = random_normal(random), ctr = random_normal(random), cvr = random_normal(random);
    double expected = 0, orders = 0, contribution = 0;
    for (size_t i = 0; i < count; i++) {
        bool views = formats[rows[i].format].by_views;
        double spreads[3] = {views ? scenario->spread_reach_views : scenario->spread_reach,
                             scenario->spread_ctr, scenario->spread_cvr};
        double own[3] = {scenario->own_reach, scenario->own_ctr, scenario->own_cvr};
        double common[3] = {reach, ctr, cvr}, log_factor = 0;
        for (int k = 0; k < 3; k++)
            log_factor +=
                spreads[k] * (sqrt(1 - own[k]) * common[k] + sqrt(own[k]) * random_normal(random)) -
                spreads[k] * spreads[k] / 2;
        expected += rows[i].orders * exp(log_factor);
        orders += rows[i].orders;
        contribution += rows[i].contribution;
    }
    double counted = fmax(expected + sqrt(expected) * random_normal(random), 0);
    return contribution / orders * counted;
}

static void check_drawn(const struct scenario *scenario, const enum format *of, size_t count)
{
    struct figures rows[12];
    struct totals totals;
    struct random random;
    totals_init(&totals);
    random_init(&random, seed);
    double cost = 0, *drawn = mem_alloc(DRAWS * sizeof *drawn);
    for (size_t i = 0; i < count; i++) {
        double orders = 60 + 30.0 * (double)(i % 4);
        rows[i] = (struct figures){.format = of[i % 2],
                                   .deliverables = 1,
                                   .audience = 9e4,
                                   .reach = 3e4,
                                   .orders = orders,
                                   .revenue = 80 * orders,
                                   .contribution = 40 * orders,
                                   .cost = 400};
        cost += rows[i].cost;
        totals_add(&totals, &rows[i]);
    }
    struct assumptions assumptions = {.scenario = scenario};
    totals_end(&totals, &assumptions);
    for (size_t i = 0; i < DRAWS; i++)
        drawn[i] = draw_back(&random, rows, count, scenario) / cost;
    qsort(drawn, DRAWS, sizeof *drawn, ascending);
    double closed[3] = {totals.roi_p10 + 1, totals.roi_p50 + 1, totals.roi_p90 + 1};
    double at[3] = {drawn[DRAWS / 10], drawn[DRAWS / 2], drawn[DRAWS * 9 / 10]};
    for (int i = 0; i < 3; i++)
        if (fabs(closed[i] / at[i] - 1) > 0.06)
            fail_msg("quantile %d of %zu creators is %g, drawn %g", i, count, closed[i], at[i]);
    free(drawn);
    totals_release(&totals);
}

static void the_range_is_what_drawing_gives(void **state)
{
    (void)state;
    static const enum format feed[2] = {FORMAT_FEED, FORMAT_FEED};
    static const enum format mixed[2] = {FORMAT_FEED, FORMAT_TIKTOK_VIDEO};
    printf("seed %llu\n", (unsigned long long)seed);
    struct scenario scenario;
    scenario_init(&scenario);
    check_drawn(&scenario, feed, 1);
    check_drawn(&scenario, feed, 12);
    check_drawn(&scenario, mixed, 12);
    scenario.own_reach = 0; /* what is common to feeds and videos has two spreads */
    check_drawn(&scenario, mixed, 12);
    scenario.own_ctr = scenario.own_cvr = 1;
    check_drawn(&scenario, mixed, 2);
}

/* ---- One assumption low and high ---- */

/* ROI of the plan from scratch, the revenue of each times his factor. */
static double plain_roi(const struct plan *plan, const struct scenario *scenario,
                        double (*factor)(const struct scenario *, enum format, double z), double z)
{
    double cost = 0, back = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct plain_figures row = plain_row(plan, scenario, plan->rows[i]);
        enum format format = planned_format(&plan->creators[plan->rows[i]]);
        if (isnan(row.cost) || isnan(row.contribution))
            continue;
        cost += row.cost;
        back += row.contribution * (factor ? factor(scenario, format, z) : 1);
    }
    return cost == 0 ? NAN : (back - cost) / cost;
}

static double lognormal(double spread, double z)
{
    return exp(z * spread) / exp(spread * spread / 2);
}

static double reach_factor(const struct scenario *scenario, enum format format, double z)
{
    bool feed = format == FORMAT_FEED || format == FORMAT_X_POST || format == FORMAT_PIN ||
                format == FORMAT_FACEBOOK_POST || format == FORMAT_LINKEDIN_POST ||
                format == FORMAT_STORY;
    return lognormal(feed ? scenario->spread_reach : scenario->spread_reach_views, z);
}

static double click_factor(const struct scenario *scenario, enum format format, double z)
{
    (void)format;
    return lognormal(scenario->spread_ctr, z);
}

static double feed_click_factor(const struct scenario *scenario, enum format format, double z)
{
    return format == FORMAT_FEED ? lognormal(scenario->spread_ctr, z) : 1;
}

static double buy_factor(const struct scenario *scenario, enum format format, double z)
{
    (void)format;
    return lognormal(scenario->spread_cvr, z);
}

static void expect_swing(const char *key, double got, double wanted)
{
    if (!plain_equal(got, wanted, 1e3))
        fail_msg("ROI at one end of %s is %.17g, should be %.17g", key, got, wanted);
}

/* The parameter itself low and high, the whole plan forecast again. */
static void check_forecast(const struct plan *plan, const char *key,
                           const struct total_swing *swing, double low, double high)
{
    size_t parameter;
    assert_true(parameter_find(text_of(key), &parameter));
    for (int end = 0; end < 2; end++) {
        struct scenario scenario = plan->scenario;
        double value = scenario_get(&scenario, parameter) * (end == 0 ? low : high);
        value = fmin(fmax(value, parameters[parameter].least), parameters[parameter].most);
        assert_true(scenario_set(&scenario, parameter, value, NULL));
        expect_swing(key, end == 0 ? swing->low : swing->high, plain_roi(plan, &scenario, NULL, 0));
    }
}

/* What reach is made of is as uncertain as reach. */
static void check_rates(const struct plan *plan)
{
    static const char *const keys[] = {"reach_feed_30k", "reach_pin", "unique_tiktok_video",
                                       "unique_reel"};
    struct total_swing swings[COUNT_OF(keys)];
    double z = 1.2815515655446004;
    totals_swing(&plan->world.facts, &plan->assumptions, plan->rows, plan->count, keys,
                 COUNT_OF(keys), swings);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        double spread = i < 2 ? plan->scenario.spread_reach : plan->scenario.spread_reach_views;
        check_forecast(plan, keys[i], &swings[i], lognormal(spread, -z), lognormal(spread, z));
    }
}

static void each_assumption_low_and_high(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double (*factor)(const struct scenario *, enum format, double);
    } uncertain[] = {{"reach", reach_factor},
                     {"ctr", click_factor},
                     {"ctr_feed", feed_click_factor},
                     {"cvr", buy_factor}};
    static const char *const certain[] = {
        "aov",         "margin",       "commission",     "incremental",
        "epsilon",     "clamp_high",   "headroom",       "discount",
        "other_share", "creator_cost", "fulfilment",     "typical_credibility",
        "budget",      "own_reach",    "estimate_views", "estimate_follower"};
    const char *keys[COUNT_OF(uncertain) + COUNT_OF(certain)];
    for (size_t i = 0; i < COUNT_OF(uncertain); i++)
        keys[i] = uncertain[i].key;
    for (size_t i = 0; i < COUNT_OF(certain); i++)
        keys[COUNT_OF(uncertain) + i] = certain[i];
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t world = 0; world < 12; world++) {
        struct random random;
        random_init(&random, seed + 1000 + world);
        struct plan *plan = plan_new(&random);
        struct total_swing swings[COUNT_OF(keys)];
        totals_swing(&plan->world.facts, &plan->assumptions, plan->rows, plan->count, keys,
                     COUNT_OF(keys), swings);
        for (size_t i = 0; i < COUNT_OF(uncertain); i++) {
            double z = 1.2815515655446004;
            expect_swing(keys[i], swings[i].low,
                         plain_roi(plan, &plan->scenario, uncertain[i].factor, -z));
            expect_swing(keys[i], swings[i].high,
                         plain_roi(plan, &plan->scenario, uncertain[i].factor, z));
        }
        for (size_t i = COUNT_OF(uncertain); i < COUNT_OF(keys); i++)
            check_forecast(plan, keys[i], &swings[i], 0.9, 1.1);
        check_rates(plan);
        size_t widest = 0;
        double least_marked = INFINITY, most_unmarked = 0;
        for (size_t i = 0; i < COUNT_OF(keys); i++) {
            double width = fabs(swings[i].high - swings[i].low);
            widest += swings[i].widest;
            if (swings[i].widest)
                least_marked = fmin(least_marked, width);
            else if (width > most_unmarked)
                most_unmarked = width;
        }
        assert_true(widest <= 2 && least_marked >= most_unmarked);
        plan_free(plan);
    }
}

/* A fee in a currency follows its rate; what is nothing to ROI does not move it. */
static void exchange_rates_and_strangers(void **state)
{
    (void)state;
    unsigned dollar = currency_from_code(TEXT("USD"));
    uint8_t platform = PLATFORM_INSTAGRAM;
    double followers = 50000, fee = 40000, currency = dollar, planned = 2;
    struct facts facts = {.count = 1,
                          .platform = &platform,
                          .followers = {CELLS_F64, {.f64 = &followers}},
                          .fee = {CELLS_F64, {.f64 = &fee}},
                          .currency = {CELLS_F64, {.f64 = &currency}},
                          .planned = {CELLS_F64, {.f64 = &planned}}};
    struct scenario scenario;
    struct peers peers;
    scenario_init(&scenario);
    peers_init(&peers);
    scenario.rates[0] = (struct exchange_rate){dollar, 0.5, 0};
    scenario.rate_count = 1;
    struct assumptions assumptions = {.scenario = &scenario, .peers = &peers, .money_left = NAN};
    struct totals totals;
    totals_init(&totals);
    totals_make(&totals, &facts, &assumptions, (uint32_t[]){0}, 1);
    assert_true(totals.cost.value == 430); /* 2 x 200 + 30 */
    const char *const keys[] = {"rate.USD", "rate.GBP", "universe", NULL, "channel.1.cpm"};
    struct total_swing swings[COUNT_OF(keys)];
    totals_swing(&facts, &assumptions, (uint32_t[]){0}, 1, keys, COUNT_OF(keys), swings);
    expect_swing("rate.USD", swings[0].low, totals.contribution.value / 390 - 1);
    expect_swing("rate.USD", swings[0].high, totals.contribution.value / 470 - 1);
    assert_true(swings[0].widest);
    for (size_t i = 1; i < COUNT_OF(keys); i++) {
        assert_true(swings[i].low == totals.roi.value && swings[i].high == totals.roi.value);
        assert_false(swings[i].widest);
    }
    totals_release(&totals);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_plans_agree_with_plain_sums),
        cmocka_unit_test(nobody_in_the_plan),
        cmocka_unit_test(the_range_is_what_drawing_gives),
        cmocka_unit_test(each_assumption_low_and_high),
        cmocka_unit_test(exchange_rates_and_strangers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
