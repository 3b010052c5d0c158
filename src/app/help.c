#include "app/help.h"

#include <stdlib.h>

#include "app/model.h"
#include "help_internal.h"
#include "base/vec.h"

/* The box: at most so wide, with its frame; above and below it stay three rows. */
#define BOX_COLUMNS 112

int help_cells(const struct layout *layout)
{
    return (layout->columns < BOX_COLUMNS ? layout->columns : BOX_COLUMNS) - 2;
}

int help_rows(const struct layout *layout)
{
    return layout->rows > 6 ? layout->rows - 5 - layout->told.rows : 1;
}

void help_release(struct help *help)
{
    if (!help)
        return;
    free(help->items);
    arena_release(&help->arena);
    *help = (struct help){.count = 0};
}

static void add(struct help *help, struct text label, struct text text, bool heading)
{
    struct help_line line = {arena_text(&help->arena, label), arena_text(&help->arena, text),
                             heading};
    VEC_PUSH(help, line);
}

/* Where the first of `text` ends that fits into `room` cells: at a blank, if there is one. */
static size_t break_at(struct text text, size_t room)
{
    size_t take = 0;
    if (text.length <= room)
        return text.length;
    for (size_t at = 0; at <= room; at++)
        if (text.at[at] == ' ')
            take = at;
    return take ? take : room;
}

/* The label stands before the first line, or, on narrow screens, above it. */
void help_entry(struct help *help, struct text label, struct text text)
{
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
    {"holds here",
     "Of a thing people say about micro-influencers: it is so among the creators shown. Cannot be "
     "said: under five known on a side, more than half unknown, or under 5% apart."},
    {"together", "ROI of a tier as if it were one deal: all that comes back less all cost, for "
                 "each unit of cost. The median is of single creators."},
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
    {"middle",
     "Half of the outcomes lie below it. ROI itself is the mean of all outcomes, which lies above: "
     "a few very good ones pull it up."},
    {"chance", "How likely it is that one creator really returns more for each unit of money than "
               "the other. Near 50% there is no telling."},
    {"vs channel",
     "ROI less what the same money returns as an advertisement, paid social at first. "
     "Same in ads is that return itself."},
    {"break-even fee", "The fee at which a creator just pays for itself; room is what lies between "
                       "it and the fee asked."},
    {"goal", "What you want a figure to be: e on it. Every input that brings it there is offered, "
             "rounded so that it really does; never where nothing you could type would."},
    {"assumption",
     "What the forecast rests on and nobody can look up. ! stands at it until you say "
     "yours; then =. Beside it in the plan: ROI if it were low, and high."},
    {"channel", "What the same money would buy elsewhere: advertising, television. p, then Tab, "
                "shows and changes them."},
    {"reached once",
     "People who see the plan at least once. Audiences overlap: at least the largest "
     "of them, at most all together, and likely ~ in between, which depends on how "
     "many people there are to reach at all."},
    {"each sees", "How often, on average, a person who is reached sees a post of the plan."},
    {"affordable", "How many more posts of a creator the money left would buy."},
    {"Age", "How old the oldest figures of a creator are, once they are out of date."},
    {"few", "Too few known values for a median to mean anything."},
    {"~", "Rests on a fee that is our estimate. Ask for the real one; fee:known leaves them out."},
    {">", "At least: a part of the interactions is hidden."},
    {"!", "An assumption, or figures that cannot be compared."},
    {"-", "Unknown. Unknown is never counted as zero and stands last in every order."},
    {"moved",
     "Of a creator in the changes: figures of his that brought ROI up or down by half a point at "
     "least, under today's assumptions."},
    {"tick", "Chosen for now, with Space, to compare or to plan."},
    {"*", "In the plan, which stays until you take the creator out."},
};

static void help_words(struct help *help)
{
    help_heading(help, "Words");
    for (size_t i = 0; i < COUNT_OF(words); i++)
        help_entry(help, text_of(words[i].word), text_of(words[i].text));
}

static void keys_text(const struct bindings *own, const struct command *command, struct buf *out)
{
    const uint32_t *keys = bindings_keys(own, command);
    if (!keys[0])
        buf_addf(out, ":%s", command->name);
    for (size_t k = 0; k < COMMAND_KEYS && keys[k]; k++) {
        buf_add_string(out, k ? "  " : "");
        key_label(keys[k], out);
    }
}

