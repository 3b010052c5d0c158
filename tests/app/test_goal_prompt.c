#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "domain/total.h"
#include "explorer.h"

/* e on a computed figure: a goal is typed, what reaches it is offered, Enter makes it so. */

static double roi(struct explorer *e)
{
    return sheet_number(&e->sheet, COL_ROI, model_row(&e->model));
}

static const struct goal_offer *offer(const struct explorer *e, enum goal_input input)
{
    for (int i = 0; i < e->model.goal.count; i++)
        if (e->model.goal.offers[i].input == input)
            return &e->model.goal.offers[i];
    return NULL;
}

/* The cursor on this one, by keys. */
static void choose(struct explorer *e, enum goal_input input)
{
    for (int i = 0; i < GOAL_INPUTS; i++)
        explorer_key(e, K_UP);
    for (int i = 0; i < GOAL_INPUTS; i++)
        if (e->model.goal.offers[e->model.goal.cursor].input != input)
            explorer_key(e, K_DOWN);
    assert_int_equal(e->model.goal.offers[e->model.goal.cursor].input, input);
}

static void test_it_asks_for_break_even_first(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'e');
    assert_int_equal(model_context(&e.model), CONTEXT_GOAL);
    assert_true(text_is(buf_text(&e.model.line.text), "0%"));
    assert_true(e.model.goal.value == 0);
    assert_non_null(offer(&e, GOAL_FEE));
    assert_true(offer(&e, GOAL_FEE)->value ==
                floor(sheet_number(&e.sheet, COL_BREAKEVEN_FEE, model_row(&e.model))));
    explorer_type(&e, "50%"); /* replaces what stands there */
    assert_true(e.model.goal.value == 0.5);
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_BACKSPACE);
    assert_true(isnan(e.model.goal.value));
    assert_int_equal(e.model.goal.count, 0);
    explorer_key(&e, K_ENTER); /* nothing is typed: the prompt stays */
    assert_int_equal(model_context(&e.model), CONTEXT_GOAL);
    explorer_release(&e);
}

static void test_nothing_changes_before_enter(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    double before = roi(&e);
    uint64_t revision = e.model.scenario.revision;
    explorer_key(&e, 'e');
    explorer_type(&e, "80%");
    explorer_key(&e, K_DOWN);
    assert_true(roi(&e) == before);
    explorer_forget(&e);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_true(roi(&e) == before && e.model.scenario.revision == revision);
    assert_null(undo_next(&e.model.undo));
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB) + explorer_effects(&e, EFFECT_PLAN), 0);
    explorer_release(&e);
}

static void test_each_offer_reaches_the_goal(void **state)
{
    (void)state;
    static const enum goal_input tried[] = {GOAL_FEE, GOAL_AOV, GOAL_CVR};
    for (size_t i = 0; i < 3; i++) {
        struct explorer e;
        explorer_init(&e);
        explorer_go(&e, "ada");
        double before = roi(&e);
        explorer_key(&e, 'e');
        explorer_type(&e, "150%");
        choose(&e, tried[i]);
        double value = e.model.goal.offers[e.model.goal.cursor].value;
        explorer_key(&e, K_ENTER);
        assert_int_equal(model_context(&e.model), CONTEXT_LIST);
        assert_true(roi(&e) >= 1.5 && roi(&e) < 1.6);
        if (tried[i] == GOAL_FEE)
            assert_true(sheet_number(&e.sheet, COL_FEE, model_row(&e.model)) == value);
        else
            assert_true((tried[i] == GOAL_AOV ? e.model.scenario.aov : e.model.scenario.cvr) ==
                        value);
        assert_non_null(strstr(e.model.notice, "ROI of @ada.skin to at least +150%"));
        explorer_key(&e, 'u');
        assert_true(roi(&e) == before);
        assert_true(e.model.scenario.aov == 80 && e.model.scenario.cvr == 0.025);
        explorer_key(&e, 'U');
        assert_true(roi(&e) >= 1.5);
        explorer_release(&e);
    }
}

