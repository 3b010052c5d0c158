#ifndef DOMAIN_ENGAGEMENT_INTERNAL_H
#define DOMAIN_ENGAGEMENT_INTERNAL_H

#include <stdbool.h>

#include "domain/facts.h"

/* The engagement rate of a row: from its counts, else as a source stated it. */
struct engagement {
    double rate; /* NaN unknown, and then `basis` is BASIS_NONE */
    enum er_basis basis;
    bool at_least; /* a part of the interactions is unknown and left out */
    bool stated;
};

struct engagement engagement_of(const struct facts *facts, size_t row);

/* A count that was really counted: below 0 is how some sources write unknown. */
double fact_count(const struct cells *cells, size_t row);

/* Unknown where the denominator is 0. */
double ratio(double part, double whole);

#endif
