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

static const struct number_style english = {',', '.'};
static const struct number_style european = {'.', ','};

/* Letters of what is to be seen besides the value: u unknown, % percent, k scaled, g grouped,
 * t trailing, and a digit for the decimals. */
static void marks_of(const struct number_seen *seen, char marks[8])
{
    char *at = marks;
    if (seen->unknown)
        *at++ = 'u';
    if (seen->percent)
        *at++ = '%';
    if (seen->scaled)
        *at++ = 'k';
    if (seen->grouped)
        *at++ = 'g';
    if (seen->trailing)
        *at++ = 't';
    if (seen->decimals)
        *at++ = (char)('0' + seen->decimals);
    *at = '\0';
}

static void expect(const char *written, struct number_style style, double value, const char *marks)
{
    struct number_seen seen;
    char found[8];
    if (!number_parse(text_of(written), style, &seen))
        fail_msg("'%s' is not read", written);
    marks_of(&seen, found);
    if (seen.value != value || strcmp(found, marks) != 0)
        fail_msg("'%s' with decimal %c: %.17g '%s', wanted %.17g '%s'", written, style.decimal,
                 seen.value, found, value, marks);
}

static void forms_that_mean_the_same_everywhere(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        double value;
        const char *marks;
    } cases[] = {
        {"0", 0, ""},
        {"433", 433, ""},
        {"+5", 5, ""},
        {"-5", -5, ""},
        {"\u22125", -5, ""},
        {"409.8M", 409800000, "k1"},
        {"475.8m", 475800000, "k1"},
        {"3.3k", 3300, "k1"},
        {"28.9b", 28900000000, "k1"},
        {"29.0b", 29000000000, "k1"},
        {"0.89k", 890, "k2"},
        {"10k+", 10000, "kt"},
        {"13800000", 13800000, ""},
        {"249500000.0", 249500000, "1"},
        {"348.5", 348.5, "1"},
        {"222,000,000", 222000000, "g"},
        {"1.296.000", 1296000, "g"},
        {"2,28,00,000", 22800000, "g"},
        {"2,28,00,00,00,000", 228000000000, "g"},
        {"2,28,000.50", 228000.5, "g2"},
        {"1,234,567.891", 1234567.891, "g3"},
        {"1.234.567,891", 1234567.891, "g3"},
        {"1,234.5", 1234.5, "g1"},
        {"1.296,50", 1296.5, "g2"},
        {"2 587", 2587, "g"},
        {"2\u00A0587", 2587, "g"},
        {"2\u2009587", 2587, "g"},
        {"2\u202F587", 2587, "g"},
        {"1 234 567,8", 1234567.8, "g1"},
        {"1'234'567.8", 1234567.8, "g1"},
        {"1\u2019234", 1234, "g"},
        {"12,5", 12.5, "1"},
        {"0,123", 0.123, "3"},
        {"0.123", 0.123, "3"},
        {"1234,567", 1234.567, "3"},
        {"1234.567", 1234.567, "3"},
        {"1,23", 1.23, "2"},
        {".5", 0.5, "1"},
        {",5", 0.5, "1"},
        {"2.28E+11", 228000000000, "2"},
        {"2,280E+11", 228000000000, "3"},
        {"1e3", 1000, ""},
        {"5E-2", 0.05, ""},
        {"1.39%", 0.0139, "%2"},
        {"4,31 %", 0.0431, "%2"},
        {"-0.5%", -0.005, "%1"},
        {"214%", 2.14, "%"},
        {"$1027", 1027, ""},
        {"$ 10.5", 10.5, "1"},
        {"-$5", -5, ""},
        {"$-5", -5, ""},
        {"\u20AC 1.296,50", 1296.5, "g2"},
        {"1 552 \u20BD", 1552, "g"},
        {"20\u20AC", 20, ""},
        {"105.4M (=)", 105400000, "kt1"},
        {"2.62% (1342)", 0.0262, "%t2"},
        {"1027 USD", 1027, "t"},
        {"500 per post", 500, "t"},
        {"5 months", 5, "t"},
        {"1,5 Mio.", 1500000, "kt1"},
        {"3 \u043c\u043b\u043d", 3000000, "k"},
        {"12 thousand", 12000, "k"},
        {"1.2 Million", 1200000, "k1"},
        {"200.2K\r", 200200, "k1"},
        {"\n 7 \t", 7, ""},
        {"\u00A07\u00A0", 7, ""},
        {"0000012", 12, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        expect(cases[i].written, english, cases[i].value, cases[i].marks);
        expect(cases[i].written, european, cases[i].value, cases[i].marks);
    }
}

static void one_sign_before_three_digits_goes_by_style(void **state)
{
    (void)state;
    expect("1.234", english, 1.234, "3");
    expect("1.234", european, 1234, "g");
    expect("1,234", english, 1234, "g");
    expect("1,234", european, 1.234, "3");
    expect("1,234", number_style_plain, 1234, "g");
    expect("1.234", number_style_plain, 1.234, "3");
    expect("16,037 M", english, 16037000000, "kg");
    expect("16,037 M", european, 16037000, "k3");
    expect("$1,027", english, 1027, "g");
    expect("\u20AC 1.296", european, 1296, "g");
    expect("\u20AC 1,296", english, 1296, "g");
    expect("3444.344", european, 3444.344, "3");
}

