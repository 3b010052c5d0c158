#include "rowset_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "narrow_internal.h"

/* A stretch of the order: all rows whose digit lies in low … high. */
struct stretch {
    uint16_t low, high;
    size_t from; /* place of the first */
    size_t count;
};

/* Digits in the order's direction, the unknown one last. */
static size_t digit_of(const struct rowset_order *order, size_t step)
{
    if (step == DIGITS)
        return DIGIT_UNKNOWN;
    return order->ordering.by[0].descending ? DIGITS - 1 - step : step;
}

static size_t count_of(const struct rowset_order *order, size_t digit)
{
    const struct census *census = &order->first->census;

    return digit == DIGIT_UNKNOWN ? census->shown.counts[0] : census_shown(census, digit);
}

/* The stretch that holds the places from … to-1. Empty digits at its ends are left out. */
static struct stretch stretch_over(const struct rowset_order *order, size_t from, size_t to)
{
    struct stretch stretch = {0};
    size_t first = DIGIT_UNKNOWN, last = DIGIT_UNKNOWN, place = 0;
    bool begun = false;

    for (size_t step = 0; step <= DIGITS && place < to; step++) {
        size_t digit = digit_of(order, step), count = count_of(order, digit);
        if (count && place + count > from) {
            if (!begun) {
                first = digit;
                stretch.from = place;
            }
            begun = true;
            last = digit;
            stretch.count += count;
        }
        place += count;
    }
    stretch.low = (uint16_t)(first < last ? first : last);
    stretch.high = (uint16_t)(first < last ? last : first);
    return stretch;
}

/* The rows of a stretch, ascending. Descending, a stretch from known digits to the unknown one is no
 * range: it is all but those between. */
static struct narrow list(const struct rowset *set, const struct stretch *stretch)
{
    const struct rowset_order *order = set->order;
    struct order_pick pick = {set->bits, order->first->codes, stretch->low, stretch->high};
    struct narrow narrow = {.ordering = &order->ordering,
                            .rows = mem_alloc((stretch->count + 1) * sizeof *narrow.rows)};

    if (order->ordering.by[0].descending && pick.high == DIGIT_UNKNOWN &&
        pick.low != DIGIT_UNKNOWN) {
        pick.low = DIGIT_UNKNOWN; /* and on from 0: the range goes round */
        pick.high = stretch->low;
    }
    narrow.count = order_list(&pick, narrow.rows);
    assert(narrow.count == stretch->count);
    return narrow;
}

static struct order_item *items_of(const struct narrow *narrow)
{
    struct order_item *items = mem_alloc((narrow->count + 1) * sizeof *items);

    order_items(narrow->ordering, narrow->rows, narrow->count, items);
    return items;
}

/* The window about a place, as far as the stretch goes; `items` are its rows. */
static void put_window(const struct rowset *set, const struct stretch *stretch,
                       struct order_item *items, size_t place)
{
    struct rowset_order *order = set->order;
    size_t from = place > ROWSET_WINDOW / 2 ? place - ROWSET_WINDOW / 2 : 0;
    size_t to = from + ROWSET_WINDOW < set->count ? from + ROWSET_WINDOW : set->count;
    size_t end = stretch->from + stretch->count;

    from = from > stretch->from ? from : stretch->from;
    to = to < end ? to : end;
    order_select(&order->ordering, items, stretch->count, from - stretch->from, to - stretch->from);
    for (size_t i = from; i < to; i++)
        order->window[i - from] = items[i - stretch->from].row;
    order->from = from;
    order->count = to - from;
}

/* What lies half a window about the places from … to-1. */
static struct stretch stretch_about(const struct rowset *set, size_t from, size_t to)
{
    size_t first = from > ROWSET_WINDOW / 2 ? from - ROWSET_WINDOW / 2 : 0;
    size_t last = to + ROWSET_WINDOW / 2 < set->count ? to + ROWSET_WINDOW / 2 : set->count;

    return stretch_over(set->order, first, last);
}

static void fill_window(const struct rowset *set, size_t place)
{
    struct stretch stretch = stretch_about(set, place, place + 1);
    struct narrow narrow = list(set, &stretch);
    struct order_item *items;
    size_t from = place > ROWSET_WINDOW / 2 ? place - ROWSET_WINDOW / 2 : 0;
    size_t to = place + ROWSET_WINDOW / 2 < set->count ? place + ROWSET_WINDOW / 2 : set->count;

    narrow_to_places(&narrow, from - stretch.from, to - stretch.from);
    stretch.from += narrow.before;
    stretch.count = narrow.count;
    items = items_of(&narrow);
    put_window(set, &stretch, items, place);
    free(items);
    free(narrow.rows);
}

uint32_t rowset_at(const struct rowset *set, size_t place)
{
    const struct rowset_order *order = set->order;

    assert(place < set->count);
    if (place < order->from || place - order->from >= order->count)
        fill_window(set, place);
    return order->window[place - order->from];
}

const uint32_t *rowset_window(const struct rowset *set, size_t *from, size_t *count)
{
    *from = set->order ? set->order->from : 0;
    *count = set->order ? set->order->count : 0;
    return *count ? set->order->window : NULL;
}

bool rowset_has(const struct rowset *set, uint32_t row)
{
    return set->bits && row < set->bits->count && bits_get(set->bits, row);
}

static size_t find_in_window(const struct rowset *set, uint32_t row)
{
    for (size_t i = 0; i < set->order->count; i++)
        if (set->order->window[i] == row)
            return set->order->from + i;
    return ROWSET_NONE;
}

