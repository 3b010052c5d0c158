#include "domain/knob.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/doc.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "knob_internal.h"

#define CHANNEL_HELP "Of a channel to compare with: "
#define CHANNEL_SOURCE "assumption, public figures of 2026"

static const struct channel_row {
    const char *key, *title, *help;
    enum knob_kind kind;
    enum unit unit;
    double most;
    bool optional;
    size_t offset; /* within struct channel */
} channel_rows[CHANNEL_FIELDS] = {
    [CHANNEL_NAME] = {"name", "name", CHANNEL_HELP "its name; none takes it away.", KNOB_NAME,
                      UNIT_WORD, 0, false, offsetof(struct channel, name)},
    [CHANNEL_CPM] = {"cpm", "cost per 1,000", CHANNEL_HELP "cost of 1,000 contacts.", KNOB_NUMBER,
                     UNIT_UNIT_COST, 1e6, true, offsetof(struct channel, cpm)},
    [CHANNEL_CTR] = {"ctr", "click rate", CHANNEL_HELP "share of contacts who visit.", KNOB_NUMBER,
                     UNIT_SHARE, 1, true, offsetof(struct channel, ctr)},
    [CHANNEL_CVR] = {"cvr", "buy rate", CHANNEL_HELP "share of its visitors who order.",
                     KNOB_NUMBER, UNIT_SHARE, 1, true, offsetof(struct channel, cvr)},
    [CHANNEL_INCREMENTAL] = {"incremental", "incremental share",
                             CHANNEL_HELP "share of its orders that would not have come anyway.",
                             KNOB_NUMBER, UNIT_SHARE, 1, false,
                             offsetof(struct channel, incremental)},
    [CHANNEL_ROAS] = {"roas", "measured ROAS",
                      CHANNEL_HELP "revenue for each unit of money as you measured it; it then "
                                   "counts instead of the rates.",
                      KNOB_NUMBER, UNIT_RATIO, 1e6, true, offsetof(struct channel, roas)},
};

static const struct other_row {
    const char *key, *title, *help, *source;
    enum knob_kind kind;
    const char *before; /* the parameter it is shown before */
} other_rows[] = {
    [SPOT_CURRENCY] = {"currency", "Currency",
                       "Of the budget and all money; amounts are not converted by a change.",
                       "assumption: type your own", KNOB_CHOICE, "aov"},
    [SPOT_REACH] = {"reach_rates", "Reach rates", "The table that reach by followers is read from.",
                    "weak, but of this decade", KNOB_CHOICE, "reach_feed_3k"},
    [SPOT_CTR] = {"ctr", "All click rates",
                  "Share of people reached who visit by link, code or search, for all formats.",
                  "assumption, no public figure: type your own", KNOB_NUMBER, "ctr_feed"},
};

/* finding */

static bool find_channel(struct text key, struct knob_spot *spot)
{
    struct text rest = key, word, number;
    if (!text_next(&rest, '.', &word) || !text_equal_ascii_case(word, TEXT("channel")) ||
        !text_next(&rest, '.', &number) || number.length != 1 || number.at[0] < '1' ||
        number.at[0] >= '1' + SCENARIO_CHANNELS)
        return false;
    for (size_t i = 0; i < CHANNEL_FIELDS; i++)
        if (text_equal_ascii_case(rest, text_of(channel_rows[i].key))) {
            *spot =
                (struct knob_spot){SPOT_CHANNEL, (size_t)(number.at[0] - '1') * CHANNEL_FIELDS + i};
            return true;
        }
    return false;
}

static bool find_rate(struct text key, struct knob_spot *spot)
{
    struct text rest = key, word;
    if (!text_next(&rest, '.', &word) || !text_equal_ascii_case(word, TEXT("rate")))
        return false;
    *spot = (struct knob_spot){SPOT_RATE, currency_from_code(rest)};
    return spot->index != CURRENCY_NONE;
}

bool knob_locate(struct text key, struct knob_spot *spot)
{
    for (size_t i = 0; i < COUNT_OF(other_rows); i++)
        if (text_equal_ascii_case(key, text_of(other_rows[i].key))) {
            *spot = (struct knob_spot){(enum knob_where)i, 0};
            return true;
        }
    spot->where = SPOT_PARAMETER;
    return parameter_find(key, &spot->index) || find_channel(key, spot) || find_rate(key, spot);
}

double *channel_number(struct channel *channel, size_t field)
{
    assert(channel_rows[field].kind == KNOB_NUMBER);
    return (double *)((char *)channel + channel_rows[field].offset);
}

