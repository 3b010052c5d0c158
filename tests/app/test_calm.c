/* What others write while one looks: figures move, rows do not, and a few marks say where. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "base/vec.h"
#include "explorer.h"

static void put(struct explorer *e, int64_t id, const char *handle, enum column column,
                double value)
{
    struct record_sink sink = catalog_sink(&e->catalog);
    struct record record;
    record_clear(&record);
    record.id = id;
    record_set_text(&record, COL_HANDLE, text_of(handle));
    if (!catalog_live(&e->catalog, catalog_find_id(&e->catalog, id)))
        record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
    record_set_number(&record, column, value);
    assert_true(sink.put(sink.self, &record, NULL));
}

static void drop(struct explorer *e, int64_t id)
{
    struct record_sink sink = catalog_sink(&e->catalog);
    assert_true(sink.drop(sink.self, id, NULL));
}

static void changing(struct explorer *e)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_CHANGING});
}

/* At 14:02, and at this second of the clock of ticks. */
static void changed(struct explorer *e, double seconds)
{
    explorer_send(
        e, &(struct message){.kind = MESSAGE_CHANGED, .now = 14 * 3600 + 120, .seconds = seconds});
}

static const char *listed(struct explorer *e)
{
    return explorer_list_text(e);
}

static void begin(struct explorer *e, char order[400])
{
    explorer_init(e);
    snprintf(order, 400, "%s", listed(e));
}

static void figures_move_and_rows_do_not(void **state)
{
    (void)state;
    struct explorer e;
    char order[400], cursor[40];
    begin(&e, order);
    explorer_key(&e, 'j');
    snprintf(cursor, sizeof cursor, "%s", explorer_cursor(&e));
    uint32_t row = catalog_find_id(&e.catalog, 7); /* the largest and dearest, near the end */
    double before = sheet_number(&e.sheet, COL_ROI, row);
    changing(&e);
    put(&e, 7, "greta.big", COL_FEE, 100);
    changed(&e, 10);
    assert_true(sheet_number(&e.sheet, COL_ROI, row) > before + 1);
    assert_string_equal(listed(&e), order);
    assert_string_equal(explorer_cursor(&e), cursor);
    assert_int_equal(e.model.pending, 0);
    explorer_key(&e, 'r'); /* now it may stand where it belongs: at the top */
    assert_int_equal(strncmp(listed(&e), "greta.big ", 10), 0);
    assert_string_equal(explorer_cursor(&e), cursor);
    explorer_release(&e);
}

static void who_comes_and_goes_waits_and_is_counted(void **state)
{
    (void)state;
    struct explorer e;
    char order[400];
    explorer_init(&e);
    explorer_filter(&e, "followers<50k");
    snprintf(order, sizeof order, "%s", listed(&e));
    size_t shown = e.model.result.rows.count;
    changing(&e);
    put(&e, 13, "new.one", COL_FOLLOWERS, 1000);   /* comes */
    put(&e, 2, "bea.lids", COL_FOLLOWERS, 900);    /* comes: has fewer now */
    put(&e, 5, "emil.food", COL_FOLLOWERS, 60000); /* goes */
    put(&e, 14, "large.one", COL_FOLLOWERS, 900000);
    drop(&e, 9); /* goes: is gone */
    changed(&e, 10);
    assert_string_equal(listed(&e), order);
    assert_int_equal(e.model.result.rows.count, shown);
    assert_int_equal(e.model.pending, 2);
    assert_int_equal(e.model.calm.gone, 2);
    /* What is put back is no difference any more. */
    changing(&e);
    put(&e, 5, "emil.food", COL_FOLLOWERS, 23800);
    changed(&e, 11);
    assert_int_equal(e.model.calm.gone, 1);
    explorer_key(&e, K_F1 + 4);
    assert_int_equal(e.model.result.rows.count, shown + 1);
    assert_int_equal(e.model.pending, 0);
    assert_int_equal(e.model.calm.gone, 0);
    assert_non_null(strstr(listed(&e), "new.one"));
    assert_null(strstr(listed(&e), "ines.small"));
    explorer_release(&e);
}

static void asking_for_other_rows_takes_them_in(void **state)
{
    (void)state;
    struct explorer e;
    char order[400];
    begin(&e, order);
    changing(&e);
    put(&e, 13, "new.one", COL_FOLLOWERS, 1000);
    changed(&e, 10);
    explorer_key(&e, K_SPACE); /* a tick moves nobody */
    assert_string_equal(listed(&e), order);
    assert_int_equal(e.model.pending, 1);
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW + 120});
    assert_string_equal(listed(&e), order);
    explorer_filter(&e, "followers<50k");
    assert_non_null(strstr(listed(&e), "new.one"));
    assert_int_equal(e.model.pending, 0);
    explorer_release(&e);
}

static size_t marks(const struct explorer *e)
{
    return e->model.calm.mark_count;
}

/* 48,200 and 48,210 both read 48.2k: only in the details, where figures are exact, is that a change. */
static void what_reads_as_before_wears_no_mark(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada.skin");
    changing(&e);
    put(&e, 1, "ada.skin", COL_FOLLOWERS, 48212);
    put(&e, 2, "bea.lids", COL_FOLLOWERS, 78712);
    changed(&e, 10);
    assert_int_equal(calm_moved(&e.model, 1, COL_FOLLOWERS), 1);
    assert_int_equal(calm_moved(&e.model, 2, COL_FOLLOWERS), 0);
    explorer_release(&e);
}

