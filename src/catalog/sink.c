#include "catalog/catalog.h"

#include <math.h>
#include <string.h>

#include "base/bits.h"
#include "base/mem.h"
#include "catalog_internal.h"
#include "column_internal.h"
#include "texts_internal.h"
#include "words_internal.h"

/* How records become rows. Room grows by a quarter, and is written only as far as rows are near: what
 * the system has not been asked for costs nothing, and no row has to wait for a million others. */

#define FIRST_CAPACITY ((size_t)256)
#define CLEARED_AHEAD ((size_t)512)

/* ---- room ---- */

static void resize_rows(struct catalog *catalog, size_t capacity)
{
    catalog->live = mem_resize(catalog->live, capacity, sizeof *catalog->live);
    catalog->platform = mem_resize(catalog->platform, capacity, sizeof *catalog->platform);
    catalog->ticked = mem_resize(catalog->ticked, capacity, sizeof *catalog->ticked);
    if (catalog->ids)
        catalog->ids = mem_resize(catalog->ids, capacity, sizeof *catalog->ids);
    if (catalog->ids_high)
        catalog->ids_high = mem_resize(catalog->ids_high, capacity, sizeof *catalog->ids_high);
    for (int column = 0; column < CATALOG_COLUMNS; column++)
        catalog_column_resize(&catalog->columns[column], capacity);
    catalog->capacity = capacity;
    catalog_refresh_facts(catalog);
}

static void clear_ahead(struct catalog *catalog)
{
    size_t left = catalog->capacity - catalog->cleared;
    size_t to = catalog->cleared + (left < CLEARED_AHEAD ? left : CLEARED_AHEAD);

    for (int column = 0; column < CATALOG_COLUMNS; column++)
        catalog_column_clear(&catalog->columns[column], catalog->cleared, to);
    catalog->cleared = to;
}

static void make_room(struct catalog *catalog)
{
    size_t more = catalog->capacity / 4;

    if (!catalog->by_key)
        catalog->by_key = mem_zero(1, sizeof *catalog->by_key);
    if (catalog->count == catalog->capacity)
        resize_rows(catalog, catalog->capacity + (more > FIRST_CAPACITY ? more : FIRST_CAPACITY));
    if (catalog->count == catalog->cleared)
        clear_ahead(catalog);
}

/* A little room stays, so that a few new creators now and then do not move everything. */
static void give_back(struct catalog *catalog)
{
    size_t wanted = catalog->count + catalog->count / 16;

    wanted = wanted > catalog->cleared ? wanted : catalog->cleared;
    if (catalog->capacity > wanted + wanted / 16)
        resize_rows(catalog, wanted);
}

static uint32_t add_row(struct catalog *catalog, int64_t id, enum platform platform)
{
    uint32_t row = (uint32_t)catalog->count;

    make_room(catalog);
    catalog->count++;
    catalog->facts.count = catalog->count;
    catalog->live[row] = 0;
    catalog->platform[row] = (uint8_t)platform;
    catalog->ticked[row] = 0;
    catalog_set_id(catalog, row, id);
    catalog_index_id(catalog, row);
    return row;
}

/* ---- values ---- */

static bool put_number(struct catalog *catalog, enum column column, uint32_t row,
                       const struct value *value)
{
    return catalog_put_number(catalog, column, row, value->number);
}

static bool put_word(struct catalog *catalog, enum column column, uint32_t row,
                     const struct value *value)
{
    return catalog_put_number(catalog, column, row,
                              catalog_words_code(catalog, column, value->text));
}

static bool put_text(struct catalog *catalog, enum column column, uint32_t row,
                     const struct value *value)
{
    return catalog_texts_put(&catalog->columns[column], row, value->text);
}

