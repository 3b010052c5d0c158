#include "runtime/keeper.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "runtime/session.h"
#include "store/edit.h"
#include "store/own.h"
#include "store/scenario.h"
#include "store/view.h"
#include "store/visit.h"

#define AT_ONCE 64           /* marks between two looks at the clock */
#define MANY ((size_t)20000) /* marks whose writing a person may notice */

void keeper_init(struct keeper *keeper, struct store *store, const struct catalog *catalog)
{
    *keeper = (struct keeper){.store = store, .catalog = catalog};
    buf_add_string(&keeper->scenario, "default");
}

static void forget(struct keeper *keeper)
{
    effects_release(&keeper->waiting);
    marks_release(&keeper->ticks);
    marks_release(&keeper->plan);
    keeper->many = 0;
}

void keeper_release(struct keeper *keeper)
{
    if (!keeper)
        return;
    forget(keeper);
    free(keeper->rows.items);
    buf_release(&keeper->scenario);
    buf_release(&keeper->taken);
    store_history_release(&keeper->history);
}

static void take_edit(void *self, const struct store_edit *edit)
{
    undo_restore(self, edit->seq, edit->label, edit->target, edit->old, edit->new, edit->undone);
}

struct scenario_names {
    struct arena arena;
    struct text *items;
    size_t count, capacity;
};

static void take_name(void *self, struct text name)
{
    struct scenario_names *names = self;
    VEC_PUSH(names, arena_text(&names->arena, name));
}

/* The plan of the one in use comes with the creators. */
static bool begin_scenarios(struct keeper *keeper, struct model *model, struct err *err)
{
    struct scenario_names names = {.count = 0};
    bool ok = store_scenarios(keeper->store, take_name, &names, err);
    kept_release(&model->plans);
    for (size_t i = 0; i < names.count && ok; i++) {
        struct scenario scenario = model->scenario;
        struct plan_entries plan = {.count = 0};
        if (!text_is(names.items[i], model->scenario.name))
            ok = store_scenario_get(keeper->store, names.items[i], &scenario, &plan, err);
        kept_put(&model->plans, &scenario, &plan, i);
    }
    if (!kept_find(&model->plans, text_of(model->scenario.name)))
        kept_put(&model->plans, &model->scenario, &(struct plan_entries){.count = 0}, 0);
    free(names.items);
    arena_release(&names.arena);
    return ok;
}

static void take_weights(struct keeper *keeper, struct model *model)
{
    struct buf text = BUF_INIT;
    bool found = false;
    if (store_meta(keeper->store, "weights", &text, &found, NULL) && found)
        score_weights_read(buf_text(&text), &model->weights);
    buf_release(&text);
}

static void take_tiers(struct keeper *keeper, struct model *model)
{
    struct buf name = BUF_INIT;
    session_tiers(keeper->store, &name);
    model_tiers(model, buf_text(&name));
    buf_release(&name);
}

bool keeper_begin(struct keeper *keeper, struct model *model, struct err *err)
{
    take_weights(keeper, model);
    keeper->model = model;
    take_tiers(keeper, model);
    if (!session_scenario(keeper->store, &model->scenario, err) ||
        !session_assumptions(keeper->store, &model->scenario, &model->peers, err) ||
        !begin_scenarios(keeper, model, err) || !session_views(keeper->store, &model->saved, err))
        return false;
    buf_clear(&keeper->scenario);
    buf_add_string(&keeper->scenario, model->scenario.name);
    buf_clear(&keeper->taken);
    buf_add_string(&keeper->taken, model->scenario.name);
    return store_edits(keeper->store, UNDO_MOST, take_edit, &model->undo, err);
}

bool keeper_view(struct keeper *keeper, struct buf *view, struct err *err)
{
    bool found;
    return store_meta(keeper->store, "view", view, &found, err);
}

/* writing */

/* What a new step is called in the store is known from when it was written first. */
static int64_t seq_of(const struct keeper *keeper, int64_t token)
{
    for (size_t i = keeper->rows.count; token < 0 && i-- > 0;)
        if (keeper->rows.items[i].token == token)
            return keeper->rows.items[i].seq;
    return token > 0 ? token : 0;
}

static bool write_edit(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct store_edit edit = {.seq = seq_of(keeper, effect->id),
                              .label = effect->text,
                              .target = effect->key,
                              .old = effect->old,
                              .new = effect->new};
    bool added = edit.seq == 0;
    if (!store_edit_put(keeper->store, &edit, err))
        return false;
    if (added)
        VEC_PUSH(&keeper->rows, ((struct keeper_row){effect->id, edit.seq}));
    return !added || store_edits_trim(keeper->store, UNDO_MOST, err);
}

static bool write_undone(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_edit_undone(keeper->store, seq_of(keeper, effect->id), true, err);
}

static bool write_forget(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_edit_drop(keeper->store, seq_of(keeper, effect->id), err);
}

