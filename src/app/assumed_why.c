#include <math.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "help_internal.h"
#include "subject_internal.h"

/* What a plan rests on: an assumption, what the same money does elsewhere; and the figures of plans
 * side by side. */

/* ---- an assumption ---- */

static void add_knob(const struct model *model, const struct scenario *scenario,
                     const struct knob *knob, struct buf *out)
{
    struct buf value = BUF_INIT;
    scenario_knob_get(scenario, text_of(knob->key), &value);
    knob_show(out, knob, buf_text(&value), model->style);
    buf_release(&value);
}

static bool is_guess(const struct knob *knob)
{
    return text_starts(text_of(knob->source), "assumption");
}

static void tell_value(const struct model *model, const struct scenario *scenario,
                       const struct knob *knob, struct help *help)
{
    bool own = scenario_own(scenario, text_of(knob->key));
    struct buf text = BUF_INIT;
    add_knob(model, scenario, knob, &text);
    if (own)
        buf_add_string(&text, "  = yours: you said so.");
    else if (is_guess(knob))
        buf_add_string(&text, "  ! assumed: nobody has said otherwise, and nobody can look it up.");
    else
        buf_add_string(&text, "  the default: nobody has said otherwise.");
    help_entry(help, TEXT("Value"), buf_text(&text));
    buf_release(&text);
}

static void tell_limits(const struct model *model, const struct knob *knob, struct help *help)
{
    struct buf text = BUF_INIT;
    if (knob->kind != KNOB_NUMBER)
        return;
    if (isfinite(knob->least) && isfinite(knob->most)) {
        show_number(&text, knob->unit, knob->least, true, model->style);
        buf_add_string(&text, " to ");
        show_number(&text, knob->unit, knob->most, true, model->style);
        buf_add_string(&text, knob->optional ? ", or none." : ".");
        help_entry(help, TEXT("May be"), buf_text(&text));
    }
    buf_release(&text);
}

/* What it is, what it stands at and where that comes from. */
static void tell_knob(const struct model *model, const struct scenario *scenario,
                      const struct knob *knob, struct help *help)
{
    struct buf text = BUF_INIT;
    help_heading(help, "What it is");
    help_entry(help, text_of(knob->title), text_of(knob->help));
    help_heading(help, "Where it comes from");
    tell_value(model, scenario, knob, help);
    if (knob->kind == KNOB_NUMBER && !knob->group && number_known(knob->standard)) {
        show_number(&text, knob->unit, knob->standard, true, model->style);
        help_entry(help, TEXT("Default"), buf_text(&text));
    }
    if (*knob->source) {
        buf_clear(&text);
        buf_addf(&text, "%s.", knob->source);
        help_entry(help, TEXT("Source of the default"), buf_text(&text));
    }
    tell_limits(model, knob, help);
    buf_release(&text);
}

bool knob_here(const struct model *model)
{
    const struct side_line *line = side_line(model);
    return line && line->kind == SIDE_KNOB;
}

const char *knob_source(const struct model *model)
{
    return side_line(model)->knob.key;
}

void knob_title(const struct model *model, struct buf *out)
{
    const struct knob *knob = &side_line(model)->knob;
    buf_addf(out, "Why %s ", knob->title);
    add_knob(model, &model->scenario, knob, out);
}

static void add_roi(const struct model *model, double roi, struct buf *out)
{
    show_number(out, UNIT_ROI, roi, false, model->style);
}

/* Of reach, click and buy rate low and high are those of their spread; of the others a tenth less and
 * more. */
static void tell_swing(const struct model *model, const struct side_swing *swing, struct help *help)
{
    struct buf text = BUF_INIT;
    help_heading(help, "What it changes");
    if (!number_known(swing->low)) {
        buf_add_string(&text, "The ROI of the plan is unknown, so it cannot be said.");
    } else if (swing->low == swing->high) {
        buf_add_string(&text, "Nothing in the ROI of the plan.");
    } else {
        add_roi(model, model->plan.totals.roi.value, &text);
        buf_add_string(&text, " now, ");
        add_roi(model, swing->low, &text);
        buf_add_string(&text, " were it low, ");
        add_roi(model, swing->high, &text);
        buf_add_string(&text, " were it high.");
        if (swing->widest)
            buf_add_string(&text, " One of the two that move it most.");
    }
    help_entry(help, TEXT("ROI of the plan"), buf_text(&text));
    help_entry(help, TEXT("Low, high"),
               TEXT("Of reach, click rate and buy rate: nine in ten times it is more, or less, "
                    "than that. Of all others: a tenth less, a tenth more. w sets plans with other "
                    "assumptions side by side."));
    buf_release(&text);
}

