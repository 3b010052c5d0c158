#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "explorer.h"

/* The command prompt: commands by name, and :set for every assumption. */

static const struct choice *choice_at(const struct explorer *e, size_t at)
{
    return at < e->model.picker.count ? &e->model.picker.items[at] : NULL;
}

static const char *line_of(struct explorer *e)
{
    return buf_string(&e->model.line.text);
}

static const char *said(const struct explorer *e)
{
    static char room[200];
    struct buf text = BUF_INIT;
    command_say(&e->model, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

static void command(struct explorer *e, const char *line)
{
    explorer_key(e, ':');
    explorer_type(e, line);
}

/* Commands that belong together in every test: the cursor's ROI as the list shows it. */
static double roi(const struct explorer *e)
{
    struct figures figures;
    sheet_figures(e->model.sheet, model_row(&e->model), &figures);
    return figures.roi;
}

static void test_what_is_typed_finds_a_command_and_enter_runs_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "budg");
    assert_int_equal(model_context(&e.model), CONTEXT_COMMAND);
    assert_true(text_is(choice_at(&e, 0)->label, "Change the budget"));
    assert_true(text_is(choice_at(&e, 0)->hint, "b")); /* teaches the key */
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_BUDGET);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_CTRL('P'));
    explorer_type(&e, "tick-all");
    explorer_key(&e, K_ENTER);
    assert_true(explorer_ticked(&e, explorer_cursor(&e)));
    explorer_release(&e);
}

static void test_a_whole_name_comes_first_and_scattered_letters_last(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "plan");
    assert_true(text_is(choice_at(&e, 0)->hint, "a"));
    explorer_key(&e, K_ESCAPE);
    command(&e, "chclm"); /* no such part: letters in this order */
    assert_int_equal(e.model.picker.count, 1);
    assert_true(text_is(choice_at(&e, 0)->label, "Choose columns"));
    explorer_release(&e);
}

static void test_what_cannot_be_done_is_not_offered(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "clear"); /* nothing to clear */
    assert_int_equal(e.model.picker.count, 0);
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_COMMAND);
    assert_string_not_equal(e.model.line_error.message, "");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

static void test_tab_writes_the_name_and_then_the_key(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "se");
    while (!text_is(choice_at(&e, e.model.picker.cursor)->text, "set "))
        explorer_key(&e, K_DOWN);
    explorer_key(&e, K_TAB);
    assert_string_equal(line_of(&e), "set ");
    assert_int_equal(e.model.picker.count, parameter_count);
    explorer_type(&e, "order");
    assert_int_equal(e.model.picker.count, 1);
    assert_non_null(strstr(choice_at(&e, 0)->label.at, "Order value"));
    assert_true(text_is(choice_at(&e, 0)->hint, "80.00 EUR"));
    explorer_key(&e, K_TAB);
    assert_string_equal(line_of(&e), "set aov ");
    assert_string_equal(said(&e), "is 80.00 EUR, the default");
    explorer_release(&e);
}

static void test_what_is_typed_takes_effect_and_esc_puts_it_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    double before = roi(&e);
    explorer_forget(&e);
    command(&e, "set aov 160");
    assert_true(e.model.scenario.aov == 160);
    assert_true(roi(&e) > before);
    assert_string_equal(said(&e), "read as 160 EUR   was 80.00");
    explorer_key(&e, K_BACKSPACE); /* 16 */
    assert_true(e.model.scenario.aov == 16);
    explorer_key(&e, K_ESCAPE);
    assert_true(e.model.scenario.aov == 80);
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    assert_true(roi(&e) == before);
    assert_null(undo_next(&e.model.undo));
    assert_int_equal(explorer_effects(&e, EFFECT_PARAMETER), 0);
    explorer_release(&e);
}

static void test_another_key_puts_the_first_one_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set aov 160");
    explorer_key(&e, K_CTRL('U'));
    assert_true(e.model.scenario.aov == 80);
    explorer_type(&e, "set cvr 3%");
    assert_true(e.model.scenario.aov == 80 && e.model.scenario.cvr == 0.03);
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.undo.done, 1);
    explorer_release(&e);
}

