#include "domain/forecast.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "domain/authenticity.h"
#include "domain/column.h"
#include "domain/currency.h"
#include "unknown_internal.h"
#include "why_internal.h"

/* A why is a path of steps; the steps of one figure are told once and shared by all paths. */
enum step {
    STEP_END,
    STEP_FOLLOWERS,
    STEP_REACH_RATE,
    STEP_BELIEVED,
    STEP_VIEWS,
    STEP_UNIQUE,
    STEP_REACH_POST,
    STEP_MARKET,
    STEP_REPEATS,
    STEP_POSTED,
    STEP_REACH,
    STEP_CLICK_RATE,
    STEP_RESPONSE,
    STEP_CLICKS,
    STEP_BUY_RATE,
    STEP_ORDERS,
    STEP_ORDER_VALUE,
    STEP_REVENUE,
    STEP_MARGIN,
    STEP_CONTRIBUTION,
    STEP_LESS_COST,
    STEP_PROFIT,
    STEP_ROI,

    STEP_COST,
    STEP_BY_COST,
    STEP_THOUSAND,
    STEP_BY_IMPRESSIONS,
    STEP_BY_REACH,
    STEP_BY_ENGAGEMENTS,
    STEP_BY_CLICKS,
    STEP_BY_ORDERS,
    STEP_BY_FOLLOWERS,
    STEP_BY_ORDER_VALUE,
    STEP_BY_MARGIN,
    STEP_ROAS,
    STEP_CPM,
    STEP_CPR,
    STEP_CPE,
    STEP_CPC,
    STEP_CPA,
    STEP_COMMISSION_RATE,
    STEP_COMMISSION,
    STEP_PER_FOLLOWER,
    STEP_ONE_SHOWN,
    STEP_POSTS,
    STEP_IMPRESSIONS,
    STEP_FROM_IMPRESSIONS,
    STEP_FREQUENCY,

    STEP_LIKES,
    STEP_COMMENTS,
    STEP_SHARES,
    STEP_SAVES,
    STEP_BY_BASE,
    STEP_ER,
    STEP_ER_STATED,
    STEP_FROM_ER,
    STEP_ER_EXPECTED,
    STEP_BY_EXPECTED,
    STEP_ER_INDEX,
    STEP_FROM_VIEWS,
    STEP_VIEW_RATE,
    STEP_BASE,
    STEP_ENGAGEMENTS,

    STEP_FEE,
    STEP_DELIVERABLES,
    STEP_PAID,
    STEP_OTHER,
    STEP_ONCE,
    STEP_COST_SUM,
    STEP_FULL_CONTRIBUTION,
    STEP_LESS_ONCE,
    STEP_BY_POSTS,
    STEP_BY_OTHER,
    STEP_BREAKEVEN_FEE,
    STEP_BREAKEVEN_CVR,
    STEP_UNIT,
    STEP_BREAKEVEN_ROAS,
    STEP_BREAKEVEN_ORDERS,
    STEP_FROM_ROI,
    STEP_CHANNEL,
    STEP_AGAINST_CHANNEL,
    STEP_LOW,
    STEP_MIDDLE,
    STEP_HIGH,
    STEP_ROI_P10,
    STEP_ROI_P50,
    STEP_ROI_P90,
    STEP_MONEY_LEFT,
    STEP_LESS_FIRST,
    STEP_BY_ONE,
    STEP_AFFORDABLE,
    STEP_VIEWS_WORTH,
    STEP_LIKES_WORTH,
    STEP_COMMENTS_WORTH,
    STEP_SHARES_WORTH,
    STEP_SAVES_WORTH,
    STEP_MEDIA_VALUE,
    STEP_COUNT
};

