#include <stddef.h>

#include "domain/column.h"
#include "domain/forecast.h"

/* The registry itself. A help text says what the figure is, how it is worked out and where a
 * default comes from, in the words of the screen: it is the glossary and the manual too. Better is
 * more or less only where every marketer would agree; size, frequency and dates have no winner. */

/* clang-format off */
const struct column_row columns[COLUMN_COUNT] = {
    [COL_PLATFORM] = {
        .key = "platform", .title = "Platform", .also = "network", .unit = UNIT_WORD,
        .group = GROUP_IDENTITY, .stored = true, .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "The network the account is on: instagram, tiktok, youtube, x, twitch, "
                "facebook, linkedin, pinterest or other. Platform and handle together tell "
                "accounts apart.",
    },
    [COL_HANDLE] = {
        .key = "handle", .title = "Creator", .also = "creator|username|account", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "The name of the account on its platform, shown as written. Handles compare "
                "without case and without @; a YouTube channel id compares exactly.",
    },
    [COL_NAME] = {
        .key = "name", .title = "Name", .also = "display_name|full_name", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "The name the creator shows beside the handle, as the imported list has it.",
    },
    [COL_PERSON] = {
        .key = "person", .title = "Person", .also = "owner", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "Who stands behind the account. Accounts with the same person are one creator "
                "on several platforms, so their audiences overlap more than chance would have "
                "it.",
    },
    [COL_COUNTRY] = {
        .key = "country", .title = "Country", .also = "location", .unit = UNIT_WORD,
        .group = GROUP_IDENTITY, .stored = true, .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "Where the creator lives, as ISO 3166 code (DE, FR, US). It says nothing about "
                "where the audience lives: see In your market.",
    },
    [COL_LANGUAGE] = {
        .key = "language", .title = "Language", .also = "lang", .unit = UNIT_WORD,
        .group = GROUP_IDENTITY, .stored = true, .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "The language the creator posts in, as the imported list has it.",
    },
    [COL_EMAIL] = {
        .key = "email", .title = "Email", .also = "mail|contact", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "The mail address for enquiries, as the imported list has it.",
    },
    [COL_URL] = {
        .key = "url", .title = "Link", .also = "link|profile", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "The link to the profile, as the imported list has it.",
    },
    [COL_BIO] = {
        .key = "bio", .title = "Bio", .also = "about|description", .unit = UNIT_TEXT,
        .group = GROUP_IDENTITY, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "What the creator says about the account. Plain words in a filter look here, in "
                "the handle and in the name.",
    },
    [COL_NICHE] = {
        .key = "niche", .title = "Niche", .also = "niches|topic|category", .unit = UNIT_SET,
        .group = GROUP_TOPIC, .stored = true, .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "What the account is about: any number of words, such as beauty or skincare. A "
                "filter on several niches finds creators with at least one of them.",
    },
    [COL_TAG] = {
        .key = "tag", .title = "Tag", .also = "tags|label", .unit = UNIT_SET, .group = GROUP_TOPIC,
        .stored = true, .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "Words of your own about the creator, and those the imported list brought "
                "along.",
    },
    [COL_FOLLOWERS] = {
        .key = "followers", .title = "Followers", .also = "subscribers|subs|fans",
        .unit = UNIT_COUNT, .group = GROUP_AUDIENCE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many accounts follow this one; subscribers on YouTube. More is not better "
                "by itself: it costs more and, on Instagram, engages less. Fresh for 7 days "
                "after Audience seen.",
    },
    [COL_FOLLOWING] = {
        .key = "following", .title = "Following", .also = "follows", .unit = UNIT_COUNT,
        .group = GROUP_AUDIENCE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many accounts this one follows. Thousands on Instagram or TikTok hint at "
                "follow-for-follow.",
    },
    [COL_POSTS] = {
        .key = "posts", .title = "Posts", .also = "media_count", .unit = UNIT_COUNT,
        .group = GROUP_AUDIENCE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many posts the account has published so far.",
    },
    [COL_CREDIBILITY] = {
        .key = "credibility", .title = "Believed real", .also = "real|real_followers",
        .unit = UNIT_SHARE, .group = GROUP_AUDIENCE, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Share of the followers that an audience check believes to be real people, "
                "imported. People reached counts min(1, share / 80%) of the followers, since "
                "80% is typical (assumption: up to 25% of odd followers is normal); unknown "
                "counts as all. Under 75% is often bought.",
    },
    [COL_AUDIENCE_MARKET] = {
        .key = "audience_market", .title = "In your market", .also = "market", .unit = UNIT_SHARE,
        .group = GROUP_AUDIENCE, .better = BETTER_MORE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "Share of the audience that lives where you sell, imported. It multiplies the "
                "reach of a post; unknown counts as all, which flatters.",
    },
    [COL_GROWTH_30D] = {
        .key = "growth_30d", .title = "Growth 30 d", .also = "growth", .unit = UNIT_GROWTH,
        .group = GROUP_AUDIENCE, .better = BETTER_MORE, .stored = true, .kept = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Followers when last seen / followers 30 days before - 1, from the dated past of "
                "the audience; between two dates they are taken to change evenly. Unknown where "
                "the past is shorter. A list imported again with a date adds to it.",
    },
    [COL_GROWTH_90D] = {
        .key = "growth_90d", .title = "Growth 90 d", .unit = UNIT_GROWTH,
        .group = GROUP_AUDIENCE, .better = BETTER_MORE, .stored = true, .kept = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Followers when last seen / followers 90 days before - 1, as Growth 30 d.",
    },
    [COL_JUMP] = {
        .key = "jump", .title = "Sudden change", .also = "sudden|spike", .unit = UNIT_RATIO,
        .group = GROUP_AUDIENCE, .stored = true, .kept = true, .figure = COLUMN_NO_FIGURE,
        .help = "How far the most sudden change of the followers lies from the usual one: largest "
                "abs(g - median g) / max(median distance, 0.0005), g = ln(followers / those "
                "before) / days. Above 6 is out of the ordinary, 20 and more hints at bought "
                "followers, or at one post that all the world saw. It takes 8 days of the past.",
    },
    [COL_LIKES] = {
        .key = "likes", .title = "Likes a post", .also = "avg_likes", .unit = UNIT_AVERAGE,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Likes of an average post in the sample. Hidden likes are unknown, and so is "
                "the ER then.",
    },
    [COL_COMMENTS] = {
        .key = "comments", .title = "Comments", .also = "avg_comments", .unit = UNIT_AVERAGE,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Comments on an average post in the sample.",
    },
    [COL_SHARES] = {
        .key = "shares", .title = "Shares a post", .also = "avg_shares|reposts|retweets",
        .unit = UNIT_AVERAGE, .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Shares or reposts of an average post in the sample. They count towards the ER "
                "on TikTok, X, Facebook and LinkedIn.",
    },
    [COL_SAVES] = {
        .key = "saves", .title = "Saves a post", .also = "avg_saves|bookmarks",
        .unit = UNIT_AVERAGE, .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Saves of an average post in the sample. They count towards the ER on "
                "Pinterest.",
    },
    [COL_VIEWS] = {
        .key = "views", .title = "Views a post", .also = "avg_views|plays", .unit = UNIT_AVERAGE,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Views of an average video in the sample, a few seconds or more by the "
                "platform's own rule. Reach on TikTok, YouTube and Twitch, and of reels, comes "
                "from here.",
    },
    [COL_VIEW_RATE] = {
        .key = "view_rate", .title = "View rate", .unit = UNIT_SHARE, .group = GROUP_ENGAGEMENT,
        .better = BETTER_MORE, .figure = offsetof(struct figures, view_rate),
        .help = "Views a post / followers: how far a video goes for the size of the account. "
                "Above 100% it reaches beyond the followers.",
    },
    [COL_REACH_POST] = {
        .key = "reach_post", .title = "Reach a post", .also = "post_reach", .unit = UNIT_AVERAGE,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "People who see an average post, imported from the creator's own statistics. "
                "Where it is known it replaces the estimate of the reach of one post.",
    },
    [COL_SAMPLE] = {
        .key = "sample", .title = "Posts sampled", .also = "sampled", .unit = UNIT_COUNT,
        .group = GROUP_ENGAGEMENT, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many posts the averages per post are taken from. Few posts make a shaky "
                "ER.",
    },
    [COL_WINDOW] = {
        .key = "window", .title = "Days sampled", .also = "days", .unit = UNIT_DAYS,
        .group = GROUP_ENGAGEMENT, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many days the sampled posts span.",
    },
    [COL_ER] = {
        .key = "er", .title = "ER", .also = "engagement_rate|engagement", .unit = UNIT_SHARE,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE, .stored = true,
        .figure = offsetof(struct figures, er), .rests = RESTS_ON_COUNTS,
        .help = "Engagement rate of an average post. Of followers: (likes + comments) / "
                "followers, with shares on X, Facebook and LinkedIn and saves on Pinterest. Of "
                "views: (likes + comments, with shares on TikTok) / views on TikTok and "
                "YouTube. Without counts, the rate a source states. Rates on different bases "
                "are not comparable: read vs peers instead. > means at least: a part of the "
                "counts is unknown.",
    },
    [COL_ER_BASIS] = {
        .key = "er_basis", .title = "ER basis", .also = "basis", .unit = UNIT_WORD,
        .group = GROUP_ENGAGEMENT, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "What the ER is a share of: followers, views or reach. Only rates on the same "
                "basis are compared.",
    },
    [COL_ER_EXPECTED] = {
        .key = "er_expected", .title = "ER of peers", .also = "expected|peer_er",
        .unit = UNIT_SHARE, .group = GROUP_ENGAGEMENT,
        .figure = offsetof(struct figures, er_expected),
        .help = "The ER to expect: the median of the peers, which are the creators in the whole "
                "store with the same platform, the same basis and similar size (bands at 1k, "
                "5k, 20k, 100k and 1M followers). With fewer peers than 30 or the settings "
                "say, a benchmark serves, yours or a published one; where there is none it is "
                "unknown.",
    },
    [COL_ER_INDEX] = {
        .key = "er_index", .title = "vs peers", .also = "peers|vs_peers|index", .unit = UNIT_RATIO,
        .group = GROUP_ENGAGEMENT, .better = BETTER_MORE,
        .figure = offsetof(struct figures, er_index), .rests = RESTS_ON_COUNTS,
        .help = "ER / ER of peers: 1.62x is 62% more engagement than accounts of the same "
                "platform and size have. It compares across platforms and sizes. In the "
                "forecast, clicks change with its square root, from half to twice the peers.",
    },
    [COL_LAST_POST_AT] = {
        .key = "last_post_at", .title = "Last post", .also = "last_post", .unit = UNIT_TIME,
        .group = GROUP_ENGAGEMENT, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "When the account last posted, imported.",
    },
    [COL_POSTS_30D] = {
        .key = "posts_30d", .title = "Posts in 30 d", .also = "posting", .unit = UNIT_COUNT,
        .group = GROUP_ENGAGEMENT, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "How many posts the account published in the 30 days before Activity seen, "
                "imported.",
    },
    [COL_SPONSORED_SHARE] = {
        .key = "sponsored_share", .title = "Sponsored", .also = "sponsored|sponsorship",
        .unit = UNIT_SHARE, .group = GROUP_ENGAGEMENT, .better = BETTER_LESS, .stored = true,
        .figure = COLUMN_NO_FIGURE,
        .help = "Share of the sampled posts that are paid partnerships, imported. An account "
                "that sells much of its space wears its audience out.",
    },
    [COL_FEE] = {
        .key = "fee", .title = "Fee", .also = "price", .unit = UNIT_MONEY, .group = GROUP_PRICE,
        .better = BETTER_LESS, .stored = true, .figure = offsetof(struct figures, fee),
        .rests = RESTS_ON_FEE,
        .help = "What one deliverable of the platform's first format costs, in the currency of "
                "the scenario. ~ means nobody has named a fee and a rule of thumb stands in: "
                "100 for each 10,000 followers (inbeat.co), or for video 10 (TikTok) or 20 "
                "(others) for each 1,000 views. A fee of 0 is a gifted deal.",
    },
    [COL_FEE_ORIGIN] = {
        .key = "fee_origin", .title = "Fee from", .also = "origin", .unit = UNIT_WORD,
        .group = GROUP_PRICE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "Where the fee comes from: quoted by the creator to you, imported with a list, "
                "estimated by the rule of thumb, or own: set by you in the plan. The filter "
                "fee:known leaves estimates out.",
    },
    [COL_CURRENCY] = {
        .key = "currency", .title = "Fee currency", .unit = UNIT_WORD, .group = GROUP_PRICE,
        .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "The money the fee was named in, as ISO 4217 code (EUR, USD). It is converted "
                "by the rates of the scenario; without a rate there is no fee.",
    },
    [COL_FEE_BY_FORMAT] = {
        .key = "fee_by_format", .title = "Other fees", .also = "other_fees|rate_card",
        .unit = UNIT_TEXT, .group = GROUP_PRICE, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "Fees of the other formats, such as story=90|reel=350, in the same currency as "
                "the fee.",
    },
    [COL_TIER] = {
        .key = "tier", .title = "Tier", .also = "size", .unit = UNIT_WORD, .group = GROUP_CLASS,
        .facet = true, .figure = COLUMN_NO_FIGURE,
        .help = "Class by followers. As delivered: nano under 1,000, micro from 1,000, macro "
                "from 100,000, mega from 1 million. Other presets draw the lines elsewhere; "
                "changing the preset changes no other figure.",
    },
    [COL_FORMAT] = {
        .key = "format", .title = "Format", .unit = UNIT_WORD, .group = GROUP_CLASS,
        .figure = COLUMN_NO_FIGURE,
        .help = "The kind of post the forecast is for: the first format of the platform unless "
                "the plan says otherwise. Feed, reel or story on Instagram; video or short on "
                "YouTube; stream on Twitch; post or pin elsewhere.",
    },
    [COL_TICKED] = {
        .key = "ticked", .title = "Ticked", .also = "tick|picked|selected", .unit = UNIT_FLAG,
        .group = GROUP_CLASS, .figure = COLUMN_NO_FIGURE,
        .help = "Ticked for now, with Space: what is compared, exported or planned next.",
    },
    [COL_PLAN] = {
        .key = "plan", .title = "In plan", .also = "planned|in_plan", .unit = UNIT_FLAG,
        .group = GROUP_CLASS, .figure = COLUMN_NO_FIGURE,
        .help = "In the plan of the scenario, which stays until you take the creator out.",
    },
    [COL_NOTE] = {
        .key = "note", .title = "Note", .also = "remark|memo", .unit = UNIT_TEXT,
        .group = GROUP_CLASS, .figure = COLUMN_NO_FIGURE,
        .help = "What you wrote about the creator, with o. It is yours: no import changes it, and "
                "it is handed over only where you say so. has:note finds those with one.",
    },
    [COL_DELIVERABLES] = {
        .key = "deliverables", .title = "Deliverables", .unit = UNIT_COUNT,
        .group = GROUP_FORECAST, .figure = offsetof(struct figures, deliverables),
        .help = "How many posts the forecast counts with (n): those in the plan, else 1 unless "
                "the scenario says otherwise.",
    },
    [COL_AFFORDABLE] = {
        .key = "affordable", .title = "Affordable", .unit = UNIT_COUNT, .group = GROUP_FORECAST,
        .figure = offsetof(struct figures, affordable), .rests = RESTS_ON_FEE,
        .help = "How many more posts of this creator the money left in the budget buys: the "
                "largest k with cost(n + k) - cost(n) no more than what is left. Unknown where "
                "the fee is.",
    },
    [COL_REACH] = {
        .key = "reach", .title = "People reached", .also = "people|reached|net_reach",
        .unit = UNIT_ESTIMATE, .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, reach),
        .help = "People who see at least one of the n posts. Reach of one post: followers "
                "believed real x reach rate (feed 30 to 8%, falling with size; ranges of 2024, "
                "startmotionmedia.com), or views x share of unique viewers (TikTok 68%, YouTube "
                "75%), or the imported reach. Of n posts: A x (1 - (1 - one post / A)^n) with A "
                "the audience, as if posts were seen independently, so at most this.",
    },
    [COL_IMPRESSIONS] = {
        .key = "impressions", .title = "Impressions", .unit = UNIT_ESTIMATE,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, impressions),
        .help = "How often the posts are seen: n x views where the format counts views, else n "
                "x reach of one post. One person may count several times.",
    },
    [COL_ENGAGEMENTS] = {
        .key = "engagements", .title = "Engagements", .unit = UNIT_ESTIMATE,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, engagements), .rests = RESTS_ON_COUNTS,
        .help = "Likes, comments and what else the ER counts, to expect from the n posts: n x "
                "ER x what the ER is a share of. Unknown for stories.",
    },
    [COL_CLICKS] = {
        .key = "clicks", .title = "Clicks", .also = "responses|visits", .unit = UNIT_ESTIMATE,
        .group = GROUP_FORECAST, .better = BETTER_MORE, .figure = offsetof(struct figures, clicks),
        .help = "People who come to your shop by link, code or search, once each: people "
                "reached x click rate x response. Click rate 4% of people reached (assumption; "
                "tracked clicks alone run at 1 to 5%). Response is the square root of vs peers, "
                "kept between half and twice the peers; 1 where unknown.",
    },
    [COL_ORDERS] = {
        .key = "orders", .title = "Orders", .also = "sales|conversions", .unit = UNIT_ESTIMATE,
        .group = GROUP_FORECAST, .better = BETTER_MORE, .figure = offsetof(struct figures, orders),
        .help = "Orders to expect: clicks x buy rate. Buy rate 2.5% of visitors until you type "
                "your own (shops see 1 to 4%). Under 3 orders chance decides more than anything "
                "here.",
    },
    [COL_REVENUE] = {
        .key = "revenue", .title = "Revenue", .also = "turnover", .unit = UNIT_MONEY,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, revenue),
        .help = "Orders x order value. Order value 80 until you type your own: first order, "
                "after discount, returns, tax and shipping.",
    },
    [COL_COST] = {
        .key = "cost", .title = "Cost", .also = "spend", .unit = UNIT_MONEY,
        .group = GROUP_FORECAST, .better = BETTER_LESS, .figure = offsetof(struct figures, cost),
        .rests = RESTS_ON_FEE,
        .help = "What the creator costs you: n x fee x (1 - discount) x (1 + other costs) + "
                "product and handling once. Product and handling 30 (assumption), discount and "
                "other costs 0 until you type your own.",
    },
    [COL_CONTRIBUTION] = {
        .key = "contribution", .title = "Contribution", .unit = UNIT_MONEY,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, contribution),
        .help = "What the revenue leaves before the creator is paid: revenue x (margin x share "
                "of extra sales - commission). Margin 50% (direct sellers 30 to 40%, "
                "consumables 55 to 65%), all sales count as extra, no commission until you type "
                "your own.",
    },
    [COL_PROFIT] = {
        .key = "profit", .title = "Profit", .also = "gain", .unit = UNIT_PROFIT,
        .group = GROUP_FORECAST, .better = BETTER_MORE, .figure = offsetof(struct figures, profit),
        .rests = RESTS_ON_FEE,
        .help = "Contribution - cost, for the n posts.",
    },
    [COL_COMMISSION] = {
        .key = "commission", .title = "Commission", .unit = UNIT_MONEY, .group = GROUP_FORECAST,
        .figure = offsetof(struct figures, commission),
        .help = "What the creator earns on sales, on top of the cost: commission rate x "
                "revenue. Not part of the budget.",
    },
    [COL_ROI] = {
        .key = "roi", .title = "ROI", .also = "return", .unit = UNIT_ROI, .group = GROUP_FORECAST,
        .better = BETTER_MORE, .figure = offsetof(struct figures, roi), .rests = RESTS_ON_FEE,
        .help = "Return on investment: (contribution - cost) / cost. 0% means the money comes "
                "back exactly, +34% that each 100 spent brings back 134. An expected value: "
                "most outcomes lie below it and a few far above.",
    },
    [COL_ROI_P10] = {
        .key = "roi_p10", .title = "8 in 10 from", .also = "roi_low|worst", .unit = UNIT_ROI,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, roi_p10), .rests = RESTS_ON_FEE,
        .help = "The low end of the range that holds 8 of 10 outcomes: 1 in 10 is worse. Reach, "
                "click rate and buy rate vary around the forecast (log-spreads 0.35, 0.6 and "
                "0.4; reach of video 0.6), orders are a count, and an estimated fee varies too.",
    },
    [COL_ROI_P50] = {
        .key = "roi_p50", .title = "Middle ROI", .also = "roi_median|median_roi", .unit = UNIT_ROI,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, roi_p50), .rests = RESTS_ON_FEE,
        .help = "The middle outcome (median): half are better, half worse. It lies below the "
                "ROI, which is the mean and is lifted by a few great successes.",
    },
    [COL_ROI_P90] = {
        .key = "roi_p90", .title = "8 in 10 to", .also = "roi_high|best", .unit = UNIT_ROI,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, roi_p90), .rests = RESTS_ON_FEE,
        .help = "The high end of the range that holds 8 of 10 outcomes: 1 in 10 is better. "
                "Worked out like its low end.",
    },
    [COL_ROAS] = {
        .key = "roas", .title = "ROAS", .also = "return_on_ad_spend", .unit = UNIT_RATIO,
        .group = GROUP_FORECAST, .better = BETTER_MORE, .figure = offsetof(struct figures, roas),
        .rests = RESTS_ON_FEE,
        .help = "Return on ad spend: revenue / cost. It leaves the margin out, so 1.00x is a "
                "loss: see Min. ROAS.",
    },
    [COL_CPM] = {
        .key = "cpm", .title = "CPM", .also = "cost_per_mille", .unit = UNIT_UNIT_COST,
        .group = GROUP_FORECAST, .better = BETTER_LESS, .figure = offsetof(struct figures, cpm),
        .rests = RESTS_ON_FEE,
        .help = "Cost of 1,000 impressions: 1000 x cost / impressions. The figure to hold "
                "against the price list of other media.",
    },
    [COL_CPR] = {
        .key = "cpr", .title = "Cost/1k people", .also = "cost_per_reach|cost_per_1000",
        .unit = UNIT_UNIT_COST, .group = GROUP_FORECAST, .better = BETTER_LESS,
        .figure = offsetof(struct figures, cpr), .rests = RESTS_ON_FEE,
        .help = "Cost of reaching 1,000 people at least once: 1000 x cost / people reached.",
    },
    [COL_CPE] = {
        .key = "cpe", .title = "Cost per eng.", .also = "cost_per_engagement",
        .unit = UNIT_UNIT_COST, .group = GROUP_FORECAST, .better = BETTER_LESS,
        .figure = offsetof(struct figures, cpe), .rests = RESTS_ON_FEE,
        .help = "Cost of one engagement: cost / engagements (CPE).",
    },
    [COL_CPC] = {
        .key = "cpc", .title = "Cost per click", .also = "cost_per_click", .unit = UNIT_UNIT_COST,
        .group = GROUP_FORECAST, .better = BETTER_LESS, .figure = offsetof(struct figures, cpc),
        .rests = RESTS_ON_FEE,
        .help = "Cost of one visitor: cost / clicks (CPC).",
    },
    [COL_CPA] = {
        .key = "cpa", .title = "Cost per order", .also = "cost_per_order|cost_per_sale|cpo",
        .unit = UNIT_UNIT_COST, .group = GROUP_FORECAST, .better = BETTER_LESS,
        .figure = offsetof(struct figures, cpa), .rests = RESTS_ON_FEE,
        .help = "Cost of one order: cost / orders (CPA). Above order value x margin each order "
                "loses money.",
    },
    [COL_BREAKEVEN_FEE] = {
        .key = "breakeven_fee", .title = "Break-even fee", .also = "max_fee|fair_fee",
        .unit = UNIT_MONEY, .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, breakeven_fee),
        .help = "The highest fee you can actually pay for one post without losing money: "
                "(contribution - product and handling) / (n x (1 + other costs)), after any "
                "discount. It needs no fee, so it tells what to offer; never where nothing "
                "would pay.",
    },
    [COL_BREAKEVEN_CVR] = {
        .key = "breakeven_cvr", .title = "Min. buy rate", .also = "min_buy_rate",
        .unit = UNIT_SHARE, .group = GROUP_FORECAST, .better = BETTER_LESS,
        .figure = offsetof(struct figures, breakeven_cvr), .rests = RESTS_ON_FEE,
        .help = "The share of visitors that must buy for the money to come back: cost / (clicks "
                "x order value x (margin - commission)). Never where even all of them would not "
                "do.",
    },
    [COL_BREAKEVEN_ROAS] = {
        .key = "breakeven_roas", .title = "Min. ROAS", .also = "min_roas", .unit = UNIT_RATIO,
        .group = GROUP_FORECAST, .figure = offsetof(struct figures, breakeven_roas),
        .help = "The ROAS at which the money comes back: 1 / (margin x share of extra sales - "
                "commission), 2.00x at a margin of 50%. The same for every creator.",
    },
    [COL_BREAKEVEN_ORDERS] = {
        .key = "breakeven_orders", .title = "Min. orders", .also = "min_orders",
        .unit = UNIT_COUNT, .group = GROUP_FORECAST, .better = BETTER_LESS,
        .figure = offsetof(struct figures, breakeven_orders), .rests = RESTS_ON_FEE,
        .help = "The orders it takes for the money to come back: cost / (order value x (margin "
                "- commission)), rounded up.",
    },
    [COL_REVENUE_PER_FOLLOWER] = {
        .key = "revenue_per_follower", .title = "Rev./follower", .unit = UNIT_UNIT_COST,
        .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, revenue_per_follower),
        .help = "Revenue / followers: what one follower is worth to you. Beichert et al. (2024) "
                "found 0.05 EUR for macro and 0.27 EUR for nano creators in their own field "
                "data.",
    },
    [COL_FREQUENCY] = {
        .key = "frequency", .title = "Times seen", .also = "contacts_each", .unit = UNIT_RATIO,
        .group = GROUP_FORECAST, .figure = offsetof(struct figures, frequency),
        .help = "Impressions / people reached: how often each person sees the posts.",
    },
    [COL_ROI_VS_BASELINE] = {
        .key = "roi_vs_baseline", .title = "vs channel", .also = "vs_channel|vs_ads",
        .unit = UNIT_ROI, .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, roi_vs_baseline), .rests = RESTS_ON_FEE,
        .help = "ROI less the ROI of the same money in the first channel of the scenario, in "
                "percentage points. As delivered the channel is paid social: 1000 / CPM 10 x "
                "click rate 1.2% x buy rate 2% x order value x margin - 1.",
    },
    [COL_EMV] = {
        .key = "emv", .title = "Media value", .also = "media_value|earned_media_value",
        .unit = UNIT_MONEY, .group = GROUP_FORECAST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, emv), .rests = RESTS_ON_VALUES,
        .help = "Earned media value (EMV): views, likes, comments, shares and saves of the n "
                "posts, each times what you hold one worth (value_impression, value_like, "
                "value_comment, value_share, value_save). Unknown until you give such a value, "
                "as people differ by far on them; never added to revenue. > means a part is "
                "unknown and left out.",
    },
    [COL_AUTHENTICITY] = {
        .key = "authenticity", .title = "Authenticity", .also = "genuine|trust",
        .unit = UNIT_SCORE, .group = GROUP_TRUST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, authenticity),
        .help = "How usual the followers and what they do are, 0 to 100: points for believed real "
                "(of 30), ER vs peers (25), comments a like vs peers (15), sudden change (15) and "
                "following (15), of all points whose signal is known; unknown under 40 of them. An "
                "ER far above that of the peers is as odd as one far below. A hint where to look, "
                "no verdict: i shows every signal, and one without a point makes it doubtful.",
    },
    [COL_AUTHENTICITY_CONFIDENCE] = {
        .key = "authenticity_confidence", .title = "Signals known", .unit = UNIT_SHARE,
        .group = GROUP_TRUST, .figure = offsetof(struct figures, authenticity_confidence),
        .help = "Share of the 100 points of the authenticity score whose signals are known. Under "
                "40% there is no score.",
    },
    [COL_AUTHENTICITY_LOWEST] = {
        .key = "authenticity_lowest", .title = "Oddest signal", .unit = UNIT_SHARE,
        .group = GROUP_TRUST, .better = BETTER_MORE,
        .figure = offsetof(struct figures, authenticity_lowest),
        .help = "The signal of the authenticity score with the smallest share of its points: 100% "
                "is as usual, 0% as odd as bought followers are, and then the creator is "
                "doubtful.",
    },
    [COL_AUDIENCE_AT] = {
        .key = "audience_at", .title = "Audience seen", .also = "audience_seen", .unit = UNIT_TIME,
        .group = GROUP_FRESHNESS, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "When followers, following and posts were last seen; fresh for 7 days. The "
                "shares believed real and in your market are fresh for 30 days.",
    },
    [COL_ENGAGEMENT_AT] = {
        .key = "engagement_at", .title = "Activity seen", .also = "activity_seen",
        .unit = UNIT_TIME, .group = GROUP_FRESHNESS, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "When likes, comments, views and the ER were last seen; fresh for 14 days.",
    },
    [COL_FEE_AT] = {
        .key = "fee_at", .title = "Fee seen", .also = "fee_seen|quoted_at", .unit = UNIT_TIME,
        .group = GROUP_FRESHNESS, .stored = true, .figure = COLUMN_NO_FIGURE,
        .help = "When the fee was named. A fee shows its age and never goes stale.",
    },
    [COL_ADDED_AT] = {
        .key = "added_at", .title = "Added", .unit = UNIT_TIME,
        .group = GROUP_FRESHNESS, .stored = true, .kept = true, .figure = COLUMN_NO_FIGURE,
        .help = "When this store first held the creator; unknown of those from before that was "
                "kept. is:new finds those added since your last visit.",
    },
    [COL_CHANGED_AT] = {
        .key = "changed_at", .title = "Changed", .unit = UNIT_TIME,
        .group = GROUP_FRESHNESS, .stored = true, .kept = true, .figure = COLUMN_NO_FIGURE,
        .help = "When anything stored about the creator last changed, whoever wrote it; unknown "
                "as long as nothing has.",
    },
};
/* clang-format on */