void knob_why(const struct model *model, struct help *help)
{
    const struct side_line *line = side_line(model);
    struct buf text = BUF_INIT;
    tell_knob(model, &model->scenario, &line->knob, help);
    buf_addf(&text, "%s here, %s gives the default back; :set %s VALUE from anywhere.",
             model_key(model, 'e').text, model_key(model, 'X').text, line->knob.key);
    help_entry(help, TEXT("To change it"), buf_text(&text));
    buf_release(&text);
    if (line->swing != SIDE_NO_SWING)
        tell_swing(model, &model->plan.assumed.swings.items[line->swing], help);
}

/* ---- a channel ---- */

bool channel_here(const struct model *model)
{
    const struct side_line *line = side_line(model);
    return line && line->kind == SIDE_CHANNEL && model->scenario.channels[line->channel].name[0];
}

static const struct channel *channel_of(const struct model *model)
{
    return &model->scenario.channels[side_line(model)->channel];
}

const char *channel_source(const struct model *model)
{
    (void)model;
    return "channel";
}

void channel_title(const struct model *model, struct buf *out)
{
    buf_add_string(out, "Why ");
    add_roi(model, channel_roi(&model->scenario, channel_of(model)), out);
    buf_add_string(out, "  ");
    text_safe(out, text_of(channel_of(model)->name));
}

static void tell_number(const struct model *model, struct help *help, const char *label,
                        enum unit unit, double value, const char *what)
{
    struct buf text = BUF_INIT;
    if (number_known(value))
        show_number(&text, unit, value, true, model->style);
    else
        buf_add_string(&text, "not given");
    buf_addf(&text, "  %s", what);
    help_entry(help, text_of(label), buf_text(&text));
    buf_release(&text);
}

void channel_why(const struct model *model, struct help *help)
{
    const struct channel *channel = channel_of(model);
    const struct scenario *scenario = &model->scenario;
    double roi = channel_roi(scenario, channel);
    bool measured = !isnan(channel->roas);
    struct buf text = BUF_INIT;
    help_heading(help, "What it is");
    help_entry(
        help, TEXT("ROI"),
        TEXT("What the same money returns in this channel, at your order value and margin."));
    help_heading(help, "How it is made");
    help_entry(help, TEXT("ROI ="),
               measured ? TEXT("ROAS x incremental x margin - 1")
                        : TEXT("1000 / CPM x click rate x buy rate x order value x incremental x "
                               "margin - 1"));
    if (measured) {
        tell_number(model, help, "ROAS", UNIT_RATIO, channel->roas, "as you measured it");
    } else {
        tell_number(model, help, "CPM", UNIT_UNIT_COST, channel->cpm, "for a thousand views");
        tell_number(model, help, "Click rate", UNIT_SHARE, channel->ctr, "of those who see it");
        tell_number(model, help, "Buy rate", UNIT_SHARE, channel->cvr, "of those who click");
        tell_number(model, help, "Order value", UNIT_UNIT_COST, scenario->aov, "as of the plan");
    }
    tell_number(model, help, "Incremental", UNIT_SHARE, channel->incremental,
                "of these orders would not have come anyway");
    tell_number(model, help, "Margin", UNIT_SHARE, scenario->margin, "as of the plan");
    add_roi(model, roi, &text);
    buf_add_string(&text, number_known(roi) ? ", the plan " : ": a rate is missing; the plan ");
    add_roi(model, model->plan.totals.roi.value, &text);
    help_entry(help, TEXT("Together"), buf_text(&text));
    help_entry(help, TEXT("To change it"),
               TEXT("Enter on it shows its figures, each with help and source; - removes it."));
    buf_release(&text);
}

/* ---- plans side by side ---- */

static const struct plans_row *row_of(const struct model *model)
{
    return &model->side_by_side.rows.items[model->side_by_side.at.cursor];
}

static const struct plans_column *column_of(const struct model *model)
{
    return &model->side_by_side.columns[model->side_by_side.focus];
}

bool plans_here(const struct model *model)
{
    const struct plans_place *place = &model->side_by_side;
    return place->at.cursor < place->rows.count && place->focus < place->count;
}

