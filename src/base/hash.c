#include "base/hash.h"

#include <string.h>

/* Multiplying carries upwards only, so the high half is folded down each time. */
static uint64_t mix(uint64_t hash, uint64_t part)
{
    hash = (hash ^ part) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

/* Two reads that overlap cover any length without a loop. */
static uint64_t up_to_eight(const unsigned char *at, size_t length)
{
    uint32_t first, last;

    if (length < 4)
        return length ? (uint64_t)at[0] << 16 | (uint64_t)at[length / 2] << 8 | at[length - 1] : 0;
    memcpy(&first, at, sizeof first);
    memcpy(&last, at + length - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed)
{
    const unsigned char *at = bytes;
    uint64_t hash = mix(seed, length);

    for (; length > 8; at += 8, length -= 8) {
        uint64_t eight;
        memcpy(&eight, at, sizeof eight);
        hash = mix(hash, eight);
    }
    hash = mix(hash, up_to_eight(at, length));
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return hash ^ (hash >> 32);
}
