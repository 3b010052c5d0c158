#include "runtime/reload.h"

#include <math.h>
#include <stdlib.h>

#include "base/vec.h"

void reload_init(struct reload *reload, struct catalog *catalog, bool all)
{
    *reload = (struct reload){.catalog = catalog, .below = catalog_sink(catalog), .all = all};
}

void reload_release(struct reload *reload)
{
    if (!reload)
        return;
    bits_release(&reload->seen);
    free(reload->renumbered.items);
}

static bool reload_begin(void *self, struct err *err)
{
    struct reload *reload = self;
    if (reload->all) {
        bits_resize(&reload->seen, reload->catalog->count);
        bits_clear(&reload->seen);
    }
    return reload->below.begin(reload->below.self, err);
}

/* Two cannot have one key: where a creator comes under a new id, the one of that key that is here is not
 * in the store any more under its own. */
static void take_over(struct reload *reload, const struct record *record)
{
    struct catalog *catalog = reload->catalog;
    enum platform platform = record_platform(record);
    if (platform == PLATFORM_COUNT || catalog_find_id(catalog, record->id) != CATALOG_NONE)
        return;
    uint32_t row = catalog_find(catalog, platform, record_text(record, COL_HANDLE));
    if (row == CATALOG_NONE)
        return;
    struct calm_renumbered renumbered = {catalog_id(catalog, row), record->id};
    if (catalog_renumber(catalog, row, record->id))
        VEC_PUSH(&reload->renumbered, renumbered);
}

static void make_whole(struct record *whole, const struct record *record)
{
    record_clear(whole);
    whole->id = record->id;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        bool has = record_has(record, column);
        if (!columns[column].stored || (!has && column == COL_PLATFORM))
            continue;
        if (column_is_text(column))
            record_set_text(whole, column, record_text(record, column));
        else
            record_set_number(whole, column, has ? record->values[column].number : NAN);
    }
}

static bool reload_put(void *self, const struct record *record, struct err *err)
{
    struct reload *reload = self;
    take_over(reload, record);
    make_whole(&reload->whole, record);
    if (!reload->below.put(reload->below.self, &reload->whole, err))
        return false;
    uint32_t row = reload->all ? catalog_find_id(reload->catalog, record->id) : CATALOG_NONE;
    if (row < reload->seen.count)
        bits_put(&reload->seen, row, true);
    return true;
}

static bool reload_drop(void *self, int64_t id, struct err *err)
{
    struct reload *reload = self;
    return reload->below.drop(reload->below.self, id, err);
}

static bool drop_unseen(struct reload *reload, struct err *err)
{
    bool ok = true;
    for (uint32_t row = 0; row < reload->seen.count && ok; row++)
        if (!bits_get(&reload->seen, row) && catalog_live(reload->catalog, row))
            ok = reload_drop(reload, catalog_id(reload->catalog, row), err);
    return ok;
}

static bool reload_end(void *self, bool ok, struct err *err)
{
    struct reload *reload = self;
    bool done = !ok || !reload->all || drop_unseen(reload, err);
    return reload->below.end(reload->below.self, ok && done, done ? err : NULL) && done;
}

struct record_sink reload_sink(struct reload *reload)
{
    return (struct record_sink){.self = reload,
                                .begin = reload_begin,
                                .put = reload_put,
                                .drop = reload_drop,
                                .end = reload_end};
}
