#include "index_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define LEAST_SLOTS ((size_t)64)

void catalog_index_release(struct catalog_index *index)
{
    free(index->slots);
    *index = (struct catalog_index){0};
}

/* Two in three places are taken at first, five in six at most: short walks, 6 bytes a row. */
void catalog_index_reset(struct catalog_index *index, size_t rows)
{
    free(index->slots);
    *index = (struct catalog_index){.size = LEAST_SLOTS + rows + rows / 2};
    index->slots = mem_alloc(index->size * sizeof *index->slots);
    memset(index->slots, 0xff, index->size * sizeof *index->slots);
}

bool catalog_index_full(const struct catalog_index *index, size_t more)
{
    return index->used + more > index->size - index->size / 6 || !index->size;
}

/* Any size will do: the high half of the hash is scaled down to it. */
size_t catalog_index_first(const struct catalog_index *index, uint64_t hash)
{
    return (size_t)(((hash >> 32) * (uint64_t)index->size) >> 32);
}

static size_t after(const struct catalog_index *index, size_t place)
{
    return place + 1 < index->size ? place + 1 : 0;
}

void catalog_index_add(struct catalog_index *index, uint64_t hash, uint32_t row)
{
    size_t place = catalog_index_first(index, hash);

    assert(index->used < index->size - 1);
    for (; index->slots[place] != CATALOG_NONE; place = after(index, place))
        if (index->slots[place] == row)
            return;
    index->slots[place] = row;
    index->used++;
}

uint32_t catalog_index_next(const struct catalog_index *index, size_t *place)
{
    uint32_t row = index->size ? index->slots[*place] : CATALOG_NONE;

    *place = after(index, *place);
    return row;
}

uint64_t catalog_hash(const void *bytes, size_t length, uint64_t seed)
{
    return hash_bytes(bytes, length, seed);
}
