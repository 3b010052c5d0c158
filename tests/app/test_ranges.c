#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "app/range.h"
#include "explorer.h"

/* The histograms of the filter pane: their ends, their words, the mouse on them; and finding a value. */

static size_t line_of(const struct explorer *e, enum column column)
{
    for (size_t i = 0; i < e->model.facet_lines.count; i++) {
        struct facet_line line = e->model.facet_lines.items[i];
        if (line.value == FACET_HISTOGRAM &&
            e->model.result.histograms[line.facet].column == column)
            return i;
    }
    fail_msg("no histogram of '%s'", columns[column].key);
    return 0;
}

static void go_to(struct explorer *e, enum column column)
{
    explorer_key(e, 'G');
    while (e->model.facet.cursor != line_of(e, column))
        explorer_key(e, K_UP);
}

static void open_at(struct explorer *e, enum column column)
{
    explorer_init(e);
    explorer_resize(e, 160, 60);
    explorer_key(e, 'F');
    go_to(e, column);
}

static const struct histogram *histogram_of(const struct explorer *e, enum column column)
{
    return &e->model.result.histograms[e->model.facet_lines.items[line_of(e, column)].facet];
}

/* The words below the bars; "" where there are none. */
static const char *words_below(const struct explorer *e, enum column column)
{
    static char room[64];
    size_t at = line_of(e, column);
    struct facet_line line = e->model.facet_lines.items[at];
    struct filter_range range;
    struct buf words = BUF_INIT;
    room[0] = '\0';
    if (at + 1 == e->model.facet_lines.count ||
        e->model.facet_lines.items[at + 1].value != FACET_RANGE)
        return room;
    assert_true(range_of(&e->model, line.facet, &range));
    range_say(range, &words);
    memcpy(room, buf_string(&words), words.length + 1);
    buf_release(&words);
    return room;
}

static void test_plus_and_minus_move_an_end_from_edge_to_edge(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS); /* 860 … 2.4M: 500 1k 2k 5k … 5M */
    assert_string_equal(words_below(&e, COL_FOLLOWERS), "");
    explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "followers:1k..");
    assert_string_equal(words_below(&e, COL_FOLLOWERS), "1k up");
    explorer_key(&e, '+');
    explorer_key(&e, '+');
    explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "followers:10k..");
    explorer_key(&e, K_RIGHT);
    for (int i = 0; i < 6; i++)
        explorer_key(&e, '-');
    assert_string_equal(explorer_filter_text(&e), "followers:10k..50k");
    assert_string_equal(words_below(&e, COL_FOLLOWERS), "10k .. 50k");
    assert_string_equal(explorer_list_text(&e), "ada.skin emil.food Kim.Serum hugo.play");
    explorer_key(&e, K_LEFT);
    for (int i = 0; i < 4; i++)
        explorer_key(&e, '-');
    assert_string_equal(explorer_filter_text(&e), "followers:..50k");
    assert_string_equal(words_below(&e, COL_FOLLOWERS), "up to 50k");
    explorer_release(&e);
}

static void test_the_ends_do_not_pass_each_other(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    explorer_filter(&e, "followers:10k..20k");
    go_to(&e, COL_FOLLOWERS);
    explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "followers:10k..20k");
    assert_non_null(strstr(e.model.notice, "the ends meet"));
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, '-');
    assert_string_equal(explorer_filter_text(&e), "followers:10k..20k");
    for (int i = 0; i < 20; i++)
        explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "followers:10k..");
    assert_true(e.model.notice[0] != '\0'); /* it says that there is no more */
    explorer_release(&e);
}

static void test_a_run_of_presses_is_one_step(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FEE);
    explorer_filter(&e, "niche:beauty");
    go_to(&e, COL_FEE);
    size_t views = e.model.views.count;
    for (int i = 0; i < 3; i++)
        explorer_key(&e, '+');
    assert_int_equal(e.model.views.count, views + 1);
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "niche:beauty");
    explorer_key(&e, 'U');
    assert_null(strstr(explorer_filter_text(&e), "fee:500.."));
    assert_non_null(strstr(explorer_filter_text(&e), "niche:beauty fee:"));
    /* Back to where the run began is no step at all. */
    explorer_key(&e, 'X');
    go_to(&e, COL_FEE);
    size_t done = e.model.undo.done;
    explorer_key(&e, '+');
    assert_int_equal(e.model.undo.done, done + 1);
    explorer_key(&e, '-');
    assert_string_equal(explorer_filter_text(&e), "");
    assert_int_equal(e.model.undo.done, done);
    explorer_key(&e, '+'); /* and the next is a step of its own, not part of the clearing */
    assert_int_equal(e.model.undo.done, done + 1);
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_key(&e, 'u');
    assert_non_null(strstr(explorer_filter_text(&e), "niche:beauty fee:"));
    explorer_release(&e);
}

static void test_other_keys_part_two_runs(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    explorer_key(&e, '+');
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, '-');
    assert_non_null(strstr(explorer_filter_text(&e), "followers:1k.."));
    explorer_key(&e, 'u');
    assert_string_equal(explorer_filter_text(&e), "followers:1k..");
    explorer_release(&e);
}

