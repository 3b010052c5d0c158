#include "domain/peer.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nth.h"
#include "base/vec.h"
#include "domain/block.h"
#include "unknown_internal.h"

const double peer_band_from[PEER_BANDS] = {0, 1e3, 5e3, 2e4, 1e5, 1e6};

void peers_init(struct peers *peers)
{
    *peers = (struct peers){.made_at = NAN};
    struct peer_cell *cells = &peers->cell[0][0][0];
    for (size_t i = 0; i < sizeof peers->cell / sizeof *cells; i++)
        cells[i] = (struct peer_cell){.er = NAN, .comments_per_like = NAN};
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool peers_equal(const struct peers *a, const struct peers *b)
{
    const struct peer_cell *left = &a->cell[0][0][0], *right = &b->cell[0][0][0];
    bool equal = same(a->made_at, b->made_at);
    for (size_t i = 0; equal && i < sizeof a->cell / sizeof *left; i++)
        equal = left[i].count == right[i].count && same(left[i].er, right[i].er) &&
                same(left[i].comments_per_like, right[i].comments_per_like);
    return equal;
}

int peer_band(double followers)
{
    int band = -1;
    while (band + 1 < PEER_BANDS && followers >= peer_band_from[band + 1])
        band++;
    return band;
}

#define CELLS (PLATFORM_COUNT * BASIS_COUNT * PEER_BANDS)

static double median(double *values, size_t count)
{
    if (count == 0)
        return NAN;
    double upper = nth_value(values, count, count / 2);
    if (count % 2 == 1)
        return upper;
    double lower = values[0];
    for (size_t i = 1; i < count / 2; i++)
        lower = values[i] > lower ? values[i] : lower;
    return (lower + upper) / 2;
}

/* Values of one cell, in lumps: nothing is moved or wasted while they grow. */
#define LUMP_VALUES 250

struct lump {
    struct lump *older;
    size_t count;
    double values[LUMP_VALUES];
};

struct pile {
    struct lump *newest;
    size_t count;
};

struct peers_maker {
    struct pile ers[CELLS], ratios[CELLS];
};

static void pile_add(struct pile *pile, double value)
{
    struct lump *lump = pile->newest;
    if (!lump || lump->count == LUMP_VALUES) {
        lump = mem_alloc(sizeof *lump);
        lump->older = pile->newest;
        lump->count = 0;
        pile->newest = lump;
    }
    lump->values[lump->count++] = value;
    pile->count++;
}

/* Moves what is in the pile to `values` (NULL: nowhere). */
static void pile_drain(struct pile *pile, double *values)
{
    for (struct lump *lump = pile->newest, *older; lump; lump = older) {
        older = lump->older;
        if (values) {
            memcpy(values, lump->values, lump->count * sizeof *values);
            values += lump->count;
        }
        free(lump);
    }
    *pile = (struct pile){0};
}

static double pile_median(struct pile *pile)
{
    size_t count = pile->count;
    double *values = mem_alloc(count * sizeof *values);
    pile_drain(pile, values);
    double middle = median(values, count);
    free(values);
    return middle;
}

struct peers_maker *peers_maker_new(void)
{
    return mem_zero(1, sizeof(struct peers_maker));
}

void peers_maker_free(struct peers_maker *maker)
{
    for (size_t cell = 0; maker && cell < CELLS; cell++) {
        pile_drain(&maker->ers[cell], NULL);
        pile_drain(&maker->ratios[cell], NULL);
    }
    free(maker);
}

static void add_block(struct peers_maker *maker, const struct block *block, const uint8_t *live)
{
    for (size_t i = 0; i < block->count; i++) {
        size_t row = block->from + i;
        enum er_basis basis = (enum er_basis)block->basis[i];
        int band = peer_band(block->at[FIGURE_FOLLOWERS][i]);
        if ((live && !live[row]) || basis == BASIS_NONE || band < 0)
            continue;
        size_t cell = ((size_t)block->facts->platform[row] * BASIS_COUNT + basis) * PEER_BANDS;
        double comments = ratio(block->at[FIGURE_COMMENTS][i], block->at[FIGURE_LIKES][i]);
        pile_add(&maker->ers[cell + (size_t)band], block->at[FIGURE_ER][i]);
        if (!isnan(comments))
            pile_add(&maker->ratios[cell + (size_t)band], comments);
    }
}

void peers_maker_add(struct peers_maker *maker, const struct facts *facts, const uint8_t *live)
{
    static const bool wanted[FIGURE_COUNT] = {[FIGURE_ER] = true, [FIGURE_BASIS] = true};
    static const bool given[FIGURE_COUNT] = {false};
    struct block_room *room = mem_alloc(sizeof *room);
    struct recipe recipe;
    struct block block;
    recipe_init(&recipe, wanted, given);
    block_init(&block, facts, NULL, room);
    for (; block.from < facts->count; block.from += block.count) {
        size_t rest = facts->count - block.from;
        block.count = rest < FORECAST_BLOCK ? rest : FORECAST_BLOCK;
        block_run(&block, &recipe);
        add_block(maker, &block, live);
    }
    free(room);
}

void peers_maker_make(struct peers_maker *maker, struct peers *peers, double at)
{
    struct peer_cell *cells = &peers->cell[0][0][0];
    peers_init(peers);
    peers->made_at = at;
    for (size_t cell = 0; cell < CELLS; cell++) {
        cells[cell].count = (uint32_t)maker->ers[cell].count;
        cells[cell].er = pile_median(&maker->ers[cell]);
        cells[cell].comments_per_like = pile_median(&maker->ratios[cell]);
    }
}

void peers_make(struct peers *peers, const struct facts *facts, const uint8_t *live, double at)
{
    struct peers_maker *maker = peers_maker_new();
    peers_maker_add(maker, facts, live);
    peers_maker_make(maker, peers, at);
    peers_maker_free(maker);
}

struct peer_expectation peers_expect(const struct peers *peers, const struct benchmarks *own,
                                     enum platform platform, enum er_basis basis, double followers)
{
    assert((unsigned)platform < PLATFORM_COUNT && (unsigned)basis < BASIS_COUNT);
    int band = peer_band(followers);
    if (band < 0 || basis == BASIS_NONE)
        return (struct peer_expectation){.er = NAN};
    const struct peer_cell *cell = &peers->cell[platform][basis][band];
    if (cell->count >= benchmarks_peers(own))
        return (struct peer_expectation){.er = cell->er, .count = cell->count};
    const struct benchmark *benchmark = benchmark_find(own, platform, basis, band);
    if (benchmark)
        return (struct peer_expectation){.er = benchmark->er[band], .source = benchmark->source};
    return (struct peer_expectation){.er = NAN};
}
