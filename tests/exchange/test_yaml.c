#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "exchange/yaml.h"

static struct doc_node *child(const struct doc_node *node, size_t n)
{
    struct doc_node *at = node->first;
    while (n-- > 0)
        at = at->next;
    return at;
}

static void a_map_becomes_a_tree_with_places(void **state)
{
    (void)state;
    struct doc doc;
    struct err err;
    assert_true(yaml_read(TEXT("# theme\n"
                               "name: \"dark\"\n"
                               "roles:\n"
                               "  best: [bold, green]\n"
                               "  none:\n"),
                          &doc, &err));
    assert_int_equal(doc.root->kind, DOC_MAP);
    const struct doc_node *name = child(doc.root, 0);
    assert_true(text_is(name->key, "name"));
    assert_true(text_is(name->value, "dark"));
    assert_true(name->quoted);
    assert_int_equal(name->line, 2);
    assert_int_equal(name->column, 7);
    assert_int_equal(name->key_column, 1);
    const struct doc_node *best = child(child(doc.root, 1), 0);
    assert_int_equal(best->kind, DOC_LIST);
    assert_int_equal(best->key_line, 4);
    assert_int_equal(best->key_column, 3);
    assert_true(text_is(child(best, 1)->value, "green"));
    assert_false(child(best, 1)->quoted);
    assert_int_equal(child(child(doc.root, 1), 1)->value.length, 0);
    doc_release(&doc);
}

static void an_alias_is_written_out(void **state)
{
    (void)state;
    struct doc doc;
    struct err err;
    assert_true(yaml_read(TEXT("a: &x [1, 2]\nb: *x\n"), &doc, &err));
    const struct doc_node *b = child(doc.root, 1);
    assert_true(text_is(b->key, "b"));
    assert_int_equal(b->kind, DOC_LIST);
    assert_true(text_is(child(b, 1)->value, "2"));
    doc_release(&doc);
}

static void empty_files_have_no_root(void **state)
{
    (void)state;
    static const char *const files[] = {"", "\n", "# only words\n", "---\n", "---\n...\n"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct doc doc;
        struct err err;
        assert_true(yaml_read(text_of(files[i]), &doc, &err));
        assert_null(doc.root);
        doc_release(&doc);
    }
}

static void refuse(const char *yaml, size_t line, size_t column, const char *words)
{
    struct doc doc;
    struct err err = {.message = ""};
    assert_false(yaml_read(text_of(yaml), &doc, &err));
    assert_null(doc.root);
    if (strstr(err.message, words) == NULL)
        fail_msg("'%s' does not say '%s'", err.message, words);
    assert_int_equal(err.line, line);
    assert_int_equal(err.column, column);
}

static void mistakes_are_refused_with_their_place(void **state)
{
    (void)state;
    refuse("a: 1\nb: 2\na: 3\n", 3, 1, "'a' is there twice, first in line 1");
    refuse("a:\n  - x\n  b: 1\n", 3, 3, "did not find expected");
    refuse("a: [1, 2\n", 2, 1, "did not find expected");
    refuse("a: 1\n--- \nb: 2\n", 2, 1, "a second document");
    refuse("a: *nobody\n", 1, 4, "nothing is named 'nobody'");
    refuse("a: &x [*x]\n", 1, 8, "inside what it names");
    refuse("? [a]\n: 1\n", 1, 3, "plain word");
    refuse("just words\n", 1, 1, "a map or a list");
    refuse("a: \"\xC3\x28\"\n", 0, 0, "at byte 5");
}

static void deep_nesting_is_refused(void **state)
{
    (void)state;
    struct buf yaml = BUF_INIT;
    buf_add_repeat(&yaml, '[', 64);
    buf_add_repeat(&yaml, ']', 64);
    struct doc doc;
    struct err err;
    assert_true(yaml_read(buf_text(&yaml), &doc, &err));
    doc_release(&doc);
    buf_clear(&yaml);
    buf_add_repeat(&yaml, '[', 65);
    buf_add_repeat(&yaml, ']', 65);
    refuse(buf_string(&yaml), 1, 65, "deeper than 64");
    buf_release(&yaml);
}

static void an_explosion_of_aliases_is_refused(void **state)
{
    (void)state;
    struct buf yaml = BUF_INIT;
    buf_add_string(&yaml, "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
        buf_addf(&yaml, "a%d: &a%d [", i, i);
        for (int k = 0; k < 10; k++)
            buf_addf(&yaml, "*a%d%s", i - 1, k < 9 ? ", " : "]\n");
    }
    struct doc doc;
    struct err err;
    assert_false(yaml_read(buf_text(&yaml), &doc, &err));
    assert_non_null(strstr(err.message, "more than 1000000 values"));
    assert_true(err.line >= 5 && err.line <= 7);
    buf_release(&yaml);
}

/* What one key puts into a plan comes out of a file, and in again. */
static void a_plan_of_thousands_is_read_and_written(void **state)
{
    (void)state;
    struct buf yaml = BUF_INIT, again = BUF_INIT;
    buf_add_string(&yaml, "plan:\n");
    for (int i = 0; i < 30000; i++)
        buf_addf(&yaml, "- {platform: tiktok, handle: \"somebody%d\", deliverables: 2, fee: %d}\n",
                 i, i);
    struct doc doc;
    struct err err;
    assert_true(yaml_read(buf_text(&yaml), &doc, &err));
    assert_true(yaml_write(&doc, &again, &err));
    assert_true(text_equal(buf_text(&yaml), buf_text(&again)));
    doc_release(&doc);
    buf_release(&yaml);
    buf_release(&again);
}

/* Every prefix of a good file is read or refused, and nothing is leaked or overrun. */
static void truncated_files_end_well(void **state)
{
    (void)state;
    static const char yaml[] = "a: &x {b: [1, 'two', \"thr\\u00e9e\"], c: |\n  text\n}\nd: *x\n";
    for (size_t length = 0; length < sizeof yaml; length++) {
        char *copy = malloc(length + 1);
        memcpy(copy, yaml, length);
        struct doc doc;
        struct err err;
        yaml_read((struct text){copy, length}, &doc, &err);
        doc_release(&doc);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_becomes_a_tree_with_places),
        cmocka_unit_test(an_alias_is_written_out),
        cmocka_unit_test(empty_files_have_no_root),
        cmocka_unit_test(mistakes_are_refused_with_their_place),
        cmocka_unit_test(deep_nesting_is_refused),
        cmocka_unit_test(an_explosion_of_aliases_is_refused),
        cmocka_unit_test(a_plan_of_thousands_is_read_and_written),
        cmocka_unit_test(truncated_files_end_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