/* describing */

static void describe_parameter(size_t parameter, struct knob *out)
{
    const struct parameter_row *row = &parameters[parameter];
    *out = (struct knob){.help = row->help,
                         .source = row->source,
                         .kind = KNOB_NUMBER,
                         .unit = row->unit,
                         .standard = row->standard,
                         .least = row->least,
                         .most = row->most,
                         .optional = isnan(row->standard)};
    snprintf(out->key, sizeof out->key, "%s", row->key);
    snprintf(out->title, sizeof out->title, "%s", row->title);
}

static void describe_channel(size_t index, struct knob *out)
{
    size_t slot = index / CHANNEL_FIELDS, field = index % CHANNEL_FIELDS;
    const struct channel_row *row = &channel_rows[field];
    struct channel standard;
    channel_reset(&standard, slot);
    *out = (struct knob){.help = row->help,
                         .source = standard.name[0] ? CHANNEL_SOURCE : "none",
                         .kind = row->kind,
                         .unit = row->unit,
                         .standard = NAN,
                         .most = row->most,
                         .optional = row->optional};
    if (row->kind == KNOB_NUMBER)
        out->standard = *channel_number(&standard, field);
    snprintf(out->key, sizeof out->key, "channel.%zu.%s", slot + 1, row->key);
    snprintf(out->title, sizeof out->title, "Channel %zu, %s", slot + 1, row->title);
}

static void describe_rate(unsigned currency, struct knob *out)
{
    *out = (struct knob){.help = "What one of this currency is in the scenario's, and as of when.",
                         .source = "none given",
                         .kind = KNOB_RATE,
                         .unit = UNIT_RATIO,
                         .standard = NAN,
                         .least = 1e-9,
                         .most = 1e9};
    snprintf(out->key, sizeof out->key, "rate.%s", currencies[currency].code);
    snprintf(out->title, sizeof out->title, "One %s", currencies[currency].code);
}

static void describe_other(enum knob_where where, struct knob *out)
{
    const struct other_row *row = &other_rows[where];
    *out = (struct knob){.unit = UNIT_WORD, .standard = NAN};
    if (where == SPOT_CTR)
        describe_parameter(parameter_at(offsetof(struct scenario, ctr[FORMAT_FEED])), out);
    out->help = row->help;
    out->source = row->source;
    out->kind = row->kind;
    out->group = where == SPOT_CTR;
    snprintf(out->key, sizeof out->key, "%s", row->key);
    snprintf(out->title, sizeof out->title, "%s", row->title);
}

void knob_describe(struct knob_spot spot, struct knob *out)
{
    switch (spot.where) {
    case SPOT_PARAMETER:
        describe_parameter(spot.index, out);
        break;
    case SPOT_CHANNEL:
        describe_channel(spot.index, out);
        break;
    case SPOT_RATE:
        describe_rate((unsigned)spot.index, out);
        break;
    default:
        describe_other(spot.where, out);
    }
}

bool knob_find(struct text key, struct knob *out)
{
    struct knob_spot spot;
    if (!knob_locate(key, &spot))
        return false;
    knob_describe(spot, out);
    return true;
}

/* Every key that could have been meant; of the channels the number is taken from what was typed. */
bool knob_unknown(struct text key, struct err *err)
{
    char channels[CHANNEL_FIELDS][KNOB_KEY_MOST];
    const char *words[SCENARIO_PARAMETERS + COUNT_OF(other_rows) + CHANNEL_FIELDS];
    size_t count = 0;
    char slot = key.length > 8 && key.at[8] >= '1' && key.at[8] <= '8' ? key.at[8] : '1';
    for (size_t i = 0; i < parameter_count; i++)
        words[count++] = parameters[i].key;
    for (size_t i = 0; i < COUNT_OF(other_rows); i++)
        words[count++] = other_rows[i].key;
    for (size_t i = 0; i < CHANNEL_FIELDS; i++) {
        snprintf(channels[i], sizeof channels[i], "channel.%c.%s", slot, channel_rows[i].key);
        words[count++] = channels[i];
    }
    const char *nearest = nearest_word(key, words, count, sizeof words[0]);
    int length = key.length < 60 ? (int)key.length : 60;
    if (nearest)
        return err_set(err, "no assumption '%.*s': did you mean '%s'?", length, key.at, nearest);
    return err_set(err, "no assumption '%.*s'", length, key.at);
}

/* walking */

