#include "app/model.h"

#include "actions_internal.h"
#include "base/vec.h"

/* The figures of the detail in the order a buyer asks: who listens, do they react, what does it cost,
 * what comes back. */
static const enum column shown[] = {
    COL_FOLLOWERS,
    COL_GROWTH_30D,
    COL_GROWTH_90D,
    COL_JUMP,
    COL_CREDIBILITY,
    COL_AUDIENCE_MARKET,
    COL_AUTHENTICITY,
    COL_ER,
    COL_ER_INDEX,
    COL_LIKES,
    COL_COMMENTS,
    COL_SHARES,
    COL_SAVES,
    COL_VIEWS,
    COL_FEE,
    COL_DELIVERABLES,
    COL_COST,
    COL_CPE,
    COL_CPM,
    COL_CPR,
    COL_REACH,
    COL_CLICKS,
    COL_ORDERS,
    COL_REVENUE,
    COL_PROFIT,
    COL_ROI,
    COL_BREAKEVEN_FEE,
    COL_BREAKEVEN_CVR,
    COL_ROI_VS_BASELINE,
    COL_AFFORDABLE,
};

size_t detail_columns(const enum column **out)
{
    *out = shown;
    return COUNT_OF(shown);
}

void run_past(struct model *model, struct effects *effects)
{
    (void)effects;
    model->past_open = model->place != PLACE_DETAIL || !model->past_open;
    model->place = PLACE_DETAIL;
}
