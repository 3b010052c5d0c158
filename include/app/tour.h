#ifndef MICROSCOPE_APP_TOUR_H
#define MICROSCOPE_APP_TOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct model;

/* The tour through the sample: seven steps of one or more parts, told in two lines above the status line.
 * A part ends when the model shows that it is done, by whatever way; no key is watched. */

#define TOUR_STEPS 7
#define TOUR_ROWS 2

struct tour {
    bool on;     /* its lines are on the screen */
    size_t part; /* of tour_parts[]; tour_part_count: all is done */
    bool begun;  /* what follows is of this part: how all was when it began */
    bool seen;   /* what it wants to be seen before it can be done */
    size_t place, undone;
    double order_value, budget;
    int64_t fee_id; /* the fee of the creator under the cursor */
    double fee;
};

struct tour_part {
    int step;          /* 1 … TOUR_STEPS */
    const char *title; /* of the step, the same for all of its parts */
    /* What to do, with keys between `: a line on screens from 100 columns, from 80, and below that. */
    const char *wide, *text, *brief;
    bool (*seen)(const struct model *model); /* NULL: nothing has to be seen first */
    bool (*done)(const struct model *model);
    bool (*lost)(const struct model *model); /* the part before it has to be done again */
};
extern const struct tour_part tour_parts[];
extern const size_t tour_part_count;
/* What stands there once all is done; the same texts, no step. */
extern const struct tour_part tour_end;

const struct tour_part *tour_here(const struct model *model);

#endif
