#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/help.h"
#include "app/tabs.h"
#include "explorer.h"

/* The tiers as a place. */

static void open_tiers(struct explorer *e)
{
    explorer_key(e, 't');
    assert_int_equal(e->model.place, PLACE_TIERS);
    assert_true(e->model.tiers.lens.made);
    assert_false(lens_busy(&e->model.tiers.lens)); /* so few are worked out at once */
}

static const struct lens_result *result_of(const struct explorer *e)
{
    return &e->model.tiers.lens.result;
}

/* Creators of a band among those the list shows. */
static size_t counted(const struct explorer *e, double from, double next)
{
    size_t count = 0;
    for (size_t i = 0; i < e->model.result.rows.count; i++) {
        double followers =
            catalog_number(&e->catalog, COL_FOLLOWERS, rowset_at(&e->model.result.rows, i));
        count += followers >= from && followers < next;
    }
    return count;
}

static void test_it_is_of_the_creators_shown(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    assert_int_equal(result_of(&e)->creators, 12);
    assert_int_equal(result_of(&e)->tiers[1].creators, counted(&e, 1e3, 1e5));
    explorer_key(&e, 'f');
    explorer_paste(&e, "niche:beauty");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_TIERS); /* the filter is seen here too */
    assert_true(e.model.result.rows.count < 12);
    assert_int_equal(result_of(&e)->creators, e.model.result.rows.count);
    assert_int_equal(result_of(&e)->tiers[1].creators, counted(&e, 1e3, 1e5));
    explorer_key(&e, 'u');
    assert_int_equal(result_of(&e)->creators, 12);
    explorer_release(&e);
}

/* A tier alone could be held against nothing. */
static void test_a_choice_of_tiers_does_not_count(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    explorer_key(&e, 'f');
    explorer_paste(&e, "niche:beauty");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    struct lens_result all = *result_of(&e);
    assert_false(e.model.tiers.wider);
    explorer_key(&e, 'f');
    explorer_paste(&e, "tier:micro");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_true(e.model.result.rows.count < all.creators);
    assert_true(e.model.tiers.wider);
    assert_int_equal(result_of(&e)->creators, all.creators);
    for (int tier = 0; tier < 4; tier++)
        assert_int_equal(result_of(&e)->tiers[tier].creators, all.tiers[tier].creators);
    /* edits are followed, and a filter that is no choice of tiers does count */
    explorer_key(&e, 'f');
    explorer_paste(&e, "followers<20k");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, K_ESCAPE);
    assert_true(result_of(&e)->creators < all.creators);
    explorer_key(&e, 'u');
    explorer_key(&e, 'u');
    assert_false(e.model.tiers.wider);
    assert_int_equal(result_of(&e)->creators, all.creators);
    explorer_release(&e);
}

static void test_it_follows_what_is_known_of_fees(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    double before = result_of(&e)->tiers[1].figures[LENS_ROI].value;
    assert_false(before != before);
    explorer_key(&e, ':');
    explorer_type(&e, "set aov 160");
    explorer_key(&e, K_ENTER);
    assert_true(result_of(&e)->tiers[1].figures[LENS_ROI].value > before);
    explorer_key(&e, 'u');
    assert_true(result_of(&e)->tiers[1].figures[LENS_ROI].value == before);
    explorer_release(&e);
}

static void test_enter_shows_the_tier_in_the_list(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    size_t mega = counted(&e, 1e6, 1e9);
    assert_true(mega > 0 && mega < 12);
    open_tiers(&e);
    explorer_key(&e, 'G');
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_string_equal(explorer_filter_text(&e), "tier:mega");
    assert_int_equal(e.model.result.rows.count, mega);
    /* another tier takes its place */
    explorer_key(&e, 't');
    explorer_key(&e, K_UP);
    explorer_key(&e, K_UP);
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "tier:micro");
    /* the view before is a key away */
    explorer_key(&e, '<');
    explorer_key(&e, '<');
    assert_string_equal(explorer_filter_text(&e), "");
    explorer_release(&e);
}

