#include "digits_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "base/wide.h"
#include "narrow_internal.h"

#define BLOCK SHEET_BLOCK

void digits_release(struct digits *digits)
{
    order_key_release(&digits->key);
    census_release(&digits->census);
    free(digits->codes);
    free(digits->near.rows);
    bits_release(&digits->known);
    *digits = (struct digits){0};
}

void digits_copy(struct digits *to, const struct digits *from)
{
    size_t rows = from->since.rows;

    *to = (struct digits){.made = true, .since = from->since, .capacity = rows + 1};
    to->codes = mem_alloc(to->capacity * sizeof *to->codes);
    memcpy(to->codes, from->codes, rows * sizeof *to->codes);
    census_copy_counts(&to->census, &from->census);
    to->census.codes = (struct cells){.kind = CELLS_U16, .u16 = to->codes};
}

/* Whether each of the rows, from a whole word on, has a value. */
static void put_known(struct digits *digits, size_t from, size_t count)
{
    for (size_t at = 0; at < count; at += BITS_WORD) {
        uint8_t flags[BITS_WORD] = {0};
        size_t some = count - at < BITS_WORD ? count - at : BITS_WORD;
        for (size_t i = 0; i < some; i++)
            flags[i] = digits->codes[from + at + i] != DIGIT_UNKNOWN;
        digits->known.words[(from + at) / BITS_WORD] = bits_pack(flags);
    }
}

WIDE static void cut_digits(const uint64_t *keys, size_t count, unsigned shift, uint16_t *digits)
{
    for (size_t i = 0; i < count; i++)
        digits[i] = keys[i] == KEY_UNKNOWN ? DIGIT_UNKNOWN : (uint16_t)(keys[i] >> shift);
}

/* Whole words: a few rows before `from` are made again. */
static void make_range(struct digits *digits, struct sheet *sheet, size_t from, size_t to)
{
    uint64_t keys[BLOCK];

    for (from -= from % BITS_WORD; from < to; from += BLOCK) {
        size_t count = to - from < BLOCK ? to - from : BLOCK;
        uint16_t *codes = digits->codes + from;
        unsigned shift = digits->key.shift;
        order_key_block(&digits->key, sheet, (uint32_t)from, count, keys);
        cut_digits(keys, count, shift, codes);
        put_known(digits, from, count);
    }
}

static bool is_near(const struct digits_near *near, uint16_t digit)
{
    return digit >= near->low && digit <= near->high;
}

