#include <math.h>
#include <stdlib.h>

#include "allocate_exact_internal.h"
#include "base/vec.h"

/* ---- Counts ---- */

int counts_at(const struct counts *counts, size_t rule)
{
    uint64_t word = counts->words[rule / 4] >> (rule % 4 * COUNT_BITS);
    return (int)(word & 0xffff) - (int)COUNT_ZERO;
}

/* One more or one less for each of these rules. Sums of such never leave their bits. */
static struct counts counts_of(unsigned rules, bool more)
{
    struct counts counts = {{0, 0}};
    for (size_t i = 0; i < ALLOCATION_RULES; i++)
        if (rules >> i & 1) {
            uint64_t one = (uint64_t)1 << (i % 4 * COUNT_BITS);
            counts.words[i / 4] += more ? one : -one;
        }
    return counts;
}

int counts_order(const struct counts *a, const struct counts *b)
{
    if (a->words[0] != b->words[0])
        return a->words[0] < b->words[0] ? -1 : 1;
    return (a->words[1] > b->words[1]) - (a->words[1] < b->words[1]);
}

/* ---- The core ---- */

static int number_order(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

double exact_middle(const double *numbers, size_t count)
{
    double sample[1024];
    size_t each = count / COUNT_OF(sample) + 1, samples = 0;
    for (size_t i = 0; i < count; i += each)
        sample[samples++] = numbers[i];
    qsort(sample, samples, sizeof *sample, number_order);
    return sample[samples / 2];
}

/* Half as large, by a lower limit; or no more items are looked at. */
static void core_trim(const struct allocation *allocation)
{
    struct exact *exact = allocation->exact;
    double losses[1024];
    size_t each = exact->core.count / COUNT_OF(losses) + 1, samples = 0, kept = 0;
    for (size_t i = 0; i < exact->core.count; i += each)
        losses[samples++] = exact->core.items[i].loss;
    double limit = exact_middle(losses, samples);
    for (size_t i = 0; i < exact->core.count; i++)
        if (exact->core.items[i].loss <= limit)
            exact->core.items[kept++] = exact->core.items[i];
    exact->full = true;
    if (kept <= CORE_MOST / 4 * 3) {
        exact->limit = fmin(exact->limit, limit);
    } else {
        exact->sure = 0;
        exact->next = allocation->problem.count - 1;
    }
    exact->core.count = kept;
}

void core_offer(struct allocation *allocation, uint32_t index)
{
    struct exact *exact = allocation->exact;
    const struct allocation_item *item = &allocation->problem.items[index];
    double charge = prices_charge(allocation, &allocation->prices, item);
    unsigned at = exact->at[index];
    double price = allocation->prices.money;
    double best = item->gain[at] - price * item->cost[at] - (at > 0 ? charge : 0);
    struct core_item core = {
        .item = index, .first = exact->options.count, .loss = INFINITY, .least = INFINITY};
    for (unsigned n = item->keep; n <= item->cap; n++) {
        double loss = best - (item->gain[n] - price * item->cost[n] - (n > 0 ? charge : 0));
        if (n == at || loss > exact->limit)
            continue;
        struct option option = {
            .cost = item->cost[n] - item->cost[at], .loss = fmax(loss, 0), .item = index, .to = n};
        if ((n > 0) != (at > 0))
            option.counts = counts_of(item->rules, n > 0);
        core.loss = fmin(core.loss, option.loss);
        core.least = fmin(core.least, option.loss / fmax(fabs(option.cost), 1e-9));
        VEC_PUSH(&exact->options, option);
        core.count++;
    }
    if (core.count == 0)
        return;
    VEC_PUSH(&exact->core, core);
    if (exact->core.count == CORE_MOST)
        core_trim(allocation);
}

static int core_order(const void *a, const void *b)
{
    const struct core_item *one = a, *other = b;
    int order = (one->least > other->least) - (one->least < other->least);
    return order ? order : (one->item > other->item) - (one->item < other->item);
}

static void reach_add(struct reach *reach, double by, double least)
{
    reach->all += by;
    reach->loss += by > 0 ? by * least : 0;
}

static void suffix_add(const struct allocation *allocation, struct suffix *suffix,
                       const struct core_item *core)
{
    const struct exact *exact = allocation->exact;
    unsigned rules = allocation->problem.items[core->item].rules;
    double cheapest = 0, dearest = 0;
    bool chosen = exact->at[core->item] > 0, changes = false;
    for (size_t o = core->first; o < core->first + core->count; o++) {
        const struct option *option = &exact->options.items[o];
        cheapest = fmin(cheapest, option->cost);
        dearest = fmax(dearest, option->cost);
        if ((option->to > 0) == chosen)
            continue;
        changes = true;
        for (size_t i = 0; i < allocation->problem.rule_count; i++)
            if (rules >> i & 1) {
                double *loss = chosen ? &suffix->fewer[i] : &suffix->more[i];
                *loss = fmin(*loss, option->loss);
            }
    }
    reach_add(&suffix->cheaper, -cheapest, core->least);
    reach_add(&suffix->dearer, dearest, core->least);
    for (size_t i = 0; changes && i < allocation->problem.rule_count; i++)
        *(chosen ? &suffix->fewer_all[i] : &suffix->more_all[i]) += rules >> i & 1;
}

void core_end(struct allocation *allocation)
{
    struct exact *exact = allocation->exact;
    size_t count = exact->core.count;
    struct suffix suffix = {.dearer = {0, 0}};
    if (count > 0)
        qsort(exact->core.items, count, sizeof *exact->core.items, core_order);
    for (size_t i = 0; i < ALLOCATION_RULES; i++)
        suffix.more[i] = suffix.fewer[i] = INFINITY;
    VEC_RESERVE(&exact->suffixes, count + 1);
    exact->suffixes.items[count] = suffix;
    for (size_t i = count; i-- > 0;) {
        suffix_add(allocation, &suffix, &exact->core.items[i]);
        exact->suffixes.items[i] = suffix;
    }
    exact->worth = 0;
    while (exact->worth < count && exact->core.items[exact->worth].least < allocation->prices.money)
        exact->worth++;
    exact->trim = allocation->tolerance / (2 * (double)(count + 1));
}

/* ---- Losses ---- */

double rest_loss(const struct allocation *allocation, const struct partial *partial)
{
    const struct exact *exact = allocation->exact;
    double money = exact->money_left - partial->cost;
    if (money < -allocation->hair)
        return INFINITY;
    double loss = fmax(money, 0) * allocation->prices.money;
    for (size_t i = 0; i < allocation->problem.rule_count; i++) {
        int count = exact->counts[i] + counts_at(&partial->counts, i);
        int room = rule_room(&allocation->problem.rules[i], count);
        if (room < 0)
            return INFINITY;
        loss += room * allocation->prices.rule[i];
    }
    return loss;
}

static const struct reach *reach_at(const struct exact *exact, size_t level, bool dearer)
{
    const struct suffix *suffix = &exact->suffixes.items[level];
    return dearer ? &suffix->dearer : &suffix->cheaper;
}

/* What moving the cost by so much loses at least: by the items from `level` to `end`, which stand in the
 * order of what they lose for each unit, as far as each can; what then remains loses `rest` for each. */
static double moving_loss(const struct exact *exact, size_t level, size_t end, bool dearer,
                          double money, double rest)
{
    const struct reach *from = reach_at(exact, level, dearer);
    size_t low = level, high = end > level ? end : level;
    while (low < high) { /* the first by which it is done */
        size_t half = low + (high - low) / 2;
        if (from->all - reach_at(exact, half + 1, dearer)->all >= money)
            high = half;
        else
            low = half + 1;
    }
    const struct reach *to = reach_at(exact, low, dearer);
    double left = fmax(0, money - (from->all - to->all));
    double each = low < end ? exact->core.items[low].least : rest;
    return fmax(0, from->loss - to->loss) + (left > 0 ? left * each : 0);
}

double least_loss(const struct allocation *allocation, size_t level, const struct partial *partial)
{
    const struct exact *exact = allocation->exact;
    const struct suffix *suffix = &exact->suffixes.items[level];
    const struct prices *prices = &allocation->prices;
    double money = exact->money_left - partial->cost, least = 0;
    if (-money > suffix->cheaper.all + allocation->hair)
        return INFINITY;
    if (money < -allocation->hair)
        least = moving_loss(exact, level, exact->core.count, false, -money - allocation->hair, 0);
    else if (money > 0)
        least = moving_loss(exact, level, exact->worth, true, money, prices->money);
    for (size_t i = 0; i < allocation->problem.rule_count; i++) {
        const struct allocation_rule *rule = &allocation->problem.rules[i];
        int room = rule_room(rule, exact->counts[i] + counts_at(&partial->counts, i));
        bool most = rule->kind == ALLOCATION_AT_MOST;
        unsigned can = most ? suffix->fewer_all[i] : suffix->more_all[i];
        if (room < 0 && (unsigned)-room > can)
            return INFINITY;
        double mend = most ? suffix->fewer[i] : suffix->more[i];
        double fill = most ? suffix->more[i] : suffix->fewer[i];
        if (room != 0)
            least = fmax(least, room < 0 ? -room * mend : room * fmin(prices->rule[i], fill));
    }
    return least;
}
