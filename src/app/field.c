#include "app/field.h"

#include <math.h>
#include <string.h>

#include "app_internal.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/typed.h"
#include "step_internal.h"

#define FEE_MOST 1e9
#define POSTS_MOST 1000

void field_release(struct field *field)
{
    if (!field)
        return;
    step_release(&field->told);
    *field = (struct field){0};
}

static const struct kind_row {
    enum column column;
    enum unit unit;
    double most;
    const char *title, *label; /* of the line, and of undo */
} kinds[] = {
    [FIELD_FEE] = {COL_FEE, UNIT_MONEY, FEE_MOST, "Fee", "fee"},
    [FIELD_DELIVERABLES] = {COL_DELIVERABLES, UNIT_COUNT, POSTS_MOST, "Posts", "posts"},
};

static enum field_kind kind_of(enum column column)
{
    return column == COL_FEE            ? FIELD_FEE
           : column == COL_DELIVERABLES ? FIELD_DELIVERABLES
                                        : FIELD_NONE;
}

bool field_can(enum column column)
{
    return kind_of(column) != FIELD_NONE;
}

bool field_is_knob(const struct model *model, struct text key)
{
    return model->field.kind == FIELD_KNOB && text_is(key, model->field.key);
}

bool field_is_creator(const struct model *model, int64_t id, enum column column)
{
    enum field_kind kind = model->field.kind;
    return kind != FIELD_NONE && kind == kind_of(column) && model->field.id == id;
}

/* ---- the two kinds of figures ---- */

static uint32_t row_of(const struct model *model)
{
    return catalog_find_id(model->catalog, model->field.id);
}

static double money_scale(const struct model *model)
{
    return currency_scale(model->scenario.currency);
}

/* What the creator's figure is now, in money or posts; NaN: unknown. */
static double creator_figure(const struct model *model, enum field_kind kind,
                             const struct planned *planned, uint32_t row)
{
    if (kind == FIELD_DELIVERABLES)
        return planned->deliverables;
    return isnan(planned->fee) ? sheet_number(model->sheet, COL_FEE, row)
                               : planned->fee / money_scale(model);
}

static struct planned with_figure(const struct model *model, double value)
{
    struct planned planned = model->field.before;
    if (model->field.kind == FIELD_FEE)
        planned.fee = round(value * money_scale(model));
    else
        planned.deliverables = (unsigned)value;
    return planned;
}

static bool out_of_range(struct model *model, const struct kind_row *kind)
{
    struct buf most = BUF_INIT;
    typed_show(&most, kind->unit, kind->most, model->style);
    err_set(&model->line_error, "%s must be from 0 to %s", kind->label, buf_string(&most));
    buf_release(&most);
    model->field.fault = model->line.text.length;
    return false;
}

static bool read_creator(struct model *model, struct text text)
{
    struct field *field = &model->field;
    const struct kind_row *kind = &kinds[field->kind];
    struct typed typed = {.value = NAN};
    uint32_t row = row_of(model);
    bool own = text_trim(text).length == 0 && field->kind == FIELD_FEE;
    if (row == CATALOG_NONE)
        return err_set(&model->line_error, "this creator is gone");
    if (!own &&
        !typed_read(text, kind->unit, model->style, field->present, &typed, &model->line_error)) {
        field->fault = typed.fault;
        return false;
    }
    if (!own && !(typed.value >= 0 && typed.value <= kind->most))
        return out_of_range(model, kind);
    struct planned planned = with_figure(model, typed.value);
    catalog_plan_put(model->catalog, row, &planned);
    planned = catalog_plan_get(model->catalog, row);
    field->moved = !planned_equal(&planned, &field->before);
    return true;
}

static bool read_knob(struct model *model, struct text text)
{
    struct field *field = &model->field;
    struct knob knob = model->setting.knob;
    setting_begin(model, &knob);
    field->moved = setting_read(model, &knob, text, field->present, &field->fault);
    return field->moved;
}

