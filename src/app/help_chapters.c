#include "app/help.h"

#include "app/key.h"
#include "app/model.h"
#include "base/vec.h"
#include "domain/knob.h"
#include "help_internal.h"

/* All that help tells, chapter by chapter. */

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
     "said: few known on a side, more than half unknown, or under 5% apart."},
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
    {"break-even fee",
     "The fee at which a creator just pays for itself. What it lies above the fee "
     "asked is room to negotiate."},
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
    {"Seen", "How long ago the oldest figures of a creator were seen, once they are out of date."},
    {"ig tt yt x tw",
     "instagram, tiktok, youtube, x, twitch; fb facebook, li linkedin, pi pinterest, ot another: "
     "the platform, in narrow columns."},
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
        help_item(help, text_of(words[i].word), "", text_of(words[i].text));
}

/* commands */

static bool is_in(const struct command *command, enum context context)
{
    return command->contexts >> context & 1;
}

/* "Here" needs no words; else the first places it is for: "Compare, Plan". */
static void add_places(const struct command *command, struct buf *out)
{
    int named = 0;
    buf_add_string(out, " In: ");
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        if (!is_in(command, (enum context)context))
            continue;
        if (named == 4) {
            buf_add_string(out, " and more");
            break;
        }
        buf_addf(out, "%s%s", named++ ? ", " : "", contexts[context].title);
    }
    buf_add_char(out, '.');
}

static void command_entry(const struct model *model, struct help *help, size_t index,
                          bool elsewhere)
{
    const struct command *command = &commands[index];
    struct buf keys = BUF_INIT, text = BUF_INIT;
    bool letter = help->typed.length == 1; /* it is a key, and found as such */
    if (bits_get(&help->told, index) || bits_get(&help->passed, index) ||
        (letter && help->sought != HELP_ALL))
        return;
    bits_put(&help->passed, index, true);
    bindings_names(&model->bindings, command, &keys);
    if (keys.length == 0)
        buf_addf(&keys, ":%s", command->name);
    buf_add_string(&text, command->help);
    if (elsewhere)
        add_places(command, &text);
    size_t before = help->count;
    help_item(help, buf_text(&keys), command->title, buf_text(&text));
    if (help->count > before)
        bits_put(&help->told, index, true);
    buf_release(&keys);
    buf_release(&text);
}

/* Of this group, or of all, one after the other. */
static void help_commands(const struct model *model, struct help *help, enum context context,
                          int group)
{
    for (int g = 0; g < COMMAND_GROUPS; g++)
        for (size_t i = 0; i < command_count; i++)
            if ((int)commands[i].group == g && (g == group || group == COMMAND_GROUPS) &&
                is_in(&commands[i], context))
                command_entry(model, help, i, false);
}

static void help_here(const struct model *model, struct help *help, enum context here)
{
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        struct buf title = BUF_INIT;
        buf_addf(&title, "%s: %s", contexts[here].title, command_group_titles[group]);
        help_heading(help, buf_string(&title));
        help_commands(model, help, here, group);
        buf_release(&title);
    }
}

static void help_elsewhere(const struct model *model, struct help *help, enum context here)
{
    for (int context = 0; context < CONTEXT_COUNT; context++) {
        struct buf title = BUF_INIT;
        buf_addf(&title, "%s, besides", contexts[context].title);
        help_heading(help, buf_string(&title));
        if (context != (int)here)
            help_commands(model, help, (enum context)context, COMMAND_GROUPS);
        buf_release(&title);
    }
}

void help_on_key(const struct model *model, struct help *help, struct text typed)
{
    enum context here = model_context_below(model);
    struct buf title = BUF_INIT;
    buf_add_string(&title, "On the key ");
    buf_add_text(&title, typed);
    help_heading(help, buf_string(&title));
    for (int elsewhere = 0; elsewhere < 2; elsewhere++)
        for (size_t i = 0; i < command_count; i++)
            if (bindings_on_key(&model->bindings, &commands[i], typed) &&
                is_in(&commands[i], here) == !elsewhere)
                command_entry(model, help, i, elsewhere);
    buf_release(&title);
}

