#include "app/picker.h"

#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/country.h"
#include "domain/show.h"

void picker_release(struct picker *picker)
{
    if (!picker)
        return;
    free(picker->items);
    arena_release(&picker->arena);
    *picker = (struct picker){0};
}

void picker_add(struct picker *picker, struct choice choice)
{
    choice.label = arena_text(&picker->arena, choice.label);
    choice.hint = arena_text(&picker->arena, choice.hint);
    choice.text = arena_text(&picker->arena, choice.text);
    VEC_PUSH(picker, choice);
}

static bool parts_words(char c)
{
    return c == ' ' || c == '-' || c == '_' || c == ',';
}

/* All letters in this order, others between, but no word is entered in its middle: "cmp" and "sbs" are in
 * "compare side by side", "map" is not. */
static bool scattered(struct text letters, struct text text)
{
    bool entered = false;
    size_t done = 0;
    for (size_t i = 0; i < text.length && done < letters.length; i++) {
        if (i == 0 || parts_words(text.at[i - 1]))
            entered = text.at[i] == letters.at[done];
        done += entered && text.at[i] == letters.at[done];
    }
    return done == letters.length;
}

int match_text(struct text typed, struct text text)
{
    struct buf folded_typed = BUF_INIT, folded_text = BUF_INIT;
    utf8_fold(&folded_typed, typed);
    utf8_fold(&folded_text, text);
    struct text letters = buf_text(&folded_typed), whole = buf_text(&folded_text);
    size_t at = 0;
    bool found = text_find(whole, letters, &at);
    int how = !found                          ? scattered(letters, whole)
              : at > 0                        ? 2
              : letters.length < whole.length ? 3
                                              : MATCH_BEST;
    buf_release(&folded_typed);
    buf_release(&folded_text);
    return how;
}

/* Does `typed` occur in `text`? At its front counts as better: 2. */
static int match(struct text typed, struct text text)
{
    int how = match_text(typed, text);
    return how > 2 ? 2 : how == 2;
}

void picker_open(struct model *model, enum pick kind)
{
    model->overlay = OVERLAY_PICKER;
    model->picker.kind = kind;
    model->picker.cursor = model->picker.top = 0;
    model->line_fresh = false;
    line_set(&model->line, TEXT(""));
    picker_build(model);
}

static bool is_idle(const struct picker *picker)
{
    return picker->idle && picker->kind == PICK_FILTER;
}

void picker_build(struct model *model)
{
    struct picker *picker = &model->picker;
    picker->count = 0;
    arena_release(&picker->arena);
    picks[picker->kind].build(model);
    if (is_idle(picker)) {
        picker->cursor = picker->count;
        return;
    }
    if (picker->cursor >= picker->count)
        picker->cursor = 0;
    while (picker->cursor < picker->count && picker->items[picker->cursor].heading)
        picker->cursor++;
}

void picker_complete(struct model *model)
{
    const struct picker *picker = &model->picker;
    if (picker->cursor < picker->count && picker->items[picker->cursor].text.length > 0) {
        line_set(&model->line, picker->items[picker->cursor].text);
        prompt_typed(model);
    }
}

void picker_move(struct model *model, int by)
{
    struct picker *picker = &model->picker;
    int step = by < 0 ? -1 : 1;
    if (is_idle(picker) && picker->count > 0) {
        picker->idle = false;
        picker->cursor = by < 0 ? picker->count - 1 : 0; /* of a filter's none is a heading */
        by -= step;
    }
    for (int left = by * step; left > 0; left--) {
        size_t next = picker->cursor;
        do
            next += (size_t)step; /* below 0 wraps beyond the count */
        while (next < picker->count && picker->items[next].heading);
        if (next >= picker->count && by == -1 && model->prompt == PROMPT_FILTER)
            next = picker->count - 1; /* from the first up: the last, which no heading is */
        if (next >= picker->count)
            return;
        picker->cursor = next;
    }
}

/* commands */

