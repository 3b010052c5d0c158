#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate_search_internal.h"
#include "base/vec.h"

void search_free(struct search *search)
{
    if (!search)
        return;
    free(search->at);
    free(search->core.items);
    free(search->options.items);
    free(search->suffixes.items);
    free(search->trail.items);
    free(search->list);
    free(search->grown);
    free(search->heads.items);
    free(search->losses);
    free(search);
}

double search_progress(const struct allocation *allocation)
{
    const struct search *search = allocation->search;
    if (!search || search->best_loss <= 0)
        return 0;
    double done = fmin(1, fmax(search->proven, 0) / search->best_loss);
    double level = search->core.count > 0 && search->walking
                       ? (double)search->level / (double)search->core.count
                       : 0;
    double step = fmin(1, search->limit / search->best_loss) - done;
    return done + fmax(step, 0) * level;
}

static void round_begin(struct search *search)
{
    search->limit = search->target;
    search->sure = INFINITY;
    search->full = search->walking = false;
    search->next = search->core.count = search->options.count = 0;
}

static void search_begin(struct allocation *allocation)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct search *search = allocation->search = mem_zero(1, sizeof *search);
    search->at = mem_zero(problem->count, sizeof *search->at);
    search->money_left = problem->budget;
    search->list_most = LIST_FIRST;
    search->trail_most = TRAIL_FIRST;
    search->best_loss = allocation->lowest - allocation->gain;
    search->target = fmax(search->best_loss / 64, 2 * allocation->tolerance);
    round_begin(search);
}

/* The best choice of each item; their sum decides what is left. */
static bool choose_all(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct search *search = allocation->search;
    while (search->next < problem->count) {
        const struct allocation_item *item = &problem->items[search->next];
        double charge = prices_charge(allocation, &allocation->prices, item), net;
        unsigned n = prices_choose(&allocation->prices, item, charge, &net);
        search->at[search->next++] = n;
        search->money_left -= item->cost[n];
        for (size_t i = 0; n > 0 && i < problem->rule_count; i++)
            search->counts[i] += (int)(item->rules >> i & 1);
        if (!work_spend(work, item->cap - item->keep + 4))
            return false;
    }
    return true;
}

/* ---- Growing the list by one item of the core ---- */

static bool head_before(const struct head *a, const struct head *b)
{
    int order = counts_order(&a->partial.counts, &b->partial.counts);
    return order ? order < 0 : a->partial.cost < b->partial.cost;
}

static void heads_sink(struct search *search, size_t at)
{
    struct head *heads = search->heads.items, head = heads[at];
    for (size_t child; (child = 2 * at + 1) < search->heads.count; at = child) {
        if (child + 1 < search->heads.count && head_before(&heads[child + 1], &heads[child]))
            child++;
        if (!head_before(&heads[child], &head))
            break;
        heads[at] = heads[child];
    }
    heads[at] = head;
}

static void head_fill(const struct search *search, struct head *head)
{
    head->partial = search->list[head->from];
    if (head->option == UINT32_MAX)
        return;
    const struct option *option = &search->options.items[head->option];
    head->partial.cost += option->cost;
    head->partial.loss += option->loss;
    for (int i = 0; i < 2; i++)
        head->partial.counts.words[i] += option->counts.words[i];
}

/* Forgets the marks that no partial selection leads to any more. Each stands behind those before it. */
static void trail_tidy(struct search *search)
{
    struct mark *marks = search->trail.items;
    size_t count = search->trail.count, kept = 0;
    uint32_t *now = mem_zero(count, sizeof *now);
    for (size_t i = 0; i < search->list_count; i++)
        if (search->list[i].trail != UINT32_MAX)
            now[search->list[i].trail] = 1;
    if (search->better && search->best_trail != UINT32_MAX)
        now[search->best_trail] = 1;
    for (size_t i = count; i-- > 0;)
        if (now[i] && marks[i].before != UINT32_MAX)
            now[marks[i].before] = 1;
    for (size_t i = 0; i < count; i++)
        if (now[i]) {
            struct mark mark = marks[i];
            mark.before = mark.before == UINT32_MAX ? UINT32_MAX : now[mark.before];
            now[i] = (uint32_t)kept;
            marks[kept++] = mark;
        }
    for (size_t i = 0; i < search->list_count; i++)
        if (search->list[i].trail != UINT32_MAX)
            search->list[i].trail = now[search->list[i].trail];
    if (search->better && search->best_trail != UINT32_MAX)
        search->best_trail = now[search->best_trail];
    free(now);
    search->trail.count = kept;
    search->trail_most = 2 * kept > TRAIL_FIRST ? 2 * kept : TRAIL_FIRST;
}

