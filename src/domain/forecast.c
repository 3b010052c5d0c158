#include "domain/forecast.h"

#include <assert.h>

#include "steps_internal.h"
#include "unknown_internal.h"

/* Where the numbers of a block stand in the figures of one row. */
static const size_t offsets[FIGURE_COUNT] = {
    [FIGURE_VIEW_RATE] = offsetof(struct figures, view_rate),
    [FIGURE_ER] = offsetof(struct figures, er),
    [FIGURE_ER_EXPECTED] = offsetof(struct figures, er_expected),
    [FIGURE_ER_INDEX] = offsetof(struct figures, er_index),
    [FIGURE_FEE] = offsetof(struct figures, fee),
    [FIGURE_DELIVERABLES] = offsetof(struct figures, deliverables),
    [FIGURE_CREDIBLE_FOLLOWERS] = offsetof(struct figures, credible_followers),
    [FIGURE_REACH_ONE] = offsetof(struct figures, reach_one),
    [FIGURE_AUDIENCE] = offsetof(struct figures, audience),
    [FIGURE_RESPONSE_FACTOR] = offsetof(struct figures, response_factor),
    [FIGURE_REACH] = offsetof(struct figures, reach),
    [FIGURE_IMPRESSIONS] = offsetof(struct figures, impressions),
    [FIGURE_ENGAGEMENTS] = offsetof(struct figures, engagements),
    [FIGURE_CLICKS] = offsetof(struct figures, clicks),
    [FIGURE_ORDERS] = offsetof(struct figures, orders),
    [FIGURE_REVENUE] = offsetof(struct figures, revenue),
    [FIGURE_COST] = offsetof(struct figures, cost),
    [FIGURE_CONTRIBUTION] = offsetof(struct figures, contribution),
    [FIGURE_PROFIT] = offsetof(struct figures, profit),
    [FIGURE_COMMISSION] = offsetof(struct figures, commission),
    [FIGURE_ROI] = offsetof(struct figures, roi),
    [FIGURE_ROI_P10] = offsetof(struct figures, roi_p10),
    [FIGURE_ROI_P50] = offsetof(struct figures, roi_p50),
    [FIGURE_ROI_P90] = offsetof(struct figures, roi_p90),
    [FIGURE_ROAS] = offsetof(struct figures, roas),
    [FIGURE_CPM] = offsetof(struct figures, cpm),
    [FIGURE_CPR] = offsetof(struct figures, cpr),
    [FIGURE_CPE] = offsetof(struct figures, cpe),
    [FIGURE_CPC] = offsetof(struct figures, cpc),
    [FIGURE_CPA] = offsetof(struct figures, cpa),
    [FIGURE_BREAKEVEN_FEE] = offsetof(struct figures, breakeven_fee),
    [FIGURE_BREAKEVEN_CVR] = offsetof(struct figures, breakeven_cvr),
    [FIGURE_BREAKEVEN_ROAS] = offsetof(struct figures, breakeven_roas),
    [FIGURE_BREAKEVEN_ORDERS] = offsetof(struct figures, breakeven_orders),
    [FIGURE_REVENUE_PER_FOLLOWER] = offsetof(struct figures, revenue_per_follower),
    [FIGURE_FREQUENCY] = offsetof(struct figures, frequency),
    [FIGURE_ROI_VS_BASELINE] = offsetof(struct figures, roi_vs_baseline),
    [FIGURE_EMV] = offsetof(struct figures, emv),
    [FIGURE_AUTHENTICITY] = offsetof(struct figures, authenticity),
    [FIGURE_AUTHENTICITY_CONFIDENCE] = offsetof(struct figures, authenticity_confidence),
    [FIGURE_AUTHENTICITY_LOWEST] = offsetof(struct figures, authenticity_lowest),
    [FIGURE_AFFORDABLE] = offsetof(struct figures, affordable),
    [FIGURE_LOG_VARIANCE_OWN] = offsetof(struct figures, log_variance_own),
};

enum figure_id figure_of_column(enum column column)
{
    for (int i = FIGURE_NUMBERS; i < FIGURE_COUNT; i++)
        if (offsets[i] > 0 && offsets[i] == columns[column].figure)
            return (enum figure_id)i;
    return FIGURE_NONE;
}

/* A block of one row, whose numbers are those of `out` as far as it has them. */
struct one_row {
    struct block block;
    bool given[FIGURE_COUNT];
    double rest[FIGURE_COUNT];
    uint8_t format, basis;
    uint16_t er_marks, marks;
};

