#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "base/vec.h"

static const struct text null_text = {0};

static void unknown_is_not_empty(void **state)
{
    (void)state;
    assert_false(text_known(null_text));
    assert_true(text_known(TEXT("")));
    assert_false(text_known(text_of(NULL)));
    assert_true(text_equal(null_text, text_of(NULL)));
    assert_false(text_equal(null_text, TEXT("")));
    assert_false(text_equal(TEXT(""), null_text));
    assert_false(text_equal_ascii_case(null_text, TEXT("")));
    assert_false(text_known(text_part(null_text, 0, 3)));
    assert_false(text_known(text_trim(null_text)));
    assert_false(text_starts(null_text, ""));
    assert_int_equal(text_order(null_text, TEXT("")), 0);
}

static void texts_compare(void **state)
{
    (void)state;
    assert_true(text_equal(TEXT("abc"), text_of("abc")));
    assert_false(text_equal(TEXT("abc"), TEXT("abC")));
    assert_true(text_equal_ascii_case(TEXT("aBc@[`{"), TEXT("AbC@[`{")));
    assert_false(text_equal_ascii_case(TEXT("@"), TEXT("`")));
    assert_false(text_equal_ascii_case(TEXT("\u00E4"), TEXT("\u00C4")));
    assert_false(text_equal_ascii_case(TEXT("abc"), TEXT("ab")));
    assert_true(text_is(TEXT("x"), "x"));
    assert_int_equal(text_order(TEXT("a"), TEXT("b")), -1);
    assert_int_equal(text_order(TEXT("\x80"), TEXT("b")), 1);
    assert_int_equal(text_order(TEXT("ab"), TEXT("a")), 1);
    assert_int_equal(text_order(TEXT("a"), TEXT("ab")), -1);
    assert_int_equal(text_order(TEXT("ab"), TEXT("ab")), 0);
    assert_true(text_starts(TEXT("https://x"), "https://"));
    assert_false(text_starts(TEXT("http"), "https"));
}

static void parts_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *part;
        int at; /* -1: not there */
    } cases[] = {
        {"aaab", "ab", 2}, {"abc", "", 0},        {"", "", 0},
        {"", "a", -1},     {"abc", "abcd", -1},   {"abc", "c", 2},
        {"abc", "x", -1},  {"ababac", "abac", 2}, {"abab", "ba", 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t at = 99;
        bool found = text_find(text_of(cases[i].text), text_of(cases[i].part), &at);
        assert_int_equal(found, cases[i].at >= 0);
        assert_int_equal(at, found ? cases[i].at : 99);
    }
    assert_false(text_find(null_text, TEXT(""), NULL));
    assert_true(text_find(TEXT("x"), TEXT("x"), NULL));
}

static void parts_are_clipped(void **state)
{
    (void)state;
    struct text text = TEXT("hello");
    assert_true(text_is(text_part(text, 1, 3), "ell"));
    assert_true(text_is(text_part(text, 3, 99), "lo"));
    assert_true(text_is(text_part(text, 3, SIZE_MAX), "lo"));
    assert_true(text_is(text_part(text, 9, 1), ""));
    assert_true(text_is(text_trim(TEXT(" \t\r\n a b \v\f")), "a b"));
    assert_true(text_is(text_trim(TEXT("  ")), ""));
}

static void pieces_come_off_the_front(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pieces; /* each piece in brackets */
    } cases[] = {
        {"a||b", "[a][][b]"}, {"a", "[a]"}, {"", ""},   {"a|", "[a]"},
        {"|a", "[][a]"},      {"|", "[]"},  {NULL, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct text rest = text_of(cases[i].text), piece, expected = text_of(cases[i].pieces);
        while (text_next(&rest, '|', &piece)) {
            assert_int_equal(expected.at[0], '[');
            assert_true(text_equal(text_part(expected, 1, piece.length), piece));
            assert_int_equal(expected.at[piece.length + 1], ']');
            expected = text_part(expected, piece.length + 2, expected.length);
        }
        assert_int_equal(expected.length, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_is_not_empty),      cmocka_unit_test(texts_compare),
        cmocka_unit_test(parts_are_found),           cmocka_unit_test(parts_are_clipped),
        cmocka_unit_test(pieces_come_off_the_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
