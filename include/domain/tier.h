#ifndef MICROSCOPE_DOMAIN_TIER_H
#define MICROSCOPE_DOMAIN_TIER_H

#include <stdbool.h>

#include "base/text.h"

/* Half-open bands on followers: from <= followers < next. Below the first band, and with unknown
 * followers, there is no tier. Presets and sources: the glossary. */
#define TIER_MOST 8
#define TIER_NONE (-1)

struct tier_band {
    const char *word; /* "micro" */
    double from;
};

struct tier_preset {
    const char *name; /* "textbook" */
    const char *source;
    int count; /* 1 … TIER_MOST, ascending */
    struct tier_band bands[TIER_MOST];
};

extern const struct tier_preset tier_presets[]; /* the first is the default */
extern const int tier_preset_count;

const struct tier_preset *tier_preset_find(struct text name);    /* NULL: none of that name */
int tier_of(const struct tier_preset *preset, double followers); /* band index or TIER_NONE */
int tier_from_word(const struct tier_preset *preset, struct text word);

#endif
