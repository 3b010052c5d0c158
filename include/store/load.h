#ifndef MICROSCOPE_STORE_LOAD_H
#define MICROSCOPE_STORE_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/record.h"
#include "store/store.h"

/* Reads all creators into a sink, a little at a time, in the order of their ids. What is read is the
 * state of one moment, that of store_load_begin(), whoever writes meanwhile; the load has a
 * connection of its own, so the store may be used and even closed while it runs.
 *
 * Records carry their id and every stored column that is known in that row (an absent one is
 * unknown); snapshots only where store_load_past() asks for them. Texts are valid UTF-8. A platform may be a word unknown to this program
 * where another program wrote it. */
struct store_load;

enum store_load_state { STORE_LOAD_MORE, STORE_LOAD_DONE, STORE_LOAD_FAILED };

/* Begins the sink. On failure *load is NULL and the sink has been ended where it had been begun. */
bool store_load_begin(struct store *store, struct record_sink sink, struct store_load **load,
                      struct err *err);
/* From the first step on records carry their snapshots: what `snapshot` holds of each. */
bool store_load_past(struct store_load *load, struct err *err);
/* Puts up to `most` creators; 2,048 take a few milliseconds. After DONE or FAILED (explained in
 * `err`) the sink has been ended and only store_load_free() may follow. */
enum store_load_state store_load_step(struct store_load *load, size_t most, struct err *err);
/* How far it got: creators so far, and about how many there will be (exact once done). */
void store_load_progress(const struct store_load *load, uint64_t *done, uint64_t *total);
/* NULL is fine. Before DONE this cancels: the sink is ended with ok = false. */
void store_load_free(struct store_load *load);

/* Which stored columns hold anything. Looks at all rows where another program wrote them. */
bool store_load_filled(struct store *store, bool filled[COLUMN_COUNT], struct err *err);

/* The whole at once. */
bool store_load_all(struct store *store, struct record_sink sink, struct err *err);

#endif
