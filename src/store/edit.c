#include "store/edit.h"

#include "store_internal.h"

static sqlite3_stmt *writing(struct store *store, const char *sql, struct err *err)
{
    return store_may_write(store, err) ? store_statement(store, sql, err) : NULL;
}

static struct store_edit edit_of(sqlite3_stmt *stmt)
{
    return (struct store_edit){.seq = sqlite3_column_int64(stmt, 0),
                               .label = store_column_text(stmt, 1),
                               .target = store_column_text(stmt, 2),
                               .old = store_column_text(stmt, 3),
                               .new = store_column_text(stmt, 4),
                               .undone = sqlite3_column_int(stmt, 5) != 0};
}

bool store_edits(struct store *store, size_t most,
                 void (*each)(void *self, const struct store_edit *edit), void *self,
                 struct err *err)
{
    sqlite3_stmt *stmt =
        store_statement(store,
                        "SELECT seq, label, target, old, new, undone FROM edit WHERE seq>="
                        "(SELECT min(seq) FROM (SELECT seq FROM edit ORDER BY seq DESC LIMIT ?1))"
                        " ORDER BY seq",
                        err);
    int rc;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, (sqlite3_int64)most);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct store_edit edit = edit_of(stmt);
        each(self, &edit);
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool store_edit_put(struct store *store, struct store_edit *edit, struct err *err)
{
    sqlite3_stmt *stmt = writing(store,
                                 "INSERT INTO edit(seq, label, target, old, new, undone)"
                                 " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(seq) DO UPDATE SET"
                                 " label=excluded.label, target=excluded.target, old=excluded.old,"
                                 " new=excluded.new, undone=excluded.undone",
                                 err);

    if (!stmt)
        return false;
    if (edit->seq > 0)
        sqlite3_bind_int64(stmt, 1, edit->seq);
    store_bind_text(stmt, 2, edit->label);
    store_bind_text(stmt, 3, edit->target);
    store_bind_text(stmt, 4, edit->old);
    store_bind_text(stmt, 5, edit->new);
    sqlite3_bind_int(stmt, 6, edit->undone);
    if (!store_finish(store, stmt, err))
        return false;
    if (edit->seq == 0)
        edit->seq = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool store_edit_undone(struct store *store, int64_t seq, bool undone, struct err *err)
{
    sqlite3_stmt *stmt = writing(store, "UPDATE edit SET undone=?2 WHERE seq=?1", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, seq);
    sqlite3_bind_int(stmt, 2, undone);
    return store_finish(store, stmt, err);
}

bool store_edit_drop(struct store *store, int64_t seq, struct err *err)
{
    sqlite3_stmt *stmt = writing(store, "DELETE FROM edit WHERE seq=?1", err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, seq);
    return store_finish(store, stmt, err);
}

bool store_edits_trim(struct store *store, size_t most, struct err *err)
{
    sqlite3_stmt *stmt = writing(store,
                                 "DELETE FROM edit WHERE seq<="
                                 "(SELECT seq FROM edit ORDER BY seq DESC LIMIT 1 OFFSET ?1)",
                                 err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, (sqlite3_int64)most);
    return store_finish(store, stmt, err);
}
