#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "plan_internal.h"
#include "rejects_internal.h"

/* The plan as a list of decisions, for those who show it, ask about it or overrule it. */

const char *const import_topic_keys[TOPIC_COUNT] = {
    [TOPIC_ENCODING] = "encoding", [TOPIC_SEPARATOR] = "separator", [TOPIC_HEADER] = "header",
    [TOPIC_LIST] = "list",         [TOPIC_PLATFORM] = "platform",   [TOPIC_NUMBERS] = "numbers",
    [TOPIC_DATES] = "dates",       [TOPIC_DATE] = "date",           [TOPIC_CURRENCY] = "currency",
    [TOPIC_ER_BASIS] = "er_basis", [TOPIC_COLUMN] = "columns",      [TOPIC_SCALE] = "columns",
};

struct choices {
    const struct text *items;
    size_t count;
};

struct lister {
    struct import_plan *plan;
    struct {
        struct import_decision *items;
        size_t count, capacity;
    } list;
    struct choices columns, scales, numbers;
};

/* ---- what there is to choose from ---- */

struct choice_list {
    struct text *items;
    size_t count, capacity;
};

static struct choices choices_kept(struct import_plan *plan, struct choice_list *list)
{
    struct text *kept = arena_alloc(&plan->arena, (list->count + 1) * sizeof *kept);
    for (size_t i = 0; i < list->count; i++)
        kept[i] = arena_text(&plan->arena, list->items[i]);
    struct choices out = {kept, list->count};
    free(list->items);
    *list = (struct choice_list){.count = 0};
    return out;
}

static void choice_add(struct choice_list *list, const char *word)
{
    VEC_PUSH(list, text_of(word));
}

static struct choices encodings_of(struct import_plan *plan)
{
    struct choice_list list = {0};
    /* What lists are in, here and there; a mapping file takes any name that iconv knows. */
    static const char *const others[] = {
        "windows-1250", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
        "windows-874",  "shift_jis",    "gb18030",      "big5",         "euc-kr"};
    bool listed = plan->encoding != ENCODING_NAMED;
    for (int i = 0; i < ENCODING_NAMED; i++)
        if (i != ENCODING_UTF8_BOM)
            choice_add(&list, import_encoding_keys[i]);
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        choice_add(&list, others[i]);
        listed = listed || text_is(plan->encoding_name, others[i]);
    }
    if (!listed)
        VEC_PUSH(&list, plan->encoding_name);
    return choices_kept(plan, &list);
}

static struct choices words_of(struct import_plan *plan, const char *words)
{
    struct choice_list list = {0};
    struct text rest = text_of(words), word;
    while (text_next(&rest, ' ', &word))
        VEC_PUSH(&list, word);
    return choices_kept(plan, &list);
}

static struct choices platforms_of(struct import_plan *plan)
{
    struct choice_list list = {0};
    for (int i = 0; i < PLATFORM_COUNT; i++)
        choice_add(&list, platforms[i].word);
    return choices_kept(plan, &list);
}

static struct choices currencies_of(struct import_plan *plan)
{
    struct choice_list list = {0};
    for (unsigned i = CURRENCY_NONE + 1; i < currency_count; i++)
        choice_add(&list, currencies[i].code);
    return choices_kept(plan, &list);
}

static struct choices columns_of(struct import_plan *plan)
{
    static const char *const more[] = {"link",   "date",       "engagements_per_post",
                                       "hidden", "tier_label", "ignore"};
    struct choice_list list = {0};
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (column_imported((enum column)i))
            choice_add(&list, columns[i].key);
    for (size_t i = 0; i < COUNT_OF(more); i++)
        choice_add(&list, more[i]);
    return choices_kept(plan, &list);
}

/* ---- the list as a whole ---- */

static struct import_decision *decided(struct lister *it, enum import_topic topic,
                                       const char *title, struct text chosen, struct text why,
                                       bool guess)
{
    struct import_decision decision = {.topic = topic,
                                       .column = IMPORT_WHOLE,
                                       .title = text_of(title),
                                       .chosen = chosen,
                                       .shown = chosen,
                                       .why = why,
                                       .guess = guess};
    VEC_PUSH(&it->list, decision);
    return &it->list.items[it->list.count - 1];
}

