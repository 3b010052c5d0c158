/* The tour: which step one is at follows from what the model shows, whatever way that came about. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

/* Parts by what they ask for. */
enum part {
    LOOK,
    ONLY,
    OTHER_ORDER,
    BY_ROI,
    WHY,
    ORDER_VALUE,
    TICK,
    COMPARE,
    BACK,
    FEE,
    GOAL,
    UNDO,
    PLAN,
    OPEN_PLAN,
    BUDGET,
    FILL,
    HAND,
    END
};

static void start(struct explorer *e)
{
    explorer_init(e);
    model_sample(&e->model);
    explorer_send(e, &(struct message){.kind = MESSAGE_LOADED});
}

/* As if all before it were done. */
static void start_at(struct explorer *e, enum part part)
{
    start(e);
    e->model.tour.part = (size_t)part;
    e->model.tour.begun = false;
    explorer_send(e, &(struct message){.kind = MESSAGE_LOADED});
    assert_int_equal(e->model.tour.part, part);
}

static void press(struct explorer *e, uint32_t key, int times)
{
    while (times-- > 0)
        explorer_key(e, key);
}

#define AT(part_) assert_int_equal(e.model.tour.part, (part_))

static void test_it_is_of_the_sample_only(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    press(&e, K_DOWN, 4);
    assert_false(e.model.tour.on);
    assert_int_equal(e.model.layout.told.rows, 0);
    explorer_type(&e, ":tour");
    explorer_key(&e, K_ENTER);
    assert_false(e.model.tour.on);
    explorer_release(&e);
}

static void test_three_down_by_any_way(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    press(&e, K_DOWN, 2);
    press(&e, K_UP, 1);
    press(&e, K_DOWN, 1);
    AT(LOOK);
    press(&e, 'j', 1);
    AT(ONLY);
    explorer_release(&e);
    start(&e);
    explorer_key(&e, 'G');
    AT(ONLY);
    explorer_release(&e);
}

static void test_both_filters_and_the_prompt_closed(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, ONLY);
    explorer_type(&e, "fbeau");
    explorer_key(&e, K_ENTER);
    explorer_type(&e, "micro");
    explorer_key(&e, K_ENTER);
    AT(ONLY); /* whoever is still in the prompt would not see the list */
    explorer_key(&e, K_ESCAPE);
    AT(OTHER_ORDER);
    explorer_release(&e);
    start_at(&e, ONLY);
    explorer_filter(&e, "niche:skincare tier:micro");
    AT(ONLY);
    explorer_filter(&e, "niche:beauty"); /* added to the selection */
    AT(OTHER_ORDER);
    explorer_release(&e);
}

static void test_another_order_and_back(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, OTHER_ORDER);
    explorer_key(&e, K_LEFT);
    explorer_key(&e, 's');
    AT(BY_ROI);
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, 's');
    AT(WHY);
    explorer_release(&e);
}

static void test_the_worst_first_is_not_the_best_first(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, OTHER_ORDER);
    explorer_key(&e, 's'); /* of the column it is ordered by: turned round */
    AT(BY_ROI);
    explorer_key(&e, 's');
    AT(WHY);
    explorer_release(&e);
}

static void test_reasons_of_roi_and_another_order_value(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, WHY);
    explorer_key(&e, K_LEFT);
    explorer_key(&e, 'i');
    AT(WHY); /* of another figure */
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, 'i');
    AT(ORDER_VALUE);
    explorer_key(&e, K_ESCAPE); /* closed too early: it begins again */
    AT(WHY);
    explorer_key(&e, 'i');
    int down = 0;
    while (down < e.model.why_count &&
           (!e.model.why[down].parameter || strcmp(e.model.why[down].parameter, "aov") != 0))
        down++;
    press(&e, K_DOWN, down);
    explorer_key(&e, 'e');
    assert_int_equal(e.model.prompt, PROMPT_COMMAND);
    explorer_type(&e, "12");
    AT(ORDER_VALUE); /* it is still typed */
    explorer_key(&e, '0');
    explorer_key(&e, K_ENTER);
    assert_true(e.model.scenario.aov == 120);
    AT(TICK);
    explorer_release(&e);
}

/* A line that nobody can change says so, and nothing happens. */
static void test_a_fact_is_not_changed(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, WHY);
    explorer_key(&e, 'i');
    explorer_key(&e, 'e');
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    assert_true(e.model.notice[0]);
    explorer_release(&e);
}

static void test_three_are_compared(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, TICK);
    press(&e, K_SPACE, 2);
    AT(TICK);
    press(&e, K_SPACE, 1);
    AT(COMPARE);
    explorer_key(&e, 'c');
    AT(BACK);
    explorer_key(&e, K_DOWN);
    AT(BACK); /* there is time to read */
    explorer_key(&e, 'q');
    AT(FEE);
    explorer_release(&e);
}

