#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "catalog/fill.h"
#include "creators.h"
#include "fixture_internal.h"

/* ---- A few creators, and the best of them by trying everything ---- */

#define PEOPLE 7
#define POSTS 3

static void people(struct fixture *fixture)
{
    static const char *const words[PEOPLE] = {
        "platform=instagram handle=ana followers=20000 likes=900 comments=20 fee=15000 "
        "niche=beauty",
        "platform=instagram handle=bea followers=9000 likes=500 comments=9 fee=6000 "
        "niche=beauty|food",
        "platform=tiktok handle=cem followers=50000 views=80000 likes=6000 comments=90 shares=40 "
        "fee=70000 niche=food",
        "platform=instagram handle=dan followers=300000 likes=4000 comments=80 fee=600000 "
        "niche=travel",
        "platform=instagram handle=eve followers=15000 likes=100 comments=2 fee=8000 niche=travel",
        "platform=youtube handle=fay followers=30000 views=- likes=- fee=30000 niche=food",
        "platform=instagram handle=gus followers=40000 likes=1500 comments=30 fee=- niche=beauty",
    };
    fixture_init(fixture);
    for (size_t i = 0; i < PEOPLE; i++)
        put(&fixture->catalog, (int64_t)i + 1, words[i]);
    struct err err;
    assert_true(
        scenario_set(&fixture->scenario, parameter_at(offsetof(struct scenario, aov)), 160, &err));
    fixture_join(fixture);
}

static struct figures figures_of(struct fixture *fixture, uint32_t row, unsigned posts)
{
    struct assumptions assumptions = sheet_assumptions(&fixture->sheet);
    struct planned planned = catalog_plan_get(&fixture->catalog, row);
    enum format format = planned.format
                             ? planned.format
                             : platforms[catalog_platform(&fixture->catalog, row)].format;
    struct figures figures;
    forecast_as(
        catalog_facts(&fixture->catalog), &assumptions, row,
        &(struct forecast_case){format, posts, isnan(planned.fee) ? NAN : planned.fee / 100, NAN},
        &figures);
    return figures;
}

static bool beauty(uint32_t row)
{
    return row == 0 || row == 1 || row == 6;
}

/* The most profit with at least so many in beauty and at most so many at all. */
static double best_of(struct fixture *fixture, double budget, int least, int most)
{
    double cost[PEOPLE][POSTS + 1] = {{0}}, gain[PEOPLE][POSTS + 1] = {{0}}, best = -INFINITY;
    unsigned posts[PEOPLE] = {0};
    for (uint32_t row = 0; row < PEOPLE; row++)
        for (unsigned n = 1; n <= POSTS; n++) {
            struct figures figures = figures_of(fixture, row, n);
            cost[row][n] = figures.cost;
            gain[row][n] = figures.profit;
        }
    for (;;) {
        double spent = 0, gained = 0;
        int in_beauty = 0, all = 0;
        for (uint32_t row = 0; row < PEOPLE; row++) {
            spent += posts[row] ? cost[row][posts[row]] : 0;
            gained += posts[row] ? gain[row][posts[row]] : 0;
            in_beauty += posts[row] && beauty(row);
            all += posts[row] > 0;
        }
        if (spent <= budget && in_beauty >= least && all <= most && gained > best)
            best = gained;
        size_t i = 0;
        for (; i < PEOPLE && (posts[i] == POSTS || i == 5); i++) /* of fay nothing is known */
            posts[i] = 0;
        if (i == PEOPLE)
            return best;
        posts[i]++;
    }
}

static struct bits everybody(struct fixture *fixture)
{
    struct bits rows = {0};
    bits_resize(&rows, fixture->catalog.count);
    for (size_t i = 0; i < rows.count; i++)
        bits_put(&rows, i, catalog_live(&fixture->catalog, (uint32_t)i));
    return rows;
}

static void wish_rule(struct fixture *fixture, struct fill_wish *wish, const char *text)
{
    struct filter_context context = {&fixture->sheet, true};
    struct err err;
    if (!fill_rule_parse(text_of(text), &context, &wish->rules[wish->rule_count++], &err))
        fail_msg("%s: %s", text, err.message);
}

static struct fill *solve(struct fixture *fixture, const struct fill_wish *wish)
{
    struct bits rows = everybody(fixture);
    struct fill *fill = fill_new(&fixture->sheet, wish, &rows);
    while (fill_step(fill, 1000))
        ;
    bits_release(&rows);
    return fill;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 * (1 + fabs(b));
}

