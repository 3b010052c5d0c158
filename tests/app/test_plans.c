#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "explorer.h"

/* Plans side by side. */

static void take(struct explorer *e, const char *handle)
{
    explorer_go(e, handle);
    explorer_key(e, 'a');
}

static void same(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fabs(expected)) && !(isnan(value) && isnan(expected)))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static size_t column_of(const struct explorer *e, const char *title)
{
    const struct plans_place *place = &e->model.side_by_side;
    for (size_t i = 0; i < place->count; i++)
        if (strcmp(place->columns[i].title, title) == 0)
            return i;
    fail_msg("no column '%s'", title);
    return 0;
}

static const struct totals *totals_of(const struct explorer *e, const char *title)
{
    return &e->model.side_by_side.columns[column_of(e, title)].totals;
}

static void go_to(struct explorer *e, const char *title)
{
    size_t at = column_of(e, title);
    while (e->model.side_by_side.focus > at)
        explorer_key(e, K_LEFT);
    while (e->model.side_by_side.focus < at)
        explorer_key(e, K_RIGHT);
}

static void name(struct explorer *e, const char *text)
{
    explorer_key(e, 'U' - 'A' + 1); /* Ctrl-U: an empty line */
    explorer_type(e, text);
    explorer_key(e, K_ENTER);
}

/* What stands beside must be what stands there once it is used. */
static void check_against_use(struct explorer *e, const char *title)
{
    struct totals beside = *totals_of(e, title);
    double numbers[] = {
        beside.cost.value, beside.revenue.value,   beside.roi.value,          beside.roi_p10,
        beside.roi_p90,    beside.net_reach.value, beside.deliverables.value, beside.orders.value,
        beside.left};
    go_to(e, title);
    explorer_key(e, K_ENTER);
    assert_string_equal(e->model.scenario.name, title);
    explorer_key(e, 'p');
    const struct totals *now = &e->model.plan.totals;
    double then[] = {
        now->cost.value, now->revenue.value,   now->roi.value,          now->roi_p10,
        now->roi_p90,    now->net_reach.value, now->deliverables.value, now->orders.value,
        now->left};
    for (size_t i = 0; i < sizeof then / sizeof then[0]; i++)
        same(numbers[i], then[i]);
    explorer_key(e, 'w');
}

static void test_presets_and_differences(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'w');
    assert_int_equal(e.model.place, PLACE_PLANS);
    assert_int_equal(e.model.side_by_side.count, 3); /* the default preset would change nothing */
    double now = totals_of(&e, "default")->revenue.value;
    same(totals_of(&e, "Cautious")->revenue.value, now * 0.01 * 0.02 / (0.04 * 0.025));
    same(totals_of(&e, "Field study")->revenue.value, now * 0.1 * 0.05 / (0.04 * 0.025));
    size_t rows = e.model.side_by_side.rows.count;
    assert_string_equal(e.model.side_by_side.rows.items[rows - 2].knob.key, "ctr");
    assert_string_equal(e.model.side_by_side.rows.items[rows - 1].knob.key, "cvr");
    assert_int_equal(plans_base(&e.model), PLANS_NONE);
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, '=');
    assert_int_equal(plans_base(&e.model), 1);
    explorer_key(&e, '=');
    assert_int_equal(plans_base(&e.model), PLANS_NONE);
    go_to(&e, "Cautious");
    explorer_key(&e, K_ENTER); /* into force, one step */
    same(e.model.scenario.cvr, 0.02);
    same(e.model.scenario.ctr[FORMAT_REEL], 0.01);
    same(totals_of(&e, "Default rates")->revenue.value, now);
    explorer_key(&e, 'u');
    same(e.model.scenario.cvr, 0.025);
    assert_false(scenario_own(&e.model.scenario, TEXT("ctr")));
    explorer_release(&e);
}

static void test_copies_go_ways_of_their_own(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'w');
    explorer_key(&e, 'a');
    assert_int_equal(model_context(&e.model), CONTEXT_NAME);
    explorer_key(&e, K_ENTER); /* the name that was offered */
    assert_string_equal(e.model.scenario.name, "default 2");
    explorer_key(&e, 'e');
    name(&e, "Glow");
    assert_string_equal(e.model.scenario.name, "Glow");
    e.model.plan.ordered = COL_HANDLE;
    e.model.plan.descending = false;
    explorer_key(&e, 'p'); /* its own deal, budget and order value */
    explorer_key(&e, 'g');
    e.model.plan.cell = COL_FEE;
    explorer_type(&e, "100");
    explorer_key(&e, K_ENTER);
    e.model.plan.cell = COL_DELIVERABLES;
    explorer_type(&e, "4");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, ':');
    explorer_type(&e, "set aov 120");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'b');
    explorer_type(&e, "2000");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'w');
    same(totals_of(&e, "default")->cost.value, 510 + 640); /* nothing of this leaks there */
    same(totals_of(&e, "Glow")->cost.value, 430 + 640);
    check_against_use(&e, "default");
    same(totals_of(&e, "Glow")->cost.value, 430 + 640);
    check_against_use(&e, "Glow");
    explorer_release(&e);
}

static void test_names_are_asked_for_until_they_are_good(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'w');
    explorer_key(&e, '+');
    explorer_type(&e, "DEFAULT"); /* there is one, in another case */
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_NAME);
    assert_non_null(strstr(e.model.line_error.message, "already"));
    name(&e, "");
    assert_int_equal(e.model.prompt, PROMPT_NAME);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.plans.count, 1);
    explorer_key(&e, '+');
    name(&e, "empty");
    assert_string_equal(e.model.scenario.name, "empty");
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, '-');
    assert_string_equal(e.model.scenario.name, "default");
    explorer_key(&e, '-'); /* the last one stays */
    assert_int_equal(e.model.plans.count, 1);
    explorer_key(&e, 'u');
    assert_string_equal(e.model.scenario.name, "empty");
    go_to(&e, "Cautious");
    explorer_key(&e, 'e'); /* a preset has its name */
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    explorer_key(&e, 'a'); /* but can be made a plan */
    name(&e, "careful");
    assert_string_equal(e.model.scenario.name, "careful");
    same(e.model.scenario.cvr, 0.02);
    explorer_release(&e);
}

static void test_who_is_gone_is_counted(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'w');
    explorer_key(&e, '+');
    name(&e, "other");
    explorer_drop(&e, "dora.diy");
    assert_int_equal(e.model.side_by_side.columns[column_of(&e, "default")].missing, 1);
    assert_int_equal(totals_of(&e, "default")->creators, 1);
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.scenario.name, "default");
    if (e.model.place != PLACE_PLAN)
        explorer_key(&e, 'p');
    assert_int_equal(e.model.plan.missing, 1);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_presets_and_differences),
        cmocka_unit_test(test_copies_go_ways_of_their_own),
        cmocka_unit_test(test_names_are_asked_for_until_they_are_good),
        cmocka_unit_test(test_who_is_gone_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
