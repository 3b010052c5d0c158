#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"

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
    assert_int_equal(model_context(&e.model), CONTEXT_FIELD);
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
    assert_string_equal(e.model.line_error.message, "'clear' has nothing to do here");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_release(&e);
}

static void test_what_is_nearly_a_command_is_told_and_runs_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *told;
    } cases[] = {
        {"themes", "did you mean 'theme'?"},
        {"tour", "'tour' has nothing to do here"}, /* "Then order by a further column" */
        {"xqzw", "there is no such command"},
    };
    struct explorer e;
    explorer_init(&e);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        command(&e, cases[i].typed);
        explorer_key(&e, K_ENTER);
        assert_int_equal(model_context(&e.model), CONTEXT_COMMAND);
        assert_string_equal(e.model.line_error.message, cases[i].told);
        explorer_key(&e, K_ESCAPE);
    }
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
    size_t count = 0;
    struct knob knob;
    for (size_t at = 0; knob_next(&at, &e.model.scenario, &knob);)
        count++;
    assert_int_equal(e.model.picker.count, count);
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
    assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 0);
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
    assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 0)->text, "89.5"));
    assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 0)->key, "aov"));
    assert_string_equal(undo_next(&e.model.undo)->label, "aov 80.00 > 89.50");
    explorer_key(&e, 'u');
    assert_true(scenario_assumes(&e.model.scenario, offsetof(struct scenario, aov)));
    assert_false(text_known(explorer_effect(&e, EFFECT_KNOB, 1)->text));
    explorer_key(&e, 'U');
    assert_true(e.model.scenario.aov == 89.5);
    assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 2)->text, "89.5"));
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
    assert_false(text_known(explorer_effect(&e, EFFECT_KNOB, 0)->text));
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
        command(&e, cases[i].line);
        explorer_key(&e, K_ENTER);
        assert_int_equal(model_context(&e.model), CONTEXT_COMMAND); /* to be mended */
        if (!strstr(e.model.line_error.message, cases[i].part))
            fail_msg("%s: %s", cases[i].line, e.model.line_error.message);
        assert_false(scenario_touched(&e.model.scenario));
        explorer_key(&e, K_ESCAPE);
        assert_null(undo_next(&e.model.undo));
        explorer_release(&e);
    }
}

/* A value of one's own for each, far enough from the default and within the limits. */
static double other_value(const struct parameter_row *row)
{
    double value = row->standard * 0.75;
    if (isnan(row->standard))
        return row->least + 3;
    if (row->unit == UNIT_FLAG)
        return !row->standard;
    if (row->unit == UNIT_COUNT)
        return row->standard + 1;
    return value >= row->least && value != row->standard ? value
                                                         : (row->standard + row->most) * 0.5;
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
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
        assert_true(scenario_own(&e.model.scenario, text_of(row->key)));
        assert_int_equal(explorer_effects(&e, EFFECT_KNOB), 1);
        assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 0)->key, row->key));
        explorer_key(&e, 'u');
        assert_true(same(scenario_get(&e.model.scenario, i), row->standard));
        assert_false(scenario_own(&e.model.scenario, text_of(row->key)));
        explorer_key(&e, 'U');
        snprintf(line, sizeof line, "set %s default", row->key);
        command(&e, line);
        explorer_key(&e, K_ENTER);
        assert_false(scenario_own(&e.model.scenario, text_of(row->key)));
    }
    assert_false(scenario_touched(&e.model.scenario));
    explorer_release(&e);
}

