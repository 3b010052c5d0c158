#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "base/vec.h"
#include "domain/typed.h"

/* What a person types for one figure. */

static const struct number_style european = {.group = '.', .decimal = ','};

struct good {
    const char *text;
    enum unit unit;
    double present, value;
};

static void all_read(const struct good *cases, size_t count, struct number_style style)
{
    for (size_t i = 0; i < count; i++) {
        struct typed typed;
        struct err err = {.message = ""};
        bool read = typed_read(text_of(cases[i].text), cases[i].unit, style, cases[i].present,
                               &typed, &err);
        if (!read || fabs(typed.value - cases[i].value) > 1e-9 * fabs(cases[i].value))
            fail_msg("'%s': %s %.15g, not %.15g", cases[i].text, err.message, typed.value,
                     cases[i].value);
    }
}

static void test_values(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"2.5k", UNIT_MONEY, NAN, 2500},
        {"5000", UNIT_MONEY, NAN, 5000},
        {"5,000", UNIT_MONEY, NAN, 5000},
        {" 5 000 ", UNIT_MONEY, NAN, 5000},
        {"1.500", UNIT_MONEY, NAN, 1500},
        {"1.5", UNIT_MONEY, NAN, 1.5},
        {"1.50", UNIT_MONEY, NAN, 1.5},
        {"0.125", UNIT_MONEY, NAN, 0.125},
        {"1.500k", UNIT_MONEY, NAN, 1500},
        {"1,500.25", UNIT_MONEY, NAN, 1500.25},
        {"3%", UNIT_SHARE, NAN, 0.03},
        {"0.03", UNIT_SHARE, NAN, 0.03},
        {"0.", UNIT_SHARE, NAN, 0},
        {"12.", UNIT_MONEY, NAN, 12},
        {"=12.*2", UNIT_MONEY, NAN, 24},
        {"1", UNIT_SHARE, NAN, 1},
        {"0.5", UNIT_RATIO, NAN, 0.5},
        {"89.50", UNIT_UNIT_COST, NAN, 89.5},
        {"89.125", UNIT_UNIT_COST, NAN, 89.125},
        {"3", UNIT_COUNT, NAN, 3},
        {"1.500", UNIT_COUNT, NAN, 1500},
        {"on", UNIT_FLAG, NAN, 1},
        {"no", UNIT_FLAG, NAN, 0},
        {"-6%", UNIT_ROI, 0.5, -0.06},
        {"50%", UNIT_ROI, NAN, 0.5},
        {"-500", UNIT_PROFIT, 20, -500},
        {"1.62x", UNIT_RATIO, NAN, 1.62},
    };
    all_read(cases, COUNT_OF(cases), number_style_english);
}

static void test_both_styles(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"1.500", UNIT_MONEY, NAN, 1500},     {"1.500,25", UNIT_MONEY, NAN, 1500.25},
        {"89,50", UNIT_UNIT_COST, NAN, 89.5}, {"2,5k", UNIT_MONEY, NAN, 2500},
        {"=2,5*4", UNIT_MONEY, NAN, 10},      {"=1.500+0,5", UNIT_MONEY, NAN, 1500.5},
        {"*1,1", UNIT_MONEY, 10000, 11000},   {"2,5%", UNIT_SHARE, NAN, 0.025},
    };
    all_read(cases, COUNT_OF(cases), european);
}

