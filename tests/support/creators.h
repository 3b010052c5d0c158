#ifndef TESTS_CREATORS_H
#define TESTS_CREATORS_H

#include <stddef.h>
#include <stdint.h>

#include "base/random.h"
#include "catalog/catalog.h"

/* Random creators with everything that makes filters go wrong: unknown values in every column, sets of
 * several words, names with accents and quotes, handles that differ only by platform or case, equal
 * figures, zeroes, rows that came and went. */

#define CREATORS_NOW 1785000000.0 /* seconds since 1970: summer 2026 */

/* Plans anything with one: deliverables and a fee, each with so many chances in a hundred, a format. */
void creators_plan(struct catalog *catalog, struct random *random, uint32_t row, unsigned percent);
void creators_fill(struct catalog *catalog, struct random *random, size_t count);

#endif
