#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <utf8proc.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "exchange/log.h"
#include "exchange/writer.h"
#include "imported.h"

static int width_of(uint32_t code_point)
{
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}

static const struct width_table widths = {width_of};

static const struct writer_column layout[] = {
    {.key = "handle", .title = "Creator", .unit = UNIT_TEXT},
    {.key = "niche", .title = "Niche", .unit = UNIT_SET},
    {.key = "followers", .title = "Followers", .unit = UNIT_COUNT},
    {.key = "er", .title = "ER", .unit = UNIT_SHARE},
    {.key = "roi", .title = "ROI", .unit = UNIT_ROI},
    {.key = "audience_at", .title = "Seen", .unit = UNIT_TIME},
    {.key = "ticked", .title = "Ticked", .unit = UNIT_FLAG},
};

static const struct writer_cell *rows(size_t row)
{
    static struct writer_cell cells[2][COUNT_OF(layout)];
    double date = 0;
    assert_true(date_parse(TEXT("2026-08-03T09:50:26Z"), &date));
    struct writer_cell first[] = {{.text = TEXT("ann")},
                                  {.text = TEXT("art|skin care")},
                                  {.number = 48211},
                                  {.number = 0.0431, .mark = '>'},
                                  {.number = 0.344, .mark = '~'},
                                  {.number = date},
                                  {.number = 1}};
    struct writer_cell second[] = {{.text = TEXT("=\"b\", | o\nb")},
                                   {.text = {0}},
                                   {.number = number_unknown()},
                                   {.number = number_unknown(), .mark = '~'},
                                   {.number = -0.5},
                                   {.number = number_unknown()},
                                   {.number = 0}};
    memcpy(cells[0], first, sizeof first);
    memcpy(cells[1], second, sizeof second);
    return cells[row];
}

static void write_rows(const char *format, struct buf *out, size_t count)
{
    struct writer_options options = {.widths = &widths, .style = number_style_english};
    struct writer *writer =
        writer_new(exporter_find(text_of(format)), &options, writer_out_buf(out));
    assert_true(writer_begin(writer, layout, COUNT_OF(layout), NULL));
    for (size_t i = 0; i < count; i++)
        assert_true(writer_row(writer, rows(i), NULL));
    assert_true(writer_end(writer, NULL));
    writer_free(writer);
}

static void formats_look(const char *format, size_t count, const char *wanted)
{
    struct buf out = BUF_INIT;
    write_rows(format, &out, count);
    assert_string_equal(buf_string(&out), wanted);
    buf_release(&out);
}

static void for_programs_figures_are_exact(void **state)
{
    (void)state;
    formats_look("csv", 2,
                 "handle,niche,followers,er,roi,audience_at,ticked\n"
                 "ann,art|skin care,48211,0.0431,0.344,2026-08-03T09:50:26Z,1\n"
                 "\"'=\"\"b\"\", | o\nb\",,,,-0.5,,0\n");
    formats_look("tsv", 2,
                 "handle\tniche\tfollowers\ter\troi\taudience_at\tticked\n"
                 "ann\tart|skin care\t48211\t0.0431\t0.344\t2026-08-03T09:50:26Z\t1\n"
                 "\"'=\"\"b\"\", | o\nb\"\t\t\t\t-0.5\t\t0\n");
    formats_look("json", 2,
                 "[\n{\"handle\": \"ann\", \"niche\": [\"art\", \"skin care\"], \"followers\": "
                 "48211, \"er\": 0.0431, \"roi\": 0.344, \"audience_at\": "
                 "\"2026-08-03T09:50:26Z\", \"ticked\": true},\n"
                 "{\"handle\": \"=\\\"b\\\", | o\\nb\", \"niche\": null, \"followers\": null, "
                 "\"er\": null, \"roi\": -0.5, \"audience_at\": null, \"ticked\": false}\n]\n");
    formats_look("jsonl", 1,
                 "{\"handle\": \"ann\", \"niche\": [\"art\", \"skin care\"], \"followers\": "
                 "48211, \"er\": 0.0431, \"roi\": 0.344, \"audience_at\": "
                 "\"2026-08-03T09:50:26Z\", \"ticked\": true}\n");
    formats_look("json", 0, "[]\n");
    formats_look("csv", 0, "handle,niche,followers,er,roi,audience_at,ticked\n");
    formats_look("jsonl", 0, "");
}