/* The list keeps its places and says that it is no longer in order, until r. */
static void a_list_out_of_order_says_so(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'j');
    assert_false(calm_disordered(&e.model));
    changing(&e);
    put(&e, 7, "greta.big", COL_FEE, 100);
    changed(&e, 10);
    assert_true(calm_disordered(&e.model));
    explorer_key(&e, 'r');
    assert_false(calm_disordered(&e.model));
    explorer_release(&e);
}

static void what_moved_wears_a_mark_for_three_seconds(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    assert_true(isnan(e.model.calm.at));
    changing(&e);
    put(&e, 1, "ada.skin", COL_FEE, 40000);
    changed(&e, 10);
    assert_true(e.model.calm.at == 14 * 3600 + 120);
    assert_int_equal(calm_moved(&e.model, 1, COL_FEE), -1);
    assert_int_equal(calm_moved(&e.model, 1, COL_ROI), 1);
    assert_int_equal(calm_moved(&e.model, 1, COL_FOLLOWERS), 0);
    assert_int_equal(calm_moved(&e.model, 2, COL_FEE), 0);
    assert_true(calm_deadline(&e.model) == 13);
    explorer_send(&e,
                  &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW, .seconds = 12.9});
    assert_int_equal(calm_moved(&e.model, 1, COL_FEE), -1);
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW, .seconds = 13});
    assert_int_equal(calm_moved(&e.model, 1, COL_FEE), 0);
    assert_int_equal(marks(&e), 0);
    assert_true(isinf(calm_deadline(&e.model)));
    explorer_release(&e);
}

static void never_more_than_a_dozen_marks(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    changing(&e);
    put(&e, 1, "ada.skin", COL_FEE, 40000);
    changed(&e, 10);
    assert_in_range(marks(&e), 1, CALM_MARKS);
    for (int64_t id = 2; id < 6; id++) { /* one after another they add up, to twelve */
        char handle[64];
        uint32_t row = catalog_find_id(&e.catalog, id);
        struct text text = catalog_text(&e.catalog, COL_HANDLE, row);
        snprintf(handle, sizeof handle, "%.*s", (int)text.length, text.at);
        changing(&e);
        put(&e, id, handle, COL_FEE, 1000);
        changed(&e, 10.5);
        assert_in_range(marks(&e), 1, CALM_MARKS);
    }
    changing(&e); /* all at once: only the clock */
    put(&e, 1, "ada.skin", COL_FEE, 10000);
    put(&e, 2, "bea.lids", COL_FEE, 20000);
    put(&e, 3, "cleo.tok", COL_FEE, 30000);
    put(&e, 4, "dora.diy", COL_FEE, 40000);
    put(&e, 5, "emil.food", COL_FEE, 50000);
    put(&e, 6, "finn.trip", COL_FEE, 60000);
    put(&e, 7, "greta.big", COL_FEE, 70000);
    changed(&e, 11);
    assert_int_equal(marks(&e), 0);
    explorer_release(&e);
}

static void a_replaced_creator_stays_who_it_is(void **state)
{
    (void)state;
    struct explorer e;
    char order[400];
    begin(&e, order);
    explorer_go(&e, "emil.food");
    struct calm_renumbered renumbered = {5, 99};
    changing(&e);
    assert_true(catalog_renumber(&e.catalog, catalog_find_id(&e.catalog, 5), 99));
    put(&e, 99, "emil.food", COL_FOLLOWERS, 25000);
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGED,
                                        .renumbered = &renumbered,
                                        .renumbered_count = 1});
    assert_string_equal(explorer_cursor(&e), "emil.food");
    assert_int_equal(e.model.cursor_id, 99);
    assert_string_equal(listed(&e), order);
    assert_int_equal(calm_moved(&e.model, 99, COL_FOLLOWERS), 1);
    assert_int_equal(e.model.pending + e.model.calm.gone, 0);
    explorer_release(&e);
}

static void R_holds_and_resumes(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'R');
    assert_true(e.model.calm.held);
    assert_non_null(strstr(e.model.notice, "held"));
    explorer_key(&e, 'R');
    assert_false(e.model.calm.held);
    explorer_release(&e);
}

/* The first key after the start or not, an empty store has nobody to keep a place for. */
static void an_empty_store_fills_at_once(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init_empty(&e);
    explorer_key(&e, 'j');
    changing(&e);
    put(&e, 1, "first", COL_FOLLOWERS, 1000);
    changed(&e, 1);
    assert_string_equal(listed(&e), "first");
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_move_and_rows_do_not),
        cmocka_unit_test(who_comes_and_goes_waits_and_is_counted),
        cmocka_unit_test(asking_for_other_rows_takes_them_in),
        cmocka_unit_test(what_reads_as_before_wears_no_mark),
        cmocka_unit_test(a_list_out_of_order_says_so),
        cmocka_unit_test(what_moved_wears_a_mark_for_three_seconds),
        cmocka_unit_test(never_more_than_a_dozen_marks),
        cmocka_unit_test(a_replaced_creator_stays_who_it_is),
        cmocka_unit_test(R_holds_and_resumes),
        cmocka_unit_test(an_empty_store_fills_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