static void choose(struct import_decision *decision, struct choices choices)
{
    decision->choices = choices.items;
    decision->choice_count = choices.count;
}

static void list_format(struct lister *it)
{
    struct import_plan *plan = it->plan;
    struct import_decision *one = decided(it, TOPIC_ENCODING, "Encoding", import_map_encoding(plan),
                                          plan->encoding_why, plan->encoding_guess);
    one->shown = text_of(import_plan_encoding(plan));
    choose(one, encodings_of(plan));
    if (plan->header_line > 0) {
        struct text separator = plan->separator == '\t'
                                    ? TEXT("tab")
                                    : arena_text(&plan->arena, (struct text){&plan->separator, 1});
        one = decided(it, TOPIC_SEPARATOR, "Separator", separator,
                      plan->separator_said ? TEXT("you or the first line say so")
                                           : TEXT("most headers make sense"),
                      false);
        choose(one, words_of(plan, ", ; | tab"));
        decided(it, TOPIC_HEADER, "Header on line", plan_why(plan, "%zu", plan->header_line),
                TEXT("most headers make sense"), false);
    }
    if (text_known(plan->wrapper))
        decided(it, TOPIC_LIST, "List", plan->wrapper, TEXT("the first list of objects"), false);
}

static void list_platform(struct lister *it)
{
    struct import_plan *plan = it->plan;
    bool known = plan->platform != PLATFORM_COUNT;
    struct import_decision *one =
        decided(it, TOPIC_PLATFORM, "Platform",
                known ? text_of(platforms[plan->platform].word) : (struct text){0},
                plan->platform_why, plan->platform_guess);
    if (!known)
        one->shown = plan->platform_guess ? TEXT("unknown") : TEXT("as each row says");
    choose(one, platforms_of(plan));
}

/* How a figure is read, in the words of the screen: "1,500". */
static struct text figure_shown(struct import_plan *plan, struct text example,
                                struct number_style style)
{
    struct number_seen seen;
    struct buf out = BUF_INIT;
    if (number_parse(example, style, &seen) && number_known(seen.value)) {
        double value = seen.percent ? seen.value * 100 : seen.value;
        unsigned places = seen.scaled ? 0 : seen.decimals;
        number_fixed(&out, value, places, number_style_english);
        buf_add_string(&out, seen.percent ? " %" : "");
    }
    struct text shown = arena_text(&plan->arena, buf_text(&out));
    buf_release(&out);
    return shown;
}

static struct import_decision *list_numbers(struct lister *it, struct text example,
                                            struct number_style style, struct text why, bool guess)
{
    struct import_plan *plan = it->plan;
    struct text title = text_known(example)
                            ? plan_why(plan, "%.*s means", (int)example.length, example.at)
                            : TEXT("Numbers");
    struct import_decision *one =
        decided(it, TOPIC_NUMBERS, "", text_of(import_map_numbers(style)), why, guess);
    one->title = title;
    if (text_known(example))
        one->shown = figure_shown(plan, example, style);
    else
        one->shown = style.decimal == ',' ? TEXT("1.234,5 is 1,234.5") : TEXT("1,234.5 is 1,234.5");
    choose(one, it->numbers);
    return one;
}

static void list_dates(struct lister *it)
{
    struct import_plan *plan = it->plan;
    struct buf day = BUF_INIT;
    double seconds;
    if (!text_known(plan->dates_why))
        return;
    struct import_decision *one =
        decided(it, TOPIC_DATES, "", text_of(import_dates_words[plan->dates]), plan->dates_why,
                plan->dates_guess);
    one->title = plan_why(plan, "%.*s is", (int)text_part(plan->dates_example, 0, 10).length,
                          plan->dates_example.at);
    if (date_parse_ordered(plan->dates_example, plan->dates, &seconds)) {
        date_day_year(&day, seconds);
        one->shown = arena_text(&plan->arena, buf_text(&day));
    }
    choose(one, words_of(plan, "day-month month-day"));
    buf_release(&day);
}

