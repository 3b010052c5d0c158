#include <math.h>
#include <stddef.h>

#include "app_internal.h"
#include "domain/show.h"

/* The prompts: filter, search and budget; that for commands has a file of its own. What is typed takes effect at once where it can. */

static void budget_write(struct model *model)
{
    struct buf text = BUF_INIT;
    show_number(&text, UNIT_MONEY, model->scenario.budget, true, model->style);
    line_set(&model->line, buf_text(&text));
    buf_release(&text);
}

void prompt_open(struct model *model, enum prompt prompt)
{
    struct knob budget;
    model->prompt = prompt;
    model->line_error = (struct err){.message = ""};
    model->line_fresh = false;
    line_set(&model->line, TEXT(""));
    switch (prompt) {
    case PROMPT_FILTER:
        model->picker.kind = PICK_FILTER;
        model->picker.cursor = model->picker.top = 0;
        picker_build(model);
        break;
    case PROMPT_SEARCH:
        search_open(model);
        break;
    case PROMPT_BUDGET:
        knob_find(TEXT("budget"), &budget);
        setting_begin(model, &budget);
        budget_write(model);
        model->line_fresh = true;
        break;
    case PROMPT_COMMAND:
    case PROMPT_NONE:
        break;
    }
}

void prompt_close(struct model *model, bool keep, struct effects *effects)
{
    enum prompt prompt = model->prompt;
    if (keep && model->line_error.message[0])
        return; /* the prompt stays, with its error */
    model->prompt = PROMPT_NONE;
    model->line_error = (struct err){.message = ""};
    if (prompt == PROMPT_BUDGET || prompt == PROMPT_COMMAND)
        command_close(model, keep, effects);
    if (prompt == PROMPT_SEARCH)
        search_close(model, keep);
}

bool prompt_key(struct model *model, uint32_t key)
{
    bool letter = key >= ' ' && key < K_FIRST_NAMED && key != K_BACKSPACE;
    if (model->line_fresh && letter)
        line_set(&model->line, TEXT(""));
    model->line_fresh = false;
    if (!line_key(&model->line, key))
        return false;
    prompt_typed(model);
    return true;
}

void prompt_paste(struct model *model, struct text text)
{
    if (model->line_fresh)
        line_set(&model->line, TEXT(""));
    model->line_fresh = false;
    line_insert(&model->line, text);
    prompt_typed(model);
}

/* budget */

static bool budget_set(struct model *model, double value)
{
    size_t parameter = parameter_at(offsetof(struct scenario, budget));
    return scenario_set(&model->scenario, parameter, value, &model->line_error);
}

static void budget_typed(struct model *model)
{
    double value;
    if (!show_read(buf_text(&model->line.text), UNIT_MONEY, model->style, &value))
        err_set(&model->line_error, "not an amount: 5000, 2.5k");
    else
        budget_set(model, value);
}

/* The largest of 1, 2, 5 x 10^k not above 2.5 % of the value. */
static double figure_step(double value)
{
    double limit = fabs(value) * 0.025;
    if (!(limit > 0))
        return 1;
    double power = pow(10, floor(log10(limit)));
    static const double steps[] = {5, 2, 1};
    for (size_t i = 0; i < 3; i++)
        if (steps[i] * power <= limit * (1 + 1e-12))
            return steps[i] * power;
    return power;
}

void budget_step(struct model *model, double steps)
{
    double value = model->scenario.budget;
    value += steps * fmax(1, figure_step(value));
    model->line_error = (struct err){.message = ""};
    if (budget_set(model, fmax(0, value)))
        budget_write(model);
    model->line_fresh = true;
}

/* filter */

void filter_enter(struct model *model)
{
    const struct picker *picker = &model->picker;
    struct text typed = text_trim(buf_text(&model->line.text));
    struct buf text = BUF_INIT;
    if (picker->cursor < picker->count)
        buf_add_text(&text, picker->items[picker->cursor].text);
    else
        buf_add_text(&text, typed);
    char last = text.length ? text.at[text.length - 1] : 0;
    if (last == ':' || last == '<' || (last == '=' && text.length > 1)) {
        bool again = text_equal(buf_text(&text), typed);
        line_set(&model->line, buf_text(&text)); /* a column: its value is still to come */
        prompt_typed(model);
        if (again)
            err_set(&model->line_error, "a value is missing after '%s'", buf_string(&text));
    } else if (text.length > 0) {
        struct filter_context context = {model->sheet, true};
        if (filter_add(&model->query.filter, buf_text(&text), &context, &model->line_error)) {
            model->line_error = (struct err){.message = ""};
            view_changed(model, "filter %s", buf_string(&text));
            line_set(&model->line, TEXT(""));
            prompt_typed(model);
        }
    }
    buf_release(&text);
}

static void filter_typed(struct model *model)
{
    model->line_error = (struct err){.message = ""};
    model->picker.cursor = model->picker.top = 0;
    picker_build(model);
}

static void (*const typed[])(struct model *model) = {
    [PROMPT_FILTER] = filter_typed,
    [PROMPT_SEARCH] = search_typed,
    [PROMPT_BUDGET] = budget_typed,
    [PROMPT_COMMAND] = command_typed,
};

void prompt_typed(struct model *model)
{
    if (model->prompt != PROMPT_NONE) {
        model->line_error = (struct err){.message = ""};
        typed[model->prompt](model);
    } else if (model->overlay == OVERLAY_PICKER) {
        model->picker.cursor = model->picker.top = 0;
        picker_build(model);
    }
}
