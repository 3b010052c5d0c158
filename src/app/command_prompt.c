#include "app_internal.h"
#include "base/doc.h"

/* The command prompt: what is typed narrows the commands, and the name of one that takes something
 * is followed by it. */

/* The command whose name leads the line, and what follows it; NULL while the name is still typed. */
static const struct command *named(struct text line, struct text *rest)
{
    struct text name;
    if (!text_next(&line, ' ', &name))
        return NULL;
    for (size_t i = 0; i < command_count; i++)
        if (commands[i].argument && text_equal_ascii_case(name, text_of(commands[i].name))) {
            *rest = line.at ? line : TEXT("");
            return &commands[i];
        }
    return NULL;
}

/* One may write the colon as in other programs. */
static struct text line_of(const struct model *model)
{
    struct text line = buf_text(&model->line.text);
    while (line.length > 0 && (line.at[0] == ' ' || line.at[0] == ':'))
        line = text_part(line, 1, line.length - 1);
    return line;
}

static const struct command *command_named(const struct model *model, struct text *rest)
{
    struct text line = line_of(model);
    size_t blank;
    return text_find(line, TEXT(" "), &blank) ? named(line, rest) : NULL;
}

void command_open(struct model *model, const char *line)
{
    prompt_open(model, PROMPT_COMMAND);
    model->picker.kind = PICK_COMMAND;
    model->paths.asked = model->wear.asked = false;
    line_set(&model->line, text_of(line));
    prompt_typed(model);
}

bool command_rest(const struct model *model, const struct command_argument *argument,
                  struct text *rest)
{
    const struct command *command =
        model->prompt == PROMPT_COMMAND ? command_named(model, rest) : NULL;
    return command && command->argument == argument;
}

static void offer_commands(struct model *model, int best)
{
    struct text typed = text_trim(line_of(model));
    for (size_t i = 0; i < command_count; i++) {
        if (command_match(model, &commands[i], typed) == best &&
            command_offered(model, &commands[i]))
            picker_add_command(model, i);
    }
}

void command_build(struct model *model)
{
    struct text rest;
    const struct command *command = command_named(model, &rest);
    if (command) {
        command->argument->offer(model, rest);
        return;
    }
    for (int best = MATCH_BEST + 1; best > 1; best--)
        offer_commands(model, best);
    if (model->picker.count == 0)
        offer_commands(model, 1);
}

void command_typed(struct model *model)
{
    struct text rest;
    setting_put_back(model);
    model->picker.cursor = model->picker.top = 0;
    const struct command *command = command_named(model, &rest);
    if (command && command->argument->typed)
        command->argument->typed(model, rest);
    picker_build(model);
}

static void complain(struct model *model)
{
    struct text typed = text_trim(line_of(model));
    const char *nearest = nearest_word(typed, &commands[0].name, command_count, sizeof commands[0]);
    if (!nearest)
        err_set(&model->line_error, "there is no such command");
    else if (text_is(typed, nearest))
        err_set(&model->line_error, "'%s' has nothing to do here", nearest);
    else
        err_set(&model->line_error, "did you mean '%s'?", nearest);
}

static void run_chosen(struct model *model, struct effects *effects)
{
    const struct picker *picker = &model->picker;
    if (picker->cursor >= picker->count) {
        complain(model);
        return;
    }
    const struct command *command = &commands[picker->items[picker->cursor].value];
    if (command->argument) {
        picker_complete(model);
        return;
    }
    prompt_close(model, true, effects);
    command->run(model, effects);
}

void command_enter(struct model *model, struct effects *effects)
{
    struct text rest;
    const struct command *command = command_named(model, &rest);
    if (!command)
        run_chosen(model, effects);
    else if (command->argument->accept(model, rest, effects))
        prompt_close(model, true, effects);
}

void command_close(struct model *model, bool keep, struct effects *effects)
{
    if (keep)
        setting_keep(model, effects);
    else
        setting_put_back(model);
}

const char *command_title(const struct model *model)
{
    struct text rest;
    const struct command *command = command_named(model, &rest);
    return command ? command->title : "Commands";
}

void command_say(const struct model *model, struct buf *out)
{
    struct text rest;
    const struct command *command = command_named(model, &rest);
    if (command)
        command->argument->say(model, rest, out);
}
