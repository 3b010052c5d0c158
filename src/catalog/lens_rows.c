#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/mem.h"
#include "base/vec.h"
#include "lens_internal.h"
#include "sheet_internal.h"

/* What the lens gathers of rows. */

const enum lens_quantity lens_side_quantities[] = {
    (enum lens_quantity)LENS_ER_FOLLOWERS,
    (enum lens_quantity)LENS_ER_VIEWS,
    (enum lens_quantity)LENS_CPE,
    (enum lens_quantity)LENS_CREDIBILITY,
    QUANTITY_CPR,
    QUANTITY_CPE_ALL,
};
_Static_assert(COUNT_OF(lens_side_quantities) == LENS_SIDE_QUANTITIES, "as many as there are");

/* What a row is asked for, of the catalogue's assumptions. */
static const enum figure_id wanted_figures[] = {
    FIGURE_FOLLOWERS,
    FIGURE_CREDIBILITY,
    FIGURE_ER,
    FIGURE_BASIS,
    FIGURE_MARKS,
    FIGURE_FEE,
    FIGURE_CPE,
    FIGURE_CPM,
    FIGURE_CPR,
    FIGURE_ROI,
    FIGURE_REVENUE_PER_FOLLOWER,
    FIGURE_COST,
    FIGURE_CONTRIBUTION,
};

/* ---- one row ---- */

static void put(struct lens_work *work, size_t at, double value)
{
    if (number_known(value) && !work->middles[at].found)
        middle_put(&work->middles[at], value);
}

/* What stands in the way of a figure that rests on a fee: with an estimated one it does not count. */
static double if_known(double value, bool counts)
{
    return counts ? value : number_unknown();
}

static void read_row(const struct sheet *sheet, const struct block *block, size_t i,
                     double values[QUANTITIES])
{
    bool known = !(block->marks[i] & MARK_FEE_ESTIMATED);
    double er = block->at[FIGURE_ER][i];

    values[LENS_FOLLOWERS] = block->at[FIGURE_FOLLOWERS][i];
    values[LENS_ER_FOLLOWERS] = if_known(er, block->basis[i] == BASIS_FOLLOWERS);
    values[LENS_ER_VIEWS] = if_known(er, block->basis[i] == BASIS_VIEWS);
    values[LENS_FEE] = if_known(block->at[FIGURE_FEE][i], known);
    values[LENS_CPE] = if_known(block->at[FIGURE_CPE][i], known);
    values[LENS_CPM] = if_known(block->at[FIGURE_CPM][i], known);
    values[LENS_ROI] = if_known(block->at[FIGURE_ROI][i], known);
    /* where the budget is filled, the fee says how many posts there are */
    values[LENS_REVENUE] =
        if_known(block->at[FIGURE_REVENUE_PER_FOLLOWER][i], known || sheet->scenario->fill == 0);
    values[LENS_CREDIBILITY] = block->at[FIGURE_CREDIBILITY][i];
    values[QUANTITY_CPR] = if_known(block->at[FIGURE_CPR][i], known);
    values[QUANTITY_CPE_ALL] = block->at[FIGURE_CPE][i];
}

/* The basis of a creator's ER: its own, or where that is unknown, what its platform has. */
static enum er_basis basis_of(const struct block *block, size_t i)
{
    enum er_basis basis = (enum er_basis)block->basis[i];

    if (number_known(block->at[FIGURE_ER][i]) && basis != BASIS_NONE)
        return basis;
    return platforms[block->facts->platform[block->from + i]].basis;
}

static void count_row(const struct lens_work *work, const struct block *block, size_t i,
                      const double values[QUANTITIES], double other, struct lens_tally *tally)
{
    double contribution = block->at[FIGURE_CONTRIBUTION][i], cost = block->at[FIGURE_COST][i];
    double fee = block->at[FIGURE_FEE][i];
    bool known = number_known(values[LENS_FEE]);

    tally->creators++;
    tally->basis[basis_of(block, i)]++;
    tally->fees_known += known;
    tally->gifts += values[LENS_FEE] == 0;
    tally->fees_estimated += !known && number_known(fee);
    if (known && number_known(contribution) && number_known(cost)) {
        tally->pooled++;
        tally->contribution += contribution;
        tally->cost += cost;
    }
    tally->imported += number_known(values[QUANTITY_CPR]) && block->marks[i] & MARK_REACH_IMPORTED;
    if (number_known(values[LENS_ROI])) {
        tally->roi_known++;
        for (int channel = 0; channel < work->channel_count; channel++)
            tally->beats[channel] += values[LENS_ROI] > work->channel_roi[channel];
    }
    if (known && number_known(other)) {
        tally->other_known++;
        tally->other_beats += other > work->other_roi;
    }
}

