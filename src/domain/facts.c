#include "domain/facts.h"

#include <string.h>

#include "base/wide.h"

/* One plain loop for each kind. The casts as in cells_number(). */

WIDE static void from_u8(const uint8_t *cells, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = cells[i] == UINT8_MAX ? (double)NAN : (double)cells[i];
}

WIDE static void from_u16(const uint16_t *cells, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = cells[i] == UINT16_MAX ? (double)NAN : (double)cells[i];
}

/* Through a signed number, which is what the processor converts. */
WIDE static void from_u32(const uint32_t *cells, size_t count, double *out)
{
    for (size_t i = 0; i < count; i++) {
        double value = (double)(int32_t)(cells[i] ^ 0x80000000u) + 0x1p31;
        out[i] = cells[i] == UINT32_MAX ? (double)NAN : value;
    }
}

void cells_block(const struct cells *cells, size_t from, size_t count, double *out)
{
    switch (cells->kind) {
    case CELLS_U8:
        from_u8(cells->u8 + from, count, out);
        return;
    case CELLS_U16:
        from_u16(cells->u16 + from, count, out);
        return;
    case CELLS_U32:
        from_u32(cells->u32 + from, count, out);
        return;
    case CELLS_F64:
        memcpy(out, cells->f64 + from, count * sizeof *out);
        return;
    case CELLS_NONE:
        break;
    }
    for (size_t i = 0; i < count; i++)
        out[i] = NAN;
}