static void test_a_lower_fee_a_goal_and_both_undone(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, FEE);
    explorer_go(&e, "ada.skin");
    explorer_key(&e, K_LEFT);
    assert_int_equal(e.model.cell, COL_FEE);
    explorer_type(&e, "900");
    explorer_key(&e, K_ENTER);
    AT(FEE); /* that is more */
    explorer_key(&e, 'u');
    explorer_type(&e, "300");
    AT(FEE);
    explorer_key(&e, K_ENTER);
    AT(GOAL);
    explorer_key(&e, K_RIGHT);
    explorer_type(&e, "e50%");
    explorer_key(&e, K_ESCAPE);
    AT(GOAL); /* left without taking anything */
    explorer_type(&e, "e50%");
    explorer_key(&e, K_ENTER);
    AT(UNDO);
    explorer_key(&e, 'u');
    AT(UNDO);
    explorer_key(&e, 'u');
    AT(PLAN);
    explorer_release(&e);
}

static void test_the_money_is_spent(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, PLAN);
    explorer_key(&e, 'a');
    AT(OPEN_PLAN);
    explorer_key(&e, 'p');
    AT(BUDGET);
    explorer_type(&e, "b5000");
    AT(BUDGET);
    explorer_key(&e, K_ENTER);
    AT(FILL);
    explorer_key(&e, 'A');
    AT(FILL);
    while (model_busy(&e.model))
        explorer_send(&e, &(struct message){.kind = MESSAGE_WORK});
    explorer_key(&e, K_ENTER);
    AT(HAND);
    explorer_key(&e, 'x');
    AT(HAND);
    explorer_key(&e, K_ESCAPE);
    AT(END);
    assert_ptr_equal(tour_here(&e.model), &tour_end);
    assert_true(e.model.tour.on);
    explorer_key(&e, K_ESCAPE); /* out of the plan */
    explorer_key(&e, K_ESCAPE);
    assert_false(e.model.tour.on);
    assert_int_equal(e.model.layout.told.rows, 0);
    explorer_release(&e);
}

static void test_it_is_left_and_goes_on(void **state)
{
    struct explorer e;
    (void)state;
    start_at(&e, OTHER_ORDER);
    assert_int_equal(e.model.layout.told.rows, TOUR_ROWS);
    explorer_key(&e, 'p');
    explorer_key(&e, K_ESCAPE); /* closes what is open first */
    assert_true(e.model.tour.on);
    explorer_key(&e, K_ESCAPE);
    assert_false(e.model.tour.on);
    assert_non_null(strstr(e.model.notice, "step 3"));
    assert_int_equal(e.model.layout.told.rows, 0);
    press(&e, K_DOWN, 3);
    explorer_type(&e, ":tour");
    explorer_key(&e, K_ENTER);
    assert_true(e.model.tour.on);
    AT(OTHER_ORDER);
    explorer_type(&e, ":tour"); /* once more: from its front */
    explorer_key(&e, K_ENTER);
    AT(LOOK);
    explorer_release(&e);
}

static void test_nothing_counts_while_it_loads(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADING, .done = 6, .total = 12});
    press(&e, K_DOWN, 5);
    AT(LOOK);
    explorer_release(&e);
}

/* Cells of a line without the ` around its keys. */
static size_t cells(const char *line)
{
    size_t count = 0;
    for (; *line; line++)
        count += *line != '`';
    return count;
}

static size_t ticks(const char *line)
{
    size_t count = 0;
    for (; *line; line++)
        count += *line == '`';
    return count;
}

static void check_lines(const struct tour_part *part)
{
    const char *const lines[] = {part->wide, part->text, part->brief};
    const size_t room[] = {98, 78, 48};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ticks(lines[i]) % 2, 0);
        if (cells(lines[i]) > room[i])
            fail_msg("'%s' takes %zu of %zu cells", lines[i], cells(lines[i]), room[i]);
    }
    if (cells(part->title) > 52)
        fail_msg("'%s' takes %zu cells", part->title, cells(part->title));
}

static void test_all_that_is_told_has_room(void **state)
{
    int step = 1;
    (void)state;
    assert_int_equal(tour_part_count, END);
    for (size_t i = 0; i < tour_part_count; i++) {
        assert_true(tour_parts[i].step == step || tour_parts[i].step == step + 1);
        assert_int_equal(i > 0 && strcmp(tour_parts[i].title, tour_parts[i - 1].title) == 0,
                         i > 0 && tour_parts[i].step == step);
        step = tour_parts[i].step;
        assert_non_null(tour_parts[i].done);
        check_lines(&tour_parts[i]);
    }
    assert_int_equal(step, TOUR_STEPS);
    check_lines(&tour_end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_of_the_sample_only),
        cmocka_unit_test(test_three_down_by_any_way),
        cmocka_unit_test(test_both_filters_and_the_prompt_closed),
        cmocka_unit_test(test_another_order_and_back),
        cmocka_unit_test(test_the_worst_first_is_not_the_best_first),
        cmocka_unit_test(test_reasons_of_roi_and_another_order_value),
        cmocka_unit_test(test_a_fact_is_not_changed),
        cmocka_unit_test(test_three_are_compared),
        cmocka_unit_test(test_a_lower_fee_a_goal_and_both_undone),
        cmocka_unit_test(test_the_money_is_spent),
        cmocka_unit_test(test_it_is_left_and_goes_on),
        cmocka_unit_test(test_nothing_counts_while_it_loads),
        cmocka_unit_test(test_all_that_is_told_has_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
