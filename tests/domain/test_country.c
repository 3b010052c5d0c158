#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/random.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"

static const char *code_of(const char *written)
{
    const struct country_row *row = country_find(text_of(written));
    return row ? row->code : "";
}

static void assert_code(const char *written, const char *code)
{
    if (strcmp(code_of(written), code) != 0)
        fail_msg("'%s' is '%s', not '%s'", written, code_of(written), code);
}

static void the_table_is_sorted_and_whole(void **state)
{
    (void)state;
    assert_int_equal(country_count, 249 + 1); /* the standard's, and Kosovo */
    for (unsigned i = 0; i < country_count; i++) {
        const struct country_row *row = &countries[i];
        assert_int_equal(strspn(row->code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), 2);
        assert_true(i == 0 || strcmp(countries[i - 1].code, row->code) < 0);
        assert_true(strlen(row->name) > 3);
        assert_true(utf8_valid(text_of(row->name)));
        assert_code(row->code, row->code);
        assert_code(row->name, row->code);
    }
}

static void other_spellings_are_folded_and_lead_home(void **state)
{
    (void)state;
    struct buf folded = BUF_INIT;
    for (unsigned i = 0; i < country_count; i++) {
        struct text rest = text_of(countries[i].also), other;
        while (text_next(&rest, '|', &other)) {
            buf_clear(&folded);
            utf8_fold(&folded, other);
            if (other.length == 0 || !text_equal(buf_text(&folded), other))
                fail_msg("%s: '%.*s' folds to '%s'", countries[i].code, (int)other.length, other.at,
                         buf_string(&folded));
            const struct country_row *row = country_find(other);
            if (row != &countries[i])
                fail_msg("%s: '%.*s' leads to %s", countries[i].code, (int)other.length, other.at,
                         row ? row->code : "none");
        }
    }
    buf_release(&folded);
}

static void countries_are_found_as_people_write_them(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"de", "DE"},
        {"Germany", "DE"},
        {"GERMANY", "DE"},
        {"Deutschland", "DE"},
        {"Alemania", "DE"},
        {"Allemagne", "DE"},
        {"DEU", "DE"},
        {"Espa\u00F1a", "ES"},
        {"Espana", "ES"},
        {"Spanien", "ES"},
        {"\u00D6sterreich", "AT"},
        {"Oesterreich", "AT"},
        {"Schweiz", "CH"},
        {"Suisse", "CH"},
        {"Brasil", "BR"},
        {"\u65E5\u672C", "JP"},
        {"UK", "GB"},
        {"U.K.", "GB"},
        {"Great Britain", "GB"},
        {"England", "GB"},
        {"USA", "US"},
        {"U.S.A.", "US"},
        {"United States of America", "US"},
        {"Estados Unidos", "US"},
        {"Holland", "NL"},
        {"The Netherlands", "NL"},
        {"Korea", "KR"},
        {"Korea, Republic of", "KR"},
        {"South  Korea", "KR"},
        {"\uD55C\uAD6D", "KR"},
        {"T\u00FCrkiye", "TR"},
        {"Turkey", "TR"},
        {"UAE", "AE"},
        {"Ivory Coast", "CI"},
        {"C\u00F4te d\u2019Ivoire", "CI"},
        {"Trinidad & Tobago", "TT"},
        {"Guinea Bissau", "GW"},
        {"Russia", "RU"},
        {"\u0420\u043E\u0441\u0441\u0438\u044F", "RU"},
        {"Viet Nam", "VN"},
        {"Nigeria", "NG"},
        {"Niger", "NE"},
        {"India", "IN"},
        {"  France  ", "FR"},
        {"M\u00E9xico", "MX"},
        {"\u4E2D\u56FD", "CN"},
        {"Polska", "PL"},
        {"Suomi", "FI"},
        {"Berlin, Germany", "DE"},
        {"Paris, FR", "FR"},
        {"Berlin, Mitte, Deutschland", "DE"},
        {"London, UK", "GB"},
        {"Georgia", "GE"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_code(cases[i][0], cases[i][1]);
}

static void what_is_no_country_is_unknown(void **state)
{
    (void)state;
    static const char *const others[] = {"",
                                         " ",
                                         "Unknown",
                                         "Other",
                                         "-",
                                         "...",
                                         "ZZ",
                                         "Z",
                                         "Ger",
                                         "Los Angeles, CA",
                                         "Atlanta, GA",
                                         "Atlanta, Georgia",
                                         "Motril, Granada",
                                         "Salvador",
                                         "Dover, de",
                                         ",",
                                         "Paris,",
                                         "Europe",
                                         "deutschlandx",
                                         "\xFF\xFE",
                                         "and|andorre",
                                         "|"};
    for (size_t i = 0; i < COUNT_OF(others); i++)
        assert_code(others[i], "");
    assert_null(country_find((struct text){0}));
}

/* Bytes of any kind, in memory of exactly their length. */
static void wild_bytes_do_no_harm(void **state)
{
    (void)state;
    uint64_t seed = 5;
    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 2000; round++) {
        size_t length = random_below(&random, 24);
        char *bytes = mem_alloc(length ? length : 1);
        for (size_t i = 0; i < length; i++)
            bytes[i] = random_below(&random, 3) ? "aeinr, -&'."[random_below(&random, 11)]
                                                : (char)random_below(&random, 256);
        const struct country_row *row = country_find((struct text){bytes, length});
        assert_true(!row || (row >= countries && row < countries + country_count));
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sorted_and_whole),
        cmocka_unit_test(other_spellings_are_folded_and_lead_home),
        cmocka_unit_test(countries_are_found_as_people_write_them),
        cmocka_unit_test(what_is_no_country_is_unknown),
        cmocka_unit_test(wild_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
