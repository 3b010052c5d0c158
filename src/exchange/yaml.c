#include "exchange/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/names.h"
#include "base/vec.h"

/* A node with a name, for aliases. */
struct yaml_anchor {
    struct text name;
    const struct doc_node *node; /* NULL while it is being read: an alias to it would be endless */
};

struct yaml_reader {
    yaml_parser_t parser;
    struct doc *doc;
    size_t nodes; /* made so far, copies of aliases included */
    struct {
        struct yaml_anchor *items;
        size_t count, capacity;
    } anchors;
    struct err *err;
};

static bool yaml_fail(struct yaml_reader *reader, yaml_mark_t mark, const char *what)
{
    return err_at(reader->err, mark.line + 1, mark.column + 1, "%s", what);
}

static struct text yaml_text(struct yaml_reader *reader, const yaml_char_t *at, size_t length)
{
    return arena_text(&reader->doc->arena, (struct text){(const char *)at, length});
}

static struct doc_node *yaml_node(struct yaml_reader *reader, enum doc_kind kind, yaml_mark_t mark)
{
    if (++reader->nodes > YAML_NODES) {
        err_at(reader->err, mark.line + 1, mark.column + 1,
               "more than %d values once aliases are written out", YAML_NODES);
        return NULL;
    }
    struct doc_node *node = arena_alloc(&reader->doc->arena, sizeof *node);
    node->kind = kind;
    node->line = mark.line + 1;
    node->column = mark.column + 1;
    return node;
}

static bool yaml_next(struct yaml_reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event))
        return true;
    const yaml_parser_t *parser = &reader->parser;
    yaml_mark_t mark = parser->problem_mark;
    const char *problem = parser->problem != NULL ? parser->problem : "cannot be read";
    if (parser->error == YAML_READER_ERROR)
        return err_set(reader->err, "%s at byte %zu", problem, parser->problem_offset);
    return yaml_fail(reader, mark, problem);
}

static bool yaml_value(struct yaml_reader *reader, yaml_event_t *event, size_t depth,
                       struct doc_node **out);

static size_t yaml_name_anchor(struct yaml_reader *reader, const yaml_char_t *name)
{
    struct yaml_anchor anchor = {{0}, NULL};
    if (name == NULL)
        return SIZE_MAX;
    anchor.name = yaml_text(reader, name, strlen((const char *)name));
    VEC_PUSH(&reader->anchors, anchor);
    return reader->anchors.count - 1;
}

static struct doc_node *yaml_copy(struct yaml_reader *reader, const struct doc_node *from,
                                  yaml_mark_t mark, size_t depth)
{
    if (depth > YAML_DEPTH) {
        err_at(reader->err, mark.line + 1, mark.column + 1, "nested deeper than %d", YAML_DEPTH);
        return NULL;
    }
    struct doc_node *node = yaml_node(reader, from->kind, mark);
    if (node == NULL)
        return NULL;
    node->value = from->value;
    node->quoted = from->quoted;
    struct doc_node **end = &node->first;
    for (const struct doc_node *child = from->first; child != NULL; child = child->next) {
        *end = yaml_copy(reader, child, mark, depth + 1);
        if (*end == NULL)
            return NULL;
        (*end)->key = child->key;
        (*end)->key_line = child->key_line;
        (*end)->key_column = child->key_column;
        end = &(*end)->next;
    }
    return node;
}

static bool yaml_alias(struct yaml_reader *reader, const yaml_event_t *event, size_t depth,
                       struct doc_node **out)
{
    struct text name = text_of((const char *)event->data.alias.anchor);
    for (size_t i = reader->anchors.count; i-- > 0;) {
        const struct yaml_anchor *anchor = &reader->anchors.items[i];
        if (!text_equal(anchor->name, name))
            continue;
        if (anchor->node == NULL)
            return yaml_fail(reader, event->start_mark, "an alias inside what it names");
        *out = yaml_copy(reader, anchor->node, event->start_mark, depth);
        return *out != NULL;
    }
    return err_at(reader->err, event->start_mark.line + 1, event->start_mark.column + 1,
                  "nothing is named '%s'", name.at);
}

static bool yaml_scalar(struct yaml_reader *reader, const yaml_event_t *event, size_t depth,
                        struct doc_node **out)
{
    (void)depth;
    struct doc_node *node = yaml_node(reader, DOC_SCALAR, event->start_mark);
    if (node == NULL)
        return false;
    node->value = yaml_text(reader, event->data.scalar.value, event->data.scalar.length);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    *out = node;
    return true;
}

static bool yaml_list(struct yaml_reader *reader, const yaml_event_t *begin, size_t depth,
                      struct doc_node **out)
{
    struct doc_node *node = yaml_node(reader, DOC_LIST, begin->start_mark);
    if (node == NULL)
        return false;
    *out = node;
    struct doc_node **end = &node->first;
    for (;;) {
        yaml_event_t event;
        if (!yaml_next(reader, &event))
            return false;
        bool done = event.type == YAML_SEQUENCE_END_EVENT;
        bool ok = done || yaml_value(reader, &event, depth + 1, end);
        yaml_event_delete(&event);
        if (done || !ok)
            return ok;
        end = &(*end)->next;
    }
}

static size_t yaml_line_of(const struct doc_node *map, struct text key)
{
    for (const struct doc_node *child = map->first; child != NULL; child = child->next)
        if (text_equal(child->key, key))
            return child->key_line;
    return map->line;
}

