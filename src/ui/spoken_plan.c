#include <math.h>

#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/knob.h"
#include "domain/typed.h"
#include "spoken_internal.h"

#define ASSUMPTIONS_FIRST 10 /* are told also where they are the program's */

/* The plan, what it adds up to, what would fill it, and what it rests on. */

static void add_label(const struct model *model, const char *label, enum unit unit, double value,
                      struct buf *out)
{
    buf_addf(out, "%s: ", label);
    spoken_value(model, unit, value, out);
}

/* ---- what is left ---- */

/* "Plan spring: 3 creators, 1,440 EUR of 5,000 EUR, 3,560 EUR left." */
static void add_left(const struct model *model, double left, struct buf *out)
{
    double budget = model->scenario.budget;
    spoken_value(model, UNIT_MONEY, budget - left, out);
    buf_add_string(out, " of the budget of ");
    spoken_value(model, UNIT_MONEY, budget, out);
    buf_add_string(out, ", ");
    spoken_value(model, UNIT_MONEY, fabs(left), out);
    buf_add_string(out, left < 0 ? " over the budget" : " left");
    size_t unknown = sheet_money_unknown(model->sheet);
    if (unknown > 0)
        buf_addf(out, ", %zu of unknown cost not counted", unknown);
    buf_add_string(out, ".\n");
}

void spoken_money(const struct model *model, struct buf *out)
{
    buf_add_string(out, "Plan ");
    text_safe(out, text_of(model->scenario.name));
    buf_add_string(out, ": ");
    spoken_count(model, model->catalog->planned_count, "creator", "creators", out);
    buf_add_string(out, ", ");
    add_left(model, sheet_money_left(model->sheet), out);
}

/* ---- its rows ---- */

static void add_share(const struct model *model, double cost, struct buf *out)
{
    double budget = model->scenario.budget;
    if (!(budget > 0) || !number_known(cost))
        return;
    buf_add_string(out, ", ");
    number_fixed(out, cost / budget * 100, 0, model->style);
    buf_add_string(out, "% of the budget");
}

static void add_row(const struct model *model, size_t number, uint32_t row, struct buf *out)
{
    static const enum column shown[] = {COL_FEE, COL_COST, COL_REACH, COL_PROFIT, COL_ROI};
    struct figures figures;
    unsigned posts = catalog_planned(model->catalog, row);
    sheet_figures(model->sheet, row, &figures);
    buf_addf(out, "%zu: ", number);
    spoken_name(model, row, out);
    buf_addf(out, "; %u %s", posts, posts == 1 ? "post" : "posts");
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        buf_addf(out, "; %s: ", columns[shown[i]].title);
        spoken_figure(model, shown[i], row, out);
        if (shown[i] == COL_COST)
            add_share(model, figures.cost, out);
    }
    buf_add_string(out, ".\n");
}

/* ---- its totals ---- */

static char mark_of(const struct totals *totals, const struct total *total, enum column column)
{
    if (total->estimated || (column == COL_REACH && totals->universe_assumed))
        return '~';
    return total->at_least ? '>' : ' ';
}

static void add_total(const struct model *model, const char *label, enum column column,
                      struct buf *out)
{
    const struct totals *totals = &model->plan.totals;
    const struct total *total = total_of_column(totals, column);
    if (!total)
        return;
    buf_addf(out, "%s: ", label);
    spoken_marked(model, column, total->value, mark_of(totals, total, column), out);
    if (total->known < totals->creators)
        buf_addf(out, ", known of %zu of %zu", total->known, totals->creators);
    buf_add_char(out, '\n');
}

static void add_range(const struct model *model, struct buf *out)
{
    const struct totals *totals = &model->plan.totals;
    if (!number_known(totals->roi_p10))
        return;
    buf_add_string(out, "ROI, 8 in 10 times between: ");
    spoken_value(model, UNIT_ROI, totals->roi_p10, out);
    buf_add_string(out, " and ");
    spoken_value(model, UNIT_ROI, totals->roi_p90, out);
    buf_add_string(out, ", middle ");
    spoken_value(model, UNIT_ROI, totals->roi_p50, out);
    buf_add_char(out, '\n');
}