/* The figures as they were before. */
static void put_back(struct model *model)
{
    struct field *field = &model->field;
    uint32_t row = field->kind == FIELD_KNOB ? CATALOG_NONE : row_of(model);
    if (field->kind == FIELD_KNOB && field->moved)
        setting_put_back(model);
    else if (row != CATALOG_NONE && field->moved)
        catalog_plan_put(model->catalog, row, &field->before);
    field->moved = false;
}

/* ---- typing ---- */

void field_typed(struct model *model)
{
    struct text text = buf_text(&model->line.text);
    put_back(model);
    model->field.telling = true;
    if (model->field.kind == FIELD_KNOB)
        read_knob(model, text);
    else
        read_creator(model, text);
}

static void open_line(struct model *model, enum field_kind kind, struct text shown)
{
    model->prompt = PROMPT_FIELD;
    model->overlay = OVERLAY_NONE;
    model->field.kind = kind;
    model->field.moved = model->field.telling = false;
    model->line_error = (struct err){.message = ""};
    line_set(&model->line, shown);
    model->line_fresh = true;
}

void field_open_knob(struct model *model, const char *key)
{
    struct knob knob;
    struct buf value = BUF_INIT, shown = BUF_INIT;
    if (!knob_find(text_of(key), &knob))
        return;
    memcpy(model->field.key, knob.key, sizeof knob.key);
    model->field.present = scenario_knob_number(&model->scenario, text_of(key));
    setting_begin(model, &knob);
    scenario_knob_get(&model->scenario, text_of(key), &value);
    if (value.length > 0)
        knob_show(&shown, &knob, buf_text(&value), model->style);
    open_line(model, FIELD_KNOB, buf_text(&shown));
    buf_release(&value);
    buf_release(&shown);
}

void field_open_creator(struct model *model, uint32_t row, enum column column)
{
    enum field_kind kind = kind_of(column);
    struct field *field = &model->field;
    struct buf shown = BUF_INIT;
    if (kind == FIELD_NONE || row == CATALOG_NONE)
        return;
    field->id = catalog_id(model->catalog, row);
    field->before = catalog_plan_get(model->catalog, row);
    field->present = creator_figure(model, kind, &field->before, row);
    typed_show(&shown, kinds[kind].unit, field->present, model->style);
    open_line(model, kind, buf_text(&shown));
    buf_release(&shown);
}

/* ---- what becomes of it ---- */

static void add_figure(const struct model *model, enum unit unit, double value, struct buf *out)
{
    size_t before = out->length;
    typed_show(out, unit, value, model->style);
    if (out->length == before)
        buf_add_char(out, '-');
}

/* "fee lenaskin 480 > 450" */
static void creator_label(const struct model *model, uint32_t row, const struct planned *after,
                          struct buf *out)
{
    const struct kind_row *kind = &kinds[model->field.kind];
    buf_addf(out, "%s ", kind->label);
    model_handle(model, row, out);
    buf_add_char(out, ' ');
    add_figure(model, kind->unit, model->field.present, out);
    buf_add_string(out, " > ");
    if (model->field.kind == FIELD_FEE && isnan(after->fee))
        buf_add_string(out, "their own");
    else
        add_figure(model, kind->unit, creator_figure(model, model->field.kind, after, row), out);
}

static bool make_step(const struct model *model, struct step *step)
{
    uint32_t row = model->field.kind == FIELD_KNOB ? CATALOG_NONE : row_of(model);
    if (!model->field.moved)
        return false;
    if (model->field.kind == FIELD_KNOB)
        return setting_step(model, step);
    if (row == CATALOG_NONE)
        return false;
    struct plan_change change = {
        .row = row, .before = model->field.before, .after = catalog_plan_get(model->catalog, row)};
    struct buf label = BUF_INIT;
    creator_label(model, row, &change.after, &label);
    bool made = step_make_planned(model, buf_text(&label), &change, 1, step);
    buf_release(&label);
    return made;
}

