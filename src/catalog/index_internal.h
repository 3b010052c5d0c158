#ifndef MICROSCOPE_CATALOG_INDEX_INTERNAL_H
#define MICROSCOPE_CATALOG_INDEX_INTERNAL_H

#include <stdbool.h>

#include "catalog/catalog.h"

/* An open hash of row numbers that knows no keys: the owner compares the candidates. Entries are never
 * taken out; the owner passes over those that do not hold any more, and builds anew when full. */

void catalog_index_release(struct catalog_index *index);
/* Empty, with room for `rows`. Forgets which rows were in it. */
void catalog_index_reset(struct catalog_index *index, size_t rows);
/* Is there no room for `more`? */
bool catalog_index_full(const struct catalog_index *index, size_t more);
/* Nothing where the row is there already under that hash. */
void catalog_index_add(struct catalog_index *index, uint64_t hash, uint32_t row);

/* Candidates, one after another. CATALOG_NONE when there are no more. */
size_t catalog_index_first(const struct catalog_index *index, uint64_t hash);
uint32_t catalog_index_next(const struct catalog_index *index, size_t *place);

uint64_t catalog_hash(const void *bytes, size_t length, uint64_t seed);

#endif
