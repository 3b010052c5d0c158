/* Blocks of figures against the forecast of each row, and the parts of the assumptions that a figure
 * is said to rest on against those it follows. */
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
#include "base/vec.h"
#include "domain/block.h"
#include "random_creators.h"

#define CREATORS 700 /* three blocks, the last one not full */
#define WORLDS 12

static uint64_t seed = 20260811;

struct stand {
    struct plain_creator creators[CREATORS];
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
    struct block_room room;
};

static struct stand *stand_new(struct random *random)
{
    struct stand *stand = mem_zero(1, sizeof *stand);
    for (size_t i = 0; i < CREATORS; i++)
        random_creator(random, &stand->creators[i]);
    plain_world_init(&stand->world, stand->creators, CREATORS);
    random_scenario(random, &stand->scenario);
    peers_make(&stand->peers, &stand->world.facts, NULL, 0);
    stand->assumptions = (struct assumptions){
        .scenario = &stand->scenario, .peers = &stand->peers, .money_left = 700};
    return stand;
}

static void stand_free(struct stand *stand)
{
    plain_world_release(&stand->world);
    free(stand);
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* All rows of one figure, nothing else asked for. */
static unsigned whole_column(struct stand *stand, enum figure_id figure, double *values)
{
    bool wanted[FIGURE_COUNT] = {false}, given[FIGURE_COUNT] = {false};
    struct recipe recipe;
    struct block block;
    wanted[figure] = true;
    recipe_init(&recipe, wanted, given);
    block_init(&block, &stand->world.facts, &stand->assumptions, &stand->room);
    for (; block.from < CREATORS; block.from += block.count) {
        size_t rest = CREATORS - block.from;
        block.count = rest < FORECAST_BLOCK ? rest : FORECAST_BLOCK;
        block.at[figure] = values + block.from;
        block_run(&block, &recipe);
    }
    return recipe.parts;
}

static void a_block_says_what_each_row_says(void **state)
{
    static double values[CREATORS];
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t world = 0; world < WORLDS; world++) {
        struct random random;
        random_init(&random, seed + world);
        struct stand *stand = stand_new(&random);
        for (int column = 0; column < COLUMN_COUNT; column++) {
            enum figure_id figure = figure_of_column((enum column)column);
            if (columns[column].figure == COLUMN_NO_FIGURE)
                continue;
            assert_true(figure != FIGURE_NONE);
            whole_column(stand, figure, values);
            for (size_t row = 0; row < CREATORS; row++) {
                struct figures figures;
                forecast(&stand->world.facts, &stand->assumptions, row, &figures);
                double one = *(double *)((char *)&figures + columns[column].figure);
                if (!same(one, values[row]))
                    fail_msg("world %llu, row %zu, %s: %.17g, alone %.17g",
                             (unsigned long long)world, row, columns[column].key, values[row], one);
            }
        }
        stand_free(stand);
    }
}

/* What was made once may be given back instead of being made again. */
static void given_figures_are_taken_as_they_are(void **state)
{
    static const enum figure_id cached[] = {FIGURE_REACH_ONE, FIGURE_RESPONSE_FACTOR, FIGURE_FEE};
    static double columns_kept[COUNT_OF(cached)][CREATORS], roi[CREATORS], again[CREATORS];
    bool wanted[FIGURE_COUNT] = {[FIGURE_ROI] = true}, given[FIGURE_COUNT] = {false};
    struct random random;
    struct recipe recipe;
    struct block block;
    (void)state;
    random_init(&random, seed);
    struct stand *stand = stand_new(&random);
    scenario_init(&stand->scenario);
    whole_column(stand, FIGURE_ROI, roi);
    for (size_t i = 0; i < COUNT_OF(cached); i++) {
        whole_column(stand, cached[i], columns_kept[i]);
        given[cached[i]] = true;
    }
    size_t changed = 0;
    while (!(roi[changed] > -1))
        changed++;
    columns_kept[2][changed] += 12345; /* not what the facts say */
    recipe_init(&recipe, wanted, given);
    block_init(&block, &stand->world.facts, &stand->assumptions, &stand->room);
    for (; block.from < CREATORS; block.from += block.count) {
        block.count = CREATORS - block.from < 100 ? CREATORS - block.from : 100;
        for (size_t i = 0; i < COUNT_OF(cached); i++)
            block.at[cached[i]] = columns_kept[i] + block.from;
        block.at[FIGURE_ROI] = again + block.from;
        block_run(&block, &recipe);
    }
    for (size_t row = 0; row < CREATORS; row++)
        assert_true(same(roi[row], again[row]) == (row != changed));
    stand_free(stand);
}

/* ---- Parts ---- */

struct parts {
    double numbers[PART_COUNT][FORECAST_PART_MOST];
    size_t counts[PART_COUNT];
};

static void parts_of(const struct assumptions *assumptions, struct parts *parts)
{
    for (int part = 0; part < PART_COUNT; part++)
        parts->counts[part] =
            forecast_part(assumptions, (enum forecast_part)part, parts->numbers[part]);
}

