#ifndef MICROSCOPE_STORE_TALLY_INTERNAL_H
#define MICROSCOPE_STORE_TALLY_INTERNAL_H

#include "cells_internal.h"
#include "store/writer.h"

/* Counts creators by what a whole import does to them, so a creator that is met twice and ends as
 * it was counts as unchanged. Two words of memory for each creator that was there before. */
struct tally_met {
    int64_t id; /* above 0; 0: free */
    uint64_t state;
};

struct tally {
    int64_t last_old; /* the highest id before the import */
    struct store_written written;
    struct tally_met *slots;
    size_t count, capacity; /* capacity: a power of two, or 0 */
};

/* What one record did to a creator that was there. */
enum tally_effect { EFFECT_NONE, EFFECT_ROW, EFFECT_PAST /* history, and perhaps the row */ };

void tally_init(struct tally *tally, int64_t last_old);
void tally_release(struct tally *tally); /* the counts stay */
void tally_added(struct tally *tally, int64_t id);
void tally_known(struct tally *tally, int64_t id, enum tally_effect effect,
                 const struct row *before, const struct row *after, const struct fields *fields);

#endif
