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

bool catalog_column_narrow(const struct catalog_column *column, double value)
{
    return column->kind != CELLS_F64 && kind_for(value) > column->kind;
}

bool catalog_column_write(struct catalog_column *column, size_t row, double value)
{
    double old = catalog_column_number(column, row);
    bool unknown = isnan(value);

    if (old == value || (unknown && isnan(old)))
        return false;
    switch (column->kind) {
    case CELLS_U8:
        ((uint8_t *)column->cells)[row] = unknown ? UINT8_MAX : (uint8_t)value;
        break;
    case CELLS_U16:
        ((uint16_t *)column->cells)[row] = unknown ? UINT16_MAX : (uint16_t)value;
        break;
    case CELLS_U32:
        ((uint32_t *)column->cells)[row] = unknown ? UINT32_MAX : (uint32_t)value;
        break;
    case CELLS_F64:
        ((double *)column->cells)[row] = value;
        break;
    case CELLS_NONE:
        break;
    }
    return true;
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
        catalog_column_write(&wide, row, cells_number(&cells, row));
    free(column->cells);
    column->cells = wide.cells;
    column->kind = wide.kind;
}
