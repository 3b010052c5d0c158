#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "explorer.h"

/* The plan as a place. */

static void same(double value, double expected, double within)
{
    if (!(fabs(value - expected) <= within))
        fail_msg("%.17g, expected %.17g", value, expected);
}

static void take(struct explorer *e, const char *handle)
{
    explorer_go(e, handle);
    explorer_key(e, 'a');
}

/* Handles in the order of the rows. */
static const char *rows(const struct explorer *e)
{
    static char room[512];
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < e->model.plan.count; i++) {
        buf_add_string(&text, i ? " " : "");
        buf_add_text(&text, catalog_text(&e->catalog, COL_HANDLE, e->model.plan.rows[i]));
    }
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

/* So that it opens in the order of the names. */
static void by_name(struct explorer *e)
{
    e->model.plan.ordered = COL_HANDLE;
    e->model.plan.descending = false;
}

static void to_column(struct explorer *e, enum column column)
{
    for (int i = 0; i < 12; i++)
        explorer_key(e, K_LEFT);
    for (int i = 0; i < 12 && e->model.plan.cell != column; i++)
        explorer_key(e, K_RIGHT);
    assert_int_equal(e->model.plan.cell, column);
}

static void test_it_opens_on_the_creator_under_the_cursor(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    explorer_key(&e, 'p'); /* nobody in it: it says how */
    assert_int_equal(e.model.place, PLACE_PLAN);
    assert_int_equal(e.model.plan.count, 0);
    explorer_key(&e, 'p');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    take(&e, "ada");
    take(&e, "dora");
    take(&e, "emil");
    explorer_go(&e, "dora");
    explorer_key(&e, 'p');
    assert_string_equal(rows(&e), "ada.skin dora.diy emil.food");
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

/* The best profit first; who comes while one looks stands last, until it is opened again. */
static void test_it_opens_in_order_and_new_ones_come_last(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    take(&e, "emil");
    explorer_key(&e, 'p');
    assert_int_equal(e.model.plan.ordered, COL_PROFIT);
    for (size_t i = 1; i < e.model.plan.count; i++)
        assert_true(sheet_number(&e.sheet, COL_PROFIT, e.model.plan.rows[i]) <=
                    sheet_number(&e.sheet, COL_PROFIT, e.model.plan.rows[i - 1]));
    e.model.plan.ordered = COL_HANDLE;
    e.model.plan.descending = false;
    explorer_key(&e, 'q');
    explorer_key(&e, 'p');
    assert_string_equal(rows(&e), "ada.skin dora.diy emil.food");
    explorer_key(&e, 'g');
    explorer_key(&e, 'a');
    explorer_key(&e, 'q');
    take(&e, "bea.lids");
    e.model.place = PLACE_PLAN; /* without opening it */
    explorer_key(&e, K_UP);
    assert_string_equal(rows(&e), "dora.diy emil.food bea.lids");
    assert_true(e.model.plan.arranged < e.model.plan.known_count);
    explorer_key(&e, 'q');
    explorer_key(&e, 'p');
    assert_string_equal(rows(&e), "bea.lids dora.diy emil.food");
    assert_int_equal(e.model.plan.arranged, e.model.plan.known_count);
    explorer_release(&e);
}

static void empty_the_plan(struct explorer *e)
{
    explorer_key(e, ':');
    explorer_type(e, "empty the plan");
    explorer_key(e, K_ENTER);
}

static void test_it_is_emptied_as_one_step(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    const struct command *empty = command_find(TEXT("empty-plan"));
    assert_non_null(empty);
    assert_false(command_enabled(empty, &e.model)); /* nobody is in it */
    take(&e, "ada");
    take(&e, "dora");
    take(&e, "emil");
    uint32_t ada = 0;
    explorer_key(&e, 'p');
    by_name(&e);
    explorer_key(&e, 'q');
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    to_column(&e, COL_FEE);
    explorer_type(&e, "77");
    explorer_key(&e, K_ENTER);
    explorer_forget(&e);
    empty_the_plan(&e);
    assert_int_equal(e.catalog.planned_count, 0);
    assert_int_equal(e.model.plan.count, 0);
    assert_int_equal(explorer_effects(&e, EFFECT_PLAN), 3);
    assert_string_equal(undo_next(&e.model.undo)->label, "empty the plan of 3 creators");
    assert_true(strstr(e.model.notice, "the plan is empty"));
    same(catalog_plan_get(&e.catalog, ada).fee, 7700, 0); /* what was agreed stays known */
    explorer_key(&e, 'u');
    assert_int_equal(e.catalog.planned_count, 3);
    explorer_key(&e, 'U');
    assert_int_equal(e.catalog.planned_count, 0);
    explorer_release(&e);
}

static void test_who_is_taken_out_comes_back_to_his_place(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");
    take(&e, "dora");
    take(&e, "emil");
    explorer_go(&e, "dora");
    explorer_key(&e, 'p');
    explorer_key(&e, 'a');
    assert_string_equal(rows(&e), "ada.skin emil.food");
    assert_int_equal(explorer_planned(&e, "dora.diy"), 0);
    assert_string_equal(explorer_cursor(&e), "emil.food"); /* who stands there now */
    explorer_key(&e, 'u');
    assert_string_equal(rows(&e), "ada.skin dora.diy emil.food");
    assert_string_equal(explorer_cursor(&e), "emil.food");
    explorer_drop(&e, "ada.skin"); /* by another program */
    assert_string_equal(rows(&e), "dora.diy emil.food");
    explorer_release(&e);
}

static void test_it_is_ordered_once(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");      /* 480 */
    take(&e, "bea.lids"); /* 270 */
    take(&e, "cleo");     /* 800 */
    explorer_key(&e, 'p');
    to_column(&e, COL_FEE);
    explorer_key(&e, 's');
    assert_string_equal(rows(&e), "bea.lids ada.skin cleo.tok");
    explorer_key(&e, 's');
    assert_string_equal(rows(&e), "cleo.tok ada.skin bea.lids");
    to_column(&e, COL_HANDLE);
    explorer_key(&e, 's');
    assert_string_equal(rows(&e), "ada.skin bea.lids cleo.tok");
    assert_string_equal(explorer_cursor(&e), "cleo.tok"); /* stays with it */
    explorer_key(&e, 'q');
    take(&e, "emil");
    explorer_key(&e, 'p');
    assert_string_equal(rows(&e), "ada.skin bea.lids cleo.tok emil.food"); /* by name again */
    explorer_release(&e);
}

static void test_the_detail_is_of_the_plan_and_leads_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_filter(&e, "niche:food"); /* hides both from the list */
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.place, PLACE_DETAIL);
    assert_string_equal(explorer_cursor(&e), "ada.skin");
    explorer_key(&e, K_RIGHT);
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_PLAN);
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(explorer_cursor(&e), "emil.food"); /* the list is where it was */
    explorer_release(&e);
}