/* `seen` are the keys of this map so far. */
static bool yaml_key(struct yaml_reader *reader, const struct doc_node *map, struct names *seen,
                     const yaml_event_t *event, struct text *key)
{
    if (event->type != YAML_SCALAR_EVENT)
        return yaml_fail(reader, event->start_mark, "a key has to be a plain word");
    *key = yaml_text(reader, event->data.scalar.value, event->data.scalar.length);
    size_t before = seen->count;
    names_add(seen, *key);
    if (seen->count == before)
        return err_at(reader->err, event->start_mark.line + 1, event->start_mark.column + 1,
                      "'%.100s' is there twice, first in line %zu", key->at,
                      yaml_line_of(map, *key));
    return true;
}

static bool yaml_entry(struct yaml_reader *reader, const struct doc_node *map, struct names *seen,
                       const yaml_event_t *key_event, size_t depth, struct doc_node **end)
{
    struct text key;
    if (!yaml_key(reader, map, seen, key_event, &key))
        return false;
    yaml_event_t event;
    if (!yaml_next(reader, &event))
        return false;
    bool ok = yaml_value(reader, &event, depth + 1, end);
    yaml_event_delete(&event);
    if (ok) {
        (*end)->key = key;
        (*end)->key_line = key_event->start_mark.line + 1;
        (*end)->key_column = key_event->start_mark.column + 1;
    }
    return ok;
}

static bool yaml_map(struct yaml_reader *reader, const yaml_event_t *begin, size_t depth,
                     struct doc_node **out)
{
    struct doc_node *node = yaml_node(reader, DOC_MAP, begin->start_mark);
    if (node == NULL)
        return false;
    *out = node;
    struct names seen = {0};
    struct doc_node **end = &node->first;
    bool ok = true, done = false;
    while (ok && !done) {
        yaml_event_t event;
        ok = yaml_next(reader, &event);
        if (!ok)
            break;
        done = event.type == YAML_MAPPING_END_EVENT;
        if (!done) {
            ok = yaml_entry(reader, node, &seen, &event, depth, end);
            end = ok ? &(*end)->next : end;
        }
        yaml_event_delete(&event);
    }
    names_release(&seen);
    return ok;
}

static const yaml_char_t *yaml_anchor_of(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.anchor;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.anchor;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.anchor;
    default:
        return NULL;
    }
}

static const struct {
    yaml_event_type_t type;
    bool (*read)(struct yaml_reader *reader, const yaml_event_t *event, size_t depth,
                 struct doc_node **out);
} yaml_values[] = {
    {YAML_SCALAR_EVENT, yaml_scalar},
    {YAML_SEQUENCE_START_EVENT, yaml_list},
    {YAML_MAPPING_START_EVENT, yaml_map},
    {YAML_ALIAS_EVENT, yaml_alias},
};

static bool yaml_value(struct yaml_reader *reader, yaml_event_t *event, size_t depth,
                       struct doc_node **out)
{
    if (depth > YAML_DEPTH)
        return err_at(reader->err, event->start_mark.line + 1, event->start_mark.column + 1,
                      "nested deeper than %d", YAML_DEPTH);
    size_t anchor = yaml_name_anchor(reader, yaml_anchor_of(event));
    for (size_t i = 0; i < COUNT_OF(yaml_values); i++) {
        if (yaml_values[i].type != event->type)
            continue;
        if (!yaml_values[i].read(reader, event, depth, out))
            return false;
        if (anchor != SIZE_MAX)
            reader->anchors.items[anchor].node = *out;
        return true;
    }
    return yaml_fail(reader, event->start_mark, "a value was expected");
}

/* The event after which the document's root stands, its root, and nothing behind it. */
static bool yaml_document(struct yaml_reader *reader)
{
    size_t documents = 0;
    for (;;) {
        yaml_event_t event;
        if (!yaml_next(reader, &event))
            return false;
        bool end = event.type == YAML_STREAM_END_EVENT;
        bool ok = true;
        if (event.type == YAML_DOCUMENT_START_EVENT && ++documents > 1)
            ok = yaml_fail(reader, event.start_mark, "a second document");
        else if (yaml_anchor_of(&event) != NULL || event.type == YAML_SCALAR_EVENT ||
                 event.type == YAML_SEQUENCE_START_EVENT ||
                 event.type == YAML_MAPPING_START_EVENT || event.type == YAML_ALIAS_EVENT)
            ok = yaml_value(reader, &event, 1, &reader->doc->root);
        yaml_event_delete(&event);
        if (end || !ok)
            return ok;
    }
}

/* A file of comments, or of nothing but an empty scalar, is empty. */
static bool yaml_root(struct doc *doc, struct err *err)
{
    struct doc_node *root = doc->root;
    if (root == NULL || root->kind != DOC_SCALAR)
        return true;
    if (root->value.length > 0 || root->quoted)
        return err_at(err, root->line, root->column, "a map or a list was expected");
    doc->root = NULL;
    return true;
}

bool yaml_read(struct text bytes, struct doc *out, struct err *err)
{
    struct yaml_reader reader = {.doc = out, .err = err};
    memset(out, 0, sizeof *out);
    if (!yaml_parser_initialize(&reader.parser))
        return err_set(err, "cannot start reading YAML");
    yaml_parser_set_input_string(
        &reader.parser, (const unsigned char *)(bytes.at != NULL ? bytes.at : ""), bytes.length);
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    bool ok = yaml_document(&reader) && yaml_root(out, err);
    yaml_parser_delete(&reader.parser);
    free(reader.anchors.items);
    if (!ok)
        doc_release(out);
    return ok;
}
