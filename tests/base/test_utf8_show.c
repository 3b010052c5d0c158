#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "seed_internal.h"

static int utf8proc_cells(uint32_t c)
{
    bool shown = utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_CO;
    return shown ? utf8proc_charwidth((utf8proc_int32_t)c) : -1;
}

static int c_library_cells(uint32_t c)
{
    return wcwidth((wchar_t)c);
}

static const struct width_table widths = {utf8proc_cells};

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define BARE_FAMILY "\U0001F468\U0001F469\U0001F467"
#define GERMANY "\U0001F1E9\U0001F1EA"
#define ENGLAND "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"

static void hostile_text_is_disarmed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *safe;
        bool told;
    } cases[] = {
        {"", "", false},
        {"lena skin", "lena skin", false},
        {"Jos\u00E9 \uD55C\uAD6D", "Jos\u00E9 \uD55C\uAD6D", false},
        {"two\nlines\tof\r\ntext", "two lines of text", false},
        {"\x1B[31mred", "\uFFFD[31mred", true},
        {"\x1B]0;title\x07", "\uFFFD]0;title\uFFFD", true},
        {"a\x7F\rb", "a\uFFFD\uFFFDb", true},
        {"\xC2\x90q\xC2\x9D"
         "52\xC2\x9B"
         "31m",
         "\uFFFDq\uFFFD52\uFFFD31m", true},
        {"a\u2028b\u2029c", "a\uFFFDb\uFFFDc", true},
        {"\u202Etxt.exe", "txt.exe", true},
        {"\u2066x\u2069\u200Ey\u200Fz\u061C", "xyz", true},
        {"le\u200Bna\u00AD\uFEFF\u2060\u180E", "lena", true},
        {"t\U000E0061g", "tg", true},
        {"caf\xE9", "caf\uFFFD", true},
        {"\xFF\xFE\x80z", "\uFFFDz", true},
        {"\uFFFD", "\uFFFD", false},
        {FAMILY, BARE_FAMILY, false},
        {"\U0001F44D\U0001F3FD\u2764\uFE0F", "\U0001F44D\u2764", false},
        {"\u0915\u094D\u200D\u0937", "\u0915\u094D\u0937", false},
        {ENGLAND "x", "\U0001F3F4x", false},
        {"x" GERMANY, "x" GERMANY, false},
        {"e\u0301\u0323", "e\u0301\u0323", false},
        {"e\u0301\u0323\u0302\u0303x", "e\u0301\u0323x", true},
        {"\u0301e", "\uFFFDe", true},
        {"e\u200D\u0301\u200D\u0301\u200D\u0301", "e\u0301\u0301", true},
        {"\u1112\u1161\u11AB", "\u1112\u1161\u11AB", false},
        {"\u1112\u1161\u1161\u1161", "\u1112\u1161\u1161", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = BUF_INIT;
        buf_add_string(&out, "before ");
        bool told = text_safe(&out, text_of(cases[i].text));
        assert_string_equal(out.at + 7, cases[i].safe);
        if (told != cases[i].told)
            fail_msg("case %zu '%s' told %d", i, cases[i].safe, told);
        buf_release(&out);
    }
    struct buf out = BUF_INIT;
    assert_true(text_safe(&out, (struct text){"a\0b", 3}));
    assert_string_equal(buf_string(&out), "a\uFFFDb");
    assert_false(text_safe(&out, (struct text){0}));
    buf_release(&out);
}

