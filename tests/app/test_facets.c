#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

/* The filter pane. */

static struct facet_line line_at(const struct explorer *e, size_t at)
{
    assert_true(at < e->model.facet_lines.count);
    return e->model.facet_lines.items[at];
}

/* "niche:food", or "" on a line that is no value. */
static const char *value_at(const struct explorer *e, size_t at)
{
    static char room[64];
    struct facet_line line = line_at(e, at);
    room[0] = '\0';
    if (line.value >= FACET_HISTOGRAM)
        return room;
    const struct facet *facet = &e->model.result.facets[line.facet];
    struct text word = facet->values[line.value].word;
    size_t key = strlen(columns[facet->column].key);
    memcpy(room, columns[facet->column].key, key);
    room[key] = ':';
    memcpy(room + key + 1, word.at, word.length);
    room[key + 1 + word.length] = '\0';
    return room;
}

static const char *value(const struct explorer *e)
{
    return value_at(e, e->model.facet.cursor);
}

static void go_to(struct explorer *e, const char *wanted)
{
    explorer_key(e, 'g');
    for (size_t i = 0; i < e->model.facet_lines.count && strcmp(value(e), wanted) != 0; i++)
        explorer_key(e, K_DOWN);
    assert_string_equal(value(e), wanted);
}

static void test_the_cursor_skips_titles(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 60); /* with blank lines between groups */
    explorer_key(&e, 'F');
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    assert_string_equal(value(&e), "tier:nano");
    size_t last = 0;
    for (int i = 0; i < 80; i++) {
        struct facet_line line = line_at(&e, e.model.facet.cursor);
        assert_true(line.value != FACET_TITLE && line.value != FACET_BLANK);
        last = e.model.facet.cursor;
        explorer_key(&e, K_DOWN);
    }
    assert_int_equal(last, e.model.facet_lines.count - 1);
    for (int i = 0; i < 80; i++) {
        struct facet_line line = line_at(&e, e.model.facet.cursor);
        assert_true(line.value != FACET_TITLE && line.value != FACET_BLANK);
        explorer_key(&e, K_UP);
    }
    assert_string_equal(value(&e), "tier:nano");
    explorer_release(&e);
}

static void test_groups_stand_in_the_order_of_the_questions(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 60);
    static const enum column order[] = {COL_TIER, COL_NICHE, COL_PLATFORM, COL_COUNTRY};
    size_t found = 0;
    for (size_t i = 0; i < e.model.facet_lines.count; i++)
        if (line_at(&e, i).value == FACET_TITLE) {
            assert_true(found < 4);
            assert_int_equal(e.model.result.facets[line_at(&e, i).facet].column, order[found]);
            found++;
        }
    assert_int_equal(found, 4); /* nobody has a language or a tag */
    explorer_release(&e);
}

static void test_values_of_a_group_mean_or_and_groups_and(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 60);
    explorer_key(&e, 'F');
    go_to(&e, "niche:food");
    explorer_key(&e, K_SPACE);
    assert_string_equal(explorer_filter_text(&e), "niche:food");
    go_to(&e, "niche:tech");
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "niche:food,tech");
    go_to(&e, "platform:youtube");
    explorer_key(&e, K_SPACE);
    assert_string_equal(explorer_list_text(&e), "jan.tech");
    explorer_key(&e, K_SPACE); /* lifts it again */
    assert_string_equal(explorer_filter_text(&e), "niche:food,tech");
    explorer_key(&e, 'X');
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

/* Counts change and with them the order of values; the cursor goes with its value. */
static void test_the_cursor_stays_on_its_value(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 60);
    explorer_key(&e, 'F');
    go_to(&e, "country:US");
    size_t before = e.model.facet.cursor;
    explorer_filter(&e, "niche:diy");
    assert_string_equal(value(&e), "country:US");
    assert_true(e.model.facet.cursor < before); /* now the only one, so the first */
    explorer_key(&e, 'u');
    assert_string_equal(value(&e), "country:US");
    explorer_release(&e);
}

