#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate_exact_internal.h"
#include "base/vec.h"

void exact_free(struct exact *exact)
{
    if (!exact)
        return;
    free(exact->at);
    free(exact->core.items);
    free(exact->options.items);
    free(exact->suffixes.items);
    free(exact->trail.items);
    free(exact->list);
    free(exact->grown);
    free(exact->heads.items);
    free(exact->losses);
    free(exact);
}

double exact_progress(const struct allocation *allocation)
{
    const struct exact *exact = allocation->exact;
    if (!exact || exact->best_loss <= 0)
        return 0;
    double done = fmin(1, fmax(exact->proven, 0) / exact->best_loss);
    double level = exact->core.count > 0 && exact->walking
                       ? (double)exact->level / (double)exact->core.count
                       : 0;
    double step = fmin(1, exact->limit / exact->best_loss) - done;
    return done + fmax(step, 0) * level;
}

static void round_begin(struct exact *exact)
{
    exact->limit = exact->target;
    exact->sure = INFINITY;
    exact->full = exact->walking = exact->merging = false;
    exact->next = exact->core.count = exact->options.count = 0;
}

static void exact_begin(struct allocation *allocation)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct exact *exact = allocation->exact = mem_zero(1, sizeof *exact);
    exact->at = mem_zero(problem->count, sizeof *exact->at);
    exact->money_left = problem->budget;
    exact->list_most = LIST_FIRST;
    exact->trail_most = TRAIL_FIRST;
    exact->best_loss = allocation->lowest - allocation->gain;
    exact->target = fmax(exact->best_loss / 64, 2 * allocation->tolerance);
    round_begin(exact);
}

