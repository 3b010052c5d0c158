#ifndef DOMAIN_UNKNOWN_INTERNAL_H
#define DOMAIN_UNKNOWN_INTERNAL_H

#include <math.h>

#include "domain/facts.h"

/* What the steps of the forecast and their tellers share. */

/* A count that was really counted: below 0 is how some sources write unknown. */
static inline double counted(double count)
{
    return count >= 0 ? count : (double)NAN;
}

static inline double fact_count(const struct cells *cells, size_t row)
{
    return counted(cells_number(cells, row));
}

/* Unknown where the denominator is 0. */
static inline double ratio(double part, double whole)
{
    return whole == 0 ? (double)NAN : part / whole;
}

/* NaN passes through both, unlike through fmin(). */
static inline double at_most(double value, double most)
{
    return value > most ? most : value;
}

static inline double at_least(double value, double least)
{
    return value < least ? least : value;
}

#endif
