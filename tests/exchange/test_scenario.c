#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/pack.h"
#include "exchange/yaml.h"
#include "random_knobs.h"

static bool read(const char *yaml, struct scenario *scenario, struct plan_entries *entries,
                 struct err *err)
{
    struct doc doc;
    *err = (struct err){.message = ""};
    bool ok =
        yaml_read(text_of(yaml), &doc, err) && scenario_from_doc(&doc, scenario, entries, err);
    doc_release(&doc);
    return ok;
}

static void a_file_says_everything(void **state)
{
    (void)state;
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct err err;
    scenario_init(&scenario);
    scenario.aov = 1; /* made anew */
    if (!read("# Ours.\n"
              "name: Spring 2027\n"
              "preset: cautious\n"
              "plan:\n"
              "  - {platform: instagram, handle: '@LenaSkin', deliverables: 2, format: reel, "
              "fee: 350.50}\n"
              "  - handle: https://www.tiktok.com/@emil.k?lang=de\n"
              "  - {platform: youtube, handle: kanal, deliverables: 0, fee: 1200}\n"
              "channels:\n"
              "  2: {name: ''}\n"
              "  4:\n"
              "    name: Radio\n"
              "    roas: 3.1\n"
              "rates:\n"
              "  usd: 0.92 2026-11-23\n"
              "assumptions:\n"
              "  currency: usd\n"
              "  cvr: 3%\n"
              "  deliverables: 3\n"
              "  fill: no\n"
              "  margin: ~\n"
              "  reach_rates: reach-2019\n",
              &scenario, &entries, &err))
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    struct buf packed = BUF_INIT;
    scenario_pack(&scenario, &entries, &packed);
    assert_string_equal(strchr(buf_string(&packed), '\n'), "\nknob currency USD\n"
                                                           "knob reach_rates reach-2019\n"
                                                           "knob cvr 0.03\n"
                                                           "knob ctr_feed 0.01\n"
                                                           "knob ctr_story 0.01\n"
                                                           "knob ctr_reel 0.01\n"
                                                           "knob ctr_tiktok_video 0.01\n"
                                                           "knob ctr_youtube_video 0.01\n"
                                                           "knob ctr_short 0.01\n"
                                                           "knob ctr_stream 0.01\n"
                                                           "knob ctr_x_post 0.01\n"
                                                           "knob ctr_facebook_post 0.01\n"
                                                           "knob ctr_linkedin_post 0.01\n"
                                                           "knob ctr_pin 0.01\n"
                                                           "knob deliverables 3\n"
                                                           "knob fill 0\n"
                                                           "knob channel.2.name \n"
                                                           "knob channel.4.name Radio\n"
                                                           "knob channel.4.roas 3.1\n"
                                                           "knob rate.USD 0.92 2026-11-23\n"
                                                           "plan instagram 2 reel 35050 lenaskin\n"
                                                           "plan tiktok 3 - - emil.k\n"
                                                           "plan youtube 0 - 120000 kanal\n");
    assert_string_equal(scenario.name, "Spring 2027");
    plan_entries_release(&entries);
    buf_release(&packed);
}

/* What the manual shows. */
static void the_example_is_read(void **state)
{
    (void)state;
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct err err;
    scenario_init(&scenario);
    if (!read(scenario_example, &scenario, &entries, &err))
        fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
    assert_string_equal(scenario.name, "spring");
    assert_true(scenario.budget == 12000 && scenario.aov == 89.5 && scenario.cvr == 0.03);
    assert_true(scenario.ctr[FORMAT_FEED] == 0.01);
    assert_true(scenario.channels[0].cpm == 12 && scenario.channels[3].roas == 1.8);
    assert_int_equal(entries.count, 2);
    assert_int_equal(entries.items[0].planned.deliverables, 1);
    assert_true(entries.items[1].planned.fee == 35000);
    plan_entries_release(&entries);
}