/* Knobs that are no number of the table: value typed, what the status line says of it. */
static void test_knobs_of_every_kind(void **state)
{
    (void)state;
    static const struct {
        const char *line, *said, *key, *kept;
        size_t effects;
    } cases[] = {
        {"set currency usd", "read as USD   was EUR", "currency", "USD", 1},
        {"set reach_rates reach-2019", "read as reach-2019   was reach-2024", "reach_rates",
         "reach-2019", 1},
        {"set rate.usd 0.92 2026-11-23", "read as 0.92 2026-11-23   was none", "rate.USD",
         "0.92 2026-11-23", 1},
        {"set channel.1.cpm 12.5", "read as 12.50 EUR   was 10.00", "channel.1.cpm", "12.5", 1},
        {"set channel.3.cpm none", "read as none   was 25.00", "channel.3.cpm", "none", 1},
        {"set channel.4.name Radio X", "read as Radio X   was none", "channel.4.name", "Radio X",
         1},
        {"set ctr 3%", "read as 3.00%   was 4.00%", "ctr_feed", "0.03", 11},
        {"set universe 2m", "read as 2,000,000   was none", "universe", "2000000", 1},
        {"set value_like 0.05", "read as 0.05 EUR   was none", "value_like", "0.05", 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct explorer e;
        explorer_init(&e);
        explorer_forget(&e);
        command(&e, cases[i].line);
        assert_string_equal(e.model.line_error.message, "");
        assert_string_equal(said(&e), cases[i].said);
        explorer_key(&e, K_ENTER);
        assert_int_equal(explorer_effects(&e, EFFECT_KNOB), cases[i].effects);
        const struct effect *effect = explorer_effect(&e, EFFECT_KNOB, 0);
        assert_true(text_is(effect->key, cases[i].key));
        assert_true(text_is(effect->text, cases[i].kept));
        assert_true(scenario_touched(&e.model.scenario));
        explorer_key(&e, 'u');
        assert_false(scenario_touched(&e.model.scenario));
        explorer_key(&e, 'U');
        assert_true(scenario_own(&e.model.scenario, text_of(cases[i].key)));
        explorer_release(&e);
    }
}

/* The group says how its members were where they agreed, and gives each its own back. */
static void test_a_group_gives_each_member_its_own_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set ctr_reel 9%");
    explorer_key(&e, K_ENTER);
    command(&e, "set ctr 2%");
    assert_string_equal(said(&e), "read as 2.00%   was various");
    assert_true(e.model.scenario.ctr[FORMAT_REEL] == 0.02);
    explorer_key(&e, K_ENTER);
    assert_string_equal(undo_next(&e.model.undo)->label, "ctr various > 2.00%");
    explorer_key(&e, 'u');
    assert_true(e.model.scenario.ctr[FORMAT_REEL] == 0.09);
    assert_true(e.model.scenario.ctr[FORMAT_FEED] == 0.04);
    assert_false(scenario_own(&e.model.scenario, TEXT("ctr_feed")));
    explorer_release(&e);
}

static void test_words_to_choose_from_are_offered(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    command(&e, "set reach_rates reach-20");
    assert_true(text_is(choice_at(&e, e.model.picker.cursor)->label, "reach-2024"));
    assert_string_equal(e.model.line_error.message, "");
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_TAB);
    assert_string_equal(line_of(&e), "set reach_rates reach-2019");
    explorer_key(&e, K_ENTER);
    assert_true(scenario_reach(&e.model.scenario, FORMAT_FEED)->steps);
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
    assert_true(text_is(explorer_effect(&e, EFFECT_KNOB, 0)->text, "90"));
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
    assert_int_equal(explorer_effects(&e, EFFECT_FORM), 0);
    explorer_key(&e, K_ENTER);
    assert_true(text_is(explorer_effect(&e, EFFECT_FORM, 0)->text, "archive/a.json"));
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
    assert_true(text_is(explorer_effect(&e, EFFECT_FORM, 0)->text, "/home/ada/my list.csv"));
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
    assert_int_equal(explorer_effects(&e, EFFECT_FORM), 0);
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
        cmocka_unit_test(test_what_is_nearly_a_command_is_told_and_runs_nothing),
        cmocka_unit_test(test_tab_writes_the_name_and_then_the_key),
        cmocka_unit_test(test_what_is_typed_takes_effect_and_esc_puts_it_back),
        cmocka_unit_test(test_another_key_puts_the_first_one_back),
        cmocka_unit_test(test_enter_keeps_and_undo_gives_the_assumption_back),
        cmocka_unit_test(test_the_default_typed_is_no_assumption_any_more),
        cmocka_unit_test(test_default_makes_it_an_assumption_again),
        cmocka_unit_test(test_without_a_value_it_tells_what_there_is),
        cmocka_unit_test(test_mistakes_name_limits_form_and_nearest_key),
        cmocka_unit_test(test_every_parameter_can_be_set_undone_and_reset),
        cmocka_unit_test(test_knobs_of_every_kind),
        cmocka_unit_test(test_a_group_gives_each_member_its_own_back),
        cmocka_unit_test(test_words_to_choose_from_are_offered),
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
