#include <stdlib.h>

#include "base/vec.h"
#include "ui_internal.h"

/* Help, made from the registries: the words first, then the keys of each place, then every column. */

struct help_line {
    struct text label, text; /* label null: `text` is a heading or a continuation */
    bool heading;
};

struct help {
    struct arena arena;
    struct help_line *items;
    size_t count, capacity;
    size_t width;
    const struct width_table *widths;
};

#define LABEL_CELLS 22

static void add(struct help *help, struct text label, struct text text, bool heading)
{
    struct help_line line = {arena_text(&help->arena, label), arena_text(&help->arena, text),
                             heading};
    VEC_PUSH(help, line);
}

/* Breaks `text` at blanks into lines of the width; the label stands before the first. */
static void add_wrapped(struct help *help, struct text label, struct text text)
{
    size_t room = help->width - LABEL_CELLS;
    while (text.length > 0) {
        size_t take = text.length;
        if (text_width(text, help->widths) > room) {
            take = 0;
            for (size_t at = 0; at < text.length; at++)
                if (text.at[at] == ' ' && text_width(text_part(text, 0, at), help->widths) <= room)
                    take = at;
            if (take == 0)
                take = text.length;
        }
        add(help, label, text_part(text, 0, take), false);
        text = text_trim(text_part(text, take, text.length - take));
        label = TEXT("");
    }
}

static void heading(struct help *help, const char *title)
{
    if (help->count > 0)
        add(help, TEXT(""), TEXT(""), false);
    add(help, TEXT(""), text_of(title), true);
}

static const struct {
    const char *word, *text;
} words[] = {
    {"creator", "One account of an influencer on one platform."},
    {"niche", "What a creator talks about. A creator may have several."},
    {"tier",
     "A band of followers: nano, micro, macro, mega. A micro-influencer has 1,000 to 100,000 "
     "followers; other presets draw the lines elsewhere, and the preset's name stands beside."},
    {"ER",
     "Engagement rate: interactions for each follower (or view) of a post. Rates on different "
     "bases are never compared; '!' flags them."},
    {"peers",
     "Creators of the same platform and size. vs peers is a creator's ER against the median "
     "of these: 1.50x is half as much again. It compares across platforms."},
    {"ROI",
     "Return on investment: contribution less cost, for each unit of cost. 0% gets the money "
     "back. All of it is a forecast from assumptions that you can see with i."},
    {"8 in 10 between", "The range the result lies in eight times out of ten, were the assumptions "
                        "right on average."},
    {"~", "Rests on a fee that is our estimate. Ask for the real one; fee:known leaves them out."},
    {">", "At least: a part of the interactions is hidden."},
    {"!", "An assumption, or figures that cannot be compared."},
    {"-", "Unknown. Unknown is never counted as zero and stands last in every order."},
    {"✓  *", "Ticked (for now), and in the plan (stays until you take it out)."},
};

static void help_words(struct help *help)
{
    heading(help, "Words");
    for (size_t i = 0; i < COUNT_OF(words); i++)
        add_wrapped(help, text_of(words[i].word), text_of(words[i].text));
}

static void keys_text(const struct command *command, struct buf *out)
{
    for (size_t k = 0; k < COMMAND_KEYS && command->keys[k]; k++) {
        buf_add_string(out, k ? "  " : "");
        key_label(command->keys[k], out);
    }
}

static void help_commands(struct help *help, enum context context, const char *title)
{
    heading(help, title);
    for (int group = 0; group < COMMAND_GROUPS; group++)
        for (size_t i = 0; i < command_count; i++) {
            if ((int)commands[i].group != group || !(commands[i].contexts >> context & 1))
                continue;
            struct buf keys = BUF_INIT, text = BUF_INIT;
            keys_text(&commands[i], &keys);
            buf_addf(&text, "%s. %s", commands[i].title, commands[i].help);
            add_wrapped(help, buf_text(&keys), buf_text(&text));
            buf_release(&keys);
            buf_release(&text);
        }
}

static void help_filters(struct help *help)
{
    static const struct {
        const char *word, *text;
    } examples[] = {
        {"niche:beauty,skincare", "One of these; a comma means or."},
        {"tier:micro er>=3%", "Both; a blank means and."},
        {"followers:10k..50k", "Between, both included. Units k M and %."},
        {"fee<500 fee:known", "Bounds on fees count estimates unless fee:known is there too."},
        {"-tag:kids", "Not. A leading minus turns a word round."},
        {"has:reach_post", "The figure is known."},
        {"is:ticked in:plan", "Yours. is:stale finds figures that are out of date."},
        {"\"vegan\" vegan", "Handle, name or bio hold it; case and accents do not matter."},
    };
    heading(help, "Filter words");
    for (size_t i = 0; i < COUNT_OF(examples); i++)
        add_wrapped(help, text_of(examples[i].word), text_of(examples[i].text));
}

static void help_columns(struct help *help)
{
    heading(help, "Figures and facts");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct buf label = BUF_INIT;
        buf_addf(&label, "%s", columns[i].key);
        add_wrapped(help, buf_text(&label), text_of(columns[i].help));
        buf_release(&label);
    }
}

static void help_build(const struct model *model, struct help *help)
{
    enum context context = model_place_context(model);
    help_words(help);
    help_commands(help, context, context == CONTEXT_LIST ? "Keys in the list" : "Keys here");
    if (context != CONTEXT_LIST)
        help_commands(help, CONTEXT_LIST, "Keys in the list");
    if (context != CONTEXT_FILTERS)
        help_commands(help, CONTEXT_FILTERS, "Keys in the filter pane");
    if (context != CONTEXT_COMPARE)
        help_commands(help, CONTEXT_COMPARE, "Keys in the comparison");
    help_filters(help);
    help_columns(help);
}

void pane_help(const struct model *model, struct canvas *canvas)
{
    struct area area =
        frame_box(canvas, 110, canvas->rows, TEXT("Help"), "Up Down scroll  Esc close");
    struct help help = {
        .width = (size_t)(area.columns > LABEL_CELLS + 12 ? area.columns - 2 : LABEL_CELLS + 12),
        .widths = canvas->widths};
    help_build(model, &help);
    size_t most = help.count > (size_t)area.rows ? help.count - (size_t)area.rows : 0;
    size_t top = model->overlay_scroll.top < most ? model->overlay_scroll.top : most;
    for (int i = 0; i < area.rows && top + (size_t)i < help.count; i++) {
        const struct help_line *line = &help.items[top + (size_t)i];
        int y = area.row + i;
        if (line->heading) {
            canvas_text(canvas, area.column + 1, y, ink_strong(ROLE_TITLE), line->text);
            continue;
        }
        canvas_fit(canvas, area.column + 1, y, LABEL_CELLS - 1, FIT_LEFT, ink_strong(ROLE_KEY),
                   line->label);
        canvas_fit(canvas, area.column + 1 + LABEL_CELLS, y, area.columns - LABEL_CELLS - 2,
                   FIT_LEFT, ink(ROLE_TEXT), line->text);
    }
    free(help.items);
    arena_release(&help.arena);
}
