#include "cells_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "store_internal.h"

static const enum cell_kind kind_of_unit[UNIT_COUNT_OF] = {
    [UNIT_TEXT] = CELL_TEXT,     [UNIT_WORD] = CELL_TEXT,    [UNIT_SET] = CELL_TEXT,
    [UNIT_COUNT] = CELL_WHOLE,   [UNIT_AVERAGE] = CELL_REAL, [UNIT_SHARE] = CELL_REAL,
    [UNIT_RATIO] = CELL_REAL,    [UNIT_ROI] = CELL_REAL,     [UNIT_MONEY] = CELL_WHOLE,
    [UNIT_GROWTH] = CELL_REAL,   [UNIT_PROFIT] = CELL_WHOLE, [UNIT_UNIT_COST] = CELL_REAL,
    [UNIT_ESTIMATE] = CELL_REAL, [UNIT_DAYS] = CELL_WHOLE,   [UNIT_TIME] = CELL_WHOLE,
    [UNIT_FLAG] = CELL_WHOLE,    [UNIT_SCORE] = CELL_REAL,
};

void fields_init(struct fields *fields)
{
    fields->count = 0;
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (columns[column].stored)
            fields->items[fields->count++] = column;
}

void fields_imported(struct fields *fields)
{
    fields->count = 0;
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (column_imported(column))
            fields->items[fields->count++] = column;
}

void fields_names(const struct fields *fields, struct buf *out)
{
    for (size_t i = 0; i < fields->count; i++)
        buf_addf(out, "%s\"%s\"", i ? "," : "", columns[fields->items[i]].key);
}

void fields_parameters(const struct fields *fields, struct buf *out, int first)
{
    for (size_t i = 0; i < fields->count; i++)
        buf_addf(out, "%s?%d", i ? "," : "", first + (int)i);
}

void fields_assignments(const struct fields *fields, struct buf *out, int first)
{
    const char *comma = "";

    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        if (column == COL_PLATFORM || column == COL_HANDLE)
            continue;
        buf_addf(out, "%s\"%s\"=?%d", comma, columns[column].key, first + (int)i);
        comma = ",";
    }
}

enum cell_kind cell_kind_of(enum column column)
{
    return kind_of_unit[columns[column].unit];
}

static struct cell cell_text(struct text text)
{
    if (!text_known(text) || text.length == 0)
        return (struct cell){CELL_UNKNOWN};
    return (struct cell){CELL_TEXT, .text = text};
}

struct cell cell_number(enum cell_kind kind, double value)
{
    if (!number_known(value))
        return (struct cell){CELL_UNKNOWN};
    if (kind == CELL_REAL)
        return (struct cell){CELL_REAL, .real = value};
    if (fabs(value) > 0x1p53)
        return (struct cell){CELL_UNKNOWN};
    return (struct cell){CELL_WHOLE, .whole = (int64_t)round(value)};
}

double cell_value(const struct cell *cell)
{
    if (cell->kind == CELL_WHOLE)
        return (double)cell->whole;
    return cell->kind == CELL_REAL ? cell->real : number_unknown();
}

bool cell_equal(const struct cell *a, const struct cell *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case CELL_UNKNOWN:
        break;
    case CELL_WHOLE:
        return a->whole == b->whole;
    case CELL_REAL:
        return a->real == b->real;
    case CELL_TEXT:
        return text_equal(a->text, b->text);
    }
    return true;
}

void row_from_record(struct row *row, const struct fields *fields, const struct record *record)
{
    memset(row, 0, sizeof *row);
    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        const struct value *value = &record->values[column];
        bool present = record->mask[column / 64] >> column % 64 & 1;
        if (!present || (!text_known(value->text) && !number_known(value->number)))
            continue;
        enum cell_kind kind = cell_kind_of(column);
        row->cells[column] =
            kind == CELL_TEXT ? cell_text(value->text) : cell_number(kind, value->number);
    }
}