static void test_enter_keeps_and_undo_gives_the_assumption_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    command(&e, "set AOV=89.5");
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    assert_true(e.model.scenario.aov == 89.5);
    assert_false(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    assert_true(explorer_effect(&e, EFFECT_PARAMETER, 0)->number == 89.5);
    assert_true(text_is(explorer_effect(&e, EFFECT_PARAMETER, 0)->key, "aov"));
    assert_string_equal(undo_next(&e.model.undo)->label, "aov 80.00 > 89.50");
    explorer_key(&e, 'u');
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    assert_true(isnan(explorer_effect(&e, EFFECT_PARAMETER, 1)->number));
    explorer_key(&e, 'U');
    assert_true(e.model.scenario.aov == 89.5);
    assert_true(explorer_effect(&e, EFFECT_PARAMETER, 2)->number == 89.5);
    explorer_release(&e);
}

/* Who types the very default says that it is true. */
static void test_the_default_typed_is_no_assumption_any_more(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set aov 80");
    explorer_key(&e, K_ENTER);
    assert_false(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    explorer_key(&e, 'u');
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    explorer_key(&e, 'U');
    assert_false(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    explorer_release(&e);
}

static void test_default_makes_it_an_assumption_again(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set margin 40%");
    explorer_key(&e, K_ENTER);
    explorer_forget(&e);
    command(&e, "set margin def"); /* the word under the cursor */
    assert_true(text_is(choice_at(&e, e.model.picker.cursor)->label, "default"));
    assert_string_equal(e.model.line_error.message, "");
    explorer_key(&e, K_ENTER);
    assert_true(e.model.scenario.margin == 0.5);
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, margin)));
    assert_true(isnan(explorer_effect(&e, EFFECT_PARAMETER, 0)->number));
    explorer_key(&e, 'u');
    assert_true(e.model.scenario.margin == 0.4);
    explorer_key(&e, 'U');
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, margin)));
    explorer_release(&e);
}

static void test_without_a_value_it_tells_what_there_is(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set cvr");
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.notice,
                        "cvr is 2.50%, the default (assumption, shops see 1 to 4%)");
    command(&e, "set cvr 3%");
    explorer_key(&e, K_ENTER);
    command(&e, "set cvr ");
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.notice, "cvr is 3.00%, yours; default 2.50% (assumption, shops see "
                                        "1 to 4%)");
    assert_int_equal(e.model.undo.done, 1);
    explorer_release(&e);
}

