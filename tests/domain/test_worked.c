/* Every figure of the worked examples (computed elsewhere in 50-digit decimals) to 1e-9. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "domain/authenticity.h"
#include "domain/goal.h"
#include "domain/total.h"
#include "plain_compare.h"

static json_t *examples;

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value) && strcmp(json_string_value(value), "never") == 0)
        return INFINITY;
    return json_is_number(value) ? json_number_value(value) : NAN;
}

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value ? value : "";
}

static enum format format_of(const json_t *inputs)
{
    enum platform platform;
    enum format format;
    assert_true(platform_from_word(text_of(word(inputs, "platform")), &platform));
    assert_true(format_from_word(text_of(word(inputs, "format")), platform, &format));
    return format;
}

/* One example, ready to be forecast. */
struct worked {
    const json_t *figures;
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct assumptions assumptions;
    struct forecast_case as;
};

struct input {
    const char *key;
    size_t offset; /* in struct scenario */
};

static const struct input inputs_of[] = {
    {"headroom", offsetof(struct scenario, headroom)},
    {"cvr", offsetof(struct scenario, cvr)},
    {"aov", offsetof(struct scenario, aov)},
    {"margin", offsetof(struct scenario, margin)},
    {"commission", offsetof(struct scenario, commission)},
    {"epsilon", offsetof(struct scenario, epsilon)},
    {"clamp_lo", offsetof(struct scenario, clamp_low)},
    {"clamp_hi", offsetof(struct scenario, clamp_high)},
    {"typical_credibility", offsetof(struct scenario, typical_credibility)},
    {"per_creator_cost", offsetof(struct scenario, creator_cost)},
    {"other_share", offsetof(struct scenario, other_share)},
    {"discount", offsetof(struct scenario, discount)},
    {"fulfilment_gifted", offsetof(struct scenario, fulfilment)},
    {"incremental", offsetof(struct scenario, incremental)},
    {"s_reach", offsetof(struct scenario, spread_reach)},
    {"s_reach", offsetof(struct scenario, spread_reach_views)},
    {"s_ctr", offsetof(struct scenario, spread_ctr)},
    {"s_cvr", offsetof(struct scenario, spread_cvr)},
    {"base_cpm", offsetof(struct scenario, channels[0].cpm)},
    {"base_ctr", offsetof(struct scenario, channels[0].ctr)},
    {"base_cvr", offsetof(struct scenario, channels[0].cvr)},
};

static void set_scenario(struct scenario *scenario, const json_t *values)
{
    for (size_t i = 0; i < COUNT_OF(inputs_of); i++)
        if (json_object_get(values, inputs_of[i].key))
            *(double *)((char *)scenario + inputs_of[i].offset) = number(values, inputs_of[i].key);
    if (json_object_get(values, "ctr"))
        for (size_t i = 0; i < FORMAT_COUNT; i++)
            scenario->ctr[i] = number(values, "ctr");
}

static void worked_init(struct worked *worked, const char *id)
{
    *worked = (struct worked){0};
    const json_t *example, *inputs = NULL;
    size_t i;
    json_array_foreach(json_object_get(examples, "examples"), i, example)
    {
        if (strcmp(word(example, "id"), id) == 0) {
            inputs = json_object_get(example, "inputs");
            worked->figures = json_object_get(example, "figures");
        }
    }
    assert_non_null(inputs);
    struct plain_creator creator = {
        .platform = word(inputs, "platform"),
        .followers = number(inputs, "followers"),
        .credibility = number(inputs, "credibility"),
        .audience_market = NAN,
        .likes = number(inputs, "likes"),
        .comments = number(inputs, "comments"),
        .shares = number(inputs, "shares"),
        .saves = number(inputs, "saves"),
        .views = number(inputs, "views"),
        .reach_post = number(inputs, "reach_post"),
        .er_stated = number(inputs, "er_stated"),
        .er_stated_basis = word(inputs, "er_stated_basis"),
        .fee = NAN,
    };
    plain_world_init(&worked->world, &creator, 1);
    peers_init(&worked->peers);
    scenario_init(&worked->scenario);
    set_scenario(&worked->scenario, inputs);
    worked->as = (struct forecast_case){
        .format = format_of(inputs),
        .deliverables = number(inputs, "n"),
        .fee = number(inputs, "fee"),
        .er_expected = number(inputs, "er_expected"),
    };
    worked->scenario.unique_share[worked->as.format] = number(inputs, "unique_share");
    worked->scenario.reach[worked->as.format] =
        (struct reach_curve){.count = 1, .rate = {number(inputs, "reach_rate")}};
    worked->assumptions = (struct assumptions){
        .scenario = &worked->scenario, .peers = &worked->peers, .money_left = NAN};
}