/* More posts of the same creator bring less each: the most that still reach the goal. */
static void test_posts_put_him_into_the_plan(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'e');
    explorer_type(&e, "-50%");
    assert_true(offer(&e, GOAL_DELIVERABLES)->value >= 1);
    choose(&e, GOAL_DELIVERABLES);
    unsigned posts = (unsigned)e.model.goal.offers[e.model.goal.cursor].value;
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_planned(&e, "ada.skin"), posts);
    assert_true(roi(&e) >= -0.5);
    explorer_key(&e, 'u');
    assert_int_equal(explorer_planned(&e, "ada.skin"), 0);
    explorer_release(&e);
}

static void test_never_cannot_be_chosen(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'e');
    explorer_type(&e, "many");
    assert_true(e.model.line_error.message[0]); /* no such figure */
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_GOAL);
    while (e.model.line.text.length > 0)
        explorer_key(&e, K_BACKSPACE);
    explorer_type(&e, "100000%");
    assert_true(isinf(offer(&e, GOAL_FEE)->value) && isinf(offer(&e, GOAL_CVR)->value));
    assert_int_equal(e.model.goal.offers[e.model.goal.cursor].input, GOAL_AOV);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_UP);
    assert_int_equal(e.model.goal.offers[e.model.goal.cursor].input, GOAL_AOV);
    explorer_release(&e);
}

static void test_a_fact_has_no_goal(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    while (e.model.cell != COL_ER)
        explorer_key(&e, K_LEFT);
    explorer_key(&e, 'e');
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_non_null(strstr(e.model.notice, "is not typed in"));
    explorer_release(&e);
}

static double plan_roi(struct explorer *e)
{
    struct assumptions assumptions = sheet_assumptions(&e->sheet);
    struct totals totals;
    size_t count;
    const uint32_t *rows = sheet_planned(&e->sheet, &count);
    totals_init(&totals);
    totals_make(&totals, catalog_facts(&e->catalog), &assumptions, rows, count);
    double value = totals.roi.value;
    totals_release(&totals);
    return value;
}

static void test_tab_asks_for_the_whole_plan(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'a');
    explorer_go(&e, "finn");
    explorer_key(&e, 'a');
    explorer_key(&e, 'e');
    explorer_key(&e, K_TAB); /* not here: the plan is not in view */
    assert_false(e.model.goal.plan);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'p');
    for (int i = 0; i < 12 && e.model.plan.cell != COL_ROI; i++)
        explorer_key(&e, K_RIGHT);
    double before = plan_roi(&e);
    explorer_key(&e, 'e');
    explorer_key(&e, K_TAB);
    assert_true(e.model.goal.plan);
    assert_true(e.model.goal.present == before);
    assert_null(offer(&e, GOAL_FEE));
    explorer_type(&e, "200%");
    choose(&e, GOAL_CVR);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_PLAN);
    assert_true(plan_roi(&e) >= 2 && plan_roi(&e) < 2.05);
    explorer_key(&e, 'u');
    assert_true(plan_roi(&e) == before);
    explorer_release(&e);
}

static void test_it_closes_when_its_creator_goes(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'e');
    explorer_drop(&e, "ada.skin");
    explorer_key(&e, '1');
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

/* Leaving the program while a goal stands there does not make it so. */
static void test_leaving_keeps_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    double before = roi(&e);
    explorer_key(&e, 'e');
    explorer_type(&e, "80%");
    explorer_send(&e, &(struct message){.kind = MESSAGE_LEAVE});
    assert_true(roi(&e) == before);
    assert_true(e.model.leaving);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_asks_for_break_even_first),
        cmocka_unit_test(test_nothing_changes_before_enter),
        cmocka_unit_test(test_each_offer_reaches_the_goal),
        cmocka_unit_test(test_posts_put_him_into_the_plan),
        cmocka_unit_test(test_never_cannot_be_chosen),
        cmocka_unit_test(test_a_fact_has_no_goal),
        cmocka_unit_test(test_tab_asks_for_the_whole_plan),
        cmocka_unit_test(test_it_closes_when_its_creator_goes),
        cmocka_unit_test(test_leaving_keeps_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
