/* Every key in every place, against a table written from what people were told and not from the
 * registry: a key that moves, goes or comes without anybody having said so is noticed here. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "app/bindings.h"
#include "app/key.h"
#include "base/vec.h"

#define IN(name) (UINT64_C(1) << CONTEXT_##name)
#define EXPLORE (IN(LIST) | IN(NOTHING) | IN(FILTERS) | IN(DETAIL))
#define THE_PLAN (IN(PLAN) | IN(ASSUMPTIONS))
#define PLACES (EXPLORE | IN(COMPARE) | THE_PLAN | IN(PLANS) | IN(TIERS) | IN(CHANGES) | IN(FIRST))
#define FORMS (IN(FORM) | IN(LOST) | IN(IMPORTS))
#define PAGES (IN(VIEWS) | IN(WHY) | IN(PAGE))
#define PICKS (IN(PICK) | IN(COLUMNS))
#define CHOICES (IN(FILTER) | IN(VALUE) | IN(FILL) | IN(COMMAND) | IN(GOAL))
#define TEXTS (IN(SEARCH) | IN(NAME) | IN(ANSWER) | IN(HAND_FILE) | IN(NOTE))
#define PROMPTS (CHOICES | TEXTS | IN(FIELD))
#define CREATORS (IN(LIST) | IN(DETAIL) | IN(COMPARE) | IN(PLAN) | IN(CHANGES)) /* one at hand */
#define EVERYWHERE (PLACES | FORMS | PAGES | IN(HELP) | PICKS | PROMPTS | IN(HAND))