static void merge_begin(struct search *search)
{
    if (search->trail.count >= search->trail_most)
        trail_tidy(search);
    const struct core_item *core = &search->core.items[search->level];
    search->heads.count = 0;
    for (size_t i = 0; i <= core->count && search->list_count > 0; i++) {
        struct head head = {.option = i == 0 ? UINT32_MAX : (uint32_t)(core->first + i - 1)};
        head_fill(search, &head);
        VEC_PUSH(&search->heads, head);
    }
    for (size_t i = search->heads.count / 2; i-- > 0;)
        heads_sink(search, i);
    search->grown_count = 0;
    search->merging = true;
}

/* Too many: those that must lose more than the middle one are let go, and the limit is lowered to it;
 * where most must lose the same, every other one. */
static void make_room(struct allocation *allocation, const struct suffix *suffix)
{
    struct search *search = allocation->search;
    size_t count = search->grown_count, kept = 0;
    for (size_t i = 0; i < count; i++)
        search->losses[i] =
            search->grown[i].loss + least_loss(allocation, suffix, &search->grown[i]);
    double limit = middle(search->losses, count);
    for (size_t i = 0; i < count; i++)
        if (search->losses[i] <= limit)
            search->grown[kept++] = search->grown[i];
    search->full = true;
    search->grown_count = kept;
    if (kept <= count / 4 * 3) {
        search->limit = fmin(search->limit, limit);
        return;
    }
    search->sure = fmin(search->sure, search->proven);
    for (size_t i = search->grown_count = 0; i < kept; i += 2)
        search->grown[search->grown_count++] = search->grown[i];
}

static void offer_whole(struct allocation *allocation, const struct partial *partial)
{
    struct search *search = allocation->search;
    double loss = partial->loss + rest_loss(allocation, partial);
    if (!(loss < search->best_loss))
        return;
    search->best_loss = loss;
    search->best_trail = partial->trail;
    search->better = true;
    search->limit = fmin(search->limit, loss - allocation->tolerance / 2);
}

/* What a partial selection gains, but for what is the same for all of the same counts. */
static double partial_gain(const struct allocation *allocation, const struct partial *partial)
{
    return allocation->prices.money * partial->cost - partial->loss;
}

static void grow(struct allocation *allocation, const struct head *head)
{
    struct search *search = allocation->search;
    const struct suffix *suffix = &search->suffixes.items[search->level + 1];
    struct partial partial = head->partial;
    if (partial.loss + least_loss(allocation, suffix, &partial) > search->limit)
        return;
    if (search->grown_count > 0) {
        const struct partial *last = &search->grown[search->grown_count - 1];
        if (counts_order(&last->counts, &partial.counts) == 0 &&
            partial_gain(allocation, &partial) <= partial_gain(allocation, last) + search->trim)
            return;
    }
    if (head->option != UINT32_MAX) {
        if (search->trail.count == TRAIL_MOST)
            return;
        struct mark mark = {partial.trail, head->option};
        partial.trail = (uint32_t)search->trail.count;
        VEC_PUSH(&search->trail, mark);
        offer_whole(allocation, &partial);
    }
    if (search->grown_count == search->list_most)
        make_room(allocation, suffix);
    search->grown[search->grown_count++] = partial;
}

