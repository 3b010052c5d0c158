#include "domain/scenario.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/curve.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/wide.h"
#include "domain/currency.h"
#include "scenario_internal.h"

/* The rates are parameters and set from there. */
static const struct reach_curve reach_standard[FORMAT_COUNT] = {
    [FORMAT_FEED] = {.source = "startmotionmedia.com, ranges of 2024, weak",
                     .count = 4,
                     .from = {3e3, 3e4, 3e5, 3e6}},
    [FORMAT_STORY] = {.source = "startmotionmedia.com, ranges of 2024, weak",
                      .count = 4,
                      .from = {3e3, 3e4, 3e5, 3e6}},
    [FORMAT_X_POST] = {.source = "assumption", .count = 1},
    [FORMAT_FACEBOOK_POST] = {.source = "assumption", .count = 1},
    [FORMAT_LINKEDIN_POST] = {.source = "assumption", .count = 1},
    [FORMAT_PIN] = {.source = "assumption", .count = 1},
};

/* From the page of a vendor of ads each; what a person measures is typed over them. */
static const struct channel channel_standard[SCENARIO_CHANNELS] = {
    {"paid social", .cpm = 10, .ctr = 0.012, .cvr = 0.02, .incremental = 1, .roas = NAN},
    {"display", .cpm = 3, .ctr = 0.0046, .cvr = 0.0077, .incremental = 1, .roas = NAN},
    {"connected TV", .cpm = 25, .ctr = NAN, .cvr = NAN, .incremental = 1, .roas = NAN},
};

const struct reach_table reach_tables[] = {
    {"reach-2024", "a rate of its own for each size of account, ranges of 2024", {0}, {0}},
    {"reach-2019", "medians of 3 to 4 million posts of 2019, in steps",
     .feed = {"minter.io, medians of 2019", true, 3, {0, 2e4, 1e6}, {0.377, 0.229, 0.191}},
     .story =
         {"minter.io, medians of 2019", true, 4, {0, 2e4, 1e5, 1e6}, {0.082, 0.043, 0.041, 0.038}}},
};
const size_t reach_table_count = COUNT_OF(reach_tables);

void channel_reset(struct channel *channel, size_t slot)
{
    *channel =
        slot < SCENARIO_CHANNELS && channel_standard[slot].name[0]
            ? channel_standard[slot]
            : (struct channel){.cpm = NAN, .ctr = NAN, .cvr = NAN, .incremental = 1, .roas = NAN};
}

static double *number_of(struct scenario *scenario, size_t parameter)
{
    assert(parameter < parameter_count);
    return (double *)((char *)scenario + parameters[parameter].offset);
}

void scenario_init(struct scenario *scenario)
{
    *scenario = (struct scenario){.name = "default", .currency = currency_from_code(TEXT("EUR"))};
    for (size_t i = 0; i < FORMAT_COUNT; i++)
        scenario->reach[i] = reach_standard[i];
    for (size_t i = 0; i < SCENARIO_CHANNELS; i++)
        channel_reset(&scenario->channels[i], i);
    for (size_t i = 0; i < parameter_count; i++)
        *number_of(scenario, i) = parameters[i].standard;
}

double scenario_get(const struct scenario *scenario, size_t parameter)
{
    assert(parameter < parameter_count);
    return *(const double *)((const char *)scenario + parameters[parameter].offset);
}

void scenario_mark(struct scenario *scenario, size_t slot, bool own)
{
    uint64_t bit = (uint64_t)1 << slot % 64;
    if (own)
        scenario->changed[slot / 64] |= bit;
    else
        scenario->changed[slot / 64] &= ~bit;
    scenario->revision++;
}

bool scenario_marked(const struct scenario *scenario, size_t slot)
{
    return scenario->changed[slot / 64] >> slot % 64 & 1;
}

bool scenario_set(struct scenario *scenario, size_t parameter, double value, struct err *err)
{
    double *number = number_of(scenario, parameter);
    const struct parameter_row *row = &parameters[parameter];
    bool left_out = isnan(value) && isnan(row->standard);
    if (!left_out && !(value >= row->least && value <= row->most))
        return err_set(err, "'%s' must be from %.15g to %.15g", row->key, row->least, row->most);
    bool whole = row->unit == UNIT_COUNT || row->unit == UNIT_FLAG;
    if (!left_out && whole && value != floor(value))
        return err_set(err, "'%s' must be a whole number from %.15g to %.15g", row->key, row->least,
                       row->most);
    *number = value;
    scenario_mark(scenario, parameter, true);
    return true;
}

void scenario_reset(struct scenario *scenario, size_t parameter)
{
    *number_of(scenario, parameter) = parameters[parameter].standard;
    scenario_mark(scenario, parameter, false);
}

bool scenario_name_allowed(struct text name, struct err *err)
{
    struct buf safe = BUF_INIT;
    bool misleads = text_safe(&safe, name) || !text_equal(buf_text(&safe), name);
    buf_release(&safe);
    if (name.length == 0 || text_trim(name).length != name.length)
        return err_set(err, "a scenario needs a name, without blanks around it");
    if (name.length > SCENARIO_NAME_MOST)
        return err_set(err, "the name of a scenario has at most %d bytes", SCENARIO_NAME_MOST);
    if (misleads)
        return err_set(err, "the name of a scenario has only characters that can be shown");
    return true;
}

void scenario_name_set(struct scenario *scenario, struct text name)
{
    assert(name.length < sizeof scenario->name);
    memcpy(scenario->name, name.at, name.length);
    scenario->name[name.length] = '\0';
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
    return parameter < parameter_count && !scenario_marked(scenario, parameter) &&
           text_starts(text_of(parameters[parameter].source), "assumption");
}

const struct reach_curve *scenario_reach(const struct scenario *scenario, enum format format)
{
    const struct reach_table *table = &reach_tables[scenario->reach_table];
    if (format == FORMAT_FEED && table->feed.count > 0)
        return &table->feed;
    if (format == FORMAT_STORY && table->story.count > 0)
        return &table->story;
    return &scenario->reach[format];
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

int scenario_channels(const struct scenario *scenario, const struct channel *out[SCENARIO_CHANNELS])
{
    int count = 0;
    for (size_t i = 0; i < SCENARIO_CHANNELS; i++)
        if (scenario->channels[i].name[0])
            out[count++] = &scenario->channels[i];
    return count;
}

const struct channel *scenario_baseline(const struct scenario *scenario)
{
    const struct channel *channels[SCENARIO_CHANNELS];
    return scenario_channels(scenario, channels) > 0 ? channels[0] : NULL;
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