static const struct why_step steps[STEP_COUNT] = {
    [STEP_FOLLOWERS] = {' ', "followers", UNIT_COUNT, offsetof(struct why, followers),
                        tell_followers, CASE_FOLLOWERS},
    [STEP_REACH_RATE] = {'x', "reach rate", UNIT_SHARE, offsetof(struct why, reach_rate),
                         tell_reach_rate, CASE_FOLLOWERS},
    [STEP_BELIEVED] = {'x', "believed real", UNIT_SHARE, offsetof(struct why, believed),
                       tell_believed, CASE_FOLLOWERS},
    [STEP_VIEWS] = {' ', "views", UNIT_AVERAGE, offsetof(struct why, views), tell_counts,
                    CASE_VIEWS},
    [STEP_UNIQUE] = {'x', "unique viewers", UNIT_SHARE, offsetof(struct why, unique), tell_unique,
                     CASE_VIEWS},
    [STEP_REACH_POST] = {' ', "reach of a post", UNIT_AVERAGE, offsetof(struct why, reach_post),
                         tell_counts, CASE_IMPORTED},
    [STEP_MARKET] = {'x', "in your market", UNIT_SHARE, offsetof(struct why, market),
                     tell_followers, CASE_MARKET},
    [STEP_REPEATS] = {'x', "posts, each once", UNIT_RATIO, offsetof(struct why, repeats),
                      tell_repeats, CASE_MANY},
    [STEP_POSTED] = {'x', "gifts that post", UNIT_SHARE, 0, NULL, CASE_GIFTED,
                     offsetof(struct scenario, fulfilment)},
    [STEP_REACH] = {'=', "people reached", UNIT_ESTIMATE, offsetof(struct why, figures.reach),
                    tell_reach},
    [STEP_CLICK_RATE] = {'x', "click rate", UNIT_SHARE, offsetof(struct why, click_rate),
                         tell_click_rate},
    [STEP_RESPONSE] = {'x', "ER vs peers", UNIT_RATIO, offsetof(struct why, response),
                       tell_response},
    [STEP_CLICKS] = {'=', "clicks", UNIT_ESTIMATE, offsetof(struct why, figures.clicks)},
    [STEP_BUY_RATE] = {'x', "buy rate", UNIT_SHARE, 0, NULL, 0, offsetof(struct scenario, cvr)},
    [STEP_ORDERS] = {'=', "orders", UNIT_ESTIMATE, offsetof(struct why, figures.orders)},
    [STEP_ORDER_VALUE] = {'x', "order value", UNIT_UNIT_COST, 0, NULL, 0,
                          offsetof(struct scenario, aov), true},
    [STEP_REVENUE] = {'=', "revenue", UNIT_MONEY, offsetof(struct why, figures.revenue)},
    [STEP_MARGIN] = {'x', "margin", UNIT_SHARE, offsetof(struct why, kept), tell_margin},
    [STEP_CONTRIBUTION] = {'=', "contribution", UNIT_MONEY,
                           offsetof(struct why, figures.contribution)},
    [STEP_LESS_COST] = {'-', "cost", UNIT_MONEY, offsetof(struct why, figures.cost), tell_cost},
    [STEP_PROFIT] = {'=', "profit", UNIT_PROFIT, offsetof(struct why, figures.profit)},
    [STEP_ROI] = {'/', "cost = ROI", UNIT_ROI, offsetof(struct why, figures.roi), tell_roi},

    [STEP_COST] = {' ', "cost", UNIT_MONEY, offsetof(struct why, figures.cost), tell_cost},
    [STEP_BY_COST] = {'/', "cost", UNIT_MONEY, offsetof(struct why, figures.cost), tell_cost},
    [STEP_THOUSAND] = {'x', "thousand", UNIT_COUNT, offsetof(struct why, thousand)},
    [STEP_BY_IMPRESSIONS] = {'/', "impressions", UNIT_ESTIMATE,
                             offsetof(struct why, figures.impressions)},
    [STEP_BY_REACH] = {'/', "people reached", UNIT_ESTIMATE, offsetof(struct why, figures.reach),
                       tell_reach},
    [STEP_BY_ENGAGEMENTS] = {'/', "engagements", UNIT_ESTIMATE,
                             offsetof(struct why, figures.engagements), tell_engagements},
    [STEP_BY_CLICKS] = {'/', "clicks", UNIT_ESTIMATE, offsetof(struct why, figures.clicks)},
    [STEP_BY_ORDERS] = {'/', "orders", UNIT_ESTIMATE, offsetof(struct why, figures.orders)},
    [STEP_BY_FOLLOWERS] = {'/', "followers", UNIT_COUNT, offsetof(struct why, followers),
                           tell_followers},
    [STEP_BY_ORDER_VALUE] = {'/', "order value", UNIT_UNIT_COST, 0, NULL, 0,
                             offsetof(struct scenario, aov), true},
    [STEP_BY_MARGIN] = {'/', "margin", UNIT_SHARE, offsetof(struct why, kept), tell_margin},
    [STEP_ROAS] = {'=', "ROAS", UNIT_RATIO, offsetof(struct why, figures.roas), tell_roi},
    [STEP_CPM] = {'=', "CPM", UNIT_UNIT_COST, offsetof(struct why, figures.cpm)},
    [STEP_CPR] = {'=', "cost per 1k reached", UNIT_UNIT_COST, offsetof(struct why, figures.cpr)},
    [STEP_CPE] = {'=', "cost per eng.", UNIT_UNIT_COST, offsetof(struct why, figures.cpe)},
    [STEP_CPC] = {'=', "cost per click", UNIT_UNIT_COST, offsetof(struct why, figures.cpc)},
    [STEP_CPA] = {'=', "cost per order", UNIT_UNIT_COST, offsetof(struct why, figures.cpa)},
    [STEP_COMMISSION_RATE] = {'x', "commission", UNIT_SHARE, 0, NULL, 0,
                              offsetof(struct scenario, commission)},
    [STEP_COMMISSION] = {'=', "commission", UNIT_MONEY, offsetof(struct why, figures.commission)},
    [STEP_PER_FOLLOWER] = {'=', "revenue per follower", UNIT_UNIT_COST,
                           offsetof(struct why, figures.revenue_per_follower)},
    [STEP_ONE_SHOWN] = {' ', "contacts of a post", UNIT_ESTIMATE, offsetof(struct why, one_shown),
                        tell_counts},
    [STEP_POSTS] = {'x', "posts", UNIT_COUNT, offsetof(struct why, figures.deliverables),
                    tell_deliverables},
    [STEP_IMPRESSIONS] = {'=', "impressions", UNIT_ESTIMATE,
                          offsetof(struct why, figures.impressions)},
    [STEP_FROM_IMPRESSIONS] = {' ', "impressions", UNIT_ESTIMATE,
                               offsetof(struct why, figures.impressions)},
    [STEP_FREQUENCY] = {'=', "frequency", UNIT_RATIO, offsetof(struct why, figures.frequency)},

    [STEP_LIKES] = {' ', "likes", UNIT_AVERAGE, offsetof(struct why, likes), tell_counts,
                    CASE_COUNTED},
    [STEP_COMMENTS] = {'+', "comments", UNIT_AVERAGE, offsetof(struct why, comments), NULL,
                       CASE_COUNTED},
    [STEP_SHARES] = {'+', "shares", UNIT_AVERAGE, offsetof(struct why, shares), NULL, CASE_SHARES},
    [STEP_SAVES] = {'+', "saves", UNIT_AVERAGE, offsetof(struct why, saves), NULL, CASE_SAVES},
    [STEP_BY_BASE] = {'/', "of", UNIT_AVERAGE, offsetof(struct why, engagement_base), tell_base,
                      CASE_COUNTED},
    [STEP_ER] = {'=', "ER", UNIT_SHARE, offsetof(struct why, figures.er), tell_er, CASE_COUNTED},
    [STEP_ER_STATED] = {' ', "ER", UNIT_SHARE, offsetof(struct why, figures.er), tell_er,
                        CASE_STATED},
    [STEP_FROM_ER] = {' ', "ER", UNIT_SHARE, offsetof(struct why, figures.er), tell_er},
    [STEP_ER_EXPECTED] = {' ', "expected ER", UNIT_SHARE, offsetof(struct why, figures.er_expected),
                          tell_er_expected},
    [STEP_BY_EXPECTED] = {'/', "expected ER", UNIT_SHARE, offsetof(struct why, figures.er_expected),
                          tell_er_expected},
    [STEP_ER_INDEX] = {'=', "ER vs peers", UNIT_RATIO, offsetof(struct why, figures.er_index)},
    [STEP_FROM_VIEWS] = {' ', "views", UNIT_AVERAGE, offsetof(struct why, views), tell_counts},
    [STEP_VIEW_RATE] = {'=', "view rate", UNIT_SHARE, offsetof(struct why, figures.view_rate)},
    [STEP_BASE] = {'x', "of", UNIT_AVERAGE, offsetof(struct why, engagement_base), tell_base},
    [STEP_ENGAGEMENTS] = {'=', "engagements", UNIT_ESTIMATE,
                          offsetof(struct why, figures.engagements), tell_engagements},

    [STEP_FEE] = {' ', "fee", UNIT_MONEY, offsetof(struct why, figures.fee), tell_fee},
    [STEP_DELIVERABLES] = {' ', "posts", UNIT_COUNT, offsetof(struct why, figures.deliverables),
                           tell_deliverables},
    [STEP_PAID] = {'x', "after discount", UNIT_SHARE, offsetof(struct why, paid), NULL,
                   CASE_DISCOUNT},
    [STEP_OTHER] = {'x', "with other cost", UNIT_SHARE, offsetof(struct why, other), NULL,
                    CASE_OTHER},
    [STEP_ONCE] = {'+', "per creator", UNIT_UNIT_COST, 0, NULL, CASE_ONCE,
                   offsetof(struct scenario, creator_cost), true},
    [STEP_COST_SUM] = {'=', "cost", UNIT_MONEY, offsetof(struct why, figures.cost)},
    [STEP_FULL_CONTRIBUTION] = {' ', "contribution", UNIT_MONEY,
                                offsetof(struct why, full_contribution), tell_full_contribution},
    [STEP_LESS_ONCE] = {'-', "per creator", UNIT_UNIT_COST, 0, NULL, CASE_ONCE,
                        offsetof(struct scenario, creator_cost), true},
    [STEP_BY_POSTS] = {'/', "posts", UNIT_COUNT, offsetof(struct why, figures.deliverables),
                       tell_deliverables},
    [STEP_BY_OTHER] = {'/', "with other cost", UNIT_SHARE, offsetof(struct why, other), NULL,
                       CASE_OTHER},
    [STEP_BREAKEVEN_FEE] = {'=', "break-even fee", UNIT_MONEY,
                            offsetof(struct why, figures.breakeven_fee), tell_breakeven},
    [STEP_BREAKEVEN_CVR] = {'=', "break-even buy rate", UNIT_SHARE,
                            offsetof(struct why, figures.breakeven_cvr), tell_breakeven},
    [STEP_UNIT] = {' ', "one", UNIT_COUNT, offsetof(struct why, unit)},
    [STEP_BREAKEVEN_ROAS] = {'=', "break-even ROAS", UNIT_RATIO,
                             offsetof(struct why, figures.breakeven_roas), tell_breakeven},
    [STEP_BREAKEVEN_ORDERS] = {'=', "break-even orders", UNIT_COUNT,
                               offsetof(struct why, figures.breakeven_orders), tell_breakeven},
    [STEP_FROM_ROI] = {' ', "ROI", UNIT_ROI, offsetof(struct why, figures.roi), tell_roi},
    [STEP_CHANNEL] = {'-', "same money there", UNIT_ROI, offsetof(struct why, figures.baseline_roi),
                      tell_channel},
    [STEP_AGAINST_CHANNEL] = {'=', "ROI against it", UNIT_ROI,
                              offsetof(struct why, figures.roi_vs_baseline)},
    [STEP_LOW] = {'x', "bad luck", UNIT_RATIO, offsetof(struct why, p10), tell_range},
    [STEP_MIDDLE] = {'x', "middle luck", UNIT_RATIO, offsetof(struct why, p50), tell_range},
    [STEP_HIGH] = {'x', "good luck", UNIT_RATIO, offsetof(struct why, p90), tell_range},
    [STEP_ROI_P10] = {'/', "cost = ROI", UNIT_ROI, offsetof(struct why, figures.roi_p10), tell_roi},
    [STEP_ROI_P50] = {'/', "cost = ROI", UNIT_ROI, offsetof(struct why, figures.roi_p50), tell_roi},
    [STEP_ROI_P90] = {'/', "cost = ROI", UNIT_ROI, offsetof(struct why, figures.roi_p90), tell_roi},
    [STEP_MONEY_LEFT] = {' ', "money left", UNIT_MONEY, offsetof(struct why, money_left), NULL, 0,
                         0, true},
    [STEP_LESS_FIRST] = {'-', "per creator", UNIT_UNIT_COST, 0, NULL, CASE_FIRST,
                         offsetof(struct scenario, creator_cost), true},
    [STEP_BY_ONE] = {'/', "cost of one more", UNIT_MONEY, offsetof(struct why, cost_of_one),
                     tell_cost},
    [STEP_AFFORDABLE] = {'=', "more affordable", UNIT_COUNT,
                         offsetof(struct why, figures.affordable)},
    [STEP_VIEWS_WORTH] = {'+', "impressions", UNIT_UNIT_COST, offsetof(struct why, emv_views),
                          tell_views_worth, CASE_WORTH_VIEW},
    [STEP_LIKES_WORTH] = {'+', "likes", UNIT_UNIT_COST, offsetof(struct why, emv_likes),
                          tell_likes_worth, CASE_WORTH_LIKE},
    [STEP_COMMENTS_WORTH] = {'+', "comments", UNIT_UNIT_COST, offsetof(struct why, emv_comments),
                             tell_comments_worth, CASE_WORTH_COMMENT},
    [STEP_SHARES_WORTH] = {'+', "shares", UNIT_UNIT_COST, offsetof(struct why, emv_shares),
                           tell_shares_worth, CASE_WORTH_SHARE},
    [STEP_SAVES_WORTH] = {'+', "saves", UNIT_UNIT_COST, offsetof(struct why, emv_saves),
                          tell_saves_worth, CASE_WORTH_SAVE},
    [STEP_MEDIA_VALUE] = {'=', "media value", UNIT_MONEY, offsetof(struct why, figures.emv),
                          tell_media_value},
};

