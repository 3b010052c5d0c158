#include "order_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"

/* Known keys lie between 1 and UINT64_MAX - 1, so that turning them round keeps them apart from it. */
#define KEY_UNKNOWN UINT64_MAX
#define RUN_LENGTH ((size_t)12) /* runs this short are sorted by insertion */

struct order_item {
    uint64_t key;
    uint32_t row;
};

/* One column of the order, ready to give keys. */
struct order_key {
    enum column column;
    bool descending;
    const double *numbers; /* figures */
    struct cells codes;    /* words and sets: rank[code] */
    uint64_t *ranks;
};

struct ordering {
    struct sheet *sheet;
    struct order_key keys[QUERY_ORDERS];
    size_t count;
    struct buf a, b;
};

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

/* The bits of a double in an order of their own: unsigned comparison is numeric comparison. */
static uint64_t number_key(double value)
{
    uint64_t bits;

    value = value == 0 ? 0 : value; /* no minus zero */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

/* The first eight bytes of the folded text; equal keys are settled by the whole of it. */
static uint64_t text_key(struct text text, struct buf *scratch)
{
    uint64_t key = 0;

    buf_clear(scratch);
    utf8_fold(scratch, text);
    for (size_t i = 0; i < 8; i++)
        key = key << 8 | (i < scratch->length ? (unsigned char)scratch->at[i] : 0);
    return key ? key : 1;
}

static int order_texts(struct ordering *ordering, struct text a, struct text b)
{
    int order;

    buf_clear(&ordering->a);
    buf_clear(&ordering->b);
    utf8_fold(&ordering->a, a);
    utf8_fold(&ordering->b, b);
    order = text_order(buf_text(&ordering->a), buf_text(&ordering->b));
    return order ? order : text_order(a, b);
}

static uint64_t key_of(struct ordering *ordering, const struct order_key *by, uint32_t row)
{
    uint64_t key;

    if (by->numbers) {
        if (!number_known(by->numbers[row]))
            return KEY_UNKNOWN;
        key = number_key(by->numbers[row]);
    } else if (by->ranks) {
        double code = cells_number(&by->codes, row);
        if (isnan(code))
            return KEY_UNKNOWN;
        key = by->ranks[(size_t)code];
    } else {
        struct text text = sheet_text(ordering->sheet, by->column, row, NULL);
        if (!text.length)
            return KEY_UNKNOWN;
        key = text_key(text, &ordering->a);
    }
    return by->descending ? ~key : key;
}

/* Of two rows with the same key of a text column. */
static int order_rest(struct ordering *ordering, const struct order_key *by, uint32_t a, uint32_t b)
{
    struct text first, second;
    int order;

    if (by->numbers || by->ranks)
        return 0;
    first = sheet_text(ordering->sheet, by->column, a, NULL);
    second = sheet_text(ordering->sheet, by->column, b, NULL);
    if (!first.length || !second.length)
        return 0;
    order = order_texts(ordering, first, second);
    return by->descending ? -order : order;
}

static int order_ties(struct ordering *ordering, uint32_t a, uint32_t b)
{
    const struct catalog *catalog = ordering->sheet->catalog;
    int order = text_order(catalog_key(catalog, a), catalog_key(catalog, b));

    if (!order)
        order = text_order(catalog_text(catalog, COL_PLATFORM, a),
                           catalog_text(catalog, COL_PLATFORM, b));
    return order ? order : (a > b) - (a < b);
}

static int order_items(struct ordering *ordering, const struct order_item *a,
                       const struct order_item *b)
{
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    for (size_t i = 0; i < ordering->count; i++) {
        const struct order_key *by = &ordering->keys[i];
        uint64_t first = i ? key_of(ordering, by, a->row) : a->key;
        uint64_t second = i ? key_of(ordering, by, b->row) : b->key;
        int order = first < second   ? -1
                    : first > second ? 1
                                     : order_rest(ordering, by, a->row, b->row);
        if (order)
            return order;
    }
    return order_ties(ordering, a->row, b->row);
}

static void insert_runs(struct ordering *ordering, struct order_item *items, size_t count)
{
    for (size_t from = 0; from < count; from += RUN_LENGTH) {
        size_t to = from + RUN_LENGTH < count ? from + RUN_LENGTH : count;
        for (size_t i = from + 1; i < to; i++) {
            struct order_item item = items[i];
            size_t at = i;
            for (; at > from && order_items(ordering, &item, &items[at - 1]) < 0; at--)
                items[at] = items[at - 1];
            items[at] = item;
        }
    }
}

static void merge(struct ordering *ordering, const struct order_item *from, struct order_item *to,
                  size_t middle, size_t count)
{
    size_t a = 0, b = middle, at = 0;

    while (a < middle && b < count)
        to[at++] = order_items(ordering, &from[b], &from[a]) < 0 ? from[b++] : from[a++];
    memcpy(to + at, from + a, (middle - a) * sizeof *to);
    memcpy(to + at + (middle - a), from + b, (count - b) * sizeof *to);
}

/* qsort() takes no context; this also is stable and never quadratic. Returns the sorted half. */
static struct order_item *sort_items(struct ordering *ordering, struct order_item *items,
                                     struct order_item *spare, size_t count)
{
    insert_runs(ordering, items, count);
    for (size_t length = RUN_LENGTH; length < count; length *= 2) {
        struct order_item *swap = items;
        for (size_t from = 0; from < count; from += 2 * length) {
            size_t rest = count - from;
            merge(ordering, items + from, spare + from, length < rest ? length : rest,
                  2 * length < rest ? 2 * length : rest);
        }
        items = spare;
        spare = swap;
    }
    return items;
}

/* Words rank by their folded form; tiers, whose codes ascend with followers, by band. */
static uint64_t *rank_words(struct ordering *ordering, enum column column)
{
    struct sheet *sheet = ordering->sheet;
    size_t count = sheet_word_count(sheet, column);
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

static void prepare_keys(struct ordering *ordering, const struct query *query)
{
    for (size_t i = 0; i < query->order_count; i++) {
        struct order_key *by = &ordering->keys[ordering->count++];
        *by = (struct order_key){.column = query->orders[i].column,
                                 .descending = query->orders[i].descending};
        if (!column_is_text(by->column)) {
            by->numbers = sheet_column(ordering->sheet, by->column);
        } else if (columns[by->column].unit != UNIT_TEXT) {
            by->codes = sheet_codes(ordering->sheet, by->column);
            by->ranks = rank_words(ordering, by->column);
        }
    }
}

void order_rows(const struct query *query, struct sheet *sheet, uint32_t *rows, size_t count)
{
    struct ordering ordering = {.sheet = sheet};
    struct order_item *items = mem_alloc(2 * count * sizeof *items), *sorted;

    prepare_keys(&ordering, query);
    for (size_t i = 0; i < count; i++)
        items[i] = (struct order_item){
            .key = ordering.count ? key_of(&ordering, &ordering.keys[0], rows[i]) : 0,
            .row = rows[i]};
    sorted = sort_items(&ordering, items, items + count, count);
    for (size_t i = 0; i < count; i++)
        rows[i] = sorted[i].row;
    free(items);
    for (size_t i = 0; i < ordering.count; i++)
        free(ordering.keys[i].ranks);
    buf_release(&ordering.a);
    buf_release(&ordering.b);
}
