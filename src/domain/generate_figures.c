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
#define LN2_HIGH 0x1.62e42fefa39efp-1
#define REFERENCE 10.308952660644293 /* ln 30,000: habits are stated for this size */

double exact_exp(double x)
{
    double whole = floor(x / LN2_HIGH + 0.5), rest = x - whole * LN2_HIGH, sum = 1;
    for (int i = 18; i > 0; i--)
        sum = 1 + sum * rest / i;
    return ldexp(sum, (int)whole);
}

static double between(struct random *random, double low, double high)
{
    return low + (high - low) * random_unit(random);
}

static double scatter(struct random *random, double spread)
{
    return exact_exp(spread * random_normal(random));
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
    double comments, shares, saves; /* part of the interactions; saves and shares beside them
                                     * where the platform's rate leaves them out */
    double fees;                    /* against the rules of thumb of the forecast */
    bool following;                 /* shown */
};

static const struct habits all_habits[] = {
    {PLATFORM_INSTAGRAM, 38, .0215, -.20, .38, -.05, .030, 0, .05, .60, true},
    {PLATFORM_TIKTOK, 26, .0700, .00, .42, -.06, .022, .045, .06, 1.25, true},
    {PLATFORM_YOUTUBE, 16, .0450, -.06, .14, -.05, .090, 0, 0, .85, false},
    {PLATFORM_X, 6, .0110, -.12, 0, 0, .080, .14, 0, .21, true},
    {PLATFORM_FACEBOOK, 5, .0080, -.15, 0, 0, .090, .10, 0, .13, false},
    {PLATFORM_PINTEREST, 4, .0055, -.05, 0, 0, .010, 0, .62, .11, true},
    {PLATFORM_TWITCH, 3, 0, 0, .11, -.08, 0, 0, 0, .90, false},
    {PLATFORM_LINKEDIN, 2, .0240, -.12, 0, 0, .110, .05, 0, .19, false},
};

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

/* How an audience came about. `true_share`: of the followers that are people. */
struct course {
    double weekly;     /* logarithm of the growth in a week */
    double viral;      /* how many times as many followers as before; 0: it never happened */
    double true_share; /* below 1: the rest was bought in one go */
    double weeks_ago;  /* when that happened */
};

static struct course pick_course(struct random *random, double log_followers)
{
    double lot = random_unit(random), now = between(random, 3, 9), then = between(random, 3, 20);
    double much = random_unit(random);
    struct course course = {.weekly = 0.0022 + 0.003 * random_normal(random), .true_share = 1};
    if (lot < 0.03 && log_followers > 7.6) {
        course.true_share = 0.28 + 0.3 * much;
        course.weeks_ago = whole(then);
    } else if (lot >= 0.03 && lot < 0.045) {
        course.viral = 2 + 7 * much * much;
        course.weeks_ago = now;
    } else if (lot > 0.9) {
        course.weekly = -0.002 - 0.004 * much;
    }
    return course;
}

/* Followers so many weeks ago, as a part of today's; `people` leaves out what was bought. */
static double course_part(const struct course *course, double weeks, bool people)
{
    double grown = exact_exp(-course->weekly * weeks);
    if (course->viral > 0) {
        double low = 1 / course->viral;
        double today = 1 / (1 + exact_exp(-course->weeks_ago / 1.1));
        double then = 1 / (1 + exact_exp((weeks - course->weeks_ago) / 1.1));
        return (low + (1 - low) * then) / (low + (1 - low) * today);
    }
    if (course->true_share < 1 && !people)
        return weeks > course->weeks_ago ? course->true_share * grown : exact_exp(0.0015 * weeks);
    return grown;
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
    return cut(whole(price / steps[i].step), 1, 1e9) * steps[i].step;
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
    const struct habits *habits;
    const struct generate_options *options;
    struct random *random;
    struct record *record;
    struct course course;
    double followers, size; /* size: ln(followers / 30,000) */
    double views;           /* NaN: none */
    double er;
};

