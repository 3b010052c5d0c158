#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/model.h"
#include "domain/column.h"
#include "program.h"

static const char *sample(void)
{
    return at_home("sample.db");
}

static int import_sample(void **state)
{
    home_make(state);
    run_expect(0, NULL, "import", SAMPLE, "--store", sample(), NULL);
    return 0;
}

static json_t *parse(const char *text)
{
    json_error_t why;
    json_t *json = json_loads(text, 0, &why);
    if (!json)
        fail_msg("no JSON: %s, line %d\n%.200s", why.text, why.line, text);
    return json;
}

/* As the glossary says: fractions, decimals of the currency, lists, ISO 8601, null. */
static void check_cell(sqlite3_stmt *stmt, int at, enum column column, const json_t *cell)
{
    const char *key = columns[column].key;
    const char *text = (const char *)sqlite3_column_text(stmt, at);
    double number = sqlite3_column_double(stmt, at);
    char shown[64];
    if (sqlite3_column_type(stmt, at) == SQLITE_NULL) {
        if (!json_is_null(cell))
            fail_msg("%s should be null", key);
    } else if (columns[column].unit == UNIT_SET) {
        char *words = strdup(text);
        size_t i = 0;
        for (char *word = strtok(words, "|"); word; word = strtok(NULL, "|"))
            assert_string_equal(json_string_value(json_array_get(cell, i++)), word);
        assert_int_equal(json_array_size(cell), i);
        free(words);
    } else if (column_is_text(column)) {
        assert_string_equal(json_string_value(cell), text);
    } else if (columns[column].unit == UNIT_TIME) {
        time_t at_second = (time_t)number;
        strftime(shown, sizeof shown, "%Y-%m-%d", gmtime(&at_second));
        assert_int_equal(strncmp(json_string_value(cell), shown, 10), 0);
    } else if (json_number_value(cell) != (column == COL_FEE ? number / 100 : number)) {
        fail_msg("%s is %.17g, should be %.17g", key, json_number_value(cell), number);
    }
}

/* Columns that are shown as the forecast uses them, not as they were stored. */
static bool shown_as_stored(enum column column)
{
    return columns[column].stored && column != COL_ER && column != COL_ER_BASIS &&
           column != COL_FEE_ORIGIN;
}

static void json_holds_what_the_store_holds(void **state)
{
    (void)state;
    struct ran ran =
        run(NULL, "list", "--format", "json", "--columns", "all", "--store", sample(), NULL);
    assert_int_equal(ran.status, 0);
    json_t *rows = parse(ran.out);
    assert_int_equal(json_array_size(rows), 1200);
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(sample(), &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    for (int c = 0; c < COLUMN_COUNT; c++) {
        if (!shown_as_stored(c))
            continue;
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT \"%s\" FROM creator WHERE platform=?1 AND handle=?2",
                 columns[c].key);
        assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
        for (size_t i = 0; i < json_array_size(rows); i++) {
            json_t *row = json_array_get(rows, i);
            sqlite3_reset(stmt);
            sqlite3_bind_text(stmt, 1, json_string_value(json_object_get(row, "platform")), -1,
                              SQLITE_STATIC);
            sqlite3_bind_text(stmt, 2, json_string_value(json_object_get(row, "handle")), -1,
                              SQLITE_STATIC);
            assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
            assert_non_null(json_object_get(row, columns[c].key));
            check_cell(stmt, 0, c, json_object_get(row, columns[c].key));
        }
        sqlite3_finalize(stmt);
    }
    sqlite3_close(db);
    json_decref(rows);
    ran_release(&ran);
}

static void micro_is_a_thousand_to_a_hundred_thousand(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "list", "tier:micro", "--format", "json", "--store", sample(), NULL);
    json_t *rows = parse(ran.out);
    assert_int_equal(json_array_size(rows),
                     (size_t)sql_number(sample(), "SELECT count(*) FROM creator WHERE followers "
                                                  ">= 1000 AND followers < 100000"));
    double before = INFINITY;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        json_t *row = json_array_get(rows, i);
        double followers = json_number_value(json_object_get(row, "followers"));
        json_t *roi = json_object_get(row, "roi");
        assert_true(followers >= 1000 && followers < 100000);
        double value = json_is_null(roi) ? -INFINITY : json_number_value(roi);
        assert_true(value <= before); /* best first, unknown last */
        before = value;
    }
    json_decref(rows);
    ran_release(&ran);
}

