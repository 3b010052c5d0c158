#ifndef MICROSCOPE_CATALOG_WORDS_INTERNAL_H
#define MICROSCOPE_CATALOG_WORDS_INTERNAL_H

#include "catalog/catalog.h"

/* Words as codes: those with a fixed vocabulary are numbers of domain, the others and sets are places
 * in the column's dictionary. */

struct vocabulary {
    double (*code)(struct text word); /* NaN: not one of them */
    const char *(*word)(unsigned code);
};
const struct vocabulary *vocabulary_of(enum column column); /* NULL: a dictionary */

void catalog_words_release(struct catalog_column *column);
/* The code of a word, or of a set of words with '|' between; NaN where unknown. */
double catalog_words_code(struct catalog *catalog, enum column column, struct text text);
size_t catalog_words_memory(const struct catalog_column *column);

#endif
