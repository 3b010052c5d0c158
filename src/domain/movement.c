#include "domain/movement.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"

#define HOUR 3600.0
#define FOLLOWERS_MOST 8e8
#define AVERAGE_MOST 5e9

void movement_init(struct movement *movement, uint64_t seed)
{
    memset(movement, 0, sizeof *movement);
    random_init(&movement->random, seed);
}

static bool chance(struct movement *movement, double share)
{
    return random_unit(&movement->random) < share;
}

int64_t movement_pick(struct movement *movement, int64_t last)
{
    size_t at = (size_t)random_below(&movement->random, MOVEMENT_VIRAL);
    if (chance(movement, 0.1) && movement->viral[at].id > 0)
        return movement->viral[at].id;
    return last > 0 ? 1 + (int64_t)random_below(&movement->random, (uint64_t)last) : 1;
}

/* Whether this creator is viral now, which may begin or end here. */
static bool is_viral(struct movement *movement, int64_t id)
{
    bool begins = chance(movement, 0.002);
    for (size_t i = 0; i < MOVEMENT_VIRAL; i++)
        if (movement->viral[i].id == id) {
            if (--movement->viral[i].left == 0)
                movement->viral[i].id = 0;
            return true;
        }
    for (size_t i = 0; begins && i < MOVEMENT_VIRAL; i++)
        if (movement->viral[i].id == 0) {
            movement->viral[i].id = id;
            movement->viral[i].left = 4 + (unsigned)random_below(&movement->random, 9);
            return true;
        }
    return false;
}

/* A platform counts people whole: a small account gains or loses one now and then. */
static double moved_followers(struct movement *movement, double was, bool viral)
{
    double drift = 0.0002 + 0.0008 * random_normal(&movement->random);
    if (viral)
        drift += 0.004 + 0.016 * random_unit(&movement->random);
    double change = was * drift;
    if (fabs(change) < 1)
        change = chance(movement, fabs(change)) ? (change < 0 ? -1 : 1) : 0;
    return fmin(fmax(round(was + change), 0), FOLLOWERS_MOST);
}

static void move_audience(struct movement *movement, const struct record *was, double at,
                          bool viral, struct record *out)
{
    double followers = record_number(was, COL_FOLLOWERS);
    if (!number_known(followers))
        return;
    record_set_number(out, COL_FOLLOWERS, moved_followers(movement, followers, viral));
    record_set_number(out, COL_AUDIENCE_AT, at);
}

/* Averages per post move together, and each a little by itself. Far above the audience they come back:
 * nobody stays viral. */
static void move_engagement(struct movement *movement, const struct record *was, double at,
                            bool viral, struct record *out)
{
    static const enum column averages[] = {COL_LIKES, COL_COMMENTS, COL_SHARES, COL_SAVES,
                                           COL_VIEWS};
    double common = 1 + 0.010 * random_normal(&movement->random);
    double views = record_number(was, COL_VIEWS), likes = record_number(was, COL_LIKES);
    double audience = fmax(record_number(was, COL_FOLLOWERS), views);
    if (viral)
        common *= 1.04 + 0.16 * random_unit(&movement->random);
    else if (likes > 0.15 * audience)
        common *= 0.98;
    for (size_t i = 0; i < COUNT_OF(averages); i++) {
        double value = record_number(was, averages[i]);
        double factor = common * (1 + 0.006 * random_normal(&movement->random));
        if (!number_known(value))
            continue;
        value = fmin(fmax(value * factor, 0), AVERAGE_MOST);
        record_set_number(out, averages[i], value < 20 ? round(value * 10) / 10 : round(value));
        record_set_number(out, COL_ENGAGEMENT_AT, at);
    }
}

/* Up or down by a twentieth or a tenth, in steps of five or of one whole unit. */
static void move_fee(struct movement *movement, const struct record *was, double at,
                     struct record *out)
{
    static const double factors[] = {0.9, 0.95, 1.05, 1.1, 1.15};
    double fee = record_number(was, COL_FEE), step = fee < 5000 ? 100 : 500;
    bool changes = chance(movement, 0.004);
    double factor = factors[random_below(&movement->random, COUNT_OF(factors))];
    if (!changes || !(fee > 0) || !text_known(record_text(was, COL_CURRENCY)) ||
        !text_known(record_text(was, COL_FEE_ORIGIN)))
        return;
    record_set_number(out, COL_FEE, fmax(round(fee * factor / step) * step, step));
    record_set_text(out, COL_FEE_ORIGIN, record_text(was, COL_FEE_ORIGIN));
    record_set_text(out, COL_CURRENCY, record_text(was, COL_CURRENCY));
    record_set_number(out, COL_FEE_AT, at);
}

static double seen_at(const struct record *was, enum column column, double now)
{
    return fmax(floor(now / HOUR) * HOUR, record_number(was, column)); /* of NaN, the other */
}

void movement_step(struct movement *movement, const struct record *was, double now,
                   struct record *out)
{
    bool viral = is_viral(movement, was->id);
    record_clear(out);
    record_set_text(out, COL_PLATFORM, record_text(was, COL_PLATFORM));
    record_set_text(out, COL_HANDLE, record_text(was, COL_HANDLE));
    move_audience(movement, was, seen_at(was, COL_AUDIENCE_AT, now), viral, out);
    move_engagement(movement, was, seen_at(was, COL_ENGAGEMENT_AT, now), viral, out);
    move_fee(movement, was, seen_at(was, COL_FEE_AT, now), out);
}
