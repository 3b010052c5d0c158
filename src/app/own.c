#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"

/* The user's own things. Every change goes the same way: a step that can be undone, the model, and an
 * effect that keeps it. */

static void mark_effect(struct model *model, struct effects *effects, enum effect_kind kind,
                        uint32_t row, double value)
{
    effects_add(effects, (struct effect){.kind = kind,
                                         .platform = catalog_platform(model->catalog, row),
                                         .key = catalog_key(model->catalog, row),
                                         .number = value});
}

static void apply_tick(struct model *model, struct effects *effects,
                       const struct step_target *target, bool forward)
{
    double value = forward ? target->after : target->before;
    uint32_t row = catalog_find_id(model->catalog, target->id);
    if (row == CATALOG_NONE)
        return;
    catalog_tick(model->catalog, row, value > 0);
    mark_effect(model, effects, EFFECT_TICK, row, value);
}

static void apply_plan(struct model *model, struct effects *effects,
                       const struct step_target *target, bool forward)
{
    double value = forward ? target->after : target->before;
    uint32_t row = catalog_find_id(model->catalog, target->id);
    if (row == CATALOG_NONE)
        return;
    catalog_plan(model->catalog, row, (unsigned)value);
    mark_effect(model, effects, EFFECT_PLAN, row, value);
}

static void apply_parameter(struct model *model, struct effects *effects,
                            const struct step_target *target, bool forward)
{
    size_t parameter = (size_t)target->id;
    double value = forward ? target->after : target->before;
    bool reset = forward ? target->assumed_after : target->assumed;
    if (reset)
        scenario_reset(&model->scenario, parameter);
    else
        scenario_set(&model->scenario, parameter, value, NULL);
    effects_add(effects, (struct effect){.kind = EFFECT_PARAMETER,
                                         .key = text_of(parameters[parameter].key),
                                         .number = reset ? NAN : value});
}

static void (*const appliers[])(struct model *model, struct effects *effects,
                                const struct step_target *target, bool forward) = {
    [STEP_TICK] = apply_tick,
    [STEP_PLAN] = apply_plan,
    [STEP_PARAMETER] = apply_parameter,
};

static void step_apply(struct model *model, struct effects *effects, const struct step *step,
                       bool forward)
{
    if (step->kind == STEP_VIEW) {
        view_show(model, forward ? step->view_after : step->view_before);
        return;
    }
    size_t count = step->targets.count;
    for (size_t i = 0; i < count; i++) {
        const struct step_target *target = &step->targets.items[forward ? i : count - 1 - i];
        appliers[step->kind](model, effects, target, forward);
    }
}

void step_label(struct step *step, struct text label)
{
    while (label.length >= sizeof step->label)
        label.length = utf8_previous(label, label.length);
    memcpy(step->label, label.at, label.length);
    step->label[label.length] = '\0';
}

static double tick_of(const struct model *model, uint32_t row)
{
    return catalog_ticked(model->catalog, row);
}

static double plan_of(const struct model *model, uint32_t row)
{
    return catalog_planned(model->catalog, row);
}

/* One step over many creators; those that are so already are left out. */
static void mark_rows(struct model *model, struct effects *effects, enum step_kind kind,
                      const uint32_t *rows, size_t count,
                      double (*now)(const struct model *model, uint32_t row), double after,
                      const char *what)
{
    struct step_targets targets = {0};
    uint32_t first = CATALOG_NONE;
    for (size_t i = 0; i < count; i++) {
        double before = now(model, rows[i]);
        if ((before > 0) == (after > 0))
            continue;
        if (first == CATALOG_NONE)
            first = rows[i];
        VEC_PUSH(&targets,
                 ((struct step_target){
                     .id = catalog_id(model->catalog, rows[i]), .before = before, .after = after}));
    }
    if (targets.count == 0)
        return;
    struct step *step = undo_push(&model->undo, kind);
    step->targets = targets;
    struct buf label = BUF_INIT;
    buf_addf(&label, "%s ", what);
    if (targets.count == 1)
        model_handle(model, first, &label);
    else
        buf_addf(&label, "%zu creators", targets.count);
    step_label(step, buf_text(&label));
    buf_release(&label);
    step_apply(model, effects, step, true);
}

void own_tick(struct model *model, struct effects *effects, const uint32_t *rows, size_t count,
              bool on)
{
    mark_rows(model, effects, STEP_TICK, rows, count, tick_of, on, on ? "tick" : "untick");
}

void own_plan(struct model *model, struct effects *effects, const uint32_t *rows, size_t count,
              bool in)
{
    mark_rows(model, effects, STEP_PLAN, rows, count, plan_of,
              in ? model->scenario.deliverables : 0, in ? "into plan" : "out of plan");
}

void own_parameter(struct model *model, struct effects *effects, const struct setting *before)
{
    struct step *step = undo_push(&model->undo, STEP_PARAMETER);
    struct step_target target = {.id = (int64_t)before->parameter,
                                 .before = before->before,
                                 .after = scenario_get(&model->scenario, before->parameter),
                                 .assumed = before->assumed,
                                 .assumed_after =
                                     parameter_stands(&model->scenario, before->parameter)};
    VEC_PUSH(&step->targets, target);
    struct buf label = BUF_INIT;
    buf_addf(&label, "%s ", parameters[before->parameter].key);
    parameter_show(&label, before->parameter, target.before, model->style);
    buf_add_string(&label, " > ");
    parameter_show(&label, before->parameter, target.after, model->style);
    step_label(step, buf_text(&label));
    buf_release(&label);
    step_apply(model, effects, step, true);
}

void own_undo(struct model *model, struct effects *effects)
{
    const struct step *step = undo_next(&model->undo);
    if (!step) {
        model_notice(model, "nothing to undo");
        return;
    }
    step_apply(model, effects, step, false);
    model->undo.done--;
    model_notice(model, "undone: %s", step->label);
}

void own_redo(struct model *model, struct effects *effects)
{
    const struct step *step = redo_next(&model->undo);
    if (!step) {
        model_notice(model, "nothing to do again");
        return;
    }
    step_apply(model, effects, step, true);
    model->undo.done++;
    model_notice(model, "done again: %s", step->label);
}
