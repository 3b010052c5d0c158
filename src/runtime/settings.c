#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "catalog/query.h"
#include "config_internal.h"
#include "runtime/themes.h"

/* What there is to settle, and what each of it takes. */

#define AUTOMATIC 'a'
#define YES_OR_NO "yes or no"

const struct config_setting settings[SETTING_COUNT] = {
    [SETTING_STORE] = {.key = "store",
                       .takes = "a path, or auto",
                       .standard = "auto",
                       .help = "The store that is used where a command line names none; auto is "
                               "microscope/microscope.db in the folder for data. A path may begin "
                               "with ~/ or is taken from the folder of this file."},
    [SETTING_THEME] =
        {.key = "theme",
         .takes = "the name of a theme, a path, or auto",
         .standard = "auto",
         .help = "The look of the explorer; auto follows the background of the "
                 "terminal, unless another was chosen on the screen. Themes of your own lie in the "
                 "folder themes beside this file."},
    [SETTING_COLOURS] = {.key = "colours",
                         .takes = YES_OR_NO,
                         .words = "yes|no",
                         .standard = "yes",
                         .help = "Colours at all; without them everything still reads.",
                         .environment = "NO_COLOR"},
    [SETTING_ASCII] = {.key = "ascii",
                       .takes = YES_OR_NO,
                       .words = "yes|no",
                       .standard = "no",
                       .help = "Draw with the signs of ASCII only. Done anyway where the terminal "
                               "shows no others."},
    [SETTING_BLOCKS] = {.key = "blocks",
                        .takes = YES_OR_NO,
                        .words = "yes|no",
                        .standard = "no",
                        .help = "Draw plots in blocks, for fonts without braille."},
    [SETTING_AMBIGUOUS] = {.key = "ambiguous",
                           .takes = "auto or wide",
                           .words = "auto|wide",
                           .standard = "auto",
                           .help = "How wide signs like » are where fonts disagree; auto asks the "
                                   "terminal, wide draws without them."},
    [SETTING_MOUSE] = {.key = "mouse",
                       .takes = YES_OR_NO,
                       .words = "yes|no",
                       .standard = "yes",
                       .help = "Click, wheel and drag in the explorer; no leaves the mouse to the "
                               "terminal, for selecting text."},
    [SETTING_PLAIN] = {.key = "plain",
                       .takes = YES_OR_NO,
                       .words = "yes|no",
                       .standard = "no",
                       .help = "The explorer as lines of words, and no progress that moves, for "
                               "screen readers."},
    [SETTING_ESCAPE_DELAY] = {.key = "escape_delay",
                              .takes = "milliseconds from 1 to 10000",
                              .standard = "25",
                              .help = "How long a lone Esc waits for the rest of a key; more on "
                                      "slow connections.",
                              .environment = "ESCDELAY"},
    [SETTING_CONFIRM] = {.key = "confirm",
                         .takes = YES_OR_NO,
                         .words = "yes|no",
                         .standard = "yes",
                         .help = "Whether Ctrl-C, Ctrl-Z and q while an import runs ask for the "
                                 "same key again before they quit or suspend."},
    [SETTING_DECIMAL] = {.key = "decimal",
                         .takes = "point or comma",
                         .words = "point|comma",
                         .standard = "point",
                         .help = "The decimal sign of figures, shown and typed. Files, JSON, words "
                                 "of a filter and assumptions always have a point."},
    [SETTING_GROUPING] = {.key = "grouping",
                          .takes = "auto, comma, point, space or none",
                          .words = "auto|comma|point|space|none",
                          .standard = "auto",
                          .help = "What stands between groups of three digits; auto is the comma, "
                                  "or the point where the comma is the decimal sign."},
    [SETTING_COLUMNS] = {.key = "columns",
                         .takes = "a list of keys of `microscope columns`, trend, or auto",
                         .standard = "auto",
                         .help =
                             "The columns of a list that nobody has changed, beside the handle: "
                             "in the explorer and in the tables of `microscope list`. What "
                             "programs read has columns of its own.",
                         .list = true},
    [SETTING_SORT] = {.key = "sort",
                      .takes = "a list of keys, with - before those that descend",
                      .standard = "-roi",
                      .help = "The order of a list that nobody has ordered.",
                      .list = true},
    [SETTING_TIER_PRESETS] =
        {.key = "tier_presets",
         .takes = "names of presets, each with its tiers and the followers they begin at",
         .standard = "",
         .help =
             "Tiers of your own, offered beside those of the program: two to eight of them, from "
             "small to large; who has fewer followers than the first has no tier.",
         .map = true},
    [SETTING_TIERS] = {.key = "tiers",
                       .takes = "textbook, hootsuite, later, hypeauditor or one of tier_presets",
                       .standard = "textbook",
                       .help = "The size tiers of a store for which none were chosen."},
    [SETTING_FEW] = {.key = "few",
                     .takes = "a number from 2 to 1000",
                     .standard = "5",
                     .help =
                         "How many known values a median, a share or a claim about tiers needs; "
                         "with less it says few."},
    [SETTING_BENCHMARKS] =
        {.key = "benchmarks",
         .takes = "platforms, each with a rate, or six of them by size, or a map of er and source",
         .standard = "",
         .help = "What an engagement rate is compared with where too few peers are known, before "
                 "the published rates of the program: instagram: 3%, or by size from 0, 1k, 5k, "
                 "20k, 100k and 1M followers on, where '-' leaves one to the program. A rate on "
                 "another basis than the platform's own is written instagram/views.",
         .map = true},
    [SETTING_PEERS] = {.key = "peers",
                       .takes = "a number from 2 to 1000000",
                       .standard = "30",
                       .help = "How many creators of the same platform and size their median takes "
                               "as what is expected; with less a benchmark serves."},
    [SETTING_FRESH_AUDIENCE] = {.key = "fresh_audience",
                                .takes = "days from 1 to 365",
                                .standard = "7",
                                .help = "How long followers and posts stay fresh after they were "
                                        "seen; older ones are shown as stale, with their age, and "
                                        "is:stale finds them."},
    [SETTING_FRESH_ENGAGEMENT] = {.key = "fresh_engagement",
                                  .takes = "days from 1 to 365",
                                  .standard = "14",
                                  .help = "The same for likes, comments, views and what rests on "
                                          "them."},
    [SETTING_KEYS] = {.key = "keys",
                      .takes = "names of commands, each with a key or a list of keys",
                      .standard = "",
                      .help = "Keys of your own, instead of those a command has: both are called "
                              "as `microscope commands` prints them, signs stand in quotes, and [] "
                              "takes all keys away. Esc, Ctrl-C and the ways to quit, menu and "
                              "help cannot be lost.",
                      .map = true},
};

