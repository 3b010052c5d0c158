#include "domain/scenario.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/curve.h"
#include "base/vec.h"
#include "base/wide.h"
#include "domain/currency.h"

#define CTR_HELP "Share of people reached who visit by link, code or search."
#define CTR_SOURCE "assumption, no public figure: type your own"
#define STELLAR "Stellar help centre, estimated reach"
#define STARTMOTION "startmotionmedia.com, ranges of 2024, weak"
#define RATE_HELP "Share of followers that one post reaches, "

/* Sources that begin with "assumption" make every figure that rests on the default say so. */
const struct parameter_row parameters[] = {
    {"budget", "Budget", "Money for the whole plan.", "assumption: type your own", UNIT_MONEY,
     offsetof(struct scenario, budget), 10000, 0, 1e12},
    {"aov", "Order value",
     "Revenue of a first order, after code discount, returns, tax and shipping.",
     "assumption: your own figure belongs here", UNIT_UNIT_COST, offsetof(struct scenario, aov), 80,
     0, 1e9},
    {"margin", "Margin", "Contribution margin: what an order leaves of its revenue.",
     "assumption: direct sellers have 30 to 40%, consumables 55 to 65%", UNIT_SHARE,
     offsetof(struct scenario, margin), 0.5, 0, 1},
    {"commission", "Commission", "Share of revenue paid to the creator on top of the fee.",
     "none agreed", UNIT_SHARE, offsetof(struct scenario, commission), 0, 0, 1},
    {"incremental", "Incremental share", "Share of orders that would not have come anyway.",
     "not adjusted", UNIT_SHARE, offsetof(struct scenario, incremental), 1, 0, 1},
    {"cvr", "Buy rate", "Share of visitors who order.", "assumption, shops see 1 to 4%", UNIT_SHARE,
     offsetof(struct scenario, cvr), 0.025, 0, 1},

    {"ctr_feed", "Click rate, feed", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_FEED]), 0.04, 0, 1},
    {"ctr_story", "Click rate, story", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_STORY]), 0.04, 0, 1},
    {"ctr_reel", "Click rate, reel", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_REEL]), 0.04, 0, 1},
    {"ctr_tiktok_video", "Click rate, TikTok", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_TIKTOK_VIDEO]), 0.04, 0, 1},
    {"ctr_youtube_video", "Click rate, YouTube", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_YOUTUBE_VIDEO]), 0.04, 0, 1},
    {"ctr_short", "Click rate, short", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_SHORT]), 0.04, 0, 1},
    {"ctr_stream", "Click rate, stream", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_STREAM]), 0.04, 0, 1},
    {"ctr_x_post", "Click rate, X", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_X_POST]), 0.04, 0, 1},
    {"ctr_facebook_post", "Click rate, Facebook", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_FACEBOOK_POST]), 0.04, 0, 1},
    {"ctr_linkedin_post", "Click rate, LinkedIn", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_LINKEDIN_POST]), 0.04, 0, 1},
    {"ctr_pin", "Click rate, pin", CTR_HELP, CTR_SOURCE, UNIT_SHARE,
     offsetof(struct scenario, ctr[FORMAT_PIN]), 0.04, 0, 1},

    {"unique_reel", "Unique viewers, reel", "People reached for each view.", "assumption",
     UNIT_SHARE, offsetof(struct scenario, unique_share[FORMAT_REEL]), 0.75, 0, 1},
    {"unique_tiktok_video", "Unique viewers, TikTok", "People reached for each view.", STELLAR,
     UNIT_SHARE, offsetof(struct scenario, unique_share[FORMAT_TIKTOK_VIDEO]), 0.68, 0, 1},
    {"unique_youtube_video", "Unique viewers, YouTube", "People reached for each view.", STELLAR,
     UNIT_SHARE, offsetof(struct scenario, unique_share[FORMAT_YOUTUBE_VIDEO]), 0.75, 0, 1},
    {"unique_short", "Unique viewers, short", "People reached for each view.", STELLAR, UNIT_SHARE,
     offsetof(struct scenario, unique_share[FORMAT_SHORT]), 0.75, 0, 1},
    {"unique_stream", "Unique viewers, stream", "People reached for each view.", "assumption",
     UNIT_SHARE, offsetof(struct scenario, unique_share[FORMAT_STREAM]), 0.75, 0, 1},

    {"reach_feed_3k", "Reach rate, feed, 3k", RATE_HELP "of an account of up to 3,000.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_FEED].rate[0]), 0.30, 0, 1},
    {"reach_feed_30k", "Reach rate, feed, 30k", RATE_HELP "of an account of 30,000.", STARTMOTION,
     UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_FEED].rate[1]), 0.22, 0, 1},
    {"reach_feed_300k", "Reach rate, feed, 300k", RATE_HELP "of an account of 300,000.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_FEED].rate[2]), 0.15, 0, 1},
    {"reach_feed_3m", "Reach rate, feed, 3M", RATE_HELP "of an account from 3 million.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_FEED].rate[3]), 0.08, 0, 1},
    {"reach_story_3k", "Reach rate, story, 3k", RATE_HELP "of an account of up to 3,000.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_STORY].rate[0]), 0.09, 0, 1},
    {"reach_story_30k", "Reach rate, story, 30k", RATE_HELP "of an account of 30,000.", STARTMOTION,
     UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_STORY].rate[1]), 0.055, 0, 1},
    {"reach_story_300k", "Reach rate, story, 300k", RATE_HELP "of an account of 300,000.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_STORY].rate[2]), 0.045, 0, 1},
    {"reach_story_3m", "Reach rate, story, 3M", RATE_HELP "of an account from 3 million.",
     STARTMOTION, UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_STORY].rate[3]), 0.04, 0, 1},
    {"reach_x_post", "Reach rate, X", "Share of followers that one post reaches.", "assumption",
     UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_X_POST].rate[0]), 0.10, 0, 1},
    {"reach_facebook_post", "Reach rate, Facebook", "Share of followers that one post reaches.",
     "assumption", UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_FACEBOOK_POST].rate[0]), 0.06,
     0, 1},
    {"reach_linkedin_post", "Reach rate, LinkedIn", "Share of followers that one post reaches.",
     "assumption", UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_LINKEDIN_POST].rate[0]), 0.06,
     0, 1},
    {"reach_pin", "Reach rate, pin", "Share of followers that one pin reaches.", "assumption",
     UNIT_SHARE, offsetof(struct scenario, reach[FORMAT_PIN].rate[0]), 0.05, 0, 1},

    {"headroom", "Headroom",
     "Audience that many posts of a views-based format could reach, for each person reached by "
     "one.",
     "assumption", UNIT_RATIO, offsetof(struct scenario, headroom), 4, 1, 1000},
    {"epsilon", "Weight of ER",
     "Power of the ER index in the click rate: 0 ignores it, 1 counts it in full.", "assumption",
     UNIT_RATIO, offsetof(struct scenario, epsilon), 0.5, 0, 2},
    {"clamp_low", "ER index at least", "A lower ER index counts as this one.", "assumption",
     UNIT_RATIO, offsetof(struct scenario, clamp_low), 0.5, 0, 1},
    {"clamp_high", "ER index at most", "A higher ER index counts as this one.", "assumption",
     UNIT_RATIO, offsetof(struct scenario, clamp_high), 2, 1, 100},
    {"typical_credibility", "Typical credibility",
     "Share of believed followers that is normal and already in the reach rates.",
     "assumption: up to 25% mass and suspicious followers are normal", UNIT_SHARE,
     offsetof(struct scenario, typical_credibility), 0.8, 0.01, 1},

    {"spread_reach", "Spread of reach", "Log-spread of reach, followers-based formats.",
     "assumption", UNIT_RATIO, offsetof(struct scenario, spread_reach), 0.35, 0, 3},
    {"spread_reach_views", "Spread of views", "Log-spread of reach, views-based formats.",
     "assumption", UNIT_RATIO, offsetof(struct scenario, spread_reach_views), 0.6, 0, 3},
    {"spread_ctr", "Spread of clicks", "Log-spread of the click rate.", "assumption", UNIT_RATIO,
     offsetof(struct scenario, spread_ctr), 0.6, 0, 3},
    {"spread_cvr", "Spread of buying", "Log-spread of the buy rate.", "assumption", UNIT_RATIO,
     offsetof(struct scenario, spread_cvr), 0.4, 0, 3},
    {"spread_fee", "Spread of estimates", "Log-spread of an estimated fee.", "assumption",
     UNIT_RATIO, offsetof(struct scenario, spread_fee), 0.7, 0, 3},
    {"own_reach", "Own share, reach", "Share of the variance of reach that is the creator's own.",
     "assumption", UNIT_SHARE, offsetof(struct scenario, own_reach), 1, 0, 1},
    {"own_ctr", "Own share, clicks", "Share of the variance of clicks that is the creator's own.",
     "assumption", UNIT_SHARE, offsetof(struct scenario, own_ctr), 0.5, 0, 1},
    {"own_cvr", "Own share, buying", "Share of the variance of buying that is the creator's own.",
     "one shop serves all", UNIT_SHARE, offsetof(struct scenario, own_cvr), 0, 0, 1},

    {"creator_cost", "Cost per creator", "Product, parcel and handling, once for each creator.",
     "assumption", UNIT_MONEY, offsetof(struct scenario, creator_cost), 30, 0, 1e9},
    {"other_share", "Other cost", "Agency, usage rights and the like, as a share of the fee.",
     "none", UNIT_SHARE, offsetof(struct scenario, other_share), 0, 0, 10},
    {"discount", "Discount", "Taken off every fee.", "none", UNIT_SHARE,
     offsetof(struct scenario, discount), 0, 0, 1},
    {"fulfilment", "Gifts that post", "Share of posts that come where the fee is a known 0.",
     "Later Influence, hashgifted", UNIT_SHARE, offsetof(struct scenario, fulfilment), 0.8, 0, 1},
    {"deliverables", "Posts each", "Deliverables of a creator outside the plan.", "one post",
     UNIT_COUNT, offsetof(struct scenario, deliverables), 1, 1, 1000},
    {"fill", "Fill the budget",
     "As many deliverables of each creator as the whole budget buys, instead of a fixed number.",
     "fixed number", UNIT_FLAG, offsetof(struct scenario, fill), 0, 0, 1},
    {"fill_cap", "Posts at most", "Most deliverables of one creator where the budget is filled.",
     "assumption", UNIT_COUNT, offsetof(struct scenario, fill_cap), 6, 1, 1000},
    {"estimate_follower", "Fee per 10k", "Estimated fee for each 10,000 followers.",
     "inbeat.co, influencer rate sheet", UNIT_MONEY, offsetof(struct scenario, estimate_follower),
     100, 0, 1e9},
    {"estimate_views", "Fee per 1k views", "Estimated fee for each 1,000 views.",
     "wordontheblock.com, influencer-hero.com", UNIT_MONEY,
     offsetof(struct scenario, estimate_views), 20, 0, 1e9},
    {"estimate_views_tiktok", "Same on TikTok", "Estimated fee for each 1,000 views on TikTok.",
     "wordontheblock.com, influencer-hero.com", UNIT_MONEY,
     offsetof(struct scenario, estimate_views_tiktok), 10, 0, 1e9},
};
const size_t parameter_count = COUNT_OF(parameters);
_Static_assert(COUNT_OF(parameters) <= 64, "scenario.changed has a bit for each");

