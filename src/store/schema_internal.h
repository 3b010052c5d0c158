#ifndef MICROSCOPE_STORE_SCHEMA_INTERNAL_H
#define MICROSCOPE_STORE_SCHEMA_INTERNAL_H

#include <stddef.h>

#include "store_internal.h"

#define SCHEMA_APPLICATION 0x4d736370 /* "Mscp" */

/* The pattern of a YouTube channel id, whose case matters: the column `key` keeps it as it is, all
 * other handles are folded. domain's handle_key() says the same. (Two pieces: no trigraph.) */
#define SCHEMA_CHANNEL_ID                                                                          \
    "'UC??????????????????????"                                                                    \
    "'"

/* The key of ?2 on ?1, in the same words as the store's own column: whatever it makes of a handle, a
 * look-up finds. */
#define SCHEMA_KEY_OF_12                                                                           \
    "CASE WHEN ?1='youtube' AND ?2 GLOB " SCHEMA_CHANNEL_ID " THEN ?2 ELSE lower(?2) END"

/* So many of those who were deleted are remembered. */
#define SCHEMA_GONE_KEPT "10000"

/* The way from version i to i + 1 of the format: statements run in one transaction. */
#define MIGRATION_PARTS 4

struct migration {
    const char *what;
    const char *sql[MIGRATION_PARTS];
    bool (*then)(struct store *store, struct err *err); /* what SQL alone cannot; NULL: nothing */
};
extern const struct migration migrations[];
extern const size_t migration_count;

/* Checks that the open database is a store of ours (or nothing yet) and of no newer version, and
 * brings it up to date. */
bool schema_open(struct store *store, struct err *err);
/* Is it a store of ours, of an older version? */
bool schema_is_older(struct store *store);

/* The triggers that log changes, and the index of creators, taken away for the length of a
 * transaction that writes much, and put back as they were. `taken` is appended to: it holds the
 * statements that make them again, NUL between. */
bool schema_triggers_take(struct store *store, struct buf *taken, struct err *err);
bool schema_index_take(struct store *store, struct buf *taken, struct err *err);
bool schema_put(struct store *store, const struct buf *taken, struct err *err);

#endif
