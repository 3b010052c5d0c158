#include "app/bindings.h"

#include <stdlib.h>
#include <string.h>

#include "app/key.h"
#include "base/vec.h"

void bindings_release(struct bindings *bindings)
{
    if (!bindings)
        return;
    free(bindings->items);
    *bindings = (struct bindings){0};
}

void bindings_copy(struct bindings *to, const struct bindings *from)
{
    to->count = 0;
    for (size_t i = 0; from && i < from->count; i++)
        VEC_PUSH(to, from->items[i]);
}

void bindings_add(struct bindings *bindings, struct binding binding)
{
    VEC_PUSH(bindings, binding);
}

static const struct binding *find(const struct bindings *bindings, const struct command *command)
{
    for (size_t i = 0; bindings && i < bindings->count; i++)
        if (bindings->items[i].command == command)
            return &bindings->items[i];
    return NULL;
}

const uint32_t *bindings_keys(const struct bindings *bindings, const struct command *command)
{
    const struct binding *own = find(bindings, command);
    return own ? own->keys : command->keys;
}

static bool among(const uint32_t keys[COMMAND_KEYS], uint32_t key)
{
    for (size_t i = 0; i < COMMAND_KEYS && keys[i]; i++)
        if (keys[i] == key)
            return true;
    return false;
}

/* Where one types, letters are text, and so is what erases the line. */
static bool is_text(enum context context, uint32_t key)
{
    bool letter = key >= K_SPACE && key < K_FIRST_NAMED && key != K_BACKSPACE;
    return contexts[context].text && (letter || key == K_CTRL('U'));
}

static bool is_in(const struct command *command, enum context context)
{
    return command->contexts >> context & 1;
}

const struct command *bindings_command(const struct bindings *bindings, enum context context,
                                       uint32_t key)
{
    if (is_text(context, key))
        return NULL;
    for (size_t i = 0; i < command_count; i++)
        if (is_in(&commands[i], context) && among(bindings_keys(bindings, &commands[i]), key))
            return &commands[i];
    return NULL;
}

/* ---- names ---- */

void bindings_name(const struct bindings *bindings, const struct command *command, struct buf *out)
{
    uint32_t key = bindings_keys(bindings, command)[0];
    if (key)
        key_label(key, out);
    else
        buf_addf(out, ":%s", command->name);
}

/* Each word of the pair is a key of the program's own: what its command is on now stands there. */
void bindings_shown(const struct bindings *bindings, enum context context,
                    const struct command *command, struct buf *out)
{
    struct text rest = text_of(command->shown), word;
    if (!command->shown) {
        bindings_name(bindings, command, out);
        return;
    }
    for (bool first = true; text_next(&rest, ' ', &word); first = false) {
        uint32_t key = 0;
        const struct command *one =
            key_read(word, &key, NULL) ? bindings_command(NULL, context, key) : NULL;
        buf_add_string(out, first ? "" : " ");
        if (find(bindings, one))
            bindings_name(bindings, one, out);
        else
            buf_add_text(out, word);
    }
}

/* ---- what cannot be ---- */

/* The later one of the two, in the file. */
static bool fault_at(const struct bindings *bindings, const struct command *a,
                     const struct command *b, struct err *err, const char *message)
{
    const struct binding *one = find(bindings, a), *other = find(bindings, b);
    bool later = !one || (other && (other->line > one->line ||
                                    (other->line == one->line && other->column > one->column)));
    const struct binding *at = later ? other : one;
    return err_at(err, at->line, at->column, "%s", message);
}

static bool refuse_pair(const struct bindings *bindings, const struct command *a,
                        const struct command *b, enum context context, uint32_t key,
                        struct err *err)
{
    struct buf text = BUF_INIT, name = BUF_INIT;
    key_label(key, &name);
    buf_addf(&text, "'%s' would be both '%s' and '%s' in %s: give one of them another key",
             buf_string(&name), a->name, b->name, contexts[context].title);
    fault_at(bindings, a, b, err, buf_string(&text));
    buf_release(&text);
    buf_release(&name);
    return false;
}

static bool check_pair(const struct bindings *bindings, const struct command *a,
                       const struct command *b, struct err *err)
{
    const uint32_t *keys = bindings_keys(bindings, a), *others = bindings_keys(bindings, b);
    for (enum context context = 0; context < CONTEXT_COUNT; context++) {
        if (!is_in(a, context) || !is_in(b, context))
            continue;
        for (size_t i = 0; i < COMMAND_KEYS && keys[i]; i++)
            if (!is_text(context, keys[i]) && among(others, keys[i]))
                return refuse_pair(bindings, a, b, context, keys[i], err);
    }
    return true;
}

static bool works(const struct command *command, uint32_t key)
{
    for (enum context context = 0; context < CONTEXT_COUNT; context++)
        if (is_in(command, context) && !is_text(context, key))
            return true;
    return false;
}

/* Keys that lead out of everything, and commands without which one is lost. */
static const uint32_t always[] = {K_ESCAPE, K_CTRL('C')};
static const char *const needed[] = {"back", "menu", "help", "prompt-help"};

static bool check_one(const struct binding *own, struct err *err)
{
    const struct command *command = own->command;
    bool refused = false;
    for (size_t i = 0; i < COUNT_OF(always) && !refused; i++) {
        struct buf name = BUF_INIT;
        key_label(always[i], &name);
        refused = among(command->keys, always[i]) && !among(own->keys, always[i]);
        if (refused)
            err_at(err, own->line, own->column, "'%s' must keep %s: it always leads out",
                   command->name, buf_string(&name));
        buf_release(&name);
    }
    for (size_t i = 0; i < COUNT_OF(needed) && !refused; i++)
        if (strcmp(command->name, needed[i]) == 0 && !own->keys[0])
            refused =
                !err_at(err, own->line, own->column,
                        "'%s' must have a key: without one it could not be found", command->name);
    for (size_t i = 0; i < COMMAND_KEYS && own->keys[i] && !refused; i++) {
        struct buf name = BUF_INIT;
        key_label(own->keys[i], &name);
        if (!works(command, own->keys[i]))
            refused = !err_at(err, own->line, own->column,
                              "'%s' is text wherever there is '%s': it could not do that",
                              buf_string(&name), command->name);
        buf_release(&name);
    }
    return !refused;
}

bool bindings_check(const struct bindings *bindings, struct err *err)
{
    for (size_t i = 0; i < bindings->count; i++) {
        const struct binding *own = &bindings->items[i];
        if (!check_one(own, err))
            return false;
        for (size_t k = 0; k < command_count; k++)
            if (&commands[k] != own->command &&
                !check_pair(bindings, own->command, &commands[k], err))
                return false;
    }
    return true;
}

bool bindings_on_key(const struct bindings *bindings, const struct command *command,
                     struct text typed)
{
    const uint32_t *keys = bindings_keys(bindings, command);
    bool found = false;
    for (size_t k = 0; k < COMMAND_KEYS && keys[k] && !found; k++) {
        struct buf name = BUF_INIT;
        key_label(keys[k], &name);
        found = name.length == 1 ? text_equal(buf_text(&name), typed)
                                 : text_equal_ascii_case(buf_text(&name), typed);
        buf_release(&name);
    }
    return found;
}

void bindings_names(const struct bindings *bindings, const struct command *command, struct buf *out)
{
    const uint32_t *keys = bindings_keys(bindings, command);
    for (size_t k = 0; k < COMMAND_KEYS && keys[k]; k++) {
        buf_add_string(out, k ? "  " : "");
        key_label(keys[k], out);
    }
}
