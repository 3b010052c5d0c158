#include "past_internal.h"

#include "base/number.h"

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

static bool write_snapshot(struct store *store, int64_t id, const struct snapshot *seen,
                           uint64_t *written, struct err *err)
{
    static const char sql[] =
        "INSERT INTO snapshot(creator, at, " PAST_NAMES ")"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)"
        " ON CONFLICT(creator, at) DO UPDATE SET (" PAST_NAMES ")=(" MERGED ")"
        " WHERE (" MERGED ") IS NOT (" PAST_NAMES ")";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
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
    int64_t before = sqlite3_total_changes64(store->db);
    if (!store_finish(store, stmt, err))
        return false;
    *written += sqlite3_total_changes64(store->db) != before;
    return true;
}

bool past_write(struct store *store, int64_t id, const struct past *past,
                const struct record *record, uint64_t *written, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < past->count; i++)
        ok = write_snapshot(store, id, &past->items[i], written, err);
    for (size_t i = 0; ok && i < record->snapshot_count; i++)
        ok = write_snapshot(store, id, &record->snapshots[i], written, err);
    return ok;
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
