#include "random_knobs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "domain/currency.h"

void random_knob_value(struct random *random, const struct knob *knob, char *out)
{
    static const char *const names[] = {"Radio", "TV spot", "none", "", "Ünlü", "a.b c=d"};
    double low = knob->least, high = knob->most < 1e6 ? knob->most : 1e6;
    bool whole = knob->unit == UNIT_COUNT || knob->unit == UNIT_FLAG;
    double number = low + (high - low) * random_unit(random);
    switch (knob->kind) {
    case KNOB_NUMBER:
        if (knob->optional && random_below(random, 5) == 0)
            snprintf(out, KNOB_VALUE_MOST, "none");
        else
            snprintf(out, KNOB_VALUE_MOST, "%.17g", whole ? floor(number) : number);
        break;
    case KNOB_NAME:
        snprintf(out, KNOB_VALUE_MOST, "%s", names[random_below(random, COUNT_OF(names))]);
        break;
    case KNOB_CHOICE:
        snprintf(out, KNOB_VALUE_MOST, "%s", knob_choice(knob, (size_t)random_below(random, 2)).at);
        break;
    case KNOB_RATE:
        snprintf(out, KNOB_VALUE_MOST, "%.17g%s", 1e-3 + number / 7,
                 random_below(random, 2) ? " 2026-11-23" : "");
        break;
    }
}

bool random_knob(struct random *random, const struct scenario *scenario, struct knob *knob)
{
    size_t skip = (size_t)random_below(random, 120), at = 0;
    if (random_below(random, 6) == 0) {
        char key[16];
        snprintf(key, sizeof key, "rate.%s",
                 currencies[1 + random_below(random, currency_count - 1)].code);
        return knob_find(text_of(key), knob);
    }
    do
        if (!knob_next(&at, scenario, knob))
            return false;
    while (skip-- > 0);
    return true;
}

static enum format random_format(struct random *random, enum platform platform)
{
    enum format format = (enum format)random_below(random, FORMAT_COUNT);
    return formats[format].platform == platform ? format : FORMAT_NONE;
}

static void random_entry(struct random *random, struct plan_entries *entries, size_t number)
{
    static const char *const names[] = {"lena", "emil.k",        "UCabc",      "null",
                                        "1e5",  "\xc3\xbcn: #1", "back\\slash"};
    struct planned planned = planned_none();
    enum platform platform = (enum platform)random_below(random, PLATFORM_COUNT);
    char handle[64], key[64];
    planned.deliverables = (unsigned)random_below(random, 4);
    planned.format = random_format(random, platform);
    if (planned.deliverables == 0 || random_below(random, 2) == 0)
        planned.fee = (double)random_below(random, 10000000);
    snprintf(handle, sizeof handle, "%s%zu", names[random_below(random, COUNT_OF(names))], number);
    handle_key(platform, text_of(handle), key);
    plan_entries_add(entries, platform, text_of(key), &planned);
}

void random_scenario(struct random *random, struct scenario *scenario, struct plan_entries *entries,
                     size_t most)
{
    static const char *const names[] = {"spring", "Fr\xc3\xbchling 2027", "null", "a: b #c", "7"};
    scenario_init(scenario);
    plan_entries_release(entries);
    scenario_name_set(scenario, text_of(names[random_below(random, COUNT_OF(names))]));
    for (size_t turns = (size_t)random_below(random, 60); turns > 0; turns--) {
        struct knob knob;
        char value[KNOB_VALUE_MOST];
        if (!random_knob(random, scenario, &knob))
            continue;
        random_knob_value(random, &knob, value);
        scenario_knob_set(scenario, text_of(knob.key), text_of(value), NULL);
    }
    for (size_t count = (size_t)random_below(random, most + 1); count > 0; count--)
        random_entry(random, entries, count);
}
