#include "generate_internal.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/facts.h"

/* How large, how engaged, how dear. All that is rounded to whole things comes from the four
 * operations and square roots alone, so that no C library can make a difference. */

#define LN10 2.302585092994046
#define LN2 0x1.62e42fefa39efp-1
#define REFERENCE 10.308952660644293 /* ln 30,000: habits are stated for this size */

double exact_exp(double x)
{
    static const double terms[] = {
        1.0 / 6227020800,
        1.0 / 479001600,
        1.0 / 39916800,
        1.0 / 3628800,
        1.0 / 362880,
        1.0 / 40320,
        1.0 / 5040,
        1.0 / 720,
        1.0 / 120,
        1.0 / 24,
        1.0 / 6,
        0.5,
        1,
        1,
    };
    double whole = floor(x / LN2 + 0.5), rest = x - whole * LN2, sum = 0;
    for (size_t i = 0; i < COUNT_OF(terms); i++)
        sum = sum * rest + terms[i];
    return ldexp(sum, (int)whole);
}

static double whole(double value)
{
    return floor(value + 0.5);
}

static double cut(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

/* Three quarters lie between 10^3 and 10^5. */
double random_log_followers(struct random *random)
{
    static const struct {
        double share, log10;
    } steps[] = {{0, 2.4771212547}, {0.08, 3},  {0.34, 3.8},  {0.60, 4.35},
                 {0.83, 5},         {0.955, 6}, {0.991, 6.7}, {1, 7.4771212547}};
    double share = random_unit(random);
    size_t i = 1;
    while (steps[i].share <= share)
        i++;
    double part = (share - steps[i - 1].share) / (steps[i].share - steps[i - 1].share);
    return LN10 * (steps[i - 1].log10 + part * (steps[i].log10 - steps[i - 1].log10));
}

/* What is usual on a platform, at 30,000 followers; slopes are powers of the followers. */
struct habits {
    enum platform platform;
    unsigned weight;
    double er, er_slope;            /* of followers, or of views where those are the basis */
    double views, views_slope;      /* a follower; 0: not counted */
    double reach, reach_slope;      /* people reached: of followers, or of views */
    double comments, shares, saves; /* part of the interactions; saves and shares beside them
                                     * where the platform's rate leaves them out */
    double fees;                    /* against what a post is worth */
    bool following;                 /* shown */
};

/* clang-format off */
static const struct habits all_habits[] = {
    {PLATFORM_INSTAGRAM, 38, .0215, -.20, .38, -.05, .22, -.16, .030,   0, .05, .68, true},
    {PLATFORM_TIKTOK,    26, .0550,  .00, .42, -.06, .68,    0, .022, .045, .06, .66, true},
    {PLATFORM_YOUTUBE,   16, .0450, -.06, .18, -.05, .75,    0, .090,   0,   0, .74, false},
    {PLATFORM_X,          6, .0110, -.12,   0,    0, .10,    0, .080, .14,   0, .68, true},
    {PLATFORM_FACEBOOK,   5, .0080, -.15,   0,    0, .06,    0, .090, .10,   0, .62, false},
    {PLATFORM_PINTEREST,  4, .0055, -.05,   0,    0, .05,    0, .010,   0, .62, .60, true},
    {PLATFORM_TWITCH,     3,     0,    0, .08, -.08, .75,    0,    0,   0,   0, .90, false},
    {PLATFORM_LINKEDIN,   2, .0240, -.12,   0,    0, .06,    0, .110, .05,   0, .85, false},
};
/* clang-format on */

enum platform account_platform(struct random *random)
{
    uint64_t left = random_below(random, 100);
    size_t i = 0;
    for (; left >= all_habits[i].weight; i++)
        left -= all_habits[i].weight;
    return all_habits[i].platform;
}

static const struct habits *habits_of(enum platform platform)
{
    size_t i = 0;
    while (all_habits[i].platform != platform)
        i++;
    return &all_habits[i];
}

/* Prices people name: 45, 320, 1,250, 14,500. */
static double round_price(double price)
{
    static const struct {
        double below, step;
    } steps[] = {{100, 5}, {1000, 10}, {5000, 50}, {20000, 100}, {INFINITY, 500}};
    size_t i = 0;
    while (price >= steps[i].below)
        i++;
    return cut(whole(price / steps[i].step), 2, 1e9) * steps[i].step;
}

static void put_count(struct record *record, enum column column, double value)
{
    record_set_number(record, column, whole(value));
}

static void put_share(struct record *record, enum column column, double value, double steps)
{
    record_set_number(record, column, whole(value * steps) / steps);
}

struct figures_job {
    const struct account *account;
    const struct course *course;
    const struct habits *habits;
    const struct generate_options *options;
    struct random *random;
    struct record *record;
    double followers, size;    /* size: ln(followers / 30,000) */
    double usual_views, views; /* NaN: none */
    double er;
};

static void make_audience(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    bool bought = job->course->true_share < 1;
    put_count(record, COL_FOLLOWERS, job->followers);
    double following =
        bought ? random_between(random, 2500, 7600) : 420 * random_scatter(random, 0.8);
    double posts = 380 * random_scatter(random, 0.9);
    double credibility = bought ? random_between(random, 0.30, 0.60)
                                : cut(0.85 + 0.06 * random_normal(random), 0.6, 0.97);
    if (job->habits->following)
        put_count(record, COL_FOLLOWING, cut(following, 3, 7900));
    put_count(record, COL_POSTS, posts + 6);
    if (random_chance(random, 0.55))
        put_share(record, COL_CREDIBILITY, credibility, 100);
    double market = random_between(random, 0.35, 0.95);
    if (random_chance(random, 0.1))
        put_share(record, COL_AUDIENCE_MARKET, market, 100);
}

/* Counts of one post. What a platform's rate does not count stands beside the interactions. */
static void make_counts(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    const struct habits *habits = job->habits;
    const struct platform_row *platform = &platforms[habits->platform];
    double base =
        platform->basis == BASIS_VIEWS ? job->views : job->followers * job->course->true_share;
    double all = job->er * base;
    double comments = cut(habits->comments * random_scatter(random, 0.5), 0, 0.4);
    double shares = cut(habits->shares * random_scatter(random, 0.5), 0, 0.4);
    double saves = cut(habits->saves * random_scatter(random, 0.3), 0, 0.85 - comments - shares);
    double likes = 1 - comments - (platform->counts_shares ? shares : 0) -
                   (platform->counts_saves ? saves : 0);
    bool hidden = random_chance(random, habits->platform == PLATFORM_INSTAGRAM ? 0.07 : 0.02);
    bool told = random_chance(random, platform->counts_saves ? 0.9 : 0.3);
    if (!hidden)
        put_count(record, COL_LIKES, all * likes);
    put_count(record, COL_COMMENTS, all * comments);
    if (habits->shares > 0 && (platform->counts_shares || told))
        put_count(record, COL_SHARES, all * shares);
    if (habits->saves > 0 && told)
        put_count(record, COL_SAVES, all * saves);
}

/* A rate as some lists state it, without counts. */
static void make_stated(struct figures_job *job)
{
    enum er_basis basis = platforms[job->habits->platform].basis;
    double rate = job->er * job->course->true_share;
    if (basis == BASIS_FOLLOWERS && random_chance(job->random, 0.3)) {
        basis = BASIS_REACH;
        rate /= job->habits->reach;
    }
    put_share(job->record, COL_ER, rate, 10000);
    record_set_text(job->record, COL_ER_BASIS, text_of(er_basis_words[basis]));
}

/* Share of the followers that a post reaches. */
static double usual_reach(const struct figures_job *job)
{
    return job->habits->reach * exact_exp(job->habits->reach_slope * job->size);
}

static void make_engagement(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    const struct habits *habits = job->habits;
    const struct persona *persona = job->account->persona;
    bool by_views = platforms[habits->platform].basis == BASIS_VIEWS;
    double lost = exact_exp(-12 * job->course->fading);
    double noise = random_scatter(random, 0.5);
    double lot = random_unit(random), reach = random_between(random, 0.6, 1.5);
    bool views_told = random_chance(random, 0.25);
    job->usual_views = habits->views > 0
                           ? job->followers * job->course->true_share * habits->views *
                                 exact_exp(habits->views_slope * job->size)
                           : number_unknown();
    job->views = job->usual_views * noise * (by_views ? lost : 1);
    job->er = habits->er * exact_exp(habits->er_slope * job->size) * persona->niche->engagement *
              exact_exp(0.33 * persona->taste) * random_scatter(random, 0.22) *
              (by_views ? 1 : lost);
    if (habits->platform == PLATFORM_TWITCH || (by_views && lot >= 0.02))
        put_count(record, COL_VIEWS, job->views);
    if (habits->er <= 0 || (!by_views && lot < 0.02))
        return;
    if (lot < 0.05) {
        make_stated(job);
        return;
    }
    make_counts(job);
    if (habits->platform == PLATFORM_INSTAGRAM && views_told)
        put_count(record, COL_VIEWS, job->views);
    if (habits->platform == PLATFORM_INSTAGRAM && lot > 0.94)
        put_count(record, COL_REACH_POST,
                  job->followers * job->course->true_share * reach * usual_reach(job));
    put_count(record, COL_SAMPLE, random_between(random, 9.5, 30));
    put_count(record, COL_WINDOW, 30 * whole(random_between(random, 0.6, 3.4)));
}

/* Looked at within a week; or all of it long ago, or the posts not for some weeks. */
static void make_dates(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    double lot = random_unit(random), when = random_unit(random);
    double age = floor(lot < 0.075 ? 15 + 135 * when : 7 * when);
    double late = lot >= 0.075 && lot < 0.105 ? 7 * floor(3 + 6 * when) : 0;
    double seen = job->options->now - age * DATE_DAY;
    record_set_number(record, COL_AUDIENCE_AT, seen);
    record_set_number(record, COL_ENGAGEMENT_AT, seen - late * DATE_DAY);
    double quarters = floor(random_between(random, 1, 9 * 96));
    double posts = 9 * random_scatter(random, 0.6), sponsored = 0.16 * random_scatter(random, 0.7);
    record_set_number(record, COL_LAST_POST_AT, seen - late * DATE_DAY - quarters * 900);
    put_count(record, COL_POSTS_30D, cut(posts, 1, 120));
    if (random_chance(random, 0.4))
        put_share(record, COL_SPONSORED_SHARE, cut(sponsored, 0, 0.8), 100);
}

/* What it brings to a usual shop: EUR 40 for each 1,000 people reached. */
static double post_value(const struct figures_job *job, double views)
{
    bool by_views = formats[platforms[job->habits->platform].format].by_views;
    return 0.04 * (by_views ? job->habits->reach * views : usual_reach(job) * job->followers);
}

/* Fees follow the size and half the views, dear and cheap niches and countries, a little the
 * engagement, and for the rest how somebody bargains: a few ask far too little or far too much. The
 * large ask more for each person reached. Nobody leaves three quarters of it on the table for long. */
static double make_price(struct figures_job *job)
{
    const struct persona *persona = job->account->persona;
    struct random *random = job->random;
    double usual = post_value(job, job->usual_views), real = post_value(job, job->views);
    double lot = random_unit(random);
    double noise = exact_exp(cut(0.42 * random_normal(random), -0.9, 1.1));
    double mood = lot < 0.05 ? 0.5 : lot > 0.94 ? 2.2 : 1;
    double price = sqrt(usual * real) * job->habits->fees * persona->niche->fees *
                   persona->country->fees * exact_exp(0.12 * job->size + 0.12 * persona->taste) *
                   noise * mood;
    return price < 0.3 * real ? 0.3 * real : price;
}

static void make_other_fees(struct figures_job *job, double price, struct buf *out)
{
    buf_add_string(out, "reel=");
    number_exact(out, round_price(price * 1.3));
    buf_add_string(out, "|story=");
    number_exact(out, round_price(price * 0.35));
    record_set_text(job->record, COL_FEE_BY_FORMAT, buf_text(out));
}

static void make_fee(struct figures_job *job, struct buf *by_format)
{
    struct random *random = job->random;
    struct record *record = job->record;
    double price = round_price(make_price(job));
    bool known = random_chance(random, 0.605), gift = random_chance(random, 0.03);
    bool quoted = random_chance(random, 0.3), others = random_chance(random, 0.25);
    double asked = floor(random_between(random, 4, 260));
    if (!known)
        return;
    bool gifted = gift && job->followers < 8000;
    record_set_number(record, COL_FEE, gifted ? 0 : price * 100);
    record_set_text(record, COL_CURRENCY, TEXT("EUR"));
    record_set_text(record, COL_FEE_ORIGIN,
                    text_of(fee_origin_words[quoted ? FEE_QUOTED : FEE_IMPORTED]));
    record_set_number(record, COL_FEE_AT, job->options->now - asked * DATE_DAY);
    if (!gifted && others && job->habits->platform == PLATFORM_INSTAGRAM)
        make_other_fees(job, price, by_format);
}

void account_figures(const struct account *account, struct random *random,
                     const struct generate_options *options, struct record *record,
                     struct buf *fee_by_format)
{
    struct figures_job job = {
        .account = account,
        .course = &account->course,
        .habits = habits_of(account->platform),
        .options = options,
        .random = random,
        .record = record,
        .followers = whole(exact_exp(account->log_followers)),
        .size = account->log_followers - REFERENCE,
    };
    make_audience(&job);
    make_engagement(&job);
    make_dates(&job);
    make_fee(&job, fee_by_format);
}
