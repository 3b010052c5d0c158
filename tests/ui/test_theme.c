#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "exchange/yaml.h"
#include "ui/theme.h"

static bool read_text(struct text yaml, struct theme *theme, struct err *err)
{
    struct doc doc = {0};
    if (!yaml_read(yaml, &doc, err))
        return false;
    bool good = theme_read(&doc, theme, err);
    doc_release(&doc);
    return good;
}

static void slurp(const char *name, struct buf *out)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.yaml", THEMES, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        buf_add(out, block, n);
    fclose(file);
}

static void load(const char *name, struct theme *theme)
{
    struct buf yaml = BUF_INIT;
    slurp(name, &yaml);
    struct err err = {0};
    if (!read_text(buf_text(&yaml), theme, &err))
        fail_msg("%s: %zu:%zu: %s", name, err.line, err.column, err.message);
    buf_release(&yaml);
    assert_string_equal(theme->name, name);
}

/* Values from the definition of WCAG 2 and from xterm's table. */
static void test_contrast_and_palette_know_their_ends(void **state)
{
    (void)state;
    assert_float_equal(colour_contrast(0, 0xFFFFFF), 21, 1e-9);
    assert_float_equal(colour_contrast(0x777777, 0xFFFFFF), 4.478, 5e-4);
    assert_float_equal(colour_contrast(0x123456, 0x123456), 1, 1e-12);
    assert_int_equal(colour_of_index(16), 0x000000);
    assert_int_equal(colour_of_index(231), 0xFFFFFF);
    assert_int_equal(colour_of_index(196), 0xFF0000);
    assert_int_equal(colour_of_index(117), 0x87D7FF);
    assert_int_equal(colour_of_index(232), 0x080808);
    assert_int_equal(colour_of_index(255), 0xEEEEEE);
    assert_int_equal(colour_of_index(7), THEME_NO_COLOUR);
}

/* The dark theme with one thing changed. */
static void test_errors_name_place_and_nearest_word(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *message;
    } cases[] = {
        {"  good:", "  goood:", "unknown role 'goood', did you mean 'good'?"},
        {"  good:", "  zebra:", "unknown role 'zebra'"},
        {"fore: 9be8ae/151", "fore: 9be8ae", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: 9be8ae/15", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: 9be8ae/256", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: 9be8ag/151", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "four: 9be8ae/151", "unknown key 'four', did you mean 'fore'?"},
        {"fore: 9be8ae/151", "fore: 9be8ae/151, on: 9be8ae/151", "takes no on"},
        {", on: 232a35/235", "", "role 'bar' has no on"},
        {"{fore: 9be8ae/151}", "green", "role 'good' needs a map"},
        {"attributes: underline", "attributes: [bold, underlin]", "did you mean 'underline'?"},
        {"light: no", "light: dark", "'light' needs yes or no"},
        {"light: no", "lihgt: no", "unknown key 'lihgt', did you mean 'light'?"},
        {"name: dark\n", "", "'name' is missing"},
        {"light: no\n", "", "'light' is missing"},
        {"fore: 9be8ae/151", "fore: 8", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: 8/8", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: 16/7", "'fore' needs a colour"},
        {"fore: 9be8ae/151", "fore: green", "'fore' needs a colour"},
    };
    struct buf yaml = BUF_INIT, changed = BUF_INIT;
    slurp("dark", &yaml);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *at = strstr(buf_string(&yaml), cases[i].from);
        assert_non_null(at);
        size_t line = 1;
        for (const char *c = yaml.at; c < at; c++)
            line += *c == '\n';
        buf_clear(&changed);
        buf_add(&changed, yaml.at, (size_t)(at - yaml.at));
        buf_add_string(&changed, cases[i].to);
        buf_add_string(&changed, at + strlen(cases[i].from));
        struct theme theme = {.name = "before"};
        struct err err = {0};
        assert_false(read_text(buf_text(&changed), &theme, &err));
        if (!strstr(err.message, cases[i].message))
            fail_msg("'%s' instead of '%s'", err.message, cases[i].message);
        if (!strstr(cases[i].message, "missing"))
            assert_int_equal(err.line, line);
        assert_true(err.column > 0);
        assert_string_equal(theme.name, "before");
    }
    buf_release(&changed);
    buf_release(&yaml);
}

