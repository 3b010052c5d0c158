#include "store/own.h"

#include "base/number.h"
#include "store_internal.h"

static struct text platform_text(enum platform platform)
{
    return text_of(platforms[platform].word);
}

/* A statement that changes things, ready to be bound. */
static sqlite3_stmt *writing(struct store *store, const char *sql, struct err *err)
{
    return store_may_write(store, err) ? store_statement(store, sql, err) : NULL;
}

/* Steps a kept statement to its end, `each` for each row. */
static bool for_rows(struct store *store, sqlite3_stmt *stmt,
                     void (*each)(void *context, sqlite3_stmt *stmt), void *context,
                     struct err *err)
{
    int rc;

    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        each(context, stmt);
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

/* ---- ticks ---- */

/* The columns of a list with marks: number, id of the creator, then what the reader takes. */
static bool read_page(struct store *store, sqlite3_stmt *stmt, struct store_page *page,
                      void (*read)(void *context, sqlite3_stmt *stmt), void *context,
                      struct err *err)
{
    struct store_page all = {.most = INT64_MAX};
    int rc;

    page = page ? page : &all;
    page->count = 0;
    sqlite3_bind_int64(stmt, 1, page->after);
    sqlite3_bind_int64(stmt, 2, (sqlite3_int64)page->most);
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        page->after = sqlite3_column_int64(stmt, 0);
        page->count++;
        read(context, stmt);
    }
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    return ok;
}

struct tick_reader {
    void (*each)(void *self, int64_t id, enum platform platform, struct text key);
    void *self;
};

static void read_tick(void *context, sqlite3_stmt *stmt)
{
    const struct tick_reader *reader = context;
    enum platform platform;

    if (platform_from_word(store_column_text(stmt, 2), &platform))
        reader->each(reader->self, sqlite3_column_int64(stmt, 1), platform,
                     store_column_text(stmt, 3));
}

bool store_ticks(struct store *store, struct store_page *page,
                 void (*each)(void *self, int64_t id, enum platform platform, struct text key),
                 void *self, struct err *err)
{
    struct tick_reader reader = {each, self};
    sqlite3_stmt *stmt =
        store_statement(store,
                        "SELECT tick.rowid, creator.id, tick.platform, tick.key"
                        " FROM tick LEFT JOIN creator"
                        " ON creator.key=tick.key AND creator.platform=tick.platform"
                        " WHERE tick.rowid>?1 ORDER BY tick.rowid LIMIT ?2",
                        err);

    return stmt && read_page(store, stmt, page, read_tick, &reader, err);
}

bool store_tick_set(struct store *store, enum platform platform, struct text key, bool ticked,
                    struct err *err)
{
    sqlite3_stmt *stmt =
        ticked ? writing(store, "INSERT OR IGNORE INTO tick(platform, key) VALUES(?1, ?2)", err)
               : writing(store, "DELETE FROM tick WHERE platform=?1 AND key=?2", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, platform_text(platform));
    store_bind_text(stmt, 2, key);
    return store_finish(store, stmt, err);
}

/* ---- notes ---- */

struct note_reader {
    void (*each)(void *self, int64_t id, enum platform platform, struct text key, struct text note);
    void *self;
};

static void read_note(void *context, sqlite3_stmt *stmt)
{
    const struct note_reader *reader = context;
    enum platform platform;

    if (platform_from_word(store_column_text(stmt, 2), &platform))
        reader->each(reader->self, sqlite3_column_int64(stmt, 1), platform,
                     store_column_text(stmt, 3), store_column_text(stmt, 4));
}

bool store_notes(struct store *store, struct store_page *page,
                 void (*each)(void *self, int64_t id, enum platform platform, struct text key,
                              struct text note),
                 void *self, struct err *err)
{
    struct note_reader reader = {each, self};
    sqlite3_stmt *stmt =
        store_statement(store,
                        "SELECT note.rowid, creator.id, note.platform, note.key, note.note"
                        " FROM note LEFT JOIN creator"
                        " ON creator.key=note.key AND creator.platform=note.platform"
                        " WHERE note.rowid>?1 ORDER BY note.rowid LIMIT ?2",
                        err);

    return stmt && read_page(store, stmt, page, read_note, &reader, err);
}

bool store_note_set(struct store *store, enum platform platform, struct text key, struct text note,
                    double at, struct err *err)
{
    sqlite3_stmt *stmt =
        note.length
            ? writing(
                  store,
                  "INSERT INTO note(platform, key, note, at) VALUES(?1, ?2, ?3, ?4)"
                  " ON CONFLICT(platform, key) DO UPDATE SET note=excluded.note, at=excluded.at",
                  err)
            : writing(store, "DELETE FROM note WHERE platform=?1 AND key=?2", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, platform_text(platform));
    store_bind_text(stmt, 2, key);
    if (note.length) {
        store_bind_text(stmt, 3, note);
        store_bind_whole(stmt, 4, at);
    }
    return store_finish(store, stmt, err);
}

