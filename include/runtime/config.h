#ifndef MICROSCOPE_RUNTIME_CONFIG_H
#define MICROSCOPE_RUNTIME_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "app/bindings.h"
#include "app/model.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/benchmark.h"
#include "domain/column.h"
#include "domain/freshness.h"
#include "domain/tier.h"

/* What somebody settles once for all. One table feeds what the file may say, `microscope config`, the
 * example, help, completions and the manual. An option beats the environment, that beats the file, the
 * file beats the default. */

enum setting_id {
    SETTING_STORE,
    SETTING_THEME,
    SETTING_COLOURS,
    SETTING_ASCII,
    SETTING_BLOCKS,
    SETTING_AMBIGUOUS,
    SETTING_MOUSE,
    SETTING_PLAIN,
    SETTING_ESCAPE_DELAY,
    SETTING_CONFIRM,
    SETTING_DECIMAL,
    SETTING_GROUPING,
    SETTING_COLUMNS,
    SETTING_SORT,
    SETTING_TIER_PRESETS,
    SETTING_TIERS,
    SETTING_FEW,
    SETTING_BENCHMARKS,
    SETTING_PEERS,
    SETTING_FRESH_AUDIENCE,
    SETTING_FRESH_ENGAGEMENT,
    SETTING_KEYS,
    SETTING_COUNT
};

struct config_setting {
    const char *key;
    const char *takes;       /* "yes or no" */
    const char *words;       /* those it may be, '|' between; NULL: others too */
    const char *standard;    /* as the file would say it; of a list with a comma between */
    const char *help;        /* a sentence */
    const char *environment; /* the variable that decides too; NULL: none */
    bool list;               /* a list of words, or one text with commas */
    bool map;                /* only a map, and only in the file */
};
extern const struct config_setting settings[SETTING_COUNT];

enum config_origin { ORIGIN_DEFAULT, ORIGIN_FILE, ORIGIN_ENVIRONMENT, ORIGIN_OPTION, ORIGIN_COUNT };
extern const char *const config_origins[ORIGIN_COUNT]; /* "default", "file" … */

/* Settings of one run. */
struct config {
    /* what they mean */
    struct buf store; /* empty: the default one */
    struct buf theme; /* a name or a path; empty: as the terminal's background */
    bool colours, ascii, blocks, ambiguous_wide, mouse, plain, confirm;
    double escape_seconds;
    struct freshness fresh;
    char decimal, grouping;    /* signs; grouping 'a': the other one of the two */
    struct number_style style; /* what follows */
    struct tier_own own_tiers;
    int tiers; /* which tier_choice() of them */
    double few;
    struct benchmarks benchmarks;
    enum column columns[LIST_CHOSEN_MOST]; /* LIST_CHOSEN_TREND among them */
    size_t column_count;                   /* 0: those of the program */
    struct bindings bindings;              /* keys */
    struct buf sort;                       /* as query_parse_order() reads it */

    /* where they come from */
    struct buf path; /* of the file, also where it is not there; empty: none could be */
    bool there;
    struct {
        enum config_origin origin;
        size_t line;      /* of the file */
        struct buf value; /* as it was written; lists with commas, of a map
                             with blanks: "compare=c F6,hand-over=X", "house=small:0 large:5k" */
    } set[SETTING_COUNT];
};

void config_init(struct config *config); /* the defaults */
void config_release(struct config *config);

/* Reads the file, the user's own where `path` is NULL: that one may be absent. False: what is wrong, with
 * file, line and column where there are such. */
bool config_read(struct config *config, const char *path, struct err *err);
/* The file anew, with the options `old` was given: what holds since somebody wrote it. `config` is a
 * config_init()ed one. */
bool config_read_again(struct config *config, const struct config *old, struct err *err);
/* What the environment says; what it says wrongly is as if it said nothing. */
void config_environment(struct config *config);
/* One setting by an option. */
bool config_option(struct config *config, enum setting_id id, struct text value, struct err *err);
/* Where a setting comes from: "/home/ada/.config/microscope/config.yaml:3", "NO_COLOR"; nothing for a
 * default. */
void config_where(const struct config *config, enum setting_id id, struct buf *out);

/* False, with a suggestion: there is no such setting. */
bool settings_find(struct text key, enum setting_id *id, struct err *err);
/* A file with every setting at its default, each with what it means above it. */
void config_example(struct buf *out);

#endif
