#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* plan fill: what is proposed, and what is kept of it. */

static const char *store(void)
{
    return at_home("fill.db");
}

static int import_sample(void **state)
{
    home_make(state);
    run_expect(0, NULL, "import", SAMPLE, "--store", store(), NULL);
    return 0;
}

static json_t *read_json(struct ran ran)
{
    json_error_t why;
    if (ran.status != 0)
        fail_msg("status %d: %s", ran.status, ran.err);
    json_t *read = json_loads(ran.out, 0, &why);
    if (!read)
        fail_msg("%s in %s", why.text, ran.out);
    ran_release(&ran);
    return read;
}

#define JSON(...)                                                                                  \
    read_json(run(NULL, "plan", __VA_ARGS__, "--format", "json", "--store", store(), NULL))

static double number(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (!value || !json_is_number(value))
        fail_msg("no number '%s'", key);
    return json_number_value(value);
}

static size_t planned(void)
{
    char *got = sql_text(store(), "SELECT count(*) FROM plan WHERE deliverables > 0");
    size_t count = strtoul(got, NULL, 10);
    free(got);
    return count;
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-6 * fmax(1, fabs(b));
}

/* The totals that `plan` tells are those that were proposed. */
static void expect_plan(const json_t *proposal, const char *budget)
{
    json_t *plan = JSON("show", "--budget", budget);
    const json_t *totals = json_object_get(plan, "totals");
    const json_t *then = json_object_get(proposal, "then");
    assert_true(near(number(totals, "cost"), number(then, "cost")));
    assert_true(near(number(totals, "profit"), number(then, "profit")));
    json_decref(plan);
}

static void what_is_proposed_is_kept(void **state)
{
    (void)state;
    json_t *dry = JSON("fill", "niche:beauty", "--budget", "5k", "--dry-run");
    assert_int_equal(planned(), 0);
    json_t *proposal = JSON("fill", "niche:beauty", "--budget", "5k");
    assert_true(json_equal(dry, proposal));
    const json_t *then = json_object_get(proposal, "then");
    assert_true(planned() > 1 && (double)planned() == number(then, "creators"));
    assert_true(json_is_true(json_object_get(proposal, "proven")));
    assert_true(number(then, "cost") <= 5000);
    assert_true(near(number(proposal, "left"), 5000 - number(then, "cost")));
    assert_true(number(proposal, "bound") >= number(then, "profit") - 1e-6);
    assert_true(number(proposal, "gap") < 1e-4);
    expect_plan(proposal, "5k");
    double kept = number(then, "profit");
    json_decref(dry);
    json_decref(proposal);

    /* With more money all that is there stays; with leave to change it may only get better. */
    proposal = JSON("fill", "--budget", "9k", "--dry-run");
    double grown = number(json_object_get(proposal, "then"), "profit");
    assert_true(near(number(json_object_get(proposal, "now"), "profit"), kept));
    size_t at;
    json_t *change;
    json_array_foreach(json_object_get(proposal, "changes"), at, change)
        assert_true(number(change, "posts_after") > number(change, "posts_before"));
    json_decref(proposal);
    proposal = JSON("fill", "--budget", "9k", "--change");
    assert_true(grown > kept);
    assert_true(number(json_object_get(proposal, "then"), "profit") >= grown - 0.01);
    expect_plan(proposal, "9k");
    json_decref(proposal);
}

static void rules_and_limits_hold(void **state)
{
    (void)state;
    json_t *proposal = JSON("fill", "--budget", "6000", "--most", "2", "--known-fees", "--rules",
                            "at least 4 niche:food; none of platform:tiktok", "--change");
    size_t at;
    json_t *change;
    assert_true(json_array_size(json_object_get(proposal, "changes")) >= 4);
    json_array_foreach(json_object_get(proposal, "changes"), at, change)
    {
        assert_true(number(change, "posts_after") <= 2);
        if (number(change, "posts_after") > 0)
            assert_string_not_equal(json_string_value(json_object_get(change, "platform")),
                                    "tiktok");
    }
    json_decref(proposal);
    char *count = sql_text(store(), "SELECT count(*) FROM plan JOIN creator USING (platform, key) "
                                    "WHERE deliverables > 0 AND '|' || niche || '|' LIKE "
                                    "'%|food|%'");
    assert_true(strtoul(count, NULL, 10) >= 4);
    free(count);
}

static void people_read_it_and_programs_take_rows(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "plan", "fill", "--dry-run", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "proven best");
    assert_says(ran.out, " left: ");
    assert_says(ran.out, "nothing was changed");
    ran_release(&ran);
    ran = run(NULL, "plan", "fill", "--dry-run", "--format", "csv", "--store", store(), NULL);
    assert_int_equal(strncmp(ran.out, "platform,handle,posts_before,posts_after,cost,profit\n", 53),
                     0);
    ran_release(&ran);
}

#define REFUSED(code, says, ...)                                                                   \
    do {                                                                                           \
        struct ran refused = run(NULL, "plan", "fill", __VA_ARGS__, "--store", store(), NULL);     \
        assert_int_equal(refused.status, code);                                                    \
        assert_says(refused.err, says);                                                            \
        assert_int_equal(refused.out_length, 0);                                                   \
        ran_release(&refused);                                                                     \
    } while (0)

static void what_cannot_be_is_told(void **state)
{
    (void)state;
    size_t before = planned();
    REFUSED(2, "whole number from 1 to 60", "--most", "0");
    REFUSED(2, "not a rule: write", "--rules", "few niche:food");
    REFUSED(2, "did you mean 'food'", "--rules", "at least 2 niche:foot");
    REFUSED(2, "amount", "--budget", "lots");
    REFUSED(2, "did you mean", "nicje:food");
    REFUSED(1, "at least 5000 niche:food finds too few", "--rules", "at least 5000 niche:food");
    REFUSED(1, "what is kept costs", "--budget", "10");
    assert_int_equal(planned(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_proposed_is_kept),
        cmocka_unit_test(rules_and_limits_hold),
        cmocka_unit_test(people_read_it_and_programs_take_rows),
        cmocka_unit_test(what_cannot_be_is_told),
    };
    return cmocka_run_group_tests(tests, import_sample, home_remove);
}