static void worked_release(struct worked *worked)
{
    plain_world_release(&worked->world);
}

static struct figures worked_figures(const struct worked *worked)
{
    struct figures figures;
    forecast_as(&worked->world.facts, &worked->assumptions, 0, &worked->as, &figures);
    return figures;
}

struct figure {
    const char *key;
    size_t offset;
};

static const struct figure figures_of[] = {
    {"er", offsetof(struct figures, er)},
    {"er_index", offsetof(struct figures, er_index)},
    {"credible_followers", offsetof(struct figures, credible_followers)},
    {"reach_one", offsetof(struct figures, reach_one)},
    {"audience", offsetof(struct figures, audience)},
    {"reach", offsetof(struct figures, reach)},
    {"impressions", offsetof(struct figures, impressions)},
    {"engagements", offsetof(struct figures, engagements)},
    {"response_factor", offsetof(struct figures, response_factor)},
    {"clicks", offsetof(struct figures, clicks)},
    {"orders", offsetof(struct figures, orders)},
    {"revenue", offsetof(struct figures, revenue)},
    {"commission_due", offsetof(struct figures, commission)},
    {"contribution", offsetof(struct figures, contribution)},
    {"cost", offsetof(struct figures, cost)},
    {"profit", offsetof(struct figures, profit)},
    {"roi", offsetof(struct figures, roi)},
    {"roi_p10", offsetof(struct figures, roi_p10)},
    {"roi_p50", offsetof(struct figures, roi_p50)},
    {"roi_p90", offsetof(struct figures, roi_p90)},
    {"revenue_per_follower", offsetof(struct figures, revenue_per_follower)},
    {"roas", offsetof(struct figures, roas)},
    {"cpm", offsetof(struct figures, cpm)},
    {"cpr", offsetof(struct figures, cpr)},
    {"cpe", offsetof(struct figures, cpe)},
    {"cpc", offsetof(struct figures, cpc)},
    {"cpa", offsetof(struct figures, cpa)},
    {"breakeven_fee", offsetof(struct figures, breakeven_fee)},
    {"breakeven_cvr", offsetof(struct figures, breakeven_cvr)},
    {"breakeven_roas", offsetof(struct figures, breakeven_roas)},
    {"breakeven_orders", offsetof(struct figures, breakeven_orders)},
    {"baseline_roi", offsetof(struct figures, baseline_roi)},
    {"roi_vs_baseline", offsetof(struct figures, roi_vs_baseline)},
};

static void check_number(const char *who, const char *what, double got, double wanted)
{
    if (!plain_equal(got, wanted, 0))
        fail_msg("%s: %s is %.17g, should be %.17g", who, what, got, wanted);
}

static void check_figures(const char *id, const struct figures *figures, const json_t *wanted)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)wanted, key, value)
    {
        if (strcmp(key, "er_basis") == 0) {
            assert_string_equal(er_basis_words[figures->basis], word(wanted, key));
            continue;
        }
        size_t i = 0;
        while (i < COUNT_OF(figures_of) && strcmp(figures_of[i].key, key) != 0)
            i++;
        if (i == COUNT_OF(figures_of))
            fail_msg("nobody checks '%s'", key);
        check_number(id, key, *(const double *)((const char *)figures + figures_of[i].offset),
                     number(wanted, key));
    }
}

static void every_figure_of_every_example(void **state)
{
    (void)state;
    const json_t *example;
    size_t i;
    assert_int_equal(json_array_size(json_object_get(examples, "examples")), 12);
    json_array_foreach(json_object_get(examples, "examples"), i, example)
    {
        struct worked worked;
        worked_init(&worked, word(example, "id"));
        struct figures figures = worked_figures(&worked);
        check_figures(word(example, "id"), &figures, worked.figures);
        worked_release(&worked);
    }
}

static struct figures in_the_plan(const char *id)
{
    struct worked worked;
    worked_init(&worked, id);
    set_scenario(&worked.scenario, json_object_get(examples, "plan_scenario"));
    struct figures figures = worked_figures(&worked);
    worked_release(&worked);
    return figures;
}

