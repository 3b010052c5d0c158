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

/* Figures that can be done in the head: a feed post of 30,000 followers reaches 22 % of them. */
static const char creators[] =
    "handle,platform,followers,avg_likes,avg_comments,avg_views,fee,currency\n"
    "ana,instagram,30000,600,0,,100,EUR\n"
    "ben,instagram,30000,600,0,,300,EUR\n"
    "ana,tiktok,30000,600,0,10000,120,EUR\n"
    "dora,instagram,30000,600,0,,,\n";

static const char *store(void)
{
    return at_home("compare.db");
}

static int import_creators(void **state)
{
    home_make(state);
    run_expect(0, creators, "import", "-", "--store", store(), NULL);
    return 0;
}

static void people_see_rows_marks_and_reasons(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "compare", "instagram/ana", "@BEN", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "instagram/ana");
    assert_says(ran.out, "Fee EUR");
    assert_says(ran.out, "x3.00");  /* ben's fee against ana's */
    assert_says(ran.out, "100  <"); /* the lower fee is the best of its row */
    assert_says(ran.out, "8 in 10 between");
    /* 1 order per 1,000 of 6,600 reached brings 264; costs 130 and 330 */
    assert_says(ran.out, "Why ana beats ben: each EUR brings back");
    assert_says(ran.out, "2.54x being cheaper");
    assert_says(ran.out, "= 1.00x the people");
    assert_says(ran.out, "Chance that it really does:");
    assert_says(ran.out, "Most profit: ana");
    ran_release(&ran);
}

static void unlike_rates_are_flagged(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "compare", "instagram/ana", "tiktok/ana", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "! of followers");
    assert_says(ran.out, "! of views");
    assert_says(ran.out, "not compared");
    ran_release(&ran);
}

static void an_estimate_is_no_best(void **state)
{
    (void)state;
    json_error_t why;
    struct ran ran = run(NULL, "compare", "ben", "dora", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "~300");
    assert_says(ran.out, "our estimate");
    ran_release(&ran);
    ran = run(NULL, "compare", "instagram/ana", "dora", "ben", "--format", "json", "--store",
              store(), NULL);
    json_t *rows = json_loads(ran.out, 0, &why);
    assert_int_equal(json_array_size(rows), 3);
    json_t *ana = json_array_get(rows, 0), *dora = json_array_get(rows, 1);
    assert_string_equal(json_string_value(json_object_get(ana, "handle")), "ana");
    assert_true(json_is_null(json_object_get(dora, "fee")));
    assert_int_equal(json_array_size(json_object_get(dora, "best")), 0);
    bool best_fee = false;
    size_t i;
    json_t *key;
    json_array_foreach(json_object_get(ana, "best"), i, key) best_fee =
        best_fee || strcmp(json_string_value(key), "fee") == 0;
    assert_true(best_fee);
    double roi = json_number_value(json_object_get(ana, "roi"));
    assert_true(fabs(json_number_value(json_object_get(ana, "cost")) - 130) < 1e-9);
    assert_true(json_number_value(json_object_get(ana, "roi_p10")) < roi);
    json_decref(rows);
    ran_release(&ran);
}

static void check_refused(const char *a, const char *b, int status, const char *says)
{
    struct ran ran = run(NULL, "compare", a, b, "--store", store(), NULL);
    if (ran.status != status)
        fail_msg("%s %s: status %d, not %d: %s", a, b, ran.status, status, ran.err);
    assert_says(ran.err, says);
    assert_int_equal(ran.out_length, 0);
    ran_release(&ran);
}

static void who_is_not_clear_is_asked_for(void **state)
{
    (void)state;
    check_refused("ana", "ben", 1, "say which: instagram/ana, tiktok/ana");
    check_refused("nobody", "ben", 1, "no creator 'nobody'");
    check_refused("youtube/ana", "ben", 1, "no creator 'youtube/ana'");
    check_refused("@drora", "ben", 1, "did you mean 'instagram/dora'?");
    check_refused("tiktok/anna", "ben", 1, "did you mean 'tiktok/ana'?");
    check_refused("ben", "https://www.instagram.com/ben/", 1, "the same creator");
    run_expect(2, NULL, "compare", "ben", "--store", store(), NULL);
    run_expect(2, NULL, "compare", "a", "b", "c", "d", "e", "f", "g", "h", "i", "--store", store(),
               NULL);
    run_expect(1, NULL, "compare", "a", "b", "--store", at_home("none.db"), NULL);
}

/* The medians can be made anew, and other programs' rows count then. */
static void peers_are_remade(void **state)
{
    (void)state;
    static const char made[] = "SELECT sum(n) FROM peer WHERE platform='instagram'";
    assert_true(sql_number(store(), made) == 3);
    run_expect(0, NULL, "peers", "--store", store(), NULL);
    assert_true(sql_number(store(), made) == 3);
    struct ran ran = run(NULL, "peers", "--store", at_home("none.db"), NULL);
    assert_int_equal(ran.status, 1);
    assert_false(there(at_home("none.db")));
    ran_release(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_see_rows_marks_and_reasons),
        cmocka_unit_test(unlike_rates_are_flagged),
        cmocka_unit_test(an_estimate_is_no_best),
        cmocka_unit_test(who_is_not_clear_is_asked_for),
        cmocka_unit_test(peers_are_remade),
    };
    return cmocka_run_group_tests(tests, import_creators, home_remove);
}
