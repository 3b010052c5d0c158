#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void pieces_add_up(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    buf_add(&buf, "ab", 2);
    buf_add_text(&buf, TEXT("cd"));
    buf_add_text(&buf, (struct text){0});
    buf_add_string(&buf, "ef");
    buf_add_char(&buf, 'g');
    buf_add_repeat(&buf, '-', 3);
    buf_add_repeat(&buf, '+', 0);
    buf_addf(&buf, "%d%s", 7, "h");
    assert_string_equal(buf.at, "abcdefg---7h");
    assert_int_equal(buf.length, 12);
    assert_true(text_is(buf_text(&buf), "abcdefg---7h"));
    buf_release(&buf);
}

static void what_is_made_in_place_counts_when_said(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    memcpy(buf_room(&buf, 5), "abcde", 5);
    assert_int_equal(buf.length, 0);
    buf_grown(&buf, 3);
    assert_string_equal(buf.at, "abc");
    for (int i = 0; i < 1000; i++) {
        memset(buf_room(&buf, 7), 'x', 7);
        buf_grown(&buf, 7);
    }
    assert_int_equal(buf.length, 7003);
    assert_int_equal(strlen(buf.at), 7003);
    buf_release(&buf);
}

static void empty_is_valid(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    assert_non_null(buf_text(&buf).at);
    assert_int_equal(buf_text(&buf).length, 0);
    buf_clear(&buf);
    buf_remove(&buf, 0, 0);
    buf_insert(&buf, 0, TEXT(""));
    assert_string_equal(buf_string(&buf), "");
    buf_release(&buf);
    char *taken = buf_take(&buf);
    assert_string_equal(taken, "");
    free(taken);
    buf_release(&buf);
    buf_release(NULL);
}

static void formats_of_any_length_fit(void **state)
{
    (void)state;
    for (int length = 0; length < 400; length++) {
        struct buf buf = BUF_INIT;
        buf_addf(&buf, "<%*s>", length, "");
        buf_addf(&buf, "%d", length);
        assert_int_equal(buf.at[0], '<');
        assert_int_equal(buf.at[length + 1], '>');
        assert_int_equal(atoi(buf.at + length + 2), length);
        assert_int_equal(buf.length, strlen(buf.at));
        buf_release(&buf);
    }
}

static void the_middle_can_change(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    buf_insert(&buf, 0, TEXT("world"));
    buf_insert(&buf, 0, TEXT("hello "));
    buf_insert(&buf, 11, TEXT("!"));
    buf_insert(&buf, 5, TEXT(","));
    assert_string_equal(buf.at, "hello, world!");
    buf_remove(&buf, 5, 7);
    assert_string_equal(buf.at, "hello!");
    buf_remove(&buf, 5, 1);
    assert_string_equal(buf.at, "hello");
    buf_cut(&buf, 4);
    assert_string_equal(buf.at, "hell");
    buf_clear(&buf);
    assert_string_equal(buf.at, "");
    buf_release(&buf);
}

static void code_points_are_encoded(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    static const uint32_t points[] = {0x24, 0xA2, 0x20AC, 0x10348, 0x10FFFF, 0xD800, 0x110000};
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++)
        buf_add_utf8(&buf, points[i]);
    assert_string_equal(buf.at, "$\u00A2\u20AC\U00010348\U0010FFFF\uFFFD\uFFFD");
    buf_clear(&buf);
    buf_add_utf8(&buf, 0);
    assert_int_equal(buf.length, 1);
    buf_release(&buf);
}

static void taking_leaves_it_empty(void **state)
{
    (void)state;
    struct buf buf = BUF_INIT;
    buf_add_string(&buf, "mine");
    char *taken = buf_take(&buf);
    buf_add_string(&buf, "next");
    assert_string_equal(taken, "mine");
    assert_string_equal(buf.at, "next");
    free(taken);
    buf_release(&buf);
    assert_null(buf.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_add_up),
        cmocka_unit_test(what_is_made_in_place_counts_when_said),
        cmocka_unit_test(empty_is_valid),
        cmocka_unit_test(formats_of_any_length_fit),
        cmocka_unit_test(the_middle_can_change),
        cmocka_unit_test(code_points_are_encoded),
        cmocka_unit_test(taking_leaves_it_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
