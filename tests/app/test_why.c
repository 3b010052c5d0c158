#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/help.h"
#include "app/why.h"
#include "base/vec.h"
#include "explorer.h"

/* `i` in every place: how a count was counted, where a value is from, what a line says in full. */

static void assert_page_has(const struct explorer *e, const char *part)
{
    if (!strstr(explorer_page(e), part))
        fail_msg("not there: %s\nin:\n%.3000s", part, explorer_page(e));
}

static const char *title(const struct explorer *e)
{
    static char room[256];
    struct buf text = BUF_INIT;
    if (overlay_is_help(&e->model))
        help_title(&e->model, &text);
    snprintf(room, sizeof room, "%s", buf_string(&text));
    buf_release(&text);
    return room;
}

/* Asks, and looks that the page closes to where one was. */
static void ask(struct explorer *e)
{
    enum context before = model_context(&e->model);
    explorer_key(e, 'i');
    if (e->model.overlay != OVERLAY_SUBJECT)
        fail_msg("i explains nothing in %s", contexts[before].title);
    assert_int_equal(model_context(&e->model), CONTEXT_PAGE);
    explorer_key(e, K_ESCAPE);
    assert_int_equal(model_context(&e->model), before);
    explorer_key(e, 'i');
}

static void start(struct explorer *e, const char *keys)
{
    explorer_init(e);
    explorer_resize(e, 120, 40);
    explorer_type(e, keys);
}

/* Wherever letters are commands and figures stand. */
static void test_every_place_with_figures_has_the_key(void **state)
{
    (void)state;
    static const enum context places[] = {
        CONTEXT_LIST,    CONTEXT_NOTHING,     CONTEXT_FILTERS, CONTEXT_DETAIL,  CONTEXT_COMPARE,
        CONTEXT_PLAN,    CONTEXT_ASSUMPTIONS, CONTEXT_PLANS,   CONTEXT_VIEWS,   CONTEXT_TIERS,
        CONTEXT_CHANGES, CONTEXT_FORM,        CONTEXT_LOST,    CONTEXT_IMPORTS, CONTEXT_HAND,
    };
    for (size_t i = 0; i < COUNT_OF(places); i++) {
        const struct command *command = bindings_command(NULL, places[i], 'i');
        if (!command || !command->label || strncmp(command->label, "why", 3) != 0 ||
            !command->footer[places[i]])
            fail_msg("no i why in %s", contexts[places[i]].title);
    }
}

/* ---- the filter pane ---- */

static void to_value(struct explorer *e, enum column group, const char *word)
{
    for (size_t i = 0; i < e->model.facet_lines.count; i++) {
        struct facet_line line = e->model.facet_lines.items[i];
        const struct facet *facet = &e->model.result.facets[line.facet];
        if (line.value < FACET_LEAST && facet->column == group &&
            text_is(facet->values[line.value].word, word)) {
            e->model.facet.cursor = i;
            return;
        }
    }
    fail_msg("no such value: %s", word);
}

static void test_a_count_says_what_was_counted(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "platform:instagram niche:food followers>1k");
    explorer_key(&e, 'F');
    to_value(&e, COL_NICHE, "beauty");
    ask(&e);
    assert_string_equal(title(&e), "Why 3  Niche beauty"); /* Ada, Bea, Greta; Ines is too small */
    assert_page_has(&e, "The count | 3 creators have it and pass all filters but");
    assert_page_has(&e, "The other filters | platform: instagram, followers > 1k\n");
    assert_page_has(&e, "In the whole store | 6 creators of 12 have it");
    assert_page_has(&e, "Chosen | No.");
    explorer_key(&e, K_ENTER); /* its source */
    assert_int_equal(e.model.overlay, OVERLAY_HELP);
    assert_page_has(&e, "niche | ");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTERS);
    to_value(&e, COL_NICHE, "food");
    ask(&e);
    assert_string_equal(title(&e), "Why 1  Niche food");
    assert_page_has(&e, "Chosen | Yes");
    explorer_key(&e, K_ESCAPE);
    to_value(&e, COL_TIER, "micro");
    ask(&e);
    assert_page_has(&e, "Band | 1,000 followers up to, not including, 100,000,");
    explorer_release(&e);
}

