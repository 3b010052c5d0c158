#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "explorer.h"

/* Figures edited where they stand: fee and posts of a creator, the budget. */

static void at_cell(struct explorer *e, const char *handle, enum column column)
{
    explorer_go(e, handle);
    e->model.cell = column;
}

static double shown(const struct explorer *e, enum column column)
{
    return sheet_number(e->model.sheet, column, model_row(&e->model));
}

static struct planned planned(const struct explorer *e)
{
    return catalog_plan_get(&e->catalog, model_row(&e->model));
}

static const char *says(const struct explorer *e)
{
    static char room[256];
    struct buf text = BUF_INIT;
    field_say(&e->model, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

static void test_a_fee_is_live_while_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    double roi = shown(&e, COL_ROI);
    explorer_forget(&e);
    explorer_key(&e, '2'); /* a digit begins */
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    assert_true(shown(&e, COL_FEE) == 2);
    explorer_type(&e, "40");
    assert_true(shown(&e, COL_FEE) == 240);
    assert_true(shown(&e, COL_ROI) > roi);
    assert_string_equal(says(&e), "read as 240 EUR   was 480");
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 0); /* nothing is kept yet */
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 1);
    assert_true(explorer_effect(&e, EFFECT_PLAN, 0)->planned.fee == 24000);
    assert_string_equal(undo_next(&e.model.undo)->label, "fee ada.skin 480 > 240");
    assert_int_equal(e.catalog.planned_count, 0); /* a fee plans nobody */
    explorer_key(&e, 'u');
    assert_true(shown(&e, COL_FEE) == 480);
    assert_true(isnan(planned(&e).fee));
    explorer_key(&e, 'U');
    assert_true(shown(&e, COL_FEE) == 240);
    explorer_release(&e);
}

static void test_posts_put_into_the_plan_and_out(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "emil.food", COL_DELIVERABLES);
    explorer_key(&e, 'e');
    assert_string_equal(says(&e), "not in the plan: posts put there");
    explorer_type(&e, "3");
    assert_int_equal(e.catalog.planned_count, 1);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_planned(&e, "emil.food"), 3);
    assert_string_equal(undo_next(&e.model.undo)->label, "posts emil.food 0 > 3");
    explorer_key(&e, 'e');
    explorer_type(&e, "0");
    assert_string_equal(says(&e), "read as 0, out of the plan   was 3");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, 'u');
    assert_int_equal(explorer_planned(&e, "emil.food"), 3);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_release(&e);
}

/* What cannot be read leaves the figures as they were before, not as the last that could be read. */
static void test_a_fault_leaves_the_figures_as_before(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_key(&e, 'e');
    explorer_type(&e, "=12*450");
    assert_true(shown(&e, COL_FEE) == 5400);
    explorer_type(&e, "/0+1");
    assert_true(shown(&e, COL_FEE) == 480);
    assert_true(e.model.line_error.message[0]);
    assert_int_equal(e.model.line.caret, strlen("=12*450/0+1")); /* one goes on typing */
    explorer_forget(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    assert_int_equal(e.model.line.caret, strlen("=12*450/")); /* at the fault */
    assert_true(shown(&e, COL_FEE) == 480);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 0);
    explorer_key(&e, K_DELETE);
    explorer_key(&e, '9');
    assert_true(fabs(shown(&e, COL_FEE) - 601) < 1e-9);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_true(planned(&e).fee == 60100);
    explorer_release(&e);
}

static void test_escape_puts_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_forget(&e);
    explorer_type(&e, "99");
    explorer_key(&e, K_ESCAPE);
    assert_true(shown(&e, COL_FEE) == 480);
    assert_true(isnan(planned(&e).fee));
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 0);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 0);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

static void test_relative_and_the_own_fee_again(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_key(&e, 'e');
    explorer_type(&e, "-10%");
    assert_true(shown(&e, COL_FEE) == 432);
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'e');
    explorer_type(&e, "*2"); /* of what stands there now */
    explorer_key(&e, K_ENTER);
    assert_true(shown(&e, COL_FEE) == 864);
    explorer_key(&e, 'e');
    explorer_key(&e, K_CTRL('U'));
    assert_string_equal(says(&e), "their own again   was 864");
    explorer_key(&e, K_ENTER);
    assert_true(shown(&e, COL_FEE) == 480);
    assert_string_equal(undo_next(&e.model.undo)->label, "fee ada.skin 864 > their own");
    explorer_release(&e);
}

static void test_limits_are_told(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_DELIVERABLES);
    explorer_key(&e, 'e');
    explorer_type(&e, "5000");
    assert_string_equal(e.model.line_error.message, "posts must be from 0 to 1,000");
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'b');
    explorer_type(&e, "-20000");
    assert_true(e.model.line_error.message[0]);
    assert_true(e.model.scenario.budget == 10000);
    explorer_release(&e);
}

