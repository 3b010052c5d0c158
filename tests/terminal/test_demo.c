/* The explorer with a simulated feed beside it, and what is left of both when either ends. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "support/home_pty.h"
#include "support/sql.h"

static struct pty *start(const char *store)
{
    const char *argv[] = {MICROSCOPE, "demo", store ? "--store" : NULL, store, NULL};
    struct pty *pty = home_open((struct pty_options){.columns = 120, .rows = 32}, argv);
    pty_wait_text(pty, "1,200");
    pty_settle(pty);
    return pty;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void a_moment(double until, const char *what)
{
    if (seconds() > until)
        fail_msg("%s: it did not happen", what);
    poll(NULL, 0, 10);
}

/* ---- who is there ---- */

/* The process whose parent this is; 0: none. */
static pid_t child_of(pid_t parent)
{
    pid_t found = 0;
    DIR *all = opendir("/proc");
    assert_non_null(all);
    for (struct dirent *entry; (entry = readdir(all));) {
        char path[300], state;
        int pid = atoi(entry->d_name), of;
        snprintf(path, sizeof path, "/proc/%d/stat", pid);
        FILE *file = pid > 0 ? fopen(path, "r") : NULL;
        if (file && fscanf(file, "%*d (%*[^)]) %c %d", &state, &of) == 2 && of == parent &&
            state != 'Z')
            found = pid;
        if (file)
            fclose(file);
    }
    closedir(all);
    return found;
}

/* Ended, if perhaps not yet buried by whoever is its parent now. */
static bool is_gone(pid_t pid)
{
    char path[64], state = 'Z';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file && fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'Z';
    if (file)
        fclose(file);
    return !file || state == 'Z';
}

static pid_t feed_of(struct pty *pty)
{
    pid_t feed;
    for (double until = seconds() + 60; (feed = child_of(pty_pid(pty))) == 0;)
        a_moment(until, "the feed begins");
    return feed;
}

static void wait_gone(pid_t feed)
{
    for (double until = seconds() + 60; !is_gone(feed);)
        a_moment(until, "the feed ends");
}

/* ---- what is there ---- */

/* The only store in a folder of the program's own; false: there is no such folder. */
static bool find_store(char *path, size_t size)
{
    bool found = false;
    DIR *folder = opendir(home_folder());
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        if (strncmp(entry->d_name, "microscope-demo-", 16) == 0) {
            assert_false(found);
            found = true;
            snprintf(path, size, "%s/%s/sample.db", home_folder(), entry->d_name);
        }
    closedir(folder);
    return found;
}

static void wait_moving(const char *store)
{
    static const char sum[] = "SELECT sum(followers) FROM creator";
    double before = sql_number(store, sum);
    for (double until = seconds() + 60; sql_number(store, sum) == before;)
        a_moment(until, "figures move");
}

/* ---- tests ---- */

static void it_moves_and_leaves_nothing_behind(void **state)
{
    (void)state;
    struct stat about;
    char store[400];
    struct pty *pty = start(NULL);
    pid_t feed = feed_of(pty);
    assert_true(find_store(store, sizeof store));
    assert_int_equal(stat(store, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(sql_number(store, "SELECT count(*) FROM creator"), 1200);
    wait_moving(store);
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
    wait_gone(feed);
    assert_false(find_store(store, sizeof store));
}

static void a_named_store_stays(void **state)
{
    (void)state;
    char store[300], other[400];
    snprintf(store, sizeof store, "%s", at_home("own.db"));
    for (int again = 0; again < 2; again++) {
        struct pty *pty = start(store);
        pid_t feed = feed_of(pty);
        wait_moving(store);
        pty_send(pty, "q");
        assert_int_equal(pty_wait_exit(pty), 0);
        pty_close(pty);
        wait_gone(feed);
        assert_int_equal(sql_number(store, "SELECT count(*) FROM creator"), 1200);
    }
    assert_false(find_store(other, sizeof other));
}

static void a_feed_that_ends_is_told(void **state)
{
    (void)state;
    struct pty *pty = start(NULL);
    pid_t feed = feed_of(pty);
    kill(feed, SIGKILL);
    pty_wait_text(pty, "the simulated feed has ended: signal 9");
    pty_send(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_check_restored(pty);
    pty_close(pty);
}

static void it_ends_with_the_explorer(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGKILL};
    for (int i = 0; i < 3; i++) {
        struct pty *pty = start(NULL);
        pid_t feed = feed_of(pty);
        if (i < 2)
            pty_signal(pty, numbers[i]);
        else
            pty_hang_up(pty);
        pty_wait_exit(pty);
        wait_gone(feed);
        pty_close(pty);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, home_make, home_remove)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_moves_and_leaves_nothing_behind),
        TEST(a_named_store_stays),
        TEST(a_feed_that_ends_is_told),
        TEST(it_ends_with_the_explorer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
