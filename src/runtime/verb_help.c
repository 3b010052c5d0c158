#include "base/doc.h"
#include "verbs_internal.h"

static bool named_verb(const char *name, const struct verb **verb, struct err *err)
{
    *verb = verb_find(name);
    if (*verb)
        return true;
    const char *nearest = nearest_word(text_of(name), &verbs[1], verb_count - 1, sizeof verbs[0]);
    if (nearest)
        return err_set(err, "'%s' is no command: did you mean '%s'?", name, nearest);
    return err_set(err, "'%s' is no command; microscope help lists them", name);
}

int verb_help(const struct cli *cli)
{
    const struct verb *verb = NULL;
    struct buf text = BUF_INIT;
    struct err err;
    if (cli->word_count && !named_verb(cli->words[0], &verb, &err))
        return verb_misused(&err);
    cli_help(verb, &text);
    return verb_print(&text);
}
