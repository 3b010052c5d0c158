#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "program.h"

static void the_same_seed_gives_the_same_bytes(void **state)
{
    (void)state;
    struct ran a = run(NULL, "generate", "--creators", "300", "--seed", "5", NULL);
    struct ran b = run(NULL, "generate", "--seed=5", "--creators=300", NULL);
    struct ran c = run(NULL, "generate", "--creators", "300", "--seed", "6", NULL);
    assert_int_equal(a.status, 0);
    assert_string_equal(a.err, "");
    assert_string_equal(a.out, b.out);
    assert_true(strcmp(a.out, c.out) != 0);
    ran_release(&a);
    ran_release(&b);
    ran_release(&c);
}

/* Into a store directly, or by way of a file: the same creators with the same past. */
static void a_store_and_a_file_are_the_same(void **state)
{
    (void)state;
    static const char creators_sql[] =
        "SELECT platform,handle,name,person,country,language,email,url,bio,niche,tag,followers,"
        "following,posts,credibility,likes,comments,shares,saves,views,reach_post,sample,window,er,"
        "er_basis,posts_30d,last_post_at,sponsored_share,audience_market,fee,currency,fee_origin,"
        "fee_by_format,audience_at,engagement_at,fee_at FROM creator ORDER BY platform,handle";
    static const char past_sql[] =
        "SELECT c.platform,c.handle,s.at,s.followers,s.likes,s.comments,s.views FROM snapshot s "
        "JOIN creator c ON c.id=s.creator ORDER BY 1,2,3";
    const char *direct = at_home("direct.db"), *filed = at_home("filed.db");
    run_expect(0, NULL, "generate", "--creators", "200", "--snapshots", "5", "--store", direct,
               NULL);
    struct ran ran = run(NULL, "generate", "--creators", "200", "--snapshots", "5", NULL);
    assert_int_equal(ran.status, 0);
    run_expect(0, ran.out, "import", "-", "--store", filed, NULL);
    ran_release(&ran);
    const char *const statements[] = {creators_sql, past_sql};
    for (size_t i = 0; i < 2; i++) {
        char *a = sql_text(direct, statements[i]), *b = sql_text(filed, statements[i]);
        assert_true(strlen(a) > 1000);
        assert_string_equal(a, b);
        free(a);
        free(b);
    }
    run_expect(0, NULL, "generate", "--creators", "150", "--store", at_home("csv.db"), NULL);
    ran = run(NULL, "generate", "--creators", "150", NULL);
    run_expect(0, ran.out, "import", "-", "--store", at_home("csv2.db"), NULL);
    ran_release(&ran);
    char *a = sql_text(at_home("csv.db"), creators_sql),
         *b = sql_text(at_home("csv2.db"), creators_sql);
    assert_string_equal(a, b);
    free(a);
    free(b);
}

static void the_day_can_be_another(void **state)
{
    (void)state;
    const char *store = at_home("day.db");
    run_expect(0, NULL, "generate", "--creators", "100", "--date", "2030-05-06", "--store", store,
               NULL);
    assert_true(sql_number(store, "SELECT max(audience_at) FROM creator") == 1904256000);
    run_expect(2, NULL, "generate", "--creators", "10", "--date", "someday", NULL);
    run_expect(2, NULL, "generate", "--creators", "10", "--niches", "41", NULL);
    run_expect(2, NULL, "generate", "--creators", "10", "--snapshots", "2", "--format", "csv",
               NULL);
    run_expect(2, NULL, "generate", "--creators", "10", "--format", "csv", "--store", store, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_gives_the_same_bytes),
        cmocka_unit_test(a_store_and_a_file_are_the_same),
        cmocka_unit_test(the_day_can_be_another),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