static void count_spread(struct lens_work *work, double roi)
{
    double bucket = (roi + 1) / LENS_SPREAD_STEP;

    if (!number_known(roi))
        return;
    work->spread[bucket < 0 ? 0 : bucket < LENS_SPREAD ? (size_t)bucket : LENS_SPREAD - 1]++;
    work->spread_total++;
}

/* Whoever is smaller or greater than the picture is not in it. */
static void count_dot(struct lens_work *work, enum platform platform, double followers, double er)
{
    double across = (log10(followers) - LENS_DOTS_FROM) / (LENS_DOTS_TO - LENS_DOTS_FROM);
    double up = er / LENS_DOTS_ER;

    if (!number_known(er) || !(across >= 0 && across < 1))
        return;
    size_t column = (size_t)(across * LENS_DOT_COLUMNS);
    size_t row = up < 1 ? (size_t)((1 - up) * LENS_DOT_ROWS) : 0;
    work->dots[platform][row < LENS_DOT_ROWS ? row : LENS_DOT_ROWS - 1][column]++;
    work->dot_totals[platform]++;
}

static int side_of(double followers)
{
    for (int side = 0; side < LENS_SIDES; side++)
        if (followers >= lens_side_from[side] && followers < lens_side_from[side + 1])
            return side;
    return -1;
}

static void take_row(struct lens_work *work, const struct sheet *sheet, const struct block *block,
                     size_t i, double other)
{
    double values[QUANTITIES], followers = block->at[FIGURE_FOLLOWERS][i];
    int tier = tier_of(work->preset, followers), side = side_of(followers);
    enum platform platform = (enum platform)block->facts->platform[block->from + i];
    bool first = work->pass == PASS_FIRST;

    read_row(sheet, block, i, values);
    for (size_t k = 0; k < LENS_FIGURES && tier != TIER_NONE; k++)
        put(work, (size_t)tier * LENS_FIGURES + k, values[k]);
    if (tier != TIER_NONE && block->basis[i] == platforms[platform].basis)
        put(work, LENS_OF_PLATFORMS + (size_t)platform * TIER_MOST + (size_t)tier,
            block->at[FIGURE_ER][i]);
    for (size_t k = 0; k < LENS_SIDE_QUANTITIES && side >= 0; k++)
        put(work, LENS_OF_SIDES + (size_t)side * LENS_SIDE_QUANTITIES + k,
            values[lens_side_quantities[k]]);
    if (!first)
        return;
    if (tier != TIER_NONE)
        count_row(work, block, i, values, other, &work->tiers[tier]);
    else
        work->without_tier++;
    if (side >= 0)
        count_row(work, block, i, values, other, &work->sides[side]);
    count_dot(work, platform, followers, values[LENS_ER_FOLLOWERS]);
    if (side == LENS_MICRO)
        count_spread(work, values[LENS_ROI]);
}

/* ---- many rows ---- */

/* How blocks are made: what the sheet keeps is given, and to the other scenario everything that comes
 * out the same under it. */
struct lens_making {
    struct sheet *sheet;
    struct lens_work *work;
    struct assumptions assumptions, other;
    struct recipe recipe, other_recipe;
    struct block block, other_block;
    double *given[FIGURE_COUNT]; /* whole columns, only read; NULL: made */
    uint16_t *marks;
    bool shared[FIGURE_COUNT];
    bool with_other; /* it is only counted, in the first pass */
};

static const struct {
    int column;
    enum figure_id figure;
} kept[] = {
    {COL_ER_INDEX, FIGURE_ER_INDEX},
    {COL_FEE, FIGURE_FEE},
    {SHEET_REACH_ONE, FIGURE_REACH_ONE},
    {SHEET_AUDIENCE, FIGURE_AUDIENCE},
    {SHEET_RESPONSE_FACTOR, FIGURE_RESPONSE_FACTOR},
};

/* The parts in which the two scenarios differ. */
static unsigned parts_apart(const struct lens_making *making)
{
    double ours[FORECAST_PART_MOST], theirs[FORECAST_PART_MOST];
    unsigned apart = 0;

    for (int part = 0; part < PART_COUNT; part++) {
        size_t count = forecast_part(&making->assumptions, (enum forecast_part)part, ours);
        size_t others = forecast_part(&making->other, (enum forecast_part)part, theirs);
        if (count != others || memcmp(ours, theirs, count * sizeof *ours) != 0)
            apart |= BIT(part);
    }
    return apart;
}

