#include <math.h>

#include "allocate_internal.h"

/* From the cheapest selection that obeys the rules on: the step that gains most for the money, again
 * and again. The best step of an item is an edge of the concave hull of its costs and gains. */

/* The best step of an item for at most this much money. False: none gains. */
static bool step_of(const struct allocation *allocation, uint32_t item, double money,
                    struct next_step *out)
{
    const struct allocation_item *it = &allocation->problem.items[item];
    unsigned from = allocation->chosen[item];
    *out = (struct next_step){.item = item};
    for (unsigned n = from + 1; n <= it->cap; n++) {
        double gain = it->gain[n] - it->gain[from], cost = it->cost[n] - it->cost[from];
        if (cost > money + allocation->hair)
            break;
        double worth = cost > 0 ? gain / cost : (double)INFINITY;
        if (gain > 0 && worth >= out->worth) {
            out->worth = worth;
            out->to = n;
        }
    }
    return out->to > 0;
}

static void heap_push(struct allocation *allocation, struct next_step step)
{
    struct next_step *steps = allocation->steps;
    size_t at = allocation->step_count++;
    while (at > 0 && steps[(at - 1) / 2].worth < step.worth) {
        steps[at] = steps[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    steps[at] = step;
}

static struct next_step heap_pop(struct allocation *allocation)
{
    struct next_step *steps = allocation->steps, top = steps[0];
    struct next_step last = steps[--allocation->step_count];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < allocation->step_count; at = child) {
        if (child + 1 < allocation->step_count && steps[child + 1].worth > steps[child].worth)
            child++;
        if (steps[child].worth <= last.worth)
            break;
        steps[at] = steps[child];
    }
    steps[at] = last;
    return top;
}

/* May one more that these rules count be chosen? */
static bool has_room(const struct allocation *allocation, unsigned rules)
{
    for (size_t i = 0; i < allocation->problem.rule_count; i++) {
        const struct allocation_rule *rule = &allocation->problem.rules[i];
        if (rules >> i & 1 && rule->kind == ALLOCATION_AT_MOST &&
            rule_room(rule, allocation->counts[i]) < 1)
            return false;
    }
    return true;
}

static void take(struct allocation *allocation, const struct next_step *step)
{
    const struct allocation_item *item = &allocation->problem.items[step->item];
    unsigned *chosen = &allocation->chosen[step->item];
    if (*chosen == 0)
        for (size_t i = 0; i < allocation->problem.rule_count; i++)
            allocation->counts[i] += (int)(item->rules >> i & 1);
    allocation->cost += item->cost[step->to] - item->cost[*chosen];
    allocation->gain += item->gain[step->to] - item->gain[*chosen];
    *chosen = step->to;
}

bool greedy_stage(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct next_step step;
    while (allocation->step_next < problem->count) {
        uint32_t item = (uint32_t)allocation->step_next++;
        if (step_of(allocation, item, problem->budget - allocation->cost, &step))
            heap_push(allocation, step);
        if (!work_spend(work, problem->items[item].cap + 8u))
            return false;
    }
    while (allocation->step_count > 0) {
        double money = problem->budget - allocation->cost;
        step = heap_pop(allocation);
        const struct allocation_item *item = &problem->items[step.item];
        unsigned from = allocation->chosen[step.item];
        bool fits = item->cost[step.to] - item->cost[from] <= money + allocation->hair;
        if (from == 0 && !has_room(allocation, item->rules))
            continue;
        if (fits)
            take(allocation, &step);
        if (step_of(allocation, step.item, problem->budget - allocation->cost, &step))
            heap_push(allocation, step);
        if (!work_spend(work, item->cap + 32u))
            return false;
    }
    return true;
}
