#ifndef MICROSCOPE_STORE_IDSET_INTERNAL_H
#define MICROSCOPE_STORE_IDSET_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two sets of ids of creators: all that a batch had, and those that it added. A bit each, in chunks. Zeroed is
 * empty. */
#define IDSET_CHUNK 65536
#define IDSET_BYTES (IDSET_CHUNK / 8)

struct idset_chunk {
    int64_t number; /* id / IDSET_CHUNK */
    bool any_added;
    uint8_t had[IDSET_BYTES], added[IDSET_BYTES];
};

struct idset {
    struct idset_chunk **items; /* ascending */
    size_t count, capacity;
    size_t latest; /* ids mostly come in order */
};

void idset_release(struct idset *marks);
void idset_add(struct idset *marks, int64_t id, bool added);
bool idset_added(struct idset *marks, int64_t id);

#endif
