#include "catalog/fill.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/vec.h"
#include "catalog/query.h"
#include "offer_internal.h"

/* Gathers what posts of everybody who may be chosen cost and bring, block by block, then has the best of
 * it chosen. */

#define LOOKS_A_ROW 50 /* what gathering one takes, in looks of the allocation */
#define POSTS_MOST 60  /* whose costs are looked up one by one */

/* A creator to choose. His choices are 0, 1 … posts, and then, where he has more in the plan than
 * anybody else may, these. */
struct fill_item {
    uint32_t row;
    unsigned before; /* choice and posts in the plan */
    unsigned posts;
    bool estimated;
};

struct fill {
    struct sheet *sheet;
    const struct fill_wish *wish;
    struct bits rows;
    uint32_t next;
    unsigned most;
    struct offers *offers;
    double *costs, *gains; /* of the block at hand: so many posts of each row */
    struct arena arena;    /* theirs for good */
    double stay_cost;
    struct {
        struct fill_item *items;
        size_t count, capacity;
    } chosen;
    struct {
        struct allocation_item *items;
        size_t count, capacity;
    } choices;
    struct allocation_rule rules[ALLOCATION_RULES];
    struct allocation *allocation;
    struct fill_report report;
    struct {
        struct fill_change *items;
        size_t count, capacity;
    } changes;
    size_t asked; /* choices, for what is left */
    bool told;
    double told_gain, told_cost; /* of the selection the report is of */
};

struct fill *fill_new(struct sheet *sheet, const struct fill_wish *wish,
                      const struct bits *candidates)
{
    struct fill *fill = mem_zero(1, sizeof *fill);
    fill->sheet = sheet;
    fill->wish = wish;
    fill->most = wish->most < 1 ? 1 : wish->most > POSTS_MOST ? POSTS_MOST : wish->most;
    fill->offers = offers_new(sheet);
    offers_rows(sheet, candidates, &fill->rows);
    fill->costs = mem_zero((fill->most + 2) * FORECAST_BLOCK, sizeof *fill->costs);
    fill->gains = mem_zero((fill->most + 2) * FORECAST_BLOCK, sizeof *fill->gains);
    fill->report.gathering = true;
    fill->report.result.bound = fill->report.next_cost = INFINITY;
    return fill;
}

void fill_free(struct fill *fill)
{
    if (!fill)
        return;
    allocation_free(fill->allocation);
    offers_free(fill->offers);
    bits_release(&fill->rows);
    arena_release(&fill->arena);
    free(fill->costs);
    free(fill->gains);
    free(fill->chosen.items);
    free(fill->choices.items);
    free(fill->changes.items);
    free(fill);
}

/* ---- Gathering ---- */

static unsigned rules_of(const struct fill *fill, uint32_t row)
{
    unsigned rules = 0;
    for (size_t i = 0; i < fill->wish->rule_count; i++)
        if (query_passes(&fill->wish->rules[i].filter, fill->sheet, row))
            rules |= 1u << i;
    return rules;
}

static bool is_excluded(const struct fill *fill, uint32_t row)
{
    const struct bits *excluded = &fill->wish->excluded;
    return row < excluded->count && bits_get(excluded, row);
}

/* Who costs more than he brings however often, and whom no rule asks for, need not be looked at. */
static bool is_hopeless(const struct fill *fill, const struct allocation_item *choice)
{
    for (size_t i = 0; i < fill->wish->rule_count; i++)
        if (choice->rules >> i & 1 && fill->wish->rules[i].rule.kind == ALLOCATION_AT_LEAST)
            return false;
    for (unsigned n = 1; n <= choice->cap; n++)
        if (choice->gain[n] > 0)
            return false;
    return true;
}