bool command_offered(const struct model *model, const struct command *command)
{
    return command->group != COMMANDS_MOVE && command->keys[0] != K_ESCAPE &&
           command->contexts >> model_place_context(model) & 1 && command_enabled(command, model);
}

int command_match(const struct model *model, const struct command *command, struct text typed)
{
    struct buf keys = BUF_INIT;
    int name = match_text(typed, text_of(command->name));
    int how = match_text(typed, text_of(command->title));
    how = name > how ? name : how;
    bindings_names(&model->bindings, command, &keys);
    if (bindings_on_key(&model->bindings, command, typed))
        how = MATCH_BEST + 1;
    else if (typed.length > 1 && how < 2 && match_text(typed, buf_text(&keys)) > 1)
        how = 2; /* "ctrl" */
    buf_release(&keys);
    return how;
}

/* Its keys; without one, the line that runs it. */
void picker_add_command(struct model *model, size_t index)
{
    struct buf hint = BUF_INIT, text = BUF_INIT;
    const struct command *command = &commands[index];
    buf_add_string(&text, command->name);
    bindings_names(&model->bindings, command, &hint);
    if (command->argument) {
        buf_addf(&hint, "%s:%s %s", hint.length ? "  " : "", command->name,
                 command->argument->form);
        buf_add_char(&text, ' ');
    } else if (hint.length == 0) {
        buf_addf(&hint, ":%s", command->name);
    }
    picker_add(&model->picker, (struct choice){.label = text_of(command->title),
                                               .hint = buf_text(&hint),
                                               .text = buf_text(&text),
                                               .value = index});
    buf_release(&hint);
    buf_release(&text);
}

/* Of this group those that answer so well at least; those `on_key` are a chapter of their own. */
static void menu_group(struct model *model, int group, const char *title, bool on_key, int least)
{
    struct text typed = buf_text(&model->line.text);
    size_t heading = model->picker.count;
    for (size_t i = 0; i < command_count; i++) {
        int how = command_match(model, &commands[i], typed);
        if ((group != COMMAND_GROUPS && (int)commands[i].group != group) ||
            (on_key ? how <= MATCH_BEST : how > MATCH_BEST || how < least) ||
            !command_offered(model, &commands[i]))
            continue;
        if (model->picker.count == heading)
            picker_add(&model->picker, (struct choice){.label = text_of(title), .heading = true});
        picker_add_command(model, i);
    }
}

/* What the words lead to; only where that is nothing, what has the letters among others. */
static void build_menu(struct model *model)
{
    menu_group(model, COMMAND_GROUPS, "On this key", true, 0);
    for (int least = 2; least > 0 && (least == 2 || model->picker.count == 0); least--)
        for (int group = COMMANDS_MOVE + 1; group < COMMAND_GROUPS; group++)
            menu_group(model, group, command_group_titles[group], false, least);
}

static void accept_command(struct model *model, struct effects *effects)
{
    const struct picker *picker = &model->picker;
    if (picker->cursor >= picker->count)
        return;
    const struct command *command = &commands[picker->items[picker->cursor].value];
    model->overlay = OVERLAY_NONE;
    command->run(model, effects);
}

/* columns */

bool picker_names(struct text typed, enum column column)
{
    return match(typed, text_of(chosen_title(column))) || match(typed, text_of(chosen_key(column)));
}

void picker_add_columns(struct model *model,
                        bool (*checked)(const struct model *model, enum column column),
                        bool (*left_out)(const struct model *model, enum column column))
{
    struct text typed = buf_text(&model->line.text);
    for (int group = 0; group < GROUP_COUNT; group++) {
        size_t heading = model->picker.count;
        for (int i = 0; i < COLUMN_COUNT; i++) {
            if ((int)columns[i].group != group || !picker_names(typed, (enum column)i) ||
                (left_out && left_out(model, (enum column)i)))
                continue;
            if (model->picker.count == heading)
                picker_add(
                    &model->picker,
                    (struct choice){.label = text_of(column_group_titles[group]), .heading = true});
            picker_add(&model->picker,
                       (struct choice){.label = text_of(columns[i].title),
                                       .hint = text_of(columns[i].key),
                                       .value = (size_t)i,
                                       .checked = checked && checked(model, (enum column)i)});
        }
    }
}

