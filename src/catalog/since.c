#include "since_internal.h"

#define PATCH_SHARE 100 /* a piece is patched where at most one row in so many changed */

enum since_state since_look(const struct since *since, const struct catalog *catalog,
                            uint64_t stamp, uint64_t joined, size_t rows, struct since_rows *todo)
{
    *todo = (struct since_rows){.from = since->rows};
    if (!since->made || since->joined != joined || rows < since->rows)
        return SINCE_REMAKE;
    if (since->stamp == stamp && since->rows == rows)
        return SINCE_CURRENT;
    if (!catalog_changes(catalog, since->revision, &todo->changed, &todo->count) ||
        todo->count > 1 + rows / PATCH_SHARE)
        return SINCE_REMAKE;
    return SINCE_PATCH;
}

void since_note(struct since *since, const struct catalog *catalog, uint64_t stamp, uint64_t joined,
                size_t rows)
{
    *since = (struct since){true, stamp, joined, catalog->revision, rows};
}
