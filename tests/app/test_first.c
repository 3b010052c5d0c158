/* The menu of a store without creators: what stands in it, where its cursor stays, what it sets off. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "explorer.h"

static const struct list_found lists[] = {{.path = {"~/Downloads/a.csv", 17},
                                           .name = {"a.csv", 5},
                                           .folder = {"~/Downloads", 11},
                                           .at = EXPLORER_NOW - 60,
                                           .state = LIST_ROWS_KNOWN,
                                           .rows = 3},
                                          {.path = {"~/Desktop/b.xlsx", 16},
                                           .name = {"b.xlsx", 6},
                                           .folder = {"~/Desktop", 9},
                                           .at = EXPLORER_NOW - 600,
                                           .state = LIST_ROWS_BOOK},
                                          {.path = {"c.json", 6},
                                           .name = {"c.json", 6},
                                           .folder = {"here", 4},
                                           .at = EXPLORER_NOW - 900}};

static void tell(struct explorer *e, const struct list_found *found, size_t count)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_LISTS, .lists = found, .list_count = count});
}

static void start(struct explorer *e)
{
    explorer_init_empty(e);
    tell(e, lists, 3);
}

static void press(struct explorer *e, uint32_t key, int times)
{
    while (times-- > 0)
        explorer_key(e, key);
}

static void test_it_takes_the_place_of_a_list_without_creators(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init_empty(&e);
    assert_int_equal(e.model.place, PLACE_FIRST);
    explorer_load(&e, 12);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_string_equal(explorer_cursor(&e), "dora.diy");
    explorer_release(&e);
}

static void test_it_waits_until_all_is_loaded(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init_empty(&e);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADING, .total = 12});
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

/* Lists are looked for at once, and again as time goes by; never twice at a time. */
static void test_it_looks_for_lists_again_and_again(void **state)
{
    struct explorer e;
    (void)state;
    explorer_init_empty(&e);
    assert_int_equal(explorer_effects(&e, EFFECT_LISTS), 1);
    explorer_key(&e, K_DOWN);
    assert_int_equal(explorer_effects(&e, EFFECT_LISTS), 1);
    for (int second = 1; second <= 10; second++)
        explorer_send(&e, &(struct message){
                              .kind = MESSAGE_TICK, .now = EXPLORER_NOW, .seconds = second + 100});
    size_t looks = explorer_effects(&e, EFFECT_LISTS);
    assert_in_range(looks, 4, 7);
    explorer_load(&e, 12);
    explorer_send(&e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW, .seconds = 200});
    assert_int_equal(explorer_effects(&e, EFFECT_LISTS), looks);
    explorer_release(&e);
}

static void test_each_choice_does_what_it_says(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    explorer_forget(&e);
    press(&e, K_DOWN, 1);
    explorer_key(&e, K_ENTER);
    const struct effect *asked = explorer_effect(&e, EFFECT_FORM, 0);
    assert_non_null(asked);
    assert_true(text_equal(asked->text, TEXT("~/Downloads/a.csv")));
    press(&e, K_DOWN, 1); /* a workbook cannot be read: it says what to do */
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_FORM), 1);
    assert_non_null(strstr(e.model.notice, "CSV"));
    press(&e, K_DOWN, 2);
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_COMMAND);
    assert_true(text_equal(buf_text(&e.model.line.text), TEXT("import ")));
    explorer_key(&e, K_ESCAPE);
    press(&e, K_DOWN, 1);
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.overlay, OVERLAY_HELP);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    press(&e, K_DOWN, 5); /* no further than the last */
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_SAMPLE), 0);
    explorer_release(&e);
}

static void test_the_sample_is_wanted_before_it_is_left(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_SAMPLE), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    assert_true(e.model.leaving);
    explorer_release(&e);
}

static void test_q_leaves_and_esc_does_not(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    explorer_key(&e, 't'); /* other places lead back to it */
    assert_int_equal(e.model.place, PLACE_TIERS);
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_FIRST);
    explorer_key(&e, 'q');
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    explorer_release(&e);
}

static void test_a_store_that_can_only_be_read_imports_nothing(void **state)
{
    struct explorer e;
    (void)state;
    start(&e);
    e.model.read_only = true;
    press(&e, K_DOWN, 1);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_FORM), 0);
    assert_non_null(strstr(e.model.notice, "only be read"));
    explorer_release(&e);
}

