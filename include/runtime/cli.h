#ifndef MICROSCOPE_RUNTIME_CLI_H
#define MICROSCOPE_RUNTIME_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

/* The command line: one table of verbs and one of options feed what is understood, --help, and the
 * manual. */

enum cli_exit {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_REJECTS = 3, /* done, but rows of an import were rejected */
    EXIT_SIGNAL = 128 /* + its number */
};

enum cli_option {
    OPTION_STORE,
    OPTION_THEME,
    OPTION_CONFIG,
    OPTION_NO_MOUSE,
    OPTION_PLAIN,
    OPTION_BLOCKS,
    OPTION_ASCII,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_PLATFORM,
    OPTION_DATE,
    OPTION_MAP,
    OPTION_WRITE_MAP,
    OPTION_DRY_RUN,
    OPTION_REPORT,
    OPTION_PROGRESS,
    OPTION_SORT,
    OPTION_COLUMNS,
    OPTION_FORMAT,
    OPTION_FORCE,
    OPTION_PARTS,
    OPTION_COMPARE,
    OPTION_TITLE,
    OPTION_CREATORS,
    OPTION_SEED,
    OPTION_NICHES,
    OPTION_COUNTRIES,
    OPTION_SNAPSHOTS,
    OPTION_SCENARIO,
    OPTION_VIEW,
    OPTION_BUDGET,
    OPTION_POSTS,
    OPTION_FEE,
    OPTION_AS,
    OPTION_MOST,
    OPTION_RULES,
    OPTION_CHANGE,
    OPTION_KNOWN_FEES,
    OPTION_SIMULATE,
    OPTION_FOR,
    OPTION_UPDATES,
    OPTION_REJECTS,
    OPTION_EXAMPLE,
    OPTION_COUNT
};

struct cli_option_row {
    const char *name;  /* without the dashes */
    const char *value; /* what it takes, for help: "FILE"; NULL: nothing */
    const char *help;
    bool everywhere; /* else only with the verbs that name it */
    const char
        *completes; /* kind of its value for shells, see complete.h; NULL: nothing to offer */
};
extern const struct cli_option_row cli_options[OPTION_COUNT];

/* A command line, understood. Borrows the arguments. */
struct config;
struct cli {
    const struct config
        *config; /* what holds for all verbs, options included; NULL: not read yet */
    const struct verb *verb;
    bool given[OPTION_COUNT];
    const char *values[OPTION_COUNT]; /* NULL: not given, or takes none */
    const char **words;               /* the other words after the verb */
    size_t word_count;
};

/* What a verb does that does several things: named by the first word. */
struct verb_action {
    const char *name;
    const char *words; /* after it: "NAME" */
    const char *help;
    uint64_t options; /* bit i: takes option i of those of the verb */
    const char *wants;
    size_t least, most; /* words after the name */
    int (*run)(const struct cli *cli, const char *const *words, size_t count);
};

struct verb {
    const char *name;                  /* "list"; "" for the explorer */
    const char *words;                 /* "[FILTER...]" */
    const char *title;                 /* "Print the creators that pass a filter" */
    const char *help;                  /* a few sentences */
    const char *examples;              /* lines; NULL: none */
    uint64_t options;                  /* bit i: takes option i, beside those that go everywhere */
    const char *wants;                 /* which words, in words; NULL: none */
    size_t least, most;                /* words */
    int (*run)(const struct cli *cli); /* an exit status */
    const struct verb_action *actions; /* NULL: it does one thing; ended by one without a name */
};
extern const struct verb verbs[]; /* the first is the explorer */
extern const size_t verb_count;

/* Everything from arguments to exit status. */
int cli_main(int argc, char **argv);

/* The settings of a command line: defaults, file, environment, options. `config` is released by its owner
 * in either case. False: what is wrong, and where. */
bool cli_config(const struct cli *cli, struct config *config, struct err *err);

/* Understands the arguments; `cli` is released by cli_release() in either case. False: wrong use. */
bool cli_parse(int argc, char **argv, struct cli *cli, struct err *err);
void cli_release(struct cli *cli);

/* NULL: no verb of that name. */
const struct verb *verb_find(const char *name);
/* `verb` NULL: the whole program's. */
void cli_help(const struct verb *verb, struct buf *out);
/* "microscope list [FILTER...] [--sort KEYS]" */
void cli_usage(const struct verb *verb, struct buf *out);
/* Fails where the named file is a list of creators, as people mistake one for a store. */
bool cli_no_list(const char *path, struct err *err);
/* The named or the default store. `make`: its folder is made where it is the default one. False also
 * where the named one is a list. */
bool cli_store(const struct cli *cli, bool make, struct buf *path, struct err *err);

#endif