static void add_near(struct digits_near *near, uint32_t row)
{
    size_t low = 0, high = near->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (near->rows[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < near->count && near->rows[low] == row)
        return; /* it went and came back */
    near->rows = vec_grow(near->rows, &near->capacity, near->count + 1, sizeof *near->rows);
    memmove(near->rows + low + 1, near->rows + low, (near->count - low) * sizeof *near->rows);
    near->rows[low] = row;
    near->count++;
}

static void patch_row(struct digits *digits, struct sheet *sheet, uint32_t row)
{
    uint16_t before = digits->codes[row];
    uint64_t key;

    census_lift(&digits->census, row);
    order_key_block(&digits->key, sheet, row, 1, &key);
    digits->codes[row] = key == KEY_UNKNOWN ? DIGIT_UNKNOWN : (uint16_t)(key >> digits->key.shift);
    bits_put(&digits->known, row, key != KEY_UNKNOWN);
    census_drop(&digits->census, row);
    if (digits->near.rows && is_near(&digits->near, digits->codes[row]) &&
        !is_near(&digits->near, before))
        add_near(&digits->near, row);
}

static void make_room(struct digits *digits, const struct catalog *catalog, size_t rows)
{
    if (digits->capacity < rows) {
        digits->capacity = catalog->capacity;
        digits->codes = mem_resize(digits->codes, digits->capacity, sizeof *digits->codes);
    }
    digits->census.codes = (struct cells){.kind = CELLS_U16, .u16 = digits->codes};
}

void digits_make(struct digits *digits, struct sheet *sheet, enum column column,
                 const struct rank *rank, size_t rows)
{
    const struct catalog *catalog = sheet->catalog;
    uint64_t stamp = sheet_stamp(sheet, column), joined = sheet_joined(sheet, column);
    struct since_rows todo;
    enum since_state state;

    if (rank) /* ranks are made for what there was then */
        stamp = joined = rank->since.stamp + rank->serial;
    if (order_key_make(&digits->key, sheet, column, rank))
        digits->since.made = false;
    state = since_look(&digits->since, catalog, stamp, joined, rows, &todo);
    make_room(digits, catalog, rows);
    bits_resize(&digits->known, rows);
    digits->revision += state != SINCE_CURRENT;
    if (state == SINCE_REMAKE) {
        census_reset(&digits->census, DIGITS);
        make_range(digits, sheet, 0, rows);
    } else if (state == SINCE_PATCH) {
        for (size_t i = 0; i < todo.count; i++)
            if (todo.changed[i].row < todo.from)
                patch_row(digits, sheet, todo.changed[i].row);
        make_range(digits, sheet, todo.from, rows);
    }
    since_note(&digits->since, catalog, stamp, joined, rows);
    digits->made = true;
}

/* ---- places ---- */

size_t digits_known(const struct digits *digits)
{
    return bits_total(&digits->census.shown.rows) - digits->census.shown.counts[0];
}

/* A range of digits of the rows shown. */
struct reach {
    uint16_t low, high;
    size_t before, count; /* rows below it, and in it */
};

static size_t shown_with(const struct digits *digits, size_t digit)
{
    return census_shown(&digits->census, digit);
}

/* The digits in which the values at these places lie. */
static struct reach reach_of(const struct digits *digits, size_t low, size_t high)
{
    struct reach reach = {0};
    size_t digit = 0;

    while (reach.before + shown_with(digits, digit) <= low)
        reach.before += shown_with(digits, digit++);
    reach.low = (uint16_t)digit;
    reach.count = shown_with(digits, digit);
    while (reach.before + reach.count <= high)
        reach.count += shown_with(digits, ++digit);
    assert(digit < DIGITS);
    reach.high = (uint16_t)digit;
    return reach;
}

/* ---- values ---- */

#define NEAR_LEAST ((size_t)2048) /* rows: places move a little */

/* With the digits on both sides, where there are few rows in it. */
static struct reach widened(const struct digits *digits, struct reach reach)
{
    size_t low = reach.low, high = reach.high;

    while (reach.count < NEAR_LEAST && (low > 0 || high + 1 < DIGITS)) {
        reach.count += low > 0 ? shown_with(digits, --low) : 0;
        reach.count += high + 1 < DIGITS ? shown_with(digits, ++high) : 0;
    }
    reach.low = (uint16_t)low;
    reach.high = (uint16_t)high;
    return reach;
}

/* A pass over all rows. */
static void list_near(struct digits *digits, const struct reach *asked)
{
    struct reach reach = widened(digits, *asked);
    struct digits_near *near = &digits->near;
    struct order_pick pick = {&digits->census.shown.rows, digits->codes, reach.low, reach.high};

    near->low = reach.low;
    near->high = reach.high;
    near->capacity = reach.count + 1;
    near->rows = mem_resize(near->rows, near->capacity, sizeof *near->rows);
    near->count = order_list(&pick, near->rows);
}

/* Lists the rows of the reach that are shown; those that are not near any more are forgotten. */
static size_t pick_near(struct digits *digits, const struct reach *reach, uint32_t *out)
{
    const struct bits *shown = &digits->census.shown.rows;
    struct digits_near *near = &digits->near;
    size_t kept = 0, found = 0;

    for (size_t i = 0; i < near->count; i++) {
        uint32_t row = near->rows[i];
        uint16_t digit = row < shown->count ? digits->codes[row] : DIGIT_UNKNOWN;
        if (!is_near(near, digit))
            continue;
        near->rows[kept++] = row;
        if (found < reach->count && digit >= reach->low && digit <= reach->high &&
            bits_get(shown, row))
            out[found++] = row;
    }
    near->count = kept;
    return found;
}

/* The census knows how many there are: with all of them found, none is missing. */
static void list_reach(struct digits *digits, const struct reach *reach, uint32_t *out)
{
    const struct digits_near *near = &digits->near;

    if (near->rows && near->low <= reach->low && reach->high <= near->high &&
        pick_near(digits, reach, out) == reach->count)
        return;
    list_near(digits, reach);
    size_t found = pick_near(digits, reach, out);
    assert(found == reach->count);
    (void)found;
}

struct digits_pair digits_values(struct digits *digits, struct sheet *sheet, size_t low,
                                 size_t high)
{
    struct ordering ordering = {
        .sheet = sheet, .by = {{&digits->key, false}}, .count = 1, .by_row = true};
    struct narrow narrow = {.ordering = &ordering};
    struct order_item *items;
    struct digits_pair pair;
    double room[1];

    assert(!column_is_text(digits->key.column) && low <= high && high < digits_known(digits));
    struct reach reach = reach_of(digits, low, high);
    narrow.rows = mem_alloc((reach.count + 1) * sizeof *narrow.rows);
    narrow.count = reach.count;
    list_reach(digits, &reach, narrow.rows);
    narrow_to_places(&narrow, low - reach.before, high - reach.before + 1);
    items = mem_alloc((narrow.count + 1) * sizeof *items);
    order_items(&ordering, narrow.rows, narrow.count, items);
    low -= reach.before + narrow.before;
    high -= reach.before + narrow.before;
    order_select(&ordering, items, narrow.count, low, high + 1);
    pair.low = *sheet_block(sheet, digits->key.column, items[low].row, 1, room);
    pair.high = *sheet_block(sheet, digits->key.column, items[high].row, 1, room);
    free(narrow.rows);
    free(items);
    return pair;
}
