#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "imported.h"

/* The shape of CSV files: what separates, where lines end, what cannot be a row. */

static void records_of(const char *bytes, const char *lines)
{
    struct imported it;
    import_string(&it, "tiktok.csv", bytes);
    assert_records(&it, lines);
    imported_release(&it);
}

static void problems_of(const char *bytes, const char *records, const char *problems)
{
    struct imported it;
    import_string(&it, "tiktok.csv", bytes);
    assert_records(&it, records);
    assert_problems(&it, problems);
    imported_release(&it);
}

static const char two[] = "tiktok/ann followers=1200\ntiktok/bob followers=3400\n";

static void every_separator_is_found(void **state)
{
    (void)state;
    records_of("handle,followers\nann,1200\nbob,3400\n", two);
    records_of("handle;followers\nann;1200\nbob;3400\n", two);
    records_of("handle\tfollowers\nann\t1200\nbob\t3400\n", two);
    records_of("handle|followers\nann|1200\nbob|3400\n", two);
    records_of("sep=;\nhandle;followers\nann;1200\nbob;3400\n", two);
}

static void a_cell_full_of_bars_does_not_mislead(void **state)
{
    (void)state;
    records_of("handle,niche\nann,a|b|c|d|\nbob,x|y|z|\n",
               "tiktok/ann niche=a|b|c|d\ntiktok/bob niche=x|y|z\n");
}

static void every_line_end_is_one(void **state)
{
    (void)state;
    records_of("handle,followers\r\nann,1200\r\nbob,3400\r\n", two);
    records_of("handle,followers\rann,1200\rbob,3400\r", two);
    records_of("handle,followers\nann,1200\r\nbob,3400", two);
    records_of("\n\r\n\nhandle,followers\n\n,,\nann,1200\n  \nbob,3400\n\n\n", two);
}

static void cells_may_hold_lines_quotes_and_separators(void **state)
{
    (void)state;
    records_of("handle,bio,\"follower\ncount\"\n"
               "ann,\"one\ntwo, \"\"three\"\"\",\"1.2K\r\"\n"
               "\"\nbob\",x,3400\n",
               "tiktok/ann bio=one\ntwo, \"three\" followers=1200\n"
               "tiktok/bob bio=x followers=3400\n");
}

static void line_numbers_are_those_of_an_editor(void **state)
{
    (void)state;
    problems_of("handle,bio,followers\n" /* 1 */
                "ann,\"a\nb\nc\",1\n"    /* 2-4 */
                "bob,x,many\n"           /* 5 */
                "\n"                     /* 6 */
                ",x,7\n",                /* 7 */
                "tiktok/ann bio=a\nb\nc followers=1\ntiktok/bob bio=x followers=?\n",
                "unknown 5 followers 'many' not a number\nrejected 7 handle '' no handle\n");
}

static void the_header_may_stand_further_down(void **state)
{
    (void)state;
    struct imported it;
    import_string(&it, "top_tiktok.csv",
                  "Our best list,,,\n,,,\nRank,Name,Username,Follower Count\n1,Ann A,@ann,10.4M\n");
    assert_records(&it, "tiktok/ann name=Ann A followers=10400000\n");
    assert_int_equal(it.plan.header_line, 3);
    assert_int_equal(it.report.rows, 1);
    imported_release(&it);
}

static void rows_with_too_many_cells_are_rejected(void **state)
{
    (void)state;
    problems_of("handle,name,followers\nann,A, B,12\nbob,B,34\ncid,C\ndan,D,5,,\n",
                "tiktok/bob name=B followers=34\ntiktok/cid name=C\n"
                "tiktok/dan name=D followers=5\n",
                "rejected 2 'ann' more cells than headers\n");
}

static void an_open_quote_costs_one_line(void **state)
{
    (void)state;
    problems_of("handle,followers\nann,1\n\"bob,2\ncid,3\ndan,4\n",
                "tiktok/ann followers=1\ntiktok/cid followers=3\ntiktok/dan followers=4\n",
                "rejected 3 '\"bob,2' a quote is not closed\n");
    /* The lines behind it keep their numbers. */
    problems_of("handle,followers\n\"bob,2\n,3\ncid,x\n", "tiktok/cid followers=?\n",
                "rejected 2 '\"bob,2' a quote is not closed\n"
                "rejected 3 handle '' no handle\nunknown 4 followers 'x' not a number\n");
}

