/* The lists that lie on a computer: which are found, and how their rows are counted. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "runtime/lists.h"
#include "support/home.h"

/* ---- counting ---- */

/* In pieces of every length: what is open at an end is open at the next beginning. */
static double rows_of(bool json, const char *text)
{
    double first = 0;
    for (size_t piece = 1; piece < 9; piece++) {
        struct list_counter counter;
        size_t length = strlen(text);
        list_counter_init(&counter, json);
        for (size_t at = 0; at < length; at += piece)
            list_counter_take(&counter, (const unsigned char *)text + at,
                              length - at < piece ? length - at : piece);
        double rows = list_counter_rows(&counter);
        if (piece > 1 && !isnan(rows))
            assert_true(rows == first);
        first = rows;
    }
    return first;
}

static void test_rows_of_csv(void **state)
{
    (void)state;
    assert_true(rows_of(false, "") == 0);
    assert_true(rows_of(false, "handle,bio\n") == 0);
    assert_true(rows_of(false, "handle,bio\na,b\nc,d\n") == 2);
    assert_true(rows_of(false, "handle,bio\r\na,b\r\nc,d") == 2);
    assert_true(rows_of(false, "handle,bio\n\na,b\n\n\n") == 1); /* blank lines are none */
    assert_true(rows_of(false, "handle;bio\na;\"two\nlines, \"\"one\"\" row\"\nb;c\n") == 2);
    assert_true(rows_of(false, "handle,bio\na,5'10\" tall\nb,c\n") == 2);
}

static void test_rows_of_json(void **state)
{
    (void)state;
    assert_true(rows_of(true, "[]") == 0);
    assert_true(rows_of(true, "[{\"a\": {\"b\": 1}}, {\"a\": \"}{\\\"{\"}]") == 2);
    assert_true(rows_of(true, "{\"a\": [{}]}\n{\"a\": 2}\n\n{\"a\": 3}") == 3);
    assert_true(isnan(rows_of(true, "{\"creators\": [{\"a\": 1}, {\"a\": 2}]}")));
}

/* ---- finding ---- */

