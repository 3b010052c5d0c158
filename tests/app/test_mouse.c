#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

/* The mouse does what a key would do. */

static int row_of_line(const struct explorer *e, int line)
{
    return e->model.layout.list.row + 1 + line;
}

/* A cell in the middle of that column of the list. */
static int column_of(const struct explorer *e, enum column column)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(&e->model, e->model.layout.list.columns, shown);
    for (int i = 0; i < count; i++)
        if (shown[i].column == column && shown[i].part <= LIST_NAME)
            return e->model.layout.list.column + shown[i].at + shown[i].width / 2;
    fail_msg("the column is not in view");
    return 0;
}

static void test_a_click_goes_to_row_and_cell(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_click(&e, MOUSE_PRESS, column_of(&e, COL_ER), row_of_line(&e, 4));
    assert_int_equal(e.model.list.cursor, 4);
    assert_int_equal(e.model.cell, COL_ER);
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_click(&e, MOUSE_PRESS, 10, row_of_line(&e, 13)); /* below the last creator */
    assert_int_equal(e.model.list.cursor, 4);
    explorer_release(&e);
}

static void test_a_click_in_the_gutter_ticks_and_stays(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    explorer_click(&e, MOUSE_PRESS, 1, row_of_line(&e, 2));
    assert_int_equal(e.catalog.ticked_count, 1);
    assert_int_equal(explorer_effects(&e, EFFECT_TICK), 1);
    assert_int_equal(e.model.list.cursor, 2);
    explorer_click(&e, MOUSE_PRESS, 1, row_of_line(&e, 2));
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_release(&e);
}

static void test_a_double_click_opens(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_click(&e, MOUSE_DOUBLE, 10, row_of_line(&e, 3));
    assert_int_equal(e.model.place, PLACE_DETAIL);
    assert_int_equal(e.model.list.cursor, 3);
    explorer_release(&e);
}

static void test_a_click_on_a_title_orders(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    int heading = e.model.layout.list.row;
    explorer_click(&e, MOUSE_PRESS, column_of(&e, COL_FOLLOWERS), heading);
    assert_string_equal(explorer_order_text(&e), "-followers");
    explorer_click(&e, MOUSE_PRESS, column_of(&e, COL_FOLLOWERS), heading);
    assert_string_equal(explorer_order_text(&e), "followers");
    explorer_click(&e, MOUSE_PRESS, 1, heading); /* above the gutter: nothing */
    assert_string_equal(explorer_order_text(&e), "followers");
    explorer_release(&e);
}

static void test_the_wheel_moves(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_click(&e, MOUSE_WHEEL_DOWN, 10, 10);
    assert_int_equal(e.model.list.cursor, 3);
    explorer_click(&e, MOUSE_WHEEL_UP, 10, 10);
    explorer_click(&e, MOUSE_WHEEL_UP, 10, 10);
    assert_int_equal(e.model.list.cursor, 0);
    explorer_release(&e);
}

static void test_a_click_on_a_value_chooses_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    struct area pane = e.model.layout.filters;
    explorer_click(&e, MOUSE_PRESS, pane.column + 5, pane.row); /* a title: only the focus */
    assert_string_equal(explorer_filter_text(&e), "");
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    explorer_click(&e, MOUSE_PRESS, pane.column + 5, pane.row + 2);
    assert_string_equal(explorer_filter_text(&e), "tier:micro");
    explorer_release(&e);
}

static void test_bar_chips_and_strip(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_click(&e, MOUSE_PRESS, 75, 0);
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    explorer_click(&e, MOUSE_PRESS, 10, row_of_line(&e, 3)); /* a prompt is not clicked away */
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
    explorer_key(&e, K_ESCAPE);
    explorer_click(&e, MOUSE_PRESS, 20, 1);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTER);
    explorer_key(&e, K_ESCAPE);
    explorer_click(&e, MOUSE_PRESS, 20, e.model.layout.strip.row + 1);
    assert_int_equal(e.model.place, PLACE_DETAIL);
    explorer_release(&e);
}

static void test_nothing_happens_where_it_is_too_small(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 20, 4);
    explorer_click(&e, MOUSE_PRESS, 15, 0);
    explorer_click(&e, MOUSE_DOUBLE, 5, 3);
    explorer_resize(&e, 80, 24);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_click_goes_to_row_and_cell),
        cmocka_unit_test(test_a_click_in_the_gutter_ticks_and_stays),
        cmocka_unit_test(test_a_double_click_opens),
        cmocka_unit_test(test_a_click_on_a_title_orders),
        cmocka_unit_test(test_the_wheel_moves),
        cmocka_unit_test(test_a_click_on_a_value_chooses_it),
        cmocka_unit_test(test_bar_chips_and_strip),
        cmocka_unit_test(test_nothing_happens_where_it_is_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
