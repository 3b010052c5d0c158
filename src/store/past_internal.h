#ifndef MICROSCOPE_STORE_PAST_INTERNAL_H
#define MICROSCOPE_STORE_PAST_INTERNAL_H

#include "merge_internal.h"
#include "store_internal.h"

/* Writes what a creator leaves behind, and then what the record knows of the past; *written counts
 * the dates at which this was news. */
bool past_write(struct store *store, int64_t id, const struct past *past,
                const struct record *record, uint64_t *written, struct err *err);

#endif
