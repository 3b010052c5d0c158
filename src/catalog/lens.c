#include "catalog/lens.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bit.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/vec.h"
#include "domain/knob.h"
#include "lens_internal.h"
#include "sheet_internal.h"

#define STEP_ROWS ((size_t)4096)    /* of a pass: about a millisecond */
#define STEP_BLOCK ((size_t)16)     /* rows that the making of a block costs beside its own */
#define STEP_VALUES ((size_t)65536) /* looked through at the end of one */
#define SAMPLE ((size_t)16384)      /* rows; fewer shown are looked at as a whole */
#define SAMPLE_RUN ((size_t)4)      /* neighbours taken together */

const double lens_side_from[LENS_SIDES + 1] = {1e3, 100e3, 1e6};
const char *const lens_side_words[LENS_SIDES] = {"micro", "macro"};

const struct lens_figure_row lens_figures[LENS_FIGURES] = {
    [LENS_FOLLOWERS] = {"followers", "Followers", COL_FOLLOWERS, false},
    [LENS_ER_FOLLOWERS] = {"er_followers", "ER foll.", COL_ER, false},
    [LENS_ER_VIEWS] = {"er_views", "ER views", COL_ER, false},
    [LENS_FEE] = {"fee", "Fee %s", COL_FEE, true},
    [LENS_CPE] = {"cpe", "%s/eng.", COL_CPE, true},
    [LENS_CPM] = {"cpm", "CPM", COL_CPM, true},
    [LENS_ROI] = {"roi", "ROI", COL_ROI, true},
    [LENS_REVENUE] = {"revenue_per_follower", "Rev./1k foll.", COL_REVENUE_PER_FOLLOWER, false},
    [LENS_CREDIBILITY] = {"credibility", "Believed real", COL_CREDIBILITY, false},
};

/* ---- what it is made from ---- */

static const enum column watched[] = {
    COL_PLATFORM,
    COL_TIER,
    COL_CREDIBILITY,
    COL_ER,
    COL_ER_BASIS,
    COL_FEE,
    COL_CPE,
    COL_CPM,
    COL_CPR,
    COL_ROI,
    COL_REVENUE_PER_FOLLOWER,
};

static uint64_t mix(uint64_t stamp, uint64_t part)
{
    return hash_bytes(&part, sizeof part, stamp);
}

/* The channels, and what ROI rests on in the other scenario. */
static uint64_t mix_other(const struct lens_work *work, struct sheet *sheet, uint64_t stamp)
{
    struct assumptions assumptions = {
        .scenario = &work->other, .peers = sheet->peers, .benchmarks = sheet->benchmarks};

    for (unsigned parts = work->has_other ? sheet->rests[COL_ROI].parts : 0; parts;
         parts &= parts - 1) {
        double numbers[FORECAST_PART_MOST];
        size_t count =
            forecast_part(&assumptions, (enum forecast_part)__builtin_ctz(parts), numbers);
        stamp = hash_bytes(numbers, count * sizeof *numbers, stamp);
    }
    for (int i = 0; i < SCENARIO_CHANNELS; i++)
        stamp = hash_bytes(sheet->scenario->channels[i].name,
                           strlen(sheet->scenario->channels[i].name), stamp);
    stamp = hash_bytes(&work->other_roi, sizeof work->other_roi, stamp);
    return hash_bytes(work->channel_roi, sizeof work->channel_roi, stamp);
}

static uint64_t stamp_of(const struct lens_work *work, struct sheet *sheet,
                         uint64_t (*of)(struct sheet *sheet, enum column column))
{
    uint64_t stamp = mix(mix(work->rows.count, sheet->scenario->fill != 0), sheet->few);

    for (size_t i = 0; i < COUNT_OF(watched); i++)
        stamp = mix(stamp, of(sheet, watched[i]));
    return mix_other(work, sheet, stamp);
}

/* Of everything, and of all but the facts. */
static uint64_t stamp_now(const struct lens_work *work, struct sheet *sheet)
{
    return stamp_of(work, sheet, sheet_stamp);
}

static uint64_t joined_now(const struct lens_work *work, struct sheet *sheet)
{
    return stamp_of(work, sheet, sheet_joined);
}

static void note_channels(struct lens_work *work, const struct scenario *scenario)
{
    const struct channel *channels[SCENARIO_CHANNELS];
    const struct channel *other = work->has_other ? scenario_baseline(&work->other) : NULL;
    work->channel_count = scenario_channels(scenario, channels);
    for (int i = 0; i < SCENARIO_CHANNELS; i++)
        work->channel_roi[i] =
            i < work->channel_count ? channel_roi(scenario, channels[i]) : number_unknown();
    work->other_roi = other ? channel_roi(&work->other, other) : number_unknown();
}

static void begin(struct lens_work *work, const struct sheet *sheet)
{
    work->preset = sheet->preset;
    work->few = sheet->few;
    work->pass = work->shown > SAMPLE ? PASS_SAMPLE : PASS_FIRST;
    work->at = 0;
    for (size_t i = 0; i < LENS_MIDDLES; i++)
        middle_begin(&work->middles[i]);
    memset(work->tiers, 0, sizeof work->tiers);
    memset(work->sides, 0, sizeof work->sides);
    memset(work->spread, 0, sizeof work->spread);
    memset(work->dots, 0, sizeof work->dots);
    memset(work->dot_totals, 0, sizeof work->dot_totals);
    work->without_tier = work->spread_total = 0;
}

/* ---- passes ---- */