static void for_people_figures_are_round_and_marked(void **state)
{
    (void)state;
    formats_look("md", 2,
                 "| Creator | Niche | Followers | ER | ROI | Seen | Ticked |\n"
                 "| --- | --- | ---: | ---: | ---: | ---: | ---: |\n"
                 "| ann | art, skin care | 48.2k | \\>4.31% | ~+34% | 3 Aug 2026 | yes |\n"
                 "| =\"b\", \\| o b | - | - | - | -50% | - | no |\n");
    formats_look("table", 2,
                 "Creator      Niche           Followers      ER    ROI        Seen  Ticked\n"
                 "ann          art, skin care      48.2k  >4.31%  ~+34%  3 Aug 2026     yes\n"
                 "=\"b\", | o b  -                       -       -   -50%           -      no\n");
    formats_look("table", 0, "Creator  Niche  Followers  ER  ROI  Seen  Ticked\n");
}

static void tables_count_cells_not_bytes(void **state)
{
    (void)state;
    static const struct writer_column narrow[] = {
        {.key = "name", .title = "Name", .unit = UNIT_TEXT},
        {.key = "x", .title = "X", .unit = UNIT_TEXT, .right = true},
        {.key = "note", .title = "Note", .unit = UNIT_TEXT},
        {.key = "snapshots", .title = "History", .json = true},
    };
    const char *texts[][3] = {{"\u30E6\u30AD", "1.2", "\x1B[31mred"},
                              {"Zo\u00EB", "10", "a rather long note"},
                              {"e\u0301", "-", "x"}};
    struct buf out = BUF_INIT;
    struct writer_options options = {
        .widths = &widths, .style = number_style_english, .text_cells = 8, .cut = 0xBB};
    struct writer *writer =
        writer_new(exporter_find(TEXT("table")), &options, writer_out_buf(&out));
    assert_true(writer_begin(writer, narrow, 4, NULL));
    for (size_t i = 0; i < 3; i++) {
        struct writer_cell cells[4] = {{.text = text_of(texts[i][0])},
                                       {.text = text_of(texts[i][1])},
                                       {.text = text_of(texts[i][2])},
                                       {.text = TEXT("{}")}};
        assert_true(writer_row(writer, cells, NULL));
    }
    assert_true(writer_end(writer, NULL));
    assert_string_equal(buf_string(&out), "Name    X  Note\n"
                                          "\u30E6\u30AD  1.2  \uFFFD[31mred\n"
                                          "Zo\u00EB    10  a rathe\u00BB\n"
                                          "e\u0301       -  x\n");
    writer_free(writer);
    buf_release(&out);
}

/* More rows than wait for the widths: nothing is lost, later lines may be wider. */
static void long_tables_are_whole(void **state)
{
    (void)state;
    static const struct writer_column one[] = {{.key = "n", .title = "N", .unit = UNIT_TEXT},
                                               {.key = "m", .title = "M", .unit = UNIT_TEXT}};
    struct buf out = BUF_INIT, number = BUF_INIT;
    struct writer_options options = {.widths = &widths};
    struct writer *writer =
        writer_new(exporter_find(TEXT("table")), &options, writer_out_buf(&out));
    assert_true(writer_begin(writer, one, 2, NULL));
    for (int i = 0; i < 12000; i++) {
        buf_clear(&number);
        buf_addf(&number, "%d", i);
        struct writer_cell cells[] = {{.text = buf_text(&number)}, {.text = TEXT("x")}};
        assert_true(writer_row(writer, cells, NULL));
    }
    assert_true(writer_end(writer, NULL));
    size_t lines = 0;
    for (size_t i = 0; i < out.length; i++)
        lines += out.at[i] == '\n';
    assert_int_equal(lines, 12001);
    assert_non_null(strstr(out.at, "\n999   x\n"));
    assert_non_null(strstr(out.at, "\n11999  x\n"));
    writer_free(writer);
    buf_release(&out);
    buf_release(&number);
}