static void test_sums(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"=12*450", UNIT_MONEY, NAN, 5400},     {"= 12 * 450", UNIT_MONEY, NAN, 5400},
        {"=(400+50)*3", UNIT_MONEY, NAN, 1350}, {"=2+3*4", UNIT_MONEY, NAN, 14},
        {"=100-10-20", UNIT_MONEY, NAN, 70},    {"=100/4/5", UNIT_MONEY, NAN, 5},
        {"=-(3-10)", UNIT_MONEY, NAN, 7},       {"=2*-3+10", UNIT_MONEY, NAN, 4},
        {"=2.5k+1,200", UNIT_MONEY, NAN, 3700}, {"=1.2M/12", UNIT_MONEY, NAN, 100000},
        {"=400+10%", UNIT_MONEY, NAN, 440},     {"=400*110%", UNIT_MONEY, NAN, 440},
        {"=400-10%-10%", UNIT_MONEY, NAN, 324}, {"=2%+1%", UNIT_SHARE, NAN, 0.03},
        {"=1/40", UNIT_SHARE, NAN, 0.025},      {"=3%*0.5", UNIT_SHARE, NAN, 0.015},
        {"=0.1+0.2", UNIT_RATIO, NAN, 0.3},     {"=7/2", UNIT_COUNT, NAN, 4},
        {"=2*3", UNIT_COUNT, NAN, 6},           {"=1.500*2", UNIT_MONEY, NAN, 3000},
    };
    all_read(cases, COUNT_OF(cases), number_style_english);
}

static void test_relative(void **state)
{
    (void)state;
    static const struct good cases[] = {
        {"+10%", UNIT_MONEY, 10000, 11000},  {"-10%", UNIT_MONEY, 10000, 9000},
        {"-50", UNIT_MONEY, 480, 430},       {"+2.5k", UNIT_MONEY, 10000, 12500},
        {"*1.1", UNIT_MONEY, 10000, 11000},  {"/2", UNIT_MONEY, 10000, 5000},
        {"+10%", UNIT_SHARE, 0.025, 0.0275}, {"*1.1+5", UNIT_MONEY, 100, 115},
        {"+10*2", UNIT_MONEY, 100, 120},     {"+1", UNIT_COUNT, 3, 4},
        {"*1.1", UNIT_COUNT, 3, 3},          {"/(1+1)", UNIT_MONEY, 9, 4.5},
        {"+(2+3)", UNIT_MONEY, 10, 15},      {" * 2", UNIT_MONEY, 10, 20},
    };
    all_read(cases, COUNT_OF(cases), number_style_english);
}

/* Figures come out without the dust of binary fractions, bit for bit what one would write down. */
static void test_results_are_tidy(void **state)
{
    (void)state;
    struct typed typed;
    assert_true(typed_read(TEXT("*1.1"), UNIT_MONEY, number_style_english, 10000, &typed, NULL));
    assert_true(typed.value == 11000);
    assert_true(typed_read(TEXT("=0.1+0.2"), UNIT_RATIO, number_style_english, NAN, &typed, NULL));
    assert_true(typed.value == 0.3);
    assert_true(typed_read(TEXT("+10%"), UNIT_SHARE, number_style_english, 0.03, &typed, NULL));
    assert_true(typed.value == 0.033);
    assert_true(typed.relative);
    assert_false(typed.sum);
}

static void test_faults_say_where(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum unit unit;
        double present;
        size_t fault;
        const char *says;
    } cases[] = {
        {"many", UNIT_MONEY, NAN, 0, "an amount like 5000"},
        {"12x4", UNIT_MONEY, NAN, 2, "an amount like 5000"},
        {"12*450", UNIT_MONEY, NAN, 2, "begins with ="},
        {"", UNIT_MONEY, NAN, 0, "nothing is typed"},
        {"3", UNIT_SHARE, NAN, 1, "per cent"},
        {"=3", UNIT_SHARE, NAN, 2, "per cent"},
        {"=12*", UNIT_MONEY, NAN, 4, "a number is missing"},
        {"=12**4", UNIT_MONEY, NAN, 4, "a number is missing"},
        {"=(12+4", UNIT_MONEY, NAN, 1, "')' is missing"},
        {"=12+4)", UNIT_MONEY, NAN, 5, "closes nothing"},
        {"=12 4", UNIT_MONEY, NAN, 4, "is missing here"},
        {"=12+4y", UNIT_MONEY, NAN, 5, "no number"},
        {"=10/0", UNIT_MONEY, NAN, 4, "divide by 0"},
        {"=10/(2-2)", UNIT_MONEY, NAN, 4, "divide by 0"},
        {"/0", UNIT_MONEY, 5, 1, "divide by 0"},
        {"+10%", UNIT_MONEY, NAN, 0, "relative"},
        {"+", UNIT_MONEY, 5, 1, "a number is missing"},
        {"=9e300*9e300", UNIT_MONEY, NAN, 0, "too large"},
        {"=\xc3\xa4", UNIT_MONEY, NAN, 1, "a number is missing"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct typed typed;
        struct err err = {.message = ""};
        assert_false(typed_read(text_of(cases[i].text), cases[i].unit, number_style_english,
                                cases[i].present, &typed, &err));
        if (!strstr(err.message, cases[i].says) || typed.fault != cases[i].fault)
            fail_msg("'%s': '%s' at %zu", cases[i].text, err.message, typed.fault);
        assert_true(isnan(typed.value));
    }
}

