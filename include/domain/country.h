#ifndef MICROSCOPE_DOMAIN_COUNTRY_H
#define MICROSCOPE_DOMAIN_COUNTRY_H

#include "base/text.h"

/* ISO 3166-1 alpha-2 codes with English names and what people write instead ("Deutschland",
 * "España", "UK", "USA"). */
struct country_row {
    char code[3];
    const char *name;
    const char *also; /* folded other spellings, '|' between; may be NULL */
};
extern const struct country_row countries[];
extern const unsigned country_count;

/* The code's row for a code, a name or another spelling (folded before comparing; blanks and signs do
 * not count), also in "City, Country", where what is a state of the USA as well ("CA") is left
 * alone. NULL when unknown. */
const struct country_row *country_find(struct text written);

#endif
