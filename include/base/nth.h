#ifndef MICROSCOPE_BASE_NTH_H
#define MICROSCOPE_BASE_NTH_H

#include <stddef.h>

/* The value of this rank among all, counted from 0, in time that grows with their number. Moves them
 * about: those before it are not greater, those behind not smaller. rank < count, none is NaN. */
double nth_value(double *values, size_t count, size_t rank);

#endif
