#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "domain/show.h"
#include "knob_internal.h"

/* Values of knobs as texts. Numbers stand there in full, so that none changes on the way. */

#define NOT_GIVEN "none"

/* reading */

static bool says_none(struct text value)
{
    return text_equal_ascii_case(value, TEXT(NOT_GIVEN));
}

static bool wrong(const struct knob *knob, struct err *err)
{
    return err_set(err, "'%s' takes %s", knob->key, knob_example(knob));
}

/* A bare number means itself, also where a person would have to say whether it is a percentage. */
static bool read_number(struct text value, const struct knob *knob, double *out)
{
    struct number_seen seen;
    bool percent = knob->unit == UNIT_SHARE || knob->unit == UNIT_RATIO;
    if (knob->optional && says_none(value)) {
        *out = NAN;
        return true;
    }
    if (number_parse(value, number_style_plain, &seen) && !seen.unknown && !seen.trailing &&
        (percent || !seen.percent)) {
        *out = seen.value;
        return true;
    }
    return show_read(value, knob->unit, number_style_plain, out);
}

static bool set_parameter(struct scenario *scenario, size_t parameter, struct text value,
                          struct err *err)
{
    struct knob knob;
    double number;
    knob_describe((struct knob_spot){SPOT_PARAMETER, parameter}, &knob);
    if (!text_known(value)) {
        scenario_reset(scenario, parameter);
        return true;
    }
    return read_number(value, &knob, &number) ? scenario_set(scenario, parameter, number, err)
                                              : wrong(&knob, err);
}

static bool set_ctr(struct scenario *scenario, size_t index, struct text value, struct err *err)
{
    (void)index;
    for (size_t i = 0; i < parameter_count; i++)
        if (ctr_member(i) && !set_parameter(scenario, i, value, err))
            return false; /* all have the same limits: the first said so */
    return true;
}

static bool set_currency(struct scenario *scenario, size_t index, struct text value,
                         struct err *err)
{
    (void)index;
    unsigned currency = currency_from_code(text_known(value) ? value : TEXT("EUR"));
    if (currency == CURRENCY_NONE)
        return err_set(err, "'currency' takes a code like EUR");
    scenario->currency = currency;
    scenario_mark(scenario, SLOT_CURRENCY, text_known(value));
    return true;
}

static bool set_reach(struct scenario *scenario, size_t index, struct text value, struct err *err)
{
    (void)index;
    unsigned table = 0;
    while (text_known(value) && table < reach_table_count &&
           !text_equal_ascii_case(value, text_of(reach_tables[table].word)))
        table++;
    if (table == reach_table_count)
        return err_set(err, "'reach_rates' takes reach-2024 or reach-2019");
    scenario->reach_table = table;
    scenario_mark(scenario, SLOT_REACH, text_known(value));
    return true;
}

static bool set_name(char (*name)[32], struct text value, const struct knob *knob, struct err *err)
{
    struct buf safe = BUF_INIT;
    value = says_none(value) ? TEXT("") : value;
    bool strange = text_safe(&safe, value) || !text_equal(buf_text(&safe), value) ||
                   text_trim(value).length != value.length;
    buf_release(&safe);
    if (strange || value.length >= sizeof *name)
        return wrong(knob, err);
    memset(*name, 0, sizeof *name);
    memcpy(*name, value.at, value.length);
    return true;
}

static bool set_channel_number(double *number, struct text value, const struct knob *knob,
                               struct err *err)
{
    double read;
    if (!read_number(value, knob, &read))
        return wrong(knob, err);
    if (!(isnan(read) && knob->optional) && !(read >= knob->least && read <= knob->most))
        return err_set(err, "'%s' must be from %.15g to %.15g", knob->key, knob->least, knob->most);
    *number = read;
    return true;
}

static bool set_channel(struct scenario *scenario, size_t index, struct text value, struct err *err)
{
    size_t slot = index / CHANNEL_FIELDS, field = index % CHANNEL_FIELDS;
    struct channel *channel = &scenario->channels[slot], standard;
    struct knob knob;
    knob_describe((struct knob_spot){SPOT_CHANNEL, index}, &knob);
    channel_reset(&standard, slot);
    if (field == CHANNEL_NAME) {
        if (!text_known(value))
            memcpy(channel->name, standard.name, sizeof channel->name);
        else if (!set_name(&channel->name, value, &knob, err))
            return false;
    } else if (!text_known(value)) {
        *channel_number(channel, field) = *channel_number(&standard, field);
    } else if (!set_channel_number(channel_number(channel, field), value, &knob, err)) {
        return false;
    }
    scenario_mark(scenario, SLOT_CHANNEL + index, text_known(value));
    return true;
}

/* Place of a currency among the rates, or where it would come: they stand in the order of the codes. */
static int rate_place(const struct scenario *scenario, unsigned currency)
{
    int place = 0;
    while (place < scenario->rate_count && scenario->rates[place].currency < currency)
        place++;
    return place;
}