static bool is_ordered(const struct model *model, enum column column)
{
    for (size_t i = 0; i < model->query.order_count; i++)
        if (model->query.orders[i].column == column)
            return true;
    return false;
}

static void build_order(struct model *model)
{
    picker_add_columns(model, is_ordered, NULL);
}

bool query_descends(enum column column)
{
    return !column_is_text(column) && columns[column].better != BETTER_LESS;
}

static void accept_order(struct model *model, struct effects *effects)
{
    (void)effects;
    const struct picker *picker = &model->picker;
    if (picker->cursor >= picker->count)
        return;
    enum column column = (enum column)picker->items[picker->cursor].value;
    struct query *query = &model->query;
    model->overlay = OVERLAY_NONE;
    for (size_t i = 0; i < query->order_count; i++) {
        if (query->orders[i].column != column)
            continue;
        query->orders[i].descending = !query->orders[i].descending;
        view_changed(model, "turn the order by %s", columns[column].title);
        return;
    }
    if (query->order_count == QUERY_ORDERS) {
        model_notice(model, "no more than %d columns order the list", QUERY_ORDERS);
        return;
    }
    query->orders[query->order_count++] = (struct query_order){column, query_descends(column)};
    view_changed(model, "then by %s", columns[column].title);
}

/* filters: what the last word typed could mean */

struct word {
    struct text before; /* everything before the last word, with its blank and minus */
    struct text key;    /* "niche" of "niche:bea"; null without a colon */
    struct text list;   /* "beauty," of "niche:beauty,ski" */
    struct text typed;  /* what is being typed */
};

/* The word from `start` on. */
static struct word word_from(struct text line, size_t start)
{
    struct word word = {.key = {0}};
    if (start < line.length && line.at[start] == '-')
        start++;
    word.before = text_part(line, 0, start);
    word.typed = text_part(line, start, line.length - start);
    size_t colon;
    if (text_find(word.typed, TEXT(":"), &colon)) {
        word.key = text_part(word.typed, 0, colon);
        size_t from = colon + 1;
        for (size_t i = from; i < word.typed.length; i++)
            if (word.typed.at[i] == ',')
                from = i + 1;
        word.list = text_part(word.typed, colon + 1, from - colon - 1);
        word.typed = text_part(word.typed, from, word.typed.length - from);
    }
    return word;
}

/* Where the next word begins; beyond the line where there is none. */
static size_t next_start(struct text line, size_t start)
{
    bool quoted = false;
    for (size_t i = start; i < line.length; i++) {
        quoted ^= line.at[i] == '"';
        if (line.at[i] == ' ' && !quoted)
            return i + 1;
    }
    return line.length + 1;
}

static struct word last_word(struct text line)
{
    size_t start = 0;
    for (size_t next = 0; next <= line.length; next = next_start(line, start))
        start = next;
    return word_from(line, start);
}

static bool has_bound(struct text typed)
{
    size_t at;
    return text_find(typed, TEXT("<"), &at) || text_find(typed, TEXT(">"), &at) ||
           text_find(typed, TEXT("="), &at) || text_find(typed, TEXT("\""), &at) ||
           text_find(typed, TEXT(".."), &at);
}

/* Countries are stored by code and known by name. */
static struct text value_name(enum column column, struct text word)
{
    const struct country_row *country = column == COL_COUNTRY ? country_find(word) : NULL;
    return country ? text_of(country->name) : word;
}

/* As a filter has it, in quotes where it must be. */
static void value_print(enum column column, struct text word, struct buf *out)
{
    struct filter one;
    struct buf term = BUF_INIT;
    size_t colon = 0;
    filter_init(&one);
    filter_toggle(&one, column, word);
    filter_print_term(&one.items[0], &term);
    text_find(buf_text(&term), TEXT(":"), &colon);
    buf_add_text(out, text_part(buf_text(&term), colon + 1, term.length));
    buf_release(&term);
    filter_release(&one);
}

