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

/* Figures that can be done in the head: a feed post of 30,000 followers reaches 22 % of them, 6,600
 * people; 1 order of 80 in 1,000 brings 528, half of it is left: 264. */
static const char creators[] = "handle,platform,followers,avg_likes,avg_comments,avg_views,fee,"
                               "currency\n"
                               "ana,instagram,30000,600,0,,100,EUR\n"
                               "ben,instagram,30000,600,0,,300,EUR\n"
                               "ana,tiktok,30000,600,0,10000,120,EUR\n"
                               "dora,instagram,30000,600,0,,,\n"
                               "eve,instagram,30000,600,0,,100,CHF\n";

static const char *store(void)
{
    return at_home("plan.db");
}

static int import_creators(void **state)
{
    home_make(state);
    run_expect(0, creators, "import", "-", "--store", store(), NULL);
    return 0;
}

static int import_sample(void **state)
{
    home_make(state);
    run_expect(0, NULL, "import", SAMPLE, "--store", store(), NULL);
    return 0;
}

#define DO(...) run_expect(0, NULL, __VA_ARGS__, "--store", store(), NULL)

#define REFUSED(code, says, ...)                                                                   \
    do {                                                                                           \
        struct ran ran_ = run(NULL, __VA_ARGS__, "--store", store(), NULL);                        \
        if (ran_.status != (code))                                                                 \
            fail_msg("status %d: %s", ran_.status, ran_.err);                                      \
        assert_says(ran_.err, says);                                                               \
        assert_int_equal(ran_.out_length, 0);                                                      \
        ran_release(&ran_);                                                                        \
    } while (0)

static void expect(const char *sql, const char *value)
{
    char *got = sql_text(store(), sql);
    size_t length = strlen(got);
    if (length > 0)
        got[length - 1] = '\0'; /* the last newline */
    assert_string_equal(got, value);
    free(got);
}

static const char rows[] =
    "SELECT scenario, platform, key, deliverables, format, fee FROM plan ORDER BY rowid";

static json_t *plan(const char *option, const char *value)
{
    json_error_t why;
    struct ran ran = run(NULL, "plan", "--format", "json", "--store", store(), option, value, NULL);
    if (ran.status != 0)
        fail_msg("%s", ran.err);
    json_t *read = json_loads(ran.out, 0, &why);
    if (!read)
        fail_msg("%s in %s", why.text, ran.out);
    ran_release(&ran);
    return read;
}

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value)
        fail_msg("no '%s'", key);
    return json_is_null(value) ? (double)NAN : json_number_value(value);
}

static void same(double a, double b, const char *what)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b))) && !(isnan(a) && isnan(b)))
        fail_msg("%s: %.17g is not %.17g", what, a, b);
}

static void whoever_is_added_is_in_the_plan(void **state)
{
    (void)state;
    DO("plan", "add", "instagram/ana", "@BEN", "https://www.tiktok.com/@ana", "--posts", "2");
    expect(rows, "default|instagram|ana|2||\ndefault|instagram|ben|2||\ndefault|tiktok|ana|2||");
    DO("plan", "add", "ben", "--fee", "1.25k", "--as", "reel"); /* the posts stay */
    DO("plan", "add", "dora");
    expect(rows, "default|instagram|ana|2||\ndefault|instagram|ben|2|reel|125000\n"
                 "default|tiktok|ana|2||\ndefault|instagram|dora|1||");
    DO("plan", "add", "ben", "--fee", "default", "--as", "default", "--posts", "1");
    DO("plan", "drop", "tiktok/ana", "DORA");
    expect(rows, "default|instagram|ana|2||\ndefault|instagram|ben|1||");
    DO("plan", "add", "instagram/ana", "--posts", "0");
    expect(rows, "default|instagram|ben|1||");
}

static void the_plan_is_emptied_at_once(void **state)
{
    (void)state;
    DO("scenario", "new", "spring");
    DO("plan", "add", "ben", "--scenario", "spring");
    DO("plan", "add", "instagram/ana", "dora", "--posts", "2");
    DO("plan", "add", "ben", "--fee", "250");
    struct ran ran = run(NULL, "plan", "empty", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "0 creators in the plan of 'default'");
    ran_release(&ran);
    expect(rows, "spring|instagram|ben|1||\ndefault|instagram|ben|0||25000");
    DO("plan", "empty"); /* there is nothing more to do */
    REFUSED(2, "plan empty takes no other words", "plan", "empty", "ben");
}