static bool rate_given(const struct scenario *scenario, unsigned currency)
{
    int place = rate_place(scenario, currency);
    return place < scenario->rate_count && scenario->rates[place].currency == currency;
}

static bool read_rate(struct text value, struct exchange_rate *rate, const struct knob *knob,
                      struct err *err)
{
    struct text rest = text_trim(value), number;
    struct number_seen seen;
    if (!text_next(&rest, ' ', &number) || !number_parse(number, number_style_plain, &seen) ||
        seen.unknown || seen.trailing || seen.percent)
        return wrong(knob, err);
    rest = text_known(rest) ? text_trim(rest) : rest;
    rate->rate = seen.value;
    rate->at = NAN;
    if (rest.length > 0 && !date_parse(rest, &rate->at))
        return wrong(knob, err);
    if (!(rate->rate >= knob->least && rate->rate <= knob->most))
        return err_set(err, "'%s' must be from %.15g to %.15g", knob->key, knob->least, knob->most);
    return true;
}

static bool set_rate(struct scenario *scenario, size_t currency, struct text value, struct err *err)
{
    int place = rate_place(scenario, (unsigned)currency);
    bool there = rate_given(scenario, (unsigned)currency);
    size_t after = (size_t)(scenario->rate_count - place - there);
    struct exchange_rate *at = &scenario->rates[place], rate = {.currency = (unsigned)currency};
    struct knob knob;
    knob_describe((struct knob_spot){SPOT_RATE, currency}, &knob);
    if (text_known(value) && !read_rate(value, &rate, &knob, err))
        return false;
    if (text_known(value) && !there && scenario->rate_count == SCENARIO_RATES)
        return err_set(err, "a scenario has room for %d exchange rates", SCENARIO_RATES);
    if (there && !text_known(value))
        memmove(at, at + 1, after * sizeof *at);
    if (!there && text_known(value))
        memmove(at + 1, at, after * sizeof *at);
    if (text_known(value))
        *at = rate;
    scenario->rate_count += (int)text_known(value) - (int)there;
    if (there && !text_known(value))
        memset(&scenario->rates[scenario->rate_count], 0, sizeof *at);
    scenario->revision++;
    return true;
}

static bool (*const setters[])(struct scenario *scenario, size_t index, struct text value,
                               struct err *err) = {
    [SPOT_CURRENCY] = set_currency,   [SPOT_REACH] = set_reach,     [SPOT_CTR] = set_ctr,
    [SPOT_PARAMETER] = set_parameter, [SPOT_CHANNEL] = set_channel, [SPOT_RATE] = set_rate,
};

bool scenario_knob_set(struct scenario *scenario, struct text key, struct text value,
                       struct err *err)
{
    struct knob_spot spot;
    if (!knob_locate(key, &spot))
        return knob_unknown(key, err);
    return setters[spot.where](scenario, spot.index, text_trim(value), err);
}

/* telling */

static void add_number(struct buf *out, double value, bool own)
{
    if (isnan(value) && own)
        buf_add_string(out, NOT_GIVEN);
    else
        number_exact(out, value);
}

static double ctr_number(const struct scenario *scenario)
{
    double number = NAN;
    for (size_t i = 0; i < parameter_count; i++)
        if (ctr_member(i)) {
            double here = scenario_get(scenario, i);
            if (!isnan(number) && here != number)
                return NAN;
            number = here;
        }
    return number;
}

static const struct exchange_rate *rate_of(const struct scenario *scenario, size_t currency)
{
    return rate_given(scenario, (unsigned)currency)
               ? &scenario->rates[rate_place(scenario, (unsigned)currency)]
               : NULL;
}

static double spot_number(const struct scenario *scenario, struct knob_spot spot)
{
    struct channel channel;
    const struct exchange_rate *rate;
    switch (spot.where) {
    case SPOT_PARAMETER:
        return scenario_get(scenario, spot.index);
    case SPOT_CTR:
        return ctr_number(scenario);
    case SPOT_CHANNEL:
        channel = scenario->channels[spot.index / CHANNEL_FIELDS];
        return spot.index % CHANNEL_FIELDS == CHANNEL_NAME
                   ? (double)NAN
                   : *channel_number(&channel, spot.index % CHANNEL_FIELDS);
    case SPOT_RATE:
        rate = rate_of(scenario, spot.index);
        return rate ? rate->rate : (double)NAN;
    default:
        return NAN;
    }
}

double scenario_knob_number(const struct scenario *scenario, struct text key)
{
    struct knob_spot spot;
    return knob_locate(key, &spot) ? spot_number(scenario, spot) : (double)NAN;
}