static void test_bars_are_told_one_by_one(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "country:DE followers:50k..100k");
    explorer_key(&e, 'F');
    for (size_t i = 0; i < e.model.facet_lines.count; i++)
        if (e.model.facet_lines.items[i].value == FACET_HISTOGRAM &&
            e.model.result.histograms[e.model.facet_lines.items[i].facet].column == COL_FOLLOWERS)
            e.model.facet.cursor = i;
    ask(&e);
    assert_string_equal(title(&e), "Why Followers 50k .. 100k");
    assert_page_has(&e, "The bars | 6 creators pass all filters but this range");
    assert_page_has(&e, "The other filters | country: Germany\n");
    assert_page_has(&e, "10k .. 20k | 1 creator, outside the range\n");  /* Kim */
    assert_page_has(&e, "20k .. 50k | 2 creators, outside the range\n"); /* Ada, Emil */
    assert_page_has(&e, "50k .. 100k | 3 creators\n");
    explorer_release(&e);
}

/* A value is looked for while a range stands among the lines. */
static void test_finding_a_value_passes_over_ranges(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "followers:50k..100k");
    explorer_type(&e, "F/follow");
    struct facet_line line = e.model.facet_lines.items[e.model.facet.cursor];
    assert_true(line.value == FACET_HISTOGRAM);
    explorer_release(&e);
}

static void test_what_a_filter_keeps_out_is_explained(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "niche:beauty followers>900M");
    explorer_key(&e, K_DOWN);
    ask(&e);
    assert_string_equal(title(&e), "Why 6 come back without followers > 900M");
    assert_page_has(&e, "Come back | 6 creators fail this filter alone");
    assert_page_has(&e, "The other filters | niche: beauty\n");
    assert_page_has(&e, "Pass all of them | nobody of 12.");
    explorer_release(&e);
}

static void test_a_view_says_all_it_says(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "niche:beauty country:DE");
    explorer_type(&e, "va");
    explorer_paste(&e, "Mine");
    explorer_key(&e, K_ENTER);
    ask(&e);
    for (int i = 0; i < 50 && model_busy(&e.model); i++) /* counted under the page, too */
        explorer_send(&e, &(struct message){.kind = MESSAGE_WORK});
    assert_string_equal(title(&e), "Why view Mine");
    assert_page_has(&e, "Filter | niche:beauty country:DE\n");
    assert_page_has(&e, "Order | ROI, the greatest first\n");
    assert_page_has(&e, "Creators | 3 creators pass its filter now");
    assert_page_has(&e, "In use | Yes");
    explorer_release(&e);
}

/* ---- the plan ---- */

static void test_an_assumption_says_value_source_and_what_it_moves(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "ap");
    explorer_key(&e, K_TAB);
    explorer_key(&e, K_DOWN);
    ask(&e);
    assert_string_equal(title(&e), "Why Click rate 4.00%");
    assert_page_has(&e, "Value | 4.00%  ! assumed");
    assert_page_has(&e, "Source of the default | assumption, no public figure");
    assert_page_has(&e, "May be | 0.00% to 100.0%");
    assert_page_has(&e, "were it low");
    explorer_key(&e, K_ENTER); /* help has it by its key */
    assert_page_has(&e, "# Assumptions, :set KEY VALUE\nctr | ");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_ESCAPE);
    explorer_type(&e, "5%");
    explorer_key(&e, K_ENTER);
    ask(&e);
    assert_string_equal(title(&e), "Why Click rate 5.00%");
    assert_page_has(&e, "Value | 5.00%  = yours");
    explorer_release(&e);
}

