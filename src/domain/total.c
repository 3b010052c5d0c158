#include "domain/total.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "steps_internal.h"
#include "total_internal.h"
#include "unknown_internal.h"

void totals_init(struct totals *totals)
{
    *totals = (struct totals){0};
    totals_begin(totals);
}

void totals_release(struct totals *totals)
{
    free(totals->items);
    *totals = (struct totals){0};
}

void totals_begin(struct totals *totals)
{
    *totals = (struct totals){.items = totals->items, .capacity = totals->capacity};
}

void totals_add(struct totals *totals, const struct figures *figures)
{
    VEC_PUSH(totals, ((struct total_row){
                         .marks = figures->marks,
                         .format = figures->format,
                         .deliverables = figures->deliverables,
                         .audience = figures->audience,
                         .reach = figures->reach,
                         .impressions = figures->impressions,
                         .engagements = figures->engagements,
                         .clicks = figures->clicks,
                         .orders = figures->orders,
                         .revenue = figures->revenue,
                         .emv = figures->emv,
                         .cost = figures->cost,
                         .contribution = figures->contribution,
                         .commission = figures->commission,
                     }));
}

/* ---- Sums and ratios of them ---- */

struct sum_row {
    size_t total; /* offset in struct totals */
    size_t value; /* … and in struct total_row */
};

static const struct sum_row sums[] = {
    {offsetof(struct totals, deliverables), offsetof(struct total_row, deliverables)},
    {offsetof(struct totals, impressions), offsetof(struct total_row, impressions)},
    {offsetof(struct totals, engagements), offsetof(struct total_row, engagements)},
    {offsetof(struct totals, clicks), offsetof(struct total_row, clicks)},
    {offsetof(struct totals, orders), offsetof(struct total_row, orders)},
    {offsetof(struct totals, revenue), offsetof(struct total_row, revenue)},
    {offsetof(struct totals, emv), offsetof(struct total_row, emv)},
    {offsetof(struct totals, cost), offsetof(struct total_row, cost)},
    {offsetof(struct totals, contribution), offsetof(struct total_row, contribution)},
    {offsetof(struct totals, commission), offsetof(struct total_row, commission)},
};

/* What is made of the cost and one other sum, over the rows that know both. */
struct pair_row {
    size_t total, other; /* offsets as above */
    double (*make)(const struct scenario *scenario, double cost, double other);
};

static double make_profit(const struct scenario *scenario, double cost, double contribution)
{
    (void)scenario;
    return contribution - cost;
}

static double make_roi(const struct scenario *scenario, double cost, double contribution)
{
    (void)scenario;
    return ratio(contribution - cost, cost);
}

static double make_gain(const struct scenario *scenario, double cost, double contribution)
{
    return ratio(contribution - cost, cost) - baseline_roi(scenario);
}

static double make_roas(const struct scenario *scenario, double cost, double revenue)
{
    (void)scenario;
    return ratio(revenue, cost);
}

static double make_each(const struct scenario *scenario, double cost, double count)
{
    (void)scenario;
    return cost == 0 ? 0 : ratio(cost, count);
}

static double make_thousand(const struct scenario *scenario, double cost, double count)
{
    return 1000 * make_each(scenario, cost, count);
}

static double make_rate(const struct scenario *scenario, double cost, double clicks)
{
    double kept = kept_share(scenario), rate = cost / (clicks * scenario->aov * kept);
    bool never = kept <= 0 || clicks == 0 || scenario->aov == 0 || rate > 1;
    return cost == 0 ? 0 : never ? (double)INFINITY : rate;
}

static const struct pair_row pairs[] = {
    {offsetof(struct totals, profit), offsetof(struct total_row, contribution), make_profit},
    {offsetof(struct totals, roi), offsetof(struct total_row, contribution), make_roi},
    {offsetof(struct totals, roi_vs_baseline), offsetof(struct total_row, contribution), make_gain},
    {offsetof(struct totals, roas), offsetof(struct total_row, revenue), make_roas},
    {offsetof(struct totals, cpm), offsetof(struct total_row, impressions), make_thousand},
    {offsetof(struct totals, cpr), offsetof(struct total_row, reach), make_thousand},
    {offsetof(struct totals, cpe), offsetof(struct total_row, engagements), make_each},
    {offsetof(struct totals, cpc), offsetof(struct total_row, clicks), make_each},
    {offsetof(struct totals, cpa), offsetof(struct total_row, orders), make_each},
    {offsetof(struct totals, breakeven_cvr), offsetof(struct total_row, clicks), make_rate},
};

