#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "base/vec.h"

const struct number_style number_style_plain = {.group = 0, .decimal = '.'};
const struct number_style number_style_english = {.group = ',', .decimal = '.'};

/* Words that people and their tools write where they know nothing. */
static const char *const unknown_words[] = {
    "",        "-",       "--",   "\u2013",  "\u2014", "?",      "na",        "n/a",
    "n/a'",    "nan",     "nan%", "nil",     "null",   "none",   "(not set)", "unknown",
    "#value!", "#valor!", "#n/a", "#div/0!", "#ref!",  "#name?", "#num!",
};

/* Powers of ten that follow a number, as a whole word. */
static const struct scale {
    const char *word;
    int power;
} scales[] = {
    {"k", 3},
    {"m", 6},
    {"b", 9},
    {"bn", 9},
    {"mn", 6},
    {"mln", 6},
    {"mio", 6},
    {"mrd", 9},
    {"lakh", 5},
    {"crore", 7},
    {"thousand", 3},
    {"million", 6},
    {"billion", 9},
    {"\u0442\u044b\u0441", 3},
    {"\u043c\u043b\u043d", 6},
    {"\u043c\u043b\u0440\u0434", 9},
    {"\u4e07", 4},
    {"\u4ebf", 8},
};

/* White space that groups digits, beside the plain blank: no-break, figure, thin, narrow. */
static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x2007 || c == 0x2009 ||
           c == 0x202F;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool ascii_ahead(struct text rest)
{
    return rest.length && (unsigned char)rest.at[0] < 0x80;
}

static uint32_t peek(struct text rest)
{
    if (ascii_ahead(rest))
        return (unsigned char)rest.at[0];
    uint32_t c = 0;
    return utf8_decode(rest, &c) ? c : 0;
}

static void skip(struct text *rest)
{
    uint32_t c;
    size_t length = ascii_ahead(*rest) ? 1 : utf8_decode(*rest, &c);
    rest->at += length;
    rest->length -= length;
}

static void skip_blanks(struct text *rest)
{
    while (rest->length && is_blank(peek(*rest)))
        skip(rest);
}

static bool skip_currency(struct text *rest)
{
    uint32_t c = peek(*rest);
    if (c != '$' && (c < 0x80 || utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_SC))
        return false;
    skip(rest);
    skip_blanks(rest);
    return true;
}

static bool skip_minus(struct text *rest)
{
    uint32_t c = peek(*rest);
    bool minus = c == '-' || c == 0x2212;
    if (minus || c == '+')
        skip(rest);
    return minus;
}

/* The digits of a number and the signs between them, before it is known what the signs mean. */
struct body {
    char digits[320]; /* all of them, the point left out */
    size_t count;
    struct {
        char sign;     /* ',' '.' '\'' or ' ' for any blank */
        size_t before; /* digits before it */
    } signs[40];
    size_t sign_count;
};

/* The sign at the front of `rest`, or 0. A blank is one only before exactly three digits, else it
 * ends the number; the others need a digit after them. */
static char sign_at(struct text rest)
{
    uint32_t c = peek(rest);
    char sign = c == ',' || c == '.' || c == '\''        ? (char)c
                : c == 0x2019                            ? '\''
                : c == ' ' || (c >= 0x80 && is_blank(c)) ? ' '
                                                         : 0;
    if (!sign)
        return 0;
    skip(&rest);
    size_t digits = 0;
    while (digits < rest.length && digits < 4 && is_digit((unsigned char)rest.at[digits]))
        digits++;
    bool fits = sign == ' ' ? digits == 3 : digits > 0;
    return fits ? sign : 0;
}

static bool read_body(struct text *rest, struct body *body)
{
    for (;;) {
        uint32_t c = peek(*rest);
        char sign = 0;
        if (is_digit(c)) {
            if (body->count == sizeof body->digits)
                return false;
            body->digits[body->count++] = (char)c;
        } else if ((sign = sign_at(*rest)) != 0) {
            if (body->sign_count == COUNT_OF(body->signs))
                return false;
            body->signs[body->sign_count].sign = sign;
            body->signs[body->sign_count++].before = body->count;
        } else {
            return body->count > 0;
        }
        skip(rest);
    }
}

/* Whether the first `count` signs, with `digits` digits in all, group them as people do: one to
 * three, then threes, or the Indian twos with a three at the end. */
static bool groups_well(const struct body *body, size_t count, size_t digits)
{
    size_t first = body->signs[0].before;
    if (first < 1 || first > 3)
        return false;
    size_t middle = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = i + 1 < count ? body->signs[i + 1].before : digits;
        size_t size = end - body->signs[i].before;
        if (body->signs[i].sign != body->signs[0].sign)
            return false;
        if (i + 1 == count)
            return size == 3;
        if (size != 3 && size != 2)
            return false;
        if (middle && size != middle)
            return false;
        middle = size;
    }
    return true;
}

/* Settles which sign is the point. False: the digits are not arranged as a number. */
static bool find_point(const struct body *body, char decimal, bool exponent,
                       struct number_seen *seen)
{
    if (!body->sign_count)
        return true;
    size_t last = body->sign_count - 1, before = body->signs[last].before;
    char sign = body->signs[last].sign;
    unsigned after = (unsigned)(body->count - before);
    bool may_point = sign == ',' || sign == '.';
    for (size_t i = 0; i < last; i++)
        may_point = may_point && body->signs[i].sign != sign;
    bool may_group = groups_well(body, body->sign_count, body->count);
    /* With a zero in front or an exponent behind, "0,123" and "1,234E+5" do not group. */
    if (may_point && may_group)
        may_group = sign != decimal && body->digits[0] != '0' && !exponent;
    if (may_group) {
        seen->grouped = true;
        return true;
    }
    if (!may_point || (last > 0 && !groups_well(body, last, before)))
        return false;
    seen->grouped = last > 0;
    seen->decimals = after;
    return true;
}

