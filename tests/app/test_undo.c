#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "step_internal.h"

/* The texts of steps, and the chain they stand in. */

static void fill(struct catalog *catalog, const int64_t *ids, size_t count)
{
    struct record_sink sink = catalog_sink(catalog);
    catalog_init(catalog);
    sink.begin(sink.self, NULL);
    for (size_t i = 0; i < count; i++) {
        char handle[32];
        struct record record;
        snprintf(handle, sizeof handle, "who.%lld", (long long)ids[i]);
        record_clear(&record);
        record.id = ids[i];
        record_set_text(&record, COL_HANDLE, text_of(handle));
        record_set_text(&record, COL_PLATFORM, TEXT("instagram"));
        assert_true(sink.put(sink.self, &record, NULL));
    }
    sink.end(sink.self, true, NULL);
}

static void drop(struct catalog *catalog, int64_t id)
{
    struct record_sink sink = catalog_sink(catalog);
    sink.begin(sink.self, NULL);
    sink.drop(sink.self, id, NULL);
    sink.end(sink.self, true, NULL);
}

static void test_one_is_kept_by_platform_and_key(void **state)
{
    (void)state;
    static const int64_t ids[] = {5, 6, 9};
    struct catalog catalog, other;
    struct buf text = BUF_INIT;
    struct step_line line;
    fill(&catalog, ids, 3);
    step_add_row(&text, &catalog, "1", 1);
    assert_string_equal(buf_string(&text), "1 @6 instagram who.6\n");
    struct text rest = buf_text(&text);
    assert_true(step_next_line(&rest, &catalog, &line));
    assert_true(text_is(line.head, "1"));
    assert_int_equal(line.row, 1);
    assert_false(step_next_line(&rest, &catalog, &line));
    /* Another store: the id is another's, the name counts. */
    static const int64_t others[] = {6, 7};
    fill(&other, others, 2);
    rest = TEXT("1 @7 instagram who.6\n1 @6 instagram who.1\n");
    assert_true(step_next_line(&rest, &other, &line));
    assert_int_equal(line.row, 0);
    assert_true(step_next_line(&rest, &other, &line));
    assert_int_equal(line.row, CATALOG_NONE);
    assert_int_equal(line.gone, 1);
    buf_release(&text);
    catalog_release(&catalog);
    catalog_release(&other);
}

static void test_many_are_kept_by_id(void **state)
{
    (void)state;
    struct random random;
    uint64_t seed = 20261123;
    random_init(&random, seed);
    for (int round = 0; round < 200; round++) {
        int64_t ids[600], id = 0;
        struct catalog catalog;
        struct bits rows = {0};
        struct buf text = BUF_INIT;
        struct step_line line;
        for (size_t i = 0; i < 600; i++)
            ids[i] = id += 1 + (int64_t)random_below(&random, round % 3 + 1);
        fill(&catalog, ids, 600);
        bits_resize(&rows, 600);
        for (size_t row = 0; row < 600; row++)
            bits_put(&rows, row, round == 0 || random_below(&random, 4) > 0);
        step_add_rows(&text, &catalog, "1", &rows);
        struct text rest = buf_text(&text);
        assert_true(step_next_line(&rest, &catalog, &line));
        assert_true(line.many);
        assert_int_equal(rest.length, 0);
        assert_int_equal(line.gone, 0);
        assert_int_equal(bits_total(&line.rows), bits_total(&rows));
        assert_int_equal(bits_common(&line.rows, &rows), bits_total(&rows));
        bits_release(&line.rows);
        size_t gone = bits_next(&rows, 100);
        drop(&catalog, ids[gone]);
        rest = buf_text(&text);
        assert_true(step_next_line(&rest, &catalog, &line));
        assert_int_equal(line.gone, 1);
        assert_int_equal(bits_total(&line.rows), bits_total(&rows) - 1);
        bits_release(&line.rows);
        bits_release(&rows);
        buf_release(&text);
        catalog_release(&catalog);
    }
}

/* A million that follow each other are a few bytes. */
static void test_runs_are_short(void **state)
{
    (void)state;
    int64_t ids[1000];
    struct catalog catalog;
    struct bits rows = {0};
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < 1000; i++)
        ids[i] = (int64_t)i + 1;
    fill(&catalog, ids, 1000);
    bits_resize(&rows, 1000);
    for (size_t row = 0; row < 1000; row++)
        bits_put(&rows, row, row != 500);
    step_add_rows(&text, &catalog, "0", &rows);
    assert_string_equal(buf_string(&text), "0 #1+499,2+498\n");
    bits_release(&rows);
    buf_release(&text);
    catalog_release(&catalog);
}

