#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "batch_back_internal.h"
#include "jump_internal.h"
#include "past_internal.h"

/* Creators that a batch changed become what they were, thing by thing: where a later batch replaced what
 * this one wrote, that one learns what was there before both. */

static const struct journal_names *names_of(const struct batch_taking *taking, int64_t batch)
{
    for (size_t i = 0; i < taking->name_count; i++)
        if (taking->names[i].batch == batch)
            return &taking->names[i].names;
    return NULL;
}

static struct text column_bytes(sqlite3_stmt *stmt, int at)
{
    const void *bytes = sqlite3_column_blob(stmt, at);

    return (struct text){bytes, (size_t)sqlite3_column_bytes(stmt, at)};
}

/* ---- later batches ---- */

static void forget_later(struct batch_taking *taking)
{
    for (size_t i = 0; i < taking->later.count; i++)
        free(taking->later.items[i]);
    for (size_t i = 0; i < taking->rows.count; i++) {
        buf_release(&taking->rows.items[i]->bytes);
        free(taking->rows.items[i]);
    }
    taking->later.count = taking->rows.count = 0;
}

static void add_later(struct batch_taking *taking, sqlite3_stmt *stmt,
                      const struct journal_names *names)
{
    struct batch_taking_later_row *row = mem_zero(1, sizeof *row);
    struct journal_entry entry;

    row->seq = sqlite3_column_int64(stmt, 0);
    row->names = names;
    buf_add_text(&row->bytes, column_bytes(stmt, 2));
    VEC_PUSH(&taking->rows, row);
    struct text bytes = buf_text(&row->bytes);
    while (journal_read(&bytes, &taking->units, names, &entry)) {
        struct later_entry *later = mem_zero(1, sizeof *later);
        *later = (struct later_entry){row, entry};
        VEC_PUSH(&taking->later, later);
    }
}

