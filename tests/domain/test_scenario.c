#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/knob.h"
#include "plain_compare.h"

static size_t find(const char *key)
{
    size_t parameter;
    if (!parameter_find(text_of(key), &parameter))
        fail_msg("no parameter '%s'", key);
    return parameter;
}

/* The glossary's defaults; the keys are kept in stores. */
static void defaults_are_those_of_the_glossary(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double value;
    } defaults[] = {
        {"budget", 10000},
        {"aov", 80},
        {"margin", 0.5},
        {"commission", 0},
        {"incremental", 1},
        {"cvr", 0.025},
        {"ctr_feed", 0.04},
        {"ctr_story", 0.04},
        {"ctr_reel", 0.04},
        {"ctr_tiktok_video", 0.04},
        {"ctr_youtube_video", 0.04},
        {"ctr_short", 0.04},
        {"ctr_stream", 0.04},
        {"ctr_x_post", 0.04},
        {"ctr_facebook_post", 0.04},
        {"ctr_linkedin_post", 0.04},
        {"ctr_pin", 0.04},
        {"unique_reel", 0.75},
        {"unique_tiktok_video", 0.68},
        {"unique_youtube_video", 0.75},
        {"unique_short", 0.75},
        {"unique_stream", 0.75},
        {"reach_feed_3k", 0.30},
        {"reach_feed_30k", 0.22},
        {"reach_feed_300k", 0.15},
        {"reach_feed_3m", 0.08},
        {"reach_story_3k", 0.09},
        {"reach_story_30k", 0.055},
        {"reach_story_300k", 0.045},
        {"reach_story_3m", 0.04},
        {"reach_x_post", 0.10},
        {"reach_facebook_post", 0.06},
        {"reach_linkedin_post", 0.06},
        {"reach_pin", 0.05},
        {"headroom", 4},
        {"epsilon", 0.5},
        {"clamp_low", 0.5},
        {"clamp_high", 2},
        {"typical_credibility", 0.8},
        {"spread_reach", 0.35},
        {"spread_reach_views", 0.6},
        {"spread_ctr", 0.6},
        {"spread_cvr", 0.4},
        {"spread_fee", 0.7},
        {"own_reach", 1},
        {"own_ctr", 0.5},
        {"own_cvr", 0},
        {"creator_cost", 30},
        {"other_share", 0},
        {"discount", 0},
        {"fulfilment", 0.8},
        {"deliverables", 1},
        {"fill", 0},
        {"fill_cap", 6},
        {"estimate_follower", 100},
        {"estimate_views", 20},
        {"estimate_views_tiktok", 10},
        {"universe", NAN},
        {"value_impression", NAN},
        {"value_like", NAN},
        {"value_comment", NAN},
        {"value_share", NAN},
        {"value_save", NAN},
    };
    assert_int_equal(parameter_count, COUNT_OF(defaults));
    struct scenario scenario;
    scenario_init(&scenario);
    for (size_t i = 0; i < COUNT_OF(defaults); i++)
        if (!plain_equal(scenario_get(&scenario, find(defaults[i].key)), defaults[i].value, 0))
            fail_msg("'%s' is %g", defaults[i].key, scenario_get(&scenario, find(defaults[i].key)));
    assert_string_equal(scenario.name, "default");
    assert_string_equal(currencies[scenario.currency].code, "EUR");
    assert_true(!scenario_touched(&scenario) && scenario.rate_count == 0);
}

static void every_format_has_what_it_needs(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    for (int format = FORMAT_NONE + 1; format < FORMAT_COUNT; format++) {
        assert_true(scenario.ctr[format] == 0.04);
        assert_true((scenario.unique_share[format] > 0) == formats[format].by_views);
        assert_true((scenario.reach[format].count > 0) == !formats[format].by_views);
    }
}

static void parameters_are_whole_and_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < parameter_count; i++) {
        const struct parameter_row *row = &parameters[i];
        assert_true(row->key[0] && row->title[0] && row->help[0] && row->source[0]);
        assert_true(strlen(row->title) <= 24);
        assert_true(isnan(row->standard) ||
                    (row->least <= row->standard && row->standard <= row->most));
        assert_true(row->least < row->most);
        assert_int_equal(parameter_at(row->offset), i);
        assert_int_equal(find(row->key), i);
    }
    size_t parameter;
    assert_true(parameter_find(TEXT("AOV"), &parameter) && parameter == find("aov"));
    assert_false(parameter_find(TEXT("ao"), &parameter));
    assert_int_equal(parameter_at(offsetof(struct scenario, name)), parameter_count);
}

static void a_set_parameter_is_the_users(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    size_t aov = find("aov"), unique = find("unique_tiktok_video");
    assert_true(scenario_assumes(&scenario, offsetof(struct scenario, aov)));
    assert_false(scenario_assumes(&scenario, parameters[unique].offset)); /* has a source */
    uint64_t revision = scenario.revision;
    assert_true(scenario_set(&scenario, aov, 65.5, NULL));
    assert_true(scenario.aov == 65.5);
    assert_true(scenario.revision != revision);
    assert_false(scenario_assumes(&scenario, offsetof(struct scenario, aov)));
    assert_true(scenario_assumes(&scenario, offsetof(struct scenario, cvr)));
    revision = scenario.revision;
    scenario_reset(&scenario, aov);
    assert_true(scenario.aov == 80 && scenario.revision != revision);
    assert_true(scenario_assumes(&scenario, offsetof(struct scenario, aov)));
}

