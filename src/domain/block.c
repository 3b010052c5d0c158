#include "domain/block.h"

#include <assert.h>
#include <string.h>

#include "base/bit.h"
#include "base/vec.h"
#include "base/wide.h"
#include "steps_internal.h"
#include "unknown_internal.h"

/* The steps of the forecast, each after those that make what it needs. */
/* clang-format off */
static const struct step steps[] = {
    {.run = make_format, .makes = {FIGURE_FORMAT}, .needs = {FIGURE_PLAN_FORMAT}},
    {.run = make_engagement, .makes = {FIGURE_ER, FIGURE_BASIS, FIGURE_ER_MARKS},
     .needs = {FIGURE_FOLLOWERS, FIGURE_VIEWS, FIGURE_LIKES, FIGURE_COMMENTS, FIGURE_SHARES,
               FIGURE_SAVES, FIGURE_ER_STATED, FIGURE_ER_STATED_BASIS}},
    {.run = make_ratio, .makes = {FIGURE_VIEW_RATE}, .needs = {FIGURE_VIEWS, FIGURE_FOLLOWERS}},
    {.run = make_expected, .makes = {FIGURE_ER_EXPECTED}, .parts = BIT(PART_PEERS),
     .needs = {FIGURE_BASIS, FIGURE_FOLLOWERS}},
    {.run = make_ratio, .makes = {FIGURE_ER_INDEX}, .needs = {FIGURE_ER, FIGURE_ER_EXPECTED}},
    {.run = make_response_factor, .makes = {FIGURE_RESPONSE_FACTOR}, .parts = BIT(PART_EXPONENT),
     .needs = {FIGURE_ER_INDEX}},
    {.run = make_credible_followers, .makes = {FIGURE_CREDIBLE_FOLLOWERS},
     .parts = BIT(PART_CREDIBILITY), .needs = {FIGURE_FOLLOWERS, FIGURE_CREDIBILITY}},
    {.run = make_reach_one, .makes = {FIGURE_REACH_ONE}, .parts = BIT(PART_RATES),
     .needs = {FIGURE_FORMAT, FIGURE_FOLLOWERS, FIGURE_VIEWS, FIGURE_CREDIBLE_FOLLOWERS,
               FIGURE_REACH_POST, FIGURE_MARKET}},
    {.run = make_audience, .makes = {FIGURE_AUDIENCE}, .parts = BIT(PART_HEADROOM),
     .needs = {FIGURE_FORMAT, FIGURE_CREDIBLE_FOLLOWERS, FIGURE_REACH_ONE}},
    {.run = make_fee_given, .makes = {FIGURE_FEE_GIVEN}, .parts = BIT(PART_CURRENCY),
     .needs = {FIGURE_FORMAT, FIGURE_FEE_STATED, FIGURE_CURRENCY, FIGURE_PLAN_FORMAT,
               FIGURE_PLAN_FEE, FIGURE_FORMAT_FEE}},
    {.run = make_fee, .makes = {FIGURE_FEE}, .parts = BIT(PART_ESTIMATE),
     .needs = {FIGURE_FORMAT, FIGURE_FEE_GIVEN, FIGURE_FOLLOWERS, FIGURE_VIEWS}},
    {.run = make_marks, .makes = {FIGURE_MARKS},
     .needs = {FIGURE_FORMAT, FIGURE_FEE_GIVEN, FIGURE_FOLLOWERS, FIGURE_VIEWS, FIGURE_ER_INDEX,
               FIGURE_ER_MARKS, FIGURE_FEE_ORIGIN, FIGURE_CREDIBILITY, FIGURE_MARKET,
               FIGURE_REACH_POST, FIGURE_PLAN_FORMAT, FIGURE_PLAN_FEE}},

    {.run = make_deliverables, .makes = {FIGURE_DELIVERABLES}, .parts = BIT(PART_POSTS),
     .needs = {FIGURE_FEE, FIGURE_PLANNED}},
    {.run = make_affordable, .makes = {FIGURE_AFFORDABLE},
     .parts = BIT(PART_COSTS) | BIT(PART_MONEY), .needs = {FIGURE_FEE, FIGURE_PLANNED}},
    {.run = make_posted, .makes = {FIGURE_POSTED}, .parts = BIT(PART_GIFTS),
     .needs = {FIGURE_MARKS}},
    {.run = make_all_reached, .makes = {FIGURE_ALL_REACHED},
     .needs = {FIGURE_DELIVERABLES, FIGURE_REACH_ONE, FIGURE_AUDIENCE}},
    {.run = make_product, .makes = {FIGURE_REACH}, .needs = {FIGURE_POSTED, FIGURE_ALL_REACHED}},
    {.run = make_impressions, .makes = {FIGURE_IMPRESSIONS},
     .needs = {FIGURE_FORMAT, FIGURE_POSTED, FIGURE_DELIVERABLES, FIGURE_REACH_ONE,
               FIGURE_VIEWS}},
    {.run = make_engagements, .makes = {FIGURE_ENGAGEMENTS},
     .needs = {FIGURE_FORMAT, FIGURE_POSTED, FIGURE_DELIVERABLES, FIGURE_ER, FIGURE_BASIS,
               FIGURE_FOLLOWERS, FIGURE_VIEWS, FIGURE_REACH_ONE}},
    {.run = make_response, .makes = {FIGURE_RESPONSE}, .parts = BIT(PART_CLICKS),
     .needs = {FIGURE_FORMAT, FIGURE_RESPONSE_FACTOR}},
    {.run = make_product, .makes = {FIGURE_CLICKS}, .needs = {FIGURE_REACH, FIGURE_RESPONSE}},
    {.run = make_share, .makes = {FIGURE_ORDERS}, .parts = BIT(PART_ORDERS),
     .needs = {FIGURE_CLICKS}, .number = offsetof(struct scenario, cvr)},
    {.run = make_share, .makes = {FIGURE_REVENUE}, .parts = BIT(PART_VALUE),
     .needs = {FIGURE_ORDERS}, .number = offsetof(struct scenario, aov)},
    {.run = make_cost, .makes = {FIGURE_COST}, .parts = BIT(PART_COSTS),
     .needs = {FIGURE_FEE, FIGURE_DELIVERABLES}},
    {.run = make_contribution, .makes = {FIGURE_CONTRIBUTION}, .parts = BIT(PART_KEPT),
     .needs = {FIGURE_REVENUE}},
    {.run = make_difference, .makes = {FIGURE_PROFIT},
     .needs = {FIGURE_CONTRIBUTION, FIGURE_COST}},
    {.run = make_share, .makes = {FIGURE_COMMISSION}, .parts = BIT(PART_COMMISSION),
     .needs = {FIGURE_REVENUE}, .number = offsetof(struct scenario, commission)},

    {.run = make_ratio, .makes = {FIGURE_ROI}, .needs = {FIGURE_PROFIT, FIGURE_COST}},
    {.run = make_ratio, .makes = {FIGURE_ROAS}, .needs = {FIGURE_REVENUE, FIGURE_COST}},
    {.run = make_unit_cost, .makes = {FIGURE_CPM}, .needs = {FIGURE_COST, FIGURE_IMPRESSIONS},
     .factor = 1000},
    {.run = make_unit_cost, .makes = {FIGURE_CPR}, .needs = {FIGURE_COST, FIGURE_REACH},
     .factor = 1000},
    {.run = make_unit_cost, .makes = {FIGURE_CPE}, .needs = {FIGURE_COST, FIGURE_ENGAGEMENTS},
     .factor = 1},
    {.run = make_unit_cost, .makes = {FIGURE_CPC}, .needs = {FIGURE_COST, FIGURE_CLICKS},
     .factor = 1},
    {.run = make_unit_cost, .makes = {FIGURE_CPA}, .needs = {FIGURE_COST, FIGURE_ORDERS},
     .factor = 1},
    {.run = make_ratio, .makes = {FIGURE_REVENUE_PER_FOLLOWER},
     .needs = {FIGURE_REVENUE, FIGURE_FOLLOWERS}},
    {.run = make_ratio, .makes = {FIGURE_FREQUENCY}, .needs = {FIGURE_IMPRESSIONS, FIGURE_REACH}},
    {.run = make_roi_vs_baseline, .makes = {FIGURE_ROI_VS_BASELINE}, .parts = BIT(PART_CHANNEL),
     .needs = {FIGURE_ROI}},
    {.run = make_emv, .makes = {FIGURE_EMV, FIGURE_EMV_MISSED}, .parts = BIT(PART_MEDIA),
     .needs = {FIGURE_FORMAT, FIGURE_POSTED, FIGURE_DELIVERABLES, FIGURE_IMPRESSIONS,
               FIGURE_LIKES, FIGURE_COMMENTS, FIGURE_SHARES, FIGURE_SAVES}},
    {.run = make_authenticity,
     .makes = {FIGURE_AUTHENTICITY, FIGURE_AUTHENTICITY_CONFIDENCE, FIGURE_AUTHENTICITY_LOWEST},
     .parts = BIT(PART_COMMENTS),
     .needs = {FIGURE_BASIS, FIGURE_ER_INDEX, FIGURE_FOLLOWERS, FIGURE_FOLLOWING, FIGURE_COMMENTS,
               FIGURE_LIKES, FIGURE_CREDIBILITY, FIGURE_JUMP}},
    {.run = make_breakeven_fee, .makes = {FIGURE_BREAKEVEN_FEE},
     .parts = BIT(PART_KEPT) | BIT(PART_ORDERS) | BIT(PART_VALUE) | BIT(PART_COSTS),
     .needs = {FIGURE_DELIVERABLES, FIGURE_ALL_REACHED, FIGURE_RESPONSE}},
    {.run = make_breakeven_cvr, .makes = {FIGURE_BREAKEVEN_CVR},
     .parts = BIT(PART_KEPT) | BIT(PART_VALUE), .needs = {FIGURE_COST, FIGURE_CLICKS}},
    {.run = make_breakeven_roas, .makes = {FIGURE_BREAKEVEN_ROAS}, .parts = BIT(PART_KEPT)},
    {.run = make_breakeven_orders, .makes = {FIGURE_BREAKEVEN_ORDERS},
     .parts = BIT(PART_KEPT) | BIT(PART_VALUE), .needs = {FIGURE_COST}},
    {.run = make_range, .parts = BIT(PART_SPREADS),
     .makes = {FIGURE_ROI_P10, FIGURE_ROI_P50, FIGURE_ROI_P90, FIGURE_LOG_VARIANCE_OWN},
     .needs = {FIGURE_FORMAT, FIGURE_MARKS, FIGURE_ORDERS, FIGURE_CONTRIBUTION, FIGURE_COST,
               FIGURE_ROI}},
};
/* clang-format on */
_Static_assert(COUNT_OF(steps) <= RECIPE_STEPS, "room for every step");