static void test_the_cursor_starts_on_the_tier_of_the_creator(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    for (size_t i = 0; i < e.model.result.rows.count; i++) {
        int tier = sheet_tier(&e.sheet, catalog_find_id(&e.catalog, e.model.cursor_id));
        open_tiers(&e);
        assert_int_equal(e.model.tiers.at.cursor, tier == TIER_NONE ? 0 : tier);
        explorer_key(&e, 't'); /* and back */
        assert_int_equal(e.model.place, PLACE_EXPLORE);
        explorer_key(&e, K_DOWN);
    }
    explorer_release(&e);
}

static void test_other_bands_are_chosen_from_a_list(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    struct lens_claim before = result_of(&e)->claims[CLAIM_ENGAGED];
    explorer_forget(&e);
    explorer_key(&e, 'e');
    assert_int_equal(e.model.overlay, OVERLAY_PICKER);
    explorer_type(&e, "hoot");
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.preset->name, "hootsuite");
    assert_string_equal(result_of(&e)->preset.name, "hootsuite");
    assert_int_equal(result_of(&e)->tiers[2].creators, counted(&e, 5e4, 5e5));
    /* what people say is about the same creators whoever draws the bands */
    assert_int_equal(before.verdict, result_of(&e)->claims[CLAIM_ENGAGED].verdict);
    assert_int_equal(before.sides[LENS_MICRO].known,
                     result_of(&e)->claims[CLAIM_ENGAGED].sides[LENS_MICRO].known);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    explorer_key(&e, 'u');
    assert_string_equal(e.model.preset->name, "textbook");
    assert_string_equal(result_of(&e)->preset.name, "textbook");
    explorer_key(&e, 'U');
    assert_string_equal(e.model.preset->name, "hootsuite");
    explorer_release(&e);
}

static bool page_says(const struct explorer *e, const char *words)
{
    struct help help;
    bool found = false;
    size_t at;
    help_make(&e->model, &help);
    for (size_t i = 0; i < help.count; i++)
        found |= text_find(help.items[i].text, text_of(words), &at);
    help_release(&help);
    return found;
}

static void test_i_says_how_figures_are_made(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    assert_true(page_says(&e, "known ones only"));
    assert_true(page_says(&e, "estimates and left out"));
    assert_true(page_says(&e, "Here: "));
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_NONE);
    assert_int_equal(e.model.place, PLACE_TIERS);
    explorer_key(&e, '?');
    assert_true(page_says(&e, "Tiers: "));
    explorer_release(&e);
}

static void test_the_page_scrolls_to_its_end_and_no_further(void **state)
{
    struct explorer e;
    struct tiers_line lines[TIERS_LINES_MOST];
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    size_t count = tiers_lines(&e.model, lines);
    for (int i = 0; i < 20; i++)
        explorer_key(&e, K_PAGE_DOWN);
    assert_int_equal(e.model.tiers.top + (size_t)tiers_page(&e.model).rows, count);
    explorer_key(&e, K_PAGE_UP);
    assert_true(e.model.tiers.top + (size_t)tiers_page(&e.model).rows < count);
    explorer_resize(&e, 160, 80);
    assert_int_equal(e.model.tiers.top, 0);
    explorer_resize(&e, 24, 6);
    assert_true(tiers_table(&e.model).rows <= 2 && tiers_page(&e.model).rows == 0);
    explorer_release(&e);
}

static void test_the_mouse_chooses_a_tier(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init(&e);
    open_tiers(&e);
    int row = tiers_table(&e.model).row;
    explorer_click(&e, MOUSE_PRESS, 5, row + 3);
    assert_int_equal(e.model.tiers.at.cursor, 2);
    explorer_click(&e, MOUSE_PRESS, 5, row);
    assert_int_equal(e.model.tiers.at.cursor, 2);
    explorer_click(&e, MOUSE_DOUBLE, 5, row + 3);
    assert_string_equal(explorer_filter_text(&e), "tier:macro");
    explorer_release(&e);
}

