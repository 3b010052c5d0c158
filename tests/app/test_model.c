#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/help.h"
#include "explorer.h"

/* Closing, quitting, starting again, and what holds everywhere. */

static void test_escape_closes_one_level_and_changes_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'i');
    explorer_key(&e, '?');
    assert_int_equal(model_context(&e.model), CONTEXT_HELP);
    for (int i = 0; i < 6; i++)
        explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_false(e.model.leaving);
    assert_non_null(strstr(e.model.notice, "q quits"));
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    explorer_release(&e);
}

static void test_q_leaves_pane_place_and_program(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 160, 48);
    explorer_key(&e, 'F');
    explorer_key(&e, 'q');
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'q');
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    explorer_key(&e, 'q');
    assert_true(e.model.leaving);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1); /* the view is kept */
    explorer_release(&e);
}

static void test_ctrl_c_cancels_or_asks(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "5");
    explorer_key(&e, K_CTRL('C'));
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_true(e.model.scenario.budget == 10000);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_CTRL('C'));
    assert_string_equal(e.model.notice, "q quits, y copies; Ctrl-C again quits");
    assert_false(e.model.leaving);
    explorer_key(&e, K_UP);
    explorer_key(&e, K_CTRL('C'));
    assert_false(e.model.leaving); /* not again: something came between */
    explorer_key(&e, K_CTRL('C'));
    assert_true(e.model.leaving);
    explorer_release(&e);
}

static void test_ctrl_z_asks_once(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, K_CTRL('Z'));
    assert_int_equal(explorer_effects(&e, EFFECT_SUSPEND), 0);
    assert_string_equal(e.model.notice, "u undoes; Ctrl-Z again suspends (fg returns)");
    explorer_key(&e, K_CTRL('Z'));
    assert_int_equal(explorer_effects(&e, EFFECT_SUSPEND), 1);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_CTRL('Z')); /* asked once: that is remembered */
    assert_int_equal(explorer_effects(&e, EFFECT_SUSPEND), 2);
    explorer_key(&e, K_CTRL('S'));
    assert_non_null(strstr(e.model.notice, "saved"));
    explorer_key(&e, K_CTRL('L'));
    assert_int_equal(explorer_effects(&e, EFFECT_REDRAW), 1);
    explorer_release(&e);
}

static void test_a_signal_settles_and_quits(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'b');
    explorer_type(&e, "7000");
    explorer_send(&e, &(struct message){.kind = MESSAGE_LEAVE});
    assert_true(e.model.leaving);
    assert_true(e.model.scenario.budget == 7000); /* it was in force already */
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    explorer_release(&e);
}

static void test_too_small_to_show_is_still_left_with_q(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 20, 4);
    explorer_key(&e, 'X');
    explorer_key(&e, 'f');
    explorer_resize(&e, 80, 24);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_resize(&e, 20, 4);
    explorer_key(&e, 'q');
    assert_true(e.model.leaving);
    explorer_release(&e);
}

static void test_another_keyboard_layout_is_told(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 0x439); /* q on a Russian keyboard */
    assert_non_null(strstr(e.model.notice, "no Latin letters"));
    explorer_release(&e);
}

static void test_a_session_goes_on_where_the_last_one_ended(void **state)
{
    (void)state;
    struct explorer first, second;
    explorer_init(&first);
    explorer_filter(&first, "country:DE er>=3%");
    first.model.cell = COL_FOLLOWERS;
    explorer_key(&first, 's');
    explorer_key(&first, 'C');
    explorer_type(&first, "likes a post");
    explorer_key(&first, K_ENTER);
    explorer_key(&first, K_ESCAPE);
    explorer_go(&first, "emil");
    explorer_key(&first, 'q');
    const struct effect *kept = explorer_effect(&first, EFFECT_META, 0);
    assert_true(text_is(kept->key, "view"));

    explorer_init(&second);
    model_restore(&second.model, kept->text);
    assert_string_equal(explorer_filter_text(&second), "country:DE er>=3%");
    assert_string_equal(explorer_order_text(&second), "-followers");
    assert_string_equal(explorer_cursor(&second), "emil.food");
    assert_int_equal(second.model.cell, COL_FOLLOWERS);
    assert_true(chosen_equal(&second.model.chosen, &first.model.chosen));
    assert_int_equal(second.model.chosen.items[second.model.chosen.count - 1], COL_LIKES);
    assert_non_null(strstr(second.model.notice, "last time"));
    assert_null(undo_next(&second.model.undo)); /* view steps end with the session */
    explorer_key(&second, '<');
    assert_string_equal(second.model.notice, "this is the first view");
    explorer_release(&first);
    explorer_release(&second);
}

