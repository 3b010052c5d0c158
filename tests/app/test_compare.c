#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "explorer.h"

/* The comparison as a place. */

static void tick(struct explorer *e, const char *handle)
{
    explorer_go(e, handle);
    explorer_key(e, K_SPACE);
}

static const char *compared(const struct explorer *e, int index)
{
    static char room[64];
    uint32_t row = catalog_find_id(&e->catalog, e->model.compare_ids[index]);
    struct text handle = catalog_text(&e->catalog, COL_HANDLE, row);
    memcpy(room, handle.at, handle.length);
    room[handle.length] = '\0';
    return room;
}

static bool in_it(const struct explorer *e, const char *handle)
{
    for (int i = 0; i < e->model.compare_count; i++)
        if (strcmp(compared(e, i), handle) == 0)
            return true;
    return false;
}

static void test_it_needs_two(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'c');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_non_null(strstr(e.model.notice, "tick two"));
    tick(&e, "ada");
    explorer_key(&e, 'c');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    tick(&e, "bea");
    explorer_key(&e, 'c');
    assert_int_equal(e.model.place, PLACE_COMPARE);
    assert_int_equal(e.model.compare_count, 2);
    explorer_key(&e, 'c'); /* and back, ticks and all */
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_int_equal(e.catalog.ticked_count, 2);
    explorer_release(&e);
}

static void test_more_than_eight_are_cut_and_told(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, '*');
    explorer_key(&e, 'c');
    assert_int_equal(e.model.compare_count, COMPARE_MOST);
    assert_non_null(strstr(e.model.notice, "first 8"));
    for (int i = 0; i < COMPARE_MOST; i++) {
        uint32_t row = rowset_at(&e.model.result.rows, (size_t)i);
        assert_int_equal(e.model.compare_ids[i], catalog_id(&e.catalog, row));
    }
    explorer_release(&e);
}

static void test_ticked_creators_that_the_filter_hides_take_part(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "emil");
    tick(&e, "dora");
    tick(&e, "ada");
    explorer_filter(&e, "niche:beauty");
    explorer_key(&e, 'c');
    assert_int_equal(e.model.compare_count, 3);
    assert_string_equal(compared(&e, 0), "ada.skin"); /* in view comes first */
    assert_true(in_it(&e, "emil.food") && in_it(&e, "dora.diy"));
    explorer_release(&e);
}

static void test_it_opens_on_the_creator_under_the_cursor(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "emil");
    tick(&e, "dora");
    tick(&e, "ada");
    explorer_go(&e, "dora");
    explorer_key(&e, 'c');
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, K_RIGHT); /* no further than the last */
    assert_int_equal(e.model.compare_focus, 2);
    explorer_release(&e);
}

static void test_unticking_prunes_and_at_last_closes(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "ada");
    tick(&e, "emil");
    tick(&e, "dora");
    explorer_key(&e, 'c');
    explorer_key(&e, 'u'); /* the tick of dora */
    assert_int_equal(e.model.place, PLACE_COMPARE);
    assert_int_equal(e.model.compare_count, 2);
    assert_false(in_it(&e, "dora.diy"));
    explorer_key(&e, 'u');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

static void test_a_creator_that_is_deleted_leaves_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "ada");
    tick(&e, "emil");
    tick(&e, "dora");
    explorer_key(&e, 'c');
    explorer_drop(&e, "emil.food");
    assert_int_equal(e.model.compare_count, 2);
    explorer_drop(&e, "ada.skin");
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

static void test_one_can_be_left_out(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "ada");
    tick(&e, "emil");
    tick(&e, "dora");
    explorer_key(&e, 'c');
    char first[64];
    strcpy(first, explorer_cursor(&e));
    explorer_key(&e, K_SPACE);
    assert_int_equal(e.model.compare_count, 2);
    assert_false(in_it(&e, first));
    assert_int_equal(e.catalog.ticked_count, 3); /* still ticked */
    explorer_key(&e, K_SPACE);
    assert_int_equal(e.model.compare_count, 2); /* two are needed */
    explorer_key(&e, 'q');
    explorer_key(&e, 'c');
    assert_int_equal(e.model.compare_count, 3);
    explorer_release(&e);
}