static void test_mistakes_name_limits_form_and_nearest_key(void **state)
{
    (void)state;
    static const struct {
        const char *line, *part;
    } cases[] = {
        {"set cvr 150%", "'cvr' must be from 0 to 1"}, {"set cvr 40", "a share like 4% or 0.04"},
        {"set aov much", "an amount like 89.50"},      {"set fill 2", "on or off"},
        {"set deliverables 1.5", "a whole number"},    {"set avo 5", "did you mean 'aov'?"},
        {"set headroom 0", "from 1 to 1000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct explorer e;
        explorer_init(&e);
        uint64_t changed = e.model.scenario.changed;
        command(&e, cases[i].line);
        explorer_key(&e, K_ENTER);
        assert_int_equal(model_context(&e.model), CONTEXT_COMMAND); /* to be mended */
        if (!strstr(e.model.line_error.message, cases[i].part))
            fail_msg("%s: %s", cases[i].line, e.model.line_error.message);
        assert_true(e.model.scenario.changed == changed);
        explorer_key(&e, K_ESCAPE);
        assert_null(undo_next(&e.model.undo));
        explorer_release(&e);
    }
}

/* A value of one's own for each, far enough from the default and within the limits. */
static double other_value(const struct parameter_row *row)
{
    double value = row->standard * 0.75;
    if (row->unit == UNIT_FLAG)
        return !row->standard;
    if (row->unit == UNIT_COUNT)
        return row->standard + 1;
    return value >= row->least && value != row->standard ? value
                                                         : (row->standard + row->most) * 0.5;
}

static void test_every_parameter_can_be_set_undone_and_reset(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    for (size_t i = 0; i < parameter_count; i++) {
        const struct parameter_row *row = &parameters[i];
        double value = other_value(row);
        char line[80];
        snprintf(line, sizeof line, "set %s %.15g%s", row->key,
                 row->unit == UNIT_SHARE ? value * 100 : value, row->unit == UNIT_SHARE ? "%" : "");
        explorer_forget(&e);
        command(&e, line);
        explorer_key(&e, K_ENTER);
        if (e.model.line_error.message[0])
            fail_msg("%s: %s", line, e.model.line_error.message);
        assert_true(fabs(scenario_get(&e.model.scenario, i) - value) <= fabs(value) * 1e-12);
        assert_true(e.model.scenario.changed >> i & 1);
        assert_int_equal(explorer_effects(&e, EFFECT_PARAMETER), 1);
        assert_true(text_is(explorer_effect(&e, EFFECT_PARAMETER, 0)->key, row->key));
        explorer_key(&e, 'u');
        assert_true(scenario_get(&e.model.scenario, i) == row->standard);
        assert_false(e.model.scenario.changed >> i & 1);
        explorer_key(&e, 'U');
        snprintf(line, sizeof line, "set %s default", row->key);
        command(&e, line);
        explorer_key(&e, K_ENTER);
        assert_false(e.model.scenario.changed >> i & 1);
    }
    assert_true(e.model.scenario.changed == 0);
    explorer_release(&e);
}

static void test_a_signal_keeps_what_is_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    command(&e, "set aov 90");
    explorer_send(&e, &(struct message){.kind = MESSAGE_LEAVE});
    assert_true(explorer_effect(&e, EFFECT_PARAMETER, 0)->number == 90);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    explorer_release(&e);
}

static void test_ctrl_c_puts_back_and_the_menu_leads_here(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'm');
    explorer_type(&e, "set an");
    explorer_key(&e, K_ENTER);
    assert_string_equal(line_of(&e), "set ");
    explorer_type(&e, "epsilon 1");
    assert_true(e.model.scenario.epsilon == 1);
    explorer_key(&e, K_CTRL('C'));
    assert_true(e.model.scenario.epsilon == 0.5);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

/* ---- :import ---- */

static void answer_paths(struct explorer *e, const char *folder, const char *const *names,
                         size_t count)
{
    struct text paths[8];
    for (size_t i = 0; i < count; i++)
        paths[i] = text_of(names[i]);
    explorer_send(e, &(struct message){.kind = MESSAGE_PATHS,
                                       .text = text_of(folder),
                                       .paths = paths,
                                       .path_count = count});
}

static void run_job(struct explorer *e, bool running, bool cancelling)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_JOB,
                                       .text = TEXT("creators.csv"),
                                       .job = {.running = running, .cancelling = cancelling}});
}