static void a_reach_rate_moves_its_stretch_of_the_curve(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    const struct reach_curve *feed = &scenario.reach[FORMAT_FEED];
    assert_true(reach_curve_at(feed, 30e3) == 0.22 && reach_curve_at(feed, 3e3) == 0.30);
    assert_true(scenario_set(&scenario, find("reach_feed_30k"), 0.10, NULL));
    assert_true(reach_curve_at(feed, 30e3) == 0.10 && reach_curve_at(feed, 3e3) == 0.30);
    assert_true(fabs(reach_curve_at(feed, sqrt(3e3 * 30e3)) - 0.20) < 1e-12); /* half way in log */
    assert_true(reach_curve_at(feed, 3e5) == 0.15);
    scenario_reset(&scenario, find("reach_feed_30k"));
    assert_true(reach_curve_at(feed, 30e3) == 0.22);
}

static void values_outside_the_limits_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double value;
        const char *message;
    } cases[] = {
        {"cvr", 1.5, "'cvr' must be from 0 to 1"},
        {"cvr", -0.01, "'cvr' must be from 0 to 1"},
        {"budget", NAN, "'budget' must be from 0 to 1000000000000"},
        {"budget", INFINITY, "'budget' must be from 0 to 1000000000000"},
        {"deliverables", 1.5, "'deliverables' must be a whole number from 1 to 1000"},
        {"deliverables", 0, "'deliverables' must be from 1 to 1000"},
        {"fill", 0.5, "'fill' must be a whole number from 0 to 1"},
    };
    struct scenario scenario;
    scenario_init(&scenario);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t parameter = find(cases[i].key);
        double before = scenario_get(&scenario, parameter);
        struct err err;
        assert_false(scenario_set(&scenario, parameter, cases[i].value, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_true(scenario_get(&scenario, parameter) == before);
    }
    assert_true(!scenario_touched(&scenario) && scenario.revision == 0);
    assert_true(scenario_set(&scenario, find("cvr"), 1, NULL));
    assert_true(scenario_set(&scenario, find("cvr"), 0, NULL));
}

/* The preset of 2019 is a table of steps. */
static void reach_may_be_steps(void **state)
{
    (void)state;
    struct reach_curve feed = {
        .steps = true, .count = 3, .from = {0, 2e4, 1e6}, .rate = {0.377, 0.229, 0.191}};
    assert_true(reach_curve_at(&feed, 0) == 0.377);
    assert_true(reach_curve_at(&feed, 19999) == 0.377);
    assert_true(reach_curve_at(&feed, 20000) == 0.229);
    assert_true(reach_curve_at(&feed, 999999) == 0.229);
    assert_true(reach_curve_at(&feed, 1e6) == 0.191);
    assert_true(isnan(reach_curve_at(&feed, NAN)));
    feed.rate[0] = 1.7;
    assert_true(reach_curve_at(&feed, 5) == 1);
    assert_true(isnan(reach_curve_at(&(struct reach_curve){0}, 5)));
}

static void money_of_other_currencies(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    unsigned dollar = currency_from_code(TEXT("USD")), pound = currency_from_code(TEXT("GBP"));
    scenario.rates[scenario.rate_count++] = (struct exchange_rate){dollar, 0.92, 0};
    assert_true(scenario_rate(&scenario, CURRENCY_NONE) == 1);
    assert_true(scenario_rate(&scenario, scenario.currency) == 1);
    assert_true(scenario_rate(&scenario, dollar) == 0.92);
    assert_true(isnan(scenario_rate(&scenario, pound)));
}

static void channels_by_funnel_by_measure_or_not_at_all(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    /* 1000 / 10 x 1.2% x 2% x 80 x 0.5 - 1 */
    assert_true(plain_equal(channel_roi(&scenario, &scenario.channels[0]), -0.04, 1));
    struct channel measured = {"tv", NAN, NAN, NAN, .incremental = 0.5, .roas = 3};
    assert_true(plain_equal(channel_roi(&scenario, &measured), 3 * 0.5 * 0.5 - 1, 0));
    assert_string_equal(scenario.channels[2].name, "connected TV");
    assert_true(scenario.channels[2].cpm == 25);
    assert_true(isnan(channel_roi(&scenario, &scenario.channels[2])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_those_of_the_glossary),
        cmocka_unit_test(every_format_has_what_it_needs),
        cmocka_unit_test(parameters_are_whole_and_apart),
        cmocka_unit_test(a_set_parameter_is_the_users),
        cmocka_unit_test(a_reach_rate_moves_its_stretch_of_the_curve),
        cmocka_unit_test(values_outside_the_limits_are_refused),
        cmocka_unit_test(reach_may_be_steps),
        cmocka_unit_test(money_of_other_currencies),
        cmocka_unit_test(channels_by_funnel_by_measure_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
