#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "imported.h"

/* JSON arrays, wrapped arrays, JSON Lines: what is cut out of them, and what cannot be. */

static void import_of(const char *name, const char *bytes, const char *records,
                      const char *problems)
{
    struct imported it;
    import_string(&it, name, bytes);
    assert_records(&it, records);
    assert_problems(&it, problems);
    imported_release(&it);
}

static const char two[] = "tiktok/ann followers=1200\ntiktok/bob followers=3400\n";

static void every_wrapping_is_opened(void **state)
{
    (void)state;
    import_of("tiktok.json",
              "[{\"handle\":\"ann\",\"followers\":1200},"
              "{\"handle\":\"bob\",\"followers\":3400}]",
              two, "");
    import_of("tiktok.json",
              "\xEF\xBB\xBF [\r\n{\"handle\":\"ann\",\"followers\":1200}\r\n,\r\n"
              "{\"handle\":\"bob\",\"followers\":3400}\r\n]\r\n",
              two, "");
    import_of("tiktok.json",
              "{\"made\":[1,2],\"by\":{\"who\":\"x\"},\"data\":{\"items\":["
              "{\"handle\":\"ann\",\"followers\":1200},"
              "{\"handle\":\"bob\",\"followers\":3400}],\"more\":[{\"a\":1}]}}",
              two, "");
    import_of("tiktok.jsonl",
              "{\"handle\":\"ann\",\"followers\":1200}\n\n"
              "{\"handle\":\"bob\",\"followers\":3400}",
              two, "");
    import_of("tiktok_standard_input",
              "{\"handle\":\"ann\",\"followers\":1200}\n"
              "{\"handle\":\"bob\",\"followers\":3400}\n",
              two, "");
}

static void the_wrapper_is_told(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "tiktok.json", "{\"data\":{\"items\":[{\"handle\":\"ann\"}]}}");
    assert_true(text_is(it.plan.wrapper, "data.items"));
    imported_release(&it);
}

static void values_of_every_kind_are_read(void **state)
{
    (void)state;
    import_of("tiktok.json",
              "[{\"handle\":\"ann\",\"followers\":\"10.4M\",\"name\":\"\\ud83d\\ude00 \\u00e9\","
              "\"niche\":[\"Beauty\",\"art\"],\"country\":null,\"verified\":true},"
              "{\"handle\":\"bob\",\"followers\":2.28e5,\"niche\":[]}]",
              "tiktok/ann name=\U0001F600 \u00E9 country=? niche=art|beauty followers=10400000\n"
              "tiktok/bob niche=? followers=228000\n",
              "");
}

static void numbers_that_are_names_stay_as_written(void **state)
{
    (void)state;
    import_of("tiktok.json",
              "[{\"handle\":7139812345678901234567,\"followers\":5},{\"handle\":3444.3440},"
              "{\"handle\":433}]",
              "tiktok/7139812345678901234567 followers=5\ntiktok/3444.3440\ntiktok/433\n", "");
}

static void nested_objects_become_paths(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "list.json",
                  "{\"kind\":\"youtube#channelListResponse\",\"items\":["
                  "{\"id\":\"UCaaaaaaaaaaaaaaaaaaaaa1\",\"snippet\":{\"title\":\"Ann\"},"
                  "\"statistics\":{\"viewCount\":\"9000\",\"subscriberCount\":\"1200\","
                  "\"hiddenSubscriberCount\":false,\"videoCount\":\"7\"}},"
                  "{\"id\":\"UCaaaaaaaaaaaaaaaaaaaaa2\",\"snippet\":{\"title\":\"Bob\"},"
                  "\"statistics\":{\"viewCount\":\"9000\",\"subscriberCount\":\"0\","
                  "\"hiddenSubscriberCount\":true,\"videoCount\":\"8\"}}]}");
    assert_records(&it, "youtube/UCaaaaaaaaaaaaaaaaaaaaa1 name=Ann followers=1200 posts=7\n"
                        "youtube/UCaaaaaaaaaaaaaaaaaaaaa2 name=Bob followers=? posts=8\n");
    assert_int_equal(planned(&it, "statistics.viewCount")->use, USE_IGNORED);
    imported_release(&it);
}

