#include <stdio.h>
#include <string.h>

#include "app/named.h"
#include "base/number.h"
#include "base/vec.h"

/* Views from and to the tree of a file. Every complaint names its place. */

const char named_example[] = "views:\n"
                             "- name: Skin care under 500\n"
                             "  filter: niche:skincare fee<500\n"
                             "  sort: -roi,handle\n"
                             "  columns: [platform, followers, er, fee, roi]\n"
                             "  frozen: platform\n"
                             "  widths: {followers: 12}\n"
                             "- name: Spring\n"
                             "  filter: in:plan\n"
                             "  scenario: spring\n";

/* What the parts of a view are gathered in. */
struct reader {
    struct text name;
    struct buf filter, order, scenario;
    struct chosen chosen;
    bool columns; /* said */
    const struct doc_node *frozen, *widths;
};

/* A complaint about a place within a text that stands on its line as it is. */
static bool within_value(const struct doc_node *node, struct err *err)
{
    size_t within = err && err->column ? err->column - 1 : 0;
    doc_at_value(node, err);
    if (err)
        err->column += within + (node->quoted ? 1 : 0);
    return false;
}

/* ---- reading ---- */

static bool read_name(struct reader *reader, const struct doc_node *node, struct err *err)
{
    reader->name = node->value;
    return named_name_allowed(node->value, err) || doc_at_value(node, err);
}

static bool read_filter(struct reader *reader, const struct doc_node *node, struct err *err)
{
    struct filter_context context = {NULL, false};
    struct filter filter;
    filter_init(&filter);
    bool ok = filter_parse(node->value, &context, &filter, err) || within_value(node, err);
    filter_release(&filter);
    buf_add_text(&reader->filter, node->value);
    return ok;
}

static bool read_sort(struct reader *reader, const struct doc_node *node, struct err *err)
{
    struct query query;
    query_init(&query);
    bool ok = query_parse_order(node->value, &query, err) || doc_at_value(node, err);
    query_release(&query);
    buf_add_text(&reader->order, node->value);
    return ok;
}

static bool read_scenario(struct reader *reader, const struct doc_node *node, struct err *err)
{
    buf_add_text(&reader->scenario, node->value);
    return node->value.length == 0 || scenario_name_allowed(node->value, err) ||
           doc_at_value(node, err);
}

/* One key, without signs around. */
static bool find_column(const struct doc_node *node, struct text key, enum column *column,
                        struct err *err)
{
    struct chosen one = {.count = 0};
    bool plain = key.length > 0 && !memchr(key.at, ' ', key.length) &&
                 !memchr(key.at, ':', key.length) && !text_is(key, "|") &&
                 !text_is(key, "standard");
    if (plain && !chosen_parse(key, &one, err))
        return doc_at_value(node, err);
    if (!plain) {
        err_set(err, "'%.*s' is no column", (int)text_part(key, 0, 60).length, key.at);
        return doc_at_value(node, err);
    }
    *column = one.count ? one.items[0] : COL_HANDLE;
    return true;
}

/* A list of keys, or one line with a comma between them; `standard`. */
static bool read_columns(struct reader *reader, const struct doc_node *node, struct err *err)
{
    struct text rest = node->value, word;
    enum column column;
    reader->columns = true;
    if (node->kind == DOC_SCALAR && text_is(text_trim(node->value), "standard")) {
        reader->chosen.standard = true;
        return true;
    }
    for (const struct doc_node *at = node->first; at && node->kind == DOC_LIST; at = at->next) {
        if (!doc_needs(at, DOC_SCALAR, "the key of a column", err) ||
            !find_column(at, text_trim(at->value), &column, err))
            return false;
        if (column != COL_HANDLE)
            chosen_add(&reader->chosen, column);
    }
    while (node->kind == DOC_SCALAR && text_next(&rest, ',', &word)) {
        if (!find_column(node, text_trim(word), &column, err))
            return false;
        if (column != COL_HANDLE)
            chosen_add(&reader->chosen, column);
    }
    return true;
}

static bool keep_frozen(struct reader *reader, const struct doc_node *node, struct err *err)
{
    reader->frozen = node;
    (void)err;
    return true;
}

static bool keep_widths(struct reader *reader, const struct doc_node *node, struct err *err)
{
    reader->widths = node;
    (void)err;
    return true;
}

