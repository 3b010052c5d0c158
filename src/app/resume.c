#include <stdarg.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"

/* What a session leaves to the next: what the list shows, cursor and place. As lines of text: filter;
 * order; cell; creator under the cursor; columns; his id; place; the named view. Earlier versions end
 * with the id. */

static const char *const place_words[PLACE_COUNT] = {
    [PLACE_EXPLORE] = "explore", [PLACE_DETAIL] = "detail", [PLACE_COMPARE] = "compare",
    [PLACE_PLAN] = "plan",       [PLACE_PLANS] = "plans",   [PLACE_TIERS] = "tiers",
    [PLACE_CHANGES] = "changes",
};

static enum place place_left(const struct model *model)
{
    if (model->place == PLACE_DETAIL && model->detail_of_plan)
        return PLACE_PLAN;
    if (model->place == PLACE_DETAIL && model->detail_of_changes)
        return PLACE_CHANGES;
    return place_words[model->place] ? model->place : PLACE_EXPLORE;
}

static void print(const struct model *model, struct buf *out)
{
    uint32_t row =
        model->cursor_id ? catalog_find_id(model->catalog, model->cursor_id) : CATALOG_NONE;
    filter_print(&model->query.filter, out);
    buf_add_char(out, '\n');
    query_print_order(&model->query, out);
    buf_addf(out, "\n%s\n", chosen_key(model->cell));
    if (row != CATALOG_NONE) {
        buf_addf(out, "%s ", platforms[catalog_platform(model->catalog, row)].word);
        buf_add_text(out, catalog_key(model->catalog, row));
    }
    buf_add_char(out, '\n');
    chosen_print(&model->chosen, out);
    buf_addf(out, "\n%lld\n%s\n%s", row == CATALOG_NONE ? 0LL : (long long)model->cursor_id,
             place_words[place_left(model)], model->named);
}

void resume_keep(struct model *model, struct effects *effects)
{
    buf_clear(&model->left);
    print(model, &model->left);
    effects_add(
        effects,
        (struct effect){.kind = EFFECT_META, .key = TEXT("view"), .text = buf_text(&model->left)});
}

/* Until all is loaded, it is not yet the one of last time; until somebody pressed a key, it is. */
void resume_settle(struct model *model, struct effects *effects)
{
    struct buf now = BUF_INIT;
    if (!model->moved || (model->loading && !model->loading_again))
        return;
    print(model, &now);
    if (!text_equal(buf_text(&now), buf_text(&model->left)))
        resume_keep(model, effects);
    buf_release(&now);
}

static bool is_named(const struct catalog *catalog, uint32_t row, enum platform platform,
                     struct text key)
{
    return row != CATALOG_NONE && catalog_platform(catalog, row) == platform &&
           text_equal(catalog_key(catalog, row), key);
}

/* By id where that is still the same creator: only then nobody has to look through all keys. */
static void restore_cursor(struct model *model, struct text key, struct text id)
{
    struct text word;
    enum platform platform;
    struct number_seen seen;
    uint32_t row = CATALOG_NONE;
    if (!text_next(&key, ' ', &word) || !platform_from_word(word, &platform))
        return;
    if (number_parse(id, number_style_plain, &seen) && seen.value > 0)
        row = catalog_find_id(model->catalog, (int64_t)seen.value);
    if (!is_named(model->catalog, row, platform, key))
        row = catalog_find(model->catalog, platform, key);
    if (row == CATALOG_NONE)
        return;
    model->cursor_id = catalog_id(model->catalog, row);
    model->moved = true;
}

/* An earlier version wrote the columns of an unchanged list out. */
static bool is_standard(const struct model *model, const struct chosen *chosen)
{
    enum column standard[LIST_COLUMNS_MOST];
    size_t count = list_standard_columns(standard), own = model->standard_count, same = 0;
    if (chosen->frozen > 0 || chosen->name_width > 0)
        return false;
    for (size_t i = 0; i < own; i++)
        same += i < chosen->count && chosen->items[i] == model->standard[i];
    if (own > 0 && same == own && chosen->count == own)
        return true;
    size_t known = 0; /* beside the handle, and the trend */
    for (size_t i = 0; i < count; i++)
        known += chosen_find(chosen, standard[i]) < chosen->count;
    bool trend = chosen_find(chosen, (enum column)LIST_CHOSEN_TREND) < chosen->count;
    return known + 1 == count && trend && chosen->count == known + 1;
}

