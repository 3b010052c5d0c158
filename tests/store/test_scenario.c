#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "random_knobs.h"
#include "store/own.h"
#include "store/scenario.h"

static void note(void *self, struct text name)
{
    buf_addf(self, "%.*s|", (int)name.length, name.at);
}

static const char *names(struct store *store)
{
    static char seen[400];
    struct buf out = BUF_INIT;
    assert_true(store_scenarios(store, note, &out, NULL));
    snprintf(seen, sizeof seen, "%s", buf_string(&out));
    buf_release(&out);
    return seen;
}

static const char *in_use(struct store *store)
{
    static char seen[64];
    struct buf out = BUF_INIT;
    assert_true(store_scenario_in_use(store, &out, NULL));
    snprintf(seen, sizeof seen, "%s", buf_string(&out));
    buf_release(&out);
    return seen;
}

static void put(struct store *store, const char *name, const char *key, const char *value)
{
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct err err;
    scenario_init(&scenario);
    scenario_name_set(&scenario, text_of(name));
    if (key)
        assert_true(scenario_knob_set(&scenario, text_of(key), text_of(value), NULL));
    if (!store_scenario_put(store, &scenario, &entries, &err))
        fail_msg("%s", err.message);
}

static void a_store_of_before_has_its_scenarios(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);
    struct store_plan_row one = {PLATFORM_INSTAGRAM, TEXT("ada"), {3, FORMAT_REEL, 45000}};

    assert_string_equal(names(store), "default|");
    assert_string_equal(in_use(store), "default");
    assert_true(store_knob_set(store, TEXT("default"), TEXT("aov"), TEXT("65"), NULL));
    assert_true(store_plan_set(store, TEXT("other"), &one, NULL));
    assert_string_equal(names(store), "default|other|");
    store_close(store);
}

static void an_empty_one_is_there_in_the_order_they_came(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);

    put(store, "zebra", NULL, NULL);
    put(store, "ant", "cvr", "3%");
    put(store, "mid", NULL, NULL);
    put(store, "ant", NULL, NULL); /* again: it stays where it was */
    store_close(store);
    store = open_for(path, STORE_READ);
    assert_string_equal(names(store), "default|zebra|ant|mid|");
    store_close(store);
}

static void names_differ_in_more_than_case(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};
    struct buf name = BUF_INIT;
    struct err err;
    bool found;

    put(store, "Frühling", NULL, NULL);
    assert_true(store_scenario_find(store, TEXT("FRÜHLING"), &name, &found, NULL) && found);
    assert_string_equal(buf_string(&name), "Frühling");
    assert_true(store_scenario_find(store, TEXT("Winter"), &name, &found, NULL) && !found);
    scenario_init(&scenario);
    scenario_name_set(&scenario, TEXT("frühling"));
    assert_false(store_scenario_put(store, &scenario, &entries, &err));
    assert_string_equal(err.message, "there is a scenario 'Frühling' already");
    assert_false(store_scenario_rename(store, TEXT("default"), TEXT("FRÜHLING"), &err));
    assert_false(store_scenario_rename(store, TEXT("Frühling"), TEXT("a\nb"), &err));
    assert_true(store_scenario_rename(store, TEXT("Frühling"), TEXT("frühling"), &err));
    assert_string_equal(names(store), "default|frühling|");
    buf_release(&name);
    store_close(store);
}

static void the_one_in_use_follows_its_name(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);

    put(store, "a", "aov", "1");
    put(store, "b", "aov", "2");
    assert_true(store_scenario_use(store, TEXT("a"), NULL));
    assert_true(store_scenario_rename(store, TEXT("a"), TEXT("c"), NULL));
    assert_string_equal(in_use(store), "c");
    assert_string_equal(names(store), "c|b|");
    assert_true(store_scenario_drop(store, TEXT("c"), NULL));
    assert_string_equal(in_use(store), "b");
    assert_string_equal(names(store), "b|");
    put(store, "default", NULL, NULL);
    assert_true(store_scenario_drop(store, TEXT("b"), NULL));
    assert_string_equal(in_use(store), "default");
    assert_true(store_scenario_drop(store, TEXT("default"), NULL));
    assert_string_equal(names(store), "default|"); /* one there is always */
    store_close(store);
}

static void one_is_replaced_and_dropped_whole_and_others_stay(void **state)
{
    const char *path = in_folder(state, "a.db");
    struct store *store = open_for(path, STORE_EXPLORE);
    struct store_plan_row one = {PLATFORM_INSTAGRAM, TEXT("ada"), {3, FORMAT_REEL, 45000}};

    put(store, "a", "aov", "1");
    put(store, "b", "cvr", "1%");
    assert_true(store_plan_set(store, TEXT("a"), &one, NULL));
    put(store, "a", "margin", "40%");
    assert_string_equal(oracle(path, "SELECT group_concat(scenario||key||value) FROM knob"),
                        "amargin0.4,bcvr0.01");
    assert_string_equal(oracle(path, "SELECT count(*) FROM plan"), "0");
    assert_true(store_scenario_drop(store, TEXT("a"), NULL));
    assert_string_equal(names(store), "default|b|");
    assert_string_equal(oracle(path, "SELECT group_concat(scenario||key||value) FROM knob"),
                        "bcvr0.01");
    store_close(store);
}

static void what_another_version_wrote_is_left_out(void **state)
{
    struct store *store = open_for(in_folder(state, "a.db"), STORE_EXPLORE);
    struct scenario scenario;
    struct plan_entries entries = {.count = 0};

    assert_true(store_knob_set(store, TEXT("default"), TEXT("warp"), TEXT("9"), NULL));
    assert_true(store_knob_set(store, TEXT("default"), TEXT("cvr"), TEXT("9"), NULL));
    assert_true(store_knob_set(store, TEXT("default"), TEXT("aov"), TEXT("9"), NULL));
    assert_true(store_scenario_get(store, TEXT("default"), &scenario, &entries, NULL));
    assert_true(scenario.aov == 9 && scenario.cvr == 0.025);
    store_close(store);
}

static void any_scenario_comes_back(void **state)
{
    const char *path = in_folder(state, "a.db"), *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    struct store *store = open_for(path, STORE_EXPLORE);
    struct scenario scenario, again;
    struct plan_entries entries = {.count = 0}, same = {.count = 0};
    struct random random;

    printf("TEST_SEED=%llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    for (int i = 0; i < 60; i++) {
        struct buf packed = BUF_INIT, twice = BUF_INIT;
        struct err err;
        random_scenario(&random, &scenario, &entries, 12);
        assert_true(store_begin(store, &err));
        if (!store_scenario_put(store, &scenario, &entries, &err))
            fail_msg("%s", err.message);
        assert_true(store_end(store, true, &err));
        assert_true(store_scenario_get(store, text_of(scenario.name), &again, &same, &err));
        scenario_pack(&scenario, &entries, &packed);
        scenario_pack(&again, &same, &twice);
        assert_string_equal(buf_string(&twice), buf_string(&packed));
        buf_release(&packed);
        buf_release(&twice);
    }
    plan_entries_release(&entries);
    plan_entries_release(&same);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_store_of_before_has_its_scenarios, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(an_empty_one_is_there_in_the_order_they_came, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(names_differ_in_more_than_case, folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(the_one_in_use_follows_its_name, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(one_is_replaced_and_dropped_whole_and_others_stay,
                                        folder_make, folder_remove),
        cmocka_unit_test_setup_teardown(what_another_version_wrote_is_left_out, folder_make,
                                        folder_remove),
        cmocka_unit_test_setup_teardown(any_scenario_comes_back, folder_make, folder_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
