#include "app/command.h"

#include "app/model.h"

const struct command *command_find(struct text name)
{
    for (size_t i = 0; i < command_count; i++)
        if (text_is(name, commands[i].name))
            return &commands[i];
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
