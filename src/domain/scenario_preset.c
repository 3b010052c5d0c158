#include <assert.h>

#include "base/vec.h"
#include "domain/knob.h"

const struct scenario_preset scenario_presets[] = {
    {"default",
     "Default rates", /* "default" is what the first plan is called */
     "Click and buy rates half way between the two others: 1 order per 1,000 reached.",
     {{"ctr", NULL}, {"cvr", NULL}}},
    {"cautious",
     "Cautious",
     "1 in 100 visits, 2 in 100 of those order: 0.2 orders per 1,000 reached.",
     {{"ctr", "0.01"}, {"cvr", "0.02"}}},
    {"field-study",
     "Field study",
     "10 in 100 visit, 5 in 100 of those order: 5 orders per 1,000 reached.",
     {{"ctr", "0.1"}, {"cvr", "0.05"}}},
};
const size_t scenario_preset_count = COUNT_OF(scenario_presets);

const struct scenario_preset *scenario_preset_find(struct text name)
{
    for (size_t i = 0; i < scenario_preset_count; i++)
        if (text_equal_ascii_case(name, text_of(scenario_presets[i].name)))
            return &scenario_presets[i];
    return NULL;
}

void scenario_preset_apply(struct scenario *scenario, const struct scenario_preset *preset)
{
    for (size_t i = 0; i < PRESET_KNOBS && preset->knobs[i].key; i++) {
        bool set = scenario_knob_set(scenario, text_of(preset->knobs[i].key),
                                     text_of(preset->knobs[i].value), NULL);
        assert(set);
        (void)set;
    }
}
