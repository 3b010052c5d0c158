#include <stdlib.h>

#include "base/vec.h"
#include "total_internal.h"

/* ---- The facts of a few rows ---- */

/* The columns of struct facts stand one behind the other. */
#define FIRST_CELLS offsetof(struct facts, followers)
#define CELLS_OF_FACTS ((sizeof(struct facts) - FIRST_CELLS) / sizeof(struct cells))
_Static_assert(FIRST_CELLS + CELLS_OF_FACTS * sizeof(struct cells) == sizeof(struct facts),
               "nothing but columns follows the platform");

void chosen_facts_init(struct chosen_facts *chosen, const struct facts *facts, const uint32_t *rows,
                       size_t count)
{
    const struct cells *from = &facts->followers;
    *chosen = (struct chosen_facts){.platform = mem_alloc(count),
                                    .numbers = mem_zero(CELLS_OF_FACTS * count, sizeof(double))};
    chosen->facts = (struct facts){.count = count, .platform = chosen->platform};
    struct cells *to = &chosen->facts.followers;
    for (size_t i = 0; i < count; i++)
        chosen->platform[i] = facts->platform[rows[i]];
    for (size_t cells = 0; cells < CELLS_OF_FACTS; cells++) {
        double *numbers = chosen->numbers + cells * count;
        if (from[cells].kind == CELLS_NONE)
            continue;
        for (size_t i = 0; i < count; i++)
            numbers[i] = cells_number(&from[cells], rows[i]);
        to[cells] = (struct cells){.kind = CELLS_F64, .f64 = numbers};
    }
}

void chosen_facts_release(struct chosen_facts *chosen)
{
    free(chosen->platform);
    free(chosen->numbers);
    *chosen = (struct chosen_facts){0};
}

/* ---- From the facts to the totals' rows ---- */

struct wanted_row {
    enum figure_id figure;
    size_t offset; /* in struct total_row */
};

static const struct wanted_row wanted_rows[] = {
    {FIGURE_DELIVERABLES, offsetof(struct total_row, deliverables)},
    {FIGURE_AUDIENCE, offsetof(struct total_row, audience)},
    {FIGURE_REACH, offsetof(struct total_row, reach)},
    {FIGURE_IMPRESSIONS, offsetof(struct total_row, impressions)},
    {FIGURE_ENGAGEMENTS, offsetof(struct total_row, engagements)},
    {FIGURE_CLICKS, offsetof(struct total_row, clicks)},
    {FIGURE_ORDERS, offsetof(struct total_row, orders)},
    {FIGURE_REVENUE, offsetof(struct total_row, revenue)},
    {FIGURE_EMV, offsetof(struct total_row, emv)},
    {FIGURE_COST, offsetof(struct total_row, cost)},
    {FIGURE_CONTRIBUTION, offsetof(struct total_row, contribution)},
    {FIGURE_COMMISSION, offsetof(struct total_row, commission)},
};

static void want(bool wanted[FIGURE_COUNT])
{
    wanted[FIGURE_MARKS] = wanted[FIGURE_FORMAT] = wanted[FIGURE_EMV_MISSED] = true;
    for (size_t i = 0; i < COUNT_OF(wanted_rows); i++)
        wanted[wanted_rows[i].figure] = true;
}

/* The block of some of the creators. */
static struct block base_block(const struct replay *replay, size_t from)
{
    size_t rest = replay->facts->count - from;
    struct block block = {.facts = replay->facts,
                          .assumptions = replay->assumptions,
                          .from = from,
                          .count = rest < FORECAST_BLOCK ? rest : FORECAST_BLOCK,
                          .format = replay->format + from,
                          .basis = replay->basis + from,
                          .er_marks = replay->er_marks + from,
                          .marks = replay->marks + from};
    for (int i = 0; i < FIGURE_COUNT; i++)
        block.at[i] = replay->at[i] ? replay->at[i] + from : NULL;
    return block;
}

static void find_parts(struct replay *replay, const struct recipe *recipe)
{
    static const bool none[FIGURE_COUNT];
    for (int i = 0; i < FIGURE_COUNT; i++) {
        bool alone[FIGURE_COUNT] = {false};
        struct recipe way;
        if (!recipe->uses[i])
            continue;
        replay->uses[i] = alone[i] = true;
        recipe_init(&way, alone, none);
        replay->parts[i] = way.parts;
    }
}

