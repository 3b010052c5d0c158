#include "filled_internal.h"

#include <stdlib.h>

#define FILLED_KEY "store.filled"

static bool last_change(struct store *store, int64_t *seq, struct err *err)
{
    return store_integer(store, "SELECT seq FROM sqlite_sequence WHERE name='change'", 0, seq, err);
}

static void parse(struct filled *filled, struct text list, int64_t last)
{
    struct buf number = BUF_INIT;
    struct text word;

    if (text_next(&list, ' ', &word)) {
        buf_add_text(&number, word);
        filled->valid = strtoll(buf_string(&number), NULL, 10) == last;
    }
    while (text_next(&list, ' ', &word)) {
        enum column column;
        if (column_from_key(word, &column))
            filled->columns[column] = true;
    }
    buf_release(&number);
}

bool filled_read(struct store *store, struct filled *filled, struct err *err)
{
    struct buf list = BUF_INIT;
    int64_t last, any;
    bool found;

    *filled = (struct filled){0};
    bool ok = last_change(store, &last, err) &&
              store_integer(store, "SELECT id FROM creator LIMIT 1", 0, &any, err) &&
              store_meta(store, FILLED_KEY, &list, &found, err);
    if (ok && any == 0)
        filled->valid = true;
    else if (ok && found)
        parse(filled, buf_text(&list), last);
    buf_release(&list);
    return ok;
}

static bool look(struct store *store, struct filled *filled, struct err *err)
{
    struct buf sql = BUF_INIT;
    struct fields fields;

    fields_init(&fields);
    buf_add_string(&sql, "SELECT ");
    for (size_t i = 0; i < fields.count; i++)
        buf_addf(&sql, "%scount(\"%s\")", i ? "," : "", columns[fields.items[i]].key);
    buf_add_string(&sql, " FROM creator");
    sqlite3_stmt *stmt = store_prepare(store, buf_string(&sql), err);
    bool ok = stmt && (sqlite3_step(stmt) == SQLITE_ROW || store_fail(store, "read", err));
    for (size_t i = 0; ok && i < fields.count; i++)
        filled->columns[fields.items[i]] = sqlite3_column_int64(stmt, (int)i) > 0;
    sqlite3_finalize(stmt);
    buf_release(&sql);
    filled->valid = ok;
    return ok;
}

bool filled_settle(struct store *store, struct filled *filled, struct err *err)
{
    return filled_read(store, filled, err) && (filled->valid || look(store, filled, err));
}

bool filled_write(struct store *store, struct filled *filled, struct err *err)
{
    struct buf list = BUF_INIT;
    int64_t last;

    if ((!filled->valid && !look(store, filled, err)) || !last_change(store, &last, err))
        return false;
    buf_addf(&list, "%lld", (long long)last);
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (filled->columns[column])
            buf_addf(&list, " %s", columns[column].key);
    bool ok = store_meta_set(store, FILLED_KEY, buf_text(&list), err);
    buf_release(&list);
    return ok;
}
