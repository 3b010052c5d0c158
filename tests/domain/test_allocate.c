#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"
#include "base/vec.h"
#include "domain/allocate.h"

#define ITEMS_MOST 3000
#define CAP_MOST 1200

/* A problem that owns its numbers. */
struct deal {
    struct allocation_item items[ITEMS_MOST];
    struct allocation_rule rules[ALLOCATION_RULES];
    struct allocation_problem problem;
    double *numbers[ITEMS_MOST];
};

static struct deal *deal_new(size_t count, double budget)
{
    struct deal *deal = mem_zero(1, sizeof *deal);
    deal->problem = (struct allocation_problem){
        .items = deal->items, .count = count, .rules = deal->rules, .budget = budget};
    return deal;
}

static void deal_free(struct deal *deal)
{
    for (size_t i = 0; i < deal->problem.count; i++)
        free(deal->numbers[i]);
    free(deal);
}

/* Room for the costs and gains of one more item. */
static void item_put(struct deal *deal, size_t i, unsigned cap, double **cost, double **gain)
{
    deal->numbers[i] = mem_zero(2 * (cap + 1u), sizeof(double));
    *cost = deal->numbers[i];
    *gain = deal->numbers[i] + cap + 1;
    deal->items[i] = (struct allocation_item){.cost = *cost, .gain = *gain, .cap = cap};
}

static void rule_add(struct deal *deal, enum allocation_rule_kind kind, unsigned count)
{
    deal->rules[deal->problem.rule_count++] = (struct allocation_rule){kind, count};
}

/* One that costs `once` and `each` for every post, and brings `worth` x (1 - left^n). */
static void creator_put(struct deal *deal, size_t i, unsigned cap, double once, double each,
                        double worth, double left)
{
    double *cost, *gain;
    item_put(deal, i, cap, &cost, &gain);
    for (unsigned n = 1; n <= cap; n++) {
        cost[n] = once + n * each;
        gain[n] = worth * (1 - pow(left, n)) - cost[n];
    }
}

/* What a selection costs and gains; false where it breaks a rule or the budget. */
static bool adds_up(const struct allocation_problem *problem, const unsigned *chosen, double *cost,
                    double *gain)
{
    *cost = *gain = 0;
    for (size_t i = 0; i < problem->count; i++) {
        if (chosen[i] < problem->items[i].keep || chosen[i] > problem->items[i].cap)
            return false;
        *cost += problem->items[i].cost[chosen[i]];
        *gain += problem->items[i].gain[chosen[i]];
    }
    for (size_t r = 0; r < problem->rule_count; r++) {
        unsigned count = 0;
        for (size_t i = 0; i < problem->count; i++)
            count += chosen[i] > 0 && problem->items[i].rules >> r & 1;
        if (problem->rules[r].kind == ALLOCATION_AT_LEAST ? count < problem->rules[r].count
                                                          : count > problem->rules[r].count)
            return false;
    }
    return *cost <= problem->budget * (1 + 1e-9) + 1e-9;
}

/* The best there is, by trying everything; -INFINITY where nothing obeys. */
static double exhaustive(const struct allocation_problem *problem)
{
    unsigned chosen[16] = {0};
    double best = -INFINITY, cost, gain;
    for (size_t i = 0; i < problem->count; i++)
        chosen[i] = problem->items[i].keep;
    for (;;) {
        if (adds_up(problem, chosen, &cost, &gain) && gain > best)
            best = gain;
        size_t i = 0;
        for (; i < problem->count && chosen[i] == problem->items[i].cap; i++)
            chosen[i] = problem->items[i].keep;
        if (i == problem->count)
            return best;
        chosen[i]++;
    }
}

/* Runs to the end, and holds on the way that what is said so far is true. */
static struct allocation *run(const struct allocation_problem *problem, size_t work,
                              struct allocation_result *out)
{
    struct allocation *allocation = allocation_new(problem);
    double bound = INFINITY, gain = -INFINITY, real_cost, real_gain;
    bool more;
    do {
        more = allocation_step(allocation, work);
        allocation_result(allocation, out);
        assert_true(out->progress >= 0 && out->progress <= 1);
        assert_true(out->bound <= bound);
        bound = out->bound;
    } while (more);
    if (out->any) {
        assert_true(adds_up(problem, out->chosen, &real_cost, &real_gain));
        assert_true(fabs(real_gain - out->gain) <= 1e-9 * (1 + fabs(gain = real_gain)));
        assert_true(fabs(real_cost - out->cost) <= 1e-9 * (1 + real_cost));
        assert_true(out->bound >= gain - 1e-9 * fabs(gain));
    }
    return allocation;
}

/* ---- Small ones, against trying everything ---- */

