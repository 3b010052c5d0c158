#include "idset_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

void idset_release(struct idset *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        free(marks->items[i]);
    free(marks->items);
    *marks = (struct idset){.count = 0};
}

/* The place of the chunk, or where it would be. */
static size_t place_of(struct idset *marks, int64_t number)
{
    size_t low = 0, high = marks->count;

    if (marks->latest < marks->count && marks->items[marks->latest]->number == number)
        return marks->latest;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->items[middle]->number < number)
            low = middle + 1;
        else
            high = middle;
    }
    marks->latest = low;
    return low;
}

static struct idset_chunk *chunk_of(struct idset *marks, int64_t number, bool make)
{
    size_t place = place_of(marks, number);

    if (place < marks->count && marks->items[place]->number == number)
        return marks->items[place];
    if (!make)
        return NULL;
    VEC_RESERVE(marks, marks->count + 1);
    memmove(marks->items + place + 1, marks->items + place,
            (marks->count - place) * sizeof *marks->items);
    marks->count++;
    marks->items[place] = mem_zero(1, sizeof *marks->items[place]);
    marks->items[place]->number = number;
    return marks->items[place];
}

void idset_add(struct idset *marks, int64_t id, bool added)
{
    struct idset_chunk *chunk = chunk_of(marks, id / IDSET_CHUNK, true);
    size_t bit = (size_t)(id % IDSET_CHUNK);
    uint8_t mask = (uint8_t)(1U << bit % 8);

    chunk->had[bit / 8] |= mask;
    if (added) {
        chunk->added[bit / 8] |= mask;
        chunk->any_added = true;
    }
}

bool idset_added(struct idset *marks, int64_t id)
{
    const struct idset_chunk *chunk = chunk_of(marks, id / IDSET_CHUNK, false);
    size_t bit = (size_t)(id % IDSET_CHUNK);

    return chunk && chunk->added[bit / 8] >> bit % 8 & 1;
}
