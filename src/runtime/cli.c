#include "runtime/cli.h"

#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/doc.h"
#include "base/mem.h"
#include "base/vec.h"
#include "runtime/config.h"
#include "runtime/output.h"
#include "verbs_internal.h"

const struct verb *verb_find(const char *name)
{
    for (size_t i = 1; i < verb_count; i++)
        if (strcmp(name, verbs[i].name) == 0)
            return &verbs[i];
    return NULL;
}

/* ---- options ---- */

static bool find_option(struct text name, enum cli_option *option, struct err *err)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (text_is(name, cli_options[i].name)) {
            *option = (enum cli_option)i;
            return true;
        }
    const char *nearest = nearest_word(name, cli_options, OPTION_COUNT, sizeof cli_options[0]);
    err_set(err, "unknown option '--%.*s'", (int)name.length, name.at);
    if (nearest)
        err_set(err, "unknown option '--%.*s': did you mean '--%s'?", (int)name.length, name.at,
                nearest);
    return false;
}

/* One option at argv[*at], with the value that belongs to it. */
static bool take_option(struct cli *cli, int argc, char **argv, int *at, struct err *err)
{
    struct text rest = text_of(argv[*at] + 2), name = {0};
    enum cli_option option;
    text_next(&rest, '=', &name);
    if (!find_option(name, &option, err))
        return false;
    const char *equals = strchr(argv[*at], '=');
    const struct cli_option_row *row = &cli_options[option];
    if (!row->value && equals)
        return err_set(err, "'--%s' takes no value", row->name);
    if (row->value) {
        if (!equals && *at + 1 >= argc)
            return err_set(err, "'--%s' needs a value: %s", row->name, row->value);
        cli->values[option] = equals ? equals + 1 : argv[++*at];
        if (!*cli->values[option])
            return err_set(err, "'--%s' needs a value: %s", row->name, row->value);
    }
    cli->given[option] = true;
    return true;
}

static bool check_options(const struct cli *cli, struct err *err)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (!cli->given[i] || cli_options[i].everywhere || cli->verb->options >> i & 1)
            continue;
        if (!cli->verb->name[0])
            return err_set(err, "'--%s' goes with a verb; see microscope --help",
                           cli_options[i].name);
        return err_set(err, "'%s' takes no option '--%s'", cli->verb->name, cli_options[i].name);
    }
    return true;
}

/* ---- words ---- */

static bool looks_like_store(const char *word)
{
    size_t length = strlen(word);
    return access(word, F_OK) == 0 || (length > 3 && strcmp(word + length - 3, ".db") == 0);
}

/* The first word is a verb, or a store to explore. */
static bool first_word(struct cli *cli, const char *word, struct err *err)
{
    const struct verb *verb = verb_find(word);
    if (verb || looks_like_store(word)) {
        cli->verb = verb ? verb : &verbs[0];
        if (!verb)
            cli->words[cli->word_count++] = word;
        return true;
    }
    if (word[0] == '-' && word[1])
        return err_set(err,
                       "unknown option '%s': options begin with two dashes, "
                       "microscope --help tells them",
                       word);
    const char *nearest = nearest_word(text_of(word), &verbs[1], verb_count - 1, sizeof verbs[0]);
    if (nearest)
        return err_set(err, "'%s' is no command and no file: did you mean '%s'?", word, nearest);
    return err_set(err,
                   "'%s' is no command and no file: stores to explore end in .db, "
                   "microscope --help tells the commands",
                   word);
}

static bool check_words(const struct cli *cli, struct err *err)
{
    const struct verb *verb = cli->verb;
    struct buf usage = BUF_INIT;
    if (cli->word_count >= verb->least && cli->word_count <= verb->most)
        return true;
    cli_usage(verb, &usage);
    err_set(err, "%s takes %s: %s", verb->name[0] ? verb->name : "the explorer",
            verb->wants ? verb->wants : "no other words", buf_string(&usage));
    buf_release(&usage);
    return false;
}

