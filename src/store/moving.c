#include "store/moving.h"

#include "base/vec.h"
#include "cells_internal.h"
#include "store_internal.h"

/* In the order of the statement, behind the id. */
static const enum column read_columns[] = {
    COL_PLATFORM, COL_HANDLE,      COL_FOLLOWERS,     COL_LIKES,  COL_COMMENTS,
    COL_SHARES,   COL_SAVES,       COL_VIEWS,         COL_FEE,    COL_FEE_ORIGIN,
    COL_CURRENCY, COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT,
};

bool store_last_id(struct store *store, int64_t *last, struct err *err)
{
    return store_integer(store, "SELECT max(id) FROM creator", 0, last, err);
}

static void read_record(sqlite3_stmt *stmt, struct record *record)
{
    record_clear(record);
    record->id = sqlite3_column_int64(stmt, 0);
    for (size_t i = 0; i < COUNT_OF(read_columns); i++) {
        int at = (int)i + 1;
        if (sqlite3_column_type(stmt, at) == SQLITE_NULL)
            continue;
        if (cell_kind_of(read_columns[i]) == CELL_TEXT)
            record_set_text(record, read_columns[i], store_column_text(stmt, at));
        else
            record_set_number(record, read_columns[i], store_column_number(stmt, at));
    }
}

bool store_moving(struct store *store, int64_t from,
                  bool (*take)(void *self, const struct record *record, struct err *err),
                  void *self, bool *found, struct err *err)
{
    static const char sql[] =
        "SELECT id, platform, handle, followers, likes, comments, shares, saves, views, fee,"
        " fee_origin, currency, audience_at, engagement_at, fee_at"
        " FROM creator WHERE id>=?1 ORDER BY id LIMIT 1";
    struct record record;
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, from);
    int rc = sqlite3_step(stmt);
    *found = rc == SQLITE_ROW;
    bool ok = *found || rc == SQLITE_DONE || store_fail(store, "read", err);
    if (*found) {
        read_record(stmt, &record);
        ok = take(self, &record, err);
    }
    sqlite3_reset(stmt);
    return ok;
}
