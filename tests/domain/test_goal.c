/* Goals of random creators and plans: what is offered is put into a plain forecast and reaches the goal
 * there, the next value towards less effort does not, and where it says never nothing tried reaches. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "domain/goal.h"
#include "domain/total.h"
#include "random_creators.h"

#define CREATORS 60
#define WORLDS 40

static uint64_t seed = 20260816;

struct asked {
    enum column column;
    size_t plain; /* offset in struct plain_figures */
    bool at_most;
    bool fewest; /* posts: the first number of them that will do, not the last */
    const char *inputs;
};

static const struct asked asked_of[] = {
    {COL_ROI, offsetof(struct plain_figures, roi), false, false, "fvan"},
    {COL_ROI_P10, offsetof(struct plain_figures, roi_p10), false, false, "fvan"},
    {COL_ROI_VS_BASELINE, offsetof(struct plain_figures, roi_vs_baseline), false, false, "fvan"},
    {COL_ROAS, offsetof(struct plain_figures, roas), false, false, "fvan"},
    {COL_PROFIT, offsetof(struct plain_figures, profit), false, true, "fvan"},
    {COL_REVENUE, offsetof(struct plain_figures, revenue), false, true, "van"},
    {COL_ORDERS, offsetof(struct plain_figures, orders), false, true, "vn"},
    {COL_REACH, offsetof(struct plain_figures, reach), false, true, "n"},
    {COL_CPM, offsetof(struct plain_figures, cpm), true, false, "fn"},
    {COL_CPR, offsetof(struct plain_figures, cpr), true, false, "fn"},
    {COL_CPE, offsetof(struct plain_figures, cpe), true, false, "fn"},
    {COL_CPC, offsetof(struct plain_figures, cpc), true, false, "fn"},
    {COL_CPA, offsetof(struct plain_figures, cpa), true, false, "fvn"},
    {COL_COST, offsetof(struct plain_figures, cost), true, false, "fn"},
    {COL_COMMISSION, offsetof(struct plain_figures, commission), true, false, "van"},
    {COL_BREAKEVEN_FEE, offsetof(struct plain_figures, breakeven_fee), false, false, "van"},
    {COL_BREAKEVEN_CVR, offsetof(struct plain_figures, breakeven_cvr), true, false, "fan"},
};

static const char letters[GOAL_INPUTS] = "fvand"; /* in the order of the enum */

struct world {
    struct plain_creator creators[CREATORS];
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
};

static void world_init(struct world *world, struct random *random)
{
    for (size_t i = 0; i < CREATORS; i++)
        random_creator(random, &world->creators[i]);
    plain_world_init(&world->world, world->creators, CREATORS);
    random_scenario(random, &world->scenario);
    peers_make(&world->peers, &world->world.facts, NULL, 0);
    world->assumptions = (struct assumptions){
        .scenario = &world->scenario, .peers = &world->peers, .money_left = NAN};
}

/* The figure with one input set, by the plain forecast. */
static double plain_with(const struct world *world, size_t row, const struct asked *asked,
                         enum goal_input input, double value)
{
    struct plain_creator creator = world->creators[row];
    struct plain_scenario scenario = plain_scenario_for(&world->scenario, &creator, NAN);
    if (input == GOAL_FEE) {
        creator.own_fee = value;
        creator.own_fee_set = true;
    } else if (input == GOAL_CVR) {
        scenario.cvr = value;
    } else if (input == GOAL_AOV) {
        scenario.aov = value;
    } else if (input == GOAL_DELIVERABLES) {
        creator.planned = value;
    } else {
        scenario.discount = value;
    }
    double expected = plain_expected(world->creators, CREATORS, &world->creators[row]);
    struct plain_figures figures = plain_forecast(&creator, expected, &scenario);
    return *(const double *)((const char *)&figures + asked->plain);
}

static bool plain_reaches(const struct asked *asked, double figure, double goal, double slack)
{
    double near = slack * fmax(1, fabs(goal));
    return asked->at_most ? figure <= goal + near : figure >= goal - near;
}

/* The value one step towards less effort: a higher fee, lower rates and order values (higher where each
 * order costs: `falling`), more posts where they cost, fewer where they bring. NaN: there is none. */
static double easier(const struct world *world, const struct asked *asked, enum goal_input input,
                     double value, bool falling)
{
    double cap = world->scenario.fill_cap;
    double step = input == GOAL_AOV ? (value > 20 ? 0.5 : 0.01) : 0.0001, next;
    if (input == GOAL_FEE)
        return value > 0 ? value + 1 : NAN; /* a gift is a deal of another kind */
    if (input == GOAL_DELIVERABLES)
        next = asked->fewest ? value - 1 : value + 1;
    else
        next = falling ? value + step : value - step;
    if (input == GOAL_DELIVERABLES)
        return next >= 1 && next <= cap ? next : NAN;
    if (input == GOAL_CVR && next > 1)
        return NAN;
    return next >= 0 ? next : NAN;
}

