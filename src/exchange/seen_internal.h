#ifndef MICROSCOPE_EXCHANGE_SEEN_INTERNAL_H
#define MICROSCOPE_EXCHANGE_SEEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Which creators a file has named already: 16 bytes each, so hashes only. Two creators that share a
 * 64-bit hash would be told as a repeat, no more. */
struct seen_entry {
    uint64_t key;     /* 0: free */
    uint32_t content; /* of the last row */
    uint32_t line;
};

struct seen {
    struct seen_entry *slots;
    size_t count, slot_count;
};

void seen_release(struct seen *seen);
/* The entry of `key` (not 0), new with line 0 where it is new. Valid until the next call. */
struct seen_entry *seen_find(struct seen *seen, uint64_t key);

/* A 64-bit hash carried on from `hash`; never 0. */
uint64_t seen_hash(uint64_t hash, const void *bytes, size_t length);
#define HASH_START UINT64_C(0x9E3779B97F4A7C15)

#endif