static void test_space_begins_a_range_and_lifts_it(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    size_t all = e.model.result.rows.count;
    explorer_key(&e, K_SPACE);
    assert_int_equal(e.model.query.filter.count, 1);
    assert_true(e.model.result.rows.count > 0 && e.model.result.rows.count < all);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

/* What is typed and what the ends do are one term; an end between two edges goes to the next. */
static void test_a_typed_range_is_the_one_that_moves(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    explorer_filter(&e, "followers>5k followers:12k..99k niche:beauty");
    assert_string_equal(words_below(&e, COL_FOLLOWERS), "12k .. 99k");
    go_to(&e, COL_FOLLOWERS);
    explorer_key(&e, '-');
    assert_string_equal(explorer_filter_text(&e), "followers>5k followers:10k..99k niche:beauty");
    explorer_key(&e, K_RIGHT);
    explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "followers>5k followers:10k..100k niche:beauty");
    explorer_key(&e, K_SPACE);
    assert_string_equal(explorer_filter_text(&e), "followers>5k niche:beauty");
    explorer_release(&e);
}

/* Bars do not vanish as the range closes on others: the counts are given the other filters. */
static void test_bars_stand_outside_the_range_too(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    struct histogram before = *histogram_of(&e, COL_FOLLOWERS);
    explorer_filter(&e, "followers:10k..50k");
    const struct histogram *after = histogram_of(&e, COL_FOLLOWERS);
    assert_memory_equal(before.counts, after->counts, sizeof before.counts);
    size_t index = e.model.facet_lines.items[line_of(&e, COL_FOLLOWERS)].facet;
    for (size_t i = 0; i < after->buckets; i++)
        assert_int_equal(range_holds(&e.model, index, i),
                         after->edges[i] >= 10e3 && after->edges[i] < 50e3);
    explorer_filter(&e, "platform:youtube");
    assert_int_equal(after->counts[4], 1); /* 10k … 20k: Kim.Serum */
    explorer_release(&e);
}

static void test_edges_read_back_as_they_are(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_ER_INDEX);
    for (size_t h = 0; h < QUERY_HISTOGRAMS; h++) {
        const struct histogram *histogram = &e.model.result.histograms[h];
        assert_true(histogram->buckets > 4);
        for (size_t i = 1; i < histogram->buckets; i++) {
            struct filter made, read;
            struct buf text = BUF_INIT;
            filter_init(&made);
            filter_init(&read);
            filter_set_range(&made, histogram->column,
                             (struct filter_range){histogram->edges[i], INFINITY});
            filter_print(&made, &text);
            assert_true(filter_parse(buf_text(&text), NULL, &read, NULL));
            assert_true(read.items[0].values[0].low == histogram->edges[i]);
            assert_true(isinf(read.items[0].values[0].high));
            assert_true(text.length < 20);
            buf_release(&text);
            filter_release(&made);
            filter_release(&read);
        }
    }
    explorer_release(&e);
}

static void test_a_click_moves_the_nearer_end(void **state)
{
    (void)state;
    struct explorer e;
    open_at(&e, COL_FOLLOWERS);
    struct area pane = e.model.layout.filters;
    size_t line = line_of(&e, COL_FOLLOWERS);
    size_t index = e.model.facet_lines.items[line].facet;
    int row = pane.row + (int)(line - e.model.facet.top);
    int bars = pane.column + range_bars(&e.model, index);
    explorer_click(&e, MOUSE_PRESS, pane.column + 2, row); /* the title: nothing but the cursor */
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_click(&e, MOUSE_PRESS, bars + 4, row); /* 10k … 20k, nearer to the left */
    assert_string_equal(explorer_filter_text(&e), "followers:10k..");
    explorer_click(&e, MOUSE_PRESS, bars + 9, row); /* 500k … 1M */
    assert_string_equal(explorer_filter_text(&e), "followers:10k..1M");
    explorer_click(&e, MOUSE_PRESS, bars + 2, row);
    assert_string_equal(explorer_filter_text(&e), "followers:2k..1M");
    explorer_key(&e, 'u'); /* each click is a step */
    assert_string_equal(explorer_filter_text(&e), "followers:10k..1M");
    explorer_release(&e);
}

static void test_the_wheel_scrolls_the_pane_under_the_pointer(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    size_t at = e.model.facet.cursor;
    struct area pane = e.model.layout.filters, list = e.model.layout.list;
    explorer_click(&e, MOUSE_WHEEL_DOWN, pane.column + 4, pane.row + 4);
    assert_true(e.model.facet.cursor > at);
    assert_int_equal(e.model.list.cursor, 0);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST); /* the focus stays */
    explorer_key(&e, 'F');
    explorer_click(&e, MOUSE_WHEEL_DOWN, list.column + 4, list.row + 4);
    assert_int_equal(e.model.list.cursor, 3);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    explorer_release(&e);
}

/* ---- finding a value ---- */