static void an_empty_file_is_the_default(void **state)
{
    (void)state;
    static const char *const files[] = {"", "# nothing\n", "plan:\nassumptions: ~\n", "plan: []\n"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct scenario scenario;
        struct plan_entries entries = {.count = 0};
        struct err err;
        scenario_init(&scenario);
        scenario_name_set(&scenario, TEXT("kept"));
        assert_true(read(files[i], &scenario, &entries, &err));
        assert_false(scenario_touched(&scenario));
        assert_string_equal(scenario.name, "kept");
        assert_int_equal(entries.count, 0);
    }
}

static void mistakes_have_a_place_and_a_way_out(void **state)
{
    (void)state;
    static const struct {
        const char *yaml;
        size_t line, column;
        const char *message;
    } cases[] = {
        {"- a\n", 1, 1, "this needs to be a map with name, assumptions and plan, not a list"},
        {"name: a\nassumption:\n  cvr: 1\n", 2, 1,
         "unknown key 'assumption': did you mean 'assumptions'?"},
        {"name: a\nbudget: 5000\n", 2, 1, "'budget' belongs under 'assumptions'"},
        {"assumptions:\n  cvr: 0.02\n  avo: 80\n", 3, 3,
         "no assumption 'avo': did you mean 'aov'?"},
        {"assumptions:\n  cvr: 300%\n", 2, 8, "'cvr' must be from 0 to 1"},
        {"assumptions:\n  cvr: [1]\n", 2, 8, "'cvr' needs a share like 4% or 0.04, not a list"},
        {"assumptions:\n  cvr: lots\n", 2, 8, "'cvr' takes a share like 4% or 0.04"},
        {"assumptions:\n  deliverables: 1.5\n", 2, 17,
         "'deliverables' must be a whole number from 1 to 1000"},
        {"assumptions:\n  cvr: 0.02\n  cvr: 0.03\n", 3, 3, "'cvr' is there twice, first in line 2"},
        {"name: \"a\\nb\"\n", 1, 7, "the name of a scenario has only characters that can be shown"},
        {"preset: cautius\n", 1, 9, "no preset 'cautius': did you mean 'cautious'?"},
        {"rates: {USD: much}\n", 1, 14, "'rate.USD' takes a rate like 0.92 or 0.92 2026-11-23"},
        {"rates:\n  Euros: 1\n", 2, 3, "no currency 'Euros'"},
        {"channels:\n  9: {name: x}\n", 2, 3, "channels are numbered from 1 to 8"},
        {"channels:\n  1: {cpn: 4}\n", 2, 7,
         "no assumption 'channel.1.cpn': did you mean 'channel.1.cpm'?"},
        {"channels: {1: 4}\n", 1, 15, "'1' needs a map: {name: radio, cpm: 4}, not '4'"},
        {"plan: {a: 1}\n", 1, 7, "'plan' needs a list of creators, not a map"},
        {"plan:\n  - lena\n", 2, 5,
         "this needs to be a creator: {platform: instagram, handle: somebody}, not 'lena'"},
        {"plan:\n  - {platform: instagram, handel: lena}\n", 2, 27,
         "unknown key 'handel': did you mean 'handle'?"},
        {"plan:\n  - {platform: instagram}\n", 2, 5, "a creator of the plan needs a handle"},
        {"plan:\n  - {handle: lena}\n", 2, 5, "a creator of the plan needs a platform"},
        {"plan:\n  - {platform: myspace, handle: tom}\n", 2, 16, "no platform 'myspace'"},
        {"plan:\n  - {platform: instagram, handle: lena, format: stream}\n", 2, 49,
         "instagram has no format 'stream', only feed, story, reel"},
        {"plan:\n  - {platform: other, handle: lena, format: reel}\n", 2, 45,
         "creators of platform 'other' have no format"},
        {"plan:\n  - {platform: x, handle: lena, deliverables: -1}\n", 2, 47,
         "'deliverables' must be a whole number from 0 to 65534"},
        {"plan:\n  - {platform: x, handle: lena, fee: 3.505}\n", 2, 38,
         "'fee' has more than the 2 decimals of EUR"},
        {"plan:\n  - {platform: x, handle: lena, fee: dear}\n", 2, 38,
         "'fee' needs a number, not 'dear'"},
        {"plan:\n  - {platform: x, handle: lena}\n  - {platform: x, handle: '@LENA'}\n", 3, 27,
         "'LENA' is in the plan twice"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scenario scenario, before;
        struct plan_entries entries = {.count = 0};
        struct err err;
        scenario_init(&scenario);
        before = scenario;
        assert_false(read(cases[i].yaml, &scenario, &entries, &err));
        assert_string_equal(err.message, cases[i].message);
        if (err.line != cases[i].line || err.column != cases[i].column)
            fail_msg("%zu:%zu: %s", err.line, err.column, err.message);
        assert_memory_equal(&scenario, &before, sizeof before);
    }
}

/* The channels and the plan of a file written by the program, as a person sees them. */
static void what_is_written_is_short(void **state)
{
    (void)state;
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct buf out = BUF_INIT;
    struct doc doc;
    struct err err;
    scenario_init(&scenario);
    assert_true(scenario_knob_set(&scenario, TEXT("currency"), TEXT("JPY"), NULL));
    assert_true(scenario_knob_set(&scenario, TEXT("channel.1.cpm"), TEXT("12"), NULL));
    assert_true(scenario_knob_set(&scenario, TEXT("rate.EUR"), TEXT("163.2"), NULL));
    plan_entries_add(&entries, PLATFORM_TIKTOK, TEXT("emil"),
                     &(struct planned){3, FORMAT_NONE, 500});
    scenario_to_doc(&scenario, &entries, &doc);
    assert_true(yaml_write(&doc, &out, &err));
    assert_string_equal(buf_string(&out),
                        "name: \"default\"\n"
                        "assumptions:\n"
                        "  currency: JPY\n"
                        "rates:\n"
                        "  EUR: 163.2\n"
                        "channels:\n"
                        "  1:\n"
                        "    cpm: 12\n"
                        "plan:\n"
                        "- {platform: tiktok, handle: \"emil\", deliverables: 3, fee: 500}\n");
    doc_release(&doc);
    buf_release(&out);
    plan_entries_release(&entries);
}

static void any_scenario_comes_back_from_its_file(void **state)
{
    (void)state;
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    printf("TEST_SEED=%llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    struct scenario scenario, again;
    struct plan_entries entries = {.count = 0}, same = {.count = 0};
    scenario_init(&again);
    for (int i = 0; i < 500; i++) {
        struct buf yaml = BUF_INIT, packed = BUF_INIT, twice = BUF_INIT;
        struct doc doc;
        struct err err;
        random_scenario(&random, &scenario, &entries, 12);
        scenario_to_doc(&scenario, &entries, &doc);
        if (!yaml_write(&doc, &yaml, &err))
            fail_msg("%s", err.message);
        doc_release(&doc);
        if (!read(buf_string(&yaml), &again, &same, &err))
            fail_msg("%zu:%zu: %s in\n%s", err.line, err.column, err.message, buf_string(&yaml));
        scenario_pack(&scenario, &entries, &packed);
        scenario_pack(&again, &same, &twice);
        assert_string_equal(buf_string(&twice), buf_string(&packed));
        buf_release(&yaml);
        buf_release(&packed);
        buf_release(&twice);
    }
    plan_entries_release(&entries);
    plan_entries_release(&same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_says_everything),
        cmocka_unit_test(the_example_is_read),
        cmocka_unit_test(an_empty_file_is_the_default),
        cmocka_unit_test(mistakes_have_a_place_and_a_way_out),
        cmocka_unit_test(what_is_written_is_short),
        cmocka_unit_test(any_scenario_comes_back_from_its_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