static void help_commands(struct help *help, const struct bindings *own, enum context context,
                          const char *title)
{
    help_heading(help, title);
    for (int group = 0; group < COMMAND_GROUPS; group++)
        for (size_t i = 0; i < command_count; i++) {
            if ((int)commands[i].group != group || !(commands[i].contexts >> context & 1))
                continue;
            struct buf keys = BUF_INIT, text = BUF_INIT;
            keys_text(own, &commands[i], &keys);
            buf_addf(&text, "%s. %s", commands[i].title, commands[i].help);
            help_entry(help, buf_text(&keys), buf_text(&text));
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
        {"is:new changed:7d", "Added since your last visit; changed within 7 days."},
        {"import:last import:7", "Whom the last import had, or number 7; :imports lists them."},
        {"\"vegan\" vegan", "Handle, name or bio hold it; case and accents do not matter."},
    };
    help_heading(help, "Filter words");
    for (size_t i = 0; i < COUNT_OF(examples); i++)
        help_entry(help, text_of(examples[i].word), text_of(examples[i].text));
}

static void help_parameters(struct help *help)
{
    help_heading(help, "Assumptions, :set KEY VALUE");
    struct scenario fresh;
    struct knob knob;
    scenario_init(&fresh);
    for (size_t at = 0; knob_next(&at, &fresh, &knob);) {
        struct buf text = BUF_INIT;
        buf_addf(&text, "%s. %s", knob.title, knob.help);
        help_entry(help, text_of(knob.key), buf_text(&text));
        buf_release(&text);
    }
}

static void help_columns(struct help *help)
{
    help_heading(help, "Figures and facts");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct buf label = BUF_INIT;
        buf_addf(&label, "%s", columns[i].key);
        help_entry(help, buf_text(&label), text_of(columns[i].help));
        buf_release(&label);
    }
}

/* Overlays that are pages of their own. */
static void (*const pages[])(const struct model *model, struct help *help) = {
    [OVERLAY_TIERS] = tiers_why, [OVERLAY_MOVED] = moved_why, [OVERLAY_GONE] = gone_list,
    [OVERLAY_SCORE] = score_why, [OVERLAY_NAMED] = NULL,
};

bool overlay_is_help(const struct model *model)
{
    return model->overlay == OVERLAY_HELP || pages[model->overlay];
}

void help_make(const struct model *model, struct help *help)
{
    int cells = help_cells(&model->layout);
    *help = (struct help){.width = cells - 2, .indent = 2};
    if (cells >= HELP_LABEL_CELLS * 2)
        help->indent = HELP_LABEL_CELLS;
    if (help->width < help->indent + 10)
        help->width = help->indent + 10;
    if (pages[model->overlay]) {
        pages[model->overlay](model, help);
        return;
    }
    enum context context = model_place_context(model);
    help_words(help);
    help_commands(help, &model->bindings, context,
                  context == CONTEXT_LIST ? "Keys in the list" : "Keys here");
    if (context != CONTEXT_LIST)
        help_commands(help, &model->bindings, CONTEXT_LIST, "Keys in the list");
    if (context != CONTEXT_FILTERS)
        help_commands(help, &model->bindings, CONTEXT_FILTERS, "Keys in the filter pane");
    if (context != CONTEXT_COMPARE)
        help_commands(help, &model->bindings, CONTEXT_COMPARE, "Keys in the comparison");
    if (context != CONTEXT_PLAN)
        help_commands(help, &model->bindings, CONTEXT_PLAN, "Keys in the plan");
    if (context != CONTEXT_TIERS)
        help_commands(help, &model->bindings, CONTEXT_TIERS, "Keys in the tiers");
    if (context != CONTEXT_CHANGES)
        help_commands(help, &model->bindings, CONTEXT_CHANGES, "Keys in the changes");
    if (context != CONTEXT_PLANS)
        help_commands(help, &model->bindings, CONTEXT_PLANS, "Keys where plans stand side by side");
    help_commands(help, &model->bindings, CONTEXT_FIELD, "Keys while a figure is edited");
    help_filters(help);
    help_parameters(help);
    help_columns(help);
}
