#ifndef TESTS_PLAIN_CURVE_H
#define TESTS_PLAIN_CURVE_H

#include <stddef.h>

/* curve.c compiled under other names and for every processor. */

void plain_curve_exp(const double *in, double *out, size_t count);
void plain_curve_log(const double *in, double *out, size_t count);

#endif
