#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "app/help.h"
#include "base/buf.h"
#include "base/vec.h"
#include "explorer.h"

/* Help is found in by typing, by word and by key; messages are never lost. */

static void assert_page_has(const struct explorer *e, const char *part)
{
    const char *text = explorer_page(e);
    if (!strstr(text, part))
        fail_msg("not there: %s\nin:\n%.2000s", part, text);
}

static void assert_page_lacks(const struct explorer *e, const char *part)
{
    const char *text = explorer_page(e);
    if (strstr(text, part))
        fail_msg("is there: %s\nin:\n%.2000s", part, text);
}

static void open_help(struct explorer *e)
{
    explorer_init(e);
    explorer_resize(e, 120, 40);
    explorer_key(e, '?');
}

static void test_words_come_first_then_what_can_be_done_here(void **state)
{
    (void)state;
    struct explorer e;
    open_help(&e);
    const char *text = explorer_page(&e);
    const char *list = strstr(text, "# List: Move"), *find = strstr(text, "# List: Find");
    const char *plan = strstr(text, "# Plan, besides");
    assert_true(strncmp(text, "# Words\n", 8) == 0);
    assert_true(list && find && plan && list < find && find < plan);
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, 'p');
    explorer_key(&e, '?');
    text = explorer_page(&e);
    assert_true(strstr(text, "# Plan: What if") < strstr(text, "# List, besides"));
    explorer_release(&e);
}

/* Where one types, too: its own keys first. */
static void test_help_of_a_prompt_is_about_the_prompt(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'f');
    explorer_type(&e, "ni");
    explorer_key(&e, K_F1);
    assert_page_has(&e, "# Filter prompt: Find");
    explorer_type(&e, "roas");
    assert_page_has(&e, "ROAS");
    explorer_key(&e, K_ESCAPE);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(model_context(&e.model), CONTEXT_FILTER);
    assert_true(text_is(buf_text(&e.model.line.text), "ni"));
    explorer_release(&e);
}

static void test_typed_words_narrow_help(void **state)
{
    (void)state;
    struct explorer e;
    open_help(&e);
    explorer_type(&e, "Break-Even");
    assert_page_has(&e, "break-even fee | ");
    assert_page_lacks(&e, "niche | ");
    assert_page_lacks(&e, "# List: Move");
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "tick all"); /* both words, in whatever order */
    assert_page_has(&e, "* | Tick all shown, or none.");
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "brkevn"); /* letters among others, where nothing is called so */
    assert_page_has(&e, "breakeven_fee");
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "xyzzy");
    assert_page_has(&e, "Nothing here is called so");
    explorer_release(&e);
}

static void test_a_name_stands_before_a_mention(void **state)
{
    (void)state;
    struct explorer e;
    open_help(&e);
    explorer_type(&e, "break-even");
    const char *text = explorer_page(&e), *named = strstr(text, "break-even fee | ");
    assert_non_null(named);
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "budget");
    text = explorer_page(&e);
    named = strstr(text, "b | Change the budget.");
    const char *mentioned = strstr(text, "affordable | ");
    assert_true(named && mentioned && named < mentioned);
    explorer_release(&e);
}

static void test_help_finds_what_a_key_does(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *found, *lacks;
    } keys[] = {
        {"ctrl-d", "PgDn  Ctrl-D | A screen down.", "niche | "},
        {"f2", "e  F2 | Edit this figure, or seek a goal.", "niche | "},
        {"c", "c | Compare the ticked creators.", "C | Choose columns."},
        {"C", "C | Choose columns.", "c | Compare the ticked"},
        {"space", "Space | Tick this creator.", "c | Compare the ticked"},
        {"q", "q | Go back, or quit from the list.", "c | Compare the ticked"},
        {"?", "?  F1 | Help.", "c | Compare the ticked"},
    };
    struct explorer e;
    open_help(&e);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        explorer_key(&e, K_CTRL('U'));
        explorer_type(&e, keys[i].typed);
        assert_int_equal(model_context(&e.model), CONTEXT_HELP);
        const char *text = explorer_page(&e);
        assert_true(strncmp(text, "# On the key ", 13) == 0);
        assert_page_has(&e, keys[i].found);
        assert_page_lacks(&e, keys[i].lacks);
    }
    explorer_key(&e, K_F1 + 4); /* pressed instead of typed */
    assert_page_has(&e, "r  F5 | Take in what came since.");
    explorer_release(&e);
}

