#include "rank_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* Radix sort by the first eight bytes, then each run of equal ones by the next eight, and so on; what
 * is equal for long is compared as a whole. Sliced: a step handles STEP_ROWS rows. */

#define STEP_ROWS ((size_t)8192)
#define CHUNK 8
#define DEEP 64      /* bytes that are equal before whole texts are compared */
#define PASSES CHUNK /* one a byte, least first */

enum stage { STAGE_READ, STAGE_COUNT, STAGE_SCATTER, STAGE_RUNS, STAGE_DONE };

struct rank_making {
    int column;
    size_t rows;
    uint64_t stamp;
    struct rank_item *items, *spare;
    size_t count; /* items */
    enum stage stage;
    size_t at; /* in the stage */
    int pass;
    size_t places[256];
    uint32_t *ranks;
    uint32_t next; /* rank to give */
    struct buf text, other;
};

static uint64_t stamp_of(struct sheet *sheet, int column)
{
    if (column != RANK_TIES)
        return sheet_stamp(sheet, (enum column)column);
    uint64_t parts[] = {sheet_stamp(sheet, COL_HANDLE), sheet_stamp(sheet, COL_PLATFORM)};
    return parts[0] * 31 + parts[1];
}

static void making_free(struct rank_making *making)
{
    if (!making)
        return;
    free(making->items);
    free(making->spare);
    free(making->ranks);
    buf_release(&making->text);
    buf_release(&making->other);
    free(making);
}

void rank_release(struct rank *rank)
{
    if (!rank)
        return;
    making_free(rank->making);
    free(rank->ranks);
    *rank = (struct rank){0};
}

