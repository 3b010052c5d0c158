#include <ctype.h>
#include <math.h>

#include "base/utf8.h"
#include "catalog/lens.h"
#include "domain/currency.h"
#include "domain/show.h"

/* The lens in words, for the screen and for those who read lines. */

const struct lens_claim_row lens_claims[LENS_CLAIMS] = {
    [CLAIM_ENGAGED] =
        {.key = "more_engaged",
         .title = "More engaged",
         .help = "Median engagement rate by followers of 1,000 to 100,000 against 100,000 to a "
                 "million followers; creators measured by views are looked at beside it, never in "
                 "it. Never vs peers: that is 1 in the middle of every band.",
         .column = COL_ER,
         .more = true},
    [CLAIM_ENGAGEMENT] =
        {.key = "cheaper_engagement",
         .title = "Cheaper an engagement",
         .help = "Median cost per engagement, of those whose fee is known. Estimated fees follow "
                 "from followers or views, so they would tell of the rule that estimates them.",
         .column = COL_CPE},
    [CLAIM_ADS] =
        {.key = "beat_ads",
         .title = "Beat ads more often",
         .help = "Share of those with a known fee whose ROI is above that of the first channel: "
                 "the same money, spent on advertising. It follows from the funnel of the "
                 "assumptions, so it is shown for cautious ones as well.",
         .column = COL_ROI,
         .more = true},
    [CLAIM_REACH] =
        {.key = "cheaper_reach",
         .title = "Cheaper by reach",
         .help = "Median cost of reaching 1,000 people, of those whose fee is known. Where nobody "
                 "imported the reach of a post it follows from the table of reach rates alone.",
         .column = COL_CPR},
    [CLAIM_CREDIBLE] =
        {.key = "truer_followers",
         .title = "Have truer followers",
         .help = "Median share of the followers that audience checks believe to be real.",
         .column = COL_CREDIBILITY,
         .more = true},
};

const char *const lens_verdict_words[] = {
    [VERDICT_HOLDS] = "holds here",
    [VERDICT_FAILS] = "does not",
    [VERDICT_UNSAID] = "cannot be said",
};
const char *const lens_verdict_keys[] = {
    [VERDICT_HOLDS] = "holds", [VERDICT_FAILS] = "fails", [VERDICT_UNSAID] = "unsaid"};

/* ---- numbers ---- */

static void say_count(struct buf *out, size_t count, struct number_style style)
{
    show_number(out, UNIT_COUNT, (double)count, true, style);
}

static void say_two_counts(struct buf *out, const struct lens_value *sides,
                           struct number_style style)
{
    say_count(out, sides[LENS_MICRO].known, style);
    buf_add_string(out, " and ");
    say_count(out, sides[LENS_MACRO].known, style);
}

void lens_say_value(enum unit unit, const struct lens_value *value, struct number_style style,
                    struct buf *out)
{
    if (value->few)
        buf_add_string(out, "few");
    else
        show_number(out, unit, value->value, false, style);
}

void lens_say_share(const struct lens_value *value, struct number_style style, struct buf *out)
{
    if (!number_known(value->value)) {
        lens_say_value(UNIT_SHARE, value, style, out);
        return;
    }
    number_fixed(out, 100 * value->value, 0, style);
    buf_add_char(out, '%');
}

void lens_say_figure(enum lens_figure figure, const struct lens_value *value,
                     struct number_style style, struct buf *out)
{
    struct lens_value said = *value;

    said.value *= figure == LENS_REVENUE ? 1000 : 1;
    if (figure == LENS_CREDIBILITY)
        lens_say_share(&said, style, out);
    else
        lens_say_value(columns[lens_figures[figure].column].unit, &said, style, out);
}

static void say_side(struct buf *out, enum lens_claim_id id, const struct lens_value *value,
                     struct number_style style)
{
    if (id == CLAIM_ADS || id == CLAIM_CREDIBLE)
        lens_say_share(value, style, out);
    else
        lens_say_value(columns[lens_claims[id].column].unit, value, style, out);
}

/* Both, with a word between. */
static void say_two(struct buf *out, enum lens_claim_id id, const struct lens_value *sides,
                    const char *between, struct number_style style)
{
    say_side(out, id, &sides[LENS_MICRO], style);
    buf_add_string(out, between);
    say_side(out, id, &sides[LENS_MACRO], style);
}