static void test_deep_and_long_texts_are_refused(void **state)
{
    (void)state;
    struct typed typed;
    struct err err;
    struct buf text = BUF_INIT;
    buf_add_char(&text, '=');
    buf_add_repeat(&text, '(', 100);
    assert_false(typed_read(buf_text(&text), UNIT_MONEY, number_style_english, 1, &typed, &err));
    assert_non_null(strstr(err.message, "too deep"));
    buf_add_repeat(&text, '(', 100000);
    assert_false(typed_read(buf_text(&text), UNIT_MONEY, number_style_english, 1, &typed, &err));
    assert_non_null(strstr(err.message, "too long"));
    buf_release(&text);
}

/* What is shown reads back as the same figure. */
static void test_what_is_shown_reads_back(void **state)
{
    (void)state;
    static const enum unit units[] = {UNIT_COUNT, UNIT_SHARE,     UNIT_RATIO,
                                      UNIT_MONEY, UNIT_UNIT_COST, UNIT_FLAG};
    const struct number_style styles[] = {number_style_english, european};
    struct random random;
    random_init(&random, 20261123);
    for (int i = 0; i < 20000; i++) {
        enum unit unit = units[random_below(&random, COUNT_OF(units))];
        struct number_style style = styles[i & 1];
        double value = floor(random_unit(&random) * 1e7) / (i % 3 ? 1000 : 1);
        if (unit == UNIT_COUNT)
            value = floor(value);
        if (unit == UNIT_SHARE)
            value = value / 1e7;
        if (unit == UNIT_FLAG)
            value = i & 2 ? 1 : 0;
        struct buf text = BUF_INIT;
        struct typed typed;
        typed_show(&text, unit, value, style);
        if (!typed_read(buf_text(&text), unit, style, NAN, &typed, NULL) ||
            fabs(typed.value - value) > 1e-11 * fabs(value))
            fail_msg("%.17g of unit %d shows '%s', reads %.17g", value, unit, buf_string(&text),
                     typed.value);
        buf_release(&text);
    }
}

static void test_steps(void **state)
{
    (void)state;
    assert_true(typed_step(UNIT_MONEY, 10000) == 200); /* 250 is the limit */
    assert_true(typed_step(UNIT_MONEY, 8000) == 200);
    assert_true(typed_step(UNIT_MONEY, 20) == 1);
    assert_true(typed_step(UNIT_MONEY, 0) == 1);
    assert_true(typed_step(UNIT_COUNT, 3) == 1);
    assert_true(typed_step(UNIT_UNIT_COST, 80) == 2);
    assert_true(fabs(typed_step(UNIT_SHARE, 0.025) - 0.0005) < 1e-15);
    assert_true(typed_step(UNIT_SHARE, 0) == 0.01);
    assert_true(typed_stepped(UNIT_SHARE, 0.025, 1) == 0.0255);
    assert_true(typed_stepped(UNIT_MONEY, 10000, -10) == 8000);
    assert_true(typed_stepped(UNIT_COUNT, 3, 10) == 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_both_styles),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_relative),
        cmocka_unit_test(test_results_are_tidy),
        cmocka_unit_test(test_faults_say_where),
        cmocka_unit_test(test_deep_and_long_texts_are_refused),
        cmocka_unit_test(test_what_is_shown_reads_back),
        cmocka_unit_test(test_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