static size_t lines_of(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void every_format_has_every_row(void **state)
{
    (void)state;
    static const struct {
        const char *format;
        size_t more; /* lines beside the rows */
    } formats_known[] = {{"table", 1}, {"csv", 1}, {"tsv", 1}, {"jsonl", 0}, {"md", 2}};
    size_t beauty = (size_t)sql_number(
        sample(), "SELECT count(*) FROM creator WHERE '|'||niche||'|' LIKE '%|beauty|%'");
    assert_true(beauty > 20);
    for (size_t i = 0; i < sizeof formats_known / sizeof formats_known[0]; i++) {
        struct ran ran = run(NULL, "--store", sample(), "list", "niche:beauty", "--format",
                             formats_known[i].format, NULL);
        assert_int_equal(ran.status, 0);
        assert_int_equal(lines_of(ran.out), beauty + formats_known[i].more);
        assert_int_equal(strlen(ran.err), 0); /* a script is told nothing beside the data */
        ran_release(&ran);
    }
    struct ran array =
        run(NULL, "list", "niche:beauty", "--format", "json", "--store", sample(), NULL);
    struct ran lines =
        run(NULL, "list", "niche:beauty", "--format=jsonl", "--store", sample(), NULL);
    json_t *rows = parse(array.out);
    size_t at = 0;
    for (char *line = strtok(lines.out, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *row = parse(line);
        assert_true(json_equal(row, json_array_get(rows, at++)));
        json_decref(row);
    }
    json_decref(rows);
    ran_release(&array);
    ran_release(&lines);
}

static void sort_and_columns(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "list", "country:DE", "--sort", "-followers,handle", "--columns",
                         "handle,follower", "--format", "csv", "--store", sample(), NULL);
    assert_int_equal(ran.status, 0);
    char *expected = sql_text(sample(), "SELECT handle||','||followers FROM creator WHERE "
                                        "country='DE' ORDER BY followers DESC, handle");
    assert_int_equal(strncmp(ran.out, "handle,followers\r\n", 18) == 0 ||
                         strncmp(ran.out, "handle,followers\n", 17) == 0,
                     1);
    char *at = strchr(ran.out, '\n') + 1;
    char *plain = malloc(strlen(at) + 1), *to = plain;
    for (; *at; at++)
        if (*at != '\r')
            *to++ = *at;
    *to = '\0';
    assert_string_equal(plain, expected);
    free(plain);
    free(expected);
    ran_release(&ran);
}

/* The columns of the explorer, and for programs also what tells two creators apart. */
static void standard_columns_are_those_of_the_explorer(void **state)
{
    (void)state;
    enum column standard[LIST_COLUMNS_MOST];
    size_t count = list_standard_columns(standard);
    struct ran ran = run(NULL, "list", "--store", sample(), NULL);
    char *line = strtok(ran.out, "\n"), *at = line;
    for (size_t i = 0; i < count; i++) {
        char *found = strstr(at, columns[standard[i]].title);
        if (!found)
            fail_msg("no %s in: %s", columns[standard[i]].title, line);
        at = found + 1;
    }
    ran_release(&ran);
    ran = run(NULL, "list", "--store", sample(), "--format", "json", NULL);
    json_t *rows = parse(ran.out);
    for (size_t i = 0; i < count; i++)
        assert_non_null(json_object_get(json_array_get(rows, 0), columns[standard[i]].key));
    assert_non_null(json_object_get(json_array_get(rows, 0), "platform"));
    assert_non_null(json_object_get(json_array_get(rows, 0), "currency"));
    json_decref(rows);
    ran_release(&ran);
}

static void wrong_words_point_and_suggest(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "list", "tier:micro", "nich:beauty,skincare", "neche:x", "--store",
                         sample(), NULL);
    assert_int_equal(ran.status, 2);
    assert_int_equal(ran.out_length, 0);
    assert_says(ran.err, "did you mean 'niche'?");
    assert_says(ran.err, "\n  tier:micro nich:beauty,skincare neche:x\n"
                         "                                  ^\n");
    ran_release(&ran);
    ran = run(NULL, "list", "--columns", "folowers", "--store", sample(), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "did you mean 'followers'?");
    ran_release(&ran);
    ran = run(NULL, "list", "--format", "jsn", "--store", sample(), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "did you mean 'json'?");
    ran_release(&ran);
    run_expect(2, NULL, "list", "--sort", "rio", "--store", sample(), NULL);
}

