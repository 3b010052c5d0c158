#include <stdio.h>
#include <string.h>

#include "actions_internal.h"
#include "app_internal.h"
#include "base/utf8.h"

/* What is done with whole plans where they stand side by side. */

static struct plans_column *focused(struct model *model)
{
    return &model->side_by_side.columns[model->side_by_side.focus];
}

static void refuse(struct model *model, const struct err *err)
{
    model_notice(model, "%s", err->message);
}

/* What a preset says, over what the plan in use says. */
static void use_preset(struct model *model, struct effects *effects,
                       const struct scenario_preset *preset)
{
    struct knob_change changes[PRESET_KNOBS * KNOB_MEMBERS_MOST];
    struct knob knob, members[KNOB_MEMBERS_MOST];
    struct buf label = BUF_INIT;
    size_t count = 0, changed = 0;
    for (size_t i = 0; i < PRESET_KNOBS && preset->knobs[i].key; i++) {
        if (!knob_find(text_of(preset->knobs[i].key), &knob))
            continue;
        size_t some = knob_members(&knob, members, KNOB_MEMBERS_MOST);
        for (size_t k = 0; k < some; k++)
            knob_change_begin(&changes[count++], &model->scenario, text_of(members[k].key));
    }
    scenario_preset_apply(&model->scenario, preset);
    for (size_t i = 0; i < count; i++) {
        changes[changed] = changes[i];
        changed += knob_change_end(&changes[changed], &model->scenario);
    }
    buf_addf(&label, "preset %s", preset->name);
    own_knobs(model, effects, buf_text(&label), changes, changed);
    buf_release(&label);
    model->side_by_side.focus = 0;
}

void plans_use(struct model *model, struct effects *effects)
{
    const struct plans_column *column = focused(model);
    struct err err = {.message = ""};
    if (column->kind == PLANS_PRESET)
        use_preset(model, effects, &scenario_presets[column->index]);
    else if (column->kind == PLANS_IN_USE)
        plan_open(model);
    else if (own_scenario_use(model, effects, text_of(column->title), NULL, &err))
        model->side_by_side.focus = 0;
    else
        refuse(model, &err);
}

void plans_delete(struct model *model, struct effects *effects)
{
    const struct plans_column *column = focused(model);
    struct err err = {.message = ""};
    char title[sizeof column->title];
    strcpy(title, column->title);
    if (column->kind == PLANS_PRESET)
        model_notice(model, "presets stay; Enter applies this one to the plan in use");
    else if (own_scenario_delete(model, effects, text_of(title), &err))
        model_notice(model, "%s is deleted; %s brings it back", title, model_key(model, 'u').text);
    else
        refuse(model, &err);
}

/* ---- names ---- */

static const char *const titles[] = {
    [PLANS_NEW] = "Name of the new plan",
    [PLANS_COPY] = "Name of the copy",
    [PLANS_RENAME] = "New name",
};

const char *plans_task_title(const struct model *model)
{
    return titles[model->side_by_side.task];
}

/* "summer 2", where that is not taken. */
static void offer_name(const struct model *model, const char *title, struct buf *out)
{
    for (int n = 2; n < 1000; n++) {
        char number[16];
        snprintf(number, sizeof number, " %d", n);
        struct text base = text_of(title);
        while (base.length + strlen(number) > SCENARIO_NAME_MOST)
            base.length = utf8_previous(base, base.length);
        buf_clear(out);
        buf_add_text(out, base);
        buf_add_string(out, number);
        if (!kept_alike(&model->plans, buf_text(out)))
            return;
    }
}

void plans_ask(struct model *model, enum plans_task task)
{
    struct plans_place *place = &model->side_by_side;
    const struct plans_column *column = focused(model);
    struct buf name = BUF_INIT;
    if (task == PLANS_RENAME && column->kind == PLANS_PRESET) {
        model_notice(model, "presets keep their names; a makes a plan of this one");
        return;
    }
    prompt_open(model, PROMPT_NAME);
    place->task = task;
    place->asked = place->focus;
    if (task == PLANS_RENAME)
        buf_add_string(&name, column->title);
    else if (task == PLANS_COPY)
        offer_name(model, column->kind == PLANS_PRESET ? model->scenario.name : column->title,
                   &name);
    line_set(&model->line, buf_text(&name));
    model->line_fresh = true;
    buf_release(&name);
}

void plans_name_typed(struct model *model)
{
    const struct plans_place *place = &model->side_by_side;
    struct text name = text_trim(buf_text(&model->line.text));
    const struct kept_scenario *alike = kept_alike(&model->plans, name);
    bool own = place->task == PLANS_RENAME && place->asked < place->count && alike &&
               strcmp(alike->scenario.name, place->columns[place->asked].title) == 0;
    if (alike && !own)
        err_set(&model->line_error, "there is a plan '%s' already", alike->scenario.name);
}

static bool make_new(struct model *model, struct effects *effects, struct text name,
                     const struct scenario *from, const struct plan_entries *plan, struct err *err)
{
    struct scenario scenario = *from;
    struct buf label = BUF_INIT;
    if (!scenario_name_allowed(name, err))
        return false;
    scenario_name_set(&scenario, name);
    buf_addf(&label, "new plan %s", scenario.name);
    bool ok = own_scenario_put(model, effects, buf_text(&label), &scenario, plan, true, err);
    buf_release(&label);
    return ok;
}

static bool carry_out(struct model *model, struct effects *effects, struct text name,
                      struct err *err)
{
    const struct plans_place *place = &model->side_by_side;
    const struct plans_column *column = &place->columns[place->asked];
    struct plan_entries nobody = {.count = 0};
    struct text title = text_of(column->title);
    switch (place->task) {
    case PLANS_NEW:
        return make_new(model, effects, name, &model->scenario, &nobody, err);
    case PLANS_RENAME:
        return own_scenario_rename(model, effects, title, name, err);
    case PLANS_COPY:
        break;
    }
    if (column->kind == PLANS_PRESET) /* the plan in use, with what the preset says */
        return make_new(model, effects, name, &column->scenario, &scenario_gather(model)->plan,
                        err);
    return own_scenario_copy(model, effects, title, name, err);
}

void plans_name_close(struct model *model, bool keep, struct effects *effects)
{
    struct plans_place *place = &model->side_by_side;
    struct err err = {.message = ""};
    char name[4 * SCENARIO_NAME_MOST + 1];
    struct text typed = text_trim(buf_text(&model->line.text));
    if (!keep || place->asked >= place->count)
        return;
    snprintf(name, sizeof name, "%.*s", (int)typed.length, typed.at);
    if (carry_out(model, effects, text_of(name), &err)) {
        place->focus = place->task == PLANS_RENAME ? place->focus : 0;
        return;
    }
    model->prompt = PROMPT_NAME; /* it stays, with what is wrong */
    model->line_error = err;
}

void run_copy_plan(struct model *model, struct effects *effects)
{
    (void)effects;
    plans_ask(model, PLANS_COPY);
}

void run_rename_plan(struct model *model, struct effects *effects)
{
    (void)effects;
    plans_ask(model, PLANS_RENAME);
}

void run_new_plan(struct model *model, struct effects *effects)
{
    (void)effects;
    plans_ask(model, PLANS_NEW);
}