static void one_bad_element_is_one_reject(void **state)
{
    (void)state;
    import_of("tiktok.json",
              "[{\"handle\":\"ann\",\"followers\":1200},\n"
              "{\"handle\":\"x\" \"followers\":1},\n"
              "17, \"word\",\n"
              "{\"handle\":\"y\",\"handle\":\"z\"},\n"
              "{\"handle\":\"n\",\"followers\":01},\n"
              "{\"handle\":\"bob\",\"followers\":3400}]",
              two,
              "rejected 2 '{\"handle\":\"x\"\"followers\":1}' '}' expected near '\"followers\"'\n"
              "rejected 3 '17' not an object\n"
              "rejected 3 '\"word\"' not an object\n"
              "rejected 4 '{\"handle\":\"y\",\"handle\":\"z\"}' duplicate object key near"
              " '\"handle\"'\n"
              "rejected 5 '{\"handle\":\"n\",\"followers\":01}' invalid token near '0'\n");
}

static void lines_between_good_lines_are_rejected(void **state)
{
    (void)state;
    import_of("tiktok.jsonl",
              "{\"handle\":\"ann\",\"followers\":1200}\nnot json\n"
              "{\"handle\":\"bob\",\"followers\":3400}\n",
              two, "rejected 2 'not json' unexpected text between elements\n");
}

static void what_is_cut_off_is_told_and_the_rest_is_kept(void **state)
{
    (void)state;
    import_of("tiktok.json",
              "[{\"handle\":\"ann\",\"followers\":1200},\n{\"handle\":\"bob\",\"followers\":3400},"
              "\n{\"handle\":\"ci",
              two, "rejected 3 '{\"handle\":\"ci' cut off: the file ends inside\n");
    import_of("tiktok.json",
              "[{\"handle\":\"ann\",\"followers\":1200},{\"handle\":\"bob\",\"followers\":3400}",
              two, "rejected 1 '' cut off: the list does not end\n");
}

static void deep_and_giant_elements_are_rejected(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "[{\"handle\":\"deep\",\"x\":");
    buf_add_repeat(&file, '[', 100000);
    buf_add_repeat(&file, ']', 100000);
    buf_add_string(&file, "},\n{\"handle\":\"giant\",\"bio\":\"");
    buf_add_repeat(&file, 'x', (size_t)3 << 20);
    buf_add_string(&file, "\"},\n{\"handle\":\"ann\",\"followers\":1200}]");
    import_bytes(&it, "tiktok.json", buf_text(&file), NULL);
    assert_records(&it, "tiktok/ann followers=1200\n");
    assert_int_equal(it.report.rejected, 2);
    assert_non_null(strstr(it.problems.at, "nested deeper than 64"));
    assert_non_null(strstr(it.problems.at, "longer than 1 MiB"));
    imported_release(&it);
    buf_release(&file);
}

static void add_members(struct buf *out, const char *prefix, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buf_addf(out, ",\"%s%zu\":1", prefix, i);
}

/* One element with too many values is one reject; too many in all are told as late. */
static void more_than_4096_values_are_rejected(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "[{\"handle\":\"ann\",\"followers\":1200},\n{\"handle\":\"wide\"");
    add_members(&file, "k", 5000);
    buf_add_string(&file, "},\n{\"handle\":\"bob\",\"followers\":3400");
    add_members(&file, "late", 3);
    buf_add_string(&file, "}]");
    import_bytes(&it, "tiktok.json", buf_text(&file), NULL);
    assert_records(&it, two);
    assert_int_equal(it.report.rejected, 1);
    assert_non_null(strstr(it.problems.at, "rejected 2 "));
    assert_non_null(strstr(it.problems.at, "more than 4096 values"));
    assert_int_equal(it.report.late_columns, 3);
    imported_release(&it);
    buf_release(&file);
}

static void what_is_no_list_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes, *words;
    } files[] = {
        {"tiktok.json", "{\"a\":1}", "looks like a handle"},
        {"tiktok.json", "[]", "has no objects"},
        {"tiktok.json", "[1,2,3]", "has no objects"},
        {"tiktok.json", "[", "has no objects"},
        {"tiktok.json", "[{\"followers\":12}]", "looks like a handle"},
        {"list.json", "[{\"handle\":\"ann\"}]", "give --platform"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct imported it;
        import_string(&it, files[i].name, files[i].bytes);
        assert_refused(&it, files[i].words);
        imported_release(&it);
    }
}

