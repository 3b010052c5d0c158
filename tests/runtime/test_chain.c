#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_internal.h"
#include "base/random.h"
#include "base/vec.h"
#include "runtime/keeper.h"
#include "runtime/session.h"
#include "store/load.h"
#include "store/own.h"
#include "store/scenario.h"
#include "store/writer.h"

/* What the user does, through restarts: all of it is undone to the last bit, and done again. */

#define CREATORS 60
#define EDITS 200
#define NOW 1785758400.0

static char folder[] = "/tmp/chain-XXXXXX";
static char path[64];

/* An explorer without its screen. */
struct stand {
    struct store *store;
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct keeper keeper;
};

static void put_creators(int count)
{
    static const char *const platforms_of[] = {"instagram", "tiktok", "youtube"};
    struct store *store;
    assert_true(store_open(path, STORE_WRITE, &store, NULL));
    struct store_writer *writer = store_writer_new(store);
    struct record_sink sink = store_writer_sink(writer);
    assert_true(sink.begin(sink.self, NULL));
    for (int i = 0; i < count; i++) {
        char handle[32];
        struct record record;
        snprintf(handle, sizeof handle, "who.%c%d", 'a' + i * 7 % 26, i);
        record_clear(&record);
        record_set_text(&record, COL_PLATFORM, text_of(platforms_of[i % 3]));
        record_set_text(&record, COL_HANDLE, text_of(handle));
        record_set_number(&record, COL_FOLLOWERS, 1000 + i * 997);
        record_set_number(&record, COL_LIKES, 30 + i * 13);
        record_set_number(&record, COL_COMMENTS, 3 + i);
        record_set_number(&record, COL_VIEWS, 900 + i * 700);
        record_set_number(&record, COL_FEE, i % 5 ? 10000 + i * 1300 : NAN);
        record_set_text(&record, COL_CURRENCY, TEXT("EUR"));
        assert_true(sink.put(sink.self, &record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    store_writer_free(writer);
    store_close(store);
}

static void keep(struct stand *stand, struct effects *effects)
{
    struct err err = {.message = ""};
    keeper_take(&stand->keeper, effects);
    if (keeper_write(&stand->keeper, INFINITY, &err) != KEEPER_DONE)
        fail_msg("%s", err.message);
    effects_release(effects);
}

static void tell(struct stand *stand, struct message message)
{
    struct effects effects = {0};
    update(&stand->model, &message, &effects);
    keep(stand, &effects);
}

static void start(struct stand *stand)
{
    struct err err = {.message = ""};
    struct kept_scenario *kept;
    *stand = (struct stand){0};
    catalog_init(&stand->catalog);
    sheet_init(&stand->sheet, &stand->catalog);
    model_init(&stand->model, &stand->catalog, &stand->sheet, NOW, 100, 30);
    assert_true(store_open(path, STORE_EXPLORE, &stand->store, NULL));
    keeper_init(&stand->keeper, stand->store, &stand->catalog);
    if (!keeper_begin(&stand->keeper, &stand->model, &err) ||
        !store_load_all(stand->store, catalog_sink(&stand->catalog), &err) ||
        !session_ticks(stand->store, &stand->catalog, NULL, &err))
        fail_msg("%s", err.message);
    kept = kept_find(&stand->model.plans, text_of(stand->model.scenario.name));
    assert_true(session_plan(stand->store, &stand->catalog, &stand->model.scenario, &kept->plan,
                             NULL, NULL));
    tell(stand, (struct message){.kind = MESSAGE_LOADED});
}

static void stop(struct stand *stand)
{
    tell(stand, (struct message){.kind = MESSAGE_LEAVE});
    keeper_release(&stand->keeper);
    model_release(&stand->model);
    sheet_release(&stand->sheet);
    catalog_release(&stand->catalog);
    store_close(stand->store);
}

static void restart(struct stand *stand)
{
    stop(stand);
    start(stand);
}

static void key(struct stand *stand, uint32_t code)
{
    tell(stand, (struct message){.kind = MESSAGE_KEY, .key = code});
}

static void type(struct stand *stand, const char *text)
{
    for (; *text; text++)
        key(stand, (unsigned char)*text);
}

/* ---- what the store holds ---- */

static void add_rows(sqlite3 *db, const char *sql, struct buf *out)
{
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            buf_addf(out, "%s|", text ? text : "NULL");
        }
        buf_add_char(out, '\n');
    }
    sqlite3_finalize(stmt);
}

static void add_name(void *self, struct text name)
{
    buf_addf(self, "scenario %.*s\n", (int)name.length, name.at);
}

static char *dump(void)
{
    struct buf out = BUF_INIT;
    struct store *store;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    add_rows(db, "PRAGMA integrity_check", &out);
    add_rows(db, "SELECT platform, key FROM tick ORDER BY platform, key", &out);
    add_rows(db, "SELECT * FROM plan ORDER BY scenario, platform, key", &out);
    add_rows(db, "SELECT * FROM knob ORDER BY scenario, key", &out);
    add_rows(db,
             "SELECT 'in use', ifnull((SELECT value FROM meta WHERE key='scenario'), 'default')",
             &out);
    add_rows(db, "SELECT 'tiers', ifnull((SELECT value FROM meta WHERE key='tiers'), 'textbook')",
             &out);
    sqlite3_close(db);
    assert_true(store_open(path, STORE_READ, &store, NULL));
    assert_true(store_scenarios(store, add_name, &out, NULL));
    store_close(store);
    return buf_take(&out);
}

static void same(const char *what, const char *a, const char *b, uint64_t seed)
{
    if (strcmp(a, b) != 0)
        fail_msg("seed %llu, %s:\n%s---\n%s", (unsigned long long)seed, what, a, b);
}

/* ---- edits ---- */

static void some_creator(struct stand *stand, struct random *random)
{
    key(stand, K_HOME);
    for (uint64_t i = random_below(random, CREATORS); i > 0; i--)
        key(stand, K_DOWN);
}

static void edit_tick(struct stand *stand, struct random *random)
{
    some_creator(stand, random);
    key(stand, K_SPACE);
}

static void edit_tick_all(struct stand *stand, struct random *random)
{
    (void)random;
    key(stand, '*');
}

static void edit_filter(struct stand *stand, struct random *random)
{
    key(stand, 'f');
    type(stand, random_below(random, 2) ? "platform:tiktok" : "followers>10k");
    key(stand, K_ENTER);
    key(stand, K_ESCAPE);
    if (random_below(random, 2))
        key(stand, 'X');
}

static void edit_plan(struct stand *stand, struct random *random)
{
    some_creator(stand, random);
    key(stand, 'a');
}

static void edit_figure(struct stand *stand, struct random *random)
{
    static const char *const typed[] = {"250",  "1.2k", "=3*90", "-10%", "*1.1",
                                        "oops", "0",    "99.5",  "3",    "/2"};
    some_creator(stand, random);
    stand->model.cell = random_below(random, 2) ? COL_FEE : COL_DELIVERABLES;
    key(stand, 'e');
    type(stand, typed[random_below(random, COUNT_OF(typed))]);
    if (random_below(random, 3) == 0)
        tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
    key(stand, random_below(random, 4) ? K_ENTER : K_TAB);
    key(stand, K_ESCAPE);
}

static void edit_steps(struct stand *stand, struct random *random)
{
    some_creator(stand, random);
    stand->model.cell = random_below(random, 2) ? COL_FEE : COL_DELIVERABLES;
    for (uint64_t i = 1 + random_below(random, 4); i > 0; i--) {
        key(stand, random_below(random, 3) ? '+' : '-');
        if (random_below(random, 4) == 0)
            tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
    }
}

/* A format is chosen in the plan; here as whoever fills the budget does. */
static void edit_format(struct stand *stand, struct random *random)
{
    struct effects effects = {0};
    struct plan_change changes[3];
    for (size_t i = 0; i < COUNT_OF(changes); i++) {
        uint32_t row = (uint32_t)(random_below(random, CREATORS / 3) * 3 + i);
        bool story = catalog_platform(&stand->catalog, row) == PLATFORM_INSTAGRAM;
        changes[i] =
            (struct plan_change){.row = row, .before = catalog_plan_get(&stand->catalog, row)};
        changes[i].after = (struct planned){.deliverables = 1 + (unsigned)random_below(random, 5),
                                            .format = story ? FORMAT_STORY : FORMAT_NONE,
                                            .fee = (double)random_below(random, 100000)};
    }
    own_planned(&stand->model, &effects, TEXT("fill the budget"), changes, COUNT_OF(changes));
    keep(stand, &effects);
}

static void edit_budget(struct stand *stand, struct random *random)
{
    char typed[16];
    snprintf(typed, sizeof typed, "%d", (int)random_below(random, 50000));
    key(stand, 'b');
    type(stand, typed);
    if (random_below(random, 3) == 0)
        tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
    key(stand, random_below(random, 5) ? K_ENTER : K_ESCAPE);
}

static void edit_knob(struct stand *stand, struct random *random)
{
    static const char *const lines[] = {
        "set cvr 3%",           "set aov 95",          "set margin default",
        "set ctr 2%",           "set ctr_story 3%",    "set reach_rates reach-2019",
        "set fill on",          "set currency USD",    "set channel.4.name radio",
        "set channel.4.cpm 12", "set channel.1.cpm 9", "set channel.4.name none",
        "set rate.GBP 1.17",    "set universe 5M",     "set reach_rates default",
    };
    key(stand, ':');
    type(stand, lines[random_below(random, COUNT_OF(lines))]);
    key(stand, K_ENTER);
    key(stand, K_ESCAPE);
    key(stand, K_ESCAPE);
}

static struct text some_scenario(struct stand *stand, struct random *random, char room[64])
{
    const struct kept_scenarios *plans = &stand->model.plans;
    snprintf(room, 64, "%s", plans->items[random_below(random, plans->count)].scenario.name);
    return text_of(room);
}

static void edit_scenario(struct stand *stand, struct random *random)
{
    struct effects effects = {0};
    struct err err;
    char one[64], name[64];
    struct text which = some_scenario(stand, random, one);
    snprintf(name, sizeof name, "plan %d", (int)random_below(random, 6));
    switch (random_below(random, 4)) {
    case 0:
        own_scenario_copy(&stand->model, &effects, which, text_of(name), &err);
        break;
    case 1:
        own_scenario_rename(&stand->model, &effects, which, text_of(name), &err);
        break;
    case 2:
        own_scenario_delete(&stand->model, &effects, which, &err);
        break;
    default:
        own_scenario_use(&stand->model, &effects, which, NULL, &err);
    }
    keep(stand, &effects);
}

static void edit_tiers(struct stand *stand, struct random *random)
{
    struct effects effects = {0};
    own_tiers(&stand->model, &effects, &tier_presets[random_below(random, tier_preset_count)]);
    keep(stand, &effects);
}

static void (*const edits[])(struct stand *stand, struct random *random) = {
    edit_tick,  edit_tick,   edit_tick_all, edit_filter, edit_plan,     edit_plan,
    edit_steps, edit_figure, edit_figure,   edit_format, edit_knob,     edit_knob,
    edit_knob,  edit_budget, edit_scenario, edit_tiers,  edit_scenario,
};

/* Keys as a child would press them: whatever they open, and from wherever. */
static void press_anything(struct stand *stand, struct random *random, int count)
{
    static const uint32_t named[] = {K_ENTER,     K_ESCAPE,    K_TAB,     K_UP,        K_DOWN,
                                     K_LEFT,      K_RIGHT,     K_PAGE_UP, K_PAGE_DOWN, K_HOME,
                                     K_END,       K_BACKSPACE, K_F1,      K_F1 + 1,    K_BACK_TAB,
                                     K_CTRL('R'), K_CTRL('U'), K_DELETE};
    static const char letters[] =
        "  aaabbeeee++--==cpptwwAsfFXuUdnizgGjkhl0123456789.,%*/()krSC:<>!x";
    for (int i = 0; i < count; i++) {
        bool name = random_below(random, 3) == 0;
        key(stand, name ? named[random_below(random, COUNT_OF(named))]
                        : (unsigned char)letters[random_below(random, sizeof letters - 1)]);
        if (random_below(random, 12) == 0)
            tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
    }
    restart(stand);
    edit_tick(stand, random); /* what could be done again is forgotten */
    tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
}

static void some_edits(struct stand *stand, struct random *random, int count)
{
    for (int i = 0; i < count; i++)
        edits[random_below(random, COUNT_OF(edits))](stand, random);
    tell(stand, (struct message){.kind = MESSAGE_TICK, .now = NOW});
}

static void undo_all(struct stand *stand, size_t most)
{
    for (; stand->model.undo.done > 0 && most > 0; most--)
        key(stand, 'u');
}

static void redo_all(struct stand *stand, size_t most)
{
    for (; redo_next(&stand->model.undo) && most > 0; most--)
        key(stand, 'U');
}

static void one_round(uint64_t seed,
                      void (*edit)(struct stand *stand, struct random *random, int count),
                      int count)
{
    struct random random;
    struct stand stand;
    random_init(&random, seed);
    put_creators(CREATORS);
    start(&stand);
    some_edits(&stand, &random, 20); /* the start is not an empty store … */
    restart(&stand);
    stand.model.undo.done = 0; /* … and what led to it is out of reach */
    for (size_t i = 0; i < stand.model.undo.count; i++)
        step_release(&stand.model.undo.items[i]);
    stand.model.undo.count = 0;
    stand.model.undo.bytes = 0;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "DELETE FROM edit", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    char *before = dump();
    edit(&stand, &random, count / 2);
    char *middle = dump();
    restart(&stand);
    char *again = dump();
    same("a restart", middle, again, seed);
    edit(&stand, &random, count / 2);
    char *after = dump();
    size_t steps = stand.model.undo.done;
    undo_all(&stand, steps / 2);
    restart(&stand);
    undo_all(&stand, SIZE_MAX);
    char *undone = dump();
    same("undone", before, undone, seed);
    redo_all(&stand, steps / 3);
    restart(&stand);
    redo_all(&stand, SIZE_MAX);
    char *redone = dump();
    same("done again", after, redone, seed);
    undo_all(&stand, SIZE_MAX);
    char *at_last = dump();
    same("undone at last", before, at_last, seed);
    stop(&stand);
    char *const dumps[] = {before, middle, again, after, undone, redone, at_last};
    for (size_t i = 0; i < COUNT_OF(dumps); i++)
        free(dumps[i]);
    unlink(path);
}

static void all_is_undone_and_done_again(void **state)
{
    (void)state;
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : 20261123;
    int rounds = given ? 1 : 4;
    for (int i = 0; i < rounds; i++) {
        printf("seed %llu\n", (unsigned long long)(seed + (uint64_t)i));
        one_round(seed + (uint64_t)i, some_edits, EDITS);
    }
}

static void whatever_is_pressed_is_undone(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        printf("seed %llu\n", (unsigned long long)seed);
        one_round(seed, press_anything, 1500);
    }
}