static void test_ticks_and_reasons(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    explorer_key(&e, K_SPACE);
    assert_true(explorer_ticked(&e, "ada.skin"));
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    to_column(&e, COL_ROI);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    assert_int_equal(e.model.why_column, COL_ROI);
    assert_int_equal(e.model.why_id, 4);
    explorer_release(&e);
}

static void test_columns_go_as_width_shrinks(void **state)
{
    (void)state;
    for (int width = 12; width < 200; width++) {
        struct plan_column shown[PLAN_COLUMNS_MOST];
        int count = plan_columns(width, shown);
        assert_true(count >= 2);
        assert_int_equal(shown[0].part, PLAN_NAME);
        bool roi = false;
        for (int i = 0; i < count; i++) {
            roi = roi || shown[i].column == COL_ROI;
            if (i > 0)
                assert_true(shown[i].at > shown[i - 1].at + shown[i - 1].width);
            if (width >= 24)
                assert_true(shown[i].at + shown[i].width <= width);
        }
        assert_true(roi);
        if (width >= 104)
            assert_int_equal(count, PLAN_COLUMNS_MOST);
    }
}

static void test_parts_never_overlap(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, '*');
    explorer_key(&e, 'a');
    explorer_key(&e, 'p');
    for (int side = 0; side < 2; side++, explorer_key(&e, K_TAB))
        for (int rows_ = 6; rows_ < 60; rows_++)
            for (int columns_ = 24; columns_ < 200; columns_ += 11) {
                explorer_resize(&e, columns_, rows_);
                struct plan_layout at = plan_layout(&e.model);
                struct area body = e.model.layout.body;
                assert_true(at.rows.rows >= 0 && at.totals.rows >= 0 && at.below.rows >= 0);
                int used = at.rows.rows + at.totals.rows + at.below.rows;
                int beside = at.side.column > 0 ? 0 : at.side.rows;
                assert_int_equal(used + beside, body.rows);
                assert_true(at.rows.columns <= columns_);
            }
    explorer_release(&e);
}