static void make_audience(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    bool bought = job->course.true_share < 1;
    put_count(record, COL_FOLLOWERS, job->followers);
    double following = bought ? between(random, 2500, 7600) : 420 * scatter(random, 0.8);
    double posts = 380 * scatter(random, 0.9);
    double credibility =
        bought ? between(random, 0.30, 0.60) : cut(0.85 + 0.06 * random_normal(random), 0.6, 0.97);
    if (job->habits->following)
        put_count(record, COL_FOLLOWING, cut(following, 3, 7900));
    put_count(record, COL_POSTS, posts + 6);
    if (random_chance(random, 0.55))
        put_share(record, COL_CREDIBILITY, credibility, 100);
    double market = between(random, 0.15, 0.92);
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
        platform->basis == BASIS_VIEWS ? job->views : job->followers * job->course.true_share;
    double all = job->er * base;
    double comments = cut(habits->comments * scatter(random, 0.5), 0, 0.4);
    double shares = cut(habits->shares * scatter(random, 0.5), 0, 0.4);
    double saves = cut(habits->saves * scatter(random, 0.3), 0, 0.85 - comments - shares);
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

static void make_engagement(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    const struct habits *habits = job->habits;
    bool by_views = platforms[habits->platform].basis == BASIS_VIEWS;
    double views = job->followers * job->course.true_share * habits->views *
                   exact_exp(habits->views_slope * job->size) * scatter(random, 0.55);
    double lot = random_unit(random), reach = between(random, 0.12, 0.34);
    bool views_told = random_chance(random, 0.25);
    job->views = habits->views > 0 ? views : number_unknown();
    job->er = habits->er * exact_exp(habits->er_slope * job->size) *
              job->account->persona->niche->engagement *
              exact_exp(0.33 * job->account->persona->taste) * scatter(random, 0.22);
    if (habits->platform == PLATFORM_TWITCH || (by_views && lot >= 0.03))
        put_count(record, COL_VIEWS, job->views);
    if (habits->er <= 0 || (!by_views && lot < 0.03))
        return;
    if (lot < 0.05) {
        put_share(record, COL_ER, job->er * job->course.true_share, 10000);
        record_set_text(record, COL_ER_BASIS,
                        text_of(er_basis_words[platforms[habits->platform].basis]));
        return;
    }
    make_counts(job);
    if (habits->platform == PLATFORM_INSTAGRAM && views_told)
        put_count(record, COL_VIEWS, job->views);
    if (habits->platform == PLATFORM_INSTAGRAM && lot > 0.94)
        put_count(record, COL_REACH_POST, job->followers * job->course.true_share * reach);
    put_count(record, COL_SAMPLE, between(random, 9.5, 30));
    put_count(record, COL_WINDOW, 30 * whole(between(random, 0.6, 3.4)));
}

static void make_dates(struct figures_job *job)
{
    struct random *random = job->random;
    struct record *record = job->record;
    bool old = random_chance(random, 0.09);
    double age = floor(old ? between(random, 21, 150) : between(random, 0, 6));
    double seen = job->options->now - age * DATE_DAY;
    record_set_number(record, COL_AUDIENCE_AT, seen);
    record_set_number(record, COL_ENGAGEMENT_AT, seen);
    double quiet = floor(between(random, 0, 9)), posts = 9 * scatter(random, 0.6);
    double sponsored = 0.16 * scatter(random, 0.7);
    record_set_number(record, COL_LAST_POST_AT, seen - quiet * DATE_DAY);
    put_count(record, COL_POSTS_30D, cut(posts, 1, 120));
    if (random_chance(random, 0.4))
        put_share(record, COL_SPONSORED_SHARE, cut(sponsored, 0, 0.8), 100);
}

/* Fees follow size or views, dear and cheap niches and countries, a little the engagement, and for
 * the rest how somebody bargains: a few ask far too little or far too much. Where reach is a fixed part
 * of size, fame costs extra; on Instagram it falls with size anyway. */
static double make_price(struct figures_job *job)
{
    const struct persona *persona = job->account->persona;
    struct random *random = job->random;
    double rule = formats[platforms[job->habits->platform].format].by_views
                      ? job->views / 1000 * (job->habits->platform == PLATFORM_TIKTOK ? 10 : 20)
                      : job->followers / 100;
    double fame = job->habits->platform == PLATFORM_INSTAGRAM ? 1 : exact_exp(0.09 * job->size);
    double lot = random_unit(random), noise = scatter(random, 0.36);
    double mood = lot < 0.06 ? 0.36 : lot > 0.94 ? 2.7 : 1;
    return rule * fame * job->habits->fees * persona->niche->fees * persona->country->fees * noise *
           mood * exact_exp(0.12 * persona->taste);
}

static void make_fee(struct figures_job *job, struct buf *by_format)
{
    struct random *random = job->random;
    struct record *record = job->record;
    double price = round_price(make_price(job));
    bool known = random_chance(random, 0.61), gift = random_chance(random, 0.03);
    bool quoted = random_chance(random, 0.3), others = random_chance(random, 0.25);
    double asked = floor(between(random, 4, 260));
    if (!known)
        return;
    bool gifted = gift && job->followers < 8000;
    record_set_number(record, COL_FEE, gifted ? 0 : price * 100);
    record_set_text(record, COL_CURRENCY, TEXT("EUR"));
    record_set_text(record, COL_FEE_ORIGIN,
                    text_of(fee_origin_words[quoted ? FEE_QUOTED : FEE_IMPORTED]));
    record_set_number(record, COL_FEE_AT, job->options->now - asked * DATE_DAY);
    if (gifted || !others || job->habits->platform != PLATFORM_INSTAGRAM)
        return;
    buf_add_string(by_format, "reel=");
    number_exact(by_format, round_price(price * 1.3));
    buf_add_string(by_format, "|story=");
    number_exact(by_format, round_price(price * 0.35));
    record_set_text(record, COL_FEE_BY_FORMAT, buf_text(by_format));
}

/* A week's count, following the people among the followers. */
static double past_count(const struct figures_job *job, enum column column, double people,
                         double noise)
{
    return whole(record_number(job->record, column) * people * noise); /* NaN stays NaN */
}

static void make_past(struct figures_job *job, struct snapshot *past)
{
    unsigned count = job->options->snapshots;
    struct random random; /* of its own: how many weeks there are moves nothing else */
    random_init(&random, random_next(job->random));
    double seen = record_number(job->record, COL_AUDIENCE_AT);
    for (unsigned i = 0; i < count; i++) {
        double weeks = count - i, wobble = exact_exp(0.0012 * random_normal(&random));
        double noise = scatter(&random, 0.09), other = scatter(&random, 0.12);
        double people = course_part(&job->course, weeks, true);
        double unknown = number_unknown();
        past[i] = (struct snapshot){
            .at = seen - weeks * 7 * DATE_DAY,
            .followers = whole(job->followers * wobble * course_part(&job->course, weeks, false)),
            .following = unknown,
            .posts = unknown,
            .likes = past_count(job, COL_LIKES, people, noise),
            .comments = past_count(job, COL_COMMENTS, people, noise * other),
            .shares = unknown,
            .saves = unknown,
            .views = past_count(job, COL_VIEWS, people, other),
        };
    }
    job->record->snapshots = past;
    job->record->snapshot_count = count;
}

void account_figures(const struct account *account, struct random *random,
                     const struct generate_options *options, struct record *record,
                     struct snapshot *past, struct buf *fee_by_format)
{
    struct figures_job job = {
        .account = account,
        .habits = habits_of(account->platform),
        .options = options,
        .random = random,
        .record = record,
        .course = pick_course(random, account->log_followers),
        .followers = whole(exact_exp(account->log_followers)),
        .size = account->log_followers - REFERENCE,
    };
    make_audience(&job);
    make_engagement(&job);
    make_dates(&job);
    make_fee(&job, fee_by_format);
    make_past(&job, past);
}
