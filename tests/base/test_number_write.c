#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "base/vec.h"
#include "seed_internal.h"

static const struct number_style german = {'.', ','};

static const char *exact(double value)
{
    static struct buf out;
    buf_clear(&out);
    number_exact(&out, value);
    return buf_string(&out);
}

static const char *fixed(double value, unsigned decimals, struct number_style style)
{
    static struct buf out;
    buf_clear(&out);
    number_fixed(&out, value, decimals, style);
    return buf_string(&out);
}

static const char *brief(double value)
{
    static struct buf out;
    buf_clear(&out);
    number_short(&out, value, number_style_english);
    return buf_string(&out);
}

static void unknown_writes_nothing(void **state)
{
    (void)state;
    static const double values[] = {NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        assert_false(number_known(values[i]));
        assert_string_equal(exact(values[i]), "");
        assert_string_equal(fixed(values[i], 2, number_style_english), "");
        assert_string_equal(brief(values[i]), "");
    }
    assert_true(isnan(number_unknown()));
    assert_true(number_known(0));
}

static void exact_forms_are_the_shortest(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1.5, "-1.5"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.30000000000000004"},
        {0.0431, "0.0431"},
        {-0.05, "-0.05"},
        {10.01, "10.01"},
        {100, "100"},
        {999999999999999, "999999999999999"},
        {99999999999999.9, "99999999999999.9"},
        {12345678901234.567, "12345678901234.566"},
        {1.0 / 3, "0.3333333333333333"},
        {9.99e-8, "9.99e-8"},
        {1000000, "1000000"},
        {1234567.5, "1234567.5"},
        {1e15, "1000000000000000"},
        {1e20, "100000000000000000000"},
        {1e21, "1e21"},
        {1.5e-10, "1.5e-10"},
        {1e-7, "0.0000001"},
        {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e308"},
        {2.2250738585072014e-308, "2.2250738585072014e-308"},
        {9007199254740993.0, "9007199254740992"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(exact(cases[i].value), cases[i].text);
}

static void exact_forms_read_back(void **state)
{
    (void)state;
    struct random random = seeded("number_write");
    for (int i = 0; i < 50000; i++) {
        uint64_t bits = random_next(&random);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (i % 2)
            value = (double)(int64_t)random_below(&random, 1000000000) / 1000 - 1000;
        if (i % 4 == 3)
            value = (double)(int64_t)random_below(&random, (uint64_t)1 << (i % 57)) /
                    pow(10, (double)random_below(&random, 23));
        if (!number_known(value))
            continue;
        const char *text = exact(value);
        assert_true(strtod(text, NULL) == value);
        struct number_seen seen;
        assert_true(number_parse(text_of(text), number_style_plain, &seen));
        assert_true(seen.value == value);
        char shorter[64];
        int digits = 0;
        const char *end = text + strcspn(text, "e");
        while (*text == '-' || *text == '0' || *text == '.')
            text++;
        for (const char *c = text; c < end; c++)
            digits += *c != '.';
        while (end > text && (end[-1] == '0' || end[-1] == '.'))
            digits -= *--end == '0';
        if (digits > 1) {
            snprintf(shorter, sizeof shorter, "%.*e", digits - 2, value);
            assert_true(strtod(shorter, NULL) != value);
        }
    }
}

static void fixed_forms_round_as_people_do(void **state)
{
    (void)state;
    assert_string_equal(fixed(1234.5, 2, number_style_english), "1,234.50");
    assert_string_equal(fixed(1234.5, 2, german), "1.234,50");
    assert_string_equal(fixed(1234.5, 1, number_style_plain), "1234.5");
    assert_string_equal(fixed(1234567, 0, number_style_english), "1,234,567");
    assert_string_equal(fixed(123456, 0, number_style_english), "123,456");
    assert_string_equal(fixed(999.999, 2, number_style_english), "1,000.00");
    assert_string_equal(fixed(0.5, 0, number_style_english), "1");
    assert_string_equal(fixed(2.5, 0, number_style_english), "3");
    assert_string_equal(fixed(-2.5, 0, number_style_english), "-3");
    assert_string_equal(fixed(0.125, 2, number_style_english), "0.13");
    assert_string_equal(fixed(1.005, 2, number_style_english), "1.01");
    assert_string_equal(fixed(0.05, 1, number_style_english), "0.1");
    assert_string_equal(fixed(0.04, 1, number_style_english), "0.0");
    assert_string_equal(fixed(-0.004, 2, number_style_english), "0.00");
    assert_string_equal(fixed(0, 2, number_style_english), "0.00");
    assert_string_equal(fixed(0.0000123, 7, number_style_english), "0.0000123");
    assert_string_equal(fixed(1e22, 0, number_style_plain), "10000000000000000000000");
}

/* Against integer arithmetic: the value is n / 10^places. */
static void fixed_forms_agree_with_whole_numbers(void **state)
{
    (void)state;
    static const unsigned long long tens[] = {1, 10, 100, 1000, 10000};
    struct random random = seeded("number_fixed");
    for (int i = 0; i < 50000; i++) {
        unsigned long long n = random_below(&random, 100000000000ull) >> random_below(&random, 36);
        unsigned places = (unsigned)random_below(&random, 5);
        unsigned decimals = (unsigned)random_below(&random, places + 1);
        unsigned long long step = tens[places - decimals], rounded = (n + step / 2) / step;
        if (step == 1)
            rounded = n;
        char expected[64];
        if (decimals)
            snprintf(expected, sizeof expected, "%llu.%0*llu", rounded / tens[decimals],
                     (int)decimals, rounded % tens[decimals]);
        else
            snprintf(expected, sizeof expected, "%llu", rounded);
        double value = (double)n / (double)tens[places];
        assert_string_equal(fixed(value, decimals, number_style_plain), expected);
    }
}

static void counts_are_brief(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {7, "7"},
        {999, "999"},
        {12.34, "12.3"},
        {3.04, "3.0"},
        {99.94, "99.9"},
        {99.96, "100"},
        {348.5, "349"},
        {999.4, "999"},
        {999.5, "1.00k"},
        {1000, "1.00k"},
        {1234, "1.23k"},
        {1235, "1.24k"},
        {9994, "9.99k"},
        {9995, "10.0k"},
        {48219, "48.2k"},
        {318000, "318k"},
        {999499, "999k"},
        {999500, "1.00M"},
        {1240000, "1.24M"},
        {1200000000, "1.20B"},
        {999500000, "1.00B"},
        {123456789012, "123B"},
        {1234567890123, "1,230B"},
        {-1234, "-1.23k"},
        {-0.01, "0.0"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(brief(cases[i].value), cases[i].text);
}

/* The first unit and precision under which the rounded figure has three digits. */
static void expect_brief(unsigned long long n, char expected[32])
{
    static const unsigned long long tens[] = {1, 10, 100};
    unsigned long long unit = 1000;
    for (const char *letter = "kMB"; *letter; letter++, unit *= 1000)
        for (int decimals = 2; decimals >= 0; decimals--) {
            unsigned long long rounded = (n * tens[decimals] + unit / 2) / unit;
            if (rounded >= 1000)
                continue;
            int length = snprintf(expected, 32, "%llu", rounded / tens[decimals]);
            if (decimals)
                length +=
                    snprintf(expected + length, 16, ".%0*llu", decimals, rounded % tens[decimals]);
            snprintf(expected + length, 2, "%c", *letter);
            return;
        }
}

static void brief_counts_agree_with_whole_numbers(void **state)
{
    (void)state;
    struct random random = seeded("number_short");
    for (int i = 0; i < 50000; i++) {
        unsigned long long n =
            1000 + random_below(&random, 900000000000ull) / (1ull << random_below(&random, 40));
        char expected[32];
        expect_brief(n, expected);
        assert_string_equal(brief((double)n), expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_writes_nothing),
        cmocka_unit_test(exact_forms_are_the_shortest),
        cmocka_unit_test(exact_forms_read_back),
        cmocka_unit_test(fixed_forms_round_as_people_do),
        cmocka_unit_test(fixed_forms_agree_with_whole_numbers),
        cmocka_unit_test(counts_are_brief),
        cmocka_unit_test(brief_counts_agree_with_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
