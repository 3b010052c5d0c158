#ifndef MICROSCOPE_CATALOG_INDEX_INTERNAL_H
#define MICROSCOPE_CATALOG_INDEX_INTERNAL_H

#include <stdbool.h>

#include "catalog/catalog.h"

/* An open hash of row numbers that knows no keys: the owner compares the candidates. Entries are never
 * taken out; the owner passes over those that do not hold any more, and builds anew when full. */

void catalog_index_release(struct catalog_index *index);
void catalog_index_reset(struct catalog_index *index,
                         size_t rows); /* empty, room for `rows` more */
bool catalog_index_full(const struct catalog_index *index);
void catalog_index_add(struct catalog_index *index, uint64_t hash, uint32_t row);

/* Candidates: *place starts as the hash. CATALOG_NONE when there are no more. */
uint32_t catalog_index_next(const struct catalog_index *index, uint64_t *place);

uint64_t catalog_hash(const void *bytes, size_t length, uint64_t seed);

#endif
