#include "catalog/catalog.h"
#include "column_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"

#define TEXT_UNKNOWN UINT32_MAX
#define LONG_TEXT 0xffu                     /* first byte of a length that does not fit one */
#define WASTE_ALLOWED ((size_t)1024 * 1024) /* less than this is not worth tidying up */

static const size_t cell_sizes[] = {[CELLS_NONE] = 0,
                                    [CELLS_U8] = sizeof(uint8_t),
                                    [CELLS_U16] = sizeof(uint16_t),
                                    [CELLS_U32] = sizeof(uint32_t),
                                    [CELLS_F64] = sizeof(double)};

void catalog_column_release(struct catalog_column *column)
{
    free(column->cells);
    free(column->offsets);
    buf_release(&column->pool);
    names_release(&column->words);
    names_release(&column->members);
    free(column->member_from);
    free(column->member_codes);
    *column = (struct catalog_column){0};
}

struct cells catalog_column_cells(const struct catalog_column *column)
{
    struct cells cells = {.kind = column->kind};

    if (column->kind != CELLS_NONE)
        cells.u8 = column->cells; /* the members of the union share their address */
    return cells;
}

double catalog_column_number(const struct catalog_column *column, size_t row)
{
    struct cells cells = catalog_column_cells(column);

    return cells_number(&cells, row);
}

/* The narrowest kind that holds the value exactly. The top value of each stands for unknown. */
static enum cells_kind kind_for(double value)
{
    if (isnan(value))
        return CELLS_NONE;
    if (!(value >= 0 && value < UINT32_MAX && value == floor(value)) || signbit(value))
        return CELLS_F64;
    return value < UINT8_MAX ? CELLS_U8 : value < UINT16_MAX ? CELLS_U16 : CELLS_U32;
}

static void write_cell(enum cells_kind kind, void *cells, size_t row, double value)
{
    bool unknown = isnan(value);

    switch (kind) {
    case CELLS_U8:
        ((uint8_t *)cells)[row] = unknown ? UINT8_MAX : (uint8_t)value;
        break;
    case CELLS_U16:
        ((uint16_t *)cells)[row] = unknown ? UINT16_MAX : (uint16_t)value;
        break;
    case CELLS_U32:
        ((uint32_t *)cells)[row] = unknown ? UINT32_MAX : (uint32_t)value;
        break;
    case CELLS_F64:
        ((double *)cells)[row] = value;
        break;
    case CELLS_NONE:
        break;
    }
}

static void clear_cells(enum cells_kind kind, void *cells, size_t from, size_t to)
{
    if (kind != CELLS_F64) {
        memset((char *)cells + from * cell_sizes[kind], 0xff, (to - from) * cell_sizes[kind]);
        return;
    }
    for (size_t row = from; row < to; row++)
        ((double *)cells)[row] = NAN;
}

static void widen(struct catalog_column *column, enum cells_kind kind, size_t count,
                  size_t capacity)
{
    void *wide = mem_alloc(capacity * cell_sizes[kind]);
    size_t known = column->kind == CELLS_NONE ? 0 : count;

    for (size_t row = 0; row < known; row++)
        write_cell(kind, wide, row, catalog_column_number(column, row));
    clear_cells(kind, wide, known, capacity);
    free(column->cells);
    column->cells = wide;
    column->kind = kind;
}

void catalog_column_grow(struct catalog_column *column, size_t count, size_t capacity)
{
    if (column->kind != CELLS_NONE) {
        column->cells = mem_resize(column->cells, capacity, cell_sizes[column->kind]);
        clear_cells(column->kind, column->cells, count, capacity);
    }
    if (column->offsets) {
        column->offsets = mem_resize(column->offsets, capacity, sizeof *column->offsets);
        memset(column->offsets + count, 0xff, (capacity - count) * sizeof *column->offsets);
    }
}