static void share_with_other(struct lens_making *making)
{
    bool wanted[FIGURE_COUNT] = {false};
    unsigned apart = parts_apart(making);

    for (int figure = FIGURE_NONE + 1; figure < FIGURE_COUNT; figure++) {
        bool alone[FIGURE_COUNT] = {false}, none[FIGURE_COUNT] = {false};
        struct recipe recipe;
        alone[figure] = true;
        recipe_init(&recipe, alone, none);
        making->shared[figure] = making->recipe.uses[figure] && !(recipe.parts & apart);
    }
    wanted[FIGURE_ROI] = true;
    recipe_init(&making->other_recipe, wanted, making->shared);
}

static void *kept_column(struct sheet *sheet, int column)
{
    return sheet_current(sheet, column) ? sheet->columns[column].cells : NULL;
}

struct lens_making *lens_making_new(struct sheet *sheet, struct lens_work *work)
{
    struct lens_making *making = mem_alloc(sizeof *making);
    bool wanted[FIGURE_COUNT] = {false}, given[FIGURE_COUNT] = {false};

    *making = (struct lens_making){
        .sheet = sheet, .work = work, .with_other = work->has_other && work->pass == PASS_FIRST};
    making->assumptions = (struct assumptions){.scenario = sheet->scenario,
                                               .peers = sheet->peers,
                                               .money_left = number_unknown(),
                                               .benchmarks = sheet->benchmarks};
    making->other = making->assumptions;
    making->other.scenario = &work->other;
    for (size_t i = 0; i < COUNT_OF(wanted_figures); i++)
        wanted[wanted_figures[i]] = true;
    for (size_t i = 0; i < COUNT_OF(kept); i++) {
        making->given[kept[i].figure] = kept_column(sheet, kept[i].column);
        given[kept[i].figure] = making->given[kept[i].figure] != NULL;
    }
    making->marks = kept_column(sheet, SHEET_MARKS);
    given[FIGURE_MARKS] = making->marks != NULL;
    recipe_init(&making->recipe, wanted, given);
    block_init(&making->block, catalog_facts(sheet->catalog), &making->assumptions, &work->room);
    if (making->with_other) {
        share_with_other(making);
        block_init(&making->other_block, catalog_facts(sheet->catalog), &making->other,
                   &work->other_room);
    }
    return making;
}

static void place_given(struct lens_making *making)
{
    struct block *block = &making->block, *other = &making->other_block;

    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (making->given[kept[i].figure])
            block->at[kept[i].figure] = making->given[kept[i].figure] + block->from;
    if (making->marks)
        block->marks = making->marks + block->from;
    if (!making->with_other)
        return;
    other->from = block->from;
    other->count = block->count;
    for (int figure = FIGURE_NONE + 1; figure < FIGURE_COUNT; figure++)
        if (making->shared[figure])
            other->at[figure] = block->at[figure];
    other->format = making->shared[FIGURE_FORMAT] ? block->format : other->format;
    other->basis = making->shared[FIGURE_BASIS] ? block->basis : other->basis;
    other->er_marks = making->shared[FIGURE_ER_MARKS] ? block->er_marks : other->er_marks;
    other->marks = making->shared[FIGURE_MARKS] ? block->marks : other->marks;
}

/* The rows shown from … from+count-1, at most FORECAST_BLOCK. */
static void take_rows(struct lens_making *making, size_t from, size_t count)
{
    struct lens_work *work = making->work;
    struct block *block = &making->block;
    const double *other;

    block->from = from;
    block->count = count;
    place_given(making);
    block_run(block, &making->recipe);
    if (making->with_other)
        block_run(&making->other_block, &making->other_recipe);
    other = making->other_block.at[FIGURE_ROI];
    for (size_t i = 0; i < count; i++)
        if (bits_get(&work->rows, from + i))
            take_row(work, making->sheet, block, i,
                     making->with_other ? other[i] : number_unknown());
}

size_t lens_take(struct lens_making *making, size_t at, size_t end, size_t most)
{
    const struct bits *rows = &making->work->rows;
    size_t from = bits_next(rows, at), to;

    if (from >= end)
        return end;
    to = from + most < end ? from + most : end;
    while (!bits_get(rows, to - 1))
        to--;
    take_rows(making, from, to - from);
    return to;
}
