#include "spread_internal.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "base/wide.h"

#define BLOCK SHEET_BLOCK

void spread_release(struct spread *spread)
{
    census_release(&spread->census);
    bits_release(&spread->rows);
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

/* ---- edges ---- */

/* Ratios are looked at around 1, whatever the few at the ends may have. */
static const double ratio_edges[] = {0, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 5, 10, INFINITY};

/* Round figures: so many in so many powers of ten. */
struct ladder {
    size_t count;
    double steps[6];
    int powers;
};
static const struct ladder ladders[] = {
    {6, {1, 1.5, 2, 3, 5, 7}, 1}, /* the finest whose steps are few enough is taken */
    {3, {1, 2, 5}, 1},
    {2, {1, 3}, 1},
    {1, {1}, 1},
    {1, {1}, 2},
    {1, {1}, 4},
    {1, {1}, 8},
    {1, {1}, 16},
    {1, {1}, 32},
    {1, {1}, 64}};

/* Divided rather than multiplied below 1, which gives the very number that is read from "0.7". */
static double rung(const struct ladder *ladder, int place)
{
    int count = (int)ladder->count, step = ((place % count) + count) % count;
    int power = (place - step) / count * ladder->powers;

    return power < 0 ? ladder->steps[step] / pow(10, -power) : ladder->steps[step] * pow(10, power);
}

/* How many buckets from *first on hold both bounds; the search ends where there are too many. */
static size_t rungs_around(const struct ladder *ladder, const struct bounds *bounds, int *first)
{
    size_t count = 1;

    *first = (int)floor(log10(bounds->low) / ladder->powers) * (int)ladder->count;
    while (rung(ladder, *first) > bounds->low)
        --*first;
    while (rung(ladder, *first + 1) <= bounds->low)
        ++*first;
    while (count <= QUERY_BUCKETS && rung(ladder, *first + (int)count) <= bounds->high)
        count++;
    return count;
}

static void climb(struct spread *spread, const struct bounds *bounds)
{
    const struct ladder *ladder = ladders;
    int first;
    size_t count = rungs_around(ladder, bounds, &first);

    while (count > QUERY_BUCKETS && ladder + 1 < ladders + COUNT_OF(ladders))
        count = rungs_around(++ladder, bounds, &first);
    spread->buckets = count < QUERY_BUCKETS ? count : QUERY_BUCKETS;
    for (size_t i = 0; i <= spread->buckets; i++)
        spread->edges[i] = rung(ladder, first + (int)i);
}

static bool is_fixed(const struct spread *spread)
{
    return columns[spread->column].unit == UNIT_RATIO;
}

/* Are there other edges now? */
static bool set_edges(struct spread *spread, const struct bounds *bounds)
{
    double before[QUERY_BUCKETS + 1];
    size_t buckets = spread->buckets;

    memcpy(before, spread->edges, sizeof before);
    spread->low = bounds->low;
    spread->high = bounds->high;
    spread->buckets = 0;
    for (size_t i = 0; i <= QUERY_BUCKETS; i++)
        spread->edges[i] = NAN;
    if (is_fixed(spread)) {
        spread->buckets = COUNT_OF(ratio_edges) - 1;
        memcpy(spread->edges, ratio_edges, sizeof ratio_edges);
    } else if (bounds->high > 0) {
        climb(spread, bounds);
    }
    return buckets != spread->buckets ||
           memcmp(before, spread->edges, (buckets + 1) * sizeof *before) != 0;
}

/* ---- buckets ---- */

WIDE static void cut_buckets(const double *values, size_t count, const double *edges,
                             size_t bucket_count, uint8_t *codes)
{
    double buckets[BLOCK];

    for (size_t i = 0; i < count; i++)
        buckets[i] = fabs(values[i]) <= DBL_MAX ? 0 : UINT8_MAX;
    for (size_t edge = 1; edge < bucket_count; edge++)
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
        cut_buckets(values, count, spread->edges, spread->buckets, spread->codes + from);
    }
}

/* Could a change of these rows have moved the least or the greatest? They stand in the end buckets. */
static bool at_the_ends(const struct spread *spread, const struct since_rows *todo)
{
    for (size_t i = 0; i < todo->count; i++) {
        uint32_t row = todo->changed[i].row;
        if (row < todo->from &&
            (spread->codes[row] == 0 || (size_t)spread->codes[row] + 1 == spread->buckets))
            return true;
    }
    return false;
}

/* The bounds as they are now. Where none can have been lost, only what is new is looked at. */
static struct bounds find_bounds(const struct spread *spread, struct sheet *sheet,
                                 enum since_state state, const struct since_rows *todo, size_t rows)
{
    struct bounds bounds = {INFINITY, 0};

    if (is_fixed(spread))
        return bounds;
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
    if (!set_edges(spread, &bounds) && state == SINCE_PATCH) {
        patch(spread, sheet, &todo, rows);
    } else {
        census_reset(&spread->census, QUERY_BUCKETS);
        code_range(spread, sheet, 0, rows);
    }
    since_note(&spread->since, catalog, stamp, joined, rows);
}

void spread_list(const struct spread *spread, struct histogram *out)
{
    *out = (struct histogram){.column = spread->column, .buckets = spread->buckets};
    memcpy(out->edges, spread->edges, sizeof out->edges);
    for (size_t i = 0; i < spread->buckets; i++)
        out->counts[i] = census_shown(&spread->census, i);
}
