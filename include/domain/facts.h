#ifndef MICROSCOPE_DOMAIN_FACTS_H
#define MICROSCOPE_DOMAIN_FACTS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/platform.h"

/* The numeric facts of all creators as columns, borrowed from whoever owns the memory (the
 * catalogue). A column nobody filled is CELLS_NONE: every value unknown. */
enum cells_kind { CELLS_NONE, CELLS_U8, CELLS_U16, CELLS_U32, CELLS_F64 };

struct cells {
    enum cells_kind kind;
    union {
        const uint8_t *u8;   /* UINT8_MAX unknown */
        const uint16_t *u16; /* UINT16_MAX unknown */
        const uint32_t *u32; /* UINT32_MAX unknown */
        const double *f64;   /* NaN unknown */
    };
};

/* NAN is a float: without the casts a count above 2^24 would be rounded to one. */
static inline double cells_number(const struct cells *cells, size_t row)
{
    switch (cells->kind) {
    case CELLS_U8:
        return cells->u8[row] == UINT8_MAX ? (double)NAN : cells->u8[row];
    case CELLS_U16:
        return cells->u16[row] == UINT16_MAX ? (double)NAN : cells->u16[row];
    case CELLS_U32:
        return cells->u32[row] == UINT32_MAX ? (double)NAN : cells->u32[row];
    case CELLS_F64:
        return cells->f64[row];
    case CELLS_NONE:
        break;
    }
    return NAN;
}

/* The numbers of `count` rows from `from` on: what cells_number() says of each. */
void cells_block(const struct cells *cells, size_t from, size_t count, double *out);

enum fee_origin {
    FEE_UNKNOWN,
    FEE_QUOTED,
    FEE_IMPORTED,
    FEE_ESTIMATED,
    FEE_ORIGIN_COUNT,           /* of those that files and the store know */
    FEE_OWN = FEE_ORIGIN_COUNT, /* what a row shows whose fee the user set */
    FEE_ORIGIN_WORDS
};
extern const char
    *const fee_origin_words[FEE_ORIGIN_WORDS]; /* "", "quoted", "imported", "estimated", "own" */

struct facts {
    size_t count;            /* rows */
    const uint8_t *platform; /* enum platform; never unknown */
    struct cells followers, following, posts, credibility, audience_market;
    struct cells jump; /* see growth.h */
    struct cells likes, comments, shares, saves, views, reach_post, sample, window;
    struct cells er_stated;  /* fraction */
    struct cells er_basis;   /* of the stated rate: enum er_basis */
    struct cells fee;        /* of the first format, minor units of `currency` */
    struct cells fee_origin; /* enum fee_origin */
    struct cells currency;   /* index of currencies[]; unknown or 0: the scenario's */
    struct cells planned;    /* deliverables in the plan; unknown or 0: not in the plan */
    /* What the user set beside that (domain/planned.h); most have none of it. */
    struct cells plan_format; /* enum format; unknown or 0: the platform's first */
    struct cells plan_fee;    /* of that format, minor units of the scenario's currency */
    struct cells format_fee;  /* what the creator asks for that format, where it is not the first:
                               * minor units of `currency` */
    struct cells audience_at, engagement_at, fee_at; /* when last seen; only a why reads them */
};

#endif
