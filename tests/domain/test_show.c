#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/vec.h"
#include "domain/show.h"

#define SEEN_FROM 1785745826.0 /* 2026-08-03T08:30:26Z */

struct shown {
    enum unit unit;
    double value;
    const char *brief, *exact;
};

static void assert_shown(const struct shown *row, bool exact, struct number_style style,
                         const char *expected)
{
    struct buf out = BUF_INIT;
    show_number(&out, row->unit, row->value, exact, style);
    if (strcmp(buf_string(&out), expected) != 0)
        fail_msg("unit %d, %.17g%s: '%s', not '%s'", (int)row->unit, row->value,
                 exact ? " exactly" : "", buf_string(&out), expected);
    buf_release(&out);
}

static void figures_look_as_drawn(void **state)
{
    (void)state;
    static const struct shown rows[] = {
        {UNIT_COUNT, 0, "0", "0"},
        {UNIT_COUNT, 640, "640", "640"},
        {UNIT_COUNT, 999, "999", "999"},
        {UNIT_COUNT, 1000, "1.00k", "1,000"},
        {UNIT_COUNT, 1234, "1.23k", "1,234"},
        {UNIT_COUNT, 48213, "48.2k", "48,213"},
        {UNIT_COUNT, 318000, "318k", "318,000"},
        {UNIT_COUNT, 999499, "999k", "999,499"},
        {UNIT_COUNT, 999500, "1.00M", "999,500"},
        {UNIT_COUNT, 1240000, "1.24M", "1,240,000"},
        {UNIT_COUNT, 1.2e9, "1.20B", "1,200,000,000"},
        {UNIT_AVERAGE, 2004, "2.00k", "2,004"},
        {UNIT_AVERAGE, 446, "446", "446"},
        {UNIT_AVERAGE, 446.4, "446", "446"},
        {UNIT_AVERAGE, 21.25, "21.3", "21.3"},
        {UNIT_AVERAGE, 74, "74", "74"},
        {UNIT_SHARE, 0.0431, "4.31%", "4.31%"},
        {UNIT_SHARE, 0.84, "84.00%", "84.00%"},
        {UNIT_SHARE, 0, "0.00%", "0.00%"},
        {UNIT_SHARE, -0.00001, "0.00%", "0.00%"},
        {UNIT_SHARE, 0.99994, "99.99%", "99.99%"},
        {UNIT_SHARE, 0.99996, "100.0%", "100.0%"},
        {UNIT_SHARE, 1, "100.0%", "100.0%"},
        {UNIT_SHARE, 12.345, "1,234.5%", "1,234.5%"},
        {UNIT_SCORE, 78.6, "79", "79"},
        {UNIT_SCORE, 100, "100", "100"},
        {UNIT_RATIO, 1.62, "1.62x", "1.62x"},
        {UNIT_RATIO, 0.065, "0.07x", "0.07x"},
        {UNIT_RATIO, 99.999, "100x", "100x"},
        {UNIT_ROI, 0.34, "+34%", "+34%"},
        {UNIT_ROI, -0.06, "-6%", "-6%"},
        {UNIT_ROI, 0, "0%", "0%"},
        {UNIT_ROI, 0.004, "0%", "0%"},
        {UNIT_ROI, -0.004, "0%", "0%"},
        {UNIT_ROI, 0.005, "+1%", "+1%"},
        {UNIT_ROI, -0.005, "-1%", "-1%"},
        {UNIT_ROI, -1, "-100%", "-100%"},
        {UNIT_ROI, 9.99, "+999%", "+999%"},
        {UNIT_ROI, 9.994, "+999%", "+999%"},
        {UNIT_ROI, 9.996, ">999%", ">999%"},
        {UNIT_ROI, 120, ">999%", ">999%"},
        {UNIT_MONEY, 1900, "1,900", "1,900"},
        {UNIT_MONEY, 1900.5, "1,901", "1,901"},
        {UNIT_MONEY, 0, "0", "0"},
        {UNIT_MONEY, -0.3, "0", "0"},
        {UNIT_MONEY, -12.5, "-13", "-13"},
        {UNIT_PROFIT, 164.2, "+164", "+164"},
        {UNIT_PROFIT, -108, "-108", "-108"},
        {UNIT_PROFIT, 0.4, "0", "0"},
        {UNIT_PROFIT, 12345, "+12,345", "+12,345"},
        {UNIT_UNIT_COST, 0.23, "0.23", "0.23"},
        {UNIT_UNIT_COST, 43.478, "43.48", "43.48"},
        {UNIT_UNIT_COST, 99.994, "99.99", "99.99"},
        {UNIT_UNIT_COST, 99.996, "100", "100"},
        {UNIT_UNIT_COST, 1234.5, "1,235", "1,235"},
        {UNIT_ESTIMATE, 13.41, "13.4", "13.4"},
        {UNIT_ESTIMATE, 4.7, "4.7", "4.7"},
        {UNIT_ESTIMATE, 13, "13.0", "13.0"},
        {UNIT_ESTIMATE, 99.96, "100", "100"},
        {UNIT_ESTIMATE, 537.3, "537", "537"},
        {UNIT_ESTIMATE, 11041.2, "11.0k", "11,041"},
        {UNIT_DAYS, 30, "30", "30"},
        {UNIT_TIME, SEEN_FROM, "3 Aug 2026", "3 Aug 2026"},
        {UNIT_FLAG, 1, "yes", "yes"},
        {UNIT_FLAG, 0, "no", "no"},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        assert_shown(&rows[i], false, number_style_english, rows[i].brief);
        assert_shown(&rows[i], true, number_style_english, rows[i].exact);
    }
}