static void test_import_completes_names_folder_by_folder(void **state)
{
    (void)state;
    static const char *const here[] = {"archive/", "creators.csv", "old-creators.csv"};
    static const char *const there[] = {"a.json"};
    struct explorer e;
    explorer_init(&e);
    explorer_forget(&e);
    command(&e, "import ");
    assert_int_equal(explorer_effects(&e, EFFECT_PATHS), 1);
    assert_true(text_is(explorer_effect(&e, EFFECT_PATHS, 0)->text, ""));
    answer_paths(&e, "", here, 3);
    assert_int_equal(e.model.picker.count, 3);
    explorer_key(&e, K_TAB);
    assert_string_equal(line_of(&e), "import archive/");
    assert_int_equal(explorer_effects(&e, EFFECT_PATHS), 2); /* once a folder */
    assert_int_equal(e.model.picker.count, 0);
    answer_paths(&e, "", here, 3); /* late: no longer asked for */
    assert_int_equal(e.model.picker.count, 0);
    answer_paths(&e, "archive/", there, 1);
    explorer_key(&e, K_ENTER); /* writes it out, and nothing happens yet */
    assert_string_equal(line_of(&e), "import archive/a.json");
    assert_int_equal(explorer_effects(&e, EFFECT_IMPORT), 0);
    explorer_key(&e, K_ENTER);
    assert_true(text_is(explorer_effect(&e, EFFECT_IMPORT, 0)->text, "archive/a.json"));
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

static void test_import_takes_names_with_blanks_and_quotes(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, ':');
    explorer_paste(&e, "import '/home/ada/my list.csv' ");
    explorer_key(&e, K_ENTER);
    assert_true(text_is(explorer_effect(&e, EFFECT_IMPORT, 0)->text, "/home/ada/my list.csv"));
    command(&e, "import ");
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.line_error.message, "which file?"));
    explorer_release(&e);
}

static void test_one_import_at_a_time_and_none_into_what_can_only_be_read(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    run_job(&e, true, false);
    command(&e, "import b.csv");
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.line_error.message, "creators.csv still runs"));
    run_job(&e, false, false);
    e.model.read_only = true;
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.line_error.message, "can only be read"));
    assert_int_equal(explorer_effects(&e, EFFECT_IMPORT), 0);
    explorer_release(&e);
}

static void test_ctrl_c_cancels_the_import_and_then_quits(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    run_job(&e, true, false);
    explorer_forget(&e);
    explorer_key(&e, K_CTRL('C'));
    assert_int_equal(explorer_effects(&e, EFFECT_CANCEL), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    run_job(&e, true, true);
    explorer_key(&e, K_CTRL('C'));
    assert_int_equal(explorer_effects(&e, EFFECT_CANCEL), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    explorer_release(&e);
}

static void test_leaving_asks_while_an_import_runs(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    run_job(&e, true, false);
    explorer_key(&e, K_ENTER); /* the detail: the q that leaves it does not count */
    explorer_forget(&e);
    explorer_key(&e, 'q');
    explorer_key(&e, 'q');
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    assert_non_null(strstr(e.model.notice, "q again"));
    explorer_key(&e, K_DOWN);
    explorer_key(&e, 'q');
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 0);
    explorer_key(&e, 'q');
    assert_int_equal(explorer_effects(&e, EFFECT_QUIT), 1);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_typed_finds_a_command_and_enter_runs_it),
        cmocka_unit_test(test_a_whole_name_comes_first_and_scattered_letters_last),
        cmocka_unit_test(test_what_cannot_be_done_is_not_offered),
        cmocka_unit_test(test_tab_writes_the_name_and_then_the_key),
        cmocka_unit_test(test_what_is_typed_takes_effect_and_esc_puts_it_back),
        cmocka_unit_test(test_another_key_puts_the_first_one_back),
        cmocka_unit_test(test_enter_keeps_and_undo_gives_the_assumption_back),
        cmocka_unit_test(test_the_default_typed_is_no_assumption_any_more),
        cmocka_unit_test(test_default_makes_it_an_assumption_again),
        cmocka_unit_test(test_without_a_value_it_tells_what_there_is),
        cmocka_unit_test(test_mistakes_name_limits_form_and_nearest_key),
        cmocka_unit_test(test_every_parameter_can_be_set_undone_and_reset),
        cmocka_unit_test(test_a_signal_keeps_what_is_typed),
        cmocka_unit_test(test_ctrl_c_puts_back_and_the_menu_leads_here),
        cmocka_unit_test(test_import_completes_names_folder_by_folder),
        cmocka_unit_test(test_import_takes_names_with_blanks_and_quotes),
        cmocka_unit_test(test_one_import_at_a_time_and_none_into_what_can_only_be_read),
        cmocka_unit_test(test_ctrl_c_cancels_the_import_and_then_quits),
        cmocka_unit_test(test_leaving_asks_while_an_import_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
