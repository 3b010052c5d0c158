/* What is handed over, with the real program: each of the files is what stands on the screen, also what
 * was typed a moment before; nothing is replaced without a question; a cancelled one leaves nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "support/home_pty.h"
#include "support/sql.h"

#define CREATORS 6

static char store[300], list[300];

static int set_up(void **state)
{
    home_make(state);
    snprintf(store, sizeof store, "%s", at_home("store.db"));
    snprintf(list, sizeof list, "%s", at_home("list.csv"));
    assert_int_equal(mkdir(at_home("Downloads"), 0700), 0);
    FILE *file = fopen(list, "w");
    assert_non_null(file);
    fputs("handle,platform,followers,likes,comments,niche,fee,currency\n"
          "anna,instagram,12000,480,20,beauty,200,EUR\n"
          "bert,instagram,23000,690,31,food,300,EUR\n"
          "cleo,instagram,34000,1020,44,beauty,410,EUR\n"
          "dora,instagram,45000,2250,60,beauty,350,EUR\n"
          "emil,instagram,56000,1120,70,beauty,,EUR\n"
          "fred,instagram,67000,4020,80,beauty,610,EUR\n",
          file);
    assert_int_equal(fclose(file), 0);
    home_run((const char *const[]){MICROSCOPE, "import", list, "--store", store, NULL}, 0);
    return 0;
}

static struct pty *start(void)
{
    const char *const argv[] = {MICROSCOPE, store, NULL};
    const char *const env[] = {"MICROSCOPE_NOW=2026-08-03T12:00:00Z", "SSH_TTY=/dev/none", NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 32, .env = env}, argv);
    pty_settle(pty);
    return pty;
}

static void keys(struct pty *pty, const char *bytes)
{
    for (; *bytes; bytes++) {
        pty_send_bytes(pty, bytes, 1);
        pty_settle(pty);
    }
}

static void quit(struct pty *pty)
{
    pty_send(pty, "qqq"); /* from wherever one is */
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

static void read_all(FILE *file, struct buf *out)
{
    char block[4096];
    assert_non_null(file);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(out, block, got);
}

static void read_file(const char *path, struct buf *out)
{
    FILE *file = fopen(path, "rb");
    read_all(file, out);
    fclose(file);
}

/* All parts of a workbook, one after the other. */
static void read_book(const char *path, struct buf *out)
{
    struct buf command = BUF_INIT;
    buf_addf(&command,
             "python3 -c 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); "
             "print(\"\".join(z.read(n).decode() for n in z.namelist()))' '%s'",
             path);
    FILE *pipe = popen(buf_string(&command), "r");
    read_all(pipe, out);
    assert_int_equal(pclose(pipe), 0);
    buf_release(&command);
}

static const char *in_downloads(const char *name)
{
    struct buf path = BUF_INIT;
    buf_addf(&path, "Downloads/%s", name);
    const char *whole = at_home(buf_string(&path));
    buf_release(&path);
    return whole;
}

static size_t files_in_downloads(void)
{
    size_t count = 0;
    DIR *dir = opendir(at_home("Downloads"));
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));)
        count += entry->d_name[0] != '.';
    closedir(dir);
    return count;
}

/* The rows of the list on the screen, from the top. */
static const char *list_row(struct pty *pty, int place)
{
    return pty_row(pty, 3 + place);
}

static struct text cell_of(struct text line, size_t place)
{
    struct text cell = {0};
    for (size_t i = 0; i <= place; i++)
        assert_true(text_next(&line, ',', &cell));
    return cell;
}

static size_t place_of(struct text header, const char *key)
{
    struct text cell;
    for (size_t i = 0; text_next(&header, ',', &cell); i++)
        if (text_is(cell, key))
            return i;
    fail_msg("no column '%s'", key);
    return 0;
}

static void assert_shows(const char *row, const char *format, double value)
{
    char figure[32];
    snprintf(figure, sizeof figure, format, value);
    if (!strstr(row, figure))
        fail_msg("'%s' is not in: %s", figure, row);
}

/* ---- the list ---- */

