#include <string.h>
#include <yaml.h>

#include "base/names.h"
#include "base/utf8.h"
#include "exchange/yaml.h"

struct yaml_printer {
    yaml_emitter_t emitter;
    struct buf *out;
    size_t nodes;
    struct err *err;
};

static int yaml_take(void *self, unsigned char *bytes, size_t length)
{
    struct yaml_printer *printer = self;
    buf_add(printer->out, bytes, length);
    return 1;
}

/* `made`: whether the event could be; the emitter takes it in any case. */
static bool yaml_emit(struct yaml_printer *printer, int made, yaml_event_t *event)
{
    if (made && yaml_emitter_emit(&printer->emitter, event))
        return true;
    return err_set(printer->err, "cannot write YAML: %s",
                   printer->emitter.problem ? printer->emitter.problem : "out of memory");
}

static bool yaml_print_text(struct yaml_printer *printer, struct text text, bool quoted)
{
    yaml_event_t event;
    yaml_scalar_style_t style = quoted ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_PLAIN_SCALAR_STYLE;
    if (!utf8_valid(text) || (text.length > 0 && memchr(text.at, '\0', text.length)))
        return err_set(printer->err, "cannot write YAML: a text is no UTF-8");
    int made = yaml_scalar_event_initialize(&event, NULL, NULL,
                                            (const yaml_char_t *)(text.at ? text.at : ""),
                                            (int)text.length, 1, 1, style);
    return yaml_emit(printer, made, &event);
}

/* Entries of a list that are short enough for a line. */
static bool yaml_fits_line(const struct doc_node *map)
{
    for (const struct doc_node *child = map->first; child != NULL; child = child->next)
        if (child->kind != DOC_SCALAR)
            return false;
    return true;
}

static bool yaml_print(struct yaml_printer *printer, const struct doc_node *node, bool in_list,
                       size_t depth);

static bool yaml_print_list(struct yaml_printer *printer, const struct doc_node *node, size_t depth)
{
    yaml_event_t event;
    int made =
        yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE);
    bool ok = yaml_emit(printer, made, &event);
    for (const struct doc_node *child = node->first; child != NULL && ok; child = child->next)
        ok = yaml_print(printer, child, true, depth + 1);
    return ok && yaml_emit(printer, yaml_sequence_end_event_initialize(&event), &event);
}

static bool yaml_print_key(struct yaml_printer *printer, struct names *seen, struct text key)
{
    size_t before = seen->count;
    names_add(seen, key);
    if (seen->count == before)
        return err_set(printer->err, "cannot write YAML: '%.*s' is there twice",
                       (int)text_part(key, 0, 100).length, key.at);
    return yaml_print_text(printer, key, false);
}

static bool yaml_print_map(struct yaml_printer *printer, const struct doc_node *node, bool in_list,
                           size_t depth)
{
    yaml_event_t event;
    struct names seen = {0};
    yaml_mapping_style_t style =
        in_list && yaml_fits_line(node) ? YAML_FLOW_MAPPING_STYLE : YAML_BLOCK_MAPPING_STYLE;
    int made = yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, style);
    bool ok = yaml_emit(printer, made, &event);
    for (const struct doc_node *child = node->first; child != NULL && ok; child = child->next)
        ok = yaml_print_key(printer, &seen, child->key) &&
             yaml_print(printer, child, false, depth + 1);
    names_release(&seen);
    return ok && yaml_emit(printer, yaml_mapping_end_event_initialize(&event), &event);
}

static bool yaml_print(struct yaml_printer *printer, const struct doc_node *node, bool in_list,
                       size_t depth)
{
    if (++printer->nodes > YAML_NODES)
        return err_set(printer->err, "cannot write YAML: more than %d values", YAML_NODES);
    if (depth > YAML_DEPTH)
        return err_set(printer->err, "cannot write YAML: nested deeper than %d", YAML_DEPTH);
    if (node->kind == DOC_LIST)
        return yaml_print_list(printer, node, depth);
    if (node->kind == DOC_MAP)
        return yaml_print_map(printer, node, in_list, depth);
    return yaml_print_text(printer, node->value, node->quoted);
}

static bool yaml_print_document(struct yaml_printer *printer, const struct doc_node *root)
{
    yaml_event_t event;
    return yaml_emit(printer, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING),
                     &event) &&
           yaml_emit(printer, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1),
                     &event) &&
           yaml_print(printer, root, false, 1) &&
           yaml_emit(printer, yaml_document_end_event_initialize(&event, 1), &event) &&
           yaml_emit(printer, yaml_stream_end_event_initialize(&event), &event);
}

bool yaml_write(const struct doc *doc, struct buf *out, struct err *err)
{
    struct yaml_printer printer = {.out = out, .err = err};
    size_t before = out->length;
    if (doc->root == NULL)
        return true;
    if (doc->root->kind == DOC_SCALAR)
        return err_set(err, "cannot write YAML: a map or a list was expected");
    if (!yaml_emitter_initialize(&printer.emitter))
        return err_set(err, "cannot start writing YAML");
    yaml_emitter_set_output(&printer.emitter, yaml_take, &printer);
    yaml_emitter_set_unicode(&printer.emitter, 1);
    yaml_emitter_set_width(&printer.emitter, -1);
    bool ok = yaml_print_document(&printer, doc->root);
    yaml_emitter_delete(&printer.emitter);
    if (!ok)
        buf_cut(out, before);
    return ok;
}
