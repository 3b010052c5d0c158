#include "jump_internal.h"
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
static bool work_out(struct store *store, bool (*fill)(struct store *store, struct err *err),
                     struct err *err)
{
    struct buf triggers = BUF_INIT;
    bool ok = schema_triggers_take(store, &triggers, err) && fill(store, err) &&
              schema_put(store, &triggers, err) &&
              store_exec(store,
                         "INSERT INTO change(creator) SELECT NULL"
                         " WHERE EXISTS(SELECT 1 FROM creator)",
                         "write", err);

    buf_release(&triggers);
    return ok;
}

static bool growth_of_all(struct store *store, struct err *err)
{
    return work_out(store, grown_fill, err);
}

/* ---- what became of whom ---- */

static const char visits[] =
    "ALTER TABLE creator ADD COLUMN added_at INTEGER;"
    "ALTER TABLE creator ADD COLUMN changed_at INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN credibility REAL;"
    "ALTER TABLE snapshot ADD COLUMN audience_market REAL;"
    "ALTER TABLE snapshot ADD COLUMN reach_post REAL;"
    "ALTER TABLE snapshot ADD COLUMN er REAL;"
    "ALTER TABLE snapshot ADD COLUMN er_basis TEXT;"
    "ALTER TABLE snapshot ADD COLUMN fee INTEGER;"
    "ALTER TABLE snapshot ADD COLUMN currency TEXT;"
    "CREATE TABLE visit("
    " seq INTEGER PRIMARY KEY AUTOINCREMENT, began INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;"
    "CREATE TABLE gone("
    " seq INTEGER PRIMARY KEY, platform TEXT NOT NULL, key TEXT NOT NULL, handle TEXT NOT NULL,"
    " at INTEGER NOT NULL, added_at INTEGER, UNIQUE(platform, key)) STRICT;"
    "DROP TRIGGER IF EXISTS change_replaced; DROP TRIGGER IF EXISTS change_displaced; DROP TRIGGER "
    "IF EXISTS change_inserted;"
    "DROP TRIGGER IF EXISTS change_updated; DROP TRIGGER IF EXISTS change_deleted;";

/* All that is stored of a creator but when that was: a trigger that writes those fires no other. */
#define SEEN_COLUMNS                                                                               \
    "id, platform, handle, name, person, country, language, email, url, bio, niche, tag, "         \
    "followers, following, posts, credibility, audience_market, likes, comments, shares, "         \
    "saves, views, reach_post, sample, \"window\", er, er_basis, last_post_at, "                   \
    "posts_30d, sponsored_share, fee, fee_origin, currency, fee_by_format, audience_at, "          \
    "engagement_at, fee_at, growth_at, growth_now, growth_30d_ago, growth_90d_ago, jump"
#define SEEN_DIFFERS                                                                               \
    "new.id IS NOT old.id OR new.platform IS NOT old.platform OR "                                 \
    "new.handle IS NOT old.handle OR new.name IS NOT old.name OR "                                 \
    "new.person IS NOT old.person OR new.country IS NOT old.country OR "                           \
    "new.language IS NOT old.language OR new.email IS NOT old.email OR "                           \
    "new.url IS NOT old.url OR new.bio IS NOT old.bio OR new.niche IS NOT old.niche OR "           \
    "new.tag IS NOT old.tag OR new.followers IS NOT old.followers OR "                             \
    "new.following IS NOT old.following OR new.posts IS NOT old.posts OR "                         \
    "new.credibility IS NOT old.credibility OR "                                                   \
    "new.audience_market IS NOT old.audience_market OR new.likes IS NOT old.likes OR "             \
    "new.comments IS NOT old.comments OR new.shares IS NOT old.shares OR "                         \
    "new.saves IS NOT old.saves OR new.views IS NOT old.views OR "                                 \
    "new.reach_post IS NOT old.reach_post OR new.sample IS NOT old.sample OR "                     \
    "new.\"window\" IS NOT old.\"window\" OR new.er IS NOT old.er OR "                             \
    "new.er_basis IS NOT old.er_basis OR new.last_post_at IS NOT old.last_post_at OR "             \
    "new.posts_30d IS NOT old.posts_30d OR "                                                       \
    "new.sponsored_share IS NOT old.sponsored_share OR new.fee IS NOT old.fee OR "                 \
    "new.fee_origin IS NOT old.fee_origin OR new.currency IS NOT old.currency OR "                 \
    "new.fee_by_format IS NOT old.fee_by_format OR "                                               \
    "new.audience_at IS NOT old.audience_at OR "                                                   \
    "new.engagement_at IS NOT old.engagement_at OR new.fee_at IS NOT old.fee_at OR "               \
    "new.growth_at IS NOT old.growth_at OR new.growth_now IS NOT old.growth_now OR "               \
    "new.growth_30d_ago IS NOT old.growth_30d_ago OR "                                             \
    "new.growth_90d_ago IS NOT old.growth_90d_ago OR new.jump IS NOT old.jump"

/* A conflict clause of the statement outside would count for those in a trigger too: there must be no
 * conflict. */
#define GONE_TRIM " DELETE FROM gone WHERE seq<=(SELECT max(seq) FROM gone)-" SCHEMA_GONE_KEPT ";"
#define GONE_NOT " DELETE FROM gone WHERE platform=old.platform AND key=old.key;"
#define GONE_BACK " DELETE FROM gone WHERE platform=new.platform AND key=new.key;"
#define REPLACED "id=new.id OR (key=" NEW_KEY " AND platform=new.platform)"
#define DISPLACED "id<>old.id AND (" REPLACED ")"
#define LOG_GOING " INSERT INTO change(creator, gone) SELECT id, 1 FROM creator WHERE "
#define FORGET_GOING                                                                               \
    "; DELETE FROM gone WHERE (platform, key) IN (SELECT platform, key FROM creator WHERE "
