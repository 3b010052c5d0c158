#include <math.h>
#include <stddef.h>

#include "app_internal.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "domain/total.h"
#include "domain/typed.h"

/* The prompt for a goal. While it is typed the inputs that reach it are sought anew; nothing changes
 * before Enter. */

static const struct {
    const char *title;
    enum unit unit;
    size_t number; /* of struct scenario; 0: a creator's own */
} inputs[GOAL_INPUTS] = {
    [GOAL_FEE] = {"Fee", UNIT_MONEY, 0},
    [GOAL_DELIVERABLES] = {"Posts", UNIT_COUNT, 0},
    [GOAL_AOV] = {"Order value", UNIT_UNIT_COST, offsetof(struct scenario, aov)},
    [GOAL_CVR] = {"Buy rate", UNIT_SHARE, offsetof(struct scenario, cvr)},
    [GOAL_DISCOUNT] = {"Discount", UNIT_SHARE, offsetof(struct scenario, discount)},
};

/* First what one can talk about with a creator, then what is the shop's. */
static const enum goal_input order[GOAL_INPUTS] = {GOAL_FEE, GOAL_DELIVERABLES, GOAL_AOV, GOAL_CVR,
                                                   GOAL_DISCOUNT};

const char *goal_input_title(enum goal_input input)
{
    return inputs[input].title;
}

bool goal_input_shared(enum goal_input input)
{
    return inputs[input].number > 0;
}

void goal_input_show(struct buf *out, enum goal_input input, double value,
                     struct number_style style)
{
    typed_show(out, inputs[input].unit, value, style);
}

void goal_title(const struct model *model, struct buf *out)
{
    const struct goal_prompt *goal = &model->goal;
    uint32_t row = catalog_find_id(model->catalog, goal->id);
    buf_addf(out, "%s of ", columns[goal->column].title);
    if (goal->plan) {
        buf_add_string(out, "the plan");
    } else if (row != CATALOG_NONE) {
        buf_add_char(out, '@');
        model_handle(model, row, out);
    }
}

/* ---- what reaches it ---- */

static double number_of(const struct scenario *scenario, enum goal_input input)
{
    return *(const double *)((const char *)scenario + inputs[input].number);
}

static double present_of(const struct model *model, const struct figures *figures,
                         enum goal_input input)
{
    return input == GOAL_FEE            ? figures->fee
           : input == GOAL_DELIVERABLES ? figures->deliverables
                                        : number_of(&model->scenario, input);
}

static void seek_for_plan(struct model *model, double out[GOAL_INPUTS])
{
    struct goal_prompt *goal = &model->goal;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    const struct facts *facts = catalog_facts(model->catalog);
    struct totals totals;
    const uint32_t *rows = model->plan.members;
    size_t count = model->plan.member_count;
    totals_init(&totals);
    totals_make(&totals, facts, &assumptions, rows, count);
    goal->present = totals_figure(&totals, goal->column);
    totals_release(&totals);
    goal_seek_plan(facts, &assumptions, rows, count, goal->column, goal->value, out);
}

static void seek_for_creator(struct model *model, uint32_t row, struct figures *figures,
                             double out[GOAL_INPUTS])
{
    struct goal_prompt *goal = &model->goal;
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    const struct facts *facts = catalog_facts(model->catalog);
    forecast(facts, &assumptions, row, figures);
    goal->present = *(const double *)((const char *)figures + columns[goal->column].figure);
    goal_seek(facts, &assumptions, row, NULL, goal->column, goal->value, out);
}

/* The cursor: on the input chosen before, else on the first that reaches the goal. */
static void settle_cursor(struct goal_prompt *goal)
{
    goal->cursor = -1;
    for (int i = 0; i < goal->count; i++) {
        if (isinf(goal->offers[i].value))
            continue;
        if (goal->cursor < 0 || goal->offers[i].input == goal->chosen)
            goal->cursor = i;
    }
}

void goal_build(struct model *model)
{
    struct goal_prompt *goal = &model->goal;
    uint32_t row = catalog_find_id(model->catalog, goal->id);
    struct figures figures = {.fee = NAN};
    double values[GOAL_INPUTS];
    if (row == CATALOG_NONE && !(goal->plan && model->plan.total)) {
        model->prompt = PROMPT_NONE;
        return;
    }
    if (goal->plan)
        seek_for_plan(model, values);
    else
        seek_for_creator(model, row, &figures, values);
    goal->count = 0;
    for (int i = 0; i < GOAL_INPUTS; i++)
        if (!isnan(values[order[i]]))
            goal->offers[goal->count++] = (struct goal_offer){
                order[i], values[order[i]], present_of(model, &figures, order[i])};
    settle_cursor(goal);
}

/* ---- the prompt ---- */

/* In three digits, so that it is no further than it is now. */
static double rounded(double value, bool at_most)
{
    double digits = value == 0 ? 0 : fmax(0, 2 - floor(log10(fabs(value))));
    double scale = pow(10, fmin(digits, 12));
    return (at_most ? ceil(value * scale - 1e-9) : floor(value * scale + 1e-9)) / scale;
}

/* Break-even, or the figure as it is. */
static void begin_line(struct model *model)
{
    struct goal_prompt *goal = &model->goal;
    enum unit unit = columns[goal->column].unit;
    struct buf text = BUF_INIT;
    goal->value = unit == UNIT_ROI || unit == UNIT_PROFIT ? 0
                  : isfinite(goal->present) ? rounded(goal->present, goal_at_most(goal->column))
                                            : goal->present;
    if (number_known(goal->value))
        typed_show(&text, unit, goal->value, model->style);
    line_set(&model->line, buf_text(&text));
    model->line_fresh = true;
    buf_release(&text);
}

