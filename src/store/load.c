#include "store/load.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cells_internal.h"
#include "filled_internal.h"
#include "store_internal.h"

/* One read transaction on a connection of its own: a statement that is stepped and left standing
 * in between is both the page and the bookmark. */
struct store_load {
    struct store *store; /* its own */
    sqlite3_stmt *rows;
    struct record_sink sink;
    bool begun, ended;
    struct fields fields;     /* those that are read, result columns 1 … */
    bool texts[COLUMN_COUNT]; /* by place in fields */
    struct record record;
    struct arena repaired;
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

    buf_add_string(&sql, load->fields.count ? "SELECT id," : "SELECT id");
    fields_names(&load->fields, &sql);
    buf_add_string(&sql, " FROM creator ORDER BY id");
    load->rows = store_prepare(load->store, buf_string(&sql), err);
    buf_release(&sql);
    return load->rows != NULL;
}

/* Every page is read once: to keep those that were would only be memory. */
static bool begin(struct store_load *load, const char *path, struct err *err)
{
    struct filled filled;

    fields_init(&load->fields);
    if (!store_open(path, STORE_READ, &load->store, err) ||
        !store_exec(load->store, "PRAGMA cache_size=-256; BEGIN", "read", err) ||
        !store_integer(load->store, "SELECT min(id) FROM creator", 0, &load->first, err) ||
        !store_integer(load->store, "SELECT max(id) FROM creator", -1, &load->last, err) ||
        !filled_read(load->store, &filled, err))
        return false;
    keep_filled(&load->fields, &filled);
    for (size_t i = 0; i < load->fields.count; i++)
        load->texts[i] = cell_kind_of(load->fields.items[i]) == CELL_TEXT;
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

/* Texts are valid UTF-8 unless another program wrote them. */
static struct text valid_text(struct store_load *load, struct text text)
{
    if (utf8_valid(text))
        return text;
    struct buf repaired = BUF_INIT;
    utf8_repair(&repaired, text);
    text = arena_text(&load->repaired, buf_text(&repaired));
    buf_release(&repaired);
    return text;
}

/* Of the engine's calls, those on a value are the cheapest; nobody else uses this connection. */
static struct text value_text(struct store_load *load, sqlite3_value *value)
{
    const char *at = (const char *)sqlite3_value_text(value);
    struct text text = {at, (size_t)sqlite3_value_bytes(value)};

    return valid_text(load, text);
}

/* Written into the record directly: this runs for every value of every creator. */
static void read_row(struct store_load *load)
{
    struct record *record = &load->record;

    record_clear(record);
    load->at = record->id = sqlite3_column_int64(load->rows, 0);
    for (size_t i = 0; i < load->fields.count; i++) {
        enum column column = load->fields.items[i];
        sqlite3_value *from = sqlite3_column_value(load->rows, (int)i + 1);
        struct value value = {.number = NAN};
        if (sqlite3_value_type(from) == SQLITE_NULL)
            continue;
        if (load->texts[i])
            value.text = value_text(load, from);
        else
            value.number = sqlite3_value_double(from);
        if (!load->texts[i] && !isfinite(value.number))
            continue;
        record->mask[column / 64] |= (uint64_t)1 << column % 64;
        record->values[column] = value;
    }
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
        int rc = sqlite3_step(load->rows);
        if (rc == SQLITE_DONE) {
            sqlite3_reset(load->rows);
            return finish(load, true, err);
        }
        if (rc != SQLITE_ROW) {
            store_fail(load->store, "read", err);
            return finish(load, false, err);
        }
        read_row(load);
        bool put = load->sink.put(load->sink.self, &load->record, err);
        if (load->repaired.bytes)
            arena_release(&load->repaired);
        if (!put)
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
    sqlite3_finalize(load->rows);
    store_close(load->store);
    arena_release(&load->repaired);
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
