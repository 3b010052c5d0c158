#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "domain/growth.h"

/* Known answers, worked out by hand. */

static struct snapshot seen(double day, double followers)
{
    struct snapshot snapshot = snapshot_at(day * DATE_DAY);

    snapshot.followers = followers;
    return snapshot;
}

static void close_to(double value, double wanted)
{
    if (!(fabs(value - wanted) < 1e-9))
        fail_msg("%.12g, not %.12g", value, wanted);
}

static void followers_change_evenly_between_two_dates(void **state)
{
    (void)state;
    struct snapshot past[] = {seen(0, 100), seen(4, NAN), seen(10, 200), seen(20, 150)};
    size_t count = COUNT_OF(past);
    close_to(growth_followers(past, count, 0), 100);
    close_to(growth_followers(past, count, 4 * DATE_DAY), 140);
    close_to(growth_followers(past, count, 10 * DATE_DAY), 200);
    close_to(growth_followers(past, count, 15 * DATE_DAY), 175);
    close_to(growth_followers(past, count, 20 * DATE_DAY), 150);
    assert_true(isnan(growth_followers(past, count, -1)));
    assert_true(isnan(growth_followers(past, count, 21 * DATE_DAY)));
}

static void growth_is_of_the_last_snapshot(void **state)
{
    (void)state;
    struct snapshot past[] = {seen(0, 80), seen(60, 100), seen(80, 120), seen(100, 132),
                              seen(101, NAN)};
    struct growth growth = growth_of(past, COUNT_OF(past));
    close_to(growth.at, 100 * DATE_DAY);
    close_to(growth.now, 132);
    close_to(growth.short_ago, 110); /* day 70 */
    close_to(growth.long_ago, 80 + 20 / 6.0);
    close_to(growth_rate(growth.now, growth.short_ago), 0.2);
    assert_true(isnan(growth_rate(5, 0)));
    assert_true(isnan(growth_rate(5, NAN)));
}

static void a_young_past_says_nothing(void **state)
{
    (void)state;
    struct snapshot past[] = {seen(0, 80), seen(29, 100)};
    struct growth growth = growth_of(past, 2);
    close_to(growth.now, 100);
    assert_true(isnan(growth.short_ago) && isnan(growth.long_ago));
    past[1].at = 30 * DATE_DAY;
    close_to(growth_of(past, 2).short_ago, 80);
    assert_true(isnan(growth_of(past, 2).long_ago));
    assert_true(isnan(growth_of(NULL, 0).at));
}

static void a_jump_stands_out_from_the_usual_change(void **state)
{
    (void)state;
    /* A day each; the changes are 1% and 2% in turn, and once 20%. The usual one is 1.5% or so. */
    struct snapshot past[10];
    double sizes[10], log_followers = log(1000);
    for (int i = 0; i < 10; i++) {
        log_followers += i == 0 ? 0 : i == 6 ? 0.2 : i % 2 ? 0.01 : 0.02;
        past[i] = seen(i, exp(log_followers));
    }
    /* Changes: 5 x 0.01, 3 x 0.02, 0.2: median 0.01; distances 0 x 5, 0.01 x 3, 0.19: MAD 0. */
    close_to(growth_jump(past, 10, PLATFORM_INSTAGRAM, sizes), 0.19 / 0.0005);
    assert_true(isnan(sizes[0]));
    close_to(sizes[1], 0);
    close_to(sizes[2], 0.01 / 0.0005);
    close_to(sizes[6], 0.19 / 0.0005);
    assert_true(isnan(growth_jump(past, 7, PLATFORM_INSTAGRAM, sizes)));
    assert_true(isnan(sizes[6]));
}

static void a_unit_of_the_third_digit_is_no_change_on_youtube(void **state)
{
    (void)state;
    struct snapshot past[9];
    double sizes[9];
    for (int i = 0; i < 9; i++)
        past[i] = seen(i, i < 5 ? 12300 : 12400);
    close_to(growth_jump(past, 9, PLATFORM_YOUTUBE, NULL), 0);
    close_to(growth_jump(past, 9, PLATFORM_X, sizes), log(12400 / 12300.0) / 0.0005);
    past[8].followers = 12600;
    close_to(growth_jump(past, 9, PLATFORM_YOUTUBE, sizes), log(12600 / 12400.0) / 0.0005);
    close_to(sizes[5], 0);
}

static void why_names_the_dates_it_rests_on(void **state)
{
    (void)state;
    struct snapshot past[] = {seen(20000, 80), seen(20060, 100), seen(20080, 120),
                              seen(20100, 132)};
    struct why_line lines[WHY_MOST];
    assert_int_equal(growth_why(past, 4, COL_GROWTH_30D, lines), 3);
    close_to(lines[0].value, 132);
    close_to(lines[1].value, 110);
    close_to(lines[2].value, 0.2);
    assert_non_null(strstr(lines[0].reason, "12 Jan 2025"));
    assert_non_null(strstr(lines[1].reason, "13 Dec 2024, evenly from 3 Dec 2024 to 23 Dec 2024"));
    growth_why(past + 2, 2, COL_GROWTH_90D, lines);
    assert_true(isnan(lines[2].value));
    assert_non_null(strstr(lines[1].reason, "begins on 23 Dec 2024"));
    growth_why(NULL, 0, COL_GROWTH_90D, lines);
    assert_non_null(strstr(lines[0].reason, "never seen"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(followers_change_evenly_between_two_dates),
        cmocka_unit_test(growth_is_of_the_last_snapshot),
        cmocka_unit_test(a_young_past_says_nothing),
        cmocka_unit_test(a_jump_stands_out_from_the_usual_change),
        cmocka_unit_test(a_unit_of_the_third_digit_is_no_change_on_youtube),
        cmocka_unit_test(why_names_the_dates_it_rests_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
