#include "app/help.h"
#include "base/utf8.h"
#include "domain/knob.h"
#include "spoken_internal.h"

/* The words that lines begin with, by what one wants to do; and what a word means. */

/* A line goes on in the next one where that has no label. */
void spoken_page(const struct model *model, struct buf *out)
{
    struct help help;
    help_make(model, &help);
    for (size_t i = 0; i < help.count; i++) {
        const struct help_line *line = &help.items[i];
        bool goes_on = i > 0 && !line->heading && line->label.length == 0 &&
                       line->text.length > 0 && !help.items[i - 1].heading &&
                       help.items[i - 1].text.length > 0;
        buf_add_string(out, i == 0 ? "" : goes_on ? " " : "\n");
        text_safe(out, line->label);
        buf_add_string(out, line->label.length > 0 ? ": " : "");
        spoken_signs(SPOKEN_REASON, line->text, out);
    }
    buf_add_char(out, '\n');
    help_release(&help);
}

static void add_word(const struct said_word *word, struct buf *out)
{
    buf_addf(out, "%s%s%s: %s.\n", word->word, word->form ? " " : "", word->form ? word->form : "",
             word->help);
}

static void add_all(struct buf *out)
{
    buf_add_string(out, "A line is a word of these, a number of those told last, filter words, the "
                        "name of any command, or its key.\n");
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        bool headed = false;
        for (size_t i = 0; i < said_word_count; i++) {
            if ((int)said_words[i].group != group)
                continue;
            if (!headed)
                buf_addf(out, "%s:\n", command_group_titles[group]);
            headed = true;
            add_word(&said_words[i], out);
        }
    }
    buf_add_string(out, "help and a word tells what it means: help roi, help columns, help "
                        "assumptions.\n");
}

static bool is(struct text about, const char *word)
{
    return text_equal_ascii_case(about, text_of(word));
}

/* Of more than one it is the front of the name that counts. */
static bool begins(struct text about, const char *word)
{
    return text_equal_ascii_case(about, text_part(text_of(word), 0, about.length));
}

static void add_column(enum column column, struct buf *out)
{
    struct buf text = BUF_INIT;
    help_column(column, &text);
    buf_addf(out, "%s, in filters %s: %s\n", columns[column].title, columns[column].key,
             buf_string(&text));
    buf_release(&text);
}

static void add_columns(struct buf *out)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        buf_addf(out, "%s: %s.\n", columns[i].key, columns[i].title);
}

static bool add_named(const struct model *model, struct text about, bool whole, struct buf *out)
{
    bool (*fits)(struct text about, const char *word) = whole ? is : begins;
    size_t before = out->length, at = 0;
    struct knob knob;
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (fits(about, columns[i].key) || fits(about, columns[i].title))
            add_column((enum column)i, out);
    for (size_t i = 0; i < said_word_count; i++)
        if (fits(about, said_words[i].word))
            add_word(&said_words[i], out);
    while (knob_next(&at, &model->scenario, &knob))
        if (fits(about, knob.key) || fits(about, knob.title))
            buf_addf(out, "%s, set %s: %s\n", knob.title, knob.key, knob.help);
    for (size_t i = 0; i < command_count; i++)
        if (fits(about, commands[i].name) || fits(about, commands[i].title))
            buf_addf(out, "%s, %s: %s\n", commands[i].name, commands[i].title, commands[i].help);
    return out->length > before;
}

void spoken_help(const struct model *model, struct buf *out)
{
    struct text about = buf_text(&model->said.about);
    enum column column;
    if (about.length == 0) {
        add_all(out);
        return;
    }
    if (is(about, "columns"))
        add_columns(out);
    if (add_named(model, about, true, out))
        return;
    if (column_find(about, &column)) {
        add_column(column, out);
        return;
    }
    if (add_named(model, about, false, out))
        return;
    buf_add_string(out, "Nothing is called ");
    text_safe(out, about);
    buf_add_string(out, "; help tells the words.\n");
}
