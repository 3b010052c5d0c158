#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "creators.h"
#include "domain/currency.h"
#include "filter_oracle.h"

/* 1,000 random filter lines over random creators: rows in order, counts of facets and histograms and what
 * lifting a term
 * brings back are those of an independent SQL statement. */

#define LINES 1000
#define CREATORS ((size_t)600)

static uint64_t given_seed(void)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);

    printf("oracle: TEST_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

static void lines_agree_with_sql(void **state)
{
    struct catalog catalog;
    struct sheet sheet;
    struct scenario scenario;
    struct peers peers;
    struct random random;
    struct filter_oracle oracle;
    struct buf why = BUF_INIT;
    uint64_t seed = given_seed();
    size_t matched = 0;

    (void)state;
    random_init(&random, seed);
    catalog_init(&catalog);
    creators_fill(&catalog, &random, CREATORS);
    scenario_init(&scenario);
    /* dollars can be converted, yen cannot */
    scenario.rates[scenario.rate_count++] =
        (struct exchange_rate){currency_from_code(TEXT("USD")), 0.9, CREATORS_NOW};
    peers_init(&peers);
    peers_make(&peers, catalog_facts(&catalog), catalog.live, CREATORS_NOW);
    sheet_init(&sheet, &catalog);
    sheet_join(&sheet, &scenario, &peers, &tier_presets[1], CREATORS_NOW);
    sheet_visited(&sheet, CREATORS_NOW - 20 * 86400);
    oracle_init(&oracle, &sheet, seed);
    oracle_batches(&oracle);
    for (int i = 0; i < LINES; i++) {
        oracle_next(&oracle);
        if (!oracle_agrees(&oracle, &why))
            fail_msg("line %d: %s\n  order %s\n  %s", i, buf_string(&oracle.line),
                     buf_string(&oracle.order), buf_string(&why));
        matched += oracle.count > 0;
    }
    assert_true(matched > LINES / 2);
    oracle_release(&oracle);
    sheet_release(&sheet);
    catalog_release(&catalog);
    buf_release(&why);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines_agree_with_sql)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
