#ifndef MICROSCOPE_BASE_RANDOM_H
#define MICROSCOPE_BASE_RANDOM_H

#include <stdint.h>

/* A small deterministic generator (xoshiro256**, seeded by splitmix64; Blackman and Vigna 2018,
 * public domain algorithm). The same seed gives the same numbers on every machine. */
struct random {
    uint64_t state[4];
};

void random_init(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
uint64_t random_below(struct random *random, uint64_t bound); /* 0 … bound-1, unbiased; bound > 0 */
double random_unit(struct random *random);                    /* [0, 1) */
double random_normal(struct random *random);                  /* mean 0, deviation 1 */

#endif