static bool spot_own(const struct scenario *scenario, struct knob_spot spot)
{
    bool own = false;
    switch (spot.where) {
    case SPOT_PARAMETER:
        return scenario_marked(scenario, spot.index);
    case SPOT_CTR:
        for (size_t i = 0; i < parameter_count; i++)
            own |= ctr_member(i) && scenario_marked(scenario, i);
        return own;
    case SPOT_CHANNEL:
        return scenario_marked(scenario, SLOT_CHANNEL + spot.index);
    case SPOT_RATE:
        return rate_given(scenario, (unsigned)spot.index);
    default:
        return scenario_marked(scenario, spot.where == SPOT_CURRENCY ? SLOT_CURRENCY : SLOT_REACH);
    }
}

bool scenario_own(const struct scenario *scenario, struct text key)
{
    struct knob_spot spot;
    return knob_locate(key, &spot) && spot_own(scenario, spot);
}

static void add_rate(struct buf *out, const struct exchange_rate *rate)
{
    if (!rate)
        return;
    number_exact(out, rate->rate);
    if (isnan(rate->at))
        return;
    buf_add_char(out, ' ');
    date_iso(out, rate->at);
}

bool scenario_knob_get(const struct scenario *scenario, struct text key, struct buf *out)
{
    struct knob_spot spot;
    if (!knob_locate(key, &spot))
        return false;
    bool own = spot_own(scenario, spot);
    bool name = spot.where == SPOT_CHANNEL && spot.index % CHANNEL_FIELDS == CHANNEL_NAME;
    if (spot.where == SPOT_CURRENCY)
        buf_add_string(out, currencies[scenario->currency].code);
    else if (spot.where == SPOT_REACH)
        buf_add_string(out, reach_tables[scenario->reach_table].word);
    else if (spot.where == SPOT_RATE)
        add_rate(out, rate_of(scenario, spot.index));
    else if (name)
        buf_add_string(out, scenario->channels[spot.index / CHANNEL_FIELDS].name);
    else
        add_number(out, spot_number(scenario, spot), own && spot.where != SPOT_CTR);
    return own;
}

struct teller {
    const struct scenario *scenario;
    void (*each)(void *self, struct text key, struct text value);
    void *self;
    struct buf value;
};

static void tell(struct teller *teller, enum knob_where where, size_t index)
{
    struct knob_spot spot = {where, index};
    struct knob knob;
    if (!spot_own(teller->scenario, spot))
        return;
    knob_describe(spot, &knob);
    buf_clear(&teller->value);
    scenario_knob_get(teller->scenario, text_of(knob.key), &teller->value);
    teller->each(teller->self, text_of(knob.key), buf_text(&teller->value));
}

void scenario_knobs(const struct scenario *scenario,
                    void (*each)(void *self, struct text key, struct text value), void *self)
{
    struct teller teller = {scenario, each, self, BUF_INIT};
    tell(&teller, SPOT_CURRENCY, 0);
    tell(&teller, SPOT_REACH, 0);
    for (size_t i = 0; i < parameter_count; i++)
        tell(&teller, SPOT_PARAMETER, i);
    for (size_t i = 0; i < (size_t)SCENARIO_CHANNELS * CHANNEL_FIELDS; i++)
        tell(&teller, SPOT_CHANNEL, i);
    for (int i = 0; i < scenario->rate_count; i++)
        tell(&teller, SPOT_RATE, scenario->rates[i].currency);
    buf_release(&teller.value);
}

static bool note(const struct scenario *scenario, const char *key, char (*value)[KNOB_VALUE_MOST])
{
    struct buf text = BUF_INIT;
    bool own = scenario_knob_get(scenario, text_of(key), &text);
    assert(text.length < sizeof *value);
    snprintf(*value, sizeof *value, "%s", buf_string(&text));
    buf_release(&text);
    return own;
}

void knob_change_begin(struct knob_change *change, const struct scenario *scenario, struct text key)
{
    struct knob knob;
    bool found = knob_find(key, &knob);
    assert(found && !knob.group);
    (void)found;
    *change = (struct knob_change){.own_before = false};
    memcpy(change->key, knob.key, sizeof change->key);
    change->own_before = note(scenario, change->key, &change->before);
    knob_change_end(change, scenario);
}

bool knob_change_end(struct knob_change *change, const struct scenario *scenario)
{
    change->own_after = note(scenario, change->key, &change->after);
    return change->own_after != change->own_before || strcmp(change->after, change->before) != 0;
}

void knob_change_apply(const struct knob_change *change, struct scenario *scenario, bool forward)
{
    bool own = forward ? change->own_after : change->own_before;
    struct text value = own ? text_of(forward ? change->after : change->before) : (struct text){0};
    scenario_knob_set(scenario, text_of(change->key), value, NULL);
}

bool scenario_touched(const struct scenario *scenario)
{
    for (size_t i = 0; i < COUNT_OF(scenario->changed); i++)
        if (scenario->changed[i])
            return true;
    return scenario->rate_count > 0;
}

void scenario_clear(struct scenario *scenario)
{
    struct scenario fresh;
    scenario_init(&fresh);
    memcpy(fresh.name, scenario->name, sizeof fresh.name);
    fresh.revision = scenario->revision + 1;
    *scenario = fresh;
}