/* How a value of each unit is kept. Each tells whether it differs from what was there. */
static bool (*const put_by_unit[UNIT_COUNT_OF])(struct catalog *catalog, enum column column,
                                                uint32_t row, const struct value *value) = {
    [UNIT_TEXT] = put_text,       [UNIT_WORD] = put_word,      [UNIT_SET] = put_word,
    [UNIT_COUNT] = put_number,    [UNIT_AVERAGE] = put_number, [UNIT_SHARE] = put_number,
    [UNIT_RATIO] = put_number,    [UNIT_ROI] = put_number,     [UNIT_MONEY] = put_number,
    [UNIT_GROWTH] = put_number,   [UNIT_PROFIT] = put_number,  [UNIT_UNIT_COST] = put_number,
    [UNIT_ESTIMATE] = put_number, [UNIT_DAYS] = put_number,    [UNIT_TIME] = put_number,
    [UNIT_FLAG] = put_number,     [UNIT_SCORE] = put_number,
};

static bool put_column(struct catalog *catalog, enum column column, uint32_t row,
                       const struct value *value)
{
    bool changed = put_by_unit[columns[column].unit](catalog, column, row, value);

    if (changed)
        catalog_touch(catalog, column);
    return changed;
}

/* The columns of a record, listed once. */
struct present {
    uint32_t columns[COLUMN_COUNT];
    size_t count;
};

static void list_present(const struct record *record, struct present *present)
{
    present->count = 0;
    for (uint32_t i = 0; i < RECORD_MASK_WORDS; i++)
        present->count +=
            bits_list_word(record->mask[i], i * 64, present->columns + present->count);
}

/* Identity has a way of its own. */
static bool is_plain(enum column column)
{
    return columns[column].stored && column != COL_PLATFORM && column != COL_HANDLE;
}

static bool put_columns(struct catalog *catalog, uint32_t row, const struct record *record,
                        const struct present *present)
{
    bool changed = false;

    for (size_t i = 0; i < present->count; i++) {
        enum column column = (enum column)present->columns[i];
        if (is_plain(column))
            changed |= put_column(catalog, column, row, &record->values[column]);
    }
    return changed;
}

static void clear_row(struct catalog *catalog, uint32_t row)
{
    const struct value unknown = {.number = NAN};

    for (int i = 0; i < COLUMN_COUNT; i++)
        if (is_plain((enum column)i))
            put_column(catalog, (enum column)i, row, &unknown);
}

/* ---- identity ---- */

static bool has_capitals(struct text text)
{
    unsigned found = 0;

    for (size_t i = 0; i < text.length; i++)
        found |= (unsigned char)text.at[i] - (unsigned)'A' < 26;
    return found;
}

/* The key that follows from platform and handle, kept where it is not the handle itself. */
static void put_key(struct catalog *catalog, uint32_t row, enum platform platform,
                    struct text handle)
{
    struct buf scratch = BUF_INIT;
    struct text key = {0};

    if (has_capitals(handle))
        key = catalog_make_key(&scratch, platform, handle);
    catalog_texts_put(&catalog->key, row, text_equal(key, handle) ? (struct text){0} : key);
    buf_release(&scratch);
}

static bool put_identity(struct catalog *catalog, uint32_t row, enum platform platform,
                         struct text handle)
{
    bool moved = catalog->platform[row] != platform || !catalog->live[row];
    bool renamed = catalog_texts_put(&catalog->columns[COL_HANDLE], row, handle);

    catalog->platform[row] = (uint8_t)platform;
    if (moved)
        catalog_touch(catalog, COL_PLATFORM);
    if (renamed)
        catalog_touch(catalog, COL_HANDLE);
    if (moved || renamed) {
        put_key(catalog, row, platform, handle);
        catalog_index_key(catalog, row);
    }
    return moved || renamed;
}

static void take_note(struct catalog *catalog, uint32_t row, uint32_t from)
{
    struct buf note = BUF_INIT; /* it lies where the other is to be put */

    buf_add_text(&note, catalog_text(catalog, COL_NOTE, from));
    catalog_note(catalog, row, buf_text(&note));
    buf_release(&note);
}

static void take_marks(struct catalog *catalog, uint32_t row, uint32_t from)
{
    struct planned planned = catalog_plan_get(catalog, from);

    if (catalog->note_count)
        take_note(catalog, row, from);

    catalog->ticked[row] = catalog->ticked[from];
    catalog_set_planned(catalog, row, &planned);
    catalog_touch(catalog, COL_TICKED);
    catalog_touch(catalog, COL_PLAN);
}

/* The store replaces a row by a new one of the same key, then tells that the old one is gone. Nobody
 * is looked for as long as there are no marks to take over. */
