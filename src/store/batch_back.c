#include "batch_back_internal.h"

#include <stdlib.h>

#include "base/mem.h"
#include "filled_internal.h"
#include "schema_internal.h"

/* From here on the log says "everything". */
#define EACH_MOST 1000

bool batch_taking_log(struct batch_taking *taking, int64_t creator, bool gone, struct err *err)
{
    if (!taking->each)
        return true;
    sqlite3_stmt *stmt =
        store_statement(taking->store, "INSERT INTO change(creator, gone) VALUES(?1,?2)", err);
    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, creator);
    sqlite3_bind_int(stmt, 2, gone);
    return store_finish(taking->store, stmt, err);
}

static bool read_names(struct batch_taking *taking, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        taking->store, "SELECT id, columns FROM batch WHERE taken_back_at IS NULL", err);
    int rc;

    if (!stmt)
        return false;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW && taking->name_count <= BATCH_MOST) {
        struct batch_taking_names *names = &taking->names[taking->name_count++];
        names->batch = sqlite3_column_int64(stmt, 0);
        journal_names_read(&names->names, store_column_text(stmt, 1));
    }
    bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || store_fail(taking->store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

static bool read_batch(struct batch_taking *taking, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        taking->store, "SELECT at, added+changed, taken_back_at IS NOT NULL FROM batch WHERE id=?1",
        err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, taking->id);
    int rc = sqlite3_step(stmt);
    bool ok = rc == SQLITE_ROW;
    if (rc == SQLITE_DONE)
        err_set(err, "there is no import %lld that could be taken back", (long long)taking->id);
    else if (!ok)
        store_fail(taking->store, "read", err);
    else if (sqlite3_column_int(stmt, 2))
        ok = err_set(err, "import %lld was taken back before", (long long)taking->id);
    if (ok) {
        taking->at = sqlite3_column_int64(stmt, 0);
        taking->each = sqlite3_column_int64(stmt, 1) < EACH_MOST;
    }
    sqlite3_reset(stmt);
    return ok && read_names(taking, err);
}

/* Of rows whose id was given to another since nothing is found. */
static bool prepare(struct batch_taking *taking, struct err *err)
{
    struct buf find = BUF_INIT, update = BUF_INIT;

    journal_units_init(&taking->units);
    buf_add_string(&find, "SELECT id,");
    fields_names(&taking->units.all, &find);
    buf_add_string(&find, ",carried FROM creator WHERE id=?1 AND ifnull(added_at,0)<=?2");
    buf_add_string(&update, "UPDATE creator SET ");
    fields_assignments(&taking->units.all, &update, 4);
    buf_add_string(&update, ",changed_at=?2,carried=?3 WHERE id=?1");
    taking->find = store_prepare(taking->store, buf_string(&find), err);
    taking->update = taking->find ? store_prepare(taking->store, buf_string(&update), err) : NULL;
    buf_release(&find);
    buf_release(&update);
    return taking->update != NULL;
}

static bool forget_batch(struct batch_taking *taking, struct err *err)
{
    static const char *const sql[] = {"DELETE FROM journal WHERE batch=?1 AND ?2",
                                      "DELETE FROM batch_rows WHERE batch=?1 AND ?2",
                                      "UPDATE batch SET taken_back_at=?2 WHERE id=?1"};

    for (size_t i = 0; i < sizeof sql / sizeof sql[0]; i++) {
        sqlite3_stmt *stmt = store_statement(taking->store, sql[i], err);
        if (!stmt)
            return false;
        sqlite3_bind_int64(stmt, 1, taking->id);
        sqlite3_bind_int64(stmt, 2, taking->now);
        if (!store_finish(taking->store, stmt, err))
            return false;
    }
    return true;
}

static bool take_back(struct batch_taking *taking, struct err *err)
{
    bool ok = prepare(taking, err) &&
              store_exec(taking->store, "CREATE INDEX journal_creator ON journal(creator)", "write",
                         err) &&
              batch_rows_take_back(taking, err) && batch_changes_take_back(taking, err);

    sqlite3_finalize(taking->find);
    sqlite3_finalize(taking->update);
    return ok && store_exec(taking->store, "DROP INDEX journal_creator", "write", err) &&
           forget_batch(taking, err);
}

/* Without the triggers: who goes with a batch was never here, so does not count as gone. */
static bool inside(struct batch_taking *taking, struct err *err)
{
    struct buf triggers = BUF_INIT;
    struct filled filled = {.valid = false};

    taking->now = store_now(taking->store);
    bool ok = read_batch(taking, err) && schema_triggers_take(taking->store, &triggers, err) &&
              take_back(taking, err) && schema_put(taking->store, &triggers, err) &&
              (taking->each || store_exec(taking->store, "INSERT INTO change(creator) VALUES(NULL)",
                                          "write", err)) &&
              filled_write(taking->store, &filled, err);
    buf_release(&triggers);
    return ok;
}

static uint64_t idset_count(const struct idset *marks)
{
    uint64_t count = 0;

    for (size_t i = 0; i < marks->count; i++)
        for (size_t byte = 0; byte < IDSET_BYTES; byte++)
            for (unsigned bits = marks->items[i]->added[byte]; bits; bits &= bits - 1)
                count++;
    return count;
}

bool store_batch_take_back(struct store *store, int64_t id, struct batch_back *back,
                           struct err *err)
{
    struct batch_taking *taking = mem_zero(1, sizeof *taking);

    *back = (struct batch_back){0};
    *taking = (struct batch_taking){.store = store, .id = id, .back = back};
    bool ok = store_begin(store, err);
    if (ok) {
        bool done = inside(taking, err);
        ok = store_end(store, done, err) && done;
    }
    back->restored = idset_count(&taking->restored);
    back->kept = idset_count(&taking->kept);
    idset_release(&taking->restored);
    idset_release(&taking->kept);
    free(taking);
    return ok;
}