static struct text value_text(sqlite3_value *value)
{
    const char *at = (const char *)sqlite3_value_text(value);

    return (struct text){at, at ? (size_t)sqlite3_value_bytes(value) : 0};
}

void row_from_statement(struct row *row, const struct fields *fields, sqlite3_stmt *stmt, int first)
{
    memset(row, 0, sizeof *row);
    for (size_t i = 0; i < fields->count; i++) {
        enum column column = fields->items[i];
        int at = first + (int)i;
        /* Of the engine's calls, those on a value are the cheapest. */
        sqlite3_value *value = sqlite3_column_value(stmt, at);
        if (sqlite3_value_type(value) == SQLITE_NULL)
            continue;
        enum cell_kind kind = cell_kind_of(column);
        struct cell *cell = &row->cells[column];
        cell->kind = kind;
        if (kind == CELL_TEXT)
            cell->text = value_text(value);
        else if (kind == CELL_WHOLE)
            cell->whole = sqlite3_value_int64(value);
        else
            cell->real = sqlite3_value_double(value);
    }
}

void row_stored(struct row *row, const struct fields *fields, sqlite3_stmt *stmt)
{
    int carried = 1 + (int)fields->count;

    row_from_statement(row, fields, stmt, 1);
    if (sqlite3_column_type(stmt, carried) == SQLITE_NULL)
        return;
    struct carried_dates dates = row_dates(row);
    carried_read(&row->carried, &dates, store_column_text(stmt, carried));
}

void row_bind(const struct row *row, const struct fields *fields, sqlite3_stmt *stmt, int first,
              uint64_t *bound)
{
    assert(fields->count <= 64);
    for (size_t i = 0; i < fields->count; i++) {
        const struct cell *cell = &row->cells[fields->items[i]];
        uint64_t bit = (uint64_t)1 << i;
        int at = first + (int)i;
        if (cell->kind == CELL_UNKNOWN) {
            if (*bound & bit)
                sqlite3_bind_null(stmt, at);
            *bound &= ~bit;
            continue;
        }
        *bound |= bit;
        if (cell->kind == CELL_TEXT)
            store_bind_text(stmt, at, cell->text);
        else if (cell->kind == CELL_WHOLE)
            sqlite3_bind_int64(stmt, at, cell->whole);
        else
            sqlite3_bind_double(stmt, at, cell->real);
    }
}

struct carried_dates row_dates(const struct row *row)
{
    return (struct carried_dates){{cell_value(&row->cells[COL_AUDIENCE_AT]),
                                   cell_value(&row->cells[COL_ENGAGEMENT_AT]),
                                   cell_value(&row->cells[COL_FEE_AT])}};
}

bool row_equal(const struct row *a, const struct row *b, const struct fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (!cell_equal(&a->cells[fields->items[i]], &b->cells[fields->items[i]]))
            return false;
    return true;
}

/* FNV-1a, eight bytes at a time: rows are compared with themselves in another state, nobody attacks
 * that. */
static uint64_t hash_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

static uint64_t hash_bytes(uint64_t hash, const char *at, size_t length)
{
    uint64_t word = 0;

    hash = hash_word(hash, length);
    for (; length > 8; at += 8, length -= 8) {
        memcpy(&word, at, 8);
        hash = hash_word(hash, word);
    }
    word = 0;
    memcpy(&word, at, length);
    return hash_word(hash, word);
}

uint64_t row_hash(const struct row *row, const struct fields *fields)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < fields->count; i++) {
        const struct cell *cell = &row->cells[fields->items[i]];
        double value = cell_value(cell);
        uint64_t word;
        if (cell->kind == CELL_UNKNOWN)
            continue;
        hash = hash_word(hash, i);
        memcpy(&word, &value, sizeof word);
        hash = cell->kind == CELL_TEXT ? hash_bytes(hash, cell->text.at, cell->text.length)
                                       : hash_word(hash, word);
    }
    return hash;
}
