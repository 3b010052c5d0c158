#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/command.h"
#include "domain/column.h"
#include "exchange/import.h"
#include "program.h"
#include "runtime/cli.h"

static void help_names_everything(void **state)
{
    (void)state;
    struct ran ran = run(NULL, "--help", NULL);
    assert_int_equal(ran.status, 0);
    assert_string_equal(ran.err, "");
    for (size_t i = 0; i < verb_count; i++) {
        assert_says(ran.out, verbs[i].title[0] ? verbs[i].name : "");
        assert_non_null(verbs[i].run);
        assert_true(strlen(verbs[i].title) > 0 && strlen(verbs[i].help) > 0);
    }
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (cli_options[i].everywhere)
            assert_says(ran.out, cli_options[i].name);
    ran_release(&ran);
}

/* Every option is somebody's, and each verb's help tells those that are its own. */
static void the_help_of_a_verb_tells_its_options(void **state)
{
    (void)state;
    uint64_t used = 0;
    for (size_t i = 1; i < verb_count; i++) {
        struct ran ran = run(NULL, verbs[i].name, "--help", NULL);
        assert_int_equal(ran.status, 0);
        assert_says(ran.out, verbs[i].title);
        for (size_t k = 0; k < OPTION_COUNT; k++)
            if (verbs[i].options >> k & 1) {
                char option[64];
                snprintf(option, sizeof option, "  --%s", cli_options[k].name);
                assert_says(ran.out, option);
            }
        for (const char *line = ran.out; line; line = strchr(line, '\n')) {
            line += *line == '\n';
            assert_true(strcspn(line, "\n") <= 80);
            size_t length = strcspn(line, "\n");
            assert_true(length == 0 || line[length - 1] != ' ');
        }
        used |= verbs[i].options;
        ran_release(&ran);
    }
    for (size_t k = 0; k < OPTION_COUNT; k++) {
        assert_non_null(cli_options[k].name);
        assert_true(cli_options[k].everywhere != (used >> k & 1));
    }
}

static void check_refused(const char *a, const char *b, const char *says)
{
    struct ran ran = run(NULL, a, b, NULL);
    if (ran.status != 2 || ran.out_length)
        fail_msg("%s %s: status %d: %s", a, b ? b : "", ran.status, ran.err);
    assert_says(ran.err, says);
    ran_release(&ran);
}

static void wrong_use_suggests(void **state)
{
    (void)state;
    check_refused("lst", NULL, "did you mean 'list'?");
    check_refused("xyzzy", NULL, "'xyzzy' is no command and no file");
    check_refused("xyzzy", NULL, ".db");
    check_refused("-x", NULL, "options begin with two dashes");
    check_refused("list", "--stroe=x", "did you mean '--store'?");
    check_refused("list", "--seed=1", "takes no option '--seed'");
    check_refused("list", "--format", "needs a value");
    check_refused("list", "--ascii=yes", "takes no value");
    check_refused("compare", "one",
                  "compare takes two to eight creators: microscope compare HANDLE");
    check_refused("columns", "all", "columns takes no other words");
    check_refused("generate", "--seed=1", "--creators");
    check_refused("generate", "--creators=many", "whole number");
    check_refused("generate", "--creators=0", "from 1 to");
    check_refused("--sort=roi", NULL, "goes with a verb");
}

static void help_is_a_word_too(void **state)
{
    (void)state;
    struct ran a = run(NULL, "help", NULL), b = run(NULL, "--help", NULL);
    assert_int_equal(a.status, 0);
    assert_string_equal(a.out, b.out);
    ran_release(&a);
    ran_release(&b);
    a = run(NULL, "help", "import", NULL);
    b = run(NULL, "import", "--help", NULL);
    assert_int_equal(a.status, 0);
    assert_string_equal(a.out, b.out);
    for (size_t i = 0; i < import_map_key_count; i++)
        assert_says(a.out, import_map_keys[i].key);
    assert_says(a.out, "  columns:\n");
    ran_release(&a);
    ran_release(&b);
    check_refused("help", "imprt", "did you mean 'import'?");
    check_refused("help", "xyzzy", "no command");
}

