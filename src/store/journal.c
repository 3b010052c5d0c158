#include "journal_internal.h"

#include <assert.h>
#include <string.h>

#include "base/number.h"
#include "merge_internal.h"

void journal_units_init(struct journal_units *units)
{
    memset(units, 0, sizeof *units);
    fields_imported(&units->all);
    units->count = MERGE_GROUPS;
    for (size_t g = 0; g < MERGE_GROUPS; g++) {
        merge_group_fields(g, &units->items[g]);
        for (size_t i = 0; i < units->items[g].count; i++)
            units->unit_of[units->items[g].items[i]] = (uint8_t)g;
    }
    struct fields alone = merge_alone(&units->all);
    for (size_t i = 0; i < alone.count; i++) {
        units->items[units->count] = (struct fields){.items = {alone.items[i]}, .count = 1};
        units->unit_of[alone.items[i]] = (uint8_t)units->count++;
    }
    for (size_t i = 0; i < SNAPSHOT_FIELDS; i++)
        units->past.items[units->past.count++] = snapshot_fields[i].column;
    for (size_t i = 0; i < SNAPSHOT_WORDS; i++)
        units->past.items[units->past.count++] = snapshot_words[i];
}

bool journal_unit_dated(size_t unit)
{
    return unit < MERGE_GROUPS;
}

uint32_t journal_hash(const struct row *row, const struct fields *fields)
{
    uint64_t hash = row_hash(row, fields);

    for (size_t i = 0; row->carried.which && i < fields->count; i++)
        if (carried_has(&row->carried, fields->items[i])) {
            double seen = row->carried.at[carried_place(fields->items[i])];
            uint64_t bits = 0;
            if (number_known(seen))
                memcpy(&bits, &seen, sizeof bits);
            hash = (hash ^ bits ^ i) * UINT64_C(0x9e3779b97f4a7c15);
        }
    return (uint32_t)(hash >> 32);
}

bool journal_is_past(const struct journal_entry *entry)
{
    return (entry->kind & ~(unsigned)JOURNAL_MADE) != JOURNAL_ROW;
}

static bool seen_alike(const struct row *a, const struct row *b, enum column column)
{
    if (!(a->carried.which | b->carried.which))
        return true;
    bool has = carried_has(&a->carried, column);
    if (has != carried_has(&b->carried, column))
        return false;
    double one = has ? a->carried.at[carried_place(column)] : 0;
    double other = has ? b->carried.at[carried_place(column)] : 0;
    return one == other || (!number_known(one) && !number_known(other));
}

bool journal_compare(struct journal_entry *entry, const struct row *before, const struct row *after,
                     const struct fields *fields)
{
    entry->count = 0;
    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        if (cell_equal(&before->cells[column], &after->cells[column]) &&
            seen_alike(before, after, column))
            continue;
        bool carried = carried_has(&before->carried, column);
        entry->cells[entry->count++] =
            (struct journal_cell){column, before->cells[column], carried,
                                  carried ? before->carried.at[carried_place(column)] : 0};
    }
    if (entry->count == 0)
        return false;
    entry->old_hash = journal_hash(before, fields);
    entry->new_hash = journal_hash(after, fields);
    return true;
}

void journal_put_back(struct row *row, const struct journal_entry *entry)
{
    for (size_t i = 0; i < entry->count; i++) {
        const struct journal_cell *cell = &entry->cells[i];
        row->cells[cell->column] = cell->cell;
        if (cell->carried)
            carried_set(&row->carried, cell->column, cell->seen);
        else
            carried_clear(&row->carried, cell->column);
    }
}

/* ---- bytes ---- */

#define CARRIED 0x10 /* with the kind of a cell */

static void put(struct buf *out, const void *value, size_t size)
{
    buf_add_text(out, (struct text){value, size});
}

static void put_byte(struct buf *out, size_t value)
{
    assert(value < 256);
    buf_add_char(out, (char)(unsigned char)value);
}

static void put_cell(struct buf *out, const struct journal_cell *from)
{
    const struct cell *cell = &from->cell;

    put_byte(out, cell->kind | (from->carried ? CARRIED : 0));
    if (from->carried)
        put(out, &from->seen, sizeof from->seen);
    if (cell->kind == CELL_WHOLE)
        put(out, &cell->whole, sizeof cell->whole);
    if (cell->kind == CELL_REAL)
        put(out, &cell->real, sizeof cell->real);
    if (cell->kind != CELL_TEXT)
        return;
    uint32_t length = (uint32_t)cell->text.length;
    put(out, &length, sizeof length);
    buf_add_text(out, cell->text);
}