void goal_open(struct model *model)
{
    uint32_t row;
    enum column column;
    bool plan = plan_total_here(model);
    if (!model_subject(model, &row, &column) && !plan)
        return;
    model->goal = (struct goal_prompt){.id = plan ? 0 : catalog_id(model->catalog, row),
                                       .plan = plan,
                                       .column = column,
                                       .value = NAN,
                                       .cursor = -1};
    prompt_open(model, PROMPT_GOAL);
    goal_build(model);
    begin_line(model);
}

bool goal_possible(const struct model *model)
{
    uint32_t row;
    enum column column;
    if (plan_total_here(model))
        return goal_can(model->plan.cell, true);
    return model_place_context(model) != CONTEXT_ASSUMPTIONS &&
           model_subject(model, &row, &column) && goal_can(column, false);
}

void goal_typed(struct model *model)
{
    struct goal_prompt *goal = &model->goal;
    struct text text = text_trim(buf_text(&model->line.text));
    struct typed typed;
    goal->value = NAN;
    if (text.length > 0 && typed_read(text, columns[goal->column].unit, model->style, goal->present,
                                      &typed, &model->line_error))
        goal->value = typed.value;
}

bool goal_has_plan(const struct model *model)
{
    return model->place == PLACE_PLAN && model->goal.id && goal_can(model->goal.column, true);
}

void goal_turn(struct model *model)
{
    model->goal.plan = !model->goal.plan;
    goal_build(model);
    if (model->line_fresh)
        begin_line(model);
}

void goal_vertical(struct model *model, long by)
{
    struct goal_prompt *goal = &model->goal;
    int step = by < 0 ? -1 : 1;
    for (int i = goal->cursor + step; i >= 0 && i < goal->count && goal->cursor >= 0; i += step)
        if (!isinf(goal->offers[i].value)) {
            goal->cursor = i;
            goal->chosen = goal->offers[i].input;
            return;
        }
}

/* ---- made so ---- */

/* "fee @lenaskin 480 > 429" */
static void offer_label(const struct model *model, const struct goal_offer *offer, uint32_t row,
                        struct buf *out)
{
    const char *const names[GOAL_INPUTS] = {[GOAL_FEE] = "fee",
                                            [GOAL_DELIVERABLES] = "posts",
                                            [GOAL_AOV] = "aov",
                                            [GOAL_CVR] = "cvr",
                                            [GOAL_DISCOUNT] = "discount"};
    buf_addf(out, "%s ", names[offer->input]);
    if (!goal_input_shared(offer->input)) {
        model_handle(model, row, out);
        buf_add_char(out, ' ');
    }
    goal_input_show(out, offer->input, offer->present, model->style);
    buf_add_string(out, " > ");
    goal_input_show(out, offer->input, offer->value, model->style);
}

static void apply_shared(struct model *model, struct effects *effects,
                         const struct goal_offer *offer, struct text label)
{
    size_t parameter = parameter_at(inputs[offer->input].number);
    struct knob_change change;
    knob_change_begin(&change, &model->scenario, text_of(parameters[parameter].key));
    scenario_set(&model->scenario, parameter, offer->value, NULL);
    if (knob_change_end(&change, &model->scenario))
        own_knobs(model, effects, label, &change, 1);
}

static void apply_own(struct model *model, struct effects *effects, const struct goal_offer *offer,
                      uint32_t row, struct text label)
{
    struct plan_change change = {.row = row, .before = catalog_plan_get(model->catalog, row)};
    change.after = change.before;
    if (offer->input == GOAL_FEE)
        change.after.fee = offer->value * currency_scale(model->scenario.currency);
    else
        change.after.deliverables = (unsigned)offer->value;
    own_planned(model, effects, label, &change, 1);
}

/* "fee 429: ROI of @lenaskin +50%" */
static void tell(struct model *model, const struct goal_offer *offer)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s ", goal_input_title(offer->input));
    goal_input_show(&text, offer->input, offer->value, model->style);
    buf_addf(&text, " brings ");
    goal_title(model, &text);
    buf_addf(&text, " to %s ", goal_at_most(model->goal.column) ? "at most" : "at least");
    show_number(&text, columns[model->goal.column].unit, model->goal.value, true, model->style);
    model_notice(model, "%s", buf_string(&text));
    buf_release(&text);
}

void goal_accept(struct model *model, struct effects *effects)
{
    const struct goal_prompt *goal = &model->goal;
    if (model->line_error.message[0])
        return; /* the prompt stays, with its error */
    if (goal->cursor < 0) {
        err_set(&model->line_error,
                isnan(goal->value) ? "type what it shall be" : "nothing here brings it there");
        return;
    }
    const struct goal_offer *offer = &goal->offers[goal->cursor];
    uint32_t row = catalog_find_id(model->catalog, goal->id);
    struct buf label = BUF_INIT;
    offer_label(model, offer, row, &label);
    if (goal_input_shared(offer->input))
        apply_shared(model, effects, offer, buf_text(&label));
    else
        apply_own(model, effects, offer, row, buf_text(&label));
    buf_release(&label);
    tell(model, offer);
    prompt_close(model, false, effects);
}