/* The best choice of each item; their sum decides what is left. */
static bool choose_all(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct exact *exact = allocation->exact;
    while (exact->next < problem->count) {
        const struct allocation_item *item = &problem->items[exact->next];
        double charge = prices_charge(allocation, &allocation->prices, item), net;
        unsigned n = prices_choose(&allocation->prices, item, charge, &net);
        exact->at[exact->next++] = n;
        exact->money_left -= item->cost[n];
        for (size_t i = 0; n > 0 && i < problem->rule_count; i++)
            exact->counts[i] += (int)(item->rules >> i & 1);
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

static void heads_sink(struct exact *exact, size_t at)
{
    struct head *heads = exact->heads.items, head = heads[at];
    for (size_t child; (child = 2 * at + 1) < exact->heads.count; at = child) {
        if (child + 1 < exact->heads.count && head_before(&heads[child + 1], &heads[child]))
            child++;
        if (!head_before(&heads[child], &head))
            break;
        heads[at] = heads[child];
    }
    heads[at] = head;
}

static void head_fill(const struct exact *exact, struct head *head)
{
    head->partial = exact->list[head->from];
    if (head->option == UINT32_MAX)
        return;
    const struct option *option = &exact->options.items[head->option];
    head->partial.cost += option->cost;
    head->partial.loss += option->loss;
    for (int i = 0; i < 2; i++)
        head->partial.counts.words[i] += option->counts.words[i];
}

/* Forgets the marks that no partial selection leads to any more. Each stands behind those before it. */
static void trail_tidy(struct exact *exact)
{
    struct mark *marks = exact->trail.items;
    size_t count = exact->trail.count, kept = 0;
    uint32_t *now = mem_zero(count, sizeof *now);
    for (size_t i = 0; i < exact->list_count; i++)
        if (exact->list[i].trail != UINT32_MAX)
            now[exact->list[i].trail] = 1;
    if (exact->better && exact->best_trail != UINT32_MAX)
        now[exact->best_trail] = 1;
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
    for (size_t i = 0; i < exact->list_count; i++)
        if (exact->list[i].trail != UINT32_MAX)
            exact->list[i].trail = now[exact->list[i].trail];
    if (exact->better && exact->best_trail != UINT32_MAX)
        exact->best_trail = now[exact->best_trail];
    free(now);
    exact->trail.count = kept;
    exact->trail_most = 2 * kept > TRAIL_FIRST ? 2 * kept : TRAIL_FIRST;
}

static void merge_begin(struct exact *exact)
{
    if (exact->trail.count >= exact->trail_most)
        trail_tidy(exact);
    const struct core_item *core = &exact->core.items[exact->level];
    exact->heads.count = 0;
    for (size_t i = 0; i <= core->count && exact->list_count > 0; i++) {
        struct head head = {.option = i == 0 ? UINT32_MAX : (uint32_t)(core->first + i - 1)};
        head_fill(exact, &head);
        VEC_PUSH(&exact->heads, head);
    }
    for (size_t i = exact->heads.count / 2; i-- > 0;)
        heads_sink(exact, i);
    exact->grown_count = 0;
    exact->merging = true;
}

/* Too many: those that must lose more than the middle one are let go, and the limit is lowered to it;
 * where most must lose the same, every other one. */
static void make_room(struct allocation *allocation, size_t level)
{
    struct exact *exact = allocation->exact;
    size_t count = exact->grown_count, kept = 0;
    for (size_t i = 0; i < count; i++)
        exact->losses[i] = exact->grown[i].loss + least_loss(allocation, level, &exact->grown[i]);
    double limit = exact_middle(exact->losses, count);
    for (size_t i = 0; i < count; i++)
        if (exact->losses[i] <= limit)
            exact->grown[kept++] = exact->grown[i];
    exact->full = true;
    exact->grown_count = kept;
    if (kept <= count / 4 * 3) {
        exact->limit = fmin(exact->limit, limit);
        return;
    }
    exact->sure = fmin(exact->sure, exact->proven);
    for (size_t i = exact->grown_count = 0; i < kept; i += 2)
        exact->grown[exact->grown_count++] = exact->grown[i];
}

static void offer_whole(struct allocation *allocation, const struct partial *partial)
{
    struct exact *exact = allocation->exact;
    double loss = partial->loss + rest_loss(allocation, partial);
    if (!(loss < exact->best_loss))
        return;
    exact->best_loss = loss;
    exact->best_trail = partial->trail;
    exact->better = true;
    exact->limit = fmin(exact->limit, loss - allocation->tolerance / 2);
}

/* What a partial selection gains, but for what is the same for all of the same counts. */
static double partial_gain(const struct allocation *allocation, const struct partial *partial)
{
    return allocation->prices.money * partial->cost - partial->loss;
}

static void grow(struct allocation *allocation, const struct head *head)
{
    struct exact *exact = allocation->exact;
    size_t level = exact->level + 1;
    struct partial partial = head->partial;
    if (partial.loss + least_loss(allocation, level, &partial) > exact->limit)
        return;
    if (exact->grown_count > 0) {
        const struct partial *last = &exact->grown[exact->grown_count - 1];
        if (counts_order(&last->counts, &partial.counts) == 0 &&
            partial_gain(allocation, &partial) <= partial_gain(allocation, last) + exact->trim)
            return;
    }
    if (head->option != UINT32_MAX) {
        if (exact->trail.count == TRAIL_MOST)
            return;
        struct mark mark = {partial.trail, head->option};
        partial.trail = (uint32_t)exact->trail.count;
        VEC_PUSH(&exact->trail, mark);
        offer_whole(allocation, &partial);
    }
    if (exact->grown_count == exact->list_most)
        make_room(allocation, level);
    exact->grown[exact->grown_count++] = partial;
}

/* One level of the core; false: the work is used up. */
static bool merge_run(struct allocation *allocation, size_t *work)
{
    struct exact *exact = allocation->exact;
    if (!exact->merging)
        merge_begin(exact);
    while (exact->heads.count > 0) {
        struct head *head = &exact->heads.items[0];
        grow(allocation, head);
        exact->looks++;
        if (++head->from < exact->list_count)
            head_fill(exact, head);
        else
            *head = exact->heads.items[--exact->heads.count];
        if (exact->heads.count > 0)
            heads_sink(exact, 0);
        if (!work_spend(work, 8))
            return false;
    }
    struct partial *list = exact->list;
    exact->list = exact->grown;
    exact->grown = list;
    exact->list_count = exact->grown_count;
    exact->merging = false;
    exact->level++;
    return true;
}

/* ---- Rounds ---- */

static void walk_begin(struct allocation *allocation)
{
    struct exact *exact = allocation->exact;
    core_end(allocation);
    exact->list = mem_resize(exact->list, exact->list_most, sizeof *exact->list);
    exact->grown = mem_resize(exact->grown, exact->list_most, sizeof *exact->grown);
    exact->losses = mem_resize(exact->losses, exact->list_most, sizeof *exact->losses);
    struct partial none = {.trail = UINT32_MAX};
    for (size_t i = 0; i < ALLOCATION_RULES; i++)
        none.counts.words[i / 4] |= (uint64_t)COUNT_ZERO << (i % 4 * COUNT_BITS);
    exact->list[0] = none;
    exact->list_count = 1;
    exact->trail.count = 0;
    exact->level = 0;
    exact->walking = true;
    offer_whole(allocation, &none);
}

/* Writes down the best selection that was met. */
static void keep_best(struct allocation *allocation)
{
    struct exact *exact = allocation->exact;
    if (!exact->better)
        return;
    exact->better = false;
    memcpy(allocation->chosen, exact->at, allocation->problem.count * sizeof *exact->at);
    for (uint32_t at = exact->best_trail; at != UINT32_MAX; at = exact->trail.items[at].before) {
        const struct option *option = &exact->options.items[exact->trail.items[at].option];
        allocation->chosen[option->item] = option->to;
    }
    allocation->cost = allocation->gain = 0;
    for (size_t i = 0; i < allocation->problem.count; i++) {
        const struct allocation_item *item = &allocation->problem.items[i];
        if (allocation->chosen[i] == 0)
            continue;
        allocation->cost += item->cost[allocation->chosen[i]];
        allocation->gain += item->gain[allocation->chosen[i]];
    }
}

static bool exact_goes_on(const struct exact *exact)
{
    return exact->trail.count < TRAIL_MOST && exact->looks < LOOKS_MOST;
}

/* What has been looked through lowers the bound. True: no more rounds. */
static bool walk_end(struct allocation *allocation)
{
    struct exact *exact = allocation->exact;
    double margin = allocation->tolerance / 2;
    bool out = !exact_goes_on(exact);
    keep_best(allocation);
    if (!out)
        exact->proven = fmax(exact->proven, fmin(exact->limit, exact->sure));
    allocation->bound = fmin(allocation->bound, allocation->lowest - exact->proven + margin);
    bool last = exact->full && exact->list_most == LIST_MOST;
    if (out || last || exact->best_loss <= exact->proven + margin)
        return true;
    if (exact->full)
        exact->list_most = LIST_MOST;
    else
        exact->target = fmax(4 * exact->proven, 2 * allocation->tolerance);
    exact->target = fmin(exact->target, exact->best_loss - margin);
    round_begin(exact);
    return false;
}

bool exact_stage(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    if (!allocation->exact)
        exact_begin(allocation);
    struct exact *exact = allocation->exact;
    if (!exact->begun) {
        if (!choose_all(allocation, work))
            return false;
        exact->begun = true;
        exact->next = 0;
    }
    for (;;) {
        for (; !exact->walking && exact->next < problem->count; exact->next++) {
            core_offer(allocation, (uint32_t)exact->next);
            if (!work_spend(work, 8))
                return exact->next++, false;
        }
        if (!exact->walking)
            walk_begin(allocation);
        while (exact->level < exact->core.count && exact->limit > exact->proven &&
               exact_goes_on(exact))
            if (!merge_run(allocation, work)) {
                keep_best(allocation);
                return false;
            }
        if (walk_end(allocation))
            return true;
    }
}
