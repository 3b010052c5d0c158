/* The form of an import: what the runtime says of a file, and what keys make of it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "explorer.h"

static const struct form_choice platforms_[] = {
    {0, {"instagram", 9}, {"instagram", 9}, {0}, true},
    {0, {"tiktok", 6}, {"tiktok", 6}, {0}, false},
};
static const struct form_choice columns_[] = {
    {3, {"percent", 7}, {"4.31 is 4.31 %", 14}, {0}, true},
    {2, {"er", 2}, {"er", 2}, {"Engagement rate", 15}, true},
    {2, {"ignore", 6}, {"left out", 8}, {0}, false},
};

/* A question, a day to be typed, eleven columns, and what the file settles. */
#define LINES 14
static struct form_line lines[LINES];
static struct form_plan plan;

static void make_plan(void)
{
    static char names[LINES][12];
    memset(lines, 0, sizeof lines);
    lines[0] = (struct form_line){.part = FORM_QUESTION,
                                  .title = TEXT("Platform"),
                                  .shown = TEXT("instagram"),
                                  .guess = true,
                                  .choices = platforms_,
                                  .choice_count = 2};
    lines[1] = (struct form_line){.part = FORM_QUESTION,
                                  .decision = 1,
                                  .title = TEXT("Figures of"),
                                  .typed = TEXT("2026-08-03"),
                                  .shown = TEXT("3 Aug 2026"),
                                  .guess = true};
    for (size_t i = 2; i < LINES - 1; i++) {
        strcpy(names[i], "column A");
        names[i][7] = (char)('A' + i);
        lines[i] = (struct form_line){.part = FORM_COLUMN,
                                      .decision = i,
                                      .title = text_of(names[i]),
                                      .shown = TEXT("er"),
                                      .choices = columns_,
                                      .choice_count = 3};
    }
    lines[LINES - 1] =
        (struct form_line){.part = FORM_DECIDED, .title = TEXT("Encoding"), .shown = TEXT("UTF-8")};
    plan = (struct form_plan){
        .file = TEXT("list.csv"), .lines = lines, .line_count = LINES, .guesses = 2};
}

static void show(struct explorer *e)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_FORM, .form = &plan});
}

static void tell(struct explorer *e, size_t lost)
{
    static const struct form_problem problems[] = {{FORM_REJECTED, 8, {"no handle", 9}},
                                                   {FORM_UNKNOWN, 3, {"not a number", 12}}};
    struct form_figures figures = {.known = true,
                                   .share = NAN,
                                   .rows = 9,
                                   .added = 4,
                                   .changed = 2,
                                   .unchanged = 1,
                                   .troubles = {lost > 0, lost > 1},
                                   .problems = problems,
                                   .problem_count = lost};
    explorer_send(e, &(struct message){.kind = MESSAGE_FIGURES, .figures = &figures});
}

static void job(struct explorer *e, bool running)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_JOB,
                                       .text = TEXT("list.csv"),
                                       .job = {.running = running}});
}

static void test_nothing_is_imported_before_enter(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    explorer_key(&e, 'p');
    show(&e);
    tell(&e, 1);
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    assert_int_equal(form_usable(&e.model.form.figures), 7);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.place, PLACE_PLAN); /* where it was opened */
    assert_int_equal(explorer_effects(&e, EFFECT_FORM_CLOSE), 1);
    assert_int_equal(explorer_effects(&e, EFFECT_IMPORT), 0);
    show(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_IMPORT), 1);
    assert_int_equal(e.model.place, PLACE_EXPLORE);
    explorer_release(&e);
}

