#include "base/random.h"

#include <assert.h>
#include <math.h>

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

void random_init(struct random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&seed);
}

static uint64_t rotate(uint64_t value, int by)
{
    return (value << by) | (value >> (64 - by));
}

uint64_t random_next(struct random *random)
{
    uint64_t *s = random->state;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

uint64_t random_below(struct random *random, uint64_t bound)
{
    assert(bound > 0);
    /* 2^64 mod bound values are too many to share out evenly: draw those again. */
    uint64_t surplus = (UINT64_MAX - bound + 1) % bound;
    uint64_t value;
    do
        value = random_next(random);
    while (value < surplus);
    return value % bound;
}

double random_unit(struct random *random)
{
    return (double)(random_next(random) >> 11) * 0x1.0p-53;
}

/* Natural logarithm from the four operations alone, which IEEE 754 fixes to the bit; that of the
 * C library differs in the last place from machine to machine. ln m = 2 atanh((m-1)/(m+1)). */
static double exact_log(double value)
{
    int exponent;
    double mantissa = frexp(value, &exponent);
    if (mantissa < 0x1.6a09e667f3bcdp-1) {
        mantissa *= 2;
        exponent--;
    }
    double z = (mantissa - 1) / (mantissa + 1), square = z * z, sum = 0;
    for (int power = 23; power > 0; power -= 2)
        sum = sum * square + 1.0 / power;
    return 2 * z * sum + exponent * 0x1.62e42fefa39efp-1;
}

/* Marsaglia's polar method (1964), one value of the pair. */
double random_normal(struct random *random)
{
    for (;;) {
        double x = 2 * random_unit(random) - 1;
        double y = 2 * random_unit(random) - 1;
        double square = x * x + y * y;
        if (square > 0 && square < 1)
            return x * sqrt(-2 * exact_log(square) / square);
    }
}
