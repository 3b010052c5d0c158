#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/vec.h"
#include "seed_internal.h"

static void known_dates_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double seconds;
    } cases[] = {
        {"1970-01-01", 0},
        {"2026-08-03", 1785715200},
        {"20260803", 1785715200},
        {" 2026-08-03\n", 1785715200},
        {"2026-08-03T09:50:26Z", 1785750626},
        {"2026-08-03t09:50:26z", 1785750626},
        {"2026-08-03 09:50:26", 1785750626},
        {"2026-08-03 09:50", 1785750600},
        {"2026-08-03T11:50:26+02:00", 1785750626},
        {"2026-08-03 11:50:26 +0200", 1785750626},
        {"2026-08-03 11:50:26+02", 1785750626},
        {"2026-08-03T05:20:26-04:30", 1785750626},
        {"2026-08-03T09:50:26.25Z", 1785750626.25},
        {"2025-10-07 09:50:26 +0200", 1759823426},
        {"2024-02-29", 1709164800},
        {"2000-02-29", 951782400},
        {"1969-12-31T23:59:59Z", -1},
        {"0000-01-01", -62167219200},
        {"9999-12-31", 253402214400},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double seconds = NAN;
        if (!date_parse(text_of(cases[i].text), &seconds) || seconds != cases[i].seconds)
            fail_msg("'%s' gave %f", cases[i].text, seconds);
    }
}

/* By the order that is asked for; where only one is possible the other gives nothing. */
static void days_and_months_come_in_any_order(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double day_first, month_first; /* NAN: none */
    } cases[] = {
        {"03.08.2026", 1785715200, 1772928000},
        {"3/8/2026", 1785715200, 1772928000},
        {" 03-08-2026 ", 1785715200, 1772928000},
        {"03.08.2026 09:50", 1785750600, 1772963400},
        {"3/8/2026, 09:50:26", 1785750626, 1772963426},
        {"31/05/2026", 1780185600, NAN},
        {"05/31/2026", NAN, 1780185600},
        {"2026/08/03", 1785715200, 1785715200},
        {"2026.8.3", 1785715200, 1785715200},
        {"29.02.2025", NAN, NAN},
        {"3.8.26", NAN, NAN},
        {"3.8/2026", NAN, NAN},
        {"003.08.2026", NAN, NAN},
        {"3.8.20261", NAN, NAN},
        {"3.8.2026 soon", NAN, NAN},
        {"3.8.2026,", 1785715200, 1772928000},
        {"1.500.2000", NAN, NAN},
        {"", NAN, NAN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        for (int order = DATE_DAY_MONTH; order <= DATE_MONTH_DAY; order++) {
            double wanted = order == DATE_DAY_MONTH ? cases[i].day_first : cases[i].month_first;
            double seconds = NAN;
            bool read =
                date_parse_ordered(text_of(cases[i].text), (enum date_order)order, &seconds);
            if (read != !isnan(wanted) || (read && seconds != wanted))
                fail_msg("'%s' gave %f", cases[i].text, seconds);
        }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",
        "2026",
        "2026-08",
        "2026-13-01",
        "2026-00-10",
        "2026-02-29",
        "1900-02-29",
        "1800-02-29",
        "2026-04-31",
        "2026-08-00",
        "2026-8-3",
        "2026-0803",
        "03.08.2026",
        "2026-08-03x",
        "2026-08-03T",
        "2026-08-03T24:00:00Z",
        "202608031",
        "yesterday",
        "2026-08-03 1",
        "2026-08-03T09:60",
        "2026-08-03T09:50:60Z",
        "-026-08-03",
        "99999999",
        "2026-08-03T09",
        "0000-00-00",
        "2026-08-03T09:50:26+2",
        "2026-08-03T09:50:26+02:0",
        "2026-08-03T09:50:26Zulu",
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double seconds = 7;
        if (date_parse(text_of(cases[i]), &seconds))
            fail_msg("'%s' was read as %f", cases[i], seconds);
        assert_true(seconds == 7);
    }
    assert_false(date_parse((struct text){0}, &(double){0}));
}