typedef bool reader(struct config *config, enum setting_id id, const struct doc_node *node,
                    struct err *err);

static bool refuse(enum setting_id id, const struct doc_node *node, struct err *err)
{
    struct text value = text_part(node->value, 0, 60);
    return err_at(err, node->line, node->column, "'%s' takes %s%s%.*s%s", settings[id].key,
                  settings[id].takes, value.length ? ", not '" : "", (int)value.length,
                  value.length ? value.at : "", value.length ? "'" : "");
}

/* ---- words ---- */

static bool *flag_of(struct config *config, enum setting_id id)
{
    bool *const flags[SETTING_COUNT] = {
        [SETTING_COLOURS] = &config->colours, [SETTING_ASCII] = &config->ascii,
        [SETTING_BLOCKS] = &config->blocks,   [SETTING_MOUSE] = &config->mouse,
        [SETTING_PLAIN] = &config->plain,     [SETTING_CONFIRM] = &config->confirm,
    };
    return flags[id];
}

static bool read_flag(struct config *config, enum setting_id id, const struct doc_node *node,
                      struct err *err)
{
    return doc_bool(node, flag_of(config, id), NULL) || refuse(id, node, err);
}

/* Which of the words; -1: none of them. */
static int word_of(enum setting_id id, struct text value)
{
    struct text rest = text_of(settings[id].words), word;
    for (int i = 0; text_next(&rest, '|', &word); i++)
        if (text_equal_ascii_case(word, value))
            return i;
    return -1;
}