static void history_in_columns_becomes_snapshots(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "sample.jsonl",
                  "{\"platform\":\"instagram\",\"handle\":\"ann\",\"followers\":1300,\"snapshots\":"
                  "{\"at\":[\"2026-05-10\",\"2026-05-03\"],\"followers\":[1250,1200],"
                  "\"likes\":[null,40.5]}}\n"
                  "{\"platform\":\"instagram\",\"handle\":\"bob\",\"followers\":7,\"snapshots\":"
                  "{\"at\":[\"2026-05-03\"],\"followers\":[1,2]}}\n"
                  "{\"platform\":\"instagram\",\"handle\":\"cid\",\"followers\":8,\"snapshots\":"
                  "null}\n");
    assert_true(it.plan.ours);
    assert_records(&it, "instagram/ann followers=1300 history=2\ninstagram/bob followers=7\n"
                        "instagram/cid followers=8\n");
    assert_int_equal(it.report.snapshots, 2);
    assert_non_null(strstr(it.problems.at, "lists of the snapshots differ in length"));
    imported_release(&it);
}

static bool begin(void *self, struct err *err)
{
    (void)self, (void)err;
    return true;
}

static bool put(void *self, const struct record *record, struct err *err)
{
    (void)err;
    *(struct record *)self = *record;
    assert_int_equal(record->snapshot_count, 2);
    assert_true(record->snapshots[0].at < record->snapshots[1].at);
    assert_true(record->snapshots[0].followers == 1200);
    assert_true(record->snapshots[1].followers == 1250);
    assert_true(record->snapshots[0].likes == 40.5);
    assert_false(number_known(record->snapshots[1].likes));
    assert_false(number_known(record->snapshots[0].views));
    assert_true(record->snapshots[0].fee == 12345 && record->snapshots[1].fee == 70);
    assert_true(text_is(snapshot_word(&record->snapshots[0], COL_CURRENCY), "EUR"));
    assert_true(text_is(snapshot_word(&record->snapshots[1], COL_CURRENCY), "JPY"));
    assert_true(record->snapshots[0].er == 0.04);
    assert_true(text_is(snapshot_word(&record->snapshots[0], COL_ER_BASIS), "reach"));
    assert_false(text_known(snapshot_word(&record->snapshots[1], COL_ER_BASIS)));
    return true;
}

static bool end(void *self, bool ok, struct err *err)
{
    (void)self, (void)err;
    return ok;
}

static void snapshots_ascend_and_know_what_they_do_not_know(void **state)
{
    (void)state;
    struct source source;
    struct import_plan plan;
    struct import_options options;
    struct import_report report;
    struct record seen;
    struct record_sink sink = {&seen, begin, put, NULL, end};
    import_options_init(&options);
    source_of(&source, "x.jsonl",
              TEXT("{\"platform\":\"x\",\"handle\":\"ann\",\"snapshots\":{\"at\":[\"2026-05-10\","
                   "\"2026-05-03\"],\"followers\":[1250,1200],\"likes\":[null,40.5],"
                   "\"fee\":[70,123.45],\"currency\":[\"JPY\",\"EUR\"],\"er\":[null,0.04],"
                   "\"er_basis\":[null,\"reach\"]}}"));
    assert_true(import_plan_make(&source, &options, &plan, NULL));
    assert_true(import_run(&plan, &source, &sink, NULL, &report, NULL));
    assert_int_equal(report.emitted, 1);
    import_plan_release(&plan);
    source_release(&source);
}

static void keys_that_come_late_are_counted(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    size_t rows = 60000; /* 4.5 MB: more than the sample */
    for (size_t i = 0; i < rows; i++)
        buf_addf(&file, "{\"handle\":\"ann%zu\",\"followers\":%zu,\"bio\":\"%040d\"}\n", i, i, 0);
    buf_add_string(&file, "{\"handle\":\"zed\",\"followers\":1,\"country\":\"DE\",\"x\":1}\n");
    import_bytes(&it, "tiktok.jsonl", buf_text(&file), NULL);
    assert_true(it.ran);
    assert_int_equal(it.report.emitted, rows + 1);
    assert_int_equal(it.report.late_columns, 2);
    imported_release(&it);
    buf_release(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrapping_is_opened),
        cmocka_unit_test(the_wrapper_is_told),
        cmocka_unit_test(values_of_every_kind_are_read),
        cmocka_unit_test(numbers_that_are_names_stay_as_written),
        cmocka_unit_test(nested_objects_become_paths),
        cmocka_unit_test(one_bad_element_is_one_reject),
        cmocka_unit_test(lines_between_good_lines_are_rejected),
        cmocka_unit_test(what_is_cut_off_is_told_and_the_rest_is_kept),
        cmocka_unit_test(deep_and_giant_elements_are_rejected),
        cmocka_unit_test(more_than_4096_values_are_rejected),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(history_in_columns_becomes_snapshots),
        cmocka_unit_test(snapshots_ascend_and_know_what_they_do_not_know),
        cmocka_unit_test(keys_that_come_late_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