/* The terminal's own, and which where it has only eight. */
static void test_colours_of_the_terminal_go_by_number(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        uint16_t index, plain;
    } cases[] = {
        {"default", THEME_DEFAULT, THEME_DEFAULT}, {"0", 0, 0},   {"7", 7, 7}, {"8/7", 8, 7},
        {"15/default", 15, THEME_DEFAULT},         {"3/0", 3, 0},
    };
    struct buf yaml = BUF_INIT, changed = BUF_INIT;
    static const char from[] = "fore: 9be8ae/151";
    slurp("dark", &yaml);
    const char *at = strstr(buf_string(&yaml), from);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct theme theme;
        struct err err;
        buf_clear(&changed);
        buf_add(&changed, yaml.at, (size_t)(at - yaml.at));
        buf_addf(&changed, "fore: %s%s", cases[i].written, at + strlen(from));
        assert_true(read_text(buf_text(&changed), &theme, &err));
        assert_int_equal(theme.styles[ROLE_GOOD].fore.rgb, THEME_NO_COLOUR);
        assert_int_equal(theme.styles[ROLE_GOOD].fore.index, cases[i].index);
        assert_int_equal(theme.styles[ROLE_GOOD].fore.plain, cases[i].plain);
        assert_int_equal(theme_colours(&theme), 256); /* the rest has true colours */
    }
    buf_release(&changed);
    buf_release(&yaml);
}

static void test_a_missing_role_is_named(void **state)
{
    (void)state;
    struct theme theme;
    struct err err = {0};
    assert_false(read_text(TEXT("name: a\ntitle: b\nlight: no\nroles: {}\n"), &theme, &err));
    assert_string_equal(err.message, "role 'text' is missing");
    assert_false(read_text(TEXT(""), &theme, &err));
    assert_non_null(strstr(err.message, "needs a map"));
}

static void test_looks_keep_text_readable_on_what_calls_out(void **state)
{
    (void)state;
    struct theme theme;
    load("dark", &theme);
    struct theme_style look = theme_look(&theme, ROLE_GOOD, ROLE_CELL);
    assert_int_equal(look.fore.rgb, 0x10141A);
    assert_int_equal(look.on.rgb, 0xFFD479);
    look = theme_look(&theme, ROLE_GOOD, ROLE_CURSOR);
    assert_int_equal(look.fore.rgb, 0x9BE8AE);
    assert_int_equal(look.on.rgb, 0x2A3A52);
    assert_int_equal(theme_look(&theme, ROLE_GOOD, ROLE_DIM).on.rgb, 0x14181F);
    assert_int_equal(theme_look(&theme, ROLE_OWN, ROLE_TEXT).attributes, THEME_UNDERLINE);
}

static void test_mono_tells_cursor_cell_and_own_apart(void **state)
{
    (void)state;
    struct theme theme;
    theme_mono(&theme);
    for (int i = 0; i < ROLE_COUNT; i++)
        assert_int_equal(theme.styles[i].fore.rgb, THEME_NO_COLOUR);
    assert_int_equal(theme_look(&theme, ROLE_CELL, ROLE_CELL).mono, THEME_REVERSE);
    assert_int_equal(theme_look(&theme, ROLE_TEXT, ROLE_CURSOR).mono, THEME_BOLD);
    assert_int_equal(theme_look(&theme, ROLE_OWN, ROLE_TEXT).mono, THEME_UNDERLINE);
    assert_int_equal(theme_look(&theme, ROLE_DIM, ROLE_TEXT).mono, 0);
}

static void test_roles_are_complete_and_their_letters_distinct(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROLE_COUNT; i++) {
        enum role found;
        assert_true(role_find(text_of(roles[i].name), &found));
        assert_int_equal(found, i);
        assert_non_null(roles[i].help);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(roles[i].letter, roles[j].letter);
    }
    enum role unused;
    assert_false(role_find(TEXT("colour"), &unused));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast_and_palette_know_their_ends),
        cmocka_unit_test(test_errors_name_place_and_nearest_word),
        cmocka_unit_test(test_colours_of_the_terminal_go_by_number),
        cmocka_unit_test(test_a_missing_role_is_named),
        cmocka_unit_test(test_looks_keep_text_readable_on_what_calls_out),
        cmocka_unit_test(test_mono_tells_cursor_cell_and_own_apart),
        cmocka_unit_test(test_roles_are_complete_and_their_letters_distinct),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
