#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/random.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/knob.h"
#include "random_knobs.h"

static bool set(struct scenario *scenario, const char *key, const char *value)
{
    struct err err = {.message = ""};
    bool ok = scenario_knob_set(scenario, text_of(key), text_of(value), &err);
    if (!ok && !err.message[0])
        fail_msg("'%s' to '%s': refused without a reason", key, value ? value : "its default");
    return ok;
}

static const char *refusal(const char *key, const char *value)
{
    static struct err err;
    struct scenario scenario, before;
    scenario_init(&scenario);
    before = scenario;
    assert_false(scenario_knob_set(&scenario, text_of(key), text_of(value), &err));
    assert_memory_equal(&scenario, &before, sizeof scenario);
    return err.message;
}

/* The text that is told, with '!' before it where it is the user's. */
static const char *told(const struct scenario *scenario, const char *key)
{
    static char text[128];
    struct buf value = BUF_INIT;
    bool own = scenario_knob_get(scenario, text_of(key), &value);
    assert_int_equal(own, scenario_own(scenario, text_of(key)));
    snprintf(text, sizeof text, "%s%s", own ? "!" : "", buf_string(&value));
    buf_release(&value);
    return text;
}

static void values_are_read_as_people_write_them_and_told_in_full(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *told;
    } cases[] = {
        {"cvr", "3%", "!0.03"},
        {"CVR", "0.1", "!0.1"},
        {"budget", "2.5k", "!2500"},
        {"fill", "on", "!1"},
        {"fill", "no", "!0"},
        {"other_share", "5", "!5"},
        {"margin", " 40% ", "!0.4"},
        {"universe", "12 million", "!12000000"},
        {"universe", "none", "!none"},
        {"value_like", "0.05", "!0.05"},
        {"currency", "usd", "!USD"},
        {"reach_rates", "Reach-2019", "!reach-2019"},
        {"channel.1.name", "Radio", "!Radio"},
        {"channel.1.name", "", "!"},
        {"channel.1.name", "none", "!"},
        {"channel.2.ctr", "1%", "!0.01"},
        {"channel.8.roas", "3.1", "!3.1"},
        {"channel.1.cpm", "none", "!none"},
        {"rate.usd", "0.92", "!0.92"},
        {"rate.JPY", "0.0061 2026-11-23", "!0.0061 2026-11-23"},
        {"ctr", "5%", "!0.05"},
        {"ctr_story", "5%", "!0.05"},
        {"cvr", NULL, "0.025"},
        {"currency", NULL, "EUR"},
        {"universe", NULL, ""},
        {"rate.USD", NULL, ""},
        {"channel.2.name", NULL, "display"},
        {"channel.7.name", NULL, ""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scenario scenario;
        scenario_init(&scenario);
        uint64_t revision = scenario.revision;
        assert_true(set(&scenario, cases[i].key, cases[i].value));
        assert_string_equal(told(&scenario, cases[i].key), cases[i].told);
        assert_true(scenario.revision > revision);
        assert_int_equal(scenario_touched(&scenario), cases[i].value != NULL);
        assert_true(set(&scenario, cases[i].key, NULL));
        assert_false(scenario_touched(&scenario));
    }
}