static unsigned differing(const struct parts *a, const struct parts *b)
{
    unsigned set = 0;
    for (int part = 0; part < PART_COUNT; part++) {
        bool differs = a->counts[part] != b->counts[part];
        for (size_t i = 0; !differs && i < a->counts[part]; i++)
            differs = !same(a->numbers[part][i], b->numbers[part][i]);
        set |= differs ? 1u << part : 0u;
    }
    return set;
}

/* Where an edit changes a figure, it changes a part that the figure's recipe names. */
static void expect_parts_named(struct stand *stand, const struct scenario *edited, const char *edit)
{
    static double before[CREATORS], after[CREATORS];
    static struct parts parts, edited_parts;
    struct scenario original = stand->scenario;
    parts_of(&stand->assumptions, &parts);
    stand->scenario = *edited;
    parts_of(&stand->assumptions, &edited_parts);
    unsigned moved = differing(&parts, &edited_parts);
    for (int figure = FIGURE_NUMBERS; figure < FIGURE_COUNT; figure++) {
        stand->scenario = original;
        if (whole_column(stand, (enum figure_id)figure, before) & moved)
            continue;
        stand->scenario = *edited;
        whole_column(stand, (enum figure_id)figure, after);
        for (size_t row = 0; row < CREATORS; row++)
            if (!same(before[row], after[row]))
                fail_msg("'%s' changes figure %d of row %zu, which does not name it", edit, figure,
                         row);
    }
    stand->scenario = original;
}

static void figures_name_the_parts_they_rest_on(void **state)
{
    struct random random;
    (void)state;
    random_init(&random, seed);
    struct stand *stand = stand_new(&random);
    for (int fill = 0; fill < 2; fill++) {
        stand->scenario.fill = fill;
        for (size_t i = 0; i < parameter_count; i++) {
            struct scenario edited = stand->scenario;
            double *number = (double *)((char *)&edited + parameters[i].offset);
            double middle = parameters[i].least + (parameters[i].most - parameters[i].least) / 3;
            *number = parameters[i].unit == UNIT_FLAG    ? !fill
                      : parameters[i].unit == UNIT_COUNT ? *number + 1
                      : *number > 0                      ? *number * 0.9
                                                         : middle;
            expect_parts_named(stand, &edited, parameters[i].key);
        }
        for (int format = FORMAT_NONE + 1; format < FORMAT_COUNT; format++) {
            struct scenario edited = stand->scenario;
            edited.reach[format].rate[0] /= 2;
            expect_parts_named(stand, &edited, "a reach rate");
            edited = stand->scenario;
            edited.reach[format].steps = !edited.reach[format].steps;
            expect_parts_named(stand, &edited, "the kind of a curve");
        }
        struct scenario edited = stand->scenario;
        edited.rates[edited.rate_count++] = (struct exchange_rate){.currency = 7, .rate = 3};
        expect_parts_named(stand, &edited, "an exchange rate");
        edited = stand->scenario;
        edited.channels[0].roas = 7;
        expect_parts_named(stand, &edited, "the channel");
    }
    stand_free(stand);
}

/* An edit of the order value must not cost logarithms again: that is what the parts are for. */
static void few_parts_are_named(void **state)
{
    static double values[CREATORS];
    struct random random;
    (void)state;
    random_init(&random, seed);
    struct stand *stand = stand_new(&random);
    unsigned reach = whole_column(stand, FIGURE_REACH_ONE, values);
    assert_int_equal(reach, 1u << PART_CREDIBILITY | 1u << PART_RATES);
    unsigned factor = whole_column(stand, FIGURE_RESPONSE_FACTOR, values);
    assert_int_equal(factor, 1u << PART_EXPONENT | 1u << PART_PEERS);
    unsigned fee = whole_column(stand, FIGURE_FEE, values);
    assert_int_equal(fee, 1u << PART_CURRENCY | 1u << PART_ESTIMATE);
    assert_false(whole_column(stand, FIGURE_REACH, values) & 1u << PART_VALUE);
    stand_free(stand);
}

/* The budget buys posts only where the rule says so. */
static void a_budget_counts_where_it_is_filled(void **state)
{
    static struct parts before, after;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions = {.scenario = &scenario, .peers = &peers};
    (void)state;
    peers_init(&peers);
    scenario_init(&scenario);
    for (int fill = 0; fill < 2; fill++) {
        scenario.fill = fill;
        parts_of(&assumptions, &before);
        scenario.budget += 1000;
        parts_of(&assumptions, &after);
        assert_int_equal(differing(&before, &after), fill ? 1u << PART_POSTS : 0u);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_says_what_each_row_says),
        cmocka_unit_test(given_figures_are_taken_as_they_are),
        cmocka_unit_test(figures_name_the_parts_they_rest_on),
        cmocka_unit_test(few_parts_are_named),
        cmocka_unit_test(a_budget_counts_where_it_is_filled),
    };
    if (getenv("TEST_SEED"))
        seed = strtoull(getenv("TEST_SEED"), NULL, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
