#ifndef MICROSCOPE_CATALOG_COLUMN_INTERNAL_H
#define MICROSCOPE_CATALOG_COLUMN_INTERNAL_H

#include <stdbool.h>

#include "catalog/catalog.h"

/* One stored column. `capacity` is the number of rows there is room for, `count` how many there are.
 * The put functions return whether the value differs from what was there. */

void catalog_column_release(struct catalog_column *column);
void catalog_column_grow(struct catalog_column *column, size_t count, size_t capacity);

double catalog_column_number(const struct catalog_column *column, size_t row);
bool catalog_column_put_number(struct catalog_column *column, size_t row, double value,
                               size_t count, size_t capacity);

struct text catalog_column_text(const struct catalog_column *column, size_t row);
bool catalog_column_put_text(struct catalog_column *column, size_t row, struct text text,
                             size_t count, size_t capacity);

/* A word or, with `set`, words with '|' between. */
bool catalog_column_put_word(struct catalog_column *column, size_t row, struct text text, bool set,
                             size_t count, size_t capacity);

struct cells catalog_column_cells(const struct catalog_column *column);

#endif
