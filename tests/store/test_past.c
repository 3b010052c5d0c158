#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/number.h"
#include "base/random.h"
#include "domain/growth.h"
#include "store/figures.h"

/* What is kept of the past, against the past itself read back whole. */

#define DAY DATE_DAY

static struct snapshot seen_at(double at, double followers)
{
    const double nan = number_unknown();

    return (struct snapshot){at, followers, nan, nan, nan, nan, nan, nan, nan};
}

/* Rounded, and nothing at all of a past that is too short. */
static void tell_growth(const struct store_history *history, char *out, size_t size)
{
    struct growth growth = growth_of(history->items, history->count);
    bool known = number_known(growth.short_ago);
    double jump = growth_jump(history->items, history->count, PLATFORM_X, NULL).size;

    snprintf(out, size, "%.9g %.9g %.9g %.9g %.9g", number_known(jump) ? jump : 0,
             known ? growth.at : 0, known ? growth.now : 0, known ? growth.short_ago : 0,
             known && number_known(growth.long_ago) ? growth.long_ago : 0);
}

/* Returns whether the past is long enough for a jump. */
static bool check_one(struct store *store, const char *path, const char *handle)
{
    struct store_history history = {0};
    struct err err;
    char sql[200], wanted[200];

    snprintf(sql, sizeof sql, "SELECT id FROM creator WHERE handle='%s'", handle);
    assert_true(store_history(store, atoi(oracle(path, sql)), &history, &err));
    tell_growth(&history, wanted, sizeof wanted);
    snprintf(sql, sizeof sql,
             "SELECT printf('%%.9g %%.9g %%.9g %%.9g %%.9g', jump, growth_at, growth_now,"
             " growth_30d_ago, growth_90d_ago) FROM creator WHERE handle='%s'",
             handle);
    if (history.count > 0)
        assert_string_equal(oracle(path, sql), wanted);
    store_history_release(&history);
    return wanted[0] != '0';
}

/* The most sudden change and the growth are those of the whole past, short or long, whatever came when:
 * late, again, corrected, many times a day, in lists or alone. */
static void growth_and_jumps_follow_the_past_however_it_comes(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    uint64_t seed = 20261123;
    size_t known = 0;

    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 600; round++) {
        struct snapshot past[3];
        unsigned who = (unsigned)random_below(&random, 2 + (unsigned)round / 40);
        char handle[] = {(char)('a' + who), '\0'};
        struct record record = creator(PLATFORM_X, handle);
        double day = 1000 + (double)random_below(&random, who % 2 ? 20 : 160);
        double at = day * DAY + (double)random_below(&random, 24) * 3600;
        double followers = 1000 + 10 * day + (double)random_below(&random, 300);
        if (random_below(&random, 3)) {
            record_set_number(&record, COL_FOLLOWERS, followers);
            record_set_number(&record, COL_AUDIENCE_AT, at);
        } else {
            for (size_t i = 0; i < 3; i++)
                past[i] = seen_at((day + (double)i) * DAY, followers + 5 * (double)i);
            record.snapshots = past;
            record.snapshot_count = 3;
        }
        import(store, &record, 1);
        known += check_one(store, path, handle);
    }
    assert_true(known > 200);
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(growth_and_jumps_follow_the_past_however_it_comes,
                                        folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
