#include "narrow_internal.h"

#include <stdlib.h>

#include "base/mem.h"

#define SLOTS ((size_t)1 << 16)

/* One round: the values of a column of the order, and the 16 bits of them that part the rows. */
struct round {
    uint64_t *values; /* by place in narrow->rows */
    uint64_t least;
    unsigned shift;
    uint32_t *counts; /* by digit */
};

static size_t digit_of(const struct round *round, uint64_t value)
{
    return (size_t)((value >> round->shift) - (round->least >> round->shift));
}

/* False where all values are the same. */
static bool begin_round(struct round *round, const struct narrow *narrow, size_t level)
{
    uint64_t least = UINT64_MAX, most = 0, unlike;

    order_values(narrow->ordering, level, narrow->rows, narrow->count, round->values);
    for (size_t i = 0; i < narrow->count; i++) {
        least = round->values[i] < least ? round->values[i] : least;
        most = round->values[i] > most ? round->values[i] : most;
    }
    round->least = least;
    round->shift = 0;
    for (unlike = least ^ most; unlike >> round->shift >= SLOTS;)
        round->shift++;
    return unlike != 0;
}

static void count_digits(struct round *round, const struct narrow *narrow)
{
    for (size_t i = 0; i < SLOTS; i++)
        round->counts[i] = 0;
    for (size_t i = 0; i < narrow->count; i++)
        round->counts[digit_of(round, round->values[i])]++;
}

/* Keeps the rows whose digits lie in low … high. */
static void keep_digits(struct round *round, struct narrow *narrow, size_t low, size_t high)
{
    size_t kept = 0;

    for (size_t i = 0; i < low; i++)
        narrow->before += round->counts[i];
    for (size_t i = 0; i < narrow->count; i++) {
        narrow->rows[kept] = narrow->rows[i];
        kept += digit_of(round, round->values[i]) - low <= high - low;
    }
    narrow->count = kept;
}

/* What is looked for: places, or a row. */
struct aim {
    size_t from, to;
    uint32_t row; /* CATALOG_NONE: places */
};

/* The digits in which the aim lies. */
static void find_digits(const struct round *round, const struct narrow *narrow,
                        const struct aim *aim, size_t level, size_t *low, size_t *high)
{
    size_t place = narrow->before;

    if (aim->row != CATALOG_NONE) {
        uint64_t value;
        order_values(narrow->ordering, level, &aim->row, 1, &value);
        *low = *high = digit_of(round, value);
        return;
    }
    for (*low = 0; place + round->counts[*low] <= aim->from; ++*low)
        place += round->counts[*low];
    for (*high = *low; place + round->counts[*high] < aim->to; ++*high)
        place += round->counts[*high];
}

static void narrow_down(struct narrow *narrow, const struct aim *aim)
{
    struct round round = {.values = mem_alloc((narrow->count + 1) * sizeof *round.values),
                          .counts = mem_alloc(SLOTS * sizeof *round.counts)};
    size_t low, high, level = 0;

    while (narrow->count > NARROW_ENOUGH && level < order_levels(narrow->ordering)) {
        size_t count = narrow->count;
        if (!begin_round(&round, narrow, level)) {
            level++;
            continue;
        }
        count_digits(&round, narrow);
        find_digits(&round, narrow, aim, level, &low, &high);
        keep_digits(&round, narrow, low, high);
        if (narrow->count == count)
            break; /* the places span all that differ here */
    }
    free(round.values);
    free(round.counts);
}

void narrow_to_places(struct narrow *narrow, size_t from, size_t to)
{
    narrow_down(narrow, &(struct aim){from, to, CATALOG_NONE});
}

void narrow_to_row(struct narrow *narrow, uint32_t row)
{
    narrow_down(narrow, &(struct aim){0, 0, row});
}
