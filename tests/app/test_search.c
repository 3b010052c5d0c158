#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/buf.h"
#include "explorer.h"

/* Searches that are not done with the letter: bios so long that they go on between frames. */

#define MANY 6000
#define BIO_LENGTH 1500

/* Every 100th creator has a zebra in its bio; followers grow, so the list by followers runs backwards. */
static bool has_zebra(int id)
{
    return id % 100 == 0;
}

static void load_many(struct explorer *explorer)
{
    struct record_sink sink = catalog_sink(&explorer->catalog);
    struct buf handle = BUF_INIT, bio = BUF_INIT;
    struct err err;
    for (int id = 1; id <= MANY; id++) {
        struct record record;
        buf_clear(&handle);
        buf_clear(&bio);
        buf_addf(&handle, "creator.%d", id);
        buf_add_repeat(&bio, 'o', BIO_LENGTH);
        buf_add_string(&bio, has_zebra(id) ? " Zébra" : " horse");
        buf_add_string(&bio, id == MANY ? " mouse" : "");
        record_clear(&record);
        record.id = id;
        record_set_text(&record, COL_PLATFORM, TEXT("tiktok"));
        record_set_text(&record, COL_HANDLE, buf_text(&handle));
        record_set_text(&record, COL_BIO, buf_text(&bio));
        record_set_text(&record, COL_COUNTRY, id % 200 == 0 ? TEXT("DE") : TEXT("US"));
        record_set_number(&record, COL_FOLLOWERS, 1000 + id);
        assert_true(sink.put(sink.self, &record, &err));
    }
    buf_release(&handle);
    buf_release(&bio);
}

static void many_init(struct explorer *explorer)
{
    explorer_init_empty(explorer);
    load_many(explorer);
    explorer_send(explorer, &(struct message){.kind = MESSAGE_LOADED});
    explorer->model.cell = COL_FOLLOWERS;
    explorer_key(explorer, 's');
    assert_string_equal(explorer_order_text(explorer), "-followers");
}

static int step(struct explorer *explorer)
{
    explorer_send(explorer, &(struct message){.kind = MESSAGE_WORK});
    return 1;
}

static int finish(struct explorer *explorer)
{
    int steps = 0;
    while (model_busy(&explorer->model))
        steps += step(explorer);
    return steps;
}

static void test_the_count_comes_a_moment_later(void **state)
{
    (void)state;
    struct explorer e;
    double share;
    many_init(&e);
    explorer_key(&e, '/');
    explorer_paste(&e, "zebra");
    assert_true(model_busy(&e.model));
    assert_string_equal(model_progress(&e.model, &share), "searching bios");
    size_t first = e.model.search_hits;
    assert_true(first < MANY / 100);
    assert_true(finish(&e) > 2);
    assert_null(model_progress(&e.model, &share));
    assert_int_equal(e.model.search_hits, MANY / 100);
    assert_string_equal(explorer_cursor(&e), "creator.6000"); /* the nearest, not the first found */
    explorer_key(&e, K_ENTER);
    explorer_key(&e, 'n');
    assert_string_equal(explorer_cursor(&e), "creator.5900");
    explorer_key(&e, 'N');
    explorer_key(&e, 'N');
    assert_string_equal(explorer_cursor(&e), "creator.100"); /* round the list */
    assert_non_null(strstr(e.model.notice, "60 hits"));
    explorer_release(&e);
}

static void test_a_cursor_that_was_moved_is_left_alone(void **state)
{
    (void)state;
    struct explorer e;
    many_init(&e);
    explorer_key(&e, '/');
    explorer_paste(&e, "zebra");
    explorer_key(&e, K_ENTER);
    assert_true(model_busy(&e.model));
    explorer_key(&e, K_END);
    finish(&e);
    assert_string_equal(explorer_cursor(&e), "creator.1");
    assert_int_equal(e.model.search_hits, MANY / 100);
    explorer_release(&e);
}

