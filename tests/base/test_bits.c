#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/random.h"

/* Against an array of bytes, through random puts and resizes. */
static void agrees_with_bytes(void **state)
{
    enum { MOST = 1000 };
    unsigned char bytes[MOST] = {0};
    uint32_t list[MOST];
    struct bits bits = {0};
    struct random random;

    (void)state;
    random_init(&random, 7);
    for (int round = 0; round < 2000; round++) {
        size_t count = (size_t)random_below(&random, MOST + 1);
        memset(bytes + (count < bits.count ? count : bits.count), 0,
               MOST - (count < bits.count ? count : bits.count));
        bits_resize(&bits, count);
        for (int i = 0; count && i < 50; i++) {
            size_t at = (size_t)random_below(&random, count);
            bytes[at] = random_below(&random, 2) != 0;
            bits_put(&bits, at, bytes[at]);
        }
        size_t total = 0, next = count, from = count ? (size_t)random_below(&random, count) : 0;
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(bits_get(&bits, i), bytes[i]);
            total += bytes[i];
            if (bytes[i] && i >= from && next == count)
                next = i;
        }
        assert_int_equal(bits_total(&bits), total);
        assert_int_equal(bits_next(&bits, from), next);
        assert_int_equal(bits_list(&bits, list), total);
        for (size_t i = 0; i < total; i++)
            assert_true(bytes[list[i]] && (i == 0 || list[i - 1] < list[i]));
    }
    bits_release(&bits);
}

static void copies_and_clears(void **state)
{
    struct bits bits = {0}, copy = {0};

    (void)state;
    bits_resize(&bits, 130);
    bits_put(&bits, 129, true);
    bits_copy(&copy, &bits);
    bits_clear(&bits);
    assert_int_equal(bits_total(&bits), 0);
    assert_int_equal(bits_next(&copy, 0), 129);
    bits_copy(&copy, &(struct bits){0});
    assert_int_equal(copy.count, 0);
    bits_release(&bits);
    bits_release(&copy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_with_bytes),
                                       cmocka_unit_test(copies_and_clears)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
