#ifndef MICROSCOPE_DOMAIN_TIER_H
#define MICROSCOPE_DOMAIN_TIER_H

#include <stdbool.h>

#include "base/text.h"

/* Half-open bands on followers: from <= followers < next. Below the first band, and with unknown
 * followers, there is no tier. Presets and sources: the glossary. */
#define TIER_MOST 8
#define TIER_NONE (-1)
#define TIER_WORD_MOST 23 /* bytes of a name */

/* Both can be copied; words are UTF-8, safe for the screen. */
struct tier_band {
    char word[TIER_WORD_MOST + 1]; /* "micro" */
    double from;
};

struct tier_preset {
    char name[TIER_WORD_MOST + 1]; /* "textbook" */
    char source[96];
    int count; /* 1 … TIER_MOST, ascending */
    struct tier_band bands[TIER_MOST];
};

extern const struct tier_preset tier_presets[]; /* the first is the default */
extern const int tier_preset_count;

/* Presets of the user's own, beside those of the program: no name is there twice. */
#define TIER_OWN_MOST 12
struct tier_own {
    struct tier_preset items[TIER_OWN_MOST];
    int count;
};

/* All there are to choose from: those of the program, then `own` (NULL: none). */
int tier_choices(const struct tier_own *own);
const struct tier_preset *tier_choice(const struct tier_own *own, int index);
/* NULL: none of that name. */
const struct tier_preset *tier_find(const struct tier_own *own, struct text name);
int tier_of(const struct tier_preset *preset, double followers); /* band index or TIER_NONE */
int tier_from_word(const struct tier_preset *preset, struct text word);

#endif
