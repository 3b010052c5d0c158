#include "seen_internal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Eight bytes at a time, each mixed by a multiplication and a fold (as in splitmix64). */
static uint64_t hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0xBF58476D1CE4E5B9);
    return hash ^ hash >> 29;
}

uint64_t seen_hash(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    hash = hash_mix(hash, length);
    for (; length >= 8; at += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
        hash = hash_mix(hash, word);
    }
    uint64_t last = 0;
    if (length > 0)
        memcpy(&last, at, length);
    hash = hash_mix(hash, last);
    hash = (hash ^ hash >> 32) * UINT64_C(0x94D049BB133111EB);
    hash ^= hash >> 31;
    return hash != 0 ? hash : 1;
}

void seen_release(struct seen *seen)
{
    free(seen->slots);
    memset(seen, 0, sizeof *seen);
}

static struct seen_entry *seen_slot(struct seen *seen, uint64_t key)
{
    size_t at = (size_t)key & (seen->slot_count - 1);
    while (seen->slots[at].key != 0 && seen->slots[at].key != key)
        at = (at + 1) & (seen->slot_count - 1);
    return &seen->slots[at];
}

static void seen_grow(struct seen *seen)
{
    struct seen old = *seen;
    seen->slot_count = old.slot_count > 0 ? old.slot_count * 2 : 1024;
    seen->slots = mem_zero(seen->slot_count, sizeof *seen->slots);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].key != 0)
            *seen_slot(seen, old.slots[i].key) = old.slots[i];
    free(old.slots);
}

struct seen_entry *seen_find(struct seen *seen, uint64_t key)
{
    if (seen->count * 4 >= seen->slot_count * 3)
        seen_grow(seen);
    struct seen_entry *entry = seen_slot(seen, key);
    if (entry->key == 0) {
        entry->key = key;
        seen->count++;
    }
    return entry;
}
