#ifndef MICROSCOPE_STORE_TALLY_INTERNAL_H
#define MICROSCOPE_STORE_TALLY_INTERNAL_H

#include "cells_internal.h"
#include "store/writer.h"

/* Counts creators by what a whole import does to them, so a creator that is met twice and ends as
 * it was counts as unchanged. Four bytes of memory for each creator that changes, where the source
 * counts its creators; else two words for each that was there before. */
struct tally_met {
    int64_t id; /* above 0; 0: free */
    uint32_t state;
};

struct tally {
    int64_t last_old;  /* the highest id before the import */
    uint64_t numbered; /* creators of the source so far, as it counts them */
    struct store_written written;
    struct {
        uint32_t *items; /* states by number */
        size_t count, capacity;
    } states;
    struct tally_met *slots; /* of creators without a number */
    size_t count, capacity;  /* capacity: a power of two, or 0 */
};

/* What one record did to a creator that was there. */
enum tally_effect { EFFECT_NONE, EFFECT_ROW, EFFECT_PAST /* history, and perhaps the row */ };

/* The creator of a record. */
struct tally_who {
    uint64_t number; /* see struct record: nth */
    bool fresh;      /* a number that is new in this import */
    int64_t id;
};

void tally_init(struct tally *tally, int64_t last_old);
void tally_release(struct tally *tally); /* the counts stay */
/* Notes the number of a record; the id is still to come. */
struct tally_who tally_meet(struct tally *tally, uint64_t number);
void tally_added(struct tally *tally, const struct tally_who *who);
void tally_known(struct tally *tally, const struct tally_who *who, enum tally_effect effect,
                 const struct row *before, const struct row *after, const struct fields *fields);

#endif
