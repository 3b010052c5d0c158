#include "order_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/wide.h"

#define BLOCK SHEET_BLOCK /* rows whose keys are made together; a multiple of a word of bits */
#define RUN_LENGTH ((size_t)12) /* runs this short are sorted by insertion */

/* ---- keys ---- */

struct word_rank {
    struct text word;
    struct buf folded;
    uint32_t code;
};

static int order_words(const void *a, const void *b)
{
    const struct word_rank *first = a, *second = b;
    int order = text_order(buf_text(&first->folded), buf_text(&second->folded));

    return order ? order : text_order(first->word, second->word);
}

/* Words rank by their folded form; tiers, whose codes ascend with followers, by band. */
static uint64_t *rank_words(struct sheet *sheet, enum column column, size_t count)
{
    uint64_t *ranks = mem_zero(count + 1, sizeof *ranks);
    struct word_rank *words = mem_zero(count + 1, sizeof *words);

    for (uint32_t i = 0; i < count; i++) {
        words[i] = (struct word_rank){.word = sheet_word(sheet, column, i), .code = i};
        utf8_fold(&words[i].folded, words[i].word);
    }
    if (column != COL_TIER)
        qsort(words, count, sizeof *words, order_words);
    for (size_t i = 0; i < count; i++) {
        bool same = i && text_equal(words[i].word, words[i - 1].word);
        ranks[words[i].code] = same ? ranks[words[i - 1].code] : i + 1;
    }
    for (size_t i = 0; i < count; i++)
        buf_release(&words[i].folded);
    free(words);
    return ranks;
}

/* So that the greatest of so many ranks, which count from 1, is a digit. */
static unsigned shift_for(size_t count)
{
    unsigned shift = 0;

    while (count >> shift >= DIGITS)
        shift++;
    return shift;
}

static bool make_words(struct order_key *key, struct sheet *sheet)
{
    uint64_t joined = sheet_joined(sheet, key->column);
    size_t count = sheet_word_count(sheet, key->column);

    if (key->ranks && key->rank_count == count && key->ranks_joined == joined)
        return false;
    free(key->ranks);
    key->ranks = rank_words(sheet, key->column, count);
    key->rank_count = count;
    key->ranks_joined = joined;
    key->shift = shift_for(count);
    return true;
}

bool order_key_make(struct order_key *key, struct sheet *sheet, enum column column,
                    const struct rank *rank)
{
    if (key->ranks && key->column != column)
        order_key_release(key);
    key->column = column;
    key->rank = rank;
    if (rank) {
        unsigned shift = shift_for(rank->count);
        bool other = key->shift != shift;
        key->shift = shift;
        return other;
    }
    if (column_is_text(column))
        return make_words(key, sheet);
    key->shift = 48;
    return false;
}

void order_key_hold(struct order_key *held, const struct order_key *key, struct sheet *sheet,
                    size_t count)
{
    *held = (struct order_key){.column = key->column,
                               .shift = key->shift,
                               .held = mem_alloc((count + 1) * sizeof *held->held),
                               .held_count = count};
    for (size_t from = 0; from < count; from += BLOCK) {
        size_t some = count - from < BLOCK ? count - from : BLOCK;
        order_key_block(key, sheet, (uint32_t)from, some, held->held + from);
    }
}

void order_key_release(struct order_key *key)
{
    free(key->ranks);
    free(key->held);
    *key = (struct order_key){0};
}

/* The bits of a double in an order of their own: unsigned comparison is numeric comparison. Adding 0
 * leaves no minus zero. */
static uint64_t number_key(double value)
{
    uint64_t bits;

    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return bits ^ ((uint64_t)((int64_t)bits >> 63) | (uint64_t)1 << 63);
}

static uint64_t number_or_unknown(double value)
{
    return isfinite(value) ? number_key(value) : KEY_UNKNOWN;
}