/* On a key that means something else elsewhere, where that is is said. */
static void test_what_a_key_does_elsewhere_is_told(void **state)
{
    (void)state;
    struct explorer e;
    open_help(&e);
    explorer_type(&e, "f");
    const char *text = explorer_page(&e);
    const char *here = strstr(text, "f | Filter."), *there = strstr(text, "f | Fold equal rows.");
    assert_true(here && there && here < there);
    explorer_key(&e, K_CTRL('U'));
    explorer_type(&e, "w");
    assert_page_has(&e, "w  p | Back to the plan. Leaves the plans side by side. In: Plans.\n");
    explorer_release(&e);
}

static void test_escape_clears_then_closes(void **state)
{
    (void)state;
    struct explorer e;
    open_help(&e);
    explorer_type(&e, "roi");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_HELP);
    assert_page_has(&e, "# Words");
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_NONE);
    explorer_key(&e, '?'); /* what was looked for is forgotten */
    assert_page_has(&e, "# List: Move");
    explorer_paste(&e, "vs channel");
    assert_page_has(&e, "vs channel | ");
    assert_page_lacks(&e, "# List: Move");
    explorer_release(&e);
}

/* What lies below comes back as it was, where one had scrolled to. */
static void test_help_over_a_page_goes_back_to_it(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_key(&e, 'i');
    explorer_key(&e, K_DOWN);
    explorer_key(&e, K_DOWN);
    explorer_key(&e, '?');
    explorer_key(&e, K_END);
    explorer_key(&e, K_ESCAPE);
    assert_int_equal(e.model.overlay, OVERLAY_WHY);
    assert_int_equal(e.model.overlay_scroll.cursor, 2);
    explorer_release(&e);
}

static void test_a_total_of_the_plan_is_explained(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_go(&e, "ada.skin");
    explorer_key(&e, 'a');
    explorer_key(&e, 'p');
    explorer_key(&e, K_END);
    explorer_key(&e, 'i');
    assert_int_equal(e.model.overlay, OVERLAY_SUBJECT);
    assert_page_has(&e, "The whole plan | ");
    assert_page_has(&e, "ada.skin | ");
    explorer_key(&e, K_ESCAPE);
    e.model.plan.cell = COL_HANDLE; /* words have no total, but a meaning */
    explorer_key(&e, 'i');
    assert_page_has(&e, "handle | ");
    assert_page_lacks(&e, "The whole plan");
    explorer_release(&e);
}

/* commands by name and by menu */

static bool offered(const struct explorer *e, const char *title, size_t *place)
{
    for (size_t i = 0; i < e->model.picker.count; i++)
        if (text_is(e->model.picker.items[i].label, title)) {
            *place = i;
            return true;
        }
    return false;
}

static void test_menu_and_palette_find_by_title_name_and_key(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *title;
    } cases[] = {
        {"budget", "Change the budget"},
        {"untick", "Untick everybody"},
        {"f2", "Edit this figure, or seek a goal"},
        {"ctrl-f", "Search"},
        {"A", "Fill the budget"},
        {"b", "Change the budget"},
        {"chngbdgt", "Change the budget"},
        {"like-this", "Keep creators like this cell"}, /* by name */
    };
    struct explorer e;
    size_t place;
    for (int menu = 0; menu < 2; menu++)
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            explorer_init(&e);
            explorer_key(&e, K_SPACE);
            explorer_key(&e, menu ? 'm' : ':');
            explorer_type(&e, cases[i].typed);
            if (!offered(&e, cases[i].title, &place))
                fail_msg("%s: %s is not offered", cases[i].typed, cases[i].title);
            explorer_release(&e);
        }
    explorer_init(&e); /* what is on the key comes first, and Enter runs it */
    explorer_key(&e, 'm');
    explorer_type(&e, "t");
    assert_true(offered(&e, "What the tiers say", &place));
    assert_int_equal(e.model.picker.cursor, place);
    explorer_key(&e, K_ENTER);
    assert_int_equal(e.model.place, PLACE_TIERS);
    explorer_release(&e);
}