/* Who asks for a place looks at it next: the window comes with the answer, unless many rows stand
 * about it that have to be narrowed down. */
size_t rowset_find(const struct rowset *set, uint32_t row)
{
    struct order_item *items, mine;
    struct stretch stretch;
    struct narrow narrow;
    size_t place, from = 0;

    if (!rowset_has(set, row))
        return ROWSET_NONE;
    place = find_in_window(set, row);
    if (place != ROWSET_NONE)
        return place;
    size_t digit = set->order->first->codes[row];
    for (size_t step = 0; digit_of(set->order, step) != digit; step++)
        from += count_of(set->order, digit_of(set->order, step));
    stretch = stretch_about(set, from, from + count_of(set->order, digit));
    narrow = list(set, &stretch);
    narrow_to_row(&narrow, row);
    items = items_of(&narrow);
    mine = order_item(&set->order->ordering, row);
    place = stretch.from + narrow.before;
    for (size_t i = 0; i < narrow.count; i++)
        place += order_compare(&set->order->ordering, &items[i], &mine) < 0;
    if (narrow.count == stretch.count)
        put_window(set, &stretch, items, place);
    free(items);
    free(narrow.rows);
    return place;
}

const struct bits *rowset_rows(const struct rowset *set)
{
    return set->bits;
}

/* ---- from row to row ---- */

/* In the window, where hits that are not rare stand anyhow. */
static uint32_t next_in_window(const struct rowset *set, const struct bits *among, uint32_t row,
                               int direction)
{
    const struct rowset_order *order = set->order;
    size_t at = find_in_window(set, row);

    if (at == ROWSET_NONE)
        return CATALOG_NONE;
    at -= order->from;
    while (direction < 0 ? at-- > 0 : ++at < order->count)
        if (order->window[at] < among->count && bits_get(among, order->window[at]))
            return order->window[at];
    return CATALOG_NONE;
}

/* The rows that are in both sets. */
static struct bits common_rows(const struct rowset *set, const struct bits *among)
{
    struct bits both = {0};

    bits_resize(&both, set->bits->count);
    for (size_t i = 0; i < bits_words(both.count) && i < bits_words(among->count); i++)
        both.words[i] = set->bits->words[i] & among->words[i];
    return both;
}

static struct narrow list_all(const struct ordering *ordering, const struct bits *bits)
{
    struct narrow narrow = {.ordering = ordering,
                            .rows = mem_alloc((bits_total(bits) + 1) * sizeof *narrow.rows)};

    narrow.count = bits_list(bits, narrow.rows);
    return narrow;
}

uint32_t rowset_next(const struct rowset *set, const struct bits *among, uint32_t row,
                     int direction)
{
    const struct ordering *ordering = set->order ? &set->order->ordering : NULL;
    struct bits both;
    struct order_item *items, mine, *best = NULL;
    uint32_t found = ordering ? next_in_window(set, among, row, direction) : CATALOG_NONE;
    struct narrow narrow;

    if (found != CATALOG_NONE || !ordering)
        return found;
    both = common_rows(set, among);
    narrow = list_all(ordering, &both);
    items = items_of(&narrow);
    mine = order_item(ordering, row);
    for (size_t i = 0; i < narrow.count; i++) {
        if (order_compare(ordering, &items[i], &mine) * direction > 0 &&
            (!best || order_compare(ordering, &items[i], best) * direction < 0))
            best = &items[i];
    }
    found = best ? best->row : CATALOG_NONE;
    free(items);
    free(narrow.rows);
    bits_release(&both);
    return found;
}

size_t rowset_first(const struct rowset *set, const struct bits *among, uint32_t *rows, size_t most)
{
    struct bits both;
    struct narrow narrow;
    struct order_item *items;

    if (!set->order)
        return 0;
    both = common_rows(set, among);
    narrow = list_all(&set->order->ordering, &both);
    most = most < narrow.count ? most : narrow.count;
    narrow_to_places(&narrow, 0, most);
    items = items_of(&narrow);
    order_select(&set->order->ordering, items, narrow.count, 0, most);
    for (size_t i = 0; i < most; i++)
        rows[i] = items[i].row;
    free(items);
    free(narrow.rows);
    bits_release(&both);
    return most;
}

void rowset_all(const struct rowset *set, uint32_t *rows)
{
    struct narrow narrow;
    struct order_item *items;

    if (!set->count)
        return;
    narrow = list_all(&set->order->ordering, set->bits);
    assert(narrow.count == set->count);
    items = items_of(&narrow);
    order_sort(&set->order->ordering, items, narrow.count);
    for (size_t i = 0; i < narrow.count; i++)
        rows[i] = items[i].row;
    free(items);
    free(narrow.rows);
}

/* ---- held ---- */

void rowset_hold(struct rowset_order *order)
{
    struct rowset_held *held = mem_zero(1, sizeof *held);
    struct ordering *ordering = &order->ordering;

    digits_copy(&held->first, order->first);
    for (size_t i = 0; i < ordering->count; i++) {
        order_key_hold(&held->keys[i], ordering->by[i].key, ordering->sheet,
                       order->first->since.rows);
        ordering->by[i].key = &held->keys[i];
    }
    order->first = &held->first;
    order->held = held;
}

void rowset_let_go(struct rowset_order *order)
{
    if (!order->held)
        return;
    for (size_t i = 0; i < QUERY_ORDERS; i++)
        order_key_release(&order->held->keys[i]);
    digits_release(&order->held->first);
    free(order->held);
    order->held = NULL;
}