void replay_init(struct replay *replay, const struct facts *facts,
                 const struct assumptions *assumptions)
{
    bool wanted[FIGURE_COUNT] = {false};
    static const bool none[FIGURE_COUNT];
    struct recipe recipe;
    size_t count = facts->count, arrays = 0;
    want(wanted);
    recipe_init(&recipe, wanted, none);
    *replay = (struct replay){.facts = facts,
                              .assumptions = assumptions,
                              .numbers = mem_alloc(FIGURE_COUNT * count * sizeof(double)),
                              .format = mem_alloc(count),
                              .basis = mem_alloc(count),
                              .er_marks = mem_alloc(count * sizeof(uint16_t)),
                              .marks = mem_alloc(count * sizeof(uint16_t))};
    for (int i = 0; i < FIGURE_COUNT; i++)
        replay->at[i] = replay->numbers + arrays++ * count;
    for (size_t from = 0; from < count; from += FORECAST_BLOCK) {
        struct block block = base_block(replay, from);
        block_run(&block, &recipe);
    }
    find_parts(replay, &recipe);
}

void replay_release(struct replay *replay)
{
    free(replay->numbers);
    free(replay->format);
    free(replay->basis);
    free(replay->er_marks);
    free(replay->marks);
    *replay = (struct replay){0};
}

static unsigned parts_that_differ(const struct assumptions *a, const struct assumptions *b)
{
    unsigned differ = 0;
    for (int part = 0; a != b && part < PART_COUNT; part++) {
        double of_a[FORECAST_PART_MOST], of_b[FORECAST_PART_MOST];
        size_t count = forecast_part(a, (enum forecast_part)part, of_a);
        bool same = forecast_part(b, (enum forecast_part)part, of_b) == count;
        for (size_t i = 0; same && i < count; i++)
            same = of_a[i] == of_b[i] || (isnan(of_a[i]) && isnan(of_b[i]));
        differ |= same ? 0u : 1u << part;
    }
    return differ;
}

/* A block that reads what stays and makes the rest in the room. */
static struct block block_with(const struct replay *replay, const struct assumptions *assumptions,
                               size_t from, const bool *given, struct block_room *room)
{
    struct block base = base_block(replay, from), block;
    block_init(&block, replay->facts, assumptions, room);
    block.from = from;
    block.count = base.count;
    for (int i = 0; i < FIGURE_COUNT; i++)
        if (given[i])
            block.at[i] = base.at[i];
    block.format = given[FIGURE_FORMAT] ? base.format : block.format;
    block.basis = given[FIGURE_BASIS] ? base.basis : block.basis;
    block.er_marks = given[FIGURE_ER_MARKS] ? base.er_marks : block.er_marks;
    block.marks = given[FIGURE_MARKS] ? base.marks : block.marks;
    return block;
}

static void take_rows(struct totals *totals, const struct block *block)
{
    struct total_row *rows = totals->items + totals->count;
    for (size_t i = 0; i < block->count; i++) {
        bool missed = block->at[FIGURE_EMV_MISSED][i] > 0 && !isnan(block->at[FIGURE_EMV][i]);
        rows[i].marks = block->marks[i] | (missed ? MARK_EMV_AT_LEAST : 0u);
        rows[i].format = (enum format)block->format[i];
    }
    for (size_t wanted = 0; wanted < COUNT_OF(wanted_rows); wanted++) {
        const double *numbers = block->at[wanted_rows[wanted].figure];
        for (size_t i = 0; i < block->count; i++)
            *(double *)((char *)&rows[i] + wanted_rows[wanted].offset) = numbers[i];
    }
    totals->count += block->count;
}

void replay_with(const struct replay *replay, const struct assumptions *assumptions,
                 struct totals *totals)
{
    unsigned differ = parts_that_differ(replay->assumptions, assumptions);
    bool wanted[FIGURE_COUNT] = {false}, given[FIGURE_COUNT];
    struct block_room *room = mem_alloc(sizeof *room);
    struct recipe recipe;
    want(wanted);
    for (int i = 0; i < FIGURE_COUNT; i++)
        given[i] = replay->uses[i] && !(replay->parts[i] & differ);
    recipe_init(&recipe, wanted, given);
    totals_begin(totals);
    VEC_RESERVE(totals, replay->facts->count);
    for (size_t from = 0; from < replay->facts->count; from += FORECAST_BLOCK) {
        struct block block = block_with(replay, assumptions, from, given, room);
        block_run(&block, &recipe);
        take_rows(totals, &block);
    }
    free(room);
}
