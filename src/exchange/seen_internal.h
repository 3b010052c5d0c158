#ifndef MICROSCOPE_EXCHANGE_SEEN_INTERNAL_H
#define MICROSCOPE_EXCHANGE_SEEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"

/* Which creators a file has named already, numbered from 1 on in that order. Two creators that share
 * a 64-bit hash would be told as a repeat, no more. Of each, 7 to 10 bytes stay in memory; the rest
 * goes to a temporary file once there are many, and is read again where a creator may be known. */
struct seen_entry {
    uint64_t key;
    uint32_t content; /* of the last row */
    uint32_t line;
};

struct seen {
    uint32_t *numbers; /* of slots; 0: free */
    uint16_t *tags;    /* a part of the key, to pass by most others */
    size_t slot_count, count;
    struct {
        struct seen_entry *items; /* the latest entries, from `kept` on */
        size_t count, capacity;
    } latest;
    size_t kept; /* in the file */
    FILE *file;
    bool fileless; /* there is no place for one: all stay in `latest` */
};

void seen_release(struct seen *seen);
/* The number of `key`, and what is noted of it; 0 where it is new. False: see err. */
bool seen_find(struct seen *seen, uint64_t key, uint32_t *number, struct seen_entry *entry,
               struct err *err);
/* A key that is new. */
bool seen_add(struct seen *seen, const struct seen_entry *entry, struct err *err);
/* Another note on a creator that is there. */
bool seen_note(struct seen *seen, uint32_t number, const struct seen_entry *entry, struct err *err);

/* A hash of 64 bits carried on from `hash`, to be settled at its end. */
uint64_t seen_hash(uint64_t hash, const void *bytes, size_t length);
uint64_t seen_mix(uint64_t hash, const double *number);
uint64_t seen_settle(uint64_t hash);
#define HASH_START UINT64_C(0x9E3779B97F4A7C15)

#endif