bool catalog_column_put_number(struct catalog_column *column, size_t row, double value,
                               size_t count, size_t capacity)
{
    double old = catalog_column_number(column, row);

    if (old == value || (isnan(old) && isnan(value)))
        return false;
    if (kind_for(value) > column->kind)
        widen(column, kind_for(value), count, capacity);
    write_cell(column->kind, column->cells, row, value);
    return true;
}

/* The text at `offset`, and through *end where the next one starts. */
static struct text pool_text(const struct buf *pool, uint32_t offset, size_t *end)
{
    const char *at = pool->at + offset;
    size_t length = (unsigned char)*at++;

    if (length == LONG_TEXT) {
        uint32_t wide;
        memcpy(&wide, at, sizeof wide);
        at += sizeof wide;
        length = wide;
    }
    *end = (size_t)(at - pool->at) + length;
    return (struct text){at, length};
}

static uint32_t pool_add(struct buf *pool, struct text text)
{
    size_t offset = pool->length;
    uint32_t wide = (uint32_t)text.length;

    assert(text.length < TEXT_UNKNOWN && offset + text.length < TEXT_UNKNOWN);
    buf_add_char(pool, (char)(text.length < LONG_TEXT ? text.length : LONG_TEXT));
    if (text.length >= LONG_TEXT)
        buf_add(pool, &wide, sizeof wide);
    buf_add_text(pool, text);
    return (uint32_t)offset;
}

struct text catalog_column_text(const struct catalog_column *column, size_t row)
{
    size_t end;

    if (!column->offsets || column->offsets[row] == TEXT_UNKNOWN)
        return (struct text){0};
    return pool_text(&column->pool, column->offsets[row], &end);
}

static void tidy(struct catalog_column *column, size_t count)
{
    struct buf pool = BUF_INIT;

    if (column->waste < WASTE_ALLOWED || column->waste < column->pool.length / 2)
        return;
    for (size_t row = 0; row < count; row++)
        if (column->offsets[row] != TEXT_UNKNOWN)
            column->offsets[row] = pool_add(&pool, catalog_column_text(column, row));
    buf_release(&column->pool);
    column->pool = pool;
    column->waste = 0;
}

bool catalog_column_put_text(struct catalog_column *column, size_t row, struct text text,
                             size_t count, size_t capacity)
{
    struct text old = catalog_column_text(column, row);

    if (text_equal(old, text))
        return false;
    if (!column->offsets) {
        column->offsets = mem_alloc(capacity * sizeof *column->offsets);
        memset(column->offsets, 0xff, capacity * sizeof *column->offsets);
    }
    if (text_known(old)) {
        size_t end;
        pool_text(&column->pool, column->offsets[row], &end);
        column->waste += end - column->offsets[row];
    }
    column->offsets[row] = text_known(text) ? pool_add(&column->pool, text) : TEXT_UNKNOWN;
    tidy(column, count);
    return true;
}

/* The first time a set is seen, its members are looked up once for all rows that will have it. */
static void add_members(struct catalog_column *column, struct text set)
{
    struct text word;
    size_t codes = column->words.count;

    column->member_from = vec_grow(column->member_from, &column->member_from_capacity, codes + 1,
                                   sizeof *column->member_from);
    column->member_from[codes - 1] = (uint32_t)column->member_code_count;
    while (text_next(&set, '|', &word)) {
        if (!word.length)
            continue;
        column->member_codes =
            vec_grow(column->member_codes, &column->member_code_capacity,
                     column->member_code_count + 1, sizeof *column->member_codes);
        column->member_codes[column->member_code_count++] = names_add(&column->members, word);
    }
    column->member_from[codes] = (uint32_t)column->member_code_count;
}

bool catalog_column_put_word(struct catalog_column *column, size_t row, struct text text, bool set,
                             size_t count, size_t capacity)
{
    double code = NAN;

    if (text_known(text)) {
        size_t before = column->words.count;
        code = names_add(&column->words, text);
        if (set && column->words.count > before)
            add_members(column, text);
    }
    return catalog_column_put_number(column, row, code, count, capacity);
}
