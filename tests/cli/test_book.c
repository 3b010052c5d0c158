#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* Workbooks, opened and changed in a real spreadsheet: what it makes of our formulas has to be what
 * the program says of the same plan. */

static const char people[] =
    "platform,handle,name,followers,likes,comments,shares,views,credibility,audience_market,"
    "reach_post,fee,currency\n"
    "instagram,gift,Gift,24000,900,40,,,0.9,0.8,,0,EUR\n"
    "instagram,dollar,\"=1+1\",61000,2500,90,,,0.6,,,400,USD\n"
    "instagram,tiny,\"-2 @home\",900,80,9,,,,,,35,EUR\n"
    "instagram,huge,_x0041_,4200000,60000,900,,,0.7,,,,EUR\n"
    "instagram,asked,\"+49 30\",35000,1200,60,,,,0.5,9000,300,EUR\n"
    "instagram,blank,Blank,,,,,,,,,100,EUR\n"
    "tiktok,clip,Clip,80000,3000,80,20,52000,,0.9,,,EUR\n"
    "youtube,tube,Tube,150000,2000,300,,40000,,,,900,EUR\n"
    "x,post,Post,52000,300,40,20,,,,,120,EUR\n"
    "linkedin,link,Link,18000,200,20,5,,,,,,EUR\n"
    "other,odd,Odd,5000,100,5,,,,,,50,EUR\n"
    "instagram,storied,Storied,45000,1500,70,,,0.95,0.7,,250,EUR\n"
    "instagram,reeled,Reeled,45000,1500,70,,30000,,,,250,EUR\n";

static const char *const knobs[] = {"aov=63.5",
                                    "margin=0.42",
                                    "commission=0.05",
                                    "incremental=0.9",
                                    "cvr=0.031",
                                    "ctr_feed=0.05",
                                    "ctr_reel=0.03",
                                    "ctr_story=0.06",
                                    "ctr_tiktok_video=0.03",
                                    "ctr_youtube_video=0.02",
                                    "unique_tiktok_video=0.6",
                                    "unique_youtube_video=0.8",
                                    "unique_reel=0.7",
                                    "reach_feed_3k=0.33",
                                    "reach_feed_30k=0.2",
                                    "reach_feed_300k=0.13",
                                    "reach_feed_3m=0.07",
                                    "reach_story_30k=0.07",
                                    "reach_x_post=0.12",
                                    "reach_linkedin_post=0.08",
                                    "headroom=5",
                                    "epsilon=0.7",
                                    "clamp_low=0.6",
                                    "clamp_high=1.8",
                                    "typical_credibility=0.9",
                                    "creator_cost=45",
                                    "other_share=0.12",
                                    "discount=0.1",
                                    "fulfilment=0.7",
                                    "estimate_follower=110",
                                    "estimate_views_tiktok=12",
                                    "universe=900000",
                                    "budget=12000",
                                    "channel.1.cpm=9",
                                    "rate.USD=0.88"};
enum { KNOB_COUNT = sizeof knobs / sizeof knobs[0] };

static const char *store(void)
{
    return at_home("book.db");
}

static int make_plan(void **state)
{
    home_make(state);
    run_expect(0, people, "import", "-", "--date", "2026-11-01", "--store", store(), NULL);
    run_expect(0, NULL, "scenario", "set", "rate.USD=0.92", "--store", store(), NULL);
    run_expect(0, NULL, "plan", "add", "gift", "dollar", "tiny", "huge", "asked", "blank", "clip",
               "tube", "post", "link", "odd", "--posts", "3", "--store", store(), NULL);
    run_expect(0, NULL, "plan", "add", "storied", "--as", "story", "--fee", "180", "--posts", "2",
               "--store", store(), NULL);
    run_expect(0, NULL, "plan", "add", "reeled", "--as", "reel", "--posts", "4", "--store", store(),
               NULL);
    run_expect(0, NULL, "export", at_home("book.xlsx"), "--compare", "dollar,asked,clip",
               "--columns", "handle,platform,name,followers,er,fee,roi,audience_at", "--sort",
               "-followers", "--store", store(), NULL);
    return 0;
}

