#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/vec.h"
#include "exchange/rejects.h"
#include "imported.h"
#include "wild.h"

/* Files of rejects: what stands in them, and that they are read with the meaning of the file they came
 * from. */

static bool nothing(void *self, struct err *err)
{
    (void)self, (void)err;
    return true;
}

static bool nothing_put(void *self, const struct record *record, struct err *err)
{
    (void)self, (void)record, (void)err;
    return true;
}

static bool nothing_end(void *self, bool ok, struct err *err)
{
    (void)self, (void)ok, (void)err;
    return true;
}

struct writing {
    struct import_plan plan;
    struct import_rejects rejects;
};

static void on_problem(void *self, const struct import_problem *problem)
{
    struct writing *it = self;
    import_rejects_put(&it->rejects, &it->plan, problem);
}

/* The rejects of a source, which is released. */
static void rejects_of(struct source *source, struct buf *out)
{
    struct writing it;
    struct import_options options;
    struct import_report report;
    struct err err;
    import_options_init(&options);
    date_parse(TEXT("2026-11-23"), &options.now);
    import_rejects_init(&it.rejects, writer_out_buf(out));
    if (!import_plan_make(source, &options, &it.plan, &err))
        fail_msg("%s", err.message);
    struct record_sink sink = {NULL, nothing, nothing_put, NULL, nothing_end};
    struct import_listener listener = {.self = &it, .problem = on_problem, .rows = true};
    assert_true(import_run(&it.plan, source, &sink, &listener, &report, &err));
    assert_true(import_rejects_end(&it.rejects, &err));
    assert_true(report.rejected == it.rejects.rows);
    import_plan_release(&it.plan);
    source_release(source);
}

static void rejects_of_text(const char *name, struct text bytes, struct buf *out)
{
    struct source source;
    source_of(&source, name, bytes);
    rejects_of(&source, out);
}

static void assert_text(struct buf *is, const char *wanted)
{
    if (strcmp(buf_string(is), wanted) != 0)
        fail_msg("is\n%s\nnot\n%s", buf_string(is), wanted);
}

/* Once, in place. */
static void mend(struct buf *file, const char *from, const char *to)
{
    size_t at;
    struct buf mended = BUF_INIT;
    if (!text_find(buf_text(file), text_of(from), &at))
        fail_msg("no '%s' in\n%s", from, buf_string(file));
    struct text all = buf_text(file);
    buf_add_text(&mended, text_part(all, 0, at));
    buf_add_string(&mended, to);
    buf_add_text(&mended, text_part(all, at + strlen(from), all.length));
    buf_release(file);
    *file = mended;
}

#define CSV_MAP                                                                                    \
    "\"reject_map: {encoding: utf-8, separator: \"\";\"\", header: 2, platform: tiktok, numbers: " \
    "german, columns: {Nick: handle, Name: name, Followers: followers, ER: er percent}, date: "    \
    "2026-09-01}\""

