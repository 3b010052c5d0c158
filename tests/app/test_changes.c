#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app/tabs.h"
#include "explorer.h"

/* What changed, as a place. */

#define DAY 86400.0
#define VISIT (EXPLORER_NOW - 7 * DAY)
#define CREATORS 12

static uint32_t row_of(const struct explorer *e, const char *handle)
{
    for (uint32_t row = 0; row < e->catalog.count; row++)
        if (text_is(catalog_text(&e->catalog, COL_HANDLE, row), handle))
            return row;
    fail_msg("no %s", handle);
    return 0;
}

/* When a creator came, and when it changed; as the store would tell it. */
static void came(struct explorer *e, const char *handle, double added, double changed)
{
    struct record_sink sink = catalog_sink(&e->catalog);
    struct record record;
    record_clear(&record);
    record.id = catalog_id(&e->catalog, row_of(e, handle));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_number(&record, COL_ADDED_AT, added);
    record_set_number(&record, COL_CHANGED_AT, changed);
    sink.begin(sink.self, NULL);
    sink.put(sink.self, &record, NULL);
    sink.end(sink.self, true, NULL);
}

static void set(struct explorer *e, const char *handle, enum column column, double value)
{
    struct record_sink sink = catalog_sink(&e->catalog);
    struct record record;
    record_clear(&record);
    record.id = catalog_id(&e->catalog, row_of(e, handle));
    record_set_text(&record, COL_HANDLE, text_of(handle));
    record_set_number(&record, column, value);
    record_set_number(&record, COL_CHANGED_AT, EXPLORER_NOW - 10);
    sink.begin(sink.self, NULL);
    sink.put(sink.self, &record, NULL);
    sink.end(sink.self, true, NULL);
}

/* All have been there for long, and none changed. */
static void begin(struct explorer *e, double visit)
{
    explorer_init(e);
    for (uint32_t row = 0; row < e->catalog.count; row++) {
        char handle[64];
        struct text name = catalog_text(&e->catalog, COL_HANDLE, row);
        snprintf(handle, sizeof handle, "%.*s", (int)name.length, name.at);
        came(e, handle, EXPLORER_NOW - 100 * DAY, NAN);
    }
    explorer_send(e, &(struct message){.kind = MESSAGE_VISIT, .now = visit});
}

/* Answers what is asked for: everybody had a fifth fewer followers, but for those who have no past. */
static size_t answer_without(struct explorer *e, const char *pastless)
{
    struct changes_then thens[CREATORS];
    int64_t ids[CHANGES_PAGE];
    size_t count = model_then_wanted(&e->model, ids), told = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = catalog_find_id(&e->catalog, ids[i]);
        struct snapshot then = snapshot_at(e->model.changes.since);
        for (size_t k = 0; k < SNAPSHOT_FIELDS; k++)
            *snapshot_figure(&then, k) =
                catalog_number(&e->catalog, snapshot_fields[k].column, row);
        for (size_t k = 0; k < SNAPSHOT_WORDS; k++)
            snapshot_set_word(&then, snapshot_words[k],
                              catalog_text(&e->catalog, snapshot_words[k], row));
        then.followers *= 0.8;
        if (!text_is(catalog_text(&e->catalog, COL_HANDLE, row), pastless))
            thens[told++] = (struct changes_then){ids[i], then};
    }
    if (count > 0)
        explorer_send(e, &(struct message){.kind = MESSAGE_THEN,
                                           .now = e->model.changes.since,
                                           .thens = thens,
                                           .then_count = told});
    return count;
}

static size_t answer(struct explorer *e)
{
    return answer_without(e, "");
}

/* Works until there is nothing left to do. */
static void finish(struct explorer *e)
{
    do {
        while (model_busy(&e->model))
            explorer_send(e, &(struct message){.kind = MESSAGE_WORK});
    } while (answer(e) > 0);
}

static void open_changes(struct explorer *e)
{
    explorer_key(e, 'd');
    finish(e);
    assert_int_equal(e->model.place, PLACE_CHANGES);
    assert_true(e->model.changes.ready || isnan(e->model.changes.since));
}

static void plan(struct explorer *e, const char *handle)
{
    explorer_go(e, handle);
    explorer_key(e, 'a');
}

