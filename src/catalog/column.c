#include "column_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "texts_internal.h"
#include "words_internal.h"

static const size_t cell_sizes[] = {[CELLS_NONE] = 0,
                                    [CELLS_U8] = sizeof(uint8_t),
                                    [CELLS_U16] = sizeof(uint16_t),
                                    [CELLS_U32] = sizeof(uint32_t),
                                    [CELLS_F64] = sizeof(double)};

void catalog_column_release(struct catalog_column *column)
{
    free(column->cells);
    catalog_texts_release(column);
    catalog_words_release(column);
    *column = (struct catalog_column){0};
}

struct cells catalog_column_cells(const struct catalog_column *column)
{
    struct cells cells = {.kind = column->kind};

    if (column->kind != CELLS_NONE)
        cells.u8 = column->cells; /* the members of the union share their address */
    return cells;
}

size_t catalog_column_cell_size(const struct catalog_column *column)
{
    return cell_sizes[column->kind];
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
    if (!(value >= 0 && value < UINT32_MAX) || value != (double)(uint32_t)value)
        return CELLS_F64;
    return value < UINT8_MAX ? CELLS_U8 : value < UINT16_MAX ? CELLS_U16 : CELLS_U32;
}

/* A whole number below `top`, which stands for unknown; false where it is neither. */
static inline bool whole_below(double value, uint32_t top, uint32_t *whole)
{
    *whole = top;
    if (value >= 0 && value < top) {
        *whole = (uint32_t)value;
        return value == (double)*whole;
    }
    return isnan(value);
}

static inline enum column_put put_u8(uint8_t *cell, double value)
{
    uint32_t whole;

    if (!whole_below(value, UINT8_MAX, &whole))
        return COLUMN_NARROW;
    if (*cell == whole)
        return COLUMN_SAME;
    *cell = (uint8_t)whole;
    return COLUMN_CHANGED;
}

static inline enum column_put put_u16(uint16_t *cell, double value)
{
    uint32_t whole;

    if (!whole_below(value, UINT16_MAX, &whole))
        return COLUMN_NARROW;
    if (*cell == whole)
        return COLUMN_SAME;
    *cell = (uint16_t)whole;
    return COLUMN_CHANGED;
}

static inline enum column_put put_u32(uint32_t *cell, double value)
{
    uint32_t whole;

    if (!whole_below(value, UINT32_MAX, &whole))
        return COLUMN_NARROW;
    if (*cell == whole)
        return COLUMN_SAME;
    *cell = whole;
    return COLUMN_CHANGED;
}

static inline enum column_put put_f64(double *cell, double value)
{
    if (*cell == value || (isnan(*cell) && isnan(value)))
        return COLUMN_SAME;
    *cell = value;
    return COLUMN_CHANGED;
}

enum column_put catalog_column_put(struct catalog_column *column, size_t row, double value)
{
    switch (column->kind) {
    case CELLS_U8:
        return put_u8((uint8_t *)column->cells + row, value);
    case CELLS_U16:
        return put_u16((uint16_t *)column->cells + row, value);
    case CELLS_U32:
        return put_u32((uint32_t *)column->cells + row, value);
    case CELLS_F64:
        return put_f64((double *)column->cells + row, value);
    case CELLS_NONE:
        break;
    }
    return isnan(value) ? COLUMN_SAME : COLUMN_NARROW;
}

void catalog_column_clear(struct catalog_column *column, size_t from, size_t to)
{
    if (column->kind == CELLS_F64)
        for (size_t row = from; row < to; row++)
            ((double *)column->cells)[row] = NAN;
    else if (column->kind != CELLS_NONE)
        memset((char *)column->cells + from * cell_sizes[column->kind], 0xff,
               (to - from) * cell_sizes[column->kind]);
}

void catalog_column_resize(struct catalog_column *column, size_t capacity)
{
    if (column->kind != CELLS_NONE)
        column->cells = mem_resize(column->cells, capacity, cell_sizes[column->kind]);
}

void catalog_column_widen(struct catalog_column *column, double value,
                          const struct catalog *catalog)
{
    struct catalog_column wide = {.kind = kind_for(value)};
    struct cells cells = catalog_column_cells(column);

    wide.cells = mem_alloc(catalog->capacity * cell_sizes[wide.kind]);
    catalog_column_clear(&wide, 0, catalog->cleared);
    for (size_t row = 0; column->kind != CELLS_NONE && row < catalog->count; row++)
        catalog_column_put(&wide, row, cells_number(&cells, row));
    free(column->cells);
    column->cells = wide.cells;
    column->kind = wide.kind;
}