static void test_a_search_given_up_puts_the_cursor_back_for_good(void **state)
{
    (void)state;
    static const char *const words[] = {"zebra", "mouse"}; /* soon found, and only at the end */
    for (size_t i = 0; i < 2; i++) {
        struct explorer e;
        many_init(&e);
        explorer_key(&e, K_END);
        explorer_key(&e, '/');
        explorer_paste(&e, words[i]);
        step(&e);
        assert_int_equal(e.model.search_hits > 0, i == 0);
        explorer_key(&e, K_ESCAPE);
        assert_string_equal(explorer_cursor(&e), "creator.1");
        finish(&e);
        assert_string_equal(explorer_cursor(&e), "creator.1");
        assert_true(e.model.search_hits > 0);
        explorer_release(&e);
    }
}

static void test_letters_typed_on_and_taken_back_while_it_goes_on(void **state)
{
    (void)state;
    struct explorer e;
    many_init(&e);
    explorer_key(&e, '/');
    explorer_type(&e, "zeb");
    step(&e);
    explorer_type(&e, "ra");
    step(&e);
    explorer_key(&e, K_BACKSPACE);
    explorer_key(&e, K_BACKSPACE);
    finish(&e);
    assert_int_equal(e.model.search_hits, MANY / 100);
    explorer_type(&e, "x");
    finish(&e);
    assert_int_equal(e.model.search_hits, 0);
    explorer_release(&e);
}

static void test_what_the_filter_hides_is_counted(void **state)
{
    (void)state;
    struct explorer e;
    many_init(&e);
    explorer_filter(&e, "country:DE");
    explorer_key(&e, '/');
    explorer_paste(&e, "zebra");
    finish(&e);
    assert_int_equal(e.model.search_hits, MANY / 200);
    assert_int_equal(e.model.search_hidden, 0);
    explorer_key(&e, K_ESCAPE);
    explorer_filter(&e, "-country:US");
    explorer_key(&e, '/');
    explorer_paste(&e, "creator.101");
    assert_int_equal(e.model.search_hits, 0);
    finish(&e);
    assert_int_equal(e.model.search_hits, 0);
    assert_int_equal(e.model.search_hidden, 11); /* 101 and 1010 to 1019 */
    explorer_key(&e, K_CTRL('U'));
    explorer_paste(&e, "crtr.1011"); /* the letters only: a guess, not something hidden */
    finish(&e);
    assert_true(search_loose(&e.model.finder));
    assert_int_equal(e.model.search_hidden, 0);
    explorer_release(&e);
}

static void test_a_creator_that_comes_or_goes_is_found_by_the_next_n(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "beauty");
    assert_int_equal(e.model.search_hits, 6);
    explorer_drop(&e, "bea.lids");
    explorer_key(&e, 'n');
    assert_int_equal(e.model.search_hits, 5);
    assert_non_null(strstr(e.model.notice, "5 hits"));
    explorer_release(&e);
}

static void test_names_are_folded_ahead_of_the_first_search(void **state)
{
    (void)state;
    struct explorer e;
    double share;
    many_init(&e);
    assert_true(model_busy(&e.model));
    assert_null(model_progress(&e.model, &share)); /* nothing anybody waits for */
    finish(&e);
    assert_false(model_busy(&e.model));
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_count_comes_a_moment_later),
        cmocka_unit_test(test_a_cursor_that_was_moved_is_left_alone),
        cmocka_unit_test(test_a_search_given_up_puts_the_cursor_back_for_good),
        cmocka_unit_test(test_letters_typed_on_and_taken_back_while_it_goes_on),
        cmocka_unit_test(test_what_the_filter_hides_is_counted),
        cmocka_unit_test(test_a_creator_that_comes_or_goes_is_found_by_the_next_n),
        cmocka_unit_test(test_names_are_folded_ahead_of_the_first_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