/* Settled lines beyond the first stand together until somebody wants to see them. */
static void test_what_the_file_settles_is_folded(void **state)
{
    (void)state;
    struct explorer e;
    struct form_line all[LINES + 3];
    explorer_init(&e);
    make_plan();
    memcpy(all, lines, sizeof lines);
    all[LINES - 1] = (struct form_line){.part = FORM_NOTE, .note = TEXT("look here")};
    all[LINES] = lines[LINES - 1];
    all[LINES + 1] = (struct form_line){
        .part = FORM_DECIDED, .title = TEXT("Separator"), .typed = TEXT(";"), .shown = TEXT(";")};
    all[LINES + 2] = (struct form_line){.part = FORM_DECIDED, .title = TEXT("Header on line")};
    plan.lines = all;
    plan.line_count = LINES + 3;
    show(&e);
    assert_int_equal(form_fold(&e.model.form), LINES);
    assert_int_equal(form_row(&e.model.form, 2), 4);          /* a blank and the heading */
    assert_int_equal(form_row(&e.model.form, LINES - 1), 16); /* a blank before it */
    assert_int_equal(form_row(&e.model.form, LINES), 18);
    assert_int_equal(form_rows(&e.model.form), 19);
    explorer_key(&e, 'G');
    assert_int_equal(e.model.form.cursor, LINES);
    explorer_key(&e, K_UP);
    explorer_key(&e, 'e'); /* a note has no answer */
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    assert_int_equal(e.model.overlay, OVERLAY_NONE);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, 'e'); /* what stands there is opened first */
    assert_int_equal(form_rows(&e.model.form), 21);
    explorer_key(&e, 'G');
    assert_int_equal(e.model.form.cursor, LINES + 2);
    explorer_key(&e, K_UP);
    explorer_key(&e, 'e');
    assert_int_equal(e.model.prompt, PROMPT_ANSWER);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_SPACE); /* closed again: nothing is under the cursor that is not seen */
    assert_int_equal(e.model.form.cursor, LINES);
    explorer_release(&e);
}

static void test_what_is_missing_has_to_be_said(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    plan.missing = TEXT("platform");
    show(&e);
    explorer_key(&e, K_ENTER);
    assert_int_equal(explorer_effects(&e, EFFECT_IMPORT), 0);
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    assert_non_null(strstr(e.model.notice, "platform"));
    explorer_release(&e);
}

static void test_an_answer_is_chosen_or_typed(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    explorer_key(&e, 'e');
    assert_int_equal(e.model.picker.count, 2);
    assert_int_equal(e.model.picker.cursor, 0); /* what is in force */
    explorer_type(&e, "tik");
    explorer_key(&e, K_ENTER);
    const struct effect *answer = explorer_effect(&e, EFFECT_FORM_ANSWER, 0);
    assert_int_equal(answer->id, 0);
    assert_true(text_is(answer->text, "tiktok"));
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    explorer_key(&e, 'j');
    explorer_key(&e, 'e');
    assert_int_equal(model_context(&e.model), CONTEXT_ANSWER);
    explorer_type(&e, "2026-07-31"); /* in place of what stands there */
    explorer_key(&e, K_ENTER);
    answer = explorer_effect(&e, EFFECT_FORM_ANSWER, 1);
    assert_int_equal(answer->id, 1);
    assert_true(text_is(answer->text, "2026-07-31"));
    explorer_key(&e, 'e');
    explorer_type(&e, "2020");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(explorer_effects(&e, EFFECT_FORM_ANSWER), 2);
    explorer_key(&e, 'j');
    explorer_key(&e, 'e');
    explorer_type(&e, "4.31"); /* how its figures are written is another decision */
    explorer_key(&e, K_ENTER);
    answer = explorer_effect(&e, EFFECT_FORM_ANSWER, 2);
    assert_int_equal(answer->id, 3);
    assert_true(text_is(answer->text, "percent"));
    explorer_release(&e);
}

static void test_the_cursor_stays_on_its_line(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    explorer_key(&e, 'j');
    struct form_line first = lines[0];
    memmove(&lines[0], &lines[1], sizeof lines[0]);
    lines[1] = first;
    show(&e);
    assert_true(text_is(e.model.form.plan.lines[e.model.form.cursor].title, "Figures of"));
    explorer_release(&e);
}

