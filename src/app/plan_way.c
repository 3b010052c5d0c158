#include <math.h>
#include <stdlib.h>

#include "app_internal.h"
#include "base/mem.h"

/* Over budget: how one creator's deal could bring the plan back into it. */

static double cost_of(const struct model *model, uint32_t row)
{
    return sheet_number(model->sheet, COL_COST, row);
}

/* The one edited last is the one to give way, where he costs anything at all. */
static uint32_t who(const struct model *model)
{
    const struct plan_place *place = &model->plan;
    uint32_t edited = catalog_find_id(model->catalog, place->edited), dearest = CATALOG_NONE;
    if (edited != CATALOG_NONE && catalog_planned(model->catalog, edited) > 0 &&
        cost_of(model, edited) > 0)
        return edited;
    for (size_t i = 0; i < place->count; i++) {
        double cost = cost_of(model, place->rows[i]);
        if (number_known(cost) && cost > 0 &&
            (dearest == CATALOG_NONE || cost > cost_of(model, dearest)))
            dearest = place->rows[i];
    }
    return dearest;
}

static int by_cost(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x > y ? -1 : x < y;
}

/* How many of the dearest it takes. */
static size_t dearest_over(const struct model *model)
{
    const struct plan_place *place = &model->plan;
    double *costs = mem_alloc((place->count + 1) * sizeof *costs);
    double over = -place->totals.left;
    size_t known = 0, gone = 0;
    for (size_t i = 0; i < place->count; i++) {
        double cost = cost_of(model, place->rows[i]);
        if (number_known(cost))
            costs[known++] = cost;
    }
    qsort(costs, known, sizeof *costs, by_cost);
    while (over > 0 && gone < known)
        over -= costs[gone++];
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
    double left = model->plan.totals.left;
    struct plan_way way = {.row = who(model), .fee = NAN};
    way.budget = ceil(model->plan.totals.budget - left - 1e-9);
    if (way.row != CATALOG_NONE && cost_of(model, way.row) + left >= 0) {
        give_way(model, &way, cost_of(model, way.row) + left);
    } else {
        way.row = CATALOG_NONE;
        way.dearest = dearest_over(model);
    }
    return way;
}
