#include "catalog/compare.h"

#include <assert.h>
#include <math.h>

#include "base/number.h"

const char *const compare_group_titles[COMPARE_GROUPS] = {[COMPARE_AUDIENCE] = "Audience",
                                                          [COMPARE_ENGAGEMENT] = "Engagement",
                                                          [COMPARE_PRICE] = "Price",
                                                          [COMPARE_FORECAST] = "Forecast"};

const struct compare_line compare_lines[COMPARE_LINES] = {
    {.column = COL_FOLLOWERS, .group = COMPARE_AUDIENCE, .narrow = true},
    {.column = COL_CREDIBILITY, .group = COMPARE_AUDIENCE},
    {.column = COL_GROWTH_30D, .group = COMPARE_AUDIENCE},
    {.column = COL_AUTHENTICITY, .group = COMPARE_AUDIENCE},
    {.column = COL_ER, .group = COMPARE_ENGAGEMENT, .narrow = true},
    {.column = COL_ER_INDEX, .group = COMPARE_ENGAGEMENT, .narrow = true},
    {.column = COL_FEE, .group = COMPARE_PRICE, .narrow = true},
    {.title = "Posts", .column = COL_DELIVERABLES, .group = COMPARE_PRICE, .narrow = true},
    {.column = COL_COST, .group = COMPARE_PRICE, .narrow = true},
    {.column = COL_CPE, .group = COMPARE_PRICE, .narrow = true},
    {.column = COL_CPM, .group = COMPARE_PRICE, .narrow = true},
    {.column = COL_CPA, .group = COMPARE_PRICE},
    {.column = COL_REACH, .group = COMPARE_FORECAST, .narrow = true},
    {.column = COL_CLICKS, .group = COMPARE_FORECAST},
    {.column = COL_ORDERS, .group = COMPARE_FORECAST, .narrow = true},
    {.column = COL_REVENUE, .group = COMPARE_FORECAST, .narrow = true},
    {.column = COL_PROFIT, .group = COMPARE_FORECAST, .narrow = true},
    {.column = COL_ROI, .group = COMPARE_FORECAST, .narrow = true},
    {.column = COL_ROI_P50, .group = COMPARE_FORECAST, .narrow = true},
    {.title = "8 in 10 between",
     .column = COL_ROI,
     .group = COMPARE_FORECAST,
     .kind = COMPARE_RANGE,
     .narrow = true},
    {.column = COL_BREAKEVEN_FEE, .group = COMPARE_FORECAST, .narrow = true},
    {.title = "Same in ads",
     .column = COL_ROI_VS_BASELINE,
     .group = COMPARE_FORECAST,
     .kind = COMPARE_CHANNEL},
};

static const struct compare_line versus_line = {
    .column = COL_ROI, .group = COMPARE_FORECAST, .kind = COMPARE_VERSUS, .narrow = true};

/* How a figure is set against the reference's, by its unit. */
static enum compare_measure measure_of(enum column column)
{
    enum unit unit = columns[column].unit;

    if (unit == UNIT_SHARE || unit == UNIT_ROI || unit == UNIT_GROWTH)
        return MEASURE_POINTS;
    return unit == UNIT_PROFIT ? MEASURE_MONEY : MEASURE_RATIO;
}

static void fill_cell(struct sheet *sheet, const struct comparison *all,
                      const struct compare_row *row, int i, struct compare_cell *cell)
{
    const struct figures *figures = &all->figures[i];
    enum column column = row->line->column;

    *cell = (struct compare_cell){
        .mark = ' ', .bar = NAN, .against = NAN, .low = NAN, .high = NAN, .median = NAN};
    if (row->line->kind == COMPARE_CHANNEL) {
        cell->value = figures->baseline_roi;
        return;
    }
    if (row->line->kind == COMPARE_VERSUS) {
        cell->value = figures->roi - row->channel_roi;
        cell->mark = sheet_mark(sheet, column, all->rows[i]);
        return;
    }
    cell->value = sheet_number(sheet, column, all->rows[i]);
    cell->mark = sheet_mark(sheet, column, all->rows[i]);
    if (row->line->kind == COMPARE_RANGE) {
        cell->low = figures->roi_p10;
        cell->high = figures->roi_p90;
        cell->median = figures->roi_p50;
    }
}