/* + and - on a figure: what follows each other is one step. */
static void test_steps_join(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_forget(&e);
    for (int i = 0; i < 5; i++)
        explorer_key(&e, '+'); /* 10 each: within 2.5 % of 480 */
    assert_true(shown(&e, COL_FEE) == 530);
    assert_int_equal(e.model.undo.done, 1);
    assert_string_equal(undo_next(&e.model.undo)->label, "fee ada.skin 480 > 530");
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 0); /* not settled yet */
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 1);
    int64_t token = explorer_effect(&e, EFFECT_EDIT, 0)->id;
    explorer_key(&e, '-');
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 2);
    assert_int_equal(explorer_effect(&e, EFFECT_EDIT, 1)->id, token); /* the same row, amended */
    assert_string_equal(undo_next(&e.model.undo)->label, "fee ada.skin 480 > 520");
    explorer_go(&e, "emil"); /* something else in between */
    explorer_go(&e, "ada.skin");
    explorer_key(&e, '+');
    assert_int_equal(e.model.undo.done, 2);
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_true(shown(&e, COL_FEE) == 480);
    explorer_release(&e);
}

static void test_there_and_back_is_no_step(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "emil.food", COL_DELIVERABLES);
    explorer_key(&e, '+');
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
    explorer_forget(&e);
    explorer_key(&e, '-');
    assert_int_equal(e.model.undo.done, 0);
    assert_int_equal(e.catalog.planned_count, 0);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT_FORGET), 1);
    assert_int_equal(explorer_effect(&e, EFFECT_PLAN, 0)->planned.deliverables, 0);
    explorer_release(&e);
}

static void test_leaving_settles(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_key(&e, '+');
    assert_true(model_unsettled(&e.model));
    explorer_forget(&e);
    explorer_key(&e, 'q');
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT), 1);
    assert_false(model_unsettled(&e.model));
    explorer_release(&e);
}

/* A key that moves nothing is no step, and nothing joins what was done before it. */
static void test_steps_at_a_limit(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "emil.food", COL_DELIVERABLES);
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "emil");
    explorer_key(&e, '-'); /* 0 already */
    explorer_key(&e, '+');
    assert_int_equal(e.model.undo.done, 2);
    assert_string_equal(undo_next(&e.model.undo)->label, "posts emil.food 0 > 1");
    explorer_key(&e, 'u');
    assert_string_equal(undo_next(&e.model.undo)->label, "tick emil.food");
    explorer_release(&e);
}

/* When the clock ticks the store hears of what stands there; it is the same step all along. */
static void test_an_open_field_settles(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    struct message tick = {.kind = MESSAGE_TICK, .now = EXPLORER_NOW};
    explorer_forget(&e);
    explorer_type(&e, "30");
    explorer_send(&e, &tick);
    assert_true(explorer_effect(&e, EFFECT_PLAN, 0)->planned.fee == 3000);
    int64_t token = explorer_effect(&e, EFFECT_EDIT, 0)->id;
    assert_int_equal(e.model.undo.done, 0);
    explorer_forget(&e);
    explorer_send(&e, &tick); /* nothing is new */
    assert_int_equal(e.effects.count, 0);
    explorer_type(&e, "0");
    explorer_send(&e, &tick);
    assert_true(explorer_effect(&e, EFFECT_PLAN, 0)->planned.fee == 30000);
    assert_int_equal(explorer_effect(&e, EFFECT_EDIT, 0)->id, token);
    explorer_type(&e, "1");
    explorer_forget(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effect(&e, EFFECT_EDIT, 0)->id, token);
    assert_true(explorer_effect(&e, EFFECT_PLAN, 0)->planned.fee == 300100);
    assert_int_equal(e.model.undo.done, 1);
    explorer_release(&e);
}

static void test_escape_takes_back_what_settled(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "77");
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
    int64_t token = explorer_effect(&e, EFFECT_EDIT, 0)->id;
    explorer_forget(&e);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(explorer_effect(&e, EFFECT_EDIT_FORGET, 0)->id, token);
    assert_false(text_known(explorer_effect(&e, EFFECT_KNOB, 0)->text)); /* the default again */
    assert_true(e.model.scenario.budget == 10000);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