static void test_a_view_that_cannot_be_read_is_ignored(void **state)
{
    (void)state;
    static const char *const views[] = {"",
                                        "\n",
                                        "\n\n\n\n\n\n",
                                        "nope<<\n-nope\nnope\nmars nobody\nnope nope\n",
                                        "country:DE\n\nroi\ninstagram gone.away\n",
                                        "\n\xFF\n\xFF\n\xFF \xFF\n"};
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++) {
        struct explorer e;
        explorer_init(&e);
        model_restore(&e.model, text_of(views[i]));
        explorer_key(&e, K_DOWN);
        assert_int_equal(e.model.list.cursor, 1);
        assert_true(e.model.chosen.standard);
        assert_true(e.model.query.order_count > 0);
        explorer_release(&e);
    }
}

/* An earlier version wrote out the columns of a list nobody had changed, and no place. */
static void test_what_an_earlier_version_left_is_read(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    model_restore(&e.model, TEXT("er>=3%\n-followers\nfollowers\ninstagram emil.food\nplatform "
                                 "country niche followers trend er er_index fee profit roi \n5"));
    assert_true(e.model.chosen.standard);
    assert_string_equal(explorer_cursor(&e), "emil.food");
    explorer_release(&e);
    explorer_init(&e);
    model_restore(&e.model, TEXT("\n-roi\nroi\n\nplatform followers er roi likes \n0"));
    assert_false(e.model.chosen.standard);
    assert_int_equal(e.model.chosen.count, 5);
    explorer_release(&e);
}

static void test_the_place_comes_back(void **state)
{
    (void)state;
    static const struct {
        uint32_t key;
        enum place place;
    } places[] = {{'p', PLACE_PLAN},    {'t', PLACE_TIERS}, {'d', PLACE_CHANGES},
                  {'c', PLACE_COMPARE}, {'w', PLACE_PLANS}, {K_ENTER, PLACE_DETAIL}};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct explorer first, second;
        explorer_init(&first);
        explorer_init(&second);
        explorer_key(&first, K_SPACE);
        explorer_key(&first, K_SPACE);
        explorer_key(&second, K_SPACE); /* ticks come from the store */
        explorer_key(&second, K_SPACE);
        explorer_key(&first, places[i].key);
        assert_int_equal(first.model.place, places[i].place);
        explorer_forget(&first);
        explorer_send(&first, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW});
        const struct effect *kept = explorer_effect(&first, EFFECT_META, 0);
        assert_non_null(kept);
        model_restore(&second.model, kept->text);
        assert_int_equal(second.model.place, places[i].place);
        assert_int_equal(second.model.cursor_id, first.model.cursor_id);
        assert_non_null(strstr(second.model.notice, "2 ticked"));
        explorer_release(&first);
        explorer_release(&second);
    }
}

/* Whoever is killed loses what was since the last tick, and a clock that ticks alone writes nothing. */
static void test_a_session_is_kept_as_it_goes(void **state)
{
    (void)state;
    struct explorer e;
    const struct message tick = {.kind = MESSAGE_TICK, .now = EXPLORER_NOW};
    explorer_init(&e);
    explorer_send(&e, &tick);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 0); /* nobody did anything yet */
    explorer_key(&e, K_DOWN);
    explorer_send(&e, &tick);
    explorer_send(&e, &tick);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_UP);
    explorer_send(&e, &tick);
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    explorer_release(&e);
}

static void test_a_word_that_nobody_has_any_more_is_kept(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    model_restore(&e.model, TEXT("niche:knitting\n-roi\nroi\n\nroi \n"));
    assert_string_equal(explorer_filter_text(&e), "niche:knitting");
    assert_int_equal(model_context(&e.model), CONTEXT_NOTHING);
    explorer_release(&e);
}

static void test_help_scrolls_from_end_to_end(void **state)
{
    (void)state;
    struct explorer e;
    struct help help;
    explorer_init(&e);
    explorer_key(&e, '?');
    help_make(&e.model, &help);
    size_t most = help.count - (size_t)help_rows(&e.model);
    help_release(&help);
    explorer_key(&e, K_END);
    assert_int_equal(e.model.overlay_scroll.top, most);
    explorer_key(&e, K_UP); /* at once, however often End was pressed */
    assert_int_equal(e.model.overlay_scroll.top, most - 1);
    explorer_key(&e, K_HOME);
    assert_int_equal(e.model.overlay_scroll.top, 0);
    explorer_key(&e, K_PAGE_DOWN);
    assert_in_range(e.model.overlay_scroll.top, 10, 24);
    explorer_release(&e);
}

