#ifndef MICROSCOPE_CATALOG_CATALOG_INTERNAL_H
#define MICROSCOPE_CATALOG_CATALOG_INTERNAL_H

#include "catalog/catalog.h"

/* What reading and changing the catalogue share. */

/* Widens where it must. Returns whether the value differs from what was there. */
bool catalog_put_number(struct catalog *catalog, int column, uint32_t row, double value);

/* A change to `row`: touch the columns, then finish once. */
void catalog_touch(struct catalog *catalog, int column);
void catalog_finish_change(struct catalog *catalog, uint32_t row);
/* The arrays may have moved. */
void catalog_refresh_facts(struct catalog *catalog);

/* Adds the marks of a row to what is counted, or takes them off. */
void catalog_count_marks(struct catalog *catalog, uint32_t row, bool add);

/* Puts what is planned without telling anyone; returns whether anything changed. `column` of `enum
 * catalog_inner` as well, here and in catalog_touch(). */
bool catalog_set_planned(struct catalog *catalog, uint32_t row, const struct planned *planned);
/* The row's rate card, currency or platform may have changed. Returns whether that mattered. */
bool catalog_refresh_format_fee(struct catalog *catalog, uint32_t row);

/* Tombstones too: a creator that comes back gets its row back. */
uint32_t catalog_find_any_id(const struct catalog *catalog, int64_t id);

/* Ids mostly follow each other, and are small: what says nothing then is not kept. */
static inline int64_t catalog_id_at(const struct catalog *catalog, size_t row)
{
    if (!catalog->ids)
        return (int64_t)((uint64_t)catalog->first_id + row);
    uint64_t high = catalog->ids_high ? catalog->ids_high[row] : 0;

    return (int64_t)(high << 32 | catalog->ids[row]);
}
void catalog_set_id(struct catalog *catalog, uint32_t row, int64_t id);

/* A new row, and one whose key is another now. */
void catalog_index_id(struct catalog *catalog, uint32_t row);
void catalog_index_key(struct catalog *catalog, uint32_t row);
/* The key of a bare handle, in `scratch`. */
struct text catalog_make_key(struct buf *scratch, enum platform platform, struct text handle);

#endif