static double of_row(const struct total_row *row, size_t offset)
{
    return *(const double *)((const char *)row + offset);
}

static struct total *of_totals(struct totals *totals, size_t offset)
{
    return (struct total *)((char *)totals + offset);
}

static void count_row(struct total *total, const struct total_row *row)
{
    total->known++;
    total->estimated = total->estimated || row->marks & MARK_FEE_ESTIMATED;
}

static struct total sum_of(const struct totals *totals, size_t offset)
{
    struct total total = {0};
    for (size_t i = 0; i < totals->count; i++) {
        double value = of_row(&totals->items[i], offset);
        if (isnan(value))
            continue;
        total.value += value;
        count_row(&total, &totals->items[i]);
    }
    total.estimated = total.estimated && offset == offsetof(struct total_row, cost);
    total.at_least = total.known > 0 && total.known < totals->count;
    for (size_t i = 0; offset == offsetof(struct total_row, emv) && i < totals->count; i++)
        total.at_least = total.at_least || totals->items[i].marks & MARK_EMV_AT_LEAST;
    if (total.known == 0 && totals->count > 0)
        total.value = NAN;
    return total;
}

static struct total pair_of(const struct totals *totals, const struct scenario *scenario,
                            const struct pair_row *pair)
{
    struct total total = {0};
    double cost = 0, other = 0;
    for (size_t i = 0; i < totals->count; i++) {
        double value = of_row(&totals->items[i], pair->other);
        if (isnan(value) || isnan(totals->items[i].cost))
            continue;
        cost += totals->items[i].cost;
        other += value;
        count_row(&total, &totals->items[i]);
    }
    total.value = total.known == 0 ? (double)NAN : pair->make(scenario, cost, other);
    return total;
}

static void end_costs(struct totals *totals, const struct scenario *scenario)
{
    double kept = kept_share(scenario), needed = totals->cost.value / (scenario->aov * kept);
    bool never = kept <= 0 || scenario->aov == 0;
    for (size_t i = 0; i < totals->count; i++)
        totals->estimated_fees += (totals->items[i].marks & MARK_FEE_ESTIMATED) != 0;
    totals->creators = totals->count;
    totals->unknown_costs = totals->count - totals->cost.known;
    totals->budget = scenario->budget;
    totals->left = totals->budget - (totals->cost.known == 0 ? 0 : totals->cost.value);
    totals->breakeven_roas = kept > 0 ? 1 / kept : (double)INFINITY;
    totals->breakeven_orders = totals->cost;
    if (!isnan(totals->cost.value))
        totals->breakeven_orders.value = totals->cost.value == 0 ? 0
                                         : never                 ? (double)INFINITY
                                                                 : ceil(needed * (1 - 1e-12));
}

/* ---- The range ---- */

/* Of all revenues, what is uncertain about them: their second moment, over that of their sum. What is
 * common to two creators is one number, which each takes with a spread of his own: so for every pair
 * the covariance is the product of both spreads, and with one spread only this is exp(common) x
 * (1 + sum of v²(exp(own) - 1) / v²). */
struct moments {
    double common[2], own[2]; /* variances by format: reached by followers, by views */
    double revenue[2], squares[2], orders, contribution, cost;
};

static void spread_variances(struct moments *moments, const struct scenario *scenario)
{
    double ctr = scenario->spread_ctr * scenario->spread_ctr;
    double cvr = scenario->spread_cvr * scenario->spread_cvr;
    double reaches[2] = {scenario->spread_reach, scenario->spread_reach_views};
    for (int views = 0; views < 2; views++) {
        double reach = reaches[views] * reaches[views];
        moments->own[views] =
            scenario->own_reach * reach + scenario->own_ctr * ctr + scenario->own_cvr * cvr;
        moments->common[views] = (1 - scenario->own_reach) * reach;
    }
}

