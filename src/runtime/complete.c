#include "runtime/complete.h"

#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "catalog/filter.h"
#include "domain/column.h"
#include "domain/knob.h"
#include "domain/platform.h"
#include "domain/tier.h"
#include "exchange/writer.h"
#include "runtime/cli.h"
#include "runtime/config.h"

/* How a shell writes a branch. */
struct shell {
    const char *begin, *end; /* around the pattern */
    const char *close;       /* behind the words */
    const char *quote, *backslash;
};
static const struct shell sh = {"    ", ")\n        printf '%s\\n'", " ;;\n", "'\\''", "\\"};
static const struct shell fish = {"        case '", "'\n            printf '%s\\n'", "\n", "\\'",
                                  "\\\\"};

struct table {
    const struct shell *shell;
    struct buf *out;
};

static void begin(struct table *table, const char *kind, const char *of, const char *action)
{
    buf_addf(table->out, "%s%s%s%s%s%s%s", table->shell->begin, kind, of ? ":" : "", of ? of : "",
             action ? ":" : "", action ? action : "", table->shell->end);
}

static void quoted(struct table *table, const char *text)
{
    for (; *text; text++)
        if (*text == '\'')
            buf_add_string(table->out, table->shell->quote);
        else if (*text == '\\')
            buf_add_string(table->out, table->shell->backslash);
        else
            buf_add_char(table->out, *text);
}

static void word(struct table *table, const char *before, const char *name, const char *after,
                 const char *help)
{
    buf_add_string(table->out, " \\\n            '");
    quoted(table, before);
    quoted(table, name);
    quoted(table, after);
    if (help) {
        buf_add_char(table->out, '\t');
        quoted(table, help);
    }
    buf_add_char(table->out, '\'');
}

static void end(struct table *table)
{
    buf_add_string(table->out, table->shell->close);
}

/* ---- verbs, actions, options ---- */

static void add_verbs(struct table *table)
{
    begin(table, "verbs", NULL, NULL);
    for (size_t i = 1; i < verb_count; i++)
        word(table, "", verbs[i].name, "", verbs[i].title);
    end(table);
}

static void add_options(struct table *table, uint64_t options, bool everywhere, const char *verb,
                        const char *action)
{
    bool any = everywhere;
    for (size_t i = 0; i < OPTION_COUNT; i++)
        any = any || options >> i & 1;
    if (!any)
        return;
    begin(table, "options", verb, action);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (everywhere ? cli_options[i].everywhere : options >> i & 1)
            word(table, "--", cli_options[i].name, "", cli_options[i].help);
    end(table);
}

static void add_values(struct table *table)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct cli_option_row *option = &cli_options[i];
        if (!option->value)
            continue;
        begin(table, "value", option->name, NULL);
        word(table, "", option->completes ? option->completes : "any", "", NULL);
        end(table);
    }
}

/* ---- words after a verb ---- */

static const struct {
    const char *word, *kind;
} place_kinds[] = {
    {"FILE", "files"},   {"STORE", "files"},    {"OUT", "files"},       {"FILTER", "filters"},
    {"VERB", "verbs"},   {"KEY", "settings"},   {"NAME", "scenarios"},  {"FROM", "scenarios"},
    {"TO", "scenarios"}, {"PRESET", "presets"}, {"KEY=VALUE", "knobs"}, {"VIEW", "views"},
};

static const char *kind_of(struct text word)
{
    for (size_t i = 0; i < COUNT_OF(place_kinds); i++)
        if (text_is(word, place_kinds[i].word))
            return place_kinds[i].kind;
    return "any";
}

/* "OUT [FILTER...]": "files filters+". */
static void add_places(struct table *table, const char *words, const char *verb, const char *action)
{
    struct buf kinds = BUF_INIT;
    struct text rest = text_of(words), piece;
    while (text_next(&rest, ' ', &piece)) {
        size_t from = piece.length && piece.at[0] == '[', to = piece.length;
        while (to > from && strchr(".]", piece.at[to - 1]))
            to--;
        bool again = memchr(piece.at, '.', piece.length) != NULL;
        if (to > from && piece.at[from] != '-' && !text_starts(piece, "N"))
            buf_addf(&kinds, "%s%s%s", kinds.length ? " " : "",
                     kind_of(text_part(piece, from, to - from)), again ? "+" : "");
    }
    if (kinds.length) {
        begin(table, "place", verb, action);
        word(table, "", buf_string(&kinds), "", NULL);
        end(table);
    }
    buf_release(&kinds);
}

static void add_actions(struct table *table, const struct verb *verb)
{
    begin(table, "actions", verb->name, NULL);
    for (const struct verb_action *action = verb->actions; action->name; action++)
        word(table, "", action->name, "", action->help);
    end(table);
    for (const struct verb_action *action = verb->actions; action->name; action++) {
        add_options(table, action->options, false, verb->name, action->name);
        add_places(table, action->words, verb->name, action->name);
    }
}

/* ---- kinds ---- */

static void add_columns(struct table *table)
{
    begin(table, "columns", NULL, NULL);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        word(table, "", columns[i].key, "", columns[i].title);
    end(table);
}

