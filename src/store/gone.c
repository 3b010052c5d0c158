#include "gone_internal.h"

#include "base/number.h"
#include "schema_internal.h"

bool gone_any(struct store *store, bool *any, struct err *err)
{
    int64_t found;

    if (!store_integer(store, "SELECT EXISTS(SELECT 1 FROM gone)", 0, &found, err))
        return false;
    *any = found != 0;
    return true;
}

static sqlite3_stmt *about(struct store *store, const char *sql, const struct gone_who *who,
                           struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (stmt) {
        store_bind_text(stmt, 1, who->platform);
        store_bind_text(stmt, 2, who->handle);
    }
    return stmt;
}

bool gone_find(struct store *store, const struct gone_who *who, bool *found, double *since,
               struct err *err)
{
    static const char sql[] =
        "SELECT added_at FROM gone WHERE platform=?1 AND key=" SCHEMA_KEY_OF_12;
    sqlite3_stmt *stmt = about(store, sql, who, err);

    if (!stmt)
        return false;
    int rc = sqlite3_step(stmt);
    *found = rc == SQLITE_ROW;
    *since = *found ? store_column_number(stmt, 0) : number_unknown();
    bool ok = *found || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool gone_forget(struct store *store, const struct gone_who *who, struct err *err)
{
    static const char sql[] = "DELETE FROM gone WHERE platform=?1 AND key=" SCHEMA_KEY_OF_12;
    sqlite3_stmt *stmt = about(store, sql, who, err);

    return stmt && store_finish(store, stmt, err);
}

bool gone_keep(struct store *store, int64_t id, int64_t now, struct err *err)
{
    static const char sql[] =
        "INSERT INTO gone(platform, key, handle, at, added_at)"
        " SELECT platform, key, handle, ?2, added_at FROM creator WHERE id=?1"
        " ON CONFLICT(platform, key) DO UPDATE SET seq=(SELECT max(seq) FROM gone)+1,"
        " handle=excluded.handle, at=excluded.at, added_at=excluded.added_at";
    static const char trim[] =
        "DELETE FROM gone WHERE seq<=(SELECT max(seq) FROM gone)-" SCHEMA_GONE_KEPT;
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_int64(stmt, 2, now);
    return store_finish(store, stmt, err) && (stmt = store_statement(store, trim, err)) &&
           store_finish(store, stmt, err);
}