static void take_back_told(struct model *model, struct effects *effects)
{
    struct step *told = &model->field.told;
    if (told->token)
        own_take_back(model, effects, told);
    step_release(told);
    *told = (struct step){.token = 0};
}

void field_settle(struct model *model, struct effects *effects)
{
    struct field *field = &model->field;
    struct step step;
    if (field->kind == FIELD_NONE || !field->telling)
        return;
    field->telling = false;
    if (!make_step(model, &step)) {
        take_back_told(model, effects);
        return;
    }
    step.token = field->told.token ? field->told.token : undo_token(&model->undo);
    own_tell(model, effects, &step);
    step_release(&field->told);
    field->told = step;
}

static bool keep(struct model *model, struct effects *effects, struct manner manner)
{
    struct field *field = &model->field;
    struct step step;
    bool made = make_step(model, &step);
    manner.token = field->told.token;
    model->setting.on = false;
    if (made)
        own_push(model, effects, &step, &manner);
    else
        take_back_told(model, effects);
    return made;
}

static void end(struct model *model)
{
    struct field *field = &model->field;
    step_release(&field->told);
    field->told = (struct step){.token = 0};
    field->kind = FIELD_NONE;
    field->moved = field->telling = false;
    model->setting.on = false;
    model->prompt = PROMPT_NONE;
}

void field_close(struct model *model, bool kept, struct effects *effects)
{
    if (kept) {
        keep(model, effects, (struct manner){.token = 0});
    } else {
        put_back(model);
        take_back_told(model, effects);
    }
    end(model);
}

void field_refuse(struct model *model)
{
    size_t at = model->field.fault, length = model->line.text.length;
    model->line.caret = at < length ? at : length;
    model->line_fresh = false;
}

/* ---- steps ---- */

static void next_choice(const struct model *model, const struct knob *knob, double steps,
                        struct buf *out)
{
    struct buf now = BUF_INIT;
    struct text word;
    size_t count = 0, at = 0;
    scenario_knob_get(&model->scenario, text_of(knob->key), &now);
    for (; text_known(word = knob_choice(knob, count)); count++)
        if (text_equal(word, buf_text(&now)))
            at = count;
    if (count > 0)
        buf_add_text(out, knob_choice(knob, (steps > 0 ? at + 1 : at + count - 1) % count));
    buf_release(&now);
}

/* The value so many steps further, within its limits, as a text to type; empty: there are no steps. */
static void stepped_knob(const struct model *model, double steps, struct buf *out)
{
    const struct knob *knob = &model->setting.knob;
    double value = scenario_knob_number(&model->scenario, text_of(knob->key));
    if (knob->kind != KNOB_NUMBER) {
        next_choice(model, knob, steps, out);
        return;
    }
    value = isnan(value) ? knob->least : value;
    if (knob->unit == UNIT_FLAG)
        value = steps > 0;
    else
        value = typed_stepped(knob->unit, value, steps);
    typed_show(out, knob->unit, fmin(fmax(value, knob->least), knob->most), model->style);
}

static void stepped_creator(const struct model *model, double steps, struct buf *out)
{
    const struct kind_row *kind = &kinds[model->field.kind];
    uint32_t row = row_of(model);
    if (row == CATALOG_NONE)
        return;
    struct planned now = catalog_plan_get(model->catalog, row);
    double value = creator_figure(model, model->field.kind, &now, row);
    value = typed_stepped(kind->unit, isnan(value) ? 0 : value, steps);
    typed_show(out, kind->unit, fmin(fmax(value, 0), kind->most), model->style);
}

void field_turn(struct model *model, double steps)
{
    struct buf text = BUF_INIT;
    if (model->field.kind == FIELD_KNOB)
        stepped_knob(model, steps, &text);
    else
        stepped_creator(model, steps, &text);
    if (text.length > 0) {
        model->line_error = (struct err){.message = ""};
        line_set(&model->line, buf_text(&text));
        field_typed(model);
        model->line_fresh = true;
    }
    buf_release(&text);
}