static double log_variance(const struct moments *moments, const struct scenario *scenario)
{
    double ctr = scenario->spread_ctr * scenario->spread_ctr;
    double cvr = scenario->spread_cvr * scenario->spread_cvr;
    double rest = (1 - scenario->own_ctr) * ctr + (1 - scenario->own_cvr) * cvr, second = 0;
    double all = moments->revenue[0] + moments->revenue[1];
    for (int a = 0; a < 2; a++) {
        for (int b = 0; b < 2; b++)
            second += moments->revenue[a] * moments->revenue[b] *
                      exp(sqrt(moments->common[a] * moments->common[b]));
        second += moments->squares[a] * exp(moments->common[a]) * expm1(moments->own[a]);
    }
    /* where orders bring nothing their count still scatters, and nothing comes of it */
    double spread = all > 0 ? second / (all * all) : 1;
    return log(exp(rest) * spread + 1 / moments->orders);
}

static void end_range(struct totals *totals, const struct scenario *scenario)
{
    struct moments moments = {.orders = 0};
    spread_variances(&moments, scenario);
    for (size_t i = 0; i < totals->count; i++) {
        const struct total_row *row = &totals->items[i];
        bool views = formats[row->format].by_views;
        if (isnan(row->cost) || isnan(row->contribution))
            continue;
        moments.revenue[views] += row->revenue;
        moments.squares[views] += row->revenue * row->revenue;
        moments.orders += row->orders;
        moments.contribution += row->contribution;
        moments.cost += row->cost;
    }
    totals->chance = totals->roi.known > 0 && moments.orders < 3;
    totals->roi_p10 = totals->roi_p50 = totals->roi_p90 = totals->roi.value;
    if (isnan(totals->roi.value) || moments.orders == 0)
        return;
    double variance = log_variance(&moments, scenario), wide = sqrt(variance);
    double back = moments.contribution / moments.cost;
    double ends[2] = {back * exp(-FORECAST_Z * wide - variance / 2) - 1,
                      back * exp(FORECAST_Z * wide - variance / 2) - 1};
    totals->roi_p10 = fmin(ends[0], ends[1]); /* each order may cost more than it brings */
    totals->roi_p50 = back * exp(-variance / 2) - 1;
    totals->roi_p90 = fmax(ends[0], ends[1]);
}

double total_roi(const struct totals *totals, const double *factors)
{
    double cost = 0, contribution = 0;
    size_t known = 0;
    for (size_t i = 0; i < totals->count; i++) {
        const struct total_row *row = &totals->items[i];
        if (isnan(row->cost) || isnan(row->contribution))
            continue;
        known++;
        cost += row->cost;
        contribution += row->contribution * (factors ? factors[i] : 1);
    }
    return known == 0 ? (double)NAN : ratio(contribution - cost, cost);
}

/* ---- People reached at least once ---- */

/* Sainsbury's formula one by one: of those whom the next creator reaches, the share not reached
 * before is new. Digits of small shares are kept. */
static double add_reach(double net, double reach, double universe)
{
    double cut = at_most(reach, universe);
    return universe > 0 ? at_most(net + cut * (1 - net / universe), universe) : 0;
}

double total_net(const struct totals *totals, double universe, bool shown)
{
    double net = 0;
    for (size_t i = 0; i < totals->count; i++) {
        const struct total_row *row = &totals->items[i];
        if (!isnan(row->reach) && !(shown && isnan(row->impressions)))
            net = add_reach(net, row->reach, universe);
    }
    return net;
}

double total_universe(const struct totals *totals, const struct scenario *scenario)
{
    double all = 0;
    if (!isnan(scenario->universe))
        return scenario->universe;
    for (size_t i = 0; i < totals->count; i++)
        if (!isnan(totals->items[i].reach) && !isnan(totals->items[i].audience))
            all += totals->items[i].audience;
    return 3 * all;
}

static void end_reach(struct totals *totals, const struct scenario *scenario)
{
    double impressions = 0, most = 0, all = 0, universe = total_universe(totals, scenario);
    struct total *net = &totals->net_reach, *frequency = &totals->frequency;
    for (size_t i = 0; i < totals->count; i++) {
        const struct total_row *row = &totals->items[i];
        if (isnan(row->reach))
            continue;
        net->known++;
        most = fmax(most, at_most(row->reach, universe));
        all += at_most(row->reach, universe);
        if (isnan(row->impressions))
            continue;
        frequency->known++;
        impressions += row->impressions;
    }
    bool unknown = net->known == 0 && totals->count > 0;
    net->at_least = !unknown && net->known < totals->count;
    totals->universe = universe;
    totals->universe_assumed = isnan(scenario->universe);
    net->value = unknown ? (double)NAN : total_net(totals, universe, false);
    totals->net_reach_low = unknown ? (double)NAN : most;
    totals->net_reach_high = unknown ? (double)NAN : at_most(all, universe);
    frequency->value = ratio(impressions, total_net(totals, universe, true));
}

