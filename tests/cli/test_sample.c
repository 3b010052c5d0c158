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

#include <jansson.h>

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
    sheet_visited(&session->sheet, 1);
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

/* ---- growth, straight from the file ---- */

/* Followers at a day, between the two of the list that are nearest. */
static double plain_followers(const double *days, const double *followers, size_t count, double day)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (days[i] <= day && day <= days[i + 1])
            return followers[i] +
                   (followers[i + 1] - followers[i]) * (day - days[i]) / (days[i + 1] - days[i]);
    return NAN;
}

static double plain_day(const char *date)
{
    struct tm tm = {0};
    assert_non_null(strptime(date, "%Y-%m-%d", &tm));
    return (double)timegm(&tm) / 86400;
}

#define PAST 64

/* The past of the list and its present, in days. */
static size_t plain_past(const json_t *creator, double days[PAST], double followers[PAST])
{
    const json_t *past = json_object_get(creator, "snapshots");
    const json_t *at = json_object_get(past, "at"), *f = json_object_get(past, "followers");
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(at); i++) {
        if (!json_is_number(json_array_get(f, i)))
            continue;
        days[count] = plain_day(json_string_value(json_array_get(at, i)));
        followers[count++] = json_number_value(json_array_get(f, i));
    }
    const json_t *seen = json_object_get(creator, "audience_at");
    const json_t *now = json_object_get(creator, "followers");
    if (json_is_string(seen) && json_is_number(now)) {
        double day = plain_day(json_string_value(seen));
        if (count == 0 || day > days[count - 1])
            count++;
        days[count - 1] = day;
        followers[count - 1] = json_number_value(now);
    }
    return count;
}

