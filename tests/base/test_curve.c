/* Exponential and logarithm of arrays against those of the C library in long double. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/curve.h"
#include "base/random.h"
#include "base/vec.h"
#include "plain_curve.h"
#include "seed_internal.h"

#define NUMBERS 200000

static const double edges[] = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    2,
    -INFINITY,
    INFINITY,
    NAN,
    DBL_MIN,
    -DBL_MIN,
    0x1p-1074,
    -0x1p-1074,
    DBL_MAX,
    -DBL_MAX,
    709.782712893384,
    709.79,
    710,
    711,
    -708.4,
    -744.5,
    -745.13,
    -745.14,
    -746,
    -1e300,
    1e300,
    0x1p-1022,
    0x1p-1023,
    0.7071067811865475,
    0.7071067811865476,
    1.4142135623730950,
    1.4142135623730951,
    1 - 0x1p-53,
    1 + 0x1p-52,
    0x1p-54,
    -0x1p-54,
};

/* How many units in the last place `got` lies from `exact`; 0 where both are the same special. */
static double away(double got, long double exact)
{
    double nearest = (double)exact;
    if (isnan(nearest) || isinf(nearest))
        return got == nearest || (isnan(got) && isnan(nearest)) ? 0 : INFINITY;
    double unit = nextafter(fabs(nearest), INFINITY) - fabs(nearest);
    return (double)(fabsl((long double)got - exact) / (long double)unit);
}

static void expect_exp(const double *in, size_t count)
{
    static double out[NUMBERS];
    curve_exp(in, out, count);
    for (size_t i = 0; i < count; i++) {
        long double exact = expl((long double)in[i]);
        bool denormal = exact < (long double)DBL_MIN;
        if (!(away(out[i], exact) <= (denormal ? 2 : 1.1)))
            fail_msg("exp(%a) = %a, not %a", in[i], out[i], (double)exact);
    }
}

static void expect_log(const double *in, size_t count)
{
    static double out[NUMBERS];
    curve_log(in, out, count);
    for (size_t i = 0; i < count; i++)
        if (!(away(out[i], logl((long double)in[i])) <= 1))
            fail_msg("log(%a) = %a, not %a", in[i], out[i], log(in[i]));
}

static void edges_are_those_of_the_library(void **state)
{
    (void)state;
    expect_exp(edges, COUNT_OF(edges));
    expect_log(edges, COUNT_OF(edges));
}

static void random_numbers_are_exact_to_the_last_place(void **state)
{
    static double in[NUMBERS];
    struct random random;
    (void)state;
    random = seeded("curve");
    for (size_t i = 0; i < NUMBERS; i++)
        in[i] = (random_unit(&random) - 0.5) * (i % 3 == 0 ? 1500 : i % 3 == 1 ? 4 : 0.001);
    expect_exp(in, NUMBERS);
    for (size_t i = 0; i < NUMBERS; i++)
        in[i] = i % 3 == 0 ? exp(in[i]) : i % 3 == 1 ? 0.5 + random_unit(&random) : 1 + in[i];
    expect_log(in, NUMBERS);
}

/* Any pattern of bits is a number too. */
static void any_bits_will_do(void **state)
{
    static double in[NUMBERS];
    struct random random;
    (void)state;
    random = seeded("curve");
    for (size_t i = 0; i < NUMBERS; i++) {
        uint64_t bits = random_next(&random);
        memcpy(&in[i], &bits, sizeof bits);
    }
    expect_exp(in, NUMBERS);
    expect_log(in, NUMBERS);
}

/* Rows are made alone, in whole blocks and in what is left of them: always the same number. */
static void the_place_in_the_array_does_not_matter(void **state)
{
    double in[37], whole[37], alone;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(in); i++)
        in[i] = 0.37 * (double)(i + 1);
    curve_exp(in, whole, COUNT_OF(in));
    for (size_t i = 0; i < COUNT_OF(in); i++) {
        curve_exp(&in[i], &alone, 1);
        assert_true(alone == whole[i]);
    }
    curve_log(in, whole, COUNT_OF(in));
    for (size_t i = 0; i < COUNT_OF(in); i++) {
        curve_log(&in[i], &alone, 1);
        assert_true(alone == whole[i]);
    }
    curve_log(in, in, COUNT_OF(in)); /* in place */
    assert_memory_equal(in, whole, sizeof in);
}

/* Wide vectors, where the processor has them, round like any others. */
static void every_processor_says_the_same(void **state)
{
    static double in[NUMBERS], wide[NUMBERS], plain[NUMBERS];
    struct random random;
    (void)state;
    random = seeded("curve");
    for (size_t i = 0; i < NUMBERS; i++)
        in[i] = (random_unit(&random) - 0.4) * (i % 2 ? 1500 : 3);
    curve_exp(in, wide, NUMBERS);
    plain_curve_exp(in, plain, NUMBERS);
    assert_memory_equal(wide, plain, sizeof wide);
    for (size_t i = 0; i < NUMBERS; i++)
        in[i] = exp(in[i]);
    curve_log(in, wide, NUMBERS);
    plain_curve_log(in, plain, NUMBERS);
    assert_memory_equal(wide, plain, sizeof wide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edges_are_those_of_the_library),
        cmocka_unit_test(random_numbers_are_exact_to_the_last_place),
        cmocka_unit_test(any_bits_will_do),
        cmocka_unit_test(the_place_in_the_array_does_not_matter),
        cmocka_unit_test(every_processor_says_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
