#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "explorer.h"

/* Which columns stand in the list, and where. */

static bool holds(const struct list_column *shown, int count, enum list_part part,
                  enum column column)
{
    for (int i = 0; i < count; i++)
        if (shown[i].part == part && (part != LIST_FIGURE || shown[i].column == column))
            return true;
    return false;
}

/* Inside the list, after the gutter, one after the other, with a cell for the mark of a figure. */
static void check_places(const struct list_column *shown, int count, int width)
{
    int free_from = 4;
    for (int i = 0; i < count; i++) {
        bool mark = shown[i].part == LIST_FIGURE && !column_is_text(shown[i].column);
        assert_true(shown[i].width >= 1);
        assert_true(shown[i].at >= free_from);
        free_from = shown[i].at + shown[i].width + (mark ? 1 : 0);
        assert_true(free_from <= width);
        free_from += mark ? 0 : 1; /* a blank where no mark parts them */
    }
}

static void check_all_widths(struct explorer *e)
{
    for (int width = LAYOUT_LEAST_COLUMNS; width <= 300; width++)
        for (int tiny = 0; tiny < 2; tiny++) {
            struct list_column shown[LIST_COLUMNS_MOST];
            e->model.layout.class = tiny ? LAYOUT_TINY : LAYOUT_SMALL;
            int count = list_columns(&e->model, width, shown);
            check_places(shown, count, width);
            assert_true(holds(shown, count, LIST_NAME, COL_HANDLE));
            assert_true(holds(shown, count, LIST_FIGURE, COL_ER));
            assert_true(holds(shown, count, LIST_FIGURE, COL_ROI));
            if (tiny)
                assert_int_equal(count, 3);
        }
}

static void test_columns_fit_at_every_width(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    check_all_widths(&e);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        e.model.query.orders[0] = (struct query_order){(enum column)column, true};
        check_all_widths(&e);
    }
    e.model.chosen_count = 0;
    check_all_widths(&e);
    for (int column = 0; column < LIST_CHOSEN_MOST; column++)
        e.model.chosen[e.model.chosen_count++] = (enum column)column;
    check_all_widths(&e);
    explorer_release(&e);
}

/* The widest list that does not show it. */
static int gone_at(const struct explorer *e, enum list_part part, enum column column)
{
    for (int width = 300; width >= LAYOUT_LEAST_COLUMNS; width--) {
        struct list_column shown[LIST_COLUMNS_MOST];
        int count = list_columns(&e->model, width, shown);
        if (!holds(shown, count, part, column))
            return width;
    }
    return 0;
}

/* trend, country, profit, bar, age, platform, vs peers, fee, followers; handle, ER and ROI stay */
static void test_columns_go_in_their_order(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.trend_seen = true;
    const int gone[] = {
        gone_at(&e, LIST_TREND, COL_FOLLOWERS),   gone_at(&e, LIST_FIGURE, COL_COUNTRY),
        gone_at(&e, LIST_FIGURE, COL_PROFIT),     gone_at(&e, LIST_BAR, COL_ROI),
        gone_at(&e, LIST_AGE, COL_ENGAGEMENT_AT), gone_at(&e, LIST_FIGURE, COL_PLATFORM),
        gone_at(&e, LIST_FIGURE, COL_ER_INDEX),   gone_at(&e, LIST_FIGURE, COL_FEE),
        gone_at(&e, LIST_FIGURE, COL_FOLLOWERS)};
    for (size_t i = 1; i < sizeof gone / sizeof gone[0]; i++)
        assert_true(gone[i] < gone[i - 1]);
    assert_true(gone[0] < 120);
    assert_int_equal(gone_at(&e, LIST_FIGURE, COL_ER), 0);
    explorer_release(&e);
}

/* A growth of a month would tell of a past; so does a trend that was read. */
static void test_without_a_past_the_trend_takes_no_cells(void **state)
{
    (void)state;
    struct explorer e;
    struct list_column shown[LIST_COLUMNS_MOST];
    explorer_init(&e);
    explorer_resize(&e, 120, 12);
    explorer_key(&e, 'z'); /* the list alone */
    int count = list_columns(&e.model, 120, shown);
    assert_false(holds(shown, count, LIST_TREND, COL_FOLLOWERS));
    int64_t wanted = model_trend_wanted(&e.model);
    assert_int_not_equal(wanted, 0); /* it is looked for */
    struct snapshot past[] = {snapshot_at(0), snapshot_at(DATE_DAY)};
    explorer_send(&e,
                  &(struct message){
                      .kind = MESSAGE_TREND, .id = wanted, .snapshots = past, .snapshot_count = 2});
    count = list_columns(&e.model, 120, shown);
    assert_false(holds(shown, count, LIST_TREND, COL_FOLLOWERS));
    past[0].followers = past[1].followers = 100;
    explorer_send(&e,
                  &(struct message){
                      .kind = MESSAGE_TREND, .id = wanted, .snapshots = past, .snapshot_count = 2});
    count = list_columns(&e.model, 120, shown);
    assert_true(holds(shown, count, LIST_TREND, COL_FOLLOWERS));
    explorer_release(&e);
}

