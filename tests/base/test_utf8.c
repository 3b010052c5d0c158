#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "seed_internal.h"

static void every_code_point_comes_back(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        buf_clear(&buf);
        buf_add_utf8(&buf, c);
        uint32_t again = 0;
        assert_int_equal(utf8_decode(buf_text(&buf), &again), buf.length);
        assert_int_equal(again, c);
    }
    buf_release(&buf);
    assert_int_equal(utf8_decode(TEXT(""), &(uint32_t){0}), 0);
    assert_int_equal(utf8_decode((struct text){0}, &(uint32_t){0}), 0);
}

/* Bytes that are likely to be nearly right: leads, trails, edges of what is allowed. */
static char nasty_byte(struct random *random)
{
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
                                          0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE, 0xEF,
                                          0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xF8, 0xFE, 0xFF};
    return (char)(random_below(random, 8) ? edges[random_below(random, sizeof edges)]
                                          : random_below(random, 256));
}

static void broken_bytes_are_told_as_utf8proc_tells_them(void **state)
{
    (void)state;
    struct random random = seeded("utf8");
    for (int i = 0; i < 200000; i++) {
        char bytes[24];
        size_t length = random_below(&random, sizeof bytes + 1);
        for (size_t k = 0; k < length; k++)
            bytes[k] = nasty_byte(&random);
        struct text text = {bytes, length}, rest = text;
        bool valid = true;
        while (rest.length) {
            uint32_t c;
            utf8proc_int32_t expected;
            size_t took = utf8_decode(rest, &c);
            utf8proc_ssize_t theirs = utf8proc_iterate((const utf8proc_uint8_t *)rest.at,
                                                       (utf8proc_ssize_t)rest.length, &expected);
            assert_int_equal(took, theirs > 0 ? theirs : 1);
            assert_int_equal(c, theirs > 0 ? (uint32_t)expected : 0xFFFD);
            valid = valid && theirs > 0;
            rest = text_part(rest, took, rest.length);
        }
        assert_int_equal(utf8_valid(text), valid);
        struct buf repaired = BUF_INIT;
        utf8_repair(&repaired, text);
        assert_true(utf8_valid(buf_text(&repaired)));
        if (valid)
            assert_true(text_equal(buf_text(&repaired), (struct text){bytes, length}));
        buf_release(&repaired);
    }
}

static void runs_of_broken_bytes_become_one_sign(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *repaired;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"caf\xE9", "caf\uFFFD"},
        {"\xFF\xFE\x80z", "\uFFFDz"},
        {"a\xC3(b\xED\xA0\x80"
         "c",
         "a\uFFFD(b\uFFFDc"},
        {"\xF0\x9F\x98", "\uFFFD"},
        {"\xC0\xAF", "\uFFFD"},
        {"\xEF\xBF\xBD\xFF", "\uFFFD\uFFFD"},
        {"12345678\x80"
         "12345678",
         "12345678\uFFFD12345678"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = BUF_INIT;
        utf8_repair(&out, text_of(cases[i].bytes));
        assert_string_equal(buf_string(&out), cases[i].repaired);
        buf_release(&out);
    }
}

static void the_cursor_steps_over_graphemes(void **state)
{
    (void)state;
    static const char *const graphemes[] = {
        "a",
        "e\u0301",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", /* a family */
        "\U0001F1E9\U0001F1EA",                                       /* two flags */
        "\U0001F1EB\U0001F1F7",
        "\U0001F44D\U0001F3FD", /* a skin tone */
        "\u2764\uFE0F",
        "\uD55C",
        "\u1112\u1161\u11AB", /* the same syllable in parts */
        "\u0E01\u0E49",
        "1\uFE0F\u20E3",
        "\r\n",
        "z",
    };
    struct buf buf = BUF_INIT;
    for (size_t i = 0; i < COUNT_OF(graphemes); i++)
        buf_add_string(&buf, graphemes[i]);
    struct text text = buf_text(&buf);
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(graphemes); i++) {
        size_t next = utf8_next(text, at);
        assert_int_equal(next - at, strlen(graphemes[i]));
        assert_int_equal(utf8_previous(text, next), at);
        assert_int_equal(utf8_previous(text, at + 1), at);
        at = next;
    }
    assert_int_equal(at, text.length);
    assert_int_equal(utf8_next(text, at), at);
    assert_int_equal(utf8_next(text, at + 9), at);
    assert_int_equal(utf8_previous(text, 0), 0);
    assert_int_equal(utf8_next((struct text){0}, 0), 0);
    buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(broken_bytes_are_told_as_utf8proc_tells_them),
        cmocka_unit_test(runs_of_broken_bytes_become_one_sign),
        cmocka_unit_test(the_cursor_steps_over_graphemes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
