#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/doc.h"
#include "base/vec.h"

static struct doc_node scalar(const char *key, const char *value)
{
    return (struct doc_node){
        .kind = DOC_SCALAR, .key = text_of(key), .value = text_of(value), .line = 4, .column = 9};
}

static void entries_are_found_by_key(void **state)
{
    (void)state;
    struct doc_node fee = scalar("fee", "500"), budget = scalar("budget", "20k");
    struct doc_node map = {.kind = DOC_MAP, .first = &fee};
    fee.next = &budget;
    assert_ptr_equal(doc_find(&map, "fee"), &fee);
    assert_ptr_equal(doc_find(&map, "budget"), &budget);
    assert_null(doc_find(&map, "bud"));
    assert_null(doc_find(&map, "budgets"));
    assert_null(doc_find(&fee, "fee"));
    assert_null(doc_find(NULL, "fee"));
}

static void numbers_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        double value;
    } cases[] = {{"500", 500}, {"20k", 20000}, {"55%", 0.55}, {"-1.5", -1.5}, {"1e3", 1000}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct doc_node node = scalar("budget", cases[i].written);
        double value = 0;
        assert_true(doc_number(&node, &value, NULL));
        assert_true(value == cases[i].value);
    }
}

static void wrong_types_name_key_and_place(void **state)
{
    (void)state;
    struct err err = {{0}};
    double value = 7;
    bool flag = true;
    struct doc_node node = scalar("budget", "plenty");
    assert_false(doc_number(&node, &value, &err));
    assert_string_equal(err.message, "'budget' needs a number, not 'plenty'");
    assert_int_equal(err.line, 4);
    assert_int_equal(err.column, 9);
    node = scalar("budget", "500");
    node.quoted = true;
    assert_false(doc_number(&node, &value, &err));
    node = scalar("budget", "500 or so");
    assert_false(doc_number(&node, &value, &err));
    node = scalar("budget", "");
    assert_false(doc_number(&node, &value, &err));
    assert_string_equal(err.message, "'budget' needs a number");
    node = (struct doc_node){.kind = DOC_LIST, .key = TEXT("budget")};
    assert_false(doc_number(&node, &value, &err));
    assert_string_equal(err.message, "'budget' needs a number, not a list");
    node = scalar(NULL, "maybe");
    assert_false(doc_bool(&node, &flag, &err));
    assert_string_equal(err.message, "this needs to be yes or no, not 'maybe'");
    assert_true(value == 7 && flag);
    char long_value[3000];
    memset(long_value, 'x', sizeof long_value);
    node.value = (struct text){long_value, sizeof long_value};
    assert_false(doc_bool(&node, &flag, &err));
    assert_true(strlen(err.message) < 120);
}

static void yes_and_no_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *written;
        bool value;
    } cases[] = {{"true", true},   {"Yes", true}, {"ON", true},
                 {"false", false}, {"no", false}, {"Off", false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct doc_node node = scalar("ascii", cases[i].written);
        bool value = !cases[i].value;
        assert_true(doc_bool(&node, &value, NULL));
        assert_int_equal(value, cases[i].value);
        node.quoted = true;
        assert_false(doc_bool(&node, &value, NULL));
    }
}

static void a_released_doc_is_empty(void **state)
{
    (void)state;
    struct doc doc = {0};
    doc.root = arena_alloc(&doc.arena, sizeof *doc.root);
    doc_release(&doc);
    assert_null(doc.root);
    doc_release(&doc);
    doc_release(NULL);
}

static void near_words_are_suggested(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *word;
    } table[] = {{1, "followers"}, {2, "following"}, {3, "niche"},  {4, NULL},
                 {5, "er"},        {6, "fee"},       {7, "country"}};
    static const struct {
        const char *word, *nearest;
    } cases[] = {
        {"folowers", "followers"},
        {"follwoers", "followers"},
        {"FOLLOWERS", "followers"},
        {"nich", "niche"},
        {"nihce", "niche"},
        {"coutnry", "country"},
        {"contry", "country"},
        {"fees", "fee"},
        {"ef", "er"},
        {"following", "following"},
        {"reach", NULL},
        {"x", NULL},
        {"", NULL},
        {"platform", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *found =
            nearest_word(text_of(cases[i].word), &table[0].word, COUNT_OF(table), sizeof table[0]);
        if (!cases[i].nearest != !found || (found && strcmp(found, cases[i].nearest) != 0))
            fail_msg("'%s' suggests '%s'", cases[i].word, found ? found : "nothing");
    }
    char flood[5000];
    memset(flood, 'f', sizeof flood);
    assert_null(nearest_word((struct text){flood, sizeof flood}, &table[0].word, COUNT_OF(table),
                             sizeof table[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_found_by_key),
        cmocka_unit_test(numbers_are_read),
        cmocka_unit_test(wrong_types_name_key_and_place),
        cmocka_unit_test(yes_and_no_are_read),
        cmocka_unit_test(a_released_doc_is_empty),
        cmocka_unit_test(near_words_are_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