/* What comes to stand above the cursor moves it along. */
static void test_the_cursor_stays_on_its_file(void **state)
{
    struct explorer e;
    struct list_found more[4] = {{.path = {"new.csv", 7}, .name = {"new.csv", 7}}};
    (void)state;
    memcpy(&more[1], lists, sizeof lists);
    start(&e);
    press(&e, K_DOWN, 3);
    assert_int_equal(e.model.first.cursor, 3);
    tell(&e, more, 4);
    assert_int_equal(e.model.first.cursor, 4);
    explorer_forget(&e);
    explorer_key(&e, K_ENTER);
    assert_true(text_equal(explorer_effect(&e, EFFECT_FORM, 0)->text, TEXT("c.json")));
    tell(&e, more, 1); /* it is gone: the nearest thing is another file */
    assert_int_equal(e.model.first.cursor, 1);
    press(&e, K_DOWN, 3); /* quit stays quit */
    tell(&e, more, 4);
    assert_int_equal(e.model.first.cursor, 7);
    tell(&e, more, 0);
    assert_int_equal(e.model.first.cursor, 3);
    explorer_release(&e);
}

static void test_no_more_stand_there_than_there_is_room_for(void **state)
{
    struct explorer e;
    struct list_found many[FIRST_FOUND_MOST + 5];
    (void)state;
    explorer_init_empty(&e);
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++)
        many[i] = lists[0];
    tell(&e, many, sizeof many / sizeof many[0]);
    assert_int_equal(e.model.first.count, FIRST_FOUND_MOST);
    explorer_release(&e);
}

/* Where the cursor is can be seen on any screen, within its rows. */
static void test_the_cursor_is_in_view_at_every_size(void **state)
{
    struct explorer e;
    struct first_line lines[FIRST_LINES_MOST];
    (void)state;
    start(&e);
    for (int rows = 6; rows < 50; rows++)
        for (int columns_ = 24; columns_ < 200; columns_ += 11) {
            explorer_resize(&e, columns_, rows);
            press(&e, K_UP, 9);
            for (size_t place = 0; place < 7; place++) {
                size_t count = first_lines(&e.model, lines);
                struct first_layout at = first_layout(&e.model);
                bool found = false;
                for (size_t i = 0; i < count; i++)
                    found = found || (lines[i].kind == FIRST_CHOICE && lines[i].place == place);
                assert_true(found);
                assert_int_equal(at.area.rows, count);
                assert_true(at.area.row >= 1 && at.area.row + at.area.rows <= rows - 2);
                assert_true(at.area.column >= 1 && at.area.column + at.area.columns < columns_);
                explorer_key(&e, K_DOWN);
            }
        }
    explorer_release(&e);
}

static void test_a_click_chooses(void **state)
{
    struct explorer e;
    struct first_line lines[FIRST_LINES_MOST];
    (void)state;
    start(&e);
    size_t count = first_lines(&e.model, lines);
    struct first_layout at = first_layout(&e.model);
    explorer_forget(&e);
    for (size_t i = 0; i < count; i++) {
        bool file = lines[i].kind == FIRST_CHOICE && lines[i].place == 3;
        bool plain = lines[i].kind != FIRST_CHOICE;
        if (file || plain)
            explorer_click(&e, MOUSE_PRESS, 40, at.area.row + (int)i);
        assert_int_equal(explorer_effects(&e, EFFECT_FORM), e.model.first.cursor == 3);
    }
    assert_int_equal(e.model.first.cursor, 3);
    assert_int_equal(explorer_effects(&e, EFFECT_FORM), 1);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_takes_the_place_of_a_list_without_creators),
        cmocka_unit_test(test_it_waits_until_all_is_loaded),
        cmocka_unit_test(test_it_looks_for_lists_again_and_again),
        cmocka_unit_test(test_each_choice_does_what_it_says),
        cmocka_unit_test(test_the_sample_is_wanted_before_it_is_left),
        cmocka_unit_test(test_q_leaves_and_esc_does_not),
        cmocka_unit_test(test_a_store_that_can_only_be_read_imports_nothing),
        cmocka_unit_test(test_the_cursor_stays_on_its_file),
        cmocka_unit_test(test_no_more_stand_there_than_there_is_room_for),
        cmocka_unit_test(test_the_cursor_is_in_view_at_every_size),
        cmocka_unit_test(test_a_click_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