static bool here_cell(const struct model *model, struct field_figure *figure)
{
    uint32_t row;
    enum column column;
    if (!model_subject(model, &row, &column))
        return false;
    *figure = (struct field_figure){.kind = kind_of(column), .id = catalog_id(model->catalog, row)};
    return figure->kind != FIELD_NONE;
}

static bool (*const heres[CONTEXT_COUNT])(const struct model *model,
                                          struct field_figure *figure) = {
    [CONTEXT_LIST] = here_cell, [CONTEXT_DETAIL] = here_cell,        [CONTEXT_COMPARE] = here_cell,
    [CONTEXT_PLAN] = here_cell, [CONTEXT_ASSUMPTIONS] = side_figure,
};

bool field_here(const struct model *model, struct field_figure *figure)
{
    enum context context = model_place_context(model);
    return heres[context] && heres[context](model, figure);
}

static void open_figure(struct model *model, const struct field_figure *figure)
{
    if (figure->kind == FIELD_KNOB)
        field_open_knob(model, figure->key);
    else
        field_open_creator(model, catalog_find_id(model->catalog, figure->id),
                           kinds[figure->kind].column);
}

static bool same_figure(const struct field_figure *a, const struct field_figure *b)
{
    return a->kind == b->kind &&
           (a->kind == FIELD_KNOB ? strcmp(a->key, b->key) == 0 : a->id == b->id);
}

/* Keys that follow each other are one step. */
static bool goes_on(const struct model *model, const struct field_figure *figure)
{
    const struct step *step = undo_next(&model->undo);
    bool again = model->last_key == '+' || model->last_key == '-';
    return again && step && step->token && step->token == model->field.stepped_token &&
           same_figure(figure, &model->field.stepped);
}

void field_step(struct model *model, struct effects *effects, double steps)
{
    struct field_figure figure;
    if (!field_here(model, &figure)) {
        model_notice(model, "+ and - step fee and posts; b is the budget");
        return;
    }
    bool joins = goes_on(model, &figure);
    open_figure(model, &figure);
    field_turn(model, steps);
    bool made = keep(model, effects, (struct manner){.later = true, .joins = joins});
    end(model);
    const struct step *step = undo_next(&model->undo);
    model->field.stepped = figure;
    if (made || !joins) /* at its limit nothing moves, and the next key may go on */
        model->field.stepped_token = made && step && step->untold ? step->token : 0;
}

/* ---- going on ---- */

static bool next_in_list(struct model *model)
{
    struct list_column shown[LIST_COLUMNS_MOST];
    int count = list_columns(model, model->layout.list.columns, shown), at = 0;
    while (at < count && shown[at].column != model->cell)
        at++;
    for (int i = at + 1; i < count; i++)
        if (shown[i].part == LIST_FIGURE && field_can(shown[i].column)) {
            model->cell = shown[i].column;
            return true;
        }
    if (model->list.cursor + 1 >= model->result.rows.count)
        return false;
    move_vertical(model, 1);
    for (int i = 0; i < count; i++)
        if (shown[i].part == LIST_FIGURE && field_can(shown[i].column)) {
            model->cell = shown[i].column;
            return true;
        }
    return false;
}

static bool next_in_detail(struct model *model)
{
    const enum column *shown;
    size_t count = detail_columns(&shown);
    for (size_t i = model->detail.cursor + 1; i < count; i++)
        if (field_can(shown[i])) {
            model->detail.cursor = i;
            return true;
        }
    return false;
}

static bool next_in_compare(struct model *model)
{
    if (model->compare_focus + 1 >= model->compare_count)
        return false;
    model->compare_focus++;
    return true;
}

