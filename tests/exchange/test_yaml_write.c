#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/vec.h"
#include "exchange/yaml.h"

static struct doc_node *node_of(struct doc *doc, enum doc_kind kind)
{
    struct doc_node *node = arena_alloc(&doc->arena, sizeof *node);
    node->kind = kind;
    return node;
}

static struct doc_node *scalar(struct doc *doc, const char *value, bool quoted)
{
    struct doc_node *node = node_of(doc, DOC_SCALAR);
    node->value = text_of(value);
    node->quoted = quoted;
    return node;
}

static void a_scenario_reads_like_one_written_by_hand(void **state)
{
    (void)state;
    static const char written[] = "name: \"spring: 2027\"\n"
                                  "assumptions:\n"
                                  "  cvr: 0.03\n"
                                  "plan:\n"
                                  "- {platform: instagram, handle: \"123\", fee: 350}\n"
                                  "- - nested\n"
                                  "empty: {}\n";
    struct doc doc, again;
    struct err err;
    struct buf out = BUF_INIT;
    assert_true(yaml_read(text_of(written), &doc, &err));
    assert_true(yaml_write(&doc, &out, &err));
    assert_string_equal(buf_string(&out), written);
    assert_true(yaml_read(buf_text(&out), &again, &err));
    doc_release(&again);
    doc_release(&doc);
    buf_release(&out);
}

static void what_could_not_be_read_back_is_refused(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct err err;
    struct doc doc = {0};
    buf_add_string(&out, "kept");
    assert_true(yaml_write(&doc, &out, &err)); /* nothing is an empty file */
    doc.root = scalar(&doc, "word", false);
    assert_false(yaml_write(&doc, &out, &err));
    doc.root = node_of(&doc, DOC_LIST);
    doc.root->first = scalar(&doc, "\xff", true);
    assert_false(yaml_write(&doc, &out, &err));
    doc.root = node_of(&doc, DOC_MAP);
    doc.root->first = scalar(&doc, "1", false);
    doc.root->first->key = TEXT("a");
    doc.root->first->next = scalar(&doc, "2", false);
    doc.root->first->next->key = TEXT("a");
    assert_false(yaml_write(&doc, &out, &err));
    assert_non_null(strstr(err.message, "'a' is there twice"));
    doc.root = node_of(&doc, DOC_LIST);
    struct doc_node *deep = doc.root;
    for (int i = 0; i < YAML_DEPTH; i++)
        deep = deep->first = node_of(&doc, DOC_LIST);
    assert_false(yaml_write(&doc, &out, &err));
    assert_string_equal(buf_string(&out), "kept");
    doc_release(&doc);
    buf_release(&out);
}

/* random */

static struct text random_text(struct random *random, struct doc *doc)
{
    static const char *const pieces[] = {
        "a",        "null",
        "~",        " ",
        "\n",       "\t",
        ": ",       "#",
        " #",       "- ",
        "'",        "\"",
        "{",        "}",
        "[",        "]",
        ",",        "*",
        "&",        "!",
        "%",        "@",
        "`",        "ü",
        "日",       "\xe2\x80\xa8",
        "\\",       "0.1",
        "yes",      "---",
        "...",      "\r",
        "|",        ">",
        "\x01",     "?",
        "\xc2\x85", "=",
        "👍",
    };
    struct buf text = BUF_INIT;
    size_t count = (size_t)random_below(random, 6);
    for (size_t i = 0; i < count; i++)
        buf_add_string(&text, pieces[random_below(random, COUNT_OF(pieces))]);
    struct text kept = arena_text(&doc->arena, buf_text(&text));
    buf_release(&text);
    return kept;
}

static struct doc_node *random_node(struct random *random, struct doc *doc, int depth)
{
    enum doc_kind kind = depth > 4 ? DOC_SCALAR : (enum doc_kind)random_below(random, 3);
    struct doc_node *node = node_of(doc, depth == 0 && kind == DOC_SCALAR ? DOC_MAP : kind);
    if (node->kind == DOC_SCALAR) {
        node->value = random_text(random, doc);
        node->quoted = random_below(random, 2);
        return node;
    }
    struct doc_node **end = &node->first;
    size_t count = (size_t)random_below(random, 5);
    for (size_t i = 0; i < count; i++) {
        *end = random_node(random, doc, depth + 1);
        if (node->kind == DOC_MAP) {
            struct buf key = BUF_INIT;
            buf_add_text(&key, random_text(random, doc));
            buf_addf(&key, "%zu", i); /* no key twice */
            (*end)->key = arena_text(&doc->arena, buf_text(&key));
            buf_release(&key);
        }
        end = &(*end)->next;
    }
    return node;
}

static void expect_equal(const struct doc_node *a, const struct doc_node *b)
{
    assert_int_equal(a->kind, b->kind);
    if (a->kind == DOC_SCALAR) {
        assert_true(text_equal(a->value, b->value));
        assert_true(b->quoted || !a->quoted);
    }
    const struct doc_node *other = b->first;
    for (const struct doc_node *child = a->first; child; child = child->next) {
        assert_non_null(other);
        assert_true(a->kind != DOC_MAP || text_equal(child->key, other->key));
        expect_equal(child, other);
        other = other->next;
    }
    assert_null(other);
}

static void any_tree_comes_back(void **state)
{
    (void)state;
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    printf("TEST_SEED=%llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int i = 0; i < 4000; i++) {
        struct doc doc = {0}, again;
        struct buf out = BUF_INIT;
        struct err err;
        doc.root = random_node(&random, &doc, 0);
        if (!yaml_write(&doc, &out, &err))
            fail_msg("%s", err.message);
        if (!yaml_read(buf_text(&out), &again, &err))
            fail_msg("%zu:%zu: %s in\n%s", err.line, err.column, err.message, buf_string(&out));
        expect_equal(doc.root, again.root);
        doc_release(&doc);
        doc_release(&again);
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_reads_like_one_written_by_hand),
        cmocka_unit_test(what_could_not_be_read_back_is_refused),
        cmocka_unit_test(any_tree_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