/* How a column comes about: the funnel from the facts to `through`, then the tail. */
struct path {
    enum step through; /* STEP_END: no funnel */
    enum step tail[8];
};

static const struct path paths[COLUMN_COUNT] = {
    [COL_VIEW_RATE] = {STEP_END, {STEP_FROM_VIEWS, STEP_BY_FOLLOWERS, STEP_VIEW_RATE}},
    [COL_ER] = {STEP_END,
                {STEP_LIKES, STEP_COMMENTS, STEP_SHARES, STEP_SAVES, STEP_BY_BASE, STEP_ER,
                 STEP_ER_STATED}},
    [COL_ER_EXPECTED] = {STEP_END, {STEP_ER_EXPECTED}},
    [COL_ER_INDEX] = {STEP_END, {STEP_FROM_ER, STEP_BY_EXPECTED, STEP_ER_INDEX}},
    [COL_FEE] = {STEP_END, {STEP_FEE}},
    [COL_DELIVERABLES] = {STEP_END, {STEP_DELIVERABLES}},
    [COL_AFFORDABLE] = {STEP_END, {STEP_MONEY_LEFT, STEP_LESS_FIRST, STEP_BY_ONE, STEP_AFFORDABLE}},
    [COL_REACH] = {STEP_REACH},
    [COL_IMPRESSIONS] = {STEP_END, {STEP_ONE_SHOWN, STEP_POSTS, STEP_POSTED, STEP_IMPRESSIONS}},
    [COL_ENGAGEMENTS] = {STEP_END,
                         {STEP_FROM_ER, STEP_BASE, STEP_POSTS, STEP_POSTED, STEP_ENGAGEMENTS}},
    [COL_CLICKS] = {STEP_CLICKS},
    [COL_ORDERS] = {STEP_ORDERS},
    [COL_REVENUE] = {STEP_REVENUE},
    [COL_COST] = {STEP_END,
                  {STEP_FEE, STEP_POSTS, STEP_PAID, STEP_OTHER, STEP_ONCE, STEP_COST_SUM}},
    [COL_CONTRIBUTION] = {STEP_CONTRIBUTION},
    [COL_PROFIT] = {STEP_PROFIT},
    [COL_COMMISSION] = {STEP_REVENUE, {STEP_COMMISSION_RATE, STEP_COMMISSION}},
    [COL_ROI] = {STEP_ROI},
    [COL_ROI_P10] = {STEP_REVENUE, {STEP_LOW, STEP_MARGIN, STEP_LESS_COST, STEP_ROI_P10}},
    [COL_ROI_P50] = {STEP_REVENUE, {STEP_MIDDLE, STEP_MARGIN, STEP_LESS_COST, STEP_ROI_P50}},
    [COL_ROI_P90] = {STEP_REVENUE, {STEP_HIGH, STEP_MARGIN, STEP_LESS_COST, STEP_ROI_P90}},
    [COL_ROAS] = {STEP_REVENUE, {STEP_BY_COST, STEP_ROAS}},
    [COL_CPM] = {STEP_END, {STEP_COST, STEP_THOUSAND, STEP_BY_IMPRESSIONS, STEP_CPM}},
    [COL_CPR] = {STEP_END, {STEP_COST, STEP_THOUSAND, STEP_BY_REACH, STEP_CPR}},
    [COL_CPE] = {STEP_END, {STEP_COST, STEP_BY_ENGAGEMENTS, STEP_CPE}},
    [COL_CPC] = {STEP_END, {STEP_COST, STEP_BY_CLICKS, STEP_CPC}},
    [COL_CPA] = {STEP_END, {STEP_COST, STEP_BY_ORDERS, STEP_CPA}},
    [COL_BREAKEVEN_FEE] = {STEP_END,
                           {STEP_FULL_CONTRIBUTION, STEP_LESS_ONCE, STEP_BY_POSTS, STEP_BY_OTHER,
                            STEP_BREAKEVEN_FEE}},
    [COL_BREAKEVEN_CVR] = {STEP_END,
                           {STEP_COST, STEP_BY_CLICKS, STEP_BY_ORDER_VALUE, STEP_BY_MARGIN,
                            STEP_BREAKEVEN_CVR}},
    [COL_BREAKEVEN_ROAS] = {STEP_END, {STEP_UNIT, STEP_BY_MARGIN, STEP_BREAKEVEN_ROAS}},
    [COL_BREAKEVEN_ORDERS] = {STEP_END,
                              {STEP_COST, STEP_BY_ORDER_VALUE, STEP_BY_MARGIN,
                               STEP_BREAKEVEN_ORDERS}},
    [COL_REVENUE_PER_FOLLOWER] = {STEP_REVENUE, {STEP_BY_FOLLOWERS, STEP_PER_FOLLOWER}},
    [COL_FREQUENCY] = {STEP_END, {STEP_FROM_IMPRESSIONS, STEP_BY_REACH, STEP_FREQUENCY}},
    [COL_ROI_VS_BASELINE] = {STEP_END, {STEP_FROM_ROI, STEP_CHANNEL, STEP_AGAINST_CHANNEL}},
    [COL_EMV] = {STEP_END,
                 {STEP_VIEWS_WORTH, STEP_LIKES_WORTH, STEP_COMMENTS_WORTH, STEP_SHARES_WORTH,
                  STEP_SAVES_WORTH, STEP_MEDIA_VALUE}},
};

