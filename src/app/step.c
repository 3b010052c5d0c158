#include <math.h>

#include "app_internal.h"
#include "step_internal.h"

/* Brings the model from one text of a step to the other. What is said of it is what the store has to
 * hear, whether or not the model is so already. */

/* ---- ticks and plan ---- */

static void put_tick(struct applying *it, const struct step_line *line)
{
    struct catalog *catalog = it->model->catalog;
    bool on = text_is(line->head, "1");
    if (it->change && line->many)
        catalog_tick_rows(catalog, &line->rows, on);
    else if (it->change)
        catalog_tick(catalog, line->row, on);
    if (it->effects && line->many)
        effects_add(it->effects, (struct effect){.kind = EFFECT_TICK_ROWS, .rows = line->rows});
    else if (it->effects)
        effects_add(it->effects, (struct effect){.kind = EFFECT_TICK,
                                                 .platform = catalog_platform(catalog, line->row),
                                                 .key = catalog_key(catalog, line->row),
                                                 .number = on});
}

/* All have the same then, but for a fee or a format of their own. */
static void plan_many(struct catalog *catalog, const struct bits *rows,
                      const struct planned *planned)
{
    bool plain = planned->format == FORMAT_NONE && isnan(planned->fee);
    catalog_plan_rows(catalog, rows, planned->deliverables);
    if (plain && catalog->own_count == 0)
        return;
    for (size_t row = bits_next(rows, 0); row < rows->count; row = bits_next(rows, row + 1)) {
        struct planned now = catalog_plan_get(catalog, (uint32_t)row);
        if (!planned_equal(&now, planned))
            catalog_plan_put(catalog, (uint32_t)row, planned);
    }
}

static void put_planned(struct applying *it, const struct step_line *line)
{
    struct catalog *catalog = it->model->catalog;
    struct planned planned = step_planned(line->head);
    if (it->change && line->many)
        plan_many(catalog, &line->rows, &planned);
    else if (it->change)
        catalog_plan_put(catalog, line->row, &planned);
    if (it->effects && line->many)
        effects_add(it->effects, (struct effect){.kind = EFFECT_PLAN_ROWS, .rows = line->rows});
    else if (it->effects)
        effects_add(it->effects, (struct effect){.kind = EFFECT_PLAN,
                                                 .scenario = text_of(it->model->scenario.name),
                                                 .platform = catalog_platform(catalog, line->row),
                                                 .key = catalog_key(catalog, line->row),
                                                 .planned = planned});
}

static void each_line(struct applying *it, struct text text,
                      void (*put)(struct applying *it, const struct step_line *line))
{
    struct step_line line;
    while (step_next_line(&text, it->model->catalog, &line)) {
        it->gone += line.gone;
        if (line.many || line.row != CATALOG_NONE)
            put(it, &line);
        bits_release(&line.rows);
    }
}

static void apply_tick(struct applying *it, struct text from, struct text to)
{
    (void)from;
    each_line(it, to, put_tick);
}

static void apply_plan(struct applying *it, struct text from, struct text to)
{
    (void)from;
    each_line(it, to, put_planned);
}

/* ---- notes ---- */

static void put_note(struct applying *it, const struct step_line *line)
{
    struct catalog *catalog = it->model->catalog;
    struct buf note = BUF_INIT;
    step_read_note(line->head, &note);
    if (it->change && !line->many)
        catalog_note(catalog, line->row, buf_text(&note));
    if (it->effects && !line->many)
        effects_add(it->effects, (struct effect){.kind = EFFECT_NOTE,
                                                 .platform = catalog_platform(catalog, line->row),
                                                 .key = catalog_key(catalog, line->row),
                                                 .text = buf_text(&note)});
    buf_release(&note);
}

static void apply_note(struct applying *it, struct text from, struct text to)
{
    (void)from;
    each_line(it, to, put_note);
}

/* ---- assumptions ---- */

static bool next_knob(struct text *rest, struct text *key, struct text *value)
{
    struct text line;
    if (!text_next(rest, '\n', &line))
        return false;
    size_t blank;
    bool given = text_find(line, TEXT(" "), &blank);
    *key = text_part(line, 0, given ? blank : line.length);
    *value = given ? text_part(line, blank + 1, line.length) : (struct text){0};
    return true;
}

/* Twice: some can only be set once others are (what a channel costs, when it has a name). */
static void turn_knobs(struct scenario *scenario, struct text text)
{
    for (int pass = 0; pass < 2; pass++) {
        struct text rest = text, key, value;
        while (next_knob(&rest, &key, &value))
            scenario_knob_set(scenario, key, value, NULL);
    }
}

static void apply_knobs(struct applying *it, struct text from, struct text to)
{
    struct text key, value;
    (void)from;
    if (it->change)
        turn_knobs(&it->model->scenario, to);
    while (it->effects && next_knob(&to, &key, &value))
        effects_add(it->effects, (struct effect){.kind = EFFECT_KNOB,
                                                 .scenario = text_of(it->model->scenario.name),
                                                 .key = key,
                                                 .text = value});
}

/* ---- tiers ---- */

static void apply_tiers(struct applying *it, struct text from, struct text to)
{
    (void)from;
    if (it->change)
        model_tiers(it->model, to);
    if (it->effects)
        effects_add(it->effects,
                    (struct effect){.kind = EFFECT_META, .key = TEXT("tiers"), .text = to});
}

/* ---- weights ---- */

static void apply_weights(struct applying *it, struct text from, struct text to)
{
    (void)from;
    if (it->change)
        score_weights_read(to, &it->model->weights);
    if (it->effects)
        effects_add(it->effects,
                    (struct effect){.kind = EFFECT_META, .key = TEXT("weights"), .text = to});
}

/* ---- all of them ---- */

static void (*const appliers[STEP_KINDS])(struct applying *it, struct text from, struct text to) = {
    [STEP_TICK] = apply_tick,         [STEP_PLAN] = apply_plan,   [STEP_KNOBS] = apply_knobs,
    [STEP_SCENARIO] = apply_scenario, [STEP_TIERS] = apply_tiers, [STEP_WEIGHTS] = apply_weights,
    [STEP_SAVED] = apply_named,       [STEP_NOTE] = apply_note,
};

void step_apply(struct applying *applying, bool forward)
{
    const struct step *step = applying->step;
    struct text old = buf_text(&step->old), new = buf_text(&step->new);
    if (step->kind == STEP_VIEW)
        view_show(applying->model, forward ? step->view_after : step->view_before);
    else
        appliers[step->kind](applying, forward ? old : new, forward ? new : old);
}

void step_tell(const struct step *step, struct effects *effects)
{
    struct buf target = BUF_INIT;
    if (!step->token)
        return;
    step_target(step, &target);
    effects_add(effects, (struct effect){.kind = EFFECT_EDIT,
                                         .id = step->token,
                                         .key = buf_text(&target),
                                         .text = text_of(step->label),
                                         .old = buf_text(&step->old),
                                         .new = buf_text(&step->new)});
    buf_release(&target);
}