void lens_say_figures(const struct lens_result *result, enum lens_claim_id id,
                      struct number_style style, struct buf *out)
{
    const struct lens_claim *claim = &result->claims[id];
    static const struct {
        const char *before, *between, *after;
    } around[LENS_CLAIMS] = {
        [CLAIM_ENGAGED] = {"micro ", ", macro ", ""},
        [CLAIM_ENGAGEMENT] = {"", " against ", NULL},
        [CLAIM_ADS] = {"", " of micro, ", " of macro"},
        [CLAIM_REACH] = {"", " against ", NULL},
        [CLAIM_CREDIBLE] = {"believed real ", " and ", ""},
    };

    if (claim->sides[LENS_MICRO].known + claim->sides[LENS_MACRO].known == 0)
        return;
    buf_add_string(out, around[id].before);
    say_two(out, id, claim->sides, around[id].between, style);
    if (around[id].after)
        buf_add_string(out, around[id].after);
    else
        buf_addf(out, " %s", currencies[result->currency].code);
}

void lens_say_rests(const struct lens_result *result, enum lens_claim_id id,
                    struct number_style style, struct buf *out)
{
    const struct lens_claim *claim = &result->claims[id];
    const struct lens_value *sides = claim->sides;

    if (id == CLAIM_CREDIBLE) {
        buf_add_string(out, "known for ");
        say_count(out, sides[LENS_MICRO].known + sides[LENS_MACRO].known, style);
        buf_add_string(out, " of ");
        say_count(out, sides[LENS_MICRO].of + sides[LENS_MACRO].of, style);
        return;
    }
    if (id == CLAIM_ENGAGED)
        buf_add_string(out, "of followers, ");
    say_two_counts(out, sides, style);
    if (id == CLAIM_ADS && number_known(result->channel_roi[0])) {
        buf_add_string(out, ", ads ");
        show_number(out, UNIT_ROI, result->channel_roi[0], false, style);
    } else if (id != CLAIM_ENGAGED) {
        buf_add_string(out, ", fee known");
    }
}

/* ---- what speaks against ---- */

static void say_few(struct buf *out, const struct lens_result *result,
                    const struct lens_claim *claim, struct number_style style)
{
    buf_add_string(out, "too few: known for ");
    say_two_counts(out, claim->sides, style);
    buf_addf(out, ", %zu a side are needed", result->few);
}

static void say_unknown(struct buf *out, const struct lens_claim *claim, struct number_style style)
{
    for (int side = 0; side < LENS_SIDES; side++) {
        const struct lens_value *value = &claim->sides[side];
        if (2 * value->known >= value->of)
            continue;
        buf_add_string(out, "unknown for ");
        number_fixed(out, 100 * (1 - (double)value->known / (double)value->of), 0, style);
        buf_addf(out, "%% of %s: too many to say", lens_side_words[side]);
        return;
    }
}

/* Whether the other look agrees that micro has more; too near to say is no. */
static bool other_more(const struct lens_claim *claim)
{
    double micro = claim->others[LENS_MICRO].value, macro = claim->others[LENS_MACRO].value;

    return micro > macro && micro - macro >= LENS_CLOSE * fabs(micro);
}

static void say_by_views(struct buf *out, const struct lens_claim *claim, struct number_style style)
{
    static const char *const words[][2] = {
        [VERDICT_HOLDS] = {"not by views: ", "by views too: "},
        [VERDICT_FAILS] = {"nor by views: ", "but by views: "},
        [VERDICT_UNSAID] = {"by views: ", "by views: "},
    };

    if (!number_known(claim->others[LENS_MICRO].value) ||
        !number_known(claim->others[LENS_MACRO].value)) {
        buf_add_string(out, "by views too few to say: ");
    } else {
        buf_add_string(out, words[claim->verdict][other_more(claim)]);
        say_two(out, CLAIM_ENGAGED, claim->others, " against ", style);
        buf_add_string(out, ", ");
    }
    say_two_counts(out, claim->others, style);
}

static void say_estimates(struct buf *out, const struct lens_claim *claim,
                          struct number_style style)
{
    if (claim->estimated == 0) {
        buf_add_string(out, "no fee of them is an estimate");
        return;
    }
    say_count(out, claim->estimated, style);
    buf_add_string(out, claim->estimated == 1 ? " estimate left out; with it: "
                                              : " estimates left out; with them: ");
    say_two(out, CLAIM_ENGAGEMENT, claim->others, " against ", style);
}

