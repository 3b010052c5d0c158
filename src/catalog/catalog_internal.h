#ifndef MICROSCOPE_CATALOG_CATALOG_INTERNAL_H
#define MICROSCOPE_CATALOG_CATALOG_INTERNAL_H

#include "catalog/catalog.h"

/* What reading and changing the catalogue share. */

/* Words with a fixed vocabulary are numbers of domain, not codes of a dictionary. */
struct vocabulary {
    enum column column;
    double (*code)(struct text word);
    const char *(*word)(unsigned code);
};
const struct vocabulary *vocabulary_of(enum column column); /* NULL: a dictionary */

/* A change to `row`: touch the columns, then finish once. */
void catalog_touch(struct catalog *catalog, enum column column);
void catalog_finish_change(struct catalog *catalog, uint32_t row);

/* Adds the marks of a row to what is counted, or takes them off. */
void catalog_count_marks(struct catalog *catalog, uint32_t row, bool add);

/* Tombstones too: a creator that comes back gets its row back. */
uint32_t catalog_find_any_id(const struct catalog *catalog, int64_t id);
uint64_t catalog_hash_id(int64_t id);
uint64_t catalog_hash_key(enum platform platform, struct text key);
/* The key of a bare handle, in `scratch`. */
struct text catalog_make_key(struct buf *scratch, enum platform platform, struct text handle);

#endif