/* The C library's own calendar is the oracle. */
static void the_calendar_agrees_with_the_c_library(void **state)
{
    (void)state;
    struct random random = seeded("date");
    for (int i = 0; i < 20000; i++) {
        time_t when = (time_t)(random_unit(&random) * 315569520000.0 - 62167219200.0);
        struct tm tm;
        gmtime_r(&when, &tm);
        char expected[64];
        struct buf out = BUF_INIT;
        date_iso(&out, (double)when);
        snprintf(expected, sizeof expected, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900,
                 tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
        if (when % 86400)
            assert_string_equal(buf_string(&out), expected);
        double again;
        assert_true(date_parse(buf_text(&out), &again));
        assert_true(again == (double)when);
        buf_clear(&out);
        date_day(&out, (double)when);
        strftime(expected, sizeof expected, "%a %e %b", &tm);
        if (tm.tm_mday < 10)
            memmove(expected + 4, expected + 5, strlen(expected + 5) + 1);
        assert_string_equal(buf_string(&out), expected);
        buf_release(&out);
    }
}

static void dates_are_written(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    date_iso(&out, 1785715200);
    buf_add_char(&out, '|');
    date_iso(&out, 1785750626.9);
    buf_add_char(&out, '|');
    date_iso(&out, -0.5);
    buf_add_char(&out, '|');
    date_day(&out, 1785715200);
    buf_add_char(&out, '|');
    date_day_year(&out, 1785715200);
    assert_string_equal(buf_string(&out), "2026-08-03|2026-08-03T09:50:26Z|1969-12-31T23:59:59Z|"
                                          "Mon 3 Aug|3 Aug 2026");
    buf_clear(&out);
    static const double none[] = {NAN, INFINITY, -INFINITY, 1e18, -1e18, 253402300800.0};
    for (size_t i = 0; i < COUNT_OF(none); i++) {
        date_iso(&out, none[i]);
        date_day(&out, none[i]);
        date_day_year(&out, none[i]);
    }
    assert_string_equal(buf_string(&out), "");
    buf_release(&out);
}

static void ages_are_short(void **state)
{
    (void)state;
    static const struct {
        double days;
        const char *text;
    } cases[] = {
        {-3, "0d"},  {0, "0d"},    {0.99, "0d"}, {1, "1d"},   {16, "16d"},    {27.9, "27d"},
        {28, "4w"},  {35, "5w"},   {89, "12w"},  {90, "3mo"}, {120, "4mo"},   {729, "24mo"},
        {730, "2y"}, {1094, "2y"}, {1095, "3y"}, {NAN, ""},   {INFINITY, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = BUF_INIT;
        date_age(&out, cases[i].days * DATE_DAY);
        assert_string_equal(buf_string(&out), cases[i].text);
        buf_release(&out);
    }
}

static void durations_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double days;
    } cases[] = {
        {"7d", 7},     {"2w", 14},    {"3mo", 90}, {"1y", 365},    {"0d", 0},
        {" 10d ", 10}, {"", NAN},     {"d", NAN},  {"7", NAN},     {"7 d", NAN},
        {"-7d", NAN},  {"1.5y", NAN}, {"7m", NAN}, {"7days", NAN}, {"9999999999d", NAN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double seconds = NAN;
        bool read = date_duration(text_of(cases[i].text), &seconds);
        assert_int_equal(read, !isnan(cases[i].days));
        if (read)
            assert_true(seconds == cases[i].days * DATE_DAY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_dates_are_read),
        cmocka_unit_test(days_and_months_come_in_any_order),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(the_calendar_agrees_with_the_c_library),
        cmocka_unit_test(dates_are_written),
        cmocka_unit_test(ages_are_short),
        cmocka_unit_test(durations_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