static bool read_ambiguous(struct config *config, enum setting_id id, const struct doc_node *node,
                           struct err *err)
{
    int word = word_of(id, node->value);
    config->ambiguous_wide = word == 1;
    return word >= 0 || refuse(id, node, err);
}

/* In the order of the words. */
static bool read_sign(char *sign, const char *signs, enum setting_id id,
                      const struct doc_node *node, struct err *err)
{
    int word = word_of(id, node->value);
    if (word < 0)
        return refuse(id, node, err);
    *sign = signs[word];
    return true;
}

static bool read_decimal(struct config *config, enum setting_id id, const struct doc_node *node,
                         struct err *err)
{
    return read_sign(&config->decimal, ".,", id, node, err);
}

static bool read_grouping(struct config *config, enum setting_id id, const struct doc_node *node,
                          struct err *err)
{
    static const char signs[] = {AUTOMATIC, ',', '.', ' ', '\0'};
    return read_sign(&config->grouping, signs, id, node, err);
}

static bool read_delay(struct config *config, enum setting_id id, const struct doc_node *node,
                       struct err *err)
{
    double milliseconds;
    if (!doc_number(node, &milliseconds, NULL) || !(milliseconds >= 1 && milliseconds <= 10000))
        return refuse(id, node, err);
    config->escape_seconds = milliseconds * 1e-3;
    return true;
}

static bool read_days(struct config *config, enum setting_id id, const struct doc_node *node,
                      struct err *err)
{
    double days;
    if (!doc_number(node, &days, NULL) || !(days >= FRESHNESS_LEAST && days <= FRESHNESS_MOST))
        return refuse(id, node, err);
    *(id == SETTING_FRESH_AUDIENCE ? &config->fresh.audience : &config->fresh.engagement) = days;
    return true;
}

static bool read_whole(double *out, double least, double most, enum setting_id id,
                       const struct doc_node *node, struct err *err)
{
    return (doc_number(node, out, NULL) && *out >= least && *out <= most && *out == floor(*out)) ||
           refuse(id, node, err);
}

static bool read_few(struct config *config, enum setting_id id, const struct doc_node *node,
                     struct err *err)
{
    return read_whole(&config->few, FEW_LEAST, FEW_MOST, id, node, err);
}

static bool read_peers(struct config *config, enum setting_id id, const struct doc_node *node,
                       struct err *err)
{
    double peers;
    if (!read_whole(&peers, PEERS_LEAST, PEERS_MOST, id, node, err))
        return false;
    config->benchmarks.peers = (uint32_t)peers;
    return true;
}

static bool read_tiers(struct config *config, enum setting_id id, const struct doc_node *node,
                       struct err *err)
{
    (void)id;
    return config_read_tiers(config, node, err);
}

/* ---- paths ---- */

static bool is_automatic(const struct doc_node *node)
{
    return node->kind == DOC_SCALAR && text_is(node->value, "auto");
}

/* Of the file that says so: ~ is home, what is relative starts in its folder. */
static void add_path(const struct config *config, const struct doc_node *node, struct buf *out)
{
    const char *home = getenv("HOME");
    struct text from = buf_text(&config->path);
    bool in_file = node->line > 0;
    while (from.length && from.at[from.length - 1] != '/')
        from.length--;
    buf_clear(out);
    if (in_file && home && text_starts(node->value, "~/"))
        buf_add_string(out, home);
    else if (in_file && !text_starts(node->value, "/"))
        buf_add_text(out, from);
    bool tilde = in_file && home && text_starts(node->value, "~/");
    buf_add_text(out, tilde ? text_part(node->value, 1, node->value.length) : node->value);
}

