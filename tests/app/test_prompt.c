#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

/* The filter prompt and the menu. */

static const struct choice *choice_at(const struct explorer *e, size_t at)
{
    return at < e->model.picker.count ? &e->model.picker.items[at] : NULL;
}

static bool offers(const struct explorer *e, const char *label)
{
    for (size_t i = 0; i < e->model.picker.count; i++)
        if (text_is(e->model.picker.items[i].label, label))
            return true;
    return false;
}

static void test_the_second_step_of_the_tour(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "beau");
    assert_true(text_is(choice_at(&e, 0)->label, "niche: beauty"));
    assert_true(text_is(choice_at(&e, 0)->hint, "6"));
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTER); /* and stays */
    assert_int_equal(e.model.line.text.length, 0);
    explorer_type(&e, "micro");
    assert_true(text_is(choice_at(&e, 0)->hint, "4")); /* given what is chosen already */
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(explorer_filter_text(&e), "niche:beauty tier:micro");
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(e.model.result.rows.count, 4);
    explorer_release(&e);
}

static void test_countries_are_known_by_name(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "ger");
    assert_true(text_is(choice_at(&e, 0)->label, "country: Germany"));
    explorer_key(&e, K_ENTER);
    explorer_type(&e, "deutschland");
    assert_true(text_is(choice_at(&e, 0)->label, "country: Germany"));
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_release(&e);
}

static void test_a_bound_is_taken_as_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "fee<500");
    assert_int_equal(e.model.picker.count, 0);
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "fee<500");
    explorer_release(&e);
}

static void test_an_error_points_and_leaves_the_filter(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, 'f');
    explorer_type(&e, "er>=3% folowers>1000");
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.line_error.message, "followers"));
    assert_int_equal(e.model.line_error.column, 8);
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    assert_true(e.model.line.text.length > 0); /* to be mended */
    explorer_key(&e, K_BACKSPACE);
    assert_string_equal(e.model.line_error.message, "");
    explorer_release(&e);
}

static void test_a_column_waits_for_its_value(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "country");
    explorer_key(&e, K_ENTER);
    assert_string_equal(buf_string(&e.model.line.text), "country:");
    assert_true(offers(&e, "country: Germany"));
    explorer_type(&e, "aus");
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "country:AT");
    explorer_release(&e);
}

static void test_several_values_and_a_minus(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "niche:food,tra");
    assert_true(offers(&e, "niche: travel"));
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "niche:food,travel");
    explorer_type(&e, "-beau");
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "niche:food,travel -niche:beauty");
    explorer_release(&e);
}

static void test_tab_completes_and_arrows_choose(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "tier:m");
    explorer_key(&e, K_DOWN);
    struct text chosen = choice_at(&e, e.model.picker.cursor)->text;
    assert_true(text_is(chosen, "tier:macro"));
    explorer_key(&e, K_TAB);
    assert_string_equal(buf_string(&e.model.line.text), "tier:macro");
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "tier:macro");
    explorer_release(&e);
}

static void test_backspace_lifts_only_when_nothing_is_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE niche:food");
    explorer_key(&e, 'f');
    explorer_type(&e, "x");
    explorer_key(&e, K_BACKSPACE);
    assert_string_equal(explorer_filter_text(&e), "country:DE niche:food");
    explorer_key(&e, K_BACKSPACE);
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    assert_string_equal(undo_next(&e.model.undo)->label, "lift niche:food");
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_BACKSPACE);
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

/* After all there is: Enter on a prompt just opened adds nothing that nobody read. */
static void test_the_cell_is_offered_last(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, 'f');
    size_t last = e.model.picker.count - 1;
    assert_true(text_is(choice_at(&e, last)->hint, "like this cell"));
    explorer_key(&e, K_UP); /* from the first one up: the last */
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    for (size_t i = 0; i < e.model.picker.count; i++) /* it is so already */
        assert_false(text_is(choice_at(&e, i)->hint, "like this cell"));
    explorer_release(&e);
}

static void test_columns_are_offered_in_words(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "fee");
    assert_true(text_is(choice_at(&e, 0)->label, "Fee")); /* what is called so comes first */
    for (size_t i = 0; i < e.model.picker.count; i++) {
        const struct choice *choice = choice_at(&e, i);
        for (size_t k = 0; k < choice->hint.length; k++) /* no code beside the words */
            assert_null(strchr("_:<>=", choice->hint.at[k]));
        if (text_is(choice->label, "Fee"))
            assert_true(text_is(choice->hint, "less than ..."));
    }
    explorer_release(&e);
}

static void test_a_paste_is_text_never_commands(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_paste(&e, "qqXX");
    assert_false(e.model.leaving);
    assert_non_null(strstr(e.model.notice, "f opens"));
    explorer_key(&e, 'f');
    explorer_paste(&e, "niche:\nfood\033[A");
    assert_string_equal(buf_string(&e.model.line.text), "niche: food [A");
    explorer_release(&e);
}

static void test_help_over_a_prompt_loses_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "beau");
    explorer_key(&e, K_F1);
    assert_int_equal(model_context(&e.model), CONTEXT_HELP);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTER);
    assert_string_equal(buf_string(&e.model.line.text), "beau");
    explorer_release(&e);
}

static void test_a_filter_from_the_detail_is_seen_in_the_list(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'f');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTER);
    explorer_release(&e);
}

static void test_the_menu_skips_its_titles(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'm');
    for (int i = 0; i < 60; i++) {
        assert_false(choice_at(&e, e.model.picker.cursor)->heading);
        explorer_key(&e, i < 40 ? K_DOWN : K_UP);
    }
    for (int i = 0; i < 60; i++)
        explorer_key(&e, K_UP);
    assert_int_equal(e.model.picker.cursor, 1);
    explorer_release(&e);
}

static void test_then_by_a_further_column(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, 's');
    explorer_key(&e, 'S');
    explorer_type(&e, "followers");
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_order_text(&e), "country,-followers");
    explorer_key(&e, 'S');
    explorer_type(&e, "followers");
    explorer_key(&e, K_ENTER); /* again turns it round */
    assert_string_equal(explorer_order_text(&e), "country,followers");
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_second_step_of_the_tour),
        cmocka_unit_test(test_countries_are_known_by_name),
        cmocka_unit_test(test_a_bound_is_taken_as_typed),
        cmocka_unit_test(test_an_error_points_and_leaves_the_filter),
        cmocka_unit_test(test_a_column_waits_for_its_value),
        cmocka_unit_test(test_several_values_and_a_minus),
        cmocka_unit_test(test_tab_completes_and_arrows_choose),
        cmocka_unit_test(test_backspace_lifts_only_when_nothing_is_typed),
        cmocka_unit_test(test_the_cell_is_offered_last),
        cmocka_unit_test(test_columns_are_offered_in_words),
        cmocka_unit_test(test_a_paste_is_text_never_commands),
        cmocka_unit_test(test_help_over_a_prompt_loses_nothing),
        cmocka_unit_test(test_a_filter_from_the_detail_is_seen_in_the_list),
        cmocka_unit_test(test_the_menu_skips_its_titles),
        cmocka_unit_test(test_then_by_a_further_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
