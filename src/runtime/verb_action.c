#include <string.h>

#include "base/doc.h"
#include "verbs_internal.h"

/* Verbs that do several things. */

static const struct verb_action *find(const struct verb *verb, const char *name, struct err *err)
{
    size_t count = 0;
    for (const struct verb_action *action = verb->actions; action->name; action++, count++)
        if (strcmp(action->name, name) == 0)
            return action;
    const char *nearest =
        nearest_word(text_of(name), verb->actions, count, sizeof verb->actions[0]);
    if (nearest)
        err_set(err, "'%s' cannot '%s': did you mean '%s'?", verb->name, name, nearest);
    else
        err_set(err, "'%s' cannot '%s'; microscope help %s tells what it can", verb->name, name,
                verb->name);
    return NULL;
}

static bool allowed(const struct cli *cli, const struct verb_action *action, size_t count,
                    struct err *err)
{
    if (count < action->least || count > action->most)
        return err_set(err, "%s %s takes %s: microscope %s %s%s%s", cli->verb->name, action->name,
                       action->wants ? action->wants : "no other words", cli->verb->name,
                       action->name, action->words[0] ? " " : "", action->words);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (cli->given[i] && !cli_options[i].everywhere && !(action->options >> i & 1))
            return err_set(err, "'%s %s' takes no option '--%s'", cli->verb->name, action->name,
                           cli_options[i].name);
    return true;
}

int verb_act(const struct cli *cli, const char *standard)
{
    struct err err;
    size_t skip = cli->word_count > 0;
    const struct verb_action *action = find(cli->verb, skip ? cli->words[0] : standard, &err);
    if (!action || !allowed(cli, action, cli->word_count - skip, &err))
        return verb_misused(&err);
    return action->run(cli, cli->words + skip, cli->word_count - skip);
}
