#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "allocate_internal.h"
#include "base/vec.h"

/* The cheapest selection that obeys the rules, so that there is one to begin with and one knows when
 * there is none. Items that the same rules count differ by their price only: of each such class the
 * cheapest few are taken, and how many of which class is a walk over lists of counts. */

#define CLASSES (1u << ALLOCATION_RULES)
#define WAYS_MOST 50000

struct way { /* how far the rules are, over the classes so far */
    uint16_t counts[ALLOCATION_RULES];
    double cost;
    uint32_t before; /* way it goes on from */
    uint16_t rules, taken;
};
struct ways {
    struct way *items;
    size_t count, capacity;
};
struct class
{
    uint32_t *items; /* the cheapest, ascending */
    size_t count, most;
};

struct rules_walk {
    struct allocation *allocation;
    size_t rules;                 /* only the first so many */
    int needed[ALLOCATION_RULES]; /* at least, beside what is kept; or at most */
    struct class classes[CLASSES];
    struct ways ways;
};

static double first_cost(const struct rules_walk *walk, uint32_t item)
{
    return walk->allocation->problem.items[item].cost[1];
}

static void class_offer(struct rules_walk *walk, struct class *class, uint32_t item)
{
    double cost = first_cost(walk, item);
    if (!class->items)
        class->items = mem_alloc((class->most + 1) * sizeof *class->items);
    size_t at = class->count;
    while (at > 0 && cost < first_cost(walk, class->items[at - 1]))
        at--;
    if (at == class->most)
        return;
    memmove(class->items + at + 1, class->items + at, (class->count - at) * sizeof *class->items);
    class->items[at] = item;
    class->count += class->count < class->most;
}

/* How many of a class can ever be of use: as many as the rule that wants most of it. */
static size_t class_most(const struct rules_walk *walk, unsigned rules)
{
    int most = 0;
    for (size_t i = 0; i < walk->rules; i++)
        if (rules >> i & 1 && walk->allocation->problem.rules[i].kind == ALLOCATION_AT_LEAST &&
            walk->needed[i] > most)
            most = walk->needed[i];
    return (size_t)most;
}

/* What the rules want beside what is kept. False: too many are kept. */
static bool walk_begin(struct rules_walk *walk)
{
    const struct allocation_problem *problem = &walk->allocation->problem;
    for (size_t r = 0; r < walk->rules; r++) {
        int kept = 0;
        for (size_t i = 0; i < problem->count; i++)
            kept += problem->items[i].keep > 0 && problem->items[i].rules >> r & 1;
        bool most = problem->rules[r].kind == ALLOCATION_AT_MOST;
        int needed = (int)problem->rules[r].count - kept;
        if (most && needed < 0)
            return false;
        walk->needed[r] = needed < 0 ? 0 : needed;
    }
    unsigned used = (1u << walk->rules) - 1;
    for (unsigned c = 0; c < CLASSES; c++)
        walk->classes[c].most = class_most(walk, c);
    for (size_t i = 0; i < problem->count; i++) {
        const struct allocation_item *item = &problem->items[i];
        struct class *class = &walk->classes[item->rules & used];
        if (item->keep == 0 && item->cap > 0 && class->most > 0)
            class_offer(walk, class, (uint32_t)i);
    }
    return true;
}

static int way_order(const void *a, const void *b)
{
    const struct way *one = a, *other = b;
    int order = memcmp(one->counts, other->counts, sizeof one->counts);
    return order ? order : (one->cost > other->cost) - (one->cost < other->cost);
}

static int way_cheaper(const void *a, const void *b)
{
    const struct way *one = a, *other = b;
    return (one->cost > other->cost) - (one->cost < other->cost);
}

/* One more of the class; false where a rule does not let it. */
static bool way_count(const struct rules_walk *walk, unsigned rules, struct way *way)
{
    for (size_t i = 0; i < walk->rules; i++)
        if (rules >> i & 1) {
            if (way->counts[i] < walk->needed[i])
                way->counts[i]++;
            else if (walk->allocation->problem.rules[i].kind == ALLOCATION_AT_MOST)
                return false;
        }
    return true;
}

