#include <math.h>
#include <string.h>

#include "allocate_internal.h"

/* Prices for money and rules give a bound: with money at a price, every item is chosen by itself, and
 * whatever obeys budget and rules gains no more than all these choices together plus what budget and
 * rules are worth at those prices. The bound is convex in the prices. */

static double rule_sign(const struct allocation_rule *rule)
{
    return rule->kind == ALLOCATION_AT_MOST ? 1 : -1;
}

int rule_room(const struct allocation_rule *rule, int count)
{
    return rule->kind == ALLOCATION_AT_MOST ? (int)rule->count - count : count - (int)rule->count;
}

double prices_charge(const struct allocation *allocation, const struct prices *prices,
                     const struct allocation_item *item)
{
    double charge = 0;
    for (size_t i = 0; i < allocation->problem.rule_count; i++)
        if (item->rules >> i & 1)
            charge += rule_sign(&allocation->problem.rules[i]) * prices->rule[i];
    return charge;
}

unsigned prices_choose(const struct prices *prices, const struct allocation_item *item,
                       double charge, double *net)
{
    unsigned best = item->keep;
    double most = -INFINITY;
    for (unsigned n = item->keep; n <= item->cap; n++) {
        double worth = item->gain[n] - prices->money * item->cost[n] - (n > 0 ? charge : 0);
        if (worth > most) {
            most = worth;
            best = n;
        }
    }
    *net = item->gain[best] - (best > 0 ? charge : 0);
    return best;
}

bool sweep_run(struct allocation *allocation, size_t *work)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct sweep *sweep = &allocation->sweep;
    while (sweep->next < problem->count) {
        const struct allocation_item *item = &problem->items[sweep->next++];
        double charge = prices_charge(allocation, &sweep->at, item), net;
        unsigned n = prices_choose(&sweep->at, item, charge, &net);
        sweep->net += net;
        sweep->cost += item->cost[n];
        for (size_t i = 0; n > 0 && i < problem->rule_count; i++)
            sweep->counts[i] += (int)(item->rules >> i & 1);
        if (!work_spend(work, item->cap - item->keep + 4))
            return sweep->next == problem->count;
    }
    return true;
}

static void sweep_begin(struct allocation *allocation, const struct prices *at)
{
    allocation->sweep = (struct sweep){.at = *at};
}

/* What the rules are worth at the prices. */
static double rules_worth(const struct allocation *allocation, const struct prices *prices)
{
    double worth = 0;
    for (size_t i = 0; i < allocation->problem.rule_count; i++) {
        const struct allocation_rule *rule = &allocation->problem.rules[i];
        worth += rule_sign(rule) * prices->rule[i] * rule->count;
    }
    return worth;
}

double sweep_bound(const struct allocation *allocation)
{
    const struct sweep *sweep = &allocation->sweep;
    return sweep->net + sweep->at.money * (allocation->problem.budget - sweep->cost) +
           rules_worth(allocation, &sweep->at);
}

/* Keeps the prices if their bound is the lowest so far. */
static void sweep_end(struct allocation *allocation)
{
    double bound = sweep_bound(allocation);
    if (bound < allocation->lowest) {
        allocation->lowest = bound;
        allocation->prices = allocation->sweep.at;
        /* Half the tolerance, for what the sums have lost. */
        allocation->bound = fmin(allocation->bound, bound + allocation->tolerance / 2);
    }
}

/* ---- The price of money ---- */

/* The lowest point lies between a line that spends too much and one that does not; where they meet is
 * tried next, until no line lies above that (Kelley's cutting planes, in one dimension). */
static bool money_next(struct allocation *allocation)
{
    struct money_search *money = &allocation->money;
    const struct sweep *sweep = &allocation->sweep;
    double price = sweep->at.money;
    bool within = sweep->cost <= allocation->problem.budget + allocation->hair;
    if (money->rounds++ == 0) {
        if (within)
            return false; /* money is not scarce */
    } else {
        double here = sweep->net - price * sweep->cost;
        double meet = money->low_net - price * money->low_cost;
        if (here <= meet + allocation->tolerance / 16 || money->rounds > 200)
            return false;
    }
    *(within ? &money->high_net : &money->low_net) = sweep->net;
    *(within ? &money->high_cost : &money->low_cost) = sweep->cost;
    struct prices at = sweep->at;
    at.money = fmax(0, (money->low_net - money->high_net) / (money->low_cost - money->high_cost));
    sweep_begin(allocation, &at);
    return true;
}

/* Everything as little as it may be: within the budget, or no selection is. */
static void money_begin(struct allocation *allocation, const struct prices *rules)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct prices at = *rules;
    allocation->money = (struct money_search){.started = true};
    for (size_t i = 0; i < problem->count; i++) {
        const struct allocation_item *item = &problem->items[i];
        if (item->keep == 0)
            continue;
        double charge = prices_charge(allocation, rules, item);
        allocation->money.high_net += item->gain[item->keep] - charge;
        allocation->money.high_cost += item->cost[item->keep];
    }
    at.money = 0;
    sweep_begin(allocation, &at);
}

bool money_stage(struct allocation *allocation, size_t *work)
{
    if (!allocation->money.started)
        money_begin(allocation, &(struct prices){0});
    do {
        if (!sweep_run(allocation, work))
            return false;
        sweep_end(allocation);
    } while (money_next(allocation));
    return true;
}

