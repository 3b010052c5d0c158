#include "catalog/catalog.h"

#include <assert.h>
#include <math.h>

#include "base/mem.h"
#include "catalog_internal.h"
#include "column_internal.h"
#include "index_internal.h"

/* How records become rows. */

#define FIRST_CAPACITY ((size_t)256)

static void grow_rows(struct catalog *catalog)
{
    size_t capacity = catalog->capacity ? catalog->capacity * 2 : FIRST_CAPACITY;

    assert(capacity < CATALOG_NONE);
    catalog->live = mem_resize(catalog->live, capacity, sizeof *catalog->live);
    catalog->platform = mem_resize(catalog->platform, capacity, sizeof *catalog->platform);
    catalog->ticked = mem_resize(catalog->ticked, capacity, sizeof *catalog->ticked);
    catalog->ids = mem_resize(catalog->ids, capacity, sizeof *catalog->ids);
    for (int column = 0; column < COLUMN_COUNT; column++)
        catalog_column_grow(&catalog->columns[column], catalog->count, capacity);
    catalog_column_grow(&catalog->key, catalog->count, capacity);
    catalog->capacity = capacity;
}

static void index_id(struct catalog *catalog, uint32_t row)
{
    if (catalog_index_full(&catalog->by_id)) {
        catalog_index_reset(&catalog->by_id, catalog->count * 2);
        for (uint32_t i = 0; i < catalog->count; i++)
            if (i != row && catalog->ids[i])
                catalog_index_add(&catalog->by_id, catalog_hash_id(catalog->ids[i]), i);
    }
    catalog_index_add(&catalog->by_id, catalog_hash_id(catalog->ids[row]), row);
}

static void index_key(struct catalog *catalog, uint32_t row)
{
    if (catalog_index_full(&catalog->by_key)) {
        catalog_index_reset(&catalog->by_key, catalog->count * 2);
        for (uint32_t i = 0; i < catalog->count; i++)
            if (i != row && catalog->live[i])
                catalog_index_add(&catalog->by_key,
                                  catalog_hash_key(catalog->platform[i], catalog_key(catalog, i)),
                                  i);
    }
    catalog_index_add(&catalog->by_key,
                      catalog_hash_key(catalog->platform[row], catalog_key(catalog, row)), row);
}

static uint32_t add_row(struct catalog *catalog, int64_t id, enum platform platform)
{
    uint32_t row = (uint32_t)catalog->count;

    if (catalog->count == catalog->capacity)
        grow_rows(catalog);
    catalog->count++;
    catalog->live[row] = 0;
    catalog->platform[row] = (uint8_t)platform;
    catalog->ticked[row] = 0;
    catalog->ids[row] = id;
    if (id)
        index_id(catalog, row);
    return row;
}

static bool put_column(struct catalog *catalog, uint32_t row, enum column column,
                       const struct value *value)
{
    struct catalog_column *at = &catalog->columns[column];
    const struct vocabulary *vocabulary = vocabulary_of(column);
    size_t count = catalog->count, capacity = catalog->capacity;

    if (vocabulary)
        return catalog_column_put_number(
            at, row, text_known(value->text) ? vocabulary->code(value->text) : NAN, count,
            capacity);
    if (columns[column].unit == UNIT_TEXT)
        return catalog_column_put_text(at, row, value->text, count, capacity);
    if (column_is_text(column))
        return catalog_column_put_word(at, row, value->text, columns[column].unit == UNIT_SET,
                                       count, capacity);
    return catalog_column_put_number(at, row, value->number, count, capacity);
}

static bool put_columns(struct catalog *catalog, uint32_t row, const struct record *record)
{
    bool changed = false;

    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        if (!columns[column].stored || column == COL_PLATFORM || column == COL_HANDLE ||
            !record_has(record, column))
            continue;
        if (put_column(catalog, row, column, &record->values[column])) {
            catalog_touch(catalog, column);
            changed = true;
        }
    }
    return changed;
}

/* Platform, handle and the key that follows from both. */
static bool put_identity(struct catalog *catalog, uint32_t row, enum platform platform,
                         struct text handle)
{
    struct catalog_column *column = &catalog->columns[COL_HANDLE];
    struct buf scratch = BUF_INIT;
    struct text key = catalog_make_key(&scratch, platform, handle);
    bool same_key = catalog->live[row] && catalog->platform[row] == platform &&
                    text_equal(catalog_key(catalog, row), key);
    bool changed = false;