static size_t values_in_view(const struct explorer *e)
{
    size_t count = 0;
    for (size_t i = 0; i < e->model.facet_lines.count; i++)
        count += e->model.facet_lines.items[i].value < FACET_LEAST;
    return count;
}

static void test_letters_narrow_to_the_values_that_hold_them(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    explorer_key(&e, 'F');
    explorer_key(&e, '/');
    assert_int_equal(model_context(&e.model), CONTEXT_VALUE);
    explorer_type(&e, "tok");
    assert_int_equal(values_in_view(&e), 1);
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "platform:tiktok");
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    struct facet_line line = e.model.facet_lines.items[e.model.facet.cursor];
    assert_true(
        text_is(e.model.result.facets[line.facet].values[line.value].word, "tiktok")); /* on it */
    assert_true(values_in_view(&e) > 10); /* the pane is whole again */
    explorer_release(&e);
}

static void test_names_as_people_write_them(void **state)
{
    static const struct {
        const char *typed, *filter;
    } names[] = {{"germany", "country:DE"},       {"Deutschland", "country:DE"},
                 {"skin care", "niche:skincare"}, {"skin ca", "niche:skincare"},
                 {"united sta", "country:US"},    {"MICRO", "tier:micro"}};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct explorer e;
        explorer_init(&e);
        explorer_resize(&e, 120, 32);
        explorer_key(&e, 'F');
        explorer_key(&e, '/');
        explorer_type(&e, names[i].typed);
        explorer_key(&e, K_ENTER);
        assert_string_equal(explorer_filter_text(&e), names[i].filter);
        explorer_key(&e, 'X');
        explorer_key(&e, 'f'); /* the prompt understands the same */
        explorer_type(&e, names[i].typed);
        explorer_key(&e, K_ENTER);
        assert_string_equal(explorer_filter_text(&e), names[i].filter);
        explorer_release(&e);
    }
}

static void test_bounds_as_people_write_them(void **state)
{
    static const struct {
        const char *typed, *filter;
    } bounds[] = {{"fee under 300", "fee<300"},
                  {"fee < 300", "fee<300"},
                  {"followers at least 10k", "followers>=10k"}};
    (void)state;
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        struct explorer e;
        explorer_init(&e);
        explorer_key(&e, 'f');
        explorer_type(&e, bounds[i].typed);
        explorer_key(&e, K_ENTER);
        assert_string_equal(explorer_filter_text(&e), bounds[i].filter);
        explorer_release(&e);
    }
}

static void test_escape_puts_the_pane_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    explorer_key(&e, 'F');
    for (int i = 0; i < 6; i++)
        explorer_key(&e, K_DOWN);
    size_t cursor = e.model.facet.cursor, lines = e.model.facet_lines.count;
    explorer_key(&e, '/');
    explorer_type(&e, "no such value");
    assert_int_equal(e.model.facet_lines.count, 0);
    explorer_key(&e, K_ENTER); /* nothing to choose: it says so and stays */
    assert_int_equal(model_context(&e.model), CONTEXT_VALUE);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.facet.cursor, cursor);
    assert_int_equal(e.model.facet_lines.count, lines);
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

static void test_a_figure_is_found_by_its_name(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    explorer_key(&e, 'F');
    explorer_key(&e, '/');
    explorer_type(&e, "peers");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.facet.cursor, line_of(&e, COL_ER_INDEX));
    explorer_key(&e, '+');
    assert_string_equal(explorer_filter_text(&e), "er_index:0.1..");
    assert_true(e.model.facet.cursor + 1 <
                e.model.facet.top + (size_t)e.model.layout.filters.rows); /* its words are seen */
    explorer_release(&e);
}

static void test_a_pane_that_goes_ends_the_search(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    explorer_key(&e, 'F');
    explorer_key(&e, '/');
    explorer_type(&e, "mi");
    explorer_resize(&e, 80, 24);
    if (e.model.layout.filters.columns == 0)
        assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_key(&e, K_ESCAPE);
    assert_true(model_context(&e.model) != CONTEXT_VALUE);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plus_and_minus_move_an_end_from_edge_to_edge),
        cmocka_unit_test(test_the_ends_do_not_pass_each_other),
        cmocka_unit_test(test_a_run_of_presses_is_one_step),
        cmocka_unit_test(test_other_keys_part_two_runs),
        cmocka_unit_test(test_space_begins_a_range_and_lifts_it),
        cmocka_unit_test(test_a_typed_range_is_the_one_that_moves),
        cmocka_unit_test(test_bars_stand_outside_the_range_too),
        cmocka_unit_test(test_edges_read_back_as_they_are),
        cmocka_unit_test(test_a_click_moves_the_nearer_end),
        cmocka_unit_test(test_the_wheel_scrolls_the_pane_under_the_pointer),
        cmocka_unit_test(test_letters_narrow_to_the_values_that_hold_them),
        cmocka_unit_test(test_names_as_people_write_them),
        cmocka_unit_test(test_bounds_as_people_write_them),
        cmocka_unit_test(test_escape_puts_the_pane_back),
        cmocka_unit_test(test_a_figure_is_found_by_its_name),
        cmocka_unit_test(test_a_pane_that_goes_ends_the_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
