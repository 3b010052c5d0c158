#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "app/help.h"
#include "base/number.h"
#include "explorer.h"

/* Weights of the comparison, the score they make, and what is told of it. */

static void compare(struct explorer *e, const char *one, const char *two)
{
    explorer_resize(e, 120, 32);
    explorer_go(e, one);
    explorer_key(e, K_SPACE);
    explorer_go(e, two);
    explorer_key(e, K_SPACE);
    explorer_key(e, 'c');
    assert_int_equal(e->model.place, PLACE_COMPARE);
}

static const struct compare_row *row_at(const struct explorer *e)
{
    return &e->model.comparison.lines[e->model.compare_lines[e->model.compare_row.cursor]];
}

static void to_row(struct explorer *e, enum column column)
{
    explorer_key(e, K_HOME);
    while (row_at(e)->line->column != column || row_at(e)->line->kind != COMPARE_FIGURE) {
        size_t before = e->model.compare_row.cursor;
        explorer_key(e, K_DOWN);
        assert_int_not_equal(e->model.compare_row.cursor, before);
    }
}

static void weigh(struct explorer *e, enum column column, int times)
{
    to_row(e, column);
    for (int i = 0; i < times; i++)
        explorer_key(e, 'W');
}

/* By hand: the share of those shown with a known figure that are not better. */
static double place_of(struct explorer *e, enum column column, uint32_t row)
{
    double own = sheet_number(&e->sheet, column, row), known = 0, not_better = 0;
    bool less = columns[column].better == BETTER_LESS;
    if (!number_known(own))
        return NAN;
    for (size_t i = 0; i < e->model.result.rows.count; i++) {
        double value = sheet_number(&e->sheet, column, rowset_at(&e->model.result.rows, i));
        if (!number_known(value))
            continue;
        known++;
        not_better += less ? value >= own : value <= own;
    }
    return not_better / known;
}

static void assert_score(struct explorer *e, const enum column *parts, const double *weights,
                         size_t count)
{
    const struct compare_row *row = &e->model.comparison.lines[e->model.compare_lines[0]];
    assert_int_equal(row->line->kind, COMPARE_SCORE);
    for (int i = 0; i < e->model.compare_count; i++) {
        double sum = 0, weight = 0;
        for (size_t k = 0; k < count; k++) {
            double place = place_of(e, parts[k], e->model.comparison.rows[i]);
            if (isnan(place))
                continue;
            sum += weights[k] * place;
            weight += weights[k];
        }
        if (weight > 0)
            assert_true(fabs(row->cells[i].value - 100 * sum / weight) < 1e-9);
        else
            assert_true(isnan(row->cells[i].value));
        assert_true(e->model.score.counted[i] == weight);
    }
}

static void test_weights_make_a_score(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    assert_int_equal(row_at(&e)->line->kind, COMPARE_FIGURE); /* none before there is a weight */
    weigh(&e, COL_ROI, 3);
    assert_int_equal(e.model.weights.of[COL_ROI], 3);
    assert_int_equal(row_at(&e)->line->column, COL_ROI); /* the cursor stays on its row */
    weigh(&e, COL_FEE, 1);
    weigh(&e, COL_CREDIBILITY, 2);
    explorer_key(&e, K_HOME);
    assert_score(&e, (enum column[]){COL_ROI, COL_FEE, COL_CREDIBILITY}, (double[]){3, 1, 2}, 3);
    explorer_release(&e);
}

static void test_the_score_follows_the_filter_and_the_figures(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    weigh(&e, COL_ROI, 1);
    weigh(&e, COL_PROFIT, 2);
    enum column parts[] = {COL_ROI, COL_PROFIT};
    assert_score(&e, parts, (double[]){1, 2}, 2);
    explorer_key(&e, 'q');
    explorer_filter(&e, "country:DE");
    explorer_key(&e, 'c');
    assert_score(&e, parts, (double[]){1, 2}, 2);
    explorer_key(&e, 'q');
    explorer_key(&e, 'b');
    explorer_type(&e, "777");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'c');
    assert_score(&e, parts, (double[]){1, 2}, 2);
    explorer_release(&e);
}