static struct deal *small_deal(struct random *random)
{
    size_t count = 2 + random_below(random, 6);
    struct deal *deal = deal_new(count, 0);
    bool coarse = random_below(random, 3) == 0, alike = random_below(random, 5) == 0;
    double all = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned cap = (unsigned)random_below(random, 4);
        double each = random_below(random, 8) == 0 ? 0 : 20 + 300 * random_unit(random);
        double once = random_below(random, 3) ? 30 : 0, worth = 900 * random_unit(random);
        if (coarse)
            each = 50 * (double)random_below(random, 6);
        creator_put(deal, i, cap, once, each, worth, 0.3 + 0.6 * random_unit(random));
        if (alike) /* every euro brings the same */
            for (unsigned n = 1; n <= cap; n++)
                deal->numbers[i][cap + 1 + n] = 0.25 * deal->numbers[i][n];
        deal->items[i].keep = cap > 0 && random_below(random, 6) == 0;
        deal->items[i].rules = (unsigned)random_below(random, 16);
        all += deal->numbers[i][cap];
    }
    deal->problem.budget = coarse ? 50 * floor(all / 80) : all * random_unit(random);
    for (uint64_t r = random_below(random, 4); r > 0; r--)
        rule_add(deal, random_below(random, 2) ? ALLOCATION_AT_LEAST : ALLOCATION_AT_MOST,
                 (unsigned)random_below(random, 4));
    return deal;
}

static void equals_trying_everything(void **state)
{
    (void)state;
    struct random random;
    const uint64_t seed = 20261123;
    int possible = 0;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 1000; i++) {
        struct deal *deal = small_deal(&random);
        struct allocation_result result;
        double best = exhaustive(&deal->problem);
        struct allocation *allocation =
            run(&deal->problem, i % 2 ? 1 + random_below(&random, 40) : 100000, &result);
        if (best == -INFINITY) {
            assert_int_equal(result.state, ALLOCATION_IMPOSSIBLE);
            assert_false(result.any);
        } else {
            possible++;
            if (result.state != ALLOCATION_PROVEN || fabs(result.gain - best) > 1e-7)
                print_message("case %d: %.10f, not %.10f\n", i, result.gain, best);
            assert_int_equal(result.state, ALLOCATION_PROVEN);
            assert_true(fabs(result.gain - best) <= 1e-7);
            assert_true(result.bound >= best - 1e-9);
        }
        allocation_free(allocation);
        deal_free(deal);
    }
    assert_true(possible >= 500);
}

/* ---- Large ones, against greedy ---- */

static struct deal *large_deal(struct random *random, size_t count, double budget)
{
    struct deal *deal = deal_new(count, budget);
    for (size_t i = 0; i < count; i++) {
        double followers = exp(9 + 1.5 * random_normal(random));
        double fee = round(followers / 100 * exp(0.4 * random_normal(random)));
        double worth = followers * 0.05 * exp(0.5 * random_normal(random));
        creator_put(deal, i, 6, 30, fee, worth, 0.5 + 0.3 * random_unit(random));
        deal->items[i].rules = 1u << random_below(random, 3) | (followers < 8000 ? 8u : 16u);
    }
    deal->problem.tolerance = 0.005;
    return deal;
}

/* Greedy as one would write it first: the step that brings most for its money, while one fits. */
static double greedy(const struct allocation_problem *problem)
{
    static unsigned chosen[ITEMS_MOST];
    double left = problem->budget, gained = 0;
    memset(chosen, 0, sizeof chosen);
    for (;;) {
        double best = 0;
        size_t who = 0;
        unsigned to = 0;
        for (size_t i = 0; i < problem->count; i++)
            for (unsigned n = chosen[i] + 1; n <= problem->items[i].cap; n++) {
                const struct allocation_item *item = &problem->items[i];
                double cost = item->cost[n] - item->cost[chosen[i]];
                double gain = item->gain[n] - item->gain[chosen[i]];
                if (cost <= left && gain > 0 && gain / cost > best) {
                    best = gain / cost;
                    who = i;
                    to = n;
                }
            }
        if (best == 0)
            return gained;
        left -= problem->items[who].cost[to] - problem->items[who].cost[chosen[who]];
        gained += problem->items[who].gain[to] - problem->items[who].gain[chosen[who]];
        chosen[who] = to;
    }
}

static void is_never_worse_than_greedy(void **state)
{
    (void)state;
    struct random random;
    const uint64_t seed = 8;
    print_message("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 8; i++) {
        struct deal *deal =
            large_deal(&random, i < 7 ? 300 : ITEMS_MOST, 2000 * (double)(1 + i * i));
        struct allocation_result result;
        struct allocation *allocation = run(&deal->problem, 50000, &result);
        assert_true(result.gain >= greedy(&deal->problem) - 0.005);
        assert_int_equal(result.state, ALLOCATION_PROVEN);
        assert_true(result.bound - result.gain <= 0.0051);
        allocation_free(allocation);
        deal_free(deal);
    }
}