static void write_file(const char *path, const char *text, int minutes_ago)
{
    struct timespec times[2];
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= 60 * minutes_ago;
    times[1] = times[0];
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static int set_up(void **state)
{
    home_make(state);
    setenv("HOME", home_folder(), 1);
    unsetenv("XDG_CONFIG_HOME");
    mkdir(at_home("Downloads"), 0700);
    mkdir(at_home("Desktop"), 0700);
    mkdir(at_home("work"), 0700);
    return chdir(at_home("work"));
}

static int tear_down(void **state)
{
    return chdir("/") == 0 ? home_remove(state) : -1;
}

static void count_all(struct lists *lists)
{
    while (lists_busy(lists))
        lists_count(lists);
}

static void expect(const struct lists *lists, size_t place, const char *path, const char *folder)
{
    assert_true(place < lists->count);
    assert_true(text_is(buf_text(&lists->files[place].path), path));
    assert_true(text_is(buf_text(&lists->files[place].folder), folder));
}

static void test_what_lies_around(void **state)
{
    struct lists lists = {.count = 0};
    (void)state;
    write_file(at_home("Downloads/old.csv"), "handle\na\nb\n", 50);
    write_file(at_home("Desktop/Book.XLSX"), "PK", 40);
    write_file(at_home("work/new.json"), "[{},{},{}]", 10);
    write_file(at_home("Downloads/.hidden.csv"), "handle\na\n", 5);
    write_file(at_home("Downloads/photo.jpg"), "no list", 5);
    write_file(at_home("Downloads/empty.csv"), "", 5);
    write_file(at_home("Downloads/odd\033[2J.csv"), "handle\na\n", 5);
    mkdir(at_home("Downloads/folder.csv"), 0700);
    assert_int_equal(mkfifo(at_home("Downloads/pipe.csv"), 0600), 0);
    assert_true(lists_look(&lists));
    assert_int_equal(lists.count, 3);
    expect(&lists, 0, "new.json", "here");
    expect(&lists, 1, "~/Desktop/Book.XLSX", "~/Desktop");
    expect(&lists, 2, "~/Downloads/old.csv", "~/Downloads");
    assert_true(lists_busy(&lists));
    count_all(&lists);
    assert_int_equal(lists.files[0].state, LIST_ROWS_KNOWN);
    assert_true(lists.files[0].rows == 3);
    assert_int_equal(lists.files[1].state, LIST_ROWS_BOOK);
    assert_true(lists.files[2].rows == 2);

    assert_false(lists_look(&lists)); /* nothing is new, and nothing is counted again */
    assert_false(lists_busy(&lists));
    write_file(at_home("Downloads/saved.csv"), "handle\na\n", 0);
    assert_true(lists_look(&lists));
    expect(&lists, 0, "~/Downloads/saved.csv", "~/Downloads");
    assert_true(lists.files[1].rows == 3);
    count_all(&lists);
    assert_true(lists.files[0].rows == 1);
    lists_release(&lists);
}

static void test_the_desktop_may_call_them_otherwise(void **state)
{
    struct lists lists = {.count = 0};
    (void)state;
    mkdir(at_home(".config"), 0700);
    mkdir(at_home("Schreibtisch"), 0700);
    write_file(at_home(".config/user-dirs.dirs"),
               "# which folders\nXDG_DESKTOP_DIR=\"$HOME/Schreibtisch\"\n"
               "XDG_DOWNLOAD_DIR=\"nowhere\"\n",
               9);
    write_file(at_home("Schreibtisch/liste.csv"), "handle\na\n", 9);
    write_file(at_home("Downloads/a.csv"), "handle\na\n", 10);
    assert_true(lists_look(&lists));
    assert_int_equal(lists.count, 2);
    expect(&lists, 0, "~/Schreibtisch/liste.csv", "~/Schreibtisch");
    expect(&lists, 1, "~/Downloads/a.csv", "~/Downloads");
    lists_release(&lists);
}

static void test_a_folder_counts_once(void **state)
{
    struct lists lists = {.count = 0};
    (void)state;
    write_file(at_home("Downloads/a.csv"), "handle\na\n", 10);
    assert_int_equal(chdir(at_home("Downloads")), 0);
    lists_look(&lists);
    assert_int_equal(lists.count, 1);
    lists_release(&lists);
}

static void test_the_newest_of_many(void **state)
{
    struct lists lists = {.count = 0};
    (void)state;
    for (int i = 0; i < 30; i++) {
        char name[40];
        snprintf(name, sizeof name, "Downloads/%02d.csv", (i * 7) % 30);
        write_file(at_home(name), "handle\na\n", (i * 7) % 30 + 1);
    }
    lists_look(&lists);
    assert_int_equal(lists.count, FIRST_FOUND_MOST);
    for (size_t i = 0; i < lists.count; i++) {
        char path[60];
        snprintf(path, sizeof path, "~/Downloads/%02zu.csv", i);
        expect(&lists, i, path, "~/Downloads");
    }
    lists_release(&lists);
}

static void test_a_large_one_is_not_counted(void **state)
{
    struct lists lists = {.count = 0};
    (void)state;
    write_file(at_home("Downloads/large.csv"), "handle\na\n", 1);
    assert_int_equal(truncate(at_home("Downloads/large.csv"), 64 << 20), 0);
    lists_look(&lists);
    assert_int_equal(lists.files[0].state, LIST_ROWS_UNKNOWN);
    assert_false(lists_busy(&lists));
    lists_release(&lists);
}

#define AT_HOME(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_csv),       cmocka_unit_test(test_rows_of_json),
        AT_HOME(test_what_lies_around),           AT_HOME(test_the_desktop_may_call_them_otherwise),
        AT_HOME(test_a_folder_counts_once),       AT_HOME(test_the_newest_of_many),
        AT_HOME(test_a_large_one_is_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