/* Two on one store: each goes on with steps of its own, and whoever comes after sees all. */
static void two_explorers_lose_nothing(void **state)
{
    (void)state;
    struct stand one, two, third;
    put_creators(CREATORS);
    start(&one);
    start(&two);
    key(&one, K_SPACE);
    key(&two, 'b');
    type(&two, "5000");
    key(&two, K_ENTER);
    key(&one, K_DOWN);
    key(&one, K_SPACE);
    key(&two, 'b');
    type(&two, "6000");
    key(&two, K_ENTER);
    key(&two, 'u');
    key(&one, 'u');
    key(&one, 'U');
    assert_int_equal(one.model.undo.done, 2);
    assert_int_equal(two.model.undo.done, 1);
    start(&third);
    assert_int_equal(third.model.undo.done, 3);
    assert_int_equal(third.model.undo.count, 4);
    assert_int_equal(third.catalog.ticked_count, 2);
    assert_true(third.model.scenario.budget == 5000);
    key(&third, 'u'); /* the second tick: it came after the budget */
    assert_int_equal(third.catalog.ticked_count, 1);
    key(&third, 'u');
    assert_true(third.model.scenario.budget == 10000);
    key(&third, 'u');
    assert_int_equal(third.catalog.ticked_count, 0);
    stop(&third);
    stop(&two);
    stop(&one);
    unlink(path);
}