static void tick(struct explorer *e, const char *handle)
{
    explorer_go(e, handle);
    explorer_key(e, K_SPACE);
}

/* Handles of a section as it stands on the page, a blank between. */
static const char *section(const struct explorer *e, enum changes_section section)
{
    static char room[3][256];
    struct buf text = BUF_INIT;
    const struct changes_entries *entries = &e->model.changes.shown[section];
    for (size_t i = 0; i < entries->count; i++) {
        uint32_t row = catalog_find_id(&e->catalog, entries->items[i].id);
        buf_add_string(&text, i ? " " : "");
        buf_add_text(&text,
                     row == CATALOG_NONE ? TEXT("?") : catalog_text(&e->catalog, COL_HANDLE, row));
    }
    snprintf(room[section], sizeof room[section], "%s", buf_string(&text));
    buf_release(&text);
    return room[section];
}

static const char *tab(const struct explorer *e)
{
    static struct tab tabs[TABS_MOST];
    int count = tabs_make(&e->model, tabs_from(&e->model), tabs);
    for (int i = 0; i < count; i++)
        if (tabs[i].key == 'd')
            return tabs[i].title;
    return "";
}

static const char *said(const struct explorer *e)
{
    static char room[512];
    struct buf text = BUF_INIT;
    changes_say(&e->model, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

static void the_first_visit_says_so(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, NAN);
    open_changes(&e);
    assert_non_null(strstr(said(&e), "first visit"));
    assert_string_equal(tab(&e), "New");
    assert_int_equal(explorer_effects(&e, EFFECT_GONE), 0); /* since when? */
    /* Seven days can be looked back all the same. */
    came(&e, "bea.lids", EXPLORER_NOW - 2 * DAY, NAN);
    explorer_key(&e, 'd');
    finish(&e);
    assert_string_equal(section(&e, CHANGES_NEW), "bea.lids");
    assert_string_equal(tab(&e), "New 1");
    explorer_release(&e);
}

static void nothing_changed_says_what_was_looked_at(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    open_changes(&e);
    assert_non_null(strstr(said(&e), "Nothing that matters changed since"));
    assert_non_null(strstr(said(&e), "Nobody is in the plan or ticked yet"));
    explorer_key(&e, 'q');
    plan(&e, "ada.skin");
    tick(&e, "jan.tech");
    open_changes(&e);
    assert_non_null(strstr(said(&e), "Looked at 1 in the plan and 1 ticked"));
    explorer_release(&e);
}

/* Only who changed is asked for; who of them moved stands there, in the plan before ticked ones. */
static void plan_and_ticked_are_told_apart(void **state)
{
    (void)state;
    struct explorer e;
    int64_t ids[CHANGES_PAGE];
    begin(&e, VISIT);
    plan(&e, "ada.skin");
    plan(&e, "bea.lids");
    tick(&e, "emil.food");
    tick(&e, "finn.trip");
    tick(&e, "ada.skin"); /* is in the plan already */
    came(&e, "ada.skin", VISIT - DAY, VISIT + DAY);
    came(&e, "emil.food", VISIT - DAY, VISIT + DAY);
    came(&e, "finn.trip", VISIT - DAY, VISIT - 1);
    explorer_key(&e, 'd');
    assert_int_equal(model_then_wanted(&e.model, ids), 2);
    finish(&e);
    assert_int_equal(model_then_wanted(&e.model, ids), 0);
    assert_string_equal(section(&e, CHANGES_PLAN), "ada.skin");
    assert_string_equal(section(&e, CHANGES_TICKED), "emil.food");
    assert_int_equal(e.model.changes.made.planned, 2);
    assert_int_equal(e.model.changes.made.ticked, 2);
    assert_int_equal(e.model.changes.made.updated, 2);
    const struct changes_entry *entry = &e.model.changes.shown[CHANGES_PLAN].items[0];
    assert_int_equal(entry->most, MOVED_FOLLOWERS);
    assert_true(entry->before == 48200 * 0.8 && changes_now(&e.model, entry) == 48200);
    assert_string_equal(explorer_cursor(&e), "ada.skin");
    assert_string_equal(tab(&e), "New 2");
    /* The plan then and now: only ada moved in it. */
    const struct totals *then = &e.model.changes.made.then, *now = &e.model.changes.made.now;
    assert_true(then->roi.known == 2 && now->roi.known == 2);
    double cost = now->cost.value, by = (now->roi.value - then->roi.value) * cost;
    struct figures ada;
    sheet_figures(&e.sheet, row_of(&e, "ada.skin"), &ada);
    assert_true(fabs(by - (ada.roi - entry->roi_then) * ada.cost) < 1e-6);
    explorer_release(&e);
}

static void a_past_that_is_not_kept_says_so(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    plan(&e, "ada.skin");
    came(&e, "ada.skin", VISIT - DAY, VISIT + DAY);
    set(&e, "ada.skin", COL_AUDIENCE_AT, VISIT + DAY);
    explorer_key(&e, 'd');
    answer_without(&e, "ada.skin");
    finish(&e);
    assert_string_equal(section(&e, CHANGES_PLAN), "ada.skin");
    const struct changes_entry *entry = &e.model.changes.shown[CHANGES_PLAN].items[0];
    assert_false(entry->kept);
    assert_true(isnan(entry->roi_then));
    explorer_key(&e, 'i');
    struct help help;
    help_make(&e.model, &help);
    assert_true(text_is(help.items[0].text, "What was before is not kept"));
    help_release(&help);
    explorer_release(&e);
}

/* Better than the worst of the plan, without those who are in it; without a plan all, best first. */
static void new_ones_are_better_than_the_worst(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    for (uint32_t row = 0; row < e.catalog.count; row++) {
        char handle[64];
        struct text name = catalog_text(&e.catalog, COL_HANDLE, row);
        snprintf(handle, sizeof handle, "%.*s", (int)name.length, name.at);
        came(&e, handle, VISIT + 1, NAN);
    }
    open_changes(&e);
    assert_int_equal(e.model.changes.shown[CHANGES_NEW].count, CREATORS);
    assert_true(e.model.changes.made.planless);
    assert_string_equal(section(&e, CHANGES_NEW), explorer_list_text(&e)); /* ordered by ROI */
    explorer_key(&e, 'q');
    plan(&e, "jan.tech");
    plan(&e, "ada.skin");
    open_changes(&e);
    double worst = fmin(sheet_number(&e.sheet, COL_ROI, row_of(&e, "jan.tech")),
                        sheet_number(&e.sheet, COL_ROI, row_of(&e, "ada.skin")));
    size_t better = 0;
    for (uint32_t row = 0; row < e.catalog.count; row++)
        better +=
            catalog_planned(&e.catalog, row) == 0 && sheet_number(&e.sheet, COL_ROI, row) > worst;
    assert_true(better > 0);
    assert_int_equal(e.model.changes.made.better, better);
    assert_int_equal(e.model.changes.shown[CHANGES_NEW].count, better);
    assert_int_equal(e.model.changes.made.added, CREATORS);
    explorer_release(&e);
}

static void gone(struct explorer *e, const struct changes_gone *list, size_t count)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_GONE,
                                       .now = e->model.changes.since,
                                       .gone = list,
                                       .gone_count = count});
}

