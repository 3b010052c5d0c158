#include "batch_internal.h"

#include <stdlib.h>

#include "base/mem.h"

/* ---- while it is written ---- */

struct batch_note *batch_note_new(struct store *store, struct text file)
{
    struct batch_note *note = mem_zero(1, sizeof *note);
    struct buf names = BUF_INIT;

    note->store = store;
    buf_add_text(&note->file, file);
    journal_units_init(&note->units);
    journal_names_write(&names, &note->units);
    journal_names_read(&note->names, buf_text(&names));
    buf_release(&names);
    return note;
}

void batch_note_free(struct batch_note *note)
{
    if (!note)
        return;
    idset_release(&note->marks);
    buf_release(&note->file);
    buf_release(&note->bytes);
    free(note);
}

bool batch_note_begin(struct batch_note *note, struct err *err)
{
    idset_release(&note->marks);
    note->read = note->rejected = 0;
    buf_clear(&note->bytes);
    return store_integer(note->store, "SELECT max(id)+1 FROM batch", 1, &note->id, err) &&
           store_integer(note->store, "SELECT max(seq)+1 FROM journal", 1, &note->first, err);
}

void batch_note_row(struct batch_note *note, const struct row *before, const struct row *after)
{
    note->entry.kind = JOURNAL_ROW;
    for (size_t i = 0; i < note->units.count; i++)
        if (journal_compare(&note->entry, before, after, &note->units.items[i]))
            journal_write(&note->bytes, &note->names, &note->entry);
}

void batch_note_past(struct batch_note *note, unsigned kind, int64_t at)
{
    note->entry.kind = kind;
    note->entry.at = at;
    if (kind & JOURNAL_MADE)
        note->entry.new_hash = journal_hash(&note->after, &note->units.past);
    else if (!journal_compare(&note->entry, &note->before, &note->after, &note->units.past))
        return;
    journal_write(&note->bytes, &note->names, &note->entry);
}

bool batch_note_put(struct batch_note *note, int64_t id, struct err *err)
{
    if (note->bytes.length == 0)
        return true;
    sqlite3_stmt *stmt = store_statement(
        note->store, "INSERT INTO journal(batch, creator, what) VALUES(?1,?2,?3)", err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, note->id);
    sqlite3_bind_int64(stmt, 2, id);
    sqlite3_bind_blob64(stmt, 3, note->bytes.at, note->bytes.length, SQLITE_STATIC);
    bool ok = store_finish(note->store, stmt, err);
    buf_clear(&note->bytes);
    return ok;
}

static bool put_chunk(struct batch_note *note, const struct idset_chunk *chunk, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        note->store, "INSERT INTO batch_rows(batch, chunk, had, added) VALUES(?1,?2,?3,?4)", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, note->id);
    sqlite3_bind_int64(stmt, 2, chunk->number);
    sqlite3_bind_blob(stmt, 3, chunk->had, IDSET_BYTES, SQLITE_STATIC);
    if (chunk->any_added)
        sqlite3_bind_blob(stmt, 4, chunk->added, IDSET_BYTES, SQLITE_STATIC);
    return store_finish(note->store, stmt, err);
}

static bool put_batch(struct batch_note *note, int64_t now, const struct store_written *written,
                      struct err *err)
{
    static const char sql[] =
        "INSERT INTO batch(id, at, file, read, added, changed, unchanged, rejected, first, columns)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)";
    const uint64_t counts[] = {note->read, written->added, written->changed, written->unchanged,
                               note->rejected};
    sqlite3_stmt *stmt = store_statement(note->store, sql, err);
    struct buf names = BUF_INIT;

    if (!stmt)
        return false;
    journal_names_write(&names, &note->units);
    sqlite3_bind_int64(stmt, 1, note->id);
    sqlite3_bind_int64(stmt, 2, now);
    store_bind_text(stmt, 3, buf_text(&note->file));
    for (int i = 0; i < 5; i++)
        sqlite3_bind_int64(stmt, 4 + i, (int64_t)counts[i]);
    sqlite3_bind_int64(stmt, 9, note->first);
    store_bind_text(stmt, 10, buf_text(&names));
    bool ok = store_finish(note->store, stmt, err);
    buf_release(&names);
    return ok;
}