static bool read_store(struct config *config, enum setting_id id, const struct doc_node *node,
                       struct err *err)
{
    buf_clear(&config->store);
    if (!node->value.length)
        return refuse(id, node, err);
    if (!is_automatic(node))
        add_path(config, node, &config->store);
    return true;
}

struct theme_names {
    struct arena arena;
    const char **items;
    size_t count, capacity;
};

static void note_theme(void *self, const struct theme_found *found)
{
    struct theme_names *names = self;
    VEC_PUSH(names, arena_string(&names->arena, text_of(found->name)));
}

static bool unknown_theme(const struct doc_node *node, struct err *err)
{
    struct theme_names names = {.items = NULL};
    const char *nearest = NULL;
    if (themes_each(note_theme, &names, NULL))
        nearest = nearest_word(node->value, names.items, names.count, sizeof names.items[0]);
    err_at(err, node->line, node->column, "unknown theme '%.*s'%s%s%s",
           (int)text_part(node->value, 0, 60).length, node->value.at,
           nearest ? ": did you mean '" : "; microscope themes lists them", nearest ? nearest : "",
           nearest ? "'?" : "");
    free(names.items);
    arena_release(&names.arena);
    return false;
}

/* Whether the file is there is looked at now: its place in the configuration is known only here. */
static bool read_theme(struct config *config, enum setting_id id, const struct doc_node *node,
                       struct err *err)
{
    struct buf name = BUF_INIT, path = BUF_INIT;
    buf_clear(&config->theme);
    if (!node->value.length)
        return refuse(id, node, err);
    if (is_automatic(node))
        return true;
    if (memchr(node->value.at, '/', node->value.length)) {
        add_path(config, node, &config->theme);
        return true;
    }
    buf_add_text(&name, node->value);
    bool found = theme_find(buf_string(&name), &path);
    if (found)
        buf_add_text(&config->theme, node->value);
    buf_release(&name);
    buf_release(&path);
    return found || unknown_theme(node, err);
}

/* ---- lists ---- */

/* Calls for each word of a list, or of a text with commas. */
static bool each_word(struct config *config, const struct doc_node *node,
                      bool (*each)(struct config *config, struct text word, struct err *err),
                      struct err *err)
{
    struct err wrong;
    struct text rest = node->value, word;
    if (node->kind == DOC_SCALAR) {
        while (text_next(&rest, ',', &word))
            if (!each(config, text_trim(word), &wrong))
                return err_at(err, node->line, node->column, "%s", wrong.message);
        return true;
    }
    for (const struct doc_node *item = node->first; item; item = item->next) {
        if (item->kind != DOC_SCALAR)
            return err_at(err, item->line, item->column, "'%.*s' takes words",
                          (int)node->key.length, node->key.at);
        if (!each(config, text_trim(item->value), &wrong))
            return err_at(err, item->line, item->column, "%s", wrong.message);
    }
    return true;
}

static bool add_column(struct config *config, struct text word, struct err *err)
{
    enum column column = (enum column)LIST_CHOSEN_TREND;
    if (!text_is(word, "trend") && !column_find(word, &column)) {
        const char *nearest = column_nearest(word);
        return err_set(err, "unknown column '%.*s'%s%s%s", (int)text_part(word, 0, 60).length,
                       word.at, nearest ? ": did you mean '" : "; microscope columns lists them",
                       nearest ? nearest : "", nearest ? "'?" : "");
    }
    if (config->column_count == COUNT_OF(config->columns))
        return err_set(err, "at most %zu columns", COUNT_OF(config->columns));
    config->columns[config->column_count++] = column;
    return true;
}

static bool read_columns(struct config *config, enum setting_id id, const struct doc_node *node,
                         struct err *err)
{
    config->column_count = 0;
    if (is_automatic(node))
        return true;
    return each_word(config, node, add_column, err) &&
           (config->column_count > 0 || refuse(id, node, err));
}

