#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include <math.h>

#include "explorer.h"

/* Ticks, plan and budget: what is kept, and how it is undone. */

static void test_a_tick_is_kept_by_platform_and_key(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "kim");
    explorer_forget(&e);
    explorer_key(&e, K_SPACE);
    assert_true(explorer_ticked(&e, "Kim.Serum"));
    assert_int_equal(explorer_effects(&e, EFFECT_TICK), 1);
    const struct effect *effect = explorer_effect(&e, EFFECT_TICK, 0);
    assert_int_equal(effect->platform, PLATFORM_YOUTUBE);
    assert_true(text_is(effect->key, "kim.serum"));
    assert_true(effect->number == 1);
    explorer_go(&e, "kim");
    explorer_key(&e, K_SPACE);
    assert_false(explorer_ticked(&e, "Kim.Serum"));
    assert_true(explorer_effect(&e, EFFECT_TICK, 1)->number == 0);
    explorer_release(&e);
}

static void test_space_goes_on_to_the_next_line(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, K_SPACE);
    assert_int_equal(e.model.list.cursor, 1);
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_SPACE); /* in the detail it stays */
    assert_int_equal(e.model.list.cursor, 1);
    assert_int_equal(e.catalog.ticked_count, 2);
    explorer_release(&e);
}

static void test_tick_all_is_one_step(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, K_SPACE);
    explorer_forget(&e);
    explorer_key(&e, '*');
    assert_int_equal(e.catalog.ticked_count, 6);
    assert_int_equal(explorer_effects(&e, EFFECT_TICK), 5); /* one was ticked before */
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 1);
    assert_string_equal(undo_next(&e.model.undo)->label, "tick 5 creators");
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 1);
    explorer_key(&e, 'U');
    explorer_key(&e, '*'); /* all are: none */
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 6);
    explorer_release(&e);
}

static void test_untick_all_reaches_who_is_not_shown(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, '*');
    explorer_filter(&e, "country:DE");
    explorer_type(&e, ":untick-all");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 12);
    explorer_release(&e);
}

static void test_the_plan_takes_the_ticked_else_this_one(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "emil");
    explorer_forget(&e);
    explorer_key(&e, 'a');
    assert_int_equal(explorer_planned(&e, "emil.food"), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 1);
    assert_true(explorer_effect(&e, EFFECT_PLAN, 0)->planned.deliverables == 1);
    explorer_go(&e, "ada");
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "finn");
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "hugo");
    explorer_key(&e, 'a');
    assert_int_equal(explorer_planned(&e, "ada.skin"), 1);
    assert_int_equal(explorer_planned(&e, "finn.trip"), 1);
    assert_int_equal(explorer_planned(&e, "hugo.play"), 0);
    explorer_key(&e, 'a'); /* all of them are in: out */
    assert_int_equal(e.catalog.planned_count, 1);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 3);
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 0);
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_release(&e);
}

/* What was in the plan with numbers of its own comes back with them. */
static void test_a_whole_plan_is_one_step(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    catalog_plan(&e.catalog, model_row(&e.model), 3);
    explorer_go(&e, "finn");
    catalog_plan(&e.catalog, model_row(&e.model), 2);
    explorer_key(&e, '*');
    explorer_forget(&e);
    explorer_key(&e, 'a'); /* the other ten */
    assert_int_equal(e.catalog.planned_count, 12);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 10);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 1);
    explorer_key(&e, 'a'); /* all of them out */
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 12);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 3);
    assert_int_equal(explorer_planned(&e, "finn.trip"), 2);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 2);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_key(&e, 'U');
    explorer_key(&e, 'U');
    explorer_key(&e, 'U');
    assert_int_equal(e.catalog.ticked_count, 12);
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_release(&e);
}

/* Who left the store meanwhile is not ticked by what is undone. */
static void test_undo_passes_over_who_is_gone(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, '*');
    explorer_key(&e, '*');
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_drop(&e, "ada.skin");
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 11);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_release(&e);
}

