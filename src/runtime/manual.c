#include "runtime/manual.h"

#include <string.h>

#include "app/command.h"
#include "app/key.h"
#include "app/named.h"
#include "app/said.h"
#include "base/vec.h"
#include "catalog/filter.h"
#include "domain/column.h"
#include "domain/pack.h"
#include "domain/show.h"
#include "exchange/import.h"
#include "exchange/log.h"
#include "runtime/cli.h"
#include "runtime/complete.h"
#include "runtime/config.h"

/* scdoc takes these for markup wherever they stand. */
static void add_plain(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\*_#[]|+-<>~`.", *text))
            buf_add_char(out, '\\');
        buf_add_char(out, *text);
    }
}

static void add_bold(struct buf *out, const char *text)
{
    buf_add_char(out, '*');
    add_plain(out, text);
    buf_add_char(out, '*');
}

/* What a person has to put in: words in capitals, without the brackets around them. */
static void add_words(struct buf *out, const char *words)
{
    struct text rest = text_of(words), word;
    while (text_next(&rest, ' ', &word)) {
        char plain[64];
        size_t length = word.length < sizeof plain ? word.length : sizeof plain - 1;
        memcpy(plain, word.at, length);
        plain[length] = '\0';
        buf_add_char(out, ' ');
        if (plain[0] == '-') {
            add_bold(out, plain);
            continue;
        }
        for (char *c = plain; *c; c++) {
            bool letter = (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z');
            bool before =
                c > plain && ((c[-1] >= 'A' && c[-1] <= 'Z') || (c[-1] >= 'a' && c[-1] <= 'z'));
            if (letter != before)
                buf_add_char(out, '_');
            add_plain(out, (char[]){*c, '\0'});
        }
        if (plain[0] && strchr("]).", plain[length - 1]) == NULL)
            buf_add_char(out, '_');
    }
}

static void add_option_name(struct buf *out, const struct cli_option_row *option)
{
    struct buf name = BUF_INIT;
    buf_addf(&name, "--%s", option->name);
    add_bold(out, buf_string(&name));
    buf_release(&name);
    if (option->value) {
        buf_add_string(out, " _");
        add_plain(out, option->value);
        buf_add_char(out, '_');
    }
}

static void add_verb_name(struct buf *out, const struct verb *verb)
{
    struct buf name = BUF_INIT;
    buf_addf(&name, "microscope%s%s", verb->name[0] ? " " : "", verb->name);
    add_bold(out, buf_string(&name));
    buf_release(&name);
    add_words(out, verb->words);
}

static void add_entry(struct buf *out, const char *text)
{
    buf_add_string(out, "\n\t");
    add_plain(out, text);
    buf_add_string(out, "\n\n");
}

static void part_synopsis(struct buf *out)
{
    for (size_t i = 0; i < verb_count; i++) {
        add_verb_name(out, &verbs[i]);
        buf_add_string(out, "\n\n");
    }
}

static void add_options(struct buf *out, const struct verb *verb)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool wanted = verb ? verb->options >> i & 1 : cli_options[i].everywhere;
        if (!wanted)
            continue;
        buf_add_string(out, verb ? "\t" : "");
        add_option_name(out, &cli_options[i]);
        buf_add_string(out, verb ? "\n\t\t" : "\n\t");
        add_plain(out, cli_options[i].help);
        buf_add_string(out, "\n\n");
    }
}

static void add_examples(struct buf *out, const char *examples)
{
    struct text lines = text_of(examples), line;
    if (!examples)
        return;
    buf_add_string(out, "\tFor example:\n\n\t```\n");
    while (text_next(&lines, '\n', &line))
        buf_addf(out, "\t%.*s\n", (int)line.length, line.at);
    buf_add_string(out, "\t```\n\n");
}

static void add_actions(struct buf *out, const struct verb *verb)
{
    for (const struct verb_action *action = verb->actions; action && action->name; action++) {
        buf_add_char(out, '\t');
        add_bold(out, action->name);
        add_words(out, action->words);
        buf_add_string(out, "\n\t\t");
        add_plain(out, action->help);
        buf_add_string(out, "\n\n");
    }
}

static void part_verbs(struct buf *out)
{
    for (size_t i = 0; i < verb_count; i++) {
        add_verb_name(out, &verbs[i]);
        buf_add_string(out, "\n\t");
        add_plain(out, verbs[i].title);
        buf_add_string(out, "\\. ");
        add_plain(out, verbs[i].help);
        buf_add_string(out, "\n\n");
        add_actions(out, &verbs[i]);
        add_options(out, &verbs[i]);
        add_examples(out, verbs[i].examples);
    }
}

static void part_options(struct buf *out)
{
    add_options(out, NULL);
}

static void part_map(struct buf *out)
{
    struct text lines = text_of(import_map_example), line;
    for (size_t i = 0; i < import_map_key_count; i++) {
        add_bold(out, import_map_keys[i].key);
        add_entry(out, import_map_keys[i].help);
    }
    buf_add_string(out, "For example:\n\n```\n");
    while (text_next(&lines, '\n', &line) && line.length)
        buf_addf(out, "%.*s\n", (int)line.length, line.at);
    buf_add_string(out, "```\n\n");
}

static void part_report(struct buf *out)
{
    for (size_t i = 0; i < import_log_key_count; i++) {
        add_bold(out, import_log_keys[i].key);
        add_entry(out, import_log_keys[i].help);
    }
}

