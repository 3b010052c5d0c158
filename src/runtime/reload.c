#include "runtime/reload.h"

#include <math.h>

static bool reload_begin(void *self, struct err *err)
{
    struct reload *reload = self;
    return reload->below.begin(reload->below.self, err);
}

static bool reload_put(void *self, const struct record *record, struct err *err)
{
    struct reload *reload = self;
    struct record *whole = &reload->whole;
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
    return reload->below.put(reload->below.self, whole, err);
}

static bool reload_drop(void *self, int64_t id, struct err *err)
{
    struct reload *reload = self;
    return reload->below.drop(reload->below.self, id, err);
}

static bool reload_end(void *self, bool ok, struct err *err)
{
    struct reload *reload = self;
    return reload->below.end(reload->below.self, ok, err);
}

struct record_sink reload_sink(struct reload *reload, struct record_sink below)
{
    reload->below = below;
    return (struct record_sink){.self = reload,
                                .begin = reload_begin,
                                .put = reload_put,
                                .drop = reload_drop,
                                .end = reload_end};
}
