#ifndef MICROSCOPE_BASE_VEC_H
#define MICROSCOPE_BASE_VEC_H

#include <stddef.h>

#include "base/mem.h"

/* A growing array is any struct with `items`, `count` and `capacity` (size_t); zeroed is empty.
 * The items are released with free(v.items). */
void *vec_grow(void *items, size_t *capacity, size_t needed, size_t item_size);

#define VEC_RESERVE(v, needed)                                                                     \
    ((v)->items = vec_grow((v)->items, &(v)->capacity, (needed), sizeof *(v)->items))

/* Appends a copy of `item` (an lvalue or a compound literal in parentheses). */
#define VEC_PUSH(v, item)                                                                          \
    do {                                                                                           \
        VEC_RESERVE((v), (v)->count + 1);                                                          \
        (v)->items[(v)->count++] = (item);                                                         \
    } while (0)

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#endif
