#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/screen.h"

/* Clicks on what the panes say lies there: one clicks on what one sees. */

static const char *creators;

static void run(struct screen *screen, const char *script)
{
    struct err err = {.message = ""};
    if (!screen_run(screen, text_of(script), &err))
        fail_msg("%s", err.message);
    screen_draw(screen);
}

/* Clicks on the first cell that shows the first letter of `what`, `beside` cells further. */
static void click_on(struct screen *screen, enum mouse_kind kind, const char *what, int beside)
{
    struct buf room = BUF_INIT;
    for (int row = 0; row < screen->canvas.rows; row++) {
        const char *line = screen_row(screen, row, &room), *found = strstr(line, what);
        if (!found)
            continue;
        int column = (int)text_width((struct text){line, (size_t)(found - line)}, &screen_widths);
        screen_mouse(screen, kind, column + beside, row);
        screen_draw(screen);
        buf_release(&room);
        return;
    }
    fail_msg("'%s' is not on the screen", what);
}

static const struct compare_row *row_of(const struct model *model)
{
    return &model->comparison.lines[model->compare_lines[model->compare_row.cursor]];
}

static void test_the_x_of_a_chip_lifts_it(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 120, 32);
    run(&screen, "f\npaste:tier:micro\nEnter\npaste:country:DE\nEnter\nEsc");
    assert_int_equal(screen.model.query.filter.count, 2);
    click_on(&screen, MOUSE_PRESS, "tier: micro x", 12);
    assert_int_equal(screen.model.query.filter.count, 1);
    assert_int_equal(screen.model.prompt, PROMPT_NONE);
    run(&screen, "u");
    assert_int_equal(screen.model.query.filter.count, 2);
    click_on(&screen, MOUSE_PRESS, "tier: micro x", 2); /* beside it: the prompt */
    assert_int_equal(screen.model.prompt, PROMPT_FILTER);
    assert_int_equal(screen.model.query.filter.count, 2);
    screen_release(&screen);
}

static void test_choices_are_clicked(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 120, 32);
    run(&screen, "m");
    click_on(&screen, MOUSE_PRESS, "What the tiers say", 0);
    assert_int_equal(screen.model.place, PLACE_TIERS);
    run(&screen, "q\nf\ntext:beau");
    click_on(&screen, MOUSE_PRESS, "niche: beauty", 0);
    assert_int_equal(screen.model.query.filter.count, 1);
    assert_int_equal(screen.model.prompt, PROMPT_FILTER);
    run(&screen, "Esc\nm");
    screen_mouse(&screen, MOUSE_PRESS, 3, 4); /* what is covered is not there */
    assert_int_equal(screen.model.query.filter.count, 1);
    assert_int_equal(screen.model.overlay, OVERLAY_PICKER);
    screen_release(&screen);
}

static void test_rows_and_creators_of_the_comparison(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 120, 32);
    run(&screen, "Space Space Space\nc");
    click_on(&screen, MOUSE_PRESS, "Revenue", 0);
    assert_int_equal(row_of(&screen.model)->line->column, COL_REVENUE);
    click_on(&screen, MOUSE_PRESS, "citysteps", 1);
    assert_int_equal(screen.model.compare_focus, 2);
    assert_int_equal(screen.model.compare_reference, 0);
    click_on(&screen, MOUSE_DOUBLE, "citysteps", 1);
    assert_int_equal(screen.model.compare_reference, screen.model.compare_ids[2]);
    click_on(&screen, MOUSE_PRESS, "Profit", 25);
    assert_int_equal(row_of(&screen.model)->line->column, COL_PROFIT);
    assert_int_equal(screen.model.compare_focus, 0);
    click_on(&screen, MOUSE_DOUBLE, "Profit", 25);
    assert_int_equal(screen.model.overlay, OVERLAY_WHY);
    screen_release(&screen);
}

static void test_figures_of_the_detail(void **state)
{
    (void)state;
    struct screen screen;
    const enum column *shown;
    screen_init(&screen, creators, 80, 24);
    run(&screen, "Enter\nHome");
    click_on(&screen, MOUSE_PRESS, "Growth 90 d", 0);
    detail_columns(&shown);
    assert_int_equal(shown[screen.model.detail.cursor], COL_GROWTH_90D);
    click_on(&screen, MOUSE_DOUBLE, "Followers", 0);
    assert_int_equal(screen.model.overlay, OVERLAY_WHY);
    assert_int_equal(screen.model.why_column, COL_FOLLOWERS);
    screen_release(&screen);
}

static void test_the_wheel_scrolls_the_pane_under_it(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 160, 48);
    run(&screen, "Space Space Space\na\np");
    size_t side = screen.model.plan.assumed.at.cursor, row = screen.model.plan.at.cursor;
    struct plan_layout layout = plan_layout(&screen.model);
    screen_mouse(&screen, MOUSE_WHEEL_DOWN, layout.side.column + 2, layout.side.row + 2);
    assert_int_not_equal(screen.model.plan.assumed.at.cursor, side);
    assert_int_equal(screen.model.plan.at.cursor, row);
    assert_false(screen.model.plan.side);
    screen_release(&screen);
}