static void list_date(struct lister *it)
{
    struct import_plan *plan = it->plan;
    struct buf day = BUF_INIT, shown = BUF_INIT;
    if (number_known(plan->date)) {
        date_iso(&day, plan->date);
        date_day_year(&shown, plan->date);
    }
    struct import_decision *one =
        decided(it, TOPIC_DATE, "Figures of",
                day.length > 0 ? arena_text(&plan->arena, buf_text(&day)) : (struct text){0},
                plan->date_why, plan->date_guess);
    one->shown = day.length > 0 ? arena_text(&plan->arena, buf_text(&shown)) : TEXT("unknown");
    buf_release(&day);
    buf_release(&shown);
}

static void list_money_and_basis(struct lister *it)
{
    struct import_plan *plan = it->plan;
    if (text_known(plan->currency_why)) {
        bool known = plan->currency != CURRENCY_NONE;
        struct import_decision *one =
            decided(it, TOPIC_CURRENCY, "Prices in",
                    known ? text_of(currencies[plan->currency].code) : (struct text){0},
                    plan->currency_why, !known);
        if (!known)
            one->shown = TEXT("no currency");
        choose(one, currencies_of(plan));
    }
    if (plan_column(plan, USE_COLUMN, COL_ER) != NULL && plan->er_basis != BASIS_NONE)
        choose(decided(it, TOPIC_ER_BASIS, "Rates of", text_of(er_basis_words[plan->er_basis]),
                       TEXT("header"), false),
               words_of(plan, "followers views reach"));
}

/* ---- columns ---- */

static struct text words_for(struct import_plan *plan, const struct import_column *column)
{
    struct buf out = BUF_INIT;
    import_map_words(column, &out);
    struct text words = arena_text(&plan->arena, buf_text(&out));
    buf_release(&out);
    return words;
}

static bool same_style(struct number_style a, struct number_style b)
{
    return a.decimal == b.decimal;
}

static void list_column(struct lister *it, size_t i)
{
    struct import_plan *plan = it->plan;
    struct import_column *column = &plan->columns[i];
    bool used = column->use != USE_IGNORED;
    struct import_decision *one =
        decided(it, TOPIC_COLUMN, "", words_for(plan, column), column->why, column->guess);
    one->column = i;
    one->title = column->name;
    if (!used)
        one->shown = TEXT("left out");
    choose(one, it->columns);
    if (used && text_known(column->scale_why)) {
        bool percent = column->scale == SCALE_PERCENT;
        one = decided(it, TOPIC_SCALE, "", percent ? TEXT("percent") : TEXT("fraction"),
                      column->scale_why, column->scale_guess);
        one->column = i;
        one->title = column->name;
        choose(one, it->scales);
    }
    if (used && text_known(column->numbers_why) && !same_style(column->numbers, plan->numbers)) {
        one = list_numbers(it, (struct text){0}, column->numbers, column->numbers_why,
                           column->numbers_guess);
        one->column = i;
        one->title = column->name;
    }
}

void plan_decisions(struct import_plan *plan)
{
    struct lister it = {.plan = plan,
                        .columns = columns_of(plan),
                        .scales = words_of(plan, "percent fraction"),
                        .numbers = words_of(plan, "english german")};
    list_format(&it);
    list_platform(&it);
    if (text_known(plan->numbers_why))
        list_numbers(&it, plan->numbers_example, plan->numbers, plan->numbers_why,
                     plan->numbers_guess);
    list_dates(&it);
    list_date(&it);
    list_money_and_basis(&it);
    for (size_t i = 0; i < plan->column_count; i++)
        if (!rejects_own(plan->columns[i].name))
            list_column(&it, i);
    plan->decisions = arena_alloc(&plan->arena, (it.list.count + 1) * sizeof *plan->decisions);
    memcpy(plan->decisions, it.list.items, it.list.count * sizeof *plan->decisions);
    plan->decision_count = it.list.count;
    free(it.list.items);
}

size_t import_plan_guesses(const struct import_plan *plan)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->decision_count; i++)
        count += plan->decisions[i].guess;
    return count;
}
