#include "digits_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/wide.h"
#include "narrow_internal.h"

#define BLOCK SHEET_BLOCK

void digits_release(struct digits *digits)
{
    order_key_release(&digits->key);
    census_release(&digits->census);
    free(digits->codes);
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

static void patch_row(struct digits *digits, struct sheet *sheet, uint32_t row)
{
    uint64_t key;

    census_lift(&digits->census, row);
    order_key_block(&digits->key, sheet, row, 1, &key);
    digits->codes[row] = key == KEY_UNKNOWN ? DIGIT_UNKNOWN : (uint16_t)(key >> digits->key.shift);
    bits_put(&digits->known, row, key != KEY_UNKNOWN);
    census_drop(&digits->census, row);
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

/* The digit in which the value at this place lies, and through *before how many lie below it. */
static uint16_t digit_at(const struct digits *digits, size_t place, size_t *before)
{
    size_t digit = 0;

    *before = 0;
    while (*before + census_shown(&digits->census, digit) <= place)
        *before += census_shown(&digits->census, digit++);
    assert(digit < DIGITS);
    return (uint16_t)digit;
}

struct digits_pair digits_values(const struct digits *digits, struct sheet *sheet, size_t low,
                                 size_t high)
{
    const struct bits *rows = &digits->census.shown.rows;
    struct ordering ordering = {
        .sheet = sheet, .by = {{&digits->key, false}}, .count = 1, .by_row = true};
    size_t before, skipped;
    struct order_pick pick = {.rows = rows, .digits = digits->codes};
    size_t some = 0;
    struct narrow narrow = {.ordering = &ordering};
    struct order_item *items;
    struct digits_pair pair;
    double room[1];

    assert(!column_is_text(digits->key.column) && low <= high && high < digits_known(digits));
    pick.low = digit_at(digits, low, &before);
    pick.high = digit_at(digits, high, &skipped);
    for (size_t digit = pick.low; digit <= pick.high; digit++)
        some += census_shown(&digits->census, digit);
    narrow.rows = mem_alloc((some + 1) * sizeof *narrow.rows);
    narrow.count = order_list(&pick, narrow.rows);
    narrow_to_places(&narrow, low - before, high - before + 1);
    items = mem_alloc((narrow.count + 1) * sizeof *items);
    order_items(&ordering, narrow.rows, narrow.count, items);
    low -= before + narrow.before;
    high -= before + narrow.before;
    order_select(&ordering, items, narrow.count, low, high + 1);
    pair.low = *sheet_block(sheet, digits->key.column, items[low].row, 1, room);
    pair.high = *sheet_block(sheet, digits->key.column, items[high].row, 1, room);
    free(narrow.rows);
    free(items);
    return pair;
}
