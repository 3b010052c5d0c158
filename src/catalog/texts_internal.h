#ifndef MICROSCOPE_CATALOG_TEXTS_INTERNAL_H
#define MICROSCOPE_CATALOG_TEXTS_INTERNAL_H

#include "catalog/catalog.h"

/* The free text of a column, in blocks of CATALOG_TEXT_ROWS rows: growing one or sweeping it copies a
 * few hundred kilobytes at most, however many creators there are, and 32 bits reach any text in it. */

#define CATALOG_TEXT_ROWS ((size_t)4096)
#define CATALOG_TEXT_MOST ((size_t)UINT32_MAX - 1) /* bytes of a block */

void catalog_texts_release(struct catalog_column *column);
/* The null text where unknown; borrowed until the next change. */
struct text catalog_texts_get(const struct catalog_column *column, size_t row);
/* Is there room in the block of `row` for one more text of this length? */
bool catalog_texts_fit(const struct catalog_column *column, size_t row, size_t length);
/* One that fits. Returns whether it differs from what was there. `text` lies elsewhere. */
bool catalog_texts_put(struct catalog_column *column, size_t row, struct text text);
/* Bytes of the texts, and of the places where they start. */
void catalog_texts_memory(const struct catalog_column *column, size_t *text, size_t *places);

#endif