/* jansson is the oracle: whatever the text, it reads back as it was. */
static void json_strings_read_back(void **state)
{
    (void)state;
    static const struct writer_column one[] = {{.key = "t", .title = "T", .unit = UNIT_TEXT}};
    struct buf out = BUF_INIT, all = BUF_INIT;
    for (unsigned c = 1; c < 0x300; c++)
        buf_add_utf8(&all, c);
    buf_add_string(&all, "\u2028\U0001F600\"\\/");
    struct writer *writer = writer_new(exporter_find(TEXT("jsonl")), NULL, writer_out_buf(&out));
    struct writer_cell cell = {.text = buf_text(&all)};
    assert_true(writer_begin(writer, one, 1, NULL));
    assert_true(writer_row(writer, &cell, NULL));
    json_t *read = json_loadb(out.at, out.length, 0, NULL);
    assert_non_null(read);
    assert_string_equal(json_string_value(json_object_get(read, "t")), all.at);
    json_decref(read);
    buf_clear(&out);
    cell.text = TEXT("a\xFF"
                     "b");
    assert_true(writer_row(writer, &cell, NULL));
    assert_string_equal(buf_string(&out), "{\"t\": \"a\uFFFDb\"}\n");
    writer_free(writer);
    buf_release(&out);
    buf_release(&all);
}

static void separated_cells_are_put_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *text, *csv, *tsv;
    } cases[] = {
        {"plain", "plain", "plain"},
        {"a,b", "\"a,b\"", "a,b"},
        {"a\tb", "a\tb", "\"a\tb\""},
        {"say \"no\"", "\"say \"\"no\"\"\"", "\"say \"\"no\"\"\""},
        {"two\nlines", "\"two\nlines\"", "\"two\nlines\""},
        {"cr\rlf", "\"cr\rlf\"", "\"cr\rlf\""},
        {" blank", "\" blank\"", "\" blank\""},
        {"blank ", "\"blank \"", "\"blank \""},
        {"tab\t", "\"tab\t\"", "\"tab\t\""},
        {"+1", "'+1", "'+1"},
        {"'tis", "''tis", "''tis"},
        {"@a,\"b\"", "\"'@a,\"\"b\"\"\"", "\"'@a,\"\"b\"\"\""},
        {"Zo\u00EB \U0001F600", "Zo\u00EB \U0001F600", "Zo\u00EB \U0001F600"},
        {"Zo\xEB", "Zo\uFFFD", "Zo\uFFFD"},
        {"=\xEB,", "\"'=\uFFFD,\"", "'=\uFFFD,"},
    };
    static const struct writer_column column = {.key = "text", .title = "T", .unit = UNIT_TEXT};
    for (size_t i = 0; i < 2 * COUNT_OF(cases); i++) {
        const char *format = i % 2 ? "tsv" : "csv";
        struct buf out = BUF_INIT, wanted = BUF_INIT;
        struct writer *writer =
            writer_new(exporter_find(text_of(format)), NULL, writer_out_buf(&out));
        struct writer_cell cell = {.text = text_of(cases[i / 2].text)};
        assert_true(writer_begin(writer, &column, 1, NULL) && writer_row(writer, &cell, NULL) &&
                    writer_end(writer, NULL));
        buf_addf(&wanted, "text\n%s\n", i % 2 ? cases[i / 2].tsv : cases[i / 2].csv);
        assert_string_equal(buf_string(&out), buf_string(&wanted));
        writer_free(writer);
        buf_release(&out);
        buf_release(&wanted);
    }
}

struct counted {
    struct buf bytes;
    size_t writes;
};

static bool count_write(void *self, struct text bytes, struct err *err)
{
    struct counted *counted = self;
    (void)err;
    counted->writes++;
    buf_add_text(&counted->bytes, bytes);
    return true;
}

