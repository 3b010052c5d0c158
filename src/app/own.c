#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_internal.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "step_internal.h"

/* The user's own things. Every change goes the same way: a step that can be undone, the model, and
 * effects that keep both. */

void step_label(struct step *step, struct text label)
{
    while (label.length >= sizeof step->label)
        label.length = utf8_previous(label, label.length);
    memcpy(step->label, label.at ? label.at : "", label.length);
    step->label[label.length] = '\0';
}

static void step_of_scenario(const struct model *model, struct step *step)
{
    snprintf(step->scenario, sizeof step->scenario, "%s", model->scenario.name);
}

/* ---- the chain ---- */

void own_tell(struct model *model, struct effects *effects, const struct step *step)
{
    struct applying applying = {.model = model, .effects = effects, .step = step};
    step_apply(&applying, true);
    step_tell(step, effects);
}

/* Views are of the session: they come between a step and its settling. */
void own_settle(struct model *model, struct effects *effects)
{
    struct undo *undo = &model->undo;
    size_t at = undo->done;
    while (at > 0 && undo->items[at - 1].kind == STEP_VIEW)
        at--;
    if (at == 0 || !undo->items[at - 1].untold)
        return;
    undo->items[at - 1].untold = false;
    own_tell(model, effects, &undo->items[at - 1]);
}

bool model_unsettled(const struct model *model)
{
    const struct step *step = undo_next(&model->undo);
    return model->field.moved || (step && step->untold);
}

void own_flush(struct model *model, struct effects *effects)
{
    struct tokens *gone = &model->undo.gone;
    for (size_t i = 0; i < gone->count; i++)
        effects_add(effects, (struct effect){.kind = EFFECT_EDIT_FORGET, .id = gone->items[i]});
    gone->count = 0;
}

void own_take_back(struct model *model, struct effects *effects, const struct step *step)
{
    struct applying applying = {.model = model, .effects = effects, .step = step};
    step_apply(&applying, false);
    effects_add(effects, (struct effect){.kind = EFFECT_EDIT_FORGET, .id = step->token});
}

/* "budget 10,000 > 10,200" and then "budget 10,200 > 10,400". */
static void join_labels(const struct step *before, struct step *step)
{
    static const struct text arrow = {" > ", 3};
    struct buf joined = BUF_INIT;
    size_t first, second;
    if (text_find(text_of(before->label), arrow, &first) &&
        text_find(text_of(step->label), arrow, &second)) {
        buf_add(&joined, before->label, first);
        buf_add_string(&joined, step->label + second);
        step_label(step, buf_text(&joined));
    }
    buf_release(&joined);
}

/* The newest step goes on: it was about the same figure, and is one with this. False: together they
 * change nothing. */
static bool join(struct model *model, struct step *step)
{
    struct step before = undo_pop(&model->undo);
    join_labels(&before, step);
    buf_clear(&step->old);
    buf_add_text(&step->old, buf_text(&before.old));
    step->token = before.token;
    step_release(&before);
    return !text_equal(buf_text(&step->old), buf_text(&step->new));
}

void own_push(struct model *model, struct effects *effects, struct step *take_step,
              const struct manner *manner)
{
    struct applying applying = {.model = model,
                                .effects = manner->later ? NULL : effects,
                                .step = take_step,
                                .change = true};
    if (!manner->joins)
        own_settle(model, effects);
    else if (!join(model, take_step)) {
        own_take_back(model, effects, take_step);
        step_release(take_step);
        return;
    }
    if (manner->token)
        take_step->token = manner->token;
    take_step->untold = manner->later;
    step_apply(&applying, true);
    undo_push(&model->undo, take_step);
    if (!manner->later)
        step_tell(undo_next(&model->undo), effects);
}

static const struct manner at_once = {.token = 0};

/* ---- ticks ---- */

static void label_mark(const struct model *model, struct step *step, const char *what,
                       const struct bits *rows, size_t count)
{
    struct buf label = BUF_INIT;
    buf_addf(&label, "%s ", what);
    if (count == 1)
        model_handle(model, (uint32_t)bits_next(rows, 0), &label);
    else
        buf_addf(&label, "%zu creators", count);
    step_label(step, buf_text(&label));
    buf_release(&label);
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
    struct step step = {.kind = STEP_TICK};
    struct bits changed = {0};
    bits_copy(&changed, rows);
    keep_unticked(model->catalog, &changed, on);
    size_t count = bits_total(&changed);
    if (count > 0) {
        step_add_rows(&step.old, model->catalog, on ? "0" : "1", &changed);
        step_add_rows(&step.new, model->catalog, on ? "1" : "0", &changed);
        label_mark(model, &step, on ? "tick" : "untick", &changed, count);
        own_push(model, effects, &step, &at_once);
    }
    bits_release(&changed);
}