static void an_open_quote_in_a_long_file_costs_one_line(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    size_t rows = 200000; /* 3 MB: more than the window */
    buf_add_string(&file, "handle,followers\n\"broken,1\n");
    for (size_t i = 0; i < rows; i++)
        buf_addf(&file, "c%zu,%zu\n", i, i + 1000);
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_true(it.ran);
    assert_int_equal(it.report.emitted, rows);
    assert_int_equal(it.report.rejected, 1);
    assert_problems(&it, "rejected 2 '\"broken,1' a quote is not closed\n");
    imported_release(&it);
    buf_release(&file);
}

/* Each line opens a quote that no other closes properly. */
static void many_open_quotes_end_in_time(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "handle,followers\nann,1\n");
    for (size_t i = 0; i < 30000; i++)
        buf_add_string(&file, "\"x\n\"y\n");
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_true(it.ran);
    assert_true(it.report.rejected > 0);
    imported_release(&it);
    buf_release(&file);
}

static void a_giant_cell_is_one_reject(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "handle,bio,followers\nann,");
    buf_add_repeat(&file, 'x', (size_t)10 << 20);
    buf_add_string(&file, ",12\nbob,short,34\n");
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_records(&it, "tiktok/bob bio=short followers=34\n");
    assert_int_equal(it.report.rejected, 1);
    assert_non_null(strstr(it.problems.at, "rejected 2 "));
    assert_non_null(strstr(it.problems.at, "longer than 1 MiB"));
    imported_release(&it);
    buf_release(&file);
}

static void more_than_4096_columns_are_refused(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "handle");
    buf_add_repeat(&file, ',', 100000);
    buf_add_string(&file, "\nann\n");
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_refused(&it, "'tiktok.csv' has more than 4096 columns");
    imported_release(&it);
    buf_clear(&file);
    buf_add_string(&file, "handle,followers\nann,1\nbob,2");
    buf_add_repeat(&file, ',', 5000);
    buf_add_string(&file, "\ncid,3\n");
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_records(&it, "tiktok/ann followers=1\ntiktok/cid followers=3\n");
    assert_int_equal(it.report.rejected, 1);
    imported_release(&it);
    buf_release(&file);
}