double totals_next_reach(const struct totals *totals, const struct figures *next,
                         const struct assumptions *assumptions)
{
    double universe = total_universe(totals, assumptions->scenario);
    if (next->reach == 0)
        return 0;
    if (isnan(assumptions->scenario->universe))
        universe += 3 * next->audience;
    if (isnan(next->reach) || isnan(universe))
        return NAN;
    double net = total_net(totals, universe, false);
    return add_reach(net, next->reach, universe) - net;
}

/* ---- All of it ---- */

void totals_end(struct totals *totals, const struct assumptions *assumptions)
{
    const struct scenario *scenario = assumptions->scenario;
    for (size_t i = 0; i < COUNT_OF(sums); i++)
        *of_totals(totals, sums[i].total) = sum_of(totals, sums[i].value);
    for (size_t i = 0; i < COUNT_OF(pairs); i++)
        *of_totals(totals, pairs[i].total) = pair_of(totals, scenario, &pairs[i]);
    end_costs(totals, scenario);
    end_range(totals, scenario);
    end_reach(totals, scenario);
}

void totals_make(struct totals *totals, const struct facts *facts,
                 const struct assumptions *assumptions, const uint32_t *rows, size_t count)
{
    struct chosen_facts chosen;
    struct replay replay;
    chosen_facts_init(&chosen, facts, rows, count);
    replay_init(&replay, &chosen.facts, assumptions);
    replay_with(&replay, assumptions, totals);
    replay_release(&replay);
    chosen_facts_release(&chosen);
    totals_end(totals, assumptions);
}

static const size_t column_totals[COLUMN_COUNT] = {
    [COL_DELIVERABLES] = offsetof(struct totals, deliverables),
    [COL_REACH] = offsetof(struct totals, net_reach),
    [COL_IMPRESSIONS] = offsetof(struct totals, impressions),
    [COL_ENGAGEMENTS] = offsetof(struct totals, engagements),
    [COL_CLICKS] = offsetof(struct totals, clicks),
    [COL_ORDERS] = offsetof(struct totals, orders),
    [COL_REVENUE] = offsetof(struct totals, revenue),
    [COL_EMV] = offsetof(struct totals, emv),
    [COL_COST] = offsetof(struct totals, cost),
    [COL_CONTRIBUTION] = offsetof(struct totals, contribution),
    [COL_PROFIT] = offsetof(struct totals, profit),
    [COL_COMMISSION] = offsetof(struct totals, commission),
    [COL_ROI] = offsetof(struct totals, roi),
    [COL_ROAS] = offsetof(struct totals, roas),
    [COL_CPM] = offsetof(struct totals, cpm),
    [COL_CPR] = offsetof(struct totals, cpr),
    [COL_CPE] = offsetof(struct totals, cpe),
    [COL_CPC] = offsetof(struct totals, cpc),
    [COL_CPA] = offsetof(struct totals, cpa),
    [COL_BREAKEVEN_CVR] = offsetof(struct totals, breakeven_cvr),
    [COL_BREAKEVEN_ORDERS] = offsetof(struct totals, breakeven_orders),
    [COL_FREQUENCY] = offsetof(struct totals, frequency),
    [COL_ROI_VS_BASELINE] = offsetof(struct totals, roi_vs_baseline),
};

const struct total *total_of_column(const struct totals *totals, enum column column)
{
    size_t offset = column_totals[column];
    return offset > 0 ? (const struct total *)((const char *)totals + offset) : NULL;
}

double totals_figure(const struct totals *totals, enum column column)
{
    const struct total *total = total_of_column(totals, column);
    return column == COL_ROI_P10   ? totals->roi_p10
           : column == COL_ROI_P50 ? totals->roi_p50
           : column == COL_ROI_P90 ? totals->roi_p90
           : total                 ? total->value
                                   : (double)NAN;
}
