#include <math.h>
#include <stdlib.h>

#include "app_internal.h"
#include "base/mem.h"
#include "base/nth.h"

/* Over budget: how one creator's deal could bring the plan back into it. */

/* The creator who is to give way, as his place among those the totals are of: the one edited last, where
 * he costs anything at all, else the dearest. NOBODY: no cost is known. */
#define NOBODY SIZE_MAX
static size_t who(const struct model *model)
{
    const struct plan_place *place = &model->plan;
    const struct total_row *items = place->totals.items;
    size_t dearest = NOBODY;
    for (size_t i = 0; i < place->totals.count; i++) {
        if (!(items[i].cost > 0))
            continue;
        if (catalog_id(model->catalog, place->members[i]) == place->edited)
            return i;
        if (dearest == NOBODY || items[i].cost > items[dearest].cost)
            dearest = i;
    }
    return dearest;
}

/* How many of the dearest it takes: all of the dearer half where it is not enough, else some of it. */
static size_t dearest_over(const struct totals *totals)
{
    double *costs = mem_alloc((totals->count + 1) * sizeof *costs), over = -totals->left;
    size_t known = 0, gone = 0;
    for (size_t i = 0; i < totals->count; i++)
        if (number_known(totals->items[i].cost))
            costs[known++] = totals->items[i].cost;
    for (size_t low = 0, high = known; low < high && over > 0;) {
        size_t middle = low + (high - low) / 2;
        double half = nth_value(costs + low, high - low, middle - low);
        for (size_t i = middle + 1; i < high; i++)
            half += costs[i];
        if (half >= over && high - low > 1) {
            low = middle;
            continue;
        }
        over -= half;
        gone += high - middle;
        high = middle;
    }
    free(costs);
    return gone;
}

/* C = n x F x (1 - discount) x (1 + other) + P: what may be spent on n x F. */
static void give_way(const struct model *model, struct plan_way *way, double room)
{
    const struct scenario *scenario = &model->scenario;
    double paid = (1 - scenario->discount) * (1 + scenario->other_share);
    double fees = (room - scenario->creator_cost) / paid;
    double fee = sheet_number(model->sheet, COL_FEE, way->row);
    double posts = catalog_planned(model->catalog, way->row);
    if (!(fees >= 0) || !isfinite(fees))
        return;
    if (fee > 0)
        way->posts = fmin(posts - 1, floor(fees / fee + 1e-9));
    way->fee = floor(fees / posts + 1e-9);
}

struct plan_way plan_way_back(const struct model *model)
{
    const struct totals *totals = &model->plan.totals;
    size_t at = who(model);
    struct plan_way way = {.row = CATALOG_NONE, .fee = NAN};
    way.budget = ceil(totals->budget - totals->left - 1e-9);
    if (at != NOBODY && totals->items[at].cost + totals->left >= 0) {
        way.row = model->plan.members[at];
        give_way(model, &way, totals->items[at].cost + totals->left);
    } else {
        way.dearest = dearest_over(totals);
    }
    return way;
}

bool plan_departs(const struct model *model)
{
    size_t count;
    const uint32_t *planned = sheet_planned(model->sheet, &count);
    for (size_t i = 0; i < count; i++) {
        struct planned deal = catalog_plan_get(model->catalog, planned[i]);
        if (catalog_live(model->catalog, planned[i]) && deal.deliverables > 0 &&
            (model->scenario.fill > 0 || deal.deliverables != model->scenario.deliverables ||
             deal.format != FORMAT_NONE))
            return true;
    }
    return false;
}
