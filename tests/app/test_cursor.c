#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

/* The cursor stays on its creator, whatever else moves. */

static size_t line_of(const struct explorer *e)
{
    return e->model.list.cursor - e->model.list.top;
}

static void test_it_stays_on_its_creator_through_order(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    e.model.cell = COL_FOLLOWERS;
    explorer_key(&e, 's');
    assert_string_equal(explorer_order_text(&e), "-followers");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_key(&e, 's');
    assert_string_equal(explorer_order_text(&e), "followers");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_release(&e);
}

static void test_it_keeps_its_line_where_the_list_scrolls(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 80, 12); /* eight rows less the heading */
    e.model.cell = COL_HANDLE;
    explorer_key(&e, 's');
    for (int i = 0; i < 9; i++)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_UP);
    explorer_key(&e, K_UP);
    size_t line = line_of(&e);
    char handle[64];
    strcpy(handle, explorer_cursor(&e));
    explorer_filter(&e, "-country:AT");
    assert_string_equal(explorer_cursor(&e), handle);
    assert_int_equal(line_of(&e), line);
    explorer_release(&e);
}

static void test_it_stays_through_a_filter_that_keeps_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    explorer_filter(&e, "country:DE");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_key(&e, 'X');
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_release(&e);
}

/* By handle: ada bea cleo dora emil finn greta hugo ines jan kim lou. */
static void test_else_it_goes_to_the_nearest_survivor(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_HANDLE;
    explorer_key(&e, 's');
    assert_string_equal(explorer_list_text(&e),
                        "ada.skin bea.lids cleo.tok dora.diy emil.food finn.trip greta.big "
                        "hugo.play ines.small jan.tech Kim.Serum lou.nothing");
    explorer_go(&e, "hugo");
    explorer_filter(&e, "niche:food,tech,travel"); /* emil finn jan: two up, two down */
    assert_string_equal(explorer_cursor(&e), "jan.tech");
    explorer_key(&e, 'X');
    explorer_go(&e, "greta");
    explorer_filter(&e, "niche:food,tech,travel");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_key(&e, 'X');
    explorer_go(&e, "lou");
    explorer_filter(&e, "country:DE,AT,US");
    assert_string_equal(explorer_cursor(&e), "Kim.Serum");
    explorer_release(&e);
}

static void test_it_survives_that_its_creator_is_deleted(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_HANDLE;
    explorer_key(&e, 's');
    explorer_go(&e, "emil");
    explorer_drop(&e, "emil.food");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_drop(&e, "ada.skin");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_release(&e);
}

static void test_nothing_is_under_it_where_nobody_passes(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "emil");
    explorer_filter(&e, "niche:gaming country:DE fee<1");
    assert_string_equal(explorer_cursor(&e), "");
    assert_int_equal(model_context(&e.model), CONTEXT_NOTHING);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_UP);
    explorer_key(&e, K_ENTER); /* lifts the second */
    assert_string_equal(explorer_filter_text(&e), "niche:gaming fee<1");
    explorer_key(&e, K_SPACE);
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "");
    assert_string_equal(explorer_cursor(&e), "emil.food");
    assert_int_equal(e.catalog.ticked_count, 0);
    explorer_release(&e);
}

static void test_it_follows_the_load_until_the_first_key(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.scenario.revision++; /* whatever: the list is made anew */
    char first[64];
    strcpy(first, explorer_cursor(&e));
    explorer_drop(&e, first);
    assert_int_equal(e.model.list.cursor, 0);
    explorer_key(&e, K_DOWN);
    strcpy(first, explorer_cursor(&e));
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADING, .done = 5, .total = 12});
    assert_string_equal(explorer_cursor(&e), first);
    explorer_release(&e);
}

/* ada bea cleo dora | emil finn greta hugo | ines jan kim lou */
static void test_who_comes_in_later_waits_until_asked_for(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init_empty(&e);
    explorer_load(&e, 4);
    e.model.cell = COL_HANDLE;
    explorer_key(&e, 's');
    explorer_key(&e, K_UP);
    assert_string_equal(explorer_list_text(&e), "ada.skin bea.lids cleo.tok dora.diy");
    explorer_load(&e, 4);
    assert_string_equal(explorer_list_text(&e), "ada.skin bea.lids cleo.tok dora.diy");
    assert_string_equal(explorer_cursor(&e), "cleo.tok");
    assert_int_equal(e.model.pending, 4);
    assert_int_equal(query_facet(&e.model.result, COL_TIER)->values[0].count, 0);
    explorer_key(&e, 'r');
    assert_int_equal(e.model.result.rows.total, 8);
    assert_int_equal(e.model.pending, 0);
    assert_string_equal(explorer_cursor(&e), "cleo.tok");
    explorer_load(&e, 99); /* the last: it is complete, and still nothing moves */
    assert_false(e.model.loading);
    assert_int_equal(e.model.result.rows.total, 8);
    assert_int_equal(e.model.pending, 4);
    explorer_filter(&e, "country:DE"); /* another question is asked of all */
    assert_string_equal(explorer_list_text(&e),
                        "ada.skin cleo.tok emil.food finn.trip jan.tech Kim.Serum");
    assert_int_equal(e.model.pending, 0);
    explorer_release(&e);
}

static void test_the_list_follows_a_load_that_nobody_disturbs(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init_empty(&e);
    explorer_load(&e, 4);
    explorer_load(&e, 4);
    assert_int_equal(e.model.result.rows.total, 8);
    assert_int_equal(e.model.list.cursor, 0);
    explorer_load(&e, 99);
    assert_int_equal(e.model.result.rows.total, 12);
    assert_int_equal(e.model.pending, 0);
    explorer_release(&e);
}