bool polish_stage(struct allocation *allocation, size_t *work)
{
    bool rules = false;
    for (size_t i = 0; i < allocation->problem.rule_count; i++)
        rules = rules || allocation->prices.rule[i] > 0;
    if (!rules)
        return true;
    if (allocation->ellipsoid.started) {
        allocation->ellipsoid.started = false;
        money_begin(allocation, &allocation->prices);
    }
    return money_stage(allocation, work);
}

/* ---- The prices of rules ---- */

/* Does what is best at the price of money alone break a rule? */
static bool rules_broken(const struct allocation *allocation)
{
    for (size_t i = 0; i < allocation->problem.rule_count; i++)
        if (rule_room(&allocation->problem.rules[i], allocation->sweep.counts[i]) < 0)
            return true;
    return false;
}

static void ellipsoid_begin(struct allocation *allocation)
{
    const struct allocation_problem *problem = &allocation->problem;
    struct ellipsoid *ellipsoid = &allocation->ellipsoid;
    double gain = 0, cost = 0;
    for (size_t i = 0; i < problem->count; i++) {
        const struct allocation_item *item = &problem->items[i];
        gain = fmax(gain, fmax(fabs(item->gain[item->cap]), fabs(item->gain[item->cap > 0])));
        cost = fmax(cost, fmin(item->cost[item->cap], problem->budget));
    }
    double price = allocation->prices.money, rule = gain + price * cost;
    ellipsoid->started = true;
    for (size_t i = 0; i <= problem->rule_count; i++) {
        double wide = i == 0 ? 4 * price + gain / fmax(cost, 1) : rule;
        ellipsoid->centre[i] = i == 0 ? price : 0;
        ellipsoid->shape[i][i] = wide * wide * (double)(problem->rule_count + 1);
    }
}

/* Cuts the ellipsoid across a slope, where it rises by `above` at least from what is wanted to the
 * centre (a deep cut: Grötschel, Lovász and Schrijver 1988, 3.2). False: what is wanted is not in it,
 * or could only be lower by what does not count. */
static bool ellipsoid_cut(struct ellipsoid *ellipsoid, size_t size, const double *slope,
                          double above, double least)
{
    double along[ELLIPSOID_MOST], n = (double)size, length = 0;
    for (size_t i = 0; i < size; i++) {
        along[i] = 0;
        for (size_t j = 0; j < size; j++)
            along[i] += ellipsoid->shape[i][j] * slope[j];
    }
    for (size_t i = 0; i < size; i++)
        length += slope[i] * along[i];
    length = sqrt(length);
    if (!(length - above > least))
        return false;
    double depth = above / length, step = (1 + n * depth) / (n + 1);
    double less = 2 * step / (1 + depth), wider = n * n * (1 - depth * depth) / (n * n - 1);
    for (size_t i = 0; i < size; i++)
        along[i] /= length;
    for (size_t i = 0; i < size; i++) {
        ellipsoid->centre[i] -= step * along[i];
        for (size_t j = 0; j < size; j++)
            ellipsoid->shape[i][j] = wider * (ellipsoid->shape[i][j] - less * along[i] * along[j]);
    }
    return true;
}

/* Back to where prices are not below 0, then asks for a sweep there. */
static bool ellipsoid_ask(struct allocation *allocation)
{
    struct ellipsoid *ellipsoid = &allocation->ellipsoid;
    size_t size = allocation->problem.rule_count + 1;
    for (size_t i = 0; i < size;) {
        double slope[ELLIPSOID_MOST] = {0};
        slope[i] = -1;
        if (ellipsoid->centre[i] >= 0)
            i++;
        else if (ellipsoid_cut(ellipsoid, size, slope, -ellipsoid->centre[i], 0))
            i = 0;
        else
            return false;
    }
    struct prices at = {.money = ellipsoid->centre[0]};
    memcpy(at.rule, ellipsoid->centre + 1, (size - 1) * sizeof at.rule[0]);
    sweep_begin(allocation, &at);
    return true;
}

static bool ellipsoid_next(struct allocation *allocation)
{
    struct ellipsoid *ellipsoid = &allocation->ellipsoid;
    const struct sweep *sweep = &allocation->sweep;
    size_t size = allocation->problem.rule_count + 1;
    double slope[ELLIPSOID_MOST] = {allocation->problem.budget - sweep->cost};
    for (size_t i = 1; i < size; i++)
        slope[i] = rule_room(&allocation->problem.rules[i - 1], sweep->counts[i - 1]);
    double least = fmax(allocation->tolerance / 4, 1e-6 * fabs(allocation->lowest));
    double above = sweep_bound(allocation) - allocation->lowest;
    return ++ellipsoid->rounds <= 150 * (int)size &&
           ellipsoid_cut(ellipsoid, size, slope, above, least) && ellipsoid_ask(allocation);
}

bool prices_stage(struct allocation *allocation, size_t *work)
{
    if (!allocation->ellipsoid.started) {
        if (!rules_broken(allocation))
            return true;
        ellipsoid_begin(allocation);
        if (!ellipsoid_ask(allocation))
            return true;
    }
    do {
        if (!sweep_run(allocation, work))
            return false;
        sweep_end(allocation);
    } while (ellipsoid_next(allocation));
    return true;
}