/* Whatever the size of the screen, the cursor is in view, and what it brings below it. */
static void test_the_cursor_is_in_view(void **state)
{
    (void)state;
    static const int sizes[][2] = {{80, 24}, {120, 32}, {40, 12}, {24, 6}, {80, 10}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct explorer e;
        explorer_init(&e);
        make_plan();
        explorer_resize(&e, sizes[i][0], sizes[i][1]);
        show(&e);
        for (size_t k = 0; k < 2 * LINES; k++) {
            const struct form *form = &e.model.form;
            int row = form_row(form, form->cursor) - (int)form->top;
            assert_in_range(row, 0, form_height(&e.model) - 1);
            assert_true(form_height(&e.model) + form_foot(&e.model) <= e.model.layout.body.rows);
            explorer_key(&e, k < LINES ? 'j' : 'k');
        }
        assert_int_equal(e.model.form.top, 0);
        explorer_release(&e);
    }
}

static void test_a_click_goes_to_a_line(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    int row = e.model.layout.body.row + form_row(&e.model.form, 4);
    explorer_click(&e, MOUSE_PRESS, 20, row);
    assert_int_equal(e.model.form.cursor, 4);
    explorer_click(&e, MOUSE_PRESS, 20, 0); /* there are no tabs */
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    explorer_click(&e, MOUSE_DOUBLE, 20, row);
    assert_int_equal(model_context(&e.model), CONTEXT_PICK);
    explorer_release(&e);
}

static void test_what_is_unusable_is_one_key_away(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    explorer_key(&e, K_TAB); /* nothing is known yet */
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    tell(&e, 2);
    explorer_key(&e, K_TAB);
    assert_int_equal(model_context(&e.model), CONTEXT_LOST);
    explorer_key(&e, 'G');
    assert_int_equal(e.model.form.lost.cursor, 1);
    explorer_key(&e, 'x');
    assert_int_equal(explorer_effects(&e, EFFECT_REJECTS), 1);
    explorer_key(&e, K_TAB); /* back as it came */
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    explorer_key(&e, K_TAB);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_FORM);
    explorer_key(&e, K_ENTER);
    job(&e, true);
    tell(&e, 2);
    job(&e, false);
    explorer_key(&e, 'I');
    assert_int_equal(model_context(&e.model), CONTEXT_LOST);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_LIST);
    explorer_key(&e, 'I'); /* seen: now it asks for a file */
    assert_int_equal(model_context(&e.model), CONTEXT_COMMAND);
    explorer_release(&e);
}

static void test_an_import_that_lost_nothing_leaves_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    explorer_key(&e, K_ENTER);
    job(&e, true);
    tell(&e, 0);
    job(&e, false);
    assert_int_equal(e.model.form.stage, FORM_NONE);
    explorer_key(&e, 'I');
    assert_int_equal(model_context(&e.model), CONTEXT_COMMAND);
    explorer_release(&e);
}

static void test_a_cancelled_import_leaves_nothing(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    make_plan();
    show(&e);
    tell(&e, 2);
    explorer_key(&e, K_ENTER);
    job(&e, true);
    job(&e, false); /* without figures */
    assert_int_equal(e.model.form.stage, FORM_NONE);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_is_imported_before_enter),
        cmocka_unit_test(test_what_the_file_settles_is_folded),
        cmocka_unit_test(test_what_is_missing_has_to_be_said),
        cmocka_unit_test(test_an_answer_is_chosen_or_typed),
        cmocka_unit_test(test_the_cursor_stays_on_its_line),
        cmocka_unit_test(test_the_cursor_is_in_view),
        cmocka_unit_test(test_a_click_goes_to_a_line),
        cmocka_unit_test(test_what_is_unusable_is_one_key_away),
        cmocka_unit_test(test_an_import_that_lost_nothing_leaves_nothing),
        cmocka_unit_test(test_a_cancelled_import_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