static void test_a_list_for_a_tool_is_the_one_on_the_screen(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct pty *pty = start();
    keys(pty, "fbeauty\r\033"); /* bert goes */
    keys(pty, "x");
    assert_true(pty_shows(pty, "the list, 5 of 6 creators"));
    assert_true(pty_shows(pty, "~/Downloads/2026-08-03 niche beauty.html"));
    keys(pty, "jj\r");
    pty_wait_text(pty, "saved ");
    assert_true(pty_shows(pty, in_downloads("2026-08-03 niche beauty.csv")));
    read_file(in_downloads("2026-08-03 niche beauty.csv"), &file);
    struct text rest = buf_text(&file), header, line;
    assert_true(text_next(&rest, '\n', &header));
    size_t handle = place_of(header, "handle"), fee = place_of(header, "fee");
    size_t roi = place_of(header, "roi"), currency = place_of(header, "currency"), count = 0;
    while (text_next(&rest, '\n', &line) && line.length > 0) {
        const char *row = list_row(pty, (int)count++);
        struct buf name = BUF_INIT;
        buf_add_text(&name, cell_of(line, handle));
        if (!strstr(row, buf_string(&name)))
            fail_msg("'%s' is not in: %s", buf_string(&name), row);
        buf_clear(&name);
        buf_add_text(&name, cell_of(line, fee));
        assert_shows(row, "%.0f", strtod(buf_string(&name), NULL));
        buf_clear(&name);
        buf_add_text(&name, cell_of(line, roi));
        assert_shows(row, "%+.0f%%", 100 * strtod(buf_string(&name), NULL));
        assert_true(text_is(cell_of(line, currency), "EUR"));
        buf_release(&name);
    }
    assert_int_equal(count, CREATORS - 1);
    assert_false(strstr(buf_string(&file), "bert") != NULL);
    buf_release(&file);
    quit(pty);
}

/* ---- the plan ---- */

/* The fee is typed and not in the store yet: it is in the file. */
static void test_a_plan_for_the_boss_has_what_was_just_typed(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    struct pty *pty = start();
    keys(pty, "a");
    keys(pty, "ja");
    keys(pty, "phhhhhhhhhll"); /* to the fee */
    keys(pty, "123\rx");
    assert_true(pty_shows(pty, "the plan, 2 creators"));
    keys(pty, "\r");
    pty_wait_text(pty, "saved ");
    read_file(in_downloads("2026-08-03 default plan.html"), &file);
    assert_non_null(strstr(buf_string(&file), ">=123<"));
    char total[32] = "";
    for (int row = 0; row < pty_rows(pty); row++)
        if (strstr(pty_row(pty, row), " All 2 "))
            sscanf(strstr(pty_row(pty, row), " All 2 "), " All 2 %*s %31s", total);
    assert_true(total[0] != 0);
    if (!strstr(buf_string(&file), total))
        fail_msg("the cost of all, %s, is not in the page", total);
    buf_release(&file);
    quit(pty);
}

/* ---- the comparison ---- */

static void test_a_comparison_for_the_team_has_its_order(void **state)
{
    (void)state;
    struct buf book = BUF_INIT;
    struct pty *pty = start();
    keys(pty, "  ");
    keys(pty, "c");
    char first[16] = "", second[16] = "";
    for (int row = 0; row < pty_rows(pty) && !first[0]; row++)
        if (strstr(pty_row(pty, row), "@"))
            sscanf(strchr(pty_row(pty, row), '@'), "@%15s @%15s", first, second);
    keys(pty, "xj\r");
    pty_wait_text(pty, "saved ");
    assert_int_equal(files_in_downloads(), 1);
    DIR *dir = opendir(at_home("Downloads"));
    for (struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            read_book(in_downloads(entry->d_name), &book);
    closedir(dir);
    assert_non_null(strstr(buf_string(&book), "Comparison"));
    if (first[0] && second[0]) {
        const char *one = strstr(buf_string(&book), first),
                   *two = strstr(buf_string(&book), second);
        assert_true(one && two && one < two);
    }
    buf_release(&book);
    quit(pty);
}

/* ---- files that are there ---- */

static void test_a_file_is_replaced_after_a_question(void **state)
{
    (void)state;
    struct buf file = BUF_INIT;
    const char *name = "2026-08-03 creators.csv";
    FILE *there = fopen(in_downloads(name), "w");
    fputs("mine", there);
    fclose(there);
    struct pty *pty = start();
    keys(pty, "xjj\r");
    assert_true(pty_shows(pty, "is there already"));
    keys(pty, "\033");
    assert_false(pty_shows(pty, "is there already"));
    read_file(in_downloads(name), &file);
    assert_string_equal(buf_string(&file), "mine");
    keys(pty, "\r\r");
    pty_wait_text(pty, "saved ");
    buf_clear(&file);
    read_file(in_downloads(name), &file);
    assert_non_null(strstr(buf_string(&file), "anna"));
    keys(pty, "xe\025/nowhere/at/all.csv\r\r"); /* Ctrl-U clears the name */
    pty_wait_text(pty, "'/nowhere/at/all.csv': No such file");
    buf_release(&file);
    quit(pty);
}

static void test_a_cancelled_one_leaves_nothing(void **state)
{
    (void)state;
    const char *many = at_home("many.csv");
    FILE *file = fopen(many, "w");
    fputs("handle,platform,followers,niche\n", file);
    for (int i = 0; i < 40000; i++)
        fprintf(file, "made.up.%d,instagram,%d,travel\n", i, 1000 + i);
    assert_int_equal(fclose(file), 0);
    home_run((const char *const[]){MICROSCOPE, "import", many, "--store", store, NULL}, 0);
    struct pty *pty = start();
    pty_wait_text(pty, "of 40,006");
    pty_send(pty, "xj\r");
    pty_wait_text(pty, "Save 2026-08-03");
    kill(pty_child(pty), SIGSTOP);
    keys(pty, " "); /* every key goes on working */
    assert_true(pty_shows(pty, "Compare 1"));
    keys(pty, "\003");
    pty_wait_text(pty, "cancelled, no file was made");
    assert_int_equal(files_in_downloads(), 0);
    quit(pty);
}

/* ---- copies ---- */

static void test_copies_go_through_the_terminal(void **state)
{
    (void)state;
    struct pty *pty = start();
    keys(pty, "Y");
    pty_wait_text(pty, "copied by the terminal");
    size_t length;
    const char *written = pty_output(pty, &length);
    struct text all = {written, length};
    size_t at;
    assert_true(text_find(all, TEXT("\033]52;c;"), &at));
    quit(pty);
}

/* A tool of one's own before all others: it keeps what it is given. */
static void make_tool(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%s", at_home(name));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\nexec cat >'%s.copied'\n", path);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0700), 0);
}

