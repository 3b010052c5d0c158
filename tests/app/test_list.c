#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
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
            if (e->model.chosen.standard || tiny) {
                assert_true(holds(shown, count, LIST_FIGURE, COL_ER));
                assert_true(holds(shown, count, LIST_FIGURE, COL_ROI));
            }
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
    e.model.chosen = (struct chosen){.count = 0};
    check_all_widths(&e);
    for (int column = 0; column < LIST_CHOSEN_MOST; column++)
        if (column != COL_HANDLE)
            chosen_add(&e.model.chosen, (enum column)column);
    for (e.model.chosen.frozen = 0; e.model.chosen.frozen < 9; e.model.chosen.frozen += 4)
        for (e.model.list_from = 0; e.model.list_from < 70; e.model.list_from += 23)
            check_all_widths(&e);
    memset(e.model.chosen.widths, CHOSEN_WIDTH_MOST, sizeof e.model.chosen.widths);
    e.model.chosen.name_width = CHOSEN_WIDTH_MOST;
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

static const char *chosen_text(const struct explorer *e)
{
    static char room[512];
    struct buf text = BUF_INIT;
    chosen_print(&e->model.chosen, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

/* As another session, or a view, would bring them. */
static void choose(struct explorer *e, const char *text)
{
    assert_true(chosen_parse(text_of(text), &e->model.chosen, NULL));
    explorer_key(e, 'k');
}

static void test_the_handle_cannot_be_hidden_all_else_can(void **state)
{
    (void)state;
    struct explorer e;
    struct list_column shown[LIST_COLUMNS_MOST];
    explorer_init(&e);
    explorer_key(&e, 'C');
    explorer_type(&e, "creator");
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.notice, "every list"));
    explorer_key(&e, K_ESCAPE);
    assert_string_equal(chosen_text(&e), "standard");
    choose(&e, "er roi");
    explorer_key(&e, 'C');
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_SPACE); /* nothing is typed: as Enter */
    assert_string_equal(chosen_text(&e), "roi");
    explorer_key(&e, K_ESCAPE);
    int count = list_columns(&e.model, 80, shown);
    assert_false(holds(shown, count, LIST_FIGURE, COL_ER));
    explorer_release(&e);
}

/* From here on the list has what it showed, not what a wider screen would show. */
static void test_the_first_change_starts_from_what_is_seen(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    pick(&e, "likes a post");
    assert_string_equal(chosen_text(&e), "platform followers er er_index fee roi likes");
    explorer_key(&e, 'u');
    assert_string_equal(chosen_text(&e), "standard");
    explorer_key(&e, 'U');
    assert_string_equal(chosen_text(&e), "platform followers er er_index fee roi likes");
    explorer_release(&e);
}

static void test_a_column_moves_freezes_and_widens(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    choose(&e, "platform er roi fee");
    explorer_key(&e, 'C');
    explorer_type(&e, "fee");
    explorer_key(&e, K_LEFT);
    explorer_key(&e, K_LEFT);
    assert_string_equal(chosen_text(&e), "platform fee er roi");
    assert_int_equal(e.model.picker.items[e.model.picker.cursor].value, COL_FEE);
    explorer_key(&e, K_CTRL('F'));
    assert_string_equal(chosen_text(&e), "platform fee | er roi");
    explorer_key(&e, K_TAB);
    explorer_key(&e, K_TAB);
    explorer_key(&e, K_BACK_TAB);
    assert_string_equal(chosen_text(&e), "platform fee:8 | er roi");
    explorer_key(&e, K_RIGHT); /* across the line: what it passes is frozen */
    assert_string_equal(chosen_text(&e), "platform er | fee:8 roi");
    explorer_key(&e, K_CTRL('T'));
    assert_string_equal(chosen_text(&e), "platform er | fee roi");
    explorer_key(&e, K_CTRL('X'));
    assert_string_equal(chosen_text(&e), "standard");
    explorer_key(&e, K_ESCAPE);
    /* one step each, however many keys it took */
    static const char *const before[] = {"platform er | fee roi",   "platform er | fee:8 roi",
                                         "platform fee:8 | er roi", "platform fee | er roi",
                                         "platform fee er roi",     "standard"};
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        explorer_key(&e, 'u');
        assert_string_equal(chosen_text(&e), before[i]);
    }
    explorer_release(&e);
}