static void the_rows_of_the_plan(void **state)
{
    (void)state;
    const char *id;
    json_t *row;
    json_object_foreach(json_object_get(examples, "plan_rows"), id, row)
    {
        struct figures figures = in_the_plan(id);
        check_figures(id, &figures, row);
    }
}

static void who_beats_whom(void **state)
{
    (void)state;
    const char *pair;
    json_t *chance;
    json_object_foreach(json_object_get(json_object_get(examples, "lookups"), "beats"), pair,
                        chance)
    {
        char a[8], b[8];
        assert_int_equal(sscanf(pair, "%7s over %7s", a, b), 2);
        struct figures first = in_the_plan(a), second = in_the_plan(b);
        check_number(pair, "the chance", forecast_chance(&first, &second),
                     json_number_value(chance));
    }
    struct figures known = in_the_plan("E01"), unknown = in_the_plan("E09");
    assert_true(isnan(forecast_chance(&known, &unknown)));
    assert_true(isnan(forecast_chance(&unknown, &known)));
}

struct total_figure {
    const char *key;
    size_t offset; /* of its double in struct totals */
};

static const struct total_figure totals_of[] = {
    {"clicks", offsetof(struct totals, clicks.value)},
    {"orders", offsetof(struct totals, orders.value)},
    {"revenue", offsetof(struct totals, revenue.value)},
    {"contribution", offsetof(struct totals, contribution.value)},
    {"impressions", offsetof(struct totals, impressions.value)},
    {"profit", offsetof(struct totals, profit.value)},
    {"roi", offsetof(struct totals, roi.value)},
    {"roas", offsetof(struct totals, roas.value)},
    {"universe", offsetof(struct totals, universe)},
    {"net_reach", offsetof(struct totals, net_reach.value)},
    {"net_reach_low", offsetof(struct totals, net_reach_low)},
    {"net_reach_high", offsetof(struct totals, net_reach_high)},
    {"frequency", offsetof(struct totals, frequency.value)},
    {"roi_p10", offsetof(struct totals, roi_p10)},
    {"roi_p90", offsetof(struct totals, roi_p90)},
    {"breakeven_cvr", offsetof(struct totals, breakeven_cvr.value)},
};

/* A plan of some examples; its cost is that of everybody whose cost is known, with the known revenue
 * or without. */
static void worked_totals(const json_t *wanted, struct totals *totals, struct scenario *scenario)
{
    scenario_init(scenario);
    set_scenario(scenario, json_object_get(examples, "plan_scenario"));
    if (json_object_get(wanted, "note") && strstr(word(wanted, "note"), "universe"))
        scenario->universe = number(wanted, "universe");
    const json_t *id;
    size_t i;
    totals_begin(totals);
    json_array_foreach(json_object_get(wanted, "of"), i, id)
    {
        struct figures figures = in_the_plan(json_string_value(id));
        totals_add(totals, &figures);
    }
    struct assumptions assumptions = {.scenario = scenario};
    totals_end(totals, &assumptions);
}

static void totals_of_plans(void **state)
{
    (void)state;
    const json_t *wanted, *id;
    size_t i, k;
    json_array_foreach(json_object_get(examples, "totals"), i, wanted)
    {
        struct totals totals;
        struct scenario scenario;
        totals_init(&totals);
        worked_totals(wanted, &totals, &scenario);
        for (size_t at = 0; at < COUNT_OF(totals_of); at++)
            check_number(word(wanted, "id"), totals_of[at].key,
                         *(const double *)((const char *)&totals + totals_of[at].offset),
                         number(wanted, totals_of[at].key));
        double cost = 0;
        json_array_foreach(json_object_get(wanted, "of"), k, id) cost += number(
            json_object_get(json_object_get(examples, "plan_rows"), json_string_value(id)), "cost");
        check_number(word(wanted, "id"), "cost", totals.cost.value, cost);
        assert_int_equal(totals.creators, json_array_size(json_object_get(wanted, "of")));
        assert_int_equal(totals.roi.known, json_array_size(json_object_get(wanted, "rows")));
        assert_int_equal(totals.net_reach.known, totals.roi.known);
        assert_int_equal(totals.cost.known, totals.creators);
        assert_int_equal(totals.universe_assumed, isnan(scenario.universe));
        totals_release(&totals);
    }
}