/* Columns that are a fact and nothing more. */
struct fact {
    size_t cells; /* offset in struct facts; 0: not one of them */
    size_t seen;  /* … of when it was last seen; 0: not dated */
};

static const struct fact facts_told[COLUMN_COUNT] = {
    [COL_FOLLOWERS] = {offsetof(struct facts, followers), offsetof(struct facts, audience_at)},
    [COL_FOLLOWING] = {offsetof(struct facts, following), offsetof(struct facts, audience_at)},
    [COL_POSTS] = {offsetof(struct facts, posts), offsetof(struct facts, audience_at)},
    [COL_CREDIBILITY] = {offsetof(struct facts, credibility), offsetof(struct facts, audience_at)},
    [COL_AUDIENCE_MARKET] = {offsetof(struct facts, audience_market),
                             offsetof(struct facts, audience_at)},
    [COL_LIKES] = {offsetof(struct facts, likes), offsetof(struct facts, engagement_at)},
    [COL_COMMENTS] = {offsetof(struct facts, comments), offsetof(struct facts, engagement_at)},
    [COL_SHARES] = {offsetof(struct facts, shares), offsetof(struct facts, engagement_at)},
    [COL_SAVES] = {offsetof(struct facts, saves), offsetof(struct facts, engagement_at)},
    [COL_VIEWS] = {offsetof(struct facts, views), offsetof(struct facts, engagement_at)},
    [COL_REACH_POST] = {offsetof(struct facts, reach_post), offsetof(struct facts, engagement_at)},
    [COL_SAMPLE] = {offsetof(struct facts, sample), offsetof(struct facts, engagement_at)},
    [COL_WINDOW] = {offsetof(struct facts, window), offsetof(struct facts, engagement_at)},
    [COL_AUDIENCE_AT] = {offsetof(struct facts, audience_at), 0},
    [COL_ENGAGEMENT_AT] = {offsetof(struct facts, engagement_at), 0},
    [COL_FEE_AT] = {offsetof(struct facts, fee_at), 0},
};