/* The same bytes in fewer pieces, none of them left behind. */
static void rows_wait_for_each_other(void **state)
{
    (void)state;
    for (size_t i = 0; i < exporter_count && !exporters[i].binary; i++) {
        struct counted counted[2] = {{.writes = 0}};
        for (size_t k = 0; k < 2; k++) {
            struct writer_options options = {.widths = &widths, .gather = k * 5000};
            struct writer_out out = {&counted[k], count_write};
            struct writer *writer = writer_new(&exporters[i], &options, out);
            assert_true(writer_begin(writer, layout, COUNT_OF(layout), NULL));
            for (size_t row = 0; row < 500; row++)
                assert_true(writer_row(writer, rows(row % 2), NULL));
            assert_true(writer_end(writer, NULL));
            writer_free(writer);
        }
        assert_string_equal(buf_string(&counted[1].bytes), buf_string(&counted[0].bytes));
        assert_true(counted[0].writes >= 500);
        assert_true(counted[1].writes <= counted[1].bytes.length / 5000 + 1);
        buf_release(&counted[0].bytes);
        buf_release(&counted[1].bytes);
    }
}

static bool refuse(void *self, struct text bytes, struct err *err)
{
    (void)self, (void)bytes;
    return err_set(err, "disk full");
}

static void a_failed_write_is_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < exporter_count; i++) {
        struct writer_options options = {.widths = &widths};
        struct writer_out out = {NULL, refuse};
        struct err err = {.message = ""};
        struct writer *writer = writer_new(&exporters[i], &options, out);
        bool ok = writer_begin(writer, layout, COUNT_OF(layout), &err) &&
                  writer_row(writer, rows(0), &err) && writer_end(writer, &err);
        assert_false(ok);
        assert_string_equal(err.message, "disk full");
        writer_free(writer);
    }
}

static void formats_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < exporter_count; i++)
        assert_ptr_equal(exporter_find(text_of(exporters[i].name)), &exporters[i]);
    assert_null(exporter_find(TEXT("xls")));
    assert_string_equal(exporter_for_file("a.b/list.CSV")->name, "csv");
    assert_string_equal(exporter_for_file("list.jsonl")->name, "jsonl");
    assert_null(exporter_for_file("list.d/list"));
    assert_null(exporter_for_file("list"));
}

/* ---- records out and in again ---- */

static const enum column kept[] = {COL_PLATFORM,   COL_HANDLE,   COL_NAME,        COL_COUNTRY,
                                   COL_BIO,        COL_NICHE,    COL_TAG,         COL_FOLLOWERS,
                                   COL_LIKES,      COL_ER,       COL_ER_BASIS,    COL_FEE,
                                   COL_FEE_ORIGIN, COL_CURRENCY, COL_AUDIENCE_AT, COL_ENGAGEMENT_AT,
                                   COL_FEE_AT};

/* All that a snapshot may know, and one that knows little. */
static void make_past(struct snapshot past[2])
{
    past[0] = snapshot_at(1714694400);
    past[1] = snapshot_at(1715299200);
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        *snapshot_figure(&past[0], i) = 0.25 + (double)i;
    past[0].fee = 1000250;
    past[0].currency = currency_from_code(TEXT("KWD"));
    past[0].er_basis = BASIS_VIEWS;
    past[1].followers = 1250.5;
}

static void make_records(struct record_sink *sink, bool snapshots)
{
    struct snapshot past[2];
    struct record record;
    assert_true(sink->begin(sink->self, NULL));
    record_clear(&record);
    record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
    record_set_text(&record, COL_HANDLE, TEXT("ann"));
    record_set_text(&record, COL_NAME, TEXT("'=1+1"));
    record_set_text(&record, COL_COUNTRY, TEXT("DE"));
    record_set_text(&record, COL_BIO, TEXT("+49, \"two\"\nlines\t "));
    record_set_text(&record, COL_NICHE, TEXT("art|skin care"));
    record_set_number(&record, COL_FOLLOWERS, 12345678);
    record_set_number(&record, COL_LIKES, 0.1 + 0.2);
    record_set_number(&record, COL_ER, 0.5);
    record_set_text(&record, COL_ER_BASIS, TEXT("reach"));
    record_set_number(&record, COL_FEE, 12345);
    record_set_text(&record, COL_FEE_ORIGIN, TEXT("quoted"));
    record_set_text(&record, COL_CURRENCY, TEXT("KWD"));
    record_set_number(&record, COL_AUDIENCE_AT, 1714694400);
    record_set_number(&record, COL_ENGAGEMENT_AT, 1714694401);
    if (snapshots) {
        make_past(past);
        record.snapshots = past;
        record.snapshot_count = 2;
    }
    assert_true(sink->put(sink->self, &record, NULL));
    record_clear(&record);
    record_set_text(&record, COL_PLATFORM, TEXT("youtube"));
    record_set_text(&record, COL_HANDLE, TEXT("UCaaaaaaaaaaaaaaaaaaaaaB"));
    record_set_text(&record, COL_TAG, TEXT("vip"));
    assert_true(sink->put(sink->self, &record, NULL));
    assert_true(sink->end(sink->self, true, NULL));
}

