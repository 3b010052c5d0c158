#include "grown_internal.h"
#include "schema_internal.h"

/* Migrations are history: one that has landed is never edited, changes are appended as the next. */

#define KEY                                                                                        \
    "CASE WHEN platform='youtube' AND handle GLOB " SCHEMA_CHANNEL_ID                              \
    " THEN handle ELSE lower(handle) END"
#define NEW_KEY                                                                                    \
    "CASE WHEN new.platform='youtube' AND new.handle GLOB " SCHEMA_CHANNEL_ID                      \
    " THEN new.handle ELSE lower(new.handle) END"

static const char creators[] =
    "PRAGMA application_id=1299407728;" /* SCHEMA_APPLICATION */
    "CREATE TABLE creator("
    " id INTEGER PRIMARY KEY CHECK(id>0),"
    " platform TEXT NOT NULL, handle TEXT NOT NULL,"
    " key TEXT GENERATED ALWAYS AS (" KEY ") VIRTUAL,"
    " name TEXT, person TEXT, country TEXT, language TEXT, email TEXT, url TEXT, bio TEXT,"
    " niche TEXT, tag TEXT,"
    " followers INTEGER, following INTEGER, posts INTEGER, credibility REAL, audience_market REAL,"
    " likes REAL, comments REAL, shares REAL, saves REAL, views REAL, reach_post REAL,"
    " sample INTEGER, \"window\" INTEGER, er REAL, er_basis TEXT,"
    " last_post_at INTEGER, posts_30d INTEGER, sponsored_share REAL,"
    " fee INTEGER, fee_origin TEXT, currency TEXT, fee_by_format TEXT,"
    " audience_at INTEGER, engagement_at INTEGER, fee_at INTEGER,"
    " growth_at INTEGER, growth_now REAL, growth_30d_ago REAL, growth_90d_ago REAL, jump REAL"
    ") STRICT;"
    "CREATE UNIQUE INDEX creator_key ON creator(key, platform);"
    "CREATE TABLE snapshot("
    " creator INTEGER NOT NULL REFERENCES creator(id) ON DELETE CASCADE, at INTEGER NOT NULL,"
    " followers INTEGER, following INTEGER, posts INTEGER,"
    " likes REAL, comments REAL, shares REAL, saves REAL, views REAL,"
    " PRIMARY KEY(creator, at)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE peer("
    " platform TEXT NOT NULL, basis TEXT NOT NULL, band INTEGER NOT NULL,"
    " n INTEGER NOT NULL, er REAL, comments_per_like REAL, made_at INTEGER NOT NULL,"
    " PRIMARY KEY(platform, basis, band)) STRICT, WITHOUT ROWID;";

/* Plans, ticks and notes keep their rowid: it is the order they were made in. */
static const char own_things[] =
    "CREATE TABLE knob("
    " scenario TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL,"
    " PRIMARY KEY(scenario, key)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE plan("
    " scenario TEXT NOT NULL, platform TEXT NOT NULL, key TEXT NOT NULL,"
    " deliverables INTEGER, format TEXT, fee INTEGER,"
    " PRIMARY KEY(scenario, platform, key)) STRICT;"
    "CREATE TABLE tick("
    " platform TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY(platform, key)) STRICT;"
    "CREATE TABLE stage("
    " platform TEXT NOT NULL, key TEXT NOT NULL, stage TEXT NOT NULL, at INTEGER,"
    " PRIMARY KEY(platform, key)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE note("
    " platform TEXT NOT NULL, key TEXT NOT NULL, note TEXT NOT NULL, at INTEGER,"
    " PRIMARY KEY(platform, key)) STRICT;"
    "CREATE TABLE tag("
    " platform TEXT NOT NULL, key TEXT NOT NULL, tag TEXT NOT NULL,"
    " PRIMARY KEY(platform, key, tag)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE edit("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, target TEXT NOT NULL,"
    " old TEXT, new TEXT, undone INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE change("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, creator INTEGER,"
    " gone INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;";

/* The log of changes. `gone` means: look whether it is still there. What a REPLACE is about to
 * delete fires no delete trigger, so it is logged before; where the insert then turns into an update
 * or is ignored, the entry makes a reader look once too often, never too seldom. */
static const char change_log[] =
    "CREATE TRIGGER change_replaced BEFORE INSERT ON creator BEGIN"
    " INSERT INTO change(creator, gone) SELECT id, 1 FROM creator WHERE id=new.id"
    " OR (key=" NEW_KEY " AND platform=new.platform); END;"
    "CREATE TRIGGER change_displaced BEFORE UPDATE OF id, platform, handle ON creator BEGIN"
    " INSERT INTO change(creator, gone) SELECT id, 1 FROM creator WHERE id<>old.id"
    " AND (id=new.id OR (key=" NEW_KEY " AND platform=new.platform)); END;"
    "CREATE TRIGGER change_inserted AFTER INSERT ON creator BEGIN"
    " INSERT INTO change(creator) VALUES(new.id); END;"
    "CREATE TRIGGER change_updated AFTER UPDATE ON creator BEGIN"
    " INSERT INTO change(creator, gone) SELECT old.id, 1 WHERE old.id<>new.id;"
    " INSERT INTO change(creator) VALUES(new.id); END;"
    "CREATE TRIGGER change_deleted AFTER DELETE ON creator BEGIN"
    " INSERT INTO change(creator, gone) VALUES(old.id, 1); END;";

static const char growth[] = "ALTER TABLE creator ADD COLUMN growth_30d REAL"
                             " GENERATED ALWAYS AS (growth_now/growth_30d_ago-1) VIRTUAL;"
                             "ALTER TABLE creator ADD COLUMN growth_90d REAL"
                             " GENERATED ALWAYS AS (growth_now/growth_90d_ago-1) VIRTUAL;";

/* Readers look at everything again: to name each creator would fill the log. */
static bool growth_of_all(struct store *store, struct err *err)
{
    struct buf triggers = BUF_INIT;
    bool ok = schema_triggers_take(store, &triggers, err) && grown_fill(store, err) &&
              schema_put(store, &triggers, err) &&
              store_exec(store,
                         "INSERT INTO change(creator) SELECT NULL"
                         " WHERE EXISTS(SELECT 1 FROM creator)",
                         "write", err);

    buf_release(&triggers);
    return ok;
}

const struct migration migrations[] = {
    {"the whole schema", {creators, own_things, change_log}, NULL},
    {"growth", {growth}, growth_of_all},
};
const size_t migration_count = sizeof migrations / sizeof migrations[0];