/* The rates are parameters and set from there. */
static const struct reach_curve reach_standard[FORMAT_COUNT] = {
    [FORMAT_FEED] = {.source = STARTMOTION, .count = 4, .from = {3e3, 3e4, 3e5, 3e6}},
    [FORMAT_STORY] = {.source = STARTMOTION, .count = 4, .from = {3e3, 3e4, 3e5, 3e6}},
    [FORMAT_X_POST] = {.source = "assumption", .count = 1},
    [FORMAT_FACEBOOK_POST] = {.source = "assumption", .count = 1},
    [FORMAT_LINKEDIN_POST] = {.source = "assumption", .count = 1},
    [FORMAT_PIN] = {.source = "assumption", .count = 1},
};

static const struct channel channel_standard[] = {
    {"paid social", .cpm = 10, .ctr = 0.012, .cvr = 0.02, .incremental = 1, .roas = NAN},
    {"display", .cpm = 3, .ctr = 0.0046, .cvr = 0.0077, .incremental = 1, .roas = NAN},
    {"connected TV", .cpm = 25, .ctr = NAN, .cvr = NAN, .incremental = 1, .roas = NAN},
};
_Static_assert(COUNT_OF(channel_standard) <= SCENARIO_CHANNELS, "room for the channels");

static double *number_of(struct scenario *scenario, size_t parameter)
{
    assert(parameter < parameter_count);
    return (double *)((char *)scenario + parameters[parameter].offset);
}

