#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "store/figures.h"

static void peers_are_the_same_for_every_reader(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct peers made, read;
    struct store *store = open_for(path, STORE_WRITE);

    assert_true(store_peers(store, &read, NULL));
    assert_true(isnan(read.made_at));
    peers_init(&made);
    made.made_at = 1785542400;
    made.cell[PLATFORM_INSTAGRAM][BASIS_FOLLOWERS][2] = (struct peer_cell){41, 0.1 + 0.2, 1.0 / 3};
    made.cell[PLATFORM_TIKTOK][BASIS_VIEWS][5] = (struct peer_cell){30, 0.05, NAN};
    assert_true(store_peers_set(store, &made, NULL));
    made.cell[PLATFORM_TIKTOK][BASIS_VIEWS][5].count = 0; /* made again: the old ones are gone */
    assert_true(store_peers_set(store, &made, NULL));
    store_close(store);
    store = open_for(path, STORE_READ);
    assert_true(store_peers(store, &read, NULL));
    assert_true(read.made_at == 1785542400);
    const struct peer_cell *cell = &read.cell[PLATFORM_INSTAGRAM][BASIS_FOLLOWERS][2];
    assert_int_equal(cell->count, 41);
    assert_true(cell->er == 0.1 + 0.2 && cell->comments_per_like == 1.0 / 3);
    assert_int_equal(read.cell[PLATFORM_TIKTOK][BASIS_VIEWS][5].count, 0);
    store_close(store);
}

/* Made from the store as from the same creators in memory. */
static void peers_are_made_of_all_creators(void **state)
{
    enum { CREATORS = 4000 };
    static const enum column counts[] = {COL_FOLLOWERS, COL_LIKES, COL_COMMENTS, COL_SHARES,
                                         COL_SAVES,     COL_VIEWS, COL_ER};
    static const size_t offsets[] = {
        offsetof(struct facts, followers), offsetof(struct facts, likes),
        offsetof(struct facts, comments),  offsetof(struct facts, shares),
        offsetof(struct facts, saves),     offsetof(struct facts, views),
        offsetof(struct facts, er_stated), offsetof(struct facts, er_basis)};
    const char *path = in_folder(state, "a.db");
    struct record *records = calloc(CREATORS, sizeof *records);
    char(*handles)[16] = calloc(CREATORS, sizeof *handles);
    double(*values)[CREATORS] = calloc(8, sizeof *values);
    uint8_t *platform = calloc(CREATORS, 1);
    struct facts facts = {.count = CREATORS, .platform = platform};
    struct peers expected, made, read;
    struct random random;

    random_init(&random, 11);
    for (size_t i = 0; i < CREATORS; i++) {
        snprintf(handles[i], sizeof *handles, "c%zu", i);
        platform[i] = (uint8_t)random_below(&random, PLATFORM_COUNT);
        records[i] = creator(platform[i], handles[i]);
        for (size_t k = 0; k < 8; k++)
            values[k][i] = NAN;
        for (size_t k = 0; k < 7; k++)
            if (random_below(&random, 4)) {
                values[k][i] = (double)random_below(&random, k ? 900 : 30000);
                record_set_number(&records[i], counts[k], values[k][i]);
            }
        if (random_below(&random, 2)) {
            values[7][i] = BASIS_REACH;
            record_set_text(&records[i], COL_ER_BASIS, TEXT("reach"));
        }
    }
    for (size_t k = 0; k < 8; k++)
        *(struct cells *)((char *)&facts + offsets[k]) =
            (struct cells){CELLS_F64, .f64 = values[k]};
    peers_make(&expected, &facts, NULL, 77);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, records, CREATORS);
    assert_true(store_peers_make(store, 77, &made, NULL));
    assert_true(store_peers(store, &read, NULL));
    store_close(store);
    const struct peer_cell *a = &expected.cell[0][0][0], *b = &made.cell[0][0][0],
                           *c = &read.cell[0][0][0];
    size_t filled = 0;
    for (size_t i = 0; i < sizeof made.cell / sizeof *a; i++) {
        assert_int_equal(a[i].count, b[i].count);
        assert_int_equal(a[i].count, c[i].count);
        filled += a[i].count >= PEERS_STANDARD;
        assert_true(a[i].er == b[i].er || (isnan(a[i].er) && isnan(b[i].er)));
        assert_true(a[i].comments_per_like == b[i].comments_per_like ||
                    (isnan(a[i].comments_per_like) && isnan(b[i].comments_per_like)));
    }
    assert_true(filled > 10 && made.made_at == 77);
    free(platform);
    free(values);
    free(handles);
    free(records);
}

static void history_ends_with_the_present(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct snapshot past[] = {snapshot_at(100), snapshot_at(200)};
    struct record ada = creator_at(PLATFORM_X, "ada", 1000, 300);
    struct record bob = creator_at(PLATFORM_X, "bob", 5, 300);
    struct store_history history = {0};

    past[0].followers = 900;
    past[0].likes = 30;
    past[1].followers = 950;
    past[1].following = 12;
    ada.snapshots = past;
    ada.snapshot_count = 2;
    record_set_number(&ada, COL_LIKES, 44.5);
    record_set_number(&ada, COL_ENGAGEMENT_AT, 250);
    struct store *store = open_for(path, STORE_WRITE);
    import(store, &bob, 1);
    import(store, &ada, 1);
    int64_t id = atoll(oracle(path, "SELECT id FROM creator WHERE handle='ada'"));
    assert_true(store_history(store, id, &history, NULL));
    assert_int_equal(history.count, 4);
    assert_true(history.items[0].at == 100 && history.items[0].followers == 900);
    assert_true(history.items[0].likes == 30 && isnan(history.items[0].views));
    assert_true(history.items[1].at == 200 && history.items[1].following == 12);
    assert_true(history.items[2].at == 250 && history.items[2].likes == 44.5);
    assert_true(isnan(history.items[2].followers));
    assert_true(history.items[3].at == 300 && history.items[3].followers == 1000);
    assert_true(store_history(store, 999, &history, NULL));
    assert_int_equal(history.count, 0);
    store_history_release(&history);
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(peers_are_made_of_all_creators, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(peers_are_the_same_for_every_reader, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(history_ends_with_the_present, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