static double plain_growth(const json_t *creator, double over)
{
    double days[PAST], followers[PAST];
    size_t count = plain_past(creator, days, followers);
    if (count == 0)
        return NAN;
    double ago = plain_followers(days, followers, count, days[count - 1] - over);
    return followers[count - 1] / ago - 1;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double plain_median(const double *values, size_t count)
{
    double sorted[PAST];
    memcpy(sorted, values, count * sizeof *values);
    qsort(sorted, count, sizeof *sorted, by_size);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}

/* The sample has one look a day at most. */
static double plain_jump(const json_t *creator)
{
    double days[PAST], followers[PAST], g[PAST], far[PAST], largest = NAN;
    size_t count = plain_past(creator, days, followers);
    bool youtube = strcmp(json_string_value(json_object_get(creator, "platform")), "youtube") == 0;
    if (count < 8)
        return NAN;
    for (size_t i = 1; i < count; i++) {
        double high = fmax(followers[i], followers[i - 1]), unit = 1;
        while (high >= 1000 * unit)
            unit *= 10;
        g[i - 1] = log(followers[i] / followers[i - 1]) / (days[i] - days[i - 1]);
        if (youtube && high >= 1000 && fabs(followers[i] - followers[i - 1]) <= unit)
            g[i - 1] = 0;
    }
    double usual = plain_median(g, count - 1);
    for (size_t i = 0; i + 1 < count; i++)
        far[i] = fabs(g[i] - usual);
    double spread = fmax(plain_median(far, count - 1), 0.0005);
    for (size_t i = 0; i + 1 < count; i++)
        largest = fmax(largest, far[i] / spread);
    return largest;
}

static json_t *read_sample(const char *path)
{
    FILE *file = fopen(path, "r");
    json_t *all = json_array(), *one;
    assert_non_null(file);
    while ((one = json_loadf(file, JSON_DISABLE_EOF_CHECK, NULL)))
        json_array_append_new(all, one);
    fclose(file);
    return all;
}

static bool same_creator(const json_t *a, const json_t *b)
{
    return json_equal(json_object_get(a, "platform"), json_object_get(b, "platform")) &&
           json_equal(json_object_get(a, "handle"), json_object_get(b, "handle"));
}

static bool same_number(const json_t *listed, double plain)
{
    if (isnan(plain))
        return json_is_null(listed);
    return json_is_number(listed) && fabs(json_number_value(listed) - plain) < 1e-12;
}

static void check_growth(const char *store)
{
    json_t *sample = read_sample(SAMPLE);
    struct ran ran = run(NULL, "list", "--store", store, "--columns",
                         "platform,handle,growth_30d,growth_90d,jump", "--format", "json", NULL);
    if (ran.status != 0)
        fail_msg("%s", ran.err);
    json_t *list = json_loads(ran.out, 0, NULL);
    size_t known = 0, jumps = 0;
    assert_int_equal(json_array_size(list), SAMPLE_ROWS);
    assert_int_equal(json_array_size(sample), SAMPLE_ROWS);
    for (size_t i = 0; i < SAMPLE_ROWS; i++) {
        const json_t *row = json_array_get(list, i), *creator = NULL;
        for (size_t k = 0; k < SAMPLE_ROWS && !creator; k++)
            if (same_creator(row, json_array_get(sample, k)))
                creator = json_array_get(sample, k);
        assert_non_null(creator);
        double month = plain_growth(creator, 30), quarter = plain_growth(creator, 90);
        if (!same_number(json_object_get(row, "growth_30d"), month) ||
            !same_number(json_object_get(row, "growth_90d"), quarter))
            fail_msg("%s: 30 days %.15g, 90 days %.15g",
                     json_string_value(json_object_get(row, "handle")), month, quarter);
        double jump = plain_jump(creator);
        const json_t *listed = json_object_get(row, "jump");
        if (isnan(jump) ? !json_is_null(listed)
                        : !(fabs(json_number_value(listed) - jump) <= 1e-9 * (1 + jump)))
            fail_msg("%s: jump %.15g", json_string_value(json_object_get(row, "handle")), jump);
        known += !isnan(month) && !isnan(quarter) && !isnan(jump);
        jumps += jump > 6;
    }
    assert_true(known > SAMPLE_ROWS * 9 / 10);
    print_message("%zu of %d with a jump\n", jumps, SAMPLE_ROWS);
    assert_true(jumps > 0);
    json_decref(list);
    json_decref(sample);
    ran_release(&ran);
}

static void growth_agrees_with_the_file(void **state)
{
    (void)state;
    const char *store = at_home("growth.db");
    run_expect(0, NULL, "import", SAMPLE, "--store", store, NULL);
    check_growth(store);
    /* A store as it was made before growth and visits were kept. */
    sql_run(store, "DROP TRIGGER change_replaced; DROP TRIGGER change_displaced;"
                   "DROP TRIGGER change_inserted; DROP TRIGGER change_updated;"
                   "DROP TRIGGER change_deleted; DROP TABLE visit; DROP TABLE gone;"
                   "DROP TABLE batch; DROP TABLE batch_rows; DROP TABLE journal;"
                   "DROP TABLE seen; DROP TABLE view");
    sql_run(store, "ALTER TABLE creator DROP COLUMN added_at;"
                   "ALTER TABLE creator DROP COLUMN changed_at;"
                   "ALTER TABLE creator DROP COLUMN carried");
    sql_run(store,
            "ALTER TABLE snapshot DROP COLUMN credibility;"
            "ALTER TABLE snapshot DROP COLUMN audience_market;"
            "ALTER TABLE snapshot DROP COLUMN reach_post;"
            "ALTER TABLE snapshot DROP COLUMN er; ALTER TABLE snapshot DROP COLUMN er_basis;"
            "ALTER TABLE snapshot DROP COLUMN fee; ALTER TABLE snapshot DROP COLUMN currency");
    sql_run(store, "ALTER TABLE creator DROP COLUMN growth_30d");
    sql_run(store, "ALTER TABLE creator DROP COLUMN growth_90d");
    sql_run(store, "UPDATE creator SET growth_at=NULL, growth_now=NULL, growth_30d_ago=NULL,"
                   " growth_90d_ago=NULL, jump=NULL");
    sql_run(store, "PRAGMA user_version=1");
    check_growth(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lines_agree_with_sql),
        cmocka_unit_test(forecasts_agree_with_the_plain_one),
        cmocka_unit_test(growth_agrees_with_the_file),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
