#ifndef MICROSCOPE_STORE_CARRIED_INTERNAL_H
#define MICROSCOPE_STORE_CARRIED_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/column.h"

/* The date of a group is that of the newest record of it, which need not have named all its figures.
 * Those that stand there from before are carried: each has the date of the record that named it, NaN
 * where that had none. What is carried with a date stands in the history under it as well. */
#define CARRIED_MOST 19
struct carried {
    uint32_t which; /* 1 << carried_place() */
    double at[CARRIED_MOST];
};

/* The dates of the groups: audience, engagement, fee. */
#define CARRIED_GROUPS 3
struct carried_dates {
    double of[CARRIED_GROUPS];
};

/* From 0 on; -1: not a figure with a date, or one that goes with another. */
int carried_place(enum column column);

static inline bool carried_has(const struct carried *carried, enum column column)
{
    int place = carried->which ? carried_place(column) : -1;

    return place >= 0 && carried->which >> place & 1;
}

void carried_set(struct carried *carried, enum column column, double at);
void carried_clear(struct carried *carried, enum column column);
bool carried_equal(const struct carried *a, const struct carried *b);

/* As it stands in the row of the creator: each group that carries anything, with the date that it
 * had, then the figures. Where another program has dated the group since, it carries nothing. */
void carried_write(const struct carried *carried, const struct carried_dates *dates,
                   struct buf *out);
void carried_read(struct carried *carried, const struct carried_dates *dates, struct text text);

#endif