static void test_a_channel_shows_its_formula_and_inputs(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "ap");
    explorer_key(&e, K_TAB);
    for (int i = 0; i < 40 && !strstr(title(&e), "paid social"); i++) {
        explorer_key(&e, K_DOWN);
        explorer_key(&e, 'i');
        if (e.model.overlay == OVERLAY_SUBJECT && !strstr(title(&e), "paid social"))
            explorer_key(&e, K_ESCAPE);
    }
    assert_string_equal(title(&e), "Why -4%  paid social");
    assert_page_has(&e, "ROI = | 1000 / CPM x click rate x buy rate x order value x incremental");
    assert_page_has(&e, "CPM | 10.00  for");
    assert_page_has(&e, "Click rate | 1.20%  of");
    assert_page_has(&e, "Buy rate | 2.00%  of");
    assert_page_has(&e, "Order value | 80.00  as");
    assert_page_has(&e, "Margin | 50.00%  as");
    /* 1000/10 x 0.012 x 0.02 x 80 x 1 x 0.5 - 1 = -0.04 */
    assert_page_has(&e, "Incremental | 100.0%  of");
    assert_page_has(&e, "Together | -4%, the plan ");
    explorer_release(&e);
}

static void test_plans_side_by_side_say_what_differs(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "apw");
    explorer_key(&e, K_RIGHT);
    for (int i = 0; i < 3; i++)
        explorer_key(&e, K_DOWN);
    ask(&e);
    assert_non_null(strstr(title(&e), "Why ROI "));
    assert_page_has(&e, "ROI | Return on investment");
    assert_page_has(&e, "Creators | 1 creator of the plan in use, under other assumptions.");
    assert_page_has(&e, "All click rates | 1.00% here, 4.00% in use.");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_END); /* the last row is an assumption */
    ask(&e);
    assert_page_has(&e, "# Where it comes from");
    explorer_release(&e);
}

/* ---- import and hand over ---- */

static void test_the_form_of_an_import_is_explained(void **state)
{
    (void)state;
    static const struct form_choice choices[] = {
        {.word = {"instagram", 9}, .label = {"instagram", 9}, .chosen = true},
        {.word = {"tiktok", 6}, .label = {"tiktok", 6}}};
    static const struct form_line lines[] = {
        {.part = FORM_QUESTION,
         .title = {"Platform", 8},
         .shown = {"instagram", 9},
         .note = {"every link is of it", 19},
         .guess = true,
         .choices = choices,
         .choice_count = 2},
        {.part = FORM_COLUMN,
         .title = {"Eng. Rate", 9},
         .shown = {"er", 2},
         .example = {"4,31 %", 6}},
        {.part = FORM_DECIDED, .title = {"Encoding", 8}, .shown = {"UTF-8", 5}},
        {.part = FORM_DECIDED, .title = {"Separator", 9}, .shown = {";", 1}},
    };
    static const struct form_problem problems[] = {
        {FORM_REJECTED, 88, {"no handle, and a very long story about it", 41}}};
    struct form_plan plan = {.file = TEXT("list.csv"), .lines = lines, .line_count = 4};
    struct form_figures figures = {.known = true,
                                   .share = NAN,
                                   .rows = 300,
                                   .troubles = {[FORM_REJECTED] = 4},
                                   .problems = problems,
                                   .problem_count = 1};
    struct explorer e;
    start(&e, "");
    explorer_send(&e, &(struct message){.kind = MESSAGE_FORM, .form = &plan});
    explorer_send(&e, &(struct message){.kind = MESSAGE_FIGURES, .figures = &figures});
    ask(&e);
    assert_string_equal(title(&e), "Why Platform is instagram");
    assert_page_has(&e, "Why | every link is of it\n");
    assert_page_has(&e, "How sure | A guess");
    assert_page_has(&e, "instagram | it is this now\ntiktok | instead\n");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_DOWN);
    ask(&e);
    assert_string_equal(title(&e), "Why Eng. Rate becomes er");
    assert_page_has(&e, "For example | 4,31 %\n");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_DOWN);
    ask(&e);
    assert_page_has(&e, "Encoding | UTF-8\nSeparator | ;\n");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_TAB);
    ask(&e);
    assert_string_equal(title(&e), "Why it is listed  line 88");
    assert_page_has(&e, "In full | no handle, and a very long story about it\n");
    assert_page_has(&e, "How often | 4 times in 300 rows.\n");
    explorer_release(&e);
}

