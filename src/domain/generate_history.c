#include "generate_internal.h"

#include <math.h>

#include "base/date.h"
#include "base/number.h"

/* How an audience grew, and the weeks that led to the present values. */

struct course course_pick(struct random *random, double log_followers)
{
    double lot = random_unit(random), when = random_unit(random), much = random_unit(random);
    struct course course = {.weekly = 0.0022 + 0.003 * random_normal(random), .true_share = 1};
    if (lot < 0.03 && log_followers > 7.6) {
        course.true_share = 0.28 + 0.3 * much;
        course.weeks_ago = floor(3 + 17 * when);
    } else if (lot >= 0.03 && lot < 0.045 && log_followers < 14.5) {
        course.viral = 2 + 7 * much * much;
        course.weeks_ago = 3 + 6 * when;
    } else if (lot >= 0.045 && lot < 0.08) {
        course.season = 0.3 + 0.3 * much;
        course.peak = 52 * when;
    } else if (lot >= 0.08 && lot < 0.10 && log_followers > 10.8) {
        course.fading = 0.02 + 0.03 * much;
        course.weekly = -0.003 - 0.003 * when;
    } else if (lot > 0.9) {
        course.weekly = -0.002 - 0.004 * much;
    }
    return course;
}

/* Followers so many weeks ago, as a part of today's; `people` leaves out what was bought. */
static double followers_part(const struct course *course, double weeks, bool people)
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

/* From -1 to 1 once a year, like a sine made of two parabolas; 0 a quarter before the top. */
static double wave(double turns)
{
    double part = turns - floor(turns);
    return part < 0.5 ? 16 * part * (0.5 - part) : -16 * (part - 0.5) * (1 - part);
}

/* How engaged they were at a time, so many weeks before the present; only ratios mean something. */
static double engagement_level(const struct course *course, double at, double weeks)
{
    double year = at / DATE_DAY / 365.2425;
    double season = 1 + course->season * wave(year - course->peak / 52 + 0.25);
    return followers_part(course, weeks, true) * exact_exp(course->fading * weeks) * season;
}

static double whole(double value)
{
    return floor(value + 0.5);
}

/* One week. What is known today ends its line; after the last look at the posts nothing is known. */
static struct snapshot make_week(const struct course *course, const struct record *record,
                                 struct random *random, double weeks)
{
    double seen = record_number(record, COL_AUDIENCE_AT), at = seen - weeks * 7 * DATE_DAY;
    double looked = record_number(record, COL_ENGAGEMENT_AT);
    double wobble = exact_exp(0.0012 * random_normal(random));
    double likes = random_scatter(random, 0.09), views = random_scatter(random, 0.12);
    double late = (seen - looked) / (7 * DATE_DAY);
    struct snapshot week = snapshot_at(at);
    double level = engagement_level(course, at, weeks) / engagement_level(course, looked, late);
    if (weeks == 0)
        wobble = 1;
    if (at == looked)
        level = likes = views = 1;
    if (at > looked)
        level = number_unknown();
    double followers = record_number(record, COL_FOLLOWERS);
    week.followers = whole(followers * wobble * followers_part(course, weeks, false));
    week.likes = whole(record_number(record, COL_LIKES) * level * likes);
    week.views = whole(record_number(record, COL_VIEWS) * level * views);
    return week;
}

void account_history(const struct course *course, uint64_t seed,
                     const struct generate_options *options, struct record *record,
                     struct snapshot *past)
{
    struct random random; /* of its own: how many weeks there are moves nothing else */
    random_init(&random, seed);
    for (unsigned i = options->snapshots; i > 0; i--)
        past[i - 1] = make_week(course, record, &random, options->snapshots - i);
    record->snapshots = past;
    record->snapshot_count = options->snapshots;
}