static void rules_cost_something_and_hold(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 77);
    struct deal *deal = large_deal(&random, ITEMS_MOST, 60000);
    struct allocation_result free_hand, bound_hand;
    struct allocation *allocation = run(&deal->problem, 100000, &free_hand);
    double most = free_hand.gain;
    allocation_free(allocation);
    rule_add(deal, ALLOCATION_AT_LEAST, 25);
    rule_add(deal, ALLOCATION_AT_MOST, 10);
    rule_add(deal, ALLOCATION_AT_MOST, 20);
    rule_add(deal, ALLOCATION_AT_MOST, 12);
    rule_add(deal, ALLOCATION_AT_LEAST, 20);
    allocation = run(&deal->problem, 100000, &bound_hand);
    assert_true(bound_hand.gain < most);
    assert_true((bound_hand.bound - bound_hand.gain) / bound_hand.bound < 1e-4);
    allocation_free(allocation);
    deal_free(deal);
}

static void what_is_said_does_not_depend_on_the_steps(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 5);
    struct deal *deal = large_deal(&random, 300, 20000);
    rule_add(deal, ALLOCATION_AT_LEAST, 12);
    rule_add(deal, ALLOCATION_AT_MOST, 5);
    struct allocation_result one, other;
    struct allocation *whole = run(&deal->problem, SIZE_MAX, &one);
    struct allocation *pieces = run(&deal->problem, 100, &other);
    assert_true(one.gain == other.gain && one.bound == other.bound && one.cost == other.cost);
    assert_memory_equal(one.chosen, other.chosen, 300 * sizeof *one.chosen);
    allocation_free(whole);
    allocation_free(pieces);
    deal_free(deal);
}

/* Few large creators and tight rules: rounds of the search end in the middle of a step, and the lists
 * overflow. However far it comes, what it says is true. */
static void a_hard_search_can_be_left_at_any_time(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 21);
    struct deal *deal = large_deal(&random, 500, 100000);
    rule_add(deal, ALLOCATION_AT_LEAST, 3);
    rule_add(deal, ALLOCATION_AT_MOST, 6);
    rule_add(deal, ALLOCATION_AT_MOST, 7);
    rule_add(deal, ALLOCATION_AT_LEAST, 1);
    rule_add(deal, ALLOCATION_AT_MOST, 5);
    struct allocation *allocation = allocation_new(&deal->problem);
    struct allocation_result result;
    double cost, gain, most = -INFINITY, bound = INFINITY;
    for (int i = 0; i < 400 && allocation_step(allocation, 7001); i++) {
        allocation_result(allocation, &result);
        if (!result.any)
            continue;
        assert_true(result.gain >= most && result.bound <= bound && result.bound >= result.gain);
        assert_true(adds_up(&deal->problem, result.chosen, &cost, &gain));
        assert_true(fabs(gain - result.gain) <= 1e-9 * (1 + fabs(gain)));
        most = result.gain;
        bound = result.bound;
    }
    assert_true((bound - most) / bound < 0.05);
    allocation_free(allocation);
    deal_free(deal);
}

/* ---- Odd ones ---- */

static struct allocation_result solve(struct deal *deal, unsigned *chosen)
{
    struct allocation_result result;
    struct allocation *allocation = run(&deal->problem, 100000, &result);
    memcpy(chosen, result.chosen, deal->problem.count * sizeof *chosen);
    result.chosen = chosen;
    allocation_free(allocation);
    return result;
}

static void money_stays_over_where_the_next_post_loses(void **state)
{
    (void)state;
    struct deal *deal = deal_new(2, 10000);
    unsigned chosen[2];
    creator_put(deal, 0, 6, 30, 100, 400, 0.5); /* 70, then 100, 50 less 100 … */
    creator_put(deal, 1, 6, 30, 100, 100, 0.5);
    struct allocation_result result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_PROVEN);
    assert_true(chosen[1] == 0);
    /* 200 - 130, 300 - 230, 350 - 330: the second post just pays for itself. */
    assert_true(chosen[0] == 1 || chosen[0] == 2);
    assert_true(fabs(result.gain - 70) < 1e-9);
    deal_free(deal);
}

