#include "past_internal.h"

#include <math.h>

#include "base/number.h"
#include "batch_internal.h"

/* A rate and a sum come with their word or leave the old one behind. */
#define MERGED                                                                                     \
    "ifnull(excluded.followers, followers), ifnull(excluded.following, following),"                \
    " ifnull(excluded.posts, posts), ifnull(excluded.credibility, credibility),"                   \
    " ifnull(excluded.audience_market, audience_market), ifnull(excluded.likes, likes),"           \
    " ifnull(excluded.comments, comments), ifnull(excluded.shares, shares),"                       \
    " ifnull(excluded.saves, saves), ifnull(excluded.views, views),"                               \
    " ifnull(excluded.reach_post, reach_post), ifnull(excluded.er, er),"                           \
    " ifnull(excluded.fee, fee), iif(excluded.er IS NULL, er_basis, excluded.er_basis),"           \
    " iif(excluded.fee IS NULL, currency, excluded.currency)"

static void bind_snapshot(sqlite3_stmt *stmt, int64_t id, const struct snapshot *seen)
{
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_whole(stmt, 2, seen->at);
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        double value = snapshot_value(seen, i);
        if (!number_known(value))
            continue;
        if (cell_kind_of(snapshot_fields[i].column) == CELL_WHOLE)
            store_bind_whole(stmt, 3 + (int)i, value);
        else
            sqlite3_bind_double(stmt, 3 + (int)i, value);
    }
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++)
        store_bind_text(stmt, 3 + SNAPSHOT_FIELDS + (int)i, snapshot_word(seen, snapshot_words[i]));
}

static bool write_with(struct store *store, const char *sql, int64_t id,
                       const struct snapshot *seen, bool *news, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    bind_snapshot(stmt, id, seen);
    int64_t before = sqlite3_total_changes64(store->db);
    if (!store_finish(store, stmt, err))
        return false;
    *news = sqlite3_total_changes64(store->db) != before;
    return true;
}

#define WRITE                                                                                      \
    "INSERT INTO snapshot(creator, at, " PAST_NAMES ")"                                            \
    " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)"                          \
    " ON CONFLICT(creator, at) DO "
static const char sql_write[] =
    WRITE "UPDATE SET (" PAST_NAMES ")=(" MERGED ") WHERE (" MERGED ") IS NOT (" PAST_NAMES ")";
static const char sql_make[] = WRITE "NOTHING";

/* ---- for a batch ---- */

static void snapshot_row(const struct snapshot *seen, struct row *row)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++) {
        enum column column = snapshot_fields[i].column;
        row->cells[column] = cell_number(cell_kind_of(column), snapshot_value(seen, i));
    }
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++) {
        struct text word = snapshot_word(seen, snapshot_words[i]);
        row->cells[snapshot_words[i]] = (struct cell){CELL_UNKNOWN};
        if (text_known(word))
            row->cells[snapshot_words[i]] = (struct cell){CELL_TEXT, .text = word};
    }
}

/* The same as MERGED. */
static void merge_snapshot(struct row *row, const struct row *seen)
{
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        if (cell_known(&seen->cells[snapshot_fields[i].column]))
            row->cells[snapshot_fields[i].column] = seen->cells[snapshot_fields[i].column];
    if (cell_known(&seen->cells[COL_ER]))
        row->cells[COL_ER_BASIS] = seen->cells[COL_ER_BASIS];
    if (cell_known(&seen->cells[COL_FEE]))
        row->cells[COL_CURRENCY] = seen->cells[COL_CURRENCY];
}

sqlite3_stmt *past_find(struct store *store, int64_t id, int64_t at, struct err *err)
{
    sqlite3_stmt *stmt = store_statement(
        store, "SELECT " PAST_NAMES " FROM snapshot WHERE creator=?1 AND at=?2", err);

    if (stmt) {
        sqlite3_bind_int64(stmt, 1, id);
        sqlite3_bind_int64(stmt, 2, at);
    }
    return stmt;
}

static bool change_noted(struct batch_note *note, int64_t id, const struct snapshot *seen,
                         unsigned kind, bool *news, struct err *err)
{
    int64_t at = (int64_t)round(seen->at);
    struct row incoming = note->after;
    sqlite3_stmt *stmt = past_find(note->store, id, at, err);

    if (!stmt)
        return false;
    if (sqlite3_step(stmt) != SQLITE_ROW) {
        sqlite3_reset(stmt);
        return store_fail(note->store, "read", err);
    }
    row_from_statement(&note->before, &note->units.past, stmt, 0);
    note->after = note->before;
    merge_snapshot(&note->after, &incoming);
    *news = !row_equal(&note->before, &note->after, &note->units.past);
    bool ok = true;
    if (*news) {
        batch_note_past(note, kind, at);
        ok = write_with(note->store, sql_write, id, seen, news, err);
    }
    sqlite3_reset(stmt);
    return ok;
}

/* Mostly there is nothing yet at that time. */
static bool write_noted(struct batch_note *note, int64_t id, const struct snapshot *seen,
                        unsigned kind, bool *news, struct err *err)
{
    if (!write_with(note->store, sql_make, id, seen, news, err))
        return false;
    snapshot_row(seen, &note->after);
    if (!*news)
        return change_noted(note, id, seen, kind, news, err);
    batch_note_past(note, kind | JOURNAL_MADE, (int64_t)round(seen->at));
    return true;
}

bool past_write(struct store *store, int64_t id, const struct past *past,
                const struct record *record, struct batch_note *note, uint64_t *written,
                struct err *err)
{
    for (size_t i = 0; i < past->count + record->snapshot_count; i++) {
        bool left = i < past->count, news;
        const struct snapshot *seen = left ? &past->items[i] : &record->snapshots[i - past->count];
        unsigned kind = left ? JOURNAL_LEFT : JOURNAL_PAST;
        if (!(note ? write_noted(note, id, seen, kind, &news, err)
                   : write_with(store, sql_write, id, seen, &news, err)))
            return false;
        *written += news;
    }
    return true;
}

/* ---- reading ---- */

bool past_take(struct snapshot *into, size_t field, sqlite3_stmt *stmt, int first)
{
    double value = store_column_number(stmt, first + (int)field);
    enum column column = snapshot_fields[field].column;

    if (!number_known(value))
        return false;
    *snapshot_figure(into, field) = value;
    if (column == COL_ER)
        snapshot_set_word(into, COL_ER_BASIS, store_column_text(stmt, first + SNAPSHOT_FIELDS));
    if (column == COL_FEE)
        snapshot_set_word(into, COL_CURRENCY, store_column_text(stmt, first + SNAPSHOT_FIELDS + 1));
    return true;
}

int past_date_of(size_t field)
{
    static const int date_of[GROUP_COUNT] = {[GROUP_ENGAGEMENT] = 1, [GROUP_PRICE] = 2};

    return date_of[columns[snapshot_fields[field].column].group];
}