/* Where one types, letters and the keys of the line are its own: a row speaks of the other ones. */
static const struct row {
    const char *keys, *command;
    uint64_t places;
} rows[] = {
    /* move */
    {"Up k", "up", PLACES | FORMS | PAGES | IN(HELP) | PICKS | CHOICES | IN(HAND)},
    {"Down j", "down", PLACES | FORMS | PAGES | IN(HELP) | PICKS | CHOICES | IN(HAND)},
    {"Left h", "left", PLACES & ~IN(FILTERS)},
    {"Right l", "right", PLACES & ~IN(FILTERS)},
    {"PgUp Ctrl-U", "page-up", PLACES | FORMS | PAGES | IN(HELP) | PICKS},
    {"PgDn Ctrl-D", "page-down", PLACES | FORMS | PAGES | IN(HELP) | PICKS},
    {"Home g", "first", PLACES | FORMS | PAGES | IN(HELP)},
    {"End G", "last", PLACES | FORMS | PAGES | IN(HELP)},
    {"Tab", "next-pane", EXPLORE | THE_PLAN},
    {"Shift-Tab", "previous-pane", EXPLORE | THE_PLAN},
    {"z", "zoom", IN(LIST)},
    {"Enter", "open", IN(LIST) | IN(PLAN)},
    {"Esc", "close", PLACES | PAGES | PICKS},
    {"q", "back", (PLACES & ~IN(FIRST)) | PAGES},
    {"q", "quit", IN(FIRST)},
    /* places: the key that leads to one leads back */
    {"c", "compare", PLACES & ~(IN(COMPARE) | IN(PLANS) | IN(FIRST))},
    {"c", "explore", IN(COMPARE)},
    {"p", "open-plan", PLACES & ~(THE_PLAN | IN(PLANS))},
    {"p", "leave-plan", THE_PLAN},
    {"t", "tiers", PLACES & ~(IN(PLANS) | IN(TIERS))},
    {"t", "leave-tiers", IN(TIERS)},
    {"d", "changes", PLACES & ~IN(CHANGES)},
    {"d", "changes-since", IN(CHANGES)},
    {"w", "plans", PLACES & ~(IN(PLANS) | IN(TIERS))},
    {"w p", "leave-plans", IN(PLANS)},
    {"v", "views", PLACES | IN(VIEWS)},
    /* find */
    {"f", "filter", EXPLORE | IN(TIERS) | IN(CHANGES)},
    {"F", "filters", EXPLORE},
    {"X", "clear", EXPLORE | IN(TIERS)},
    {"=", "like-this", IN(LIST) | IN(DETAIL)},
    {"!", "not-like-this", IN(LIST) | IN(DETAIL)},
    {"< Backspace", "view-back", EXPLORE | IN(TIERS)},
    {">", "view-forward", EXPLORE | IN(TIERS)},
    {"/ Ctrl-F", "search", EXPLORE & ~IN(FILTERS)},
    {"n", "search-next", EXPLORE},
    {"N", "search-previous", EXPLORE},
    /* order */
    {"s", "order", EXPLORE & ~IN(NOTHING)},
    {"S", "order-then", EXPLORE},
    {"r F5", "apply", PLACES},
    {"R", "hold", PLACES},
    {"C", "columns", EXPLORE},
    /* choose */
    {"Space", "tick", CREATORS & ~IN(COMPARE)},
    {"*", "tick-all", IN(LIST)},
    {"a", "plan", CREATORS},
    {"o", "note", CREATORS},
    /* what if */
    {"e F2", "edit", (CREATORS & ~IN(CHANGES)) | IN(ASSUMPTIONS)},
    {"+", "more", (CREATORS & ~IN(CHANGES)) | IN(ASSUMPTIONS)},
    {"-", "less", (CREATORS & ~IN(CHANGES)) | IN(ASSUMPTIONS)},
    {"b", "budget", PLACES},
    {"A", "fill", PLACES},
    /* know */
    {"i", "why", (PLACES & ~(IN(TIERS) | IN(CHANGES) | IN(FIRST))) | FORMS | IN(VIEWS) | IN(HAND)},
    {"? F1", "help", PLACES | FORMS | PAGES},
    {"F1", "prompt-help", PICKS | PROMPTS | IN(HAND)},
    {"m F10", "menu", PLACES | PAGES},
    {": Ctrl-P", "commands", PLACES},
    /* hand over */
    {"x", "hand-over", PLACES},
    {"y", "copy", (CREATORS & ~IN(CHANGES)) | IN(WHY)},
    {"Y", "copy-table", EXPLORE | IN(COMPARE) | THE_PLAN | IN(TIERS)},
    {"I", "import", PLACES},
    /* safety */
    {"u", "undo", PLACES | IN(VIEWS)},
    {"U Ctrl-R Ctrl-Y", "redo", PLACES | IN(VIEWS)},
    {"Ctrl-L", "redraw", EVERYWHERE},
    {"Ctrl-S", "saved", EVERYWHERE},
    {"Ctrl-C", "interrupt", EVERYWHERE},
    {"Ctrl-Z", "suspend", EVERYWHERE},
    /* by place */
    {"Enter Space", "lift", IN(NOTHING)},
    {"Space Enter", "choose-value", IN(FILTERS)},
    {"/ Ctrl-F", "find-value", IN(FILTERS)},
    {"+", "end-more", IN(FILTERS)},
    {"-", "end-less", IN(FILTERS)},
    {"Left h", "low-end", IN(FILTERS)},
    {"Right l", "high-end", IN(FILTERS)},
    {"z", "past", IN(DETAIL)},
    {"f", "fold", IN(COMPARE)},
    {"=", "refer", IN(COMPARE)},
    {"Space", "leave-out", IN(COMPARE)},
    {"s", "order-row", IN(COMPARE)},
    {"W", "weigh", IN(COMPARE)},
    {"z", "compare-past", IN(COMPARE)},
    {"s", "order-plan", IN(PLAN)},
    {"=", "sum", THE_PLAN},
    {"X", "default", IN(ASSUMPTIONS)},
    {"Enter", "unfold", IN(ASSUMPTIONS)},
    {"Enter", "use-plan", IN(PLANS)},
    {"a", "copy-plan", IN(PLANS)},
    {"e F2", "rename-plan", IN(PLANS)},
    {"=", "measure", IN(PLANS)},
    {"+", "new-plan", IN(PLANS)},
    {"-", "delete-plan", IN(PLANS)},
    {"Enter", "use-view", IN(VIEWS)},
    {"a", "save-view", IN(VIEWS)},
    {"e F2", "rename-view", IN(VIEWS)},
    {"-", "delete-view", IN(VIEWS)},
    {"p", "view-plan", IN(VIEWS)},
    {"Enter", "show-tier", IN(TIERS)},
    {"i", "tiers-why", IN(TIERS)},
    {"e", "tiers-bands", IN(TIERS)},
    {"Enter", "open-change", IN(CHANGES)},
    {"i", "moved-why", IN(CHANGES)},
    {"s", "order-changes", IN(CHANGES)},
    {"Enter Space", "begin", IN(FIRST)},
    /* forms and pages */
    {"Enter", "accept-import", IN(FORM)},
    {"e F2", "change-answer", IN(FORM)},
    {"Space", "settled", IN(FORM)},
    {"Tab", "unusable", IN(FORM)},
    {"Esc q", "cancel-import", IN(FORM)},
    {"x", "save-unusable", IN(LOST)},
    {"Tab", "leave-unusable", IN(LOST)},
    {"Esc q", "close-unusable", IN(LOST)},
    {"Enter", "show-import", IN(IMPORTS)},
    {"- Delete", "take-back", IN(IMPORTS)},
    {"Esc q", "close-imports", IN(IMPORTS)},
    {"Enter", "source", IN(WHY) | IN(PAGE)},
    {"e F2", "change-assumption", IN(WHY)},
    {"Esc F1", "close-help", IN(HELP)},
    {"Enter", "save-file", IN(HAND)},
    {"Space", "switch", IN(HAND)},
    {"Tab", "hand-over-other", IN(HAND)},
    {"e F2", "file-name", IN(HAND)},
    {"Esc", "leave-form", IN(HAND)},
    {"Enter", "accept", IN(PICK)},
    {"Enter", "show-column", IN(COLUMNS)},
    {"Left", "column-left", IN(COLUMNS)},
    {"Right", "column-right", IN(COLUMNS)},
    {"Tab", "column-wider", IN(COLUMNS)},
    {"Shift-Tab", "column-narrower", IN(COLUMNS)},
    {"Ctrl-T", "column-automatic", IN(COLUMNS)},
    {"Ctrl-F", "freeze", IN(COLUMNS)},
    {"Ctrl-X", "standard-columns", IN(COLUMNS)},
    /* prompts */
    {"Enter", "add-filter", IN(FILTER)},
    {"Tab", "complete", IN(FILTER) | IN(COMMAND)},
    {"Backspace", "lift-last", IN(FILTER)},
    {"Esc", "filter-done", IN(FILTER)},
    {"Esc", "put-back", PROMPTS & ~IN(FILTER)},
    {"Enter", "keep", TEXTS | IN(FIELD)},
    {"Enter", "found-choose", IN(VALUE)},
    {"Enter", "fill-accept", IN(FILL)},
    {"Enter", "run-command", IN(COMMAND)},
    {"Enter", "reach-goal", IN(GOAL)},
    {"Tab", "goal-of-plan", IN(GOAL)},
    /* in a figure */
    {"Tab", "keep-next", IN(FIELD)},
    {"Up", "step-up", IN(FIELD)},
    {"Down", "step-down", IN(FIELD)},
    {"PgUp", "ten-up", IN(FIELD)},
    {"PgDn", "ten-down", IN(FIELD)},
};

