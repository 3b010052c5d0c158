#include "base/names.h"

#include <assert.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/vec.h"

/* The slot that holds `text`, or the empty one where it belongs. slot_count is a power of two
 * and never full, so the walk ends. */
static uint32_t *slot_of(const struct names *names, struct text text)
{
    size_t mask = names->slot_count - 1;
    size_t at = (size_t)hash_bytes(text.at, text.length, 0) & mask;
    while (names->slots[at] && !text_equal(names->items[names->slots[at] - 1], text))
        at = (at + 1) & mask;
    return &names->slots[at];
}

static void grow(struct names *names)
{
    free(names->slots);
    names->slot_count = names->slot_count ? names->slot_count * 2 : 16;
    names->slots = mem_zero(names->slot_count, sizeof *names->slots);
    for (size_t i = 0; i < names->count; i++)
        *slot_of(names, names->items[i]) = (uint32_t)i + 1;
}

void names_release(struct names *names)
{
    if (!names)
        return;
    arena_release(&names->arena);
    free(names->items);
    free(names->slots);
    *names = (struct names){0};
}

uint32_t names_add(struct names *names, struct text text)
{
    uint32_t known = names_find(names, text);
    if (known != NAMES_NONE)
        return known;
    assert(names->count < NAMES_NONE - 1);
    if (names->count + 1 > names->slot_count / 4 * 3)
        grow(names);
    uint32_t code = (uint32_t)names->count;
    *slot_of(names, text) = code + 1;
    VEC_PUSH(names, arena_text(&names->arena, text));
    return code;
}

uint32_t names_find(const struct names *names, struct text text)
{
    if (!names->slot_count)
        return NAMES_NONE;
    uint32_t slot = *slot_of(names, text);
    return slot ? slot - 1 : NAMES_NONE;
}

size_t names_memory(const struct names *names)
{
    return names->arena.bytes + names->capacity * sizeof *names->items +
           names->slot_count * sizeof *names->slots;
}

struct text names_text(const struct names *names, uint32_t code)
{
    assert(code < names->count);
    return names->items[code];
}
