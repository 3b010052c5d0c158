#ifndef MICROSCOPE_BASE_CURVE_H
#define MICROSCOPE_BASE_CURVE_H

#include <stddef.h>

/* Exponential and logarithm of whole arrays, where the C library's one number at a time would be
 * most of the work. `out` may be `in`. Within 1.1 ulp of the exact value (2 where the result of exp
 * is denormal); NaN stays NaN; infinities, zeroes and denormals as in exp() and log(). The result
 * for a number does not depend on where in an array it stands. */
void curve_exp(const double *in, double *out, size_t count);
void curve_log(const double *in, double *out, size_t count); /* NaN below 0 */

#endif