/* A spread of values of the input, to be sure of a never. */
static double sample(const struct world *world, enum goal_input input, int i)
{
    switch (input) {
    case GOAL_FEE:
        return i == 0 ? 0 : floor(pow(10, i / 4.0));
    case GOAL_AOV:
        return pow(10, i / 3.0 - 2);
    case GOAL_DELIVERABLES:
        return fmin(1 + i, world->scenario.fill_cap);
    default:
        return i / 23.0;
    }
}

struct tally {
    size_t answers, nevers, unknown;
};

static void check_answer(const struct world *world, size_t row, const struct asked *asked,
                         double goal, enum goal_input input, double answer, struct tally *tally)
{
    const char *what = columns[asked->column].key;
    if (isnan(answer)) {
        tally->unknown++;
        return;
    }
    if (isinf(answer)) {
        tally->nevers++;
        for (int i = 0; i < 24; i++) {
            double value = sample(world, input, i);
            double figure = plain_with(world, row, asked, input, value);
            if (plain_reaches(asked, figure, goal, 0))
                fail_msg("row %zu: %s %.17g is never reached, but is with %c %.17g: %.17g", row,
                         what, goal, letters[input], value, figure);
        }
        return;
    }
    tally->answers++;
    double figure = plain_with(world, row, asked, input, answer);
    if (!plain_reaches(asked, figure, goal, 2e-9))
        fail_msg("row %zu: %s %.17g is not reached with %c %.17g: %.17g", row, what, goal,
                 letters[input], answer, figure);
    double next =
        easier(world, asked, input, answer,
               !plain_reaches(asked, plain_with(world, row, asked, input, answer * 2), goal, 0));
    if (isnan(next))
        return;
    figure = plain_with(world, row, asked, input, next);
    if (plain_reaches(asked, figure, goal, 0))
        fail_msg("row %zu: %s %.17g is reached with %c %.17g already: %.17g", row, what, goal,
                 letters[input], next, figure);
}

static void what_is_offered_reaches_the_goal(void **state)
{
    (void)state;
    struct tally tally = {0};
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; i < WORLDS; i++) {
        struct random random;
        struct world world;
        random_init(&random, seed + i);
        world_init(&world, &random);
        for (size_t row = 0; row < CREATORS; row++) {
            const struct asked *asked = &asked_of[random_below(&random, COUNT_OF(asked_of))];
            struct figures figures;
            forecast(&world.world.facts, &world.assumptions, row, &figures);
            double present =
                *(const double *)((const char *)&figures + columns[asked->column].figure);
            double goal = random_below(&random, 4) == 0 || isnan(present) || isinf(present)
                              ? (asked->at_most ? 20 : 0.5 * random_unit(&random))
                              : present + (fabs(present) + 0.2) * (2 * random_unit(&random) - 1);
            double out[GOAL_INPUTS];
            goal_seek(&world.world.facts, &world.assumptions, row, NULL, asked->column, goal, out);
            for (int input = 0; input < GOAL_INPUTS; input++) {
                bool applies = false;
                for (const char *at = asked->inputs; *at; at++)
                    applies = applies || *at == letters[input];
                if (!applies)
                    assert_true(isnan(out[input]));
                else
                    check_answer(&world, row, asked, goal, (enum goal_input)input, out[input],
                                 &tally);
            }
        }
        plain_world_release(&world.world);
    }
    printf("%zu answers, %zu nevers, %zu unknown\n", tally.answers, tally.nevers, tally.unknown);
    assert_true(tally.answers > 1000 && tally.nevers > 300);
}

/* ---- Plans ---- */

static double plan_with(const struct world *world, const uint32_t *rows, size_t count,
                        enum column column, enum goal_input input, double value)
{
    struct scenario scenario = world->scenario;
    struct assumptions assumptions = world->assumptions;
    struct totals totals;
    assumptions.scenario = &scenario;
    *(input == GOAL_CVR   ? &scenario.cvr
      : input == GOAL_AOV ? &scenario.aov
                          : &scenario.discount) = value;
    totals_init(&totals);
    for (size_t i = 0; i < count; i++) {
        struct figures figures;
        forecast(&world->world.facts, &assumptions, rows[i], &figures);
        totals_add(&totals, &figures);
    }
    totals_end(&totals, &assumptions);
    double figure =
        column == COL_ROI_P10 ? totals.roi_p10 : total_of_column(&totals, column)->value;
    totals_release(&totals);
    return figure;
}

