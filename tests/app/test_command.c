#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/bindings.h"
#include "app/key.h"
#include "base/buf.h"

/* The registry of commands is whole, and no key means two things in one place. */

static bool printable(uint32_t key)
{
    return key >= ' ' && key != K_BACKSPACE && key < K_FIRST_NAMED;
}

static bool ascii(const char *text)
{
    for (; *text; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

static void test_every_row_is_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        assert_non_null(command->name);
        if (!command->title || !*command->title || !command->help || !*command->help)
            fail_msg("%s: no title or no help", command->name);
        if (!ascii(command->title) || !ascii(command->help) ||
            (command->label && !ascii(command->label)))
            fail_msg("%s: signs that not every terminal has", command->name);
        if (!command->run || !command->contexts)
            fail_msg("%s: nothing to run or no place", command->name);
        if (!command->keys[0] && command->group == COMMANDS_MOVE)
            fail_msg("%s: no key, and not in the menu either", command->name);
        if (CONTEXT_COUNT < 64 && command->contexts >> (CONTEXT_COUNT % 64))
            fail_msg("%s: a context that is none", command->name);
        assert_true(command->group < COMMAND_GROUPS);
        size_t length = strlen(command->help);
        if (command->help[length - 1] != '.')
            fail_msg("%s: help is no sentence", command->name);
    }
}

static void test_names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(commands[i].name, commands[k].name) == 0)
                fail_msg("%s: twice", commands[i].name);
}

static void test_no_key_means_two_things_in_one_place(void **state)
{
    (void)state;
    for (int context = 0; context < CONTEXT_COUNT; context++)
        for (size_t i = 0; i < command_count; i++)
            for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++) {
                if (!(commands[i].contexts >> context & 1))
                    continue;
                const struct command *found =
                    bindings_command(NULL, (enum context)context, commands[i].keys[k]);
                if (found && found != &commands[i])
                    fail_msg("%s and %s have one key in %s", commands[i].name, found->name,
                             contexts[context].title);
            }
}

static void test_where_one_types_every_printable_key_is_text(void **state)
{
    (void)state;
    for (int context = 0; context < CONTEXT_COUNT; context++)
        for (uint32_t key = 0; key <= K_LAST_NAMED; key = key == 0x3FF ? K_FIRST_NAMED : key + 1) {
            const struct command *command = bindings_command(NULL, (enum context)context, key);
            if (command && contexts[context].text && printable(key))
                fail_msg("%s takes a letter in %s", command->name, contexts[context].title);
        }
}

/* Nothing that needs AltGr, Alt or a dead key on the keyboards of the world. */
static void test_keys_are_on_every_keyboard(void **state)
{
    (void)state;
    static const char far[] = "@[]{}\\|~^`$#";
    for (size_t i = 0; i < command_count; i++)
        for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++) {
            uint32_t key = commands[i].keys[k];
            if (printable(key) && (key > '~' || strchr(far, (int)key)))
                fail_msg("%s: a key that is hard to reach", commands[i].name);
        }
}

static void test_every_place_has_a_way_out(void **state)
{
    (void)state;
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        assert_non_null(contexts[context].title);
        if (!bindings_command(NULL, (enum context)context, K_ESCAPE) ||
            !bindings_command(NULL, (enum context)context, K_CTRL('C')))
            fail_msg("no way out of %s", contexts[context].title);
        bool help = bindings_command(NULL, (enum context)context, K_F1) != NULL;
        if (!help)
            fail_msg("no help in %s", contexts[context].title);
    }
}

static void test_footers_name_the_keys_that_matter(void **state)
{
    (void)state;
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        const struct command *shown[32];
        size_t count = command_footer((enum context)context, shown, 32);
        if (count < 2)
            fail_msg("%s has %zu keys in its footer", contexts[context].title, count);
        for (size_t i = 0; i < count; i++)
            if (!(shown[i]->contexts >> context & 1))
                fail_msg("%s is in the footer of %s and does nothing there", shown[i]->name,
                         contexts[context].title);
    }
    for (size_t i = 0; i < command_count; i++)
        for (int context = 0; context < CONTEXT_COUNT; context++)
            for (size_t k = 0; k < i; k++)
                if (commands[i].footer[context] &&
                    commands[i].footer[context] == commands[k].footer[context])
                    fail_msg("%s and %s at one place of the footer", commands[i].name,
                             commands[k].name);
}

static void test_keys_have_names(void **state)
{
    (void)state;
    static const struct {
        uint32_t key;
        const char *name;
    } names[] = {{K_ENTER, "Enter"},        {K_SPACE, "Space"}, {K_CTRL('D'), "Ctrl-D"},
                 {K_PAGE_DOWN, "PgDn"},     {K_F1 + 9, "F10"},  {'a', "a"},
                 {K_BACK_TAB, "Shift-Tab"}, {0xE4, "\u00e4"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct buf name = BUF_INIT;
        key_label(names[i].key, &name);
        assert_string_equal(buf_string(&name), names[i].name);
        buf_release(&name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row_is_complete),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_no_key_means_two_things_in_one_place),
        cmocka_unit_test(test_where_one_types_every_printable_key_is_text),
        cmocka_unit_test(test_keys_are_on_every_keyboard),
        cmocka_unit_test(test_every_place_has_a_way_out),
        cmocka_unit_test(test_footers_name_the_keys_that_matter),
        cmocka_unit_test(test_keys_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