static void test_more_values_unfold(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 32);
    explorer_key(&e, 'F');
    size_t folded = e.model.facet_lines.count;
    for (size_t i = 0; i < folded; i++) {
        if (line_at(&e, e.model.facet.cursor).value == FACET_MORE)
            break;
        explorer_key(&e, K_DOWN);
    }
    assert_true(line_at(&e, e.model.facet.cursor).value == FACET_MORE);
    explorer_key(&e, K_SPACE);
    assert_true(e.model.facet_lines.count > folded);
    assert_true(line_at(&e, e.model.facet.cursor).value == FACET_MORE); /* where it can be undone */
    explorer_key(&e, K_SPACE);
    assert_int_equal(e.model.facet_lines.count, folded);
    explorer_release(&e);
}

static void test_a_narrow_screen_opens_and_closes_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    assert_int_equal(e.model.layout.filters.columns, 0);
    explorer_key(&e, 'F');
    assert_true(e.model.layout.filters.columns > 0);
    assert_true(e.model.layout.list.columns > 0);
    explorer_key(&e, K_TAB); /* beside the list it may stay */
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_key(&e, 'F');
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.layout.filters.columns, 0);
    explorer_resize(&e, 40, 14);
    explorer_key(&e, 'F');
    assert_int_equal(e.model.layout.list.columns, 0);
    explorer_key(&e, K_TAB); /* over the list it goes, or nothing would be seen */
    assert_int_equal(e.model.layout.filters.columns, 0);
    assert_true(e.model.layout.list.columns > 0);
    explorer_release(&e);
}

static void test_the_title_of_the_first_value_is_seen(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 40, 14);
    explorer_key(&e, 'F');
    assert_int_equal(e.model.facet.top, 0);
    explorer_key(&e, 'G');
    assert_true(e.model.facet.top > 0);
    explorer_key(&e, 'g');
    assert_int_equal(e.model.facet.top, 0);
    explorer_release(&e);
}

static void test_focus_goes_with_a_pane_that_has_no_room(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 48);
    explorer_key(&e, K_BACK_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    explorer_key(&e, K_TAB);
    explorer_key(&e, K_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_DETAIL);
    explorer_resize(&e, 80, 24);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_key(&e, K_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST); /* the only pane */
    explorer_release(&e);
}

static size_t in_tier(const struct explorer *e, const char *word)
{
    const struct facet *tiers = query_facet(&e->model.result, COL_TIER);
    for (size_t i = 0; i < tiers->count; i++)
        if (text_is(tiers->values[i].word, word))
            return tiers->values[i].count;
    return 0;
}

static void test_other_bounds_of_tiers(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    double roi = sheet_number(&e.sheet, COL_ROI, model_row(&e.model));
    assert_int_equal(in_tier(&e, "mid"), 0);
    explorer_forget(&e);
    explorer_key(&e, ':');
    explorer_type(&e, "bounds of");
    explorer_key(&e, K_ENTER);
    explorer_type(&e, "hoot");
    explorer_key(&e, K_ENTER);
    /* hootsuite: mid is 50k to 500k; counted by the plain rule */
    size_t mid = 0;
    for (uint32_t row = 0; row < e.catalog.count; row++) {
        double followers = catalog_number(&e.catalog, COL_FOLLOWERS, row);
        mid += followers >= 50000 && followers < 500000;
    }
    assert_true(mid > 0);
    assert_int_equal(in_tier(&e, "mid"), mid);
    assert_true(sheet_number(&e.sheet, COL_ROI, model_row(&e.model)) == roi);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    const struct effect *kept = explorer_effect(&e, EFFECT_META, 0);
    assert_true(text_is(kept->key, "tiers") && text_is(kept->text, "hootsuite"));
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_cursor_skips_titles),
        cmocka_unit_test(test_groups_stand_in_the_order_of_the_questions),
        cmocka_unit_test(test_values_of_a_group_mean_or_and_groups_and),
        cmocka_unit_test(test_the_cursor_stays_on_its_value),
        cmocka_unit_test(test_more_values_unfold),
        cmocka_unit_test(test_a_narrow_screen_opens_and_closes_it),
        cmocka_unit_test(test_the_title_of_the_first_value_is_seen),
        cmocka_unit_test(test_focus_goes_with_a_pane_that_has_no_room),
        cmocka_unit_test(test_other_bounds_of_tiers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
