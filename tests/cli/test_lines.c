#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* The explorer as lines of words: a script of lines comes in through a pipe, as a program that reads aloud,
 * or a person with one, would say them. What comes out is compared with what the other verbs and the store
 * say, and looked through for anything that is no plain text. */

static const char *store(void)
{
    return at_home("lines.db");
}

static int import_sample(void **state)
{
    home_make(state);
    run_expect(0, NULL, "import", SAMPLE, "--store", store(), NULL);
    return 0;
}

/* Not one byte that moves a cursor, colours, or draws: no control code but the newline, no boxes, blocks
 * or Braille (U+2500 to U+25FF, U+2800 to U+28FF). */
static void check_plain(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    for (; *at; at++) {
        if ((*at < ' ' && *at != '\n') || *at == 127)
            fail_msg("byte %d in:\n%s", *at, text);
        if (at[0] == 0xC2 && at[1] < 0xA0)
            fail_msg("a control code in:\n%s", text);
        if (at[0] == 0xE2 && (at[1] == 0x94 || at[1] == 0x95 || at[1] == 0x96 || at[1] == 0x97))
            fail_msg("a box or a block in:\n%s", text);
        if (at[0] == 0xE2 && at[1] >= 0xA0 && at[1] <= 0xA3)
            fail_msg("Braille in:\n%s", text);
    }
}

static struct ran said(int status, const char *lines)
{
    struct ran ran = run(lines, "--plain", "--store", store(), NULL);
    check_plain(ran.out);
    check_plain(ran.err);
    if (ran.status != status)
        fail_msg("status %d instead of %d:\n%s\n%s", ran.status, status, ran.out, ran.err);
    return ran;
}

/* Says them, and looks for these texts in what comes out; the last is NULL. */
static void expect(const char *lines, ...)
{
    struct ran ran = said(0, lines);
    va_list parts;
    va_start(parts, lines);
    for (const char *part; (part = va_arg(parts, const char *));)
        assert_says(ran.out, part);
    va_end(parts);
    ran_release(&ran);
}

static void refuse(const char *lines, const char *why)
{
    struct ran ran = said(1, lines);
    assert_says(ran.err, why);
    ran_release(&ran);
}

/* ---- what the list verb says ---- */

#define ROWS 6

struct rows {
    char handle[ROWS][64];
    double fee[ROWS], roi[ROWS];
    size_t count;
};

#define WANTED "niche:beauty tier:micro fee<300 fee:known"