/* Row `i` of the block, which has `planned` posts in the plan. */
static void take_row(struct fill *fill, size_t i, uint32_t row, unsigned planned, bool estimated)
{
    struct fill_report *report = &fill->report;
    bool more = planned > fill->most, kept = planned > 0 && fill->wish->keep;
    unsigned choices = fill->most + more;
    size_t last = choices * FORECAST_BLOCK + i;
    report->candidates += planned == 0;
    if (isnan(fill->costs[last]) || isnan(fill->gains[last])) {
        *(planned > 0 ? &report->stay : &report->unknown) += 1;
        if (planned > 0) {
            double cost = sheet_number(fill->sheet, COL_COST, row);
            fill->stay_cost += isnan(cost) ? 0 : cost;
        }
        return;
    }
    report->estimates += planned == 0 && estimated && !is_excluded(fill, row);
    if (planned == 0 && (is_excluded(fill, row) || (estimated && !fill->wish->estimated))) {
        report->guessed += !is_excluded(fill, row);
        return;
    }
    struct fill_item item = {
        .row = row, .before = more ? choices : planned, .posts = planned, .estimated = estimated};
    double *numbers = arena_alloc(&fill->arena, 2 * (choices + 1u) * sizeof *numbers);
    struct allocation_item choice = {.cost = numbers,
                                     .gain = numbers + choices + 1,
                                     .keep = kept && !is_excluded(fill, row) ? item.before : 0,
                                     .cap = is_excluded(fill, row) ? 0 : choices,
                                     .rules = rules_of(fill, row)};
    for (unsigned n = 1; n <= choices; n++) {
        numbers[n] = fill->costs[n * FORECAST_BLOCK + i];
        numbers[choices + 1 + n] = fill->gains[n * FORECAST_BLOCK + i];
    }
    for (size_t r = 0; r < fill->wish->rule_count && choice.cap > 0; r++)
        report->ruled[r] += choice.rules >> r & 1;
    if (planned == 0 && is_hopeless(fill, &choice))
        return;
    VEC_PUSH(&fill->chosen, item);
    VEC_PUSH(&fill->choices, choice);
}

/* Costs and gains of 1 … most posts, and of as many as the plan has where that is more. */
static void make_block(struct fill *fill, size_t count, const double *planned)
{
    double posts[FORECAST_BLOCK];
    const double *cost, *contribution;
    for (unsigned n = 1; n <= fill->most + 1; n++) {
        bool any = n <= fill->most;
        for (size_t i = 0; i < count; i++) {
            posts[i] = n <= fill->most ? n : fmax(planned[i], 1);
            any = any || planned[i] > fill->most;
        }
        if (!any)
            return;
        offers_make(fill->offers, posts, &cost, &contribution);
        for (size_t i = 0; i < count; i++) {
            fill->costs[n * FORECAST_BLOCK + i] = cost[i];
            fill->gains[n * FORECAST_BLOCK + i] = contribution[i] - cost[i];
        }
    }
}

static void begin_choosing(struct fill *fill)
{
    for (size_t i = 0; i < fill->wish->rule_count; i++)
        fill->rules[i] = fill->wish->rules[i].rule;
    fill->allocation = allocation_new(&(struct allocation_problem){
        .items = fill->choices.items,
        .count = fill->choices.count,
        .rules = fill->rules,
        .rule_count = fill->wish->rule_count,
        .budget = fill->wish->budget - fill->stay_cost,
        .tolerance = 0.005,
    });
    fill->report.gathering = false;
}

/* The next block that holds somebody. False: there is none. */
static bool gather(struct fill *fill, size_t *work)
{
    size_t from = bits_next(&fill->rows, fill->next), total = fill->rows.count;
    if (from == total)
        return false;
    size_t count = total - from < FORECAST_BLOCK ? total - from : FORECAST_BLOCK;
    const double *planned;
    const uint16_t *marks;
    offers_open(fill->offers, (uint32_t)from, count, &planned, &marks);
    make_block(fill, count, planned);
    for (size_t i = 0; i < count; i++)
        if (bits_get(&fill->rows, from + i) && catalog_live(fill->sheet->catalog, from + i))
            take_row(fill, i, (uint32_t)(from + i), (unsigned)planned[i],
                     marks[i] & MARK_FEE_ESTIMATED);
    fill->next = (uint32_t)(from + count);
    *work -= *work < count * LOOKS_A_ROW ? *work : count * LOOKS_A_ROW;
    return true;
}

/* ---- What is left ---- */

