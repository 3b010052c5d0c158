#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/tier.h"
#include "program.h"
#include "runtime/config.h"

/* Settings: where they come from, what is wrong with them, and that each does what it says. */

/* The user's own file. */
static void settle(const char *bytes)
{
    mkdir(at_home("config"), 0700);
    mkdir(at_home("config/microscope"), 0700);
    write_file(at_home("config/microscope/config.yaml"), bytes);
}

static int unsettle(void **state)
{
    (void)state;
    remove(at_home("config/microscope/config.yaml"));
    unsetenv("NO_COLOR");
    unsetenv("ESCDELAY");
    return 0;
}

static json_t *settings_of(const char *a, const char *b)
{
    json_error_t why;
    struct ran ran = run(NULL, "config", "--format", "json", a, b, NULL);
    if (ran.status != 0)
        fail_msg("status %d: %s", ran.status, ran.err);
    json_t *rows = json_loads(ran.out, 0, &why);
    assert_int_equal(json_array_size(rows), SETTING_COUNT);
    ran_release(&ran);
    return rows;
}

static const char *member(const json_t *rows, enum setting_id id, const char *key)
{
    const char *value = json_string_value(json_object_get(json_array_get(rows, id), key));
    assert_non_null(value);
    return value;
}

static void check_origin(const json_t *rows, enum setting_id id, const char *value,
                         const char *origin, const char *where)
{
    assert_string_equal(member(rows, id, "value"), value);
    assert_string_equal(member(rows, id, "origin"), origin);
    assert_says(member(rows, id, "where"), where);
}

static void the_example_reads_back_to_the_defaults(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "config", "--example", NULL);
    assert_int_equal(ran.status, 0);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        char line[256];
        snprintf(line, sizeof line, settings[i].map ? "\n%s:\n" : "\n%s: ", settings[i].key);
        assert_says(ran.out, line);
    }
    write_file(at_home("example.yaml"), ran.out);
    ran_release(&ran);
    json_t *before = settings_of(NULL, NULL),
           *after = settings_of("--config", at_home("example.yaml"));
    for (enum setting_id id = 0; id < SETTING_COUNT; id++) {
        assert_string_equal(member(before, id, "origin"), "default");
        check_origin(after, id, member(before, id, "value"), "file", "example.yaml:");
    }
    json_decref(before);
    json_decref(after);
    /* no option and no settings get in the way of it */
    settle("nonsense: [");
    run_expect(0, NULL, "config", "--example", NULL);
    run_expect(0, NULL, "help", NULL);
    run_expect(2, NULL, "config", NULL);
}

static void an_option_beats_the_environment_beats_the_file_beats_the_default(void **state)
{
    (void)state;
    settle(
        "# mine\ntheme: light\nascii: yes\ncolours: yes\nescape_delay: 50\nsort: [-fee, handle]\n");
    setenv("NO_COLOR", "1", 1);
    setenv("ESCDELAY", "many", 1); /* no number: as if it were not there */
    json_t *rows = settings_of("--theme", "dark");
    check_origin(rows, SETTING_THEME, "dark", "option", "--theme");
    check_origin(rows, SETTING_COLOURS, "no", "environment", "NO_COLOR");
    check_origin(rows, SETTING_ASCII, "yes", "file", "config/microscope/config.yaml:3");
    check_origin(rows, SETTING_ESCAPE_DELAY, "50", "file", ":5");
    check_origin(rows, SETTING_SORT, "-fee,handle", "file", ":6");
    check_origin(rows, SETTING_MOUSE, "yes", "default", "");
    json_decref(rows);
    rows = settings_of("--no-mouse", "--plain");
    check_origin(rows, SETTING_MOUSE, "no", "option", "--no-mouse");
    check_origin(rows, SETTING_PLAIN, "yes", "option", "--plain");
    json_decref(rows);
    struct ran ran = run(NULL, "config", "ascii", NULL);
    assert_string_equal(ran.out, "yes\n");
    ran_release(&ran);
    ran = run(NULL, "config", "theem", NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "did you mean 'theme'?");
    ran_release(&ran);
}