static void posts_without_a_number_are_those_of_the_scenario(void **state)
{
    (void)state;
    DO("scenario", "new", "spring");
    DO("scenario", "set", "deliverables=3", "--scenario", "spring");
    DO("plan", "add", "ben", "--scenario", "spring");
    DO("plan", "add", "ben");
    expect(rows, "spring|instagram|ben|3||\ndefault|instagram|ben|1||");
}

static void one_mistake_changes_nothing(void **state)
{
    (void)state;
    REFUSED(1, "say which: instagram/ana, tiktok/ana", "plan", "add", "ben", "ana");
    REFUSED(1, "did you mean 'instagram/ben'?", "plan", "add", "dora", "benn");
    REFUSED(1, "'dora' posts no 'stream' on instagram, only feed, story, reel", "plan", "add",
            "dora", "ben", "--as", "stream");
    REFUSED(2, "'--fee' takes an amount", "plan", "add", "ben", "--fee", "dear");
    REFUSED(2, "'--fee' has more than the 2 decimals of EUR", "plan", "add", "ben", "--fee",
            "1.005");
    REFUSED(2, "'--posts' takes a whole number", "plan", "add", "ben", "--posts", "1.5");
    REFUSED(2, "'plan add' takes no option '--budget'", "plan", "add", "ben", "--budget", "5");
    REFUSED(2, "'plan' cannot 'ad': did you mean 'add'?", "plan", "ad", "ben");
    REFUSED(1, "'ben' is not in the plan of 'default'", "plan", "drop", "ben");
    DO("plan", "add", "ben");
    REFUSED(1, "'bene' is not in the plan of 'default': did you mean 'ben'?", "plan", "drop",
            "bene");
    REFUSED(1, "'dora' is not in the plan", "plan", "drop", "ben", "dora");
    expect(rows, "default|instagram|ben|1||");
}

static void people_see_rows_and_what_they_add_up_to(void **state)
{
    (void)state;
    DO("plan", "add", "instagram/ana", "ben");
    struct ran ran = run(NULL, "plan", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "Fee EUR");
    assert_says(ran.out, "Totals of 2 of 2 creators in the plan of 'default', in EUR");
    assert_says(ran.out, "460  of 10,000, left 9,540");
    assert_says(ran.out, "8 in 10 between");
    assert_says(ran.out, "between 6.60k and 13.2k");
    assert_says(ran.out, "(assumed)");
    assert_says(ran.out, "Same money in paid social");
    assert_says(ran.out, "no click and buy rate, no measured ROAS");
    assert_says(ran.out, "All of it rests on default assumptions.");
    ran_release(&ran);
    DO("plan", "add", "dora", "eve");
    DO("scenario", "set", "universe=1m");
    ran = run(NULL, "plan", "show", "--budget", "400", "--store", store(), NULL);
    assert_says(ran.out, "of 400, over by");
    assert_says(ran.out, "~ rests on 1 fee that is our estimate");
    assert_says(ran.out, "known of 3 of 4"); /* nobody said what a franc is */
    assert_null(strstr(ran.out, "(assumed)"));
    assert_null(strstr(ran.out, "default assumptions"));
    ran_release(&ran);
    expect("SELECT count(*) FROM knob WHERE key='budget'", "0"); /* as if */
}

static void an_empty_plan_says_how_to_fill_it(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "plan", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "Nobody is in the plan of 'default': microscope plan add HANDLE");
    ran_release(&ran);
    json_t *empty = plan(NULL, NULL);
    assert_int_equal(json_array_size(json_object_get(empty, "creators")), 0);
    same(number(json_object_get(empty, "totals"), "creators"), 0, "creators");
    assert_true(isnan(number(json_object_get(empty, "totals"), "roi")));
    json_decref(empty);
}