static void widths_are_those_of_safe_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells;
    } cases[] = {
        {"", 0},
        {"lena", 4},
        {"Jos\u00E9", 4},
        {"Jose\u0301", 4},
        {"\u65E5\u672C", 4},
        {FAMILY, 6},
        {"\x1B[m", 3},
        {"\u202Ex", 1},
        {"\xFF\xFF", 1},
        {"\U000F0000", 1},
        {"a\u0301\u0301\u0301\u0301", 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(text_width(text_of(cases[i].text), &widths), cases[i].cells);
}

static void text_is_cut_and_padded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t cells;
        const char *left, *right;
    } cases[] = {
        {"lena", 6, "lena  ", "  lena"},
        {"lena", 4, "lena", "lena"},
        {"lena", 3, "le\u00BB", "le\u00BB"},
        {"lena", 1, "\u00BB", "\u00BB"},
        {"lena", 0, "", ""},
        {"", 2, "  ", "  "},
        {"\u65E5\u672C\u8A9E", 6, "\u65E5\u672C\u8A9E", "\u65E5\u672C\u8A9E"},
        {"\u65E5\u672C\u8A9E", 5, "\u65E5\u672C\u00BB", "\u65E5\u672C\u00BB"},
        {"\u65E5\u672C\u8A9E", 4, "\u65E5 \u00BB", " \u65E5\u00BB"},
        {"\u65E5", 1, "\u00BB", "\u00BB"},
        {"Jose\u0301!", 4, "Jos\u00BB", "Jos\u00BB"},
        {"Jose\u0301!", 5, "Jose\u0301!", "Jose\u0301!"},
        {"abcde\u0301", 4, "abc\u00BB", "abc\u00BB"},
        {"abcde\u0301", 5, "abcde\u0301", "abcde\u0301"},
        {FAMILY, 6, BARE_FAMILY, BARE_FAMILY},
        {FAMILY, 5, "\U0001F468\U0001F469\u00BB", "\U0001F468\U0001F469\u00BB"},
        {"a\x1B[2Jb", 6, "a\uFFFD[2Jb", "a\uFFFD[2Jb"},
        {"\U000F0000x", 3, "\uFFFDx ", " \uFFFDx"},
        {"new\nline", 8, "new line", "new line"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf left = BUF_INIT, right = BUF_INIT;
        text_fit(&left, text_of(cases[i].text), cases[i].cells, FIT_LEFT, 0xBB, &widths);
        text_fit(&right, text_of(cases[i].text), cases[i].cells, FIT_RIGHT, 0xBB, &widths);
        assert_string_equal(buf_string(&left), cases[i].left);
        assert_string_equal(buf_string(&right), cases[i].right);
        buf_release(&left);
        buf_release(&right);
    }
}

static void a_flag_is_not_cut_in_half(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    size_t half = (size_t)utf8proc_cells(0x1F1E9);
    text_fit(&out, TEXT(GERMANY GERMANY), 4 * half - 1, FIT_LEFT, '>', &widths);
    assert_memory_equal(out.at, GERMANY, strlen(GERMANY));
    struct text rest = text_part(buf_text(&out), strlen(GERMANY), out.length);
    for (size_t i = 0; i + 1 < rest.length; i++)
        assert_int_equal(rest.at[i], ' ');
    assert_int_equal(rest.at[rest.length - 1], '>');
    buf_release(&out);
}

/* What must never reach a screen, written down again from the threat, not from the code. */
static bool is_dangerous(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0x1F3FB && c <= 0x1F3FF) || (c >= 0xE0000 && c <= 0xE0FFF);
}

static void add_something(struct buf *out, struct random *random)
{
    static const char *const pieces[] = {
        "a",
        "lena",
        "\u0301",
        "\u0301\u0323\u0489",
        FAMILY,
        GERMANY,
        ENGLAND,
        "\x1B]52;c;AAAA\x07",
        "\u202E",
        "\u200B",
        "\xE2\x80",
        "\xF0\x9F",
        "\xFF",
        "\uD55C",
        "\u65E5",
        "\u0939\u093F",
        "\u0E01\u0E49",
        "\n",
        "\t",
        "\r",
        "\xC2\x9B",
        "\u1112\u1161\u11AB",
        "\uFEFF",
        "\u0600",
        "\u3164",
        "\U0001D173",
        "\uFFFF",
    };
    if (random_below(random, 3))
        buf_add_string(out, pieces[random_below(random, COUNT_OF(pieces))]);
    else
        buf_add_utf8(out, (uint32_t)random_below(random, 0x110000) >> random_below(random, 12));
}