/* Letters, and the keys of the line itself: Ctrl-A E K U W. */
static bool is_typed(uint32_t key)
{
    static const uint32_t of_the_line[] = {K_CTRL('A'), K_CTRL('E'), K_CTRL('K'), K_CTRL('U'),
                                           K_CTRL('W')};
    bool typed = key >= ' ' && key != K_BACKSPACE && key < K_FIRST_NAMED;
    for (size_t i = 0; i < COUNT_OF(of_the_line); i++)
        typed = typed || key == of_the_line[i];
    return typed;
}

/* Whether the words name the key. */
static bool names(const char *words, uint32_t key)
{
    bool found = false;
    while (*words) {
        size_t length = strcspn(words, " ");
        uint32_t named;
        if (!key_read((struct text){words, length}, &named, NULL))
            fail_msg("no key is called so: %s", words);
        found = found || named == key;
        words += length + strspn(words + length, " ");
    }
    return found;
}

/* What the table has for it; "" nothing. */
static const char *expected(int context, uint32_t key)
{
    const char *command = "";
    if (contexts[context].text && is_typed(key))
        return "";
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].places >> context & 1 && names(rows[i].keys, key)) {
            if (*command)
                fail_msg("%s: %s and %s", contexts[context].title, command, rows[i].command);
            command = rows[i].command;
        }
    return command;
}

/* All that can be told apart: Latin letters with their controls, and keys that have names. */
static uint32_t next_key(uint32_t key)
{
    return key == 0x17F ? K_FIRST_NAMED : key + 1;
}

static void test_every_key_means_what_people_were_told(void **state)
{
    (void)state;
    int wrong = 0;
    for (int context = 0; context < CONTEXT_COUNT; context++)
        for (uint32_t key = 1; key <= K_LAST_NAMED; key = next_key(key)) {
            const struct command *found = bindings_command(NULL, (enum context)context, key);
            const char *is = found ? found->name : "", *told = expected(context, key);
            struct buf name = BUF_INIT;
            key_label(key, &name);
            if (strcmp(is, told) != 0)
                wrong++, fprintf(stderr, "%s in %s: '%s', and people were told '%s'\n",
                                 buf_string(&name), contexts[context].title, is, told);
            buf_release(&name);
        }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key_means_what_people_were_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