/* More than are worked out at once. */
static void load_many(struct explorer *e, size_t count)
{
    char handle[16];
    explorer_init_empty(e);
    struct record_sink sink = catalog_sink(&e->catalog);
    sink.begin(sink.self, NULL);
    for (size_t i = 0; i < count; i++) {
        struct record record;
        record_clear(&record);
        record.id = (int64_t)i + 1;
        snprintf(handle, sizeof handle, "h%zu", i);
        record_set_text(&record, COL_HANDLE, text_of(handle));
        record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
        record_set_number(&record, COL_FOLLOWERS, 2000 + (double)i * 10);
        record_set_number(&record, COL_LIKES, 100 + (double)i / 10);
        record_set_number(&record, COL_FEE, 10000);
        assert_true(sink.put(sink.self, &record, NULL));
    }
    assert_true(sink.end(sink.self, true, NULL));
    explorer_send(e, &(struct message){.kind = MESSAGE_LOADED});
}

static void work_to_the_end(struct explorer *e)
{
    double last = 0, share;
    while (lens_busy(&e->model.tiers.lens)) {
        assert_true(model_busy(&e->model));
        const char *what = model_progress(&e->model, &share);
        assert_non_null(what);
        assert_true(share >= last);
        last = share;
        explorer_send(e, &(struct message){.kind = MESSAGE_WORK});
    }
}

static void test_a_long_list_is_worked_out_between_keys(void **state)
{
    struct explorer e;
    (void)state;
    load_many(&e, 30000);
    while (model_busy(&e.model)) /* what a new list needs anyway */
        explorer_send(&e, &(struct message){.kind = MESSAGE_WORK});
    explorer_key(&e, 't');
    assert_true(lens_busy(&e.model.tiers.lens));
    assert_false(e.model.tiers.lens.made);
    struct tiers_line lines[TIERS_LINES_MOST];
    assert_int_equal(tiers_lines(&e.model, lines), 0); /* nothing half done is shown */
    explorer_key(&e, 'Y');                             /* nor copied */
    assert_int_equal(explorer_effects(&e, EFFECT_COPY_TIERS), 0);
    explorer_key(&e, 'G'); /* keys are answered meanwhile */
    assert_int_equal(e.model.tiers.at.cursor, 3);
    work_to_the_end(&e);
    assert_int_equal(result_of(&e)->creators, 30000);
    explorer_key(&e, 'Y');
    assert_int_equal(explorer_effects(&e, EFFECT_COPY_TIERS), 1);
    double before = result_of(&e)->tiers[1].figures[LENS_ROI].value;
    explorer_key(&e, ':');
    explorer_type(&e, "set aov 160");
    explorer_key(&e, K_ENTER);
    assert_true(lens_busy(&e.model.tiers.lens));
    assert_true(result_of(&e)->tiers[1].figures[LENS_ROI].value == before); /* stands meanwhile */
    explorer_key(&e, 'q'); /* elsewhere it can wait */
    explorer_key(&e, 't');
    work_to_the_end(&e); /* and goes on here */
    assert_true(result_of(&e)->tiers[1].figures[LENS_ROI].value > before);
    explorer_release(&e);
}

/* Without anybody there is a table, and nothing is said. */
static void test_nobody_shown(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init_empty(&e);
    open_tiers(&e);
    assert_int_equal(result_of(&e)->creators, 0);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, 'i');
    explorer_key(&e, 'q');
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_FIRST);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_is_of_the_creators_shown),
        cmocka_unit_test(test_a_choice_of_tiers_does_not_count),
        cmocka_unit_test(test_it_follows_what_is_known_of_fees),
        cmocka_unit_test(test_enter_shows_the_tier_in_the_list),
        cmocka_unit_test(test_the_cursor_starts_on_the_tier_of_the_creator),
        cmocka_unit_test(test_other_bands_are_chosen_from_a_list),
        cmocka_unit_test(test_i_says_how_figures_are_made),
        cmocka_unit_test(test_the_page_scrolls_to_its_end_and_no_further),
        cmocka_unit_test(test_the_mouse_chooses_a_tier),
        cmocka_unit_test(test_a_long_list_is_worked_out_between_keys),
        cmocka_unit_test(test_nobody_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