static unsigned cases_of(const struct why *why, const struct scenario *scenario)
{
    const struct figures *figures = &why->figures;
    const struct platform_row *platform = &platforms[why->facts->platform[why->row]];
    bool stated = figures->marks & MARK_ER_STATED;
    unsigned reach = figures->marks & MARK_REACH_IMPORTED ? CASE_IMPORTED
                     : formats[figures->format].by_views  ? CASE_VIEWS
                                                          : CASE_FOLLOWERS;
    return reach | (isnan(why->market) ? 0u : CASE_MARKET) |
           (figures->deliverables == 1 ? 0u : CASE_MANY) |
           (figures->marks & MARK_GIFTED ? CASE_GIFTED : 0u) |
           (stated ? CASE_STATED : CASE_COUNTED) |
           (!stated && platform->counts_shares ? CASE_SHARES : 0u) |
           (!stated && platform->counts_saves ? CASE_SAVES : 0u) |
           (scenario->discount > 0 ? CASE_DISCOUNT : 0u) |
           (scenario->other_share > 0 ? CASE_OTHER : 0u) |
           (scenario->creator_cost > 0 && figures->deliverables >= 1 ? CASE_ONCE : 0u) |
           (cells_number(&why->facts->planned, why->row) > 0 ? 0u : CASE_FIRST) |
           (isnan(scenario->value_impression) ? 0u : CASE_WORTH_VIEW) |
           (isnan(scenario->value_like) ? 0u : CASE_WORTH_LIKE) |
           (isnan(scenario->value_comment) ? 0u : CASE_WORTH_COMMENT) |
           (isnan(scenario->value_share) ? 0u : CASE_WORTH_SHARE) |
           (isnan(scenario->value_save) ? 0u : CASE_WORTH_SAVE);
}

