#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/vec.h"
#include "steps_internal.h"

/* What the steps read of the assumptions, part by part. */

static size_t put(double *numbers, size_t count, double number)
{
    assert(count < FORECAST_PART_MOST);
    numbers[count] = number;
    return count + 1;
}

static size_t put_rates(const struct scenario *scenario, double *numbers)
{
    size_t count = put(numbers, 0, scenario->currency);
    for (int i = 0; i < scenario->rate_count; i++) {
        count = put(numbers, count, scenario->rates[i].currency);
        count = put(numbers, count, scenario->rates[i].rate);
    }
    return count;
}

static size_t put_curves(const struct scenario *scenario, double *numbers)
{
    size_t count = 0;
    for (int format = 0; format < FORMAT_COUNT; format++) {
        const struct reach_curve *curve = scenario_reach(scenario, (enum format)format);
        count = put(numbers, count, scenario->unique_share[format]);
        count = put(numbers, count, curve->steps ? -curve->count : curve->count);
        for (int i = 0; i < curve->count; i++) {
            count = put(numbers, count, curve->from[i]);
            count = put(numbers, count, curve->rate[i]);
        }
    }
    return count;
}

/* The budget matters to the number of posts only where they fill it. */
static size_t put_posts(const struct scenario *scenario, double *numbers)
{
    if (scenario->fill == 0)
        return put(numbers, 0, scenario->deliverables);
    size_t count = put(numbers, 0, -scenario->fill_cap);
    count = put(numbers, count, scenario->budget - scenario->creator_cost);
    count = put(numbers, count, scenario->discount);
    return put(numbers, count, scenario->other_share);
}

/* `median`: offset in struct peer_cell, of those with `least` creators. */
static size_t put_peers(const struct peers *peers, size_t median, uint32_t least, double *numbers)
{
    const struct peer_cell *cells = &peers->cell[0][0][0];
    size_t count = 0;
    for (size_t i = 0; i < sizeof peers->cell / sizeof *cells; i++)
        count = put(numbers, count,
                    cells[i].count >= least ? *(const double *)((const char *)&cells[i] + median)
                                            : (double)NAN);
    return count;
}

/* Of the stamp as many bits as a number holds. */
static size_t put_expected(const struct assumptions *assumptions, double *numbers)
{
    size_t count = put_peers(assumptions->peers, offsetof(struct peer_cell, er),
                             benchmarks_peers(assumptions->benchmarks), numbers);
    return put(numbers, count, (double)(benchmarks_stamp(assumptions->benchmarks) >> 11));
}

/* Parts that are single numbers of the scenario. */
static const size_t fields[PART_COUNT][8] = {
    [PART_ESTIMATE] = {offsetof(struct scenario, estimate_follower),
                       offsetof(struct scenario, estimate_views),
                       offsetof(struct scenario, estimate_views_tiktok)},
    [PART_CREDIBILITY] = {offsetof(struct scenario, typical_credibility)},
    [PART_HEADROOM] = {offsetof(struct scenario, headroom)},
    [PART_EXPONENT] = {offsetof(struct scenario, epsilon), offsetof(struct scenario, clamp_low),
                       offsetof(struct scenario, clamp_high)},
    [PART_COSTS] = {offsetof(struct scenario, creator_cost), offsetof(struct scenario, other_share),
                    offsetof(struct scenario, discount)},
    [PART_GIFTS] = {offsetof(struct scenario, fulfilment)},
    [PART_ORDERS] = {offsetof(struct scenario, cvr)},
    [PART_VALUE] = {offsetof(struct scenario, aov)},
    [PART_COMMISSION] = {offsetof(struct scenario, commission)},
    [PART_MEDIA] = {offsetof(struct scenario, value_impression),
                    offsetof(struct scenario, value_like), offsetof(struct scenario, value_comment),
                    offsetof(struct scenario, value_share), offsetof(struct scenario, value_save)},
    [PART_SPREADS] = {offsetof(struct scenario, spread_reach),
                      offsetof(struct scenario, spread_reach_views),
                      offsetof(struct scenario, spread_ctr), offsetof(struct scenario, spread_cvr),
                      offsetof(struct scenario, spread_fee), offsetof(struct scenario, own_reach),
                      offsetof(struct scenario, own_ctr), offsetof(struct scenario, own_cvr)},
};

static size_t put_fields(const struct scenario *scenario, enum forecast_part part, double *numbers)
{
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(fields[part]) && fields[part][i]; i++)
        count = put(numbers, count, *(const double *)((const char *)scenario + fields[part][i]));
    return count;
}

size_t forecast_part(const struct assumptions *assumptions, enum forecast_part part,
                     double *numbers)
{
    const struct scenario *scenario = assumptions->scenario;
    switch (part) {
    case PART_CURRENCY:
        return put_rates(scenario, numbers);
    case PART_RATES:
        return put_curves(scenario, numbers);
    case PART_CLICKS:
        memcpy(numbers, scenario->ctr, sizeof scenario->ctr);
        return FORMAT_COUNT;
    case PART_POSTS:
        return put_posts(scenario, numbers);
    case PART_KEPT:
        return put(numbers, 0, kept_share(scenario));
    case PART_CHANNEL:
        return put(numbers, 0, baseline_roi(scenario));
    case PART_PEERS:
        return put_expected(assumptions, numbers);
    case PART_COMMENTS:
        return put_peers(assumptions->peers, offsetof(struct peer_cell, comments_per_like),
                         PEERS_STANDARD, numbers);
    case PART_MONEY:
        return put(numbers, 0, assumptions->money_left);
    default:
        return put_fields(scenario, part, numbers);
    }
}