/* ---- plans ---- */

struct plan_reader {
    void (*each)(void *self, int64_t id, const struct store_plan_row *row);
    void *self;
};

/* A row that others wrote without a number of deliverables is in the plan, with one. */
static unsigned read_deliverables(double deliverables)
{
    if (!number_known(deliverables))
        return 1;
    deliverables = deliverables < 0 ? 0 : deliverables;
    return deliverables > PLANNED_MOST ? PLANNED_MOST : (unsigned)deliverables;
}

static void read_plan_row(void *context, sqlite3_stmt *stmt)
{
    const struct plan_reader *reader = context;
    struct store_plan_row row = {
        .key = store_column_text(stmt, 3),
        .planned = {.deliverables = read_deliverables(store_column_number(stmt, 4)),
                    .fee = store_column_number(stmt, 6)},
    };

    if (!platform_from_word(store_column_text(stmt, 2), &row.platform))
        return;
    if (!format_from_word(store_column_text(stmt, 5), row.platform, &row.planned.format))
        row.planned.format = FORMAT_NONE;
    if (row.planned.fee < 0)
        row.planned.fee = number_unknown();
    reader->each(reader->self, sqlite3_column_int64(stmt, 1), &row);
}

bool store_plan(struct store *store, struct text scenario, struct store_page *page,
                void (*each)(void *self, int64_t id, const struct store_plan_row *row), void *self,
                struct err *err)
{
    struct plan_reader reader = {each, self};
    sqlite3_stmt *stmt =
        store_statement(store,
                        "SELECT plan.rowid, creator.id, plan.platform, plan.key,"
                        " plan.deliverables, plan.format, plan.fee"
                        " FROM plan LEFT JOIN creator"
                        " ON creator.key=plan.key AND creator.platform=plan.platform"
                        " WHERE plan.rowid>?1 AND plan.scenario=?3"
                        " ORDER BY plan.rowid LIMIT ?2",
                        err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 3, scenario);
    return read_page(store, stmt, page, read_plan_row, &reader, err);
}

static bool remove_plan_row(struct store *store, struct text scenario,
                            const struct store_plan_row *row, struct err *err)
{
    sqlite3_stmt *stmt =
        writing(store, "DELETE FROM plan WHERE scenario=?1 AND platform=?2 AND key=?3", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, scenario);
    store_bind_text(stmt, 2, platform_text(row->platform));
    store_bind_text(stmt, 3, row->key);
    return store_finish(store, stmt, err);
}

bool store_plan_set(struct store *store, struct text scenario, const struct store_plan_row *row,
                    struct err *err)
{
    const struct planned *planned = &row->planned;
    sqlite3_stmt *stmt;

    if (!planned_any(planned))
        return remove_plan_row(store, scenario, row, err);
    stmt =
        writing(store,
                "INSERT INTO plan(scenario, platform, key, deliverables, format, fee)"
                " VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(scenario, platform, key) DO UPDATE SET"
                " deliverables=excluded.deliverables, format=excluded.format, fee=excluded.fee",
                err);
    if (!stmt)
        return false;
    store_bind_text(stmt, 1, scenario);
    store_bind_text(stmt, 2, platform_text(row->platform));
    store_bind_text(stmt, 3, row->key);
    store_bind_whole(stmt, 4, planned->deliverables);
    if (planned->format != FORMAT_NONE)
        store_bind_text(stmt, 5, text_of(formats[planned->format].word));
    store_bind_whole(stmt, 6, planned->fee);
    return store_finish(store, stmt, err);
}

/* ---- scenarios ---- */

struct knob_reader {
    void (*each)(void *self, struct text key, struct text value);
    void *self;
};

static void read_knob(void *context, sqlite3_stmt *stmt)
{
    const struct knob_reader *reader = context;

    reader->each(reader->self, store_column_text(stmt, 0), store_column_text(stmt, 1));
}

bool store_knobs(struct store *store, struct text scenario,
                 void (*each)(void *self, struct text key, struct text value), void *self,
                 struct err *err)
{
    struct knob_reader reader = {each, self};
    sqlite3_stmt *stmt =
        store_statement(store, "SELECT key, value FROM knob WHERE scenario=?1 ORDER BY key", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, scenario);
    return for_rows(store, stmt, read_knob, &reader, err);
}

bool store_knob_set(struct store *store, struct text scenario, struct text key, struct text value,
                    struct err *err)
{
    sqlite3_stmt *stmt =
        text_known(value)
            ? writing(store,
                      "INSERT INTO knob(scenario, key, value) VALUES(?1, ?2, ?3)"
                      " ON CONFLICT(scenario, key) DO UPDATE SET value=excluded.value",
                      err)
            : writing(store, "DELETE FROM knob WHERE scenario=?1 AND key=?2", err);

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, scenario);
    store_bind_text(stmt, 2, key);
    if (text_known(value))
        store_bind_text(stmt, 3, value);
    return store_finish(store, stmt, err);
}