static void what_the_next_creator_adds(void **state)
{
    (void)state;
    const json_t *wanted = json_array_get(json_object_get(examples, "totals"), 1);
    struct totals totals;
    struct scenario scenario;
    totals_init(&totals);
    worked_totals(wanted, &totals, &scenario);
    struct assumptions assumptions = {.scenario = &scenario};
    struct figures next = in_the_plan("E05"), unknown = in_the_plan("E09");
    check_number("T2", "what E05 adds", totals_next_reach(&totals, &next, &assumptions),
                 number(wanted, "next_creator_E05_adds"));
    assert_true(isnan(totals_next_reach(&totals, &unknown, &assumptions)));
    /* Without a universe both lists are in that of the longer one. */
    scenario.universe = NAN;
    totals_end(&totals, &assumptions);
    double universe = totals.universe + 3 * next.audience;
    scenario.universe = universe;
    totals_end(&totals, &assumptions);
    double before = totals.net_reach.value;
    totals_add(&totals, &next);
    totals_end(&totals, &assumptions);
    double after = totals.net_reach.value;
    totals.count--;
    scenario.universe = NAN;
    check_number("T2", "what E05 adds, universe assumed",
                 totals_next_reach(&totals, &next, &assumptions), after - before);
    totals_release(&totals);
}

/* The page has exact answers; offered is what one would type. */
static void goals_of_an_example(void **state)
{
    (void)state;
    struct worked worked;
    worked_init(&worked, "E02");
    const char *goal;
    json_t *wanted;
    json_object_foreach(json_object_get(examples, "goal_seek_E02"), goal, wanted)
    {
        if (!json_is_object(wanted))
            continue;
        double out[GOAL_INPUTS];
        goal_seek(&worked.world.facts, &worked.assumptions, 0, &worked.as, COL_ROI,
                  strtod(goal, NULL), out);
        check_number(goal, "fee", out[GOAL_FEE], floor(number(wanted, "fee")));
        check_number(goal, "cvr", out[GOAL_CVR], ceil(number(wanted, "cvr") * 1e4) / 1e4);
        check_number(goal, "aov", out[GOAL_AOV], ceil(number(wanted, "aov") * 2) / 2);
        check_number(goal, "deliverables", out[GOAL_DELIVERABLES], number(wanted, "deliverables"));
        assert_true(isnan(out[GOAL_DISCOUNT])); /* that is of the whole plan */
    }
    worked_release(&worked);
}

/* The fee of E05 is what the rule of thumb gives: take it away and the range widens, by as much as
 * the page says (to the ten digits it has). */
static void an_estimated_fee_widens_the_range(void **state)
{
    (void)state;
    struct worked worked;
    worked_init(&worked, "E05");
    worked.as.fee = NAN;
    struct figures figures = worked_figures(&worked);
    assert_true(figures.marks & MARK_FEE_ESTIMATED);
    check_number("E05", "fee", figures.fee, 210);
    check_number("E05", "roi", figures.roi, number(worked.figures, "roi"));
    check_number("E05", "roi_p10", figures.roi_p10, -0.5271302920);
    check_number("E05", "roi_p50", figures.roi_p50, number(worked.figures, "roi_p50"));
    check_number("E05", "roi_p90", figures.roi_p90, 7.731837498);
    worked_release(&worked);
}

static void check_curve(const char *lookup, enum format format)
{
    struct scenario scenario;
    scenario_init(&scenario);
    const char *followers;
    json_t *rate;
    json_object_foreach(json_object_get(json_object_get(examples, "lookups"), lookup), followers,
                        rate)
    {
        check_number(lookup, followers,
                     reach_curve_at(&scenario.reach[format], strtod(followers, NULL)),
                     json_number_value(rate));
    }
}

static void reach_rates(void **state)
{
    (void)state;
    check_curve("reach_rate_feed", FORMAT_FEED);
    check_curve("reach_rate_story", FORMAT_STORY);
}

/* "paid_social" of the page is the channel "paid social"; margin 0.6 as in all examples. */
static void baseline_channels(void **state)
{
    (void)state;
    struct scenario scenario;
    scenario_init(&scenario);
    scenario.margin = 0.6;
    const json_t *wanted = json_object_get(json_object_get(examples, "lookups"), "baseline");
    check_number("baseline", "paid social", channel_roi(&scenario, &scenario.channels[0]),
                 number(wanted, "paid_social"));
    check_number("baseline", "display", channel_roi(&scenario, &scenario.channels[1]),
                 number(wanted, "display"));
    assert_string_equal(scenario.channels[0].name, "paid social");
    assert_string_equal(scenario.channels[1].name, "display");
}

