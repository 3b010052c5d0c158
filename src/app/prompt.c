#include <math.h>
#include <stddef.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "domain/show.h"

/* The prompts: filter, search and budget; that for commands has a file of its own. What is typed takes effect at once where it can. */

static size_t budget_parameter(void)
{
    return parameter_at(offsetof(struct scenario, budget));
}

static void budget_write(struct model *model)
{
    struct buf text = BUF_INIT;
    show_number(&text, UNIT_MONEY, model->scenario.budget, true, model->style);
    line_set(&model->line, buf_text(&text));
    buf_release(&text);
}

void prompt_open(struct model *model, enum prompt prompt)
{
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
        model->search_row = model_row(model);
        model->search_hits = 0;
        break;
    case PROMPT_BUDGET:
        model->budget_before = model->scenario.budget;
        model->budget_before_assumed =
            scenario_assumes(&model->scenario, offsetof(struct scenario, budget));
        budget_write(model);
        model->line_fresh = true;
        break;
    case PROMPT_COMMAND:
    case PROMPT_NONE:
        break;
    }
}

static void budget_close(struct model *model, bool keep, struct effects *effects)
{
    struct setting before = {.parameter = budget_parameter(),
                             .before = model->budget_before,
                             .assumed = model->budget_before_assumed};
    if (keep && model->scenario.budget != model->budget_before)
        own_parameter(model, effects, &before);
    else if (model->budget_before_assumed)
        scenario_reset(&model->scenario, budget_parameter());
    else
        scenario_set(&model->scenario, budget_parameter(), model->budget_before, NULL);
}

/* The cursor to where it was when the search began. */
static void search_put_back(struct model *model)
{
    size_t place = model->search_row == CATALOG_NONE
                       ? ROWSET_NONE
                       : rowset_find(&model->result.rows, model->search_row);
    if (place != ROWSET_NONE)
        list_go(model, place);
}

void prompt_close(struct model *model, bool keep, struct effects *effects)
{
    enum prompt prompt = model->prompt;
    if (keep && model->line_error.message[0])
        return; /* the prompt stays, with its error */
    model->prompt = PROMPT_NONE;
    model->line_error = (struct err){.message = ""};
    if (prompt == PROMPT_BUDGET)
        budget_close(model, keep, effects);
    if (prompt == PROMPT_COMMAND)
        command_close(model, keep, effects);
    if (prompt == PROMPT_SEARCH && !keep)
        search_put_back(model);
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

static void budget_typed(struct model *model)
{
    double value;
    if (!show_read(buf_text(&model->line.text), UNIT_MONEY, model->style, &value))
        err_set(&model->line_error, "not an amount: 5000, 2.5k");
    else
        scenario_set(&model->scenario, budget_parameter(), value, &model->line_error);
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
    if (scenario_set(&model->scenario, budget_parameter(), fmax(0, value), &model->line_error))
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

/* search */

static const enum column searched[] = {COL_HANDLE, COL_NAME, COL_NICHE, COL_TAG, COL_BIO};

/* All letters in this order, others between. */
static bool fuzzy(struct text text, struct text letters)
{
    size_t at = 0;
    for (size_t i = 0; i < text.length && at < letters.length; i++)
        at += text.at[i] == letters.at[at];
    return at == letters.length;
}

static bool hit(struct model *model, uint32_t row, struct text folded, bool loosely,
                struct buf *room)
{
    size_t columns_looked = loosely ? 2 : sizeof searched / sizeof searched[0];
    for (size_t i = 0; i < columns_looked; i++) {
        size_t at;
        buf_clear(room);
        utf8_fold(room, catalog_text(model->catalog, searched[i], row));
        if (loosely ? fuzzy(buf_text(room), folded) : text_find(buf_text(room), folded, &at))
            return true;
    }
    return false;
}

/* From the place after `from` (or before, or at it) round the whole list to the first hit. */
static bool search_from(struct model *model, size_t from, int direction, bool loosely)
{
    const struct rowset *rows = &model->result.rows;
    struct buf folded = BUF_INIT, room = BUF_INIT;
    utf8_fold(&folded, buf_text(&model->search));
    size_t first = ROWSET_NONE;
    model->search_hits = 0;
    for (size_t i = 0; i < rows->count; i++) {
        size_t place =
            direction < 0 ? (from + rows->count - i) % rows->count : (from + i) % rows->count;
        if (!hit(model, rowset_at(rows, place), buf_text(&folded), loosely, &room))
            continue;
        model->search_hits++;
        if (first == ROWSET_NONE)
            first = place;
    }
    buf_release(&folded);
    buf_release(&room);
    if (first == ROWSET_NONE)
        return false;
    list_go(model, first);
    return true;
}

/* What the filter hides may be what was meant. */
static size_t search_hidden(struct model *model)
{
    struct buf folded = BUF_INIT, room = BUF_INIT;
    size_t hits = 0;
    utf8_fold(&folded, buf_text(&model->search));
    for (uint32_t row = 0; row < model->catalog->count; row++)
        hits +=
            catalog_live(model->catalog, row) && hit(model, row, buf_text(&folded), false, &room);
    buf_release(&folded);
    buf_release(&room);
    return hits;
}

static void search_go(struct model *model, size_t from, int direction)
{
    model->search_hidden = 0;
    if (model->search.length == 0)
        return;
    if (search_from(model, from, direction, false))
        return;
    model->search_hidden = model->query.filter.count > 0 ? search_hidden(model) : 0;
    if (model->search_hidden == 0)
        search_from(model, from, direction, true);
}

static void search_typed(struct model *model)
{
    buf_clear(&model->search);
    buf_add_text(&model->search, buf_text(&model->line.text));
    model->search_hits = 0;
    size_t from =
        model->search_row == CATALOG_NONE ? 0 : rowset_find(&model->result.rows, model->search_row);
    search_go(model, from == ROWSET_NONE ? 0 : from, 1);
}

void search_again(struct model *model, int direction)
{
    size_t count = model->result.rows.count;
    if (count == 0)
        return;
    size_t from = (model->list.cursor + count + (size_t)direction) % count;
    search_go(model, from, direction);
    if (model->search_hits == 0)
        model_notice(model, "no hit for '%s', %zu outside the filter", buf_string(&model->search),
                     model->search_hidden);
    else
        model_notice(model, "%zu %s for '%s'", model->search_hits,
                     model->search_hits == 1 ? "hit" : "hits", buf_string(&model->search));
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