/* C = n x fee + 30 for each, by the defaults. */
static void test_over_budget_names_two_ways_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");      /* 510 */
    take(&e, "bea.lids"); /* 300 */
    take(&e, "cleo");     /* 830 */
    explorer_key(&e, 'p');
    same(e.model.plan.totals.cost.value, 1640, 1e-9);
    same(e.model.plan.totals.left, 8360, 1e-9);
    explorer_key(&e, 'b');
    explorer_type(&e, "1500");
    explorer_key(&e, K_ENTER);
    struct plan_way way = plan_way_back(&e.model);
    assert_int_equal(way.row, 2); /* the dearest: 830 - 140 = 690 may go to her */
    same(way.posts, 0, 0);
    same(way.fee, 660, 0);
    explorer_key(&e, 'b');
    explorer_type(&e, "500");
    explorer_key(&e, K_ENTER);
    way = plan_way_back(&e.model); /* over by 1,140: nobody alone is so dear */
    assert_int_equal(way.row, CATALOG_NONE);
    assert_int_equal(way.dearest, 2);
    same(way.budget, 1640, 0);
    explorer_release(&e);
}

static void test_the_cursor_goes_down_to_the_totals(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    explorer_key(&e, 'G');
    assert_true(e.model.plan.total);
    assert_string_equal(explorer_cursor(&e), "");
    explorer_key(&e, K_SPACE); /* nobody to tick there */
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_key(&e, K_UP);
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, 'G');
    explorer_key(&e, 'u'); /* dora leaves: still on the totals */
    assert_true(e.model.plan.total);
    assert_int_equal(e.model.plan.totals.creators, 1);
    explorer_release(&e);
}

static void test_the_same_key_moves_rows_and_totals(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    double before = e.model.plan.totals.revenue.value;
    explorer_key(&e, ':');
    explorer_type(&e, "set aov 160");
    same(e.model.plan.totals.revenue.value, 2 * before, before * 1e-12);
    double sum = sheet_number(&e.sheet, COL_REVENUE, 0) + sheet_number(&e.sheet, COL_REVENUE, 3);
    same(e.model.plan.totals.revenue.value, sum, sum * 1e-12);
    explorer_key(&e, K_ESCAPE);
    same(e.model.plan.totals.revenue.value, before, 0);
    explorer_release(&e);
}

static const struct side_line *stands_on(const struct explorer *e)
{
    const struct plan_side *side = &e->model.plan.assumed;
    return &side->items[side->at.cursor];
}

static void test_assumptions_stand_beside(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    explorer_key(&e, K_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_ASSUMPTIONS);
    assert_string_equal(stands_on(&e)->knob.key, "aov");
    size_t few = e.model.plan.assumed.count;
    while (stands_on(&e)->kind != SIDE_MORE)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_ENTER);
    assert_true(e.model.plan.assumed.count > few + 40);
    assert_int_equal(stands_on(&e)->kind, SIDE_MORE); /* it stays where it was */
    explorer_key(&e, 'G');
    assert_int_equal(stands_on(&e)->kind, SIDE_CHANNEL); /* where one more could be */
    explorer_key(&e, 'g');
    assert_string_equal(stands_on(&e)->knob.key, "aov");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_PLAN);
    explorer_release(&e);
}

