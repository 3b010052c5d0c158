#include <string.h>

#include "base/text.h"
#include "exchange/import.h"
#include "runtime/cli.h"

/* --help, from the tables of verbs and options. */

#define WIDTH 78

static void add_option(struct buf *out, const struct cli_option_row *option)
{
    buf_addf(out, "--%s", option->name);
    if (option->value)
        buf_addf(out, " %s", option->value);
}

void cli_usage(const struct verb *verb, struct buf *out)
{
    buf_add_string(out, "microscope");
    if (verb->name[0])
        buf_addf(out, " %s", verb->name);
    if (verb->words[0])
        buf_addf(out, " %s", verb->words);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (verb->options >> i & 1 && !strstr(verb->words, cli_options[i].name)) {
            buf_add_string(out, " [");
            add_option(out, &cli_options[i]);
            buf_add_char(out, ']');
        }
}

/* Words from column `from` on, broken before the edge. */
static void add_wrapped(struct buf *out, size_t from, size_t at, const char *words)
{
    struct text rest = text_of(words), word;
    while (text_next(&rest, ' ', &word)) {
        if (at + word.length > WIDTH && at > from) {
            buf_cut(out, out->length - 1); /* the blank before */
            buf_add_char(out, '\n');
            buf_add_repeat(out, ' ', from);
            at = from;
        }
        buf_add_text(out, word);
        at += word.length;
        if (rest.length) {
            buf_add_char(out, ' ');
            at++;
        }
    }
    buf_add_char(out, '\n');
}

static void add_entry(struct buf *out, size_t from, size_t start, const char *text)
{
    size_t length = out->length - start;
    if (length + 2 > from) {
        buf_add_char(out, '\n');
        length = 0;
    }
    buf_add_repeat(out, ' ', from - length);
    add_wrapped(out, from, from, text);
}

static void add_options(struct buf *out, const struct verb *verb)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        bool wanted = verb ? verb->options >> i & 1 : cli_options[i].everywhere;
        if (!wanted)
            continue;
        size_t start = out->length;
        buf_add_string(out, "  ");
        add_option(out, &cli_options[i]);
        add_entry(out, 22, start, cli_options[i].help);
    }
}

/* The file of --map. */
static void add_map(struct buf *out)
{
    struct text lines = text_of(import_map_example), line;
    buf_add_string(
        out, "\nA mapping file says what was not found out, as YAML; all keys are optional:\n");
    for (size_t i = 0; i < import_map_key_count; i++) {
        size_t start = out->length;
        buf_addf(out, "  %s:", import_map_keys[i].key);
        add_entry(out, 22, start, import_map_keys[i].help);
    }
    buf_add_string(out, "\nFor example, used with --map MAP.yaml:\n");
    while (text_next(&lines, '\n', &line) && line.length)
        buf_addf(out, "  %.*s\n", (int)line.length, line.at);
}

static void add_actions(struct buf *out, const struct verb *verb)
{
    buf_add_char(out, '\n');
    for (const struct verb_action *action = verb->actions; action->name; action++) {
        size_t start = out->length;
        buf_addf(out, "  %s%s%s", action->name, action->words[0] ? " " : "", action->words);
        add_entry(out, 22, start, action->help);
    }
}

static void help_verb(const struct verb *verb, struct buf *out)
{
    struct buf usage = BUF_INIT;
    cli_usage(verb, &usage);
    add_wrapped(out, 4, 0, buf_string(&usage));
    buf_release(&usage);
    buf_addf(out, "\n%s.\n\n", verb->title);
    add_wrapped(out, 0, 0, verb->help);
    if (verb->actions)
        add_actions(out, verb);
    if (verb->options) {
        buf_add_char(out, '\n');
        add_options(out, verb);
    }
    struct text lines = text_of(verb->examples), line;
    if (verb->examples)
        buf_add_string(out, "\nFor example:\n");
    while (verb->examples && text_next(&lines, '\n', &line))
        buf_addf(out, "  %.*s\n", (int)line.length, line.at);
    if (verb->options >> OPTION_MAP & 1)
        add_map(out);
    buf_add_string(out, "\nOptions of all commands: microscope --help\n");
}

void cli_help(const struct verb *verb, struct buf *out)
{
    if (verb) {
        help_verb(verb, out);
        return;
    }
    buf_add_string(out, "microscope: explore and compare influencers by what they earn back\n\n");
    for (size_t i = 0; i < verb_count; i++) {
        size_t start = out->length;
        buf_addf(out, "  microscope %s%s%s", verbs[i].name,
                 verbs[i].name[0] && verbs[i].words[0] ? " " : "", verbs[i].words);
        add_entry(out, 39, start, verbs[i].title);
    }
    buf_add_string(out, "\nOptions, before or after other words:\n");
    add_options(out, NULL);
    buf_add_string(out, "\nmicroscope help VERB tells more. In the explorer ? shows all keys.\n"
                        "Exit status: 0 done, 1 failed, 2 wrong use, 3 done but rows rejected.\n");
}