static bool write_tick(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_tick_set(keeper->store, effect->platform, effect->key, effect->number > 0, err);
}

static bool write_note(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_note_set(keeper->store, effect->platform, effect->key, effect->text, clock_now(),
                          err);
}

static bool write_plan(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct store_plan_row row = {effect->platform, effect->key, effect->planned};
    return store_plan_set(keeper->store, effect->scenario, &row, err);
}

static bool write_knob(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_knob_set(keeper->store, effect->scenario, effect->key, effect->text, err);
}

static bool write_meta(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct buf key = BUF_INIT;
    buf_add_text(&key, effect->key);
    bool ok = store_meta_set(keeper->store, buf_string(&key), effect->text, err);
    buf_release(&key);
    return ok;
}

static bool write_scenario(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct scenario scenario;
    struct plan_entries plan = {.count = 0};
    scenario_init(&scenario);
    bool ok = scenario_unpack(effect->text, &scenario, &plan, err) &&
              store_scenario_put(keeper->store, &scenario, &plan, err) &&
              store_scenario_place(keeper->store, effect->scenario, (size_t)effect->number, err);
    plan_entries_release(&plan);
    return ok;
}

static bool write_drop(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_scenario_drop(keeper->store, effect->scenario, err);
}

static void in_use(struct keeper *keeper, struct text name)
{
    buf_clear(&keeper->scenario);
    buf_add_text(&keeper->scenario, name);
}

static bool write_rename(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    if (!store_scenario_rename(keeper->store, effect->scenario, effect->text, err))
        return false;
    if (text_equal(buf_text(&keeper->scenario), effect->scenario))
        in_use(keeper, effect->text);
    return true;
}

static bool write_use(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    bool ok = store_scenario_keep(keeper->store, buf_text(&keeper->scenario), err) &&
              store_scenario_use(keeper->store, effect->scenario, err);
    in_use(keeper, effect->scenario);
    return ok;
}

static bool write_view(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct named_says says = named_read(effect->text);
    const struct store_view view = {effect->key, says.filter, says.order, says.columns,
                                    says.scenario};
    return store_view_put(keeper->store, &view, (size_t)effect->number, err);
}

static bool write_view_drop(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_view_drop(keeper->store, effect->key, err);
}

static bool (*const writers[EFFECT_KINDS])(struct keeper *keeper, const struct effect *effect,
                                           struct err *err) = {
    [EFFECT_TICK] = write_tick,           [EFFECT_PLAN] = write_plan,
    [EFFECT_KNOB] = write_knob,           [EFFECT_SCENARIO_PUT] = write_scenario,
    [EFFECT_SCENARIO_DROP] = write_drop,  [EFFECT_SCENARIO_RENAME] = write_rename,
    [EFFECT_SCENARIO_USE] = write_use,    [EFFECT_EDIT] = write_edit,
    [EFFECT_EDIT_UNDONE] = write_undone,  [EFFECT_EDIT_FORGET] = write_forget,
    [EFFECT_META] = write_meta,           [EFFECT_VIEW_PUT] = write_view,
    [EFFECT_VIEW_DROP] = write_view_drop, [EFFECT_NOTE] = write_note,
};

/* The marks of one creator as they are now, whatever they were when it was said to keep them. */
static bool keep_tick(struct keeper *keeper, uint32_t row, struct err *err)
{
    const struct catalog *catalog = keeper->catalog;
    return store_tick_set(keeper->store, catalog_platform(catalog, row), catalog_key(catalog, row),
                          catalog_ticked(catalog, row), err);
}

static bool keep_plan(struct keeper *keeper, uint32_t row, struct err *err)
{
    const struct catalog *catalog = keeper->catalog;
    struct store_plan_row mark = {catalog_platform(catalog, row), catalog_key(catalog, row),
                                  catalog_plan_get(catalog, row)};
    return store_plan_set(keeper->store, buf_text(&keeper->scenario), &mark, err);
}

static size_t marks_waiting(const struct keeper *keeper)
{
    return marks_left(&keeper->ticks) + marks_left(&keeper->plan);
}

/* Marks that wait are read off the catalogue, which holds another plan from now on: the one that is left
 * is written as a whole. */
static void leave_scenario(struct keeper *keeper)
{
    const struct kept_scenario *left =
        keeper->model ? kept_find(&keeper->model->plans, buf_text(&keeper->taken)) : NULL;
    struct buf packed = BUF_INIT;
    if (!left || marks_left(&keeper->plan) == 0)
        return;
    scenario_pack(&left->scenario, &left->plan, &packed);
    effects_add(&keeper->waiting,
                (struct effect){.kind = EFFECT_SCENARIO_PUT,
                                .scenario = text_of(left->scenario.name),
                                .text = buf_text(&packed),
                                .number = (double)(left - keeper->model->plans.items)});
    marks_release(&keeper->plan);
    buf_release(&packed);
}

