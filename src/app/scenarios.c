#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app_internal.h"
#include "base/hash.h"
#include "base/number.h"
#include "step_internal.h"

/* Scenarios as wholes: the one in use, and what is done with all of them. */

/* ---- the one in use ---- */

static struct kept_scenario *in_use(const struct model *model)
{
    return kept_find(&model->plans, text_of(model->scenario.name));
}

/* Who is not in the catalogue stays in the plan: he may come back. */
static void add_absent(const struct model *model, const struct plan_entries *from,
                       struct plan_entries *to)
{
    for (size_t i = 0; i < from->count; i++) {
        const struct plan_entry *entry = &from->items[i];
        if (catalog_find(model->catalog, entry->platform, entry->key) == CATALOG_NONE)
            plan_entries_add(to, entry->platform, entry->key, &entry->planned);
    }
}

static void gather_plan(const struct model *model, struct plan_entries *plan)
{
    const struct catalog *catalog = model->catalog;
    struct plan_entries gathered = {.count = 0};
    struct bits rows = {0};
    catalog_planned_rows(catalog, &rows);
    for (size_t row = bits_next(&rows, 0); row < rows.count; row = bits_next(&rows, row + 1)) {
        struct planned planned = catalog_plan_get(catalog, (uint32_t)row);
        plan_entries_add(&gathered, catalog_platform(catalog, (uint32_t)row),
                         catalog_key(catalog, (uint32_t)row), &planned);
    }
    add_absent(model, plan, &gathered);
    bits_release(&rows);
    plan_entries_release(plan);
    *plan = gathered;
}

const struct kept_scenario *scenario_gather(struct model *model)
{
    struct kept_scenario *kept = in_use(model);
    uint64_t planned = catalog_revision(model->catalog, COL_PLAN);
    if (kept->scenario.revision != model->scenario.revision)
        kept->scenario = model->scenario;
    if (model->gathered != planned) {
        model->gathered = planned;
        gather_plan(model, &kept->plan);
    }
    return kept;
}

static void clear_plan(struct catalog *catalog)
{
    struct planned none = planned_none();
    struct bits rows = {0};
    catalog_planned_rows(catalog, &rows);
    catalog_plan_rows(catalog, &rows, 0);
    bits_release(&rows);
    catalog_planned_rows(catalog, &rows); /* with a fee of their own */
    for (size_t row = bits_next(&rows, 0); row < rows.count; row = bits_next(&rows, row + 1))
        catalog_plan_put(catalog, (uint32_t)row, &none);
    bits_release(&rows);
}

/* What is kept of it comes into force. */
static void bring(struct model *model, const struct kept_scenario *kept)
{
    uint64_t revision = model->scenario.revision;
    clear_plan(model->catalog);
    for (size_t i = 0; i < kept->plan.count; i++) {
        const struct plan_entry *entry = &kept->plan.items[i];
        uint32_t row = catalog_find(model->catalog, entry->platform, entry->key);
        if (row != CATALOG_NONE)
            catalog_plan_put(model->catalog, row, &entry->planned);
    }
    model->scenario = kept->scenario;
    model->scenario.revision =
        (revision > kept->scenario.revision ? revision : kept->scenario.revision) + 1;
    model->gathered = catalog_revision(model->catalog, COL_PLAN);
}

/* Equal for equal scenarios with equal plans, in whatever order these came in. */
static uint64_t digest(const struct scenario *scenario, const struct plan_entries *plan)
{
    struct plan_entries none = {.count = 0};
    struct buf text = BUF_INIT;
    scenario_pack(scenario, &none, &text);
    uint64_t sum = hash_bytes(text.at, text.length, 1);
    for (size_t i = 0; i < plan->count; i++) {
        const struct plan_entry *entry = &plan->items[i];
        double planned[] = {entry->planned.deliverables, entry->planned.format,
                            isnan(entry->planned.fee) ? -1 : entry->planned.fee};
        sum += hash_bytes(planned, sizeof planned,
                          hash_bytes(entry->key.at, entry->key.length, entry->platform));
    }
    buf_release(&text);
    return sum;
}

void scenario_take(struct model *model, const struct scenario *scenario,
                   struct plan_entries *take_plan)
{
    struct text name = text_of(scenario->name);
    bool used = text_is(name, model->scenario.name);
    const struct kept_scenario *kept =
        used ? scenario_gather(model) : kept_find(&model->plans, name);
    if (!take_plan) {
        if (!used)
            kept_drop(&model->plans, name);
        return;
    }
    if (kept && digest(&kept->scenario, &kept->plan) == digest(scenario, take_plan))
        return;
    kept_put(&model->plans, scenario, take_plan, model->plans.count);
    if (used)
        bring(model, kept_find(&model->plans, name));
}

