#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "explorer.h"

/* Notes on creators: written in one line, kept as one step, found again. */

static struct text note_of(const struct explorer *e, const char *handle)
{
    for (uint32_t row = 0; row < e->catalog.count; row++)
        if (text_is(catalog_text(&e->catalog, COL_HANDLE, row), handle))
            return catalog_text(&e->catalog, COL_NOTE, row);
    fail_msg("nobody is called %s", handle);
    return (struct text){0};
}

static void write_note(struct explorer *e, const char *handle, const char *note)
{
    explorer_go(e, handle);
    explorer_key(e, 'o');
    assert_int_equal(e->model.prompt, PROMPT_NOTE);
    explorer_paste(e, note);
    explorer_key(e, K_ENTER);
    assert_int_equal(e->model.prompt, PROMPT_NONE);
}

static void test_a_note_is_kept_and_undone(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    write_note(&e, "ada.skin", " asks 100% in advance, q=1 ");
    assert_true(text_is(note_of(&e, "ada.skin"), "asks 100% in advance, q=1"));
    assert_int_equal(explorer_effects(&e, EFFECT_NOTE), 1);
    const struct effect *effect = explorer_effect(&e, EFFECT_NOTE, 0);
    assert_true(text_is(effect->key, "ada.skin"));
    assert_true(text_is(effect->text, "asks 100% in advance, q=1"));
    assert_string_equal(undo_next(&e.model.undo)->label, "note on ada.skin");
    explorer_key(&e, 'u');
    assert_false(text_known(note_of(&e, "ada.skin")));
    assert_int_equal(explorer_effect(&e, EFFECT_NOTE, 1)->text.length, 0);
    explorer_key(&e, 'U');
    assert_true(text_is(note_of(&e, "ada.skin"), "asks 100% in advance, q=1"));
    explorer_release(&e);
}

static void test_the_prompt_begins_with_what_is_there(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    write_note(&e, "ada.skin", "call");
    explorer_forget(&e);
    explorer_key(&e, 'o');
    explorer_type(&e, " in May");
    explorer_key(&e, K_ESCAPE);
    assert_true(text_is(note_of(&e, "ada.skin"), "call"));
    explorer_key(&e, 'o');
    explorer_key(&e, K_ENTER); /* nothing changed: no step */
    assert_int_equal(explorer_effects(&e, EFFECT_NOTE), 0);
    explorer_key(&e, 'o');
    explorer_type(&e, " in May");
    explorer_key(&e, K_ENTER);
    assert_true(text_is(note_of(&e, "ada.skin"), "call in May"));
    explorer_key(&e, 'o');
    explorer_key(&e, K_CTRL('U'));
    explorer_key(&e, K_ENTER);
    assert_false(text_known(note_of(&e, "ada.skin")));
    assert_int_equal(e.catalog.note_count, 0);
    assert_string_equal(undo_next(&e.model.undo)->label, "no note on ada.skin");
    explorer_release(&e);
}

static void test_lines_of_a_paste_become_one(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    write_note(&e, "finn.trip", "first\r\nsecond\nthird\t\033[31mred");
    assert_true(text_is(note_of(&e, "finn.trip"), "first second third  [31mred"));
    explorer_release(&e);
}

static void test_what_is_too_long_stays_in_the_prompt(void **state)
{
    (void)state;
    struct explorer e;
    struct buf text = BUF_INIT;
    explorer_init(&e);
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'o');
    buf_add_repeat(&text, 'x', NOTE_MOST + 1);
    explorer_paste(&e, buf_string(&text));
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_NOTE);
    assert_non_null(strstr(e.model.line_error.message, "1000"));
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_ENTER);
    assert_int_equal(note_of(&e, "ada.skin").length, NOTE_MOST);
    buf_release(&text);
    explorer_release(&e);
}

static void test_notes_are_found(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    write_note(&e, "ada.skin", "asks for Geschenke");
    write_note(&e, "finn.trip", "answers late");
    explorer_filter(&e, "note:geschenk");
    assert_string_equal(explorer_list_text(&e), "ada.skin");
    explorer_key(&e, 'X');
    explorer_filter(&e, "has:note");
    assert_int_equal(e.model.result.rows.count, 2);
    explorer_key(&e, 'X');
    explorer_filter(&e, "-has:note");
    assert_int_equal(e.model.result.rows.count, 10);
    explorer_key(&e, 'X');
    explorer_go(&e, "late");
    assert_string_equal(explorer_cursor(&e), "finn.trip");
    explorer_release(&e);
}

static void test_in_the_other_places_too(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada.skin");
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "finn.trip");
    explorer_key(&e, K_SPACE);
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'c');
    explorer_key(&e, 'o');
    explorer_type(&e, "compared");
    explorer_key(&e, K_ENTER);
    assert_true(text_is(note_of(&e, "ada.skin"), "compared"));
    explorer_key(&e, 'q');
    explorer_key(&e, 'a');
    explorer_key(&e, 'p');
    explorer_key(&e, 'o');
    assert_int_equal(e.model.note_id, e.model.plan.cursor_id);
    explorer_type(&e, " planned");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    explorer_key(&e, 'q');
    explorer_go(&e, "hugo");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'o');
    explorer_type(&e, "in full");
    explorer_key(&e, K_ENTER);
    assert_true(text_is(catalog_text(&e.catalog, COL_NOTE, model_row(&e.model)), "in full"));
    explorer_release(&e);
}

static void test_a_note_goes_over_to_the_one_that_replaces(void **state)
{
    (void)state;
    struct explorer e;
    struct record record;
    struct err err;
    explorer_init(&e);
    write_note(&e, "ada.skin", "mine");
    record_clear(&record);
    record.id = 999;
    record_set_text(&record, COL_PLATFORM,
                    text_of(platforms[catalog_platform(&e.catalog, model_row(&e.model))].word));
    record_set_text(&record, COL_HANDLE, TEXT("ada.skin"));
    struct record_sink sink = catalog_sink(&e.catalog);
    assert_true(sink.put(sink.self, &record, &err));
    uint32_t row = catalog_find_id(&e.catalog, 999);
    assert_true(text_is(catalog_text(&e.catalog, COL_NOTE, row), "mine"));
    explorer_release(&e);
}

static void test_only_the_switch_hands_notes_over(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    write_note(&e, "ada.skin", "mine");
    explorer_key(&e, 'x');
    assert_false(e.model.hand.notes);
    assert_int_equal(hand_noted(&e.model), 1);
    for (int i = 0; i < HAND_NOTES; i++)
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_SPACE);
    assert_true(e.model.hand.notes);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'x'); /* the next time it is off again */
    assert_false(e.model.hand.notes);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_note_is_kept_and_undone),
        cmocka_unit_test(test_the_prompt_begins_with_what_is_there),
        cmocka_unit_test(test_lines_of_a_paste_become_one),
        cmocka_unit_test(test_what_is_too_long_stays_in_the_prompt),
        cmocka_unit_test(test_notes_are_found),
        cmocka_unit_test(test_in_the_other_places_too),
        cmocka_unit_test(test_a_note_goes_over_to_the_one_that_replaces),
        cmocka_unit_test(test_only_the_switch_hands_notes_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
