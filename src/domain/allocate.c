#include "allocate_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static const struct {
    bool (*run)(struct allocation *allocation, size_t *work);
    double progress; /* when it begins */
} stages[STAGE_COUNT] = {
    [STAGE_RULES] = {rules_stage, 0},      [STAGE_GREEDY] = {greedy_stage, 0.02},
    [STAGE_MONEY] = {money_stage, 0.05},   [STAGE_PRICES] = {prices_stage, 0.1},
    [STAGE_POLISH] = {polish_stage, 0.18}, [STAGE_SEARCH] = {exact_stage, 0.2},
};

/* So many say how large gains are: what rounding loses is far below any tolerance that is asked for. */
#define TOLERANCE_SAMPLE 4096

struct allocation *allocation_new(const struct allocation_problem *problem)
{
    assert(problem->rule_count <= ALLOCATION_RULES && problem->count < UINT32_MAX);
    struct allocation *allocation = mem_zero(1, sizeof *allocation);
    double largest = 0;
    allocation->problem = *problem;
    for (size_t i = 0; i < problem->count && i < TOLERANCE_SAMPLE; i++)
        largest = fmax(largest, fabs(problem->items[i].gain[problem->items[i].cap]));
    allocation->hair = 1e-9 * fmax(1, fabs(problem->budget));
    allocation->tolerance = fmax(problem->tolerance, 1e-11 * (1 + largest + fabs(problem->budget)));
    allocation->bound = INFINITY;
    allocation->broken = ALLOCATION_NO_MONEY;
    allocation->lowest = INFINITY;
    allocation->chosen = mem_zero(problem->count, sizeof *allocation->chosen);
    allocation->steps = mem_zero(problem->count, sizeof *allocation->steps);
    return allocation;
}

void allocation_free(struct allocation *allocation)
{
    if (!allocation)
        return;
    exact_free(allocation->exact);
    free(allocation->chosen);
    free(allocation->steps);
    free(allocation);
}

bool allocation_step(struct allocation *allocation, size_t work)
{
    while (allocation->state == ALLOCATION_RUNNING && work > 0)
        if (stages[allocation->stage].run(allocation, &work) &&
            allocation->state == ALLOCATION_RUNNING) {
            double gap = allocation->bound - allocation->gain; /* a hundredth for rounding */
            if (gap <= 1.01 * allocation->tolerance)
                allocation->state = ALLOCATION_PROVEN;
            else if (allocation->stage + 1 < STAGE_COUNT)
                allocation->stage++;
            else
                allocation->state = ALLOCATION_CLOSE;
        }
    return allocation->state == ALLOCATION_RUNNING;
}

void allocation_result(const struct allocation *allocation, struct allocation_result *out)
{
    bool running = allocation->state == ALLOCATION_RUNNING;
    double progress = allocation->stage == STAGE_SEARCH ? exact_progress(allocation) : 0;
    double begun = stages[allocation->stage].progress;
    *out = (struct allocation_result){
        .state = allocation->state,
        .any = allocation->any,
        .chosen = allocation->chosen,
        .cost = allocation->cost,
        .gain = allocation->gain,
        .bound = fmax(allocation->bound, allocation->any ? allocation->gain : -INFINITY),
        .broken = allocation->broken,
        .needed = allocation->needed,
        .progress = running ? begun + (1 - begun) * progress : 1,
    };
}
