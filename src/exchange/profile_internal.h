#ifndef MICROSCOPE_EXCHANGE_PROFILE_INTERNAL_H
#define MICROSCOPE_EXCHANGE_PROFILE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "domain/platform.h"
#include "rows_internal.h"

/* What the values of a column look like in the sample: headers alone do not tell units. */
#define PROFILE_ROWS 2000

struct column_profile {
    size_t known;                       /* cells that say something */
    size_t numbers;                     /* of which are numbers, … */
    size_t percents;                    /* … wear a %, … */
    size_t scaled;                      /* … are rounded: 13.8M */
    size_t links;                       /* profile links of a platform */
    size_t channel_ids;                 /* UC and 22 characters */
    size_t points_group;                /* 48.200: a point before each three digits, … */
    size_t points_else;                 /* … or a point or comma that cannot be meant so */
    size_t at_signs;                    /* one word behind an @ */
    size_t on_platform[PLATFORM_COUNT]; /* by a link or by the platform's word */
    struct {
        double *items; /* bare numbers, no % */
        size_t count, capacity;
    } values;
    struct text example;
};

struct profile {
    struct arena arena;
    struct number_style numbers;
    struct column_profile *items;
    size_t count, capacity;
    size_t rows;
};

void profile_release(struct profile *profile);
/* Makes room for `count` columns. */
void profile_reserve(struct profile *profile, size_t count);
void profile_add(struct profile *profile, const struct row *row);
/* Median and largest of the bare numbers; NaN without any. */
double profile_median(const struct column_profile *column);
double profile_most(const struct column_profile *column);

/* Words for "we do not know", in any column. */
bool cell_unknown(struct text cell);

#endif