    if (catalog->platform[row] != platform || !catalog->live[row]) {
        catalog->platform[row] = (uint8_t)platform;
        catalog_touch(catalog, COL_PLATFORM);
        changed = true;
    }
    if (catalog_column_put_text(column, row, handle, catalog->count, catalog->capacity)) {
        catalog_touch(catalog, COL_HANDLE);
        changed = true;
    }
    catalog_column_put_text(&catalog->key, row, text_equal(key, handle) ? (struct text){0} : key,
                            catalog->count, catalog->capacity);
    if (!same_key)
        index_key(catalog, row);
    buf_release(&scratch);
    return changed;
}

static void clear_row(struct catalog *catalog, uint32_t row)
{
    const struct value unknown = {.number = NAN};

    for (int i = 0; i < COLUMN_COUNT; i++) {
        enum column column = (enum column)i;
        if (columns[column].stored && column != COL_PLATFORM && column != COL_HANDLE &&
            put_column(catalog, row, column, &unknown))
            catalog_touch(catalog, column);
    }
}

static void take_marks(struct catalog *catalog, uint32_t row, uint32_t from)
{
    unsigned planned = catalog_planned(catalog, from);

    catalog->ticked[row] = catalog->ticked[from];
    if (planned)
        catalog_column_put_number(&catalog->columns[COL_PLAN], row, planned, catalog->count,
                                  catalog->capacity);
    catalog_touch(catalog, COL_TICKED);
    catalog_touch(catalog, COL_PLAN);
}

/* The row of a record, made if need be. Its identity may be absent where the row is known. */
static bool find_row(struct catalog *catalog, const struct record *record, enum platform *platform,
                     struct text *handle, uint32_t *row, struct err *err)
{
    uint32_t known = record->id ? catalog_find_any_id(catalog, record->id) : CATALOG_NONE;

    *platform = record_platform(record);
    *handle = record_text(record, COL_HANDLE);
    if (known != CATALOG_NONE) {
        *platform = *platform == PLATFORM_COUNT ? catalog_platform(catalog, known) : *platform;
        *handle = text_known(*handle) ? *handle : catalog_text(catalog, COL_HANDLE, known);
        *row = known;
        return true;
    }
    if (!text_known(*handle) || !handle->length)
        return err_set(err, "a creator came without a handle");
    if (*platform == PLATFORM_COUNT)
        *platform = PLATFORM_OTHER;
    *row = record->id ? CATALOG_NONE : catalog_find(catalog, *platform, *handle);
    return true;
}

static bool sink_put(void *self, const struct record *record, struct err *err)
{
    struct catalog *catalog = self;
    enum platform platform;
    struct text handle;
    uint32_t row = CATALOG_NONE;
    bool changed = false;

    if (!find_row(catalog, record, &platform, &handle, &row, err))
        return false;
    if (row == CATALOG_NONE) {
        uint32_t before = catalog_find(catalog, platform, handle);
        row = add_row(catalog, record->id, platform);
        if (before != CATALOG_NONE)
            take_marks(catalog, row, before);
    } else if (!catalog->live[row]) {
        clear_row(catalog, row);
    }
    changed |= put_identity(catalog, row, platform, handle);
    changed |= put_columns(catalog, row, record);
    if (!catalog->live[row]) {
        catalog->live[row] = 1;
        catalog->live_count++;
        catalog->live_revision = catalog->revision + 1;
        catalog_count_marks(catalog, row, true);
        changed = true;
    }
    if (changed)
        catalog_finish_change(catalog, row);
    return true;
}

static bool sink_drop(void *self, int64_t id, struct err *err)
{
    struct catalog *catalog = self;
    uint32_t row = catalog_find_id(catalog, id);

    (void)err;
    if (row == CATALOG_NONE)
        return true;
    catalog_count_marks(catalog, row, false);
    catalog->live[row] = 0;
    catalog->live_count--;
    catalog->live_revision = catalog->revision + 1;
    catalog_finish_change(catalog, row);
    return true;
}

static bool sink_begin(void *self, struct err *err)
{
    (void)self;
    (void)err;
    return true;
}

static bool sink_end(void *self, bool ok, struct err *err)
{
    (void)self;
    (void)ok;
    (void)err;
    return true;
}

struct record_sink catalog_sink(struct catalog *catalog)
{
    return (struct record_sink){
        .self = catalog, .begin = sink_begin, .put = sink_put, .drop = sink_drop, .end = sink_end};
}