static struct rows listed(const char *filter, const char *order)
{
    struct rows rows = {.count = 0};
    struct ran ran = run(NULL, "list", filter, "--sort", order, "--columns", "handle,roi,fee",
                         "--format", "tsv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    char *line = strtok(ran.out, "\n");
    while ((line = strtok(NULL, "\n")) && rows.count < ROWS) {
        size_t i = rows.count++;
        assert_true(sscanf(line, "%63[^\t]\t%lf\t%lf", rows.handle[i], &rows.roi[i], &rows.fee[i]) >
                    0);
    }
    ran_release(&ran);
    return rows;
}

static size_t count_of(const char *filter)
{
    size_t lines = 0;
    struct ran ran = run(NULL, "list", filter, "--columns", "handle", "--format", "tsv", "--store",
                         store(), NULL);
    for (const char *at = ran.out; (at = strchr(at, '\n')); at++)
        lines++;
    ran_release(&ran);
    return lines - 1; /* the heading */
}

static const char *percent(double share)
{
    static char texts[4][32];
    static size_t next;
    char *text = texts[next++ % 4];
    snprintf(text, 32, "%s %.0f%%", share < 0 ? "minus" : "plus", fabs(round(share * 100)));
    return text;
}

/* ---- the whole job ---- */

static const char *line_of(const char *text, const char *start)
{
    static char line[2000];
    const char *at = strstr(text, start);
    if (!at)
        fail_msg("no line \"%s\" in:\n%s", start, text);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}

static void the_list_is_that_of_the_verb(void **state)
{
    (void)state;
    struct rows rows = listed(WANTED, "-roi");
    char count[64];
    struct ran ran = said(0, "beauty\nmicro\nfee under 300\nfee known\norder roi\nlist\n");
    snprintf(count, sizeof count, "\n%zu of 1,200 creators, ordered by ROI, highest first",
             count_of(WANTED));
    assert_says(ran.out, count);
    assert_says(ran.out, "Filters: niche beauty; tier micro; fee under 300; fee known.");
    for (size_t i = 0; i < rows.count; i++) {
        char start[100], fee[40];
        snprintf(start, sizeof start, "%zu: %s; ", i + 1, rows.handle[i]);
        const char *line = line_of(ran.out, start);
        snprintf(fee, sizeof fee, "Fee: %.0f EUR", rows.fee[i]);
        assert_says(line, fee);
        assert_says(line, percent(rows.roi[i]));
    }
    ran_release(&ran);
}

static void three_are_compared_and_the_winner_is_explained(void **state)
{
    (void)state;
    struct rows rows = listed(WANTED, "-roi");
    struct ran verb = run(NULL, "compare", rows.handle[0], rows.handle[1], rows.handle[2],
                          "--store", store(), NULL);
    const char *won = strstr(verb.out, " beats ") ? " beats " : " just ahead of ";
    char verdict[200];
    assert_int_equal(verb.status, 0);
    assert_says(verb.out, won);
    struct ran ran =
        said(0, "clear\nbeauty micro, fee under 300 fee known\norder by roi\ncompare 1 2 3\n"
                "why 1 roi\nuntick all\n");
    snprintf(verdict, sizeof verdict, "%s%s%s: each EUR brings back %.2f against %.2f",
             rows.handle[0], won, rows.handle[1], 1 + rows.roi[0], 1 + rows.roi[1]);
    assert_says(ran.out, verdict);
    snprintf(verdict, sizeof verdict, "ROI of %s: %s", rows.handle[0], percent(rows.roi[0]));
    assert_says(ran.out, verdict);
    assert_says(ran.out, "gives profit: ");
    assert_says(ran.out, "set aov makes it yours");
    ran_release(&ran);
    ran_release(&verb);
}

static void they_fit_into_a_budget(void **state)
{
    (void)state;
    struct rows rows = listed(WANTED, "-roi");
    char says[200];
    struct ran ran = said(0, "list\nadd 1 2\nbudget 5000\nfee 2 75\nposts 1 2\nplan\n");
    double cost = sql_number(store(), "select count(*) from plan where deliverables > 0");
    assert_float_equal(cost, 2, 0);
    assert_string_equal(sql_value(store(), "select value from knob where key = 'budget'"), "5000");
    snprintf(says, sizeof says, "Done: into plan 2 creators.");
    assert_says(ran.out, says);
    snprintf(says, sizeof says, ": %s; 2 posts; Fee: %.0f EUR", rows.handle[0], rows.fee[0]);
    assert_says(ran.out, says);
    snprintf(says, sizeof says, ": %s; 1 post; Fee: 75 EUR, yours", rows.handle[1]);
    assert_says(ran.out, says);
    double used = 2 * rows.fee[0] + 75 + 2 * 30; /* and what a creator costs beside the fee */
    snprintf(says, sizeof says, "%.0f EUR of the budget of 5,000 EUR", used);
    assert_says(ran.out, says);
    ran_release(&ran);
    refuse("add 4000\n", "line 1: no list was told yet");
    expect("undo\nundo\nundo\nundo\n", "undone: posts", "undone: fee", "undone: budget",
           "undone: into plan", NULL);
    assert_float_equal(sql_number(store(), "select count(*) from plan where deliverables > 0"), 0,
                       0);
}

static void a_proposal_waits_for_yes(void **state)
{
    (void)state;
    expect("fill 2000\nno\n", "Filling the budget of 2,000 EUR", "yes takes it", "left as it was",
           NULL);
    assert_float_equal(sql_number(store(), "select count(*) from plan where deliverables > 0"), 0,
                       0);
    expect("fill\nyes\n", "in the plan now", NULL);
    assert_true(sql_number(store(), "select count(*) from plan where deliverables > 0") > 1);
    expect("undo\nundo\n", "undone: fill the budget", "undone: budget", NULL);
}

static void the_view_is_saved_and_the_list_exported(void **state)
{
    (void)state;
    char lines[500];
    const char *csv = at_home("out.csv");
    snprintf(lines, sizeof lines, "save view Spring beauty\nexport %s\nquit\n", csv);
    struct ran ran = said(0, lines);
    assert_says(ran.out, "saved as Spring beauty");
    assert_says(ran.out, "saved ");
    ran_release(&ran);
    assert_string_equal(sql_value(store(), "select name from view"), "Spring beauty");
    struct rows rows = listed(WANTED, "-roi");
    char *text = read_file(csv, NULL);
    assert_non_null(text);
    size_t count = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        count++;
    assert_int_equal(count - 1, count_of(WANTED));
    const char *at = text;
    for (size_t i = 0; i < rows.count; i++) {
        at = strstr(at, rows.handle[i]);
        assert_non_null(at);
    }
    free(text);
    snprintf(lines, sizeof lines, "export %s\nno\n", csv);
    expect(lines, "is there already. yes replaces it", "left as it was", NULL);
}

static void the_next_session_goes_on(void **state)
{
    (void)state;
    char first[100];
    struct rows rows = listed(WANTED, "-roi");
    snprintf(first, sizeof first, "1: %s; ", rows.handle[0]);
    expect("list 3\nclear\nview spring beauty\nlist 2\n",
           "as you left it last time: view Spring beauty", "Filters: niche beauty; tier micro",
           first, "1 to 3 of ", "1,200 creators, ordered by ROI", NULL);
}

/* ---- one thing at a time ---- */

static void numbers_go_on_with_more(void **state)
{
    (void)state;
    struct rows rows = listed("", "followers");
    char says[100];
    snprintf(says, sizeof says, "\n4: %s; ", rows.handle[3]);
    expect("clear\norder followers lowest\nlist 3\nmore 2\n5\nview spring beauty\n", says,
           "4 to 5 of 1,200; more tells the next.", NULL);
    refuse("list 3\n4\n", "there is no number 4: those told last go from 1 to 3");
    refuse("list 3\ntick 1 to 9\n", "there is no number 9");
}

static void what_is_not_understood_is_said(void **state)
{
    (void)state;
    refuse("where\nxyzzy\n", "line 2: not understood: 'xyzzy'");
    refuse("ordr roi\n", "did you mean 'order'?");
    refuse("filter nixe:beauty\n", "nixe");
    refuse("why 1 nonsense\n", "no list was told yet");
    refuse("why nonsense\n", "no column is called so");
    refuse("set nonsense 3\n", "no assumption is called so");
    refuse("budget soon\n", "");
    refuse("yes\n", "nothing is asked");
    refuse("zoom\n", "for the screen");
    refuse("export all.doc\n", "ends in .html, .xlsx or .csv");
    refuse("show nobody.at.all\n", "nobody has the handle 'nobody.at.all'");
}

static void what_is_unclear_is_asked(void **state)
{
    (void)state;
    expect("orde\n1\n", "Which is meant?", "1: order, orders the list", "2: order-then, ",
           "ordered by ROI", NULL);
}

static void an_assumption_goes_by_its_title(void **state)
{
    (void)state;
    expect("set order value 60\n", "Done: aov 80.00 to 60.00.", NULL);
    assert_string_equal(sql_value(store(), "select value from knob where key = 'aov'"), "60");
    expect("assumptions\nundo\n", "60.00 EUR, yours; set aov.", "undone: aov", NULL);
}

static void help_knows_words_columns_and_assumptions(void **state)
{
    (void)state;
    expect("help\n", "compare [NUMBERS]: ", "What if:", "quit: ", NULL);
    expect("help roi\n", "Return on investment", NULL);
    expect("help aov\n", "set aov", NULL);
    expect("help fill\n", "fill [MONEY]: ", NULL);
}

static void places_are_told(void **state)
{
    (void)state;
    expect("tiers\n", "micro, 1k-100k: ", "More engaged: ", NULL);
    expect("changes\n", "What changed since your last visit.", NULL);
    expect("plans\n", "default, in use; Cost: ", "Cautious, a preset", NULL);
    expect("values\n", "Niche: home 48; beauty 47, chosen; ", "Tier: ", NULL);
    expect("views\n", "Best value; ", "Spring beauty, yours; filters niche:beauty", NULL);
    expect("views\nmessages\n", "as you left it last time", NULL);
}

static void text_from_outside_is_harmless(void **state)
{
    (void)state;
    static const char hostile[] =
        "[{\"platform\":\"instagram\",\"handle\":\"mallory\",\"followers\":5000,"
        "\"name\":\"\\u001b[31mRed\\u0007\",\"bio\":\"\\u009b2J\\u202eevil\"}]";
    const char *path = at_home("hostile.db"), *list = at_home("hostile.json");
    write_file(list, hostile);
    run_expect(0, NULL, "import", list, "--store", path, NULL);
    struct ran ran = run("list\n1\nsearch red\nfilter \033[2Jx\nnote 1 \033]0;title\007\n1\n",
                         "--plain", path, NULL);
    check_plain(ran.out);
    check_plain(ran.err);
    assert_says(ran.out, "mallory");
    assert_says(ran.out, "Your note: ");
    ran_release(&ran);
}

static void a_page_that_a_key_opens_is_told(void **state)
{
    (void)state;
    expect("tiers\ni\n", "What people say about micro-influencers", NULL);
    expect("assumptions\n", "more are the program's; assumptions all tells them.", NULL);
    expect("assumptions all\n", "set spread_ctr.", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_list_is_that_of_the_verb),
        cmocka_unit_test(three_are_compared_and_the_winner_is_explained),
        cmocka_unit_test(they_fit_into_a_budget),
        cmocka_unit_test(a_proposal_waits_for_yes),
        cmocka_unit_test(the_view_is_saved_and_the_list_exported),
        cmocka_unit_test(the_next_session_goes_on),
        cmocka_unit_test(numbers_go_on_with_more),
        cmocka_unit_test(what_is_not_understood_is_said),
        cmocka_unit_test(what_is_unclear_is_asked),
        cmocka_unit_test(an_assumption_goes_by_its_title),
        cmocka_unit_test(help_knows_words_columns_and_assumptions),
        cmocka_unit_test(places_are_told),
        cmocka_unit_test(text_from_outside_is_harmless),
        cmocka_unit_test(a_page_that_a_key_opens_is_told),
    };
    return cmocka_run_group_tests(tests, import_sample, home_remove);
}