bool scenario_use(struct model *model, struct effects *effects, struct text name)
{
    struct kept_scenario *kept = kept_find(&model->plans, name);
    if (!kept)
        return false;
    if (text_is(name, model->scenario.name))
        return true;
    scenario_gather(model);
    bring(model, kept);
    effects_add(effects, (struct effect){.kind = EFFECT_SCENARIO_USE, .scenario = name});
    return true;
}

/* ---- steps ---- */

/* One side of a step. */
struct side {
    struct text use;  /* the one in use */
    struct text name; /* the one it is about; empty: it is not there */
    size_t place;
    struct text body; /* packed; empty: as it is on the other side */
};

static void write_side(struct buf *out, const struct side *side)
{
    buf_add_text(out, side->use);
    buf_add_char(out, '\n');
    buf_add_text(out, side->name);
    buf_addf(out, "\n%zu\n", side->place);
    buf_add_text(out, side->body);
}

static struct side read_side(struct text text)
{
    struct side side = {.place = 0};
    struct text word;
    struct number_seen seen;
    text_next(&text, '\n', &side.use);
    text_next(&text, '\n', &side.name);
    if (text_next(&text, '\n', &word) && number_parse(word, number_style_plain, &seen) &&
        seen.value >= 0 && seen.value < 1e6)
        side.place = (size_t)seen.value;
    side.body = text;
    return side;
}

static void put(struct applying *it, const struct side *side)
{
    struct model *model = it->model;
    struct scenario scenario;
    struct plan_entries plan = {.count = 0};
    scenario_init(&scenario);
    if (!scenario_unpack(side->body, &scenario, &plan, NULL))
        return;
    kept_put(&model->plans, &scenario, &plan, side->place);
    if (text_is(side->name, model->scenario.name))
        bring(model, kept_find(&model->plans, side->name));
    effects_add(it->effects, (struct effect){.kind = EFFECT_SCENARIO_PUT,
                                             .scenario = side->name,
                                             .text = side->body,
                                             .number = (double)side->place});
}

static void call(struct applying *it, struct text from, struct text to)
{
    struct kept_scenario *kept = kept_find(&it->model->plans, from);
    if (!kept)
        return;
    if (text_is(from, it->model->scenario.name))
        scenario_name_set(&it->model->scenario, to);
    scenario_name_set(&kept->scenario, to);
    effects_add(it->effects,
                (struct effect){.kind = EFFECT_SCENARIO_RENAME, .scenario = from, .text = to});
}

void apply_scenario(struct applying *it, struct text from, struct text to)
{
    struct side before = read_side(from), after = read_side(to);
    if (after.name.length > 0 && after.body.length > 0)
        put(it, &after);
    else if (after.name.length > 0 && before.name.length > 0)
        call(it, before.name, after.name);
    scenario_use(it->model, it->effects, after.use);
    if (after.name.length == 0 && before.name.length > 0) {
        kept_drop(&it->model->plans, before.name);
        effects_add(it->effects,
                    (struct effect){.kind = EFFECT_SCENARIO_DROP, .scenario = before.name});
    }
}

/* ---- what can be done ---- */

static bool may_change(const struct model *model, struct err *err)
{
    return !model->loading || err_set(err, "creators still come in: in a moment");
}

static bool may_be_called(const struct model *model, struct text name, struct err *err)
{
    const struct kept_scenario *alike = kept_alike(&model->plans, name);
    return scenario_name_allowed(name, err) &&
           (!alike || err_set(err, "there is a plan '%s' already", alike->scenario.name));
}

static size_t place_of(const struct model *model, struct text name)
{
    const struct kept_scenario *kept = kept_find(&model->plans, name);
    return kept ? (size_t)(kept - model->plans.items) : model->plans.count;
}

/* Releases the bodies. */
static void push(struct model *model, struct effects *effects, struct text label,
                 const struct side *before, const struct side *after)
{
    struct step step = {.kind = STEP_SCENARIO};
    step_label(&step, label);
    write_side(&step.old, before);
    write_side(&step.new, after);
    own_push(model, effects, &step, &(struct manner){.token = 0});
}

static void pack(const struct kept_scenario *kept, struct buf *out)
{
    scenario_pack(&kept->scenario, &kept->plan, out);
}

bool own_scenario_put(struct model *model, struct effects *effects, struct text label,
                      const struct scenario *scenario, const struct plan_entries *plan, bool use,
                      struct err *err)
{
    struct text name = text_of(scenario->name), now = text_of(model->scenario.name);
    struct buf old = BUF_INIT, new = BUF_INIT;
    if (!may_change(model, err))
        return false;
    scenario_gather(model);
    const struct kept_scenario *there = kept_find(&model->plans, name);
    if (!there && !may_be_called(model, name, err))
        return false;
    if (there)
        pack(there, &old);
    scenario_pack(scenario, plan, &new);
    char *used = arena_string(&effects->arena, now); /* `now` is written over */
    struct side before = {.use = text_of(used),
                          .name = there ? name : TEXT(""),
                          .place = place_of(model, name),
                          .body = buf_text(&old)};
    struct side after = {.use = use ? name : text_of(used),
                         .name = name,
                         .place = before.place,
                         .body = buf_text(&new)};
    push(model, effects, label, &before, &after);
    buf_release(&old);
    buf_release(&new);
    return true;
}

