/* Choosing a theme: what the runtime is told to wear follows the cursor, and nothing is left of it when
 * one changes one's mind. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/key.h"
#include "explorer.h"

static const struct wear_choice choices[] = {
    {.name = {"dark", 4}, .title = {"Dark", 4}},
    {.name = {"light", 5}, .title = {"Light", 5}},
    {.name = {"odd", 3},
     .title = {"cannot be read", 14},
     .note = {"odd.yaml:3:1: no", 16},
     .broken = true},
};

static void tell_themes(struct explorer *e)
{
    assert_int_equal(explorer_effects(e, EFFECT_THEMES), 1); /* asked when they are wanted */
    explorer_send(e,
                  &(struct message){.kind = MESSAGE_THEMES, .themes = choices, .theme_count = 3});
}

static void open_prompt(struct explorer *e)
{
    explorer_forget(e);
    explorer_key(e, ':');
    explorer_type(e, "theme ");
    tell_themes(e);
}

static void check_worn(const struct explorer *e, const char *name)
{
    assert_true(text_is(buf_text(&e->model.wear.worn), name) ||
                (!*name && e->model.wear.worn.length == 0));
    size_t told = explorer_effects(e, EFFECT_WEAR);
    if (told > 0)
        assert_int_equal(explorer_effect(e, EFFECT_WEAR, told - 1)->text.length, strlen(name));
}

static void the_screen_follows_the_cursor(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    wear_settle(&e.model, TEXT("light"), NULL);
    open_prompt(&e);
    assert_int_equal(explorer_effects(&e, EFFECT_WEAR), 0); /* it begins on what is worn */
    explorer_key(&e, K_UP);
    check_worn(&e, "dark");
    explorer_key(&e, K_UP);
    check_worn(&e, ""); /* automatic */
    explorer_key(&e, K_ESCAPE);
    check_worn(&e, "light");
    assert_int_equal(explorer_effects(&e, EFFECT_META), 0);
    explorer_release(&e);
}

static void enter_keeps_it_with_the_store(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_prompt(&e);
    explorer_type(&e, "li");
    check_worn(&e, "light");
    explorer_key(&e, K_ENTER);
    check_worn(&e, "light");
    assert_int_equal(explorer_effects(&e, EFFECT_META), 1);
    const struct effect *kept = explorer_effect(&e, EFFECT_META, 0);
    assert_true(text_is(kept->key, "theme") && text_is(kept->text, "light"));
    assert_non_null(strstr(e.model.notice, "kept for next time"));
    explorer_release(&e);
}

static void what_the_settings_name_is_not_overwritten(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    wear_settle(&e.model, TEXT("light"), "--theme");
    open_prompt(&e);
    explorer_type(&e, "dark");
    explorer_key(&e, K_ENTER);
    check_worn(&e, "dark");
    assert_int_equal(explorer_effects(&e, EFFECT_META), 0);
    assert_non_null(strstr(e.model.notice, "until you leave: --theme names the theme"));
    explorer_release(&e);
}

static void what_cannot_be_read_is_not_worn(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    open_prompt(&e);
    explorer_type(&e, "odd");
    assert_int_equal(explorer_effects(&e, EFFECT_WEAR), 0);
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.line_error.message, "odd.yaml:3:1: no");
    assert_int_equal(e.model.prompt, PROMPT_COMMAND);
    explorer_release(&e);
}

static void the_menu_leads_there(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'm');
    explorer_type(&e, "change the look");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_COMMAND);
    tell_themes(&e);
    explorer_type(&e, "light");
    check_worn(&e, "light");
    explorer_key(&e, K_ESCAPE);
    check_worn(&e, "");
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_screen_follows_the_cursor),
        cmocka_unit_test(enter_keeps_it_with_the_store),
        cmocka_unit_test(what_the_settings_name_is_not_overwritten),
        cmocka_unit_test(what_cannot_be_read_is_not_worn),
        cmocka_unit_test(the_menu_leads_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
