#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app_internal.h"
#include "explorer.h"

/* Several scenarios, of which one is in use: each has assumptions and a plan of its own. */

static const char *names(const struct explorer *e)
{
    static char room[256];
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < e->model.plans.count; i++)
        buf_addf(&text, "%s ", e->model.plans.items[i].scenario.name);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

static void budget(struct explorer *e, const char *typed)
{
    explorer_key(e, 'b');
    explorer_type(e, typed);
    explorer_key(e, K_ENTER);
}

static void copy(struct explorer *e, const char *from, const char *to)
{
    struct err err = {.message = ""};
    assert_true(own_scenario_copy(&e->model, &e->effects, text_of(from), text_of(to), &err));
    explorer_send(e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
}

static void test_a_copy_has_all_and_a_life_of_its_own(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'a');
    budget(&e, "5000");
    explorer_forget(&e);
    copy(&e, "default", "summer");
    assert_string_equal(names(&e), "default summer ");
    assert_string_equal(e.model.scenario.name, "summer");
    assert_true(e.model.scenario.budget == 5000);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_SCENARIO_PUT), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_SCENARIO_USE), 1);
    budget(&e, "7000");
    explorer_go(&e, "ada");
    explorer_key(&e, 'a');
    explorer_go(&e, "emil");
    explorer_key(&e, 'a');
    assert_true(own_scenario_use(&e.model, &e.effects, TEXT("default"), NULL, NULL));
    assert_true(e.model.scenario.budget == 5000);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 1);
    assert_int_equal(explorer_planned(&e, "emil.food"), 0);
    assert_true(own_scenario_use(&e.model, &e.effects, TEXT("summer"), NULL, NULL));
    assert_true(e.model.scenario.budget == 7000);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 0);
    assert_int_equal(explorer_planned(&e, "emil.food"), 1);
    explorer_release(&e);
}

/* Undo goes back through all of it, from one scenario to the other. */
static void test_all_of_it_is_undone_and_done_again(void **state)
{
    (void)state;
    struct explorer e;
    struct err err = {.message = ""};
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'a');
    copy(&e, "default", "summer");
    budget(&e, "7000");
    assert_true(own_scenario_rename(&e.model, &e.effects, TEXT("summer"), TEXT("autumn"), &err));
    assert_string_equal(e.model.scenario.name, "autumn");
    explorer_go(&e, "emil");
    explorer_key(&e, 'a');
    assert_true(own_scenario_use(&e.model, &e.effects, TEXT("default"), NULL, &err));
    budget(&e, "4000");
    assert_true(own_scenario_delete(&e.model, &e.effects, TEXT("autumn"), &err));
    assert_string_equal(names(&e), "default ");
    assert_string_equal(undo_next(&e.model.undo)->label, "delete plan autumn");
    explorer_key(&e, 'u');
    assert_string_equal(names(&e), "default autumn ");
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_string_equal(e.model.scenario.name, "autumn");
    assert_true(e.model.scenario.budget == 7000);
    assert_int_equal(explorer_planned(&e, "emil.food"), 1);
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_string_equal(e.model.scenario.name, "summer");
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_string_equal(names(&e), "default ");
    assert_true(e.model.scenario.budget == 10000);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 1);
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 0);
    for (int i = 0; i < 8; i++)
        explorer_key(&e, 'U');
    assert_null(redo_next(&e.model.undo));
    assert_string_equal(names(&e), "default ");
    assert_true(e.model.scenario.budget == 4000);
    assert_int_equal(explorer_planned(&e, "ada.skin"), 1);
    assert_int_equal(explorer_planned(&e, "emil.food"), 0);
    explorer_release(&e);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    struct explorer e;
    struct err err = {.message = ""};
    explorer_init(&e);
    copy(&e, "default", "summer");
    size_t steps = e.model.undo.done;
    struct model *model = &e.model;
    assert_false(own_scenario_copy(model, &e.effects, TEXT("default"), TEXT("SUMMER"), &err));
    assert_non_null(strstr(err.message, "'summer' already"));
    assert_false(own_scenario_copy(model, &e.effects, TEXT("none"), TEXT("x"), &err));
    assert_false(own_scenario_copy(model, &e.effects, TEXT("default"), TEXT(" x"), &err));
    assert_false(own_scenario_rename(model, &e.effects, TEXT("summer"), TEXT("Default"), &err));
    assert_true(own_scenario_rename(model, &e.effects, TEXT("summer"), TEXT("Summer"), &err));
    assert_false(own_scenario_use(model, &e.effects, TEXT("summer"), NULL, &err));
    assert_true(own_scenario_delete(model, &e.effects, TEXT("Summer"), &err));
    assert_string_equal(model->scenario.name, "default");
    assert_false(own_scenario_delete(model, &e.effects, TEXT("default"), &err));
    assert_non_null(strstr(err.message, "the last plan stays"));
    assert_int_equal(model->undo.done, steps + 2);
    explorer_release(&e);
}

/* Who left the catalogue stays in the plans he was in. */
static void test_who_is_gone_stays_in_the_plan(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada");
    explorer_key(&e, 'a');
    copy(&e, "default", "summer");
    explorer_drop(&e, "ada.skin");
    copy(&e, "default", "winter");
    assert_int_equal(e.catalog.planned_count, 0);
    const struct kept_scenario *kept = kept_find(&e.model.plans, TEXT("winter"));
    assert_int_equal(kept->plan.count, 1);
    assert_true(text_is(kept->plan.items[0].key, "ada.skin"));
    explorer_release(&e);
}

/* The plan it brings along is no step of its own. */
static void test_a_view_with_a_plan_is_one_step(void **state)
{
    (void)state;
    struct explorer e;
    struct err err;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, 'v');
    explorer_key(&e, 'a');
    explorer_type(&e, "german");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_true(own_scenario_copy(&e.model, &e.effects, TEXT("default"), TEXT("summer"), &err));
    explorer_key(&e, 'v');
    while (strcmp(named_line(&e.model, e.model.named_place.cursor).name, "german") != 0)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, 'p');
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'X');
    assert_true(own_scenario_use(&e.model, &e.effects, TEXT("default"), NULL, &err));
    size_t before = e.model.undo.done;
    assert_true(view_use(&e.model, &e.effects, TEXT("german"), &err));
    assert_string_equal(e.model.scenario.name, "summer");
    assert_string_equal(undo_next(&e.model.undo)->label, "view german");
    for (int round = 0; round < 2; round++) {
        explorer_key(&e, 'u');
        assert_int_equal(e.model.undo.done, before);
        assert_string_equal(e.model.scenario.name, "default");
        assert_string_equal(explorer_filter_text(&e), "");
        assert_string_equal(e.model.notice, "undone: view german");
        explorer_key(&e, 'U');
        assert_string_equal(e.model.scenario.name, "summer");
        assert_string_equal(explorer_filter_text(&e), "country:DE");
        assert_string_equal(e.model.notice, "done again: view german");
    }
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_copy_has_all_and_a_life_of_its_own),
        cmocka_unit_test(test_all_of_it_is_undone_and_done_again),
        cmocka_unit_test(test_what_is_refused),
        cmocka_unit_test(test_who_is_gone_stays_in_the_plan),
        cmocka_unit_test(test_a_view_with_a_plan_is_one_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
