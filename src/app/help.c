#include "app/help.h"

#include <stdlib.h>

#include "app/layout.h"
#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "help_internal.h"

/* The box: at most so wide, with its frame; above and below it stay three rows. */
#define BOX_COLUMNS 112

int help_cells(const struct layout *layout)
{
    return (layout->columns < BOX_COLUMNS ? layout->columns : BOX_COLUMNS) - 2;
}

static int box_rows(const struct model *model)
{
    return model->layout.rows > 6 ? model->layout.rows - 5 - model->layout.told.rows : 1;
}

int help_search_rows(const struct model *model)
{
    int rows = box_rows(model);
    return model->overlay != OVERLAY_HELP || rows < 3 ? 0 : rows < 8 ? 1 : 2;
}

int help_rows(const struct model *model)
{
    return box_rows(model) - help_search_rows(model);
}

void help_release(struct help *help)
{
    if (!help)
        return;
    free(help->items);
    arena_release(&help->arena);
    bits_release(&help->told);
    bits_release(&help->passed);
    buf_release(&help->name);
    buf_release(&help->whole);
    *help = (struct help){.count = 0};
}

/* lines */

static void add(struct help *help, struct text label, struct text text, bool heading)
{
    struct help_line line = {arena_text(&help->arena, label), arena_text(&help->arena, text),
                             heading};
    VEC_PUSH(help, line);
}

static bool goes_on(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Where the first of `text` ends that fits into `room` bytes: at a blank, if there is one. */
static size_t break_at(struct text text, size_t room)
{
    size_t take = 0;
    if (text.length <= room)
        return text.length;
    for (size_t at = 0; at <= room; at++)
        if (text.at[at] == ' ')
            take = at;
    if (take)
        return take;
    for (take = room; take > 1 && goes_on(text.at[take]);)
        take--;
    return take;
}

/* The label stands before the first line, or, on narrow screens, above it. */
void help_entry(struct help *help, struct text label, struct text text)
{
    if (text_known(help->heading)) {
        if (help->count > 0)
            add(help, TEXT(""), TEXT(""), false);
        add(help, TEXT(""), help->heading, true);
        help->heading = (struct text){0};
    }
    if (help->indent < HELP_LABEL_CELLS) {
        add(help, label, TEXT(""), false);
        label = TEXT("");
    }
    while (text.length > 0) {
        size_t take = break_at(text, (size_t)(help->width - help->indent));
        add(help, label, text_part(text, 0, take), false);
        text = text_trim(text_part(text, take, text.length - take));
        label = TEXT("");
    }
}

void help_heading(struct help *help, const char *title)
{
    help->heading = arena_text(&help->arena, text_of(title));
}

/* what is sought */

static bool starts_with(struct text text, struct text part)
{
    size_t at;
    return text_find(text, part, &at) && at == 0;
}

/* Does it hold every word that was typed? */
static bool has_words(struct text words, const struct buf *folded)
{
    struct text word;
    size_t at;
    while (text_next(&words, ' ', &word))
        if (!text_find(buf_text(folded), word, &at))
            return false;
    return true;
}

static bool is_sought(struct help *help, struct text label, struct text title, struct text text)
{
    struct buf *name = &help->name, *whole = &help->whole;
    bool letter = help->typed.length == 1; /* all have it somewhere: what begins with it */
    buf_clear(name);
    utf8_fold(name, label);
    if (letter)
        return help->sought == HELP_NAMED && starts_with(buf_text(name), help->typed);
    if (help->sought == HELP_SCATTERED)
        return match_text(help->typed, label) || match_text(help->typed, title);
    buf_add_char(name, ' ');
    utf8_fold(name, title);
    bool named = has_words(help->typed, name);
    if (help->sought == HELP_NAMED || named)
        return named && help->sought == HELP_NAMED;
    buf_clear(whole);
    buf_add_text(whole, buf_text(name));
    buf_add_char(whole, ' ');
    utf8_fold(whole, text);
    return has_words(help->typed, whole);
}

void help_item(struct help *help, struct text label, const char *title, struct text text)
{
    struct buf whole = BUF_INIT;
    if (help->sought != HELP_ALL && !is_sought(help, label, text_of(title), text))
        return;
    if (*title)
        buf_addf(&whole, "%s. ", title);
    buf_add_text(&whole, text);
    help_entry(help, label, buf_text(&whole));
    buf_release(&whole);
}

static void help_search(const struct model *model, struct help *help, struct text typed)
{
    struct buf folded = BUF_INIT;
    utf8_fold(&folded, typed);
    help->typed = arena_text(&help->arena, buf_text(&folded));
    buf_release(&folded);
    help_on_key(model, help, typed);
    help->sought = HELP_NAMED;
    help_chapters(model, help);
    help->sought = HELP_MENTIONED;
    help_chapters(model, help);
    if (help->count == 0) {
        help->sought = HELP_SCATTERED;
        help_chapters(model, help);
    }
    help->heading = (struct text){0};
    if (help->count == 0)
        help_entry(help, TEXT(""), TEXT("Nothing here is called so. Esc shows all of it."));
}

/* Overlays that are pages of their own. */
static void (*const pages[])(const struct model *model, struct help *help) = {
    [OVERLAY_SUBJECT] = subject_tell,
    [OVERLAY_GONE] = gone_list,
    [OVERLAY_TOLD] = told_list,
    [OVERLAY_NAMED] = NULL,
};

void help_title(const struct model *model, struct buf *out)
{
    static const char *const titles[] = {[OVERLAY_HELP] = "Help",
                                         [OVERLAY_GONE] = "Gone from the source",
                                         [OVERLAY_TOLD] = "Messages"};
    if (model->overlay == OVERLAY_SUBJECT)
        subject_title(model, out);
    else
        buf_add_string(out, titles[model->overlay]);
}

bool overlay_is_help(const struct model *model)
{
    return model->overlay == OVERLAY_HELP || pages[model->overlay];
}

void help_make(const struct model *model, struct help *help)
{
    int cells = help_cells(&model->layout);
    struct text typed = text_trim(buf_text(&model->help_line.text));
    *help = (struct help){.width = cells - 2, .indent = 2};
    if (cells >= HELP_LABEL_CELLS * 2)
        help->indent = HELP_LABEL_CELLS;
    if (help->width < help->indent + 10)
        help->width = help->indent + 10;
    bits_resize(&help->told, command_count);
    bits_resize(&help->passed, command_count);
    if (pages[model->overlay])
        pages[model->overlay](model, help);
    else if (typed.length > 0)
        help_search(model, help, typed);
    else
        help_chapters(model, help);
    if (text_known(help->heading)) /* a page without entries says so in its heading */
        help_entry(help, TEXT(""), TEXT(""));
}