static uint64_t code_key(const struct order_key *key, const struct cells *codes, uint32_t row)
{
    double code = cells_number(codes, row);

    return isnan(code) ? KEY_UNKNOWN : key->ranks[(size_t)code];
}

static uint64_t held_key(const struct order_key *key, uint32_t row)
{
    return row < key->held_count ? key->held[row] : KEY_UNKNOWN;
}

static uint64_t text_key(const struct order_key *key, uint32_t row)
{
    uint32_t rank = rank_of(key->rank, row);

    return rank == RANK_NONE ? KEY_UNKNOWN : (uint64_t)rank + 1;
}

WIDE static void number_keys(const double *values, size_t count, uint64_t *out)
{
    for (size_t i = 0; i < count; i++)
        out[i] = number_or_unknown(values[i]);
}

void order_key_block(const struct order_key *key, struct sheet *sheet, uint32_t from, size_t count,
                     uint64_t *out)
{
    double room[BLOCK];

    assert(count <= BLOCK);
    if (key->held) {
        for (size_t i = 0; i < count; i++)
            out[i] = held_key(key, from + (uint32_t)i);
    } else if (key->rank) {
        for (size_t i = 0; i < count; i++)
            out[i] = text_key(key, from + (uint32_t)i);
    } else if (key->ranks) {
        struct cells codes = sheet_codes(sheet, key->column);
        for (size_t i = 0; i < count; i++)
            out[i] = code_key(key, &codes, from + (uint32_t)i);
    } else {
        const double *values = sheet_block(sheet, key->column, from, count, room);
        number_keys(values, count, out);
    }
}

/* The same for a few rows, all within a block that begins with `from`. */
static void key_rows(const struct order_key *key, struct sheet *sheet, uint32_t from, size_t block,
                     const uint32_t *rows, size_t count, uint64_t *out)
{
    double room[BLOCK];

    if (key->held) {
        for (size_t i = 0; i < count; i++)
            out[i] = held_key(key, rows[i]);
    } else if (key->rank) {
        for (size_t i = 0; i < count; i++)
            out[i] = text_key(key, rows[i]);
    } else if (key->ranks) {
        struct cells codes = sheet_codes(sheet, key->column);
        for (size_t i = 0; i < count; i++)
            out[i] = code_key(key, &codes, rows[i]);
    } else {
        const double *values = sheet_block(sheet, key->column, from, block, room);
        for (size_t i = 0; i < count; i++)
            out[i] = number_or_unknown(values[rows[i] - from]);
    }
}

/* ---- items ---- */

static uint64_t directed(const struct order_by *by, uint64_t key)
{
    return by->descending && key != KEY_UNKNOWN ? ~key : key;
}

static uint64_t key_of(const struct ordering *ordering, size_t column, uint32_t row)
{
    uint64_t key = KEY_UNKNOWN;

    if (column < ordering->count)
        order_key_block(ordering->by[column].key, ordering->sheet, row, 1, &key);
    return column < ordering->count ? directed(&ordering->by[column], key) : 0;
}

static uint32_t tie_of(const struct ordering *ordering, uint32_t row)
{
    if (ordering->by_row)
        return row;
    return ordering->ties ? rank_of(ordering->ties, row) : RANK_NONE;
}

struct order_item order_item(const struct ordering *ordering, uint32_t row)
{
    return (struct order_item){.key = key_of(ordering, 0, row),
                               .next = key_of(ordering, 1, row),
                               .tie = tie_of(ordering, row),
                               .row = row};
}

/* Which digits are in range, as flags. */
WIDE static void flag_range(const uint16_t *digits, size_t count, uint16_t low, uint16_t high,
                            uint8_t *flags)
{
    uint16_t span = (uint16_t)(high - low);

    for (size_t i = 0; i < count; i++)
        flags[i] = (uint16_t)(digits[i] - low) <= span;
}

