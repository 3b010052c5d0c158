#include "random_creators.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

static double one_of(struct random *random, const double *values, size_t count)
{
    return values[random_below(random, count)];
}

static double between(struct random *random, double low, double high)
{
    return low + (high - low) * random_unit(random);
}

/* From 10^low to 10^high, mostly; sometimes unknown, 0 or -1. */
static double count_of(struct random *random, double low, double high)
{
    switch (random_below(random, 12)) {
    case 0:
    case 1:
        return NAN;
    case 2:
        return random_below(random, 3) == 0 ? 0 : floor(pow(10, high));
    default:
        return floor(pow(10, between(random, low, high)));
    }
}

static double share_of(struct random *random)
{
    static const double edges[] = {0, 0.6, 0.8, 1};
    if (random_below(random, 2) == 0)
        return NAN;
    return random_below(random, 5) == 0 ? one_of(random, edges, COUNT_OF(edges))
                                        : random_unit(random);
}

void random_planned(struct random *random, struct plain_creator *creator)
{
    static const char *const instagram[] = {"feed", "story", "reel"};
    const char *first = plain_default(creator->platform).format;
    bool youtube = strcmp(creator->platform, "youtube") == 0;
    bool other = random_below(random, 3) == 0;
    creator->plan_format = NULL;
    if (*first && other)
        creator->plan_format = strcmp(creator->platform, "instagram") == 0
                                   ? instagram[random_below(random, 3)]
                               : youtube && random_below(random, 2) == 0 ? "short"
                                                                         : first;
    creator->fee_of_format_known = creator->plan_format &&
                                   strcmp(creator->plan_format, first) != 0 &&
                                   random_below(random, 2) == 0;
    creator->fee_of_format = (double)random_below(random, 4) * 250;
    creator->own_fee_set = random_below(random, 4) == 0;
    creator->own_fee = (double)random_below(random, 5) * 120;
}

void random_creator(struct random *random, struct plain_creator *creator)
{
    static const char *const platforms_used[] = {
        "instagram", "instagram", "instagram", "tiktok",   "tiktok",    "youtube", "youtube",
        "x",         "twitch",    "facebook",  "linkedin", "pinterest", "other"};
    static const char *const bases[] = {"followers", "views", "reach", ""};
    *creator = (struct plain_creator){
        .platform = platforms_used[random_below(random, COUNT_OF(platforms_used))],
        .followers = count_of(random, 2.5, 7.4),
        .credibility = share_of(random),
        .audience_market = share_of(random),
        .likes = count_of(random, 1, 5),
        .comments = count_of(random, 0, 3),
        .shares = count_of(random, 0, 3),
        .saves = count_of(random, 0, 3),
        .views = count_of(random, 2, 7),
        .reach_post = random_below(random, 6) == 0 ? count_of(random, 3, 6) : NAN,
        .er_stated = random_below(random, 3) == 0 ? between(random, 0, 0.2) : NAN,
        .er_stated_basis = bases[random_below(random, COUNT_OF(bases))],
        .fee = random_below(random, 3) == 0 ? NAN : floor(pow(10, between(random, 1.3, 4))),
        .fee_is_estimate = random_below(random, 8) == 0,
        .fee_not_convertible = random_below(random, 20) == 0,
        .planned = random_below(random, 4) == 0 ? (double)random_below(random, 7) : NAN,
    };
    if (random_below(random, 10) == 0)
        creator->fee = 0;
    random_planned(random, creator);
}

static void set(struct random *random, struct scenario *scenario, const char *key, double low,
                double high)
{
    size_t parameter;
    if (!parameter_find(text_of(key), &parameter))
        abort();
    double value = between(random, low, high);
    if (random_below(random, 6) == 0)
        value = random_below(random, 2) == 0 ? low : high;
    if (!scenario_set(scenario, parameter, value, NULL))
        abort();
}

