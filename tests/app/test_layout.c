#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/layout.h"

static struct layout at(int columns, int rows, const struct layout *before)
{
    return layout_make(columns, rows, false, 0, NULL, before);
}

static void test_classes_follow_the_width(void **state)
{
    (void)state;
    static const struct {
        int columns, rows;
        enum layout_class class;
    } sizes[] = {
        {300, 80, LAYOUT_WIDE},    {150, 24, LAYOUT_WIDE},     {149, 24, LAYOUT_MIDDLE},
        {100, 24, LAYOUT_MIDDLE},  {99, 24, LAYOUT_SMALL},     {60, 10, LAYOUT_SMALL},
        {59, 16, LAYOUT_NARROW},   {59, 15, LAYOUT_TINY},      {24, 6, LAYOUT_TINY},
        {23, 6, LAYOUT_TOO_SMALL}, {200, 5, LAYOUT_TOO_SMALL}, {1, 1, LAYOUT_TOO_SMALL},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        assert_int_equal(at(sizes[i].columns, sizes[i].rows, NULL).class, sizes[i].class);
}

/* A border that is dragged to and fro does not make panes flicker. */
static void test_classes_hold_on_for_two_columns(void **state)
{
    (void)state;
    struct layout wide = at(150, 40, NULL), middle = at(149, 40, NULL), small = at(60, 40, NULL);
    assert_int_equal(at(149, 40, &wide).class, LAYOUT_WIDE);
    assert_int_equal(at(148, 40, &wide).class, LAYOUT_WIDE);
    assert_int_equal(at(147, 40, &wide).class, LAYOUT_MIDDLE);
    assert_int_equal(at(149, 40, &middle).class, LAYOUT_MIDDLE);
    assert_int_equal(at(150, 40, &middle).class, LAYOUT_WIDE);
    assert_int_equal(at(98, 40, &middle).class, LAYOUT_MIDDLE);
    assert_int_equal(at(97, 40, &middle).class, LAYOUT_SMALL);
    assert_int_equal(at(58, 40, &small).class, LAYOUT_SMALL);
    assert_int_equal(at(57, 40, &small).class, LAYOUT_NARROW);
    struct layout held = at(148, 40, &wide);
    assert_int_equal(at(148, 40, &held).class, LAYOUT_WIDE);
}

static void test_panes_stand_where_the_width_has_room(void **state)
{
    (void)state;
    struct layout wide = at(160, 48, NULL), middle = at(120, 32, NULL), small = at(80, 24, NULL);
    assert_true(wide.filters.columns > 0 && wide.detail.columns > 0 && wide.strip.columns == 0);
    assert_true(middle.filters.columns > 0 && middle.detail.columns == 0);
    assert_int_equal(middle.strip.rows, 4);
    assert_true(small.filters.columns == 0 && small.strip.rows == 4);
    assert_int_equal(at(80, 19, NULL).strip.rows, 0);
    assert_int_equal(at(50, 30, NULL).strip.rows, 0);
}

static void test_the_filter_pane_can_be_had_everywhere(void **state)
{
    (void)state;
    for (int columns = LAYOUT_LEAST_COLUMNS; columns < 200; columns++) {
        struct layout layout = layout_make(columns, 24, true, 0, NULL, NULL);
        assert_true(layout.filters.columns > 0);
        assert_true(columns < 48 || layout.list.columns > 0);
    }
}

#define AREAS 8

static void test_areas_lie_inside_and_apart(void **state)
{
    (void)state;
    for (int columns = 24; columns <= 300; columns++)
        for (int rows = 6; rows <= 100; rows += rows < 30 ? 1 : 7)
            for (int filters = 0; filters < 2; filters++) {
                struct layout it = layout_make(columns, rows, filters, 0, NULL, NULL);
                const struct area areas[AREAS] = {it.bar,   it.chips,  it.filters, it.list,
                                                  it.strip, it.detail, it.status,  it.keys};
                for (int i = 0; i < AREAS; i++) {
                    struct area a = areas[i];
                    if (a.columns == 0 || a.rows == 0)
                        continue;
                    assert_true(a.column >= 0 && a.row >= 0 && a.columns > 0 && a.rows > 0);
                    assert_true(a.column + a.columns <= columns && a.row + a.rows <= rows);
                    for (int k = 0; k < i; k++) {
                        struct area b = areas[k];
                        bool apart = b.columns == 0 || b.rows == 0 ||
                                     a.column + a.columns <= b.column ||
                                     b.column + b.columns <= a.column || a.row + a.rows <= b.row ||
                                     b.row + b.rows <= a.row;
                        assert_true(apart);
                    }
                }
            }
}

/* Wherever a border is dragged to, both panes stay of use, and nothing overlaps. */
static void test_borders_move_within_bounds(void **state)
{
    (void)state;
    for (int columns = 24; columns <= 300; columns += 3)
        for (int border = BORDER_FILTERS; border <= BORDER_DETAIL; border++)
            for (int to = -5; to <= columns + 5; to++) {
                struct splits splits = {0}, again;
                struct layout own = layout_make(columns, 30, true, 0, NULL, NULL), it;
                layout_split(&own, (enum border)border, to, &splits);
                it = layout_make(columns, 30, true, 0, &splits, NULL);
                assert_int_equal(it.filters.columns + it.list.columns + it.detail.columns,
                                 own.filters.columns + own.list.columns + own.detail.columns);
                int least = own.list.columns < 40 ? own.list.columns : 40;
                assert_true(it.list.columns >= least);
                assert_true(it.filters.columns >= 20 || own.filters.columns < 20);
                assert_true(own.detail.columns == 0 || it.detail.columns >= 28);
                again = splits; /* where it came to lie, it stays */
                if (border == BORDER_FILTERS && it.list.columns > 0)
                    layout_split(&it, BORDER_FILTERS, it.filters.columns, &again);
                struct layout same = layout_make(columns, 30, true, 0, &again, NULL);
                assert_int_equal(same.filters.columns, it.filters.columns);
                assert_int_equal(same.list.column, it.list.column);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes_follow_the_width),
        cmocka_unit_test(test_classes_hold_on_for_two_columns),
        cmocka_unit_test(test_panes_stand_where_the_width_has_room),
        cmocka_unit_test(test_the_filter_pane_can_be_had_everywhere),
        cmocka_unit_test(test_areas_lie_inside_and_apart),
        cmocka_unit_test(test_borders_move_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