bool own_scenario_copy(struct model *model, struct effects *effects, struct text from,
                       struct text name, struct err *err)
{
    struct buf label = BUF_INIT;
    if (!may_change(model, err) || !may_be_called(model, name, err))
        return false;
    scenario_gather(model);
    const struct kept_scenario *kept = kept_find(&model->plans, from);
    if (!kept)
        return err_set(err, "there is no plan of this name");
    struct scenario scenario = kept->scenario;
    scenario_name_set(&scenario, name);
    buf_addf(&label, "new plan %s", scenario.name);
    bool ok = own_scenario_put(model, effects, buf_text(&label), &scenario, &kept->plan, true, err);
    buf_release(&label);
    return ok;
}

bool own_scenario_rename(struct model *model, struct effects *effects, struct text from,
                         struct text to, struct err *err)
{
    struct buf label = BUF_INIT;
    const struct kept_scenario *kept = kept_find(&model->plans, from);
    const struct kept_scenario *alike = kept_alike(&model->plans, to);
    if (!may_change(model, err) || !scenario_name_allowed(to, err))
        return false;
    if (!kept)
        return err_set(err, "there is no plan of this name");
    if (alike && alike != kept)
        return err_set(err, "there is a plan '%s' already", alike->scenario.name);
    if (text_equal(from, to))
        return true;
    char used[sizeof model->scenario.name], old[sizeof used];
    snprintf(used, sizeof used, "%s", model->scenario.name);
    snprintf(old, sizeof old, "%s", kept->scenario.name);
    bool current = strcmp(used, old) == 0;
    size_t place = place_of(model, from);
    buf_addf(&label, "rename plan %s > ", old);
    buf_add_text(&label, to);
    struct side before = {.use = text_of(used), .name = text_of(old), .place = place};
    struct side after = {.use = current ? to : text_of(used), .name = to, .place = place};
    push(model, effects, buf_text(&label), &before, &after);
    buf_release(&label);
    return true;
}

/* Who is used once this one is gone: the one after it, or before. */
static struct text neighbour(const struct model *model, size_t place)
{
    size_t next = place + 1 < model->plans.count ? place + 1 : place - 1;
    return text_of(model->plans.items[next].scenario.name);
}

bool own_scenario_delete(struct model *model, struct effects *effects, struct text name,
                         struct err *err)
{
    struct buf label = BUF_INIT, old = BUF_INIT;
    char used[sizeof model->scenario.name], gone[sizeof used], next[sizeof used];
    if (!may_change(model, err))
        return false;
    scenario_gather(model);
    const struct kept_scenario *kept = kept_find(&model->plans, name);
    if (!kept)
        return err_set(err, "there is no plan of this name");
    if (model->plans.count < 2)
        return err_set(err, "the last plan stays");
    size_t place = place_of(model, name);
    snprintf(used, sizeof used, "%s", model->scenario.name);
    snprintf(gone, sizeof gone, "%s", kept->scenario.name);
    struct text other = neighbour(model, place);
    snprintf(next, sizeof next, "%.*s", (int)other.length, other.at);
    pack(kept, &old);
    buf_addf(&label, "delete plan %s", gone);
    struct side before = {
        .use = text_of(used), .name = text_of(gone), .place = place, .body = buf_text(&old)};
    struct side after = {.use = text_of(strcmp(used, gone) == 0 ? next : used)};
    push(model, effects, buf_text(&label), &before, &after);
    buf_release(&label);
    buf_release(&old);
    return true;
}

bool own_scenario_use(struct model *model, struct effects *effects, struct text name,
                      const char *of_view, struct err *err)
{
    struct buf label = BUF_INIT;
    char used[sizeof model->scenario.name], next[sizeof used];
    const struct kept_scenario *kept = kept_find(&model->plans, name);
    if (!may_change(model, err))
        return false;
    if (!kept)
        return err_set(err, "there is no plan of this name");
    if (text_is(name, model->scenario.name))
        return true;
    snprintf(used, sizeof used, "%s", model->scenario.name);
    snprintf(next, sizeof next, "%s", kept->scenario.name);
    if (of_view)
        buf_addf(&label, "view %s", of_view);
    else
        buf_addf(&label, "use plan %s", next);
    push(model, effects, buf_text(&label), &(struct side){.use = text_of(used)},
         &(struct side){.use = text_of(next)});
    buf_release(&label);
    return true;
}