static void the_gone_are_named_those_of_the_plan_first(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    assert_int_equal(explorer_effects(&e, EFFECT_GONE), 1);
    assert_true(explorer_effect(&e, EFFECT_GONE, 0)->number == VISIT);
    const struct changes_gone list[] = {
        {PLATFORM_X, TEXT("nobody"), VISIT + 30, false, false},
        {PLATFORM_X, TEXT("ticked.one"), VISIT + 20, false, true},
        {PLATFORM_X, TEXT("planned.one"), VISIT + 10, true, true},
    };
    gone(&e, list, 3);
    open_changes(&e);
    struct buf text = BUF_INIT;
    changes_say_gone(&e.model, 100, &text);
    assert_string_equal(buf_string(&text), "planned.one, ticked.one, nobody");
    buf_clear(&text);
    changes_say_gone(&e.model, 30, &text);
    assert_string_equal(buf_string(&text), "planned.one and 2 more");
    buf_release(&text);
    assert_string_equal(tab(&e), "New 3");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.overlay, OVERLAY_GONE);
    /* Somebody goes: it is asked anew. */
    explorer_key(&e, K_ESCAPE);
    explorer_forget(&e);
    explorer_drop(&e, "bea.lids");
    assert_int_equal(explorer_effects(&e, EFFECT_GONE), 1);
    explorer_release(&e);
}

