#ifndef MICROSCOPE_EXCHANGE_PLAN_INTERNAL_H
#define MICROSCOPE_EXCHANGE_PLAN_INTERNAL_H

#include <stdbool.h>

#include "alias_internal.h"
#include "exchange/import.h"
#include "profile_internal.h"

/* The common end of every plan: the columns have names and profiles, now they get meanings.
 * `names` has profile->count texts. */
bool plan_decide(struct import_plan *plan, const struct profile *profile, const struct text *names,
                 const struct import_options *options, struct err *err);

/* Adds a line to the notes. */
void plan_note(struct import_plan *plan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The first column of that use (and, for USE_COLUMN, of that column); NULL: none. */
struct import_column *plan_column(const struct import_plan *plan, enum import_use use,
                                  enum column column);

/* Everything one needs while deciding; `meanings` and `scaled` go along with plan->columns. */
struct decision {
    struct import_plan *plan;
    const struct profile *profile;
    const struct import_options *options;
    struct meaning *meanings;
    bool *scaled;        /* the map said the unit */
    enum platform usual; /* of most rows; PLATFORM_COUNT: cannot be said */
    struct err *err;
};

struct text plan_why(struct import_plan *plan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void plan_ignore(struct import_column *column, struct text why);
struct text plan_file_part(struct text path);

/* Sets plan->platform and `usual`. */
bool plan_platform(struct decision *it);
/* Columns about another platform than the usual one are of no use. */
void plan_other_networks(struct decision *it);

#endif
