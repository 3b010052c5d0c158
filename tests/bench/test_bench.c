#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The benchmark itself, at a size where its times mean nothing: every part runs to its end, and its
 * JSON is what programs expect. */

static char folder[] = "/tmp/bench-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int remove_folder(void **state)
{
    char command[64];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static json_t *run(void)
{
    char command[512];
    json_error_t error;
    snprintf(command, sizeof command,
             "BENCH_CREATORS=2000 BENCH_PARTS= BENCH_RUNS=1 BENCH_SAMPLES=2 '%s' %s >%s/table",
             BENCH, folder, folder);
    assert_int_equal(system(command), 0);
    snprintf(command, sizeof command, "%s/bench.json", folder);
    json_t *rows = json_load_file(command, 0, &error);
    if (!rows)
        fail_msg("bench.json:%d: %s", error.line, error.text);
    return rows;
}

static bool number_or_null(const json_t *row, const char *key)
{
    const json_t *value = json_object_get(row, key);
    return json_is_number(value) || json_is_null(value);
}

static void check_row(const json_t *row)
{
    static const char *const figures[] = {"ours_ms", "reference_ms", "ratio", "target"};
    const char *work = json_string_value(json_object_get(row, "work"));
    assert_non_null(work);
    assert_int_equal(json_integer_value(json_object_get(row, "creators")), 2000);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!number_or_null(row, figures[i]))
            fail_msg("%s: '%s' is no number", work, figures[i]);
    bool aimed = !json_is_null(json_object_get(row, "target"));
    assert_int_equal(json_is_boolean(json_object_get(row, "met")), aimed);
    assert_true(json_number_value(json_object_get(row, "ours")) >= 0 ||
                strstr(work, "memory") != NULL);
}

/* A word of each line of the table in the design, and of every part. */
static void every_work_is_there(void **state)
{
    static const char *const works[] = {
        "import CSV",
        "import again, nothing changed",
        "import again, everything changed",
        "export CSV",
        "load the catalogue",
        "first frame after exec",
        "niche toggled",
        "budget typed",
        "aov edited",
        "letter typed",
        "cursor down",
        "order by followers",
        "facts a creator",
        "idle, wake-ups",
        "1,000 updates",
        "key: order by",
    };
    (void)state;
    json_t *rows = run(), *row;
    size_t at;
    bool found[sizeof works / sizeof *works] = {false};
    assert_true(json_is_array(rows));
    json_array_foreach(rows, at, row)
    {
        check_row(row);
        for (size_t i = 0; i < sizeof works / sizeof *works; i++)
            if (strstr(json_string_value(json_object_get(row, "work")), works[i]))
                found[i] = true;
    }
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        if (!found[i])
            fail_msg("no row about '%s'", works[i]);
    json_decref(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_work_is_there)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