static void what_is_no_list_is_refused(void **state)
{
    (void)state;
    const struct {
        struct text bytes;
        const char *words;
    } files[] = {
        {TEXT(""), "'tiktok.csv' is empty"},
        {TEXT("\n \r\n"), "'tiktok.csv' is empty"},
        {TEXT("\x7F"
              "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\3\0"),
         "is not text"},
        {TEXT("ann,1200\nbob,3400\n"), "no header in the first 30 rows"},
        {TEXT("one,two\nann,1200\n"), "no header in the first 30 rows"},
        {TEXT("followers,country\n1200,DE\n"), "looks like a handle"},
        {TEXT("PK\3\4\24\0\6\0\10\0\0\0!\0[Content_Types].xml PK\3\4 xl/workbook.xml"),
         "Excel workbook: open it, choose Save as, CSV UTF-8"},
        {TEXT("PK\3\4 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
         "OpenDocument spreadsheet: open it, choose Save as, CSV"},
        {TEXT("PK\3\4 creators.csv"), "it is an archive"},
        {TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "an old Excel workbook"},
        {TEXT("%PDF-1.7\n"), "it is a PDF"},
        {TEXT("Campaign,Clicks,Conversions,Revenue\nx,1,2,3\n"), "campaign results"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct imported it;
        import_bytes(&it, "tiktok.csv", files[i].bytes, NULL);
        assert_refused(&it, files[i].words);
        imported_release(&it);
    }
}

static void a_header_alone_is_an_empty_list(void **state)
{
    (void)state;
    records_of("handle,followers\n", "");
}

static void the_header_again_is_no_creator(void **state)
{
    (void)state;
    problems_of("handle,followers\nann,1\nhandle,followers\nbob,2\n",
                "tiktok/ann followers=1\ntiktok/bob followers=2\n",
                "rejected 3 handle 'handle' the header again\n");
}

static void nul_bytes_become_signs(void **state)
{
    (void)state;
    struct imported it;
    import_bytes(&it, "tiktok.csv", TEXT("handle,name,followers\nann,A\0B,12\n"), NULL);
    assert_records(&it, "tiktok/ann name=A\uFFFDB followers=12\n");
    imported_release(&it);
}

static void all_encodings_give_the_same(void **state)
{
    (void)state;
    const struct {
        struct text bytes;
        enum import_encoding encoding;
    } files[] = {
        {TEXT("handle,name\nann,Zo\xC3\xAB \xE2\x82\xAC\n"), ENCODING_UTF8},
        {TEXT("\xEF\xBB\xBFhandle,name\nann,Zo\xC3\xAB \xE2\x82\xAC\n"), ENCODING_UTF8_BOM},
        {TEXT("handle,name\nann,Zo\xEB \x80\n"), ENCODING_WINDOWS_1252},
        {TEXT("\xFF\xFEh\0a\0n\0d\0l\0e\0,\0n\0a\0m\0e\0\n\0a\0n\0n\0,\0Z\0o\0\xEB\0 "
              "\0\xAC\x20\n\0"),
         ENCODING_UTF16_LE},
        {TEXT("\xFE\xFF\0h\0a\0n\0d\0l\0e\0,\0n\0a\0m\0e\0\n\0a\0n\0n\0,\0Z\0o\0\xEB\0 "
              "\x20\xAC\0\n"),
         ENCODING_UTF16_BE},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct imported it;
        import_bytes(&it, "tiktok.csv", files[i].bytes, NULL);
        assert_records(&it, "tiktok/ann name=Zo\u00EB \u20AC\n");
        assert_int_equal(it.plan.encoding, files[i].encoding);
        imported_release(&it);
    }
}

static void a_few_broken_bytes_do_not_change_the_encoding(void **state)
{
    (void)state;
    struct imported it;
    import_string(
        &it, "tiktok.csv",
        "handle,name\na,\xC3\xAB\xC3\xAB\xC3\xAB\nb,\xC3\xAB\xC3\xAB\xC3\xAB\nc,x\xFFy\n");
    assert_int_equal(it.plan.encoding, ENCODING_UTF8);
    assert_non_null(strstr(it.records.at, "tiktok/c name=x\uFFFDy\n"));
    imported_release(&it);
    /* Two letters that happen to look like one of UTF-8 do not either. */
    import_string(&it, "tiktok.csv", "handle,name\na,\xE9\xE9\xE9\nb,\xE8\nc,\xC3\xA9\n");
    assert_records(&it, "tiktok/a name=\u00E9\u00E9\u00E9\ntiktok/b name=\u00E8\n"
                        "tiktok/c name=\u00C3\u00A9\n");
    imported_release(&it);
}

/* Blocks are cut anywhere: inside a character, a quote, a line end. */
static void a_file_larger_than_its_blocks_is_whole(void **state)
{
    (void)state;
    struct buf file = BUF_INIT, wanted = BUF_INIT;
    struct imported it;
    buf_add_string(&file, "handle,name,followers\r\n");
    for (size_t i = 0; i < 9000; i++) {
        buf_addf(&file, "h%zu,\"\xEB, \"\"%zu\"\"\",%zu\r\n", i, i, i * 7);
        buf_addf(&wanted, "tiktok/h%zu name=\u00EB, \"%zu\" followers=%zu\n", i, i, i * 7);
    }
    import_bytes(&it, "tiktok.csv", buf_text(&file), NULL);
    assert_int_equal(it.plan.encoding, ENCODING_WINDOWS_1252);
    assert_records(&it, buf_string(&wanted));
    imported_release(&it);
    buf_release(&file);
    buf_release(&wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_separator_is_found),
        cmocka_unit_test(a_cell_full_of_bars_does_not_mislead),
        cmocka_unit_test(every_line_end_is_one),
        cmocka_unit_test(cells_may_hold_lines_quotes_and_separators),
        cmocka_unit_test(line_numbers_are_those_of_an_editor),
        cmocka_unit_test(the_header_may_stand_further_down),
        cmocka_unit_test(rows_with_too_many_cells_are_rejected),
        cmocka_unit_test(an_open_quote_costs_one_line),
        cmocka_unit_test(an_open_quote_in_a_long_file_costs_one_line),
        cmocka_unit_test(many_open_quotes_end_in_time),
        cmocka_unit_test(a_giant_cell_is_one_reject),
        cmocka_unit_test(more_than_4096_columns_are_refused),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(a_header_alone_is_an_empty_list),
        cmocka_unit_test(the_header_again_is_no_creator),
        cmocka_unit_test(nul_bytes_become_signs),
        cmocka_unit_test(all_encodings_give_the_same),
        cmocka_unit_test(a_few_broken_bytes_do_not_change_the_encoding),
        cmocka_unit_test(a_file_larger_than_its_blocks_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