/* Asked for row by row, those in view only, and not again. */
static void test_trends_are_read_for_rows_in_view(void **state)
{
    (void)state;
    struct explorer e;
    struct snapshot past[] = {snapshot_at(0), snapshot_at(70 * DATE_DAY)};
    int64_t wanted;
    size_t asked = 0;
    past[0].followers = 100;
    past[1].followers = 240;
    explorer_init(&e);
    assert_int_equal(model_trend_wanted(&e.model), 0); /* no room for it at 80 */
    explorer_resize(&e, 120, 12);
    explorer_key(&e, 'z');
    size_t rows = e.model.result.rows.count, height = (size_t)list_height(&e.model);
    while ((wanted = model_trend_wanted(&e.model)) != 0) {
        explorer_send(&e, &(struct message){.kind = MESSAGE_TREND,
                                            .id = wanted,
                                            .snapshots = past,
                                            .snapshot_count = asked == 0 ? 2 : 0});
        assert_true(++asked <= rows);
    }
    assert_true(height < rows);
    assert_int_equal(asked, height);
    const struct trend *trend = model_trend(&e.model, rowset_at(&e.model.result.rows, 0));
    assert_int_equal(trend->count, TREND_VALUES);
    for (size_t i = 0; i < TREND_VALUES; i++)
        assert_true(fabs(trend->values[i] - (100 + 20 * (double)i)) < 1e-9);
    assert_int_equal(model_trend(&e.model, rowset_at(&e.model.result.rows, 1))->count, 0);
    assert_null(model_trend(&e.model, rowset_at(&e.model.result.rows, rows - 1)));
    explorer_key(&e, 'G');
    assert_int_not_equal(model_trend_wanted(&e.model), 0);
    /* Who is deleted keeps his place for a while; nobody asks for his past over and over. */
    wanted = model_trend_wanted(&e.model);
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGING});
    struct record_sink sink = catalog_sink(&e.catalog);
    assert_true(sink.begin(sink.self, NULL) && sink.drop(sink.self, wanted, NULL));
    assert_true(sink.end(sink.self, true, NULL));
    explorer_send(&e, &(struct message){.kind = MESSAGE_CHANGED});
    assert_int_not_equal(model_trend_wanted(&e.model), wanted);
    explorer_release(&e);
}

static void test_the_order_brings_its_column(void **state)
{
    (void)state;
    struct explorer e;
    struct list_column shown[LIST_COLUMNS_MOST];
    explorer_init(&e);
    e.model.query.orders[0] = (struct query_order){COL_CPM, false};
    int count = list_columns(&e.model, 80, shown);
    assert_true(holds(shown, count, LIST_FIGURE, COL_CPM));
    explorer_release(&e);
}

static void pick(struct explorer *e, const char *words)
{
    explorer_key(e, 'C');
    explorer_type(e, words);
    explorer_key(e, K_ENTER);
    explorer_key(e, K_ESCAPE);
}

static void test_columns_are_shown_and_hidden(void **state)
{
    (void)state;
    struct explorer e;
    struct list_column shown[LIST_COLUMNS_MOST];
    explorer_init(&e);
    pick(&e, "likes a post");
    int count = list_columns(&e.model, 150, shown);
    assert_true(holds(shown, count, LIST_FIGURE, COL_LIKES));
    pick(&e, "likes a post");
    pick(&e, "vs peers");
    count = list_columns(&e.model, 150, shown);
    assert_false(holds(shown, count, LIST_FIGURE, COL_LIKES));
    assert_false(holds(shown, count, LIST_FIGURE, COL_ER_INDEX));
    pick(&e, "vs peers");
    count = list_columns(&e.model, 150, shown);
    assert_true(holds(shown, count, LIST_FIGURE, COL_ER_INDEX));
    explorer_release(&e);
}

static void test_handle_er_and_roi_cannot_be_hidden(void **state)
{
    (void)state;
    struct explorer e;
    struct list_column shown[LIST_COLUMNS_MOST];
    explorer_init(&e);
    explorer_key(&e, 'C');
    explorer_type(&e, "roi");
    for (size_t i = 0; i < e.model.picker.count; i++)
        if (!e.model.picker.items[i].heading && e.model.picker.items[i].value == COL_ROI)
            e.model.picker.cursor = i;
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.notice, "every list"));
    int count = list_columns(&e.model, 80, shown);
    assert_true(holds(shown, count, LIST_FIGURE, COL_ROI));
    explorer_release(&e);
}

static void test_left_and_right_walk_the_columns_in_view(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    for (int i = 0; i < 20; i++)
        explorer_key(&e, K_LEFT);
    assert_int_equal(e.model.cell, COL_HANDLE);
    explorer_key(&e, K_RIGHT);
    assert_int_equal(e.model.cell, COL_PLATFORM);
    for (int i = 0; i < 20; i++)
        explorer_key(&e, 'l');
    assert_int_equal(e.model.cell, COL_ROI);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_fit_at_every_width),
        cmocka_unit_test(test_columns_go_in_their_order),
        cmocka_unit_test(test_without_a_past_the_trend_takes_no_cells),
        cmocka_unit_test(test_trends_are_read_for_rows_in_view),
        cmocka_unit_test(test_the_order_brings_its_column),
        cmocka_unit_test(test_columns_are_shown_and_hidden),
        cmocka_unit_test(test_handle_er_and_roi_cannot_be_hidden),
        cmocka_unit_test(test_left_and_right_walk_the_columns_in_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
