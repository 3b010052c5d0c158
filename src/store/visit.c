#include "store/visit.h"

#include <math.h>

#include "base/number.h"
#include "past_internal.h"

/* ---- visits ---- */

bool store_visit_last(struct store *store, double *last, struct err *err)
{
    static const char sql[] =
        "SELECT seen FROM visit WHERE ?1=0 OR seq<?1 ORDER BY seq DESC LIMIT 1";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    *last = number_unknown();
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, store->visit);
    int rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW)
        *last = store_column_number(stmt, 0);
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool write_one(struct store *store, const char *sql, double now, struct err *err)
{
    sqlite3_stmt *stmt = store_may_write(store, err) ? store_statement(store, sql, err) : NULL;

    if (!stmt)
        return false;
    store_bind_whole(stmt, 1, now);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, store->visit);
    return store_finish(store, stmt, err);
}

/* How those that the user works with look now. */
static bool keep_looks(struct store *store, struct err *err)
{
    static const char keep[] =
        "INSERT INTO seen(visit, platform, key, " PAST_NAMES ")"
        " SELECT ?1, creator.platform, creator.key, " PAST_NAMES " FROM"
        " (SELECT * FROM (SELECT key, platform FROM plan WHERE deliverables>0 LIMIT ?2)"
        " UNION SELECT * FROM (SELECT key, platform FROM tick ORDER BY rowid LIMIT ?2)) AS own"
        " CROSS JOIN creator ON creator.key=own.key AND creator.platform=own.platform";
    static const char drop[] = "DELETE FROM seen WHERE visit=?1";
    sqlite3_stmt *dropping = store_statement(store, drop, err);
    sqlite3_stmt *keeping = store_statement(store, keep, err);

    if (!dropping || !keeping || !store_begin(store, err))
        return false;
    sqlite3_bind_int64(dropping, 1, store->visit);
    sqlite3_bind_int64(keeping, 1, store->visit);
    sqlite3_bind_int64(keeping, 2, STORE_SEEN_MOST);
    bool ok = store_finish(store, dropping, err) && store_finish(store, keeping, err);
    return store_end(store, ok, err) && ok;
}

static bool begin_visit(struct store *store, double now, struct err *err)
{
    static const char add[] = "INSERT INTO visit(began, seen) VALUES(?1, ?1)";

    if (!write_one(store, add, now, err))
        return false;
    store->visit = sqlite3_last_insert_rowid(store->db);
    /* A longer list does no harm: the next one cuts it. */
    store_exec(store,
               "DELETE FROM visit WHERE seq<=(SELECT max(seq) FROM visit)-20;"
               "DELETE FROM seen WHERE visit<=(SELECT max(seq) FROM visit)-5",
               "write", NULL);
    /* So that a program that is killed leaves something to compare with; leaving puts it right. */
    keep_looks(store, NULL);
    return true;
}

bool store_visit_begin(struct store *store, double now, double *last, struct err *err)
{
    store->visit = 0;
    return store_visit_last(store, last, err) && begin_visit(store, now, err);
}

bool store_visit_seen(struct store *store, double now, struct err *err)
{
    if (store->visit == 0)
        return begin_visit(store, now, err);
    return write_one(store, "UPDATE visit SET seen=max(seen, ?1) WHERE seq=?2", now, err);
}

bool store_visit_leave(struct store *store, double now, struct err *err)
{
    return store_visit_seen(store, now, err) && keep_looks(store, err);
}

/* ---- who is gone ---- */