static void estimated_fees(void **state)
{
    (void)state;
    const char *what;
    json_t *fee;
    json_object_foreach(json_object_get(json_object_get(examples, "lookups"), "estimated_fee"),
                        what, fee)
    {
        char platform[16], unit[16];
        double count;
        assert_int_equal(sscanf(what, "%15s %lf %15s", platform, &count, unit), 3);
        bool views = strcmp(unit, "views") == 0;
        struct plain_creator creator = {
            .platform = platform,
            .followers = views ? NAN : count,
            .views = views ? count : NAN,
            .credibility = NAN,
            .audience_market = NAN,
            .likes = NAN,
            .reach_post = NAN,
            .er_stated = NAN,
            .er_stated_basis = "",
            .fee = NAN,
        };
        struct plain_world world;
        struct scenario scenario;
        struct peers peers;
        struct figures figures;
        plain_world_init(&world, &creator, 1);
        scenario_init(&scenario);
        peers_init(&peers);
        struct assumptions assumptions = {.scenario = &scenario, .peers = &peers};
        forecast(&world.facts, &assumptions, 0, &figures);
        check_number(what, "fee", figures.fee, json_number_value(fee));
        assert_true(figures.marks & MARK_FEE_ESTIMATED);
        plain_world_release(&world);
    }
}

static void marks_of_the_signals(void **state)
{
    (void)state;
    static const char *const lookups[SIGNALS] = {
        [SIGNAL_CREDIBILITY] = "mark_credibility", [SIGNAL_ENGAGEMENT] = "mark_er_index",
        [SIGNAL_COMMENTS] = "mark_comment_ratio",  [SIGNAL_JUMP] = "mark_jump",
        [SIGNAL_FOLLOWING] = "mark_following",
    };
    for (int i = 0; i < SIGNALS; i++) {
        const json_t *all = json_object_get(json_object_get(examples, "lookups"), lookups[i]);
        const char *value;
        json_t *mark;
        assert_true(json_object_size(all) > 3);
        json_object_foreach((json_t *)all, value, mark)
        {
            double values[SIGNALS] = {NAN, NAN, NAN, NAN, NAN};
            struct authenticity one;
            values[i] = atof(value);
            authenticity_of(values, &one);
            check_number(lookups[i], value, one.marks[i], json_number_value(mark));
            check_number(lookups[i], "lowest", one.lowest, json_number_value(mark));
        }
    }
}

static double typed(const json_t *inputs, const char *key)
{
    const json_t *value = json_object_get(inputs, key);
    return json_is_string(value) ? atof(json_string_value(value)) : number(inputs, key);
}

static void scores_of_authenticity(void **state)
{
    (void)state;
    const json_t *all = json_object_get(json_object_get(examples, "lookups"), "authenticity");
    const json_t *example;
    size_t i;
    assert_true(json_array_size(all) > 3);
    json_array_foreach(all, i, example)
    {
        const json_t *inputs = json_object_get(example, "inputs");
        double values[SIGNALS] = {
            [SIGNAL_CREDIBILITY] = typed(inputs, "cred"),
            [SIGNAL_ENGAGEMENT] = typed(inputs, "idx"),
            [SIGNAL_COMMENTS] = typed(inputs, "ratio"),
            [SIGNAL_JUMP] = typed(inputs, "jump"),
            [SIGNAL_FOLLOWING] = typed(inputs, "following"),
        };
        struct authenticity one;
        authenticity_of(values, &one);
        check_number("authenticity", "score", one.score, number(example, "score"));
        check_number("authenticity", "confidence", one.confidence, number(example, "confidence"));
        check_number("authenticity", "lowest", one.lowest, number(example, "lowest"));
    }
}

int main(int count, char **words)
{
    json_error_t error;
    examples = count > 1 ? json_load_file(words[1], 0, &error) : NULL;
    if (!examples) {
        fprintf(stderr, "usage: %s worked-examples.json\n", words[0]);
        return 2;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_of_every_example),
        cmocka_unit_test(the_rows_of_the_plan),
        cmocka_unit_test(who_beats_whom),
        cmocka_unit_test(totals_of_plans),
        cmocka_unit_test(what_the_next_creator_adds),
        cmocka_unit_test(goals_of_an_example),
        cmocka_unit_test(an_estimated_fee_widens_the_range),
        cmocka_unit_test(reach_rates),
        cmocka_unit_test(baseline_channels),
        cmocka_unit_test(estimated_fees),
        cmocka_unit_test(marks_of_the_signals),
        cmocka_unit_test(scores_of_authenticity),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    json_decref(examples);
    return failed;
}
