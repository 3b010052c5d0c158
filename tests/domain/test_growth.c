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
    close_to(growth_jump(past, 10, PLATFORM_INSTAGRAM, sizes).size, 0.19 / 0.0005);
    assert_true(isnan(sizes[0]));
    close_to(sizes[1], 0);
    close_to(sizes[2], 0.01 / 0.0005);
    close_to(sizes[6], 0.19 / 0.0005);
    assert_true(isnan(growth_jump(past, 7, PLATFORM_INSTAGRAM, sizes).size));
    assert_true(isnan(sizes[6]));
}

static void a_unit_of_the_third_digit_is_no_change_on_youtube(void **state)
{
    (void)state;
    struct snapshot past[9];
    double sizes[9];
    for (int i = 0; i < 9; i++)
        past[i] = seen(i, i < 5 ? 12300 : 12400);
    close_to(growth_jump(past, 9, PLATFORM_YOUTUBE, NULL).size, 0);
    close_to(growth_jump(past, 9, PLATFORM_X, sizes).size, log(12400 / 12300.0) / 0.0005);
    past[8].followers = 12600;
    close_to(growth_jump(past, 9, PLATFORM_YOUTUBE, sizes).size, log(12600 / 12400.0) / 0.0005);
    close_to(sizes[5], 0);
}

static void looking_often_is_no_jump(void **state)
{
    (void)state;
    /* 1% a day, once 30%; the same looked at every hour, where the first of a day counts. */
    struct snapshot days[12], hours[12 * 24];
    for (int i = 0; i < 12 * 24; i++) {
        double day = i / 24.0, followers = 1000 * pow(1.01, day) * (day < 6 ? 1 : 1.3);
        hours[i] = seen(day, followers + (i % 24 ? i % 7 : 0));
        if (i % 24 == 0)
            days[i / 24] = hours[i];
    }
    struct jump daily = growth_jump(days, 12, PLATFORM_TIKTOK, NULL);
    double sizes[12 * 24];
    struct jump hourly = growth_jump(hours, 12 * 24, PLATFORM_TIKTOK, sizes);
    close_to(daily.size, log(1.3) / 0.0005);
    close_to(hourly.size, daily.size);
    close_to(hourly.change, log(1.01) + log(1.3));
    close_to(hourly.usual, log(1.01));
    close_to(hourly.from, 5 * DATE_DAY);
    close_to(hourly.to, 6 * DATE_DAY);
    assert_int_equal(hourly.days, 12);
    assert_true(isnan(sizes[6 * 24 + 1]));
    assert_true(sizes[6 * 24] > GROWTH_JUMP);
    /* Two looks on both sides of midnight are a day apart, not a minute. */
    hours[0].at = 0.9999 * DATE_DAY;
    close_to(growth_jump(hours, 25, PLATFORM_TIKTOK, NULL).days, 2);
    struct snapshot night[9];
    for (int i = 0; i < 9; i++)
        night[i] = seen(i + (i % 2 ? 0 : 0.9999), 1000 * pow(1.01, i));
    close_to(growth_jump(night, 9, PLATFORM_TIKTOK, sizes).change, log(1.01));
}

static void why_tells_the_jump(void **state)
{
    (void)state;
    struct snapshot past[9];
    struct why_line lines[WHY_MOST];
    for (int i = 0; i < 9; i++)
        past[i] = seen(20000 + i, 1000 * pow(1.01, i) * (i < 5 ? 1 : 1.5));
    assert_int_equal(growth_why(past, 9, PLATFORM_X, COL_JUMP, lines), 4);
    close_to(lines[0].value, log(1.01) + log(1.5));
    close_to(lines[1].value, log(1.01));
    close_to(lines[2].value, 0.0005);
    close_to(lines[3].value, log(1.5) / 0.0005);
    assert_non_null(strstr(lines[0].reason, "8 Oct 2024 to 9 Oct 2024"));
    assert_non_null(strstr(lines[1].reason, "8 changes"));
    growth_why(past, 7, PLATFORM_X, COL_JUMP, lines);
    assert_true(isnan(lines[3].value));
    assert_non_null(strstr(lines[3].reason, "7 days known, it takes 8"));
}

static void why_names_the_dates_it_rests_on(void **state)
{
    (void)state;
    struct snapshot past[] = {seen(20000, 80), seen(20060, 100), seen(20080, 120),
                              seen(20100, 132)};
    struct why_line lines[WHY_MOST];
    assert_int_equal(growth_why(past, 4, PLATFORM_X, COL_GROWTH_30D, lines), 3);
    close_to(lines[0].value, 132);
    close_to(lines[1].value, 110);
    close_to(lines[2].value, 0.2);
    assert_non_null(strstr(lines[0].reason, "12 Jan 2025"));
    assert_non_null(strstr(lines[1].reason, "13 Dec 2024, evenly from 3 Dec 2024 to 23 Dec 2024"));
    growth_why(past + 2, 2, PLATFORM_X, COL_GROWTH_90D, lines);
    assert_true(isnan(lines[2].value));
    assert_non_null(strstr(lines[1].reason, "begins on 23 Dec 2024"));
    growth_why(NULL, 0, PLATFORM_X, COL_GROWTH_90D, lines);
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
        cmocka_unit_test(looking_often_is_no_jump),
        cmocka_unit_test(why_tells_the_jump),
        cmocka_unit_test(why_names_the_dates_it_rests_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
