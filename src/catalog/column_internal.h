#ifndef MICROSCOPE_CATALOG_COLUMN_INTERNAL_H
#define MICROSCOPE_CATALOG_COLUMN_INTERNAL_H

#include <stdbool.h>

#include "catalog/catalog.h"

/* The typed array of a column. Rows up to the catalogue's `cleared` are written, unknown at first. */

void catalog_column_release(struct catalog_column *column);
/* Room for `capacity` rows; nothing is written to those added. */
void catalog_column_resize(struct catalog_column *column, size_t capacity);
void catalog_column_clear(struct catalog_column *column, size_t from, size_t to);
size_t catalog_column_cell_size(const struct catalog_column *column);
struct cells catalog_column_cells(const struct catalog_column *column);
double catalog_column_number(const struct catalog_column *column, size_t row);

/* Narrow: nothing was written, the column has to be widened for this value first. */
enum column_put { COLUMN_SAME, COLUMN_CHANGED, COLUMN_NARROW };
enum column_put catalog_column_put(struct catalog_column *column, size_t row, double value);
/* The cells move. */
void catalog_column_widen(struct catalog_column *column, double value,
                          const struct catalog *catalog);

#endif
