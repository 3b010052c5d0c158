#include "app/tour.h"

#include "app_internal.h"

/* Where one is in the tour, and what becomes of it. */

const struct tour_part *tour_here(const struct model *model)
{
    size_t part = model->tour.part;
    return part < tour_part_count ? &tour_parts[part] : &tour_end;
}

/* While another creator comes under the cursor, it is the fee of that one that may become lower. */
static void note_fee(struct model *model)
{
    struct tour *tour = &model->tour;
    uint32_t row = model_row(model);
    int64_t id = row == CATALOG_NONE ? 0 : catalog_id(model->catalog, row);
    if (id == tour->fee_id)
        return;
    tour->fee_id = id;
    tour->fee = id ? sheet_number(model->sheet, COL_FEE, row) : number_unknown();
}

static void begin_part(struct model *model)
{
    struct tour *tour = &model->tour;
    tour->begun = true;
    tour->seen = false;
    tour->place = model->list.cursor;
    tour->undone = model->undo.done;
    tour->order_value = model->scenario.aov;
    tour->budget = model->scenario.budget;
    tour->fee_id = 0;
}

static bool is_done(struct model *model)
{
    const struct tour_part *part = &tour_parts[model->tour.part];
    if (!model->tour.begun)
        begin_part(model);
    note_fee(model);
    model->tour.seen = model->tour.seen || !part->seen || part->seen(model);
    return model->tour.seen && part->done(model);
}

static bool is_lost(const struct model *model)
{
    const struct tour_part *part = &tour_parts[model->tour.part];
    return part->lost && part->lost(model);
}

void tour_follow(struct model *model)
{
    struct tour *tour = &model->tour;
    if (!tour->on || model->loading)
        return;
    while (tour->part < tour_part_count && is_done(model)) {
        tour->part++;
        tour->begun = false;
    }
    if (tour->part < tour_part_count && is_lost(model)) {
        tour->part--;
        tour->begun = false;
    }
}

void tour_begin(struct model *model)
{
    model->tour = (struct tour){.on = true};
}

void tour_leave(struct model *model)
{
    const struct tour_part *here = tour_here(model);
    model->tour.on = false;
    if (here->step > 0)
        model_notice(model, "you left the tour at step %d: :tour goes on there", here->step);
}

bool tour_can(const struct model *model)
{
    return model->sample;
}

void tour_run(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->tour.on || model->tour.part >= tour_part_count)
        tour_begin(model);
    model->tour.on = true;
    model->tour.begun = false;
}