static void test_undo_names_and_keeps_what_it_does(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'u');
    assert_string_equal(e.model.notice, "nothing to undo");
    explorer_go(&e, "emil");
    explorer_key(&e, K_SPACE);
    assert_string_equal(undo_next(&e.model.undo)->label, "tick emil.food");
    explorer_forget(&e);
    explorer_key(&e, 'u');
    assert_string_equal(e.model.notice, "undone: tick emil.food");
    assert_int_equal(explorer_effects(&e, EFFECT_TICK), 1);
    assert_true(explorer_effect(&e, EFFECT_TICK, 0)->number == 0);
    explorer_key(&e, K_CTRL('R'));
    assert_true(explorer_ticked(&e, "emil.food"));
    explorer_key(&e, 'U');
    assert_string_equal(e.model.notice, "nothing to do again");
    explorer_release(&e);
}

static void test_a_new_step_forgets_what_was_undone(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "emil");
    explorer_key(&e, K_SPACE);
    explorer_key(&e, 'u');
    explorer_go(&e, "ada");
    explorer_key(&e, K_SPACE);
    explorer_key(&e, 'U');
    assert_false(explorer_ticked(&e, "emil.food"));
    assert_true(explorer_ticked(&e, "ada.skin"));
    explorer_release(&e);
}

static void test_views_are_steps_too(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_filter(&e, "niche:beauty");
    e.model.cell = COL_FOLLOWERS;
    explorer_key(&e, 's');
    explorer_key(&e, 'u');
    assert_string_equal(explorer_order_text(&e), "-roi");
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "");
    for (int i = 0; i < 3; i++)
        explorer_key(&e, 'U');
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:beauty");
    assert_string_equal(explorer_order_text(&e), "-followers");
    explorer_release(&e);
}

static void test_back_and_forward_walk_the_views(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, '<');
    assert_string_equal(e.model.notice, "this is the first view");
    explorer_filter(&e, "country:DE");
    explorer_filter(&e, "niche:beauty");
    explorer_key(&e, '<');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_key(&e, K_BACKSPACE);
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_key(&e, '>');
    explorer_key(&e, '>');
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:beauty");
    explorer_key(&e, '>');
    assert_string_equal(e.model.notice, "this is the latest view");
    explorer_release(&e);
}

static void test_a_view_that_was_undone_can_be_gone_to(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_key(&e, '>');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_release(&e);
}

/* Another way taken after going back: undo and redo still show what they name. */
static void test_undo_is_right_after_a_branch(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_filter(&e, "niche:beauty");
    explorer_key(&e, '<');
    explorer_filter(&e, "niche:food");
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:food");
    explorer_key(&e, '<');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_key(&e, 'u'); /* the walk back */
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:food");
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_key(&e, 'u'); /* the first walk back */
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:beauty");
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_key(&e, 'U');
    explorer_key(&e, 'U');
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:beauty");
    explorer_release(&e);
}

static double budget(const struct explorer *e)
{
    return e->model.scenario.budget;
}

static bool assumed(const struct explorer *e)
{
    return !scenario_own(&e->model.scenario, TEXT("budget"));
}

static void test_the_budget_is_live_while_typing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "emil");
    explorer_key(&e, 'a');
    explorer_forget(&e);
    double spent = 10000 - sheet_money_left(&e.sheet);
    assert_true(spent >= 260);
    explorer_key(&e, 'b');
    explorer_type(&e, "5"); /* the first letter replaces what stands there */
    assert_true(budget(&e) == 5);
    explorer_type(&e, "00");
    assert_true(budget(&e) == 500);
    assert_true(fabs(sheet_money_left(&e.sheet) - (500 - spent)) < 1e-9);
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 0); /* nothing is kept before Enter */
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 1);
    const struct effect *effect = explorer_effect(&e, EFFECT_KNOB, 0);
    assert_true(text_is(effect->key, "budget"));
    assert_true(text_is(effect->text, "500"));
    assert_false(assumed(&e));
    explorer_release(&e);
}

