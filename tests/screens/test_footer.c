#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/footer.h"
#include "base/vec.h"
#include "support/screen.h"

/* The last line in every context and at every width: whole words, and the way to help at its end. */

static const char *folder;

#define FORM                                                                                       \
    "form list.csv | 9 columns\nask ? | Platform | instagram | a guess | instagram, tiktok\n"      \
    "show form\nlost rejected 88 no handle\nfigures 300 rows 287 new 9 changed 0 as-before 1 "     \
    "tiers\n"

#define FIELD_FORM                                                                                 \
    "form list.csv | 9 columns\nask ? | Figures of | 3 Aug 2026 | a guess\nshow form\n"            \
    "figures 300 rows 287 new 9 changed 0 as-before 1 tiers\n"

static const struct {
    enum context context;
    const char *script;
} ways[] = {
    {CONTEXT_LIST, "Space Space\n"},
    {CONTEXT_NOTHING, "f\npaste:followers>900M\nEnter\nEsc\n"},
    {CONTEXT_FIRST, "#! empty\n"},
    {CONTEXT_VIEWS, "v\n"},
    {CONTEXT_FILTERS, "F\n"},
    {CONTEXT_VALUE, "F /\n"},
    {CONTEXT_DETAIL, "Enter\n"},
    {CONTEXT_NOTE, "o\n"},
    {CONTEXT_COMPARE, "Space Space c\n"},
    {CONTEXT_PLAN, "a p\n"},
    {CONTEXT_ASSUMPTIONS, "a p Tab\n"},
    {CONTEXT_PLANS, "a p w\n"},
    {CONTEXT_TIERS, "t\n"},
    {CONTEXT_CHANGES, "d\n"},
    {CONTEXT_FORM, FORM},
    {CONTEXT_LOST, FORM "Tab\n"},
    {CONTEXT_IMPORTS, ":\ntext:imports\nEnter\n"},
    {CONTEXT_WHY, "i\n"},
    {CONTEXT_HELP, "?\n"},
    {CONTEXT_PAGE, "t i\n"},
    {CONTEXT_PICK, "m\n"},
    {CONTEXT_COLUMNS, "C\n"},
    {CONTEXT_FILTER, "f\n"},
    {CONTEXT_SEARCH, "/\n"},
    {CONTEXT_FILL, "A\n"},
    {CONTEXT_FIELD, "b\n"},
    {CONTEXT_COMMAND, ":\n"},
    {CONTEXT_GOAL, "e\n"},
    {CONTEXT_NAME, "a p w a\n"},
    {CONTEXT_ANSWER, FIELD_FORM "e\n"},
    {CONTEXT_HAND, "x\n"},
    {CONTEXT_HAND_FILE, "x e\n"},
};

static void begin(struct screen *screen, size_t way)
{
    struct buf creators = BUF_INIT;
    struct err err = {.message = ""};
    buf_addf(&creators, "%s/creators.jsonl", folder);
    bool empty = text_starts(text_of(ways[way].script), "#! empty\n");
    screen_init(screen, empty ? NULL : buf_string(&creators), 80, 24);
    if (!screen_run(screen, text_of(ways[way].script), &err))
        fail_msg("%s: %s", contexts[ways[way].context].title, err.message);
    if (model_context(&screen->model) != ways[way].context)
        fail_msg("%s: it is %s", contexts[ways[way].context].title,
                 contexts[model_context(&screen->model)].title);
    buf_release(&creators);
}

static const char *ending(enum context context)
{
    return context == CONTEXT_HELP                            ? ""
           : contexts[context].text || contexts[context].form ? "F1 help"
                                                              : "? help  m menu";
}

