#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/compare.h"
#include "fixture_internal.h"

static struct fixture fixture;
static struct comparison comparison;

static int set_up(void **state)
{
    (void)state;
    fixture_init(&fixture);
    put(&fixture.catalog, 1,
        "platform=tiktok handle=glow followers=91000 views=55000 likes=3600 comments=160 shares=30 "
        "fee=80000");
    put(&fixture.catalog, 2,
        "platform=instagram handle=skin followers=12400 likes=446 comments=21 fee=14000 "
        "credibility=0.9");
    put(&fixture.catalog, 3,
        "platform=instagram handle=lena followers=48200 likes=2004 comments=74 fee=60000");
    put(&fixture.catalog, 4,
        "platform=instagram handle=free followers=20000 likes=1500 comments=90");
    put(&fixture.catalog, 5, "platform=instagram handle=none");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_release(&fixture);
    return 0;
}

static void make(const char *ids, int reference, int focus)
{
    uint32_t rows[COMPARE_MOST];
    int count = 0;

    for (; ids[count]; count++)
        rows[count] = (uint32_t)(ids[count] - '1');
    compare_make(&fixture.sheet, rows, count, reference, focus, &comparison);
}

static const struct compare_row *line_of(enum column column, enum compare_kind kind)
{
    for (int i = 0; i < COMPARE_LINES; i++)
        if (comparison.lines[i].line->column == column && comparison.lines[i].line->kind == kind)
            return &comparison.lines[i];
    fail_msg("no line %s", columns[column].key);
    return NULL;
}