static void one_row_init(struct one_row *one, const struct facts *facts,
                         const struct assumptions *assumptions, size_t row, struct figures *out)
{
    assert(row < facts->count && facts->platform[row] < PLATFORM_COUNT);
    *one = (struct one_row){0};
    one->block = (struct block){.facts = facts,
                                .assumptions = assumptions,
                                .from = row,
                                .count = 1,
                                .format = &one->format,
                                .basis = &one->basis,
                                .er_marks = &one->er_marks,
                                .marks = &one->marks};
    for (int i = 0; i < FIGURE_COUNT; i++)
        one->block.at[i] = offsets[i] > 0 ? (double *)((char *)out + offsets[i]) : &one->rest[i];
}

static void give(struct one_row *one, enum figure_id figure, double value)
{
    one->given[figure] = true;
    *one->block.at[figure] = value;
}

static void one_row_run(struct one_row *one, struct figures *out)
{
    bool wanted[FIGURE_COUNT] = {[FIGURE_MARKS] = true};
    struct recipe recipe;
    for (int i = 0; i < FIGURE_COUNT; i++)
        wanted[i] = wanted[i] || offsets[i] > 0;
    recipe_init(&recipe, wanted, one->given);
    block_run(&one->block, &recipe);
    out->format = (enum format)one->format;
    out->basis = (enum er_basis)one->basis;
    bool missed = one->rest[FIGURE_EMV_MISSED] > 0 && !isnan(out->emv);
    out->marks =
        one->marks | (out->orders < 3 ? MARK_CHANCE : 0u) | (missed ? MARK_EMV_AT_LEAST : 0u);
    out->baseline_roi = baseline_roi(one->block.assumptions->scenario);
}

void forecast(const struct facts *facts, const struct assumptions *assumptions, size_t row,
              struct figures *out)
{
    struct one_row one;
    one_row_init(&one, facts, assumptions, row, out);
    one_row_run(&one, out);
}

/* FORMAT_NONE: the platform's first. */
static enum format plan_format(const struct facts *facts, size_t row)
{
    double code = cells_number(&facts->plan_format, row);
    return isnan(code) ? FORMAT_NONE : (enum format)code;
}

void forecast_as(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                 const struct forecast_case *as, struct figures *out)
{
    assert(isnan(as->deliverables) ||
           (as->deliverables >= 0 && as->deliverables == floor(as->deliverables)));
    struct one_row one;
    one_row_init(&one, facts, assumptions, row, out);
    one.format = (uint8_t)as->format;
    one.given[FIGURE_FORMAT] = true;
    if (!isnan(as->deliverables))
        give(&one, FIGURE_DELIVERABLES, as->deliverables);
    if (!isnan(as->er_expected))
        give(&one, FIGURE_ER_EXPECTED, as->er_expected);
    if (!isnan(as->fee)) {
        give(&one, FIGURE_FEE_GIVEN, as->fee);
        give(&one, FIGURE_FEE_ORIGIN, NAN);
        give(&one, FIGURE_PLAN_FEE, NAN);
    } else if (as->format != platforms[facts->platform[row]].format &&
               as->format != plan_format(facts, row)) {
        give(&one, FIGURE_FEE_GIVEN, FEE_NONE);
    }
    one_row_run(&one, out);
}

double forecast_chance(const struct figures *a, const struct figures *b)
{
    if (!(a->roas > 0) || !(b->roas > 0))
        return NAN;
    double va = a->log_variance_own, vb = b->log_variance_own;
    double z = (log(a->roas / b->roas) - (va - vb) / 2) / sqrt(va + vb);
    return erfc(-z / sqrt(2)) / 2;
}

bool forecast_factors(const struct figures *a, const struct figures *b,
                      const struct scenario *scenario, struct forecast_factors *out)
{
    double ctr_a = scenario->ctr[a->format], ctr_b = scenario->ctr[b->format];
    *out = (struct forecast_factors){
        .back_a = 1 + a->roi,
        .back_b = 1 + b->roi,
        .reach = ratio(a->reach, b->reach),
        .response =
            ratio(at_most(ctr_a * a->response_factor, 1), at_most(ctr_b * b->response_factor, 1)),
        .cost = ratio(b->cost, a->cost),
        .same_ctr = ctr_a == ctr_b,
    };
    return !isnan(ratio(out->back_a, out->back_b) * out->reach * out->response * out->cost);
}