static void json_has_rows_totals_and_channels(void **state)
{
    (void)state;
    DO("plan", "add", "instagram/ana", "ben");
    DO("plan", "add", "ben", "--fee", "200");
    DO("scenario", "set", "universe=100k", "epsilon=0");
    json_t *all = plan("--budget", "1k"), *totals = json_object_get(all, "totals");
    assert_string_equal(json_string_value(json_object_get(all, "scenario")), "default");
    assert_string_equal(json_string_value(json_object_get(all, "currency")), "EUR");
    json_t *ben = json_array_get(json_object_get(all, "creators"), 1);
    assert_string_equal(json_string_value(json_object_get(ben, "handle")), "ben");
    same(number(ben, "fee"), 200, "fee");
    assert_string_equal(json_string_value(json_object_get(ben, "fee_origin")), "own");
    same(number(ben, "cost"), 230, "cost");
    same(number(ben, "budget_share"), 0.23, "share");
    same(number(ben, "reach"), 6600, "reach");
    same(number(ben, "orders"), 6.6, "orders");
    same(number(ben, "profit"), 264 - 230, "profit");
    same(number(ben, "roi"), 34.0 / 230, "roi");
    same(number(ben, "breakeven_fee"), 264 - 30, "break-even fee");
    same(number(totals, "cost"), 360, "cost");
    same(number(totals, "left"), 640, "left");
    same(number(totals, "revenue"), 1056, "revenue");
    same(number(totals, "roi"), (528.0 - 360) / 360, "roi");
    same(number(totals, "net_reach"), 1e5 * (1 - pow(1 - 0.066, 2)), "net reach");
    same(number(totals, "net_reach_low"), 6600, "low");
    same(number(totals, "net_reach_high"), 13200, "high");
    assert_false(json_is_true(json_object_get(totals, "universe_assumed")));
    same(number(json_object_get(totals, "known"), "roi"), 2, "known");
    json_t *channels = json_object_get(all, "channels");
    assert_int_equal(json_array_size(channels), 3);
    same(number(json_array_get(channels, 0), "roi"), 1000 / 10.0 * 0.012 * 0.02 * 80 * 0.5 - 1,
         "channel");
    assert_true(isnan(number(json_array_get(channels, 2), "roi")));
    assert_true(isnan(number(totals, "emv"))); /* nobody said what a like is worth */
    json_decref(all);
    DO("scenario", "set", "value_like=0.10");
    all = plan(NULL, NULL);
    same(number(json_object_get(all, "totals"), "emv"), 2 * 600 * 0.10, "emv");
    json_decref(all);
    struct ran ran = run(NULL, "plan", "--store", store(), NULL);
    assert_says(ran.out, "Earned media value");
    ran_release(&ran);
}

static void who_left_the_store_is_named_and_in_no_figure(void **state)
{
    (void)state;
    char file[300];
    snprintf(file, sizeof file, "%s", at_home("p.yaml"));
    DO("plan", "add", "ben");
    write_file(file, "name: p\nplan:\n  - {platform: instagram, handle: ben}\n"
                     "  - {platform: x, handle: gone, deliverables: 4}\n");
    DO("scenario", "import", file);
    struct ran ran = run(NULL, "plan", "--scenario", "p", "--store", store(), NULL);
    assert_says(ran.out, "Totals of 1 of 2 creators");
    assert_says(ran.err, "x/gone is in the plan, but not in the store");
    ran_release(&ran);
    json_t *all = plan("--scenario", "p");
    json_t *gone = json_array_get(json_object_get(all, "creators"), 1);
    same(number(gone, "deliverables"), 4, "deliverables");
    assert_true(isnan(number(gone, "cost")));
    same(number(json_object_get(all, "totals"), "creators"), 1, "creators");
    json_decref(all);
    DO("plan", "drop", "x/gone", "--scenario", "p");
    expect("SELECT key FROM plan WHERE scenario='p'", "ben");
}

/* Of the sample: totals against sums made here, rows against what `list` says of them. */

static void add_best(json_t **handles)
{
    json_error_t why;
    struct ran ran = run(NULL, "list", "fee:known", "--sort", "-profit", "--columns",
                         "platform,handle", "--format", "json", "--store", store(), NULL);
    *handles = json_loads(ran.out, 0, &why);
    assert_non_null(*handles);
    ran_release(&ran);
    for (size_t i = 0; i < 12; i++) {
        json_t *row = json_array_get(*handles, i);
        char word[200], posts[8];
        snprintf(word, sizeof word, "%s/%s", json_string_value(json_object_get(row, "platform")),
                 json_string_value(json_object_get(row, "handle")));
        snprintf(posts, sizeof posts, "%zu", 1 + i % 3);
        DO("plan", "add", word, "--posts", posts);
    }
}