static void test_keep_like_this(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, '=');
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_key(&e, 'X');
    e.model.cell = COL_FOLLOWERS;
    explorer_key(&e, '=');
    assert_string_equal(explorer_cursor(&e), "finn.trip"); /* a bound keeps the one it came from */
    assert_int_equal(e.model.result.rows.count, 2);
    explorer_key(&e, 'X');
    e.model.cell = COL_FEE; /* less is better */
    explorer_key(&e, '=');
    assert_non_null(strstr(explorer_filter_text(&e), "fee<="));
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    size_t steps = e.model.undo.done;
    explorer_key(&e, '=');
    assert_int_equal(e.model.undo.done, steps); /* it is so already */
    explorer_release(&e);
}

static void test_drop_like_this(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "finn");
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, '!');
    assert_string_equal(explorer_filter_text(&e), "-country:DE");
    assert_null(strstr(explorer_list_text(&e), "finn.trip"));
    assert_int_equal(e.model.result.rows.count, 6);
    explorer_release(&e);
}

static void test_an_unknown_cell_says_so(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "lou");
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, '=');
    assert_string_equal(explorer_filter_text(&e), "");
    assert_non_null(strstr(e.model.notice, "unknown"));
    explorer_release(&e);
}

static void test_search_moves_and_hides_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    char before[64];
    strcpy(before, explorer_cursor(&e));
    explorer_key(&e, '/');
    explorer_type(&e, "FINN");
    assert_string_equal(explorer_cursor(&e), "finn.trip"); /* from the letters on, any case */
    assert_int_equal(e.model.result.rows.count, 12);
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(explorer_cursor(&e), before);
    assert_int_equal(e.model.list.cursor, 0);
    explorer_go(&e, "beauty"); /* in niches too */
    assert_int_equal(e.model.search_hits, 6);
    char hits[8][64];
    for (int i = 0; i < 6; i++) {
        strcpy(hits[i], explorer_cursor(&e));
        explorer_key(&e, 'n');
    }
    assert_string_equal(explorer_cursor(&e), hits[0]); /* round the list */
    explorer_key(&e, 'N');
    assert_string_equal(explorer_cursor(&e), hits[5]);
    explorer_go(&e, "hgo"); /* no such letters in a row: then loosely */
    assert_string_equal(explorer_cursor(&e), "hugo.play");
    explorer_release(&e);
}

static void test_the_detail_asks_about_its_own_line(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "emil");
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_DETAIL);
    const enum column *shown;
    detail_columns(&shown);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.why_column, COL_ROI); /* that of the list */
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_HOME);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.why_column, shown[1]);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_int_equal(e.model.cell, COL_ROI); /* the list's cell stayed */
    explorer_key(&e, 'i');
    assert_int_equal(e.model.why_column, COL_ROI);
    assert_true(e.model.why_count > 5);
    explorer_release(&e);
}

static void test_the_detail_goes_on_to_the_next_creator(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    char first[64];
    strcpy(first, explorer_cursor(&e));
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_RIGHT);
    assert_string_not_equal(explorer_cursor(&e), first);
    explorer_key(&e, K_LEFT);
    assert_string_equal(explorer_cursor(&e), first);
    explorer_release(&e);
}

static void test_history_is_asked_for_once(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    explorer_key(&e, K_DOWN);
    assert_int_equal(explorer_effects(&e, EFFECT_HISTORY), 1);
    assert_int_equal(explorer_effect(&e, EFFECT_HISTORY, 0)->id, e.model.cursor_id);
    explorer_key(&e, K_SPACE);
    explorer_key(&e, K_UP);
    assert_int_equal(explorer_effects(&e, EFFECT_HISTORY), 3);
    explorer_key(&e, 's');
    assert_int_equal(explorer_effects(&e, EFFECT_HISTORY), 3);
    const struct snapshot past[2] = {{.at = 1, .followers = 10}, {.at = 2, .followers = 20}};
    struct message answer = {
        .kind = MESSAGE_HISTORY, .id = 999, .snapshots = past, .snapshot_count = 2};
    explorer_send(&e, &answer); /* of another: too late */
    assert_int_equal(e.model.history_count, 0);
    answer.id = e.model.cursor_id;
    explorer_send(&e, &answer);
    assert_int_equal(e.model.history_count, 2);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_stays_on_its_creator_through_order),
        cmocka_unit_test(test_it_keeps_its_line_where_the_list_scrolls),
        cmocka_unit_test(test_it_stays_through_a_filter_that_keeps_it),
        cmocka_unit_test(test_else_it_goes_to_the_nearest_survivor),
        cmocka_unit_test(test_it_survives_that_its_creator_is_deleted),
        cmocka_unit_test(test_nothing_is_under_it_where_nobody_passes),
        cmocka_unit_test(test_it_follows_the_load_until_the_first_key),
        cmocka_unit_test(test_who_comes_in_later_waits_until_asked_for),
        cmocka_unit_test(test_the_list_follows_a_load_that_nobody_disturbs),
        cmocka_unit_test(test_keep_like_this),
        cmocka_unit_test(test_drop_like_this),
        cmocka_unit_test(test_an_unknown_cell_says_so),
        cmocka_unit_test(test_search_moves_and_hides_nothing),
        cmocka_unit_test(test_the_detail_asks_about_its_own_line),
        cmocka_unit_test(test_the_detail_goes_on_to_the_next_creator),
        cmocka_unit_test(test_history_is_asked_for_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