/* Others write: rows stay, the tab counts, r takes it in. */
static void the_page_stays_while_one_looks(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    tick(&e, "emil.food");
    tick(&e, "finn.trip");
    came(&e, "emil.food", VISIT - DAY, VISIT + DAY);
    open_changes(&e);
    assert_string_equal(section(&e, CHANGES_TICKED), "emil.food");
    double roi = changes_roi(&e.model, &e.model.changes.shown[CHANGES_TICKED].items[0]);
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGING});
    set(&e, "emil.food", COL_FEE, 20000); /* it was 260 */
    set(&e, "finn.trip", COL_FEE, 50000);
    came(&e, "cleo.tok", EXPLORER_NOW, NAN);
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGED, .now = 1, .seconds = 1});
    finish(&e);
    assert_string_equal(section(&e, CHANGES_TICKED), "emil.food");
    assert_string_equal(section(&e, CHANGES_NEW), "");
    assert_true(changes_roi(&e.model, &e.model.changes.shown[CHANGES_TICKED].items[0]) > roi);
    assert_int_equal(calm_moved(&e.model, e.model.changes.cursor_id, COL_ROI), 1);
    assert_int_equal(e.model.changes.come, 2);
    assert_string_equal(tab(&e), "New 3");
    explorer_key(&e, 'r');
    finish(&e);
    assert_int_equal(e.model.changes.shown[CHANGES_TICKED].count, 2);
    assert_string_equal(section(&e, CHANGES_NEW), "cleo.tok");
    assert_int_equal(e.model.changes.come, 0);
    /* What the user does himself moves nothing either. */
    explorer_key(&e, 'G');
    assert_string_equal(explorer_cursor(&e), "cleo.tok");
    explorer_key(&e, 'a');
    finish(&e);
    assert_int_equal(explorer_planned(&e, "cleo.tok"), 1);
    assert_string_equal(section(&e, CHANGES_NEW), "cleo.tok");
    assert_string_equal(explorer_cursor(&e), "cleo.tok");
    explorer_release(&e);
}

static void keys_of_the_place(void **state)
{
    (void)state;
    struct explorer e;
    begin(&e, VISIT);
    tick(&e, "emil.food");
    tick(&e, "finn.trip");
    came(&e, "emil.food", VISIT - DAY, VISIT + DAY);
    came(&e, "finn.trip", VISIT - DAY, VISIT + DAY);
    came(&e, "bea.lids", VISIT + DAY, NAN);
    open_changes(&e);
    /* Orders in turn; by name is the third. */
    explorer_key(&e, 's');
    explorer_key(&e, 's');
    finish(&e);
    assert_string_equal(section(&e, CHANGES_TICKED), "emil.food finn.trip");
    explorer_key(&e, 'g');
    assert_string_equal(explorer_cursor(&e), "emil.food");
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_DOWN); /* past a blank and a heading */
    assert_string_equal(explorer_cursor(&e), "bea.lids");
    explorer_key(&e, K_UP);
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_key(&e, K_SPACE);
    assert_false(explorer_ticked(&e, "finn.trip"));
    explorer_key(&e, 'g');
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.place, PLACE_DETAIL);
    assert_string_equal(explorer_cursor(&e), "emil.food");
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, K_RIGHT);
    assert_string_equal(explorer_cursor(&e), "bea.lids");
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_CHANGES);
    assert_string_equal(explorer_cursor(&e), "bea.lids");
    explorer_key(&e, 'i'); /* there is no before: why it is what it is */
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    assert_int_equal(e.model.why_column, COL_ROI);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'd');
    assert_int_equal(e.model.changes.span, CHANGES_WEEK);
    explorer_key(&e, 'd');
    explorer_key(&e, 'd');
    assert_int_equal(e.model.changes.span, CHANGES_VISIT);
    finish(&e);
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