static void add_filter_keys(struct table *table)
{
    begin(table, "filters", NULL, NULL);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        word(table, "", columns[i].key, ":", columns[i].title);
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        bool seen = false;
        for (size_t k = 0; k < i; k++)
            seen = seen || strcmp(filter_flags[k].key, filter_flags[i].key) == 0;
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            seen = seen || strcmp(columns[k].key, filter_flags[i].key) == 0;
        if (!seen)
            word(table, "", filter_flags[i].key, ":", filter_flags[i].word);
    }
    word(table, "", FILTER_HAS_KEY, ":", "the value is known");
    word(table, "", FILTER_BATCH_KEY, ":", "came with an import");
    end(table);
}

/* Flags by their key; a key that is a column's as well only where it has no other words. */
static void add_flag_values(struct table *table)
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && strcmp(filter_flags[k].key, filter_flags[i].key) != 0;
        if (!first)
            continue;
        begin(table, "filter", filter_flags[i].key, NULL);
        for (size_t k = i; k < FLAG_COUNT; k++)
            if (strcmp(filter_flags[k].key, filter_flags[i].key) == 0)
                word(table, "", filter_flags[k].word, "", NULL);
        end(table);
    }
}

static void add_filter_values(struct table *table)
{
    begin(table, "filter", FILTER_BATCH_KEY, NULL);
    word(table, "", FILTER_BATCH_LAST, "", "the last one");
    end(table);
    begin(table, "filter", FILTER_HAS_KEY, NULL);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        word(table, "", columns[i].key, "", columns[i].title);
    end(table);
    begin(table, "filter", columns[COL_TIER].key, NULL);
    for (int i = 0; i < tier_preset_count; i++)
        for (int k = 0; k < tier_presets[i].count; k++) {
            bool seen = false;
            for (int j = 0; j < i; j++)
                seen = seen || tier_from_word(&tier_presets[j],
                                              text_of(tier_presets[i].bands[k].word)) != TIER_NONE;
            if (!seen)
                word(table, "", tier_presets[i].bands[k].word, "", NULL);
        }
    end(table);
    begin(table, "filter", columns[COL_PLATFORM].key, NULL);
    for (int i = 0; i < PLATFORM_COUNT; i++)
        word(table, "", platforms[i].word, "", NULL);
    end(table);
}

static void add_platforms(struct table *table)
{
    begin(table, "platforms", NULL, NULL);
    for (int i = 0; i < PLATFORM_COUNT; i++)
        word(table, "", platforms[i].word, "", NULL);
    end(table);
}

static void add_formats(struct table *table)
{
    begin(table, "formats", NULL, NULL);
    for (size_t i = 0; i < exporter_count; i++)
        word(table, "", exporters[i].name, "", NULL);
    end(table);
}

static void add_settings(struct table *table)
{
    begin(table, "settings", NULL, NULL);
    for (size_t i = 0; i < SETTING_COUNT; i++)
        word(table, "", settings[i].key, "", settings[i].takes);
    end(table);
}

static void add_presets(struct table *table)
{
    const char *const keys[][2] = {{"presets", NULL}, {"knob", "preset"}};
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        begin(table, keys[i][0], keys[i][1], NULL);
        for (size_t k = 0; k < scenario_preset_count; k++)
            word(table, "", scenario_presets[k].name, "", scenario_presets[k].title);
        end(table);
    }
}

static void add_knobs(struct table *table)
{
    struct scenario fresh;
    struct knob knob;
    scenario_init(&fresh);
    begin(table, "knobs", NULL, NULL);
    word(table, "", "preset", "=", "several at once");
    for (size_t at = 0; knob_next(&at, &fresh, &knob);)
        word(table, "", knob.key, "=", knob.title);
    end(table);
    for (size_t at = 0; knob_next(&at, &fresh, &knob);) {
        if (!text_known(knob_choice(&knob, 0)))
            continue;
        begin(table, "knob", knob.key, NULL);
        struct text choice;
        for (size_t i = 0; text_known(choice = knob_choice(&knob, i)); i++) {
            char name[KNOB_VALUE_MOST];
            snprintf(name, sizeof name, "%.*s", (int)choice.length, choice.at);
            word(table, "", name, "", NULL);
        }
        end(table);
    }
}

static void add_all(struct table *table)
{
    add_verbs(table);
    add_options(table, 0, true, NULL, NULL);
    add_values(table);
    for (size_t i = 1; i < verb_count; i++) {
        add_options(table, verbs[i].options, false, verbs[i].name, NULL);
        if (verbs[i].actions)
            add_actions(table, &verbs[i]);
        else
            add_places(table, verbs[i].words, verbs[i].name, NULL);
    }
    add_columns(table);
    add_filter_keys(table);
    add_flag_values(table);
    add_filter_values(table);
    add_platforms(table);
    add_formats(table);
    add_settings(table);
    add_presets(table);
    add_knobs(table);
}

void complete_sh(struct buf *out)
{
    add_all(&(struct table){&sh, out});
}

void complete_fish(struct buf *out)
{
    add_all(&(struct table){&fish, out});
}
