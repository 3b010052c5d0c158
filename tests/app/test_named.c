#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "explorer.h"

/* Views by name: saved, used, changed, renamed, deleted, and all of it undone. */

static void save(struct explorer *e, const char *name)
{
    explorer_key(e, 'v');
    explorer_key(e, 'a');
    explorer_type(e, name);
    explorer_key(e, K_ENTER);
    explorer_key(e, K_ESCAPE);
}

static const char *says(const struct explorer *e, const char *name)
{
    static char room[256];
    const struct named_view *view = named_find(&e->model.saved, text_of(name));
    room[0] = '\0';
    if (view)
        snprintf(room, sizeof room, "%.*s", (int)view->lines.length, view->lines.at);
    return room;
}

static void count_all(struct explorer *e)
{
    while (model_busy(&e->model))
        explorer_send(e, &(struct message){.kind = MESSAGE_WORK});
}

static void test_a_view_is_saved_used_and_told_from_another(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    e.model.cell = COL_FOLLOWERS;
    explorer_key(&e, 's');
    save(&e, "Germans");
    assert_string_equal(says(&e, "Germans"), "country:DE\n-followers\nstandard\n\n");
    assert_string_equal(e.model.named, "Germans");
    assert_false(e.model.named_differs);
    explorer_filter(&e, "er>=3%");
    assert_true(e.model.named_differs);
    explorer_key(&e, '<');
    assert_false(e.model.named_differs);
    explorer_key(&e, 'X');
    assert_string_equal(e.model.named, "");
    explorer_key(&e, 'v');
    explorer_key(&e, K_ENTER);
    assert_string_equal(explorer_filter_text(&e), "country:DE");
    assert_string_equal(explorer_order_text(&e), "-followers");
    assert_string_equal(e.model.named, "Germans");
    explorer_key(&e, 'u'); /* one step */
    assert_string_equal(explorer_filter_text(&e), "");
    assert_string_equal(e.model.named, "");
    explorer_release(&e);
}

static void test_a_name_that_is_taken_asks(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    save(&e, "mine");
    explorer_filter(&e, "niche:beauty");
    explorer_key(&e, 'v');
    explorer_key(&e, 'a');
    explorer_type(&e, "MINE");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_VIEW);
    assert_non_null(named_question(&e.model));
    assert_string_equal(says(&e, "mine"), "country:DE\n-roi\nstandard\n\n");
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    assert_int_equal(e.model.saved.count, 1);
    assert_string_equal(says(&e, "mine"), "country:DE niche:beauty\n-roi\nstandard\n\n");
    explorer_key(&e, 'u');
    assert_string_equal(says(&e, "mine"), "country:DE\n-roi\nstandard\n\n");
    explorer_release(&e);
}

static void test_renamed_deleted_and_brought_back(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_filter(&e, "country:DE");
    save(&e, "one");
    explorer_key(&e, 'v');
    explorer_key(&e, 'e');
    explorer_type(&e, "two");
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.named, "two");
    assert_null(named_find(&e.model.saved, TEXT("one")));
    explorer_key(&e, '-');
    assert_int_equal(e.model.saved.count, 0);
    assert_non_null(strstr(e.model.notice, "u brings it back"));
    explorer_forget(&e);
    explorer_key(&e, 'u');
    assert_int_equal(e.model.saved.count, 1);
    const struct effect *put = explorer_effect(&e, EFFECT_VIEW_PUT, 0);
    assert_true(put && text_is(put->key, "two"));
    explorer_key(&e, 'u');
    assert_non_null(named_find(&e.model.saved, TEXT("one")));
    explorer_key(&e, 'u');
    assert_int_equal(e.model.saved.count, 0);
    explorer_key(&e, 'U');
    assert_int_equal(e.model.saved.count, 1);
    explorer_release(&e);
}

static void test_a_view_brings_its_columns_and_plan(void **state)
{
    (void)state;
    struct explorer e;
    struct err err;
    explorer_init(&e);
    assert_true(chosen_parse(TEXT("er:9 | roi"), &e.model.chosen, &err));
    save(&e, "wide");
    explorer_key(&e, 'v');
    explorer_key(&e, 'p');
    assert_string_equal(says(&e, "wide"), "\n-roi\ner:9 | roi\ndefault\n");
    explorer_key(&e, 'p');
    assert_string_equal(says(&e, "wide"), "\n-roi\ner:9 | roi\n\n");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'C');
    explorer_key(&e, K_CTRL('X'));
    explorer_key(&e, K_ESCAPE);
    assert_true(e.model.named_differs);
    explorer_key(&e, 'v');
    explorer_key(&e, K_ENTER);
    assert_false(e.model.chosen.standard);
    assert_int_equal(e.model.chosen.frozen, 1);
    explorer_release(&e);
}

static void test_those_of_the_program_stay_and_count(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'v');
    assert_int_equal(named_line_count(&e.model), named_builtin_count);
    assert_int_equal(named_line(&e.model, 0).count, NAMED_UNCOUNTED);
    count_all(&e);
    for (size_t i = 0; i < named_builtin_count; i++) {
        struct named_line line = named_line(&e.model, i);
        struct filter filter;
        size_t count = 0;
        struct filter_context context = {&e.sheet, false};
        filter_init(&filter);
        assert_true(filter_parse(line.says.filter, &context, &filter, NULL));
        for (uint32_t row = 0; row < e.catalog.count; row++)
            count += query_passes(&filter, &e.sheet, row);
        assert_int_equal(line.count, count);
        filter_release(&filter);
    }
    explorer_key(&e, '-');
    assert_non_null(strstr(e.model.notice, "built in"));
    explorer_key(&e, 'e');
    assert_int_equal(e.model.prompt, PROMPT_NONE);
    explorer_key(&e, 'a');
    explorer_type(&e, "rising");
    explorer_key(&e, K_ENTER);
    assert_non_null(strstr(e.model.line_error.message, "built in"));
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_ENTER);
    assert_string_equal(e.model.named, "Best value");
    explorer_release(&e);
}

static void test_a_file_of_views_reads_back(void **state)
{
    (void)state;
    struct named_views views = {.count = 0}, again = {.count = 0};
    struct doc doc;
    named_put(&views, TEXT("a"), TEXT("tier:micro\n-roi\nhandle:20 er:9 | roi\nspring\n"), 0);
    named_put(&views, TEXT("b"), TEXT("\n\n\n\n"), 1);
    named_put(&views, TEXT("c"), TEXT("\"two words\"\nhandle\nstandard\n\n"), 2);
    named_to_doc(&views, &doc);
    assert_true(named_from_doc(&doc, &again, NULL));
    assert_int_equal(again.count, views.count);
    for (size_t i = 0; i < views.count; i++)
        assert_true(text_equal(buf_text(&again.items[i].lines), buf_text(&views.items[i].lines)));
    doc_release(&doc);
    named_release(&views);
    named_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_view_is_saved_used_and_told_from_another),
        cmocka_unit_test(test_a_name_that_is_taken_asks),
        cmocka_unit_test(test_renamed_deleted_and_brought_back),
        cmocka_unit_test(test_a_view_brings_its_columns_and_plan),
        cmocka_unit_test(test_those_of_the_program_stay_and_count),
        cmocka_unit_test(test_a_file_of_views_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
