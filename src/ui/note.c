#include <math.h>

#include "base/date.h"
#include "base/vec.h"
#include "domain/growth.h"
#include "domain/show.h"
#include "ui_internal.h"

/* What stands in small beside a figure: where it comes from, or what to make of it. */

static void note_followers(const struct model *model, uint32_t row, const struct figures *figures,
                           struct buf *out)
{
    (void)figures;
    int tier = sheet_tier(model->sheet, row);
    if (tier != TIER_NONE)
        buf_addf(out, "%s", model->preset->bands[tier].word);
}

/* With the sign that the plot marks it with, and the day. */
static void note_jump(const struct model *model, uint32_t row, const struct figures *figures,
                      struct buf *out)
{
    (void)figures;
    if (!(sheet_number(model->sheet, COL_JUMP, row) > GROWTH_JUMP))
        return;
    buf_add_string(out, "! ");
    if (!history_known(model) || model->history_id != catalog_id(model->catalog, row))
        return;
    struct jump jump = growth_jump(model->history, model->history_count,
                                   catalog_platform(model->catalog, row), NULL);
    if (number_known(jump.to))
        date_day_year(out, jump.to);
}

/* How much of it is known, and what to look at. */
static void note_authenticity(const struct model *model, uint32_t row,
                              const struct figures *figures, struct buf *out)
{
    (void)model;
    (void)row;
    if (!(figures->authenticity_confidence > 0))
        return;
    buf_addf(out, "%.0f%% known", 100 * figures->authenticity_confidence);
    if (figures->authenticity_lowest == 0)
        buf_add_string(out, ", doubtful");
    buf_add_string(out, "  i why");
}

static void note_er(const struct model *model, uint32_t row, const struct figures *figures,
                    struct buf *out)
{
    (void)model;
    (void)row;
    if (figures->basis != BASIS_NONE)
        buf_addf(out, "of %s%s", er_basis_words[figures->basis],
                 figures->marks & MARK_ER_STATED ? ", as stated" : "");
}

static void note_peers(const struct model *model, uint32_t row, const struct figures *figures,
                       struct buf *out)
{
    struct peer_expectation expected =
        peers_expect(&model->peers, model->sheet->benchmarks, catalog_platform(model->catalog, row),
                     figures->basis, sheet_number(model->sheet, COL_FOLLOWERS, row));
    if (!number_known(expected.er))
        return;
    if (expected.count > 0)
        buf_addf(out, "%u peers: ", expected.count);
    else
        buf_addf(out, "%s: ", expected.source);
    show_number(out, UNIT_SHARE, expected.er, false, model->style);
}

static void note_fee(const struct model *model, uint32_t row, const struct figures *figures,
                     struct buf *out)
{
    if (figures->marks & MARK_FEE_ESTIMATED) {
        buf_add_string(out, "our estimate: no fee known");
        return;
    }
    if (figures->marks & MARK_NO_RATE) {
        buf_add_string(out, "no exchange rate: set rate.");
        buf_add_text(out, catalog_text(model->catalog, COL_CURRENCY, row));
        return;
    }
    if (figures->marks & MARK_FEE_OWN) {
        buf_add_string(out, "yours");
        return;
    }
    struct text origin = catalog_text(model->catalog, COL_FEE_ORIGIN, row);
    double age = sheet_age(model->sheet, COL_FEE, row);
    if (figures->fee == 0)
        buf_add_string(out, text_known(origin) ? "product only, " : "product only");
    if (text_known(origin))
        buf_add_text(out, origin);
    if (!isnan(age)) {
        buf_add_char(out, ' ');
        date_age(out, age);
        buf_add_string(out, " ago");
    }
}

static void note_cost(const struct model *model, uint32_t row, const struct figures *figures,
                      struct buf *out)
{
    (void)row;
    if (model->scenario.creator_cost > 0) {
        number_fixed(out, figures->deliverables, 0, model->style);
        buf_addf(out, " %s + ", formats[figures->format].word);
        show_number(out, UNIT_MONEY, model->scenario.creator_cost, true, model->style);
        buf_add_string(out, " parcel");
    }
}

static void note_breakeven(const struct model *model, uint32_t row, const struct figures *figures,
                           struct buf *out)
{
    (void)row;
    double room = figures->breakeven_fee - figures->fee * (1 - model->scenario.discount);
    if (!number_known(room))
        return;
    show_number(out, UNIT_MONEY, fabs(room), true, model->style);
    buf_add_string(out, room >= 0 ? " above fee" : " below fee");
}

static void note_channel(const struct model *model, uint32_t row, const struct figures *figures,
                         struct buf *out)
{
    const struct channel *channel = scenario_baseline(&model->scenario);
    (void)row;
    if (!channel || !number_known(figures->baseline_roi))
        return;
    buf_addf(out, "same in %s ", channel->name);
    show_number(out, UNIT_ROI, figures->baseline_roi, false, model->style);
}

static void note_orders(const struct model *model, uint32_t row, const struct figures *figures,
                        struct buf *out)
{
    (void)model;
    (void)row;
    if (figures->marks & MARK_CHANCE)
        buf_add_string(out, "so few: chance decides");
}

static void note_why(const struct model *model, uint32_t row, const struct figures *figures,
                     struct buf *out)
{
    (void)model;
    (void)row;
    (void)figures;
    buf_add_string(out, "i why");
}

static const struct {
    enum column column;
    void (*note)(const struct model *model, uint32_t row, const struct figures *figures,
                 struct buf *out);
} notes[] = {
    {COL_FOLLOWERS, note_followers},
    {COL_JUMP, note_jump},
    {COL_ER, note_er},
    {COL_AUTHENTICITY, note_authenticity},
    {COL_ER_INDEX, note_peers},
    {COL_FEE, note_fee},
    {COL_COST, note_cost},
    {COL_ORDERS, note_orders},
    {COL_ROI, note_why},
    {COL_BREAKEVEN_FEE, note_breakeven},
    {COL_ROI_VS_BASELINE, note_channel},
};

void figure_note(const struct model *model, enum column column, uint32_t row, struct buf *out)
{
    struct figures figures;
    for (size_t i = 0; i < COUNT_OF(notes); i++) {
        if (notes[i].column != column)
            continue;
        sheet_figures(model->sheet, row, &figures);
        notes[i].note(model, row, &figures, out);
    }
}

void age_text(const struct model *model, uint32_t row, struct buf *out)
{
    double age = sheet_stale_age(model->sheet, row);
    if (isnan(age))
        return;
    date_age(out, age);
    buf_add_string(out, " old");
}
