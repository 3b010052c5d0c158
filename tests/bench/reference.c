#include "reference.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/vec.h"
#include "data.h"

static const enum column facets[] = {COL_TIER,    COL_NICHE,    COL_PLATFORM,
                                     COL_COUNTRY, COL_LANGUAGE, COL_TAG};

static const enum column made[] = {COL_ER, COL_ER_INDEX, COL_FEE, COL_PROFIT, COL_ROI};

static bool is_set(enum column column)
{
    return columns[column].unit == UNIT_SET;
}

/* ---- making it ---- */

static const char schema[] =
    "create table side(id integer primary key, format integer, r1 real, audience real, f real,"
    " fee real, gifted integer);"
    "create table shown(id integer primary key, tier text, er real, er_index real, fee real,"
    " profit real, roi real);";

static const char derived[] =
    "create table c as select s.id, platform, handle, name, person, country, language, email, url,"
    " bio, niche, tag, followers, following, posts, credibility, audience_market, likes, comments,"
    " shares, saves, views, reach_post, sample, \"window\", er_basis, last_post_at, posts_30d,"
    " sponsored_share, fee_origin, currency, fee_by_format, audience_at, engagement_at, fee_at, "
    "tier,"
    " shown.er, shown.er_index, shown.fee, profit, roi from store.creator s join shown using(id)"
    " order by s.id;"
    "create unique index c_id on c(id);"
    "create table names(id integer primary key, handle text, name text);"
    "insert into names select id, handle, name from c;"
    "create table member(topic text, word text, id integer, primary key(topic, word, id))"
    " without rowid;"
    "with recursive piece(id, topic, word, rest) as ("
    " select id, 'niche', null, niche || '|' from c where niche is not null"
    " union all select id, 'tag', null, tag || '|' from c where tag is not null"
    " union all select id, topic, substr(rest, 1, instr(rest, '|') - 1),"
    "  substr(rest, instr(rest, '|') + 1) from piece where rest <> '')"
    "insert or ignore into member select topic, word, id from piece where word is not null;"
    "create index member_id on member(id, topic);"
    "create index c_tier on c(tier, roi); create index c_platform on c(platform);"
    "create index c_country on c(country); create index c_language on c(language);"
    "create index c_roi on c(roi); drop table shown; analyze;";

static void put(sqlite3_stmt *insert, int place, double number)
{
    if (isfinite(number))
        sqlite3_bind_double(insert, place, number);
    else
        sqlite3_bind_null(insert, place);
}

static void put_row(struct stage *stage, sqlite3_stmt *side, sqlite3_stmt *shown, uint32_t row)
{
    struct figures figures;
    struct buf room = BUF_INIT;
    struct text tier = sheet_text(&stage->sheet, COL_TIER, row, &room);
    sheet_figures(&stage->sheet, row, &figures);
    sqlite3_bind_int64(side, 1, catalog_id(&stage->catalog, row));
    sqlite3_bind_int(side, 2, (int)figures.format);
    put(side, 3, figures.reach_one);
    put(side, 4, figures.audience);
    put(side, 5, figures.response_factor);
    put(side, 6, figures.fee);
    sqlite3_bind_int(side, 7, (figures.marks & MARK_GIFTED) != 0);
    sqlite3_step(side);
    sqlite3_reset(side);
    sqlite3_bind_int64(shown, 1, catalog_id(&stage->catalog, row));
    if (tier.length)
        sqlite3_bind_text(shown, 2, tier.at, (int)tier.length, SQLITE_TRANSIENT);
    else
        sqlite3_bind_null(shown, 2);
    for (size_t i = 0; i < COUNT_OF(made); i++)
        put(shown, 3 + (int)i, sheet_number(&stage->sheet, made[i], row));
    sqlite3_step(shown);
    sqlite3_reset(shown);
    buf_release(&room);
}

static void make(const struct bench *bench, struct stage *stage, const char *path)
{
    char attach[800], part[700];
    snprintf(part, sizeof part, "%s.part", path);
    bench_say("making %s", path);
    data_remove(part);
    sqlite3 *db = data_open(part);
    snprintf(attach, sizeof attach, "attach '%s' as store", data_path(bench, "store.db"));
    data_sql(db, "pragma journal_mode=off; pragma synchronous=off");
    data_sql(db, attach);
    data_sql(db, schema);
    data_sql(db, "begin");
    sqlite3_stmt *side = data_statement(db, "insert into side values(?, ?, ?, ?, ?, ?, ?)");
    sqlite3_stmt *shown = data_statement(db, "insert into shown values(?, ?, ?, ?, ?, ?, ?)");
    for (uint32_t row = 0; row < stage->catalog.count; row++)
        if (catalog_live(&stage->catalog, row))
            put_row(stage, side, shown, row);
    sqlite3_finalize(side);
    sqlite3_finalize(shown);
    data_sql(db, derived);
    data_sql(db, "commit");
    sqlite3_close(db);
    if (rename(part, path) < 0)
        bench_give_up("cannot make '%s'", path);
}

