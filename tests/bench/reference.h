#ifndef TESTS_BENCH_REFERENCE_H
#define TESTS_BENCH_REFERENCE_H

#include <sqlite3.h>

#include "stage.h"

/* What a user would have instead: the same creators in SQLite, every column, with indexes and a side table of what
 * SQL cannot work out (reach of one post, audience, response factor, fee as the forecast uses it).
 * All of it is in memory before anything is measured. */

sqlite3 *reference_open(const struct bench *bench, struct stage *stage);

/* Count, a group-by for each facet, the first 50 by ROI, where `column` has `word`, a figure at least that;
 * NULL: all. */
double reference_toggle(sqlite3 *db, enum column column, const char *word);
/* ROI of all under these assumptions as one expression, the first 50 by it. */
double reference_edit(sqlite3 *db, const struct scenario *scenario);
/* How many have the letters in handle or name, and the first of them. */
double reference_search(sqlite3 *db, const char *letters);
/* The first 50 by a stored or materialised column, without an index. */
double reference_order(sqlite3 *db, enum column column);

#endif