/* Would a further post gain, and what would the cheapest such cost? True: all have been asked. */
static bool look_for_more(struct fill *fill, size_t *work)
{
    struct fill_report *report = &fill->report;
    struct allocation_result result;
    allocation_result(fill->allocation, &result);
    while (result.any && fill->asked<fill->choices.count && * work> 0) {
        const struct allocation_item *choice = &fill->choices.items[fill->asked];
        unsigned now = result.chosen[fill->asked++];
        for (unsigned n = now + 1; n <= choice->cap; n++)
            if (choice->gain[n] > choice->gain[now])
                report->next_cost = fmin(report->next_cost, choice->cost[n] - choice->cost[now]);
        *work -= *work < 16 ? *work : 16;
    }
    if (result.any && fill->asked < fill->choices.count)
        return false;
    double room = fill->wish->budget - result.cost - fill->stay_cost;
    report->left = report->next_cost == INFINITY ? FILL_LEFT_LOSES
                   : report->next_cost <= room   ? FILL_LEFT_RULES
                                                 : FILL_LEFT_LITTLE;
    return true;
}

bool fill_step(struct fill *fill, size_t work)
{
    while (!fill->allocation && work > 0)
        if (!gather(fill, &work))
            begin_choosing(fill);
    if (!fill->allocation)
        return true;
    if (work == 0 || allocation_step(fill->allocation, work))
        return true;
    return !look_for_more(fill, &work);
}

/* ---- Telling ---- */

static unsigned posts_of(const struct fill *fill, size_t i, unsigned choice)
{
    return choice <= fill->most ? choice : fill->chosen.items[i].posts;
}

static void sum_add(struct fill_sum *sum, const struct allocation_item *choice, unsigned n,
                    bool estimated)
{
    sum->creators += n > 0;
    sum->cost += choice->cost[n];
    sum->profit += choice->gain[n];
    sum->estimated = sum->estimated || (n > 0 && estimated);
}

/* New, more, fewer, out. */
static int change_kind(const struct fill_change *change)
{
    return change->before == 0 ? 0 : change->after == 0 ? 3 : 1 + (change->after < change->before);
}

static int change_order(const void *a, const void *b)
{
    const struct fill_change *one = a, *other = b;
    int kind = change_kind(one) - change_kind(other);
    if (kind || one->profit == other->profit)
        return kind ? kind : (one->row > other->row) - (one->row < other->row);
    return one->profit < other->profit ? 1 : -1;
}

static void tell(struct fill *fill, const struct allocation_result *result)
{
    struct fill_report *report = &fill->report;
    report->before = report->after = (struct fill_sum){0};
    fill->changes.count = 0;
    for (size_t i = 0; i < fill->chosen.count; i++) {
        const struct fill_item *item = &fill->chosen.items[i];
        const struct allocation_item *choice = &fill->choices.items[i];
        unsigned n = result->any ? result->chosen[i] : item->before;
        if (n == 0 && item->before == 0)
            continue;
        sum_add(&report->before, choice, item->before, item->estimated);
        sum_add(&report->after, choice, n, item->estimated);
        if (n == item->before)
            continue;
        struct fill_change change = {.row = item->row,
                                     .before = item->posts,
                                     .after = posts_of(fill, i, n),
                                     .cost = choice->cost[n] - choice->cost[item->before],
                                     .profit = choice->gain[n] - choice->gain[item->before],
                                     .estimated = item->estimated};
        VEC_PUSH(&fill->changes, change);
    }
    if (fill->changes.count > 1)
        qsort(fill->changes.items, fill->changes.count, sizeof *fill->changes.items, change_order);
    report->changes = fill->changes.items;
    report->change_count = fill->changes.count;
    report->spent = report->after.cost + fill->stay_cost;
}

const struct fill_report *fill_report(struct fill *fill)
{
    if (!fill->allocation)
        return &fill->report;
    struct allocation_result result;
    allocation_result(fill->allocation, &result);
    fill->report.result = result;
    if (!fill->told || result.gain != fill->told_gain || result.cost != fill->told_cost)
        tell(fill, &result);
    fill->told = true;
    fill->told_gain = result.gain;
    fill->told_cost = result.cost;
    return &fill->report;
}
