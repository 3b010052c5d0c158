#include "index_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LEAST_SLOTS ((size_t)64)

void catalog_index_release(struct catalog_index *index)
{
    free(index->slots);
    *index = (struct catalog_index){0};
}

void catalog_index_reset(struct catalog_index *index, size_t rows)
{
    size_t size = LEAST_SLOTS;

    while (size / 2 < rows + 1)
        size *= 2;
    index->slots = mem_resize(index->slots, size, sizeof *index->slots);
    memset(index->slots, 0xff, size * sizeof *index->slots);
    index->size = size;
    index->used = 0;
}

bool catalog_index_full(const struct catalog_index *index)
{
    return index->used >= index->size / 4 * 3;
}

void catalog_index_add(struct catalog_index *index, uint64_t hash, uint32_t row)
{
    size_t place = hash & (index->size - 1);

    while (index->slots[place] != CATALOG_NONE)
        place = (place + 1) & (index->size - 1);
    index->slots[place] = row;
    index->used++;
}

uint32_t catalog_index_next(const struct catalog_index *index, uint64_t *place)
{
    return index->size ? index->slots[(*place)++ & (index->size - 1)] : CATALOG_NONE;
}

/* FNV-1a, with a last mix because the table uses the low bits. */
uint64_t catalog_hash(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = 0xcbf29ce484222325u ^ (seed * 0x9e3779b97f4a7c15u);

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ at[i]) * 0x100000001b3u;
    hash ^= hash >> 32;
    hash *= 0xd6e8feb86659fd93u;
    return hash ^ (hash >> 32);
}
