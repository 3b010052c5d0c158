#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"
#include "domain/movement.h"

#define NOW 1794787200.0
#define HOUR 3600.0

static struct record somebody(double followers, double likes)
{
    struct record record;
    record_clear(&record);
    record.id = 7;
    record_set_text(&record, COL_PLATFORM, TEXT("tiktok"));
    record_set_text(&record, COL_HANDLE, TEXT("lena"));
    record_set_number(&record, COL_FOLLOWERS, followers);
    record_set_number(&record, COL_LIKES, likes);
    record_set_number(&record, COL_AUDIENCE_AT, NOW - 9 * HOUR);
    return record;
}

/* What was seen becomes what is there, as a store does it. */
static void follow(struct record *record, const struct record *seen)
{
    static const enum column moved[] = {COL_FOLLOWERS,   COL_LIKES,         COL_VIEWS, COL_FEE,
                                        COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
        if (record_has(seen, moved[i]))
            record_set_number(record, moved[i], record_number(seen, moved[i]));
}

static void the_same_seed_gives_the_same(void **state)
{
    (void)state;
    for (uint64_t other = 0; other < 2; other++) {
        struct movement a, b;
        struct record was = somebody(50000, 900), x, y;
        bool differs = false;
        movement_init(&a, 3);
        movement_init(&b, 3 + other);
        for (int i = 0; i < 100; i++) {
            int64_t who = movement_pick(&a, 500), whom = movement_pick(&b, 500);
            assert_in_range(who, 1, 500);
            movement_step(&a, &was, NOW, &x);
            movement_step(&b, &was, NOW, &y);
            differs = differs || who != whom ||
                      record_number(&x, COL_FOLLOWERS) != record_number(&y, COL_FOLLOWERS);
        }
        assert_int_equal(differs, other);
    }
}

static void only_what_is_known_moves(void **state)
{
    struct movement movement;
    struct record was = somebody(number_unknown(), 900), seen;
    (void)state;
    movement_init(&movement, 1);
    record_set_number(&was, COL_FEE, 20000); /* of no currency: nobody knows what it is */
    for (int i = 0; i < 2000; i++) {
        movement_step(&movement, &was, NOW + 100, &seen);
        assert_true(text_is(record_text(&seen, COL_HANDLE), "lena"));
        assert_false(record_has(&seen, COL_FOLLOWERS));
        assert_false(record_has(&seen, COL_AUDIENCE_AT));
        assert_false(record_has(&seen, COL_VIEWS));
        assert_false(record_has(&seen, COL_FEE));
        assert_true(record_number(&seen, COL_ENGAGEMENT_AT) == NOW); /* of the hour */
    }
}

static void nothing_becomes_older(void **state)
{
    struct movement movement;
    struct record was = somebody(1000, 90), seen;
    (void)state;
    movement_init(&movement, 1);
    record_set_number(&was, COL_AUDIENCE_AT, NOW + 77);
    movement_step(&movement, &was, NOW + 100, &seen);
    assert_true(record_number(&seen, COL_AUDIENCE_AT) == NOW + 77);
    assert_true(record_number(&seen, COL_ENGAGEMENT_AT) == NOW);
}

/* A day of looks, once a minute: figures stay those of such an account. */
static void a_day_is_believable(void **state)
{
    static const double sizes[] = {0, 12, 3000, 80000, 30000000};
    (void)state;
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct movement movement;
        struct record was = somebody(sizes[k], sizes[k] * 0.03), seen;
        int fees = 0;
        movement_init(&movement, 11 + k);
        record_set_number(&was, COL_FEE, 20000);
        record_set_text(&was, COL_FEE_ORIGIN, TEXT("imported"));
        record_set_text(&was, COL_CURRENCY, TEXT("EUR"));
        for (int i = 0; i < 1440; i++) {
            double before = record_number(&was, COL_FOLLOWERS);
            movement_step(&movement, &was, NOW + 60 * i, &seen);
            double followers = record_number(&seen, COL_FOLLOWERS);
            assert_true(followers >= 0 && followers == floor(followers));
            assert_true(fabs(followers - before) <= fmax(1, 0.03 * before + 1));
            fees += record_has(&seen, COL_FEE);
            follow(&was, &seen);
        }
        assert_true(record_number(&was, COL_FOLLOWERS) >= 0.5 * sizes[k]);
        assert_true(record_number(&was, COL_FOLLOWERS) <= 6 * sizes[k] + 50);
        assert_true(record_number(&was, COL_LIKES) <=
                    0.5 * (record_number(&was, COL_FOLLOWERS) + 9));
        assert_in_range(fees, 1, 20);
        assert_true(fmod(record_number(&was, COL_FEE), 100) == 0);
        assert_true(record_number(&was, COL_FEE) >= 100);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same),
        cmocka_unit_test(only_what_is_known_moves),
        cmocka_unit_test(nothing_becomes_older),
        cmocka_unit_test(a_day_is_believable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
