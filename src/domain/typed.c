#include "domain/typed.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "domain/show.h"

#define LONGEST 120 /* bytes of a figure; nobody types more */
#define DEEPEST 40  /* parentheses and signs one in the other */
#define DIGITS 12   /* of a result */

/* What is peculiar to figures of a unit; all others are plain. */
static const struct unit_row {
    bool whole;        /* there are no fractions of it */
    bool thousands;    /* 1.500 is no fraction: nobody writes three decimals of it */
    bool percent;      /* a figure of it is itself a share */
    bool negative;     /* may be below 0, so that a sign in front is its own */
    double ambiguous;  /* a bare number above it may or may not mean per cent; 0: always clear */
    double least_step; /* smallest, and from 0 */
    double first_step;
} units[UNIT_COUNT_OF] = {
    [UNIT_SCORE] = {.least_step = 1, .first_step = 1},
    [UNIT_COUNT] = {.whole = true, .thousands = true, .least_step = 1, .first_step = 1},
    [UNIT_AVERAGE] = {.least_step = 1, .first_step = 1},
    [UNIT_SHARE] = {.percent = true, .ambiguous = 1, .least_step = 1e-4, .first_step = 0.01},
    [UNIT_RATIO] = {.percent = true, .least_step = 0.01, .first_step = 0.1},
    [UNIT_ROI] = {.percent = true,
                  .negative = true,
                  .ambiguous = 9.99,
                  .least_step = 0.01,
                  .first_step = 0.01},
    [UNIT_GROWTH] = {.percent = true,
                     .negative = true,
                     .ambiguous = 9.99,
                     .least_step = 1e-4,
                     .first_step = 0.01},
    [UNIT_MONEY] = {.thousands = true, .least_step = 1, .first_step = 1},
    [UNIT_PROFIT] = {.thousands = true, .negative = true, .least_step = 1, .first_step = 1},
    [UNIT_UNIT_COST] = {.least_step = 0.01, .first_step = 1},
    [UNIT_ESTIMATE] = {.least_step = 0.1, .first_step = 1},
    [UNIT_DAYS] = {.whole = true, .least_step = 1, .first_step = 1},
};

struct reader {
    struct text text;
    size_t at;
    enum unit unit;
    struct number_style style;
    struct typed *typed;
    struct err *err;
    double present;
    bool percent; /* one was written somewhere */
};

struct operand {
    double value;
    bool percent; /* a number with %, and nothing else */
};

static bool fault(struct reader *reader, size_t at, const char *what)
{
    reader->typed->fault = at;
    return err_set(reader->err, "%s", what);
}

/* Without the dust of binary fractions: 10000 x 1.1 is 11000. */
static double tidy(double value)
{
    if (value == 0 || !isfinite(value))
        return value;
    int places = DIGITS - (int)ceil(log10(fabs(value)));
    if (places > 300 || places < -300)
        return value;
    double power = pow(10, abs(places));
    return places < 0 ? round(value / power) * power : round(value * power) / power;
}

static bool is_operator(char c)
{
    return c == '+' || c == '-' || c == '*' || c == '/';
}

/* ---- values ---- */

/* "0." is on its way to "0.03": until then it is 0. */
static struct text complete(struct text text, struct number_style style)
{
    size_t end = text.length;
    bool open = end > 1 && text.at[end - 1] == style.decimal && text.at[end - 2] >= '0' &&
                text.at[end - 2] <= '9';
    return text_part(text, 0, end - open);
}

/* How many bytes of the text are a number still; where the rest begins. */
static size_t number_end(struct text text, struct number_style style)
{
    struct number_seen seen;
    size_t end = text.length;
    while (end > 0) {
        bool read = number_parse(text_part(text, 0, end), style, &seen);
        if (read && !seen.unknown && !seen.trailing)
            break;
        end = utf8_previous(text, end);
    }
    return end;
}

/* A figure of which there are no thousandths: three digits after the one sign group. */
static double grouped(enum unit unit, const struct number_seen *seen, double value)
{
    bool groups = units[unit].thousands && seen->decimals == 3 && !seen->grouped && !seen->scaled &&
                  !seen->percent && fabs(value) >= 1;
    return groups ? value * 1000 : value;
}

static const char *const unit_examples[UNIT_COUNT_OF] = {
    [UNIT_COUNT] = "a whole number like 3",       [UNIT_SHARE] = "a share like 4% or 0.04",
    [UNIT_RATIO] = "a number like 0.5",           [UNIT_ROI] = "a share like 50%",
    [UNIT_MONEY] = "an amount like 5000 or 2.5k", [UNIT_PROFIT] = "an amount like 5000 or 2.5k",
    [UNIT_UNIT_COST] = "an amount like 89.50",    [UNIT_FLAG] = "on or off",
    [UNIT_SCORE] = "a number from 0 to 100",      [UNIT_GROWTH] = "a share like 2.5%",
    [UNIT_TIME] = "a date like 2026-08-03",
};

