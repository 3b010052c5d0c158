#include "base/vec.h"

void *vec_grow(void *items, size_t *capacity, size_t needed, size_t item_size)
{
    if (needed <= *capacity)
        return items;
    size_t grown = *capacity < 8 ? 8 : *capacity + *capacity / 2;
    *capacity = grown < needed ? needed : grown;
    return mem_resize(items, *capacity, item_size);
}
