#include "app/proposal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/hash.h"
#include "base/vec.h"
#include "domain/typed.h"

/* Filling the budget as a form: what is typed, what is searched for, what comes of it. */

#define LOOKS_AT_ONCE 800000 /* of the search, before the first frame: some milliseconds */
#define LOOKS_BETWEEN 80000  /* and between later ones */
#define POSTS_MOST 60
#define CHANGES_ARRANGED 50000 /* larger plans stay in the order they have */

void proposal_release(struct proposal *proposal)
{
    if (!proposal)
        return;
    fill_free(proposal->fill);
    fill_wish_release(&proposal->wish);
    fill_wish_release(&proposal->before);
    free(proposal->lines.items);
    *proposal = (struct proposal){0};
}

/* ---- The lines ---- */

static const struct proposal_line *line_at(const struct model *model)
{
    return &model->proposal.lines.items[model->proposal.cursor];
}

static void line_add(struct proposal *proposal, enum proposal_part part, size_t index, uint32_t row)
{
    struct proposal_line line = {part, index, row};
    VEC_PUSH(&proposal->lines, line);
}

static bool is_left_out(const struct proposal *proposal, uint32_t row)
{
    const struct bits *excluded = &proposal->wish.excluded;
    return row < excluded->count && bits_get(excluded, row);
}

static void list_form(struct proposal *proposal)
{
    proposal->lines.count = 0;
    for (int part = PROPOSAL_BUDGET; part < PROPOSAL_RULE; part++)
        line_add(proposal, (enum proposal_part)part, 0, CATALOG_NONE);
    size_t rules = proposal->wish.rule_count;
    for (size_t i = 0; i < rules + (rules < ALLOCATION_RULES); i++)
        line_add(proposal, PROPOSAL_RULE, i, CATALOG_NONE);
    proposal->form = proposal->lines.count;
}

/* First what changes, then who was struck. */
static void list_changes(struct proposal *proposal)
{
    const struct fill_report *report = proposal->report;
    const struct bits *excluded = &proposal->wish.excluded;
    proposal->lines.count = proposal->form;
    for (size_t i = 0; report && report->result.any && i < report->change_count; i++)
        if (!is_left_out(proposal, report->changes[i].row))
            line_add(proposal, PROPOSAL_CHANGE, i, report->changes[i].row);
    for (size_t row = bits_next(excluded, 0); row < excluded->count;
         row = bits_next(excluded, row + 1))
        line_add(proposal, PROPOSAL_LEFT_OUT, 0, (uint32_t)row);
}

bool proposal_is_text(enum proposal_part part)
{
    return part == PROPOSAL_BUDGET || part == PROPOSAL_MOST || part == PROPOSAL_RULE;
}

void proposal_value(const struct model *model, const struct proposal_line *line, struct buf *out)
{
    const struct fill_wish *wish = &model->proposal.wish;
    if (line->part == PROPOSAL_BUDGET)
        typed_show(out, UNIT_MONEY, wish->budget, model->style);
    else if (line->part == PROPOSAL_MOST)
        buf_addf(out, "%u", wish->most);
    else if (line->part == PROPOSAL_KEEP)
        buf_add_string(out, wish->keep ? "yes" : "no");
    else if (line->part == PROPOSAL_ESTIMATED)
        buf_add_string(out, wish->estimated ? "yes" : "no");
    else if (line->part == PROPOSAL_RULE && line->index < wish->rule_count &&
             wish->rules[line->index].filter.count > 0)
        fill_rule_print(&wish->rules[line->index], out);
}

/* The cursor to a line; what can be typed there stands in the line editor. */
static void proposal_go(struct model *model, size_t at)
{
    struct buf text = BUF_INIT;
    model->proposal.cursor =
        at < model->proposal.lines.count ? at : model->proposal.lines.count - 1;
    const struct proposal_line *line = line_at(model);
    if (proposal_is_text(line->part))
        proposal_value(model, line, &text);
    line_set(&model->line, buf_text(&text));
    model->line_fresh = line->part == PROPOSAL_BUDGET || line->part == PROPOSAL_MOST;
    model->line_error = (struct err){.message = ""};
    buf_release(&text);
}

/* Rules that were emptied go when the cursor leaves them. */
static void drop_empty_rules(struct proposal *proposal)
{
    struct fill_wish *wish = &proposal->wish;
    size_t kept = 0;
    for (size_t i = 0; i < wish->rule_count; i++)
        if (wish->rules[i].filter.count > 0)
            wish->rules[kept++] = wish->rules[i];
        else
            fill_rule_release(&wish->rules[i]);
    wish->rule_count = kept;
}