/* ---- What the spreadsheet says ---- */

enum { MOST_CELLS = 64 };

struct said {
    char *bytes;
    char *lines[600];
    size_t count;
};

static void recalculate(struct said *said, const char *const *changes, size_t count)
{
    char command[8192];
    int length = snprintf(command, sizeof command, PYTHON " '%s' '%s' '%s' '%s'", RECALCULATE,
                          at_home("book.xlsx"), at_home("office"), at_home("said.tsv"));
    for (size_t i = 0; i < count; i++)
        length += snprintf(command + length, sizeof command - (size_t)length, " '%s'", changes[i]);
    assert_true(length < (int)sizeof command);
    if (system(command) != 0)
        fail_msg("failed: %s", command);
    *said = (struct said){.bytes = read_file(at_home("said.tsv"), NULL)};
    assert_non_null(said->bytes);
    for (char *line = strtok(said->bytes, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(said->count < 600);
        said->lines[said->count++] = line;
    }
}

/* Cell `column` of a line, cut out of it by tabs. */
static const char *cell(const char *line, size_t column)
{
    static char cells[8][512];
    static int next;
    char *out = cells[next++ % 8];
    for (; column > 0 && line; column--)
        line = strchr(line, '\t') ? strchr(line, '\t') + 1 : NULL;
    snprintf(out, sizeof cells[0], "%.*s", line ? (int)strcspn(line, "\t") : 0, line ? line : "");
    return out;
}

static const char *line_of(const struct said *said, const char *sheet, const char *first)
{
    for (size_t i = 0; i < said->count; i++)
        if (strcmp(cell(said->lines[i], 0), sheet) == 0 &&
            strcmp(cell(said->lines[i], 1), first) == 0)
            return said->lines[i];
    fail_msg("no line '%s' on sheet %s", first, sheet);
    return NULL;
}

/* The column of the sheet Plan with this title. */
static size_t column_of(const struct said *said, const char *title)
{
    const char *head = line_of(said, "Plan", "Creator");
    for (size_t i = 1; i < MOST_CELLS; i++)
        if (strcmp(cell(head, i), title) == 0)
            return i;
    fail_msg("no column '%s'", title);
    return 0;
}

static void assert_figure(const char *text, const json_t *ours, const char *who, const char *what)
{
    char *end;
    double value = strtod(text, &end);
    if (!json_is_number(ours)) {
        if (*text && strcmp(text, "never") != 0)
            fail_msg("%s, %s: '%s', not nothing", who, what, text);
        return;
    }
    double expected = json_number_value(ours);
    if (end == text || *end || fabs(value - expected) > 1e-9 * fmax(1, fabs(expected)))
        fail_msg("%s, %s: '%s', not %.17g", who, what, text, expected);
}

static const struct {
    const char *title, *row, *total;
} figures[] = {
    {"Posts", "deliverables", NULL},
    {"Fee", "fee", NULL},
    {"Cost", "cost", "cost"},
    {"Of budget", "budget_share", NULL},
    {"Reach", "reach", "net_reach"},
    {"Clicks", "clicks", "clicks"},
    {"Orders", "orders", "orders"},
    {"Revenue", "revenue", "revenue"},
    {"Contribution", "contribution", "contribution"},
    {"Profit", "profit", "profit"},
    {"ROI", "roi", "roi"},
    {"Break-even fee", "breakeven_fee", NULL},
};

static const struct {
    const char *title, *total;
} below[] = {
    {"Budget", "budget"},
    {"Left of it", "left"},
    {"ROAS", "roas"},
    {"Cost of 1,000 reached", "cpr"},
    {"Cost of a click", "cpc"},
    {"Cost of an order", "cpa"},
    {"Buy rate to break even", "breakeven_cvr"},
    {"Commission on top", "commission"},
};

static void assert_same(const struct said *said, const json_t *plan)
{
    const json_t *rows = json_object_get(plan, "creators");
    const json_t *totals = json_object_get(plan, "totals");
    const char *together = line_of(said, "Plan", "Together");
    assert_int_equal(json_array_size(rows), 13);
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        size_t column = column_of(said, figures[i].title);
        for (size_t k = 0; k < json_array_size(rows); k++) {
            const json_t *row = json_array_get(rows, k);
            const char *who = json_string_value(json_object_get(row, "handle"));
            assert_figure(cell(line_of(said, "Plan", who), column),
                          json_object_get(row, figures[i].row), who, figures[i].title);
        }
        if (figures[i].total)
            assert_figure(cell(together, column), json_object_get(totals, figures[i].total),
                          "Together", figures[i].title);
    }
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++)
        assert_figure(cell(line_of(said, "Plan", below[i].title), 3),
                      json_object_get(totals, below[i].total), "Together", below[i].title);
}

