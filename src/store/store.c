#include "store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/vec.h"
#include "schema_internal.h"

/* ---- errors and statements ---- */

static const char *lock_reason(const struct store *store)
{
    bool waits = store->mode == STORE_READ || store->mode == STORE_WRITE;

    return waits ? "another program is writing to it (waited 5 s, it is still locked)"
                 : "another program is writing to it";
}

bool store_fail(struct store *store, const char *what, struct err *err)
{
    int code = sqlite3_errcode(store->db) & 0xff;

    store->busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    store->full = code == SQLITE_FULL || code == SQLITE_IOERR;
    return err_set(err, "cannot %s '%s': %s", what, store->path,
                   store->busy ? lock_reason(store) : sqlite3_errmsg(store->db));
}

sqlite3_stmt *store_prepare(struct store *store, const char *sql, struct err *err)
{
    sqlite3_stmt *stmt = NULL;

    if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
        store_fail(store, "use", err);
    return stmt;
}

sqlite3_stmt *store_statement(struct store *store, const char *sql, struct err *err)
{
    for (size_t i = 0; i < store->statements.count; i++) {
        struct store_statement *kept = &store->statements.items[i];
        if (kept->sql != sql)
            continue;
        sqlite3_reset(kept->stmt);
        sqlite3_clear_bindings(kept->stmt);
        return kept->stmt;
    }
    sqlite3_stmt *stmt = store_prepare(store, sql, err);
    if (stmt) {
        struct store_statement kept = {sql, stmt};
        VEC_PUSH(&store->statements, kept);
    }
    return stmt;
}

bool store_exec(struct store *store, const char *sql, const char *what, struct err *err)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
           store_fail(store, what, err);
}

bool store_finish(struct store *store, sqlite3_stmt *stmt, struct err *err)
{
    bool ok = sqlite3_step(stmt) == SQLITE_DONE || store_fail(store, "write", err);

    sqlite3_reset(stmt);
    return ok;
}

bool store_integer(struct store *store, const char *sql, int64_t absent, int64_t *out,
                   struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    bool ok = rc == SQLITE_ROW || rc == SQLITE_DONE || store_fail(store, "open", err);
    if (ok)
        *out = rc == SQLITE_ROW && sqlite3_column_type(stmt, 0) != SQLITE_NULL
                   ? sqlite3_column_int64(stmt, 0)
                   : absent;
    sqlite3_finalize(stmt);
    return ok;
}

