#ifndef MICROSCOPE_CATALOG_NARROW_INTERNAL_H
#define MICROSCOPE_CATALOG_NARROW_INTERNAL_H

#include "order_internal.h"

/* The few rows of many among which certain places lie, or a certain row. Where many have the same
 * figure (all of them, once a margin is 0) one look at their digits parts nothing; this goes on with
 * the bits in which they do differ, then with the next column, then with the ties. */

#define NARROW_ENOUGH ((size_t)4096) /* so few are ordered as they are */

struct narrow {
    const struct ordering *ordering;
    uint32_t *rows; /* ascending; what is left of them stands first */
    size_t count;
    size_t before; /* of the rows put aside: how many come before all that are left */
};

/* Keeps those that may stand at the places from … to-1, counted from the first row there was. */
void narrow_to_places(struct narrow *narrow, size_t from, size_t to);
/* Keeps those that may stand next to this row, which is one of them. */
void narrow_to_row(struct narrow *narrow, uint32_t row);

#endif
