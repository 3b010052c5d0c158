#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "program.h"

/* Medians that can be done in the head: five micro and five macro creators on instagram, whose rates
 * are 3 to 7 and 1 to 5 percent; one fee is an estimate of the source, one unknown. */
static const char creators[] =
    "handle,platform,followers,avg_likes,avg_comments,fee,currency,fee_origin,credibility\n"
    "a1,instagram,10000,300,0,100,EUR,quoted,90%\n"
    "a2,instagram,10000,400,0,100,EUR,quoted,90%\n"
    "a3,instagram,20000,1000,0,200,EUR,quoted,\n"
    "a4,instagram,30000,1800,0,300,EUR,quoted,\n"
    "a5,instagram,40000,2800,0,400,EUR,quoted,\n"
    "a6,instagram,50000,,,900,EUR,estimated,\n"
    "a7,instagram,900,20,0,,,,\n"
    "b1,instagram,200000,2000,0,4000,EUR,quoted,80%\n"
    "b2,instagram,200000,4000,0,4000,EUR,quoted,80%\n"
    "b3,instagram,300000,9000,0,6000,EUR,quoted,80%\n"
    "b4,instagram,400000,16000,0,8000,EUR,quoted,80%\n"
    "b5,instagram,500000,25000,0,9000,EUR,quoted,80%\n"
    "c1,tiktok,60000,900,10,300,EUR,quoted,\n";

static const char *store(void)
{
    return at_home("tiers.db");
}

static int import_creators(void **state)
{
    home_make(state);
    run_expect(0, creators, "import", "-", "--store", store(), NULL);
    return 0;
}

static void people_read_tables_and_claims(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "tiers", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "micro 1k-100k");
    assert_says(ran.out, "Medians of 13 shown. Fees: 11 known, 2 estimates out. few: under 5.");
    assert_says(ran.out, "More engaged: holds here: micro 5.00%, macro 3.00% "
                         "(of followers, 5 and 5)");
    assert_says(ran.out, "Cheaper an engagement: holds here");
    assert_says(ran.out, "with the preset Cautious: ");
    assert_says(ran.out, "Have truer followers: cannot be said: believed real few and 80%");
    assert_says(ran.out, "Bands: textbook");
    ran_release(&ran);
}

/* The row of these words; a missing word is any. */
static json_t *find(json_t *rows, const char *kind, const char *name, const char *tier,
                    const char *figure)
{
    json_t *row;
    size_t i;
    json_array_foreach(rows, i, row)
    {
        const char *words[] = {kind, name, tier, figure};
        static const char *const keys[] = {"kind", "name", "tier", "figure"};
        bool all = true;
        for (size_t k = 0; k < 4; k++) {
            const char *is = json_string_value(json_object_get(row, keys[k]));
            all = all && (!words[k] || (is && !strcmp(is, words[k])));
        }
        if (all)
            return row;
    }
    fail_msg("no row %s %s %s %s", kind, name ? name : "", tier ? tier : "", figure);
    return NULL;
}

static double number_of(json_t *row, const char *key)
{
    return json_number_value(json_object_get(row, key));
}

static void scripts_read_a_figure_a_row(void **state)
{
    (void)state;
    json_error_t why;
    struct ran ran = run(NULL, "tiers", "--format", "json", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    json_t *rows = json_loads(ran.out, 0, &why);
    assert_non_null(rows);
    json_t *er = find(rows, "tier", NULL, "micro", "er_followers");
    assert_true(fabs(number_of(er, "value") - 0.05) < 1e-12);
    assert_int_equal((int)number_of(er, "known"), 5);
    assert_int_equal((int)number_of(er, "of"), 6); /* a6 would be measured so */
    json_t *fee = find(rows, "tier", NULL, "micro", "fee");
    assert_true(number_of(fee, "value") ==
                sql_number(store(), "select avg(fee) / 100 from (select fee from creator where "
                                    "followers between 1000 and 99999 and fee_origin = 'quoted' "
                                    "order by fee limit 2 offset 2)"));
    assert_int_equal((int)number_of(fee, "known"), 6);
    assert_int_equal((int)number_of(fee, "of"), 7);
    json_t *few = find(rows, "tier", NULL, "nano", "followers");
    assert_true(json_is_null(json_object_get(few, "value")));
    assert_int_equal((int)number_of(few, "known"), 1);
    assert_int_equal((int)number_of(find(rows, "tier", NULL, "micro", "fees_estimated"), "value"),
                     1);
    json_t *claim = find(rows, "claim", "more_engaged", "macro", "er_followers");
    assert_true(fabs(number_of(claim, "value") - 0.03) < 1e-12);
    assert_string_equal(json_string_value(json_object_get(claim, "verdict")), "holds");
    json_t *instagram = find(rows, "platform", "instagram", "macro", "er_followers");
    assert_int_equal((int)number_of(instagram, "known"), 5);
    json_decref(rows);
    ran_release(&ran);
}

static void a_filter_narrows_it(void **state)
{
    (void)state;
    struct ran ran =
        run(NULL, "tiers", "platform:tiktok", "--format", "csv", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "kind,name,tier,figure,value,known,of,verdict\n");
    assert_says(ran.out, "tier,,micro,creators,1,1,1,\n");
    assert_says(ran.out, "claim,more_engaged,micro,er_followers,,0,0,unsaid\n");
    ran_release(&ran);
    run_expect(2, NULL, "tiers", "nich:beauty", "--store", store(), NULL);
    run_expect(2, NULL, "tiers", "--format", "pdf", "--store", store(), NULL);
}

static void markdown_has_two_tables(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "tiers", "--format", "md", "--store", store(), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.out, "| Tier | Creators | Followers |");
    assert_says(ran.out, "| ER of | by | nano | micro | macro | mega |");
    assert_says(ran.out, "\n- More engaged");
    ran_release(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_read_tables_and_claims),
        cmocka_unit_test(scripts_read_a_figure_a_row),
        cmocka_unit_test(a_filter_narrows_it),
        cmocka_unit_test(markdown_has_two_tables),
    };
    return cmocka_run_group_tests(tests, import_creators, home_remove);
}