#define KEEP_GOING                                                                                 \
    "); INSERT INTO gone(platform, key, handle, at, added_at)"                                     \
    " SELECT platform, key, handle, unixepoch(), added_at FROM creator WHERE "

/* What a REPLACE is about to take away counts as gone until what it puts there has the same key: so that
 * learns since when the creator has been here. Where the insert turns into an update or is ignored a
 * creator may be called gone that is here; who reads them looks. Who sets the times itself keeps them. */
static const char visit_triggers[] =
    "CREATE TRIGGER change_replaced BEFORE INSERT ON creator"
    " WHEN EXISTS(SELECT 1 FROM creator WHERE " REPLACED
    ") BEGIN" LOG_GOING REPLACED FORGET_GOING REPLACED KEEP_GOING REPLACED ";" GONE_TRIM " END;"

    "CREATE TRIGGER change_displaced BEFORE UPDATE OF id, platform, handle ON creator"
    " WHEN EXISTS(SELECT 1 FROM creator WHERE " DISPLACED
    ") BEGIN" LOG_GOING DISPLACED FORGET_GOING DISPLACED KEEP_GOING DISPLACED ";" GONE_TRIM " END;"

    "CREATE TRIGGER change_inserted AFTER INSERT ON creator BEGIN"
    " INSERT INTO change(creator) VALUES(new.id);"
    " UPDATE creator SET added_at=CASE"
    " WHEN EXISTS(SELECT 1 FROM gone WHERE platform=new.platform AND key=new.key)"
    " THEN (SELECT added_at FROM gone WHERE platform=new.platform AND key=new.key)"
    " ELSE unixepoch() END, changed_at=CASE"
    " WHEN EXISTS(SELECT 1 FROM gone WHERE platform=new.platform AND key=new.key)"
    " THEN unixepoch() END WHERE id=new.id AND new.added_at IS NULL;" GONE_BACK " END;";

static const char visit_triggers_after[] =
    "CREATE TRIGGER change_updated AFTER UPDATE OF " SEEN_COLUMNS " ON creator BEGIN"
    " INSERT INTO change(creator, gone) SELECT old.id, 1 WHERE old.id<>new.id;"
    " INSERT INTO change(creator) VALUES(new.id);"
    " UPDATE creator SET changed_at=unixepoch() WHERE id=new.id"
    " AND new.changed_at IS old.changed_at AND new.changed_at IS NOT unixepoch()"
    " AND (" SEEN_DIFFERS ");" GONE_NOT " END;"

    "CREATE TRIGGER change_deleted AFTER DELETE ON creator BEGIN"
    " INSERT INTO change(creator, gone) VALUES(old.id, 1);" GONE_NOT
    " INSERT INTO gone(platform, key, handle, at, added_at)"
    " VALUES(old.platform, old.key, old.handle, unixepoch(), old.added_at);" GONE_TRIM " END;";

/* ---- sudden changes ---- */

static bool jumps_of_all(struct store *store, struct err *err)
{
    return work_out(store, jump_fill, err);
}

/* ---- figures that are older than their group, see carried.c ---- */

static const char carried[] = "ALTER TABLE creator ADD COLUMN carried TEXT;";

/* ---- how the planned and ticked looked when a visit ended ---- */

static const char last_looks[] =
    "CREATE TABLE seen("
    " visit INTEGER NOT NULL, platform TEXT NOT NULL, key TEXT NOT NULL,"
    " followers INTEGER, following INTEGER, posts INTEGER, credibility REAL, audience_market REAL,"
    " likes REAL, comments REAL, shares REAL, saves REAL, views REAL, reach_post REAL,"
    " er REAL, fee INTEGER, er_basis TEXT, currency TEXT,"
    " PRIMARY KEY(visit, platform, key)) STRICT, WITHOUT ROWID;";

/* ---- batches ---- */

/* Entries of the journal come in the order of the batches; `first` is the batch's first. */
static const char imports[] =
    "CREATE TABLE batch("
    " id INTEGER PRIMARY KEY, at INTEGER NOT NULL, file TEXT NOT NULL, read INTEGER NOT NULL,"
    " added INTEGER NOT NULL, changed INTEGER NOT NULL, unchanged INTEGER NOT NULL,"
    " rejected INTEGER NOT NULL, taken_back_at INTEGER, first INTEGER NOT NULL,"
    " columns TEXT NOT NULL) STRICT;"
    "CREATE TABLE batch_rows("
    " batch INTEGER NOT NULL, chunk INTEGER NOT NULL, had BLOB NOT NULL, added BLOB,"
    " PRIMARY KEY(batch, chunk)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE journal("
    " seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, creator INTEGER NOT NULL,"
    " what BLOB NOT NULL) STRICT;";

/* ---- views by name ---- */

/* What is not said is NULL. */
static const char named_views[] =
    "CREATE TABLE view("
    " name TEXT PRIMARY KEY, place INTEGER NOT NULL, filter TEXT NOT NULL,"
    " sort TEXT, columns TEXT, scenario TEXT) STRICT, WITHOUT ROWID;";

const struct migration migrations[] = {
    {"the whole schema", {creators, own_things, change_log}, NULL},
    {"growth", {growth}, growth_of_all},
    {"visits", {visits, visit_triggers, visit_triggers_after}, NULL},
    {"sudden changes", {NULL}, jumps_of_all},
    {"what is older than its date", {carried}, NULL},
    {"last looks", {last_looks}, NULL},
    {"imports", {imports}, NULL},
    {"views by name", {named_views}, NULL},
};
const size_t migration_count = sizeof migrations / sizeof migrations[0];
