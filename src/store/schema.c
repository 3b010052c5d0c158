#include "schema_internal.h"

#include <math.h>
#include <string.h>

static bool exec_text(struct store *store, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool migrate_one(struct store *store, size_t step, struct err *err)
{
    struct buf version = BUF_INIT;
    bool ok = true;

    for (size_t i = 0; ok && i < MIGRATION_PARTS && migrations[step].sql[i]; i++)
        ok = exec_text(store, migrations[step].sql[i]);
    buf_addf(&version, "PRAGMA user_version=%zu", step + 1);
    ok = ok && exec_text(store, buf_string(&version));
    buf_release(&version);
    if (!ok)
        return store_fail(store, "bring up to date", err);
    return !migrations[step].then || migrations[step].then(store, err);
}

/* ---- who waits ---- */

/* So many steps of the engine between two looks at who waits: less than a millisecond. */
#define LOOK_AFTER 10000

static int tell(void *self)
{
    struct store_upgrade *upgrade = self;
    double part = upgrade->last > 0 ? (double)upgrade->reached / (double)upgrade->last : 0;
    double share = (upgrade->done + fmin(part, 1)) / upgrade->steps;

    upgrade->stopped = !upgrade->watch->told(upgrade->watch->self, upgrade->what, share);
    return upgrade->stopped;
}

static void begin_step(struct store *store, size_t step)
{
    struct store_upgrade *upgrade = store->upgrade;

    if (!upgrade->steps)
        upgrade->steps = (double)(migration_count - step);
    upgrade->done = upgrade->steps - (double)(migration_count - step);
    upgrade->what = migrations[step].what;
    upgrade->reached = 0;
    if (step > 0)
        store_integer(store, "SELECT max(id) FROM creator", 0, &upgrade->last, NULL);
}

void store_upgrade_reached(struct store *store, int64_t id)
{
    store->upgrade->reached = id;
}

/* ---- the way ---- */

/* One transaction a migration. The version is read inside it: another program may be doing the same
 * at this moment. */
static bool migrate(struct store *store, struct err *err)
{
    for (;;) {
        int64_t version;

        if (!exec_text(store, "BEGIN IMMEDIATE"))
            return store_fail(store, "bring up to date", err);
        if (!store_integer(store, "PRAGMA user_version", 0, &version, err)) {
            exec_text(store, "ROLLBACK");
            return false;
        }
        if (version < 0 || version >= (int64_t)migration_count)
            return exec_text(store, "ROLLBACK");
        begin_step(store, (size_t)version);
        if (!migrate_one(store, (size_t)version, err) ||
            (!exec_text(store, "COMMIT") && !store_fail(store, "bring up to date", err))) {
            err_before(err, "step %d, %s", (int)version + 1, migrations[version].what);
            exec_text(store, "ROLLBACK");
            return false;
        }
    }
}

static bool migrate_watched(struct store *store, struct err *err)
{
    struct store_upgrade *upgrade = store->upgrade;

    if (!upgrade->watch)
        return migrate(store, err);
    sqlite3_progress_handler(store->db, LOOK_AFTER, tell, upgrade);
    bool ok = migrate(store, err);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    if (!ok && upgrade->stopped)
        err_set(err, "cancelled: '%s' is not brought up to date", store->path);
    return ok;
}

static bool refuse(struct store *store, struct err *err, const char *why)
{
    return err_set(err, "cannot open '%s': %s", store->path, why);
}

bool schema_is_older(struct store *store)
{
    int64_t version, application;

    return store_integer(store, "PRAGMA application_id", 0, &application, NULL) &&
           store_integer(store, "PRAGMA user_version", 0, &version, NULL) &&
           application == SCHEMA_APPLICATION && version < (int64_t)migration_count;
}

bool schema_open(struct store *store, struct err *err)
{
    const int64_t latest = (int64_t)migration_count;
    int64_t version, application, objects;

    if (!store_integer(store, "PRAGMA user_version", 0, &version, err) ||
        !store_integer(store, "PRAGMA application_id", 0, &application, err) ||
        !store_integer(store, "SELECT count(*) FROM sqlite_schema", 0, &objects, err))
        return false;
    bool empty = version == 0 && application == 0 && objects == 0;
    if (empty && store->read_only)
        return refuse(store, err, "it is empty, no store of creators");
    if (!empty && application != SCHEMA_APPLICATION)
        return refuse(store, err, "it is a database of another program");
    if (version > latest)
        return err_set(err,
                       "cannot open '%s': made by a newer microscope (its format is %lld, this "
                       "program knows up to %lld)",
                       store->path, (long long)version, (long long)latest);
    if (version < latest && store->read_only)
        return refuse(store, err, "its format is older and it may not be written to update it");
    if (store->read_only)
        return true;
    if (!exec_text(store, "PRAGMA journal_mode=WAL"))
        return store_fail(store, "open", err);
    return version == latest || migrate_watched(store, err);
}

/* `list` gives the statement that makes each and the one that drops it. */
static bool take(struct store *store, const char *list, struct buf *taken, struct err *err)
{
    sqlite3_stmt *each = store_prepare(store, list, err);
    struct buf drop = BUF_INIT;
    int rc;

    if (!each)
        return false;
    while ((rc = sqlite3_step(each)) == SQLITE_ROW) {
        buf_add_text(taken, store_column_text(each, 0));
        buf_add_char(taken, '\0');
        buf_add_text(&drop, store_column_text(each, 1));
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_finalize(each);
    ok = ok && (exec_text(store, buf_string(&drop)) || store_fail(store, "write", err));
    buf_release(&drop);
    return ok;
}

bool schema_triggers_take(struct store *store, struct buf *taken, struct err *err)
{
    return take(store,
                "SELECT sql, printf('DROP TRIGGER \"%w\";', name) FROM sqlite_schema"
                " WHERE type='trigger' AND tbl_name='creator' AND name GLOB 'change_*'"
                " ORDER BY name",
                taken, err);
}

bool schema_index_take(struct store *store, struct buf *taken, struct err *err)
{
    return take(store,
                "SELECT sql, printf('DROP INDEX \"%w\";', name) FROM sqlite_schema"
                " WHERE type='index' AND name='creator_key'",
                taken, err);
}

bool schema_put(struct store *store, const struct buf *taken, struct err *err)
{
    for (size_t at = 0; at < taken->length; at += strlen(taken->at + at) + 1)
        if (!exec_text(store, taken->at + at))
            return store_fail(store, "write", err);
    return true;
}