static void note_scenario(struct keeper *keeper, const struct effect *effect)
{
    bool use = effect->kind == EFFECT_SCENARIO_USE;
    if (use)
        leave_scenario(keeper);
    if (use || text_equal(buf_text(&keeper->taken), effect->scenario)) {
        buf_clear(&keeper->taken);
        buf_add_text(&keeper->taken, use ? effect->scenario : effect->text);
    }
}

static void take(struct keeper *keeper, const struct effect *effect)
{
    if (effect->kind == EFFECT_SCENARIO_USE || effect->kind == EFFECT_SCENARIO_RENAME)
        note_scenario(keeper, effect);
    if (effect->kind == EFFECT_TICK_ROWS)
        marks_add(&keeper->ticks, &effect->rows);
    else if (effect->kind == EFFECT_PLAN_ROWS)
        marks_add(&keeper->plan, &effect->rows);
    else if (writers[effect->kind])
        effects_add(&keeper->waiting, *effect);
    else
        return;
    size_t now = marks_waiting(keeper);
    keeper->many = now > keeper->many ? now : keeper->many;
}

void keeper_take(struct keeper *keeper, const struct effects *effects)
{
    for (size_t i = 0; i < effects->count && !store_read_only(keeper->store); i++)
        take(keeper, &effects->items[i]);
}

bool keeper_waits(const struct keeper *keeper)
{
    return keeper->waiting.count > 0 || marks_waiting(keeper) > 0;
}

bool keeper_progress(const struct keeper *keeper, uint64_t *done, uint64_t *total)
{
    *total = keeper->many;
    *done = *total - marks_waiting(keeper);
    return keeper->many > MANY && *done < *total;
}

/* What one transaction has done so far, so that it can be done again where it fails. */
struct slice {
    double until;
    size_t effects, ticks, marks_of_plan;
    size_t rows; /* of steps that had a number before it */
};

static bool write_effects(struct keeper *keeper, struct slice *slice, struct err *err)
{
    const struct effects *waiting = &keeper->waiting;
    bool ok = true;
    while (slice->effects < waiting->count && ok) {
        const struct effect *effect = &waiting->items[slice->effects++];
        ok = writers[effect->kind](keeper, effect, err);
    }
    return ok;
}

/* Returns after some: the caller looks at the clock. */
static bool write_marks(struct keeper *keeper, struct marks *marks,
                        bool (*keep)(struct keeper *keeper, uint32_t row, struct err *err),
                        size_t *written, struct err *err)
{
    uint32_t rows[AT_ONCE];
    size_t count = marks_take(marks, keeper->catalog, rows, AT_ONCE);
    bool ok = true;
    *written += count;
    for (size_t i = 0; i < count && ok; i++)
        ok = keep(keeper, rows[i], err);
    return ok;
}

static bool write_slice(struct keeper *keeper, struct slice *slice, struct err *err)
{
    bool ok = write_effects(keeper, slice, err);
    while (ok && marks_left(&keeper->ticks) > 0 && loop_now() < slice->until)
        ok = write_marks(keeper, &keeper->ticks, keep_tick, &slice->ticks, err);
    while (ok && marks_left(&keeper->plan) > 0 && loop_now() < slice->until)
        ok = write_marks(keeper, &keeper->plan, keep_plan, &slice->marks_of_plan, err);
    return ok;
}

static enum keeper_state after_failure(struct keeper *keeper, const struct slice *slice,
                                       struct err *err)
{
    keeper->rows.count = slice->rows;
    bool busy = store_busy(keeper->store);
    if (!busy && !store_full(keeper->store)) {
        forget(keeper);
        return KEEPER_FAILED;
    }
    marks_put_back(&keeper->ticks, slice->ticks);
    marks_put_back(&keeper->plan, slice->marks_of_plan);
    if (busy)
        *err = (struct err){.message = ""};
    return KEEPER_HELD;
}

enum keeper_state keeper_write(struct keeper *keeper, double seconds, struct err *err)
{
    struct slice slice = {.until = loop_now() + seconds, .rows = keeper->rows.count};
    *err = (struct err){.message = ""};
    if (!keeper_waits(keeper))
        return KEEPER_DONE;
    bool ok = store_begin(keeper->store, err);
    if (ok) {
        ok = write_slice(keeper, &slice, err) && store_visit_seen(keeper->store, clock_now(), err);
        bool kept = store_end(keeper->store, ok, ok ? err : NULL);
        ok = ok && kept;
    }
    if (!ok)
        return after_failure(keeper, &slice, err);
    effects_release(&keeper->waiting);
    if (marks_waiting(keeper) > 0)
        return KEEPER_MORE;
    forget(keeper);
    return KEEPER_DONE;
}

bool keeper_history(struct keeper *keeper, int64_t id, const struct snapshot **snapshots,
                    size_t *count, struct err *err)
{
    if (!store_history(keeper->store, id, &keeper->history, err))
        return false;
    *snapshots = keeper->history.items;
    *count = keeper->history.count;
    return true;
}