static void other_countries_write_otherwise(void **state)
{
    (void)state;
    const struct number_style german = {.group = '.', .decimal = ','};
    const struct number_style french = {.group = ' ', .decimal = ','};
    assert_shown(&(struct shown){.unit = UNIT_MONEY, .value = 12345}, false, german, "12.345");
    assert_shown(&(struct shown){.unit = UNIT_SHARE, .value = 0.0431}, false, german, "4,31%");
    assert_shown(&(struct shown){.unit = UNIT_COUNT, .value = 48213}, false, german, "48,2k");
    assert_shown(&(struct shown){.unit = UNIT_COUNT, .value = 48213}, true, french, "48 213");
    assert_shown(&(struct shown){.unit = UNIT_RATIO, .value = 1.5}, false, french, "1,50x");
}

static void unknown_is_a_dash_and_never_says_so(void **state)
{
    (void)state;
    for (int i = UNIT_COUNT; i < UNIT_COUNT_OF; i++) {
        enum unit unit = (enum unit)i;
        assert_shown(&(struct shown){.unit = unit, .value = NAN}, false, number_style_english, "-");
        assert_shown(&(struct shown){.unit = unit, .value = -INFINITY}, true, number_style_english,
                     "-");
        assert_shown(&(struct shown){.unit = unit, .value = INFINITY}, false, number_style_english,
                     "never");
        struct buf out = BUF_INIT;
        show_plain(&out, unit, NAN);
        show_plain(&out, unit, INFINITY);
        assert_int_equal(out.length, 0);
        buf_release(&out);
    }
    assert_shown(&(struct shown){.unit = UNIT_TIME, .value = 1e300}, false, number_style_english,
                 "-");
}

/* Whatever the figure, it stays narrow enough for its cell and says one thing only. */
static void no_figure_grows_out_of_its_cell(void **state)
{
    (void)state;
    uint64_t seed = 11;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    struct buf out = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        double value = random_normal(&random) * pow(10, random_unit(&random) * 12 - 3);
        static const struct {
            enum unit unit;
            size_t widest;
        } limits[] = {{UNIT_COUNT, 6}, {UNIT_AVERAGE, 6}, {UNIT_ESTIMATE, 6}};
        for (size_t i = 0; i < COUNT_OF(limits); i++) {
            buf_clear(&out);
            show_number(&out, limits[i].unit, fmod(value, 9e11), false, number_style_english);
            assert_in_range(out.length, 1, limits[i].widest);
        }
        buf_clear(&out);
        show_number(&out, UNIT_ROI, value, false, number_style_english);
        assert_true(buf_string(&out)[0] == (value * 100 >= 999.5  ? '>'
                                            : value * 100 >= 0.5  ? '+'
                                            : value * 100 <= -0.5 ? '-'
                                                                  : '0'));
    }
    buf_release(&out);
}