static void unknown_is_said_in_many_words(void **state)
{
    (void)state;
    static const char *const words[] = {
        "",        " ",       "-",    "\u2013", "\u2014",    "nan",  "NaN",    "NaN%",
        "N/A",     "N/A'",    "n/a",  "NA",     "None",      "null", "NULL",   "Unknown",
        "#VALUE!", "#VALOR!", "#N/A", "#REF!",  "(not set)", " - ",  "\u00A0",
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct number_seen seen;
        if (!number_parse(text_of(words[i]), english, &seen) || !seen.unknown || !isnan(seen.value))
            fail_msg("'%s' is not taken for unknown", words[i]);
    }
    struct number_seen seen;
    assert_true(number_parse((struct text){0}, english, &seen));
    assert_true(seen.unknown);
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const words[] = {
        "abc",
        "@433",
        "24k_official",
        "433abc",
        "3rd",
        "12/05/2023",
        "2023-08-01",
        "12:30",
        "10k - 20k",
        "10k\u201320k",
        "1,2,3",
        "1.2.3",
        "1,23,45",
        "1,2345,678",
        "1.234,567.8",
        "1,234 567.8.9",
        "12 30",
        "1e999",
        "-",
        "--5",
        "%",
        "$",
        "k",
        "5 \u2212 6",
        "1,234,567,89",
        "12.05.2023",
        "inf",
        "0x10",
        "\3775",
        "5\xff",
        "1 234,567,890",
        "1\n234",
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        struct number_seen seen;
        if (number_parse(text_of(words[i]), english, &seen) && !seen.unknown)
            fail_msg("'%s' was read as %g", words[i], seen.value);
        assert_true(isnan(seen.value));
    }
    static char flood[1 << 20];
    struct number_seen seen;
    memset(flood, '9', sizeof flood);
    assert_false(number_parse((struct text){flood, sizeof flood}, english, &seen));
    for (size_t i = 0; i < sizeof flood; i += 4)
        flood[i] = ',';
    assert_false(number_parse((struct text){flood, sizeof flood}, english, &seen));
    memset(flood, ' ', sizeof flood);
    assert_true(number_parse((struct text){flood, sizeof flood}, english, &seen));
}

static void text_need_not_be_terminated(void **state)
{
    (void)state;
    struct number_seen seen;
    assert_true(number_parse((struct text){"12345k", 3}, english, &seen));
    assert_true(seen.value == 123);
    assert_true(number_parse((struct text){"1,5", 1}, english, &seen));
    assert_true(seen.value == 1);
}

/* Writes `whole` with the given signs, as the other side of the reader. */
static void write_grouped(struct buf *out, unsigned long long whole, const char *group, bool indian)
{
    char digits[32];
    int count = snprintf(digits, sizeof digits, "%llu", whole);
    for (int i = 0; i < count; i++) {
        int left = count - i;
        bool boundary = indian ? left == 3 || (left > 3 && (left - 3) % 2 == 0) : left % 3 == 0;
        if (i && boundary)
            buf_add_string(out, group);
        buf_add_char(out, digits[i]);
    }
}

static void what_people_write_reads_back(void **state)
{
    (void)state;
    static const struct {
        const char *group, *point;
        bool indian;
        struct number_style style;
    } habits[] = {
        {",", ".", false, {',', '.'}}, {".", ",", false, {'.', ','}},
        {" ", ",", false, {' ', ','}}, {"\u202F", ",", false, {' ', ','}},
        {",", ".", true, {',', '.'}},  {"'", ".", false, {0, '.'}},
        {"", ".", false, {0, '.'}},
    };
    static const struct {
        const char *before, *after;
        double times;
    } coats[] = {{"", "", 1},    {"$", "", 1},    {"\u20AC ", "", 1}, {"", " \u20AC", 1},
                 {"", "k", 1e3}, {"", " M", 1e6}, {" ", "B ", 1e9},   {"", " (about)", 1}};
    struct random random = seeded("number");
    for (int i = 0; i < 100000; i++) {
        size_t h = random_below(&random, COUNT_OF(habits));
        size_t c = random_below(&random, COUNT_OF(coats));
        unsigned long long whole = random_next(&random) >> (24 + random_below(&random, 40));
        unsigned decimals = (unsigned)random_below(&random, 4);
        struct buf out = BUF_INIT, plain = BUF_INIT;
        buf_add_string(&out, coats[c].before);
        write_grouped(&out, whole, habits[h].group, habits[h].indian);
        buf_addf(&plain, "%llu.", whole);
        if (decimals)
            buf_add_string(&out, habits[h].point);
        for (unsigned k = 0; k < decimals; k++) {
            char digit = (char)('0' + random_below(&random, 10));
            buf_add_char(&out, digit);
            buf_add_char(&plain, digit);
        }
        buf_add_string(&out, coats[c].after);
        buf_addf(&plain, "e%d", (int)log10(coats[c].times));
        struct number_seen seen;
        double wanted = strtod(buf_string(&plain), NULL);
        if (!number_parse(buf_text(&out), habits[h].style, &seen) || seen.value != wanted)
            fail_msg("'%s' gave %.17g, wanted %.17g", buf_string(&out), seen.value, wanted);
        buf_release(&plain);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_that_mean_the_same_everywhere),
        cmocka_unit_test(one_sign_before_three_digits_goes_by_style),
        cmocka_unit_test(unknown_is_said_in_many_words),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(text_need_not_be_terminated),
        cmocka_unit_test(what_people_write_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
