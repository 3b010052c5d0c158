#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/vec.h"
#include "domain/currency.h"

static const char *sign(const char *written)
{
    return currencies[currency_from_sign(text_of(written))].code;
}

static void the_table_is_sorted_and_whole(void **state)
{
    (void)state;
    assert_string_equal(currencies[CURRENCY_NONE].code, "");
    assert_true(currency_count > 160);
    for (unsigned i = 1; i < currency_count; i++) {
        assert_int_equal(strspn(currencies[i].code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 3);
        assert_true(strcmp(currencies[i - 1].code, currencies[i].code) < 0);
        assert_int_equal(currency_from_code(text_of(currencies[i].code)), i);
    }
}

static void minor_units_are_those_of_the_standard(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        double scale;
    } cases[] = {{"EUR", 100},  {"USD", 100},  {"GBP", 100},  {"CHF", 100},   {"HUF", 100},
                 {"JPY", 1},    {"KRW", 1},    {"CLP", 1},    {"VND", 1},     {"ISK", 1},
                 {"KWD", 1000}, {"BHD", 1000}, {"TND", 1000}, {"CLF", 10000}, {"INR", 100}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        unsigned currency = currency_from_code(text_of(cases[i].code));
        assert_int_not_equal(currency, CURRENCY_NONE);
        assert_true(currency_scale(currency) == cases[i].scale);
    }
    assert_true(currency_scale(CURRENCY_NONE) == 100);
    /* by count: 17 moneys without minor units, 7 with thousandths, 2 with ten-thousandths */
    int counts[5] = {0};
    for (unsigned i = 1; i < currency_count; i++)
        counts[currencies[i].digits]++;
    assert_int_equal(counts[0], 17);
    assert_int_equal(counts[1], 0);
    assert_int_equal(counts[3], 7);
    assert_int_equal(counts[4], 2);
}

static void codes_ignore_case_and_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(currency_from_code(TEXT("eur")), currency_from_code(TEXT("EUR")));
    assert_int_not_equal(currency_from_code(TEXT("Usd")), CURRENCY_NONE);
    static const char *const others[] = {"",    "EU",  "EURO", "XTS", "XAU",
                                         "E R", "   ", "ZZZ",  "AAA"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_int_equal(currency_from_code(text_of(others[i])), CURRENCY_NONE);
    assert_int_equal(currency_from_code((struct text){0}), CURRENCY_NONE);
}

static void signs_stand_for_the_usual_money(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"€", "EUR"},   {"$", "USD"},   {"£", "GBP"},   {"₽", "RUB"}, {"¥", "JPY"},  {"₹", "INR"},
        {" € ", "EUR"}, {"R$", "BRL"},  {"A$", "AUD"},  {"zł", "PLN"},  {"Kč", "CZK"}, {"₩", "KRW"},
        {"₦", "NGN"},   {"US$", "USD"}, {"rs.", "INR"}, {"kr", ""},     {"", ""},      {"?", ""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(sign(cases[i][0]), cases[i][1]);
    assert_int_equal(currency_from_sign((struct text){0}), CURRENCY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_whole),
        cmocka_unit_test(minor_units_are_those_of_the_standard),
        cmocka_unit_test(codes_ignore_case_and_nothing_else),
        cmocka_unit_test(signs_stand_for_the_usual_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