/* Every key of the place is there, whole, at every width. */
static void test_help_names_every_key_and_loses_no_letter(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    size_t letters = 0;
    for (int width = LAYOUT_LEAST_COLUMNS; width <= 200; width += 8) {
        struct help help;
        size_t here = 0;
        explorer_resize(&e, width, 24);
        help_make(&e.model, &help);
        for (size_t i = 0; i < help.count; i++) {
            const struct help_line *line = &help.items[i];
            if (!line->heading)
                assert_in_range(line->text.length, 0, help.width - help.indent);
            assert_true(line->label.length < HELP_LABEL_CELLS);
            for (size_t k = 0; k < line->text.length; k++)
                here += line->text.at[k] != ' ' && !line->heading;
        }
        assert_true(letters == 0 || here == letters);
        letters = here;
        help_release(&help);
    }
    assert_true(letters > 5000);
    explorer_release(&e);
}

static void test_a_text_is_explained(void **state)
{
    (void)state;
    struct explorer e;
    struct help help;
    bool found = false;
    explorer_init(&e);
    e.model.cell = COL_COUNTRY;
    explorer_key(&e, 'i');
    explorer_key(&e, K_ENTER); /* what help has on it */
    assert_int_equal(model_context(&e.model), CONTEXT_HELP);
    help_make(&e.model, &help);
    for (size_t i = 0; i < help.count; i++)
        found |= text_is(help.items[i].label, "country");
    help_release(&help);
    assert_true(found);
    explorer_key(&e, K_ESCAPE); /* nobody typed what it was opened on */
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    explorer_release(&e);
}

static void test_an_empty_store_takes_every_key(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init_empty(&e);
    for (size_t i = 0; i < command_count; i++)
        for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++) {
            explorer_key(&e, commands[i].keys[k]);
            explorer_key(&e, K_ESCAPE);
            explorer_key(&e, K_ESCAPE);
            e.model.leaving = false;
        }
    assert_string_equal(explorer_cursor(&e), "");
    assert_int_equal(explorer_effects(&e, EFFECT_TICK), 0);
    explorer_release(&e);
}

/* The median of ROI follows an assumption although neither rows nor order rest on it. */
static void test_totals_follow_assumptions(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    e.model.cell = COL_FOLLOWERS;
    explorer_key(&e, 's');
    double before = e.model.totals[1].value;
    size_t parameter;
    assert_true(parameter_find(TEXT("aov"), &parameter));
    assert_true(scenario_set(&e.model.scenario, parameter, 160, NULL));
    explorer_key(&e, K_DOWN);
    struct median now = query_median(&e.model.result, &e.sheet, COL_ROI);
    assert_true(now.value > before);
    assert_true(e.model.totals[1].value == now.value);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escape_closes_one_level_and_changes_nothing),
        cmocka_unit_test(test_q_leaves_pane_place_and_program),
        cmocka_unit_test(test_ctrl_c_cancels_or_asks),
        cmocka_unit_test(test_ctrl_z_asks_once),
        cmocka_unit_test(test_a_signal_settles_and_quits),
        cmocka_unit_test(test_too_small_to_show_is_still_left_with_q),
        cmocka_unit_test(test_another_keyboard_layout_is_told),
        cmocka_unit_test(test_a_session_goes_on_where_the_last_one_ended),
        cmocka_unit_test(test_a_view_that_cannot_be_read_is_ignored),
        cmocka_unit_test(test_what_an_earlier_version_left_is_read),
        cmocka_unit_test(test_the_place_comes_back),
        cmocka_unit_test(test_a_session_is_kept_as_it_goes),
        cmocka_unit_test(test_a_word_that_nobody_has_any_more_is_kept),
        cmocka_unit_test(test_help_scrolls_from_end_to_end),
        cmocka_unit_test(test_help_names_every_key_and_loses_no_letter),
        cmocka_unit_test(test_a_text_is_explained),
        cmocka_unit_test(test_an_empty_store_takes_every_key),
        cmocka_unit_test(test_totals_follow_assumptions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