void own_tick_row(struct model *model, struct effects *effects, uint32_t row)
{
    struct step step = {.kind = STEP_TICK};
    struct buf label = BUF_INIT;
    bool on = !catalog_ticked(model->catalog, row);
    step_add_row(&step.old, model->catalog, on ? "0" : "1", row);
    step_add_row(&step.new, model->catalog, on ? "1" : "0", row);
    buf_add_string(&label, on ? "tick " : "untick ");
    model_handle(model, row, &label);
    step_label(&step, buf_text(&label));
    own_push(model, effects, &step, &at_once);
    buf_release(&label);
}

/* ---- the plan ---- */

static void add_planned(struct buf *out, const struct catalog *catalog, uint32_t row,
                        const struct planned *planned)
{
    struct buf head = BUF_INIT;
    step_head_planned(&head, planned);
    step_add_row(out, catalog, buf_string(&head), row);
    buf_release(&head);
}

static void add_planned_rows(struct buf *out, const struct catalog *catalog,
                             const struct bits *rows, unsigned deliverables)
{
    struct planned planned = planned_none();
    struct buf head = BUF_INIT;
    planned.deliverables = deliverables;
    step_head_planned(&head, &planned);
    step_add_rows(out, catalog, buf_string(&head), rows);
    buf_release(&head);
}

/* Creators of whom nothing but a number of posts is said, by that number. */
struct same {
    unsigned deliverables;
    struct bits rows;
};
struct sames {
    struct same *items;
    size_t count, capacity;
};

static struct bits *same_rows(struct sames *sames, unsigned deliverables, size_t rows)
{
    for (size_t i = 0; i < sames->count; i++)
        if (sames->items[i].deliverables == deliverables)
            return &sames->items[i].rows;
    struct same same = {.deliverables = deliverables};
    bits_resize(&same.rows, rows);
    VEC_PUSH(sames, same);
    return &sames->items[sames->count - 1].rows;
}

static void end_sames(struct sames *sames, const struct catalog *catalog, unsigned after,
                      struct step *step)
{
    for (size_t i = 0; i < sames->count; i++) {
        struct same *same = &sames->items[i];
        add_planned_rows(&step->old, catalog, &same->rows, same->deliverables);
        add_planned_rows(&step->new, catalog, &same->rows, after);
        bits_release(&same->rows);
    }
    free(sames->items);
}

/* Of a million, mostly without a fee or a format of their own. */
static struct planned planned_of(const struct catalog *catalog, uint32_t row)
{
    struct planned planned = planned_none();
    if (catalog->own_count > 0)
        return catalog_plan_get(catalog, row);
    planned.deliverables = catalog_planned(catalog, row);
    return planned;
}

/* Returns how many there are for whom it changes anything; they are left in `changed`. */
static size_t plan_texts(struct model *model, const struct bits *rows, unsigned after,
                         struct step *step, struct bits *changed)
{
    struct sames sames = {0};
    size_t count = 0;
    bits_resize(changed, rows->count);
    for (size_t row = bits_next(rows, 0); row < rows->count; row = bits_next(rows, row + 1)) {
        struct planned planned = planned_of(model->catalog, (uint32_t)row);
        bool plain = planned.format == FORMAT_NONE && isnan(planned.fee);
        if ((planned.deliverables > 0) == (after > 0))
            continue;
        bits_put(changed, row, true);
        count++;
        if (plain) {
            bits_put(same_rows(&sames, planned.deliverables, rows->count), row, true);
            continue;
        }
        add_planned(&step->old, model->catalog, (uint32_t)row, &planned);
        planned.deliverables = after;
        add_planned(&step->new, model->catalog, (uint32_t)row, &planned);
    }
    end_sames(&sames, model->catalog, after, step);
    return count;
}

static void plan_as(struct model *model, struct effects *effects, const struct bits *rows,
                    unsigned after, const char *what)
{
    struct step step = {.kind = STEP_PLAN};
    struct bits changed = {0};
    size_t count = plan_texts(model, rows, after, &step, &changed);
    if (count > 0) {
        step_of_scenario(model, &step);
        label_mark(model, &step, what, &changed, count);
        own_push(model, effects, &step, &at_once);
    } else {
        step_release(&step);
    }
    bits_release(&changed);
}