static void without_a_store_it_says_what_to_do(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "list", "--store", at_home("none.db"), NULL);
    assert_int_equal(ran.status, 1);
    assert_int_equal(ran.out_length, 0);
    assert_says(ran.err, "microscope import FILE --store ");
    assert_false(there(at_home("none.db")));
    ran_release(&ran);
    run_expect(3, "handle,platform\n,tiktok\n", "import", "-", "--store", at_home("empty.db"),
               NULL);
    ran =
        run(NULL, "list", "niche:beauty", "--format", "json", "--store", at_home("empty.db"), NULL);
    assert_int_equal(ran.status, 0);
    assert_says(ran.err, "is empty");
    json_t *rows = parse(ran.out);
    assert_int_equal(json_array_size(rows), 0);
    json_decref(rows);
    ran_release(&ran);
}

/* Escape sequences, C1 controls, an override of the direction of writing. */
static void hostile_text_is_harmless_in_tables(void **state)
{
    (void)state;
    static const char hostile[] =
        "handle,platform,name\nevil,tiktok,\"a\033]52;c;eA==\007b\302\233c\342\200\256d\r\ne\"\n";
    run_expect(0, hostile, "import", "-", "--store", at_home("evil.db"), NULL);
    static const char *const formats_for_people[] = {"table", "md"};
    for (size_t i = 0; i < 2; i++) {
        struct ran ran = run(NULL, "list", "--columns", "handle,name", "--format",
                             formats_for_people[i], "--store", at_home("evil.db"), NULL);
        assert_null(strchr(ran.out, '\033'));
        assert_null(strchr(ran.out, '\007'));
        assert_null(strchr(ran.out, '\r'));
        assert_null(strstr(ran.out, "\302\233"));
        assert_null(strstr(ran.out, "\342\200\256"));
        assert_says(ran.out, "]52;c;eA==");
        ran_release(&ran);
    }
    struct ran ran =
        run(NULL, "list", "no\033such:x", "--store", at_home("evil.db"), NULL); /* echoed */
    assert_int_equal(ran.status, 2);
    assert_null(strchr(ran.err, '\033'));
    ran_release(&ran);
}

static void a_reader_that_stops_is_no_failure(void **state)
{
    (void)state;
    const char *const words[] = {"microscope", "list",    "--format", "csv", "--columns",
                                 "all",        "--store", sample(),   NULL};
    char byte;
    struct running running = start(words);
    assert_int_equal(read(running.from, &byte, 1), 1);
    assert_int_equal(finish(&running), 0);
    char *err = read_file(at_home("stderr"), NULL);
    assert_string_equal(err, "");
    free(err);
}

static void a_full_disk_is_a_failure(void **state)
{
    (void)state;
    char command[1024];
    snprintf(command, sizeof command, "'%s' list --store '%s' >/dev/full 2>'%s'", PROGRAM, sample(),
             at_home("full"));
    int status = system(command);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    char *err = read_file(at_home("full"), NULL);
    assert_says(err, "No space left");
    free(err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_holds_what_the_store_holds),
        cmocka_unit_test(micro_is_a_thousand_to_a_hundred_thousand),
        cmocka_unit_test(every_format_has_every_row),
        cmocka_unit_test(sort_and_columns),
        cmocka_unit_test(standard_columns_are_those_of_the_explorer),
        cmocka_unit_test(wrong_words_point_and_suggest),
        cmocka_unit_test(without_a_store_it_says_what_to_do),
        cmocka_unit_test(hostile_text_is_harmless_in_tables),
        cmocka_unit_test(a_reader_that_stops_is_no_failure),
        cmocka_unit_test(a_full_disk_is_a_failure),
    };
    return cmocka_run_group_tests(tests, import_sample, home_remove);
}