static double base_of(const struct why *why)
{
    enum er_basis basis = why->figures.basis;
    if (basis == BASIS_NONE && !isnan(why->figures.er))
        return NAN; /* stated, and nobody said of what */
    if (basis == BASIS_NONE)
        basis = platforms[why->facts->platform[why->row]].basis;
    return basis == BASIS_VIEWS   ? why->views
           : basis == BASIS_REACH ? why->figures.reach_one
                                  : why->followers;
}

/* As in the forecast: what is worth nothing is so however often it comes. */
static double worth_of(double count, double each)
{
    return each == 0 ? 0 : count * each;
}

static void media_numbers(struct why *why, double posted)
{
    const struct scenario *scenario = why->assumptions->scenario;
    bool counted = formats[why->figures.format].engagements;
    double posts = counted ? posted * why->figures.deliverables : (double)NAN;

    why->emv_views = worth_of(why->figures.impressions, scenario->value_impression);
    why->emv_likes = worth_of(posts * why->likes, scenario->value_like);
    why->emv_comments = worth_of(posts * why->comments, scenario->value_comment);
    why->emv_shares = worth_of(posts * why->shares, scenario->value_share);
    why->emv_saves = worth_of(posts * why->saves, scenario->value_save);
}

/* The numbers on the way that are no figures of their own. */
static void why_numbers(struct why *why)
{
    const struct scenario *scenario = why->assumptions->scenario;
    const struct figures *figures = &why->figures;
    double ctr = scenario->ctr[figures->format];
    double posted = figures->marks & MARK_GIFTED ? scenario->fulfilment : 1;
    double back = ratio(figures->contribution, figures->cost);

    why->reach_rate = reach_curve_at(scenario_reach(scenario, figures->format), why->followers);
    why->believed = ratio(figures->credible_followers, why->followers);
    why->unique = scenario->unique_share[figures->format];
    why->repeats = ratio(ratio(figures->reach, posted), figures->reach_one);
    why->one_shown = formats[figures->format].by_views ? why->views : figures->reach_one;
    why->click_rate = figures->format == FORMAT_NONE ? NAN : ctr;
    why->response = ctr * figures->response_factor > 1 ? 1 / ctr : figures->response_factor;
    why->kept = scenario->incremental * scenario->margin - scenario->commission;
    why->engagement_base = base_of(why);
    why->full_contribution = ratio(figures->contribution, posted);
    why->paid = 1 - scenario->discount;
    why->other = 1 + scenario->other_share;
    why->cost_of_one = figures->fee * why->paid * why->other;
    media_numbers(why, posted);
    why->p10 = ratio(1 + figures->roi_p10, back);
    why->p50 = ratio(1 + figures->roi_p50, back);
    why->p90 = ratio(1 + figures->roi_p90, back);
}