static const char *row_title(const struct plans_row *row)
{
    return row->title ? row->title : row->knob.title;
}

const char *plans_source(const struct model *model)
{
    const struct plans_row *row = row_of(model);
    return row->knob.key[0]             ? row->knob.key
           : row->column < COLUMN_COUNT ? columns[row->column].title
                                        : NULL;
}

static void add_figure(const struct model *model, const struct plans_column *column,
                       const struct plans_row *row, struct buf *out)
{
    char mark;
    double value = plans_value(column, row, &mark);
    if (row->knob.key[0]) {
        add_knob(model, &column->scenario, &row->knob, out);
        return;
    }
    if (mark != ' ' && number_known(value))
        buf_add_char(out, mark);
    show_number(out, row->unit, value, true, model->style);
}

void plans_why_title(const struct model *model, struct buf *out)
{
    buf_addf(out, "Why %s ", row_title(row_of(model)));
    add_figure(model, column_of(model), row_of(model), out);
    buf_add_string(out, "  ");
    text_safe(out, text_of(column_of(model)->title));
}

static void tell_creators(const struct model *model, const struct plans_column *column,
                          struct help *help)
{
    static const char *const whose[] = {
        [PLANS_IN_USE] = "in the plan that is in use",
        [PLANS_KEPT] = "in this plan, with their own deals",
        [PLANS_PRESET] = "of the plan in use, under other assumptions",
    };
    const struct total *total = NULL;
    const struct plans_row *row = row_of(model);
    struct buf text = BUF_INIT;
    why_add_count(model, (double)column->totals.creators, "creator", "creators", &text);
    buf_addf(&text, " %s", whose[column->kind]);
    if (row->column < COLUMN_COUNT)
        total = total_of_column(&column->totals, row->column);
    if (total && total->known < column->totals.creators) {
        buf_add_string(&text, "; the figure is known of ");
        number_fixed(&text, (double)total->known, 0, model->style);
    }
    if (column->missing > 0) {
        buf_add_string(&text, "; ");
        number_fixed(&text, (double)column->missing, 0, model->style);
        buf_add_string(&text, " more are not in the store any longer and count nowhere");
    }
    buf_add_char(&text, '.');
    help_entry(help, TEXT("Creators"), buf_text(&text));
    if (column->totals.estimated_fees > 0) {
        buf_clear(&text);
        why_add_count(model, (double)column->totals.estimated_fees, "fee is our estimate",
                      "fees are our estimate", &text);
        buf_add_string(&text, ": figures that rest on one have ~.");
        help_entry(help, TEXT("Estimates"), buf_text(&text));
    }
    buf_release(&text);
}

/* Every assumption in which the columns differ, as this one has it and as the one in use. */
static void tell_differences(const struct model *model, const struct plans_column *column,
                             struct help *help)
{
    const struct plans_place *place = &model->side_by_side;
    const struct plans_column *used = &place->columns[0];
    help_heading(help, "What differs from the plan in use");
    for (size_t i = 0; i < place->rows.count; i++) {
        const struct plans_row *row = &place->rows.items[i];
        struct buf here = BUF_INIT, there = BUF_INIT;
        if (!row->knob.key[0])
            continue;
        add_figure(model, column, row, &here);
        add_figure(model, used, row, &there);
        if (!text_equal(buf_text(&here), buf_text(&there))) {
            buf_addf(&here, " here, %s in use.", buf_string(&there));
            help_entry(help, text_of(row->knob.title), buf_text(&here));
        }
        buf_release(&here);
        buf_release(&there);
    }
}

void plans_why(const struct model *model, struct help *help)
{
    const struct plans_row *row = row_of(model);
    const struct plans_column *column = column_of(model);
    if (row->knob.key[0]) {
        tell_knob(model, &column->scenario, &row->knob, help);
    } else {
        help_heading(help, "What it is");
        if (row->column < COLUMN_COUNT)
            why_tell_column(row->column, help);
        else
            help_entry(help, text_of(row->title), text_of(row->help));
        help_heading(help, "How it is made");
        help_entry(help, TEXT("A total"),
                   TEXT("Sums are over the creators of whom the figure is known; a rate is worked "
                        "out anew from the sums, never as a mean of rates."));
        tell_creators(model, column, help);
    }
    if (column != &model->side_by_side.columns[0])
        tell_differences(model, column, help);
    help->heading = (struct text){0};
}
