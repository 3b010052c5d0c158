#include <math.h>

#include "app_internal.h"
#include "base/number.h"
#include "domain/growth.h"

/* The followers of the creators in view, in a few values each. What is known is kept for a while, by
 * creator; another present asks again, and what was known stands meanwhile. */

static struct trend *trend_of(struct trend *trends, int64_t id)
{
    for (size_t i = 0; i < TRENDS_KEPT; i++)
        if (trends[i].id == id)
            return &trends[i];
    return NULL;
}

const struct trend *model_trend(const struct model *model, uint32_t row)
{
    return trend_of((struct trend *)model->trends, catalog_id(model->catalog, row));
}

static bool same(double a, double b)
{
    return a == b || (!number_known(a) && !number_known(b));
}

static bool is_fresh(const struct model *model, uint32_t row)
{
    const struct trend *trend = model_trend(model, row);
    return trend && same(trend->at, catalog_number(model->catalog, COL_AUDIENCE_AT, row)) &&
           same(trend->followers, catalog_number(model->catalog, COL_FOLLOWERS, row));
}

int64_t model_trend_wanted(const struct model *model)
{
    size_t rows = model->result.rows.count, height = (size_t)list_height(model);
    if (model->place == PLACE_COMPARE)
        return compare_past_wanted(model);
    if (model->place != PLACE_EXPLORE || model->loading || !list_has_room_for_trend(model))
        return 0;
    for (size_t i = model->list.top; i < rows && i < model->list.top + height; i++) {
        uint32_t row = rowset_at(&model->result.rows, i);
        if (catalog_live(model->catalog, row) &&
            !is_fresh(model, row)) /* who is gone stands here */
            return catalog_id(model->catalog, row);
    }
    return 0;
}

/* The values stand at even distances of time, from the first date within the span to the last. */
static void sample(const struct snapshot *past, size_t count, struct trend *trend)
{
    double first = number_unknown(), last = first;
    for (size_t i = count; i-- > 0;) {
        if (!number_known(past[i].followers))
            continue;
        if (!number_known(last))
            last = past[i].at;
        if (last - past[i].at <= TREND_SPAN)
            first = past[i].at;
    }
    for (size_t i = 0; first < last && i < TREND_VALUES; i++) {
        double at = first + (last - first) * (double)i / (TREND_VALUES - 1);
        trend->values[trend->count++] =
            growth_followers(past, count, i + 1 < TREND_VALUES ? at : last);
    }
}

void trend_take(struct model *model, const struct message *message)
{
    uint32_t row = catalog_find_id(model->catalog, message->id);
    if (model->place == PLACE_COMPARE)
        compare_past_take(model, message);
    if (row == CATALOG_NONE)
        return;
    struct trend *trend = trend_of(model->trends, message->id);
    if (!trend)
        trend = &model->trends[model->next_trend++ % TRENDS_KEPT];
    *trend = (struct trend){.id = message->id,
                            .at = catalog_number(model->catalog, COL_AUDIENCE_AT, row),
                            .followers = catalog_number(model->catalog, COL_FOLLOWERS, row)};
    sample(message->snapshots, message->snapshot_count, trend);
    model->trend_seen |= trend->count > 0;
}