/* Every way so far with none, one, two … of the class; of equal counts the cheapest. */
static void walk_class(struct rules_walk *walk, unsigned rules, size_t from, size_t end)
{
    const struct class *class = &walk->classes[rules];
    struct ways *ways = &walk->ways;
    size_t begin = ways->count, kept = begin;
    for (size_t i = from; i < end; i++) {
        struct way way = ways->items[i];
        way.before = (uint32_t)i;
        way.rules = (uint16_t)rules;
        for (size_t n = 0; n <= class->count; n++) {
            way.taken = (uint16_t)n;
            if (n > 0) {
                if (!way_count(walk, rules, &way))
                    break;
                way.cost += first_cost(walk, class->items[n - 1]);
            }
            VEC_PUSH(ways, way);
        }
    }
    qsort(ways->items + begin, ways->count - begin, sizeof *ways->items, way_order);
    for (size_t i = begin; i < ways->count; i++)
        if (i == begin || memcmp(ways->items[i].counts, ways->items[kept - 1].counts,
                                 sizeof ways->items[i].counts) != 0)
            ways->items[kept++] = ways->items[i];
    ways->count = kept;
    if (kept - begin > WAYS_MOST) {
        qsort(ways->items + begin, kept - begin, sizeof *ways->items, way_cheaper);
        ways->count = begin + WAYS_MOST;
    }
}

/* The cheapest way that gives every rule what it needs; SIZE_MAX: none. */
static size_t walk_run(struct rules_walk *walk)
{
    size_t from = 0, end = 1, best = SIZE_MAX;
    VEC_PUSH(&walk->ways, ((struct way){.taken = 0}));
    for (unsigned c = 1; c < CLASSES; c++)
        if (walk->classes[c].count > 0) {
            walk_class(walk, c, from, end);
            from = end;
            end = walk->ways.count;
        }
    for (size_t i = from; i < end; i++) {
        const struct way *way = &walk->ways.items[i];
        bool enough = true;
        for (size_t r = 0; r < walk->rules; r++)
            enough = enough && (walk->allocation->problem.rules[r].kind == ALLOCATION_AT_MOST ||
                                way->counts[r] == walk->needed[r]);
        if (enough && (best == SIZE_MAX || way->cost < walk->ways.items[best].cost))
            best = i;
    }
    return best;
}

static void walk_take(const struct rules_walk *walk, size_t at)
{
    for (; at > 0; at = walk->ways.items[at].before) {
        const struct way *way = &walk->ways.items[at];
        for (size_t n = 0; n < way->taken; n++)
            walk->allocation->chosen[walk->classes[way->rules].items[n]] = 1;
    }
}

/* With the first `rules` rules; chooses it all if it can be paid. */
static bool obey(struct allocation *allocation, size_t rules, double kept)
{
    struct rules_walk *walk = mem_zero(1, sizeof *walk);
    walk->allocation = allocation;
    walk->rules = rules;
    size_t at = walk_begin(walk) ? walk_run(walk) : SIZE_MAX;
    allocation->needed = at == SIZE_MAX ? (double)INFINITY : kept + walk->ways.items[at].cost;
    bool obeyed = allocation->needed <= allocation->problem.budget + allocation->hair;
    if (obeyed)
        walk_take(walk, at);
    for (unsigned c = 0; c < CLASSES; c++)
        free(walk->classes[c].items);
    free(walk->ways.items);
    free(walk);
    return obeyed;
}

static void count_chosen(struct allocation *allocation)
{
    const struct allocation_problem *problem = &allocation->problem;
    for (size_t i = 0; i < problem->count; i++) {
        const struct allocation_item *item = &problem->items[i];
        unsigned n = allocation->chosen[i];
        if (n == 0)
            continue;
        allocation->cost += item->cost[n];
        allocation->gain += item->gain[n];
        for (size_t r = 0; r < problem->rule_count; r++)
            allocation->counts[r] += (int)(item->rules >> r & 1);
    }
    allocation->any = true;
}

bool rules_stage(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    double kept = 0;
    for (size_t i = 0; i < problem->count; i++) {
        const struct allocation_item *item = &problem->items[i];
        allocation->chosen[i] = item->keep;
        kept += item->keep > 0 ? item->cost[item->keep] : 0;
    }
    allocation->needed = kept;
    bool obeyed = kept <= problem->budget + allocation->hair;
    work_spend(work, (2 + 2 * problem->rule_count) * problem->count);
    if (obeyed && problem->rule_count > 0 && !obey(allocation, problem->rule_count, kept)) {
        obeyed = false;
        allocation->broken = 0;
        while (obey(allocation, (size_t)allocation->broken + 1, kept))
            allocation->broken++;
    }
    if (obeyed)
        count_chosen(allocation);
    else
        allocation->state = ALLOCATION_IMPOSSIBLE;
    return true;
}
