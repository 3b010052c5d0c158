#include "store/changes.h"

#include <stdlib.h>

#include "base/vec.h"
#include "rows_internal.h"
#include "store_internal.h"

/* To name more changes than this, and than one in so many creators, costs more than to load all. */
#define NAMED_LEAST 16384
#define NAMED_SHARE 10

/* What a REPLACE takes away is logged before what it puts there: a slice goes on until both are in it,
 * but for a delete of very many. */
#define BEYOND 64

struct entry {
    int64_t creator;
};

struct look {
    struct store *store;
    int64_t seq; /* of the last that was read */
    bool everything;
    struct entries {
        struct entry *items;
        size_t count, capacity;
    } entries;
    struct rows rows;
    struct record_sink sink;
};

bool store_changes_latest(struct store *store, int64_t *seq, struct err *err)
{
    return store_integer(store, "SELECT seq FROM sqlite_sequence WHERE name='change'", 0, seq, err);
}

/* Can what came since be named at all? The ids tell about how many creators there are. */
static bool is_within_log(struct store *store, int64_t seq, int64_t latest, bool *within,
                          struct err *err)
{
    int64_t first, creators;

    if (!store_integer(store, "SELECT min(seq) FROM change", INT64_MAX, &first, err) ||
        !store_integer(store, "SELECT max(id) FROM creator", 0, &creators, err))
        return false;
    int64_t most = creators / NAMED_SHARE > NAMED_LEAST ? creators / NAMED_SHARE : NAMED_LEAST;
    *within = latest > seq && first <= seq + 1 && latest - seq <= most;
    return true;
}

static bool read_log(struct look *look, size_t most, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        look->store, "SELECT seq, creator, gone FROM change WHERE seq>?1 ORDER BY seq LIMIT ?2",
        err);
    bool gone = true;
    int rc = SQLITE_ROW;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, look->seq);
    sqlite3_bind_int64(stmt, 2, (sqlite3_int64)most + BEYOND);
    while ((look->entries.count < most || gone) && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        look->seq = sqlite3_column_int64(stmt, 0);
        look->everything |= sqlite3_column_type(stmt, 1) == SQLITE_NULL;
        gone = sqlite3_column_int64(stmt, 2) != 0;
        VEC_PUSH(&look->entries, ((struct entry){sqlite3_column_int64(stmt, 1)}));
    }
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(look->store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static int by_creator(const void *a, const void *b)
{
    const struct entry *first = a, *second = b;

    return (first->creator > second->creator) - (first->creator < second->creator);
}

/* Each creator once, ascending. */
static void tidy(struct entries *entries)
{
    size_t kept = 0;

    if (entries->count)
        qsort(entries->items, entries->count, sizeof *entries->items, by_creator);
    for (size_t i = 0; i < entries->count; i++)
        if (!kept || entries->items[kept - 1].creator != entries->items[i].creator)
            entries->items[kept++] = entries->items[i];
    entries->count = kept;
}

/* Those that are not there stay in the list, and nothing else. */
static bool put_rows(struct look *look, sqlite3_stmt *find, struct err *err)
{
    size_t gone = 0;
    bool ok = true;

    for (size_t i = 0; i < look->entries.count && ok; i++) {
        sqlite3_bind_int64(find, 1, look->entries.items[i].creator);
        int rc = sqlite3_step(find);
        if (rc == SQLITE_ROW) {
            rows_read(&look->rows, find);
            ok = look->sink.put(look->sink.self, &look->rows.record, err);
        } else if (rc == SQLITE_DONE) {
            look->entries.items[gone++] = look->entries.items[i];
        } else {
            ok = store_fail(look->store, "read", err);
        }
        sqlite3_reset(find);
    }
    look->entries.count = gone;
    return ok;
}

static bool put_all(struct look *look, struct err *err)
{
    struct buf sql = BUF_INIT;
    struct fields fields;

    fields_init(&fields);
    rows_init(&look->rows, &fields);
    buf_add_string(&sql, "SELECT ");
    rows_names(&look->rows, &sql);
    buf_add_string(&sql, " FROM creator WHERE id=?1");
    sqlite3_stmt *find = store_prepare(look->store, buf_string(&sql), err);
    buf_release(&sql);
    bool ok = find && look->sink.begin(look->sink.self, err);
    if (ok) {
        ok = put_rows(look, find, err);
        for (size_t i = 0; i < look->entries.count && ok; i++)
            ok = look->sink.drop(look->sink.self, look->entries.items[i].creator, err);
        ok = look->sink.end(look->sink.self, ok, ok ? err : NULL) && ok;
    }
    sqlite3_finalize(find);
    return ok;
}

static enum store_changes read_slice(struct look *look, size_t most, struct err *err)
{
    int64_t latest;
    bool within;

    if (!store_changes_latest(look->store, &latest, err))
        return STORE_CHANGES_FAILED;
    if (latest == look->seq)
        return STORE_CHANGES_NONE;
    if (!is_within_log(look->store, look->seq, latest, &within, err) ||
        (within && !read_log(look, most, err)))
        return STORE_CHANGES_FAILED;
    if (!within || look->everything || !look->entries.count)
        return STORE_CHANGES_RELOAD;
    tidy(&look->entries);
    return put_all(look, err) ? STORE_CHANGES_SOME : STORE_CHANGES_FAILED;
}

/* One read transaction: what the log says and what the rows hold belong together. */
enum store_changes store_changes_read(struct store *store, int64_t *seq, size_t most,
                                      struct record_sink sink, struct err *err)
{
    struct look look = {.store = store, .seq = *seq, .sink = sink};

    store->busy = false;
    if (!store_exec(store, "BEGIN", "read", err))
        return STORE_CHANGES_FAILED;
    enum store_changes state = read_slice(&look, most, err);
    store_exec(store, "COMMIT", "read", NULL);
    if (state == STORE_CHANGES_SOME)
        *seq = look.seq;
    rows_release(&look.rows);
    free(look.entries.items);
    return state;
}
