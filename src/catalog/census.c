#include "census_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LIST 4096 /* rows listed at a time */
#define JOBS 32

void census_release(struct census *census)
{
    struct census_table *tables[] = {&census->shown, &census->all};

    for (int i = 0; i < 2; i++) {
        free(tables[i]->counts);
        bits_release(&tables[i]->rows);
    }
    *census = (struct census){0};
}

void census_copy_counts(struct census *to, const struct census *from)
{
    *to = (struct census){.slots = from->slots};
    to->shown.counts = mem_alloc((from->slots + 1) * sizeof *to->shown.counts);
    memcpy(to->shown.counts, from->shown.counts, (from->slots + 1) * sizeof *to->shown.counts);
}

void census_widen(struct census *census, size_t slots)
{
    struct census_table *tables[] = {&census->shown, &census->all};
    size_t had = census->shown.counts ? census->slots + 1 : 0;

    for (int i = 0; i < 2 && slots + 1 > had; i++) {
        tables[i]->counts = mem_resize(tables[i]->counts, slots + 1, sizeof(uint32_t));
        memset(tables[i]->counts + had, 0, (slots + 1 - had) * sizeof(uint32_t));
    }
    census->slots = slots + 1 > had ? slots : census->slots;
}

void census_reset(struct census *census, size_t slots)
{
    struct census_table *tables[] = {&census->shown, &census->all};

    census_widen(census, slots);
    census->slots = slots;
    for (int i = 0; i < 2; i++) {
        memset(tables[i]->counts, 0, (slots + 1) * sizeof(uint32_t));
        bits_resize(&tables[i]->rows, 0);
    }
}

/* ---- counting ---- */

/* Unknown is the top value of each kind, which plus one is 0 or beyond the slots. */
static size_t slot_of(size_t code, size_t slots)
{
    return code < slots ? code + 1 : 0;
}

static void count_u8(const struct census *census, uint32_t *counts, const uint32_t *rows,
                     size_t count, uint32_t step)
{
    const uint8_t *codes = census->codes.u8;

    for (size_t i = 0; i < count; i++)
        counts[slot_of(codes[rows[i]], census->slots)] += step;
}

static void count_u16(const struct census *census, uint32_t *counts, const uint32_t *rows,
                      size_t count, uint32_t step)
{
    const uint16_t *codes = census->codes.u16;

    for (size_t i = 0; i < count; i++)
        counts[slot_of(codes[rows[i]], census->slots)] += step;
}

static void count_u32(const struct census *census, uint32_t *counts, const uint32_t *rows,
                      size_t count, uint32_t step)
{
    const uint32_t *codes = census->codes.u32;

    for (size_t i = 0; i < count; i++)
        counts[slot_of(codes[rows[i]], census->slots)] += step;
}

static void count_none(const struct census *census, uint32_t *counts, const uint32_t *rows,
                       size_t count, uint32_t step)
{
    (void)census;
    (void)rows;
    counts[0] += (uint32_t)count * step;
}

static void (*const counters[])(const struct census *census, uint32_t *counts, const uint32_t *rows,
                                size_t count, uint32_t step) = {
    [CELLS_NONE] = count_none,
    [CELLS_U8] = count_u8,
    [CELLS_U16] = count_u16,
    [CELLS_U32] = count_u32,
};

/* One step up, or, the arithmetic being modular, down. */
static void count_rows(const struct census *census, struct census_table *table,
                       const uint32_t *rows, size_t count, uint32_t step)
{
    assert(census->codes.kind != CELLS_F64);
    counters[census->codes.kind](census, table->counts, rows, count, step);
}

static void count_one(struct census *census, uint32_t row, uint32_t step)
{
    struct census_table *tables[] = {&census->shown, &census->all};

    for (int i = 0; i < 2; i++)
        if (row < tables[i]->rows.count && bits_get(&tables[i]->rows, row))
            count_rows(census, tables[i], &row, 1, step);
}

void census_lift(struct census *census, uint32_t row)
{
    count_one(census, row, (uint32_t)-1);
}

void census_drop(struct census *census, uint32_t row)
{
    count_one(census, row, 1);
}

/* ---- many censuses, same rows ---- */

enum start { START_COUNTED, START_NOTHING, START_ALL };

