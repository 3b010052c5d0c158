#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "batch_back_internal.h"
#include "gone_internal.h"

/* Of one chunk: what later batches that stand had of it. */
struct chunk_later {
    int64_t batch;
    bool changed;
    uint8_t had[IDSET_BYTES], added[IDSET_BYTES];
};

struct chunk {
    int64_t number;
    uint8_t added[IDSET_BYTES];
    struct chunk_later later[BATCH_MOST];
    size_t count;
};

static void take_bytes(uint8_t *into, sqlite3_stmt *stmt, int at)
{
    size_t length = (size_t)sqlite3_column_bytes(stmt, at);
    const void *bytes = sqlite3_column_blob(stmt, at);

    memset(into, 0, IDSET_BYTES);
    if (bytes)
        memcpy(into, bytes, length < IDSET_BYTES ? length : IDSET_BYTES);
}

static bool read_later(struct batch_taking *taking, struct chunk *chunk, struct err *err)
{
    sqlite3_stmt *stmt =
        store_statement(taking->store,
                        "SELECT batch, had, added FROM batch_rows WHERE chunk=?1 AND batch>?2"
                        " ORDER BY batch",
                        err);
    int rc;

    chunk->count = 0;
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, chunk->number);
    sqlite3_bind_int64(stmt, 2, taking->id);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && chunk->count < BATCH_MOST) {
        struct chunk_later *later = &chunk->later[chunk->count++];
        later->batch = sqlite3_column_int64(stmt, 0);
        later->changed = false;
        take_bytes(later->had, stmt, 1);
        take_bytes(later->added, stmt, 2);
    }
    bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || store_fail(taking->store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool write_later(struct batch_taking *taking, const struct chunk *chunk, struct err *err)
{
    for (size_t i = 0; i < chunk->count; i++) {
        if (!chunk->later[i].changed)
            continue;
        sqlite3_stmt *stmt = store_statement(
            taking->store, "UPDATE batch_rows SET added=?3 WHERE batch=?1 AND chunk=?2", err);
        if (!stmt)
            return false;
        sqlite3_bind_int64(stmt, 1, chunk->later[i].batch);
        sqlite3_bind_int64(stmt, 2, chunk->number);
        sqlite3_bind_blob(stmt, 3, chunk->later[i].added, IDSET_BYTES, SQLITE_STATIC);
        if (!store_finish(taking->store, stmt, err))
            return false;
    }
    return true;
}

/* Is the creator of that id still the one the batch added? *again: it had been here before. */
static bool is_ours(struct batch_taking *taking, int64_t id, bool *ours, bool *again,
                    struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        taking->store,
        "SELECT added_at IS NOT ?2 FROM creator WHERE id=?1 AND ifnull(added_at,0)<=?2", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, taking->at);
    int rc = sqlite3_step(stmt);
    *ours = rc == SQLITE_ROW;
    *again = *ours && sqlite3_column_int(stmt, 0) != 0;
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(taking->store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool delete_one(struct batch_taking *taking, int64_t id, struct err *err)
{
    bool ours, again;

    if (!is_ours(taking, id, &ours, &again, err))
        return false;
    if (!ours)
        return true;
    if (again && !gone_keep(taking->store, id, taking->now, err))
        return false;
    sqlite3_stmt *stmt = store_statement(taking->store, "DELETE FROM creator WHERE id=?1", err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    taking->back->gone++;
    return store_finish(taking->store, stmt, err) && batch_taking_log(taking, id, true, err);
}

static bool take_one(struct batch_taking *taking, struct chunk *chunk, size_t byte, uint8_t mask,
                     int64_t id, struct err *err)
{
    for (size_t i = 0; i < chunk->count; i++) {
        struct chunk_later *later = &chunk->later[i];
        if (!(later->had[byte] & mask))
            continue;
        later->added[byte] |= mask;
        later->changed = true;
        idset_add(&taking->kept, id, true);
        return true;
    }
    return delete_one(taking, id, err);
}

static bool take_chunk(struct batch_taking *taking, struct chunk *chunk, struct err *err)
{
    if (!read_later(taking, chunk, err))
        return false;
    for (size_t byte = 0; byte < IDSET_BYTES; byte++)
        for (unsigned bit = 0; chunk->added[byte] && bit < 8; bit++) {
            uint8_t mask = (uint8_t)(1U << bit);
            int64_t id = chunk->number * IDSET_CHUNK + (int64_t)byte * 8 + bit;
            if ((chunk->added[byte] & mask) && !take_one(taking, chunk, byte, mask, id, err))
                return false;
        }
    return write_later(taking, chunk, err);
}

bool batch_rows_take_back(struct batch_taking *taking, struct err *err)
{
    sqlite3_stmt *stmt = store_prepare(taking->store,
                                       "SELECT chunk, added FROM batch_rows WHERE batch=?1"
                                       " AND added IS NOT NULL ORDER BY chunk",
                                       err);
    struct chunk *chunk = mem_zero(1, sizeof *chunk);
    int rc = SQLITE_ERROR;
    bool ok = stmt != NULL;

    if (stmt)
        sqlite3_bind_int64(stmt, 1, taking->id);
    while (ok && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        chunk->number = sqlite3_column_int64(stmt, 0);
        take_bytes(chunk->added, stmt, 1);
        ok = take_chunk(taking, chunk, err);
    }
    ok = ok && (rc == SQLITE_DONE || store_fail(taking->store, "read", err));
    sqlite3_finalize(stmt);
    free(chunk);
    return ok;
}