static void files_have_the_exact_figure(void **state)
{
    (void)state;
    static const struct {
        enum unit unit;
        double value;
        const char *plain;
    } cases[] = {
        {UNIT_COUNT, 48213, "48213"},
        {UNIT_SHARE, 0.0431, "0.0431"},
        {UNIT_ROI, -0.0625, "-0.0625"},
        {UNIT_ROI, 120, "120"},
        {UNIT_MONEY, 1900.5, "1900.5"},
        {UNIT_PROFIT, 164, "164"},
        {UNIT_TIME, SEEN_FROM, "2026-08-03T08:30:26Z"},
        {UNIT_TIME, 1785715200, "2026-08-03"},
        {UNIT_FLAG, 1, "1"},
        {UNIT_UNIT_COST, 0.1 + 0.2, "0.30000000000000004"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_clear(&out);
        show_plain(&out, cases[i].unit, cases[i].value);
        assert_string_equal(buf_string(&out), cases[i].plain);
    }
    buf_release(&out);
}

static void typed_figures_are_read(void **state)
{
    (void)state;
    static const struct {
        enum unit unit;
        const char *typed;
        double value;
    } cases[] = {
        {UNIT_SHARE, "3%", 0.03},
        {UNIT_SHARE, " 4.31 % ", 0.0431},
        {UNIT_SHARE, "0.03", 0.03},
        {UNIT_SHARE, "1", 1},
        {UNIT_SHARE, "120%", 1.2},
        {UNIT_COUNT, "2.5k", 2500},
        {UNIT_COUNT, "1,200", 1200},
        {UNIT_COUNT, "10M", 1e7},
        {UNIT_COUNT, "0", 0},
        {UNIT_ROI, "-6%", -0.06},
        {UNIT_ROI, "+34%", 0.34},
        {UNIT_ROI, "0.5", 0.5},
        {UNIT_ROI, "2", 2},
        {UNIT_RATIO, "1.62x", 1.62},
        {UNIT_RATIO, "1.5X", 1.5},
        {UNIT_RATIO, "1.5", 1.5},
        {UNIT_RATIO, "150%", 1.5},
        {UNIT_MONEY, "500", 500},
        {UNIT_MONEY, "1,900.50", 1900.5},
        {UNIT_PROFIT, "-108", -108},
        {UNIT_DAYS, "30", 30},
        {UNIT_DAYS, "30d", 30},
        {UNIT_DAYS, "2w", 14},
        {UNIT_TIME, "7d", -7 * 86400.0},
        {UNIT_TIME, "3mo", -90 * 86400.0},
        {UNIT_TIME, "2026-08-03", 1785715200},
        {UNIT_FLAG, "yes", 1},
        {UNIT_FLAG, "No", 0},
        {UNIT_ROI, "9.5", 9.5},
        {UNIT_ROI, "100%", 1},
        {UNIT_ROI, "1000%", 10},
        {UNIT_ESTIMATE, "4.7", 4.7},
        {UNIT_UNIT_COST, "0.23", 0.23},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double value = NAN;
        if (!show_read(text_of(cases[i].typed), cases[i].unit, number_style_english, &value))
            fail_msg("refused: %s", cases[i].typed);
        if (fabs(value - cases[i].value) > 1e-12 * fabs(cases[i].value))
            fail_msg("%s read as %.17g", cases[i].typed, value);
    }
    double value;
    assert_true(show_read(TEXT("1.500"), UNIT_MONEY,
                          (struct number_style){.group = '.', .decimal = ','}, &value));
    assert_true(value == 1500);
}

static void what_is_no_such_figure_is_refused(void **state)
{
    (void)state;
    static const struct {
        enum unit unit;
        const char *typed;
    } cases[] = {{UNIT_SHARE, "3"},         {UNIT_SHARE, "1.01"},    {UNIT_SHARE, "-3"},
                 {UNIT_ROI, "10"},          {UNIT_ROI, "-25"},       {UNIT_ROI, "100"},
                 {UNIT_COUNT, "3%"},        {UNIT_MONEY, "3%"},      {UNIT_MONEY, "abc"},
                 {UNIT_MONEY, ""},          {UNIT_MONEY, "  "},      {UNIT_MONEY, "-"},
                 {UNIT_MONEY, "NA"},        {UNIT_MONEY, "500 pcs"}, {UNIT_COUNT, "1.62x"},
                 {UNIT_RATIO, "x"},         {UNIT_TIME, "30"},       {UNIT_TIME, "2026-02-30"},
                 {UNIT_TIME, "1969-07-20"}, {UNIT_TIME, "soon"},     {UNIT_FLAG, "maybe"},
                 {UNIT_FLAG, "2"},          {UNIT_TEXT, "1"},        {UNIT_WORD, "1"},
                 {UNIT_SET, "1"},           {UNIT_COUNT, "never"}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double value = 42;
        if (show_read(text_of(cases[i].typed), cases[i].unit, number_style_english, &value))
            fail_msg("'%s' read as %.17g", cases[i].typed, value);
        assert_true(value == 42);
    }
    double value;
    assert_false(show_read((struct text){0}, UNIT_COUNT, number_style_english, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_look_as_drawn),
        cmocka_unit_test(other_countries_write_otherwise),
        cmocka_unit_test(unknown_is_a_dash_and_never_says_so),
        cmocka_unit_test(no_figure_grows_out_of_its_cell),
        cmocka_unit_test(files_have_the_exact_figure),
        cmocka_unit_test(typed_figures_are_read),
        cmocka_unit_test(what_is_no_such_figure_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
