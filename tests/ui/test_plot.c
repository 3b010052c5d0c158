#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "ui/plot.h"

/* Known answers, written as a person would label an axis. */

static void ticks_are(double low, double high, size_t most, const char *wanted)
{
    double ticks[12];
    char said[200] = "";
    size_t count = plot_ticks(low, high, most, ticks);
    for (size_t i = 0; i < count; i++)
        snprintf(said + strlen(said), sizeof said - strlen(said), "%s%.10g", i ? " " : "",
                 ticks[i]);
    if (strcmp(said, wanted) != 0)
        fail_msg("%g to %g in %zu: \"%s\", not \"%s\"", low, high, most, said, wanted);
}

static void ticks_are_round_and_as_many_as_fit(void **state)
{
    (void)state;
    ticks_are(0, 10, 6, "0 2 4 6 8 10");
    ticks_are(0, 10, 3, "0 5 10");
    ticks_are(43400, 48200, 4, "44000 46000 48000");
    ticks_are(43400, 48200, 6, "44000 45000 46000 47000 48000");
    ticks_are(0.0123, 0.0431, 4, "0.02 0.03 0.04");
    ticks_are(-30, 50, 5, "-20 0 20 40");
    ticks_are(1013, 1124, 3, "1050 1100");
    ticks_are(97, 131, 1, "100");
    ticks_are(5, 5, 4, "");
    ticks_are(5, 4, 4, "");
    ticks_are(NAN, 4, 4, "");
    ticks_are(1e9, 3e9, 5, "1000000000 1500000000 2000000000 2500000000 3000000000");
}

static void there_are_never_more_ticks_than_asked_for(void **state)
{
    (void)state;
    double ticks[12];
    for (int i = 1; i < 2000; i++) {
        double low = sin(i) * pow(10, i % 7), high = low + fabs(cos(i * 3.0)) * pow(10, i % 5);
        size_t most = 1 + (size_t)(i % 12), count = plot_ticks(low, high, most, ticks);
        assert_true(count <= most);
        for (size_t k = 0; k < count; k++) {
            assert_true(ticks[k] >= low - 1e-6 * fabs(low) && ticks[k] <= high + 1e-6 * fabs(high));
            assert_true(k == 0 || ticks[k] > ticks[k - 1]);
        }
    }
}

static double at(const char *date)
{
    double seconds = NAN;
    assert_true(date_parse(text_of(date), &seconds));
    return seconds;
}

static void months_are(const char *from, const char *to, size_t most, const char *wanted)
{
    double months[12];
    struct buf said = BUF_INIT;
    size_t count = plot_months(at(from), at(to), most, months);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(&said, ' ');
        date_iso(&said, months[i]);
    }
    assert_string_equal(buf_string(&said), wanted);
    buf_release(&said);
}

static void months_start_on_their_first(void **state)
{
    (void)state;
    months_are("2026-02-09", "2026-05-03", 6, "2026-03-01 2026-04-01 2026-05-01");
    months_are("2026-02-01", "2026-03-01", 6, "2026-02-01 2026-03-01");
    months_are("2026-02-09", "2026-08-03", 4, "2026-03-01 2026-05-01 2026-07-01");
    months_are("2025-11-20", "2026-11-15", 3, "2026-01-01 2026-07-01");
    months_are("2019-05-20", "2026-11-15", 4, "2020-01-01 2022-01-01 2024-01-01 2026-01-01");
    months_are("2026-02-09", "2026-02-20", 4, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_as_many_as_fit),
        cmocka_unit_test(there_are_never_more_ticks_than_asked_for),
        cmocka_unit_test(months_start_on_their_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