static void rows_of_csv_stand_as_they_did(void **state)
{
    (void)state;
    static const char file[] = "sep=;\nNick;Name;Followers;ER\r\n@ana;\"Ana; the first\";12.500;"
                               "\"4,31 %\"\r\n;=cmd|'x';2.000;1,2\r\n@eve;\"Eve\ntwo "
                               "lines\";3.000;2,2;extra\r\n;  \"Do\"\"ra\" ;-7;-3\r\ncut;\"off\r\n";
    struct buf out = BUF_INIT, again = BUF_INIT;
    struct imported it;
    rejects_of_text("tiktok_2026-09-01.csv", text_of(file), &out);
    assert_text(&out, "reject_line;reject_column;reject_value;reject_reason;" CSV_MAP
                      ";Nick;Name;Followers;ER\n"
                      "4;\"Nick\";\"\";\"no handle\";;;'=cmd|'x';2.000;1,2\n"
                      "5;\"\";\"'@eve\";\"more cells than headers\";;'@eve;\"Eve\ntwo "
                      "lines\";3.000;2,2;extra\n"
                      "7;\"Nick\";\"\";\"no handle\";;;  \"Do\"\"ra\" ;-7;-3\n"
                      "8;\"\";\"\";\"a quote is not closed\";;cut;\"off\n");
    /* Nothing of them is used before they are mended … */
    rejects_of_text("other.csv", buf_text(&out), &again);
    mend(&again,
         ", numbers: german, columns: {Nick: handle, Name: name, Followers: followers, ER: er "
         "percent}}",
         ", columns: {Nick: handle, Name: name, Followers: followers, ER: er percent}, date: "
         "2026-09-01}");
    mend(&again, "header: 1, platform: tiktok, date: 2026-09-01",
         "header: 2, platform: tiktok, numbers: german");
    mend(&again, "\n2;", "\n4;");
    mend(&again, "\n3;", "\n5;");
    mend(&again, "\n5;\"Nick\"", "\n7;\"Nick\"");
    mend(&again, "\n6;", "\n8;");
    assert_text(&again, buf_string(&out));
    /* … and then they mean what they would have meant: of these alone nobody could know. */
    mend(&out, ";;;'=cmd", ";;ben;'=cmd");
    mend(&out, ";extra", "");
    mend(&out, ";;;  \"Do", ";;dora;  \"Do");
    mend(&out, ";cut;\"off", ";cut;off;1.000;");
    import_bytes(&it, "other.csv", buf_text(&out), NULL);
    assert_records(&it, "tiktok/ben name==cmd|'x' followers=2000 er=0.012 er_basis=views "
                        "audience_at=2026-09-01 engagement_at=2026-09-01\n"
                        "tiktok/eve name=Eve\ntwo lines followers=3000 er=0.022000000000000002 "
                        "er_basis=views audience_at=2026-09-01 engagement_at=2026-09-01\n"
                        "tiktok/dora name=Do\"ra followers=? er=?\n"
                        "tiktok/cut name=off followers=1000 er=? audience_at=2026-09-01\n");
    imported_release(&it);
    buf_release(&out);
    buf_release(&again);
}

static void elements_of_json_stand_in_lines(void **state)
{
    (void)state;
    static const char file[] =
        "{\"data\": {\"items\": [\n"
        " {\"uniqueId\": \"ana\", \"stats\": {\"followerCount\": 12500, \"x\": 1}},\n"
        " {\"uniqueId\": \"\", \"stats\": {\"followerCount\": 1.500}},\n"
        " {\"uniqueId\": \"ben\", \"a\": 1, \"a\": 2},\n \"nobody\",\n"
        " {\"stats\": {\"followerCount\": 1.0e3}, \"nick\": \"Zo\\u00eb \\\" {x}\"}\n]}}\n";
    struct buf out = BUF_INIT, again = BUF_INIT;
    struct imported it;
    rejects_of_text("tiktok_2026-09-01.json", text_of(file), &out);
    static const char wanted[] =
        "{\"reject_line\": 3, \"reject_column\": \"uniqueId\", \"reject_value\": \"\", "
        "\"reject_reason\": \"no handle\", \"reject_map\": \"{encoding: utf-8, list: data.items, "
        "platform: tiktok, numbers: english, columns: {uniqueId: handle, stats.followerCount: "
        "followers, stats.x: ignore, nick: name}, date: 2026-09-01}\", "
        "\"uniqueId\":\"\",\"stats\":{\"followerCount\":1.500}}\n"
        "{\"reject_line\": 4, \"reject_column\": null, \"reject_value\": "
        "null, \"reject_reason\": "
        "\"duplicate "
        "object key near '\\\"a\\\"'\", \"reject_element\": "
        "\"{\\\"uniqueId\\\":\\\"ben\\\",\\\"a\\\":1,\\\"a\\\":2}\"}\n"
        "{\"reject_line\": 5, \"reject_column\": null, \"reject_value\": null, "
        "\"reject_reason\": \"not an object\", \"reject_element\": \"\\\"nobody\\\"\"}\n"
        "{\"reject_line\": 6, \"reject_column\": \"uniqueId\", \"reject_value\": null, "
        "\"reject_reason\": \"no handle\", "
        "\"stats\":{\"followerCount\":1.0e3},\"nick\":\"Zo\\u00eb "
        "\\\" {x}\"}\n";
    assert_text(&out, wanted);
    rejects_of_text("other.jsonl", buf_text(&out), &again);
    import_bytes(&it, "again.jsonl", buf_text(&again), NULL);
    assert_int_equal(it.report.rejected, 4);
    imported_release(&it);
    mend(&out, "\"uniqueId\":\"\"", "\"uniqueId\":\"eve\"");
    mend(&out, "\"nick\"", "\"uniqueId\":\"zoe\",\"nick\"");
    import_bytes(&it, "mended.json", buf_text(&out), NULL);
    assert_records(&it,
                   "tiktok/eve followers=2 audience_at=2026-09-01\n"
                   "tiktok/zoe name=Zo\xC3\xAB \" {x} followers=1000 audience_at=2026-09-01\n");
    assert_int_equal(it.report.rejected, 2);
    imported_release(&it);
    buf_release(&out);
    buf_release(&again);
}