static size_t list_block(const struct order_pick *pick, size_t from, size_t count, uint32_t *rows)
{
    uint8_t flags[BLOCK] = {0};
    size_t found = 0;

    if (pick->digits)
        flag_range(pick->digits + from, count, pick->low, pick->high, flags);
    for (size_t at = 0; at < count; at += BITS_WORD) {
        uint64_t word = pick->rows->words[(from + at) / BITS_WORD];
        if (word && pick->digits)
            word &= bits_pack(flags + at);
        found += bits_list_word(word, (uint32_t)(from + at), rows + found);
    }
    return found;
}

size_t order_list(const struct order_pick *pick, uint32_t *out)
{
    size_t total = 0;

    for (size_t from = 0; from < pick->rows->count; from += BLOCK) {
        size_t rest = pick->rows->count - from;
        total += list_block(pick, from, rest < BLOCK ? rest : BLOCK, out + total);
    }
    return total;
}

size_t order_levels(const struct ordering *ordering)
{
    return ordering->count + (ordering->ties || ordering->by_row);
}

/* How many of the rows lie in the block of the first, and where that begins and ends. */
static size_t in_block(const struct sheet *sheet, const uint32_t *rows, size_t count,
                       uint32_t *from, size_t *block)
{
    size_t some = 1, rest;

    *from = rows[0] - rows[0] % BLOCK;
    rest = sheet->catalog->count - *from;
    *block = rest < BLOCK ? rest : BLOCK;
    while (some < count && rows[some] - *from < BLOCK)
        some++;
    return some;
}

void order_values(const struct ordering *ordering, size_t level, const uint32_t *rows, size_t count,
                  uint64_t *out)
{
    const struct order_by *by = &ordering->by[level];
    uint32_t from;
    size_t block;

    for (size_t done = 0, some; done < count; done += some) {
        some = in_block(ordering->sheet, rows + done, count - done, &from, &block);
        if (level < ordering->count)
            key_rows(by->key, ordering->sheet, from, block, rows + done, some, out + done);
        for (size_t i = done; i < done + some; i++)
            out[i] = level < ordering->count ? directed(by, out[i]) : tie_of(ordering, rows[i]);
    }
}

void order_items(const struct ordering *ordering, const uint32_t *rows, size_t count,
                 struct order_item *out)
{
    uint64_t keys[2][BLOCK];
    uint32_t from;
    size_t block;

    for (size_t done = 0, some; done < count; done += some) {
        some = in_block(ordering->sheet, rows + done, count - done, &from, &block);
        for (size_t k = 0; k < 2 && k < ordering->count; k++)
            key_rows(ordering->by[k].key, ordering->sheet, from, block, rows + done, some, keys[k]);
        for (size_t i = 0; i < some; i++)
            out[done + i] = (struct order_item){
                .key = ordering->count > 0 ? directed(&ordering->by[0], keys[0][i]) : 0,
                .next = ordering->count > 1 ? directed(&ordering->by[1], keys[1][i]) : 0,
                .tie = tie_of(ordering, rows[done + i]),
                .row = rows[done + i]};
    }
}

static int compare_ties(const struct catalog *catalog, uint32_t a, uint32_t b)
{
    int order = text_order(catalog_key(catalog, a), catalog_key(catalog, b));

    if (!order)
        order = text_order(catalog_text(catalog, COL_PLATFORM, a),
                           catalog_text(catalog, COL_PLATFORM, b));
    return order ? order : (a > b) - (a < b);
}

static int compare_rest(const struct ordering *ordering, const struct order_item *a,
                        const struct order_item *b)
{
    for (size_t i = 2; i < ordering->count; i++) {
        uint64_t first = key_of(ordering, i, a->row), second = key_of(ordering, i, b->row);
        if (first != second)
            return first < second ? -1 : 1;
    }
    /* a row that came after the ranks were made has none */
    if (a->tie == RANK_NONE || b->tie == RANK_NONE)
        return compare_ties(ordering->sheet->catalog, a->row, b->row);
    return (a->tie > b->tie) - (a->tie < b->tie);
}