/* Index of the one best creator of a line; -1 none, -2 several. */
static int best_of(enum column column)
{
    const struct compare_row *row = line_of(column, COMPARE_FIGURE);
    int best = -1;

    for (int i = 0; i < comparison.count; i++)
        if (row->cells[i].best)
            best = best == -1 ? i : -2;
    return best;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static void the_best_of_each_line_is_known(void **state)
{
    (void)state;
    make("123", COMPARE_NONE, 0);
    assert_int_equal(best_of(COL_FEE), 1);
    assert_int_equal(best_of(COL_REACH), 0);
    assert_int_equal(best_of(COL_PROFIT), 0);
    assert_int_equal(columns[COL_FOLLOWERS].better, BETTER_NEITHER);
    assert_int_equal(best_of(COL_FOLLOWERS), -1);
    assert_int_equal(best_of(COL_CREDIBILITY), -1); /* known of one: nothing to be better than */
    assert_true(near(line_of(COL_FEE, COMPARE_FIGURE)->cells[0].bar, 1));
    assert_true(near(line_of(COL_FEE, COMPARE_FIGURE)->cells[1].bar, 140.0 / 800));
    assert_true(isnan(line_of(COL_CREDIBILITY, COMPARE_FIGURE)->cells[0].bar));
}

static void unlike_rates_are_flagged_not_compared(void **state)
{
    const struct compare_row *er;

    (void)state;
    make("123", 2, 0);
    er = line_of(COL_ER, COMPARE_FIGURE);
    assert_true(comparison.unlike_bases);
    assert_true(er->unlike);
    assert_int_equal(best_of(COL_ER), -1);
    assert_true(isnan(er->cells[0].bar));
    assert_true(isnan(er->cells[0].against));
    assert_false(line_of(COL_ER_INDEX, COMPARE_FIGURE)->unlike);
    make("23", COMPARE_NONE, 0);
    assert_false(comparison.unlike_bases);
    assert_int_equal(best_of(COL_ER), 1);
}

static void an_estimate_takes_no_best_mark(void **state)
{
    (void)state;
    make("234", COMPARE_NONE, 0);
    assert_int_equal(line_of(COL_FEE, COMPARE_FIGURE)->cells[2].mark, '~');
    assert_false(line_of(COL_CPE, COMPARE_FIGURE)->cells[2].best);
    assert_true(comparison.figures[2].roi > comparison.figures[0].roi &&
                comparison.figures[2].roi > comparison.figures[1].roi);
    assert_int_equal(best_of(COL_ROI), -1);
    assert_int_equal(best_of(COL_REACH), 1); /* rests on no fee */
    assert_int_equal(comparison.least_risk.index, 0);
    put(&fixture.catalog, 4, "followers=6000"); /* now it would be the one with the least cost */
    make("234", COMPARE_NONE, 0);
    assert_true(comparison.figures[2].cost < comparison.figures[0].cost);
    assert_int_equal(comparison.least_risk.index, COMPARE_NONE);
}

static void ties_of_all_have_no_best(void **state)
{
    (void)state;
    put(&fixture.catalog, 2, "followers=48200 likes=2004 comments=74 fee=60000 credibility=-");
    make("23", 0, 0);
    for (int i = 0; i < COMPARE_LINES; i++) {
        assert_true(comparison.lines[i].equal);
        assert_false(comparison.lines[i].cells[0].best || comparison.lines[i].cells[1].best);
    }
    assert_int_equal(comparison.least_risk.index, COMPARE_NONE);
    make("223", COMPARE_NONE, 0);
    assert_true(line_of(COL_FOLLOWERS, COMPARE_FIGURE)->equal);
    make("13", 0, 0);
    assert_false(line_of(COL_FOLLOWERS, COMPARE_FIGURE)->equal);
    assert_true(line_of(COL_ROI_VS_BASELINE, COMPARE_CHANNEL)->equal);
}

static void differences_are_to_the_reference(void **state)
{
    const struct compare_row *followers, *index, *roi, *profit;

    (void)state;
    make("123", 2, 0);
    followers = line_of(COL_FOLLOWERS, COMPARE_FIGURE);
    index = line_of(COL_ER_INDEX, COMPARE_FIGURE);
    roi = line_of(COL_ROI, COMPARE_FIGURE);
    profit = line_of(COL_PROFIT, COMPARE_FIGURE);
    assert_int_equal(followers->measure, MEASURE_RATIO);
    assert_true(near(followers->cells[0].against, 91000.0 / 48200));
    assert_true(isnan(followers->cells[2].against));
    assert_int_equal(index->measure, MEASURE_RATIO);
    assert_int_equal(roi->measure, MEASURE_POINTS);
    assert_true(near(roi->cells[0].against, comparison.figures[0].roi - comparison.figures[2].roi));
    assert_int_equal(profit->measure, MEASURE_MONEY);
    assert_true(near(profit->cells[1].against,
                     comparison.figures[1].profit - comparison.figures[2].profit));
    make("123", COMPARE_NONE, 0);
    assert_true(isnan(line_of(COL_FOLLOWERS, COMPARE_FIGURE)->cells[0].against));
}

static void the_explanation_names_the_better_first(void **state)
{
    const struct compare_why *why = &comparison.why;
    const struct figures *figures = comparison.figures;

    (void)state;
    make("123", 2, 0);
    assert_true(figures[0].roi > figures[1].roi && figures[1].roi > figures[2].roi);
    assert_int_equal(why->a, 0);
    assert_int_equal(why->b, 2);
    assert_true(near(why->factors.back_a / why->factors.back_b,
                     why->factors.reach * why->factors.response * why->factors.cost));
    assert_true(near(why->factors.back_a, 1 + figures[0].roi));
    assert_true(near(why->factors.reach, figures[0].reach / figures[2].reach));
    assert_true(why->chance > 0.5 && why->chance < 1);
    assert_false(why->estimated);
    struct compare_factor factors[COMPARE_FACTORS];
    compare_factors(why, factors);
    assert_true(near(why->factors.back_a / why->factors.back_b,
                     factors[0].value * factors[1].value * factors[2].value));
    assert_string_equal(factors[0].words, "the people");
    assert_string_equal(factors[2].words,
                        figures[0].cost < figures[2].cost ? "being cheaper" : "being dearer");
    make("123", 0, 2); /* the reference is better: it is named first */
    assert_int_equal(why->a, 0);
    assert_int_equal(why->b, 2);
    make("123", 2, 2); /* the focus is the reference: against the best other */
    assert_int_equal(why->a, 0);
    assert_int_equal(why->b, 2);
    make("321", COMPARE_NONE, 0); /* no reference: the best against the next */
    assert_int_equal(why->a, 2);
    assert_int_equal(why->b, 1);
    make("35", 1, 0);
    assert_int_equal(why->a, COMPARE_NONE);
}

/* ROI against what the same money returns in each channel whose return is known. */
static void every_channel_has_a_row(void **state)
{
    (void)state;
    int found = 0;
    make("123", 1, 0);
    for (size_t i = 0; i < comparison.line_count; i++) {
        const struct compare_row *row = &comparison.lines[i];
        if (row->line->kind != COMPARE_VERSUS)
            continue;
        const struct channel *channel = &fixture.scenario.channels[found++];
        assert_string_equal(row->channel, channel->name);
        for (int k = 0; k < 3; k++)
            assert_true(near(row->cells[k].value,
                             comparison.figures[k].roi - channel_roi(&fixture.scenario, channel)));
        assert_true(
            near(row->cells[0].against, comparison.figures[0].roi - comparison.figures[1].roi));
    }
    assert_int_equal(found, 2); /* of connected TV only the reach is known */
}

static void superlatives_and_range(void **state)
{
    const struct compare_row *range;

    (void)state;
    make("123", COMPARE_NONE, 0);
    assert_int_equal(comparison.most_profit.index, 0);
    assert_true(near(comparison.most_profit.value, comparison.figures[0].profit));
    assert_int_equal(comparison.least_risk.index, 1);
    assert_true(near(comparison.least_risk.value, 170));
    assert_int_equal(comparison.most_room.index, 0);
    range = line_of(COL_ROI, COMPARE_RANGE);
    for (int i = 0; i < 3; i++) {
        assert_true(range->cells[i].low < range->cells[i].median &&
                    range->cells[i].median < range->cells[i].high);
        assert_true(comparison.range_low <= range->cells[i].low &&
                    comparison.range_high >= range->cells[i].high);
        assert_false(range->cells[i].best);
    }
    assert_string_equal(comparison.channel, fixture.scenario.channels[0].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_best_of_each_line_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unlike_rates_are_flagged_not_compared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_estimate_takes_no_best_mark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ties_of_all_have_no_best, set_up, tear_down),
        cmocka_unit_test_setup_teardown(differences_are_to_the_reference, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_explanation_names_the_better_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(superlatives_and_range, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_channel_has_a_row, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
