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
#include "runtime/session.h"
#include "store/load.h"
#include "store/own.h"
#include "store/writer.h"

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
    assert_int_equal(row->planned.deliverables, 2);
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

/* ---- what is planned, through the store and back ---- */

static void write_creators(const char *const handles[], size_t count)
{
    struct store *store;
    struct record record;
    assert_true(store_open(path, STORE_WRITE, &store, NULL));
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, NULL));
    for (size_t i = 0; i < count; i++) {
        record_clear(&record);
        record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
        record_set_text(&record, COL_HANDLE, text_of(handles[i]));
        record_set_text(&record, COL_FEE_BY_FORMAT, TEXT("story=90|reel=350.5"));
        assert_true(sink.put(sink.self, &record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    store_writer_free(writer);
    store_close(store);
}

static void keep_planned(struct stand *stand, const char *handle, struct planned planned)
{
    struct catalog *catalog = &stand->catalog;
    struct effects effects = {0};
    struct err err;
    uint32_t row = catalog_find(catalog, PLATFORM_INSTAGRAM, text_of(handle));
    catalog_plan_put(catalog, row, &planned);
    effects_add(&effects, (struct effect){.kind = EFFECT_PLAN,
                                          .scenario = TEXT("default"),
                                          .platform = PLATFORM_INSTAGRAM,
                                          .key = text_of(handle),
                                          .planned = catalog_plan_get(catalog, row)});
    keeper_take(&stand->keeper, &effects);
    assert_int_equal(keeper_write(&stand->keeper, INFINITY, &err), KEEPER_DONE);
    effects_release(&effects);
}

static void expect_planned(const struct session *session, const char *handle,
                           struct planned expected)
{
    uint32_t row = catalog_find(&session->catalog, PLATFORM_INSTAGRAM, text_of(handle));
    struct planned planned = catalog_plan_get(&session->catalog, row);
    if (!planned_equal(&planned, &expected))
        fail_msg("%s: %u of format %d at %g", handle, planned.deliverables, planned.format,
                 planned.fee);
}

static void what_is_planned_comes_back(void **state)
{
    static const char *const handles[] = {"ada", "bob", "eve", "zoe"};
    const struct planned reels = {3, FORMAT_REEL, NAN}, tried = {0, FORMAT_NONE, 0},
                         paid = {2, FORMAT_STORY, 12345}, nothing = planned_none();
    struct stand stand = {0};
    struct session session;
    (void)state;
    write_creators(handles, 4);
    assert_true(store_open(path, STORE_EXPLORE, &stand.store, NULL));
    catalog_init(&stand.catalog);
    assert_true(store_load_all(stand.store, catalog_sink(&stand.catalog), NULL));
    keeper_init(&stand.keeper, stand.store, &stand.catalog);
    keep_planned(&stand, "ada", reels);
    keep_planned(&stand, "bob", tried);
    keep_planned(&stand, "eve", paid);
    keep_planned(&stand, "zoe", paid);
    keep_planned(&stand, "zoe", nothing);
    assert_true(session_open(&session, path, NULL));
    expect_planned(&session, "ada", reels);
    expect_planned(&session, "bob", tried);
    expect_planned(&session, "eve", paid);
    expect_planned(&session, "zoe", nothing);
    assert_int_equal(session.catalog.planned_count, 2);
    uint32_t ada = catalog_find(&session.catalog, PLATFORM_INSTAGRAM, TEXT("ada"));
    assert_true(sheet_number(&session.sheet, COL_FEE, ada) == 350.5);
    session_close(&session);
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
        cmocka_unit_test(what_is_planned_comes_back),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
