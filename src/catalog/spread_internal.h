#ifndef MICROSCOPE_CATALOG_SPREAD_INTERNAL_H
#define MICROSCOPE_CATALOG_SPREAD_INTERNAL_H

#include "catalog/query.h"
#include "since_internal.h"
#include "census_internal.h"

/* A histogram's buckets, one code a row, counted like the values of a facet. */
struct spread {
    enum column column;
    struct since since;
    double low, high; /* the least and the greatest above 0; high 0: nothing is known */
    size_t buckets;   /* 0: nothing is known */
    double edges[QUERY_BUCKETS + 1];
    uint8_t *codes;
    size_t capacity;
    struct census census; /* counting is the caller's */
    struct bits rows;     /* where the figure has a range: those its own does not keep out */
};
void spread_make(struct spread *spread, struct sheet *sheet, size_t rows);
void spread_list(const struct spread *spread, struct histogram *out);
void spread_release(struct spread *spread);

#endif