static void options_stand_before_and_after(void **state)
{
    (void)state;
    struct ran a = run(NULL, "--format", "json", "columns", NULL);
    struct ran b = run(NULL, "columns", "--format=json", NULL);
    assert_int_equal(a.status, 0);
    assert_string_equal(a.out, b.out);
    ran_release(&a);
    ran_release(&b);
    /* after -- everything is a word */
    struct ran c = run(NULL, "columns", "--", "--format=json", NULL);
    assert_int_equal(c.status, 2);
    ran_release(&c);
    struct ran d = run(NULL, "--version", NULL);
    assert_int_equal(d.status, 0);
    assert_int_equal(strncmp(d.out, "microscope ", 11), 0);
    ran_release(&d);
}

static json_t *told(const char *verb, size_t least)
{
    json_error_t why;
    struct ran ran = run(NULL, verb, "--format", "json", NULL);
    assert_int_equal(ran.status, 0);
    json_t *rows = json_loads(ran.out, 0, &why);
    assert_non_null(rows);
    assert_true(json_array_size(rows) >= least);
    ran_release(&ran);
    return rows;
}

static void columns_and_commands_are_told(void **state)
{
    (void)state;
    json_t *rows = told("columns", COLUMN_COUNT);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        json_t *row = json_array_get(rows, i);
        assert_string_equal(json_string_value(json_object_get(row, "key")), columns[i].key);
        assert_string_equal(json_string_value(json_object_get(row, "help")), columns[i].help);
        assert_true(json_is_string(json_object_get(row, "unit")));
    }
    json_decref(rows);
    rows = told("commands", command_count);
    for (size_t i = 0; i < command_count; i++)
        assert_string_equal(json_string_value(json_object_get(json_array_get(rows, i), "name")),
                            commands[i].name);
    json_decref(rows);
}

/* Moved with what is installed beside it, the program still finds its themes. */
static void themes_are_found_beside_the_program(void **state)
{
    (void)state;
    char command[2048];
    json_error_t why;
    snprintf(command, sizeof command,
             "cd '%s' && mkdir bin share share/microscope && cp '%s' bin/microscope && "
             "cp -r '%s' share/microscope/themes && bin/microscope themes --format json >themes",
             at_home("."), PROGRAM, THEMES);
    assert_int_equal(system(command), 0);
    json_t *rows = json_load_file(at_home("themes"), 0, &why);
    assert_true(json_array_size(rows) >= 2);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        assert_true(there(json_string_value(json_object_get(row, "file"))));
        assert_true(strlen(json_string_value(json_object_get(row, "title"))) > 0);
    }
    json_decref(rows);
}

/* Without a terminal the explorer says what works instead. */
static void the_explorer_needs_a_terminal(void **state)
{
    (void)state;
    struct ran ran = run(NULL, at_home("new.db"), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "microscope --help");
    ran_release(&ran);
    write_file(at_home("list.csv"), "handle,followers\n");
    ran = run(NULL, at_home("list.csv"), NULL);
    assert_int_equal(ran.status, 2);
    assert_says(ran.err, "microscope import '");
    ran_release(&ran);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_names_everything),
        cmocka_unit_test(the_help_of_a_verb_tells_its_options),
        cmocka_unit_test(wrong_use_suggests),
        cmocka_unit_test(help_is_a_word_too),
        cmocka_unit_test(options_stand_before_and_after),
        cmocka_unit_test(columns_and_commands_are_told),
        cmocka_unit_test(themes_are_found_beside_the_program),
        cmocka_unit_test(the_explorer_needs_a_terminal),
    };
    return cmocka_run_group_tests(tests, home_make, home_remove);
}
