/* The first minutes with the program: the menu of an empty store, and the tour through the sample, with
 * keys as a person would press them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "support/home_pty.h"
#include "support/sql.h"

static const char list[] = "platform,handle,followers,likes\n"
                           "instagram,ada,12000,400\n"
                           "tiktok,bea,34000,900\n"
                           "instagram,cleo,5600,200\n";

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(at_home(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct pty *start(int columns, int rows)
{
    const char *argv[] = {MICROSCOPE, "--store", at_home("own.db"), NULL};
    struct pty *pty = home_open((struct pty_options){.columns = columns, .rows = rows}, argv);
    pty_wait_text(pty, "Welcome");
    pty_settle(pty);
    return pty;
}

static void keys(struct pty *pty, const char *keys_)
{
    pty_send(pty, keys_);
    pty_settle(pty);
}

static void quit(struct pty *pty)
{
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

static void test_a_list_that_was_found_is_imported(void **state)
{
    (void)state;
    mkdir(at_home("Downloads"), 0700);
    write_file("Downloads/creators.csv", list);
    struct pty *pty = start(80, 24);
    pty_wait_text(pty, "creators.csv");
    pty_wait_text(pty, "3 rows");
    keys(pty, "\033[B\r");
    pty_wait_text(pty, "3 new");
    pty_send(pty, "\r");
    pty_wait_text(pty, "3 new, 0 updated"); /* before that, leaving asks once more */
    pty_wait_text(pty, "3 of 3");
    pty_wait_text(pty, "cleo");
    pty_settle(pty);
    assert_false(pty_shows(pty, "Welcome"));
    quit(pty);
    assert_int_equal(sql_number(at_home("own.db"), "SELECT count(*) FROM creator"), 3);
}

/* Who saves a list meanwhile sees it come, and the mouse can choose it. */
static void test_a_list_that_is_saved_comes_to_stand_there(void **state)
{
    (void)state;
    mkdir(at_home("Downloads"), 0700);
    struct pty *pty = start(120, 32);
    pty_wait_text(pty, "none found");
    write_file("Downloads/later.csv", list);
    pty_wait_text(pty, "later.csv");
    pty_settle(pty);
    int row = 0;
    while (row < 32 && !strstr(pty_row(pty, row), "later.csv"))
        row++;
    pty_click(pty, 0, 40, row);
    pty_wait_text(pty, "3 new");
    keys(pty, "\033");
    pty_wait_text(pty, "Welcome");
    quit(pty);
}

/* Is there a folder of the sample's? */
static bool has_sample(void)
{
    bool found = false;
    DIR *folder = opendir(home_folder());
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        found = found || strncmp(entry->d_name, "microscope-demo-", 16) == 0;
    closedir(folder);
    return found;
}

static void down(struct pty *pty, int times)
{
    while (times-- > 0)
        keys(pty, "\033[B");
}

/* Down to the line of the reasons that this is, however many there are for the creator at hand. */
static void down_to_order_value(struct pty *pty)
{
    int first = 0, row = 0;
    while (first < pty_rows(pty) && !strstr(pty_row(pty, first), "Why ROI"))
        first++;
    while (row < pty_rows(pty) && !strstr(pty_row(pty, row), "order value"))
        row++;
    assert_true(first < row && row < pty_rows(pty));
    down(pty, row - first - 1);
}

static void walk(struct pty *pty)
{
    pty_wait_text(pty, "Tour 1 of 7");
    down(pty, 3);
    pty_wait_text(pty, "Tour 2 of 7");
    keys(pty, "f");
    keys(pty, "beau");
    keys(pty, "\r");
    keys(pty, "micro");
    keys(pty, "\r");
    keys(pty, "\033");
    pty_wait_text(pty, "Tour 3 of 7");
    keys(pty, "\033[D");
    keys(pty, "s");
    pty_wait_text(pty, "most for the money");
    keys(pty, "\033[C");
    keys(pty, "s");
    pty_wait_text(pty, "Tour 4 of 7");
    keys(pty, "g");
    keys(pty, "i");
    pty_wait_text(pty, "Why ROI");
    down_to_order_value(pty);
    keys(pty, "e");
    keys(pty, "120");
    keys(pty, "\r");
    pty_wait_text(pty, "Tour 5 of 7");
    keys(pty, "   ");
    keys(pty, "c");
    pty_wait_text(pty, "Read the last lines");
    keys(pty, "\033");
    pty_wait_text(pty, "Tour 6 of 7");
    keys(pty, "\033[D");
    keys(pty, "1");
    keys(pty, "\r");
    pty_wait_text(pty, "type 50%");
    keys(pty, "\033[C");
    keys(pty, "e");
    keys(pty, "50%");
    keys(pty, "\r");
    pty_wait_text(pty, "once more");
    keys(pty, "u");
    keys(pty, "u");
    pty_wait_text(pty, "Tour 7 of 7");
    keys(pty, "a");
    keys(pty, "p");
    keys(pty, "b");
    keys(pty, "5000");
    keys(pty, "\r");
    pty_wait_text(pty, "of 5,000");
    keys(pty, "A");
    pty_wait_text(pty, "proven best");
    keys(pty, "\r");
    pty_wait_text(pty, "hands it over");
    keys(pty, "x");
    keys(pty, "\033");
    pty_wait_text(pty, "Tour done");
    pty_wait_text(pty, "Your own list");
}

static void test_the_sample_and_its_tour(void **state)
{
    (void)state;
    struct pty *pty = start(80, 24);
    pty_expect_another(pty);
    pty_send(pty, "\r");
    pty_wait_text(pty, "1,200 of 1,200");
    pty_settle(pty);
    assert_true(has_sample());
    walk(pty);
    keys(pty, "\033\033");
    assert_false(pty_shows(pty, "Tour done"));
    quit(pty);
    assert_false(has_sample());
    /* the store that was open stays as it was */
    assert_int_equal(sql_number(at_home("own.db"), "SELECT count(*) FROM creator"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_make, home_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_list_that_was_found_is_imported),
        TEST(test_a_list_that_is_saved_comes_to_stand_there),
        TEST(test_the_sample_and_its_tour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
