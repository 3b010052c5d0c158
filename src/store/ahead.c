#include "ahead_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

#define TRUST_MOST 16
#define REST_FOR 1024
#define ROWS_MOST 64
#define SEEN_MOST 1024
#define TEXTS_MOST 131072 /* bytes, and what the last of the rows has beyond */

static const char sql_past[] =
    "SELECT creator, at, followers FROM snapshot"
    " WHERE creator BETWEEN ?1 AND ?2 AND followers IS NOT NULL ORDER BY creator, at";

bool ahead_init(struct ahead *ahead, struct store *store, const struct fields *fields,
                struct err *err)
{
    struct buf sql = BUF_INIT;

    assert(fields->items[0] == COL_PLATFORM && fields->items[1] == COL_HANDLE);
    buf_add_string(&sql, "SELECT id,");
    fields_names(fields, &sql);
    buf_add_string(&sql, ",carried FROM creator WHERE id>?1 ORDER BY id");
    *ahead = (struct ahead){.fields = fields,
                            .rows = store_prepare(store, buf_string(&sql), err),
                            .past = store_prepare(store, sql_past, err),
                            .items = mem_alloc(ROWS_MOST * sizeof *ahead->items),
                            .seen = mem_alloc(SEEN_MOST * sizeof *ahead->seen),
                            .want = 1,
                            .trust = TRUST_MOST};
    buf_release(&sql);
    return ahead->rows && ahead->past;
}

void ahead_release(struct ahead *ahead)
{
    sqlite3_finalize(ahead->rows);
    sqlite3_finalize(ahead->past);
    free(ahead->items);
    free(ahead->seen);
    arena_release(&ahead->texts);
    *ahead = (struct ahead){0};
}

void ahead_go_from(struct ahead *ahead, int64_t id)
{
    ahead->after = id;
    ahead->count = ahead->next = 0;
    ahead->seen_read = false;
    ahead->want = 1;
}

static void keep_texts(struct ahead *ahead, struct row *row)
{
    for (size_t i = 0; i < ahead->fields->count; i++) {
        struct cell *cell = &row->cells[ahead->fields->items[i]];
        if (cell->kind == CELL_TEXT)
            cell->text = arena_text(&ahead->texts, cell->text);
    }
}

/* A reading that fails finds nothing: the search that follows fails as well, and says why. */
static void read_on(struct ahead *ahead)
{
    arena_release(&ahead->texts);
    ahead->count = ahead->next = 0;
    ahead->seen_read = false;
    sqlite3_bind_int64(ahead->rows, 1, ahead->after);
    while (ahead->count < ahead->want && ahead->texts.bytes < TEXTS_MOST &&
           sqlite3_step(ahead->rows) == SQLITE_ROW) {
        struct ahead_row *item = &ahead->items[ahead->count++];
        item->id = sqlite3_column_int64(ahead->rows, 0);
        row_stored(&item->row, ahead->fields, ahead->rows);
        keep_texts(ahead, &item->row);
    }
    sqlite3_reset(ahead->rows);
    if (ahead->want < ROWS_MOST)
        ahead->want *= 2;
}

static bool is_at(const struct ahead *ahead, struct text platform, struct text handle)
{
    const struct cell *cells = ahead->items[ahead->next].row.cells;

    return text_equal(cells[COL_HANDLE].text, handle) &&
           text_equal(cells[COL_PLATFORM].text, platform);
}

const struct ahead_row *ahead_find(struct ahead *ahead, struct text platform, struct text handle)
{
    if (ahead->rest > 0) {
        ahead->trust = --ahead->rest == 0;
        return NULL;
    }
    if (ahead->next == ahead->count)
        read_on(ahead);
    if (ahead->next < ahead->count && is_at(ahead, platform, handle)) {
        const struct ahead_row *found = &ahead->items[ahead->next++];
        ahead->after = found->id;
        ahead->trust += ahead->trust < TRUST_MOST;
        return found;
    }
    if (--ahead->trust <= 0) {
        ahead->rest = REST_FOR;
        ahead_go_from(ahead, ahead->after);
    }
    return NULL;
}

static bool read_past(struct ahead *ahead, struct store *store, struct err *err)
{
    int rc = SQLITE_DONE;

    sqlite3_bind_int64(ahead->past, 1, ahead->after);
    sqlite3_bind_int64(ahead->past, 2, ahead->items[ahead->count - 1].id);
    ahead->seen_count = ahead->seen_next = 0;
    while (ahead->seen_count < SEEN_MOST && (rc = sqlite3_step(ahead->past)) == SQLITE_ROW)
        ahead->seen[ahead->seen_count++] = (struct ahead_seen){
            sqlite3_column_int64(ahead->past, 0), (double)sqlite3_column_int64(ahead->past, 1),
            (double)sqlite3_column_int64(ahead->past, 2)};
    bool ok = rc == SQLITE_DONE || rc == SQLITE_ROW || store_fail(store, "read", err);
    sqlite3_reset(ahead->past);
    ahead->crowded = ahead->seen_count == SEEN_MOST;
    ahead->seen_read = ok && !ahead->crowded;
    return ok;
}

bool ahead_take_past(struct ahead *ahead, struct store *store, struct grown *grown, bool *all,
                     struct err *err)
{
    *all = false;
    if (!ahead->crowded && !ahead->seen_read && !read_past(ahead, store, err))
        return false;
    if (!ahead->seen_read)
        return true;
    for (; ahead->seen_next < ahead->seen_count; ahead->seen_next++) {
        const struct ahead_seen *seen = &ahead->seen[ahead->seen_next];
        if (seen->creator > ahead->after)
            break;
        if (seen->creator == ahead->after)
            grown_take(grown, seen->at, seen->followers);
    }
    *all = true;
    return true;
}
