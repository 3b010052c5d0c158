#ifndef MICROSCOPE_CATALOG_CENSUS_INTERNAL_H
#define MICROSCOPE_CATALOG_CENSUS_INTERNAL_H

#include "base/bits.h"
#include "domain/facts.h"

/* How many rows of a set have each code of a column. Everything that is counted is one of these:
 * values of a facet, buckets of a histogram, digits of an order. It remembers which rows it counted, so
 * the next set costs what is different, or what is in it, or what is not: whichever is least. */

/* Counts by code + 1; 0 holds those without a code (unknown, or beyond `slots`). */
struct census_table {
    uint32_t *counts;
    struct bits rows; /* that are in them */
};

struct census {
    struct cells codes; /* U8, U16 or U32; borrowed, as long as the codes of counted rows */
    size_t slots;       /* codes are below this */
    struct census_table shown, all;
};

/* Nothing is counted yet. */
void census_reset(struct census *census, size_t slots);
/* More codes; what is counted stays. */
void census_widen(struct census *census, size_t slots);
void census_release(struct census *census);
/* How many of those shown have each code; codes and rows stay behind. */
void census_copy_counts(struct census *to, const struct census *from);

/* A counted row is about to get another code, or has got it. */
void census_lift(struct census *census, uint32_t row);
void census_drop(struct census *census, uint32_t row);

/* Counts all[] over `live` and shown[] over each census's own set, a part of `live`. Censuses that count
 * the same rows are counted together, so that these are listed once. */
struct census_job {
    struct census *census;
    const struct bits *shown;
};
void census_count(const struct census_job *jobs, size_t count, const struct bits *live);

static inline uint32_t census_shown(const struct census *census, size_t code)
{
    return census->shown.counts[code + 1];
}
static inline uint32_t census_all(const struct census *census, size_t code)
{
    return census->all.counts[code + 1];
}

#endif
