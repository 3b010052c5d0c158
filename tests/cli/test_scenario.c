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

static const char creators[] = "handle,platform,followers,avg_likes,avg_comments,fee,currency\n"
                               "ana,instagram,30000,600,0,100,EUR\n"
                               "ben,instagram,30000,600,0,300,EUR\n";

static const char *store(void)
{
    return at_home("scenario.db");
}

static int import_creators(void **state)
{
    home_make(state);
    run_expect(0, creators, "import", "-", "--store", store(), NULL);
    return 0;
}

#define DO(...) run_expect(0, NULL, __VA_ARGS__, "--store", store(), NULL)

static void expect(const char *sql, const char *value)
{
    char *got = sql_text(store(), sql);
    size_t length = strlen(got);
    if (length > 0)
        got[length - 1] = '\0'; /* the last newline */
    assert_string_equal(got, value);
    free(got);
}

/* Runs and looks for a part of what is said on standard error. */
#define REFUSED(code, says, ...)                                                                   \
    do {                                                                                           \
        struct ran ran_ = run(NULL, __VA_ARGS__, "--store", store(), NULL);                        \
        if (ran_.status != (code))                                                                 \
            fail_msg("status %d: %s", ran_.status, ran_.err);                                      \
        assert_says(ran_.err, says);                                                               \
        assert_int_equal(ran_.out_length, 0);                                                      \
        ran_release(&ran_);                                                                        \
    } while (0)

static const char knobs[] = "SELECT scenario, key, value FROM knob ORDER BY scenario, key";

static void what_is_set_is_kept_and_told(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "scenario", "set", "budget=12k", "cvr=3%", "channel.4.name=Radio X",
                         "rate.usd=0.92 2026-11-20", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "budget is 12,000 (was 10,000, the default)");
    assert_says(ran.err, "cvr is 3.00% (was 2.50%, the default)");
    assert_says(ran.err, "channel.4.name is Radio X (was none, the default)");
    ran_release(&ran);
    expect(knobs, "default|budget|12000\ndefault|channel.4.name|Radio X\ndefault|cvr|0.03\n"
                  "default|rate.USD|0.92 2026-11-20");
    ran = run(NULL, "scenario", "show", "--format", "csv", "--store", store(), NULL);
    assert_says(ran.out, "\ncvr,Buy rate,0.03,1,0.025,");
    assert_says(ran.out, "\naov,Order value,80,0,80,");
    ran_release(&ran);
    ran = run(NULL, "scenario", "show", "--store", store(), NULL);
    assert_says(ran.out, "3.00%");
    assert_says(ran.out, "2.50%");
    ran_release(&ran);
    DO("scenario", "set", "budget=default", "channel.4.name=default", "rate.USD=default");
    expect(knobs, "default|cvr|0.03");
}

static void one_that_is_wrong_leaves_all_as_they_are(void **state)
{
    (void)state;
    REFUSED(2, "'cvr' must be from 0 to 1", "scenario", "set", "aov=90", "cvr=300%");
    REFUSED(2, "did you mean 'aov'?", "scenario", "set", "avo=90");
    REFUSED(2, "'aov' is no KEY=VALUE", "scenario", "set", "aov", "90");
    REFUSED(2, "no preset 'bold'; there are: default, cautious, field-study", "scenario", "set",
            "preset=bold");
    REFUSED(1, "there is no scenario 'sprnig'; microscope scenario lists them", "scenario", "set",
            "aov=90", "--scenario", "sprnig");
    expect(knobs, "");
}

static void a_preset_sets_several(void **state)
{
    (void)state;
    DO("scenario", "set", "preset=cautious", "cvr=3%");
    expect("SELECT count(*), min(value), max(value) FROM knob WHERE key GLOB 'ctr_*'",
           "11|0.01|0.01");
    expect("SELECT value FROM knob WHERE key='cvr'", "0.03");
    DO("scenario", "set", "preset=default");
    expect(knobs, "");
}

