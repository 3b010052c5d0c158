#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "catalog/catalog.h"
#include "runtime/keeper.h"
#include "store/own.h"

/* Marks of a great many creators: written a little at a time, and as they are by then. */

#define MANY 12000

static char folder[] = "/tmp/keeper-XXXXXX";
static char path[64];

struct stand {
    struct store *store;
    struct catalog catalog;
    struct keeper keeper;
};

static void put(struct catalog *catalog, int64_t id)
{
    struct record_sink sink = catalog_sink(catalog);
    struct record record;
    char handle[32];
    snprintf(handle, sizeof handle, "%c%c.%d", 'a' + (int)(id * 7 % 26), 'A' + (int)(id * 11 % 26),
             (int)id);
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_PLATFORM, text_of(platforms[id % PLATFORM_COUNT].word));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    assert_true(sink.put(sink.self, &record, NULL));
}

static void stand_init(struct stand *stand)
{
    *stand = (struct stand){0};
    assert_true(store_open(path, STORE_EXPLORE, &stand->store, NULL));
    catalog_init(&stand->catalog);
    for (int64_t id = 1; id <= MANY; id++)
        put(&stand->catalog, id);
    keeper_init(&stand->keeper, stand->store, &stand->catalog);
}

static void stand_release(struct stand *stand)
{
    keeper_release(&stand->keeper);
    catalog_release(&stand->catalog);
    store_close(stand->store);
    unlink(path);
}

static void all_rows(struct bits *rows)
{
    bits_resize(rows, MANY);
    for (size_t row = 0; row < MANY; row++)
        bits_put(rows, row, true);
}

static void take(struct stand *stand, enum effect_kind kind, const struct bits *rows)
{
    struct effects effects = {0};
    effects_add(&effects, (struct effect){.kind = kind, .rows = *rows});
    keeper_take(&stand->keeper, &effects);
    effects_release(&effects);
}

static void tick_all(struct stand *stand, bool on)
{
    struct bits rows = {0};
    all_rows(&rows);
    catalog_tick_rows(&stand->catalog, &rows, on);
    take(stand, EFFECT_TICK_ROWS, &rows);
    bits_release(&rows);
}

static void check_tick(void *self, int64_t id, enum platform platform, struct text key)
{
    struct stand *stand = self;
    (void)id;
    uint32_t row = catalog_find(&stand->catalog, platform, key);
    assert_int_not_equal(row, CATALOG_NONE);
    assert_true(catalog_ticked(&stand->catalog, row));
}

static void count_tick(void *self, int64_t id, enum platform platform, struct text key)
{
    (void)id;
    (void)platform;
    (void)key;
    ++*(size_t *)self;
}

static size_t stored_ticks(struct stand *stand)
{
    size_t count = 0;
    assert_true(store_ticks(stand->store, NULL, count_tick, &count, NULL));
    return count;
}

/* No time at all: still something is written each time, and it comes to an end. */
static void many_marks_take_many_turns(void **state)
{
    (void)state;
    struct stand stand;
    struct err err;
    uint64_t done, total;
    size_t turns = 0, before = 0;
    stand_init(&stand);
    tick_all(&stand, true);
    assert_true(keeper_waits(&stand.keeper));
    while (keeper_write(&stand.keeper, 0.0005, &err) == KEEPER_MORE) {
        turns++;
        size_t now = stored_ticks(&stand);
        assert_true(now >= before);
        before = now;
        assert_false(keeper_progress(&stand.keeper, &done, &total)); /* these are few */
        assert_int_equal(done, now);
        assert_int_equal(total, MANY);
    }
    assert_true(turns > 3);
    assert_false(keeper_waits(&stand.keeper));
    assert_int_equal(stored_ticks(&stand), MANY);
    assert_true(store_ticks(stand.store, NULL, check_tick, &stand, NULL));
    stand_release(&stand);
}

static void what_changes_meanwhile_is_kept_as_it_is(void **state)
{
    (void)state;
    struct stand stand;
    struct err err;
    struct bits few = {0};
    stand_init(&stand);
    tick_all(&stand, true);
    while (stored_ticks(&stand) == 0)
        assert_int_equal(keeper_write(&stand.keeper, 0.0005, &err), KEEPER_MORE);
    bits_resize(&few, MANY);
    for (size_t row = 0; row < MANY; row += 3)
        bits_put(&few, row, true);
    catalog_tick_rows(&stand.catalog, &few, false);
    take(&stand, EFFECT_TICK_ROWS, &few);
    assert_int_equal(keeper_write(&stand.keeper, INFINITY, &err), KEEPER_DONE);
    assert_int_equal(stored_ticks(&stand), MANY - MANY / 3);
    assert_true(store_ticks(stand.store, NULL, check_tick, &stand, NULL));
    tick_all(&stand, false);
    assert_int_equal(keeper_write(&stand.keeper, INFINITY, &err), KEEPER_DONE);
    assert_int_equal(stored_ticks(&stand), 0);
    bits_release(&few);
    stand_release(&stand);
}

static void count_plan(void *self, int64_t id, const struct store_plan_row *row)
{
    (void)id;
    assert_true(row->deliverables == 2);
    ++*(size_t *)self;
}

static void a_locked_store_loses_nothing(void **state)
{
    (void)state;
    struct stand stand;
    struct err err;
    struct bits rows = {0};
    struct store *other;
    size_t planned = 0;
    stand_init(&stand);
    tick_all(&stand, true);
    all_rows(&rows);
    catalog_plan_rows(&stand.catalog, &rows, 2);
    take(&stand, EFFECT_PLAN_ROWS, &rows);
    while (stored_ticks(&stand) == 0)
        assert_int_equal(keeper_write(&stand.keeper, 0.0005, &err), KEEPER_MORE);
    assert_true(store_open(path, STORE_WRITE, &other, NULL));
    assert_true(store_begin(other, NULL));
    assert_int_equal(keeper_write(&stand.keeper, INFINITY, &err), KEEPER_HELD);
    assert_true(keeper_waits(&stand.keeper));
    assert_true(store_end(other, true, NULL));
    store_close(other);
    assert_int_equal(keeper_write(&stand.keeper, INFINITY, &err), KEEPER_DONE);
    assert_int_equal(stored_ticks(&stand), MANY);
    assert_true(store_plan(stand.store, TEXT("default"), NULL, count_plan, &planned, NULL));
    assert_int_equal(planned, MANY);
    bits_release(&rows);
    stand_release(&stand);
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/store.db", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_marks_take_many_turns),
        cmocka_unit_test(what_changes_meanwhile_is_kept_as_it_is),
        cmocka_unit_test(a_locked_store_loses_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