static void what_is_kept_stays_though_it_loses(void **state)
{
    (void)state;
    struct deal *deal = deal_new(3, 1000);
    unsigned chosen[3];
    creator_put(deal, 0, 6, 0, 200, 10, 0.5);
    creator_put(deal, 1, 6, 0, 100, 500, 0.5);
    creator_put(deal, 2, 0, 0, 1, 1e6, 0.5); /* excluded */
    deal->items[0].keep = 4;
    struct allocation_result result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_PROVEN);
    assert_int_equal(chosen[0], 4);
    assert_int_equal(chosen[1], 2);
    assert_int_equal(chosen[2], 0);
    deal->problem.budget = 799;
    result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_IMPOSSIBLE);
    assert_int_equal(result.broken, ALLOCATION_NO_MONEY);
    assert_true(result.needed == 800);
    deal_free(deal);
}

static void a_rule_that_cannot_be_obeyed_is_named(void **state)
{
    (void)state;
    struct deal *deal = deal_new(4, 1000);
    unsigned chosen[4];
    for (size_t i = 0; i < 4; i++) {
        creator_put(deal, i, 3, 0, 300 + 10 * (double)i, 400, 0.5);
        deal->items[i].rules = 1u | (i < 2 ? 2u : 4u);
    }
    rule_add(deal, ALLOCATION_AT_LEAST, 2);
    rule_add(deal, ALLOCATION_AT_MOST, 0);
    rule_add(deal, ALLOCATION_AT_LEAST, 3);
    struct allocation_result result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_IMPOSSIBLE);
    assert_int_equal(result.broken, 2); /* two are left, whatever the money */
    assert_true(result.needed == INFINITY);
    deal->rules[1].count = 1;
    deal->problem.rule_count = 2;
    deal->problem.budget = 619; /* 300 + 320 */
    result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_IMPOSSIBLE);
    assert_int_equal(result.broken, 1);
    assert_true(result.needed == 620);
    deal->problem.budget = 620;
    result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_PROVEN);
    assert_true(chosen[0] == 1 && chosen[2] == 1 && chosen[1] + chosen[3] == 0);
    deal->items[0].keep = deal->items[1].keep = 1;
    result = solve(deal, chosen);
    assert_int_equal(result.broken, 1); /* more are kept than it allows */
    deal_free(deal);
}

static void gifts_and_sums_of_tenths(void **state)
{
    (void)state;
    struct deal *deal = deal_new(4, 0.3);
    unsigned chosen[4];
    for (size_t i = 0; i < 3; i++)
        creator_put(deal, i, 1, 0, 0.1, 1, 0);
    creator_put(deal, 3, 6, 0, 0, 5, 0.5);
    struct allocation_result result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_PROVEN);
    assert_true(chosen[0] + chosen[1] + chosen[2] == 3); /* 0.1 + 0.1 + 0.1 > 0.3 */
    assert_int_equal(chosen[3], 6);
    deal->problem.budget = 0;
    result = solve(deal, chosen);
    assert_int_equal(result.state, ALLOCATION_PROVEN);
    assert_true(chosen[0] + chosen[1] + chosen[2] == 0 && chosen[3] == 6);
    deal->problem.count = 0;
    result = solve(deal, chosen);
    assert_true(result.state == ALLOCATION_PROVEN && result.gain == 0);
    deal->problem.count = 4;
    deal_free(deal);
}

/* Every euro brings the same, and no selection spends the last cent: the hardest there is. */
static void equal_ratios_and_huge_caps_come_to_an_end(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 3);
    for (int huge = 0; huge < 2; huge++) {
        struct deal *deal = deal_new(huge ? 4 : 200, 100000);
        static unsigned chosen[200];
        for (size_t i = 0; i < deal->problem.count; i++) {
            unsigned cap = huge ? CAP_MOST : 6;
            double *cost, *gain, each = 37 + (double)random_below(&random, 700);
            item_put(deal, i, cap, &cost, &gain);
            for (unsigned n = 1; n <= cap; n++) {
                cost[n] = n * each;
                gain[n] = 0.3 * cost[n];
            }
        }
        deal->problem.tolerance = 0.005;
        struct allocation_result result = solve(deal, chosen);
        assert_true(result.state == ALLOCATION_PROVEN);
        assert_true(fabs(result.gain - 30000) <= 0.3);
        deal_free(deal);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_trying_everything),
        cmocka_unit_test(is_never_worse_than_greedy),
        cmocka_unit_test(rules_cost_something_and_hold),
        cmocka_unit_test(what_is_said_does_not_depend_on_the_steps),
        cmocka_unit_test(a_hard_search_can_be_left_at_any_time),
        cmocka_unit_test(money_stays_over_where_the_next_post_loses),
        cmocka_unit_test(what_is_kept_stays_though_it_loses),
        cmocka_unit_test(a_rule_that_cannot_be_obeyed_is_named),
        cmocka_unit_test(gifts_and_sums_of_tenths),
        cmocka_unit_test(equal_ratios_and_huge_caps_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
