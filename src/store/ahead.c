#include "ahead_internal.h"

#include <assert.h>

#define TRUST_MOST 16
#define REST_FOR 1024

bool ahead_init(struct ahead *ahead, struct store *store, const struct fields *fields,
                struct err *err)
{
    struct buf sql = BUF_INIT;

    assert(fields->items[0] == COL_PLATFORM && fields->items[1] == COL_HANDLE);
    buf_add_string(&sql, "SELECT id,");
    fields_names(fields, &sql);
    buf_add_string(&sql, ",carried FROM creator WHERE id>?1 ORDER BY id");
    *ahead =
        (struct ahead){.rows = store_prepare(store, buf_string(&sql), err), .trust = TRUST_MOST};
    buf_release(&sql);
    return ahead->rows != NULL;
}

void ahead_release(struct ahead *ahead)
{
    sqlite3_finalize(ahead->rows);
    *ahead = (struct ahead){0};
}

void ahead_stop(struct ahead *ahead)
{
    sqlite3_reset(ahead->rows);
    ahead->standing = ahead->used = false;
}

void ahead_go_from(struct ahead *ahead, int64_t id)
{
    ahead->after = id;
    ahead_stop(ahead);
}

/* A reading that fails finds nothing: the search that follows fails as well, and says why. */
static bool step(struct ahead *ahead)
{
    if (!ahead->used)
        sqlite3_bind_int64(ahead->rows, 1, ahead->after);
    ahead->used = false;
    ahead->standing = sqlite3_step(ahead->rows) == SQLITE_ROW;
    if (!ahead->standing)
        sqlite3_reset(ahead->rows);
    return ahead->standing;
}

static bool is_at(const struct ahead *ahead, struct text platform, struct text handle)
{
    return text_equal(store_column_text(ahead->rows, 2), handle) &&
           text_equal(store_column_text(ahead->rows, 1), platform);
}

bool ahead_find(struct ahead *ahead, struct text platform, struct text handle)
{
    if (ahead->rest > 0) {
        ahead->trust = --ahead->rest == 0;
        return false;
    }
    if ((ahead->standing || step(ahead)) && is_at(ahead, platform, handle)) {
        ahead->after = sqlite3_column_int64(ahead->rows, 0);
        ahead->standing = false;
        ahead->used = true;
        ahead->trust += ahead->trust < TRUST_MOST;
        return true;
    }
    if (--ahead->trust <= 0) {
        ahead->rest = REST_FOR;
        ahead_stop(ahead);
    }
    return false;
}