/* The censuses of one pass: they counted the same rows and are to count the same. */
struct group {
    struct census *censuses[JOBS];
    struct census_table *tables[JOBS];
    size_t count;
    const struct bits *target;
};

static bool same_rows(const struct bits *a, const struct bits *b)
{
    return a->count == b->count &&
           (!a->count || !memcmp(a->words, b->words, bits_words(a->count) * sizeof *a->words));
}

static uint64_t word_at(const struct bits *bits, size_t at)
{
    return bits && at < bits_words(bits->count) ? bits->words[at] : 0;
}

static size_t distance(const struct bits *a, const struct bits *b)
{
    size_t words = bits_words(a->count > b->count ? a->count : b->count), total = 0;

    for (size_t i = 0; i < words; i++)
        total += bits_of_word(word_at(a, i) ^ word_at(b, i));
    return total;
}

/* From which set of rows is it the shortest way to the target? */
static enum start choose_start(const struct group *group, const struct bits *live)
{
    size_t counted = distance(&group->tables[0]->rows, group->target);
    size_t wanted = bits_total(group->target);
    size_t rest = live ? bits_total(live) - wanted : SIZE_MAX;

    if (counted <= wanted && counted <= rest)
        return START_COUNTED;
    return wanted <= rest ? START_NOTHING : START_ALL;
}

static const struct bits *begin_from(struct group *group, enum start start, const struct bits *live)
{
    for (size_t i = 0; i < group->count && start != START_COUNTED; i++) {
        size_t size = (group->censuses[i]->slots + 1) * sizeof(uint32_t);
        if (start == START_ALL)
            memcpy(group->tables[i]->counts, group->censuses[i]->all.counts, size);
        else
            memset(group->tables[i]->counts, 0, size);
    }
    return start == START_COUNTED ? &group->tables[0]->rows : start == START_ALL ? live : NULL;
}

struct listing {
    uint32_t rows[LIST];
    size_t count;
    uint32_t step;
};

static void flush(struct group *group, struct listing *listing)
{
    for (size_t i = 0; i < group->count; i++)
        count_rows(group->censuses[i], group->tables[i], listing->rows, listing->count,
                   listing->step);
    listing->count = 0;
}

static void list(struct group *group, struct listing *listing, uint64_t word, size_t at)
{
    if (!word)
        return;
    if (listing->count > LIST - BITS_WORD)
        flush(group, listing);
    listing->count +=
        bits_list_word(word, (uint32_t)(at * BITS_WORD), listing->rows + listing->count);
}

/* `live`: what all[] of these censuses stand for; NULL where that is what is being counted. */
static void count_group(struct group *group, const struct bits *live)
{
    const struct bits *base = begin_from(group, choose_start(group, live), live);
    struct listing added = {.step = 1}, gone = {.step = (uint32_t)-1};
    size_t words = bits_words(group->target->count);

    if (base && bits_words(base->count) > words)
        words = bits_words(base->count);
    for (size_t i = 0; i < words; i++) {
        uint64_t now = word_at(group->target, i), before = word_at(base, i);
        list(group, &added, now & ~before, i);
        list(group, &gone, before & ~now, i);
    }
    flush(group, &added);
    flush(group, &gone);
    for (size_t i = 0; i < group->count; i++)
        bits_copy(&group->tables[i]->rows, group->target);
}

/* Which table of the censuses, and which rows. */
static void count_tables(const struct census_job *jobs, size_t count, const struct bits *live,
                         bool all)
{
    bool done[JOBS] = {false};

    for (size_t first = 0; first < count; first++) {
        struct group group = {.target = all ? live : jobs[first].shown};
        for (size_t i = first; i < count && !done[first]; i++) {
            struct census_table *table = all ? &jobs[i].census->all : &jobs[i].census->shown;
            if (done[i] || (!all && !same_rows(jobs[i].shown, group.target)) ||
                (group.count && !same_rows(&table->rows, &group.tables[0]->rows)))
                continue;
            group.censuses[group.count] = jobs[i].census;
            group.tables[group.count++] = table;
            done[i] = i != first;
        }
        if (group.count && !same_rows(&group.tables[0]->rows, group.target))
            count_group(&group, all ? NULL : live);
    }
}

void census_count(const struct census_job *jobs, size_t count, const struct bits *live)
{
    assert(count <= JOBS);
    count_tables(jobs, count, live, true);
    count_tables(jobs, count, live, false);
}
