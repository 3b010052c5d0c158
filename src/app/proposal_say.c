#include "app_internal.h"
#include "base/vec.h"
#include "domain/currency.h"

/* The proposal in words, and where it stands in its box. */

static const struct {
    const char *title, *help;
} parts[] = {
    [PROPOSAL_BUDGET] = {"Spend up to",
                         "The budget, unless you type another sum. What would lose stays unspent."},
    [PROPOSAL_MOST] = {"Posts each, up to", "Whoever has more in the plan may keep them."},
    [PROPOSAL_KEEP] = {"Keep the plan",
                       "yes: all in the plan stay, with their posts or more. Space changes it."},
    [PROPOSAL_ESTIMATED] =
        {"Estimated fees", "Also creators whose fee we estimate, not a quoted one (~). Space: yes, "
                           "no."},
    [PROPOSAL_RULE] = {"Rule",
                       "How many of a kind: at most 3 niche:beauty, at least 2 micro, no tag:kids"},
    [PROPOSAL_CHANGE] = {"", "Space leaves this one out of the proposal."},
    [PROPOSAL_LEFT_OUT] = {"", "Space lets this one back in."},
};

void proposal_title(const struct model *model, const struct proposal_line *line, struct buf *out)
{
    bool another = line->part == PROPOSAL_RULE && line->index == model->proposal.wish.rule_count;
    buf_add_string(out, another && line->index > 0 ? "Another rule" : parts[line->part].title);
    if (line->part == PROPOSAL_BUDGET)
        buf_addf(out, " %s", currencies[model->scenario.currency].code);
}

void proposal_means(const struct model *model, const struct proposal_line *line, bool brief,
                    struct buf *out)
{
    const struct proposal *proposal = &model->proposal;
    const struct fill_report *report = proposal->report;
    if (line->part != PROPOSAL_ESTIMATED || !report || report->gathering)
        return;
    number_fixed(out, (double)report->estimates, 0, model->style);
    buf_add_string(out, proposal->wish.estimated ? " more to choose from" : " left out");
    if (!brief)
        buf_add_string(out, ": no fee of theirs is known");
}

/* "understood: at most 3 creators of niche:beauty; 122 can be chosen". */
static void say_rule(const struct model *model, size_t index, struct buf *out)
{
    const struct fill_rule *rule = &model->proposal.wish.rules[index];
    const struct fill_report *report = model->proposal.report;
    unsigned count = rule->rule.count;
    bool least = rule->rule.kind == ALLOCATION_AT_LEAST;
    buf_add_string(out, "Understood: ");
    if (count > 0 || least)
        buf_addf(out, "%s %u %s of ", least ? "at least" : "at most", count,
                 count == 1 ? "creator" : "creators");
    else
        buf_add_string(out, "no creator of ");
    filter_print(&rule->filter, out);
    if (!report || report->gathering)
        return;
    buf_add_string(out, "; ");
    number_fixed(out, (double)report->ruled[index], 0, model->style);
    buf_add_string(out, " there to choose from");
}

void proposal_help(const struct model *model, const struct proposal_line *line, struct buf *out)
{
    const struct fill_wish *wish = &model->proposal.wish;
    bool rule = line->part == PROPOSAL_RULE && line->index < wish->rule_count &&
                wish->rules[line->index].filter.count > 0;
    if (rule)
        say_rule(model, line->index, out);
    else
        buf_add_string(out, parts[line->part].help);
}

void proposal_judge(const struct model *model, struct buf *out)
{
    if (model->proposal.report)
        fill_judge(&model->proposal.wish, model->proposal.report, model->style, out);
    if (model->proposal.behind)
        buf_add_string(out, "; figures came since, an edit looks again");
}

void proposal_left(const struct model *model, struct buf *out)
{
    if (model->proposal.report)
        fill_left(&model->proposal.wish, model->proposal.report, model->style, out);
}

void proposal_from(const struct model *model, bool brief, struct buf *out)
{
    const struct fill_report *report = model->proposal.report;
    buf_add_string(out, "from ");
    number_fixed(out, (double)model->result.rows.count, 0, model->style);
    buf_add_string(out, " shown and the plan");
    if (report)
        fill_without(report, brief, out);
}

#define BESIDE_COLUMNS 100
#define SUM_ROWS 5 /* heading, cost, creators, profit, ROI */

struct proposal_layout proposal_layout(const struct model *model)
{
    const struct layout *screen = &model->layout;
    bool beside = screen->columns >= BESIDE_COLUMNS;
    int most_rows = screen->rows - 5 - screen->told.rows, form = (int)model->proposal.form;
    int rows = most_rows < 40 ? most_rows : 40;
    struct proposal_layout layout = {
        .beside = beside, .columns = screen->columns - (beside ? 6 : 2), .rows = rows};
    layout.foot = rows >= 3; /* it explains the line */
    int room = rows - layout.foot;
    layout.from = room > SUM_ROWS + 5;
    layout.result = room <= SUM_ROWS + 5 ? (room > 5 ? 2 : 0) : beside ? SUM_ROWS + 2 : SUM_ROWS;
    room -= layout.result + layout.from;
    int most = beside ? room : room - 4;
    layout.form = form < most ? form : most < 1 ? 1 : most;
    layout.changes = (beside ? rows - layout.foot : room - layout.form) - 1;
    if (layout.changes < 0)
        layout.changes = 0;
    return layout;
}
