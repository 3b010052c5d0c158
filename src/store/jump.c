#include "jump_internal.h"

#include <math.h>

#include "base/number.h"

static struct text platform_text(const struct row *row)
{
    return row->cells[COL_PLATFORM].text;
}

static double jump_of(const struct grown *grown, struct text word)
{
    enum platform platform = PLATFORM_OTHER; /* what another program calls otherwise */

    if (grown->count < GROWTH_JUMP_DAYS)
        return number_unknown();
    platform_from_word(word, &platform);
    return growth_jump(grown->items, grown->count, platform, NULL).size;
}

double jump_new(const struct grown *grown, const struct row *row)
{
    return jump_of(grown, platform_text(row));
}

static bool is_seen(const struct grown *grown, double from, double before)
{
    for (size_t i = grown->count; i-- > 0 && grown->items[i].at >= from;)
        if (grown->items[i].at < before)
            return true;
    return false;
}

static bool moves_at(const struct grown *grown, struct store *store, int64_t id,
                     const struct row *row, double at, bool *moves, struct err *err)
{
    static const char sql[] = "SELECT 1 FROM snapshot WHERE creator=?1 AND at>=?2 AND at<?3"
                              " AND followers IS NOT NULL";
    double present = grown_present_at(row);
    double day = floor(at / DATE_DAY) * DATE_DAY;

    *moves = false;
    if (!number_known(at) ||
        (present >= day && present < at && cell_known(&row->cells[COL_FOLLOWERS])))
        return true;
    if (grown->whole) {
        *moves = grown->count >= GROWTH_JUMP_DAYS && !is_seen(grown, day, at);
        return true;
    }
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_whole(stmt, 2, day);
    store_bind_whole(stmt, 3, at);
    int rc = sqlite3_step(stmt);
    *moves = rc == SQLITE_DONE;
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool jump_may_move(const struct grown *grown, struct store *store, int64_t id,
                   const struct row *row, const struct past *past, const struct record *record,
                   bool *moves, struct err *err)
{
    if (!moves_at(grown, store, id, row, grown_present_at(row), moves, err))
        return false;
    for (size_t i = 0; !*moves && i < past->count; i++)
        if (number_known(past->items[i].followers) &&
            !moves_at(grown, store, id, row, past->items[i].at, moves, err))
            return false;
    for (size_t i = 0; !*moves && i < record->snapshot_count; i++)
        if (number_known(record->snapshots[i].followers) &&
            !moves_at(grown, store, id, row, record->snapshots[i].at, moves, err))
            return false;
    return true;
}

static bool gather(struct grown *grown, struct store *store, int64_t id, struct err *err)
{
    static const char sql[] =
        "SELECT at, followers FROM snapshot WHERE creator=?1 AND followers IS NOT NULL ORDER BY at";
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    int rc;

    grown->count = 0;
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        grown_take(grown, store_column_number(stmt, 0), store_column_number(stmt, 1));
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool put(struct store *store, int64_t id, double jump, struct err *err)
{
    static const char sql[] = "UPDATE creator SET jump=?2 WHERE id=?1 AND jump IS NOT ?2";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_real(stmt, 2, jump);
    return store_finish(store, stmt, err);
}

bool jump_write(struct grown *grown, struct store *store, int64_t id, const struct row *row,
                double *jump, struct err *err)
{
    *jump = number_unknown();
    if (!grown->whole && !gather(grown, store, id, err))
        return false;
    if (!grown->whole && grown->count > 0)
        grown_take_present(grown, row);
    *jump = jump_new(grown, row);
    return put(store, id, *jump, err);
}

/* ---- a store that was made before ---- */

/* The row of a creator as a list of values: platform, followers, audience_at. */
static bool finish_one(struct grown *grown, struct store *store, int64_t id, sqlite3_stmt *row,
                       struct err *err)
{
    sqlite3_bind_int64(row, 1, id);
    int rc = sqlite3_step(row);
    double jump = number_unknown();
    if (rc == SQLITE_ROW) {
        grown_take(grown, store_column_number(row, 2), store_column_number(row, 1));
        jump = jump_of(grown, store_column_text(row, 0));
    }
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(row);
    grown->count = 0;
    return ok && (!number_known(jump) || put(store, id, jump, err));
}

static bool fill(struct grown *grown, struct store *store, sqlite3_stmt *each, sqlite3_stmt *row,
                 struct err *err)
{
    int64_t id = 0;
    int rc;

    while ((rc = sqlite3_step(each)) == SQLITE_ROW) {
        int64_t next = sqlite3_column_int64(each, 0);
        if (id != next && grown->count > 0 && !finish_one(grown, store, id, row, err))
            return false;
        store_upgrade_reached(store, id = next);
        grown_take(grown, store_column_number(each, 1), store_column_number(each, 2));
    }
    if (rc != SQLITE_DONE)
        return store_fail(store, "read", err);
    return grown->count == 0 || finish_one(grown, store, id, row, err);
}

bool jump_fill(struct store *store, struct err *err)
{
    sqlite3_stmt *each = store_prepare(store,
                                       "SELECT creator, at, followers FROM snapshot"
                                       " WHERE followers IS NOT NULL ORDER BY creator, at",
                                       err);
    sqlite3_stmt *row = each ? store_prepare(store,
                                             "SELECT platform, followers, audience_at FROM creator"
                                             " WHERE id=?1",
                                             err)
                             : NULL;
    struct grown grown = {0};
    bool ok = row && fill(&grown, store, each, row, err);

    sqlite3_finalize(each);
    sqlite3_finalize(row);
    grown_release(&grown);
    return ok;
}
