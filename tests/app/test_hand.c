#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "explorer.h"

/* x: for whom, what, which file; y and Y: copies. Files and clipboard are the runtime's: here is what it
 * is asked for. */

static const char *path(const struct explorer *e)
{
    return buf_string(&((struct explorer *)e)->model.hand.path);
}

static void open_form(struct explorer *e)
{
    explorer_key(e, 'x');
    assert_int_equal(model_context(&e->model), CONTEXT_HAND);
    assert_int_equal(explorer_effects(e, EFFECT_FOLDER), 1);
    explorer_send(e, &(struct message){.kind = MESSAGE_FOLDER, .text = TEXT("~/Downloads/")});
}

static void test_the_file_is_called_after_what_is_in_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    assert_string_equal(path(&e), "~/Downloads/2026-08-03 creators.html");
    explorer_key(&e, K_DOWN);
    assert_string_equal(path(&e), "~/Downloads/2026-08-03 creators.xlsx");
    explorer_key(&e, K_DOWN);
    assert_string_equal(path(&e), "~/Downloads/2026-08-03 creators.csv");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_filter(&e, "platform:instagram followers<5000");
    explorer_forget(&e);
    open_form(&e);
    assert_string_equal(path(&e), "~/Downloads/2026-08-03 platform instagram followers 5000.csv");
    explorer_release(&e);
}

static void test_what_is_on_the_screen_comes_first(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    assert_int_equal(e.model.hand.what, HAND_LIST);
    explorer_key(&e, K_TAB); /* nobody is planned or ticked: there is nothing else */
    assert_int_equal(e.model.hand.what, HAND_LIST);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, ' ');
    explorer_key(&e, ' ');
    explorer_key(&e, 'a');
    explorer_key(&e, 'p');
    explorer_forget(&e);
    open_form(&e);
    assert_int_equal(e.model.hand.what, HAND_PLAN);
    assert_non_null(strstr(path(&e), e.model.scenario.name));
    explorer_key(&e, K_TAB);
    assert_int_equal(e.model.hand.what, HAND_COMPARISON);
    explorer_key(&e, K_TAB);
    assert_int_equal(e.model.hand.what, HAND_LIST);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'c');
    explorer_forget(&e);
    open_form(&e);
    assert_int_equal(e.model.hand.what, HAND_COMPARISON);
    explorer_release(&e);
}

static void test_no_file_is_replaced_without_a_question(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    explorer_key(&e, K_ENTER);
    const struct effect *saved = explorer_effect(&e, EFFECT_HAND_OVER, 0);
    assert_true(saved->number == 0);
    assert_true(text_is(saved->text, "~/Downloads/2026-08-03 creators.html"));
    explorer_send(&e, &(struct message){.kind = MESSAGE_TAKEN});
    assert_true(e.model.hand.asks);
    explorer_key(&e, K_ESCAPE); /* no: the form is still there */
    assert_int_equal(model_context(&e.model), CONTEXT_HAND);
    assert_false(e.model.hand.asks);
    explorer_key(&e, K_ENTER);
    assert_true(explorer_effect(&e, EFFECT_HAND_OVER, 1)->number == 0);
    explorer_send(&e, &(struct message){.kind = MESSAGE_TAKEN});
    explorer_key(&e, K_DOWN); /* another file: the question was about the one before */
    explorer_key(&e, K_UP);
    explorer_key(&e, K_ENTER);
    assert_true(explorer_effect(&e, EFFECT_HAND_OVER, 2)->number == 0);
    explorer_send(&e, &(struct message){.kind = MESSAGE_TAKEN});
    explorer_key(&e, K_ENTER);
    assert_true(explorer_effect(&e, EFFECT_HAND_OVER, 3)->number == 1);
    explorer_release(&e);
}

static void test_its_name_is_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    explorer_key(&e, 'e');
    assert_int_equal(model_context(&e.model), CONTEXT_HAND_FILE);
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "for anna");
    explorer_key(&e, K_ENTER);
    assert_string_equal(path(&e), "for anna.html");
    explorer_key(&e, K_DOWN); /* the ending goes with whom it is for, the name stays */
    assert_string_equal(path(&e), "for anna.xlsx");
    explorer_key(&e, 'e');
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "/tmp/");
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(path(&e), "for anna.xlsx");
    explorer_key(&e, 'e');
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "/tmp/");
    explorer_key(&e, K_ENTER);
    assert_string_equal(path(&e), "/tmp/2026-08-03 creators.xlsx");
    explorer_release(&e);
}