static void goals_of_plans(void **state)
{
    (void)state;
    static const struct asked plan_asked[] = {
        {COL_ROI, 0, false, false, "vad"},    {COL_ROI_P10, 0, false, false, "vad"},
        {COL_PROFIT, 0, false, false, "vad"}, {COL_CPA, 0, true, false, "vd"},
        {COL_COST, 0, true, false, "d"},      {COL_ROAS, 0, false, false, "vad"},
        {COL_REVENUE, 0, false, false, "va"}, {COL_BREAKEVEN_CVR, 0, true, false, "ad"},
        {COL_ORDERS, 0, false, false, "v"},
    };
    struct tally tally = {0};
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; i < 60; i++) {
        struct random random;
        struct world world;
        uint32_t rows[CREATORS];
        size_t count = 0;
        random_init(&random, seed + 500 + i);
        world_init(&world, &random);
        for (uint32_t row = 0; row < CREATORS; row++)
            if (world.creators[row].planned > 0)
                rows[count++] = row;
        const struct asked *asked = &plan_asked[random_below(&random, COUNT_OF(plan_asked))];
        double present =
            plan_with(&world, rows, count, asked->column, GOAL_CVR, world.scenario.cvr);
        double goal = present + (fabs(present) + 0.2) * (2 * random_unit(&random) - 1);
        double out[GOAL_INPUTS];
        assert_true(goal_can(asked->column, true));
        goal_seek_plan(&world.world.facts, &world.assumptions, rows, count, asked->column, goal,
                       out);
        assert_true(isnan(out[GOAL_FEE]) && isnan(out[GOAL_DELIVERABLES]));
        for (int input = 0; input < GOAL_INPUTS; input++) {
            if (isnan(out[input]))
                continue;
            if (isinf(out[input])) {
                tally.nevers++;
                for (int k = 0; k < 24; k++) {
                    double value = sample(&world, (enum goal_input)input, k);
                    double figure = plan_with(&world, rows, count, asked->column,
                                              (enum goal_input)input, value);
                    if (plain_reaches(asked, figure, goal, 0))
                        fail_msg("%s %.17g is never reached, but is with %c %g: %.17g",
                                 columns[asked->column].key, goal, letters[input], value, figure);
                }
                continue;
            }
            tally.answers++;
            double figure =
                plan_with(&world, rows, count, asked->column, (enum goal_input)input, out[input]);
            if (!plain_reaches(asked, figure, goal, 2e-9))
                fail_msg("%s %g is not reached with %c %g: %g", columns[asked->column].key, goal,
                         letters[input], out[input], figure);
            double more = out[input] + (input == GOAL_AOV ? 0.5 : 0.0001);
            figure = plan_with(&world, rows, count, asked->column, (enum goal_input)input, more);
            bool falling = !plain_reaches(asked, figure, goal, 0);
            double next = easier(&world, asked, (enum goal_input)input, out[input], falling);
            if (isnan(next))
                continue;
            figure = plan_with(&world, rows, count, asked->column, (enum goal_input)input, next);
            if (plain_reaches(asked, figure, goal, 0))
                fail_msg("%s %.17g is reached with %c %.17g already, not just %.17g: %.17g",
                         columns[asked->column].key, goal, letters[input], next, out[input],
                         figure);
        }
        plain_world_release(&world.world);
    }
    printf("%zu answers, %zu nevers\n", tally.answers, tally.nevers);
    assert_true(tally.answers > 40 && tally.nevers > 5);
}

static void what_has_a_goal(void **state)
{
    (void)state;
    assert_true(goal_can(COL_ROI, false) && goal_can(COL_ROI, true));
    assert_true(goal_can(COL_REACH, false) &&
                !goal_can(COL_REACH, true)); /* posts are each one's */
    assert_false(goal_can(COL_FOLLOWERS, false) || goal_can(COL_ER_INDEX, false));
    assert_false(goal_can(COL_BREAKEVEN_ROAS, false)); /* margin and the like alone */
    assert_true(goal_at_most(COL_CPA) && !goal_at_most(COL_PROFIT));
    /* Every figure with a goal is one of struct figures. */
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (goal_can((enum column)i, false))
            assert_true(columns[i].figure != COLUMN_NO_FIGURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_offered_reaches_the_goal),
        cmocka_unit_test(goals_of_plans),
        cmocka_unit_test(what_has_a_goal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
