#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/vec.h"

static void the_sequence_is_the_published_one(void **state)
{
    (void)state;
    static const uint64_t expected[] = {
        11520, 0, 1509978240, 1215971899390074240u, 1216172134540287360u, 607988272756665600u};
    struct random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_true(random_next(&random) == expected[i]);
    static const uint64_t seeded[] = {0xE220A8397B1DCDAFu, 0x6E789E6AA1B965F4u, 0x06C45D188009454Fu,
                                      0xF88BB8A8724C81ECu};
    random_init(&random, 0);
    assert_memory_equal(random.state, seeded, sizeof seeded);
}

static void below_is_even_and_in_range(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 42);
    unsigned counts[7] = {0};
    for (int i = 0; i < 70000; i++)
        counts[random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(counts[i], 9600, 10400);
    for (int i = 0; i < 100; i++)
        assert_true(random_below(&random, 1) == 0);
    /* A plain remainder would give the lower half of this range twice as often as the upper. */
    uint64_t bound = (UINT64_MAX / 3) * 2;
    unsigned low = 0;
    for (int i = 0; i < 20000; i++) {
        uint64_t value = random_below(&random, bound);
        assert_true(value < bound);
        low += value < bound / 2;
    }
    assert_in_range(low, 9600, 10400);
}

static int order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The largest distance from the distribution that erfc() gives (Kolmogorov and Smirnov); beyond
 * 1.95 / sqrt(n) once in a thousand seeds, and this seed is fixed. */
static void normal_numbers_are_normal(void **state)
{
    (void)state;
    enum { MANY = 100000 };
    static double values[MANY];
    struct random random;
    random_init(&random, 7);
    for (int i = 0; i < MANY; i++)
        values[i] = random_normal(&random);
    qsort(values, MANY, sizeof values[0], order);
    double worst = 0;
    for (int i = 0; i < MANY; i++)
        worst = fmax(worst, fabs(0.5 * erfc(-values[i] / sqrt(2)) - (i + 0.5) / MANY));
    assert_true(worst < 1.95 / sqrt(MANY));
    assert_true(values[0] < -3.7 && values[MANY - 1] > 3.7);
}

static void units_stay_below_one(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 3);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double value = random_unit(&random);
        assert_true(value >= 0 && value < 1);
        sum += value;
    }
    assert_true(fabs(sum / 100000 - 0.5) < 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sequence_is_the_published_one),
        cmocka_unit_test(below_is_even_and_in_range),
        cmocka_unit_test(normal_numbers_are_normal),
        cmocka_unit_test(units_stay_below_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