static void test_widths_stay_within_bounds(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    choose(&e, "er");
    explorer_key(&e, 'C');
    explorer_key(&e, K_DOWN);
    for (int i = 0; i < 100; i++)
        explorer_key(&e, K_TAB);
    assert_string_equal(chosen_text(&e), "er:60");
    for (int i = 0; i < 100; i++)
        explorer_key(&e, K_BACK_TAB);
    assert_string_equal(chosen_text(&e), "er:3");
    explorer_key(&e, K_UP);
    for (int i = 0; i < 100; i++)
        explorer_key(&e, K_BACK_TAB);
    assert_string_equal(chosen_text(&e), "handle:8 er:3");
    explorer_release(&e);
}

/* At every width Left and Right come by every column that is chosen, and those that are frozen stay. */
static void test_every_chosen_column_can_be_reached(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    choose(&e, "platform followers | likes comments views er er_index cpe cpm fee cost profit roi "
               "niche trend");
    for (int width = 60; width < 200; width++) {
        bool seen[COLUMN_COUNT] = {false}, trend = false;
        explorer_resize(&e, width, 24);
        explorer_key(&e, 'z');
        e.model.cell = COL_HANDLE;
        for (int i = 0; i < 20; i++) {
            struct list_column shown[LIST_COLUMNS_MOST];
            int columns_ = e.model.layout.list.columns;
            explorer_key(&e, K_RIGHT);
            int count = list_columns(&e.model, columns_, shown);
            check_places(shown, count, columns_);
            size_t left, right;
            list_beyond(&e.model, columns_, &left, &right);
            assert_true(holds(shown, count, LIST_FIGURE, COL_FOLLOWERS));
            bool on_trend = e.model.cell == (enum column)LIST_CHOSEN_TREND;
            assert_true(holds(shown, count, on_trend ? LIST_TREND : LIST_FIGURE, e.model.cell));
            trend = trend || holds(shown, count, LIST_TREND, COL_FOLLOWERS);
            for (int k = 0; k < count; k++)
                seen[shown[k].column] |= shown[k].part == LIST_FIGURE;
            size_t figures = 0;
            for (int k = 0; k < count; k++)
                figures += shown[k].part == LIST_FIGURE || shown[k].part == LIST_TREND;
            assert_int_equal(figures + left + right, 15);
        }
        for (size_t i = 0; i < e.model.chosen.count; i++)
            assert_true(e.model.chosen.items[i] == (enum column)LIST_CHOSEN_TREND
                            ? trend
                            : seen[e.model.chosen.items[i]]);
        for (int i = 0; i < 20; i++)
            explorer_key(&e, K_LEFT);
        assert_int_equal(e.model.list_from, 0);
        assert_int_equal(e.model.cell, COL_HANDLE);
        explorer_key(&e, 'z');
    }
    explorer_release(&e);
}

static void test_columns_are_read_and_printed(void **state)
{
    (void)state;
    static const char *const same[] = {"standard", "handle", "handle:20 er:9 | roi trend", "er"};
    static const struct {
        const char *text, *message;
        size_t column;
    } wrong[] = {{"er rois", "unknown column 'rois': did you mean 'roi'?", 4},
                 {"er:2", "'2' is no width: 3 to 60 cells", 1},
                 {"roi er:wide", "'wide' is no width: 3 to 60 cells", 5}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct chosen chosen;
        struct buf text = BUF_INIT;
        assert_true(chosen_parse(text_of(same[i]), &chosen, NULL));
        chosen_print(&chosen, &text);
        assert_string_equal(buf_string(&text), same[i]);
        buf_release(&text);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct chosen chosen = {.standard = true};
        struct err err;
        assert_false(chosen_parse(text_of(wrong[i].text), &chosen, &err));
        assert_string_equal(err.message, wrong[i].message);
        assert_int_equal(err.column, wrong[i].column);
        assert_true(chosen.standard);
    }
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
        cmocka_unit_test(test_the_handle_cannot_be_hidden_all_else_can),
        cmocka_unit_test(test_the_first_change_starts_from_what_is_seen),
        cmocka_unit_test(test_a_column_moves_freezes_and_widens),
        cmocka_unit_test(test_widths_stay_within_bounds),
        cmocka_unit_test(test_every_chosen_column_can_be_reached),
        cmocka_unit_test(test_columns_are_read_and_printed),
        cmocka_unit_test(test_left_and_right_walk_the_columns_in_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
