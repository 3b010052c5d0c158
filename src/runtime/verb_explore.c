#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "runtime/config.h"
#include "runtime/explore.h"
#include "runtime/session.h"
#include "verbs_internal.h"

/* A copy of its own: the store that was open stays as it is. It takes the place of this program, with the
 * options that hold for all verbs. Returns where that cannot be. */
static int explore_sample(const struct cli *cli)
{
    char program[] = "microscope", verb[] = "demo";
    struct buf options[OPTION_COUNT] = {BUF_INIT};
    char *words[OPTION_COUNT + 3] = {program, verb};
    size_t count = 2;
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!cli->given[i] || !cli_options[i].everywhere || i == OPTION_STORE)
            continue;
        buf_addf(&options[i], "--%s", cli_options[i].name);
        if (cli->values[i])
            buf_addf(&options[i], "=%s", cli->values[i]);
        buf_string(&options[i]);
        words[count++] = options[i].at;
    }
    execv("/proc/self/exe", words);
    say("cannot begin anew: %s; microscope demo shows the sample", strerror(errno));
    for (int i = 0; i < OPTION_COUNT; i++)
        buf_release(&options[i]);
    return EXIT_FAILED;
}

/* Said before the screen changes. What else is wrong with the store, the explorer says. */
static bool view_known(const char *path, const char *wanted, struct err *err)
{
    struct named_views views = {.count = 0};
    struct named_says says;
    struct text name;
    struct store *store = NULL;
    struct err passed;
    bool told =
        !wanted || (access(path, F_OK) == 0 && (!store_open(path, STORE_READ, &store, &passed) ||
                                                !session_views(store, &views, &passed)));
    bool ok = told || named_look_up(&views, text_of(wanted), &name, &says, err);
    named_release(&views);
    store_close(store);
    return ok;
}

int verb_explore(const struct cli *cli)
{
    struct buf path = BUF_INIT;
    struct err err;
    const char *named = cli->word_count ? cli->words[0] : cli->values[OPTION_STORE];
    if (cli->word_count && cli->given[OPTION_STORE]) {
        say("name the store once: '%s' or --store '%s'", cli->words[0], cli->values[OPTION_STORE]);
        return EXIT_USAGE;
    }
    if (named && !cli_no_list(named, &err))
        return verb_misused(&err);
    if (!named && !cli_store(cli, true, &path, &err))
        return verb_failed(&err);
    if (!view_known(named ? named : buf_string(&path), cli->values[OPTION_VIEW], &err)) {
        buf_release(&path);
        return verb_misused(&err);
    }
    bool sample_wanted = false;
    struct explore_options options = {.store = named ? named : buf_string(&path),
                                      .config = cli->config,
                                      .view = cli->values[OPTION_VIEW],
                                      .sample_wanted = &sample_wanted};
    int status = explore(&options);
    buf_release(&path);
    return sample_wanted ? explore_sample(cli) : status;
}
