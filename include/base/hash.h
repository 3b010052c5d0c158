#ifndef MICROSCOPE_BASE_HASH_H
#define MICROSCOPE_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* A hash for tables in memory, eight bytes at a time, every bit of it mixed. Not for files: it differs
 * between machines. Not against attackers: they can make collisions, which only cost time. */
uint64_t hash_bytes(const void *bytes, size_t length, uint64_t seed);

#endif
