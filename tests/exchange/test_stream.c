#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/number.h"
#include "exchange/stream.h"

#define NOW 1794787200.0 /* 2026-11-16 */

struct heard {
    struct import_stream *stream;
    struct import_report report;
    struct buf records, problems;
    size_t lines;
    bool refuses;
};

static bool put(void *self, const struct record *record, struct err *err)
{
    struct heard *it = self;
    struct buf *out = &it->records;
    if (it->refuses)
        return err_set(err, "full");
    buf_add_text(out, record_text(record, COL_PLATFORM));
    buf_add_char(out, '/');
    buf_add_text(out, record_text(record, COL_HANDLE));
    for (int i = 0; i < COLUMN_COUNT; i++) {
        double number = record_number(record, (enum column)i);
        if (!record_has(record, (enum column)i) || column_is_text((enum column)i))
            continue;
        buf_addf(out, " %s=", columns[i].key);
        if (number_known(number))
            number_exact(out, number);
        else
            buf_add_char(out, '?');
    }
    if (record->snapshot_count)
        buf_addf(out, " history=%zu", record->snapshot_count);
    buf_add_char(out, '\n');
    return true;
}

static void problem(void *self, const struct import_problem *problem)
{
    struct heard *it = self;
    buf_addf(&it->problems, "%s %zu %s\n", import_trouble_words[problem->trouble], problem->line,
             problem->reason);
}

static int open_stream(void **state)
{
    static struct heard heard;
    heard = (struct heard){.stream = import_stream_new("feed")};
    *state = &heard;
    return 0;
}

static int close_stream(void **state)
{
    struct heard *it = *state;
    import_stream_free(it->stream);
    buf_release(&it->records);
    buf_release(&it->problems);
    return 0;
}

static bool line(struct heard *it, const char *bytes)
{
    struct record_sink sink = {.self = it, .put = put};
    struct import_listener listener = {.self = it, .problem = problem};
    return import_stream_line(it->stream, ++it->lines, text_of(bytes), NOW, &sink, &listener,
                              &it->report, NULL);
}

static void assert_record(struct heard *it, const char *bytes, const char *record)
{
    buf_clear(&it->records);
    buf_clear(&it->problems);
    assert_true(line(it, bytes));
    assert_string_equal(buf_string(&it->problems), "");
    assert_string_equal(buf_string(&it->records), record);
}

static void assert_problem(struct heard *it, const char *bytes, const char *told)
{
    buf_clear(&it->problems);
    assert_true(line(it, bytes));
    assert_string_equal(buf_string(&it->problems), told);
}

static void creators_are_named_in_several_ways(void **state)
{
    struct heard *it = *state;
    assert_record(it, "\xEF\xBB\xBF{\"platform\":\"x\",\"handle\":\"@Ana\"}", "x/Ana\n");
    assert_record(it, "{\"handle\":\"tiktok/lena\"}\r", "tiktok/lena\n");
    assert_record(it, "{\"handle\":\"https://instagram.com/ben/\"}", "instagram/ben\n");
    assert_record(it, "{\"url\":\"https://www.tiktok.com/@zoe\"}", "tiktok/zoe\n");
    /* What is said of the platform itself goes before links. */
    assert_record(it,
                  "{\"handle\":\"zoe\",\"platform\":\"x\",\"url\":\"https://www.tiktok.com/@z\"}",
                  "x/zoe\n");
    assert_record(it, "  ", "");
}

static void figures_are_read_without_a_guess(void **state)
{
    struct heard *it = *state;
    /* In an import such rates would make the column one of percents. */
    assert_record(it, "{\"handle\":\"x/a\",\"at\":1794700800,\"er\":0.9,\"followers\":\"3.2k\"}",
                  "x/a followers=3200 er=0.9 audience_at=1794700800 engagement_at=1794700800\n");
    assert_record(it, "{\"handle\":\"x/a\",\"at\":\"2026-11-15\",\"credibility\":\"84%\"}",
                  "x/a credibility=0.84 audience_at=1794700800\n");
    assert_record(it,
                  "{\"handle\":\"x/a\",\"likes\":null,\"audience_at\":\"2026-11-15\",\"posts\":3}",
                  "x/a posts=3 likes=? audience_at=1794700800\n");
    /* Without a time it is of now, and only what it says is. */
    assert_record(it, "{\"handle\":\"x/a\",\"likes\":5}", "x/a likes=5 engagement_at=1794787200\n");
    assert_record(it,
                  "{\"handle\":\"x/a\",\"snapshots\":{\"at\":[\"2026-01-01\",\"2026-02-01\"],"
                  "\"followers\":[1,2]}}",
                  "x/a history=2\n");
    /* What we compute ourselves is no news, and no problem. */
    assert_record(it, "{\"handle\":\"x/a\",\"roi\":5,\"posts\":1,\"at\":\"2026-11-15\"}",
                  "x/a posts=1 audience_at=1794700800\n");
}

static void what_cannot_be_is_rejected(void **state)
{
    struct heard *it = *state;
    assert_problem(it, "{\"handle\":\"ana\"}", "rejected 1 no platform\n");
    assert_problem(it, "{\"platform\":\"x\"}", "rejected 2 no handle\n");
    assert_problem(it, "{\"handle\":\"x/a\",\"at\":\"2026-11-18\"}",
                   "rejected 3 its time lies in the future\n");
    assert_problem(it, "{\"handle\":\"x/a\",\"posts\":1,\"fee_at\":\"2026-11-18\"}",
                   "rejected 4 its time lies in the future\n");
    assert_problem(it, "{\"handle\":\"x/a\",\"at\":\"soon\"}",
                   "unknown 5 not a date\nrejected 5 its time cannot be read\n");
    assert_problem(it, "[]", "rejected 6 unexpected text between elements\n");
    assert_int_equal(it->records.length, 0);
    assert_int_equal(it->report.rejected, 6);
    /* A clock may be a little ahead. */
    assert_record(it, "{\"handle\":\"x/a\",\"posts\":1,\"at\":\"2026-11-16T20:00:00Z\"}",
                  "x/a posts=1 audience_at=1794859200\n");
}

static void unknown_keys_are_told_once(void **state)
{
    struct heard *it = *state;
    assert_problem(
        it, "{\"handle\":\"x/a\",\"mood\":1,\"extra\":{\"deep\":2}}",
        "warning 1 not a key of ours: left out\nwarning 1 not a key of ours: left out\n");
    assert_problem(it, "{\"handle\":\"x/a\",\"mood\":2}", "");
    assert_int_equal(it->report.emitted, 2);
}

static void a_sink_that_refuses_ends_it(void **state)
{
    struct heard *it = *state;
    it->refuses = true;
    assert_false(line(it, "{\"handle\":\"x/a\"}"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_stream, close_stream)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(creators_are_named_in_several_ways), TEST(figures_are_read_without_a_guess),
        TEST(what_cannot_be_is_rejected),         TEST(unknown_keys_are_told_once),
        TEST(a_sink_that_refuses_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
