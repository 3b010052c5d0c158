#ifndef MICROSCOPE_EXCHANGE_MAP_INTERNAL_H
#define MICROSCOPE_EXCHANGE_MAP_INTERNAL_H

#include <stdbool.h>

#include "alias_internal.h"
#include "exchange/import.h"

/* The mapping file of a user: what is said there beats every guess. */

/* Checks the whole file and puts what it says about the list as a whole into the plan. */
bool import_map_apply(const struct doc *map, struct import_plan *plan, struct err *err);

/* What it says about the header of this column (1-based place; "#3" is the third
 * column, whatever its header); NULL: nothing. `map` may be NULL. */
const struct doc_node *import_map_find(const struct doc *map, struct text header, size_t place);

/* The place of the column `at` in the file that a mapping file is about: one of rejects has columns of
 * its own in front. 0: it is one of those. */
size_t import_map_place(const struct import_plan *plan, size_t at);

/* A word on the list as a whole. */
void import_map_set(struct doc *map, struct text key, struct text value);
/* What `over` says goes before what `map` says; `over` may be NULL. */
void import_map_merge(struct doc *map, const struct doc *over);

/* What is known of a column before its values are looked at. */
struct column_words {
    struct meaning meaning;
    bool scaled; /* the map says the unit, */
    enum import_scale scale;
    bool styled; /* … and how numbers are written */
    struct number_style numbers;
};
/* Reads that: "er percent", "likes german", "fee 2 EUR", "handle", "ignore". */
bool import_map_meaning(const struct doc_node *node, struct column_words *out, struct err *err);
/* What stands there for this column: the opposite of import_map_meaning(). */
void import_map_words(const struct import_column *column, struct buf *out);
/* Words of the mapping file. */
extern const char *const import_encoding_keys[ENCODING_COUNT];
struct text import_map_encoding(const struct import_plan *plan);
extern const char *const import_dates_words[]; /* by enum date_order */
const char *import_map_numbers(struct number_style style);

/* Every header the map names has to be in the file. */
bool import_map_complete(const struct doc *map, const struct import_plan *plan, struct err *err);

#endif
