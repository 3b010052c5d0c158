#ifndef MICROSCOPE_STORE_JUMP_INTERNAL_H
#define MICROSCOPE_STORE_JUMP_INTERNAL_H

#include "grown_internal.h"

/* The most sudden change of a creator's followers stands in its row, as `jump`; kept by whoever
 * keeps its growth. */

/* Of the past that grown_new() has just gathered. */
double jump_new(const struct grown *grown, const struct row *row);
/* After grown_known() of the same creator: could it be another now that a record brought this, and this was
 * left behind? Not where the same days were seen before, nor where too little is known for any. */
bool jump_may_move(const struct grown *grown, struct store *store, int64_t id,
                   const struct row *row, const struct past *past, const struct record *record,
                   bool *moves, struct err *err);
/* After grown_known() too. Of the whole past of the creator, whose row is, or will be, this. */
bool jump_write(struct grown *grown, struct store *store, int64_t id, const struct row *row,
                double *jump, struct err *err);
/* Of all creators with a past, in a store that was made before. */
bool jump_fill(struct store *store, struct err *err);

#endif