int order_compare(const struct ordering *ordering, const struct order_item *a,
                  const struct order_item *b)
{
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    if (a->next != b->next)
        return a->next < b->next ? -1 : 1;
    return compare_rest(ordering, a, b);
}

/* ---- sorting ---- */

static void insert_runs(const struct ordering *ordering, struct order_item *items, size_t count)
{
    for (size_t from = 0; from < count; from += RUN_LENGTH) {
        size_t to = count - from < RUN_LENGTH ? count : from + RUN_LENGTH;
        for (size_t i = from + 1; i < to; i++) {
            struct order_item item = items[i];
            size_t at = i;
            for (; at > from && order_compare(ordering, &item, &items[at - 1]) < 0; at--)
                items[at] = items[at - 1];
            items[at] = item;
        }
    }
}

static void merge(const struct ordering *ordering, const struct order_item *from,
                  struct order_item *to, size_t middle, size_t count)
{
    size_t a = 0, b = middle, at = 0;

    while (a < middle && b < count)
        to[at++] = order_compare(ordering, &from[b], &from[a]) < 0 ? from[b++] : from[a++];
    memcpy(to + at, from + a, (middle - a) * sizeof *to);
    memcpy(to + at + (middle - a), from + b, (count - b) * sizeof *to);
}

/* qsort() takes no context; this is never quadratic either. */
void order_sort(const struct ordering *ordering, struct order_item *items, size_t count)
{
    struct order_item *spare = mem_alloc((count + 1) * sizeof *spare), *from = items, *to = spare;

    insert_runs(ordering, items, count);
    for (size_t length = RUN_LENGTH; length < count; length *= 2) {
        for (size_t at = 0; at < count; at += 2 * length) {
            size_t rest = count - at;
            merge(ordering, from + at, to + at, length < rest ? length : rest,
                  2 * length < rest ? 2 * length : rest);
        }
        struct order_item *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
    free(spare);
}

static void swap_items(struct order_item *a, struct order_item *b)
{
    struct order_item held = *a;

    *a = *b;
    *b = held;
}

static struct order_item middle_of_three(const struct ordering *ordering,
                                         const struct order_item *a, const struct order_item *b,
                                         const struct order_item *c)
{
    if (order_compare(ordering, a, b) > 0) {
        const struct order_item *held = a;
        a = b;
        b = held;
    }
    if (order_compare(ordering, b, c) <= 0)
        return *b;
    return order_compare(ordering, a, c) > 0 ? *a : *c;
}

/* Quickselect: what belongs before `place` comes before it. No two items are equal, so it halves but
 * for the unluckiest choices; after many of those the rest is sorted. */
static void part_at(const struct ordering *ordering, struct order_item *items, size_t count,
                    size_t place)
{
    size_t low = 0, high = count;

    for (int tries = 0; high - low > RUN_LENGTH && place > low && place < high; tries++) {
        if (tries > 64) {
            order_sort(ordering, items + low, high - low);
            return;
        }
        size_t i = low, k = high - 1;
        struct order_item pivot = middle_of_three(ordering, &items[low],
                                                  &items[low + (high - low) / 2], &items[high - 1]);
        for (;;) {
            while (order_compare(ordering, &items[i], &pivot) < 0)
                i++;
            while (order_compare(ordering, &items[k], &pivot) > 0)
                k--;
            if (i >= k)
                break;
            swap_items(&items[i++], &items[k--]);
        }
        if (place <= k)
            high = k + 1;
        else
            low = k + 1;
    }
    if (place > low && place < high)
        order_sort(ordering, items + low, high - low);
}

void order_select(const struct ordering *ordering, struct order_item *items, size_t count,
                  size_t from, size_t to)
{
    part_at(ordering, items, count, from);
    part_at(ordering, items + from, count - from, to - from);
    order_sort(ordering, items + from, to - from);
}