/* ROI + 1 is a product: a tenth more of the order value is a tenth more of it. */
static void test_swings_are_of_the_whole_plan(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    const struct plan_side *side = &e.model.plan.assumed;
    double back = 1 + e.model.plan.totals.roi.value;
    size_t widest = 0;
    for (size_t i = 0; i < side->swings.count; i++) {
        const struct side_swing *swing = &side->swings.items[i];
        widest += swing->widest;
        if (strcmp(swing->key, "aov") == 0 || strcmp(swing->key, "margin") == 0) {
            same(swing->low, back * 0.9 - 1, 1e-12);
            same(swing->high, back * 1.1 - 1, 1e-12);
        }
        if (strcmp(swing->key, "cvr") == 0) /* spread 0.4 */
            same(swing->high, back * exp(1.2815515655446004 * 0.4 - 0.08) - 1, 1e-12);
    }
    assert_int_equal(widest, 2);
    assert_false(model_busy(&e.model));
    explorer_release(&e);
}

static void test_figures_are_typed_where_they_stand(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");  /* 480 */
    take(&e, "dora"); /* 610 */
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    to_column(&e, COL_DELIVERABLES);
    explorer_key(&e, '3');
    assert_int_equal(explorer_planned(&e, "ada.skin"), 3); /* before Enter */
    same(e.model.plan.totals.cost.value, 3 * 480 + 30 + 640, 1e-9);
    assert_true(e.model.plan.moving);
    same(e.model.plan.before.cost, 510, 1e-9);
    explorer_key(&e, K_TAB); /* on to her fee */
    assert_int_equal(e.model.plan.cell, COL_FEE);
    explorer_type(&e, "=400/4");
    same(e.model.plan.totals.cost.value, 3 * 100 + 30 + 640, 1e-9);
    same(e.model.plan.before.cost, 3 * 480 + 30, 1e-9);
    explorer_key(&e, K_TAB); /* and to the next one's posts */
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    same(e.model.plan.totals.cost.value, 510 + 640, 1e-9);
    explorer_release(&e);
}

/* A 0 takes out of the plan, but nobody vanishes under the typing hand. */
static void test_nobody_goes_while_posts_are_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    to_column(&e, COL_DELIVERABLES);
    explorer_key(&e, '0');
    assert_string_equal(rows(&e), "ada.skin dora.diy");
    assert_int_equal(e.model.plan.totals.creators, 1);
    explorer_key(&e, '2'); /* 02 */
    assert_int_equal(e.model.plan.totals.creators, 2);
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_ENTER);
    assert_string_equal(rows(&e), "dora.diy");
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_release(&e);
}

static void test_who_was_edited_last_gives_way(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    by_name(&e);
    take(&e, "ada");  /* 510 */
    take(&e, "cleo"); /* 830, the dearest */
    explorer_key(&e, 'b');
    explorer_type(&e, "2500");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'p');
    explorer_key(&e, 'g');
    to_column(&e, COL_DELIVERABLES);
    explorer_key(&e, '4'); /* 1,950 + 830: over by 280 */
    struct plan_way way = plan_way_back(&e.model);
    assert_int_equal(way.row, 0);
    same(way.posts, 3, 0);
    same(way.fee, 410, 0); /* 4 x 410 + 30 + 830 = 2,500 */
    explorer_release(&e);
}

static void test_assumptions_are_edited_beside(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    explorer_key(&e, 'p');
    double before = e.model.plan.totals.revenue.value;
    explorer_key(&e, K_TAB);
    assert_string_equal(stands_on(&e)->knob.key, "aov");
    explorer_type(&e, "=2*100"); /* '=' begins */
    same(e.model.plan.totals.revenue.value, before * 2.5, before * 1e-9);
    explorer_key(&e, K_TAB); /* keeps it, and on to the click rate */
    assert_true(field_is_knob(&e.model, TEXT("ctr")));
    explorer_key(&e, K_ESCAPE);
    assert_true(scenario_own(&e.model.scenario, TEXT("aov")));
    explorer_key(&e, K_UP);
    explorer_key(&e, 'X');
    assert_false(scenario_own(&e.model.scenario, TEXT("aov")));
    same(e.model.plan.totals.revenue.value, before, 0);
    explorer_key(&e, 'u');
    same(e.model.scenario.aov, 200, 0);
    explorer_release(&e);
}