static void add_value(struct model *model, const struct word *word, const struct facet *facet,
                      const struct facet_value *value)
{
    struct buf label = BUF_INIT, hint = BUF_INIT, text = BUF_INIT;
    buf_addf(&label, "%s: ", columns[facet->column].key);
    buf_add_text(&label, value_name(facet->column, value->word));
    number_fixed(&hint, (double)value->count, 0, model->style);
    buf_add_text(&text, word->before);
    buf_addf(&text, "%s:", columns[facet->column].key);
    buf_add_text(&text, word->list);
    value_print(facet->column, value->word, &text);
    picker_add(&model->picker, (struct choice){.label = buf_text(&label),
                                               .hint = buf_text(&hint),
                                               .text = buf_text(&text),
                                               .checked = value->selected});
    buf_release(&label);
    buf_release(&hint);
    buf_release(&text);
}

/* Without the signs that do not count: "skin care" is in "skincare". */
static void squeeze(struct text text, struct buf *out)
{
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" -_", text.at[i]))
            buf_add_char(out, text.at[i]);
}

static int match_squeezed(struct text typed, struct text text)
{
    struct buf letters = BUF_INIT, whole = BUF_INIT;
    squeeze(typed, &letters);
    squeeze(text, &whole);
    int how = letters.length < typed.length ? match(buf_text(&letters), buf_text(&whole)) : 0;
    buf_release(&letters);
    buf_release(&whole);
    return how;
}

int value_match(struct text typed, enum column column, struct text word)
{
    int by_word = match(typed, word), by_name = match(typed, value_name(column, word));
    int by_letters = match_squeezed(typed, word);
    if (typed.length > 1 && filter_same_word(column, word, typed))
        return 3;
    by_word = by_word > by_name ? by_word : by_name;
    return by_word > by_letters ? by_word : by_letters;
}

/* Does a word of the text begin so? */
static bool begins_word(struct text typed, struct text text)
{
    struct text word;
    while (text_next(&text, ' ', &word))
        if (match(typed, word) == 2)
            return true;
    return false;
}

int column_match(struct text typed, enum column column)
{
    enum column named;
    if (typed.length > 1 && column_find(typed, &named) && named == column)
        return 3;
    if (match(typed, text_of(columns[column].key)) == 2 ||
        match(typed, text_of(columns[column].title)) == 2)
        return 2;
    return begins_word(typed, text_of(columns[column].title));
}

/* The groups that the word is about: one, where it names it. */
static bool is_about(const struct word *word, enum column column)
{
    enum column only;
    return !text_known(word->key) || (column_find(word->key, &only) && only == column);
}

/* Those that it names or begins, or those that hold it further on. */
static void add_values(struct model *model, const struct word *word, bool front)
{
    for (size_t g = 0; g < FACET_GROUPS; g++) {
        const struct facet *facet = query_facet(&model->result, facet_groups[g]);
        for (size_t v = 0; facet && is_about(word, facet->column) && v < facet->count; v++) {
            int how = value_match(word->typed, facet->column, facet->values[v].word);
            if (front ? how >= 2 : how == 1)
                add_value(model, word, facet, &facet->values[v]);
        }
    }
}

static void add_text(struct model *model, const struct word *word, struct text label,
                     struct text hint, const char *before, struct text text)
{
    struct buf whole = BUF_INIT;
    buf_add_text(&whole, word->before);
    buf_add_string(&whole, before);
    buf_add_text(&whole, text);
    picker_add(&model->picker,
               (struct choice){.label = label, .hint = hint, .text = buf_text(&whole)});
    buf_release(&whole);
}

