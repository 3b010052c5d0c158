#ifndef MICROSCOPE_CATALOG_MIDDLE_INTERNAL_H
#define MICROSCOPE_CATALOG_MIDDLE_INTERNAL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* The exact median of values that pass by, with room for few of them: values are counted that lie
 * outside of a bracket, and kept that lie inside. A sample says where the bracket belongs; where the
 * median lies outside after all, the values pass by once more. */
struct middle {
    double low, high;       /* the bracket; infinite where it is open */
    size_t known, below;    /* values; of them under `low` */
    size_t at_low, at_high; /* … and just at its ends, which may be many */
    size_t count, capacity;
    double *values; /* between the ends */
    bool found;
    double value; /* found: the mean of the two in the middle; NaN of none */
};

/* Nothing has passed by, and everything is kept. */
void middle_begin(struct middle *middle);
void middle_release(struct middle *middle);
void middle_keep(struct middle *middle, double value);

/* A known value. */
static inline void middle_put(struct middle *middle, double value)
{
    middle->known++;
    if (value < middle->low)
        middle->below++;
    else if (value == middle->low)
        middle->at_low++;
    else if (value < middle->high)
        middle_keep(middle, value);
    else if (value == middle->high)
        middle->at_high++;
}

/* What passed by was a sample: sets the bracket by it and forgets it. */
void middle_aim(struct middle *middle);
/* All has passed by: finds the median and lets go of the values. False: the bracket was opened where the
 * median lies, all has to pass by again. */
bool middle_end(struct middle *middle);

#endif