static void our_exports_come_back_as_they_were(void **state)
{
    (void)state;
    static const char *const words[] = {"csv", "tsv", "json", "jsonl"};
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        bool snapshots = words[i][0] == 'j';
        struct buf out = BUF_INIT, name = BUF_INIT, wanted = BUF_INIT;
        struct record_writer *writer =
            record_writer_new(exporter_find(text_of(words[i])), NULL, writer_out_buf(&out), kept,
                              COUNT_OF(kept), snapshots);
        struct record_sink sink = record_writer_sink(writer);
        struct imported it;
        make_records(&sink, snapshots);
        if (snapshots) {
            assert_non_null(strstr(buf_string(&out), "\"fee\": [1000.25,null]"));
            assert_non_null(strstr(buf_string(&out), "\"er_basis\": [\"views\",null]"));
            assert_non_null(strstr(buf_string(&out), "\"currency\": [\"KWD\",null]"));
        }
        buf_addf(&name, "export.%s", words[i]);
        import_bytes(&it, buf_string(&name), buf_text(&out), NULL);
        assert_true(it.plan.ours);
        /* Blanks around a text are no part of it. */
        buf_addf(&wanted,
                 "instagram/ann name='=1+1 country=DE bio=+49, \"two\"\nlines niche=art|skin care"
                 " tag=? followers=12345678 likes=0.30000000000000004 er=0.5 er_basis=reach"
                 " fee=12345 fee_origin=quoted currency=KWD"
                 " audience_at=2024-05-03 engagement_at=2024-05-03T00:00:01Z fee_at=?%s\n"
                 "youtube/UCaaaaaaaaaaaaaaaaaaaaaB name=? country=? bio=? niche=? tag=vip"
                 " followers=? likes=? er=? fee=? fee_origin=? audience_at=? engagement_at=?"
                 " fee_at=?\n",
                 snapshots ? " history=2" : "");
        assert_records(&it, buf_string(&wanted));
        assert_problems(&it, "");
        imported_release(&it);
        record_writer_free(writer);
        buf_release(&out);
        buf_release(&name);
        buf_release(&wanted);
    }
}

/* ---- the report of an import ---- */

static json_t *member_of(json_t *object, const char *key)
{
    json_t *found = json_object_get(object, key);
    if (found == NULL)
        fail_msg("the report has no '%s'", key);
    return found;
}

/* The manual names every key there is, wherever it stands. */
static void assert_documented(json_t *value)
{
    const char *key;
    json_t *one;
    size_t i;
    json_array_foreach(value, i, one)
    {
        assert_documented(one);
    }
    json_object_foreach(value, key, one)
    {
        bool found = false;
        for (size_t k = 0; k < import_log_key_count && !found; k++)
            found = strcmp(import_log_keys[k].key, key) == 0 ||
                    strstr(import_log_keys[k].help, key) != NULL;
        if (!found)
            fail_msg("'%s' is not documented", key);
        assert_documented(one);
    }
}

