#include "base/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* A number in decimal: 0.d1d2d3… times ten to the `point`. */
struct decimal {
    bool negative;
    char digits[20]; /* '0' to '9', the first and the last not '0' */
    int count;       /* 0: zero */
    int point;
};

static void drop_zeros(struct decimal *decimal)
{
    while (decimal->count && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

/* Takes the digits out of what printf made, whatever its locale puts between them, and says
 * whether they read back as `value`. */
static bool try_precision(double value, int precision, struct decimal *decimal)
{
    char written[64], again[64];
    snprintf(written, sizeof written, "%.*e", precision - 1, value);
    char *exponent = strchr(written, 'e');
    decimal->count = 0;
    for (const char *c = written; c < exponent; c++)
        if (*c >= '0' && *c <= '9')
            decimal->digits[decimal->count++] = *c;
    decimal->point = atoi(exponent + 1) + 1;
    snprintf(again, sizeof again, "%.*se%d", decimal->count, decimal->digits,
             decimal->point - decimal->count);
    drop_zeros(decimal);
    return strtod(again, NULL) == value;
}

enum { WHOLE_DIGITS = 20 };

/* Writes the digits up to the end of `out`, which holds WHOLE_DIGITS, and returns the first. */
static char *write_whole(char *out, uint64_t whole)
{
    char *at = out + WHOLE_DIGITS;
    do
        *--at = (char)('0' + whole % 10);
    while (whole /= 10);
    return at;
}

/* Is `value`, at least 0, a decimal of at most 15 digits? Then it is the quotient of two numbers that
 * doubles hold exactly, and as division rounds correctly the one reads back where the other is equal.
 * Nearly all figures of people are, so that nothing has to be printed and read to find out. */
static bool find_places(double value, uint64_t *whole, int *places)
{
    static const double powers[] = {1e0, 1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};
    for (size_t i = 0; i < COUNT_OF(powers) && value * powers[i] < 1e15 - 1; i++) {
        *whole = (uint64_t)(value * powers[i] + 0.5);
        *places = (int)i;
        if ((double)*whole / powers[i] == value)
            return true;
    }
    return false;
}

/* The shortest decimal that reads back as `value`, which is known. Decimals of up to 15 digits
 * survive the way through a normal double, so 15 digits without the zeros at the end are the
 * shortest where they read back at all; subnormal numbers hold fewer. */
static struct decimal shortest(double value)
{
    struct decimal decimal = {.negative = value < 0};
    value = fabs(value);
    if (value == 0)
        return decimal;
    uint64_t whole;
    int places;
    if (find_places(value, &whole, &places)) {
        char written[WHOLE_DIGITS];
        const char *first = write_whole(written, whole);
        decimal.count = (int)(written + WHOLE_DIGITS - first);
        decimal.point = decimal.count - places;
        memcpy(decimal.digits, first, (size_t)decimal.count);
        drop_zeros(&decimal);
        return decimal;
    }
    int precision = value < DBL_MIN ? 1 : 15;
    while (!try_precision(value, precision, &decimal) && precision < 17)
        precision++;
    return decimal;
}

/* Rounds half away from zero to `keep` digits. What is rounded is the shortest decimal, not the
 * double behind it: people who wrote 1.005 expect 1.01. */
static void keep_digits(struct decimal *decimal, int keep)
{
    if (keep >= decimal->count)
        return;
    bool up = keep >= 0 && decimal->digits[keep] >= '5';
    decimal->count = keep < 0 ? 0 : keep;
    if (!up) {
        drop_zeros(decimal);
        return;
    }
    while (decimal->count && decimal->digits[decimal->count - 1] == '9')
        decimal->count--;
    if (decimal->count) {
        decimal->digits[decimal->count - 1]++;
    } else {
        decimal->digits[decimal->count++] = '1';
        decimal->point++;
    }
}

static char digit_at(const struct decimal *decimal, int at)
{
    return at >= 0 && at < decimal->count ? decimal->digits[at] : '0';
}

/* Writes with exactly `decimals` places; digits beyond them have been rounded away before. */
static void write_places(struct buf *out, const struct decimal *decimal, int decimals,
                         struct number_style style)
{
    if (decimal->negative && decimal->count)
        buf_add_char(out, '-');
    int whole = decimal->count && decimal->point > 0 ? decimal->point : 1;
    int first = decimal->count ? decimal->point - whole : 0;
    for (int i = 0; i < whole; i++) {
        if (i && style.group && (whole - i) % 3 == 0)
            buf_add_char(out, style.group);
        buf_add_char(out, digit_at(decimal, first + i));
    }
    if (decimals)
        buf_add_char(out, style.decimal);
    for (int i = 0; i < decimals; i++)
        buf_add_char(out, digit_at(decimal, first + whole + i));
}

/* Most numbers are whole, or have some places: those are made from the end and added in one go. */
static bool write_found(struct buf *out, double value)
{
    uint64_t whole;
    int places;
    double size = fabs(value);
    if ((size < 1e-7 && size != 0) || !find_places(size, &whole, &places))
        return false;
    char *room = buf_room(out, 2 * WHOLE_DIGITS + 2), *end = room;
    char written[WHOLE_DIGITS];
    if (value < 0)
        *end++ = '-';
    const char *digits = write_whole(written, whole);
    int count = (int)(written + WHOLE_DIGITS - digits);
    for (int i = count > places ? count : places + 1; i > 0; i--) {
        *end++ = i > count ? '0' : *digits++;
        if (i == places + 1 && places)
            *end++ = '.';
    }
    buf_grown(out, (size_t)(end - room));
    return true;
}

void number_exact(struct buf *out, double value)
{
    if (!number_known(value))
        return;
    if (write_found(out, value))
        return;
    struct decimal decimal = shortest(value);
    int power = decimal.point - 1;
    int decimals = decimal.count > decimal.point ? decimal.count - decimal.point : 0;
    if (!decimal.count || (power >= -7 && power < 21)) {
        write_places(out, &decimal, decimal.count ? decimals : 0, number_style_plain);
        return;
    }
    decimal.point = 1;
    write_places(out, &decimal, decimal.count - 1, number_style_plain);
    buf_addf(out, "e%d", power);
}

void number_fixed(struct buf *out, double value, unsigned decimals, struct number_style style)
{
    if (!number_known(value))
        return;
    struct decimal decimal = shortest(value);
    keep_digits(&decimal, decimal.point + (int)decimals);
    write_places(out, &decimal, (int)decimals, style);
}

void number_short(struct buf *out, double value, struct number_style style)
{
    if (!number_known(value))
        return;
    struct decimal decimal = shortest(value);
    bool fraction = decimal.count > decimal.point;
    if (decimal.point <= 3) {
        struct decimal rounded = decimal;
        int decimals = fraction && decimal.point <= 2;
        keep_digits(&rounded, rounded.point + decimals);
        if (rounded.point <= 3) {
            /* 99.96 has become 100, which wears no decimals. */
            write_places(out, &rounded, rounded.point <= 2 ? decimals : 0, style);
            return;
        }
    }
    static const char units[] = " kMB";
    keep_digits(&decimal, 3);
    int unit = (decimal.point - 1) / 3 < 3 ? (decimal.point - 1) / 3 : 3;
    decimal.point -= 3 * unit;
    write_places(out, &decimal, decimal.point < 3 ? 3 - decimal.point : 0, style);
    buf_add_char(out, units[unit]);
}