static void test_switches_are_about_documents(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    explorer_key(&e, K_DOWN); /* team */
    for (int i = 0; i < 3; i++)
        explorer_key(&e, K_DOWN); /* past tool and chat */
    assert_int_equal(e.model.hand.cursor, HAND_ASSUMPTIONS);
    assert_int_equal(e.model.hand.whom, HAND_TEAM);
    explorer_key(&e, ' ');
    assert_true(e.model.hand.quiet_assumptions && !e.model.hand.quiet_estimates);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, ' ');
    assert_true(e.model.hand.quiet_estimates);
    explorer_key(&e, ' ');
    assert_false(e.model.hand.quiet_estimates);
    explorer_release(&e);
}

static void test_a_chat_gets_a_copy(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_form(&e);
    for (int i = 0; i < 3; i++)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_HAND_OVER), 0);
    assert_int_equal(explorer_effects(&e, EFFECT_COPY_TABLE), 1);
    explorer_key(&e, 'Y');
    assert_int_equal(explorer_effects(&e, EFFECT_COPY_TABLE), 2);
    explorer_release(&e);
}

static void test_a_cell_is_copied_as_a_plain_number(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'y'); /* the cursor stands on ROI */
    const struct effect *copy = explorer_effect(&e, EFFECT_COPY, 0);
    struct number_seen seen;
    assert_true(number_parse(copy->text, number_style_plain, &seen));
    assert_true(seen.value == sheet_number(&e.sheet, COL_ROI, model_row(&e.model)));
    assert_true(text_starts(copy->key, "ROI of "));
    explorer_release(&e);
}

static void test_it_waits_while_something_else_runs(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_send(&e, &(struct message){
                          .kind = MESSAGE_JOB, .text = TEXT("a.csv"), .job = {.running = true}});
    open_form(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_HAND_OVER), 0);
    assert_int_equal(model_context(&e.model), CONTEXT_HAND);
    assert_non_null(strstr(e.model.notice, "a.csv"));
    explorer_release(&e);
}

/* Whoever has a plan mostly means it; what else there is stands beside it. */
static void test_a_plan_comes_first(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'x');
    assert_int_equal(e.model.hand.what, HAND_LIST); /* there is none yet */
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'a');
    explorer_key(&e, 'x');
    assert_int_equal(e.model.hand.what, HAND_PLAN);
    explorer_key(&e, K_TAB);
    assert_int_equal(e.model.hand.what, HAND_LIST);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'p');
    explorer_key(&e, 'x');
    assert_int_equal(e.model.hand.what, HAND_PLAN);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'q');
    explorer_key(&e, K_SPACE);
    explorer_key(&e, K_SPACE);
    explorer_key(&e, 'c');
    explorer_key(&e, 'x');
    assert_int_equal(e.model.hand.what, HAND_COMPARISON);
    explorer_release(&e);
}

static void saved(struct explorer *e)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_SAVED, .text = TEXT("/tmp/plan.html")});
}

static void test_what_was_saved_is_said_until_the_next_key(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'a');
    explorer_key(&e, 'x');
    explorer_key(&e, K_ENTER);
    assert_false(e.model.hand.saved);
    saved(&e);
    assert_true(e.model.hand.saved);
    assert_string_equal(buf_string(&e.model.hand.what_saved), "the plan, 1 creator");
    assert_string_equal(buf_string(&e.model.hand.path_saved), "/tmp/plan.html");
    assert_true(strstr(hand_opens(&e.model.hand), "browser"));
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = e.model.now});
    assert_true(e.model.hand.saved);
    explorer_key(&e, K_ENTER); /* opens nobody: it only closes */
    assert_false(e.model.hand.saved);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_string_equal(e.model.notice, "");
    explorer_key(&e, 'x');
    explorer_key(&e, K_ENTER);
    saved(&e);
    explorer_key(&e, 'p'); /* closes it and does what it is for */
    assert_false(e.model.hand.saved);
    assert_int_equal(e.model.place, PLACE_PLAN);
    explorer_key(&e, 'x');
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_DOWN); /* on with something else: no box in the way */
    saved(&e);
    assert_false(e.model.hand.saved);
    assert_string_equal(e.model.notice, "saved /tmp/plan.html");
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_file_is_called_after_what_is_in_it),
        cmocka_unit_test(test_what_is_on_the_screen_comes_first),
        cmocka_unit_test(test_no_file_is_replaced_without_a_question),
        cmocka_unit_test(test_its_name_is_typed),
        cmocka_unit_test(test_switches_are_about_documents),
        cmocka_unit_test(test_a_chat_gets_a_copy),
        cmocka_unit_test(test_a_cell_is_copied_as_a_plain_number),
        cmocka_unit_test(test_it_waits_while_something_else_runs),
        cmocka_unit_test(test_a_plan_comes_first),
        cmocka_unit_test(test_what_was_saved_is_said_until_the_next_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