static json_t *our_plan(void)
{
    struct ran ran = run(NULL, "plan", "--format", "json", "--store", store(), NULL);
    json_t *plan = json_loads(ran.out, 0, NULL);
    assert_int_equal(ran.status, 0);
    assert_non_null(plan);
    ran_release(&ran);
    return plan;
}

static void no_cell_is_an_error(const struct said *said)
{
    for (size_t i = 0; i < said->count; i++)
        if (strstr(said->lines[i], "#ERROR"))
            fail_msg("%s", said->lines[i]);
}

/* ---- Tests ---- */

static void it_opens_with_our_figures(void **state)
{
    (void)state;
    struct said said;
    json_t *plan = our_plan();
    recalculate(&said, NULL, 0);
    no_cell_is_an_error(&said);
    assert_same(&said, plan);
    const json_t *channel = json_array_get(json_object_get(plan, "channels"), 0);
    assert_figure(cell(line_of(&said, "Plan", "Same money in paid social"), 3),
                  json_object_get(channel, "roi"), "paid social", "roi");
    /* Text is text, whatever it looks like. */
    assert_string_equal(cell(line_of(&said, "Creators", "dollar"), 3), "=1+1");
    assert_string_equal(cell(line_of(&said, "Creators", "tiny"), 3), "-2 @home");
    assert_string_equal(cell(line_of(&said, "Creators", "huge"), 3), "_x0041_");
    assert_string_equal(cell(line_of(&said, "Creators", "asked"), 3), "+49 30");
    assert_string_equal(cell(line_of(&said, "Creators", "huge"), 4), "4200000.0");
    assert_string_equal(cell(line_of(&said, "Creators", "huge"), 8), "46327.0"); /* 2026-11-01 */
    assert_string_equal(cell(line_of(&said, "Comparison", "Followers"), 2), "61000.0");
    assert_string_equal(cell(line_of(&said, "Assumptions", "Order value"), 6), "aov");
    json_decref(plan);
    free(said.bytes);
}

static void changed_assumptions_change_the_plan(void **state)
{
    (void)state;
    const char *changes[KNOB_COUNT + 2];
    struct said said;
    memcpy(changes, knobs, sizeof knobs);
    changes[KNOB_COUNT] = "Plan!C8=5"; /* tiny: the third row of creators */
    changes[KNOB_COUNT + 1] = "Plan!E8=70";
    recalculate(&said, changes, KNOB_COUNT + 2);
    no_cell_is_an_error(&said);
    for (size_t i = 0; i < KNOB_COUNT; i++)
        run_expect(0, NULL, "scenario", "set", knobs[i], "--store", store(), NULL);
    run_expect(0, NULL, "plan", "add", "tiny", "--posts", "5", "--fee", "70", "--store", store(),
               NULL);
    json_t *plan = our_plan();
    assert_same(&said, plan);
    json_decref(plan);
    free(said.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_opens_with_our_figures),
        cmocka_unit_test(changed_assumptions_change_the_plan),
    };
    return cmocka_run_group_tests(tests, make_plan, home_remove);
}