/* `place`: the key that leads there; both words are in its table. */
static void expect_copied(const char *by, const char *variable, const char *session, bool by_tool,
                          const char *place, const char *const words[2])
{
    char search[400], name[80], told[80];
    struct buf copied = BUF_INIT;
    snprintf(search, sizeof search, "PATH=%s:/usr/bin:/bin", home_folder());
    snprintf(told, sizeof told, "copied by %s", by_tool ? by : "the terminal");
    snprintf(name, sizeof name, "%s.copied", by);
    remove(at_home(name));
    make_tool(by);
    const char *const env[] = {search,           "WAYLAND_DISPLAY", "DISPLAY", "SSH_TTY",
                               "SSH_CONNECTION", variable,          session,   NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 32, .env = env},
                                (const char *const[]){MICROSCOPE, store, NULL});
    pty_settle(pty);
    pty_send(pty, place);
    pty_settle(pty);
    pty_send(pty, "Y");
    pty_wait_text(pty, told);
    assert_int_equal(strstr(pty_output(pty, NULL), "\033]52;c;") == NULL, by_tool);
    quit(pty);
    FILE *file = fopen(at_home(name), "r");
    assert_int_equal(file != NULL, by_tool);
    if (file) {
        char block[4096];
        buf_add(&copied, block, fread(block, 1, sizeof block, file));
        fclose(file);
        assert_non_null(strstr(buf_string(&copied), words[0]));
        assert_non_null(strstr(buf_string(&copied), words[1]));
    }
    buf_release(&copied);
    remove(at_home(by));
}

/* From far away the tools of that machine reach nobody's clipboard. */
static void test_copies_go_through_a_tool_where_there_is_one(void **state)
{
    (void)state;
    static const char *const people[] = {"anna", "fred"}, *const tiers[] = {"micro 1k-100k", "ROI"};
    expect_copied("wl-copy", "WAYLAND_DISPLAY=wayland-0", NULL, true, "g", people);
    expect_copied("xclip", "DISPLAY=:0", NULL, true, "g", people);
    expect_copied("xclip", "DISPLAY=:0", "SSH_CONNECTION=somewhere", false, "g", people);
    expect_copied("xclip", "DISPLAY=:0", NULL, true, "t", tiers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_list_for_a_tool_is_the_one_on_the_screen, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_a_plan_for_the_boss_has_what_was_just_typed, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_a_comparison_for_the_team_has_its_order, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_a_file_is_replaced_after_a_question, set_up,
                                        home_remove),
        cmocka_unit_test_setup_teardown(test_a_cancelled_one_leaves_nothing, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_copies_go_through_the_terminal, set_up, home_remove),
        cmocka_unit_test_setup_teardown(test_copies_go_through_a_tool_where_there_is_one, set_up,
                                        home_remove),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