bool store_gone(struct store *store, double since,
                void (*each)(void *self, enum platform platform, struct text handle, double at),
                void *self, struct err *err)
{
    static const char sql[] =
        "SELECT platform, handle, at FROM gone WHERE at>?1 AND NOT EXISTS(SELECT 1 FROM creator"
        " WHERE creator.key=gone.key AND creator.platform=gone.platform) ORDER BY at DESC, seq "
        "DESC";
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    int rc;

    if (!stmt)
        return false;
    if (!isnan(since))
        sqlite3_bind_double(stmt, 1, since);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        enum platform platform;
        if (platform_from_word(store_column_text(stmt, 0), &platform))
            each(self, platform, store_column_text(stmt, 1), store_column_number(stmt, 2));
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

/* ---- as it was ---- */

struct then {
    struct snapshot values;
    double dates[SNAPSHOT_FIELDS]; /* -INFINITY: nothing yet */
};

/* What the row holds now, as far as it is that old. */
static bool take_present(struct then *then, struct store *store, int64_t id, bool *there,
                         struct err *err)
{
    static const char sql[] = "SELECT " PAST_DATES "," PAST_NAMES " FROM creator WHERE id=?1";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    int rc = sqlite3_step(stmt);
    *there = rc == SQLITE_ROW;
    for (size_t i = 0; *there && i < SNAPSHOT_FIELDS; i++) {
        double at = store_column_number(stmt, past_date_of(i));
        if (at <= then->values.at && past_take(&then->values, i, stmt, PAST_DATE_COUNT))
            then->dates[i] = at;
    }
    bool ok = *there || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

/* One of the history, which comes newest first: what is known from a later day stays. Could an older one
 * still say anything? */
static bool take_one(struct then *then, sqlite3_stmt *stmt)
{
    double at = store_column_number(stmt, 0);
    bool more = false;

    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        if (then->dates[i] < at && past_take(&then->values, i, stmt, 1))
            then->dates[i] = at;
        more = more || then->dates[i] < at;
    }
    return more;
}

static bool take_past(struct then *then, struct store *store, int64_t id, struct err *err)
{
    static const char sql[] = "SELECT at, " PAST_NAMES " FROM snapshot"
                              " WHERE creator=?1 AND at<=?2 ORDER BY at DESC";
    sqlite3_stmt *stmt = store_statement(store, sql, err);
    int rc;

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_double(stmt, 2, then->values.at);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && take_one(then, stmt))
        ;
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool as_of(struct then *then, struct store *store, int64_t id, bool *there, struct err *err)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        then->dates[i] = -INFINITY;
    return take_present(then, store, id, there, err) &&
           (!*there || take_past(then, store, id, err));
}

/* As the last visit left it. */
static bool as_seen(struct then *then, struct store *store, int64_t id, bool *there,
                    struct err *err)
{
    static const char sql[] =
        "SELECT " PAST_NAMES " FROM seen WHERE visit=(SELECT max(seq) FROM visit WHERE ?1=0 OR"
        " seq<?1) AND (platform, key)=(SELECT platform, key FROM creator WHERE id=?2)";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, store->visit);
    sqlite3_bind_int64(stmt, 2, id);
    int rc = sqlite3_step(stmt);
    for (size_t i = 0; rc == SQLITE_ROW && i < SNAPSHOT_FIELDS; i++)
        past_take(&then->values, i, stmt, 0);
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "read", err);
    *there = rc == SQLITE_ROW;
    sqlite3_reset(stmt);
    return ok && (*there || as_of(then, store, id, there, err));
}

static bool for_each(struct store *store, const int64_t *ids, size_t count, double at,
                     bool (*find)(struct then *then, struct store *store, int64_t id, bool *there,
                                  struct err *err),
                     void (*each)(void *self, int64_t id, const struct snapshot *then), void *self,
                     struct err *err)
{
    for (size_t k = 0; k < count; k++) {
        struct then then = {.values = snapshot_at(at)};
        bool there;
        if (!find(&then, store, ids[k], &there, err))
            return false;
        if (there)
            each(self, ids[k], &then.values);
    }
    return true;
}

bool store_as_of(struct store *store, const int64_t *ids, size_t count, double at,
                 void (*each)(void *self, int64_t id, const struct snapshot *then), void *self,
                 struct err *err)
{
    return for_each(store, ids, count, at, as_of, each, self, err);
}

bool store_as_seen(struct store *store, const int64_t *ids, size_t count, double at,
                   void (*each)(void *self, int64_t id, const struct snapshot *then), void *self,
                   struct err *err)
{
    return for_each(store, ids, count, at, as_seen, each, self, err);
}