/* Curves of a table leave these without effect. */
static bool overruled(const struct scenario *scenario, size_t parameter)
{
    static const enum format curved[] = {FORMAT_FEED, FORMAT_STORY};
    size_t offset = parameters[parameter].offset;
    for (size_t i = 0; i < COUNT_OF(curved); i++) {
        const struct reach_curve *own = &scenario->reach[curved[i]];
        size_t from = (size_t)((const char *)own - (const char *)scenario);
        if (offset >= from && offset < from + sizeof *own)
            return scenario_reach(scenario, curved[i]) != own;
    }
    return false;
}

/* Shown before this parameter; SPOT_PARAMETER: nothing is. */
static enum knob_where shown_before(size_t parameter)
{
    for (size_t i = 0; i < COUNT_OF(other_rows); i++)
        if (strcmp(other_rows[i].before, parameters[parameter].key) == 0)
            return (enum knob_where)i;
    return SPOT_PARAMETER;
}

static size_t first_free(const struct scenario *scenario)
{
    size_t slot = 0;
    while (slot < SCENARIO_CHANNELS && scenario->channels[slot].name[0])
        slot++;
    return slot;
}

static bool channel_shown(const struct scenario *scenario, size_t index)
{
    size_t slot = index / CHANNEL_FIELDS;
    return scenario->channels[slot].name[0] ||
           (slot == first_free(scenario) && index % CHANNEL_FIELDS == CHANNEL_NAME);
}

/* Step `at` of the walk; false: nothing stands there. */
static bool step(const struct scenario *scenario, size_t at, struct knob_spot *spot)
{
    size_t channels = 2 * parameter_count, rates = channels + SCENARIO_CHANNELS * CHANNEL_FIELDS;
    if (at < channels && at % 2 == 0) {
        *spot = (struct knob_spot){shown_before(at / 2), 0};
        return spot->where != SPOT_PARAMETER;
    }
    if (at < channels) {
        *spot = (struct knob_spot){SPOT_PARAMETER, at / 2};
        return !overruled(scenario, at / 2);
    }
    if (at < rates) {
        *spot = (struct knob_spot){SPOT_CHANNEL, at - channels};
        return channel_shown(scenario, spot->index);
    }
    *spot = (struct knob_spot){SPOT_RATE, scenario->rates[at - rates].currency};
    return true;
}

bool knob_next(size_t *at, const struct scenario *scenario, struct knob *out)
{
    size_t end =
        2 * parameter_count + SCENARIO_CHANNELS * CHANNEL_FIELDS + (size_t)scenario->rate_count;
    while (*at < end) {
        struct knob_spot spot;
        if (step(scenario, (*at)++, &spot)) {
            knob_describe(spot, out);
            return true;
        }
    }
    return false;
}

/* groups, choices, examples */

bool ctr_member(size_t parameter)
{
    size_t from = offsetof(struct scenario, ctr), offset = parameters[parameter].offset;
    return offset >= from && offset < from + sizeof(double[FORMAT_COUNT]);
}

size_t knob_members(const struct knob *knob, struct knob *out, size_t most)
{
    size_t count = 0;
    if (!knob->group && most > 0)
        out[count++] = *knob;
    for (size_t i = 0; knob->group && i < parameter_count && count < most; i++)
        if (ctr_member(i))
            describe_parameter(i, &out[count++]);
    return count;
}

struct text knob_choice(const struct knob *knob, size_t index)
{
    if (knob->kind != KNOB_CHOICE)
        return (struct text){0};
    if (strcmp(knob->key, other_rows[SPOT_CURRENCY].key) == 0)
        return index + 1 < currency_count ? text_of(currencies[index + 1].code) : (struct text){0};
    return index < reach_table_count ? text_of(reach_tables[index].word) : (struct text){0};
}

static const char *const unit_examples[UNIT_COUNT_OF] = {
    [UNIT_COUNT] = "a whole number",           [UNIT_SHARE] = "a share like 4% or 0.04",
    [UNIT_RATIO] = "a number like 0.5",        [UNIT_MONEY] = "an amount like 5000 or 2.5k",
    [UNIT_UNIT_COST] = "an amount like 89.50", [UNIT_FLAG] = "on or off",
};

const char *knob_example(const struct knob *knob)
{
    if (knob->kind == KNOB_NAME)
        return "a name of up to 31 bytes";
    if (knob->kind == KNOB_RATE)
        return "a rate like 0.92 or 0.92 2026-11-23";
    if (knob->kind == KNOB_NUMBER)
        return unit_examples[knob->unit];
    return strcmp(knob->key, other_rows[SPOT_CURRENCY].key) == 0 ? "a code like EUR"
                                                                 : "reach-2024 or reach-2019";
}