static void the_proposal_is_the_best_there_is(void **state)
{
    (void)state;
    static const double budgets[] = {100, 333, 900, 1500, 2700, 5000, 20000};
    struct fixture fixture;
    people(&fixture);
    for (size_t i = 0; i < COUNT_OF(budgets); i++)
        for (int rules = 0; rules < 2; rules++) {
            struct fill_wish wish;
            fill_wish_init(&wish, &fixture.scenario);
            wish.budget = budgets[i];
            wish.most = POSTS;
            if (rules) {
                wish_rule(&fixture, &wish, "at least 2 niche:beauty");
                wish_rule(&fixture, &wish, "at most 4 followers>0");
            }
            double best = best_of(&fixture, budgets[i], rules ? 2 : 0, rules ? 4 : PEOPLE);
            struct fill *fill = solve(&fixture, &wish);
            const struct fill_report *report = fill_report(fill);
            if (best == -INFINITY) {
                assert_int_equal(report->result.state, ALLOCATION_IMPOSSIBLE);
                assert_int_equal(report->result.broken, 0);
            } else {
                assert_int_equal(report->result.state, ALLOCATION_PROVEN);
                assert_true(fabs(report->after.profit - best) < 0.006);
                assert_true(report->after.cost <= budgets[i] + 1e-6);
            }
            assert_int_equal(report->unknown, 1);
            fill_free(fill);
            fill_wish_release(&wish);
        }
    fixture_release(&fixture);
}

/* What the proposal would make of the plan, told by the forecast. */
static void expect_told(struct fixture *fixture, const struct fill_report *report)
{
    double cost = 0, profit = 0;
    size_t creators = 0;
    for (size_t i = 0; i < report->change_count; i++) {
        const struct fill_change *change = &report->changes[i];
        assert_int_equal(change->before, catalog_planned(&fixture->catalog, change->row));
        catalog_plan(&fixture->catalog, change->row, change->after);
    }
    fixture_join(fixture);
    for (uint32_t row = 0; row < fixture->catalog.count; row++) {
        unsigned posts = catalog_planned(&fixture->catalog, row);
        struct figures figures = figures_of(fixture, row, posts);
        if (posts == 0 || isnan(figures.profit))
            continue;
        creators++;
        cost += figures.cost;
        profit += figures.profit;
    }
    assert_int_equal(creators, report->after.creators);
    assert_true(near(report->after.cost, cost));
    assert_true(near(report->after.profit, profit));
}

static void what_is_planned_stays_unless_told(void **state)
{
    (void)state;
    struct fixture fixture;
    struct fill_wish wish;
    people(&fixture);
    catalog_plan(&fixture.catalog, 3, 1); /* loses */
    catalog_plan(&fixture.catalog, 1, 5); /* more than anybody else may have */
    catalog_plan(&fixture.catalog, 5, 2); /* unknown */
    catalog_plan_put(&fixture.catalog, 0, &(struct planned){1, FORMAT_NONE, 9900});
    fixture_join(&fixture);
    fill_wish_init(&wish, &fixture.scenario);
    wish.most = POSTS;
    struct fill *fill = solve(&fixture, &wish);
    const struct fill_report *report = fill_report(fill);
    assert_int_equal(report->result.state, ALLOCATION_PROVEN);
    assert_int_equal(report->before.creators, 3);
    assert_int_equal(report->stay, 1);
    for (size_t i = 0; i < report->change_count; i++)
        assert_true(report->changes[i].row != 1 && report->changes[i].row != 5 &&
                    report->changes[i].after >= report->changes[i].before);
    /* Fay costs what she costs, though what she brings is unknown. */
    assert_true(near(report->spent, report->after.cost + 2 * 300 + 30));
    fill_free(fill);

    wish.keep = false;
    bits_resize(&wish.excluded, PEOPLE);
    bits_put(&wish.excluded, 2, true);
    fill = solve(&fixture, &wish);
    report = fill_report(fill);
    bool dropped = false;
    for (size_t i = 0; i < report->change_count; i++) {
        dropped = dropped || (report->changes[i].row == 3 && report->changes[i].after == 0);
        assert_true(report->changes[i].row != 2);
    }
    assert_true(dropped);
    expect_told(&fixture, report);
    fill_free(fill);
    fill_wish_release(&wish);
    fixture_release(&fixture);
}

static void guesses_can_be_left_out(void **state)
{
    (void)state;
    struct fixture fixture;
    struct fill_wish wish;
    people(&fixture);
    fill_wish_init(&wish, &fixture.scenario);
    wish.estimated = false;
    wish.budget = 1e6;
    struct fill *fill = solve(&fixture, &wish);
    const struct fill_report *report = fill_report(fill);
    assert_int_equal(report->guessed, 1);
    assert_int_equal(report->estimates, 1);
    assert_false(report->after.estimated);
    for (size_t i = 0; i < report->change_count; i++)
        assert_true(report->changes[i].row != 6 && !report->changes[i].estimated);
    assert_int_equal(report->left, FILL_LEFT_LOSES);
    fill_free(fill);
    wish.estimated = true;
    wish.budget = 140;
    fill = solve(&fixture, &wish);
    report = fill_report(fill);
    assert_int_equal(report->guessed, 0);
    assert_int_equal(report->estimates, 1); /* let in now */
    assert_int_equal(report->left, FILL_LEFT_LITTLE);
    assert_true(report->next_cost > 140 - report->spent);
    fill_free(fill);
    fill_wish_release(&wish);
    fixture_release(&fixture);
}

/* ---- The next posts ---- */