static void test_the_reference_is_measured_against(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "ada");
    tick(&e, "emil");
    explorer_key(&e, 'c');
    assert_int_equal(e.model.comparison.reference, COMPARE_NONE);
    explorer_key(&e, '=');
    assert_int_equal(e.model.comparison.reference, e.model.compare_focus);
    int reference = e.model.comparison.reference;
    explorer_key(&e, reference == 0 ? K_RIGHT : K_LEFT);
    assert_int_equal(e.model.comparison.reference, reference); /* it stays where it is */
    explorer_key(&e, reference == 0 ? K_LEFT : K_RIGHT);
    explorer_key(&e, '='); /* again: none */
    assert_int_equal(e.model.comparison.reference, COMPARE_NONE);
    explorer_release(&e);
}

static void test_rows_order_the_creators(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 40);
    tick(&e, "ada");
    tick(&e, "emil");
    tick(&e, "dora");
    explorer_key(&e, 'c');
    uint32_t row;
    enum column column;
    assert_true(model_subject(&e.model, &row, &column));
    assert_int_equal(column, COL_ROI); /* that is what one asks first */
    explorer_key(&e, K_HOME);
    for (int i = 0; i < 30; i++) {
        assert_true(model_subject(&e.model, &row, &column));
        if (column == COL_FEE)
            break;
        explorer_key(&e, K_DOWN);
    }
    assert_int_equal(column, COL_FEE);
    char focused[64];
    strcpy(focused, explorer_cursor(&e));
    explorer_key(&e, 's'); /* the cheapest first */
    assert_string_equal(compared(&e, 0), "emil.food");
    assert_string_equal(compared(&e, 2), "dora.diy");
    assert_string_equal(explorer_cursor(&e), focused);
    explorer_release(&e);
}

static void test_folding_hides_rows_that_say_the_same(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 40);
    tick(&e, "ada");
    tick(&e, "bea");
    explorer_key(&e, 'c');
    size_t all = e.model.compare_line_count;
    explorer_key(&e, 'G');
    while (e.model.compare_line->column != COL_PROFIT || e.model.compare_line->kind)
        explorer_key(&e, K_UP);
    explorer_key(&e, 'f');
    assert_int_equal(e.model.compare_line->column, COL_PROFIT); /* where it was */
    assert_true(e.model.compare_line_count < all); /* "same in ads" is the same for all */
    assert_true(e.model.compare_row.cursor < e.model.compare_line_count);
    char told[80]; /* how many went, and the way back */
    snprintf(told, sizeof told, "%zu row", all - e.model.compare_line_count);
    assert_memory_equal(e.model.notice, told, strlen(told));
    assert_non_null(strstr(e.model.notice, "folded: f brings"));
    explorer_key(&e, 'f');
    assert_int_equal(e.model.compare_line_count, all);
    explorer_release(&e);
}

static void test_the_plan_and_why_are_of_the_focused_creator(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    tick(&e, "ada");
    tick(&e, "emil");
    explorer_key(&e, 'c');
    char focused[64];
    strcpy(focused, explorer_cursor(&e));
    explorer_key(&e, 'a');
    assert_int_equal(explorer_planned(&e, focused), 1);
    assert_int_equal(e.catalog.planned_count, 1);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.why_id, e.model.compare_ids[e.model.compare_focus]);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_COMPARE); /* one level */
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_needs_two),
        cmocka_unit_test(test_more_than_eight_are_cut_and_told),
        cmocka_unit_test(test_ticked_creators_that_the_filter_hides_take_part),
        cmocka_unit_test(test_it_opens_on_the_creator_under_the_cursor),
        cmocka_unit_test(test_unticking_prunes_and_at_last_closes),
        cmocka_unit_test(test_a_creator_that_is_deleted_leaves_it),
        cmocka_unit_test(test_one_can_be_left_out),
        cmocka_unit_test(test_the_reference_is_measured_against),
        cmocka_unit_test(test_rows_order_the_creators),
        cmocka_unit_test(test_folding_hides_rows_that_say_the_same),
        cmocka_unit_test(test_the_plan_and_why_are_of_the_focused_creator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