bool cli_parse(int argc, char **argv, struct cli *cli, struct err *err)
{
    *cli = (struct cli){.words = mem_zero((size_t)argc + 1, sizeof *cli->words)};
    bool options = true;
    for (int i = 1; i < argc; i++) {
        if (options && strcmp(argv[i], "--") == 0)
            options = false;
        else if (options && strcmp(argv[i], "-h") == 0)
            cli->given[OPTION_HELP] = true;
        else if (options && strncmp(argv[i], "--", 2) == 0) {
            if (!take_option(cli, argc, argv, &i, err))
                return false;
        } else if (cli->verb)
            cli->words[cli->word_count++] = argv[i];
        else if (!first_word(cli, argv[i], err))
            return false;
    }
    if (!cli->verb)
        cli->verb = &verbs[0];
    if (cli->given[OPTION_HELP] || cli->given[OPTION_VERSION])
        return true;
    return check_options(cli, err) && check_words(cli, err);
}

void cli_release(struct cli *cli)
{
    free(cli->words);
    *cli = (struct cli){0};
}

/* ---- all of it ---- */

static int run(const struct cli *cli)
{
    struct buf text = BUF_INIT;
    if (cli->given[OPTION_HELP]) {
        cli_help(cli->verb->name[0] ? cli->verb : NULL, &text);
        return verb_print(&text);
    }
    if (cli->given[OPTION_VERSION]) {
        buf_add_string(&text, "microscope " MICROSCOPE_VERSION "\n");
        return verb_print(&text);
    }
    return cli->verb->run(cli);
}

/* What an option settles: its value, or what giving it means. */
static const struct {
    enum cli_option option;
    enum setting_id setting;
    const char *means; /* NULL: its value */
} option_settings[] = {
    {OPTION_STORE, SETTING_STORE, NULL},    {OPTION_THEME, SETTING_THEME, NULL},
    {OPTION_NO_MOUSE, SETTING_MOUSE, "no"}, {OPTION_PLAIN, SETTING_PLAIN, "yes"},
    {OPTION_ASCII, SETTING_ASCII, "yes"},   {OPTION_BLOCKS, SETTING_BLOCKS, "yes"},
};

bool cli_option_of(enum setting_id id, enum cli_option *option)
{
    for (size_t i = 0; i < COUNT_OF(option_settings); i++)
        if (option_settings[i].setting == id) {
            *option = option_settings[i].option;
            return true;
        }
    return false;
}

bool cli_config(const struct cli *cli, struct config *config, struct err *err)
{
    config_init(config);
    if (!config_read(config, cli->values[OPTION_CONFIG], err))
        return false;
    config_environment(config);
    for (size_t i = 0; i < COUNT_OF(option_settings); i++) {
        enum cli_option option = option_settings[i].option;
        const char *value =
            option_settings[i].means ? option_settings[i].means : cli->values[option];
        if (cli->given[option] &&
            !config_option(config, option_settings[i].setting, text_of(value), err))
            return false;
    }
    return true;
}

/* Help is to be had whatever is wrong with the settings. */
static bool needs_settings(const struct cli *cli)
{
    return !cli->given[OPTION_HELP] && !cli->given[OPTION_VERSION] && !cli->given[OPTION_EXAMPLE] &&
           cli->verb->run != verb_help;
}

static int run_with_settings(struct cli *cli)
{
    struct config config;
    struct err err;
    int status = EXIT_USAGE;
    if (!needs_settings(cli))
        return run(cli);
    cli->config = &config;
    if (cli_config(cli, &config, &err))
        status = run(cli);
    else
        say("%s", err.message);
    cli->config = NULL;
    config_release(&config);
    return status;
}

int cli_main(int argc, char **argv)
{
    struct cli cli;
    struct err err;
    /* Data is UTF-8 whatever the locale: cron and the like know no other than C. The explorer asks the
     * environment again. */
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN); /* writes are checked */
    int status = EXIT_USAGE;
    if (cli_parse(argc, argv, &cli, &err))
        status = run_with_settings(&cli);
    else
        say("%s", err.message);
    cli_release(&cli);
    return status;
}