void scenario_init(struct scenario *scenario)
{
    *scenario = (struct scenario){.name = "default",
                                  .currency = currency_from_code(TEXT("EUR")),
                                  .universe = NAN,
                                  .channel_count = COUNT_OF(channel_standard)};
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        scenario->reach[i] = reach_standard[i];
    for (size_t i = 0; i < COUNT_OF(channel_standard); i++)
        scenario->channels[i] = channel_standard[i];
    for (size_t i = 0; i < parameter_count; i++)
        *number_of(scenario, i) = parameters[i].standard;
}

double scenario_get(const struct scenario *scenario, size_t parameter)
{
    assert(parameter < parameter_count);
    return *(const double *)((const char *)scenario + parameters[parameter].offset);
}

bool scenario_set(struct scenario *scenario, size_t parameter, double value, struct err *err)
{
    double *number = number_of(scenario, parameter);
    const struct parameter_row *row = &parameters[parameter];
    if (!(value >= row->least && value <= row->most))
        return err_set(err, "'%s' must be from %.15g to %.15g", row->key, row->least, row->most);
    if ((row->unit == UNIT_COUNT || row->unit == UNIT_FLAG) && value != floor(value))
        return err_set(err, "'%s' must be a whole number from %.15g to %.15g", row->key, row->least,
                       row->most);
    *number = value;
    scenario->changed |= (uint64_t)1 << parameter;
    scenario->revision++;
    return true;
}

