#ifndef MICROSCOPE_CATALOG_FACET_INTERNAL_H
#define MICROSCOPE_CATALOG_FACET_INTERNAL_H

#include "catalog/query.h"
#include "since_internal.h"
#include "census_internal.h"

/* The groups of the filter pane: values of a column, counted. */

struct facet_count {
    enum column column;
    struct since since;
    struct census census;
    struct bits rows; /* where the group has a selection: those its own does not keep out */
};
/* Readies the census for `rows` rows; counting is the caller's. */
void facet_make(struct facet_count *facet, struct sheet *sheet, size_t rows);
/* The values with their counts, into *out, whose values it replaces. */
void facet_list(const struct facet_count *facet, const struct filter *filter, struct sheet *sheet,
                struct facet *out);
void facet_release(struct facet_count *facet);

#endif
