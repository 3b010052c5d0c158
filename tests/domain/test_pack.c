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

#include "base/vec.h"
#include "domain/pack.h"
#include "random_knobs.h"

static void a_scenario_packs_as_lines(void **state)
{
    (void)state;
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct buf out = BUF_INIT;
    scenario_init(&scenario);
    scenario_name_set(&scenario, TEXT("spring"));
    assert_true(scenario_knob_set(&scenario, TEXT("cvr"), TEXT("3%"), NULL));
    assert_true(scenario_knob_set(&scenario, TEXT("rate.USD"), TEXT("0.92"), NULL));
    plan_entries_put(&entries, PLATFORM_INSTAGRAM, TEXT("lena"),
                     &(struct planned){2, FORMAT_REEL, 35000});
    plan_entries_put(&entries, PLATFORM_OTHER, TEXT("a b\n\\c"),
                     &(struct planned){1, FORMAT_NONE, NAN});
    scenario_pack(&scenario, &entries, &out);
    assert_string_equal(buf_string(&out), "scenario spring\n"
                                          "knob cvr 0.03\n"
                                          "knob rate.USD 0.92\n"
                                          "plan instagram 2 reel 35000 lena\n"
                                          "plan other 1 - - a b\\n\\\\c\n");
    plan_entries_release(&entries);
    buf_release(&out);
}

static void an_entry_that_says_nothing_is_taken_out(void **state)
{
    (void)state;
    struct plan_entries entries = {.count = 0};
    struct planned two = {2, FORMAT_NONE, NAN}, tried = {0, FORMAT_NONE, 500};
    struct planned nothing = planned_none();
    plan_entries_put(&entries, PLATFORM_X, TEXT("a"), &two);
    plan_entries_put(&entries, PLATFORM_TIKTOK, TEXT("a"), &two);
    plan_entries_put(&entries, PLATFORM_X, TEXT("b"), &nothing);
    assert_int_equal(entries.count, 2);
    plan_entries_put(&entries, PLATFORM_X, TEXT("a"), &tried);
    assert_true(plan_entries_find(&entries, PLATFORM_X, TEXT("a"))->planned.fee == 500);
    plan_entries_put(&entries, PLATFORM_X, TEXT("a"), &nothing);
    assert_null(plan_entries_find(&entries, PLATFORM_X, TEXT("a")));
    assert_non_null(plan_entries_find(&entries, PLATFORM_TIKTOK, TEXT("a")));
    plan_entries_release(&entries);
}

static void what_is_no_pack_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *packed, *message;
    } cases[] = {
        {"scenario a\nknob cvr 2\n", "line 2: 'cvr' must be from 0 to 1"},
        {"scenario \n", "line 1: a scenario needs a name, without blanks around it"},
        {"nonsense\n", "line 1: a line says what it is: scenario, knob or plan"},
        {"plan instagram 1 stream - lena\n", "line 1: no entry of a plan"},
        {"plan instagram 1.5 - - lena\n", "line 1: no entry of a plan"},
        {"plan instagram 70000 - - lena\n", "line 1: no entry of a plan"},
        {"plan instagram 1 - -5 lena\n", "line 1: no entry of a plan"},
        {"plan instagram 1\n", "line 1: no entry of a plan"},
        {"plan myspace 1 - - lena\n", "line 1: no entry of a plan"},
        {"knob\n", "line 1: no assumption ''"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scenario scenario, before;
        struct plan_entries entries = {.count = 0};
        struct err err;
        scenario_init(&scenario);
        before = scenario;
        plan_entries_add(&entries, PLATFORM_X, TEXT("a"), &(struct planned){1, FORMAT_NONE, NAN});
        assert_false(scenario_unpack(text_of(cases[i].packed), &scenario, &entries, &err));
        assert_string_equal(err.message, cases[i].message);
        assert_memory_equal(&scenario, &before, sizeof before);
        assert_int_equal(entries.count, 1);
        plan_entries_release(&entries);
    }
}

static void any_scenario_comes_back(void **state)
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
        struct buf packed = BUF_INIT, twice = BUF_INIT;
        struct err err;
        uint64_t revision = again.revision;
        random_scenario(&random, &scenario, &entries, 12);
        scenario_pack(&scenario, &entries, &packed);
        if (!scenario_unpack(buf_text(&packed), &again, &same, &err))
            fail_msg("%s in\n%s", err.message, buf_string(&packed));
        assert_true(again.revision > revision);
        scenario_pack(&again, &same, &twice);
        assert_string_equal(buf_string(&twice), buf_string(&packed));
        struct scenario compared = again;
        compared.revision = scenario.revision;
        assert_memory_equal(&compared, &scenario, sizeof scenario);
        assert_int_equal(same.count, entries.count);
        for (size_t k = 0; k < same.count; k++) {
            assert_true(planned_equal(&same.items[k].planned, &entries.items[k].planned));
            assert_true(text_equal(same.items[k].key, entries.items[k].key));
        }
        buf_release(&packed);
        buf_release(&twice);
    }
    plan_entries_release(&entries);
    plan_entries_release(&same);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_packs_as_lines),
        cmocka_unit_test(an_entry_that_says_nothing_is_taken_out),
        cmocka_unit_test(what_is_no_pack_is_refused_and_changes_nothing),
        cmocka_unit_test(any_scenario_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
