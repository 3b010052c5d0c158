#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "base/vec.h"
#include "exchange/handover.h"

/* Documents as bytes; what a browser and a spreadsheet make of them is told by tests/cli. */

static int width_of(uint32_t code_point)
{
    return utf8proc_charwidth((utf8proc_int32_t)code_point);
}

static const struct width_table widths = {width_of};

static const struct writer_column layout[] = {
    {.key = "platform", .title = "Platform", .unit = UNIT_WORD},
    {.key = "handle", .title = "Creator <&>", .unit = UNIT_TEXT},
    {.key = "niche", .title = "Niche", .unit = UNIT_SET},
    {.key = "roi", .title = "ROI", .unit = UNIT_ROI},
};

static size_t asked;

static bool row_of(void *self, size_t place, struct writer_cell *cells, struct err *err)
{
    const size_t *last = self;
    asked++;
    if (place == *last)
        return err_set(err, "cancelled");
    cells[0] = (struct writer_cell){.text = TEXT("tiktok")};
    cells[1] = (struct writer_cell){.text = TEXT("</td><script>=1+1 \xff\xe2\x80\xae")};
    cells[2] = (struct writer_cell){.text = TEXT("<b>|art")};
    cells[3] = (struct writer_cell){.number = 0.34, .mark = '~'};
    return true;
}

static bool (*goes_on)(void *self);
static unsigned looks;

static bool patient(void *self)
{
    (void)self;
    looks++;
    return true;
}

static bool cancels(void *self)
{
    (void)self;
    looks++;
    return false;
}

static bool write_list(const char *format, size_t rows, size_t stop, struct buf *out,
                       struct err *err)
{
    static struct scenario scenario;
    struct writer_options options = {.widths = &widths, .style = number_style_english};
    struct handover_list list = {.columns = layout,
                                 .column_count = COUNT_OF(layout),
                                 .rows = rows,
                                 .total = rows,
                                 .filter = TEXT("niche:<art>"),
                                 .row = row_of,
                                 .self = &stop};
    scenario_init(&scenario);
    struct handover handover = {.title = TEXT("A < B"),
                                .at = 1.7e9,
                                .scenario = &scenario,
                                .list = &list,
                                .assumptions = true,
                                .estimates = true,
                                .goes_on = goes_on};
    asked = looks = 0;
    bool ok = handover_write(&handover, exporter_find(text_of(format)), &options,
                             writer_out_buf(out), err);
    return ok;
}

/* Every element that begins ends, in order. */
static void assert_balanced(const char *page)
{
    static const char *const empty[] = {"meta", "br", "!DOCTYPE"};
    char open[64][32];
    size_t depth = 0;
    for (const char *at = strchr(page, '<'); at; at = strchr(at + 1, '<')) {
        bool ends = at[1] == '/';
        char name[32];
        size_t length = strcspn(at + 1 + ends, " >/");
        assert_true(length > 0 && length < sizeof name);
        snprintf(name, sizeof name, "%.*s", (int)length, at + 1 + ends);
        const char *close = strchr(at, '>');
        assert_non_null(close);
        bool alone = close[-1] == '/';
        for (size_t i = 0; i < COUNT_OF(empty); i++)
            alone = alone || strcmp(name, empty[i]) == 0;
        if (alone)
            continue;
        if (!ends) {
            assert_true(depth < COUNT_OF(open));
            memcpy(open[depth++], name, sizeof name);
        } else {
            assert_true(depth > 0);
            assert_string_equal(open[--depth], name);
        }
    }
    assert_int_equal(depth, 0);
}

static void a_page_is_well_formed_whatever_the_text(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct err err;
    assert_true(write_list("html", 3, 99, &out, &err));
    const char *page = buf_string(&out);
    assert_balanced(page);
    assert_non_null(strstr(page, "<h1>A &lt; B</h1>"));
    assert_non_null(strstr(page, "&lt;/td&gt;&lt;script&gt;=1+1 \xef\xbf\xbd"));
    assert_non_null(strstr(page, "&lt;b&gt;, art"));
    assert_non_null(strstr(page, "niche:&lt;art&gt;"));
    assert_non_null(strstr(page, "<span class=\"est\">~+34%</span>"));
    assert_null(strstr(page, "<script"));
    assert_true(utf8_valid(buf_text(&out)));
    buf_release(&out);
}

static void a_book_is_one_file(void **state)
{
    (void)state;
    struct buf out = BUF_INIT, again = BUF_INIT;
    struct err err;
    assert_true(write_list("xlsx", 3, 99, &out, &err));
    assert_true(write_list("xlsx", 3, 99, &again, &err));
    assert_true(text_starts(buf_text(&out), "PK\x03\x04"));
    assert_true(text_equal(buf_text(&out), buf_text(&again)));
    buf_release(&out);
    buf_release(&again);
}

/* Putting it together takes long: it is the same file, and can be given up to the end. */
static void a_large_book_can_be_cancelled_late(void **state)
{
    (void)state;
    struct buf out = BUF_INIT, watched = BUF_INIT, cancelled = BUF_INIT;
    struct err err;
    char folder[] = "/tmp/microscope-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    setenv("TMPDIR", folder, 1);
    assert_true(write_list("xlsx", 20000, SIZE_MAX, &out, &err));
    goes_on = patient;
    assert_true(write_list("xlsx", 20000, SIZE_MAX, &watched, &err));
    assert_true(looks > 0);
    assert_true(text_equal(buf_text(&out), buf_text(&watched)));
    goes_on = cancels;
    assert_false(write_list("xlsx", 20000, SIZE_MAX, &cancelled, &err));
    goes_on = NULL;
    assert_int_equal(looks, 1);
    assert_int_equal(asked, 20000);
    assert_int_equal(cancelled.length, 0);
    unsetenv("TMPDIR");
    assert_int_equal(rmdir(folder), 0); /* nothing was left in it */
    buf_release(&out);
    buf_release(&watched);
    buf_release(&cancelled);
}

static void more_rows_than_a_browser_shows_are_refused(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct err err;
    assert_false(write_list("html", 100001, SIZE_MAX, &out, &err));
    assert_string_equal(err.message,
                        "100001 creators are more than the 100000 that a browser shows "
                        "on a page: filter them, or write csv or xlsx");
    assert_int_equal(asked, 0);
    assert_int_equal(out.length, 0);
}

/* A sheet ends somewhere: said before anything is written. */
static void more_rows_than_a_sheet_has_are_refused(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct err err;
    assert_false(write_list("xlsx", 1048576, 99, &out, &err));
    assert_string_equal(err.message, "1048576 creators are more than the 1048575 that a sheet "
                                     "holds: filter them, or write csv");
    assert_int_equal(asked, 0);
    assert_int_equal(out.length, 0);
}

static void a_list_that_is_cancelled_gives_no_document(void **state)
{
    (void)state;
    static const char *const names[] = {"html", "xlsx"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buf out = BUF_INIT;
        struct err err;
        assert_false(write_list(names[i], 10, 5, &out, &err));
        assert_string_equal(err.message, "cancelled");
        assert_int_equal(asked, 6);
        assert_false(out.length > 8 && strstr(buf_string(&out), "</html>"));
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_is_well_formed_whatever_the_text),
        cmocka_unit_test(a_book_is_one_file),
        cmocka_unit_test(a_large_book_can_be_cancelled_late),
        cmocka_unit_test(more_rows_than_a_browser_shows_are_refused),
        cmocka_unit_test(more_rows_than_a_sheet_has_are_refused),
        cmocka_unit_test(a_list_that_is_cancelled_gives_no_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
