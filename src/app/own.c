#include <math.h>
#include <stddef.h>
#include <stdio.h>
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
    effects_add(effects, (struct effect){.kind = EFFECT_PLAN,
                                         .platform = catalog_platform(model->catalog, row),
                                         .key = catalog_key(model->catalog, row),
                                         .planned = catalog_plan_get(model->catalog, row)});
}

static void apply_knob(struct model *model, struct effects *effects,
                       const struct knob_change *change, bool forward)
{
    bool own = forward ? change->own_after : change->own_before;
    const char *value = forward ? change->after : change->before;
    knob_change_apply(change, &model->scenario, forward);
    effects_add(effects, (struct effect){.kind = EFFECT_KNOB,
                                         .key = text_of(change->key),
                                         .text = text_of(own ? value : NULL)});
}

static void (*const appliers[])(struct model *model, struct effects *effects,
                                const struct step_target *target, bool forward) = {
    [STEP_TICK] = apply_tick,
    [STEP_PLAN] = apply_plan,
};

/* The effect says which rows; what is kept is what they have when it is written. */
static void apply_set(struct model *model, struct effects *effects, enum step_kind kind,
                      const struct step_rows *set, bool forward)
{
    unsigned value = forward ? set->after : set->before;
    bool tick = kind == STEP_TICK;
    if (tick)
        catalog_tick_rows(model->catalog, &set->rows, value > 0);
    else
        catalog_plan_rows(model->catalog, &set->rows, value);
    effects_add(effects, (struct effect){.kind = tick ? EFFECT_TICK_ROWS : EFFECT_PLAN_ROWS,
                                         .rows = set->rows});
}

static void step_apply(struct model *model, struct effects *effects, const struct step *step,
                       bool forward)
{
    if (step->kind == STEP_VIEW) {
        view_show(model, forward ? step->view_after : step->view_before);
        return;
    }
    for (size_t i = 0; i < step->targets.count; i++)
        appliers[step->kind](model, effects, &step->targets.items[i], forward);
    for (size_t i = 0; i < step->knobs.count; i++)
        apply_knob(model, effects, &step->knobs.items[i], forward);
    for (size_t i = 0; i < step->sets.count; i++)
        apply_set(model, effects, step->kind, &step->sets.items[i], forward);
}

void step_label(struct step *step, struct text label)
{
    while (label.length >= sizeof step->label)
        label.length = utf8_previous(label, label.length);
    memcpy(step->label, label.at, label.length);
    step->label[label.length] = '\0';
}

static void apply_mark(struct model *model, struct effects *effects, struct step *step,
                       struct text what, struct text whom)
{
    struct buf label = BUF_INIT;
    buf_add_text(&label, what);
    buf_add_char(&label, ' ');
    buf_add_text(&label, whom);
    step_label(step, buf_text(&label));
    buf_release(&label);
    step_apply(model, effects, step, true);
}

static void mark_one(struct model *model, struct effects *effects, enum step_kind kind,
                     uint32_t row, unsigned before, unsigned after, const char *what)
{
    struct step *step = undo_push(&model->undo, kind);
    struct step_target target = {
        .id = catalog_id(model->catalog, row), .before = before, .after = after};
    struct buf handle = BUF_INIT;
    VEC_PUSH(&step->targets, target);
    model_handle(model, row, &handle);
    apply_mark(model, effects, step, text_of(what), buf_text(&handle));
    buf_release(&handle);
}

/* Takes the sets, which hold `count` creators. */
static void mark_sets(struct model *model, struct effects *effects, enum step_kind kind,
                      struct step_sets *take_sets, size_t count, const char *what)
{
    char whom[48];
    if (count == 1) {
        const struct step_rows *set = &take_sets->items[0];
        mark_one(model, effects, kind, (uint32_t)bits_next(&set->rows, 0), set->before, set->after,
                 what);
    }
    if (count <= 1) {
        step_sets_release(take_sets);
        return;
    }
    struct step *step = undo_push(&model->undo, kind);
    step->sets = *take_sets;
    snprintf(whom, sizeof whom, "%zu creators", count);
    apply_mark(model, effects, step, text_of(what), text_of(whom));
}

/* Those that are so already are left out. */
static void keep_unticked(const struct catalog *catalog, struct bits *rows, bool on)
{
    struct bits ticked = {0};
    catalog_ticked_rows(catalog, &ticked);
    for (size_t i = 0; i < bits_words(rows->count); i++)
        rows->words[i] &= on ? ~ticked.words[i] : ticked.words[i];
    bits_release(&ticked);
}

void own_tick(struct model *model, struct effects *effects, const struct bits *rows, bool on)
{
    struct step_sets sets = {0};
    struct step_rows set = {.before = !on, .after = on};
    bits_copy(&set.rows, rows);
    keep_unticked(model->catalog, &set.rows, on);
    size_t count = bits_total(&set.rows);
    VEC_PUSH(&sets, set);
    mark_sets(model, effects, STEP_TICK, &sets, count, on ? "tick" : "untick");
}

void own_tick_row(struct model *model, struct effects *effects, uint32_t row)
{
    bool on = !catalog_ticked(model->catalog, row);
    mark_one(model, effects, STEP_TICK, row, !on, on, on ? "tick" : "untick");
}

/* The set of those that have so many deliverables in the plan; a new one where there is none yet. */
static struct bits *set_of(struct step_sets *sets, size_t rows, unsigned before, unsigned after)
{
    for (size_t i = 0; i < sets->count; i++)
        if (sets->items[i].before == before)
            return &sets->items[i].rows;
    struct step_rows set = {.before = before, .after = after};
    bits_resize(&set.rows, rows);
    VEC_PUSH(sets, set);
    return &sets->items[sets->count - 1].rows;
}

void own_plan(struct model *model, struct effects *effects, const struct bits *rows, bool in)
{
    struct step_sets sets = {0};
    unsigned after = in ? (unsigned)model->scenario.deliverables : 0;
    size_t count = 0;
    for (size_t row = bits_next(rows, 0); row < rows->count; row = bits_next(rows, row + 1)) {
        unsigned before = catalog_planned(model->catalog, (uint32_t)row);
        if ((before > 0) == in)
            continue;
        bits_put(set_of(&sets, rows->count, before, after), row, true);
        count++;
    }
    mark_sets(model, effects, STEP_PLAN, &sets, count, in ? "into plan" : "out of plan");
}

void own_knobs(struct model *model, struct effects *effects, struct text label,
               const struct knob_change *changes, size_t count)
{
    struct step *step = undo_push(&model->undo, STEP_KNOBS);
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(&step->knobs, changes[i]);
    step_label(step, label);
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