static void the_next_posts_are_the_best_for_their_money(void **state)
{
    (void)state;
    struct fixture fixture;
    struct random random;
    struct next_posts next = {0};
    fixture_init(&fixture);
    random_init(&random, 12);
    creators_fill(&fixture.catalog, &random, 700);
    for (uint32_t row = 0; row < 700; row += 3)
        if (catalog_live(&fixture.catalog, row))
            catalog_plan(&fixture.catalog, row, 1 + row % 4);
    fixture_join(&fixture);
    struct bits rows = everybody(&fixture);
    for (size_t i = 0; i < rows.count; i += 2)
        bits_put(&rows, i, false);
    next_posts_begin(&next, &fixture.sheet, &rows);
    int steps = 1;
    while (next_posts_step(&next, 100))
        steps++;
    assert_true(steps > 2);
    assert_int_equal(next.count, NEXT_POSTS_MOST);
    double least = INFINITY;
    for (size_t i = 0; i < next.count; i++) {
        const struct next_post *post = &next.items[i];
        unsigned now = catalog_planned(&fixture.catalog, post->row);
        struct figures with = figures_of(&fixture, post->row, post->posts);
        struct figures without = figures_of(&fixture, post->row, now);
        assert_int_equal(post->posts, now + 1);
        assert_true(near(post->cost, with.cost - (now ? without.cost : 0)));
        assert_true(near(post->profit, with.profit - (now ? without.profit : 0)));
        assert_true(post->profit / post->cost <= least);
        least = post->profit / post->cost;
    }
    size_t better = 0;
    for (uint32_t row = 0; row < fixture.catalog.count; row++) {
        unsigned now = catalog_planned(&fixture.catalog, row);
        if (!catalog_live(&fixture.catalog, row) || (!bits_get(&rows, row) && now == 0))
            continue;
        struct figures with = figures_of(&fixture, row, now + 1);
        struct figures without = figures_of(&fixture, row, now);
        double profit = with.profit - (now ? without.profit : 0);
        better += profit > 0 && profit / (with.cost - (now ? without.cost : 0)) > least * 1.000001;
    }
    assert_true(better <= NEXT_POSTS_MOST - 1);
    bits_release(&rows);
    next_posts_release(&next);
    fixture_release(&fixture);
}

/* ---- Rules as words ---- */

static void rules_read_back_and_say_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *printed; /* NULL: refused, at … */
        size_t column;
    } cases[] = {
        {"at least 2 niche:beauty", "at least 2 niche:beauty", 0},
        {"  At  MOST 3 of followers>=10k", "at most 3 followers>=10k", 0},
        {">=1 niche:food -niche:beauty", "at least 1 niche:food -niche:beauty", 0},
        {"<= 0 niche:food", "none of niche:food", 0},
        {"none of niche:travel", "none of niche:travel", 0},
        {"2 niche:beauty", NULL, 1},
        {"atleast 2 niche:beauty", NULL, 1},
        {"at least niche:beauty", NULL, 10},
        {"at least 2.5 niche:beauty", NULL, 10},
        {"at least 2", NULL, 11},
        {"at least 2 niche:gardening", NULL, 18},
        {"at most 2 instagram", "at most 2 platform:instagram", 0},
        {"at most 2 followers>=10k food", "at most 2 followers>=10k niche:food", 0},
        {"max 3 creators of beauty", "at most 3 niche:beauty", 0},
        {"Min 1 of niche:beauty", "at least 1 niche:beauty", 0},
        {"no more than 2 from food", "at most 2 niche:food", 0},
        {"up to 1 creator with niche:food", "at most 1 niche:food", 0},
        {"no instagram", "none of platform:instagram", 0},
        {"without -instagram", "none of -platform:instagram", 0},
        {"max 3 a niche", NULL, 7},
        {"at most 3 of one niche", NULL, 14},
        {"at least 1 per platform", NULL, 12},
        {"at most 2 \"food\"", "at most 2 \"food\"", 0},
        {"none of mina", "none of \"mina\"", 0},
        {"none of niche:food -\"mina\"", "none of niche:food -\"mina\"", 0},
    };
    struct fixture fixture;
    people(&fixture);
    struct filter_context context = {&fixture.sheet, true};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct fill_rule rule = {.rule = {ALLOCATION_AT_MOST, 77}};
        struct buf printed = BUF_INIT;
        struct err err = {.message = ""};
        bool read = fill_rule_parse(text_of(cases[i].typed), &context, &rule, &err);
        assert_int_equal(read, cases[i].printed != NULL);
        if (read) {
            fill_rule_print(&rule, &printed);
            assert_string_equal(buf_string(&printed), cases[i].printed);
        } else {
            assert_int_equal(rule.rule.count, 77);
            if (err.column != cases[i].column)
                fail_msg("%s: %s at %zu", cases[i].typed, err.message, err.column);
        }
        buf_release(&printed);
        fill_rule_release(&rule);
    }
    fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_proposal_is_the_best_there_is),
        cmocka_unit_test(what_is_planned_stays_unless_told),
        cmocka_unit_test(guesses_can_be_left_out),
        cmocka_unit_test(the_next_posts_are_the_best_for_their_money),
        cmocka_unit_test(rules_read_back_and_say_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
