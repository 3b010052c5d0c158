#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/vec.h"
#include "seed_internal.h"

static void equal_bytes_hash_equally_wherever_they_lie(void **state)
{
    struct random random = seeded("hash");
    unsigned char bytes[64], moved[72];

    (void)state;
    for (int i = 0; i < 2000; i++) {
        size_t length = random_below(&random, sizeof bytes + 1), to = random_below(&random, 8);
        for (size_t k = 0; k < length; k++)
            bytes[k] = (unsigned char)random_below(&random, 256);
        memcpy(moved + to, bytes, length);
        assert_true(hash_bytes(bytes, length, 3) == hash_bytes(moved + to, length, 3));
        assert_true(hash_bytes(bytes, length, 3) != hash_bytes(bytes, length, 4));
        if (length) {
            moved[to + random_below(&random, length)] ^= 1;
            assert_true(hash_bytes(bytes, length, 3) != hash_bytes(moved + to, length, 3));
        }
    }
    assert_true(hash_bytes("\0\0", 1, 0) != hash_bytes("\0\0", 2, 0));
}

static int order(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a, second = *(const uint32_t *)b;

    return (first > second) - (first < second);
}

/* Numbers in a row, as ids are: among 100,000, chance has about one pair share 32 bits. */
static void numbers_in_a_row_spread_in_both_halves(void **state)
{
    static uint32_t low[100000], high[100000];
    size_t shared = 0;

    (void)state;
    for (uint64_t i = 0; i < COUNT_OF(low); i++) {
        uint64_t hash = hash_bytes(&i, sizeof i, 0);
        low[i] = (uint32_t)hash;
        high[i] = (uint32_t)(hash >> 32);
    }
    qsort(low, COUNT_OF(low), sizeof *low, order);
    qsort(high, COUNT_OF(high), sizeof *high, order);
    for (size_t i = 1; i < COUNT_OF(low); i++)
        shared += (low[i] == low[i - 1]) + (high[i] == high[i - 1]);
    assert_true(shared < 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_bytes_hash_equally_wherever_they_lie),
        cmocka_unit_test(numbers_in_a_row_spread_in_both_halves),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
