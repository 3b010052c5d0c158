#ifndef MICROSCOPE_CATALOG_RANK_INTERNAL_H
#define MICROSCOPE_CATALOG_RANK_INTERNAL_H

#include "base/buf.h"
#include "since_internal.h"

/* The place of every row in the order of a text column, or of the keys that settle ties: made once, in
 * steps, so that ordering by text costs no more than ordering by a number. */

#define RANK_NONE UINT32_MAX   /* unknown text, or a row that came later */
#define RANK_TIES COLUMN_COUNT /* instead of a column: key, then platform, both bytewise */

struct rank_item {
    uint64_t chunk; /* eight bytes of the text, as a number */
    uint32_t row;
    uint32_t open; /* of a run: the texts may go on beyond the chunk */
};

struct rank {
    int column;
    uint32_t *ranks; /* by row; rows with the same text have the same */
    size_t rows;     /* that have one */
    uint32_t count;  /* of different ranks */
    struct since since;
    uint64_t serial;            /* of the making: moves with each */
    struct rank_making *making; /* NULL: nothing is under way */
};

void rank_release(struct rank *rank);
/* Is what it says of the rows it knows still so? */
bool rank_holds(const struct rank *rank, struct sheet *sheet);
/* … and does it know this many? */
bool rank_current(const struct rank *rank, struct sheet *sheet, size_t rows);
/* Begins anew; what there is stays good for use until the new one is complete. */
void rank_begin(struct rank *rank, struct sheet *sheet, int column, size_t rows);
bool rank_begun(const struct rank *rank); /* and the first step was taken */
/* Goes on for a few milliseconds' worth of rows. True: nothing is left to do. */
bool rank_step(struct rank *rank, struct sheet *sheet);
double rank_progress(const struct rank *rank); /* 0 … 1 */

static inline uint32_t rank_of(const struct rank *rank, uint32_t row)
{
    return row < rank->rows ? rank->ranks[row] : RANK_NONE;
}

#endif
