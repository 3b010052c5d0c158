#ifndef MICROSCOPE_APP_COMPARE_SAY_H
#define MICROSCOPE_APP_COMPARE_SAY_H

#include "app/model.h"

/* What stands below the comparison: why one of two brings back more than the other. */

#define COMPARE_INDENT 3 /* of factors that go on in the next line */

/* "Each EUR brings back 2.03 against 1.34 =" "x3.40 more people," "x0.74 worse vs peers," "x0.60 dearer" */
struct compare_words {
    char lead[80];
    bool whole; /* the lead says what the two figures are; else there is no room */
    char factors[COMPARE_FACTORS][40];
    bool helps[COMPARE_FACTORS]; /* speaks for the one that is ahead */
};
/* For a line of so many cells; call it only where a reason can be given. */
void compare_say_factors(const struct model *model, int cells, struct compare_words *out);

/* How likely it is, and each reason to doubt it; nothing where no reason can be given. Not made safe. */
void compare_say_chance(const struct model *model, struct buf *out);

/* Rows of all of it on this screen. */
int compare_say_rows(const struct model *model);

/* The handle of who is compared, or the title of a channel whose handle says nothing. Not made safe. */
struct text compare_name(const struct model *model, int index);

#endif
