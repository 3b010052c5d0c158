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

/* Does a value need a wider array than the column has? */
bool catalog_column_narrow(const struct catalog_column *column, double value);
/* The cells move. */
void catalog_column_widen(struct catalog_column *column, double value,
                          const struct catalog *catalog);
/* A value that the column is wide enough for. Returns whether it differs from what was there. */
bool catalog_column_write(struct catalog_column *column, size_t row, double value);

#endif
