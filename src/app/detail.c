#include "app/model.h"

#include <assert.h>

#include "actions_internal.h"
#include "app_internal.h"
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

static const enum column texts[] = {COL_BIO,   COL_TAG, COL_LANGUAGE,     COL_PERSON,
                                    COL_EMAIL, COL_URL, COL_FEE_BY_FORMAT};
static_assert(COUNT_OF(texts) == DETAIL_TEXTS, "all of them are told");

size_t detail_texts(const struct model *model, uint32_t row, enum column out[DETAIL_TEXTS])
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        if (text_known(catalog_text(model->catalog, texts[i], row)))
            out[count++] = texts[i];
    return count;
}

size_t detail_stops(const struct model *model)
{
    enum column known[DETAIL_TEXTS];
    uint32_t row = model_row(model);
    return COUNT_OF(shown) + (row == CATALOG_NONE ? 0 : detail_texts(model, row, known));
}

enum column detail_at(const struct model *model, uint32_t row)
{
    enum column known[DETAIL_TEXTS];
    size_t at = model->detail.cursor;
    if (at < COUNT_OF(shown))
        return shown[at];
    at -= COUNT_OF(shown);
    size_t count = row == CATALOG_NONE ? 0 : detail_texts(model, row, known);
    return at < count ? known[at] : shown[COUNT_OF(shown) - 1];
}

/* Where the list's cell stood the detail goes on; what does not stand in it asks for the ROI. */
void detail_open(struct model *model, enum column column)
{
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(shown); i++)
        if (shown[i] == column || (at == 0 && shown[i] == COL_ROI))
            at = i;
    model->detail.cursor = at;
    model->place = PLACE_DETAIL;
}

/* Of another creator less may be known. */
void detail_settle(struct model *model)
{
    scroll_settle(&model->detail, detail_stops(model), 1);
}

void run_past(struct model *model, struct effects *effects)
{
    (void)effects;
    model->past_open = model->place != PLACE_DETAIL || !model->past_open;
    model->place = PLACE_DETAIL;
}