static void restore_columns(struct model *model, struct text line)
{
    struct chosen chosen;
    if (!chosen_parse(line, &chosen, NULL) || (!chosen.standard && chosen.count == 0))
        return;
    if (!chosen.standard && is_standard(model, &chosen))
        chosen = (struct chosen){.standard = true};
    model->chosen = chosen;
}

static void open_changes(struct model *model)
{
    struct effects none = {0};
    run_open_changes(model, &none);
    effects_release(&none);
}

static void open_detail(struct model *model)
{
    if (model->cursor_id != 0)
        detail_open(model, model->cell);
}

/* Where one was: entered again as by its key. */
static void restore_place(struct model *model, struct text word)
{
    static void (*const open[PLACE_COUNT])(struct model * model) = {
        [PLACE_DETAIL] = open_detail, [PLACE_COMPARE] = compare_open,
        [PLACE_PLAN] = plan_open,     [PLACE_PLANS] = plans_open,
        [PLACE_TIERS] = tiers_open,   [PLACE_CHANGES] = open_changes};
    for (int place = 0; place < PLACE_COUNT; place++)
        if (open[place] && text_is(word, place_words[place]))
            open[place](model);
}

/* ---- what is said of it ---- */

static void add_part(struct buf *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void add_part(struct buf *out, const char *format, ...)
{
    va_list arguments;
    buf_add_string(out, out->length ? ", " : "");
    va_start(arguments, format);
    buf_addv(out, format, arguments);
    va_end(arguments);
}

/* "as you left it last time: 2 filters, 3 ticked; X clears the filters" */
static void say(struct model *model, bool ordered)
{
    struct buf parts = BUF_INIT;
    size_t filters = model->query.filter.count, ticked = model->catalog->ticked_count;
    if (model->named[0])
        add_part(&parts, "view %s", model->named);
    if (filters > 0)
        add_part(&parts, "%zu filter%s", filters, filters == 1 ? "" : "s");
    if (ordered)
        add_part(&parts, "ordered by %s", columns[model->query.orders[0].column].title);
    if (!model->chosen.standard)
        add_part(&parts, "your columns");
    if (ticked > 0)
        add_part(&parts, "%zu ticked", ticked);
    if (model->list.cursor > 0)
        add_part(&parts, "the cursor on its creator");
    if (parts.length > 0)
        model_notice(model, "as you left it last time: %s%s%s%s", buf_string(&parts),
                     filters > 0 ? "; " : "", filters > 0 ? model_key(model, 'X').text : "",
                     filters > 0 ? " clears the filters" : "");
    buf_release(&parts);
}

static void restore_named(struct model *model, struct text name)
{
    if (name.length >= sizeof model->named)
        return;
    memcpy(model->named, name.at ? name.at : "", name.length);
    model->named[name.length] = '\0';
}

/* What is asked for again by the next message. */
static void derive_quietly(struct model *model)
{
    struct effects none = {0};
    derive(model, &none);
    effects_release(&none);
    model->imports.wanted = 0;
    model->history_id = 0;
    model->changes.gone_stamp = 0;
}

void model_restore(struct model *model, struct text view)
{
    struct text line, cursor = {0};
    struct filter_context context = {model->sheet, false};
    struct query fresh;
    model->loading = false; /* nobody is still to come whom the cursor would have to wait for */
    sheet_join(model->sheet, &model->scenario, &model->peers, model->preset, model->now);
    query_init(&fresh);
    query_copy(&fresh, &model->query);
    if (text_next(&view, '\n', &line))
        filter_parse(line, &context, &model->query.filter, NULL);
    if (text_next(&view, '\n', &line))
        query_parse_order(line, &model->query, NULL);
    if (text_next(&view, '\n', &line))
        column_from_key(line, &model->cell);
    text_next(&view, '\n', &cursor);
    if (text_next(&view, '\n', &line))
        restore_columns(model, line);
    text_next(&view, '\n', &line);
    restore_cursor(model, cursor, line);
    struct text place = {0}, named = {0};
    text_next(&view, '\n', &place);
    text_next(&view, '\n', &named);
    restore_named(model, named);
    views_begin(model);
    derive_quietly(model);
    model->list.top = 0; /* what is best stays in view where it can */
    scroll_settle(&model->list, model->result.rows.count, (size_t)list_height(model));
    filter_clear(&fresh.filter);
    struct query now = model->query;
    now.filter = fresh.filter;
    say(model, !query_asks_same(&fresh, &now));
    query_release(&fresh);
    restore_place(model, place);
    derive_quietly(model);
    buf_clear(&model->left);
    print(model, &model->left);
}
