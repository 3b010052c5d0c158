#include "store/view.h"

#include "store_internal.h"

static sqlite3_stmt *writing(struct store *store, const char *sql, struct err *err)
{
    return store_may_write(store, err) ? store_statement(store, sql, err) : NULL;
}

bool store_views(struct store *store, void (*each)(void *self, const struct store_view *view),
                 void *self, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        store, "SELECT name, filter, sort, columns, scenario FROM view ORDER BY place, name", err);
    int rc;

    if (!stmt)
        return false;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        const struct store_view view = {store_column_text(stmt, 0), store_column_text(stmt, 1),
                                        store_column_text(stmt, 2), store_column_text(stmt, 3),
                                        store_column_text(stmt, 4)};
        each(self, &view);
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

/* Places are told anew, from 0 without a gap, and one is left free. */
static bool make_room(struct store *store, size_t place, struct err *err)
{
    sqlite3_stmt *stmt =
        writing(store,
                "UPDATE view SET place=told.at+(told.at>=?1) FROM"
                " (SELECT name, row_number() OVER (ORDER BY place, name)-1 AS at FROM view) told"
                " WHERE told.name=view.name",
                err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, (sqlite3_int64)place);
    return store_finish(store, stmt, err);
}

static void bind_said(sqlite3_stmt *stmt, int at, struct text text)
{
    store_bind_text(stmt, at, text.length > 0 ? text : (struct text){0});
}

static bool put(struct store *store, const char *sql, const struct store_view *view, size_t place,
                struct err *err)
{
    sqlite3_stmt *stmt = writing(store, sql, err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, view->name);
    store_bind_text(stmt, 2, view->filter.at ? view->filter : TEXT(""));
    bind_said(stmt, 3, view->sort);
    bind_said(stmt, 4, view->columns);
    bind_said(stmt, 5, view->scenario);
    if (sqlite3_bind_parameter_count(stmt) > 5)
        sqlite3_bind_int64(stmt, 6, (sqlite3_int64)place);
    return store_finish(store, stmt, err);
}

bool store_view_put(struct store *store, const struct store_view *view, size_t place,
                    struct err *err)
{
    if (!put(store, "UPDATE view SET filter=?2, sort=?3, columns=?4, scenario=?5 WHERE name=?1",
             view, 0, err))
        return false;
    if (sqlite3_changes(store->db) > 0)
        return true;
    return make_room(store, place, err) &&
           put(store,
               "INSERT INTO view(name, filter, sort, columns, scenario, place)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
               view, place, err);
}

bool store_view_drop(struct store *store, struct text name, struct err *err)
{
    sqlite3_stmt *stmt = writing(store, "DELETE FROM view WHERE name=?1", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, name);
    return store_finish(store, stmt, err);
}