static void check_safe(struct text safe)
{
    assert_true(utf8_valid(safe));
    unsigned marks = 2;
    uint32_t c;
    for (size_t length; (length = utf8_decode(safe, &c));
         safe = text_part(safe, length, safe.length)) {
        if (is_dangerous(c))
            fail_msg("U+%04X came through", c);
        utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
        marks =
            category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ? marks + 1 : 0;
        assert_true(marks <= 2);
    }
}

/* The C library's wcswidth() is what the terminal library goes by, so it judges the cells. */
static void check_cells(struct text fitted, size_t cells)
{
    wchar_t wide[4096];
    char bytes[16384];
    assert_true(fitted.length < sizeof bytes);
    memcpy(bytes, fitted.at, fitted.length);
    bytes[fitted.length] = '\0';
    size_t count = mbstowcs(wide, bytes, COUNT_OF(wide));
    assert_true(count < COUNT_OF(wide));
    assert_int_equal(wcswidth(wide, count), cells);
}

static void any_text_fits_exactly(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    static const struct width_table c_library = {c_library_cells};
    struct random random = seeded("utf8_show");
    struct buf raw = BUF_INIT, safe = BUF_INIT, again = BUF_INIT, fitted = BUF_INIT;
    for (int i = 0; i < 20000; i++) {
        buf_clear(&raw);
        for (uint64_t k = random_below(&random, 12); k > 0; k--)
            add_something(&raw, &random);
        struct text text = buf_text(&raw);
        buf_clear(&safe);
        text_safe(&safe, text);
        check_safe(buf_text(&safe));
        buf_clear(&again);
        assert_false(text_safe(&again, buf_text(&safe)));
        assert_true(text_equal(buf_text(&safe), buf_text(&again)));
        size_t width = text_width(text, &c_library);
        size_t cells = random_below(&random, width + 4);
        enum fit_side side = random_below(&random, 2) ? FIT_LEFT : FIT_RIGHT;
        buf_clear(&fitted);
        text_fit(&fitted, text, cells, side, 0xBB, &c_library);
        check_safe(buf_text(&fitted));
        check_cells(buf_text(&fitted), cells);
        if (cells >= width)
            assert_int_equal(text_width(text_trim(buf_text(&fitted)), &c_library),
                             text_width(text_trim(buf_text(&safe)), &c_library));
    }
    buf_release(&raw);
    buf_release(&safe);
    buf_release(&again);
    buf_release(&fitted);
}

static void floods_stay_small(void **state)
{
    (void)state;
    struct buf flood = BUF_INIT, out = BUF_INIT;
    buf_add_char(&flood, 'a');
    for (int i = 0; i < 100000; i++)
        buf_add_utf8(&flood, 0x300 + (uint32_t)i % 0x40);
    text_fit(&out, buf_text(&flood), 3, FIT_LEFT, '>', &widths);
    assert_string_equal(buf_string(&out), "a\u0300\u0301  ");
    buf_clear(&flood);
    buf_clear(&out);
    for (int i = 0; i < 100000; i++)
        buf_add_utf8(&flood, 0x200B);
    text_fit(&out, buf_text(&flood), 3, FIT_LEFT, '>', &widths);
    assert_string_equal(buf_string(&out), "   ");
    buf_release(&flood);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_text_is_disarmed), cmocka_unit_test(widths_are_those_of_safe_text),
        cmocka_unit_test(text_is_cut_and_padded),   cmocka_unit_test(a_flag_is_not_cut_in_half),
        cmocka_unit_test(any_text_fits_exactly),    cmocka_unit_test(floods_stay_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
