#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lens_internal.h"

/* What the counts and medians of the lens amount to. */

static struct lens_value value_of(const struct lens_work *work, double value, size_t known,
                                  size_t of)
{
    bool enough = known >= work->few;

    return (struct lens_value){.value = enough ? value : number_unknown(),
                               .known = known,
                               .of = of,
                               .few = known > 0 && !enough};
}

static struct lens_value median_of(const struct lens_work *work, size_t at, size_t of)
{
    return value_of(work, work->middles[at].value, work->middles[at].known, of);
}

static struct lens_value share_of(const struct lens_work *work, size_t count, size_t known,
                                  size_t of)
{
    return value_of(work, known > 0 ? (double)count / (double)known : number_unknown(), known, of);
}

/* How many it could be known for: an ER has its basis. */
static size_t candidates(const struct lens_tally *tally, size_t quantity)
{
    return quantity == LENS_ER_FOLLOWERS ? tally->basis[BASIS_FOLLOWERS]
           : quantity == LENS_ER_VIEWS   ? tally->basis[BASIS_VIEWS]
                                         : tally->creators;
}

static struct lens_value pooled_of(const struct lens_work *work, const struct lens_tally *tally)
{
    double roi =
        tally->cost > 0 ? (tally->contribution - tally->cost) / tally->cost : number_unknown();

    return value_of(work, roi, tally->pooled, tally->creators);
}

static void conclude_tier(const struct lens_work *work, int tier, struct lens_tier *out)
{
    const struct lens_tally *tally = &work->tiers[tier];

    *out = (struct lens_tier){.creators = tally->creators,
                              .fees_known = tally->fees_known,
                              .gifts = tally->gifts,
                              .fees_estimated = tally->fees_estimated,
                              .pooled_roi = pooled_of(work, tally)};
    for (size_t k = 0; k < LENS_FIGURES; k++)
        out->figures[k] = median_of(work, (size_t)tier * LENS_FIGURES + k, candidates(tally, k));
    for (int channel = 0; channel < work->channel_count; channel++)
        out->beats[channel] =
            isnan(work->channel_roi[channel])
                ? (struct lens_value){.value = number_unknown(), .of = tally->creators}
                : share_of(work, tally->beats[channel], tally->roi_known, tally->creators);
}

static void conclude_platforms(const struct lens_work *work, struct lens_result *out)
{
    for (int platform = 0; platform < PLATFORM_COUNT; platform++) {
        struct lens_platform *next = &out->platforms[out->platform_count];
        size_t known = 0, at = LENS_OF_PLATFORMS + (size_t)platform * TIER_MOST;
        *next = (struct lens_platform){.platform = (enum platform)platform};
        for (size_t tier = 0; tier < TIER_MOST; tier++) {
            next->tiers[tier] = median_of(work, at + tier, work->middles[at + tier].known);
            known += next->tiers[tier].known;
        }
        out->platform_count += known > 0;
    }
}

/* Dots beyond so many would fill the picture. */
#define DOTS_MOST ((size_t)5000)

static void conclude_dots(const struct lens_work *work, struct lens_result *out)
{
    for (int platform = 0; platform < PLATFORM_COUNT; platform++)
        if (work->dot_totals[platform] > work->dot_totals[out->dot_platform])
            out->dot_platform = (enum platform)platform;
    out->dot_total = work->dot_totals[out->dot_platform];
    out->dot_worth = 1 + out->dot_total / DOTS_MOST;
    for (size_t row = 0; row < LENS_DOT_ROWS; row++)
        for (size_t column = 0; column < LENS_DOT_COLUMNS; column++)
            out->dots[row][column] = work->dots[out->dot_platform][row][column] >= out->dot_worth;
}

/* ---- claims ---- */

static struct lens_value of_side(const struct lens_work *work, enum lens_side side, size_t quantity)
{
    size_t k = 0;

    while (lens_side_quantities[k] != quantity)
        k++;
    return median_of(work, LENS_OF_SIDES + (size_t)side * LENS_SIDE_QUANTITIES + k,
                     candidates(&work->sides[side], quantity));
}

static struct lens_value beats_first(const struct lens_work *work, enum lens_side side)
{
    const struct lens_tally *tally = &work->sides[side];