static void what_is_no_such_value_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value, *message;
    } cases[] = {
        {"cvr", "150%", "'cvr' must be from 0 to 1"},
        {"cvr", "much", "'cvr' takes a share like 4% or 0.04"},
        {"cvr", "", "'cvr' takes a share like 4% or 0.04"},
        {"cvr", "none", "'cvr' takes a share like 4% or 0.04"},
        {"cvr", "3% or so", "'cvr' takes a share like 4% or 0.04"},
        {"budget", "10%", "'budget' takes an amount like 5000 or 2.5k"},
        {"ctr", "2", "'ctr_feed' must be from 0 to 1"},
        {"currency", "EURO", "'currency' takes a code like EUR"},
        {"reach_rates", "2019", "'reach_rates' takes reach-2024 or reach-2019"},
        {"channel.1.cpm", "-1", "'channel.1.cpm' must be from 0 to 1000000"},
        {"channel.1.incremental", "none", "'channel.1.incremental' takes a share like 4% or 0.04"},
        {"channel.1.name", "a\nb", "'channel.1.name' takes a name of up to 31 bytes"},
        {"channel.1.name", "12345678901234567890123456789012",
         "'channel.1.name' takes a name of up to 31 bytes"},
        {"rate.USD", "0.92 yesterday", "'rate.USD' takes a rate like 0.92 or 0.92 2026-11-23"},
        {"rate.USD", "0", "'rate.USD' must be from 1e-09 to 1000000000"},
        {"rate.XQX", "1", "no assumption 'rate.XQX'"},
        {"channel.9.cpm", "1", "no assumption 'channel.9.cpm': did you mean 'channel.1.cpm'?"},
        {"channel.3.cpn", "1", "no assumption 'channel.3.cpn': did you mean 'channel.3.cpm'?"},
        {"avo", "1", "no assumption 'avo': did you mean 'aov'?"},
        {"curency", "EUR", "no assumption 'curency': did you mean 'currency'?"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(refusal(cases[i].key, cases[i].value), cases[i].message);
}

static void a_group_is_its_members(void **state)
{
    (void)state;
    struct scenario scenario;
    struct knob group, members[KNOB_MEMBERS_MOST];
    scenario_init(&scenario);
    assert_true(knob_find(TEXT("ctr"), &group) && group.group);
    assert_int_equal(knob_members(&group, members, KNOB_MEMBERS_MOST), FORMAT_COUNT - 1);
    assert_string_equal(members[0].key, "ctr_feed");
    assert_true(scenario_knob_number(&scenario, TEXT("ctr")) == 0.04);
    assert_true(set(&scenario, "ctr_pin", "9%"));
    assert_true(isnan(scenario_knob_number(&scenario, TEXT("ctr"))));
    assert_string_equal(told(&scenario, "ctr"), "!");
    assert_true(set(&scenario, "ctr", "2%"));
    for (int format = FORMAT_NONE + 1; format < FORMAT_COUNT; format++)
        assert_true(scenario.ctr[format] == 0.02);
    assert_true(knob_find(TEXT("cvr"), &group) && !group.group);
    assert_int_equal(knob_members(&group, members, KNOB_MEMBERS_MOST), 1);
    assert_string_equal(members[0].key, "cvr");
}

static void the_table_of_2019_overrules_two_curves(void **state)
{
    (void)state;
    static const struct {
        enum format format;
        double followers, rate;
    } cases[] = {
        {FORMAT_FEED, 19999, 0.377}, {FORMAT_FEED, 20000, 0.229},  {FORMAT_FEED, 1e6, 0.191},
        {FORMAT_STORY, 5000, 0.082}, {FORMAT_STORY, 20000, 0.043}, {FORMAT_STORY, 1e5, 0.041},
        {FORMAT_STORY, 2e6, 0.038},  {FORMAT_X_POST, 5000, 0.10},
    };
    struct scenario scenario;
    scenario_init(&scenario);
    assert_true(set(&scenario, "reach_rates", "reach-2019"));
    assert_true(set(&scenario, "reach_feed_3k", "50%")); /* kept for when they are back */
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_true(reach_curve_at(scenario_reach(&scenario, cases[i].format),
                                   cases[i].followers) == cases[i].rate);
    struct knob knob;
    for (size_t at = 0; knob_next(&at, &scenario, &knob);)
        assert_null(strstr(knob.key, "reach_feed_"));
    assert_true(set(&scenario, "reach_rates", NULL));
    assert_true(reach_curve_at(scenario_reach(&scenario, FORMAT_FEED), 5) == 0.5);
}

static void the_first_channel_with_a_name_is_compared_with(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    assert_string_equal(scenario_baseline(&scenario)->name, "paid social");
    assert_true(set(&scenario, "channel.1.name", ""));
    assert_string_equal(scenario_baseline(&scenario)->name, "display");
    assert_true(set(&scenario, "channel.2.name", "") && set(&scenario, "channel.3.name", ""));
    assert_null(scenario_baseline(&scenario));
    assert_true(set(&scenario, "channel.8.name", "Radio"));
    assert_true(isnan(channel_roi(&scenario, scenario_baseline(&scenario))));
    assert_true(set(&scenario, "channel.8.roas", "3"));
    assert_true(channel_roi(&scenario, scenario_baseline(&scenario)) == 0.5);
}

static void rates_are_found_whatever_their_order(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    assert_true(set(&scenario, "rate.USD", "0.92") && set(&scenario, "rate.GBP", "1.15") &&
                set(&scenario, "rate.JPY", "0.006") && set(&scenario, "rate.GBP", "1.2"));
    assert_int_equal(scenario.rate_count, 3);
    assert_true(scenario_rate(&scenario, currency_from_code(TEXT("GBP"))) == 1.2);
    assert_true(set(&scenario, "rate.GBP", NULL));
    assert_int_equal(scenario.rate_count, 2);
    assert_true(isnan(scenario_rate(&scenario, currency_from_code(TEXT("GBP")))));
    assert_true(scenario_rate(&scenario, currency_from_code(TEXT("USD"))) == 0.92);
    assert_true(scenario_rate(&scenario, currency_from_code(TEXT("JPY"))) == 0.006);
    for (unsigned i = 1; i < currency_count && scenario.rate_count < SCENARIO_RATES; i++) {
        char key[16];
        snprintf(key, sizeof key, "rate.%s", currencies[i].code);
        assert_true(set(&scenario, key, "2"));
    }
    assert_false(set(&scenario, "rate.ZMW", "2"));
    assert_true(set(&scenario, "rate.USD", "3"));
}

/* Walked are those that can be turned, each once and under the key that finds it. */
static void the_walk_meets_every_knob_once(void **state)
{
    (void)state;
    struct scenario scenario;
    struct knob knob, found;
    char seen[256][KNOB_KEY_MOST];
    size_t count = 0;
    scenario_init(&scenario);
    set(&scenario, "rate.USD", "0.92");
    for (size_t at = 0; knob_next(&at, &scenario, &knob);) {
        assert_true(knob_find(text_of(knob.key), &found));
        assert_string_equal(found.key, knob.key);
        assert_true(knob.title[0] && knob.help[0] && knob.source[0] && knob_example(&knob)[0]);
        for (size_t i = 0; i < count; i++)
            assert_string_not_equal(seen[i], knob.key);
        memcpy(seen[count++], knob.key, sizeof knob.key);
    }
    /* currency, reach_rates, ctr; three channels and the name of a fourth; the rate */
    assert_int_equal(count, parameter_count + 3 + 3 * 6 + 1 + 1);
    assert_string_equal(seen[0], "budget");
    assert_string_equal(seen[1], "currency");
    assert_string_equal(seen[count - 2], "channel.4.name");
    assert_string_equal(seen[count - 1], "rate.USD");
}

static void presets_set_what_they_say(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    set(&scenario, "aov", "33");
    scenario_preset_apply(&scenario, scenario_preset_find(TEXT("Cautious")));
    assert_true(scenario.ctr[FORMAT_REEL] == 0.01 && scenario.cvr == 0.02);
    scenario_preset_apply(&scenario, scenario_preset_find(TEXT("field-study")));
    assert_true(scenario.ctr[FORMAT_PIN] == 0.10 && scenario.cvr == 0.05 && scenario.aov == 33);
    scenario_preset_apply(&scenario, scenario_preset_find(TEXT("default")));
    assert_true(scenario.ctr[FORMAT_PIN] == 0.04 && !scenario_own(&scenario, TEXT("ctr")));
    assert_true(scenario.aov == 33);
    assert_null(scenario_preset_find(TEXT("bold")));
}

static void names_that_cannot_be_shown_are_refused(void **state)
{
    (void)state;
    static const char *const good[] = {"a", "Spring 2027", "Frühling",
                                       "1234567890123456789012345678901234567890"};
    static const char *const bad[] = {
        "",
        " a",
        "a ",
        "a\nb",
        "\x1b[2J",
        "\xff",
        ("a\xe2\x80\xae"
         "b"),
        "12345678901234567890123456789012345678901",
    };
    for (size_t i = 0; i < COUNT_OF(good); i++)
        assert_true(scenario_name_allowed(text_of(good[i]), NULL));
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        assert_false(scenario_name_allowed(text_of(bad[i]), NULL));
}

/* random */

static void put(void *self, struct text key, struct text value)
{
    assert_true(scenario_knob_set(self, key, value, NULL));
}

/* What a scenario tells of itself makes the same one, whatever came before. */
static void expect_same_again(const struct scenario *scenario)
{
    struct scenario again;
    scenario_init(&again);
    scenario_knobs(scenario, put, &again);
    again.revision = scenario->revision;
    assert_memory_equal(&again, scenario, sizeof again);
}

static void random_edits_are_told_undone_and_done_again(void **state)
{
    (void)state;
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    printf("TEST_SEED=%llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    struct scenario scenario, fresh;
    static struct knob_change changes[2000];
    size_t count = 0;
    scenario_init(&scenario);
    while (count < COUNT_OF(changes)) {
        struct knob knob;
        char value[KNOB_VALUE_MOST];
        if (!random_knob(&random, &scenario, &knob) || knob.group)
            continue;
        random_knob_value(&random, &knob, value);
        knob_change_begin(&changes[count], &scenario, text_of(knob.key));
        bool reset = random_below(&random, 4) == 0;
        struct err err;
        if (!scenario_knob_set(&scenario, text_of(knob.key), text_of(reset ? NULL : value), &err)) {
            assert_int_equal(scenario.rate_count, SCENARIO_RATES);
            continue;
        }
        knob_change_end(&changes[count++], &scenario);
        if (count % 50 == 0)
            expect_same_again(&scenario);
    }
    struct scenario end = scenario;
    for (size_t i = count; i-- > 0;)
        knob_change_apply(&changes[i], &scenario, false);
    scenario_init(&fresh);
    fresh.revision = scenario.revision;
    assert_memory_equal(&scenario, &fresh, sizeof fresh);
    for (size_t i = 0; i < count; i++)
        knob_change_apply(&changes[i], &scenario, true);
    end.revision = scenario.revision;
    assert_memory_equal(&scenario, &end, sizeof end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read_as_people_write_them_and_told_in_full),
        cmocka_unit_test(what_is_no_such_value_is_refused_and_changes_nothing),
        cmocka_unit_test(a_group_is_its_members),
        cmocka_unit_test(the_table_of_2019_overrules_two_curves),
        cmocka_unit_test(the_first_channel_with_a_name_is_compared_with),
        cmocka_unit_test(rates_are_found_whatever_their_order),
        cmocka_unit_test(the_walk_meets_every_knob_once),
        cmocka_unit_test(presets_set_what_they_say),
        cmocka_unit_test(names_that_cannot_be_shown_are_refused),
        cmocka_unit_test(random_edits_are_told_undone_and_done_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
