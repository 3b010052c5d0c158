#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "support/screen.h"

/* What lasts: from one sitting to the next, through a window that changes, when the end comes. */

static const char *creators;

static void run(struct screen *screen, const char *script)
{
    struct err err = {.message = ""};
    if (!screen_run(screen, text_of(script), &err))
        fail_msg("%s", err.message);
}

static void leave_by_signal(struct screen *screen)
{
    screen_send(screen, &(struct message){.kind = MESSAGE_LEAVE});
    assert_int_equal(screen_effects(screen, EFFECT_QUIT, NULL), 1);
}

static void test_the_next_sitting_begins_where_the_last_ended(void **state)
{
    (void)state;
    struct screen first, next;
    struct effect kept, asked;
    screen_init(&first, creators, 80, 24);
    run(&first, "f\npaste:tier:micro\nEnter\nEsc\nj j j\nq");
    assert_int_equal(screen_effects(&first, EFFECT_META, &kept), 1);
    assert_true(text_is(kept.key, "view"));

    screen_init(&next, creators, 80, 24);
    screen_forget(&next);
    model_restore(&next.model, kept.text);
    screen_send(&next, &(struct message){.kind = MESSAGE_LOADED});
    assert_int_equal(next.model.cursor_id, first.model.cursor_id);
    assert_int_equal(next.model.result.rows.count, first.model.result.rows.count);
    /* The past of the creator under the cursor is asked for, or its plot would stay blank. */
    assert_int_equal(screen_effects(&next, EFFECT_HISTORY, &asked), 1);
    assert_int_equal(asked.id, first.model.cursor_id);
    screen_release(&first);
    screen_release(&next);
}

static void test_leaving_while_it_loads_keeps_the_view_of_last_time(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 80, 24);
    run(&screen, "loading 20 of 66");
    leave_by_signal(&screen);
    assert_int_equal(screen_effects(&screen, EFFECT_META, NULL), 0);
    screen_release(&screen);
}

static void test_an_open_edit_is_settled_when_the_end_comes(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *kept; /* NULL: nothing */
    } cases[] = {{"2500", "2500"}, {"2.5k", "2500"}, {"2500x", NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char script[32];
        struct screen screen;
        struct effect kept = {.text = {0}};
        snprintf(script, sizeof script, "b\ntext:%s", cases[i].typed);
        screen_init(&screen, creators, 80, 24);
        run(&screen, script);
        leave_by_signal(&screen);
        assert_int_equal(screen_effects(&screen, EFFECT_KNOB, &kept), cases[i].kept != NULL);
        assert_true(text_equal(kept.text, text_of(cases[i].kept)));
        screen_release(&screen);
    }
}

static const struct facet_line *facet_line(const struct screen *screen)
{
    return &screen->model.facet_lines.items[screen->model.facet.cursor];
}

static bool on_platform(const struct screen *screen)
{
    const struct facet_line *line = facet_line(screen);
    return line->value < FACET_LEAST &&
           screen->model.result.facets[line->facet].column == COL_PLATFORM;
}

static void test_the_filter_pane_keeps_its_place_while_the_window_changes(void **state)
{
    (void)state;
    struct screen screen;
    screen_init(&screen, creators, 120, 32);
    run(&screen, "F");
    assert_int_equal(screen.model.facet.cursor, 1); /* the first value, below the first title */
    for (int i = 0; i < 40 && !on_platform(&screen); i++)
        screen_key(&screen, K_DOWN);
    assert_true(on_platform(&screen));
    struct facet_line before = *facet_line(&screen);
    screen_resize(&screen, 160, 60); /* tall: blank lines part the groups, which show more */
    assert_int_equal(facet_line(&screen)->facet, before.facet);
    assert_int_equal(facet_line(&screen)->value, before.value);
    screen_resize(&screen, 120, 32);
    assert_int_equal(facet_line(&screen)->facet, before.facet);
    assert_int_equal(facet_line(&screen)->value, before.value);
    screen_release(&screen);
}

static void test_a_window_too_small_says_how_to_leave(void **state)
{
    (void)state;
    struct screen screen;
    struct buf room = BUF_INIT;
    screen_init(&screen, creators, 20, 5);
    screen_draw(&screen);
    assert_non_null(strstr(screen_row(&screen, 0, &room), "needs 24x6"));
    screen_type(&screen, "?");
    screen_draw(&screen);
    assert_non_null(strstr(screen_row(&screen, 0, &room), "q quits"));
    screen_type(&screen, "q");
    assert_int_equal(screen_effects(&screen, EFFECT_QUIT, NULL), 1);
    buf_release(&room);
    screen_release(&screen);
}

static void test_why_shows_its_steps_in_a_low_window(void **state)
{
    (void)state;
    struct screen screen;
    struct buf room = BUF_INIT;
    screen_init(&screen, creators, 60, 10);
    run(&screen, "i");
    screen_draw(&screen);
    bool found = false;
    for (int row = 0; row < screen.canvas.rows; row++)
        found = found || strstr(screen_row(&screen, row, &room), screen.model.why[0].title);
    assert_true(found);
    buf_release(&room);
    screen_release(&screen);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/creators.jsonl", argv[1]);
    creators = buf_string(&path);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_next_sitting_begins_where_the_last_ended),
        cmocka_unit_test(test_leaving_while_it_loads_keeps_the_view_of_last_time),
        cmocka_unit_test(test_an_open_edit_is_settled_when_the_end_comes),
        cmocka_unit_test(test_the_filter_pane_keeps_its_place_while_the_window_changes),
        cmocka_unit_test(test_a_window_too_small_says_how_to_leave),
        cmocka_unit_test(test_why_shows_its_steps_in_a_low_window),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buf_release(&path);
    return failed;
}