static const struct {
    const char *text, *help;
} flag_words[] = {
    {"is:ticked", "ticked now"},
    {"in:plan", "in the plan"},
    {"is:stale", "figures that are out of date"},
    {"is:new", "added since your last visit"},
    {"added:7d", "added within 7 days"},
    {"changed:7d", "changed within 7 days"},
    {"fee:known", "the fee is given, not estimated"},
};

/* A column to be typed on: "followers>=", and in words what is to follow. */
static void add_column(struct model *model, const struct word *word, enum column column)
{
    static const struct {
        const char *sign, *says;
    } follows[] = {
        {":", "is ..."}, {"<", "less than ..."}, {">=", "at least ..."}, {">=", "since ..."}};
    int which = column_is_text(column)                  ? 0
                : columns[column].unit == UNIT_TIME     ? 3
                : columns[column].better == BETTER_LESS ? 1
                                                        : 2;
    struct buf start = BUF_INIT;
    buf_addf(&start, "%s%s", columns[column].key, follows[which].sign);
    add_text(model, word, text_of(columns[column].title), text_of(follows[which].says), "",
             buf_text(&start));
    buf_release(&start);
}

/* Those that it names so well: names, begins or holds it. */
static void add_named_columns(struct model *model, const struct word *word, int how)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (column_match(word->typed, (enum column)i) == how)
            add_column(model, word, (enum column)i);
}

static void add_words(struct model *model, const struct word *word)
{
    add_named_columns(model, word, 3);
    for (size_t i = 0; i < COUNT_OF(flag_words); i++)
        if (match(word->typed, text_of(flag_words[i].text)) ||
            match(word->typed, text_of(flag_words[i].help)))
            add_text(model, word, text_of(flag_words[i].help), TEXT("as it is"), "",
                     text_of(flag_words[i].text));
    add_named_columns(model, word, 2);
    add_named_columns(model, word, 1);
}

/* The imports that stand, by number or by file: "import: 7  creators.csv   296". */
static void add_import(struct model *model, const struct word *word,
                       const struct batch_told *import, bool last)
{
    struct buf label = BUF_INIT, hint = BUF_INIT, value = BUF_INIT, whole = BUF_INIT;
    if (last)
        buf_add_string(&value, FILTER_BATCH_LAST);
    else
        buf_addf(&value, "%lld", (long long)import->id);
    buf_addf(&label, FILTER_BATCH_KEY ": %s  ", buf_string(&value));
    buf_add_text(&label, import->file);
    number_fixed(&hint, (double)(import->added + import->changed + import->unchanged), 0,
                 model->style);
    buf_addf(&whole, FILTER_BATCH_KEY ":%.*s%s", (int)word->list.length,
             text_known(word->list) ? word->list.at : "", buf_string(&value));
    bool offered = text_known(word->key)
                       ? match(word->typed, buf_text(&value)) || match(word->typed, import->file)
                       : match(word->typed, buf_text(&whole)) == 2;
    if (offered)
        add_text(model, word, buf_text(&label), buf_text(&hint), "", buf_text(&whole));
    buf_release(&label);
    buf_release(&hint);
    buf_release(&value);
    buf_release(&whole);
}

static void add_imports(struct model *model, const struct word *word)
{
    const struct batches *batches = &model->sheet->batches;
    bool last = true;
    if (text_known(word->key) && !text_equal_ascii_case(word->key, TEXT(FILTER_BATCH_KEY)))
        return;
    for (size_t i = 0; i < batches->count; i++) {
        const struct batch_told *import = &batches->items[i].told;
        if (!batch_stands(import))
            continue;
        if (last)
            add_import(model, word, import, true);
        last = false;
        add_import(model, word, import, false);
    }
}

static bool has_term(const struct filter *filter, struct text text)
{
    bool found = false;
    for (size_t i = 0; i < filter->count && !found; i++) {
        struct buf term = BUF_INIT;
        filter_print_term(&filter->items[i], &term);
        found = text_equal(buf_text(&term), text);
        buf_release(&term);
    }
    return found;
}

/* Nothing typed: what the cell under the cursor suggests comes last, so that Enter adds nothing nobody
 * read. */
