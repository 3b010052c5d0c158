#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "plan_internal.h"
#include "rejects_internal.h"

#define KEY_MOST 200 /* bytes: libyaml takes keys on their line up to a thousand */

/* A plan as a mapping file, and decisions put into one. */

static struct doc_node *node_add(struct doc *doc, struct doc_node *map, struct text key,
                                 struct text value)
{
    struct doc_node *node = arena_alloc(&doc->arena, sizeof *node), **end = &map->first;
    node->kind = DOC_SCALAR;
    node->key = arena_text(&doc->arena, key);
    node->value = arena_text(&doc->arena, value);
    node->quoted = value.length == 0; /* said, not left out */
    node->line = node->column = node->key_line = node->key_column = 1;
    while (*end != NULL)
        end = &(*end)->next;
    *end = node;
    return node;
}

static struct doc_node *node_find(struct doc_node *map, struct text key)
{
    for (struct doc_node *node = map->first; node != NULL; node = node->next)
        if (text_equal(node->key, key))
            return node;
    return NULL;
}

static struct doc_node *map_root(struct doc *doc)
{
    if (doc->root == NULL) {
        doc->root = arena_alloc(&doc->arena, sizeof *doc->root);
        doc->root->kind = DOC_MAP;
    }
    return doc->root;
}

static struct doc_node *map_columns(struct doc *doc)
{
    struct doc_node *root = map_root(doc), *node = node_find(root, TEXT("columns"));
    if (node == NULL)
        node = node_add(doc, root, TEXT("columns"), TEXT(""));
    if (node->kind != DOC_MAP)
        *node = (struct doc_node){.kind = DOC_MAP, .key = node->key, .next = node->next};
    return node;
}

static void node_set(struct doc *doc, struct doc_node *map, struct text key, struct text value)
{
    struct doc_node *node = node_find(map, key);
    if (node == NULL)
        node = node_add(doc, map, key, TEXT(""));
    node->kind = DOC_SCALAR;
    node->first = NULL;
    node->value = arena_text(&doc->arena, value);
}

void import_map_set(struct doc *map, struct text key, struct text value)
{
    node_set(map, map_root(map), key, value);
}

void import_map_merge(struct doc *map, const struct doc *over)
{
    if (over == NULL || over->root == NULL || over->root->kind != DOC_MAP)
        return;
    for (const struct doc_node *node = over->root->first; node != NULL; node = node->next) {
        if (node->kind != DOC_MAP)
            import_map_set(map, node->key, node->value);
        for (const struct doc_node *one = node->first; one != NULL && node->kind == DOC_MAP;
             one = one->next)
            node_set(map, map_columns(map), one->key, one->value);
    }
}

static bool is_printable(struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7F)
            return false;
    return utf8_valid(text);
}

/* How each header reads without case and signs; they live in `arena`. */
static struct text *plain_headers(const struct import_plan *plan, struct arena *arena)
{
    struct text *plains = arena_alloc(arena, (plan->column_count + 1) * sizeof *plains);
    struct buf plain = BUF_INIT;
    for (size_t i = 0; i < plan->column_count; i++) {
        buf_clear(&plain);
        header_plain(&plain, plan->columns[i].name);
        plains[i] = arena_text(arena, plain.length > 0 ? buf_text(&plain) : plan->columns[i].name);
    }
    buf_release(&plain);
    return plains;
}

/* The header, where it can be written and no other reads the same; else its place: "#3". */
static struct text column_key(const struct import_plan *plan, const struct text *plains, size_t at,
                              struct buf *held)
{
    struct text name = plan->columns[at].name;
    bool alone =
        name.length > 0 && name.length < KEY_MOST && is_printable(name) && name.at[0] != '#';
    for (size_t i = 0; i < plan->column_count && alone; i++)
        alone = i == at || !text_equal(plains[i], plains[at]);
    if (alone)
        return name;
    buf_clear(held);
    buf_addf(held, "#%zu", import_map_place(plan, at));
    return buf_text(held);
}

static bool has_figures(const struct import_column *column)
{
    static const bool figures[UNIT_COUNT_OF] = {
        [UNIT_COUNT] = true, [UNIT_AVERAGE] = true, [UNIT_SHARE] = true, [UNIT_MONEY] = true};
    return column->use == USE_ENGAGEMENTS ||
           (column->use == USE_COLUMN && figures[columns[column->column].unit]);
}

static void column_words_add(const struct import_plan *plan, const struct import_column *column,
                             struct buf *out)
{
    import_map_words(column, out);
    if (has_figures(column) && column->numbers.decimal != plan->numbers.decimal)
        buf_addf(out, " %s", import_map_numbers(column->numbers));
}

/* Unnamed columns that are not read need no word, nor do those of a file of rejects. */
static bool needs_word(const struct import_column *column)
{
    return (column->use != USE_IGNORED || column->name.length > 0) && !rejects_own(column->name);
}

void import_plan_map(const struct import_plan *plan, struct doc *out)
{
    struct buf held = BUF_INIT, words = BUF_INIT;
    *out = (struct doc){.root = NULL};
    struct doc_node *root = map_root(out);
    const struct text *plains = plain_headers(plan, &out->arena);
    for (size_t i = 0; i < plan->decision_count; i++) {
        const struct import_decision *one = &plan->decisions[i];
        bool date = one->topic == TOPIC_DATE && !plan->date_said;
        if (one->column == IMPORT_WHOLE && text_known(one->chosen) && !date &&
            one->topic != TOPIC_NUMBERS)
            node_add(out, root, text_of(import_topic_keys[one->topic]), one->chosen);
    }
    node_add(out, root, TEXT("numbers"), text_of(import_map_numbers(plan->numbers)));
    for (size_t i = 0; i < plan->column_count; i++) {
        if (!needs_word(&plan->columns[i]))
            continue;
        buf_clear(&words);
        column_words_add(plan, &plan->columns[i], &words);
        node_add(out, map_columns(out), column_key(plan, plains, i, &held), buf_text(&words));
    }
    buf_release(&held);
    buf_release(&words);
}

/* A word of a column replaces the one of its kind; a new meaning replaces them all. */
static void words_put(const struct import_plan *plan, const struct import_decision *decision,
                      struct text choice, struct buf *out)
{
    struct import_column column = plan->columns[decision->column];
    if (decision->topic == TOPIC_SCALE)
        column.scale = text_is(choice, "percent") ? SCALE_PERCENT : SCALE_AS_IS;
    if (decision->topic == TOPIC_NUMBERS)
        column.numbers.decimal = text_is(choice, "german") ? ',' : '.';
    if (decision->topic == TOPIC_COLUMN)
        buf_add_text(out, choice);
    else
        column_words_add(plan, &column, out);
}

void import_map_put(struct doc *map, const struct import_plan *plan,
                    const struct import_decision *decision, struct text choice)
{
    struct buf held = BUF_INIT, words = BUF_INIT;
    bool whole = decision->column == IMPORT_WHOLE;
    struct doc_node *parent = whole ? map_root(map) : map_columns(map);
    struct text key =
        whole ? text_of(import_topic_keys[decision->topic])
              : column_key(plan, plain_headers(plan, &map->arena), decision->column, &held);
    if (whole)
        buf_add_text(&words, choice);
    else
        words_put(plan, decision, choice, &words);
    node_set(map, parent, key, buf_text(&words));
    buf_release(&held);
    buf_release(&words);
}
