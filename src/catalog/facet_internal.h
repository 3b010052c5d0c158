#ifndef MICROSCOPE_CATALOG_FACET_INTERNAL_H
#define MICROSCOPE_CATALOG_FACET_INTERNAL_H

#include "catalog/query.h"

/* The groups of the filter pane. A row counts in a group where no filter but the group's own
 * selection keeps it out; the state bytes of the result say so. */
void facets_count(const struct query *query, struct sheet *sheet, struct query_result *result);
void facets_release(struct query_result *result);

#endif
