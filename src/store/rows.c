#include "rows_internal.h"

#include <math.h>

#include "base/utf8.h"

void rows_init(struct rows *rows, const struct fields *fields)
{
    rows->fields = *fields;
    for (size_t i = 0; i < fields->count; i++)
        rows->texts[i] = cell_kind_of(fields->items[i]) == CELL_TEXT;
}

void rows_release(struct rows *rows)
{
    arena_release(&rows->repaired);
}

void rows_names(const struct rows *rows, struct buf *out)
{
    buf_add_string(out, rows->fields.count ? "id," : "id");
    fields_names(&rows->fields, out);
}

/* Texts are valid UTF-8 unless another program wrote them. */
static struct text valid_text(struct rows *rows, struct text text)
{
    if (utf8_valid(text))
        return text;
    struct buf repaired = BUF_INIT;
    utf8_repair(&repaired, text);
    text = arena_text(&rows->repaired, buf_text(&repaired));
    buf_release(&repaired);
    return text;
}

/* Of the engine's calls, those on a value are the cheapest; nobody else uses this statement. */
static struct text value_text(struct rows *rows, sqlite3_value *value)
{
    const char *at = (const char *)sqlite3_value_text(value);
    struct text text = {at, (size_t)sqlite3_value_bytes(value)};

    return valid_text(rows, text);
}

/* Written into the record directly: this runs for every value of every creator. */
void rows_read(struct rows *rows, sqlite3_stmt *stmt)
{
    struct record *record = &rows->record;

    if (rows->repaired.bytes)
        arena_release(&rows->repaired);
    record_clear(record);
    record->id = sqlite3_column_int64(stmt, 0);
    for (size_t i = 0; i < rows->fields.count; i++) {
        enum column column = rows->fields.items[i];
        sqlite3_value *from = sqlite3_column_value(stmt, (int)i + 1);
        struct value value = {.number = NAN};
        if (sqlite3_value_type(from) == SQLITE_NULL)
            continue;
        if (rows->texts[i])
            value.text = value_text(rows, from);
        else
            value.number = sqlite3_value_double(from);
        if (!rows->texts[i] && !isfinite(value.number))
            continue;
        record->mask[column / 64] |= (uint64_t)1 << column % 64;
        record->values[column] = value;
    }
}
