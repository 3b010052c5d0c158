#ifndef TESTS_TERMINAL_SOAK_OTHERS_H
#define TESTS_TERMINAL_SOAK_OTHERS_H

#include <stdbool.h>

#include "base/random.h"

/* All who write to a store besides the explorer: a feed of a file that grows, a feed of a pipe, an import
 * that is done again and again, and the sqlite3 shell. Each cell of the store has one writer among them,
 * who knows what it said last; rows have several. */

struct others;

/* The store is there already, and has its own things of the user in creators whose handles begin with
 * "pick."; those are left alone. */
struct others *others_start(const char *store, const char *now);
/* Writes some more, a few lines each. Fails the test where one has ended. */
void others_go_on(struct others *others, struct random *random);
/* Until all that was written is in the store and everybody has ended as they should, without a word of
 * complaint. Fails the test with each cell that does not hold what was written last. */
void others_end(struct others *others);
/* How much was written, for the one who watches. */
void others_tell(const struct others *others);
void others_free(struct others *others);

#endif
