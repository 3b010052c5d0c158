#include "domain/show.h"

#include <assert.h>
#include <math.h>

#include "base/date.h"
#include "base/vec.h"

/* A value that rounds to 100 with one or two places wears fewer: the width stays. */
#define ROUNDS_TO_100_AT_1 99.95
#define ROUNDS_TO_100_AT_2 99.995

/* Figures of one kind: `exact` is only heeded by those that are shown short. */
typedef void show_figure(struct buf *out, double value, bool exact, struct number_style style);

static void show_signed(struct buf *out, double value, struct number_style style)
{
    if (value >= 0.5)
        buf_add_char(out, '+');
    number_fixed(out, value, 0, style);
}

static void show_count(struct buf *out, double value, bool exact, struct number_style style)
{
    if (exact)
        number_fixed(out, value, 0, style);
    else
        number_short(out, value, style);
}

static void show_score(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    number_fixed(out, value, 0, style);
}

static void show_average(struct buf *out, double value, bool exact, struct number_style style)
{
    bool fraction = value != round(value) && fabs(value) < ROUNDS_TO_100_AT_1;
    if (exact)
        number_fixed(out, value, fraction, style);
    else
        number_short(out, value, style);
}

static void show_estimate(struct buf *out, double value, bool exact, struct number_style style)
{
    if (fabs(value) < ROUNDS_TO_100_AT_1)
        number_fixed(out, value, 1, style);
    else
        show_count(out, value, exact, style);
}

static void show_share(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    double percent = value * 100;
    number_fixed(out, percent, fabs(percent) < ROUNDS_TO_100_AT_2 ? 2 : 1, style);
    buf_add_char(out, '%');
}

static void show_ratio(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    number_fixed(out, value, fabs(value) < ROUNDS_TO_100_AT_2 ? 2 : 0, style);
    buf_add_char(out, 'x');
}

static void show_roi(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    double percent = value * 100;
    if (percent >= 999.5) {
        buf_add_string(out, ">999%");
        return;
    }
    show_signed(out, percent, style);
    buf_add_char(out, '%');
}

static void show_growth(struct buf *out, double value, bool exact, struct number_style style)
{
    if (value >= 9.995) {
        buf_add_string(out, ">999%");
        return;
    }
    if (value * 100 >= 0.005)
        buf_add_char(out, '+');
    show_share(out, value, exact, style);
}

static void show_money(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    number_fixed(out, value, 0, style);
}

static void show_profit(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    show_signed(out, value, style);
}

static void show_unit_cost(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    number_fixed(out, value, fabs(value) < ROUNDS_TO_100_AT_2 ? 2 : 0, style);
}

static void show_time(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    (void)style;
    date_day_year(out, value);
}

static void show_flag(struct buf *out, double value, bool exact, struct number_style style)
{
    (void)exact;
    (void)style;
    buf_add_string(out, value != 0 ? "yes" : "no");
}

static const struct unit_row {
    show_figure *show; /* NULL: text, not a figure */
    bool percent;      /* may be typed with a % */
    double bare_most;  /* above it without a %, nobody knows what was meant; 0: always clear */
} units[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = {.show = NULL},
    [UNIT_WORD] = {.show = NULL},
    [UNIT_SET] = {.show = NULL},
    [UNIT_COUNT] = {.show = show_count},
    [UNIT_AVERAGE] = {.show = show_average},
    [UNIT_SHARE] = {.show = show_share, .percent = true, .bare_most = 1},
    [UNIT_RATIO] = {.show = show_ratio, .percent = true},
    [UNIT_ROI] = {.show = show_roi, .percent = true, .bare_most = 9.99},
    [UNIT_GROWTH] = {.show = show_growth, .percent = true, .bare_most = 9.99},
    [UNIT_MONEY] = {.show = show_money},
    [UNIT_PROFIT] = {.show = show_profit},
    [UNIT_UNIT_COST] = {.show = show_unit_cost},
    [UNIT_ESTIMATE] = {.show = show_estimate},
    [UNIT_SCORE] = {.show = show_score},
    [UNIT_DAYS] = {.show = show_count},
    [UNIT_TIME] = {.show = show_time},
    [UNIT_FLAG] = {.show = show_flag},
};

void show_number(struct buf *out, enum unit unit, double value, bool exact,
                 struct number_style style)
{
    assert(unit < UNIT_COUNT_OF && units[unit].show);
    size_t before = out->length;
    if (isinf(value) && value > 0)
        buf_add_string(out, "never");
    else if (number_known(value))
        units[unit].show(out, value, exact, style);
    if (out->length == before)
        buf_add_char(out, '-');
}

void show_plain(struct buf *out, enum unit unit, double value)
{
    assert(unit < UNIT_COUNT_OF && units[unit].show);
    if (unit == UNIT_TIME)
        date_iso(out, value);
    else
        number_exact(out, value);
}

static bool read_flag(struct text text, double *value)
{
    static const struct flag_word {
        const char *word;
        double value;
    } words[] = {{"yes", 1},  {"no", 0},    {"on", 1}, {"off", 0},
                 {"true", 1}, {"false", 0}, {"1", 1},  {"0", 0}};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (text_equal_ascii_case(text, text_of(words[i].word))) {
            *value = words[i].value;
            return true;
        }
    }
    return false;
}

static bool read_time(struct text text, double *value)
{
    double seconds;
    if (date_duration(text, &seconds)) {
        *value = -seconds;
        return true;
    }
    if (!date_parse(text, &seconds) || seconds <= 0)
        return false;
    *value = seconds;
    return true;
}

static bool read_days(struct text text, double *value)
{
    double seconds;
    if (!date_duration(text, &seconds))
        return false;
    *value = seconds / DATE_DAY;
    return true;
}

static bool read_figure(struct text text, enum unit unit, struct number_style style, double *value)
{
    struct number_seen seen;
    if (unit == UNIT_RATIO && text.length > 1 && (text.at[text.length - 1] | 0x20) == 'x')
        text.length--;
    if (!number_parse(text, style, &seen) || seen.unknown || seen.trailing)
        return false;
    bool unclear = units[unit].bare_most > 0 && fabs(seen.value) > units[unit].bare_most;
    if (seen.percent ? !units[unit].percent : unclear)
        return false;
    *value = seen.value;
    return true;
}

bool show_read(struct text text, enum unit unit, struct number_style style, double *value)
{
    assert(unit < UNIT_COUNT_OF);
    text = text_trim(text);
    if (!units[unit].show || text.length == 0)
        return false;
    if (unit == UNIT_FLAG)
        return read_flag(text, value);
    if (unit == UNIT_TIME)
        return read_time(text, value);
    if (unit == UNIT_DAYS && read_days(text, value))
        return true;
    return read_figure(text, unit, style, value);
}