static void test_channels_come_and_go(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    explorer_key(&e, 'p');
    explorer_key(&e, K_TAB);
    while (stands_on(&e)->kind != SIDE_CHANNEL)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_ENTER); /* what it is made of */
    explorer_key(&e, K_DOWN);
    assert_string_equal(stands_on(&e)->knob.key, "channel.1.cpm");
    explorer_type(&e, "20");
    explorer_key(&e, K_ENTER);
    /* 1000 / 20 x 1.2 % x 2 % x 80 x 0.5 - 1 */
    same(channel_roi(&e.model.scenario, &e.model.scenario.channels[0]), -0.52, 1e-12);
    explorer_key(&e, K_UP);
    explorer_key(&e, '-');
    assert_string_equal(scenario_baseline(&e.model.scenario)->name, "display");
    explorer_key(&e, 'u');
    assert_string_equal(scenario_baseline(&e.model.scenario)->name, "paid social");
    explorer_key(&e, 'X');
    same(e.model.scenario.channels[0].cpm, 10, 0);
    explorer_key(&e, 'G'); /* one more */
    explorer_key(&e, K_ENTER);
    explorer_type(&e, "radio");
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.scenario.channels[3].name, "radio");
    explorer_release(&e);
}

static void test_a_goal_can_be_asked_of_the_totals(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    take(&e, "ada");
    take(&e, "dora");
    explorer_key(&e, 'p');
    assert_int_equal(e.model.plan.cell, COL_ROI);
    explorer_key(&e, 'G');
    to_column(&e, COL_DELIVERABLES);
    explorer_key(&e, 'e'); /* on posts, where no goal can be asked */
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    assert_non_null(strstr(e.model.notice, "on ROI and profit e asks for a goal"));
    to_column(&e, COL_ROI);
    explorer_key(&e, 'e');
    assert_int_equal(e.model.prompt, PROMPT_GOAL);
    assert_true(e.model.goal.plan);
    explorer_type(&e, "200%");
    explorer_key(&e, K_ENTER);
    assert_true(e.model.plan.totals.roi.value >= 2);
    assert_true(e.model.plan.totals.roi.value < 2.05);
    assert_true(e.model.plan.total); /* and there it stays */
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_opens_on_the_creator_under_the_cursor),
        cmocka_unit_test(test_it_opens_in_order_and_new_ones_come_last),
        cmocka_unit_test(test_it_is_emptied_as_one_step),
        cmocka_unit_test(test_who_is_taken_out_comes_back_to_his_place),
        cmocka_unit_test(test_it_is_ordered_once),
        cmocka_unit_test(test_the_detail_is_of_the_plan_and_leads_back),
        cmocka_unit_test(test_ticks_and_reasons),
        cmocka_unit_test(test_columns_go_as_width_shrinks),
        cmocka_unit_test(test_parts_never_overlap),
        cmocka_unit_test(test_over_budget_names_two_ways_back),
        cmocka_unit_test(test_the_cursor_goes_down_to_the_totals),
        cmocka_unit_test(test_the_same_key_moves_rows_and_totals),
        cmocka_unit_test(test_assumptions_stand_beside),
        cmocka_unit_test(test_swings_are_of_the_whole_plan),
        cmocka_unit_test(test_figures_are_typed_where_they_stand),
        cmocka_unit_test(test_nobody_goes_while_posts_are_typed),
        cmocka_unit_test(test_who_was_edited_last_gives_way),
        cmocka_unit_test(test_assumptions_are_edited_beside),
        cmocka_unit_test(test_channels_come_and_go),
        cmocka_unit_test(test_a_goal_can_be_asked_of_the_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