static void check_row(const json_t *row)
{
    static const char *const keys[] = {"cost", "reach", "orders", "profit", "roi", "breakeven_fee"};
    char filter[300];
    json_error_t why;
    snprintf(filter, sizeof filter, "handle=\"%s\"",
             json_string_value(json_object_get(row, "handle")));
    struct ran ran = run(NULL, "list", filter, "in:plan", "--columns",
                         "handle,cost,reach,orders,profit,roi,breakeven_fee", "--format", "json",
                         "--store", store(), NULL);
    json_t *listed = json_loads(ran.out, 0, &why), *first = json_array_get(listed, 0);
    if (!first)
        fail_msg("%s: %s%s", filter, ran.out, ran.err);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        same(number(row, keys[i]), number(first, keys[i]), keys[i]);
    json_decref(listed);
    ran_release(&ran);
}

static void totals_are_sums_and_ratios_of_sums(void **state)
{
    (void)state;
    static const char *const sums[] = {"cost",   "impressions", "engagements", "clicks",
                                       "orders", "revenue",     "profit",      "contribution"};
    json_t *handles, *row;
    double sum[8] = {0}, missed = 1, most = 0, all_reach = 0, universe = 4e6;
    size_t i;
    add_best(&handles);
    DO("scenario", "set", "universe=4m", "budget=20k", "aov=55");
    json_t *all = plan(NULL, NULL), *rows_of = json_object_get(all, "creators");
    json_t *totals = json_object_get(all, "totals");
    assert_int_equal(json_array_size(rows_of), 12);
    json_array_foreach(rows_of, i, row)
    {
        double reach = number(row, "reach");
        for (size_t k = 0; k < 8; k++)
            sum[k] += isnan(number(row, sums[k])) ? 0 : number(row, sums[k]);
        missed *= 1 - fmin(reach, universe) / universe;
        most = fmax(most, reach);
        all_reach += reach;
        if (i % 4 == 0)
            check_row(row);
    }
    for (size_t k = 0; k < 8; k++)
        same(number(totals, sums[k]), sum[k], sums[k]);
    same(number(totals, "left"), 20000 - sum[0], "left");
    same(number(totals, "roi"), sum[6] / sum[0], "roi");
    same(number(totals, "roas"), sum[5] / sum[0], "roas");
    same(number(totals, "cpa"), sum[0] / sum[4], "cpa");
    same(number(totals, "net_reach"), universe * (1 - missed), "net reach");
    same(number(totals, "net_reach_low"), most, "low");
    same(number(totals, "net_reach_high"), fmin(universe, all_reach), "high");
    same(number(totals, "frequency"), sum[1] / (universe * (1 - missed)), "frequency");
    json_decref(all);
    json_decref(handles);
}

/* A plan made in one store opens in another. */
static void a_plan_travels(void **state)
{
    (void)state;
    json_t *handles;
    char file[300], other[300];
    snprintf(file, sizeof file, "%s", at_home("travel.yaml"));
    snprintf(other, sizeof other, "%s", at_home("other.db"));
    add_best(&handles);
    DO("scenario", "set", "cvr=1.75%");
    DO("scenario", "export", file);
    run_expect(0, NULL, "import", SAMPLE, "--store", other, NULL);
    run_expect(0, NULL, "scenario", "import", file, "--force", "--store", other, NULL);
    struct ran one = run(NULL, "plan", "--format", "json", "--store", store(), NULL);
    struct ran two = run(NULL, "plan", "--format", "json", "--store", other, NULL);
    assert_string_equal(one.out, two.out);
    assert_true(one.out_length > 2000);
    ran_release(&one);
    ran_release(&two);
    json_decref(handles);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, import_creators, home_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(whoever_is_added_is_in_the_plan),
        CASE(the_plan_is_emptied_at_once),
        CASE(posts_without_a_number_are_those_of_the_scenario),
        CASE(one_mistake_changes_nothing),
        CASE(people_see_rows_and_what_they_add_up_to),
        CASE(an_empty_plan_says_how_to_fill_it),
        CASE(json_has_rows_totals_and_channels),
        CASE(who_left_the_store_is_named_and_in_no_figure),
        cmocka_unit_test_setup_teardown(totals_are_sums_and_ratios_of_sums, import_sample,
                                        home_remove),
        cmocka_unit_test_setup_teardown(a_plan_travels, import_sample, home_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