void random_scenario(struct random *random, struct scenario *scenario)
{
    static const struct {
        const char *key;
        double low, high;
    } ranges[] = {
        {"budget", 0, 20000},
        {"aov", 0, 300},
        {"margin", 0, 1},
        {"commission", 0, 0.3},
        {"incremental", 0, 1},
        {"cvr", 0, 0.2},
        {"headroom", 1, 10},
        {"epsilon", 0, 2},
        {"clamp_low", 0, 1},
        {"clamp_high", 1, 4},
        {"spread_reach", 0, 1},
        {"typical_credibility", 0.3, 1},
        {"spread_ctr", 0, 1.5},
        {"spread_reach_views", 0, 1.5},
        {"spread_cvr", 0, 1},
        {"spread_fee", 0, 1.5},
        {"own_reach", 0, 1},
        {"own_ctr", 0, 1},
        {"own_cvr", 0, 1},
        {"creator_cost", 0, 200},
        {"other_share", 0, 0.5},
        {"discount", 0, 1},
        {"value_impression", 0, 0.1},
        {"value_like", 0, 1},
        {"value_comment", 0, 7},
        {"value_share", 0, 3},
        {"value_save", 0, 3},
        {"fulfilment", 0, 1},
        {"estimate_follower", 50, 200},
        {"estimate_views", 5, 40},
        {"estimate_views_tiktok", 5, 40},
    };
    scenario_init(scenario);
    for (size_t i = 0; i < COUNT_OF(ranges); i++)
        if (random_below(random, 2) == 0)
            set(random, scenario, ranges[i].key, ranges[i].low, ranges[i].high);
    for (size_t i = FORMAT_NONE + 1; i < FORMAT_COUNT; i++) {
        scenario->ctr[i] = random_below(random, 8) == 0 ? 1 : between(random, 0, 0.1);
        scenario->unique_share[i] = random_unit(random);
        scenario->reach[i].steps = random_below(random, 2) == 0;
        for (int k = 0; k < scenario->reach[i].count; k++)
            scenario->reach[i].rate[k] = between(random, 0.01, 1.2);
    }
    scenario->deliverables = 1 + (double)random_below(random, 5);
    scenario->fill = (double)random_below(random, 2);
    scenario->fill_cap = 1 + (double)random_below(random, 8);
    scenario->channels[0].roas = random_below(random, 3) == 0 ? between(random, 0, 5) : NAN;
    scenario->channels[0].cpm = random_below(random, 5) == 0 ? 0 : between(random, 1, 30);
    scenario->channels[0].incremental = random_unit(random);
}

struct plain_scenario plain_scenario_of(const struct scenario *scenario, enum format format,
                                        double money_left)
{
    const struct reach_curve *curve = scenario_reach(scenario, format);
    const struct channel *channel = &scenario->channels[0];
    struct plain_scenario plain = {
        .format = formats[format].word,
        .deliverables = scenario->deliverables,
        .budget = scenario->budget,
        .money_left = money_left,
        .fill = scenario->fill > 0,
        .fill_cap = scenario->fill_cap,
        .aov = scenario->aov,
        .margin = scenario->margin,
        .commission = scenario->commission,
        .incremental = scenario->incremental,
        .ctr = scenario->ctr[format],
        .cvr = scenario->cvr,
        .unique_share = scenario->unique_share[format],
        .steps = curve->steps,
        .anchors = curve->count,
        .headroom = scenario->headroom,
        .epsilon = scenario->epsilon,
        .clamp_low = scenario->clamp_low,
        .clamp_high = scenario->clamp_high,
        .typical_credibility = scenario->typical_credibility,
        .spread_reach = scenario->spread_reach,
        .spread_reach_views = scenario->spread_reach_views,
        .spread_ctr = scenario->spread_ctr,
        .spread_cvr = scenario->spread_cvr,
        .spread_fee = scenario->spread_fee,
        .own_reach = scenario->own_reach,
        .own_ctr = scenario->own_ctr,
        .own_cvr = scenario->own_cvr,
        .creator_cost = scenario->creator_cost,
        .other_share = scenario->other_share,
        .discount = scenario->discount,
        .fulfilment = scenario->fulfilment,
        .fee_per_10k_followers = scenario->estimate_follower,
        .fee_per_1k_views = format == FORMAT_TIKTOK_VIDEO ? scenario->estimate_views_tiktok
                                                          : scenario->estimate_views,
        .channel_cpm = channel->cpm,
        .channel_ctr = channel->ctr,
        .channel_cvr = channel->cvr,
        .channel_incremental = channel->incremental,
        .channel_roas = channel->roas,
        .value_impression = scenario->value_impression,
        .value_like = scenario->value_like,
        .value_comment = scenario->value_comment,
        .value_share = scenario->value_share,
        .value_save = scenario->value_save,
    };
    memcpy(plain.anchor, curve->from, sizeof plain.anchor);
    memcpy(plain.rate, curve->rate, sizeof plain.rate);
    return plain;
}

enum format planned_format(const struct plain_creator *creator)
{
    enum platform platform;
    enum format format;
    if (!platform_from_word(text_of(creator->platform), &platform))
        abort();
    return format_from_word(text_of(plain_format(creator)), platform, &format) ? format
                                                                               : FORMAT_NONE;
}

struct plain_scenario plain_scenario_for(const struct scenario *scenario,
                                         const struct plain_creator *creator, double money_left)
{
    return plain_scenario_of(scenario, planned_format(creator), money_left);
}
