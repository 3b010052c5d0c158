#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/key.h"
#include "app/line.h"

static void keys(struct line *line, const uint32_t *pressed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_true(line_key(line, pressed[i]));
}
#define KEYS(line, ...)                                                                            \
    keys(line, (const uint32_t[]){__VA_ARGS__},                                                    \
         sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static const char *text(struct line *line)
{
    return buf_string(&line->text);
}

static void test_letters_go_in_at_the_caret(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    KEYS(&line, 'a', 'c', K_LEFT, 'b', K_END, 'd', K_HOME, '_');
    assert_string_equal(text(&line), "_abcd");
    assert_int_equal(line.caret, 1);
    line_release(&line);
}

static void test_backspace_and_delete(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    line_set(&line, TEXT("abcd"));
    KEYS(&line, K_BACKSPACE, K_HOME, K_BACKSPACE, K_DELETE, K_RIGHT, K_DELETE, K_DELETE);
    assert_string_equal(text(&line), "b");
    line_release(&line);
}

static void test_kills(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    line_set(&line, TEXT("one two  three"));
    KEYS(&line, K_CTRL('W'));
    assert_string_equal(text(&line), "one two  ");
    KEYS(&line, K_CTRL('W'));
    assert_string_equal(text(&line), "one ");
    line_set(&line, TEXT("left right"));
    KEYS(&line, K_CTRL('A'), K_RIGHT, K_RIGHT, K_RIGHT, K_RIGHT, K_CTRL('K'));
    assert_string_equal(text(&line), "left");
    line_set(&line, TEXT("left right"));
    KEYS(&line, K_LEFT, K_LEFT, K_LEFT, K_LEFT, K_LEFT, K_CTRL('U'));
    assert_string_equal(text(&line), "right");
    assert_int_equal(line.caret, 0);
    KEYS(&line, K_CTRL('E'), K_CTRL('W'), K_CTRL('W'), K_CTRL('U'), K_CTRL('K'));
    assert_string_equal(text(&line), "");
    line_release(&line);
}

/* What a person sees as one letter is one step, however many bytes it has. */
static void test_the_caret_steps_over_graphemes(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    line_set(&line, TEXT("e\u0301\u65e5"));
    KEYS(&line, K_LEFT, K_LEFT);
    assert_int_equal(line.caret, 0);
    KEYS(&line, K_RIGHT, K_BACKSPACE);
    assert_string_equal(text(&line), "\u65e5");
    KEYS(&line, K_DELETE);
    assert_string_equal(text(&line), "");
    line_release(&line);
}

static void test_pasted_controls_become_blanks(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    line_insert(&line, TEXT("a\tb\r\nc\033[2Jd\xFF"));
    assert_string_equal(text(&line), "a b c [2Jd\uFFFD");
    line_release(&line);
}

static void test_other_keys_are_not_taken(void **state)
{
    (void)state;
    struct line line = {.caret = 0};
    line_set(&line, TEXT("abc"));
    assert_false(line_key(&line, K_UP));
    assert_false(line_key(&line, K_ESCAPE));
    assert_false(line_key(&line, K_F1));
    assert_false(line_key(&line, K_CTRL('G')));
    assert_string_equal(text(&line), "abc");
    line_release(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_go_in_at_the_caret),
        cmocka_unit_test(test_backspace_and_delete),
        cmocka_unit_test(test_kills),
        cmocka_unit_test(test_the_caret_steps_over_graphemes),
        cmocka_unit_test(test_pasted_controls_become_blanks),
        cmocka_unit_test(test_other_keys_are_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