void proposal_vertical(struct model *model, long by)
{
    struct proposal *proposal = &model->proposal;
    struct scroll scroll = {.cursor = proposal->cursor};
    if (model->line_error.message[0])
        return; /* what is wrong is put right or erased first */
    scroll_by(&scroll, by, proposal->lines.count);
    size_t rules = proposal->wish.rule_count;
    drop_empty_rules(proposal);
    size_t gone = rules - proposal->wish.rule_count;
    if (gone > 0 && scroll.cursor > proposal->cursor)
        scroll.cursor -= gone;
    list_form(proposal);
    list_changes(proposal);
    proposal_go(model, scroll.cursor);
}

/* ---- What is typed ---- */

static void ask_again(struct proposal *proposal)
{
    proposal->asked++;
}

static bool read_number(struct model *model, enum unit unit, double least, double most,
                        double *value)
{
    struct typed typed;
    struct fill_wish *wish = &model->proposal.wish;
    double present = unit == UNIT_MONEY ? wish->budget : wish->most;
    if (!typed_read(buf_text(&model->line.text), unit, model->style, present, &typed,
                    &model->line_error))
        return false;
    if (!(typed.value >= least && typed.value <= most) ||
        (unit == UNIT_COUNT && typed.value != floor(typed.value)))
        return err_set(&model->line_error,
                       unit == UNIT_COUNT ? "a whole number from 1 to 60" : "an amount of money");
    *value = typed.value;
    return true;
}

static void rule_typed(struct model *model, size_t index)
{
    struct fill_wish *wish = &model->proposal.wish;
    struct filter_context context = {model->sheet, true};
    struct text text = text_trim(buf_text(&model->line.text));
    struct fill_rule none = {.rule = {ALLOCATION_AT_LEAST, 0}}, *rule = &wish->rules[index];
    if (index == wish->rule_count) {
        if (text.length == 0)
            return;
        *rule = none;
        filter_init(&rule->filter);
    }
    if (text.length == 0) {
        filter_clear(&rule->filter);
        rule->rule = none.rule;
    } else if (!fill_rule_parse(buf_text(&model->line.text), &context, rule, &model->line_error)) {
        return;
    }
    wish->rule_count += index == wish->rule_count;
    ask_again(&model->proposal);
}

void proposal_typed(struct model *model)
{
    struct proposal *proposal = &model->proposal;
    const struct proposal_line *line = line_at(model);
    double value = 0;
    if (line->part == PROPOSAL_RULE) {
        rule_typed(model, line->index);
    } else if (line->part == PROPOSAL_BUDGET) {
        if (read_number(model, UNIT_MONEY, 0, 1e15, &value)) {
            proposal->wish.budget = value;
            ask_again(proposal);
        }
    } else if (line->part == PROPOSAL_MOST) {
        if (read_number(model, UNIT_COUNT, 1, POSTS_MOST, &value)) {
            proposal->wish.most = (unsigned)value;
            ask_again(proposal);
        }
    }
}

static void turn(struct proposal *proposal, const struct proposal_line *line)
{
    struct fill_wish *wish = &proposal->wish;
    if (line->part == PROPOSAL_KEEP)
        wish->keep = !wish->keep;
    else if (line->part == PROPOSAL_ESTIMATED)
        wish->estimated = !wish->estimated;
    else {
        if (wish->excluded.count <= line->row)
            bits_resize(&wish->excluded, line->row + 1u);
        bits_put(&wish->excluded, line->row, line->part == PROPOSAL_CHANGE);
    }
    ask_again(proposal);
}

bool proposal_key(struct model *model, uint32_t key)
{
    struct proposal *proposal = &model->proposal;
    const struct proposal_line *line = line_at(model);
    if (proposal_is_text(line->part))
        return false;
    bool on = line->part == PROPOSAL_KEEP ? proposal->wish.keep : proposal->wish.estimated;
    bool yes_no = line->part == PROPOSAL_KEEP || line->part == PROPOSAL_ESTIMATED;
    bool other =
        key == K_SPACE ||
        (yes_no && (key == K_LEFT || key == K_RIGHT || (key == 'y' && !on) || (key == 'n' && on)));
    if (other)
        turn(proposal, line);
    return true;
}

/* ---- The search ---- */

static uint64_t stamp_asked(const struct model *model)
{
    uint64_t made_of[] = {model->proposal.asked, model->sheet->epoch, model->scenario.revision,
                          model->result.stamp, catalog_revision(model->catalog, COL_PLAN)};
    return hash_bytes(made_of, sizeof made_of, 1) | 1;
}

static uint64_t stamp_facts(struct model *model)
{
    uint64_t made_of[] = {model->catalog->live_revision, sheet_stamp(model->sheet, COL_PROFIT)};
    return hash_bytes(made_of, sizeof made_of, 1) | 1;
}

