#include "app/command.h"

#include "app/key.h"
#include "app/model.h"

/* Where one types, letters are text, and so is what erases the line. */
static bool is_text(enum context context, uint32_t key)
{
    bool letter = key >= K_SPACE && key < K_FIRST_NAMED && key != K_BACKSPACE;
    return contexts[context].text && (letter || key == K_CTRL('U'));
}

const struct command *command_for_key(enum context context, uint32_t key)
{
    if (is_text(context, key))
        return NULL;
    for (size_t i = 0; i < command_count; i++) {
        if (!(commands[i].contexts >> context & 1))
            continue;
        for (size_t k = 0; k < COMMAND_KEYS && commands[i].keys[k]; k++)
            if (commands[i].keys[k] == key)
                return &commands[i];
    }
    return NULL;
}

bool command_enabled(const struct command *command, const struct model *model)
{
    return !command->enabled || command->enabled(model);
}

size_t command_footer(enum context context, const struct command **out, size_t most)
{
    size_t count = 0;
    for (uint8_t place = 1; place < 16 && count < most; place++)
        for (size_t i = 0; i < command_count && count < most; i++)
            if (commands[i].footer[context] == place)
                out[count++] = &commands[i];
    return count;
}