/* The name of a channel is the user's. */
static void say_ads(struct buf *out, const struct lens_result *result,
                    const struct lens_claim *claim, struct number_style style)
{
    if (result->other_name[0] && claim->others[LENS_MICRO].known > 0) {
        buf_addf(out, "with the preset %s: ", result->other_name);
        say_two(out, CLAIM_ADS, claim->others, " and ", style);
        buf_add_string(out, "; ");
    }
    buf_add_string(out, "ads: ");
    text_safe(out, text_of(result->channel_names[0]));
}

static void say_reach(struct buf *out, const struct lens_claim *claim, struct number_style style)
{
    size_t known = claim->sides[LENS_MICRO].known + claim->sides[LENS_MACRO].known;

    if (claim->imported >= known) {
        buf_add_string(out, "their reach is imported");
        return;
    }
    buf_add_string(out, "for ");
    say_count(out, known - claim->imported, style);
    buf_add_string(out, " of ");
    say_count(out, known, style);
    buf_add_string(out, " the reach is by rule of thumb alone");
}

static void say_beside(const struct lens_result *result, enum lens_claim_id id,
                       struct number_style style, struct buf *out)
{
    const struct lens_claim *claim = &result->claims[id];

    if (id == CLAIM_ENGAGED)
        say_by_views(out, claim, style);
    if (id == CLAIM_ENGAGEMENT)
        say_estimates(out, claim, style);
    if (id == CLAIM_ADS)
        say_ads(out, result, claim, style);
    if (id == CLAIM_REACH)
        say_reach(out, claim, style);
}

void lens_say_but(const struct lens_result *result, enum lens_claim_id id,
                  struct number_style style, struct buf *out)
{
    const struct lens_claim *claim = &result->claims[id];

    if (claim->reason == REASON_FEW)
        say_few(out, result, claim, style);
    else if (claim->reason == REASON_UNKNOWN)
        say_unknown(out, claim, style);
    else if (claim->reason == REASON_CHANNEL)
        buf_add_string(out, "no channel of the assumptions to compare with");
    else if (claim->reason == REASON_CLOSE)
        buf_addf(out, "too close to call: under %.0f%% apart", 100 * LENS_CLOSE);
    if (claim->reason != REASON_NONE && claim->reason != REASON_CLOSE)
        return;
    size_t before = out->length;
    buf_add_string(out, before > 0 && claim->reason == REASON_CLOSE ? "; " : "");
    size_t joined = out->length;
    say_beside(result, id, style, out);
    if (out->length == joined) /* there is nothing beside it */
        buf_cut(out, before);
}

/* ---- tiers ---- */

static void say_round(struct buf *out, double followers)
{
    double unit = followers >= 1e6 ? 1e6 : followers >= 1e3 ? 1e3 : 1;

    number_exact(out, followers / unit);
    buf_add_string(out, unit > 1e3 ? "M" : unit > 1 ? "k" : "");
}

void lens_say_band(const struct tier_preset *preset, int band, struct buf *out)
{
    double from = preset->bands[band].from;
    bool last = band + 1 == preset->count;

    if (from == 0 && !last)
        buf_add_string(out, "under ");
    else
        say_round(out, from);
    if (last)
        buf_add_string(out, " up");
    else if (from > 0)
        buf_add_char(out, '-');
    if (!last)
        say_round(out, preset->bands[band + 1].from);
}

void lens_say_scope(const struct lens_result *result, const char *whom, struct number_style style,
                    struct buf *out)
{
    size_t known = 0, gifts = 0, estimated = 0;

    for (int tier = 0; tier < result->preset.count; tier++) {
        known += result->tiers[tier].fees_known;
        gifts += result->tiers[tier].gifts;
        estimated += result->tiers[tier].fees_estimated;
    }
    buf_add_string(out, "Medians of ");
    say_count(out, result->creators, style);
    buf_addf(out, " %s. Fees: ", whom);
    say_count(out, known, style);
    buf_add_string(out, " known, ");
    say_count(out, estimated, style);
    buf_addf(out, " estimates out. few: under %zu.", result->few);
    if (gifts > 0) {
        buf_add_string(out, " For the product alone: ");
        say_count(out, gifts, style);
        buf_add_char(out, '.');
    }
    if (result->without_tier > 0) {
        buf_add_string(out, " In no tier: ");
        say_count(out, result->without_tier, style);
        buf_add_char(out, '.');
    }
}