/* What was settled and then made unreadable is not what is kept. */
static void test_a_prefix_is_never_kept(void **state)
{
    (void)state;
    struct explorer e;
    struct message tick = {.kind = MESSAGE_TICK, .now = EXPLORER_NOW};
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "50");
    explorer_send(&e, &tick);
    explorer_type(&e, "x");
    explorer_forget(&e);
    explorer_send(&e, &tick);
    assert_int_equal(explorer_effects(&e, EFFECT_EDIT_FORGET), 1);
    assert_false(text_known(explorer_effect(&e, EFFECT_KNOB, 0)->text));
    explorer_send(&e, &(struct message){.kind = MESSAGE_LEAVE});
    assert_true(e.model.scenario.budget == 10000);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

static void test_saving_settles(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "50");
    explorer_forget(&e);
    explorer_key(&e, K_CTRL('S'));
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 0)->text, "50"));
    explorer_release(&e);
}

static void test_digits_where_nothing_is_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_PROFIT;
    explorer_key(&e, '5');
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_non_null(strstr(e.model.notice, "Profit is worked out"));
    e.model.cell = COL_FOLLOWERS; /* a fact, which no goal is asked of */
    explorer_key(&e, '5');
    assert_string_equal(e.model.notice, "digits edit fee and posts");
    explorer_release(&e);
}

/* Help can be had while a figure is edited; it is no place to begin another. */
static void test_help_over_a_field_edits_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_type(&e, "12");
    explorer_key(&e, K_F1);
    assert_int_equal(model_context(&e.model), CONTEXT_HELP);
    explorer_type(&e, "7");
    assert_int_equal(model_context(&e.model), CONTEXT_HELP);
    explorer_key(&e, K_ESCAPE); /* what was typed there, then help */
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    explorer_key(&e, K_ESCAPE);
    assert_true(shown(&e, COL_FEE) == 480);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

static void test_tab_goes_on(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_FEE;
    explorer_resize(&e, 120, 30);
    const char *first = "";
    char handle[64];
    snprintf(handle, sizeof handle, "%s", explorer_cursor(&e));
    first = handle;
    explorer_type(&e, "111");
    explorer_key(&e, K_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD); /* the next creator's */
    assert_string_not_equal(explorer_cursor(&e), first);
    explorer_type(&e, "222");
    explorer_key(&e, K_ENTER);
    assert_true(planned(&e).fee == 22200);
    explorer_go(&e, first);
    assert_true(planned(&e).fee == 11100);
    assert_int_equal(e.model.undo.done, 2);
    explorer_key(&e, 'b');
    explorer_type(&e, "5k");
    explorer_key(&e, K_TAB); /* there is no next budget */
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_true(e.model.scenario.budget == 5000);
    explorer_release(&e);
}

static void test_the_comparison_follows(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "emil");
    explorer_key(&e, K_SPACE);
    explorer_key(&e, 'c');
    assert_int_equal(e.model.place, PLACE_COMPARE);
    size_t fee = 0;
    while (e.model.comparison.lines[e.model.compare_lines[fee]].line->column != COL_FEE)
        fee++;
    e.model.compare_row.cursor = fee;
    explorer_type(&e, "100");
    int focus = e.model.compare_focus;
    const struct compare_row *row = &e.model.comparison.lines[e.model.compare_lines[fee]];
    assert_true(row->cells[focus].value == 100);
    explorer_key(&e, K_TAB);
    assert_int_equal(e.model.compare_focus, focus + 1);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'u');
    assert_true(row->cells[focus].value != 100);
    explorer_release(&e);
}

static void test_a_creator_who_leaves_while_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    at_cell(&e, "ada.skin", COL_FEE);
    explorer_type(&e, "5");
    explorer_drop(&e, "ada.skin");
    explorer_type(&e, "5");
    assert_true(e.model.line_error.message[0]);
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_null(undo_next(&e.model.undo));
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_fee_is_live_while_typed),
        cmocka_unit_test(test_posts_put_into_the_plan_and_out),
        cmocka_unit_test(test_a_fault_leaves_the_figures_as_before),
        cmocka_unit_test(test_escape_puts_back),
        cmocka_unit_test(test_relative_and_the_own_fee_again),
        cmocka_unit_test(test_limits_are_told),
        cmocka_unit_test(test_steps_join),
        cmocka_unit_test(test_there_and_back_is_no_step),
        cmocka_unit_test(test_leaving_settles),
        cmocka_unit_test(test_steps_at_a_limit),
        cmocka_unit_test(test_an_open_field_settles),
        cmocka_unit_test(test_escape_takes_back_what_settled),
        cmocka_unit_test(test_a_prefix_is_never_kept),
        cmocka_unit_test(test_saving_settles),
        cmocka_unit_test(test_digits_where_nothing_is_typed),
        cmocka_unit_test(test_help_over_a_field_edits_nothing),
        cmocka_unit_test(test_tab_goes_on),
        cmocka_unit_test(test_the_comparison_follows),
        cmocka_unit_test(test_a_creator_who_leaves_while_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
