#ifndef MICROSCOPE_CATALOG_ORDER_INTERNAL_H
#define MICROSCOPE_CATALOG_ORDER_INTERNAL_H

#include "catalog/query.h"

/* Puts rows into the query's order. Each row gets a 64-bit key of the first column that sorts as the
 * values do, direction applied and unknown the largest; whatever finds ranks by such keys can take the
 * place of the sort. */
void order_rows(const struct query *query, struct sheet *sheet, uint32_t *rows, size_t count);

#endif