static void search_anew(struct model *model)
{
    struct proposal *proposal = &model->proposal;
    proposal->asked_stamp = stamp_asked(model);
    proposal->facts_stamp = stamp_facts(model);
    fill_free(proposal->fill);
    proposal->fill = fill_new(model->sheet, &proposal->wish, rowset_rows(&model->result.rows));
    proposal->running = fill_step(proposal->fill, LOOKS_AT_ONCE);
    proposal->long_search = proposal->running;
    proposal->behind = false;
}

/* What took more than a frame is neither begun again nor taken away because others write: it is searched
 * to its end and stands, and it is told that it is of before. */
static void search(struct model *model)
{
    struct proposal *proposal = &model->proposal;
    bool asks = !proposal->fill || proposal->asked_stamp != stamp_asked(model);
    bool moved = proposal->facts_stamp != stamp_facts(model);
    if (asks || (moved && !proposal->long_search))
        search_anew(model);
    else
        proposal->behind = moved;
}

void proposal_build(struct model *model)
{
    struct proposal *proposal = &model->proposal;
    search(model);
    proposal->report = fill_report(proposal->fill);
    struct proposal_line held = *line_at(model);
    list_form(proposal);
    list_changes(proposal);
    if (held.part >= PROPOSAL_CHANGE) /* the cursor stays on its creator */
        for (size_t i = proposal->form; i < proposal->lines.count; i++)
            if (proposal->lines.items[i].row == held.row)
                proposal->cursor = i;
    if (proposal->cursor >= proposal->lines.count)
        proposal_go(model, proposal->lines.count - 1);
    struct proposal_layout layout = proposal_layout(model);
    size_t changes = proposal->lines.count - proposal->form;
    bool below = proposal->cursor >= proposal->form;
    proposal->shown_form.cursor = below ? proposal->form - 1 : proposal->cursor;
    proposal->shown_change.cursor = below ? proposal->cursor - proposal->form : 0;
    scroll_settle(&proposal->shown_form, proposal->form, (size_t)layout.form);
    scroll_settle(&proposal->shown_change, changes, (size_t)layout.changes);
}

bool proposal_busy(const struct model *model)
{
    return model->prompt == PROMPT_FILL && model->proposal.fill && model->proposal.running;
}

void proposal_work(struct model *model)
{
    model->proposal.running = fill_step(model->proposal.fill, LOOKS_BETWEEN);
}

const char *proposal_progress(const struct model *model, double *share)
{
    *share = model->proposal.report ? model->proposal.report->result.progress : 0;
    return "filling the budget";
}

void proposal_open(struct model *model)
{
    struct proposal *proposal = &model->proposal;
    if (!proposal->wished)
        fill_wish_init(&proposal->wish, &model->scenario);
    proposal->wished = true;
    fill_wish_copy(&proposal->before, &proposal->wish);
    proposal->wish.budget = model->scenario.budget;
    prompt_open(model, PROMPT_FILL);
    list_form(proposal);
    proposal_go(model, 0);
}

void proposal_close(struct model *model, bool keep, struct effects *effects)
{
    (void)effects;
    struct proposal *proposal = &model->proposal;
    drop_empty_rules(proposal);
    fill_free(proposal->fill);
    proposal->fill = NULL;
    if (!keep)
        fill_wish_copy(&proposal->wish, &proposal->before);
    proposal->report = NULL;
    proposal->running = false;
}

static void take_changes(struct model *model, const struct fill_report *report,
                         struct effects *effects)
{
    struct plan_change *changes = mem_zero(report->change_count, sizeof *changes);
    struct buf label = BUF_INIT;
    size_t count = 0;
    for (size_t i = 0; i < report->change_count; i++) {
        uint32_t row = report->changes[i].row;
        struct planned before = catalog_plan_get(model->catalog, row), after = before;
        if (!catalog_live(model->catalog, row))
            continue; /* gone since */
        after.deliverables = report->changes[i].after;
        changes[count++] = (struct plan_change){row, before, after};
    }
    buf_addf(&label, "fill the budget, %zu %s", count, count == 1 ? "change" : "changes");
    own_planned(model, effects, buf_text(&label), changes, count);
    model_notice(model, "%zu in the plan now; %s undoes it", model->catalog->planned_count,
                 model_key(model, 'u').text);
    buf_release(&label);
    free(changes);
}

void proposal_accept(struct model *model, struct effects *effects)
{
    const struct fill_report *report = model->proposal.report;
    if (model->line_error.message[0])
        return;
    if (!report || !report->result.any) {
        model_notice(model, "there is no proposal to take yet");
        return;
    }
    if (report->change_count > 0)
        take_changes(model, report, effects);
    else
        model_notice(model, "the plan is that already");
    prompt_close(model, true, effects);
    plan_gather(model);
    plan_arrange(model, CHANGES_ARRANGED);
}