static bool (*const nexts[CONTEXT_COUNT])(struct model *model) = {
    [CONTEXT_PLAN] = plan_next_figure,   [CONTEXT_ASSUMPTIONS] = side_next_figure,
    [CONTEXT_LIST] = next_in_list,       [CONTEXT_DETAIL] = next_in_detail,
    [CONTEXT_COMPARE] = next_in_compare,
};

void field_next(struct model *model, struct effects *effects)
{
    struct field_figure here = {.kind = FIELD_NONE}, figure;
    bool at_cursor = field_here(model, &here) &&
                     same_figure(&here, &(struct field_figure){.kind = model->field.kind,
                                                               .id = model->field.id});
    if (here.kind == FIELD_KNOB)
        at_cursor = field_is_knob(model, text_of(here.key));
    prompt_close(model, true, effects);
    enum context context = model_context(model);
    if (model->prompt != PROMPT_NONE || !at_cursor || !nexts[context] || !nexts[context](model))
        return;
    if (field_here(model, &figure))
        open_figure(model, &figure);
}

void field_edit(struct model *model, struct effects *effects)
{
    struct field_figure figure;
    (void)effects;
    uint32_t row;
    enum column column;
    if (field_here(model, &figure))
        open_figure(model, &figure);
    else if (model_place_context(model) == CONTEXT_ASSUMPTIONS)
        side_unfold(model);
    else if (goal_possible(model))
        goal_open(model);
    else if (model_subject(model, &row, &column))
        model_notice(model, "%s is not typed in: fee, posts, budget and assumptions are",
                     columns[column].title);
    else if (plan_total_here(model))
        model_notice(model, "totals are not typed in: on ROI and profit e asks for a goal");
}

/* ---- words ---- */

static bool is_money(enum unit unit)
{
    return unit == UNIT_MONEY || unit == UNIT_UNIT_COST;
}

void field_title(const struct model *model, struct buf *out)
{
    const struct field *field = &model->field;
    enum unit unit = field->kind == FIELD_KNOB ? model->setting.knob.unit : kinds[field->kind].unit;
    uint32_t row = field->kind == FIELD_KNOB ? CATALOG_NONE : row_of(model);
    buf_add_string(out, field->kind == FIELD_KNOB ? model->setting.knob.title
                                                  : kinds[field->kind].title);
    if (row != CATALOG_NONE) {
        buf_add_string(out, " of ");
        model_handle(model, row, out);
    }
    if (is_money(unit))
        buf_addf(out, "%s %s", row != CATALOG_NONE ? "," : "",
                 currencies[model->scenario.currency].code);
}

static void say_creator(const struct model *model, struct buf *out)
{
    const struct field *field = &model->field;
    const struct kind_row *kind = &kinds[field->kind];
    uint32_t row = row_of(model);
    if (row == CATALOG_NONE)
        return;
    struct planned now = catalog_plan_get(model->catalog, row);
    bool own = field->kind == FIELD_FEE && isnan(now.fee);
    if (!field->moved && field->kind == FIELD_DELIVERABLES && now.deliverables == 0) {
        buf_add_string(out, "not in the plan: posts put there");
        return;
    }
    buf_add_string(out, !field->moved ? "is " : own ? "their own again" : "read as ");
    if (!own || !field->moved)
        add_figure(model, kind->unit, creator_figure(model, field->kind, &now, row), out);
    if (!own && field->moved && field->kind == FIELD_DELIVERABLES && now.deliverables == 0)
        buf_add_string(out, ", out of the plan");
    if (is_money(kind->unit) && (!own || !field->moved))
        buf_addf(out, " %s", currencies[model->scenario.currency].code);
    if (field->moved) {
        buf_add_string(out, "   was ");
        add_figure(model, kind->unit, field->present, out);
    }
}

void field_say(const struct model *model, struct buf *out)
{
    if (model->field.kind == FIELD_KNOB)
        setting_say(model, &model->setting.knob, model->field.moved, out);
    else
        say_creator(model, out);
}