/* The row as it must be: every word of it whole, blanks between. */
static void row_of(const struct footer_key *keys, int count, int width, struct buf *out)
{
    buf_add_repeat(out, ' ', (size_t)width);
    for (int i = 0; i < count; i++) {
        struct buf word = BUF_INIT;
        buf_addf(&word, "%s %s", keys[i].key, keys[i].label);
        assert_int_equal(word.length, keys[i].width);
        assert_true(keys[i].at >= 1 && keys[i].at + keys[i].width < width);
        if (i > 0)
            assert_true(keys[i].at >= keys[i - 1].at + keys[i - 1].width + 2);
        memcpy(out->at + keys[i].at, word.at, word.length);
        buf_release(&word);
    }
}

static void check(struct screen *screen, enum context context, int width)
{
    struct footer_key keys[FOOTER_MOST];
    struct buf row = BUF_INIT, expected = BUF_INIT;
    int count = footer_make(&screen->model, keys);
    screen_draw(screen);
    row_of(keys, count, width, &expected);
    const char *shown = screen_row(screen, screen->canvas.rows - 1, &row);
    const char *end = ending(context);
    size_t length = strlen(shown), least = strlen(end);
    while (length > 0 && shown[length - 1] == ' ')
        length--;
    if (length < least || strncmp(shown + length - least, end, least) != 0)
        fail_msg("%s at %d does not end with '%s': %s", contexts[context].title, width, end, shown);
    if (strncmp(buf_string(&expected), shown, length) != 0)
        fail_msg("%s at %d:\n%s\n%s", contexts[context].title, width, buf_string(&expected), shown);
    if (width >= 60 && count < 3 && context != CONTEXT_HELP)
        fail_msg("%s at %d names %d keys", contexts[context].title, width, count);
    buf_release(&row);
    buf_release(&expected);
}

static void test_the_footer_fits_every_width_in_every_context(void **state)
{
    (void)state;
    bool seen[CONTEXT_COUNT] = {false};
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct screen screen;
        begin(&screen, i);
        seen[ways[i].context] = true;
        for (int width = 24; width <= 200; width++) {
            screen_resize(&screen, width, 24);
            assert_int_equal(model_context(&screen.model), ways[i].context);
            check(&screen, ways[i].context, width);
        }
        screen_release(&screen);
    }
    for (int context = 0; context < CONTEXT_COUNT; context++)
        if (!seen[context])
            fail_msg("nobody was in %s", contexts[context].title);
}

/* Keys that stand there do something: what one cannot do at all is not offered. */
static void test_a_click_does_what_the_key_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(ways); i++) {
        struct screen pressed, clicked;
        struct footer_key keys[FOOTER_MOST];
        begin(&pressed, i);
        int count = footer_make(&pressed.model, keys);
        screen_release(&pressed);
        for (int k = 0; k < count; k++) {
            uint32_t key = keys[k].command->keys[0];
            begin(&pressed, i);
            begin(&clicked, i);
            screen_key(&pressed, key);
            screen_mouse(&clicked, MOUSE_PRESS, keys[k].at + keys[k].width - 1, 23);
            struct buf a = BUF_INIT, b = BUF_INIT;
            screen_print(&pressed, &a);
            screen_print(&clicked, &b);
            if (!text_equal(buf_text(&a), buf_text(&b)))
                fail_msg("%s in %s:\n%s\n%s", keys[k].command->name,
                         contexts[ways[i].context].title, buf_string(&a), buf_string(&b));
            buf_release(&a);
            buf_release(&b);
            screen_release(&pressed);
            screen_release(&clicked);
        }
    }
}

static void test_a_double_click_does_no_other_thing(void **state)
{
    (void)state;
    struct screen screen;
    begin(&screen, 0);
    screen_mouse(&screen, MOUSE_PRESS, 3, 23); /* Enter open */
    screen_mouse(&screen, MOUSE_DOUBLE, 3, 23);
    assert_int_equal(screen.model.place, PLACE_DETAIL);
    assert_int_equal(screen.model.overlay, OVERLAY_NONE);
    screen_release(&screen);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_footer_fits_every_width_in_every_context),
        cmocka_unit_test(test_a_click_does_what_the_key_does),
        cmocka_unit_test(test_a_double_click_does_no_other_thing),
    };
    if (argc < 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
