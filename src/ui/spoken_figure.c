#include <math.h>

#include "base/date.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/show.h"
#include "spoken_internal.h"

/* Figures, and the signs around them, as words. */

#define DAYS_MOST 60 /* from here on months are said */
#define MONTHS_MOST 24

void spoken_age(double seconds, struct buf *out)
{
    static const struct {
        const char *one, *many;
    } words[] = {{"day", "days"}, {"month", "months"}, {"year", "years"}};
    int days = (int)(seconds / DATE_DAY);
    int months = days / 30;
    size_t unit = days < DAYS_MOST ? 0 : months < MONTHS_MOST ? 1 : 2;
    int many = unit == 0 ? days : unit == 1 ? months : days / 365;
    buf_addf(out, "%d %s", many, many == 1 ? words[unit].one : words[unit].many);
}

void spoken_count(const struct model *model, size_t count, const char *one, const char *many,
                  struct buf *out)
{
    number_fixed(out, (double)count, 0, model->style);
    buf_addf(out, " %s", count == 1 ? one : many);
}

void spoken_name(const struct model *model, uint32_t row, struct buf *out)
{
    struct text handle = catalog_text(model->catalog, COL_HANDLE, row);
    struct text name = catalog_text(model->catalog, COL_NAME, row);
    text_safe(out, handle_is_channel_id(handle) && text_known(name) ? name : handle);
}

static bool is_money(enum unit unit)
{
    return unit == UNIT_MONEY || unit == UNIT_PROFIT || unit == UNIT_UNIT_COST;
}

/* The signs before it and after it become words. */
static void add_words(struct text shown, enum unit unit, struct buf *out)
{
    static const struct {
        char sign;
        const char *word;
    } before[] = {{'+', "plus "}, {'-', "minus "}, {'>', "more than "}, {'<', "less than "}};
    for (size_t i = 0; i < COUNT_OF(before) && shown.length > 0; i++)
        if (shown.at[0] == before[i].sign) {
            buf_add_string(out, before[i].word);
            shown = text_part(shown, 1, shown.length);
        }
    bool times = unit == UNIT_RATIO && shown.length > 0 && shown.at[shown.length - 1] == 'x';
    buf_add_text(out, times ? text_part(shown, 0, shown.length - 1) : shown);
    buf_add_string(out, times ? " times" : "");
}

void spoken_value(const struct model *model, enum unit unit, double value, struct buf *out)
{
    struct buf shown = BUF_INIT;
    if (isnan(value) || isinf(value)) {
        buf_add_string(out, isnan(value) ? "unknown" : "never");
        return;
    }
    if (unit == UNIT_FLAG)
        buf_add_string(out, value > 0 ? "yes" : "no");
    else if (unit == UNIT_TIME)
        date_day_year(out, value);
    else
        show_number(&shown, unit, value, true, model->style);
    add_words(buf_text(&shown), unit, out);
    if (is_money(unit))
        buf_addf(out, " %s", model_currency(model));
    buf_release(&shown);
}

void spoken_marked(const struct model *model, enum column column, double value, char mark,
                   struct buf *out)
{
    bool known = number_known(value);
    buf_add_string(out, known && mark == '>' ? "at least " : "");
    spoken_value(model, columns[column].unit, value, out);
    buf_add_string(out, !known || mark == ' ' ? ""
                        : mark == '~'         ? ", estimated"
                        : mark == '='         ? ", yours"
                                              : "");
}

static void add_text(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    struct buf text = BUF_INIT;
    text_of_cell(model, column, row, &text);
    const struct country_row *country =
        column == COL_COUNTRY ? country_find(buf_text(&text)) : NULL;
    if (country)
        buf_add_string(out, country->name);
    else if (text_is(buf_text(&text), "-"))
        buf_add_string(out, "unknown");
    else
        text_safe(out, buf_text(&text));
    buf_release(&text);
}

void spoken_figure(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    if (column_is_text(column)) {
        add_text(model, column, row, out);
        return;
    }
    double value = sheet_number(model->sheet, column, row);
    spoken_marked(model, column, value, sheet_mark(model->sheet, column, row), out);
    if (number_known(value) && sheet_stale(model->sheet, column, row)) {
        buf_add_string(out, ", stale since ");
        spoken_age(sheet_age(model->sheet, column, row), out);
    }
}

/* ---- signs in sentences ---- */

struct sign {
    const char *sign, *word;
    bool number; /* only where a digit follows */
    bool after;  /* … or stands before */
};

static const struct sign filter_signs[] = {
    {" <= ", " at most "}, {" >= ", " at least "}, {" != ", " other than "}, {" < ", " under "},
    {" > ", " over "},     {" = ", " is "},        {"..", " to "},           {": ", " "},
};
static const struct sign step_signs[] = {{" > ", " to "}};
static const struct sign reason_signs[] = {
    {"x,", " times,", false, true},
    {" + ", " plus "},
    {" - ", " minus "},
    {" x ", " times "},
    {" / ", " divided by "},
    {" = ", " is "},
    {" -", " minus ", true},
    {" +", " plus ", true},
    {"d ago", " days ago", false, true},
    {"w ago", " weeks ago", false, true},
    {"mo ago", " months ago", false, true},
    {"y ago", " years ago", false, true},
};
static const struct {
    const struct sign *items;
    size_t count;
} all_signs[] = {
    [SPOKEN_FILTER] = {filter_signs, COUNT_OF(filter_signs)},
    [SPOKEN_STEP] = {step_signs, COUNT_OF(step_signs)},
    [SPOKEN_REASON] = {reason_signs, COUNT_OF(reason_signs)},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* At byte `at` of the text? */
static bool stands_at(struct text text, size_t at, const struct sign *sign)
{
    struct text rest = text_part(text, at, text.length);
    size_t length = text_of(sign->sign).length;
    bool number = rest.length > length && is_digit(rest.at[length]);
    bool after = at > 0 && is_digit(text.at[at - 1]);
    return text_starts(rest, sign->sign) && (!sign->number || number) && (!sign->after || after);
}

void spoken_signs(enum spoken_signs_of of, struct text text, struct buf *out)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, text);
    struct text whole = buf_text(&safe);
    for (size_t at = 0; at < whole.length;) {
        size_t i = 0, count = all_signs[of].count;
        const struct sign *signs = all_signs[of].items;
        while (i < count && !stands_at(whole, at, &signs[i]))
            i++;
        buf_add_text(out, i < count ? text_of(signs[i].word) : text_part(whole, at, 1));
        at += i < count ? text_of(signs[i].sign).length : 1;
    }
    buf_release(&safe);
}
