#include "app/bindings.h"
#include "app/key.h"
#include "base/vec.h"
#include "config_internal.h"

/* Keys of the user's own: a map from the names of commands to their keys. */

static bool refuse_command(const struct doc_node *node, struct err *err)
{
    const char *nearest =
        nearest_word(node->key, &commands[0].name, command_count, sizeof commands[0]);
    return err_at(err, node->key_line, node->key_column, "unknown command '%.*s'%s%s%s",
                  (int)text_part(node->key, 0, 60).length, node->key.at,
                  nearest ? ": did you mean '" : "; microscope commands lists them",
                  nearest ? nearest : "", nearest ? "'?" : "");
}

static bool read_key(struct binding *binding, size_t *count, const struct doc_node *node,
                     struct err *err)
{
    struct err wrong;
    if (node->kind != DOC_SCALAR)
        return err_at(err, node->line, node->column, "a key is one word: 'Ctrl-F', 'F5', 'x'");
    if (*count == COMMAND_KEYS)
        return err_at(err, node->line, node->column, "'%s' takes at most %d keys",
                      binding->command->name, COMMAND_KEYS);
    return key_read(node->value, &binding->keys[(*count)++], &wrong) ||
           err_at(err, node->line, node->column, "%s", wrong.message);
}

static bool read_binding(struct bindings *bindings, const struct doc_node *node, struct err *err)
{
    struct binding binding = {
        .command = command_find(node->key), .line = node->line, .column = node->column};
    size_t count = 0;
    if (!binding.command)
        return refuse_command(node, err);
    if (node->kind == DOC_MAP || (node->kind == DOC_SCALAR && !node->value.length))
        return err_at(err, node->line, node->column,
                      "'%s' takes a key or a list of keys; [] takes them away",
                      binding.command->name);
    if (node->kind == DOC_SCALAR && !read_key(&binding, &count, node, err))
        return false;
    for (const struct doc_node *item = node->first; item; item = item->next)
        if (!read_key(&binding, &count, item, err))
            return false;
    bindings_add(bindings, binding);
    return true;
}

bool config_read_keys(struct config *config, const struct doc_node *node, struct err *err)
{
    bindings_release(&config->bindings);
    for (const struct doc_node *entry = node->first; entry; entry = entry->next)
        if (!read_binding(&config->bindings, entry, err))
            return false;
    return bindings_check(&config->bindings, err);
}

/* Signs mean something in YAML. */
static void add_quoted(uint32_t key, struct buf *out)
{
    struct buf name = BUF_INIT;
    key_label(key, &name);
    bool sign =
        name.length == 1 && text_find(TEXT("-?:,[]{}#&*!|>%@`'\\\"=<~"), buf_text(&name), NULL);
    buf_addf(out, sign ? "\"%s\"" : "%s", buf_string(&name));
    buf_release(&name);
}

void config_keys_example(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        const uint32_t *keys = commands[i].keys;
        buf_addf(out, "#  %s: [", commands[i].name);
        for (size_t k = 0; k < COMMAND_KEYS && keys[k]; k++) {
            buf_add_string(out, k ? ", " : "");
            add_quoted(keys[k], out);
        }
        buf_add_string(out, "]\n");
    }
}