static void add_cell(struct model *model)
{
    uint32_t row;
    enum column column;
    struct filter like;
    if (!model_subject(model, &row, &column))
        return;
    filter_init(&like);
    if (filter_like(&like, model->sheet, column, row, true) && like.count > 0) {
        struct buf label = BUF_INIT, text = BUF_INIT;
        filter_label(&like.items[0], &label);
        filter_print(&like, &text);
        if (!has_term(&model->query.filter, buf_text(&text)))
            picker_add(&model->picker, (struct choice){.label = buf_text(&label),
                                                       .hint = TEXT("like this cell"),
                                                       .text = buf_text(&text)});
        buf_release(&label);
        buf_release(&text);
    }
    filter_release(&like);
}

static bool names_value(const struct model *model, const struct word *word)
{
    for (size_t g = 0; g < FACET_GROUPS; g++) {
        const struct facet *facet = query_facet(&model->result, facet_groups[g]);
        for (size_t v = 0; facet && is_about(word, facet->column) && v < facet->count; v++)
            if (value_match(word->typed, facet->column, facet->values[v].word))
                return true;
    }
    return false;
}

/* What is being typed: the last word, or, where a value has a name of several, as many as make it:
 * "skin care", "united ki". */
static struct word word_of(const struct model *model, struct text line)
{
    struct word last = last_word(line);
    for (size_t start = 0; start < last.before.length; start = next_start(line, start)) {
        struct word word = word_from(line, start);
        if (!has_bound(word.typed) && names_value(model, &word))
            return word;
    }
    return last;
}

/* "fee under 300" is a bound, and no word of it is looked for. */
static bool ends_in_bound(const struct model *model, struct text line)
{
    struct filter_context context = {model->sheet, true};
    struct filter filter;
    filter_init(&filter);
    bool is = filter_parse(line, &context, &filter, NULL) && filter.count > 0;
    const struct filter_term *last = is ? &filter.items[filter.count - 1] : NULL;
    is = is && last->kind == FILTER_COLUMN && !column_is_text(last->column);
    filter_release(&filter);
    return is;
}

static void build_filter(struct model *model)
{
    struct text line = buf_text(&model->line.text);
    struct word word = word_of(model, line);
    bool bound = word.typed.length > 0 && !text_known(word.key) && ends_in_bound(model, line);
    if (has_bound(word.typed) || bound)
        return;
    add_values(model, &word, true);
    if (line.length == 0)
        add_cell(model);
    if (text_known(word.key) || word.typed.length > 1)
        add_imports(model, &word);
    if (word.typed.length > 0) {
        add_values(model, &word, false);
        if (!text_known(word.key)) {
            add_words(model, &word);
            struct buf label = BUF_INIT, quoted = BUF_INIT;
            buf_addf(&label, "handle, name or bio holds \"%.*s\"", (int)word.typed.length,
                     word.typed.at);
            buf_addf(&quoted, "\"%.*s\"", (int)word.typed.length, word.typed.at);
            add_text(model, &word, buf_text(&label), TEXT("text"), "", buf_text(&quoted));
            buf_release(&label);
            buf_release(&quoted);
        }
    }
}

static void accept_filter(struct model *model, struct effects *effects)
{
    (void)effects;
    filter_enter(model);
}

const struct pick_row picks[PICK_COUNT] = {
    [PICK_COMMAND] = {"Commands", "run", false, command_build, command_enter},
    [PICK_MENU] = {"Menu", "run", true, build_menu, accept_command},
    [PICK_ORDER] = {"Then order by", "order", true, build_order, accept_order},
    [PICK_COLUMNS] = {"Columns", "show, hide", true, columns_build, columns_accept},
    [PICK_BANDS] = {"Bands of the tiers", "choose", true, tiers_offer, tiers_accept},
    [PICK_ANSWER] = {"How is it meant?", "choose", true, form_offer, form_choose},
    [PICK_FILTER] = {"Filter", "add", false, build_filter, accept_filter},
};