static void test_broken_lines_are_passed_over(void **state)
{
    (void)state;
    static const int64_t ids[] = {5, 6, 9};
    static const char *const broken[] = {"",
                                         "1",
                                         "1 ",
                                         "1 @",
                                         "1 @5",
                                         "1 @5 who",
                                         "1 @x instagram who.5",
                                         "1 #",
                                         "1 #,",
                                         "1 #5+",
                                         "1 #5+99999999999999999999",
                                         "1 #5-6",
                                         "1 #5+1,x",
                                         "1 ?5",
                                         "1 #5 6"};
    struct catalog catalog;
    fill(&catalog, ids, 3);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct buf text = BUF_INIT;
        struct step_line line;
        buf_addf(&text, "%s\n1 @9 instagram who.9\n", broken[i]);
        struct text rest = buf_text(&text);
        assert_true(step_next_line(&rest, &catalog, &line));
        if (line.row != 2)
            fail_msg("'%s' was read", broken[i]);
        buf_release(&text);
    }
    catalog_release(&catalog);
}

static void test_what_is_planned_is_written_and_read(void **state)
{
    (void)state;
    static const struct {
        struct planned planned;
        const char *head;
    } cases[] = {
        {{3, FORMAT_NONE, NAN}, "3,,"},
        {{0, FORMAT_NONE, 45000}, "0,,45000"},
        {{2, FORMAT_STORY, NAN}, "2,instagram:story,"},
        {{65534, FORMAT_TIKTOK_VIDEO, 0}, NULL},
        {{0, FORMAT_NONE, NAN}, "0,,"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf head = BUF_INIT;
        step_head_planned(&head, &cases[i].planned);
        if (cases[i].head)
            assert_string_equal(buf_string(&head), cases[i].head);
        struct planned planned = step_planned(buf_text(&head));
        assert_true(planned_equal(&planned, &cases[i].planned));
        buf_release(&head);
    }
}

static struct step a_step(const char *text)
{
    struct step step = {.kind = STEP_TICK};
    buf_add_string(&step.new, text);
    step_label(&step, text_of(text));
    return step;
}

static void test_the_chain_is_trimmed(void **state)
{
    (void)state;
    struct undo undo = {.count = 0};
    for (int i = 0; i < UNDO_MOST + 7; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        struct step step = a_step(name);
        undo_push(&undo, &step);
    }
    assert_int_equal(undo.count, UNDO_MOST);
    assert_int_equal(undo.done, UNDO_MOST);
    assert_string_equal(undo.items[0].label, "7");
    assert_int_equal(undo.gone.count, 7); /* the store is to hear of it */
    undo_release(&undo);
}

static void test_long_texts_push_old_ones_out(void **state)
{
    (void)state;
    struct undo undo = {.count = 0};
    for (int i = 0; i < 5; i++) {
        struct step step = {.kind = STEP_TICK};
        buf_add_repeat(&step.new, 'x', UNDO_BYTES_MOST / 3);
        undo_push(&undo, &step);
    }
    assert_int_equal(undo.count, 3);
    struct step huge = {.kind = STEP_TICK};
    buf_add_repeat(&huge.new, 'x', UNDO_BYTES_MOST + 1);
    undo_push(&undo, &huge);
    assert_int_equal(undo.count, 1); /* the newest always is there */
    undo_release(&undo);
}

/* Two explorers wrote it: what is undone comes after what is in force, each in its order. */
static void test_a_chain_is_restored_in_order(void **state)
{
    (void)state;
    struct undo undo = {.count = 0};
    static const bool undone[] = {false, true, false, true, false};
    for (int64_t i = 0; i < 5; i++) {
        char label[8];
        snprintf(label, sizeof label, "%d", (int)i);
        assert_true(undo_restore(&undo, i + 1, text_of(label), TEXT("plan spring"), TEXT("a"),
                                 TEXT("b"), undone[i]));
    }
    assert_false(undo_restore(&undo, 9, TEXT("x"), TEXT("whim x"), TEXT(""), TEXT(""), false));
    assert_int_equal(undo.done, 3);
    assert_int_equal(undo.count, 5);
    static const char *const order[] = {"0", "2", "4", "1", "3"};
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(undo.items[i].label, order[i]);
    assert_string_equal(undo.items[0].scenario, "spring");
    assert_int_equal(undo.items[0].token, 1);
    struct buf target = BUF_INIT;
    step_target(&undo.items[0], &target);
    assert_string_equal(buf_string(&target), "plan spring");
    buf_release(&target);
    struct step step = a_step("new");
    undo_push(&undo, &step);
    assert_int_equal(undo.gone.count, 2); /* what could be done again */
    assert_int_equal(undo.items[3].token, -1);
    undo_release(&undo);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_is_kept_by_platform_and_key),
        cmocka_unit_test(test_many_are_kept_by_id),
        cmocka_unit_test(test_runs_are_short),
        cmocka_unit_test(test_broken_lines_are_passed_over),
        cmocka_unit_test(test_what_is_planned_is_written_and_read),
        cmocka_unit_test(test_the_chain_is_trimmed),
        cmocka_unit_test(test_long_texts_push_old_ones_out),
        cmocka_unit_test(test_a_chain_is_restored_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
