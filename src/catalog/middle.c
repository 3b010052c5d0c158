#include "middle_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/nth.h"
#include "base/number.h"

#define SAMPLE_LEAST ((size_t)64) /* a bracket by fewer would be as wide as all there is */
/* Half the bracket in ranks of a sample of n, as a multiple of sqrt(n): the rank of the true median
 * has a standard deviation of half a sqrt(n), so that it lies outside once in 10,000 times. */
#define BRACKET 2.0

static void forget(struct middle *middle)
{
    middle->known = middle->below = middle->at_low = middle->at_high = middle->count = 0;
}

void middle_begin(struct middle *middle)
{
    forget(middle);
    middle->low = -INFINITY;
    middle->high = INFINITY;
    middle->found = false;
    middle->value = number_unknown();
}

void middle_release(struct middle *middle)
{
    free(middle->values);
    *middle = (struct middle){0};
}

void middle_keep(struct middle *middle, double value)
{
    if (middle->count == middle->capacity) {
        middle->capacity = middle->capacity ? 2 * middle->capacity : 32;
        middle->values = mem_resize(middle->values, middle->capacity, sizeof *middle->values);
    }
    middle->values[middle->count++] = value;
}

void middle_aim(struct middle *middle)
{
    size_t count = middle->count, rank = count / 2;
    size_t reach = (size_t)(BRACKET * sqrt((double)count)) + 1;

    assert(middle->known == count); /* the bracket was open */
    if (count >= SAMPLE_LEAST) {
        middle->low = rank > reach ? nth_value(middle->values, count, rank - reach) : -INFINITY;
        middle->high =
            rank + reach < count ? nth_value(middle->values, count, rank + reach) : INFINITY;
    }
    forget(middle);
}

/* ---- the end ---- */

enum side { SIDE_BELOW, SIDE_WITHIN, SIDE_ABOVE };

/* On which side of the bracket the value of this rank lies; within, and at its ends, what it is. */
static enum side look(struct middle *middle, size_t rank, double *value)
{
    if (rank < middle->below)
        return SIDE_BELOW;
    rank -= middle->below;
    if (rank < middle->at_low) {
        *value = middle->low;
        return SIDE_WITHIN;
    }
    rank -= middle->at_low;
    if (rank < middle->count) {
        *value = nth_value(middle->values, middle->count, rank);
        return SIDE_WITHIN;
    }
    *value = middle->high;
    return rank - middle->count < middle->at_high ? SIDE_WITHIN : SIDE_ABOVE;
}

bool middle_end(struct middle *middle)
{
    double low = NAN, high = NAN;

    if (middle->known > 0) {
        enum side lower = look(middle, (middle->known - 1) / 2, &low);
        enum side upper = look(middle, middle->known / 2, &high);
        if (lower == SIDE_BELOW)
            middle->low = -INFINITY;
        if (upper == SIDE_ABOVE)
            middle->high = INFINITY;
        if (lower != SIDE_WITHIN || upper != SIDE_WITHIN) {
            forget(middle);
            return false;
        }
    }
    middle->found = true;
    middle->value = (low + high) / 2;
    free(middle->values);
    middle->values = NULL;
    middle->count = middle->capacity = 0;
    return true;
}
