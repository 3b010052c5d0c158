#include "store/scenario.h"

#include "base/utf8.h"
#include "store/own.h"
#include "store_internal.h"

/* A row of meta, "scenario:NAME", says that a scenario is there and as which it came. */
#define ROW "'scenario:'||"
#define IN_USE "scenario"

static bool run(struct store *store, const char *sql, struct text one, struct text two,
                struct err *err)
{
    sqlite3_stmt *stmt = store_may_write(store, err) ? store_statement(store, sql, err) : NULL;

    if (!stmt)
        return false;
    store_bind_text(stmt, 1, one);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        store_bind_text(stmt, 2, two);
    return store_finish(store, stmt, err);
}

bool store_scenario_in_use(struct store *store, struct buf *name, struct err *err)
{
    bool found;

    if (!store_meta(store, IN_USE, name, &found, err))
        return false;
    if (!found || !scenario_name_allowed(buf_text(name), NULL)) {
        buf_clear(name);
        buf_add_string(name, "default");
    }
    return true;
}

bool store_scenario_use(struct store *store, struct text name, struct err *err)
{
    return store_meta_set(store, IN_USE, name, err);
}

bool store_scenario_keep(struct store *store, struct text name, struct err *err)
{
    return run(store, "INSERT OR IGNORE INTO meta(key, value) VALUES(" ROW "?1, '0')", name, name,
               err);
}

/* Those of an earlier version have no row: they come first. */
bool store_scenarios(struct store *store, void (*each)(void *self, struct text name), void *self,
                     struct err *err)
{
    struct buf in_use = BUF_INIT;
    sqlite3_stmt *stmt = store_statement(
        store,
        "WITH name(name) AS (SELECT scenario FROM knob UNION SELECT scenario FROM plan"
        " UNION SELECT substr(key, 10) FROM meta WHERE key>='scenario:' AND key<'scenario;'"
        " UNION SELECT ?1)"
        " SELECT name FROM name LEFT JOIN meta ON meta.key=" ROW "name"
        " ORDER BY CAST(ifnull(meta.value, '0') AS INTEGER), name",
        err);
    int rc;

    if (!stmt || !store_scenario_in_use(store, &in_use, err)) {
        buf_release(&in_use);
        return false;
    }
    store_bind_text(stmt, 1, buf_text(&in_use));
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
        if (scenario_name_allowed(store_column_text(stmt, 0), NULL))
            each(self, store_column_text(stmt, 0));
    bool ok = rc == SQLITE_DONE || store_fail(store, "read", err);
    sqlite3_reset(stmt);
    buf_release(&in_use);
    return ok;
}

struct finder {
    struct buf wanted, *out;
    bool found;
};

static void look(void *self, struct text name)
{
    struct finder *finder = self;
    struct buf folded = BUF_INIT;

    utf8_fold(&folded, name);
    if (!finder->found && text_equal(buf_text(&folded), buf_text(&finder->wanted))) {
        buf_add_text(finder->out, name);
        finder->found = true;
    }
    buf_release(&folded);
}

bool store_scenario_find(struct store *store, struct text name, struct buf *out, bool *found,
                         struct err *err)
{
    struct finder finder = {.out = out};

    buf_clear(out);
    utf8_fold(&finder.wanted, name);
    bool ok = store_scenarios(store, look, &finder, err);
    *found = finder.found;
    buf_release(&finder.wanted);
    return ok;
}

/* reading */

static void take_knob(void *self, struct text key, struct text value)
{
    scenario_knob_set(self, key, value, NULL);
}

static void take_entry(void *self, int64_t id, const struct store_plan_row *row)
{
    (void)id;
    if (planned_any(&row->planned))
        plan_entries_add(self, row->platform, row->key, &row->planned);
}

bool store_scenario_get(struct store *store, struct text name, struct scenario *scenario,
                        struct plan_entries *entries, struct err *err)
{
    plan_entries_release(entries);
    scenario_init(scenario);
    scenario_name_set(scenario, name);
    return store_knobs(store, name, take_knob, scenario, err) &&
           store_plan(store, name, NULL, take_entry, entries, err);
}

/* writing */

static bool clear(struct store *store, struct text name, struct err *err)
{
    return run(store, "DELETE FROM knob WHERE scenario=?1", name, name, err) &&
           run(store, "DELETE FROM plan WHERE scenario=?1", name, name, err);
}

/* Is the name free, or that of `self`? */
static bool may_be_called(struct store *store, struct text name, struct text self, struct err *err)
{
    struct buf other = BUF_INIT;
    bool found, ok = scenario_name_allowed(name, err) &&
                     store_scenario_find(store, name, &other, &found, err);
    if (ok && found && !text_equal(buf_text(&other), self))
        ok = err_set(err, "there is a scenario '%s' already", buf_string(&other));
    buf_release(&other);
    return ok;
}