static bool same_value(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool all_equal(const struct compare_row *row, int count)
{
    for (int i = 1; i < count; i++)
        if (!same_value(row->cells[i].value, row->cells[0].value) ||
            !same_value(row->cells[i].low, row->cells[0].low) ||
            !same_value(row->cells[i].high, row->cells[0].high) ||
            row->cells[i].mark != row->cells[0].mark)
            return false;
    return !row->unlike;
}

/* Signed shares of the greatest size in the row. */
static void set_bars(struct compare_row *row, int count)
{
    double most = 0;

    for (int i = 0; i < count; i++)
        if (number_known(row->cells[i].value))
            most = fmax(most, fabs(row->cells[i].value));
    for (int i = 0; i < count; i++)
        if (number_known(row->cells[i].value))
            row->cells[i].bar = most > 0 ? row->cells[i].value / most : 0;
}

static void set_against(struct compare_row *row, int count, int reference)
{
    double base = row->cells[reference].value;

    row->measure = measure_of(row->line->column);
    for (int i = 0; i < count && number_known(base); i++) {
        double value = row->cells[i].value;
        if (i == reference || !number_known(value))
            continue;
        if (row->measure != MEASURE_RATIO)
            row->cells[i].against = value - base;
        else if (base > 0)
            row->cells[i].against = value / base;
    }
}

/* An estimate takes no best mark, and nobody is best while an estimate stands before him: it may be
 * true. Where all that is known is the same there is no best either. */
static void set_best(struct compare_row *row, int count)
{
    enum better better = columns[row->line->column].better;
    double best = NAN, worst = NAN;
    int known = 0;

    if (better == BETTER_NEITHER)
        return;
    for (int i = 0; i < count; i++) {
        double value = row->cells[i].value;
        if (!number_known(value))
            continue;
        known++;
        best = better == BETTER_MORE ? fmax(best, value) : fmin(best, value);
        worst = better == BETTER_MORE ? fmin(worst, value) : fmax(worst, value);
    }
    if (known < COMPARE_LEAST || best == worst)
        return;
    for (int i = 0; i < count; i++)
        row->cells[i].best = row->cells[i].value == best && row->cells[i].mark != '~';
}

static void make_row(struct sheet *sheet, struct comparison *all, const struct compare_line *line,
                     struct compare_row *row)
{
    row->line = line;
    row->unlike = all->unlike_bases && line->column == COL_ER;
    for (int i = 0; i < all->count; i++)
        fill_cell(sheet, all, row, i, &row->cells[i]);
    row->equal = all_equal(row, all->count);
    bool figure = line->kind == COMPARE_FIGURE || line->kind == COMPARE_VERSUS;
    if (row->unlike || !figure)
        return;
    set_bars(row, all->count);
    set_best(row, all->count);
    if (all->reference != COMPARE_NONE)
        set_against(row, all->count, all->reference);
}

static bool bases_differ(const struct comparison *all)
{
    enum er_basis first = BASIS_NONE;

    for (int i = 0; i < all->count; i++) {
        if (!number_known(all->figures[i].er))
            continue;
        if (first != BASIS_NONE && all->figures[i].basis != first)
            return true;
        first = all->figures[i].basis;
    }
    return false;
}

/* ---- why ---- */

static int best_roi(const struct comparison *all, int without)
{
    int best = COMPARE_NONE;

    for (int i = 0; i < all->count; i++)
        if (i != without && number_known(all->figures[i].roi) &&
            (best == COMPARE_NONE || all->figures[i].roi > all->figures[best].roi))
            best = i;
    return best;
}

static void explain(const struct sheet *sheet, struct comparison *all, int focus)
{
    struct compare_why why = {.a = focus, .b = all->reference, .chance = NAN};

    if (all->reference == COMPARE_NONE)
        why.a = best_roi(all, COMPARE_NONE);
    else if (focus == all->reference)
        why.a = best_roi(all, focus);
    if (all->reference == COMPARE_NONE)
        why.b = best_roi(all, why.a);
    all->why = (struct compare_why){COMPARE_NONE, COMPARE_NONE, .chance = NAN};
    if (why.a == COMPARE_NONE || why.b == COMPARE_NONE)
        return;
    if (all->figures[why.b].roi > all->figures[why.a].roi) {
        int swap = why.a;
        why.a = why.b;
        why.b = swap;
    }
    if (!forecast_factors(&all->figures[why.a], &all->figures[why.b], sheet->scenario,
                          &why.factors))
        return;
    why.chance = forecast_chance(&all->figures[why.a], &all->figures[why.b]);
    why.estimated =
        ((all->figures[why.a].marks | all->figures[why.b].marks) & MARK_FEE_ESTIMATED) != 0;
    all->why = why;
}

static double profit_of(const struct figures *figures)
{
    return figures->profit;
}

/* Negated: the least cost is the most of this. */
static double safety_of(const struct figures *figures)
{
    return -figures->cost;
}

static double room_of(const struct figures *figures)
{
    return figures->breakeven_fee - figures->fee;
}

/* The one with the most, if it is one alone and no estimate. */
static struct compare_most find_most(const struct comparison *all,
                                     double (*value_of)(const struct figures *figures))
{
    struct compare_most most = {COMPARE_NONE, NAN};
    bool alone = false;

    for (int i = 0; i < all->count; i++) {
        double value = value_of(&all->figures[i]);
        if (!number_known(value))
            continue;
        if (isnan(most.value) || value > most.value) {
            most = (struct compare_most){i, value};
            alone = true;
        } else if (value == most.value) {
            alone = false;
        }
    }
    if (!alone || (all->figures[most.index].marks & MARK_FEE_ESTIMATED))
        return (struct compare_most){COMPARE_NONE, NAN};
    return most;
}

/* Below this chance nobody should decide by it. */
#define NO_TELLING 0.6

struct compare_verdict compare_verdict(const struct compare_why *why)
{
    if (why->chance < NO_TELLING)
        return (struct compare_verdict){false, "Too close, ranges overlap: ", " just ahead of "};
    if (why->factors.back_a < 1)
        return (struct compare_verdict){true, "Why ", " loses less than "};
    return (struct compare_verdict){true, "Why ", " beats "};
}

void compare_factors(const struct compare_why *why, struct compare_factor out[COMPARE_FACTORS])
{
    const struct forecast_factors *factors = &why->factors;
    double cost = round(factors->cost * 100); /* what stands there as 1.00 is the same */
    out[0] = (struct compare_factor){factors->reach, "the people"};
    out[1] = (struct compare_factor){factors->response, "the response"};
    out[2] = (struct compare_factor){factors->cost, cost > 100   ? "being cheaper"
                                                    : cost < 100 ? "being dearer"
                                                                 : "at the same cost"};
}

static void add_channels(struct sheet *sheet, struct comparison *all)
{
    for (int i = 0; i < SCENARIO_CHANNELS; i++) {
        const struct channel *channel = &sheet->scenario->channels[i];
        double roi = channel_roi(sheet->scenario, channel);
        struct compare_row *row = &all->lines[all->line_count];
        if (!channel->name[0] || !number_known(roi))
            continue;
        *row = (struct compare_row){.channel = channel->name, .channel_roi = roi};
        make_row(sheet, all, &versus_line, row);
        all->line_count++;
    }
}

void compare_make(struct sheet *sheet, const uint32_t *rows, int count, int reference, int focus,
                  struct comparison *out)
{
    assert(count >= COMPARE_LEAST && count <= COMPARE_MOST);
    assert(reference >= COMPARE_NONE && reference < count && focus >= 0 && focus < count);
    *out = (struct comparison){
        .count = count, .reference = reference, .range_low = NAN, .range_high = NAN};
    for (int i = 0; i < count; i++) {
        out->rows[i] = rows[i];
        sheet_figures(sheet, rows[i], &out->figures[i]);
        out->range_low = fmin(out->range_low, out->figures[i].roi_p10);
        out->range_high = fmax(out->range_high, out->figures[i].roi_p90);
    }
    const struct channel *channel = scenario_baseline(sheet->scenario);
    out->channel = channel ? channel->name : NULL;
    out->unlike_bases = bases_differ(out);
    for (; out->line_count < COMPARE_LINES; out->line_count++)
        make_row(sheet, out, &compare_lines[out->line_count], &out->lines[out->line_count]);
    add_channels(sheet, out);
    explain(sheet, out, focus);
    out->most_profit = find_most(out, profit_of);
    out->least_risk = find_most(out, safety_of);
    out->least_risk.value = -out->least_risk.value;
    out->most_room = find_most(out, room_of);
    if (!(out->most_room.value > 0)) /* nobody has any */
        out->most_room = (struct compare_most){COMPARE_NONE, NAN};
}