/* ---- Facts ---- */

struct fact_row {
    size_t cells; /* offset in struct facts */
    enum column column;
    bool any; /* a value below 0 is one */
};

static const struct fact_row fact_rows[FIGURE_FACTS_END] = {
    [FIGURE_FOLLOWERS] = {offsetof(struct facts, followers), COL_FOLLOWERS, false},
    [FIGURE_VIEWS] = {offsetof(struct facts, views), COL_VIEWS, false},
    [FIGURE_LIKES] = {offsetof(struct facts, likes), COL_LIKES, false},
    [FIGURE_COMMENTS] = {offsetof(struct facts, comments), COL_COMMENTS, false},
    [FIGURE_SHARES] = {offsetof(struct facts, shares), COL_SHARES, false},
    [FIGURE_SAVES] = {offsetof(struct facts, saves), COL_SAVES, false},
    [FIGURE_REACH_POST] = {offsetof(struct facts, reach_post), COL_REACH_POST, false},
    [FIGURE_CREDIBILITY] = {offsetof(struct facts, credibility), COL_CREDIBILITY, false},
    [FIGURE_MARKET] = {offsetof(struct facts, audience_market), COL_AUDIENCE_MARKET, false},
    [FIGURE_ER_STATED] = {offsetof(struct facts, er_stated), COL_ER, false},
    [FIGURE_ER_STATED_BASIS] = {offsetof(struct facts, er_basis), COL_ER_BASIS, true},
    [FIGURE_FEE_STATED] = {offsetof(struct facts, fee), COL_FEE, false},
    [FIGURE_FEE_ORIGIN] = {offsetof(struct facts, fee_origin), COL_FEE_ORIGIN, true},
    [FIGURE_CURRENCY] = {offsetof(struct facts, currency), COL_CURRENCY, true},
    [FIGURE_PLANNED] = {offsetof(struct facts, planned), COL_PLAN, true},
    [FIGURE_PLAN_FORMAT] = {offsetof(struct facts, plan_format), COL_PLAN, true},
    [FIGURE_PLAN_FEE] = {offsetof(struct facts, plan_fee), COL_PLAN, false},
    [FIGURE_FORMAT_FEE] = {offsetof(struct facts, format_fee), COL_PLAN, false},
    [FIGURE_FOLLOWING] = {offsetof(struct facts, following), COL_FOLLOWING, false},
    [FIGURE_JUMP] = {offsetof(struct facts, jump), COL_JUMP, false},
};