void scenario_reset(struct scenario *scenario, size_t parameter)
{
    *number_of(scenario, parameter) = parameters[parameter].standard;
    scenario->changed &= ~((uint64_t)1 << parameter);
    scenario->revision++;
}

bool parameter_find(struct text key, size_t *parameter)
{
    for (size_t i = 0; i < parameter_count; i++)
        if (text_equal_ascii_case(key, text_of(parameters[i].key))) {
            *parameter = i;
            return true;
        }
    return false;
}

size_t parameter_at(size_t offset)
{
    for (size_t i = 0; i < parameter_count; i++)
        if (parameters[i].offset == offset)
            return i;
    return parameter_count;
}

bool scenario_assumes(const struct scenario *scenario, size_t offset)
{
    size_t parameter = parameter_at(offset);
    return parameter < parameter_count && !(scenario->changed >> parameter & 1) &&
           text_starts(text_of(parameters[parameter].source), "assumption");
}

/* From an anchor on its own rate or, up to the next one, the line to that. */
WIDE void reach_curve_rates(const struct reach_curve *curve, const double *followers,
                            const double *logs, double *rates, size_t count)
{
    for (size_t i = 0; i < count; i++)
        rates[i] = isnan(followers[i]) ? followers[i] : curve->rate[0];
    for (int at = 0; at < curve->count; at++) {
        bool line = !curve->steps && at + 1 < curve->count;
        double from = curve->from[at], rate = curve->rate[at], start = 0, slope = 0;
        if (line) {
            double ends[2] = {from, curve->from[at + 1]};
            curve_log(ends, ends, 2);
            start = ends[0];
            slope = (curve->rate[at + 1] - rate) / (ends[1] - ends[0]);
        }
        for (size_t i = 0; i < count; i++) {
            double here = line ? rate + (logs[i] - start) * slope : rate;
            rates[i] = followers[i] >= from ? here : rates[i];
        }
    }
    for (size_t i = 0; i < count; i++)
        rates[i] = rates[i] > 1 ? 1 : rates[i];
}

double reach_curve_at(const struct reach_curve *curve, double followers)
{
    double log_followers, rate;
    if (curve->count == 0)
        return NAN;
    curve_log(&followers, &log_followers, 1);
    reach_curve_rates(curve, &followers, &log_followers, &rate, 1);
    return rate;
}

double scenario_rate(const struct scenario *scenario, unsigned currency)
{
    if (currency == CURRENCY_NONE || currency == scenario->currency)
        return 1;
    for (int i = 0; i < scenario->rate_count; i++)
        if (scenario->rates[i].currency == currency)
            return scenario->rates[i].rate;
    return NAN;
}

double channel_roi(const struct scenario *scenario, const struct channel *channel)
{
    double kept = channel->incremental * scenario->margin;
    if (!isnan(channel->roas))
        return channel->roas * kept - 1;
    if (channel->cpm == 0)
        return NAN;
    return 1000 / channel->cpm * channel->ctr * channel->cvr * scenario->aov * kept - 1;
}