void own_plan(struct model *model, struct effects *effects, const struct bits *rows, bool in)
{
    plan_as(model, effects, rows, in ? (unsigned)model->scenario.deliverables : 0,
            in ? "into plan" : "out of plan");
}

void own_plan_empty(struct model *model, struct effects *effects)
{
    struct bits rows = {0};
    size_t count;
    const uint32_t *planned = sheet_planned(model->sheet, &count);
    bits_resize(&rows, model->catalog->count);
    for (size_t i = 0; i < count; i++)
        bits_put(&rows, planned[i], true);
    plan_as(model, effects, &rows, 0, "empty the plan of");
    bits_release(&rows);
}

bool step_make_planned(const struct model *model, struct text label,
                       const struct plan_change *changes, size_t count, struct step *step)
{
    *step = (struct step){.kind = STEP_PLAN};
    step_of_scenario(model, step);
    step_label(step, label);
    for (size_t i = 0; i < count; i++) {
        if (planned_equal(&changes[i].before, &changes[i].after))
            continue;
        add_planned(&step->old, model->catalog, changes[i].row, &changes[i].before);
        add_planned(&step->new, model->catalog, changes[i].row, &changes[i].after);
    }
    return step->old.length > 0;
}

void own_planned(struct model *model, struct effects *effects, struct text label,
                 const struct plan_change *changes, size_t count)
{
    struct step step;
    if (step_make_planned(model, label, changes, count, &step))
        own_push(model, effects, &step, &at_once);
}

/* ---- notes ---- */

static void add_note(struct buf *out, const struct catalog *catalog, uint32_t row, struct text note)
{
    struct buf head = BUF_INIT;
    step_head_note(&head, note);
    step_add_row(out, catalog, buf_string(&head), row);
    buf_release(&head);
}

void own_note(struct model *model, struct effects *effects, uint32_t row, struct text note)
{
    struct text before = catalog_text(model->catalog, COL_NOTE, row);
    struct step step = {.kind = STEP_NOTE};
    struct buf label = BUF_INIT;
    if (before.length == note.length && (!note.length || text_equal(before, note)))
        return;
    add_note(&step.old, model->catalog, row, before);
    add_note(&step.new, model->catalog, row, note);
    buf_add_string(&label, note.length ? "note on " : "no note on ");
    model_handle(model, row, &label);
    step_label(&step, buf_text(&label));
    own_push(model, effects, &step, &at_once);
    buf_release(&label);
}

/* ---- assumptions ---- */

static void add_knob(void *self, struct text key, struct text value)
{
    struct buf *out = self;
    buf_add_text(out, key);
    buf_add_char(out, ' ');
    buf_add_text(out, value);
    buf_add_char(out, '\n');
}

/* The line of this key in `lines`, its end included; the null text where there is none. */
static struct text line_of(struct text lines, struct text key)
{
    struct text rest = lines, line;
    while (text_next(&rest, '\n', &line)) {
        bool same = line.length > key.length && line.at[key.length] == ' ' &&
                    text_equal(text_part(line, 0, key.length), key);
        if (same)
            return (struct text){line.at, line.length + 1};
    }
    return (struct text){0};
}

/* What `from` says otherwise than `to`: first what `to` says and `from` leaves to the default. */
static void add_difference(struct buf *out, struct text from, struct text to)
{
    struct text line, rest = to;
    for (int pass = 0; pass < 2; pass++, rest = from)
        while (text_next(&rest, '\n', &line)) {
            size_t blank = 0;
            text_find(line, TEXT(" "), &blank);
            struct text key = text_part(line, 0, blank);
            struct text here = line_of(from, key), there = line_of(to, key);
            if (pass == 0 && !text_known(here)) {
                buf_add_text(out, key);
                buf_add_char(out, '\n');
            } else if (pass == 1 && !text_equal(here, there)) {
                buf_add_text(out, here);
            }
        }
}

