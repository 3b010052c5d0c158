#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/bindings.h"
#include "app/key.h"

/* Keys of the user's own: what they replace, and what they may not. */

static struct binding bind(const char *name, uint32_t first, uint32_t second)
{
    static size_t line;
    const struct command *command = command_find(text_of(name));
    assert_non_null(command);
    return (struct binding){
        .command = command, .keys = {first, second}, .line = ++line, .column = 3};
}

static void own_keys_stand_instead_of_the_commands(void **state)
{
    (void)state;
    struct bindings own = {0};
    struct buf name = BUF_INIT;
    bindings_add(&own, bind("compare", K_F1 + 5, 'K'));
    bindings_add(&own, bind("order-then", 'c', 0));
    assert_true(bindings_check(&own, NULL));
    const struct command *compare = command_find(TEXT("compare"));
    assert_ptr_equal(bindings_command(&own, CONTEXT_LIST, K_F1 + 5), compare);
    assert_ptr_equal(bindings_command(&own, CONTEXT_LIST, 'K'), compare);
    assert_ptr_equal(bindings_command(&own, CONTEXT_LIST, 'c'), command_find(TEXT("order-then")));
    assert_null(bindings_command(&own, CONTEXT_LIST, 'S'));
    assert_ptr_equal(bindings_command(NULL, CONTEXT_LIST, 'c'), compare);
    /* where letters are text they stay so */
    assert_null(bindings_command(&own, CONTEXT_FILTER, 'c'));
    bindings_name(&own, compare, &name);
    assert_string_equal(buf_string(&name), "F6");
    bindings_release(&own);
    buf_release(&name);
}

static void without_a_key_the_name_says_how(void **state)
{
    (void)state;
    struct bindings own = {0};
    struct buf name = BUF_INIT;
    bindings_add(&own, bind("tiers", 0, 0));
    assert_true(bindings_check(&own, NULL));
    assert_null(bindings_command(&own, CONTEXT_LIST, 't'));
    bindings_name(&own, command_find(TEXT("tiers")), &name);
    assert_string_equal(buf_string(&name), ":tiers");
    bindings_release(&own);
    buf_release(&name);
}

static void a_pair_is_shown_with_both_its_keys(void **state)
{
    (void)state;
    struct bindings own = {0};
    struct buf pair = BUF_INIT;
    const struct command *up = command_find(TEXT("up"));
    bindings_shown(NULL, CONTEXT_FILTER, up, &pair);
    assert_string_equal(buf_string(&pair), "Up Down");
    bindings_add(&own, bind("down", K_CTRL('N'), K_DOWN));
    assert_true(bindings_check(&own, NULL));
    buf_clear(&pair);
    bindings_shown(&own, CONTEXT_FILTER, up, &pair);
    assert_string_equal(buf_string(&pair), "Up Ctrl-N");
    bindings_release(&own);
    buf_release(&pair);
}

static void what_cannot_be_is_told(void **state)
{
    (void)state;
    const struct {
        struct binding bindings[2];
        const char *says;
        int at; /* which of the two is at fault */
    } wrong[] = {
        {{bind("compare", 'x', 0)}, "'x' would be both 'compare' and 'hand-over' in List", 0},
        {{bind("tiers", 'K', 0), bind("open-plan", 'K', 0)},
         "'K' would be both 'tiers' and 'open-plan' in List",
         1},
        {{bind("put-back", K_F1 + 4, 0)}, "'put-back' must keep Esc", 0},
        {{bind("close", 'Q', 0)}, "'close' must keep Esc", 0},
        {{bind("interrupt", K_F1 + 4, 0)}, "'interrupt' must keep Ctrl-C", 0},
        {{bind("copy", K_CTRL('C'), 0)}, "'Ctrl-C' would be both 'copy' and 'interrupt'", 0},
        {{bind("back", 0, 0)}, "'back' must have a key", 0},
        {{bind("menu", 0, 0)}, "'menu' must have a key", 0},
        {{bind("help", 0, 0)}, "'help' must have a key", 0},
        {{bind("keep", 'k', K_ENTER)}, "'k' is text wherever there is 'keep'", 0},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct bindings own = {0};
        struct err err = {.message = ""};
        for (int k = 0; k < 2 && wrong[i].bindings[k].command; k++)
            bindings_add(&own, wrong[i].bindings[k]);
        if (bindings_check(&own, &err) || !strstr(err.message, wrong[i].says) ||
            err.line != wrong[i].bindings[wrong[i].at].line || err.column != 3)
            fail_msg("%zu: %zu:%zu: %s", i, err.line, err.column, err.message);
        bindings_release(&own);
    }
}

static void keys_may_be_swapped(void **state)
{
    (void)state;
    struct bindings own = {0}, copy = {0};
    bindings_add(&own, bind("search-next", 'N', 0));
    assert_false(bindings_check(&own, NULL));
    bindings_add(&own, bind("search-previous", 'n', 0));
    assert_true(bindings_check(&own, NULL));
    bindings_copy(&copy, &own);
    bindings_release(&own);
    assert_ptr_equal(bindings_command(&copy, CONTEXT_LIST, 'N'), command_find(TEXT("search-next")));
    bindings_release(&copy);
}

static void names_of_keys_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t key;
    } names[] = {{"Ctrl-F", K_CTRL('F')},
                 {"ctrl-f", K_CTRL('F')},
                 {"F12", K_F12},
                 {"f5", K_F1 + 4},
                 {"PgDn", K_PAGE_DOWN},
                 {"x", 'x'},
                 {"X", 'X'},
                 {"\u00e4", 0xE4},
                 {"Ctrl-H", K_BACKSPACE},
                 {"Ctrl-I", K_TAB},
                 {"-", '-'},
                 {"Shift-Tab", K_BACK_TAB}};
    static const struct {
        const char *name, *says;
    } wrong[] = {{"PgDwn", "did you mean 'PgDn'?"},
                 {"C-f", "did you mean 'Ctrl-F'?"},
                 {"F13", "did you mean 'F1"},
                 {"xy", "unknown key 'xy'"},
                 {"Ctrl-5", "unknown key 'Ctrl-5'"},
                 {"\x01", "unknown key"},
                 {"", "unknown key ''"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        uint32_t key = 0;
        if (!key_read(text_of(names[i].name), &key, NULL) || key != names[i].key)
            fail_msg("%s is %u", names[i].name, key);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint32_t key = 0;
        struct err err;
        if (key_read(text_of(wrong[i].name), &key, &err) || !strstr(err.message, wrong[i].says))
            fail_msg("%s: %s", wrong[i].name, err.message);
    }
    /* every name that is printed is read back */
    for (size_t i = 0; i < command_count; i++)
        for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++) {
            struct buf name = BUF_INIT;
            uint32_t key = 0;
            key_label(commands[i].keys[k], &name);
            if (!key_read(buf_text(&name), &key, NULL) || key != commands[i].keys[k])
                fail_msg("%s of %s", buf_string(&name), commands[i].name);
            buf_release(&name);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_keys_stand_instead_of_the_commands),
        cmocka_unit_test(without_a_key_the_name_says_how),
        cmocka_unit_test(a_pair_is_shown_with_both_its_keys),
        cmocka_unit_test(what_cannot_be_is_told),
        cmocka_unit_test(keys_may_be_swapped),
        cmocka_unit_test(names_of_keys_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