static uint32_t add_creator(struct catalog *catalog, int64_t id, enum platform platform,
                            struct text handle)
{
    bool marks = catalog->ticked_count || catalog->planned_count || catalog->own_count ||
                 catalog->note_count;
    uint32_t before = marks ? catalog_find(catalog, platform, handle) : CATALOG_NONE;
    uint32_t row = add_row(catalog, id, platform);

    if (before != CATALOG_NONE)
        take_marks(catalog, row, before);
    return row;
}

/* ---- records ---- */

struct identity {
    enum platform platform;
    struct text handle;
    uint32_t row; /* CATALOG_NONE: a new creator */
};

static enum platform platform_of(struct catalog *catalog, const struct record *record)
{
    double code = catalog_words_code(catalog, COL_PLATFORM, record_text(record, COL_PLATFORM));

    return isnan(code) ? PLATFORM_COUNT : (enum platform)code;
}

/* What is absent from the record of a known row stays as it is. */
static bool identify(struct catalog *catalog, const struct record *record,
                     struct identity *identity, struct err *err)
{
    uint32_t row = record->id ? catalog_find_any_id(catalog, record->id) : CATALOG_NONE;
    enum platform platform = platform_of(catalog, record);
    struct text handle = record_text(record, COL_HANDLE);

    if (row != CATALOG_NONE) {
        platform = platform == PLATFORM_COUNT ? catalog_platform(catalog, row) : platform;
        handle = text_known(handle) ? handle : catalog_text(catalog, COL_HANDLE, row);
    } else if (!text_known(handle) || !handle.length) {
        return err_set(err, "a creator came without a handle");
    }
    platform = platform == PLATFORM_COUNT ? PLATFORM_OTHER : platform;
    if (!record->id)
        row = catalog_find(catalog, platform, handle);
    *identity = (struct identity){platform, handle, row};
    return true;
}

/* Asked before anything is changed. Only texts that are long by themselves can fill a block. */
static bool has_room(const struct catalog *catalog, const struct record *record,
                     const struct present *present, uint32_t row, struct err *err)
{
    if (row == CATALOG_NONE && catalog->count >= CATALOG_NONE - 1)
        return err_set(err, "there are more creators than %u", CATALOG_NONE - 1);
    row = row == CATALOG_NONE ? (uint32_t)catalog->count : row;
    for (size_t i = 0; i < present->count; i++) {
        enum column column = (enum column)present->columns[i];
        if (columns[column].unit == UNIT_TEXT &&
            !catalog_texts_fit(&catalog->columns[column], row, record->values[column].text.length))
            return err_set(err, "'%s' of too many creators is too long: no room beyond 4 GiB",
                           columns[column].key);
    }
    return true;
}

static void revive(struct catalog *catalog, uint32_t row)
{
    catalog->live[row] = 1;
    catalog->live_count++;
    catalog->live_revision = catalog->revision + 1;
    catalog_count_marks(catalog, row, true);
}

static bool sink_put(void *self, const struct record *record, struct err *err)
{
    struct catalog *catalog = self;
    struct identity who = {.row = CATALOG_NONE};
    struct present present;
    bool changed;

    list_present(record, &present);
    if (!identify(catalog, record, &who, err) || !has_room(catalog, record, &present, who.row, err))
        return false;
    uint32_t row = who.row;
    if (row == CATALOG_NONE)
        row = add_creator(catalog, record->id, who.platform, who.handle);
    else if (!catalog->live[row])
        clear_row(catalog, row);
    changed = put_identity(catalog, row, who.platform, who.handle);
    changed |= put_columns(catalog, row, record, &present);
    changed |= catalog_refresh_format_fee(catalog, row);
    if (!catalog->live[row])
        revive(catalog, row);
    if (who.row == CATALOG_NONE)
        catalog->revision++; /* whoever counts rows sees it */
    else if (changed)
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
    (void)ok;
    (void)err;
    give_back(self);
    return true;
}

struct record_sink catalog_sink(struct catalog *catalog)
{
    return (struct record_sink){
        .self = catalog, .begin = sink_begin, .put = sink_put, .drop = sink_drop, .end = sink_end};
}
