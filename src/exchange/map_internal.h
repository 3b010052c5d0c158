#ifndef MICROSCOPE_EXCHANGE_MAP_INTERNAL_H
#define MICROSCOPE_EXCHANGE_MAP_INTERNAL_H

#include <stdbool.h>

#include "alias_internal.h"
#include "exchange/import.h"

/* The mapping file of a user: what is said there beats every guess. */

/* Checks the whole file and puts what it says about the list as a whole into the plan. */
bool import_map_apply(const struct doc *map, struct import_plan *plan, struct err *err);

/* What it says about one header; NULL: nothing. `map` may be NULL. */
const struct doc_node *import_map_find(const struct doc *map, struct text header);
/* Reads that: "er percent", "handle", "ignore". *scaled tells whether a unit is said. */
bool import_map_meaning(const struct doc_node *node, struct meaning *out, bool *scaled,
                        enum import_scale *scale, struct err *err);
/* Every header the map names has to be in the file. */
bool import_map_complete(const struct doc *map, const struct import_plan *plan, struct err *err);

#endif
