#include "app/footer.h"

#include <stdio.h>
#include <string.h>

#include "app/key.h"
#include "app_internal.h"

#define ENDS_MOST 2

static void shown_as(struct footer_key *it, const char *key)
{
    it->width += (int)strlen(key) - (int)strlen(it->key);
    snprintf(it->key, sizeof it->key, "%s", key);
}

static struct footer_key make(const struct model *model, const struct command *command)
{
    struct footer_key it = {.command = command};
    const char *named = command->named ? command->named(model) : NULL;
    const char *label = named ? named : command->label ? command->label : command->name;
    uint64_t many = command->count ? command->count(model) : 0;
    struct buf name = BUF_INIT;
    bindings_shown(&model->bindings, model_context(model), command, &name);
    snprintf(it.key, sizeof it.key, "%s", buf_string(&name));
    buf_release(&name);
    if (many > 0)
        snprintf(it.label, sizeof it.label, "%s %llu", label, (unsigned long long)many);
    else
        snprintf(it.label, sizeof it.label, "%s", label);
    it.width = (int)(strlen(it.key) + 1 + strlen(it.label));
    return it;
}

/* What stands at the right end: where letters are text F1, else ? and m; what does nothing here, not. */
static int make_ends(const struct model *model, enum context context,
                     struct footer_key out[ENDS_MOST])
{
    bool letters = !contexts[context].text && !contexts[context].form;
    const uint32_t keys[] = {letters ? '?' : K_F1, 'm'};
    int count = 0;
    for (int i = 0; i < (letters ? 2 : 1); i++) {
        const struct command *command = bindings_command(NULL, context, keys[i]);
        if (!command || context == CONTEXT_HELP)
            continue;
        out[count] = make(model, command);
        if (!letters && bindings_keys(&model->bindings, command) == command->keys)
            shown_as(&out[count], "F1"); /* its other key, which no letter is */
        count++;
    }
    return count;
}

int footer_make(const struct model *model, struct footer_key out[FOOTER_MOST])
{
    enum context context = model_context(model);
    const struct command *shown[FOOTER_MOST];
    struct footer_key ends[ENDS_MOST];
    int most = (int)command_footer(context, shown, FOOTER_MOST - ENDS_MOST), count = 0;
    int width = model->layout.columns, gap = width >= 110 ? 3 : 2, at = 1, end = width - 1;
    int end_count = make_ends(model, context, ends);
    for (int i = end_count - 1; i >= 0; i--) {
        ends[i].at = end -= ends[i].width;
        end -= 2;
    }
    for (int i = 0; i < most; i++) {
        if (!command_enabled(shown[i], model))
            continue;
        struct footer_key it = make(model, shown[i]);
        it.at = at;
        if (at + it.width > end)
            break; /* what matters less does not take the place of what does */
        out[count++] = it;
        at += it.width + gap;
    }
    for (int i = 0; i < end_count; i++)
        out[count++] = ends[i];
    return count;
}

void footer_click(struct model *model, const struct message *message, struct effects *effects)
{
    struct footer_key keys[FOOTER_MOST];
    int count = footer_make(model, keys);
    for (int i = 0; i < count; i++) {
        uint32_t key = keys[i].command->keys[0];
        if (message->column < keys[i].at || message->column >= keys[i].at + keys[i].width)
            continue;
        if (message->mouse != MOUSE_DOUBLE || model->last_key == key)
            keys[i].command->run(model, effects);
        model->last_key = key;
        return;
    }
}