static size_t place_of(const struct journal_names *names, enum column column)
{
    size_t place = 0;

    while (names->items[place] != column) {
        place++;
        assert(place < names->count);
    }
    return place;
}

void journal_write(struct buf *out, const struct journal_names *names,
                   const struct journal_entry *entry)
{
    put_byte(out, entry->kind);
    if (journal_is_past(entry))
        put(out, &entry->at, sizeof entry->at);
    put(out, &entry->new_hash, sizeof entry->new_hash);
    if (entry->kind & JOURNAL_MADE)
        return;
    put(out, &entry->old_hash, sizeof entry->old_hash);
    put_byte(out, entry->count);
    for (size_t i = 0; i < entry->count; i++) {
        put_byte(out, place_of(names, entry->cells[i].column));
        put_cell(out, &entry->cells[i]);
    }
}

static bool get(struct text *bytes, void *value, size_t size)
{
    if (bytes->length < size)
        return false;
    memcpy(value, bytes->at, size);
    *bytes = text_part(*bytes, size, bytes->length);
    return true;
}

static bool get_cell(struct text *bytes, struct journal_cell *into)
{
    struct cell *cell = &into->cell;
    unsigned char kind;
    uint32_t length;

    if (!get(bytes, &kind, 1))
        return false;
    into->carried = kind & CARRIED;
    into->seen = 0;
    kind &= CARRIED - 1;
    if (kind > CELL_TEXT || (into->carried && !get(bytes, &into->seen, sizeof into->seen)))
        return false;
    *cell = (struct cell){.kind = (enum cell_kind)kind};
    if (kind == CELL_WHOLE)
        return get(bytes, &cell->whole, sizeof cell->whole);
    if (kind == CELL_REAL)
        return get(bytes, &cell->real, sizeof cell->real);
    if (kind != CELL_TEXT)
        return true;
    if (!get(bytes, &length, sizeof length) || bytes->length < length)
        return false;
    cell->text = (struct text){bytes->at, length};
    *bytes = text_part(*bytes, length, bytes->length);
    return true;
}

static bool get_cells(struct text *bytes, const struct journal_units *units,
                      const struct journal_names *names, struct journal_entry *entry)
{
    unsigned char count, place;

    if (!get(bytes, &count, 1) || count > COLUMN_COUNT)
        return false;
    for (unsigned char i = 0; i < count; i++) {
        struct journal_cell cell;
        if (!get(bytes, &place, 1) || !get_cell(bytes, &cell) || place >= names->count)
            return false;
        cell.column = names->items[place];
        if (cell.column == COLUMN_COUNT)
            continue;
        entry->unit = units->unit_of[cell.column];
        entry->cells[entry->count++] = cell;
    }
    return true;
}

bool journal_read(struct text *bytes, const struct journal_units *units,
                  const struct journal_names *names, struct journal_entry *entry)
{
    unsigned char kind;

    if (!get(bytes, &kind, 1))
        return false;
    entry->kind = kind;
    entry->count = 0;
    entry->at = 0;
    entry->unit = SIZE_MAX;
    entry->old_hash = 0;
    if (journal_is_past(entry) && !get(bytes, &entry->at, sizeof entry->at))
        return false;
    if (!get(bytes, &entry->new_hash, sizeof entry->new_hash))
        return false;
    return kind & JOURNAL_MADE || (get(bytes, &entry->old_hash, sizeof entry->old_hash) &&
                                   get_cells(bytes, units, names, entry));
}

void journal_names_write(struct buf *out, const struct journal_units *units)
{
    for (size_t i = 0; i < units->all.count; i++)
        buf_addf(out, "%s%s", i ? " " : "", columns[units->all.items[i]].key);
}

void journal_names_read(struct journal_names *names, struct text list)
{
    struct text word;

    names->count = 0;
    while (names->count < 256 && text_next(&list, ' ', &word)) {
        enum column column;
        bool known = column_from_key(word, &column) && column_imported(column);
        names->items[names->count++] = known ? column : COLUMN_COUNT;
    }
}
