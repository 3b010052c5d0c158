#include "support.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "store/own.h"

static void note_tick(void *self, int64_t id, enum platform platform, struct text key)
{
    (void)id;
    buf_addf(self, "%s/%.*s ", platforms[platform].word, (int)key.length, key.at);
}

static const char *ticks(struct store *store, struct buf *out)
{
    buf_clear(out);
    assert_true(store_ticks(store, NULL, note_tick, out, NULL));
    return buf_string(out);
}

static void ticks_survive_in_their_order(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct buf seen = BUF_INIT;
    struct store *store = open_for(path, STORE_EXPLORE);

    assert_string_equal(ticks(store, &seen), "");
    assert_true(store_tick_set(store, PLATFORM_X, TEXT("zoe"), true, NULL));
    assert_true(store_tick_set(store, PLATFORM_INSTAGRAM, TEXT("ada"), true, NULL));
    assert_true(store_tick_set(store, PLATFORM_TIKTOK, TEXT("bob"), true, NULL));
    assert_true(store_tick_set(store, PLATFORM_X, TEXT("zoe"), true, NULL));
    assert_true(store_tick_set(store, PLATFORM_INSTAGRAM, TEXT("ada"), false, NULL));
    assert_true(store_tick_set(store, PLATFORM_INSTAGRAM, TEXT("nobody"), false, NULL));
    store_close(store);
    store = open_for(path, STORE_READ);
    assert_string_equal(ticks(store, &seen), "x/zoe tiktok/bob ");
    buf_release(&seen);
    store_close(store);
}

static void add_note(void *self, int64_t id, enum platform platform, struct text key,
                     struct text note)
{
    (void)id;
    buf_addf(self, "%s/%.*s=%.*s; ", platforms[platform].word, (int)key.length, key.at,
             (int)note.length, note.at);
}

static void notes_are_written_over_and_taken_away(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct buf seen = BUF_INIT;
    struct store *store = open_for(path, STORE_EXPLORE);

    assert_true(store_note_set(store, PLATFORM_X, TEXT("zoe"), TEXT("one"), 1000, NULL));
    assert_true(store_note_set(store, PLATFORM_TIKTOK, TEXT("bob"), TEXT("it's"), 1000, NULL));
    assert_true(store_note_set(store, PLATFORM_INSTAGRAM, TEXT("ada"), TEXT("gone"), 1000, NULL));
    assert_true(store_note_set(store, PLATFORM_X, TEXT("zoe"), TEXT("two"), 2000, NULL));
    assert_true(store_note_set(store, PLATFORM_INSTAGRAM, TEXT("ada"), TEXT(""), 2000, NULL));
    store_close(store);
    store = open_for(path, STORE_READ);
    assert_true(store_notes(store, NULL, add_note, &seen, NULL));
    assert_string_equal(buf_string(&seen), "x/zoe=two; tiktok/bob=it's; ");
    buf_release(&seen);
    store_close(store);
}

static void note_plan(void *self, int64_t id, const struct store_plan_row *row)
{
    (void)id;
    buf_addf(self, "%s/%.*s %u %s %g; ", platforms[row->platform].word, (int)row->key.length,
             row->key.at, row->planned.deliverables, formats[row->planned.format].word,
             number_known(row->planned.fee) ? row->planned.fee : -1);
}

static const char *plan(struct store *store, const char *scenario, struct buf *out)
{
    buf_clear(out);
    assert_true(store_plan(store, text_of(scenario), NULL, note_plan, out, NULL));
    return buf_string(out);
}

static void plan_is_kept_by_scenario(void **state)
{
    struct buf seen = BUF_INIT;
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);
    struct store_plan_row one = {PLATFORM_INSTAGRAM, TEXT("ada"), {3, FORMAT_REEL, 45000}};
    struct store_plan_row two = {PLATFORM_X, TEXT("bob"), {2, FORMAT_NONE, number_unknown()}};
    struct store_plan_row tried = {PLATFORM_X, TEXT("eve"), {0, FORMAT_NONE, 0}};
    struct text scenario = TEXT("default"), other = TEXT("it's \"other\"");
    struct buf wanted = BUF_INIT;

    assert_true(store_plan_set(store, scenario, &one, NULL));
    assert_true(store_plan_set(store, scenario, &two, NULL));
    assert_true(store_plan_set(store, other, &two, NULL));
    assert_true(store_plan_set(store, scenario, &tried, NULL));
    one.planned.deliverables = 4;
    assert_true(store_plan_set(store, scenario, &one, NULL));
    buf_addf(&wanted, "instagram/ada 4 reel 45000; x/bob 2 %s -1; x/eve 0 %s 0; ",
             formats[FORMAT_NONE].word, formats[FORMAT_NONE].word);
    assert_string_equal(plan(store, "default", &seen), buf_string(&wanted));
    two.planned.deliverables = 0; /* says nothing any more */
    tried.planned = planned_none();
    assert_true(store_plan_set(store, scenario, &two, NULL));
    assert_true(store_plan_set(store, scenario, &tried, NULL));
    assert_string_equal(plan(store, "default", &seen), "instagram/ada 4 reel 45000; ");
    assert_non_null(strstr(plan(store, "it's \"other\"", &seen), "x/bob"));
    assert_string_equal(plan(store, "none", &seen), "");
    buf_release(&seen);
    buf_release(&wanted);
    store_close(store);
}