/* The entries of the journal follow each other in the order of the batches. */
static bool trim(struct batch_note *note, struct err *err)
{
    static const char *const sql[] = {
        "DELETE FROM journal WHERE seq<(SELECT first FROM batch WHERE id=?1+1)",
        "DELETE FROM batch_rows WHERE batch<=?1", "DELETE FROM batch WHERE id<=?1"};

    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        sqlite3_stmt *stmt = store_statement(note->store, sql[i], err);
        if (!stmt)
            return false;
        sqlite3_bind_int64(stmt, 1, note->id - BATCH_MOST);
        if (!store_finish(note->store, stmt, err))
            return false;
    }
    return true;
}

bool batch_note_end(struct batch_note *note, int64_t now, const struct store_written *written,
                    struct err *err)
{
    for (size_t i = 0; i < note->marks.count; i++)
        if (!put_chunk(note, note->marks.items[i], err))
            return false;
    return put_batch(note, now, written, err) && trim(note, err);
}

/* ---- afterwards ---- */

static struct batch batch_from(sqlite3_stmt *stmt)
{
    return (struct batch){.id = sqlite3_column_int64(stmt, 0),
                          .at = store_column_number(stmt, 1),
                          .file = store_column_text(stmt, 2),
                          .read = (uint64_t)sqlite3_column_int64(stmt, 3),
                          .rejected = (uint64_t)sqlite3_column_int64(stmt, 4),
                          .added = (uint64_t)sqlite3_column_int64(stmt, 5),
                          .changed = (uint64_t)sqlite3_column_int64(stmt, 6),
                          .unchanged = (uint64_t)sqlite3_column_int64(stmt, 7),
                          .taken_back_at = store_column_number(stmt, 8)};
}

bool store_batches(struct store *store, void (*each)(void *self, const struct batch *batch),
                   void *self, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        store,
        "SELECT id, at, file, read, rejected, added, changed, unchanged, taken_back_at FROM batch"
        " ORDER BY id DESC",
        err);
    int rc;

    if (!stmt)
        return false;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct batch batch = batch_from(stmt);
        each(self, &batch);
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool store_batch_last(struct store *store, int64_t *id, struct err *err)
{
    return store_integer(store, "SELECT max(id) FROM batch WHERE taken_back_at IS NULL", 0, id,
                         err);
}

static void each_of_chunk(int64_t number, const uint8_t *had, size_t length,
                          void (*each)(void *self, int64_t creator), void *self)
{
    for (size_t i = 0; i < length; i++)
        for (int bit = 0; had[i] && bit < 8; bit++)
            if (had[i] >> bit & 1)
                each(self, number * IDSET_CHUNK + (int64_t)i * 8 + bit);
}

bool store_batch_ids(struct store *store, int64_t id, bool *found,
                     void (*each)(void *self, int64_t creator), void *self, struct err *err)
{
    sqlite3_stmt *there =
        store_statement(store, "SELECT 1 FROM batch WHERE id=?1 AND taken_back_at IS NULL", err);
    sqlite3_stmt *stmt =
        there ? store_statement(
                    store, "SELECT chunk, had FROM batch_rows WHERE batch=?1 ORDER BY chunk", err)
              : NULL;
    int rc;

    if (!stmt)
        return false;
    sqlite3_bind_int64(there, 1, id);
    *found = sqlite3_step(there) == SQLITE_ROW;
    sqlite3_reset(there);
    sqlite3_bind_int64(stmt, 1, id);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        each_of_chunk(sqlite3_column_int64(stmt, 0), sqlite3_column_blob(stmt, 1),
                      (size_t)sqlite3_column_bytes(stmt, 1), each, self);
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}