static void test_an_import_says_what_became_of_its_rows(void **state)
{
    (void)state;
    static const struct batch_told imports[] = {{.id = 4,
                                                 .at = EXPLORER_NOW - 3 * DATE_DAY,
                                                 .file = {"/home/lena/b.csv", 16},
                                                 .read = 12,
                                                 .added = 7,
                                                 .changed = 3,
                                                 .unchanged = 1,
                                                 .rejected = 1,
                                                 .taken_back_at = NAN}};
    struct explorer e;
    start(&e, "");
    explorer_send(&e,
                  &(struct message){.kind = MESSAGE_BATCHES, .batches = imports, .batch_count = 1});
    explorer_type(&e, ":imports");
    explorer_key(&e, K_ENTER);
    ask(&e);
    assert_page_has(&e, "File | /home/lena/b.csv\nWhen | 31 Jul 2026, 3d ago\n");
    assert_page_has(&e, "New | 7  creators");
    assert_page_has(&e, "Unusable | 1  rows");
    explorer_release(&e);
}

/* The form stays open below. */
static void test_handing_over_says_what_goes_out(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "x");
    for (int line = 0; line < HAND_LINES; line++) {
        ask(&e);
        assert_page_has(&e, "What | the list, 12 creators");
        if (line == HAND_ESTIMATES) /* Ines and Lou have no fee; of Lou nothing is known at all */
            assert_page_has(&e, "Estimated fees | 1 fee is our estimate, of 12 creators");
        explorer_key(&e, K_CTRL('C')); /* closes the page, not the form */
        assert_int_equal(model_context(&e.model), CONTEXT_HAND);
        explorer_key(&e, K_DOWN);
    }
    explorer_release(&e);
}

/* ---- creators ---- */

static void test_words_are_told_in_full(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_go(&e, "ada.skin");
    e.model.cell = COL_NICHE;
    ask(&e);
    assert_string_equal(title(&e), "Niche  @ada.skin");
    assert_page_has(&e, "# What it says\nNiche | beauty, skincare\n");
    assert_page_has(&e, "# What it is\nNiche | What the account is about");
    explorer_release(&e);
}

static void test_enter_opens_the_source_of_a_step(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    explorer_key(&e, K_ENTER); /* followers are a figure of their own */
    assert_int_equal(e.model.overlay, OVERLAY_HELP);
    assert_true(text_is(buf_text(&e.model.help_line.text), "Followers"));
    assert_page_has(&e, "followers | Followers. ");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    for (int i = 0; i < e.model.why_count; i++) {
        const struct why_line *line = &e.model.why[e.model.overlay_scroll.cursor];
        explorer_key(&e, K_ENTER);
        assert_int_equal(e.model.overlay, OVERLAY_HELP);
        if (line->parameter)
            assert_true(text_is(buf_text(&e.model.help_line.text), line->parameter));
        if (strstr(explorer_page(&e), "Nothing here is called so"))
            fail_msg("help has nothing on %s", line->title);
        explorer_key(&e, K_ESCAPE);
        explorer_key(&e, K_DOWN);
    }
    explorer_release(&e);
}

/* ---- what stands around the steps ---- */

static double roi_of(const struct explorer *e, const char *handle)
{
    for (uint32_t row = 0; row < e->catalog.count; row++)
        if (text_is(catalog_text(&e->catalog, COL_HANDLE, row), handle))
            return sheet_number(e->model.sheet, COL_ROI, row);
    return NAN;
}

static void test_every_figure_has_a_meaning_in_one_sentence(void **state)
{
    (void)state;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct text meaning = why_meaning((enum column)i);
        if (meaning.length < 10 || meaning.at[meaning.length - 1] != '.')
            fail_msg("%s: %.*s", columns[i].key, (int)meaning.length, meaning.at);
    }
    assert_true(
        text_is(why_meaning(COL_ROI), "Return on investment: (contribution - cost) / cost."));
}