static void assert_rejects(struct text file, const char *rows)
{
    struct buf out = BUF_INIT;
    rejects_of_text("tiktok.csv", file, &out);
    const char *at = strchr(buf_string(&out), '\n');
    if (at == NULL || strcmp(at + 1, rows) != 0)
        fail_msg("is\n%s\nnot\n%s", buf_string(&out), rows);
    buf_release(&out);
}

/* Text is UTF-8 whatever it was, and rows that share a line with others are written anew. */
static void rows_come_one_a_line_in_utf8(void **state)
{
    (void)state;
    assert_rejects(TEXT("handle,a\rana,x\r,\"J\xFCrgen, \xC4\"\r,y\r"),
                   "3,\"handle\",\"\",\"no handle\",,,\"J\xC3\xBCrgen, \xC3\x84\"\n"
                   "4,\"handle\",\"\",\"no handle\",,,y\n");
    assert_rejects(TEXT("handle,a\nana,1\n,2\r,\"3 \"\"x\"\"\"\n"),
                   "3,\"handle\",\"\",\"no handle\",,\"\",\"2\"\n"
                   "3,\"handle\",\"\",\"no handle\",,\"\",\"3 \"\"x\"\"\"\n");
}

/* Only what a spreadsheet would run is touched, and only by an apostrophe. */
static void formulas_are_made_harmless(void **state)
{
    (void)state;
    assert_rejects(TEXT("handle,a,b,c\n,=1+1,\"@SUM(1,2)\",-5\n, +49 30 1,'=x,-\n"),
                   "2,\"handle\",\"\",\"no handle\",,,'=1+1,\"'@SUM(1,2)\",-5\n"
                   "3,\"handle\",\"\",\"no handle\",,, '+49 30 1,'=x,-\n");
}

/* Whatever a file of the wild has rejected is rejected again where nobody mended it; nothing but
 * pieces of JSON is not even a list. */
static void all_rejects_of_the_wild_come_back(void **state)
{
    (void)state;
    size_t files = 0;
    for (size_t i = 0; i < wild_count; i++) {
        struct buf path = BUF_INIT, out = BUF_INIT;
        struct source source;
        struct imported it;
        if (wild[i].refused != NULL || wild[i].rejected == 0)
            continue;
        files++;
        buf_addf(&path, "%s/wild/%s", FIXTURES, wild[i].file);
        assert_true(source_open(&source, buf_string(&path), NULL));
        rejects_of(&source, &out);
        import_bytes(&it, wild[i].separator == '\0' ? "r.jsonl" : "r.csv", buf_text(&out), NULL);
        bool elements = !it.planned && strstr(buf_string(&out), "reject_element") != NULL;
        if (!elements && (!it.ran || it.report.rejected != wild[i].rejected ||
                          it.report.rows != wild[i].rejected))
            fail_msg("%s: %llu of %llu rejected: %s\n%s", wild[i].file,
                     (unsigned long long)it.report.rejected, (unsigned long long)it.report.rows,
                     it.ran ? "" : it.err.message, buf_string(&out));
        imported_release(&it);
        buf_release(&path);
        buf_release(&out);
    }
    assert_true(files >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_csv_stand_as_they_did),
        cmocka_unit_test(elements_of_json_stand_in_lines),
        cmocka_unit_test(rows_come_one_a_line_in_utf8),
        cmocka_unit_test(formulas_are_made_harmless),
        cmocka_unit_test(all_rejects_of_the_wild_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
