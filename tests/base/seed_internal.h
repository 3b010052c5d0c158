#ifndef MICROSCOPE_TESTS_BASE_SEED_INTERNAL_H
#define MICROSCOPE_TESTS_BASE_SEED_INTERNAL_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/random.h"

/* Another seed each time, printed; TEST_SEED=… repeats a run. */
static inline struct random seeded(const char *test)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    printf("%s: TEST_SEED=%llu\n", test, (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    return random;
}

#endif