static void add_reach(const struct model *model, struct buf *out)
{
    const struct totals *totals = &model->plan.totals;
    if (!number_known(totals->net_reach_low))
        return;
    buf_add_string(out, "Reached at least once, between: ");
    spoken_value(model, UNIT_COUNT, totals->net_reach_low, out);
    buf_add_string(out, " and ");
    spoken_value(model, UNIT_COUNT, totals->net_reach_high, out);
    buf_add_char(out, '\n');
}

static void add_against(const struct model *model, struct buf *out)
{
    const struct channel *channel = scenario_baseline(&model->scenario);
    double roi = channel ? channel_roi(&model->scenario, channel) : number_unknown();
    if (number_known(roi)) {
        buf_add_string(out, "The same money in ");
        text_safe(out, text_of(channel->name));
        buf_add_string(out, ": ROI ");
        spoken_value(model, UNIT_ROI, roi, out);
        buf_add_char(out, '\n');
    }
    if (number_known(model->plan.totals.breakeven_cvr.value)) {
        add_label(model, "Buy rate to break even", UNIT_SHARE,
                  model->plan.totals.breakeven_cvr.value, out);
        buf_add_char(out, '\n');
    }
}

/* Who would go, or what it would take, in words of the screen. */
static void add_over(const struct model *model, struct buf *out)
{
    struct plan_way way = plan_way_back(model);
    if (!(model->plan.totals.left < 0))
        return;
    buf_add_string(out, "Over the budget. It fits ");
    if (way.row == CATALOG_NONE) {
        buf_addf(out, "without the %zu dearest, or with a budget of ", way.dearest);
        spoken_value(model, UNIT_MONEY, way.budget, out);
    } else {
        buf_add_string(out, way.posts < 1 ? "without " : "with ");
        if (way.posts >= 1)
            buf_addf(out, "%.0f %s of ", way.posts, way.posts > 1 ? "posts" : "post");
        spoken_name(model, way.row, out);
        if (way.fee >= 0) {
            buf_add_string(out, ", or at a fee of ");
            spoken_value(model, UNIT_MONEY, way.fee, out);
        }
    }
    buf_add_string(out, ".\n");
}

static void add_next(const struct model *model, struct buf *out)
{
    const struct plan_next *next = &model->plan.next;
    for (size_t i = 0; i < next->count; i++) {
        const struct next_post *post = &next->shown[i];
        buf_add_string(out, i == 0 ? "Next best posts: " : "; ");
        spoken_name(model, post->row, out);
        buf_add_string(out, " for ");
        spoken_value(model, UNIT_MONEY, post->cost, out);
        buf_add_string(out, post->estimated ? ", estimated, brings " : " brings ");
        spoken_value(model, UNIT_PROFIT, post->profit, out);
    }
    buf_add_string(out, next->count > 0 ? ".\n" : "");
}

void spoken_plan(const struct model *model, struct buf *out)
{
    const struct totals *totals = &model->plan.totals;
    spoken_money(model, out);
    if (model->plan.missing > 0)
        buf_addf(out, "%zu of the plan are gone from the store: in no figure.\n",
                 model->plan.missing);
    for (size_t i = 0; i < model->plan.count; i++)
        add_row(model, i + 1, model->plan.rows[i], out);
    if (totals->creators > 0) {
        add_total(model, "Cost in all", COL_COST, out);
        add_total(model, "Reached at least once", COL_REACH, out);
        add_reach(model, out);
        add_total(model, "Orders", COL_ORDERS, out);
        add_total(model, "Profit", COL_PROFIT, out);
        add_total(model, "ROI", COL_ROI, out);
        add_range(model, out);
        add_against(model, out);
    } else {
        buf_add_string(out, "Nobody is in the plan: add and a number puts somebody in, fill "
                            "proposes who.\n");
    }
    if (totals->chance && totals->creators > 0)
        buf_add_string(out, "Under 3 expected orders chance decides.\n");
    add_over(model, out);
    add_next(model, out);
}

/* ---- filling the budget ---- */

static void add_change(const struct model *model, const struct fill_change *change, struct buf *out)
{
    spoken_name(model, change->row, out);
    if (change->before == 0)
        buf_addf(out, ": in with %u %s", change->after, change->after == 1 ? "post" : "posts");
    else if (change->after == 0)
        buf_add_string(out, ": out");
    else
        buf_addf(out, ": %u posts instead of %u", change->after, change->before);
    buf_add_string(out, "; cost ");
    spoken_value(model, UNIT_PROFIT, change->cost, out);
    buf_add_string(out, change->estimated ? ", estimated; profit " : "; profit ");
    spoken_value(model, UNIT_PROFIT, change->profit, out);
    buf_add_string(out, ".\n");
}

