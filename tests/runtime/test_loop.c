#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include "base/vec.h"
#include "runtime/loop.h"
#include "runtime/signals.h"

static void test_ready_sources_are_named(void **state)
{
    (void)state;
    int first[2], second[2];
    assert_int_equal(pipe(first), 0);
    assert_int_equal(pipe(second), 0);
    struct loop_source sources[] = {{.fd = first[0]}, {.fd = -1}, {.fd = second[0]}};
    assert_int_equal(loop_wait(sources, COUNT_OF(sources), 0), 0);
    assert_int_equal(write(second[1], "x", 1), 1);
    assert_int_equal(loop_wait(sources, COUNT_OF(sources), INFINITY), 1);
    assert_false(sources[0].ready || sources[1].ready);
    assert_true(sources[2].ready);
    close(first[1]); /* the other end is gone: that is news too */
    assert_int_equal(loop_wait(sources, COUNT_OF(sources), INFINITY), 2);
    assert_true(sources[0].ready);
    close(first[0]);
    close(second[0]);
    close(second[1]);
}

static void test_a_deadline_is_kept_and_not_early(void **state)
{
    (void)state;
    double deadline = loop_now() + 0.0303;
    assert_int_equal(loop_wait(NULL, 0, deadline), 0);
    assert_true(loop_now() >= deadline);
    assert_int_equal(loop_wait(NULL, 0, -INFINITY), 0);
}

static void test_signals_wake_and_count_once(void **state)
{
    (void)state;
    int number;
    assert_true(signals_open(NULL));
    assert_false(signals_take(&number));
    struct loop_source source = {.fd = signals_fd()};
    assert_int_equal(loop_wait(&source, 1, 0), 0);
    for (int i = 0; i < 100000; i++)
        raise(SIGWINCH);
    raise(SIGTERM);
    assert_int_equal(loop_wait(&source, 1, INFINITY), 1);
    assert_true(signals_take(&number));
    assert_int_equal(number, SIGTERM);
    assert_true(signals_take(&number));
    assert_int_equal(number, SIGWINCH);
    assert_false(signals_take(&number));
    assert_int_equal(loop_wait(&source, 1, 0), 0);
    raise(SIGPIPE); /* a reader that is gone is no reason to die */
    assert_false(signals_take(&number));
    signals_close();
    signals_close();
    assert_int_equal(signals_fd(), -1);
}

static void test_ignored_signals_stay_ignored_and_all_are_put_back(void **state)
{
    (void)state;
    int number;
    struct sigaction after;
    signal(SIGHUP, SIG_IGN);
    assert_true(signals_open(NULL));
    raise(SIGHUP);
    assert_false(signals_take(&number));
    signals_close();
    sigaction(SIGHUP, NULL, &after);
    assert_true(after.sa_handler == SIG_IGN);
    sigaction(SIGTERM, NULL, &after);
    assert_true(after.sa_handler == SIG_DFL);
    signal(SIGHUP, SIG_DFL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ready_sources_are_named),
        cmocka_unit_test(test_a_deadline_is_kept_and_not_early),
        cmocka_unit_test(test_signals_wake_and_count_once),
        cmocka_unit_test(test_ignored_signals_stay_ignored_and_all_are_put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