static bool add_order(struct config *config, struct text word, struct err *err)
{
    struct query query;
    query_init(&query);
    buf_add_string(&config->sort, config->sort.length ? "," : "");
    buf_add_text(&config->sort, word);
    bool ok = query_parse_order(buf_text(&config->sort), &query, err);
    query_release(&query);
    return ok;
}

static bool read_sort(struct config *config, enum setting_id id, const struct doc_node *node,
                      struct err *err)
{
    buf_clear(&config->sort);
    return each_word(config, node, add_order, err) &&
           (config->sort.length > 0 || refuse(id, node, err));
}

/* ---- maps ---- */

static bool read_keys(struct config *config, enum setting_id id, const struct doc_node *node,
                      struct err *err)
{
    if (node->kind == DOC_SCALAR && node->value.length)
        return refuse(id, node, err);
    return config_read_keys(config, node, err);
}

static bool read_tier_presets(struct config *config, enum setting_id id,
                              const struct doc_node *node, struct err *err)
{
    if (node->kind == DOC_SCALAR && node->value.length)
        return refuse(id, node, err);
    return config_read_tier_presets(config, node, err);
}

static bool read_benchmarks(struct config *config, enum setting_id id, const struct doc_node *node,
                            struct err *err)
{
    if (node->kind == DOC_SCALAR && node->value.length)
        return refuse(id, node, err);
    return config_read_benchmarks(config, node, err);
}

/* ---- all of them ---- */

static reader *const readers[SETTING_COUNT] = {
    [SETTING_STORE] = read_store,
    [SETTING_THEME] = read_theme,
    [SETTING_COLOURS] = read_flag,
    [SETTING_ASCII] = read_flag,
    [SETTING_BLOCKS] = read_flag,
    [SETTING_AMBIGUOUS] = read_ambiguous,
    [SETTING_MOUSE] = read_flag,
    [SETTING_PLAIN] = read_flag,
    [SETTING_ESCAPE_DELAY] = read_delay,
    [SETTING_CONFIRM] = read_flag,
    [SETTING_DECIMAL] = read_decimal,
    [SETTING_GROUPING] = read_grouping,
    [SETTING_COLUMNS] = read_columns,
    [SETTING_SORT] = read_sort,
    [SETTING_FRESH_AUDIENCE] = read_days,
    [SETTING_FRESH_ENGAGEMENT] = read_days,
    [SETTING_TIERS] = read_tiers,
    [SETTING_KEYS] = read_keys,
    [SETTING_TIER_PRESETS] = read_tier_presets,
    [SETTING_FEW] = read_few,
    [SETTING_BENCHMARKS] = read_benchmarks,
    [SETTING_PEERS] = read_peers,
};

bool settings_read(struct config *config, enum setting_id id, const struct doc_node *node,
                   struct err *err)
{
    return readers[id](config, id, node, err);
}

struct text settings_environment(enum setting_id id)
{
    const char *name = settings[id].environment, *value = name ? getenv(name) : NULL;
    if (!value || !*value)
        return (struct text){0};
    return id == SETTING_COLOURS ? TEXT("no") : text_of(value); /* NO_COLOR: whatever it says */
}

bool settings_agree(const struct config *config, const struct doc_node *root, struct err *err)
{
    const struct doc_node *grouping = doc_find(root, settings[SETTING_GROUPING].key);
    const struct doc_node *decimal = doc_find(root, settings[SETTING_DECIMAL].key);
    if (config->grouping != config->decimal)
        return true;
    const struct doc_node *later =
        decimal && grouping && decimal->line > grouping->line ? decimal : grouping;
    return err_at(err, later->line, later->column,
                  "'grouping' and 'decimal' are the same sign: figures could not be read");
}

void settings_settle(struct config *config)
{
    char other = config->decimal == ',' ? '.' : ',';
    config->style =
        (struct number_style){.group = config->grouping == AUTOMATIC ? other : config->grouping,
                              .decimal = config->decimal};
}