/* As if a person turned every assumption up by a tenth, one after the other. */
static void test_the_strongest_assumption_is_named(void **state)
{
    (void)state;
    struct explorer e;
    struct buf said = BUF_INIT, typed = BUF_INIT;
    char name[32];
    double told, most = 0;
    start(&e, "");
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'i');
    why_say_inputs(&e.model, 100, &said);
    const char *at = strstr(buf_string(&said), "strongest: ");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "strongest: %31[^,], 10%% more: %lf pt", name, &told), 2);
    struct why_line lines[WHY_MOST];
    int count = e.model.why_count;
    memcpy(lines, e.model.why, sizeof lines);
    double before = roi_of(&e, "ada.skin");
    explorer_key(&e, K_ESCAPE);
    for (int i = 0; i < count; i++) {
        if (!lines[i].assumed || !lines[i].parameter)
            continue;
        double value = scenario_knob_number(&e.model.scenario, text_of(lines[i].parameter));
        buf_clear(&typed);
        buf_addf(&typed, ":set %s %.10f", lines[i].parameter, value * 1.1);
        explorer_type(&e, buf_string(&typed));
        explorer_key(&e, K_ENTER);
        double by = (roi_of(&e, "ada.skin") - before) * 100;
        most = fabs(by) > fabs(most) ? by : most;
        if (strcmp(lines[i].title, name) == 0)
            assert_true(fabs(by - told) < 0.51);
        explorer_key(&e, 'u');
    }
    assert_true(fabs(most - told) < 0.51);
    buf_clear(&said); /* where there is little room the count alone */
    why_say_inputs(&e.model, 30, &said);
    assert_null(strstr(buf_string(&said), "strongest"));
    buf_release(&said);
    buf_release(&typed);
    explorer_release(&e);
}

static void test_the_next_mark_is_reached_by_the_fee_named(void **state)
{
    (void)state;
    struct explorer e;
    struct buf said = BUF_INIT;
    double mark, fee;
    start(&e, "");
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'i');
    why_say_goal(&e.model, 100, &said);
    assert_int_equal(sscanf(buf_string(&said), "For ROI %lf%%: fee %lf,", &mark, &fee), 2);
    assert_non_null(strstr(buf_string(&said), "or buy rate "));
    assert_non_null(strstr(buf_string(&said), "or order value "));
    explorer_key(&e, K_ESCAPE);
    assert_true(roi_of(&e, "ada.skin") < mark / 100);
    e.model.cell = COL_FEE;
    for (int dearer = 0; dearer < 2; dearer++) {
        char typed[24];
        snprintf(typed, sizeof typed, "%.0f", fee + dearer);
        explorer_type(&e, typed);
        explorer_key(&e, K_ENTER);
        assert_true(dearer ? roi_of(&e, "ada.skin") < mark / 100
                           : roi_of(&e, "ada.skin") >= mark / 100 - 1e-9);
    }
    buf_release(&said);
    explorer_release(&e);
}

/* What a page is about may go while it is read. */
static void test_a_page_closes_when_its_subject_goes(void **state)
{
    (void)state;
    struct explorer e;
    start(&e, "");
    explorer_filter(&e, "niche:beauty followers>900M");
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED});
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    filter_clear(&e.model.query.filter);
    explorer_send(&e, &(struct message){.kind = MESSAGE_LOADED});
    assert_int_equal(e.model.overlay, OVERLAY_NONE);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_place_with_figures_has_the_key),
        cmocka_unit_test(test_a_count_says_what_was_counted),
        cmocka_unit_test(test_bars_are_told_one_by_one),
        cmocka_unit_test(test_finding_a_value_passes_over_ranges),
        cmocka_unit_test(test_what_a_filter_keeps_out_is_explained),
        cmocka_unit_test(test_a_view_says_all_it_says),
        cmocka_unit_test(test_an_assumption_says_value_source_and_what_it_moves),
        cmocka_unit_test(test_a_channel_shows_its_formula_and_inputs),
        cmocka_unit_test(test_plans_side_by_side_say_what_differs),
        cmocka_unit_test(test_the_form_of_an_import_is_explained),
        cmocka_unit_test(test_an_import_says_what_became_of_its_rows),
        cmocka_unit_test(test_handing_over_says_what_goes_out),
        cmocka_unit_test(test_words_are_told_in_full),
        cmocka_unit_test(test_enter_opens_the_source_of_a_step),
        cmocka_unit_test(test_every_figure_has_a_meaning_in_one_sentence),
        cmocka_unit_test(test_the_strongest_assumption_is_named),
        cmocka_unit_test(test_the_next_mark_is_reached_by_the_fee_named),
        cmocka_unit_test(test_a_page_closes_when_its_subject_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