bool rank_holds(const struct rank *rank, struct sheet *sheet)
{
    const struct catalog_change *changes;
    size_t count;

    if (!rank->since.made)
        return false;
    if (rank->since.stamp == stamp_of(sheet, rank->column))
        return true;
    if (!catalog_changes(sheet->catalog, rank->since.revision, &changes, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (changes[i].row < rank->rows)
            return false;
    return true;
}

bool rank_current(const struct rank *rank, struct sheet *sheet, size_t rows)
{
    return rows <= rank->rows && rank_holds(rank, sheet);
}

void rank_begin(struct rank *rank, struct sheet *sheet, int column, size_t rows)
{
    struct rank_making *making = mem_zero(1, sizeof *making);

    making_free(rank->making);
    *making =
        (struct rank_making){.column = column, .rows = rows, .stamp = stamp_of(sheet, column)};
    making->items = mem_alloc((rows + 1) * sizeof *making->items);
    rank->making = making;
    if (rank->column != column)
        rank->rows = 0;
    rank->column = column;
}

bool rank_begun(const struct rank *rank)
{
    return rank->making && (rank->making->stage != STAGE_READ || rank->making->at > 0);
}

/* What is sorted, borrowed until the next call; null where the row has none. */
static struct text sorted_text(const struct rank_making *making, struct sheet *sheet, uint32_t row,
                               struct buf *scratch)
{
    struct text text;

    buf_clear(scratch);
    if (making->column == RANK_TIES) {
        buf_add_text(scratch, catalog_key(sheet->catalog, row));
        buf_add_char(scratch, '\0'); /* below any byte of a key */
        buf_add_text(scratch, catalog_text(sheet->catalog, COL_PLATFORM, row));
        return buf_text(scratch);
    }
    text = catalog_text(sheet->catalog, (enum column)making->column, row);
    if (!text.length)
        return (struct text){0};
    utf8_fold(scratch, text);
    return buf_text(scratch);
}

static void read_chunk(struct rank_item *item, struct text text, size_t from)
{
    item->chunk = 0;
    for (size_t i = from; i < from + CHUNK; i++)
        item->chunk = item->chunk << 8 | (i < text.length ? (unsigned char)text.at[i] : 0);
    item->open = text.length > from + CHUNK;
}

/* ---- the first chunk of all ---- */

static void step_read(struct rank_making *making, struct sheet *sheet)
{
    size_t to = making->at + STEP_ROWS < making->rows ? making->at + STEP_ROWS : making->rows;

    for (; making->at < to; making->at++) {
        uint32_t row = (uint32_t)making->at;
        struct text text = sorted_text(making, sheet, row, &making->text);
        if (!text.at || !catalog_live(sheet->catalog, row))
            continue;
        struct rank_item *item = &making->items[making->count++];
        item->row = row;
        read_chunk(item, text, 0);
    }
    if (making->at < making->rows)
        return;
    making->spare = mem_alloc((making->count + 1) * sizeof *making->spare);
    making->stage = STAGE_COUNT;
    making->at = 0;
}

static unsigned byte_of(const struct rank_making *making, const struct rank_item *item)
{
    return item->chunk >> (8 * making->pass) & 0xff;
}

static size_t slice_end(const struct rank_making *making)
{
    size_t to = making->at + 8 * STEP_ROWS; /* these are quick */
    return to < making->count ? to : making->count;
}

static void step_count(struct rank_making *making)
{
    size_t to = slice_end(making), sum = 0;

    if (making->at == 0)
        memset(making->places, 0, sizeof making->places);
    for (; making->at < to; making->at++)
        making->places[byte_of(making, &making->items[making->at])]++;
    if (making->at < making->count)
        return;
    for (int i = 0; i < 256; i++) {
        size_t here = making->places[i];
        making->places[i] = sum;
        sum += here;
    }
    making->stage = STAGE_SCATTER;
    making->at = 0;
}

static void step_scatter(struct rank_making *making)
{
    size_t to = slice_end(making);

    for (; making->at < to; making->at++) {
        const struct rank_item *item = &making->items[making->at];
        making->spare[making->places[byte_of(making, item)]++] = *item;
    }
    if (making->at < making->count)
        return;
    struct rank_item *swap = making->items;
    making->items = making->spare;
    making->spare = swap;
    making->at = 0;
    making->stage = ++making->pass < PASSES ? STAGE_COUNT : STAGE_RUNS;
    if (making->stage != STAGE_RUNS)
        return;
    making->ranks = mem_alloc((making->rows + 1) * sizeof *making->ranks);
    memset(making->ranks, 0xff, making->rows * sizeof *making->ranks);
}

/* ---- runs of equal chunks ---- */

static int order_chunks(const void *a, const void *b)
{
    const struct rank_item *first = a, *second = b;

    return (first->chunk > second->chunk) - (first->chunk < second->chunk);
}

static size_t run_length(const struct rank_item *items, size_t count)
{
    size_t length = 1;

    while (length < count && items[length].chunk == items[0].chunk)
        length++;
    return length;
}

/* Whole texts: folded, then their bytes. Ties that are equal go by row. */
static int order_whole(struct rank_making *making, struct sheet *sheet, uint32_t a, uint32_t b)
{
    struct text first = sorted_text(making, sheet, a, &making->text);
    struct text second = sorted_text(making, sheet, b, &making->other);
    int order = text_order(first, second);

    if (order)
        return order;
    if (making->column == RANK_TIES)
        return (a > b) - (a < b);
    return text_order(catalog_text(sheet->catalog, (enum column)making->column, a),
                      catalog_text(sheet->catalog, (enum column)making->column, b));
}

static void merge_whole(struct rank_making *making, struct sheet *sheet, struct rank_item *items,
                        size_t count)
{
    struct rank_item *spare = making->spare;
    size_t middle = count / 2, a = 0, b = middle, at = 0;

    if (count < 2)
        return;
    merge_whole(making, sheet, items, middle);
    merge_whole(making, sheet, items + middle, count - middle);
    memcpy(spare, items, count * sizeof *items);
    while (at < count) {
        bool second = a == middle ||
                      (b < count && order_whole(making, sheet, spare[b].row, spare[a].row) < 0);
        items[at++] = second ? spare[b++] : spare[a++];
    }
}

static void settle_whole(struct rank_making *making, struct sheet *sheet, struct rank_item *items,
                         size_t count)
{
    merge_whole(making, sheet, items, count);
    for (size_t i = 0; i < count; i++) {
        bool same = i && order_whole(making, sheet, items[i - 1].row, items[i].row) == 0;
        making->ranks[items[i].row] = same ? making->next - 1 : making->next++;
    }
}

/* Gives ranks to items whose texts are equal up to byte `depth`. */
static void settle(struct rank_making *making, struct sheet *sheet, struct rank_item *items,
                   size_t count, size_t depth)
{
    bool open = false;

    if (count == 1) {
        making->ranks[items[0].row] = making->next++;
        return;
    }
    for (size_t i = 0; i < count; i++)
        open |= items[i].open;
    if (!open || depth >= DEEP) {
        settle_whole(making, sheet, items, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        read_chunk(&items[i], sorted_text(making, sheet, items[i].row, &making->text), depth);
    qsort(items, count, sizeof *items, order_chunks);
    for (size_t at = 0, length; at < count; at += length) {
        length = run_length(items + at, count - at);
        settle(making, sheet, items + at, length, depth + CHUNK);
    }
}

static void step_runs(struct rank_making *making, struct sheet *sheet)
{
    size_t to = making->at + STEP_ROWS;

    while (making->at < making->count && making->at < to) {
        struct rank_item *items = making->items + making->at;
        size_t length = run_length(items, making->count - making->at);
        settle(making, sheet, items, length, CHUNK);
        making->at += length;
    }
    if (making->at == making->count)
        making->stage = STAGE_DONE;
}

static void finish(struct rank *rank, struct sheet *sheet)
{
    struct rank_making *making = rank->making;

    free(rank->ranks);
    rank->ranks = making->ranks;
    rank->rows = making->rows;
    rank->count = making->next;
    rank->serial++;
    making->ranks = NULL;
    since_note(&rank->since, sheet->catalog, making->stamp, 0, making->rows);
    making_free(making);
    rank->making = NULL;
}

bool rank_step(struct rank *rank, struct sheet *sheet)
{
    struct rank_making *making = rank->making;

    if (!making)
        return true;
    assert(making->rows <= sheet->catalog->count);
    if (making->stage == STAGE_READ)
        step_read(making, sheet);
    else if (making->stage == STAGE_COUNT)
        step_count(making);
    else if (making->stage == STAGE_SCATTER)
        step_scatter(making);
    else
        step_runs(making, sheet);
    if (making->stage != STAGE_DONE)
        return false;
    finish(rank, sheet);
    return true;
}

/* Reading and settling are most of the work; the passes between are quick. */
double rank_progress(const struct rank *rank)
{
    const struct rank_making *making = rank->making;

    if (!making)
        return 1;
    if (making->stage == STAGE_READ)
        return 0.4 * (double)making->at / (double)(making->rows + 1);
    if (making->stage == STAGE_RUNS)
        return 0.6 + 0.4 * (double)making->at / (double)(making->count + 1);
    return 0.4 + 0.2 * making->pass / PASSES;
}