static void note_knob(void *self, struct text key, struct text value)
{
    buf_addf(self, "%.*s=%.*s ", (int)key.length, key.at, (int)value.length, value.at);
}

static const char *knobs(struct store *store, struct buf *out)
{
    buf_clear(out);
    assert_true(store_knobs(store, TEXT("default"), note_knob, out, NULL));
    return buf_string(out);
}

/* Two programs that turn different knobs lose nothing; of the same, the last wins. */
static void knobs_are_kept_one_by_one(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct text scenario = TEXT("default");
    struct buf seen = BUF_INIT;
    struct store *one = open_for(path, STORE_EXPLORE), *two = open_for(path, STORE_EXPLORE);

    assert_true(store_knob_set(one, scenario, TEXT("budget"), TEXT("5000"), NULL));
    assert_true(store_knob_set(two, scenario, TEXT("aov"), TEXT("64.5"), NULL));
    assert_true(store_knob_set(two, TEXT("other"), TEXT("aov"), TEXT("1"), NULL));
    assert_string_equal(knobs(one, &seen), "aov=64.5 budget=5000 ");
    assert_true(store_knob_set(two, scenario, TEXT("budget"), TEXT("7000"), NULL));
    assert_string_equal(knobs(one, &seen), "aov=64.5 budget=7000 ");
    assert_true(store_knob_set(one, scenario, TEXT("budget"), (struct text){0}, NULL));
    assert_string_equal(knobs(two, &seen), "aov=64.5 ");
    buf_release(&seen);
    store_close(one);
    store_close(two);
}

static void several_changes_are_one(void **state)
{
    struct text scenario = TEXT("default");
    struct buf seen = BUF_INIT;
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);

    assert_true(store_begin(store, NULL));
    assert_true(store_knob_set(store, scenario, TEXT("budget"), TEXT("5000"), NULL));
    assert_true(store_tick_set(store, PLATFORM_X, TEXT("zoe"), true, NULL));
    assert_true(store_end(store, false, NULL));
    assert_string_equal(knobs(store, &seen), "");
    assert_string_equal(ticks(store, &seen), "");
    assert_true(store_begin(store, NULL));
    assert_true(store_knob_set(store, scenario, TEXT("budget"), TEXT("5000"), NULL));
    assert_true(store_tick_set(store, PLATFORM_X, TEXT("zoe"), true, NULL));
    assert_true(store_end(store, true, NULL));
    assert_string_equal(knobs(store, &seen), "budget=5000 ");
    assert_string_equal(ticks(store, &seen), "x/zoe ");
    buf_release(&seen);
    store_close(store);
}

static void small_things_are_remembered(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct buf value = BUF_INIT;
    bool found = true;
    struct store *store = open_for(path, STORE_EXPLORE);

    assert_true(store_meta(store, "view", &value, &found, NULL));
    assert_false(found);
    assert_true(store_meta_set(store, "view", TEXT("tier:micro \"it's\""), NULL));
    assert_true(store_meta_set(store, "empty", TEXT(""), NULL));
    store_close(store);
    store = open_for(path, STORE_READ);
    assert_true(store_meta(store, "view", &value, &found, NULL));
    assert_true(found);
    assert_string_equal(buf_string(&value), "tier:micro \"it's\"");
    assert_true(store_meta(store, "empty", &value, &found, NULL));
    assert_true(found);
    assert_string_equal(buf_string(&value), "");
    buf_release(&value);
    store_close(store);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ticks_survive_in_their_order, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(plan_is_kept_by_scenario, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(knobs_are_kept_one_by_one, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(several_changes_are_one, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(notes_are_written_over_and_taken_away, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(small_things_are_remembered, folder_make, folder_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