static size_t count_of(const char *sql)
{
    struct buf out = BUF_INIT;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    add_rows(db, sql, &out);
    sqlite3_close(db);
    size_t count = strtoul(buf_string(&out), NULL, 10);
    buf_release(&out);
    return count;
}

/* Marks of many that still wait to be written are read off the catalogue: by then it holds another plan. */
static void a_plan_is_left_before_it_is_written(void **state)
{
    (void)state;
    struct stand stand;
    struct effects effects = {0};
    struct err err;
    put_creators(300);
    start(&stand);
    struct message star = {.kind = MESSAGE_KEY, .key = '*'}, in = {.kind = MESSAGE_KEY, .key = 'a'};
    tell(&stand, star);
    update(&stand.model, &in, &effects);
    assert_int_equal(stand.catalog.planned_count, 300);
    assert_true(own_scenario_copy(&stand.model, &effects, TEXT("default"), TEXT("other"), &err));
    update(&stand.model, &in, &effects); /* all of them out of the other */
    assert_int_equal(stand.catalog.planned_count, 0);
    assert_true(own_scenario_use(&stand.model, &effects, TEXT("default"), NULL, &err));
    keep(&stand, &effects);
    assert_int_equal(count_of("SELECT count(*) FROM plan WHERE scenario='default'"), 300);
    assert_int_equal(count_of("SELECT count(*) FROM plan WHERE scenario='other'"), 0);
    restart(&stand);
    assert_int_equal(stand.catalog.planned_count, 300);
    for (int i = 0; i < 4; i++)
        key(&stand, 'u');
    assert_int_equal(count_of("SELECT count(*) FROM plan"), 0);
    for (int i = 0; i < 3; i++)
        key(&stand, 'U');
    assert_int_equal(count_of("SELECT count(*) FROM plan WHERE scenario='default'"), 300);
    stop(&stand);
    unlink(path);
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
        cmocka_unit_test(all_is_undone_and_done_again),
        cmocka_unit_test(whatever_is_pressed_is_undone),
        cmocka_unit_test(two_explorers_lose_nothing),
        cmocka_unit_test(a_plan_is_left_before_it_is_written),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