static void test_keys_stand_beside_commands(void **state)
{
    (void)state;
    struct explorer e;
    size_t place = 0;
    explorer_init(&e);
    explorer_key(&e, 'm');
    assert_true(offered(&e, "Do again", &place));
    assert_true(text_is(e.model.picker.items[place].hint, "U  Ctrl-R  Ctrl-Y"));
    assert_true(offered(&e, "Import a list", &place));
    assert_true(text_starts(e.model.picker.items[place].hint, "I  :import "));
    explorer_release(&e);
}

/* messages */

static void tell(struct explorer *e, enum message_kind kind, const char *text, double day)
{
    explorer_send(e, &(struct message){.kind = MESSAGE_TICK, .now = EXPLORER_NOW, .day = day});
    explorer_send(e, &(struct message){.kind = kind, .text = text_of(text)});
}

static void test_messages_are_kept_newest_first(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    explorer_resize(&e, 120, 40);
    tell(&e, MESSAGE_FAILED, "the disk is full", 9 * 3600 + 5 * 60);
    tell(&e, MESSAGE_NOTICE, "all is kept", 9 * 3600 + 6 * 60);
    tell(&e, MESSAGE_NOTICE, "all is kept", 10 * 3600);
    explorer_key(&e, K_DOWN); /* they left the status line */
    assert_string_equal(e.model.notice, "");
    explorer_key(&e, ':');
    explorer_type(&e, "messages");
    explorer_key(&e, K_ENTER);
    assert_int_equal(model_context(&e.model), CONTEXT_PAGE);
    assert_page_has(&e, "10:00 | all is kept  (2 times)\n09:05  ! | the disk is full\n");
    explorer_key(&e, 'q');
    assert_int_equal(e.model.overlay, OVERLAY_NONE);
    assert_false(e.model.leaving);
    explorer_release(&e);
}

static void test_the_last_200_messages_are_kept(void **state)
{
    (void)state;
    struct explorer e;
    explorer_init(&e);
    for (int i = 0; i < 450; i++) {
        char text[300];
        memset(text, 'x', sizeof text);
        memcpy(text, "\xC3\xA9", 2);
        text[sizeof text - 4] = (char)('a' + i % 26);
        text[sizeof text - 1] = '\0';
        text[2] = (char)('a' + i / 26);
        text[3] = (char)('a' + i % 26);
        tell(&e, MESSAGE_NOTICE, text, i * 60);
    }
    size_t count = 0;
    while (told_at(&e.model.told, count))
        count++;
    assert_int_equal(count, 200);
    assert_true(told_at(&e.model.told, 0)->day == 449 * 60);
    assert_true(told_at(&e.model.told, 199)->day == 250 * 60);
    explorer_release(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_come_first_then_what_can_be_done_here),
        cmocka_unit_test(test_help_of_a_prompt_is_about_the_prompt),
        cmocka_unit_test(test_typed_words_narrow_help),
        cmocka_unit_test(test_a_name_stands_before_a_mention),
        cmocka_unit_test(test_help_finds_what_a_key_does),
        cmocka_unit_test(test_what_a_key_does_elsewhere_is_told),
        cmocka_unit_test(test_escape_clears_then_closes),
        cmocka_unit_test(test_help_over_a_page_goes_back_to_it),
        cmocka_unit_test(test_a_total_of_the_plan_is_explained),
        cmocka_unit_test(test_menu_and_palette_find_by_title_name_and_key),
        cmocka_unit_test(test_keys_stand_beside_commands),
        cmocka_unit_test(test_messages_are_kept_newest_first),
        cmocka_unit_test(test_the_last_200_messages_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