/* Cells of the name column: handles are at least so wide. */
static int name_cells(const struct screen *screen)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    list_columns(&screen->model, screen->model.layout.list.columns, shown);
    assert_int_equal(shown[0].part, LIST_NAME);
    return shown[0].width;
}

static void drag(struct screen *screen, int from, int to, int row)
{
    screen_mouse(screen, MOUSE_PRESS, from, row);
    for (int at = from; at != to; at += at < to ? 1 : -1) {
        screen_mouse(screen, MOUSE_DRAG, at, row);
        assert_true(name_cells(screen) >= 14);
    }
    screen_mouse(screen, MOUSE_DRAG, to, row);
    screen_mouse(screen, MOUSE_RELEASE, to, row);
}

static void test_borders_are_dragged(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 160, 48);
    const struct layout *layout = &screen.model.layout;
    assert_int_equal(layout->filters.columns, 28);
    drag(&screen, 28, 34, 20);
    assert_int_equal(layout->filters.columns, 34);
    assert_int_equal(layout->list.column, 35);
    int border = layout->detail.column - 1;
    drag(&screen, border, border - 10, 20);
    assert_int_equal(layout->detail.column, border - 9);
    screen_mouse(&screen, MOUSE_DRAG, 60, 20); /* let go: it stays */
    assert_int_equal(layout->detail.column, border - 9);
    drag(&screen, 34, 0, 20); /* not smaller than it is of use */
    assert_int_equal(layout->filters.columns, 20);
    drag(&screen, 20, 159, 20);
    assert_true(layout->list.columns >= 40 && layout->detail.columns >= 28);
    screen_resize(&screen, 120, 32); /* kept where it has room */
    screen_resize(&screen, 160, 48);
    assert_true(layout->filters.columns > 28);
    screen_mouse(&screen, MOUSE_PRESS, layout->filters.columns, 20);
    screen_mouse(&screen, MOUSE_RELEASE, layout->filters.columns, 20);
    screen_mouse(&screen, MOUSE_DOUBLE, layout->filters.columns, 20);
    screen_mouse(&screen, MOUSE_RELEASE, layout->filters.columns, 20);
    assert_int_equal(layout->filters.columns, 28);
    screen_mouse(&screen, MOUSE_DOUBLE, layout->detail.column - 1, 20);
    assert_int_equal(layout->detail.columns, 43);
    screen_release(&screen);
}

static void test_plans_side_by_side(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 120, 32);
    run(&screen, "Space Space Space\na\nw");
    assert_int_equal(screen.model.place, PLACE_PLANS);
    const char *other = screen.model.side_by_side.columns[1].title;
    click_on(&screen, MOUSE_PRESS, other, 1);
    assert_int_equal(screen.model.side_by_side.focus, 1);
    const char *row = screen.model.side_by_side.rows.items[3].title;
    click_on(&screen, MOUSE_PRESS, row, 1);
    assert_int_equal(screen.model.side_by_side.at.cursor, 3);
    click_on(&screen, MOUSE_DOUBLE, row, 1);
    assert_int_not_equal(screen.model.overlay, OVERLAY_NONE);
    screen_release(&screen);
}

static void test_the_mouse_is_given_away_and_taken_back(void **state)
{
    (void)state;
    struct screen screen;
    struct effect effect;
    screen_init(&screen, creators, 80, 24);
    run(&screen, ":\ntext:mouse\nEnter");
    assert_int_equal(screen_effects(&screen, EFFECT_MOUSE, &effect), 1);
    assert_true(effect.number == 0);
    run(&screen, ":\ntext:mouse\nEnter");
    assert_int_equal(screen_effects(&screen, EFFECT_MOUSE, &effect), 2);
    assert_true(effect.number == 1);
    assert_non_null(strstr(screen.model.notice, "Shift"));
    screen.model.select_option = true;
    assert_string_equal(mouse_select_key(&screen.model), "Option");
    screen_release(&screen);
}

int main(int count, char **arguments)
{
    struct buf path = BUF_INIT;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_x_of_a_chip_lifts_it),
        cmocka_unit_test(test_choices_are_clicked),
        cmocka_unit_test(test_rows_and_creators_of_the_comparison),
        cmocka_unit_test(test_figures_of_the_detail),
        cmocka_unit_test(test_the_wheel_scrolls_the_pane_under_it),
        cmocka_unit_test(test_borders_are_dragged),
        cmocka_unit_test(test_plans_side_by_side),
        cmocka_unit_test(test_the_mouse_is_given_away_and_taken_back),
    };
    if (count < 2)
        return 1;
    buf_addf(&path, "%s/creators.jsonl", arguments[1]);
    creators = buf_string(&path);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_release(&path);
    return failed;
}