static void test_weights_go_round_and_are_one_step(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    explorer_forget(&e);
    weigh(&e, COL_ROI, 4);
    assert_string_equal(undo_next(&e.model.undo)->label, "weight of ROI 0 > 4");
    assert_true(text_is(
        explorer_effect(&e, EFFECT_META, explorer_effects(&e, EFFECT_META) - 1)->text, "roi 4"));
    weigh(&e, COL_PROFIT, 1);
    explorer_key(&e, 'u');
    assert_int_equal(e.model.weights.of[COL_PROFIT], 0);
    assert_int_equal(e.model.weights.of[COL_ROI], 4);
    explorer_key(&e, 'u');
    assert_false(score_any(&e.model.weights));
    assert_int_equal(row_at(&e)->line->kind, COMPARE_FIGURE);
    explorer_key(&e, 'U');
    assert_int_equal(e.model.weights.of[COL_ROI], 4);
    weigh(&e, COL_ROI, 2); /* 5, and round again */
    assert_int_equal(e.model.weights.of[COL_ROI], 0);
    assert_int_equal(
        explorer_effect(&e, EFFECT_META, explorer_effects(&e, EFFECT_META) - 1)->text.length, 0);
    explorer_release(&e);
}

static void test_weights_are_taken_back_by_name(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    weigh(&e, COL_ROI, 3);
    explorer_type(&e, ":weigh-less");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.weights.of[COL_ROI], 2);
    weigh(&e, COL_PROFIT, 1);
    explorer_type(&e, ":weigh-none");
    explorer_key(&e, K_ENTER);
    assert_false(score_any(&e.model.weights));
    explorer_key(&e, 'u');
    assert_int_equal(e.model.weights.of[COL_ROI], 2);
    assert_int_equal(e.model.weights.of[COL_PROFIT], 1);
    explorer_release(&e);
}

static void test_rows_without_a_better_cannot_count(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    weigh(&e, COL_DELIVERABLES, 1);
    assert_false(score_any(&e.model.weights));
    assert_non_null(strstr(e.model.notice, "cannot count"));
    weigh(&e, COL_ROI, 1);
    explorer_key(&e, K_HOME);
    explorer_key(&e, 'W'); /* on the score itself */
    assert_non_null(strstr(e.model.notice, "follows from the rows"));
    explorer_release(&e);
}

static void test_why_shows_every_part(void **state)
{
    (void)state;
    struct explorer e;
    struct help help;
    struct buf all = BUF_INIT;
    explorer_init(&e);
    compare(&e, "ada.skin", "finn.trip");
    weigh(&e, COL_ROI, 3);
    weigh(&e, COL_GROWTH_30D, 1); /* known of nobody */
    explorer_key(&e, K_HOME);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    help_make(&e.model, &help);
    for (size_t i = 0; i < help.count; i++) {
        buf_add_text(&all, help.items[i].label);
        buf_add_text(&all, help.items[i].text);
    }
    assert_non_null(strstr(buf_string(&all), "ROI x3"));
    assert_non_null(strstr(buf_string(&all), "Growth 30 d x1"));
    assert_non_null(strstr(buf_string(&all), "unknown: its weight is left out"));
    assert_non_null(strstr(buf_string(&all), "/ 3 = "));
    buf_release(&all);
    help_release(&help);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_COMPARE);
    explorer_release(&e);
}

static void test_weights_as_text(void **state)
{
    (void)state;
    struct score_weights weights;
    struct buf text = BUF_INIT;
    score_weights_read(TEXT("roi 5,nonsense 3,er 9,handle 2,followers 1,fee 2,cpm x,er 0"),
                       &weights);
    score_weights_print(&weights, &text);
    assert_string_equal(buf_string(&text), "fee 2,roi 5");
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_weights_make_a_score),
        cmocka_unit_test(test_the_score_follows_the_filter_and_the_figures),
        cmocka_unit_test(test_weights_go_round_and_are_one_step),
        cmocka_unit_test(test_weights_are_taken_back_by_name),
        cmocka_unit_test(test_rows_without_a_better_cannot_count),
        cmocka_unit_test(test_why_shows_every_part),
        cmocka_unit_test(test_weights_as_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