void store_bind_text(sqlite3_stmt *stmt, int at, struct text text)
{
    if (text_known(text))
        sqlite3_bind_text64(stmt, at, text.at, text.length, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(stmt, at);
}

void store_bind_real(sqlite3_stmt *stmt, int at, double value)
{
    if (number_known(value))
        sqlite3_bind_double(stmt, at, value);
    else
        sqlite3_bind_null(stmt, at);
}

void store_bind_whole(sqlite3_stmt *stmt, int at, double value)
{
    if (number_known(value) && fabs(value) <= 0x1p53)
        sqlite3_bind_int64(stmt, at, (sqlite3_int64)round(value));
    else
        sqlite3_bind_null(stmt, at);
}

struct text store_column_text(sqlite3_stmt *stmt, int at)
{
    const char *text = (const char *)sqlite3_column_text(stmt, at);

    return (struct text){text, text ? (size_t)sqlite3_column_bytes(stmt, at) : 0};
}

double store_column_number(sqlite3_stmt *stmt, int at)
{
    return sqlite3_column_type(stmt, at) == SQLITE_NULL ? number_unknown()
                                                        : sqlite3_column_double(stmt, at);
}

/* ---- opening and closing ---- */

/* The engine would make a missing file readable by all and wait for ever on a pipe: look first. */
static bool look_at_file(const char *path, enum store_mode mode, struct err *err)
{
    struct stat seen;

    if (stat(path, &seen) == 0) {
        if (S_ISDIR(seen.st_mode))
            return err_set(err, "cannot open '%s': it is a directory", path);
        if (!S_ISREG(seen.st_mode))
            return err_set(err, "cannot open '%s': it is not a regular file", path);
        if (access(path, R_OK) != 0)
            return err_set(err, "cannot open '%s': %s", path, strerror(errno));
        return true;
    }
    if (errno != ENOENT || mode == STORE_READ)
        return err_set(err, "cannot open '%s': %s", path, strerror(errno));
    int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return err_set(err, "cannot create '%s': %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return true;
}

/* Names that mean something else to the engine (":memory:", "file:…") become plain paths. */
static void plain_path(struct buf *out, const char *path)
{
    if (path[0] != '/')
        buf_add_string(out, "./");
    buf_add_string(out, path);
}

int64_t store_now(const struct store *store)
{
    return store->now ? (int64_t)store->now() : (int64_t)time(NULL);
}

void store_set_clock(struct store *store, double (*now)(void))
{
    store->now = now;
}

/* Stands in for the engine's own, so that triggers and the rest of us go by one clock. */
static void tell_time(sqlite3_context *context, int count, sqlite3_value **values)
{
    (void)count, (void)values;
    sqlite3_result_int64(context, store_now(sqlite3_user_data(context)));
}

static int ask_patience(void *patience, int times)
{
    const struct store_patience *asked = patience;

    (void)times;
    return asked->waits(asked->self);
}

static bool connect(struct store *store, const char *name, int flags, struct err *err)
{
    if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        return store_fail(store, "open", err);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_create_function_v2(store->db, "unixepoch", 0, SQLITE_UTF8 | SQLITE_INNOCUOUS, store,
                               tell_time, NULL, NULL, NULL);
    if (store->patience && store->patience->waits)
        sqlite3_busy_handler(store->db, ask_patience,
                             (struct store_patience *)(uintptr_t)store->patience);
    else
        sqlite3_busy_timeout(store->db, STORE_WAIT_MS);
    return true;
}

/* A store in a folder that may not be written has no place for the engine's shared memory. Where no
 * log of it is left either, the file alone is the whole truth and can be read as it stands. */
static bool connect_unchanging(struct store *store, const char *plain, struct err *err)
{
    struct buf name = BUF_INIT;
    struct stat log;

    buf_addf(&name, "%s-wal", plain);
    if (stat(buf_string(&name), &log) == 0 && log.st_size > 0) {
        buf_release(&name);
        return err_set(err,
                       "cannot open '%s': its folder may not be written, and '%s-wal' holds "
                       "changes not yet in it",
                       store->path, store->path);
    }
    buf_clear(&name);
    buf_add_string(&name, "file:");
    for (const char *p = plain; *p; p++)
        if (strchr("?#%", *p))
            buf_addf(&name, "%%%02X", (unsigned)(unsigned char)*p);
        else
            buf_add_char(&name, *p);
    buf_add_string(&name, "?immutable=1");
    sqlite3_close(store->db);
    store->db = NULL;
    bool ok = connect(store, buf_string(&name), SQLITE_OPEN_URI, err);
    buf_release(&name);
    return ok;
}

static bool connect_path(struct store *store, struct err *err)
{
    struct buf plain = BUF_INIT;
    int64_t ignored;

    plain_path(&plain, store->path);
    bool ok = connect(store, buf_string(&plain), 0, err);
    if (ok && !store_integer(store, "SELECT count(*) FROM sqlite_schema", 0, &ignored, err)) {
        int code = sqlite3_errcode(store->db) & 0xff;
        ok = (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) &&
             access(store->path, W_OK) != 0 && connect_unchanging(store, buf_string(&plain), err);
    }
    buf_release(&plain);
    return ok;
}

static const char *const mode_pragmas[] = {
    [STORE_READ] = "PRAGMA query_only=1; PRAGMA cache_size=-16384",
    [STORE_WRITE] = "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=1; PRAGMA cache_size=-2048",
    [STORE_EXPLORE] = "PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=NORMAL;"
                      "PRAGMA foreign_keys=1; PRAGMA cache_size=-16384",
    [STORE_FEED] = "PRAGMA wal_autocheckpoint=1000; PRAGMA synchronous=FULL;"
                   "PRAGMA foreign_keys=1; PRAGMA cache_size=-2048",
};

/* It can wait: a lock here is no failure. */
void store_trim_changes(struct store *store)
{
    int64_t first, last;

    if (store->read_only || !store_integer(store, "SELECT min(seq) FROM change", 0, &first, NULL) ||
        !store_integer(store, "SELECT max(seq) FROM change", 0, &last, NULL) ||
        last - first < STORE_CHANGES_KEPT)
        return;
    sqlite3_stmt *trim = store_statement(store, "DELETE FROM change WHERE seq<=?1", NULL);
    if (!trim)
        return;
    sqlite3_bind_int64(trim, 1, last - STORE_CHANGES_KEPT);
    store_finish(store, trim, NULL);
}

static void remember_file(struct store *store)
{
    struct stat seen;

    if (stat(store->path, &seen) == 0) {
        store->device = seen.st_dev;
        store->inode = seen.st_ino;
    }
}

static bool open_with(const char *path, enum store_mode mode, const struct store_patience *patience,
                      struct store_upgrade *upgrade, struct store **out, struct err *err);

/* One that is only read is brought up to date as well, by a connection that may write. Where that
 * cannot be, opening says so. */
static bool bring_up_to_date(struct store *store, struct err *err)
{
    struct store *writable;

    if (store->mode != STORE_READ || !schema_is_older(store))
        return true;
    if (open_with(store->path, STORE_WRITE, NULL, store->upgrade, &writable, err))
        store_close(writable);
    return !store->upgrade->stopped;
}

static bool open_checked(struct store *store, struct err *err)
{
    if (!look_at_file(store->path, store->mode, err) || !connect_path(store, err) ||
        !store_exec(store, "PRAGMA trusted_schema=0", "open", err))
        return false;
    store->read_only = store->mode == STORE_READ || sqlite3_db_readonly(store->db, "main") == 1;
    if (!bring_up_to_date(store, err) || !schema_open(store, err) ||
        !store_exec(store, mode_pragmas[store->read_only ? STORE_READ : store->mode], "open", err))
        return false;
    if (store->mode == STORE_EXPLORE || store->mode == STORE_FEED)
        sqlite3_busy_timeout(store->db, 0);
    else if (store->patience)
        sqlite3_busy_timeout(store->db, STORE_WAIT_MS);
    store->patience = NULL;
    store_trim_changes(store); /* whoever opens keeps the log short */
    store->busy = false;
    store_changed_elsewhere(store);
    remember_file(store);
    return true;
}

static bool open_with(const char *path, enum store_mode mode, const struct store_patience *patience,
                      struct store_upgrade *upgrade, struct store **out, struct err *err)
{
    struct store *store = mem_zero(1, sizeof *store);

    store->path = mem_copy_string(path);
    store->mode = mode;
    store->patience = patience;
    store->upgrade = upgrade;
    bool ok = open_checked(store, err);
    store->upgrade = NULL;
    if (!ok) {
        store_close(store);
        store = NULL;
    }
    *out = store;
    return ok;
}

bool store_open_patiently(const char *path, enum store_mode mode,
                          const struct store_patience *patience, struct store **out,
                          struct err *err)
{
    struct store_upgrade upgrade = {.watch = patience && patience->told ? patience : NULL};

    return open_with(path, mode, patience, &upgrade, out, err);
}

bool store_open(const char *path, enum store_mode mode, struct store **out, struct err *err)
{
    return store_open_patiently(path, mode, NULL, out, err);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    if (store->writing)
        store_end(store, false, NULL);
    for (size_t i = 0; i < store->statements.count; i++)
        sqlite3_finalize(store->statements.items[i].stmt);
    free(store->statements.items);
    if (store->db && !store->read_only)
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

const char *store_path(const struct store *store)
{
    return store->path;
}

bool store_read_only(const struct store *store)
{
    return store->read_only;
}

bool store_busy(const struct store *store)
{
    return store->busy;
}

bool store_full(const struct store *store)
{
    return store->full;
}

bool store_in_place(const struct store *store)
{
    struct stat seen;

    return stat(store->path, &seen) == 0 && seen.st_dev == store->device &&
           seen.st_ino == store->inode;
}

/* ---- transactions and small things ---- */

bool store_may_write(struct store *store, struct err *err)
{
    if (!store->read_only)
        return true;
    store->busy = false;
    return err_set(err, "cannot write '%s': it is open for reading only", store->path);
}

void store_prepare_for(struct store *store, enum store_work work)
{
    static const char *const pragmas[] = {
        [WORK_USUAL] = "PRAGMA cache_size=-2048; PRAGMA foreign_keys=1; PRAGMA journal_mode=WAL",
        [WORK_FILL] = "PRAGMA foreign_keys=0; PRAGMA journal_mode=DELETE",
        [WORK_MERGE] = "PRAGMA foreign_keys=0",
        [WORK_SCAN] = "PRAGMA cache_size=-256",
        [WORK_SEEK] = "PRAGMA cache_size=-32768",
    };

    sqlite3_exec(store->db, pragmas[work], NULL, NULL, NULL);
}

bool store_begin(struct store *store, struct err *err)
{
    if (!store_may_write(store, err) || !store_exec(store, "BEGIN IMMEDIATE", "write", err))
        return false;
    store->writing = true;
    return true;
}

bool store_end(struct store *store, bool ok, struct err *err)
{
    if (ok && store_exec(store, "COMMIT", "write", err)) {
        store->writing = false;
        return true;
    }
    /* A full disk may have undone it already: what a second rollback says does not matter. */
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->writing = false;
    return !ok;
}

bool store_count(struct store *store, uint64_t *count, struct err *err)
{
    int64_t counted;

    if (!store_integer(store, "SELECT count(*) FROM creator", 0, &counted, err))
        return false;
    *count = (uint64_t)counted;
    return true;
}

bool store_changed_elsewhere(struct store *store)
{
    sqlite3_stmt *stmt = store_statement(store, "PRAGMA data_version", NULL);

    if (!stmt || sqlite3_step(stmt) != SQLITE_ROW)
        return false;
    int64_t version = sqlite3_column_int64(stmt, 0);
    bool changed = version != store->data_version;
    store->data_version = version;
    sqlite3_reset(stmt);
    return changed;
}

bool store_meta(struct store *store, const char *key, struct buf *value, bool *found,
                struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, "SELECT value FROM meta WHERE key=?1", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, text_of(key));
    int rc = sqlite3_step(stmt);
    buf_clear(value);
    *found = rc == SQLITE_ROW;
    if (*found)
        buf_add_text(value, store_column_text(stmt, 0));
    bool ok = *found || rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

bool store_meta_set(struct store *store, const char *key, struct text value, struct err *err)
{
    if (!store_may_write(store, err))
        return false;
    sqlite3_stmt *stmt = store_statement(store,
                                         "INSERT INTO meta(key, value) VALUES(?1, ?2)"
                                         " ON CONFLICT(key) DO UPDATE SET value=excluded.value",
                                         err);
    if (!stmt)
        return false;
    store_bind_text(stmt, 1, text_of(key));
    store_bind_text(stmt, 2, text_known(value) ? value : TEXT(""));
    return store_finish(store, stmt, err);
}