static const char *example_of(enum unit unit)
{
    return unit_examples[unit] ? unit_examples[unit] : "a number";
}

static bool ambiguous(struct reader *reader)
{
    reader->typed->fault = reader->text.length;
    return err_set(reader->err, "per cent? this takes %s", example_of(reader->unit));
}

static bool no_value(struct reader *reader, struct text text)
{
    size_t end = number_end(text, reader->style);
    bool sum = end > 0 && end < text.length && is_operator(text.at[end]);
    err_set(reader->err, sum ? "a sum begins with =" : "this takes %s", example_of(reader->unit));
    reader->typed->fault = reader->at + end;
    return false;
}

static bool read_value(struct reader *reader, double *value)
{
    struct text text =
        complete(text_part(reader->text, reader->at, reader->text.length), reader->style);
    struct number_seen seen;
    bool number = number_parse(text, reader->style, &seen) && !seen.unknown && !seen.trailing;
    double most = units[reader->unit].ambiguous;
    if (show_read(text, reader->unit, reader->style, value)) {
        if (number)
            *value = grouped(reader->unit, &seen, *value);
        return true;
    }
    if (number && !seen.percent && most > 0 && fabs(seen.value) > most)
        return ambiguous(reader);
    return no_value(reader, text);
}

/* ---- sums ---- */

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->text.length && reader->text.at[reader->at] == ' ')
        reader->at++;
}

static char next_sign(struct reader *reader)
{
    skip_blanks(reader);
    return reader->at < reader->text.length ? reader->text.at[reader->at] : '\0';
}

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '\'' || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static bool read_number(struct reader *reader, struct operand *out)
{
    struct number_seen seen;
    size_t from = reader->at, end = from;
    while (end < reader->text.length && is_of_number(reader->text.at[end]))
        end++;
    reader->at = end;
    if (end == from)
        return fault(reader, from, "a number is missing here");
    if (next_sign(reader) == '%')
        end = ++reader->at;
    else
        reader->at = end;
    struct text word = complete(text_part(reader->text, from, end - from), reader->style);
    if (!number_parse(word, reader->style, &seen) || seen.unknown || seen.trailing)
        return fault(reader, from + number_end(word, reader->style), "no number: 450, 2.5k, 3%");
    *out = (struct operand){grouped(reader->unit, &seen, seen.value), seen.percent};
    reader->percent = reader->percent || seen.percent;
    return true;
}

static bool read_sum(struct reader *reader, const double *first, int depth, struct operand *out);

static bool read_factor(struct reader *reader, int depth, struct operand *out)
{
    char sign = next_sign(reader);
    if (depth > DEEPEST)
        return fault(reader, reader->at, "too deep");
    if (sign == '-' || sign == '+') {
        reader->at++;
        if (!read_factor(reader, depth + 1, out))
            return false;
        *out = (struct operand){sign == '-' ? -out->value : out->value, false};
        return true;
    }
    if (sign != '(')
        return read_number(reader, out);
    size_t open = reader->at++;
    if (!read_sum(reader, NULL, depth + 1, out))
        return false;
    if (next_sign(reader) != ')')
        return fault(reader, reader->at < reader->text.length ? reader->at : open,
                     "a ')' is missing");
    reader->at++;
    out->percent = false;
    return true;
}

/* `first` stands in front of what is written. */
static bool read_product(struct reader *reader, const double *first, int depth, struct operand *out)
{
    if (first)
        *out = (struct operand){*first, false};
    else if (!read_factor(reader, depth, out))
        return false;
    for (char sign = next_sign(reader); sign == '*' || sign == '/'; sign = next_sign(reader)) {
        struct operand right;
        reader->at++;
        skip_blanks(reader);
        size_t from = reader->at;
        if (!read_factor(reader, depth, &right))
            return false;
        if (sign == '/' && right.value == 0)
            return fault(reader, from, "cannot divide by 0");
        *out = (struct operand){sign == '*' ? out->value * right.value : out->value / right.value,
                                false};
    }
    return true;
}

