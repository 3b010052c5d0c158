#include "domain/tier.h"

#include <math.h>

#include "base/vec.h"

const struct tier_preset tier_presets[] = {
    {.name = "textbook",
     .source = "the usual definition: micro is 1,000 to 100,000 followers",
     .count = 4,
     .bands = {{"nano", 0}, {"micro", 1e3}, {"macro", 100e3}, {"mega", 1e6}}},
    {.name = "hootsuite",
     .source = "blog.hootsuite.com/instagram-influencer-rates",
     .count = 5,
     .bands = {{"nano", 1e3}, {"micro", 10e3}, {"mid", 50e3}, {"macro", 500e3}, {"mega", 1e6}}},
    {.name = "later",
     .source = "Later x Fohr 2021",
     .count = 5,
     .bands = {{"nano", 0}, {"micro", 10e3}, {"mid", 100e3}, {"macro", 500e3}, {"mega", 1e6}}},
    {.name = "hypeauditor",
     .source = "hypeauditor.com/blog/new-aqs-formula-fairer-assessment",
     .count = 5,
     .bands = {{"nano", 1e3}, {"micro", 5e3}, {"mid", 20e3}, {"macro", 100e3}, {"mega", 1e6}}},
};
const int tier_preset_count = COUNT_OF(tier_presets);

int tier_choices(const struct tier_own *own)
{
    return tier_preset_count + (own ? own->count : 0);
}

const struct tier_preset *tier_choice(const struct tier_own *own, int index)
{
    return index < tier_preset_count ? &tier_presets[index]
                                     : &own->items[index - tier_preset_count];
}

const struct tier_preset *tier_find(const struct tier_own *own, struct text name)
{
    for (int i = 0; i < tier_choices(own); i++) {
        const struct tier_preset *preset = tier_choice(own, i);
        if (text_equal_ascii_case(name, text_of(preset->name)))
            return preset;
    }
    return NULL;
}

int tier_of(const struct tier_preset *preset, double followers)
{
    if (isnan(followers))
        return TIER_NONE;
    int band = TIER_NONE;
    while (band + 1 < preset->count && preset->bands[band + 1].from <= followers)
        band++;
    return band;
}

int tier_from_word(const struct tier_preset *preset, struct text word)
{
    for (int i = 0; i < preset->count; i++) {
        if (text_equal_ascii_case(word, text_of(preset->bands[i].word)))
            return i;
    }
    return TIER_NONE;
}