static void the_report_is_json(void **state)
{
    (void)state;
    struct imported it;
    struct buf out = BUF_INIT;
    struct import_log log;
    struct err failure = {.message = "cancelled"};
    import_string(&it, "tiktok \"1\".csv", "handle,followers,er\nann,x,1.2\n");
    struct import_problem problem = {.trouble = TROUBLE_REPEAT,
                                     .line = 7,
                                     .column = 1,
                                     .header = TEXT("handle"),
                                     .value = TEXT("a\x01\xFF"),
                                     .first_line = 3,
                                     .reason = "again"};
    struct import_mixed mixed = {.column = 3, .header = TEXT("er")};
    mixed.ways[WRITTEN_PERCENT].rows = 12;
    mixed.ways[WRITTEN_PERCENT].line = 2;
    mixed.ways[WRITTEN_PERCENT].value = TEXT("4.31%");
    mixed.ways[WRITTEN_BARE].rows = 1;
    mixed.ways[WRITTEN_BARE].value = TEXT("0.043");
    struct import_log_written written = {5, 6, 7};
    import_log_init(&log, writer_out_buf(&out));
    import_log_plan(&log, &it.plan);
    import_log_problem(&log, &problem);
    import_log_problem(&log, &problem);
    import_log_mixed(&log, &mixed);
    import_log_mixed(&log, &mixed);
    import_log_result(&log, &it.report, &written, NULL);
    import_log_plan(&log, &it.plan);
    import_log_result(&log, &it.report, NULL, &failure);
    assert_true(import_log_end(&log, NULL));
    json_t *root = json_loadb(out.at, out.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_t *files = member_of(root, "files");
    assert_int_equal(json_array_size(files), 2);
    json_t *first = json_array_get(files, 0);
    assert_string_equal(json_string_value(member_of(first, "file")), "tiktok \"1\".csv");
    assert_string_equal(json_string_value(member_of(member_of(first, "plan"), "platform")),
                        "tiktok");
    assert_int_equal(json_array_size(member_of(member_of(first, "plan"), "columns")), 3);
    assert_int_equal(json_array_size(member_of(first, "problems")), 2);
    json_t *told = json_array_get(member_of(first, "problems"), 0);
    assert_string_equal(json_string_value(member_of(told, "trouble")), "repeat");
    assert_int_equal(json_integer_value(member_of(told, "first_line")), 3);
    assert_string_equal(json_string_value(member_of(told, "value")), "a\x01\uFFFD");
    assert_true(json_is_true(member_of(member_of(first, "result"), "done")));
    assert_int_equal(json_integer_value(member_of(member_of(first, "result"), "cells")), 1);
    assert_int_equal(json_integer_value(member_of(member_of(first, "result"), "unchanged")), 7);
    json_t *units = member_of(first, "mixed_units");
    assert_int_equal(json_array_size(units), 2);
    units = member_of(json_array_get(units, 1), "units");
    assert_int_equal(json_array_size(units), 2);
    told = json_array_get(units, 0);
    assert_string_equal(json_string_value(member_of(told, "unit")), "percent");
    assert_int_equal(json_integer_value(member_of(told, "rows")), 12);
    assert_int_equal(json_integer_value(member_of(told, "line")), 2);
    assert_string_equal(json_string_value(member_of(told, "value")), "4.31%");
    assert_int_equal(json_array_size(member_of(json_array_get(files, 1), "mixed_units")), 0);
    assert_documented(root);
    json_t *result = member_of(json_array_get(files, 1), "result");
    assert_true(json_is_null(member_of(result, "added")));
    assert_string_equal(json_string_value(member_of(result, "failure")), "cancelled");
    json_decref(root);
    imported_release(&it);
    buf_clear(&out);
    import_log_init(&log, writer_out_buf(&out));
    assert_true(import_log_end(&log, NULL));
    assert_string_equal(buf_string(&out), "{\"files\": []}\n");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(for_programs_figures_are_exact),
        cmocka_unit_test(for_people_figures_are_round_and_marked),
        cmocka_unit_test(tables_count_cells_not_bytes),
        cmocka_unit_test(long_tables_are_whole),
        cmocka_unit_test(json_strings_read_back),
        cmocka_unit_test(a_failed_write_is_told),
        cmocka_unit_test(separated_cells_are_put_in_order),
        cmocka_unit_test(rows_wait_for_each_other),
        cmocka_unit_test(formats_are_found),
        cmocka_unit_test(our_exports_come_back_as_they_were),
        cmocka_unit_test(the_report_is_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
