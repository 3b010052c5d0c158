#include <math.h>

#include "base/vec.h"
#include "catalog/fill.h"
#include "offer_internal.h"

/* The further posts that bring most for their money. */

void next_posts_release(struct next_posts *next)
{
    if (!next)
        return;
    bits_release(&next->rows);
    offers_free(next->offers);
    *next = (struct next_posts){0};
}

void next_posts_begin(struct next_posts *next, struct sheet *sheet, const struct bits *candidates)
{
    offers_free(next->offers);
    next->offers = offers_new(sheet);
    offers_rows(sheet, candidates, &next->rows);
    next->count = 0;
    next->next = 0;
    next->busy = true;
}

static double worth(const struct next_post *post)
{
    return post->cost > 0 ? post->profit / post->cost : (double)INFINITY;
}

static void offer(struct next_posts *next, const struct next_post *post)
{
    size_t at = next->count;
    while (at > 0 && worth(post) > worth(&next->items[at - 1]))
        at--;
    if (at == NEXT_POSTS_MOST)
        return;
    next->count += next->count < NEXT_POSTS_MOST;
    for (size_t i = next->count - 1; i > at; i--)
        next->items[i] = next->items[i - 1];
    next->items[at] = *post;
}

static void look(struct next_posts *next, uint32_t from, size_t count)
{
    double posts[FORECAST_BLOCK], costs[FORECAST_BLOCK], profits[FORECAST_BLOCK];
    const double *planned, *cost, *contribution;
    const uint16_t *marks;
    offers_open(next->offers, from, count, &planned, &marks);
    offers_make(next->offers, planned, &cost, &contribution);
    for (size_t i = 0; i < count; i++) {
        costs[i] = planned[i] > 0 ? cost[i] : 0;
        profits[i] = planned[i] > 0 ? contribution[i] - cost[i] : 0;
        posts[i] = planned[i] + 1;
    }
    offers_make(next->offers, posts, &cost, &contribution);
    for (size_t i = 0; i < count; i++) {
        struct next_post post = {.row = from + (uint32_t)i,
                                 .posts = (unsigned)posts[i],
                                 .cost = cost[i] - costs[i],
                                 .profit = contribution[i] - cost[i] - profits[i],
                                 .estimated = marks[i] & MARK_FEE_ESTIMATED};
        if (post.profit > 0 && bits_get(&next->rows, post.row) && post.posts <= PLANNED_MOST)
            offer(next, &post);
    }
}

bool next_posts_step(struct next_posts *next, size_t rows)
{
    while (next->busy && rows > 0) {
        size_t total = next->rows.count, from = bits_next(&next->rows, next->next);
        size_t count = total - from < FORECAST_BLOCK ? total - from : FORECAST_BLOCK;
        next->busy = from < total;
        if (next->busy)
            look(next, (uint32_t)from, count);
        next->next = (uint32_t)(from + count);
        rows -= rows < count ? rows : count;
    }
    return next->busy;
}
