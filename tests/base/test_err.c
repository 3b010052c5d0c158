#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

static void messages_carry_a_place_or_none(void **state)
{
    (void)state;
    struct err err;
    assert_false(err_at(&err, 3, 14, "no '%s' here", "x"));
    assert_string_equal(err.message, "no 'x' here");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 14);
    assert_false(err_before(&err, "cannot read '%s'", "a.yaml"));
    assert_string_equal(err.message, "cannot read 'a.yaml': no 'x' here");
    assert_int_equal(err.line, 3);
    assert_int_equal(err.column, 14);
    assert_false(err_set(&err, "gone"));
    assert_string_equal(err.message, "gone");
    assert_int_equal(err.line, 0);
    assert_int_equal(err.column, 0);
}

static void nobody_need_listen(void **state)
{
    (void)state;
    assert_false(err_set(NULL, "a"));
    assert_false(err_at(NULL, 1, 1, "a"));
    assert_false(err_before(NULL, "a"));
}

static void the_old_message_may_be_an_argument(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, "inner");
    err_set(&err, "outer (%s)", err.message);
    assert_string_equal(err.message, "outer (inner)");
    err_before(&err, "%s", err.message);
    assert_string_equal(err.message, "outer (inner): outer (inner)");
}

static void long_messages_are_cut(void **state)
{
    (void)state;
    struct err err;
    err_set(&err, "%2000s", "");
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    err_before(&err, "first");
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_memory_equal(err.message, "first:  ", 8);
    err_before(&err, "%2000s", "");
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_carry_a_place_or_none),
        cmocka_unit_test(nobody_need_listen),
        cmocka_unit_test(the_old_message_may_be_an_argument),
        cmocka_unit_test(long_messages_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