    return share_of(work, tally->beats[0], tally->roi_known, tally->creators);
}

static struct lens_value beats_under_other(const struct lens_work *work, enum lens_side side)
{
    const struct lens_tally *tally = &work->sides[side];

    if (!work->has_other || isnan(work->other_roi))
        return (struct lens_value){.value = number_unknown()};
    return share_of(work, tally->other_beats, tally->other_known, tally->creators);
}

/* What each claim compares, and how it looks from elsewhere; QUANTITIES: another way. */
static const struct {
    size_t quantity, other;
} compared[LENS_CLAIMS] = {
    [CLAIM_ENGAGED] = {LENS_ER_FOLLOWERS, LENS_ER_VIEWS},
    [CLAIM_ENGAGEMENT] = {LENS_CPE, QUANTITY_CPE_ALL},
    [CLAIM_ADS] = {QUANTITIES, QUANTITIES},
    [CLAIM_REACH] = {QUANTITY_CPR, QUANTITIES},
    [CLAIM_CREDIBLE] = {LENS_CREDIBILITY, QUANTITIES},
};

static enum lens_reason reason_of(const struct lens_work *work, enum lens_claim_id id,
                                  const struct lens_value *sides)
{
    double micro = sides[LENS_MICRO].value, macro = sides[LENS_MACRO].value;

    if (id == CLAIM_ADS && isnan(work->channel_roi[0]))
        return REASON_CHANNEL;
    for (int side = 0; side < LENS_SIDES; side++)
        if (sides[side].known < work->few)
            return REASON_FEW;
    for (int side = 0; side < LENS_SIDES; side++)
        if (2 * sides[side].known < sides[side].of)
            return REASON_UNKNOWN;
    if (fabs(micro - macro) < LENS_CLOSE * fmax(fabs(micro), fabs(macro)) || micro == macro)
        return REASON_CLOSE;
    return REASON_NONE;
}

static void conclude_claim(const struct lens_work *work, enum lens_claim_id id,
                           struct lens_claim *out)
{
    size_t quantity = compared[id].quantity, other = compared[id].other;

    *out = (struct lens_claim){0};
    for (int side = 0; side < LENS_SIDES; side++) {
        enum lens_side at = (enum lens_side)side;
        out->sides[side] = id == CLAIM_ADS ? beats_first(work, at) : of_side(work, at, quantity);
        out->others[side] = id == CLAIM_ADS      ? beats_under_other(work, at)
                            : other < QUANTITIES ? of_side(work, at, other)
                                                 : (struct lens_value){.value = number_unknown()};
        out->estimated += work->sides[side].fees_estimated;
        out->imported += id == CLAIM_REACH ? work->sides[side].imported : 0;
    }
    out->reason = reason_of(work, id, out->sides);
    bool more = out->sides[LENS_MICRO].value > out->sides[LENS_MACRO].value;
    out->verdict = out->reason != REASON_NONE     ? VERDICT_UNSAID
                   : more == lens_claims[id].more ? VERDICT_HOLDS
                                                  : VERDICT_FAILS;
}

void lens_conclude(const struct lens_work *work, const struct scenario *scenario,
                   struct lens_result *out)
{
    *out = (struct lens_result){.preset = *work->preset,
                                .few = work->few,
                                .creators = work->shown,
                                .without_tier = work->without_tier,
                                .channel_count = work->channel_count,
                                .spread_total = work->spread_total,
                                .currency = scenario->currency};
    for (int tier = 0; tier < TIER_MOST; tier++)
        conclude_tier(work, tier, &out->tiers[tier]);
    conclude_platforms(work, out);
    conclude_dots(work, out);
    for (int id = 0; id < LENS_CLAIMS; id++)
        conclude_claim(work, (enum lens_claim_id)id, &out->claims[id]);
    memcpy(out->spread, work->spread, sizeof out->spread);
    memcpy(out->channel_roi, work->channel_roi, sizeof out->channel_roi);
    const struct channel *channels[SCENARIO_CHANNELS];
    int count = scenario_channels(scenario, channels);
    for (int i = 0; i < count; i++)
        memcpy(out->channel_names[i], channels[i]->name, sizeof out->channel_names[i]);
    if (work->has_other)
        memcpy(out->other_name, work->other.name, sizeof out->other_name);
}
