#include "spread_internal.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/wide.h"

#define BLOCK SHEET_BLOCK

void spread_release(struct spread *spread)
{
    census_release(&spread->census);
    free(spread->codes);
}

#define LANES 8 /* side by side: the least of a row of numbers is no vector, of eight it is */

struct bounds {
    double low, high; /* of what is known and above 0 */
};

WIDE static void look_at(const double *values, const uint8_t *live, size_t count,
                         struct bounds *bounds)
{
    double low[LANES], high[LANES];

    for (size_t k = 0; k < LANES; k++) {
        low[k] = bounds->low;
        high[k] = bounds->high;
    }
    for (size_t i = 0; i < count; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double value = values[i + k];
            bool counts = live[i + k] && value > 0 && value <= DBL_MAX;
            low[k] = counts && value < low[k] ? value : low[k];
            high[k] = counts && value > high[k] ? value : high[k];
        }
    for (size_t k = 0; k < LANES; k++) {
        bounds->low = low[k] < bounds->low ? low[k] : bounds->low;
        bounds->high = high[k] > bounds->high ? high[k] : bounds->high;
    }
}

/* Widens the bounds by the living rows from … to-1. */
static void look(const struct spread *spread, struct sheet *sheet, size_t from, size_t to,
                 struct bounds *bounds)
{
    double room[BLOCK], rest[LANES];
    uint8_t live[LANES];

    for (; from < to; from += BLOCK) {
        size_t count = to - from < BLOCK ? to - from : BLOCK, odd = count % LANES;
        const double *values = sheet_block(sheet, spread->column, (uint32_t)from, count, room);
        look_at(values, sheet->catalog->live + from, count - odd, bounds);
        for (size_t k = 0; k < LANES; k++) {
            rest[k] = k < odd ? values[count - odd + k] : (double)NAN;
            live[k] = k < odd ? sheet->catalog->live[from + count - odd + k] : 0;
        }
        look_at(rest, live, LANES, bounds);
    }
}

static void set_edges(struct spread *spread, const struct bounds *bounds)
{
    spread->low = bounds->low;
    spread->high = bounds->high;
    for (int i = 0; i <= QUERY_BUCKETS; i++)
        spread->edges[i] = bounds->high > 0 ? bounds->low * pow(bounds->high / bounds->low,
                                                                (double)i / QUERY_BUCKETS)
                                            : NAN;
}

/* What is 0 or less stands in the first bucket. */
WIDE static void cut_buckets(const double *values, size_t count, const double *edges,
                             uint8_t *codes)
{
    double buckets[BLOCK];

    for (size_t i = 0; i < count; i++)
        buckets[i] = fabs(values[i]) <= DBL_MAX ? 0 : UINT8_MAX;
    for (int edge = 1; edge < QUERY_BUCKETS; edge++)
        for (size_t i = 0; i < count; i++)
            buckets[i] += values[i] >= edges[edge] && values[i] <= DBL_MAX ? 1 : 0;
    for (size_t i = 0; i < count; i++)
        codes[i] = (uint8_t)(int32_t)buckets[i];
}

static void code_range(struct spread *spread, struct sheet *sheet, size_t from, size_t to)
{
    double room[BLOCK];

    for (; from < to; from += BLOCK) {
        size_t count = to - from < BLOCK ? to - from : BLOCK;
        const double *values = sheet_block(sheet, spread->column, (uint32_t)from, count, room);
        cut_buckets(values, count, spread->edges, spread->codes + from);
    }
}

/* Could a change of these rows have moved the least or the greatest? They stand in the end buckets. */
static bool at_the_ends(const struct spread *spread, const struct since_rows *todo)
{
    for (size_t i = 0; i < todo->count; i++) {
        uint32_t row = todo->changed[i].row;
        if (row < todo->from &&
            (spread->codes[row] == 0 || spread->codes[row] == QUERY_BUCKETS - 1))
            return true;
    }
    return false;
}

/* The bounds as they are now. Where none can have been lost, only what is new is looked at. */
static struct bounds find_bounds(const struct spread *spread, struct sheet *sheet,
                                 enum since_state state, const struct since_rows *todo, size_t rows)
{
    struct bounds bounds = {INFINITY, 0};

    if (state != SINCE_PATCH || at_the_ends(spread, todo)) {
        look(spread, sheet, 0, rows, &bounds);
        return bounds;
    }
    if (spread->high > 0)
        bounds = (struct bounds){spread->low, spread->high};
    for (size_t i = 0; i < todo->count; i++)
        if (todo->changed[i].row < todo->from)
            look(spread, sheet, todo->changed[i].row, todo->changed[i].row + 1, &bounds);
    look(spread, sheet, todo->from, rows, &bounds);
    return bounds;
}

static void patch(struct spread *spread, struct sheet *sheet, const struct since_rows *todo,
                  size_t rows)
{
    for (size_t i = 0; i < todo->count; i++) {
        uint32_t row = todo->changed[i].row;
        if (row >= todo->from)
            continue;
        census_lift(&spread->census, row);
        code_range(spread, sheet, row, row + 1);
        census_drop(&spread->census, row);
    }
    code_range(spread, sheet, todo->from, rows);
}

void spread_make(struct spread *spread, struct sheet *sheet, size_t rows)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t stamp = sheet_stamp(sheet, spread->column);
    uint64_t joined = sheet_joined(sheet, spread->column);
    struct bounds bounds;
    struct since_rows todo;
    enum since_state state = since_look(&spread->since, catalog, stamp, joined, rows, &todo);

    if (state == SINCE_CURRENT)
        return;
    if (spread->capacity < rows) {
        spread->capacity = catalog->capacity;
        spread->codes = mem_resize(spread->codes, spread->capacity, sizeof *spread->codes);
    }
    spread->census.codes = (struct cells){.kind = CELLS_U8, .u8 = spread->codes};
    bounds = find_bounds(spread, sheet, state, &todo, rows);
    if (state == SINCE_PATCH && bounds.low == spread->low && bounds.high == spread->high) {
        patch(spread, sheet, &todo, rows);
    } else {
        set_edges(spread, &bounds);
        census_reset(&spread->census, QUERY_BUCKETS);
        code_range(spread, sheet, 0, rows);
    }
    since_note(&spread->since, catalog, stamp, joined, rows);
}

void spread_list(const struct spread *spread, struct histogram *out)
{
    *out = (struct histogram){.column = spread->column};
    memcpy(out->edges, spread->edges, sizeof out->edges);
    for (size_t i = 0; i < QUERY_BUCKETS && !isnan(spread->edges[0]); i++)
        out->counts[i] = census_shown(&spread->census, i);
}
