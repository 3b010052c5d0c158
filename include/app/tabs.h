#ifndef MICROSCOPE_APP_TABS_H
#define MICROSCOPE_APP_TABS_H

#include <stdbool.h>
#include <stdint.h>

#include "app/model.h"

/* The map in the top bar: the places there are, for painting and for the mouse. */

struct tab {
    char title[24];       /* "Compare 3" */
    uint32_t key;         /* the program's own that opens it; 0: there is none */
    struct key_name name; /* what it is on now; of an open one empty */
    bool open;
    int at, width; /* cells; an open one has a blank either side, another its key before it */
};
#define TABS_MOST 8
/* Those that fit between `from` and the money at the right; the open one always is there. */
int tabs_make(const struct model *model, int from, struct tab out[TABS_MOST]);
/* Column where they start in the bar. */
int tabs_from(const struct model *model);

#endif
