#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "domain/currency.h"
#include "filter_oracle.h"
#include "plain_compare.h"
#include "plain_sample.h"
#include "program.h"
#include "runtime/session.h"

/* The sample data as the program has it, against independent answers: 1,000 random filter lines
 * against SQL, the forecast of 200 creators against the plain one. */

#define LINES 1000
#define CREATORS 200
#define SAMPLE_ROWS 1200

static struct session *open_sample(void)
{
    struct session *session = malloc(sizeof *session);
    struct err err;
    run_expect(0, NULL, "import", SAMPLE, "--store", at_home("sample.db"), NULL);
    setenv("MICROSCOPE_NOW", PROGRAM_NOW, 1);
    if (!session_open(session, at_home("sample.db"), &err))
        fail_msg("%s", err.message);
    return session;
}

static void close_sample(struct session *session)
{
    session_close(session);
    free(session);
}

static void random_lines_agree_with_sql(void **state)
{
    (void)state;
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    struct session *session = open_sample();
    struct filter_oracle oracle;
    struct buf why = BUF_INIT;
    printf("sample: TEST_SEED=%llu\n", (unsigned long long)seed);
    oracle_init(&oracle, &session->sheet, seed);
    for (int i = 0; i < LINES; i++) {
        oracle_next(&oracle);
        if (!oracle_agrees(&oracle, &why))
            fail_msg("line %d: %s\n  order %s\n  %s", i, buf_string(&oracle.line),
                     buf_string(&oracle.order), buf_string(&why));
    }
    oracle_release(&oracle);
    buf_release(&why);
    close_sample(session);
}

static void forecasts_agree_with_the_plain_one(void **state)
{
    (void)state;
    struct session *session = open_sample();
    const struct catalog *catalog = &session->catalog;
    assert_int_equal(catalog->count, SAMPLE_ROWS);
    struct plain_creator *all = calloc(SAMPLE_ROWS, sizeof *all);
    for (uint32_t row = 0; row < SAMPLE_ROWS; row++)
        all[row] = plain_of_sample(catalog, row);
    size_t known = 0, agreed = 0;
    for (uint32_t i = 0; i < CREATORS; i++) {
        uint32_t row = i * (SAMPLE_ROWS / CREATORS);
        struct plain_scenario scenario = plain_default(all[row].platform);
        double expected = plain_expected(all, SAMPLE_ROWS, &all[row]);
        struct plain_figures plain = plain_forecast(&all[row], expected, &scenario);
        struct figures figures;
        char who[128];
        struct text handle = catalog_text(catalog, COL_HANDLE, row);
        snprintf(who, sizeof who, "%s/%.*s", all[row].platform, (int)handle.length, handle.at);
        sheet_figures(&session->sheet, row, &figures);
        agreed += plain_agrees(who, &plain, &figures);
        known += !isnan(plain.roi);
    }
    assert_int_equal(agreed, CREATORS);
    assert_true(known > CREATORS * 8 / 10);
    free(all);
    close_sample(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lines_agree_with_sql),
        cmocka_unit_test(forecasts_agree_with_the_plain_one),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