static void mistakes_are_told_with_their_place(void **state)
{
    static const struct {
        const char *file, *place, *says;
    } wrong[] = {
        {"theme: dark\ntehme: light\n", ":2:1: ", "did you mean 'theme'?"},
        {"mouse: 3\n", ":1:8: ", "takes yes or no, not '3'"},
        {"mouse: [yes]\n", ":1:8: ", "takes yes or no, not a list"},
        {"sort:\n  a: b\n", ":2:3: ", "not a map"},
        {"theme: drak\n", ":1:8: ", "did you mean 'dark'?"},
        {"columns:\n  - fee\n  - folowers\n", ":3:5: ", "did you mean 'followers'?"},
        {"columns: []\n", ":1:10: ", "takes"},
        {"sort: -folowers\n", ":1:7: ", "'followers'"},
        {"escape_delay: soon\n", ":1:15: ", "milliseconds"},
        {"fresh_audience: 0\n", ":1:17: ", "days from 1 to 365"},
        {"fresh_audience: a week\n", ":1:17: ", "days from 1 to 365, not 'a week'"},
        {"fresh_engagement: 366\n", ":1:19: ", "days from 1 to 365, not '366'"},
        {"tiers: texbook\n", ":1:8: ", "did you mean 'textbook'?"},
        {"tiers: hous\ntier_presets:\n  house:\n    small: 0\n    large: 5k\n",
         ":1:8: ", "did you mean 'house'?"},
        {"tier_presets: house\n", ":1:15: ", "takes names of presets"},
        {"tier_presets: [house]\n", ":1:15: ", "not a list"},
        {"tier_presets:\n  house: 3\n", ":2:10: ", "'house' needs its tiers"},
        {"tier_presets:\n  Later:\n    a: 0\n    b: 1\n", ":2:3: ", "already"},
        {"tier_presets:\n  my own:\n    a: 0\n    b: 1\n", ":2:3: ", "one word"},
        {"tier_presets:\n  house:\n    a: 0\n", ":2:3: ", "two tiers at least"},
        {"tier_presets:\n  house:\n    a: 0\n    b: 5k\n    c: 5000\n",
         ":5:8: ", "no higher than 'b'"},
        {"tier_presets:\n  house:\n    a: 0\n    A: 5k\n", ":4:5: ", "'A' is taken"},
        {"tier_presets:\n  house:\n    a: 0\n    a|b: 5k\n", ":4:5: ", "one word"},
        {"tier_presets:\n  house:\n    a: -1\n    b: 5k\n", ":3:8: ", "as 5000 or 5k"},
        {"tier_presets:\n  house:\n    a: 0\n    b: many\n", ":4:8: ", "'b' needs the followers"},
        {"tier_presets:\n  house: {a: 0, b: 1, c: 2, d: 3, e: 4, f: 5, g: 6, h: 7, i: 8}\n",
         ":2:59: ", "more than 8"},
        {"benchmarks: 3%\n", ":1:13: ", "takes platforms"},
        {"benchmarks:\n  instagarm: 3%\n", ":2:3: ", "did you mean 'instagram'?"},
        {"benchmarks:\n  x/likes: 3%\n", ":2:3: ", "followers, views or reach"},
        {"benchmarks:\n  x: 3\n", ":2:6: ", "written as 3.5% or 0.035"},
        {"benchmarks:\n  x: [3%, 2%]\n", ":2:6: ", "rates by size are six"},
        {"benchmarks:\n  x: 3%\n  twitter: 2%\n", ":3:3: ", "there already"},
        {"benchmarks:\n  x: {source: us}\n", ":2:3: ", "needs 'er'"},
        {"benchmarks:\n  x: {er: 3%, year: 2025}\n", ":2:15: ", "unknown key 'year'"},
        {"peers: 1\n", ":1:8: ", "from 2 to 1000000"},
        {"few: 1\n", ":1:6: ", "from 2 to 1000, not '1'"},
        {"few: 2.5\n", ":1:6: ", "from 2 to 1000"},
        {"decimal: comma\n\ngrouping: comma\n", ":3:11: ", "same sign"},
        {"grouping: point\n", ":1:11: ", "same sign"},
        {"- theme\n", ":1:1: ", "key: value"},
        {"theme: dark\ntheme: light\n", ":2:1: ", "theme"},
        {"theme: [dark\n", ":2:1: ", ""},
        {"keys: fast\n", ":1:7: ", "takes names of commands"},
        {"keys: [c]\n", ":1:7: ", "not a list"},
        {"keys:\n  compar: c\n", ":2:3: ", "did you mean 'compare'?"},
        {"keys:\n  compare: [F6, Ctr-F]\n", ":2:17: ", "did you mean 'Ctrl-F'?"},
        {"keys:\n  compare:\n", ":2:", "a key or a list"},
        {"keys:\n  compare: [a, b, K, L, M]\n", ":2:25: ", "at most 4"},
        {"keys:\n  compare: x\n", ":2:12: ", "'x' would be both 'compare' and 'hand-over' in List"},
        {"keys:\n  put-back: F6\n", ":2:13: ", "must keep Esc"},
        {"keys:\n  menu: []\n", ":2:9: ", "must have a key"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        settle(wrong[i].file);
        struct ran ran = run(NULL, "columns", NULL);
        if (ran.status != 2 || !strstr(ran.err, wrong[i].place) ||
            !strstr(ran.err, wrong[i].says) || !strstr(ran.err, "/config/microscope/config.yaml:"))
            fail_msg("status %d for\n%s:\n%s", ran.status, wrong[i].file, ran.err);
        assert_int_equal(ran.out_length, 0);
        ran_release(&ran);
    }
    /* a file that is named has to be there */
    unsettle(NULL);
    struct ran ran = run(NULL, "columns", "--config", at_home("nowhere.yaml"), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "nowhere.yaml': No such file");
    ran_release(&ran);
    settle("");
    run_expect(0, NULL, "columns", NULL);
    settle("# nothing\n");
    run_expect(0, NULL, "columns", NULL);
}

/* ---- what they do ---- */

static void own_keys_are_those_that_are_told(void **state)
{
    (void)state;
    settle("keys:\n  compare: [F6, K]\n  tiers: []\n");
    struct ran ran = run(NULL, "commands", "--format", "csv", NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "\ncompare,F6 K,");
    assert_says(ran.out, "\ntiers,,");
    assert_says(ran.out, "\nmenu,m F10,");
    ran_release(&ran);
    ran = run(NULL, "config", "keys", NULL);
    assert_string_equal(ran.out, "compare=F6 K,tiers=\n");
    ran_release(&ran);
}

/* The comments of the example are the whole list: without their signs it says what holds anyway. */
static void the_example_names_every_key(void **state)
{
    (void)state;
    unsettle(NULL);
    struct ran ran = run(NULL, "config", "--example", NULL), before, after;
    char *keys = strstr(ran.out, "\nkeys:\n");
    assert_non_null(keys);
    for (char *at = keys; (at = strstr(at, "\n#  ")); at++)
        at[1] = ' ';
    write_file(at_home("whole.yaml"), keys);
    before = run(NULL, "commands", "--format", "csv", NULL);
    after = run(NULL, "commands", "--format", "csv", "--config", at_home("whole.yaml"), NULL);
    if (after.status != 0)
        fail_msg("%s", after.err);
    assert_string_equal(before.out, after.out);
    ran_release(&before);
    ran_release(&after);
    ran_release(&ran);
    ran = run(NULL, "config", "keys", "--config", at_home("whole.yaml"), NULL);
    assert_says(ran.out, "compare=c");
    assert_says(ran.out, "help=? F1");
    ran_release(&ran);
}

#define LIST                                                                                       \
    "platform,handle,followers,er,fee,currency,niche\n"                                            \
    "instagram,anna,30000,0.04,1250.5,EUR,beauty\n"                                                \
    "instagram,berta,12000,0.05,300,EUR,beauty\n"                                                  \
    "instagram,carla,250000,0.02,2000,EUR,beauty\n"

static void import_list(const char *store)
{
    write_file(at_home("list.csv"), LIST);
    if (store)
        run_expect(0, NULL, "import", at_home("list.csv"), "--store", store, NULL);
    else
        run_expect(0, NULL, "import", at_home("list.csv"), NULL);
}

static void the_store_is_found(void **state)
{
    (void)state;
    settle("store: deals.db\n"); /* beside the file that says so */
    import_list(NULL);
    assert_true(there(at_home("config/microscope/deals.db")));
    assert_false(there(at_home("data/microscope/microscope.db")));
    struct ran ran = run(NULL, "list", "--columns", "handle", "--format", "csv", NULL);
    assert_says(ran.out, "anna");
    ran_release(&ran);
    settle("store: ~/home.db\n");
    import_list(NULL);
    assert_true(there(at_home("home.db")));
    /* nothing is invented into it unless it is named */
    ran = run(NULL, "generate", "--creators", "3", NULL);
    assert_int_equal(ran.status, 0);
    assert_true(ran.out_length > 100);
    ran_release(&ran);
    assert_int_equal((int)sql_number(at_home("home.db"), "select count(*) from creator"), 3);
}

static void list_looks_as_settled(void **state)
{
    (void)state;
    import_list(at_home("l.db"));
    settle("columns: [followers, trend, fee]\nsort: followers\ndecimal: comma\n");
    struct ran ran = run(NULL, "list", "--store", at_home("l.db"), NULL);
    assert_int_equal(ran.status, 0);
    assert_int_equal(strncmp(ran.out, "Creator", 7), 0);
    assert_says(ran.out, "Followers");
    assert_null(strstr(ran.out, "ROI"));
    assert_says(ran.out, "1.251"); /* 1250.50, whole and grouped by points */
    assert_true(strstr(ran.out, "berta") < strstr(ran.out, "anna"));
    assert_true(strstr(ran.out, "anna") < strstr(ran.out, "carla"));
    ran_release(&ran);
    ran = run(NULL, "list", "--store", at_home("l.db"), "--columns", "handle,er", "--sort", "-er",
              NULL);
    assert_says(ran.out, "5,00%");
    assert_true(strstr(ran.out, "berta") < strstr(ran.out, "anna"));
    ran_release(&ran);
    /* what programs read has its own columns and a point */
    ran = run(NULL, "list", "--store", at_home("l.db"), "--format", "csv", NULL);
    assert_says(ran.out, "1250.5");
    assert_says(ran.out, "roi");
    ran_release(&ran);
    settle("grouping: space\n");
    ran = run(NULL, "list", "--store", at_home("l.db"), NULL);
    assert_says(ran.out, "1 251");
    ran_release(&ran);
}

static void tiers_are_those_of_the_settings_where_the_store_has_none(void **state)
{
    (void)state;
    import_list(at_home("t.db"));
    settle("tiers: hypeauditor\n");
    struct ran ran = run(NULL, "list", "tier:mid", "--columns", "handle", "--format", "csv",
                         "--store", at_home("t.db"), NULL);
    assert_says(ran.out, "anna");
    ran_release(&ran);
    sql_run(at_home("t.db"), "insert into meta values ('tiers', 'textbook')");
    ran = run(NULL, "list", "tier:micro", "--columns", "handle", "--format", "csv", "--store",
              at_home("t.db"), NULL);
    assert_says(ran.out, "anna");
    ran_release(&ran);
    for (int i = 0; i < tier_preset_count; i++)
        assert_says(settings[SETTING_TIERS].takes, tier_presets[i].name);
}

static char *listed(const char *store, const char *filter)
{
    struct ran ran = run(NULL, "list", filter, "--columns", "handle,tier", "--format", "csv",
                         "--store", store, NULL);
    assert_int_equal(ran.status, 0);
    free(ran.err);
    return ran.out;
}

#define HOUSE                                                                                      \
    "tier_presets:\n"                                                                              \
    "  house: # ours\n"                                                                            \
    "    small: 10k\n"                                                                             \
    "    groß: 20,000\n"                                                                          \
    "    huge: 200k\n"

static void own_tiers_stand_beside_those_of_the_program(void **state)
{
    (void)state;
    char store[256];
    snprintf(store, sizeof store, "%s", at_home("o.db"));
    import_list(store);
    settle("tiers: house\n" HOUSE);
    char *out = listed(store, "tier:groß");
    assert_string_equal(out, "handle,tier\nanna,groß\n");
    free(out);
    /* those that the store was given come first, also where they are the user's own */
    settle(HOUSE);
    out = listed(store, "tier:micro");
    assert_says(out, "anna,micro");
    free(out);
    sql_run(store, "insert into meta values ('tiers', 'HOUSE')");
    out = listed(store, "tier:small");
    assert_string_equal(out, "handle,tier\nberta,small\n");
    free(out);
    struct ran ran = run(NULL, "tiers", "--store", store, NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "groß 20k-200k");
    ran_release(&ran);
    ran = run(NULL, "config", "tier_presets", NULL);
    assert_string_equal(ran.out, "house=small:10k groß:20,000 huge:200k\n");
    ran_release(&ran);
    json_t *rows = settings_of(NULL, NULL);
    assert_says(member(rows, SETTING_TIER_PRESETS, "where"), "config.yaml:2");
    json_decref(rows);
    /* without the setting nothing is lost, and it comes back */
    settle("tiers: later\n");
    out = listed(store, "tier:micro");
    assert_says(out, "anna,micro");
    free(out);
    settle(HOUSE);
    out = listed(store, "tier:huge");
    assert_says(out, "carla,huge");
    free(out);
}

static void own_benchmarks_are_what_is_expected(void **state)
{
    (void)state;
    char store[256];
    snprintf(store, sizeof store, "%s", at_home("b.db"));
    import_list(store);
    static const struct {
        const char *settings, *says;
    } cases[] = {
        {"", "anna,0.0162,"}, /* the published one */
        {"benchmarks:\n  instagram: 8%\n", "anna,0.08,0.5\n"},
        {"benchmarks:\n  instagram: {er: [1%, 1%, '-', 2%, 1%, 1%], source: us}\n",
         "anna,0.02,2\n"},
        {"benchmarks:\n  instagram: [1%, 1%, 1%, '-', 1%, 1%]\n", "anna,0.0162,"},
        {"benchmarks:\n  instagram/views: 8%\n", "anna,0.0162,"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        settle(cases[i].settings);
        struct ran ran = run(NULL, "list", "anna", "--columns", "handle,er_expected,er_index",
                             "--format", "csv", "--store", store, NULL);
        assert_int_equal(ran.status, 0);
        if (!strstr(ran.out, cases[i].says))
            fail_msg("%s: %s", cases[i].settings, ran.out);
        ran_release(&ran);
    }
    settle("benchmarks:\n  instagram: {er: [1%, 1%, '-', 2%, 1%, 1%], source: us}\npeers: 2\n");
    struct ran ran = run(NULL, "config", "benchmarks", NULL);
    assert_string_equal(ran.out, "instagram=er:1% 1% - 2% 1% 1% source:us\n");
    ran_release(&ran);
    sql_run(store, "update creator set followers = 20000"); /* the same size: three peers */
    run_expect(0, NULL, "peers", "--store", store, NULL);
    ran = run(NULL, "list", "anna", "--columns", "handle,er_expected", "--format", "csv", "--store",
              store, NULL);
    assert_says(ran.out, "anna,0.04\n");
    ran_release(&ran);
}

static void few_is_what_is_settled(void **state)
{
    (void)state;
    char store[256];
    snprintf(store, sizeof store, "%s", at_home("w.db"));
    import_list(store);
    struct ran ran = run(NULL, "tiers", "--store", store, NULL);
    assert_says(ran.out, "few: under 5.");
    assert_null(strstr(ran.out, "776")); /* the median of 1,250.50 and 300 */
    ran_release(&ran);
    settle("few: 2\n");
    ran = run(NULL, "tiers", "--store", store, NULL);
    assert_says(ran.out, "few: under 2.");
    assert_says(ran.out, "775");
    ran_release(&ran);
}

static void typed_amounts_are_read_as_settled(void **state)
{
    (void)state;
    import_list(at_home("p.db"));
    settle("decimal: comma\n");
    run_expect(0, NULL, "plan", "add", "anna", "--fee", "1.350,50", "--store", at_home("p.db"),
               NULL);
    assert_int_equal((int)sql_number(at_home("p.db"), "select fee from plan"), 135050);
    run_expect(0, NULL, "plan", "add", "anna", "--fee", "1.350", "--store", at_home("p.db"), NULL);
    assert_int_equal((int)sql_number(at_home("p.db"), "select fee from plan"), 135000);
    struct ran ran = run(NULL, "plan", "--budget", "20.000", "--store", at_home("p.db"), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "20.000");
    assert_null(strstr(ran.out, "20,000"));
    ran_release(&ran);
}

static void figures_stay_fresh_as_settled(void **state)
{
    (void)state;
    import_list(at_home("f.db"));
    sql_run(at_home("f.db"), "update creator set audience_at = strftime('%s', '" PROGRAM_NOW "'), "
                             "engagement_at = strftime('%s', '" PROGRAM_NOW "');"
                             "update creator set audience_at = audience_at - 20 * 86400, "
                             "engagement_at = engagement_at - 20 * 86400 where handle = 'anna'");
    static const struct {
        const char *settings;
        bool stale;
    } cases[] = {{"", true},
                 {"fresh_audience: 21\n", true},
                 {"fresh_audience: 21\nfresh_engagement: 21\n", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        settle(cases[i].settings);
        struct ran ran = run(NULL, "list", "is:stale", "--columns", "handle", "--format", "csv",
                             "--store", at_home("f.db"), NULL);
        assert_int_equal(ran.status, 0);
        if ((strstr(ran.out, "anna") != NULL) != cases[i].stale || strstr(ran.out, "berta"))
            fail_msg("%s: %s", cases[i].settings, ran.out);
        ran_release(&ran);
    }
}

static void plain_settles_for_lines(void **state)
{
    (void)state;
    import_list(at_home("n.db"));
    settle("plain: yes\n");
    struct ran ran = run("list\n", at_home("n.db"), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "berta");
    ran_release(&ran);
}

#define SETTLED(test) cmocka_unit_test_teardown(test, unsettle)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SETTLED(the_example_reads_back_to_the_defaults),
        SETTLED(an_option_beats_the_environment_beats_the_file_beats_the_default),
        SETTLED(mistakes_are_told_with_their_place),
        SETTLED(own_keys_are_those_that_are_told),
        SETTLED(the_example_names_every_key),
        SETTLED(the_store_is_found),
        SETTLED(list_looks_as_settled),
        SETTLED(tiers_are_those_of_the_settings_where_the_store_has_none),
        SETTLED(own_tiers_stand_beside_those_of_the_program),
        SETTLED(own_benchmarks_are_what_is_expected),
        SETTLED(few_is_what_is_settled),
        SETTLED(typed_amounts_are_read_as_settled),
        SETTLED(figures_stay_fresh_as_settled),
        SETTLED(plain_settles_for_lines),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