static bool read_later(struct batch_taking *taking, int64_t creator, struct err *err)
{
    sqlite3_stmt *stmt =
        store_statement(taking->store,
                        "SELECT seq, batch, what FROM journal WHERE creator=?1 AND batch>?2"
                        " ORDER BY seq",
                        err);
    int rc;

    forget_later(taking);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, creator);
    sqlite3_bind_int64(stmt, 2, taking->id);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const struct journal_names *names = names_of(taking, sqlite3_column_int64(stmt, 1));
        if (names)
            add_later(taking, stmt, names);
    }
    bool ok = rc == SQLITE_DONE || store_fail(taking->store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool write_later_row(struct batch_taking *taking, const struct batch_taking_later_row *row,
                            struct err *err)
{
    struct buf bytes = BUF_INIT;
    sqlite3_stmt *stmt =
        store_statement(taking->store, "UPDATE journal SET what=?2 WHERE seq=?1", err);

    if (!stmt)
        return false;
    for (size_t i = 0; i < taking->later.count; i++)
        if (taking->later.items[i]->row == row)
            journal_write(&bytes, row->names, &taking->later.items[i]->entry);
    sqlite3_bind_int64(stmt, 1, row->seq);
    sqlite3_bind_blob64(stmt, 2, bytes.at, bytes.length, SQLITE_STATIC);
    bool ok = store_finish(taking->store, stmt, err);
    buf_release(&bytes);
    return ok;
}

static bool write_later(struct batch_taking *taking, struct err *err)
{
    for (size_t i = 0; i < taking->rows.count; i++)
        if (taking->rows.items[i]->changed && !write_later_row(taking, taking->rows.items[i], err))
            return false;
    return true;
}

static struct later_entry *later_of(const struct batch_taking *taking,
                                    const struct journal_entry *entry)
{
    for (size_t i = 0; i < taking->later.count; i++) {
        const struct journal_entry *later = &taking->later.items[i]->entry;
        if (journal_is_past(entry) ? journal_is_past(later) && later->at == entry->at
                                   : !journal_is_past(later) && later->unit == entry->unit)
            return taking->later.items[i];
    }
    return NULL;
}

static void put_cell(struct journal_entry *entry, const struct journal_cell *cell)
{
    size_t i = 0;

    while (i < entry->count && entry->cells[i].column != cell->column)
        i++;
    entry->cells[i] = *cell;
    if (i == entry->count)
        entry->count++;
}

/* What was before both; where somebody wrote between them, what that was stays. */
static void compose(struct later_entry *later, const struct journal_entry *entry)
{
    struct journal_entry *theirs = &later->entry;

    if (theirs->kind & JOURNAL_MADE || theirs->old_hash != entry->new_hash)
        return;
    later->row->changed = true;
    theirs->old_hash = entry->old_hash;
    theirs->kind |= entry->kind & JOURNAL_MADE;
    for (size_t i = 0; i < entry->count; i++)
        put_cell(theirs, &entry->cells[i]);
}

/* ---- one creator ---- */

struct blocked {
    bool any;                           /* figures with a date stay */
    struct batch_taking_later_row *row; /* for a later batch; NULL: for somebody else */
};

/* `bytes` are those of this batch. */
static bool back_row(struct batch_taking *taking, struct text bytes,
                     const struct journal_names *names, struct blocked *blocked)
{
    struct journal_entry *entry = &taking->entry;
    bool any = false;

    while (journal_read(&bytes, &taking->units, names, entry)) {
        if (journal_is_past(entry) || entry->unit == SIZE_MAX)
            continue;
        struct later_entry *later = later_of(taking, entry);
        bool ours = !later && journal_hash(&taking->row, &taking->units.items[entry->unit]) ==
                                  entry->new_hash;
        if (ours)
            journal_put_back(&taking->wanted, entry);
        if (later)
            compose(later, entry);
        if (!ours && journal_unit_dated(entry->unit) && !blocked->any)
            *blocked = (struct blocked){true, later ? later->row : NULL};
        any = any || !ours;
    }
    return any;
}

static bool update_past(struct batch_taking *taking, int64_t creator, struct err *err)
{
    static const char sql[] =
        "UPDATE snapshot SET (" PAST_NAMES ")=(?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,"
        "?17) WHERE creator=?1 AND at=?2";
    static const char remove[] = "DELETE FROM snapshot WHERE creator=?1 AND at=?2";
    const struct journal_entry *entry = &taking->entry;
    bool made = entry->kind & JOURNAL_MADE;
    sqlite3_stmt *stmt = store_statement(taking->store, made ? remove : sql, err);
    uint64_t bound = 0;

    if (!stmt)
        return false;
    journal_put_back(&taking->past, entry);
    sqlite3_bind_int64(stmt, 1, creator);
    sqlite3_bind_int64(stmt, 2, entry->at);
    if (!made)
        row_bind(&taking->past, &taking->units.past, stmt, 3, &bound);
    return store_finish(taking->store, stmt, err);
}

static bool back_snapshot(struct batch_taking *taking, int64_t creator, bool *did, struct err *err)
{
    sqlite3_stmt *stmt = past_find(taking->store, creator, taking->entry.at, err);

    if (!stmt)
        return false;
    int rc = sqlite3_step(stmt);
    bool ours = false;
    if (rc == SQLITE_ROW) {
        row_from_statement(&taking->past, &taking->units.past, stmt, 0);
        ours = journal_hash(&taking->past, &taking->units.past) == taking->entry.new_hash;
    }
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(taking->store, "read", err);
    ok = ok && (!ours || update_past(taking, creator, err));
    sqlite3_reset(stmt);
    *did = *did || ours;
    return ok;
}

/* The past that a figure left behind stays with who replaced that figure. */
static void leave_past(struct batch_taking *taking, const struct blocked *blocked)
{
    if (!blocked->row || later_of(taking, &taking->entry))
        return;
    struct later_entry *moved = mem_zero(1, sizeof *moved);
    *moved = (struct later_entry){blocked->row, taking->entry};
    VEC_PUSH(&taking->later, moved);
    blocked->row->changed = true;
}

static bool back_one_past(struct batch_taking *taking, int64_t creator,
                          const struct blocked *blocked, bool *did, struct err *err)
{
    struct later_entry *later = later_of(taking, &taking->entry);
    bool left = (taking->entry.kind & ~(unsigned)JOURNAL_MADE) == JOURNAL_LEFT;

    if (later)
        compose(later, &taking->entry);
    else if (left && blocked->any)
        leave_past(taking, blocked);
    else
        return back_snapshot(taking, creator, did, err);
    return true;
}

/* Backwards: one date may have been written twice. */
static bool back_past(struct batch_taking *taking, int64_t creator, struct text bytes,
                      const struct journal_names *names, const struct blocked *blocked, bool *did,
                      struct err *err)
{
    struct text rest = bytes;

    taking->starts.count = 0;
    do {
        size_t start = bytes.length - rest.length;
        VEC_PUSH(&taking->starts, start);
    } while (journal_read(&rest, &taking->units, names, &taking->entry));
    for (size_t i = taking->starts.count - 1; i-- > 0;) {
        rest = text_part(bytes, taking->starts.items[i], bytes.length);
        if (journal_read(&rest, &taking->units, names, &taking->entry) &&
            journal_is_past(&taking->entry) && !back_one_past(taking, creator, blocked, did, err))
            return false;
    }
    return true;
}

static bool rename_back(struct batch_taking *taking, int64_t creator, struct err *err)
{
    const struct cell *wanted = &taking->wanted.cells[COL_HANDLE];

    if (cell_equal(wanted, &taking->row.cells[COL_HANDLE]))
        return true;
    sqlite3_stmt *stmt =
        store_statement(taking->store, "UPDATE creator SET handle=?2 WHERE id=?1", err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, creator);
    store_bind_text(stmt, 2, wanted->text);
    return store_finish(taking->store, stmt, err);
}

static void bind_carried(struct batch_taking *taking)
{
    struct carried_dates dates = row_dates(&taking->wanted);

    buf_clear(&taking->carried);
    carried_write(&taking->wanted.carried, &dates, &taking->carried);
    bool any = taking->carried.length > 0;
    store_bind_text(taking->update, 3, any ? buf_text(&taking->carried) : (struct text){0});
}

static bool write_row(struct batch_taking *taking, int64_t creator, struct err *err)
{
    struct growth growth;
    double jump;

    sqlite3_bind_int64(taking->update, 1, creator);
    sqlite3_bind_int64(taking->update, 2, taking->now);
    row_bind(&taking->wanted, &taking->units.all, taking->update, 4, &taking->bound);
    bind_carried(taking);
    return store_finish(taking->store, taking->update, err) && rename_back(taking, creator, err) &&
           grown_known(&taking->grown, taking->store, creator, &taking->wanted, &growth, err) &&
           grown_write(taking->store, creator, &growth, err) &&
           jump_write(&taking->grown, taking->store, creator, &taking->wanted, &jump, err) &&
           batch_taking_log(taking, creator, false, err);
}

/* The row stands in `find` while this runs. */
static bool back_one(struct batch_taking *taking, int64_t creator, struct text bytes,
                     struct err *err)
{
    const struct journal_names *names = names_of(taking, taking->id);
    struct blocked blocked = {false, NULL};
    bool did = false;

    row_stored(&taking->row, &taking->units.all, taking->find);
    taking->wanted = taking->row;
    if (!read_later(taking, creator, err))
        return false;
    bool stays = back_row(taking, bytes, names, &blocked);
    if (!back_past(taking, creator, bytes, names, &blocked, &did, err) || !write_later(taking, err))
        return false;
    did = did || !row_equal(&taking->row, &taking->wanted, &taking->units.all) ||
          !carried_equal(&taking->row.carried, &taking->wanted.carried);
    if (did)
        idset_add(&taking->restored, creator, true);
    if (stays)
        idset_add(&taking->kept, creator, true);
    return !did || write_row(taking, creator, err);
}

static bool back_if_there(struct batch_taking *taking, sqlite3_stmt *stmt, struct err *err)
{
    int64_t creator = sqlite3_column_int64(stmt, 0);

    sqlite3_bind_int64(taking->find, 1, creator);
    sqlite3_bind_int64(taking->find, 2, taking->at);
    int rc = sqlite3_step(taking->find);
    bool ok = rc == SQLITE_ROW    ? back_one(taking, creator, column_bytes(stmt, 1), err)
              : rc == SQLITE_DONE ? true
                                  : store_fail(taking->store, "read", err);
    sqlite3_reset(taking->find);
    return ok;
}

/* Backwards: a creator may be there twice. */
bool batch_changes_take_back(struct batch_taking *taking, struct err *err)
{
    sqlite3_stmt *stmt = store_prepare(
        taking->store, "SELECT creator, what FROM journal WHERE batch=?1 ORDER BY seq DESC", err);
    int rc = SQLITE_ERROR;
    bool ok = stmt != NULL;

    if (stmt)
        sqlite3_bind_int64(stmt, 1, taking->id);
    while (ok && (rc = sqlite3_step(stmt)) == SQLITE_ROW)
        ok = back_if_there(taking, stmt, err);
    ok = ok && (rc == SQLITE_DONE || store_fail(taking->store, "read", err));
    sqlite3_finalize(stmt);
    forget_later(taking);
    free(taking->later.items);
    free(taking->rows.items);
    free(taking->starts.items);
    grown_release(&taking->grown);
    buf_release(&taking->carried);
    return ok;
}