/* E+11, or nothing where no digit follows. */
static bool read_exponent(struct text *rest, int *power)
{
    struct text ahead = *rest;
    if (peek(ahead) != 'e' && peek(ahead) != 'E')
        return false;
    skip(&ahead);
    bool minus = skip_minus(&ahead);
    int value = 0;
    if (!is_digit(peek(ahead)))
        return false;
    for (; is_digit(peek(ahead)); skip(&ahead))
        if (value < 10000)
            value = value * 10 + (int)(peek(ahead) - '0');
    *power = minus ? -value : value;
    *rest = ahead;
    return true;
}

static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static bool read_scale(struct text *rest, int *power)
{
    struct text ahead = *rest;
    skip_blanks(&ahead);
    struct text word = ahead;
    while (is_letter(peek(ahead)))
        skip(&ahead);
    word.length = (size_t)(ahead.at - word.at);
    for (size_t i = 0; i < COUNT_OF(scales); i++)
        if (text_equal_ascii_case(word, text_of(scales[i].word))) {
            *power += scales[i].power;
            *rest = ahead;
            return true;
        }
    return false;
}

/* What follows a number may be left aside only where it is plainly a remark: "(=)", "per post".
 * A second number, a range or letters grown onto the digits make it something else. */
static bool read_remark(struct text rest, struct number_seen *seen)
{
    struct text remark = rest;
    skip_blanks(&remark);
    skip_currency(&remark);
    if (!remark.length)
        return true;
    seen->trailing = true;
    uint32_t c = peek(remark);
    if (is_digit(c) || c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212)
        return false;
    return remark.at > rest.at || text_is(remark, ".") || c == '(' || c == '+' || c == '*';
}

static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                              1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                              1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
enum { EXACT_DIGITS = 15 };

/* Up to 15 digits and powers up to 22 are exact doubles, so one operation rounds once (Clinger
 * 1990). The rest goes to strtod() without a point, which it reads alike in every locale. */
static double value_of(const struct body *body, int power)
{
    if (body->count <= EXACT_DIGITS && abs(power) < (int)COUNT_OF(tens)) {
        double whole = 0;
        for (size_t i = 0; i < body->count; i++)
            whole = whole * 10 + (body->digits[i] - '0');
        return power < 0 ? whole / tens[-power] : whole * tens[power];
    }
    char written[sizeof body->digits + 16];
    snprintf(written, sizeof written, "%.*se%d", (int)body->count, body->digits, power);
    return strtod(written, NULL);
}

static bool read_bare(struct text text, char decimal, double *value, unsigned *decimals)
{
    uint64_t whole = 0;
    size_t point = text.length;
    if (!text.length || text.length > EXACT_DIGITS)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
        if (digit <= 9)
            whole = whole * 10 + digit;
        else if (text.at[i] == decimal && point == text.length && i + 1 < text.length)
            point = i;
        else
            return false;
    }
    *decimals = point < text.length ? (unsigned)(text.length - point - 1) : 0;
    *value = *decimals ? (double)whole / tens[*decimals] : (double)whole;
    return true;
}

bool number_parse_bare(struct text text, char decimal, double *value)
{
    unsigned decimals;
    return read_bare(text, decimal, value, &decimals);
}

static bool is_unknown_word(struct text word)
{
    if (!text_known(word))
        return true;
    if (word.length && is_digit((unsigned char)word.at[0]))
        return false;
    for (size_t i = 0; i < COUNT_OF(unknown_words); i++)
        if (text_equal_ascii_case(word, text_of(unknown_words[i])))
            return true;
    return false;
}

/* The text without blanks of any kind around it. */
static struct text trim(struct text text)
{
    skip_blanks(&text);
    struct text end = text;
    for (struct text rest = text; rest.length;) {
        bool blank = is_blank(peek(rest));
        skip(&rest);
        if (!blank)
            end.length = (size_t)(rest.at - text.at);
        else if (!rest.length)
            return end;
    }
    return text;
}

bool number_parse(struct text text, struct number_style style, struct number_seen *seen)
{
    *seen = (struct number_seen){.value = NAN};
    if (read_bare(text, style.decimal, &seen->value, &seen->decimals))
        return true;
    struct text rest = trim(text);
    if (is_unknown_word(rest))
        return seen->unknown = true;
    bool minus = skip_minus(&rest);
    if (skip_currency(&rest) && !minus)
        minus = skip_minus(&rest);
    struct body body = {.count = 0};
    int power = 0;
    if (!read_body(&rest, &body))
        return false;
    bool exponent = read_exponent(&rest, &power);
    if (!find_point(&body, style.decimal, exponent, seen))
        return false;
    seen->scaled = read_scale(&rest, &power);
    struct text ahead = rest;
    skip_blanks(&ahead);
    if (peek(ahead) == '%') {
        skip(&ahead);
        rest = ahead;
        seen->percent = true;
        power -= 2;
    }
    if (!read_remark(rest, seen))
        return false;
    double value = value_of(&body, power - (int)seen->decimals);
    if (!number_known(value))
        return false;
    seen->value = minus ? -value : value;
    return true;
}
