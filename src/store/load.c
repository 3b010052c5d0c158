#include "store/load.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "filled_internal.h"
#include "past_internal.h"
#include "rows_internal.h"
#include "store_internal.h"

/* One read transaction on a connection of its own: a statement that is stepped and left standing
 * in between is both the page and the bookmark. */
struct store_load {
    struct store *store; /* its own */
    sqlite3_stmt *stmt;
    struct record_sink sink;
    bool begun, ended;
    struct rows rows;
    sqlite3_stmt *past; /* of everybody, in the order of ids; NULL: not asked for, or at its end */
    struct {
        struct snapshot *items;
        size_t count, capacity;
    } snapshots; /* of the latest row */
    uint64_t done;
    int64_t first, last, at; /* ids */
};

/* Columns nobody filled are not asked for. */
static void keep_filled(struct fields *fields, const struct filled *filled)
{
    size_t kept = 0;

    for (size_t i = 0; i < fields->count && filled->valid; i++)
        if (filled->columns[fields->items[i]])
            fields->items[kept++] = fields->items[i];
    if (filled->valid)
        fields->count = kept;
}

static bool prepare_rows(struct store_load *load, struct err *err)
{
    struct buf sql = BUF_INIT;

    buf_add_string(&sql, "SELECT ");
    rows_names(&load->rows, &sql);
    buf_add_string(&sql, " FROM creator ORDER BY id");
    load->stmt = store_prepare(load->store, buf_string(&sql), err);
    buf_release(&sql);
    return load->stmt != NULL;
}

/* Every page is read once: to keep those that were would only be memory. */
static bool begin(struct store_load *load, const char *path, struct err *err)
{
    struct filled filled;
    struct fields fields;

    fields_init(&fields);
    if (!store_open(path, STORE_READ, &load->store, err) ||
        !store_exec(load->store, "PRAGMA cache_size=-256; BEGIN", "read", err) ||
        !store_integer(load->store, "SELECT min(id) FROM creator", 0, &load->first, err) ||
        !store_integer(load->store, "SELECT max(id) FROM creator", -1, &load->last, err) ||
        !filled_read(load->store, &filled, err))
        return false;
    keep_filled(&fields, &filled);
    rows_init(&load->rows, &fields);
    load->at = load->first;
    if (!prepare_rows(load, err))
        return false;
    load->begun = load->sink.begin(load->sink.self, err);
    return load->begun;
}

bool store_load_begin(struct store *store, struct record_sink sink, struct store_load **out,
                      struct err *err)
{
    struct store_load *load = mem_zero(1, sizeof *load);

    load->sink = sink;
    bool ok = begin(load, store_path(store), err);
    if (!ok) {
        store_load_free(load);
        load = NULL;
    }
    *out = load;
    return ok;
}

/* ---- snapshots ---- */

static bool past_step(struct store_load *load, struct err *err)
{
    int rc = sqlite3_step(load->past);

    if (rc == SQLITE_ROW)
        return true;
    bool ok = rc == SQLITE_DONE || store_fail(load->store, "read", err);
    sqlite3_finalize(load->past);
    load->past = NULL;
    return ok;
}

bool store_load_past(struct store_load *load, struct err *err)
{
    assert(load->done == 0 && !load->past);
    load->past = store_prepare(
        load->store, "SELECT creator, at, " PAST_NAMES " FROM snapshot ORDER BY creator, at", err);
    return load->past && past_step(load, err);
}

static void past_add(struct store_load *load)
{
    struct snapshot snapshot = snapshot_at((double)sqlite3_column_int64(load->past, 1));

    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        past_take(&snapshot, i, load->past, 2);
    VEC_PUSH(&load->snapshots, snapshot);
}

/* Both go up by id; what belongs to nobody is passed over. */
static bool take_past(struct store_load *load, struct record *record, struct err *err)
{
    load->snapshots.count = 0;
    while (load->past) {
        int64_t whose = sqlite3_column_int64(load->past, 0);
        if (whose > record->id)
            break;
        if (whose == record->id)
            past_add(load);
        if (!past_step(load, err))
            return false;
    }
    record->snapshots = load->snapshots.items;
    record->snapshot_count = load->snapshots.count;
    return true;
}

static enum store_load_state finish(struct store_load *load, bool ok, struct err *err)
{
    load->ended = true;
    /* What went wrong first is what is told. */
    bool ended = load->sink.end(load->sink.self, ok, ok ? err : NULL);
    return ok && ended ? STORE_LOAD_DONE : STORE_LOAD_FAILED;
}

enum store_load_state store_load_step(struct store_load *load, size_t most, struct err *err)
{
    assert(!load->ended);
    for (size_t i = 0; i < most; i++) {
        int rc = sqlite3_step(load->stmt);
        if (rc == SQLITE_DONE) {
            sqlite3_reset(load->stmt);
            return finish(load, true, err);
        }
        if (rc != SQLITE_ROW) {
            store_fail(load->store, "read", err);
            return finish(load, false, err);
        }
        rows_read(&load->rows, load->stmt);
        load->at = load->rows.record.id;
        if (!take_past(load, &load->rows.record, err) ||
            !load->sink.put(load->sink.self, &load->rows.record, err))
            return finish(load, false, err);
        load->done++;
    }
    return STORE_LOAD_MORE;
}

/* Ids are mostly dense, so the rest of them tells about how many rows there will be. */
void store_load_progress(const struct store_load *load, uint64_t *done, uint64_t *total)
{
    double passed = (double)load->at - (double)load->first + 1;
    double left = (double)load->last - (double)load->at;
    double density = load->done ? (double)load->done / passed : 1;

    *done = load->done;
    *total = load->done;
    if (!load->ended && load->last >= load->first)
        *total += (uint64_t)(left * density + (load->done ? 0 : 1));
}

void store_load_free(struct store_load *load)
{
    if (!load)
        return;
    if (load->begun && !load->ended)
        finish(load, false, NULL);
    sqlite3_finalize(load->stmt);
    sqlite3_finalize(load->past);
    free(load->snapshots.items);
    store_close(load->store);
    rows_release(&load->rows);
    free(load);
}

bool store_load_filled(struct store *store, bool filled[COLUMN_COUNT], struct err *err)
{
    struct filled found;

    if (!filled_settle(store, &found, err))
        return false;
    memcpy(filled, found.columns, sizeof found.columns);
    return true;
}

bool store_load_all(struct store *store, struct record_sink sink, struct err *err)
{
    struct store_load *load;
    enum store_load_state state = STORE_LOAD_MORE;

    if (!store_load_begin(store, sink, &load, err))
        return false;
    while (state == STORE_LOAD_MORE)
        state = store_load_step(load, 65536, err);
    store_load_free(load);
    return state == STORE_LOAD_DONE;
}