static bool settle_frozen(struct reader *reader, struct err *err)
{
    enum column column;
    if (!reader->frozen)
        return true;
    if (!find_column(reader->frozen, text_trim(reader->frozen->value), &column, err))
        return false;
    size_t at = chosen_find(&reader->chosen, column);
    if (at == reader->chosen.count && column != COL_HANDLE) {
        err_set(err, "'%s' is none of the columns of this view", chosen_key(column));
        return doc_at_value(reader->frozen, err);
    }
    reader->chosen.frozen = column == COL_HANDLE ? 0 : at + 1;
    return true;
}

static bool settle_width(struct reader *reader, const struct doc_node *node, struct err *err)
{
    enum column column;
    struct buf word = BUF_INIT;
    struct chosen one;
    if (!doc_needs(node, DOC_SCALAR, "a number of cells", err))
        return false;
    if (!find_column(node, node->key, &column, err))
        return doc_at_key(node, err);
    buf_addf(&word, "%s:", chosen_key(column));
    buf_add_text(&word, node->value);
    bool ok = chosen_parse(buf_text(&word), &one, err) || doc_at_value(node, err);
    buf_release(&word);
    if (!ok)
        return false;
    size_t at = chosen_find(&reader->chosen, column);
    if (column == COL_HANDLE) {
        reader->chosen.name_width = one.name_width;
    } else if (at < reader->chosen.count) {
        reader->chosen.widths[at] = one.widths[0];
    } else {
        err_set(err, "'%s' is none of the columns of this view", chosen_key(column));
        return doc_at_key(node, err);
    }
    return true;
}

static bool settle_columns(struct reader *reader, struct err *err)
{
    if (!settle_frozen(reader, err))
        return false;
    for (const struct doc_node *at = reader->widths ? reader->widths->first : NULL; at;
         at = at->next)
        if (!settle_width(reader, at, err))
            return false;
    return true;
}

static const struct part {
    const char *key;
    enum doc_kind kind;
    const char *what;
    bool (*read)(struct reader *reader, const struct doc_node *node, struct err *err);
    bool any; /* of whatever kind */
} parts[] = {
    {"name", DOC_SCALAR, "a name", read_name, false},
    {"filter", DOC_SCALAR, "filter words", read_filter, false},
    {"sort", DOC_SCALAR, "keys of columns, - descends: -roi,handle", read_sort, false},
    {"columns", DOC_LIST, "a list of keys: [platform, er, roi]", read_columns, true},
    {"frozen", DOC_SCALAR, "the last column that stays in view", keep_frozen, false},
    {"widths", DOC_MAP, "a map: {followers: 12}", keep_widths, false},
    {"scenario", DOC_SCALAR, "the name of a scenario", read_scenario, false},
};

static bool read_part(struct reader *reader, const struct doc_node *node, struct err *err)
{
    size_t i = 0;
    while (i < COUNT_OF(parts) && !text_is(node->key, parts[i].key))
        i++;
    if (i < COUNT_OF(parts))
        return ((parts[i].any && node->kind != DOC_MAP) ||
                doc_needs(node, parts[i].kind, parts[i].what, err)) &&
               parts[i].read(reader, node, err);
    return doc_unknown_key(node, parts, COUNT_OF(parts), sizeof parts[0], err);
}

static bool read_parts(struct reader *reader, const struct doc_node *node, struct err *err)
{
    if (!doc_needs(node, DOC_MAP, "a view with name, filter, sort and columns", err))
        return false;
    for (const struct doc_node *at = node->first; at; at = at->next)
        if (!read_part(reader, at, err))
            return false;
    if (!text_known(reader->name)) {
        err_set(err, "a view needs a name");
        return doc_at_value(node, err);
    }
    return settle_columns(reader, err);
}

static void add_view(const struct reader *reader, struct named_views *views)
{
    struct buf shown = BUF_INIT, lines = BUF_INIT;
    if (reader->columns || reader->chosen.name_width > 0)
        chosen_print(&reader->chosen, &shown);
    const struct named_says says = {buf_text(&reader->filter), buf_text(&reader->order),
                                    buf_text(&shown), buf_text(&reader->scenario)};
    named_write(&says, &lines);
    named_put(views, reader->name, buf_text(&lines), views->count);
    buf_release(&shown);
    buf_release(&lines);
}

static bool read_view(const struct doc_node *node, struct named_views *views, struct err *err)
{
    struct reader reader = {.filter = BUF_INIT, .order = BUF_INIT, .scenario = BUF_INIT};
    bool ok = read_parts(&reader, node, err);
    if (ok && named_alike(views, reader.name)) {
        err_set(err, "'%.*s' is there twice", (int)reader.name.length, reader.name.at);
        ok = doc_at_value(doc_find(node, "name"), err);
    }
    if (ok)
        add_view(&reader, views);
    buf_release(&reader.filter);
    buf_release(&reader.order);
    buf_release(&reader.scenario);
    return ok;
}

