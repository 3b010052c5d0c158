#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "total_internal.h"
#include "unknown_internal.h"

/* What an assumption is, as far as ROI of the plan goes. */
enum swing_kind {
    SWING_NONE,
    SWING_REACH, /* revenue of everybody with the spread of his reach */
    SWING_CLICKS,
    SWING_BUYS,
    SWING_RATE,    /* a rate or share that reach of a format is made of, with the spread of reach */
    SWING_CERTAIN, /* a parameter x 0.9 and x 1.1 */
    SWING_EXCHANGE /* an exchange rate, likewise */
};

struct lever {
    enum swing_kind kind;
    size_t at;     /* parameter, or exchange rate of the scenario */
    int format;    /* SWING_CLICKS: of this one; -1: of all */
    double spread; /* SWING_RATE */
};

static bool within(size_t offset, size_t from, size_t size)
{
    return offset >= from && offset < from + size;
}

static struct lever parameter_lever(const struct scenario *scenario, size_t parameter)
{
    struct lever lever = {.kind = SWING_CERTAIN, .at = parameter, .format = -1};
    size_t offset = parameters[parameter].offset;
    if (parameters[parameter].unit == UNIT_FLAG || isnan(scenario_get(scenario, parameter)))
        lever.kind = SWING_NONE;
    else if (offset == offsetof(struct scenario, cvr))
        lever.kind = SWING_BUYS;
    else if (within(offset, offsetof(struct scenario, ctr), sizeof scenario->ctr)) {
        lever.kind = SWING_CLICKS;
        lever.format = (int)((offset - offsetof(struct scenario, ctr)) / sizeof scenario->ctr[0]);
    } else if (within(offset, offsetof(struct scenario, reach), sizeof scenario->reach)) {
        lever.kind = SWING_RATE;
        lever.spread = scenario->spread_reach;
    } else if (within(offset, offsetof(struct scenario, unique_share),
                      sizeof scenario->unique_share)) {
        lever.kind = SWING_RATE;
        lever.spread = scenario->spread_reach_views;
    }
    return lever;
}

static struct lever exchange_lever(const struct scenario *scenario, struct text code)
{
    unsigned currency = currency_from_code(code);
    for (int i = 0; i < scenario->rate_count; i++)
        if (currency != CURRENCY_NONE && scenario->rates[i].currency == currency)
            return (struct lever){.kind = SWING_EXCHANGE, .at = (size_t)i};
    return (struct lever){.kind = SWING_NONE};
}

static struct lever find_lever(const struct scenario *scenario, const char *key)
{
    struct text word = text_of(key ? key : "");
    size_t parameter;
    if (text_equal(word, TEXT("reach")))
        return (struct lever){.kind = SWING_REACH};
    if (text_equal(word, TEXT("ctr")))
        return (struct lever){.kind = SWING_CLICKS, .format = -1};
    if (parameter_find(word, &parameter))
        return parameter_lever(scenario, parameter);
    if (text_starts(word, "rate."))
        return exchange_lever(scenario, text_part(word, 5, word.length));
    return (struct lever){.kind = SWING_NONE};
}

/* Factor of mean 1 at one of its ends. */
static double end_factor(double spread, double z)
{
    return exp(z * spread - spread * spread / 2);
}

static double row_spread(const struct lever *lever, const struct scenario *scenario,
                         enum format format)
{
    if (lever->kind == SWING_REACH)
        return formats[format].by_views ? scenario->spread_reach_views : scenario->spread_reach;
    if (lever->kind == SWING_BUYS)
        return scenario->spread_cvr;
    return lever->format < 0 || lever->format == (int)format ? scenario->spread_ctr : 0;
}

/* ROI with the revenue of each at one end of what is uncertain. */
static double uncertain_end(const struct lever *lever, const struct totals *totals,
                            const struct scenario *scenario, double z)
{
    double *factors = mem_alloc(totals->count * sizeof *factors), by_format[FORMAT_COUNT];
    for (int i = 0; i < FORMAT_COUNT; i++)
        by_format[i] = end_factor(row_spread(lever, scenario, (enum format)i), z);
    for (size_t i = 0; i < totals->count; i++)
        factors[i] = by_format[totals->items[i].format];
    double roi = total_roi(totals, factors);
    free(factors);
    return roi;
}

/* ROI with another number in the scenario. */
static double forecast_end(const struct lever *lever, const struct replay *replay, double factor,
                           struct totals *scratch)
{
    struct scenario scenario = *replay->assumptions->scenario;
    struct assumptions assumptions = *replay->assumptions;
    assumptions.scenario = &scenario;
    if (lever->kind == SWING_EXCHANGE) {
        scenario.rates[lever->at].rate *= factor;
    } else {
        const struct parameter_row *row = &parameters[lever->at];
        double *number = (double *)((char *)&scenario + row->offset);
        *number = fmax(fmin(*number * factor, row->most), row->least);
        if (row->unit == UNIT_COUNT)
            *number = round(*number);
    }
    replay_with(replay, &assumptions, scratch);
    return total_roi(scratch, NULL);
}

static void mark_widest(struct total_swing *swings, size_t count)
{
    for (int twice = 0; twice < 2; twice++) {
        size_t widest = count;
        double most = 0;
        for (size_t i = 0; i < count; i++) {
            double width = fabs(swings[i].high - swings[i].low);
            if (!swings[i].widest && width > most) {
                most = width;
                widest = i;
            }
        }
        if (widest < count)
            swings[widest].widest = true;
    }
}

static struct total_swing swing_of(const struct lever *lever, const struct replay *replay,
                                   const struct totals *totals, struct totals *scratch)
{
    const struct scenario *scenario = replay->assumptions->scenario;
    double roi = total_roi(totals, NULL);
    struct total_swing swing = {.low = roi, .high = roi};
    if (isnan(roi) || lever->kind == SWING_NONE)
        return swing;
    if (lever->kind == SWING_REACH || lever->kind == SWING_CLICKS || lever->kind == SWING_BUYS) {
        swing.low = uncertain_end(lever, totals, scenario, -FORECAST_Z);
        swing.high = uncertain_end(lever, totals, scenario, FORECAST_Z);
        return swing;
    }
    bool rate = lever->kind == SWING_RATE;
    swing.low =
        forecast_end(lever, replay, rate ? end_factor(lever->spread, -FORECAST_Z) : 0.9, scratch);
    swing.high =
        forecast_end(lever, replay, rate ? end_factor(lever->spread, FORECAST_Z) : 1.1, scratch);
    return swing;
}

void totals_swing(const struct facts *facts, const struct assumptions *assumptions,
                  const uint32_t *rows, size_t count, const char *const *keys, size_t key_count,
                  struct total_swing *out)
{
    struct chosen_facts chosen;
    struct replay replay;
    struct totals totals = {0}, scratch = {0};
    chosen_facts_init(&chosen, facts, rows, count);
    replay_init(&replay, &chosen.facts, assumptions);
    replay_with(&replay, assumptions, &totals);
    for (size_t i = 0; i < key_count; i++) {
        struct lever lever = find_lever(assumptions->scenario, keys[i]);
        out[i] = swing_of(&lever, &replay, &totals, &scratch);
    }
    mark_widest(out, key_count);
    totals_release(&totals);
    totals_release(&scratch);
    replay_release(&replay);
    chosen_facts_release(&chosen);
}
