#ifndef MICROSCOPE_EXCHANGE_PLAN_INTERNAL_H
#define MICROSCOPE_EXCHANGE_PLAN_INTERNAL_H

#include <stdbool.h>

#include "alias_internal.h"
#include "exchange/import.h"
#include "map_internal.h"
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

/* Before that: how each column writes its numbers. True where some are to be profiled anew. */
bool plan_reread(struct import_plan *plan, struct profile *profile, const struct text *names,
                 const struct import_options *options);

/* Everything one needs while deciding; `words` goes along with plan->columns. */
struct decision {
    struct import_plan *plan;
    const struct profile *profile;
    const struct import_options *options;
    struct column_words *words;
    enum platform usual; /* of most rows; PLATFORM_COUNT: cannot be said */
    struct err *err;
};

struct text plan_why(struct import_plan *plan, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void plan_ignore(struct import_column *column, struct text why);
struct text plan_file_part(struct text path);

const struct column_profile *decision_profile(const struct decision *it,
                                              const struct import_column *column);
struct meaning *decision_meaning(const struct decision *it, const struct import_column *column);

/* A column whose header says little, or lies, may say what it is by its values. */
void plan_by_values(struct decision *it, struct import_column *column);
/* False: these are results of campaigns, or orders. */
bool plan_is_creators(const struct decision *it);
/* Where no header names the handles, a column of nothing but @ and a word gives them. */
void plan_at_signs(struct decision *it);
/* False: nothing could be the handle. */
bool plan_has_handle(const struct decision *it);
bool plan_handle(struct decision *it);
/* Sets plan->platform and `usual`. False: nothing says it. */
bool plan_platform(struct decision *it);
/* Say so, with what would help; false. */
bool plan_no_handle(const struct decision *it);
bool plan_no_platform(const struct decision *it);
/* Columns about another platform than the usual one are of no use. */
void plan_other_networks(struct decision *it);
/* Rates, totals, currencies. */
void plan_units(struct decision *it);
/* Day or month first. */
void plan_dates(struct decision *it);
/* Lists all that was decided. */
void plan_decisions(struct import_plan *plan);

#endif