struct putter {
    struct store *store;
    struct text name;
    bool ok;
    struct err *err;
};

static void put_knob(void *self, struct text key, struct text value)
{
    struct putter *putter = self;
    putter->ok = putter->ok && store_knob_set(putter->store, putter->name, key, value, putter->err);
}

bool store_scenario_put(struct store *store, const struct scenario *scenario,
                        const struct plan_entries *entries, struct err *err)
{
    struct text name = text_of(scenario->name);
    struct putter putter = {store, name, true, err};

    if (!may_be_called(store, name, name, err) || !clear(store, name, err) ||
        !run(store,
             "INSERT OR IGNORE INTO meta(key, value) SELECT " ROW "?1,"
             " 1+ifnull(max(CAST(value AS INTEGER)), 0) FROM meta"
             " WHERE key>='scenario:' AND key<'scenario;'",
             name, name, err))
        return false;
    scenario_knobs(scenario, put_knob, &putter);
    for (size_t i = 0; i < entries->count && putter.ok; i++) {
        const struct plan_entry *entry = &entries->items[i];
        struct store_plan_row row = {entry->platform, entry->key, entry->planned};
        putter.ok = store_plan_set(store, name, &row, err);
    }
    return putter.ok;
}

/* "default" before all others, then the first that came. */
static void note_other(void *self, struct text name)
{
    struct finder *finder = self;
    bool standard = text_is(name, "default");

    if (text_equal(name, buf_text(&finder->wanted)) || (finder->found && !standard))
        return;
    buf_clear(finder->out);
    buf_add_text(finder->out, name);
    finder->found = true;
}

/* What is in use once `name` is gone. */
static bool use_another(struct store *store, struct text name, struct err *err)
{
    struct buf in_use = BUF_INIT;
    struct finder finder = {.out = &in_use};
    bool ok = store_scenario_in_use(store, &in_use, err);

    if (ok && text_equal(buf_text(&in_use), name)) {
        buf_clear(&in_use);
        buf_add_text(&finder.wanted, name);
        ok = store_scenarios(store, note_other, &finder, err) &&
             store_scenario_use(store, in_use.length ? buf_text(&in_use) : TEXT("default"), err);
    }
    buf_release(&finder.wanted);
    buf_release(&in_use);
    return ok;
}

bool store_scenario_drop(struct store *store, struct text name, struct err *err)
{
    return use_another(store, name, err) && clear(store, name, err) &&
           run(store, "DELETE FROM meta WHERE key=" ROW "?1", name, name, err);
}

bool store_scenario_rename(struct store *store, struct text from, struct text to, struct err *err)
{
    struct buf in_use = BUF_INIT;
    bool ok = may_be_called(store, to, from, err) && store_scenario_in_use(store, &in_use, err);

    if (ok && text_equal(buf_text(&in_use), from))
        ok = store_scenario_use(store, to, err);
    ok = ok && run(store, "UPDATE knob SET scenario=?2 WHERE scenario=?1", from, to, err) &&
         run(store, "UPDATE plan SET scenario=?2 WHERE scenario=?1", from, to, err) &&
         run(store,
             "INSERT OR IGNORE INTO meta(key, value)"
             " SELECT " ROW "?2, '0' WHERE NOT EXISTS (SELECT 1 FROM meta WHERE key=" ROW "?1)",
             from, to, err) &&
         run(store, "UPDATE meta SET key=" ROW "?2 WHERE key=" ROW "?1", from, to, err);
    buf_release(&in_use);
    return ok;
}

struct placer {
    size_t left;
    struct text name; /* that is placed */
    struct buf next;  /* who comes after it */
};

static void count_place(void *self, struct text name)
{
    struct placer *placer = self;

    if (text_equal(name, placer->name))
        return;
    if (placer->left == 0 && placer->next.length == 0)
        buf_add_text(&placer->next, name);
    placer->left -= placer->left > 0;
}

/* Whoever comes after it makes room. */
bool store_scenario_place(struct store *store, struct text name, size_t place, struct err *err)
{
    struct placer placer = {.left = place, .name = name};
    bool ok = store_scenarios(store, count_place, &placer, err);

    if (ok && placer.next.length > 0)
        ok = run(store,
                 "UPDATE meta SET value=CAST(value AS INTEGER)+1 WHERE key>='scenario:'"
                 " AND key<'scenario;' AND CAST(value AS INTEGER)>=(SELECT CAST(value AS INTEGER)"
                 " FROM meta WHERE key=" ROW "?1)",
                 buf_text(&placer.next), name, err) &&
             run(store,
                 "UPDATE meta SET value=ifnull((SELECT CAST(value AS INTEGER)-1 FROM meta WHERE "
                 "key=" ROW "?1), '0') WHERE key=" ROW "?2",
                 buf_text(&placer.next), name, err);
    buf_release(&placer.next);
    return ok;
}