/* A list under `views`; whoever writes one view by hand may leave that out. */
bool named_from_doc(const struct doc *doc, struct named_views *views, struct err *err)
{
    const struct doc_node *root = doc->root;
    if (!root)
        return err_at(err, 1, 1, "no view in it");
    const struct doc_node *list = root->kind == DOC_MAP ? doc_find(root, "views") : root;
    if (!list && doc_find(root, "name"))
        return read_view(root, views, err);
    if (!list) {
        err_set(err, "'views' is missing: a list of views, each with a name");
        return doc_at_value(root, err);
    }
    for (const struct doc_node *at = root->kind == DOC_MAP ? root->first : NULL; at; at = at->next)
        if (at != list) {
            err_set(err, "unknown key '%.*s': did you mean 'views'?",
                    (int)text_part(at->key, 0, 60).length, at->key.at);
            return doc_at_key(at, err);
        }
    if (!doc_needs(list, DOC_LIST, "a list of views", err))
        return false;
    for (const struct doc_node *at = list->first; at; at = at->next)
        if (!read_view(at, views, err))
            return false;
    return true;
}

/* ---- writing ---- */

static struct doc_node *add_node(struct arena *arena, struct doc_node *parent, enum doc_kind kind,
                                 const char *key)
{
    struct doc_node *node = arena_alloc(arena, sizeof *node);
    struct doc_node **end = &parent->first;
    node->kind = kind;
    node->key = arena_text(arena, text_of(key));
    while (*end)
        end = &(*end)->next;
    *end = node;
    return node;
}

static void add_value(struct arena *arena, struct doc_node *parent, const char *key,
                      struct text value, bool quoted)
{
    struct doc_node *node = add_node(arena, parent, DOC_SCALAR, key);
    node->value = arena_text(arena, value);
    node->quoted = quoted;
}

static void add_width(struct arena *arena, struct doc_node *map, enum column column, unsigned width)
{
    char digits[8];
    snprintf(digits, sizeof digits, "%u", width);
    add_value(arena, map, chosen_key(column), text_of(digits), false);
}

static void add_columns(struct arena *arena, struct doc_node *map, struct text columns_said)
{
    struct chosen chosen;
    struct doc_node widths = {.first = NULL};
    if (columns_said.length == 0 || !chosen_parse(columns_said, &chosen, NULL))
        return;
    if (chosen.standard) {
        add_value(arena, map, "columns", TEXT("standard"), false);
        return;
    }
    struct doc_node *list = add_node(arena, map, DOC_LIST, "columns");
    for (size_t i = 0; i < chosen.count; i++)
        add_value(arena, list, NULL, text_of(chosen_key(chosen.items[i])), false);
    if (chosen.frozen > 0)
        add_value(arena, map, "frozen", text_of(chosen_key(chosen.items[chosen.frozen - 1])),
                  false);
    if (chosen.name_width > 0)
        add_width(arena, &widths, COL_HANDLE, chosen.name_width);
    for (size_t i = 0; i < chosen.count; i++)
        if (chosen.widths[i] > 0)
            add_width(arena, &widths, chosen.items[i], chosen.widths[i]);
    if (widths.first)
        add_node(arena, map, DOC_MAP, "widths")->first = widths.first;
}

void named_to_doc(const struct named_views *views, struct doc *out)
{
    struct doc_node top = {.first = NULL};
    *out = (struct doc){0};
    out->root = add_node(&out->arena, &top, DOC_MAP, NULL);
    struct doc_node *list = add_node(&out->arena, out->root, DOC_LIST, "views");
    for (size_t i = 0; i < views->count; i++) {
        struct named_says says = named_read(buf_text(&views->items[i].lines));
        struct doc_node *map = add_node(&out->arena, list, DOC_MAP, NULL);
        add_value(&out->arena, map, "name", text_of(views->items[i].name), false);
        add_value(&out->arena, map, "filter", says.filter, says.filter.length == 0);
        if (says.order.length > 0)
            add_value(&out->arena, map, "sort", says.order, false);
        add_columns(&out->arena, map, says.columns);
        if (says.scenario.length > 0)
            add_value(&out->arena, map, "scenario", says.scenario, false);
    }
}
