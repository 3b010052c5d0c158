#include "grown_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"

void grown_release(struct grown *grown)
{
    free(grown->items);
    *grown = (struct grown){0};
}

/* Mostly the next one comes last. */
void grown_take(struct grown *grown, double at, double followers)
{
    size_t place = grown->count;

    if (!number_known(at) || !number_known(followers))
        return;
    while (place > 0 && grown->items[place - 1].at > at)
        place--;
    if (place > 0 && grown->items[place - 1].at == at) {
        grown->items[place - 1].followers = followers;
        return;
    }
    VEC_RESERVE(grown, grown->count + 1);
    memmove(grown->items + place + 1, grown->items + place,
            (grown->count - place) * sizeof *grown->items);
    grown->count++;
    grown->items[place] = snapshot_at(at);
    grown->items[place].followers = followers;
}

double grown_present_at(const struct row *row)
{
    return carried_has(&row->carried, COL_FOLLOWERS) ? number_unknown()
                                                     : cell_value(&row->cells[COL_AUDIENCE_AT]);
}

void grown_take_present(struct grown *grown, const struct row *row)
{
    grown_take(grown, grown_present_at(row), cell_value(&row->cells[COL_FOLLOWERS]));
}

/* Nothing at all is said of a past that is too short. */
static struct growth growth_or_none(const struct grown *grown)
{
    struct growth growth = growth_of(grown->items, grown->count);

    if (!number_known(growth.short_ago))
        growth = growth_of(NULL, 0);
    return growth;
}

static void take_all(struct grown *grown, const struct snapshot *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        grown_take(grown, round(items[i].at), round(items[i].followers));
}

struct growth grown_of_all(struct grown *grown, const struct row *row, const struct past *past,
                           const struct record *record)
{
    take_all(grown, past->items, past->count);
    take_all(grown, record->snapshots, record->snapshot_count);
    if (grown->count > 0)
        grown_take_present(grown, row);
    grown->whole = true;
    return growth_or_none(grown);
}

struct growth grown_new(struct grown *grown, const struct row *row, const struct record *record)
{
    const struct past none = {.count = 0};

    grown->count = 0;
    return grown_of_all(grown, row, &none, record);
}

/* ---- from the store ---- */

#define SEEN "SELECT at, followers FROM snapshot WHERE creator=?1 AND followers IS NOT NULL"
#define FEW 12
static const char sql_last[] = SEEN " ORDER BY at DESC LIMIT ?2";
static const char sql_before[] = SEEN " AND at<=?2 ORDER BY at DESC LIMIT 1";
static const char sql_after[] = SEEN " AND at>?2 ORDER BY at LIMIT 1";

static bool look_up(struct grown *grown, struct store *store, const char *sql, int64_t id,
                    double second, size_t *found, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    int rc;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_whole(stmt, 2, second);
    for (*found = 0; (rc = sqlite3_step(stmt)) == SQLITE_ROW; ++*found)
        grown_take(grown, store_column_number(stmt, 0), store_column_number(stmt, 1));
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

/* The snapshots on both sides of a time; the present may be what comes before. */
static bool look_around(struct grown *grown, struct store *store, int64_t id, double at,
                        double present, struct err *err)
{
    size_t found;

    return look_up(grown, store, sql_before, id, at, &found, err) &&
           (!(found || present <= at) || look_up(grown, store, sql_after, id, at, &found, err));
}

/* Further back than the few, which are without a gap from the first of them on. */
static bool look_back(struct grown *grown, struct store *store, int64_t id, double first,
                      const struct row *row, struct err *err)
{
    static const double ago[] = {GROWTH_SHORT, GROWTH_LONG};
    double last = grown->items[grown->count - 1].at;
    double present =
        cell_known(&row->cells[COL_FOLLOWERS]) ? grown_present_at(row) : number_unknown();

    for (size_t i = 0; i < COUNT_OF(ago); i++)
        if (first > last - ago[i] && !look_around(grown, store, id, last - ago[i], present, err))
            return false;
    grown_take_present(grown, row);
    return true;
}

bool grown_known(struct grown *grown, struct store *store, int64_t id, const struct row *row,
                 struct growth *growth, struct err *err)
{
    size_t found;

    grown->count = 0;
    grown->whole = false;
    *growth = growth_of(NULL, 0);
    if (!look_up(grown, store, sql_last, id, FEW, &found, err))
        return false;
    grown->whole = found < FEW;
    if (found == 0)
        return true;
    double first = grown->items[0].at;
    grown_take_present(grown, row);
    if (!grown->whole && !look_back(grown, store, id, first, row, err))
        return false;
    *growth = growth_or_none(grown);
    return true;
}

void grown_bind(const struct growth *growth, sqlite3_stmt *stmt, int first, bool *bound)
{
    bool known = number_known(growth->short_ago);

    if (!known && !*bound)
        return;
    store_bind_whole(stmt, first, growth->at);
    store_bind_real(stmt, first + 1, growth->now);
    store_bind_real(stmt, first + 2, growth->short_ago);
    store_bind_real(stmt, first + 3, growth->long_ago);
    *bound = known;
}

bool grown_write(struct store *store, int64_t id, const struct growth *growth, struct err *err)
{
    static const char sql[] =
        "UPDATE creator SET growth_at=?2, growth_now=?3, growth_30d_ago=?4, growth_90d_ago=?5"
        " WHERE id=?1 AND (growth_at IS NOT ?2 OR growth_now IS NOT ?3"
        " OR growth_30d_ago IS NOT ?4 OR growth_90d_ago IS NOT ?5)";
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    bool bound = true;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    grown_bind(growth, stmt, 2, &bound);
    return store_finish(store, stmt, err);
}

/* ---- a store that was made before ---- */

static bool fill_one(struct grown *grown, struct store *store, sqlite3_stmt *each, struct err *err)
{
    struct row row = {0};
    struct growth growth;

    int64_t id = sqlite3_column_int64(each, 0);
    if (sqlite3_column_type(each, 1) != SQLITE_NULL)
        row.cells[COL_FOLLOWERS] =
            (struct cell){CELL_WHOLE, .whole = sqlite3_column_int64(each, 1)};
    if (sqlite3_column_type(each, 2) != SQLITE_NULL)
        row.cells[COL_AUDIENCE_AT] =
            (struct cell){CELL_WHOLE, .whole = sqlite3_column_int64(each, 2)};
    return grown_known(grown, store, id, &row, &growth, err) &&
           (!number_known(growth.short_ago) || grown_write(store, id, &growth, err));
}

bool grown_fill(struct store *store, struct err *err)
{
    sqlite3_stmt *each = store_prepare(store,
                                       "SELECT id, followers, audience_at FROM creator"
                                       " WHERE EXISTS(SELECT 1 FROM snapshot WHERE creator=id)"
                                       " ORDER BY id",
                                       err);
    struct grown grown = {0};
    int rc = SQLITE_ERROR;

    while (each && (rc = sqlite3_step(each)) == SQLITE_ROW) {
        store_upgrade_reached(store, sqlite3_column_int64(each, 0));
        if (!fill_one(&grown, store, each, err))
            break;
    }
    bool ok = rc == SQLITE_DONE || (rc != SQLITE_ROW && each && store_fail(store, "read", err));
    sqlite3_finalize(each);
    grown_release(&grown);
    return ok;
}