static bool read_sum(struct reader *reader, const double *first, int depth, struct operand *out)
{
    bool of_before = reader->typed->relative || !units[reader->unit].percent;
    if (!read_product(reader, first, depth, out))
        return false;
    for (char sign = next_sign(reader); sign == '+' || sign == '-'; sign = next_sign(reader)) {
        struct operand right;
        reader->at++;
        if (!read_product(reader, NULL, depth, &right))
            return false;
        double by = right.percent && of_before ? out->value * right.value : right.value;
        *out = (struct operand){sign == '+' ? out->value + by : out->value - by, false};
    }
    return true;
}

static bool read_whole_sum(struct reader *reader, const double *first, double *value)
{
    struct operand result;
    double most = units[reader->unit].ambiguous;
    if (!read_sum(reader, first, 0, &result))
        return false;
    if (next_sign(reader) == ')')
        return fault(reader, reader->at, "this ')' closes nothing");
    if (reader->at < reader->text.length)
        return fault(reader, reader->at, "+, -, * or / is missing here");
    if (!first && most > 0 && !reader->percent && fabs(result.value) > most)
        return ambiguous(reader);
    *value = tidy(result.value);
    if (units[reader->unit].whole)
        *value = round(*value);
    return true;
}

/* ---- all of it ---- */

static bool is_plain(enum unit unit)
{
    return unit == UNIT_TIME || unit == UNIT_FLAG;
}

static bool read_any(struct reader *reader, double *value)
{
    char sign = next_sign(reader);
    bool own = units[reader->unit].negative && (sign == '-' || sign == '+');
    if (sign == '\0')
        return fault(reader, reader->at, "nothing is typed");
    if (is_plain(reader->unit))
        return read_value(reader, value);
    if (sign == '=') {
        reader->typed->sum = true;
        reader->at++;
        return read_whole_sum(reader, NULL, value);
    }
    if (own || !is_operator(sign))
        return read_value(reader, value);
    if (!number_known(reader->present))
        return fault(reader, reader->at, "nothing is known that this could be relative to");
    reader->typed->relative = true;
    return read_whole_sum(reader, &reader->present, value);
}

bool typed_read(struct text text, enum unit unit, struct number_style style, double present,
                struct typed *typed, struct err *err)
{
    struct reader reader = {
        .text = text, .unit = unit, .style = style, .typed = typed, .err = err, .present = present};
    double value = NAN;
    *typed = (struct typed){.value = NAN};
    while (text.length > 0 && text.at[text.length - 1] == ' ')
        text.length--;
    reader.text = text;
    if (text.length > LONGEST)
        return fault(&reader, LONGEST, "too long for a figure");
    if (!read_any(&reader, &value))
        return false;
    if (!number_known(value))
        return fault(&reader, 0, "too large for a figure");
    typed->value = value;
    return true;
}

/* The shortest form that reads back, with the decimal sign of the style. Of money a lone decimal wears
 * a second, and three, which would be taken for thousands, a fourth. */
static void show_whole(struct buf *out, enum unit unit, double value, struct number_style style)
{
    size_t from = out->length, point;
    bool share = units[unit].percent && unit != UNIT_RATIO;
    number_exact(out, share ? tidy(value * 100) : value);
    struct text written = text_part(buf_text(out), from, out->length);
    if (text_find(written, TEXT("."), &point)) {
        size_t decimals = written.length - point - 1;
        out->at[from + point] = style.decimal;
        if (units[unit].thousands && (decimals == 1 || decimals == 3))
            buf_add_char(out, '0');
    }
    if (share)
        buf_add_char(out, '%');
}

void typed_show(struct buf *out, enum unit unit, double value, struct number_style style)
{
    struct buf shown = BUF_INIT;
    double read = NAN;
    if (!number_known(value))
        return;
    show_number(&shown, unit, value, true, style);
    bool same = show_read(buf_text(&shown), unit, style, &read) &&
                fabs(read - value) <= fabs(value) * 1e-12;
    if (same || is_plain(unit))
        buf_add_text(out, buf_text(&shown));
    else
        show_whole(out, unit, value, style);
    buf_release(&shown);
}

double typed_step(enum unit unit, double value)
{
    static const double steps[] = {5, 2, 1};
    double limit = fabs(value) * 0.025, least = units[unit].least_step, step = least;
    if (!(limit > 0))
        return units[unit].first_step > 0 ? units[unit].first_step : 1;
    double power = pow(10, floor(log10(limit)));
    for (size_t i = 0; i < COUNT_OF(steps); i++)
        if (steps[i] * power <= limit * (1 + 1e-12)) {
            step = steps[i] * power;
            break;
        }
    return step > least ? step : least;
}

double typed_stepped(enum unit unit, double value, double steps)
{
    return tidy(value + steps * typed_step(unit, value));
}
