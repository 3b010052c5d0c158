#include "support.h"

#include <math.h>
#include <stdio.h>

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

/* The most sudden change is that of the whole past, whatever came when: late, again, corrected, many
 * times a day, in lists or alone. */
static void jumps_follow_the_past_however_it_comes(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_WRITE);
    uint64_t seed = 20261123;
    size_t known = 0;

    print_message("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 400; round++) {
        struct snapshot past[3];
        struct record record = creator(PLATFORM_X, random_below(&random, 2) ? "a" : "b");
        double day = 1000 + (double)random_below(&random, 20);
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
        for (int64_t id = 1; id <= 2; id++) {
            struct store_history history = {0};
            struct err err;
            assert_true(store_history(store, id, &history, &err));
            double wanted = growth_jump(history.items, history.count, PLATFORM_X, NULL).size;
            char sql[64], said[40];
            snprintf(sql, sizeof sql, "SELECT printf('%%.9g', jump) FROM creator WHERE id=%d",
                     (int)id);
            snprintf(said, sizeof said, "%.9g", isnan(wanted) ? 0 : wanted);
            if (history.count > 0)
                assert_string_equal(oracle(path, sql), said);
            known += number_known(wanted);
            store_history_release(&history);
        }
    }
    assert_true(known > 400);
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(jumps_follow_the_past_however_it_comes, folder_make,
                                        folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