sqlite3 *reference_open(const struct bench *bench, struct stage *stage)
{
    const char *path = data_path(bench, "reference.db");
    if (access(path, F_OK) < 0)
        make(bench, stage, path);
    sqlite3 *db = data_open(path);
    data_sql(db, "pragma cache_size=-4000000; pragma mmap_size=1099511627776;"
                 "pragma temp_store=memory");
    return db;
}

/* ---- asking it ---- */

/* Steps to the end; every value is looked at, as a program would. */
static double ask(sqlite3 *db, const char *sql, const char *word)
{
    sqlite3_stmt *statement = data_statement(db, sql);
    if (sqlite3_bind_parameter_count(statement) > 0)
        sqlite3_bind_text(statement, 1, word, -1, SQLITE_STATIC);
    double began = bench_now(); /* prepared before: a program keeps its statements */
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++)
            sqlite3_column_text(statement, i);
    double took = bench_now() - began;
    sqlite3_finalize(statement);
    return took;
}

static void condition(enum column column, const char *word, enum column without, struct buf *sql)
{
    if (!word || column == without)
        return;
    if (is_set(column))
        buf_addf(sql, " where c.id in (select id from member where topic='%s' and word=?)",
                 columns[column].key);
    else
        buf_addf(sql, column_is_text(column) ? " where \"%s\"=?" : " where \"%s\">=cast(? as real)",
                 columns[column].key);
}

/* The filter of a group does not count in the group itself. */
static void group(enum column facet, enum column column, const char *word, struct buf *sql)
{
    const char *key = columns[facet].key;
    bool all = !word || facet == column;
    if (!is_set(facet)) {
        buf_addf(sql, "select \"%s\", count(*) from c", key);
        condition(column, word, facet, sql);
        buf_addf(sql, " group by \"%s\"", key);
        return;
    }
    buf_addf(sql, "select word, count(*) from member%s where topic='%s'", all ? "" : " m", key);
    if (!all) {
        buf_add_string(sql, " and m.id in (select c.id from c");
        condition(column, word, facet, sql);
        buf_add_string(sql, ")");
    }
    buf_add_string(sql, " group by word");
}

double reference_toggle(sqlite3 *db, enum column column, const char *word)
{
    struct buf sql = BUF_INIT;
    buf_add_string(&sql, "select count(*) from c");
    condition(column, word, COLUMN_COUNT, &sql);
    double took = ask(db, buf_string(&sql), word);
    buf_clear(&sql);
    buf_add_string(&sql, "select * from c");
    condition(column, word, COLUMN_COUNT, &sql);
    buf_add_string(&sql, " order by roi desc limit 50");
    took += ask(db, buf_string(&sql), word);
    for (size_t i = 0; i < COUNT_OF(facets); i++) {
        buf_clear(&sql);
        group(facets[i], column, word, &sql);
        took += ask(db, buf_string(&sql), word);
    }
    buf_release(&sql);
    return took;
}

/* n: as many deliverables as the budget buys of the creator, from 1 to `fill_cap`. */
static void add_roi(const struct scenario *s, struct buf *sql)
{
    double each = (1 - s->discount) * (1 + s->other_share);
    double kept = s->incremental * s->margin - s->commission;
    buf_addf(sql,
             "select id, (%.17g * (case gifted when 1 then %.17g else 1 end) * audience *"
             " (1 - pow(1 - r1 / audience, n)) * min(1, f * case format",
             kept * s->cvr * s->aov, s->fulfilment);
    for (int format = 0; format < FORMAT_COUNT; format++)
        buf_addf(sql, " when %d then %.17g", format, s->ctr[format]);
    buf_addf(sql,
             " end) - cost) / cost as roi from (select *, n * fee * %.17g + %.17g as cost"
             " from (select *, min(%.17g, max(1, floor(%.17g / (fee * %.17g)))) as n from side))",
             each, s->creator_cost, s->fill_cap, s->budget - s->creator_cost, each);
}

double reference_edit(sqlite3 *db, const struct scenario *scenario)
{
    struct buf sql = BUF_INIT;
    buf_add_string(&sql, "select c.*, r.roi from (");
    add_roi(scenario, &sql);
    buf_add_string(&sql, " order by 2 desc limit 50) r join c using(id)");
    double took = ask(db, buf_string(&sql), NULL);
    buf_release(&sql);
    return took;
}

double reference_search(sqlite3 *db, const char *letters)
{
    char like[64];
    snprintf(like, sizeof like, "%%%s%%", letters);
    return ask(db, "select count(*), min(id) from names where handle like ?1 or name like ?1",
               like);
}

double reference_order(sqlite3 *db, enum column column)
{
    char sql[120];
    snprintf(sql, sizeof sql, "select * from c not indexed order by \"%s\" desc limit 50",
             columns[column].key);
    return ask(db, sql, NULL);
}