/* Rows between those shown cost next to nothing. */
static void step_pass(struct lens_work *work, struct lens_making *making)
{
    size_t taken = 0;

    while (work->at < work->rows.count && taken < STEP_ROWS) {
        size_t from = bits_next(&work->rows, work->at);
        work->at = lens_take(making, from, work->rows.count, FORECAST_BLOCK);
        taken += work->at - from + STEP_BLOCK;
    }
}

/* Runs of neighbours spread evenly over the rows, each moved within its share by a hash of its place,
 * so that data in a rhythm do not fall into step with it. */
static void step_sample(struct lens_work *work, struct lens_making *making)
{
    size_t share = work->rows.count / (SAMPLE / SAMPLE_RUN);

    for (size_t runs = 0; runs < STEP_ROWS / 16 && work->at < work->rows.count; runs++) {
        size_t from = work->at + (size_t)(mix(1, work->at) % share);
        size_t end = work->at + share < work->rows.count ? work->at + share : work->rows.count;
        if (from < end)
            lens_take(making, from, end, SAMPLE_RUN);
        work->at += share;
    }
}

static void next_pass(struct lens_work *work, enum lens_pass pass)
{
    work->pass = pass;
    work->at = 0;
    work->open = 0;
}

/* Says of some of the medians where they must lie, by the sample. */
static void step_aim(struct lens_work *work)
{
    size_t looked = 0;

    while (work->at < LENS_MIDDLES && looked < STEP_VALUES) {
        struct middle *middle = &work->middles[work->at++];
        looked += middle->count;
        middle_aim(middle);
    }
    if (work->at == LENS_MIDDLES)
        next_pass(work, PASS_FIRST);
}

/* Ends some of the medians; which may have to be passed by again. */
static void step_end(struct lens_work *work)
{
    size_t looked = 0;

    while (work->at < LENS_MIDDLES && looked < STEP_VALUES) {
        struct middle *middle = &work->middles[work->at++];
        looked += middle->count;
        if (!middle->found && !middle_end(middle))
            work->open++;
    }
    if (work->at == LENS_MIDDLES)
        next_pass(work, work->open > 0 ? PASS_AGAIN : PASS_DONE);
}

static void step_rows(struct lens_work *work, struct sheet *sheet)
{
    struct lens_making *making = lens_making_new(sheet, work);
    bool sample = work->pass == PASS_SAMPLE;

    if (sample)
        step_sample(work, making);
    else
        step_pass(work, making);
    free(making);
    if (work->at < work->rows.count)
        return;
    next_pass(work, sample ? PASS_AIM : PASS_END);
}

/* ---- the lens ---- */

bool lens_other(const struct scenario *scenario, struct scenario *out)
{
    const struct scenario_preset *preset = scenario_preset_find(TEXT("cautious"));

    if (!preset)
        return false;
    *out = *scenario;
    scenario_preset_apply(out, preset);
    snprintf(out->name, sizeof out->name, "%s", preset->title);
    return true;
}

void lens_release(struct lens *lens)
{
    if (lens->work) {
        for (size_t i = 0; i < LENS_MIDDLES; i++)
            middle_release(&lens->work->middles[i]);
        bits_release(&lens->work->rows);
    }
    free(lens->work);
    *lens = (struct lens){0};
}

static bool same_rows(const struct bits *a, const struct bits *b)
{
    return a->count == b->count &&
           (!a->count || !memcmp(a->words, b->words, bits_words(a->count) * sizeof *a->words));
}

void lens_ask(struct lens *lens, struct sheet *sheet, const struct bits *rows,
              const struct scenario *other)
{
    bool first = !lens->work;

    if (first)
        lens->work = mem_zero(1, sizeof *lens->work);
    struct lens_work *work = lens->work;
    assert(rows->count <= sheet->catalog->count);
    bool same = !first && same_rows(&work->rows, rows);
    work->has_other = other != NULL;
    if (other)
        work->other = *other;
    note_channels(work, sheet->scenario);
    if (!same)
        bits_copy(&work->rows, rows);
    uint64_t stamp = stamp_now(work, sheet), joined = joined_now(work, sheet);
    if (same && joined == work->joined && (lens_busy(lens) || stamp == work->stamp))
        return;
    work->shown = bits_total(&work->rows);
    work->stamp = stamp;
    work->joined = joined;
    begin(work, sheet);
}

bool lens_busy(const struct lens *lens)
{
    return lens->work && lens->work->pass != PASS_DONE;
}

bool lens_step(struct lens *lens, struct sheet *sheet)
{
    struct lens_work *work = lens->work;

    if (!lens_busy(lens))
        return false;
    uint64_t joined = joined_now(work, sheet);
    if (joined != work->joined) {
        work->stamp = stamp_now(work, sheet);
        work->joined = joined;
        begin(work, sheet);
    }
    if (work->pass == PASS_AIM)
        step_aim(work);
    else if (work->pass == PASS_END)
        step_end(work);
    else
        step_rows(work, sheet);
    if (work->pass == PASS_DONE) {
        lens_conclude(work, sheet->scenario, &lens->result);
        lens->made = true;
    }
    return work->pass != PASS_DONE;
}

/* The first pass is nearly all of it. */
double lens_progress(const struct lens *lens)
{
    const struct lens_work *work = lens->work;

    if (!lens_busy(lens))
        return 1;
    if (work->pass == PASS_SAMPLE || work->pass == PASS_AIM)
        return 0;
    if (work->pass == PASS_FIRST)
        return work->rows.count ? 0.95 * (double)work->at / (double)work->rows.count : 0;
    return 0.95;
}
