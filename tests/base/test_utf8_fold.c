#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "base/vec.h"

static void known_words_fold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *folded;
    } cases[] = {
        {"", ""},
        {"Plain_ASCII 09 [\\]^`{|}~@", "plain_ascii 09 [\\]^`{|}~@"},
        {"JOSE", "jose"},
        {"Jos\u00E9", "jose"},
        {"Jose\u0301", "jose"},
        {"\u00C5NGSTR\u00D6M", "angstrom"},
        {"Stra\u00DFe", "strasse"},
        {"\u0141\u00D3D\u0179", "lodz"},
        {"S\u00F8ren \u00C6r\u00F8", "soren aero"},
        {"\u0130stanbul \u0131", "istanbul i"},
        {"Nguy\u1EC5n", "nguyen"},
        {"\u0391\u03B8\u03AE\u03BD\u03B1", "\u03B1\u03B8\u03B7\u03BD\u03B1"},
        {"\u03A3\u03C3\u03C2", "\u03C3\u03C3\u03C3"},
        {"\u0410\u041D\u041D\u0410", "\u0430\u043D\u043D\u0430"},
        {"\U0001D4D9\U0001D4F8\U0001D4FC\u00E9", "jose"},
        {"\uFF21\uFF22", "ab"},
        {"\uFB01t", "fit"},
        {"\u24B6", "a"},
        {"a\u200Bb\u00ADc\uFE0F", "abc"},
        {"\uAC00", "\uAC00"},
        {"\u1100\u1161", "\uAC00"},
        {"\u304C", "\u304C"},
        {"\u304B\u3099", "\u304C"},
        {"\uFF76\uFF9E", "\u30AC"},
        {"\u0939\u093F\u0928\u094D\u0926\u0940", "\u0939\u093F\u0928\u094D\u0926\u0940"},
        {"\u0623\u062D\u0645\u064E\u062F", "\u0627\u062D\u0645\u062F"},
        {"\U0001F600", "\U0001F600"},
        {"caf\xE9!", "caf\uFFFD!"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = BUF_INIT;
        utf8_fold(&out, text_of(cases[i].text));
        assert_string_equal(buf_string(&out), cases[i].folded);
        buf_release(&out);
    }
}

/* What was typed and what is stored are folded apart: folding the folded must change nothing. */
static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    struct buf raw = BUF_INIT, once = BUF_INIT, twice = BUF_INIT;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        buf_clear(&raw);
        buf_clear(&once);
        buf_clear(&twice);
        buf_add_char(&raw, 'x');
        buf_add_utf8(&raw, c);
        utf8_fold(&once, buf_text(&raw));
        utf8_fold(&twice, buf_text(&once));
        if (!text_equal(buf_text(&once), buf_text(&twice)))
            fail_msg("U+%04X folds to '%s', then to '%s'", c, once.at, twice.at);
        if (c == 0x323AF) /* above are planes without letters */
            c = 0xDFFFF;
    }
    buf_release(&raw);
    buf_release(&once);
    buf_release(&twice);
}

static void long_texts_fold(void **state)
{
    (void)state;
    struct buf raw = BUF_INIT, folded = BUF_INIT;
    for (int i = 0; i < 10000; i++)
        buf_add_string(&raw, "\uFDFA\u00C9");
    utf8_fold(&folded, buf_text(&raw));
    assert_int_equal(folded.length % 10000, 0);
    assert_int_equal(folded.at[folded.length - 1], 'e');
    buf_clear(&raw);
    buf_clear(&folded);
    buf_add_char(&raw, 'a');
    for (int i = 0; i < 10000; i++)
        buf_add_utf8(&raw, 0x301);
    utf8_fold(&folded, buf_text(&raw));
    assert_string_equal(buf_string(&folded), "a");
    buf_clear(&folded);
    utf8_fold(&folded, (struct text){"A\0B", 3});
    assert_memory_equal(folded.at, "a\0b", 4);
    buf_release(&raw);
    buf_release(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_words_fold),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(long_texts_fold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