/* All that the scenario says is looked at: one knob may move others. */
bool step_make_knobs(const struct model *model, struct text label,
                     const struct knob_change *changes, size_t count, struct step *step)
{
    struct scenario scenario = model->scenario;
    struct buf before = BUF_INIT, after = BUF_INIT;
    *step = (struct step){.kind = STEP_KNOBS};
    step_of_scenario(model, step);
    step_label(step, label);
    for (size_t i = count; i-- > 0;)
        knob_change_apply(&changes[i], &scenario, false);
    scenario_knobs(&scenario, add_knob, &before);
    for (size_t i = 0; i < count; i++)
        knob_change_apply(&changes[i], &scenario, true);
    scenario_knobs(&scenario, add_knob, &after);
    add_difference(&step->old, buf_text(&before), buf_text(&after));
    add_difference(&step->new, buf_text(&after), buf_text(&before));
    buf_release(&before);
    buf_release(&after);
    return step->old.length > 0;
}

void own_knobs(struct model *model, struct effects *effects, struct text label,
               const struct knob_change *changes, size_t count)
{
    struct step step;
    if (step_make_knobs(model, label, changes, count, &step))
        own_push(model, effects, &step, &at_once);
}

/* ---- tiers ---- */

void own_tiers(struct model *model, struct effects *effects, const struct tier_preset *preset)
{
    struct step step = {.kind = STEP_TIERS};
    struct buf label = BUF_INIT;
    if (preset == model->preset)
        return;
    buf_add_string(&step.old, model->preset->name);
    buf_add_string(&step.new, preset->name);
    buf_addf(&label, "tiers %s > %s", model->preset->name, preset->name);
    step_label(&step, buf_text(&label));
    own_push(model, effects, &step, &at_once);
    buf_release(&label);
}

/* ---- undo ---- */

static bool is_of_another(const struct model *model, const struct step *step)
{
    return step->scenario[0] && !text_is(text_of(step->scenario), model->scenario.name);
}

/* Whom a step is about can only be said of creators that are there. */
static bool must_wait(struct model *model, const struct step *step)
{
    bool first = model->loading && !model->loading_again;
    bool waits = (first && step->kind <= STEP_NOTE) ||
                 (model->loading && (step->kind == STEP_SCENARIO || is_of_another(model, step)));
    if (waits)
        model_notice(model, "creators still come in: %s in a moment", step->label);
    return waits;
}

/* It is about a scenario that may not be the one in use: two explorers can do that. */
static bool can_apply(struct model *model, struct effects *effects, const struct step *step)
{
    return !is_of_another(model, step) || scenario_use(model, effects, text_of(step->scenario));
}

static void say(struct model *model, const char *what, const struct step *step, bool can,
                size_t gone)
{
    if (!can)
        model_notice(model, "passed over: %s, as the plan %s is gone", step->label, step->scenario);
    else if (gone > 0)
        model_notice(model, "%s: %s, but for %zu who %s gone", what, step->label, gone,
                     gone == 1 ? "is" : "are");
    else
        model_notice(model, "%s: %s", what, step->label);
}

/* False: there is none, or it has to wait. */
static bool take_back(struct model *model, struct effects *effects, bool quietly)
{
    const struct step *step = undo_next(&model->undo);
    if (!step || must_wait(model, step))
        return false;
    struct applying applying = {.model = model, .effects = effects, .step = step, .change = true};
    bool can = can_apply(model, effects, step);
    if (can)
        step_apply(&applying, false);
    model->undo.done--;
    if (step->token)
        effects_add(effects, (struct effect){.kind = EFFECT_EDIT_UNDONE, .id = step->token});
    if (!quietly)
        say(model, "undone", step, can, applying.gone);
    return true;
}

static bool do_again(struct model *model, struct effects *effects, bool quietly)
{
    const struct step *step = redo_next(&model->undo);
    if (!step || must_wait(model, step))
        return false;
    struct applying applying = {.model = model, .effects = effects, .step = step, .change = true};
    bool can = can_apply(model, effects, step);
    if (can)
        step_apply(&applying, true);
    model->undo.done++;
    step_tell(step, effects);
    if (!quietly)
        say(model, "done again", step, can, applying.gone);
    return true;
}

/* Those that are one go together; the last of them says so. */
void own_undo(struct model *model, struct effects *effects)
{
    own_settle(model, effects);
    if (!undo_next(&model->undo))
        model_notice(model, "nothing to undo");
    bool on = true;
    while (on && undo_next(&model->undo)) {
        bool joined = undo_next(&model->undo)->joined && model->undo.done > 1;
        on = take_back(model, effects, joined) && joined;
    }
}

void own_redo(struct model *model, struct effects *effects)
{
    if (!redo_next(&model->undo))
        model_notice(model, "nothing to do again");
    bool on = do_again(model, effects, false);
    while (on && redo_next(&model->undo) && redo_next(&model->undo)->joined)
        on = do_again(model, effects, true);
}
