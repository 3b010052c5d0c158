#include "base/date.h"

#include <math.h>

#include "base/vec.h"

/* Days since 1970-01-01 and back, by counting years from 1 March so that the leap day comes last:
 * Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil {
    int64_t year;
    int month, day, weekday; /* 1-12, 1-31, 0 is Sunday */
    int hour, minute, second;
};

/* False where there is no date: unknown, or outside the years 0 to 9999. */
static bool civil_of(double seconds, struct civil *civil)
{
    if (!(seconds >= -62167219200.0 && seconds < 253402300800.0))
        return false;
    int64_t whole = (int64_t)floor(seconds);
    int64_t days = whole / 86400 - (whole % 86400 < 0);
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = (int)(of_era - (365 * year + year / 4 - year / 100));
    int month = (5 * of_year + 2) / 153;
    int rest = (int)(whole - days * 86400);
    *civil = (struct civil){
        .year = year + era * 400 + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .day = of_year - (153 * month + 2) / 5 + 1,
        .weekday = (int)(((days + 4) % 7 + 7) % 7),
        .hour = rest / 3600,
        .minute = rest / 60 % 60,
        .second = rest % 60,
    };
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* The readers below take what they know off the front of *rest. */
static bool take_digits(struct text *rest, size_t count, int *value)
{
    if (rest->length < count)
        return false;
    *value = 0;
    for (size_t i = 0; i < count; i++) {
        char c = rest->at[i];
        if (c < '0' || c > '9')
            return false;
        *value = *value * 10 + (c - '0');
    }
    *rest = text_part(*rest, count, rest->length);
    return true;
}

static bool take_char(struct text *rest, char c)
{
    if (!rest->length || rest->at[0] != c)
        return false;
    *rest = text_part(*rest, 1, rest->length);
    return true;
}

static bool day_of(int year, int month, int day, double *seconds)
{
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return false;
    *seconds = (double)days_of(year, month, day) * DATE_DAY;
    return true;
}

static bool take_day(struct text *rest, double *seconds)
{
    int year, month, day;
    if (!take_digits(rest, 4, &year))
        return false;
    bool dashes = take_char(rest, '-');
    if (!take_digits(rest, 2, &month) || (dashes && !take_char(rest, '-')) ||
        !take_digits(rest, 2, &day))
        return false;
    return day_of(year, month, day, seconds);
}

/* As many as there are, up to `most`. */
static bool take_number(struct text *rest, size_t most, int *value)
{
    size_t count = 0;
    while (count < most && count < rest->length && rest->at[count] >= '0' && rest->at[count] <= '9')
        count++;
    return count > 0 && take_digits(rest, count, value);
}

/* Three numbers with the same sign between them; the year has four digits, at either end. */
static bool take_day_ordered(struct text *rest, enum date_order order, double *seconds)
{
    int parts[3];
    size_t before = rest->length;
    if (!take_number(rest, 4, &parts[0]) || !rest->length)
        return false;
    bool year_first = before - rest->length == 4;
    char sign = rest->at[0];
    if ((sign != '.' && sign != '/' && sign != '-') || (!year_first && before - rest->length > 2))
        return false;
    if (!take_char(rest, sign) || !take_number(rest, 2, &parts[1]) || !take_char(rest, sign))
        return false;
    if (year_first)
        return take_number(rest, 2, &parts[2]) && day_of(parts[0], parts[1], parts[2], seconds);
    bool day_first = order == DATE_DAY_MONTH;
    return take_digits(rest, 4, &parts[2]) &&
           day_of(parts[2], parts[day_first], parts[!day_first], seconds);
}

static double take_fraction(struct text *rest)
{
    double value = 0, place = 1;
    int digit;
    while (take_digits(rest, 1, &digit)) {
        place /= 10;
        value += digit * place;
    }
    return value;
}

static bool take_clock(struct text *rest, double *seconds)
{
    int hour, minute, second = 0;
    if (!take_digits(rest, 2, &hour) || !take_char(rest, ':') || !take_digits(rest, 2, &minute))
        return false;
    if (take_char(rest, ':') && !take_digits(rest, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds += hour * 3600.0 + minute * 60.0 + second;
    if (take_char(rest, '.'))
        *seconds += take_fraction(rest);
    return true;
}

/* Z, +02:00, +0200, +02, with or without a blank before; none means UTC. */
static bool take_zone(struct text *rest, double *seconds)
{
    take_char(rest, ' ');
    if (take_char(rest, 'Z') || take_char(rest, 'z') || !rest->length)
        return true;
    bool ahead = take_char(rest, '+');
    int hour, minute = 0;
    if ((!ahead && !take_char(rest, '-')) || !take_digits(rest, 2, &hour))
        return false;
    bool colon = take_char(rest, ':');
    if ((colon || rest->length) && !take_digits(rest, 2, &minute))
        return false;
    if (hour > 23 || minute > 59)
        return false;
    double offset = hour * 3600.0 + minute * 60.0;
    *seconds += ahead ? -offset : offset;
    return true;
}

/* The time behind a day, if there is one, and nothing else. */
static bool take_time(struct text *rest, double *seconds)
{
    if (!rest->length)
        return true;
    if (!take_char(rest, 'T') && !take_char(rest, 't') && !take_char(rest, ' '))
        return false;
    return take_clock(rest, seconds) && take_zone(rest, seconds) && !rest->length;
}

bool date_parse(struct text text, double *seconds)
{
    struct text rest = text_trim(text);
    double value;
    if (!take_day(&rest, &value) || !take_time(&rest, &value))
        return false;
    *seconds = value;
    return true;
}

bool date_parse_ordered(struct text text, enum date_order order, double *seconds)
{
    struct text rest = text_trim(text);
    double value;
    if (!take_day_ordered(&rest, order, &value))
        return false;
    take_char(&rest, ',');
    if (!take_time(&rest, &value))
        return false;
    *seconds = value;
    return true;
}

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char *const weekday_names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/* Two digits and what follows them; returns the end. */
static char *write_pair(char *at, int value, char after)
{
    at[0] = (char)('0' + value / 10);
    at[1] = (char)('0' + value % 10);
    at[2] = after;
    return at + 3;
}

void date_iso(struct buf *out, double seconds)
{
    struct civil c;
    if (!civil_of(seconds, &c))
        return;
    char *at = buf_room(out, sizeof "2026-08-03T09:50:26Z" - 1);
    char *end = write_pair(write_pair(at, (int)c.year / 100, '-') - 1, (int)c.year % 100, '-');
    end = write_pair(write_pair(end, c.month, '-'), c.day, 'T');
    if (c.hour || c.minute || c.second)
        end = write_pair(write_pair(write_pair(end, c.hour, ':'), c.minute, ':'), c.second, 'Z');
    else
        end--;
    buf_grown(out, (size_t)(end - at));
}

void date_day(struct buf *out, double seconds)
{
    struct civil c;
    if (civil_of(seconds, &c))
        buf_addf(out, "%s %d %s", weekday_names[c.weekday], c.day, month_names[c.month - 1]);
}

void date_day_year(struct buf *out, double seconds)
{
    struct civil c;
    if (civil_of(seconds, &c))
        buf_addf(out, "%d %s %d", c.day, month_names[c.month - 1], (int)c.year);
}

/* Units of an age or a duration in days; an age below `until` days is told in that unit. */
static const struct unit {
    const char *name;
    double days, until;
} units[] = {
    {"d", 1, 28},
    {"w", 7, 90},
    {"mo", 30, 730},
    {"y", 365, INFINITY},
};

void date_age(struct buf *out, double age_seconds)
{
    if (isnan(age_seconds) || isinf(age_seconds))
        return;
    double days = floor(age_seconds / DATE_DAY);
    if (days < 0)
        days = 0;
    const struct unit *unit = units;
    while (days >= unit->until)
        unit++;
    buf_addf(out, "%.0f%s", floor(days / unit->days), unit->name);
}

bool date_duration(struct text text, double *seconds)
{
    struct text rest = text_trim(text);
    double count = 0;
    int digit;
    size_t digits = 0;
    for (; take_digits(&rest, 1, &digit); digits++)
        count = count * 10 + digit;
    if (!digits || digits > 9)
        return false;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (text_is(rest, units[i].name)) {
            *seconds = count * units[i].days * DATE_DAY;
            return true;
        }
    return false;
}
