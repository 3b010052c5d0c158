#include "past_internal.h"

static bool write_snapshot(struct store *store, int64_t id, const struct snapshot *seen,
                           uint64_t *written, struct err *err)
{
    static const char sql[] =
        "INSERT INTO snapshot(creator, at, followers, following, posts, likes, comments, shares,"
        " saves, views) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)"
        " ON CONFLICT(creator, at) DO UPDATE SET"
        " followers=ifnull(excluded.followers, followers),"
        " following=ifnull(excluded.following, following), posts=ifnull(excluded.posts, posts),"
        " likes=ifnull(excluded.likes, likes), comments=ifnull(excluded.comments, comments),"
        " shares=ifnull(excluded.shares, shares), saves=ifnull(excluded.saves, saves),"
        " views=ifnull(excluded.views, views)"
        " WHERE ifnull(excluded.followers, followers) IS NOT followers"
        " OR ifnull(excluded.following, following) IS NOT following"
        " OR ifnull(excluded.posts, posts) IS NOT posts"
        " OR ifnull(excluded.likes, likes) IS NOT likes"
        " OR ifnull(excluded.comments, comments) IS NOT comments"
        " OR ifnull(excluded.shares, shares) IS NOT shares"
        " OR ifnull(excluded.saves, saves) IS NOT saves"
        " OR ifnull(excluded.views, views) IS NOT views";
    sqlite3_stmt *stmt = store_statement(store, sql, err);

    if (!stmt)
        return false;
    sqlite3_bind_int64(stmt, 1, id);
    store_bind_whole(stmt, 2, seen->at);
    store_bind_whole(stmt, 3, seen->followers);
    store_bind_whole(stmt, 4, seen->following);
    store_bind_whole(stmt, 5, seen->posts);
    store_bind_real(stmt, 6, seen->likes);
    store_bind_real(stmt, 7, seen->comments);
    store_bind_real(stmt, 8, seen->shares);
    store_bind_real(stmt, 9, seen->saves);
    store_bind_real(stmt, 10, seen->views);
    int64_t before = sqlite3_total_changes64(store->db);
    if (!store_finish(store, stmt, err))
        return false;
    *written += sqlite3_total_changes64(store->db) != before;
    return true;
}

/* Audience and engagement are mostly seen on one day, and are one entry then. */
static struct snapshot joined(const struct snapshot *audience, const struct snapshot *engagement)
{
    struct snapshot both = *engagement;

    both.followers = audience->followers;
    both.following = audience->following;
    both.posts = audience->posts;
    return both;
}

static bool write_past(struct store *store, int64_t id, const struct past *past, uint64_t *written,
                       struct err *err)
{
    const struct snapshot *items = past->items;

    if (past->count == 2 && items[0].at == items[1].at) {
        struct snapshot both = joined(&items[0], &items[1]);
        return write_snapshot(store, id, &both, written, err);
    }
    for (size_t i = 0; i < past->count; i++)
        if (!write_snapshot(store, id, &items[i], written, err))
            return false;
    return true;
}

bool past_write(struct store *store, int64_t id, const struct past *past,
                const struct record *record, uint64_t *written, struct err *err)
{
    bool ok = write_past(store, id, past, written, err);

    for (size_t i = 0; ok && i < record->snapshot_count; i++)
        ok = write_snapshot(store, id, &record->snapshots[i], written, err);
    return ok;
}
