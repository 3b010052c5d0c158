#ifndef MICROSCOPE_APP_WEAR_H
#define MICROSCOPE_APP_WEAR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

struct model;

/* What the screen wears: names of themes only, colours are nothing to the model. The empty name is that
 * of whatever goes with the terminal. */

struct wear_choice {
    struct text name, title;
    struct text note; /* "yours", what it needs, or what is wrong with it */
    bool broken;      /* it cannot be read */
};

struct wear {
    struct arena arena;
    struct wear_choice *items;
    size_t count, capacity;
    bool asked;         /* for the list, since the prompt was opened */
    struct buf kept;    /* the user's choice */
    struct buf worn;    /* that the runtime knows of: while one chooses, the one under the cursor */
    struct buf settled; /* what names one and thereby the look of the next start; empty: nothing */
};

/* What it wears from the start, and who said so ("--theme"; NULL: nobody, or the choice of last time). */
void wear_settle(struct model *model, struct text name, const char *by);
void wear_release(struct wear *wear);

#endif