static void why_it_moved_is_an_exact_product(void **state)
{
    (void)state;
    struct explorer e;
    struct forecast_factors factors;
    begin(&e, VISIT);
    plan(&e, "ada.skin");
    came(&e, "ada.skin", VISIT - DAY, VISIT + DAY);
    open_changes(&e);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    const struct moved *why = &e.model.changes.why;
    assert_true(forecast_factors(&why->now, &why->then, &e.model.scenario, &factors));
    assert_true(fabs(factors.reach * factors.response * factors.cost -
                     factors.back_a / factors.back_b) < 1e-12);
    struct help help;
    bool product = false, figure = false;
    help_make(&e.model, &help);
    for (size_t i = 0; i < help.count; i++) {
        size_t at;
        product = product || text_find(help.items[i].text, TEXT(" then ="), &at);
        figure = figure || text_starts(help.items[i].text, "38,560 before, now 48,200");
    }
    assert_true(product && figure);
    help_release(&help);
    /* What is asked for its dates is this creator's past. */
    assert_int_equal(e.model.history_id, e.model.changes.cursor_id);
    explorer_release(&e);
}

static void many_are_read_in_pages_and_scroll(void **state)
{
    (void)state;
    struct explorer e;
    struct record_sink sink;
    int64_t ids[CHANGES_PAGE];
    begin(&e, VISIT);
    sink = catalog_sink(&e.catalog);
    sink.begin(sink.self, NULL);
    for (int i = 0; i < 600; i++) {
        struct record record;
        char handle[32];
        snprintf(handle, sizeof handle, "many.%03d", i);
        record_clear(&record);
        record.id = 100 + i;
        record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
        record_set_text(&record, COL_HANDLE, text_of(handle));
        record_set_number(&record, COL_FOLLOWERS, 5000 + i);
        record_set_number(&record, COL_LIKES, 200);
        record_set_number(&record, COL_FEE, 20000);
        record_set_text(&record, COL_CURRENCY, TEXT("EUR"));
        record_set_number(&record, COL_ADDED_AT, VISIT - DAY);
        record_set_number(&record, COL_CHANGED_AT, VISIT + DAY);
        sink.put(sink.self, &record, NULL);
    }
    sink.end(sink.self, true, NULL);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED});
    explorer_key(&e, '*');
    explorer_key(&e, 'd');
    while (model_busy(&e.model))
        explorer_send(&e, &(struct message){.kind = MESSAGE_WORK});
    size_t pages = 0;
    while (model_then_wanted(&e.model, ids) > 0) {
        /* The past as it is: nobody moved but by the followers. */
        struct changes_then thens[CHANGES_PAGE];
        size_t count = model_then_wanted(&e.model, ids);
        for (size_t i = 0; i < count; i++) {
            thens[i] = (struct changes_then){ids[i], snapshot_at(VISIT)};
            thens[i].then.followers = 2000;
            thens[i].then.likes = 200;
            thens[i].then.fee = 20000;
        }
        explorer_send(&e,
                      &(struct message){
                          .kind = MESSAGE_THEN, .now = VISIT, .thens = thens, .then_count = count});
        pages++;
    }
    finish(&e);
    assert_int_equal(pages, 3);
    assert_int_equal(e.model.changes.shown[CHANGES_TICKED].count, 600);
    explorer_key(&e, 'G');
    size_t height = (size_t)changes_page(&e.model).rows;
    assert_true(e.model.changes.scroll.cursor >= e.model.changes.scroll.top);
    assert_true(e.model.changes.scroll.cursor < e.model.changes.scroll.top + height);
    assert_int_equal(e.model.changes.scroll.top + height, e.model.changes.lines.count);
    explorer_key(&e, 'g');
    assert_int_equal(e.model.changes.scroll.top, 0); /* the heading is in view */
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_visit_says_so),
        cmocka_unit_test(nothing_changed_says_what_was_looked_at),
        cmocka_unit_test(plan_and_ticked_are_told_apart),
        cmocka_unit_test(a_past_that_is_not_kept_says_so),
        cmocka_unit_test(new_ones_are_better_than_the_worst),
        cmocka_unit_test(the_gone_are_named_those_of_the_plan_first),
        cmocka_unit_test(the_page_stays_while_one_looks),
        cmocka_unit_test(keys_of_the_place),
        cmocka_unit_test(why_it_moved_is_an_exact_product),
        cmocka_unit_test(many_are_read_in_pages_and_scroll),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
