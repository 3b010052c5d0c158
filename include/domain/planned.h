#ifndef MICROSCOPE_DOMAIN_PLANNED_H
#define MICROSCOPE_DOMAIN_PLANNED_H

#include <math.h>
#include <stdbool.h>

#include "base/text.h"
#include "domain/platform.h"

/* What the user says of one creator in a scenario: how many posts, of which kind, at which fee. A fee
 * may be tried on somebody who is not in the plan; a format alone says nothing. */
struct planned {
    unsigned deliverables; /* 0: not in the plan; at most PLANNED_MOST */
    enum format format;    /* FORMAT_NONE: the platform's first */
    double fee; /* minor units of the scenario's currency, whole; NaN: the creator's own */
};

#define PLANNED_MOST 65534u

static inline struct planned planned_none(void)
{
    return (struct planned){.fee = (double)NAN};
}

/* Does it say anything? */
static inline bool planned_any(const struct planned *planned)
{
    return planned->deliverables > 0 || !isnan(planned->fee);
}

static inline bool planned_equal(const struct planned *a, const struct planned *b)
{
    return a->deliverables == b->deliverables && a->format == b->format &&
           (a->fee == b->fee || (isnan(a->fee) && isnan(b->fee)));
}

/* The fee of a format out of a rate card such as "story=90|reel=350" (the column fee_by_format): minor
 * units of `currency`, in which the card is written; NaN where it names none. */
double fee_of_format(struct text card, enum platform platform, enum format format,
                     unsigned currency);

#endif
