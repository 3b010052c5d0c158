#include "runtime/keeper.h"

#include <math.h>

#include "base/number.h"
#include "runtime/session.h"
#include "store/own.h"

void keeper_init(struct keeper *keeper, struct store *store)
{
    *keeper = (struct keeper){.store = store, .scenario = TEXT("default")};
}

void keeper_release(struct keeper *keeper)
{
    if (!keeper)
        return;
    effects_release(&keeper->waiting);
    store_history_release(&keeper->history);
}

bool keeper_begin(struct keeper *keeper, struct model *model, struct err *err)
{
    model->preset = session_tiers(keeper->store);
    return session_assumptions(keeper->store, &model->scenario, &model->peers, err);
}

bool keeper_marks(struct keeper *keeper, struct model *model, struct err *err)
{
    return session_marks(keeper->store, model->catalog, &model->scenario, err);
}

bool keeper_view(struct keeper *keeper, struct buf *view, struct err *err)
{
    bool found;
    return store_meta(keeper->store, "view", view, &found, err);
}

/* writing */

static bool write_tick(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    return store_tick_set(keeper->store, effect->platform, effect->key, effect->number > 0, err);
}

static bool write_plan(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct store_plan_row row = {.platform = effect->platform,
                                 .key = effect->key,
                                 .deliverables = effect->number,
                                 .format = FORMAT_NONE,
                                 .fee = NAN};
    if (effect->number > 0)
        return store_plan_set(keeper->store, keeper->scenario, &row, err);
    return store_plan_remove(keeper->store, keeper->scenario, effect->platform, effect->key, err);
}

static bool write_parameter(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct buf value = BUF_INIT;
    number_exact(&value, effect->number);
    bool ok = store_knob_set(keeper->store, keeper->scenario, effect->key,
                             isnan(effect->number) ? (struct text){0} : buf_text(&value), err);
    buf_release(&value);
    return ok;
}

static bool write_meta(struct keeper *keeper, const struct effect *effect, struct err *err)
{
    struct buf key = BUF_INIT;
    buf_add_text(&key, effect->key);
    bool ok = store_meta_set(keeper->store, buf_string(&key), effect->text, err);
    buf_release(&key);
    return ok;
}

static bool (*const writers[EFFECT_KINDS])(struct keeper *keeper, const struct effect *effect,
                                           struct err *err) = {
    [EFFECT_TICK] = write_tick,
    [EFFECT_PLAN] = write_plan,
    [EFFECT_PARAMETER] = write_parameter,
    [EFFECT_META] = write_meta,
};

void keeper_take(struct keeper *keeper, const struct effects *effects)
{
    for (size_t i = 0; i < effects->count; i++)
        if (writers[effects->items[i].kind] && !store_read_only(keeper->store))
            effects_add(&keeper->waiting, effects->items[i]);
}

bool keeper_write(struct keeper *keeper, struct err *err)
{
    if (keeper->waiting.count == 0)
        return true;
    bool ok = store_begin(keeper->store, err);
    if (ok) {
        for (size_t i = 0; i < keeper->waiting.count && ok; i++)
            ok = writers[keeper->waiting.items[i].kind](keeper, &keeper->waiting.items[i], err);
        bool kept = store_end(keeper->store, ok, ok ? err : NULL);
        ok = ok && kept;
    }
    if (!ok && store_busy(keeper->store)) {
        *err = (struct err){.message = ""};
        return false;
    }
    effects_release(&keeper->waiting);
    return ok;
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