/* filters, assumptions, columns */

static void help_mouse(const struct model *model, struct help *help)
{
    struct buf text = BUF_INIT;
    help_heading(help, "Mouse");
    help_item(help, TEXT("click"), "",
              TEXT("The cursor goes there. A title orders, a tab opens, a value of the filters is "
                   "chosen, the x of a filter lifts it; left of a name it ticks."));
    help_item(help, TEXT("double click"), "",
              TEXT("Opens the creator; in the details and the comparison it says why."));
    help_item(help, TEXT("wheel"), "", TEXT("Three lines of the pane under the pointer."));
    help_item(help, TEXT("drag"), "",
              TEXT("Moves the border between filters, list and detail; a double click puts it "
                   "back."));
    buf_addf(&text,
             "Hold %s and drag to select text in this terminal; :mouse gives it the mouse "
             "altogether.",
             mouse_select_key(model));
    help_item(help, TEXT("select text"), "", buf_text(&text));
    buf_release(&text);
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
        help_item(help, text_of(examples[i].word), "", text_of(examples[i].text));
}

static void help_parameters(struct help *help)
{
    help_heading(help, "Assumptions, :set KEY VALUE");
    struct scenario fresh;
    struct knob knob;
    scenario_init(&fresh);
    for (size_t at = 0; knob_next(&at, &fresh, &knob);) {
        struct buf text = BUF_INIT;
        buf_add_string(&text, knob.help);
        if (*knob.source)
            buf_addf(&text, " Source: %s.", knob.source);
        help_item(help, text_of(knob.key), knob.title, buf_text(&text));
        buf_release(&text);
    }
}

static const char *const unit_words[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = "Text",
    [UNIT_WORD] = "A word",
    [UNIT_SET] = "Words",
    [UNIT_COUNT] = "A whole number",
    [UNIT_AVERAGE] = "A number for each post",
    [UNIT_SHARE] = "In percent",
    [UNIT_RATIO] = "A ratio, 1.50x is half as much again",
    [UNIT_ROI] = "In percent of the cost, 0% gets the money back",
    [UNIT_GROWTH] = "In percent of what was",
    [UNIT_MONEY] = "Money",
    [UNIT_PROFIT] = "Money, with its sign",
    [UNIT_UNIT_COST] = "Money for one",
    [UNIT_ESTIMATE] = "A number that is expected",
    [UNIT_SCORE] = "From 0 to 100",
    [UNIT_DAYS] = "Days",
    [UNIT_TIME] = "A date",
    [UNIT_FLAG] = "Yes or no",
};

void help_column(enum column column, struct buf *out)
{
    const struct column_row *row = &columns[column];
    const char *from = row->kept                               ? "kept by the store itself"
                       : row->stored && column_is_text(column) ? "from the lists you import"
                       : row->stored                           ? "a fact of the lists you import"
                                                               : "worked out here";
    if (column == COL_TICKED || column == COL_PLAN || column == COL_DELIVERABLES)
        from = "yours";
    buf_addf(out, "%s %s; %s.", row->help, unit_words[row->unit], from);
}

static void help_columns(struct help *help)
{
    help_heading(help, "Figures and facts");
    for (int i = 0; i < COLUMN_COUNT; i++) {
        struct buf text = BUF_INIT;
        help_column((enum column)i, &text);
        help_item(help, text_of(columns[i].key), columns[i].title, buf_text(&text));
        buf_release(&text);
    }
}

void help_chapters(const struct model *model, struct help *help)
{
    enum context here = model_context_below(model);
    bool sought = help->typed.length > 0;
    bits_clear(&help->passed);
    help_words(help);
    if (sought)
        help_columns(help);
    help_here(model, help, here);
    help_elsewhere(model, help, here);
    help_mouse(model, help);
    help_filters(help);
    help_parameters(help);
    if (!sought)
        help_columns(help);
}