static const char *names(void)
{
    static char text[400];
    struct ran ran = run(NULL, "scenario", "--format", "csv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    snprintf(text, sizeof text, "%s", strchr(ran.out, '\n') + 1);
    ran_release(&ran);
    return text;
}

static void scenarios_are_made_copied_renamed_used_and_deleted(void **state)
{
    (void)state;
    assert_string_equal(names(), "default,1,EUR,10000,0,0\n");
    DO("plan", "add", "ana");
    DO("scenario", "set", "budget=5000");
    DO("scenario", "copy", "Spring");
    DO("scenario", "new", "bare", "cautious");
    DO("scenario", "copy", "spring", "autumn");
    DO("scenario", "set", "budget=7000", "--scenario", "autumn");
    DO("scenario", "use", "AUTUMN");
    assert_string_equal(names(), "default,0,EUR,5000,1,1\nSpring,0,EUR,5000,1,1\n"
                                 "bare,0,EUR,10000,0,12\nautumn,1,EUR,7000,1,1\n");
    DO("scenario", "rename", "autumn", "winter");
    DO("scenario", "delete", "default");
    assert_string_equal(names(), "Spring,0,EUR,5000,1,1\nbare,0,EUR,10000,0,12\n"
                                 "winter,1,EUR,7000,1,1\n");
    DO("scenario", "delete", "winter");
    assert_string_equal(names(), "Spring,1,EUR,5000,1,1\nbare,0,EUR,10000,0,12\n");
    expect("SELECT DISTINCT scenario FROM plan", "Spring");
    REFUSED(1, "there is a scenario 'Spring' already", "scenario", "copy", "bare", "SPRING");
    REFUSED(1, "there is a scenario 'Spring' already", "scenario", "rename", "bare", "spring");
    REFUSED(1, "there is no scenario 'sprig': did you mean 'Spring'?", "scenario", "use", "sprig");
    REFUSED(1, "at most 40 bytes", "scenario", "new",
            "a name that is very much too long to be shown");
}

static void the_one_in_use_or_named_is_what_commands_work_with(void **state)
{
    (void)state;
    DO("scenario", "new", "dear");
    DO("scenario", "set", "creator_cost=200", "--scenario", "dear");
    struct ran ran =
        run(NULL, "list", "ana", "--columns", "cost", "--format", "csv", "--store", store(), NULL);
    assert_string_equal(ran.out, "cost\n130\n");
    ran_release(&ran);
    ran = run(NULL, "list", "ana", "--columns", "cost", "--format", "csv", "--scenario", "dear",
              "--store", store(), NULL);
    assert_string_equal(ran.out, "cost\n300\n");
    ran_release(&ran);
    DO("scenario", "use", "dear");
    ran =
        run(NULL, "list", "ana", "--columns", "cost", "--format", "csv", "--store", store(), NULL);
    assert_string_equal(ran.out, "cost\n300\n");
    ran_release(&ran);
}

static void a_scenario_goes_out_and_comes_back(void **state)
{
    (void)state;
    DO("plan", "add", "ana", "--posts", "3", "--fee", "99.50", "--as", "story");
    DO("plan", "add", "ben", "--posts", "0", "--fee", "250");
    DO("scenario", "set", "budget=5000", "currency=USD", "channel.1.name=none");
    char file[300];
    snprintf(file, sizeof file, "%s", at_home("mine.yaml"));
    DO("scenario", "export", file);
    REFUSED(1, "mine.yaml", "scenario", "export", file); /* it is there already */
    DO("scenario", "export", file, "--force");
    DO("scenario", "import", file, "--scenario", "again");
    expect("SELECT a.key, a.value FROM knob a WHERE scenario='default' EXCEPT"
           " SELECT key, value FROM knob WHERE scenario='again'",
           "");
    expect("SELECT platform, key, deliverables, format, fee FROM plan WHERE scenario='again'",
           "instagram|ana|3|story|9950\ninstagram|ben|0||25000");
    struct ran ran = run(NULL, "scenario", "export", "--store", store(), NULL);
    char *text = read_file(file, NULL);
    assert_string_equal(ran.out, text);
    free(text);
    ran_release(&ran);
}

static void a_file_made_by_hand_is_imported(void **state)
{
    (void)state;
    char file[300];
    snprintf(file, sizeof file, "%s", at_home("hand made.yaml"));
    write_file(file, "assumptions: {budget: 2.5k}\n"
                     "plan:\n"
                     "  - {platform: instagram, handle: '@Ana', deliverables: 2}\n"
                     "  - {platform: tiktok, handle: nobody}\n");
    struct ran ran = run(NULL, "scenario", "import", file, "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "scenario 'hand made' is in the store, with 2 creators in its plan");
    assert_says(ran.err, "of 1 of them the store knows nothing yet");
    ran_release(&ran);
    REFUSED(1, "there is a scenario 'hand made' already: --force replaces it", "scenario", "import",
            file);
    write_file(file, "name: HAND MADE\nplan: []\n");
    DO("scenario", "import", file, "--force");
    expect("SELECT count(*) FROM plan", "0");
    assert_string_equal(names(), "default,1,EUR,10000,0,0\nhand made,0,EUR,10000,0,0\n");
    run_expect(0, "name: piped\n", "scenario", "import", "-", "--store", store(), NULL);
    assert_says(names(), "\npiped,");
}

static void mistakes_in_a_file_have_their_place(void **state)
{
    (void)state;
    char file[300];
    snprintf(file, sizeof file, "%s", at_home("wrong.yaml"));
    write_file(file, "name: wrong\nassumptions:\n  avo: 80\n");
    REFUSED(1, "wrong.yaml:3:3: no assumption 'avo': did you mean 'aov'?", "scenario", "import",
            file);
    write_file(file, "name: [wrong\n");
    REFUSED(1, "wrong.yaml:2:1: ", "scenario", "import", file);
    REFUSED(1, "nowhere.yaml", "scenario", "import", at_home("nowhere.yaml"));
    assert_string_equal(names(), "default,1,EUR,10000,0,0\n");
}

static void wrong_use_is_told(void **state)
{
    (void)state;
    REFUSED(2, "'scenario' cannot 'shwo': did you mean 'show'?", "scenario", "shwo");
    REFUSED(2, "scenario rename takes two names: microscope scenario rename FROM TO", "scenario",
            "rename", "a");
    REFUSED(2, "'scenario set' takes no option '--format'", "scenario", "set", "aov=1", "--format",
            "json");
    struct ran ran = run(NULL, "help", "scenario", NULL);
    assert_says(ran.out, "set KEY=VALUE...");
    assert_says(ran.out, "import FILE");
    ran_release(&ran);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, import_creators, home_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(what_is_set_is_kept_and_told),
        CASE(one_that_is_wrong_leaves_all_as_they_are),
        CASE(a_preset_sets_several),
        CASE(scenarios_are_made_copied_renamed_used_and_deleted),
        CASE(the_one_in_use_or_named_is_what_commands_work_with),
        CASE(a_scenario_goes_out_and_comes_back),
        CASE(a_file_made_by_hand_is_imported),
        CASE(mistakes_in_a_file_have_their_place),
        CASE(wrong_use_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
