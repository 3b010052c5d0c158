#include "base/curve.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/wide.h"

/* Plain loops without calls or branches, so that the compiler makes vectors of them: 64-bit integers
 * are only added, masked and shifted left or, unsigned, right, which the oldest x86-64 can do. The
 * polynomials are minimax fits made for this file. */

/* Added to a number of less than 2^51 it rounds it to a whole one, which then stands in the low bits. */
#define ROUNDER 0x1.8p52
#define LN2_HIGH 0x1.62e42fefap-1 /* few enough bits that a product with an exponent is exact */
#define LN2_LOW 0x1.cf79abc9e3b3ap-40
#define EXPONENT_ONE ((uint64_t)1023 << 52) /* the bits of 1.0 */

static inline uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static inline double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* 2 to a whole power between -1022 and 1023. */
static inline double power_of_two(double power)
{
    return from_bits(bits_of(power + (ROUNDER + 1023)) << 52);
}

/* (e^r - 1 - r) / r^2 for |r| <= ln(2)/2 */
static inline double exp_rest(double r)
{
    double r2 = r * r, r4 = r2 * r2;
    double low = (0x1.0000000000005p-1 + r * 0x1.555555555555dp-3) +
                 r2 * (0x1.5555555551e4bp-5 + r * 0x1.111111110e2d2p-7);
    double high = (0x1.6c16c1802a57cp-10 + r * 0x1.a01a01b737c39p-13) +
                  r2 * (0x1.a019a3778a403p-16 + r * 0x1.71dde700aa8cap-19);
    return low + r4 * (high + r4 * (0x1.28a5b60ecbc9bp-22 + r * 0x1.af7b50c9c9a86p-26));
}

WIDE void curve_exp(const double *in, double *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double x = in[i] > 710 ? 710 : in[i];
        x = x < -750 ? -750 : x;
        double power = (x * 0x1.71547652b82fep+0 + ROUNDER) - ROUNDER;
        double half = (power * 0.5 + ROUNDER) - ROUNDER;
        double r = (x - power * LN2_HIGH) - power * LN2_LOW;
        double e = 1 + (r + r * r * exp_rest(r));
        /* in two steps, since 2^power alone may be out of range */
        out[i] = e * power_of_two(half) * power_of_two(power - half);
    }
}

/* log(1+f) = 2 atanh(s), s = f / (2+f): 2 (atanh(s)/s - 1) by z = s^2 <= 0.0295 */
static inline double log_rest(double z)
{
    double z2 = z * z;
    return z *
           ((0x1.5555555555562p-1 + z * 0x1.999999998e339p-2) +
            z2 * (0x1.249249365a15fp-2 + z * 0x1.c71c5ac3f135dp-3) +
            z2 * z2 *
                ((0x1.7464916ed7795p-3 + z * 0x1.39ca9cf58640bp-3) + z2 * 0x1.2d7dd195a67edp-3));
}

WIDE void curve_log(const double *in, double *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double x = in[i];
        double tiny = x < 0x1p-1022 ? 0x1p54 : 1;
        uint64_t bits = bits_of(x * tiny);
        /* the exponent, raised by 1023, of what lies between sqrt(1/2) and sqrt(2) */
        uint64_t exponent = (bits - 0x3fe6a09e667f3bcd + EXPONENT_ONE) >> 52;
        double power = from_bits(exponent | bits_of(0x1p52)) - (0x1p52 + 1023);
        power -= x < 0x1p-1022 ? 54 : 0;
        double f = from_bits(bits - (exponent << 52) + EXPONENT_ONE) - 1;
        double s = f / (2 + f), half = 0.5 * f * f;
        double rest = s * (half + log_rest(s * s)) + power * LN2_LOW;
        double y = power * LN2_HIGH - ((half - rest) - f);
        y = x > 0 ? y : x == 0 ? -(double)INFINITY : (double)NAN;
        out[i] = x == (double)INFINITY ? x : y;
    }
}
