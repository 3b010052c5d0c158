#include "offer_internal.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"

struct offers {
    struct assumptions assumptions;
    struct recipe first, again; /* all of a block; what rests on the number of posts */
    struct block block;
    struct block_room room;
};

/* What the number of posts leaves alone, and their cost and contribution rest on. */
static const enum figure_id fixed[] = {FIGURE_FORMAT,    FIGURE_MARKS,    FIGURE_FEE,
                                       FIGURE_REACH_ONE, FIGURE_AUDIENCE, FIGURE_POSTED,
                                       FIGURE_RESPONSE};

struct offers *offers_new(struct sheet *sheet)
{
    struct offers *offers = mem_alloc(sizeof *offers);
    bool wanted[FIGURE_COUNT] = {[FIGURE_PLANNED] = true};
    bool given[FIGURE_COUNT] = {false};
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        wanted[fixed[i]] = true;
    offers->assumptions = sheet_assumptions(sheet);
    recipe_init(&offers->first, wanted, given);
    for (size_t i = 0; i < COUNT_OF(fixed); i++)
        given[fixed[i]] = true;
    given[FIGURE_DELIVERABLES] = true;
    bool results[FIGURE_COUNT] = {[FIGURE_COST] = true, [FIGURE_CONTRIBUTION] = true};
    recipe_init(&offers->again, results, given);
    block_init(&offers->block, catalog_facts(sheet->catalog), &offers->assumptions, &offers->room);
    return offers;
}

void offers_free(struct offers *offers)
{
    free(offers);
}

void offers_open(struct offers *offers, uint32_t from, size_t count, const double **planned,
                 const uint16_t **marks)
{
    offers->block.from = from;
    offers->block.count = count;
    block_run(&offers->block, &offers->first);
    double *posts = offers->block.at[FIGURE_PLANNED];
    for (size_t i = 0; i < count; i++)
        if (isnan(posts[i]))
            posts[i] = 0;
    *planned = posts;
    *marks = offers->block.marks;
}

void offers_make(struct offers *offers, const double *posts, const double **cost,
                 const double **contribution)
{
    for (size_t i = 0; i < offers->block.count; i++)
        offers->block.at[FIGURE_DELIVERABLES][i] = posts[i];
    block_run(&offers->block, &offers->again);
    *cost = offers->block.at[FIGURE_COST];
    *contribution = offers->block.at[FIGURE_CONTRIBUTION];
}

void offers_rows(struct sheet *sheet, const struct bits *candidates, struct bits *out)
{
    size_t count;
    const uint32_t *planned = sheet_planned(sheet, &count);
    bits_clear(out);
    if (candidates)
        bits_copy(out, candidates);
    bits_resize(out, sheet->catalog->count);
    for (size_t i = 0; i < count; i++)
        if (catalog_live(sheet->catalog, planned[i]) &&
            catalog_planned(sheet->catalog, planned[i]) > 0)
            bits_put(out, planned[i], true);
    for (size_t row = 0; sheet->catalog->live_count < sheet->catalog->count && row < out->count;
         row++)
        if (!sheet->catalog->live[row])
            bits_put(out, row, false); /* a list that is held still shows who went */
}
