#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <csv.h>

#include "base/random.h"
#include "rows_internal.h"

/* Most lines are cut without libcsv. It is the oracle for all of them: random bytes that mean
 * something to it, given to it line by line, must make the same rows. */

static void add_row(struct buf *out, size_t line, size_t cells)
{
    buf_addf(out, "#%zu:%zu\n", line, cells);
}

struct oracle {
    struct buf cells, rows;
    size_t line, count;
};

static void oracle_cell(void *bytes, size_t length, void *self)
{
    struct oracle *oracle = self;
    buf_addf(&oracle->cells, "<%zu>", length);
    buf_add(&oracle->cells, bytes, length);
    oracle->count++;
}

static void oracle_row(int end, void *self)
{
    struct oracle *oracle = self;
    (void)end;
    buf_add_text(&oracle->rows, buf_text(&oracle->cells));
    add_row(&oracle->rows, oracle->line, oracle->count);
    buf_clear(&oracle->cells);
    oracle->count = 0;
}

/* False: a quote stays open, for which there is a rule of our own. */
static bool ask_libcsv(struct oracle *oracle, struct text file, char separator)
{
    struct csv_parser parser;
    size_t line = 1;
    assert_int_equal(csv_init(&parser, 0), 0);
    csv_set_delim(&parser, (unsigned char)separator);
    oracle->line = 1;
    while (file.length > 0) {
        const char *end = memchr(file.at, '\n', file.length);
        size_t length = end ? (size_t)(end - file.at) + 1 : file.length;
        assert_int_equal(csv_parse(&parser, file.at, length, oracle_cell, oracle_row, oracle),
                         length);
        file = text_part(file, length, file.length);
        line++;
        if (parser.pstate == 0)
            oracle->line = line;
    }
    bool closed = !(parser.quoted && parser.pstate == 2);
    csv_fini(&parser, oracle_cell, oracle_row, oracle);
    csv_free(&parser);
    return closed;
}

static bool take_row(void *self, const struct row *row, struct err *err)
{
    struct buf *out = self;
    (void)err;
    for (size_t i = 0; i < row->count; i++) {
        buf_addf(out, "<%zu>", row->cells[i].length);
        buf_add_text(out, row->cells[i]);
    }
    add_row(out, row->line, row->count);
    return true;
}

static bool take_broken(void *self, size_t line, struct text value, struct text raw,
                        const char *reason, struct err *err)
{
    (void)line, (void)value, (void)raw, (void)reason, (void)err;
    buf_add_string(self, "broken\n");
    return true;
}

static void ask_us(struct buf *rows, struct text file, char separator)
{
    struct row_taker taker = {rows, take_row, take_broken};
    struct source source;
    struct feed feed;
    source_of(&source, "random.csv", file);
    assert_true(feed_init(&feed, &source, ENCODING_UTF8, NULL));
    assert_true(csv_rows(&feed, separator, &taker, NULL));
    feed_release(&feed);
    source_release(&source);
}

/* Pieces rather than bytes: quotes come in pairs often enough to make whole cells. */
static void add_random(struct buf *file, struct random *random, char separator)
{
    static const struct {
        const char *at;
        size_t length;
    } pieces[] = {{"a", 1},    {"12.5", 4}, {" ", 1},        {"\t", 1},     {"\"", 1},
                  {"\"\"", 2}, {"\n", 1},   {"\r\n", 2},     {"\r", 1},     {"\"b c\"", 5},
                  {"\"x;", 3}, {"y,\"", 3}, {"\xC3\xA9", 2}, {"\xFF", 1},   {"\0", 1},
                  {"\" ", 2},  {" \"", 2},  {"'=1+1", 5},    {"\"\n\"", 3}, {"\n\n", 2}};
    size_t count = random_below(random, 40);
    for (size_t i = 0; i < count; i++) {
        size_t at = random_below(random, sizeof pieces / sizeof *pieces + 12);
        if (at < sizeof pieces / sizeof *pieces)
            buf_add(file, pieces[at].at, pieces[at].length);
        else
            buf_add_char(file, separator);
    }
}

static void rows_are_those_of_libcsv(void **state)
{
    (void)state;
    static const char separators[] = ",;\t|";
    struct random random;
    size_t asked = 0;
    random_init(&random, 20261123);
    for (size_t i = 0; i < 30000; i++) {
        char separator = separators[i % 4];
        struct buf file = BUF_INIT, ours = BUF_INIT;
        struct oracle oracle = {.cells = BUF_INIT, .rows = BUF_INIT};
        buf_add_string(&file, "head\n"); /* it tells how lines end */
        add_random(&file, &random, separator);
        if (ask_libcsv(&oracle, buf_text(&file), separator)) {
            ask_us(&ours, buf_text(&file), separator);
            if (!text_equal(buf_text(&ours), buf_text(&oracle.rows)))
                fail_msg("file %zu, separator '%c':\n%s\n--- ours\n%s\n--- libcsv\n%s", i,
                         separator, buf_string(&file), buf_string(&ours), buf_string(&oracle.rows));
            asked++;
        }
        buf_release(&file);
        buf_release(&ours);
        buf_release(&oracle.cells);
        buf_release(&oracle.rows);
    }
    assert_true(asked > 15000);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_those_of_libcsv)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