static void why_init(struct why *why, const struct facts *facts,
                     const struct assumptions *assumptions, size_t row)
{
    *why = (struct why){
        .facts = facts,
        .assumptions = assumptions,
        .row = row,
        .followers = fact_count(&facts->followers, row),
        .views = fact_count(&facts->views, row),
        .likes = fact_count(&facts->likes, row),
        .comments = fact_count(&facts->comments, row),
        .shares = fact_count(&facts->shares, row),
        .saves = fact_count(&facts->saves, row),
        .reach_post = fact_count(&facts->reach_post, row),
        .market = fact_count(&facts->audience_market, row),
        .money_left = assumptions->money_left,
        .thousand = 1000,
        .unit = 1,
    };
    forecast(facts, assumptions, row, &why->figures);
    why->expectation = peers_expect(assumptions->peers, assumptions->benchmarks,
                                    facts->platform[row], why->figures.basis, why->followers);
    why_numbers(why);
    why->cases = cases_of(why, assumptions->scenario);
}

static double number_at(const void *base, size_t offset)
{
    return *(const double *)((const char *)base + offset);
}

static int add_step(const struct why *why, enum step which, struct why_line *lines, int count)
{
    const struct why_step *step = &steps[which];
    if ((step->when & why->cases) != step->when)
        return count;
    assert(count < WHY_MOST);
    const struct scenario *scenario = why->assumptions->scenario;
    struct why_line *line = &lines[count];
    char sign = step->sign == '+' && count == 0 ? ' ' : step->sign; /* nothing to add to */
    *line = (struct why_line){.sign = sign, .unit = step->unit};
    snprintf(line->title, sizeof line->title, "%s%s%s", step->title, step->money ? " " : "",
             step->money ? currencies[scenario->currency].code : "");
    if (step->assumption > 0) {
        line->value = number_at(scenario, step->assumption);
        tell_assumption(why, step->assumption, line);
    } else {
        line->value = number_at(why, step->value);
    }
    if (step->tell)
        step->tell(why, line);
    return count + 1;
}

static int add_fact(const struct why *why, enum column column, struct why_line *line)
{
    const struct fact *fact = &facts_told[column];
    if (fact->cells == 0)
        return 0;
    const char *base = (const char *)why->facts;
    *line = (struct why_line){
        .sign = ' ',
        .value = cells_number((const struct cells *)(base + fact->cells), why->row),
        .unit = columns[column].unit,
    };
    snprintf(line->title, sizeof line->title, "%s", columns[column].title);
    if (fact->seen > 0)
        tell_seen(why, fact->seen, line);
    return 1;
}

int forecast_why(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                 enum column column, struct why_line lines[WHY_MOST])
{
    const struct path *path = &paths[column];
    struct why why;
    why_init(&why, facts, assumptions, row);
    if (columns[column].group == GROUP_TRUST)
        return authenticity_why(facts, assumptions, row, &why.figures, column, lines);
    int count = 0;
    for (enum step step = STEP_FOLLOWERS; step <= path->through; step++)
        count = add_step(&why, step, lines, count);
    for (size_t i = 0; i < COUNT_OF(path->tail) && path->tail[i] != STEP_END; i++)
        count = add_step(&why, path->tail[i], lines, count);
    return count > 0 ? count : add_fact(&why, column, lines);
}