/* One level of the core; false: the work is used up. */
static bool merge_run(struct allocation *allocation, size_t *work)
{
    struct search *search = allocation->search;
    if (!search->merging)
        merge_begin(search);
    while (search->heads.count > 0) {
        struct head *head = &search->heads.items[0];
        grow(allocation, head);
        search->looks++;
        if (++head->from < search->list_count)
            head_fill(search, head);
        else
            *head = search->heads.items[--search->heads.count];
        if (search->heads.count > 0)
            heads_sink(search, 0);
        if (!work_spend(work, 8))
            return false;
    }
    struct partial *list = search->list;
    search->list = search->grown;
    search->grown = list;
    search->list_count = search->grown_count;
    search->merging = false;
    search->level++;
    return true;
}

/* ---- Rounds ---- */

static void walk_begin(struct allocation *allocation)
{
    struct search *search = allocation->search;
    core_end(allocation);
    search->list = mem_resize(search->list, search->list_most, sizeof *search->list);
    search->grown = mem_resize(search->grown, search->list_most, sizeof *search->grown);
    search->losses = mem_resize(search->losses, search->list_most, sizeof *search->losses);
    struct partial none = {.trail = UINT32_MAX};
    for (size_t i = 0; i < ALLOCATION_RULES; i++)
        none.counts.words[i / 4] |= (uint64_t)COUNT_ZERO << (i % 4 * COUNT_BITS);
    search->list[0] = none;
    search->list_count = 1;
    search->trail.count = 0;
    search->level = 0;
    search->walking = true;
    offer_whole(allocation, &none);
}

/* Writes down the best selection that was met. */
static void keep_best(struct allocation *allocation)
{
    struct search *search = allocation->search;
    if (!search->better)
        return;
    search->better = false;
    memcpy(allocation->chosen, search->at, allocation->problem.count * sizeof *search->at);
    for (uint32_t at = search->best_trail; at != UINT32_MAX; at = search->trail.items[at].before) {
        const struct option *option = &search->options.items[search->trail.items[at].option];
        allocation->chosen[option->item] = option->to;
    }
    allocation->cost = allocation->gain = 0;
    for (size_t i = 0; i < allocation->problem.count; i++) {
        const struct allocation_item *item = &allocation->problem.items[i];
        allocation->cost += item->cost[allocation->chosen[i]];
        allocation->gain += item->gain[allocation->chosen[i]];
    }
}

static bool search_goes_on(const struct search *search)
{
    return search->trail.count < TRAIL_MOST && search->looks < LOOKS_MOST;
}

/* What has been looked through lowers the bound. True: no more rounds. */
static bool walk_end(struct allocation *allocation)
{
    struct search *search = allocation->search;
    double margin = allocation->tolerance / 2;
    bool out = !search_goes_on(search);
    keep_best(allocation);
    if (!out)
        search->proven = fmax(search->proven, fmin(search->limit, search->sure));
    allocation->bound = fmin(allocation->bound, allocation->lowest - search->proven + margin);
    bool last = search->full && search->list_most == LIST_MOST;
    if (out || last || search->best_loss <= search->proven + margin)
        return true;
    if (search->full)
        search->list_most = LIST_MOST;
    else
        search->target = fmax(4 * search->proven, 2 * allocation->tolerance);
    search->target = fmin(search->target, search->best_loss - margin);
    round_begin(search);
    return false;
}

bool search_stage(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    if (!allocation->search)
        search_begin(allocation);
    struct search *search = allocation->search;
    if (!search->begun) {
        if (!choose_all(allocation, work))
            return false;
        search->begun = true;
        search->next = 0;
    }
    for (;;) {
        for (; !search->walking && search->next < problem->count; search->next++) {
            core_offer(allocation, (uint32_t)search->next);
            if (!work_spend(work, 8))
                return search->next++, false;
        }
        if (!search->walking)
            walk_begin(allocation);
        while (search->level < search->core.count && search->limit > search->proven &&
               search_goes_on(search))
            if (!merge_run(allocation, work)) {
                keep_best(allocation);
                return false;
            }
        if (walk_end(allocation))
            return true;
    }
}