static void add_example(struct buf *out, const char *example)
{
    struct text lines = text_of(example), line;
    buf_add_string(out, "```\n");
    while (text_next(&lines, '\n', &line) && line.length)
        buf_addf(out, "%.*s\n", (int)line.length, line.at);
    buf_add_string(out, "```\n\n");
}

static void part_scenario(struct buf *out)
{
    add_example(out, scenario_example);
}

static void part_views(struct buf *out)
{
    add_example(out, named_example);
}

static void part_operators(struct buf *out)
{
    for (size_t i = 0; i < filter_op_count; i++) {
        add_bold(out, filter_ops[i].sign);
        add_entry(out, filter_ops[i].means);
    }
}

static void part_columns(struct buf *out)
{
    int group = -1;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        const struct column_row *row = &columns[i];
        if ((int)row->group != group) {
            group = (int)row->group;
            buf_add_string(out, "## ");
            add_plain(out, column_group_titles[group]);
            buf_add_string(out, "\n\n");
        }
        add_bold(out, row->key);
        buf_add_string(out, " (");
        add_plain(out, row->title);
        buf_add_string(out, row->stored && !row->kept ? ")" : ", computed)");
        add_entry(out, row->help);
    }
}

static void part_parameters(struct buf *out)
{
    struct scenario fresh;
    struct knob knob;
    scenario_init(&fresh);
    for (size_t at = 0; knob_next(&at, &fresh, &knob);) {
        struct buf help = BUF_INIT, value = BUF_INIT;
        if (knob.kind == KNOB_NUMBER && !isnan(knob.standard))
            show_number(&value, knob.unit, knob.standard, true, number_style_english);
        else
            scenario_knob_get(&fresh, text_of(knob.key), &value);
        buf_addf(&help, "%s Default %s: %s.", knob.help, value.length ? buf_string(&value) : "none",
                 knob.source);
        add_bold(out, knob.key);
        buf_add_string(out, " (");
        add_plain(out, knob.title);
        buf_add_char(out, ')');
        add_entry(out, buf_string(&help));
        buf_release(&help);
        buf_release(&value);
    }
}

static void part_settings(struct buf *out)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "%s Takes %s; %s where nothing is said.", settings[i].help,
                 settings[i].takes, settings[i].map ? "nothing" : settings[i].standard);
        add_bold(out, settings[i].key);
        add_entry(out, buf_string(&text));
        buf_release(&text);
    }
}

static void part_keys(struct buf *out)
{
    int group = -1;
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        if ((int)command->group != group) {
            group = (int)command->group;
            buf_add_string(out, "## ");
            add_plain(out, command_group_titles[group]);
            buf_add_string(out, "\n\n");
        }
        for (int k = 0; k < COMMAND_KEYS && command->keys[k]; k++) {
            struct buf key = BUF_INIT;
            key_label(command->keys[k], &key);
            buf_add_string(out, k ? ", " : "");
            add_bold(out, buf_string(&key));
            buf_release(&key);
        }
        buf_add_string(out, command->keys[0] ? "  " : "");
        add_plain(out, command->name);
        buf_add_string(out, "\n\t");
        add_plain(out, command->title);
        buf_add_string(out, "\\. ");
        add_plain(out, command->help);
        buf_add_string(out, "\n\n");
    }
}

static void part_lines(struct buf *out)
{
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        bool headed = false;
        for (size_t i = 0; i < said_word_count; i++) {
            const struct said_word *word = &said_words[i];
            if ((int)word->group != group)
                continue;
            if (!headed) {
                buf_add_string(out, "## ");
                add_plain(out, command_group_titles[group]);
                buf_add_string(out, "\n\n");
            }
            headed = true;
            add_bold(out, word->word);
            add_words(out, word->form ? word->form : "");
            add_entry(out, word->help);
        }
    }
}

static const struct {
    const char *name;
    void (*add)(struct buf *out);
} parts[] = {
    {"@SYNOPSIS@", part_synopsis},
    {"@VERBS@", part_verbs},
    {"@SCENARIO@", part_scenario},
    {"@VIEWS@", part_views},
    {"@OPTIONS@", part_options},
    {"@MAP@", part_map},
    {"@REPORT@", part_report},
    {"@OPERATORS@", part_operators},
    {"@COLUMNS@", part_columns},
    {"@ASSUMPTIONS@", part_parameters},
    {"@SETTINGS@", part_settings},
    {"@BRANCHES_SH@", complete_sh},
    {"@BRANCHES_FISH@", complete_fish},
    {"@KEYS@", part_keys},
    {"@LINES@", part_lines},
};

static bool add_part(struct text name, struct buf *out)
{
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (text_is(name, parts[i].name)) {
            parts[i].add(out);
            while (out->length > 1 && out->at[out->length - 2] == '\n')
                buf_cut(out, out->length - 1);
            return true;
        }
    return false;
}

bool manual_expand(struct text source, struct buf *out, struct err *err)
{
    struct text line;
    for (size_t number = 1; text_next(&source, '\n', &line); number++) {
        bool part = line.length > 2 && line.at[0] == '@' && line.at[line.length - 1] == '@';
        if (part && add_part(line, out))
            continue;
        if (part)
            return err_at(err, number, 1, "unknown part '%.*s'", (int)line.length, line.at);
        buf_add_text(out, line);
        buf_add_char(out, '\n');
    }
    return true;
}
