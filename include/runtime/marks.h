#ifndef MICROSCOPE_RUNTIME_MARKS_H
#define MICROSCOPE_RUNTIME_MARKS_H

#include "base/bits.h"
#include "catalog/catalog.h"

/* Creators whose mark (tick or plan) the store is still to hear of, a million of them or one: a set of
 * rows that is emptied a little at a time. They come out about in the order of the store's index, so
 * that what is written together lies together. Zeroed is empty and valid. */
struct marks {
    struct bits rows; /* not yet in `order` */
    uint16_t *codes;  /* by row: platform and how its key begins */
    uint32_t *starts; /* by code: where those with it go in `order` */
    uint32_t *order;
    size_t looked;      /* rows that were counted, then those that were placed */
    size_t count, next; /* in `order`; those before `next` are out */
    int stage;
};

void marks_release(struct marks *marks);
void marks_add(struct marks *marks, const struct bits *rows);
size_t marks_left(const struct marks *marks);

/* The next few, ascending in no strict order: up to `most` into `rows`. Returns how many; 0 with some
 * left means that it is still putting them in order and wants to be asked again: a step of a
 * millisecond. */
size_t marks_take(struct marks *marks, const struct catalog *catalog, uint32_t *rows, size_t most);
/* The ones taken last are to come again. */
void marks_put_back(struct marks *marks, size_t count);

#endif
