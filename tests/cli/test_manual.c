#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "catalog/filter.h"
#include "domain/column.h"
#include "domain/pack.h"
#include "exchange/import.h"
#include "exchange/writer.h"
#include "program.h"
#include "runtime/cli.h"
#include "runtime/config.h"
#include "runtime/manual.h"

/* The manual names everything that the tables have, and nothing is left to fill in. */

/* The page as a person reads it, without the marks of scdoc. */
static char *read_page(void)
{
    struct buf page = BUF_INIT;
    struct err err;
    char *source = read_file(MANUAL, NULL);
    assert_non_null(source);
    if (!manual_expand(text_of(source), &page, &err))
        fail_msg("line %zu: %s", err.line, err.message);
    free(source);
    char *text = buf_take(&page), *to = text;
    for (const char *at = text; *at; at++)
        if (*at != '*' && (*at != '\\' || at[1] == '\\'))
            *to++ = *at;
    *to = '\0';
    return text;
}

static void everything_is_named(void **state)
{
    (void)state;
    char *page = read_page(), line[512];
    for (size_t i = 1; i < verb_count; i++) {
        snprintf(line, sizeof line, "\nmicroscope %s", verbs[i].name);
        assert_says(page, line);
        assert_says(page, verbs[i].help);
    }
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        snprintf(line, sizeof line, "--%s", cli_options[i].name);
        assert_says(page, line);
        assert_says(page, cli_options[i].help);
    }
    for (size_t i = 0; i < filter_op_count; i++)
        assert_says(page, filter_ops[i].means);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        snprintf(line, sizeof line, "\n%s (%s", columns[i].key, columns[i].title);
        assert_says(page, line);
    }
    for (size_t i = 0; i < command_count; i++)
        assert_says(page, commands[i].title);
    for (size_t i = 0; i < import_map_key_count; i++) {
        snprintf(line, sizeof line, "\n%s\n", import_map_keys[i].key);
        assert_says(page, line);
    }
    for (size_t i = 0; i < exporter_count; i++)
        assert_says(cli_options[OPTION_FORMAT].help, exporters[i].name);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        snprintf(line, sizeof line, "\n%s\n\t%s", settings[i].key, settings[i].help);
        assert_says(page, line);
        if (settings[i].environment)
            assert_says(page, settings[i].environment);
    }
    assert_says(page, import_map_example);
    assert_says(page, scenario_example);
    assert_null(strstr(page, "\n@"));
    free(page);
}

static void an_unknown_part_is_an_error(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct err err;
    assert_false(manual_expand(TEXT("# A\n\n@VERBES@\n"), &out, &err));
    assert_int_equal(err.line, 3);
    assert_says(err.message, "@VERBES@");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_named),
        cmocka_unit_test(an_unknown_part_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