enum column figure_fact(enum figure_id fact)
{
    assert(fact > FIGURE_NONE && fact < FIGURE_FACTS_END);
    return fact_rows[fact].column;
}

WIDE static void read_fact(const struct block *block, enum figure_id fact)
{
    const struct cells *cells =
        (const struct cells *)((const char *)block->facts + fact_rows[fact].cells);
    double *restrict out = block->at[fact];
    if (cells->kind != CELLS_F64 || fact_rows[fact].any) {
        cells_block(cells, block->from, block->count, out); /* none of the others is below 0 */
        return;
    }
    for (size_t i = 0; i < block->count; i++)
        out[i] = counted(cells->f64[block->from + i]);
}

/* ---- Recipes ---- */

static bool makes_any(const struct step *step, const bool *uses, const bool *given)
{
    for (size_t i = 0; i < COUNT_OF(step->makes) && step->makes[i]; i++)
        if (uses[step->makes[i]] && !given[step->makes[i]])
            return true;
    return false;
}

void recipe_init(struct recipe *recipe, const bool wanted[FIGURE_COUNT],
                 const bool given[FIGURE_COUNT])
{
    *recipe = (struct recipe){0};
    memcpy(recipe->uses, wanted, sizeof recipe->uses);
    bool taken[COUNT_OF(steps)] = {false};
    for (size_t at = COUNT_OF(steps); at-- > 0;) {
        const struct step *step = &steps[at];
        if (!makes_any(step, recipe->uses, given))
            continue;
        taken[at] = true;
        recipe->parts |= step->parts;
        for (size_t i = 0; i < COUNT_OF(step->needs) && step->needs[i]; i++)
            recipe->uses[step->needs[i]] = true;
    }
    for (size_t at = 0; at < COUNT_OF(steps); at++)
        if (taken[at])
            recipe->steps[recipe->count++] = (uint8_t)at;
    for (int fact = FIGURE_NONE + 1; fact < FIGURE_FACTS_END; fact++)
        recipe->uses[fact] = recipe->uses[fact] && !given[fact];
}

/* ---- Blocks ---- */

void block_init(struct block *block, const struct facts *facts,
                const struct assumptions *assumptions, struct block_room *room)
{
    *block = (struct block){.facts = facts,
                            .assumptions = assumptions,
                            .format = room->format,
                            .basis = room->basis,
                            .er_marks = room->er_marks,
                            .marks = room->marks};
    for (size_t i = 0; i < FIGURE_COUNT; i++)
        block->at[i] = room->at[i];
}

void block_run(const struct block *block, const struct recipe *recipe)
{
    assert(block->count <= FORECAST_BLOCK && block->from + block->count <= block->facts->count);
    for (int fact = FIGURE_NONE + 1; fact < FIGURE_FACTS_END; fact++)
        if (recipe->uses[fact])
            read_fact(block, (enum figure_id)fact);
    for (size_t i = 0; i < recipe->count; i++) {
        const struct step *step = &steps[recipe->steps[i]];
        step->run(block, step);
    }
}