static void add_judgement(const struct model *model, struct buf *out)
{
    static void (*const said[])(const struct model *model, struct buf *out) = {proposal_judge,
                                                                               proposal_left};
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        struct buf text = BUF_INIT;
        said[i](model, &text);
        text_safe(out, buf_text(&text));
        buf_add_string(out, text.length > 0 ? ".\n" : "");
        buf_release(&text);
    }
}

void spoken_proposal(const struct model *model, struct buf *out)
{
    const struct fill_report *report = model->proposal.report;
    struct buf from = BUF_INIT;
    buf_add_string(out, "Filling the budget of ");
    spoken_value(model, UNIT_MONEY, model->proposal.wish.budget, out);
    buf_add_string(out, ", choosing ");
    proposal_from(model, false, &from);
    text_safe(out, buf_text(&from));
    buf_add_string(out, ".\n");
    buf_release(&from);
    for (size_t i = 0; report && report->result.any && i < report->change_count; i++)
        add_change(model, &report->changes[i], out);
    add_judgement(model, out);
    if (report && report->result.any) {
        buf_add_string(out, "The plan would have ");
        spoken_count(model, report->after.creators, "creator", "creators", out);
        buf_add_string(out, ", cost ");
        spoken_value(model, UNIT_MONEY, report->after.cost, out);
        buf_add_string(out, ", profit ");
        spoken_value(model, UNIT_PROFIT, report->after.profit, out);
        buf_add_string(out, report->after.estimated ? ", estimated.\n" : ".\n");
    }
    buf_add_string(out, "yes takes it, no leaves the plan as it is.\n");
}

/* ---- plans side by side ---- */

void spoken_plans(const struct model *model, struct buf *out)
{
    const struct plans_place *place = &model->side_by_side;
    for (size_t i = 0; i < place->count; i++) {
        const struct plans_column *column = &place->columns[i];
        text_safe(out, text_of(column->title));
        buf_add_string(out, column->kind == PLANS_IN_USE   ? ", in use"
                            : column->kind == PLANS_PRESET ? ", a preset"
                                                           : "");
        for (size_t k = 0; k < place->rows.count; k++) {
            const struct plans_row *row = &place->rows.items[k];
            char mark;
            double value = plans_value(column, row, &mark);
            if (!row->title)
                continue; /* assumptions tells these */
            buf_addf(out, "; %s: ", row->title);
            spoken_value(model, row->unit, value, out);
            buf_add_string(out, mark == '~' && number_known(value) ? ", estimated" : "");
        }
        buf_add_string(out, ".\n");
    }
}

/* ---- assumptions ---- */

static void add_knob(const struct model *model, const struct knob *knob, struct buf *out)
{
    struct buf value = BUF_INIT;
    double number = scenario_knob_number(&model->scenario, text_of(knob->key));
    bool own = scenario_knob_get(&model->scenario, text_of(knob->key), &value);
    buf_addf(out, "%s: ", knob->title);
    if (knob->kind == KNOB_NUMBER && number_known(number)) {
        typed_show(out, knob->unit, number, model->style);
        if (knob->unit == UNIT_MONEY || knob->unit == UNIT_UNIT_COST)
            buf_addf(out, " %s", model_currency(model));
    } else if (value.length > 0) {
        text_safe(out, buf_text(&value));
    } else {
        buf_add_string(out, "none");
    }
    buf_addf(out, "%s; set %s.\n", own ? ", yours" : ", the default", knob->key);
    buf_release(&value);
}

void spoken_assumptions(const struct model *model, struct buf *out)
{
    struct knob knob;
    size_t at = 0;
    bool all = model->said.about.length > 0;
    size_t left = 0;
    for (size_t i = 0; knob_next(&at, &model->scenario, &knob); i++) {
        bool told =
            all || i < ASSUMPTIONS_FIRST || scenario_own(&model->scenario, text_of(knob.key));
        if (told)
            add_knob(model, &knob, out);
        left += !told;
    }
    if (left > 0)
        buf_addf(out, "%zu more are the program's; assumptions all tells them.\n", left);
}