static void test_escape_puts_the_budget_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "777");
    explorer_key(&e, K_ESCAPE);
    assert_true(budget(&e) == 10000);
    assert_true(assumed(&e)); /* still nobody's own */
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 0);
    assert_null(undo_next(&e.model.undo));
    explorer_key(&e, 'b');
    explorer_type(&e, "8000");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'b');
    explorer_type(&e, "9");
    explorer_key(&e, K_ESCAPE);
    assert_true(budget(&e) == 8000);
    assert_false(assumed(&e));
    explorer_release(&e);
}

static void test_undo_of_the_budget_makes_it_an_assumption_again(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "8k");
    explorer_key(&e, K_ENTER);
    assert_true(budget(&e) == 8000);
    explorer_forget(&e);
    explorer_key(&e, 'u');
    assert_true(budget(&e) == 10000);
    assert_true(assumed(&e));
    assert_false(text_known(explorer_effect(&e, EFFECT_KNOB, 0)->text));
    explorer_key(&e, 'U');
    assert_true(budget(&e) == 8000);
    assert_false(assumed(&e));
    explorer_release(&e);
}

static void test_enter_on_an_unchanged_budget_changes_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    explorer_key(&e, 'b');
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 0);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

static void test_a_budget_that_is_none_is_not_kept(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "many");
    assert_true(e.model.line_error.message[0]);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD); /* stays, with its error */
    explorer_key(&e, K_ESCAPE);
    assert_true(budget(&e) == 10000);
    explorer_release(&e);
}

static void test_the_budget_steps(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_key(&e, K_UP); /* the largest of 1, 2, 5 x 10^k within 2.5 % of 10,000 is 200 */
    assert_true(budget(&e) == 10200);
    explorer_key(&e, K_PAGE_DOWN);
    assert_true(budget(&e) == 8200);
    explorer_key(&e, K_DOWN);
    assert_true(budget(&e) == 8000);
    explorer_key(&e, K_PAGE_UP); /* of 8,000 the step is 200 too */
    assert_true(budget(&e) == 10000);
    for (int i = 0; i < 200; i++)
        explorer_key(&e, K_PAGE_DOWN);
    assert_true(budget(&e) == 0);
    explorer_key(&e, K_UP);
    assert_true(budget(&e) == 1);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tick_is_kept_by_platform_and_key),
        cmocka_unit_test(test_space_goes_on_to_the_next_line),
        cmocka_unit_test(test_tick_all_is_one_step),
        cmocka_unit_test(test_untick_all_reaches_who_is_not_shown),
        cmocka_unit_test(test_the_plan_takes_the_ticked_else_this_one),
        cmocka_unit_test(test_a_whole_plan_is_one_step),
        cmocka_unit_test(test_undo_passes_over_who_is_gone),
        cmocka_unit_test(test_undo_names_and_keeps_what_it_does),
        cmocka_unit_test(test_a_new_step_forgets_what_was_undone),
        cmocka_unit_test(test_views_are_steps_too),
        cmocka_unit_test(test_back_and_forward_walk_the_views),
        cmocka_unit_test(test_a_view_that_was_undone_can_be_gone_to),
        cmocka_unit_test(test_undo_is_right_after_a_branch),
        cmocka_unit_test(test_the_budget_is_live_while_typing),
        cmocka_unit_test(test_escape_puts_the_budget_back),
        cmocka_unit_test(test_undo_of_the_budget_makes_it_an_assumption_again),
        cmocka_unit_test(test_enter_on_an_unchanged_budget_changes_nothing),
        cmocka_unit_test(test_a_budget_that_is_none_is_not_kept),
        cmocka_unit_test(test_the_budget_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
