#ifndef MICROSCOPE_DOMAIN_GROWTH_H
#define MICROSCOPE_DOMAIN_GROWTH_H

#include <stddef.h>

#include "base/date.h"
#include "domain/forecast.h"
#include "domain/platform.h"
#include "domain/record.h"

/* What the past of an audience says. Snapshots ascend, the dated present among them; those that do
 * not know the followers are passed over; of two with one date the later counts. */

#define GROWTH_SHORT (30 * DATE_DAY)
#define GROWTH_LONG (90 * DATE_DAY)

/* Followers at the last snapshot, and so long before it: linear between snapshots, NaN where the first
 * is younger. All NaN where no snapshot knows any. */
struct growth {
    double at, now, short_ago, long_ago;
};

/* Followers at a time; NaN before the first snapshot and after the last. */
double growth_followers(const struct snapshot *snapshots, size_t count, double at);
struct growth growth_of(const struct snapshot *snapshots, size_t count);
/* now / ago - 1; NaN where either is unknown or `ago` is 0. */
double growth_rate(double now, double ago);

/* A sudden change of the followers. Of several snapshots of one day (UTC) the first counts, and a
 * change over less than a day is taken as one of a day: who is looked at every minute moves no other
 * than who is looked at each day. On YouTube, whose counts have three digits, a change of one unit
 * of the third is none. */
struct jump {
    double size;          /* abs(change - usual) / spread of the largest; NaN: too few snapshots */
    double change;        /* the largest: ln(F/F before)/days */
    double usual, spread; /* median of the changes; max(median distance from it, 0.0005) */
    double from, to;      /* when the largest change began and was seen */
    size_t days;          /* that know the followers */
};
#define GROWTH_JUMP 6      /* from this size on a change is out of the ordinary */
#define GROWTH_JUMP_DAYS 8 /* so many have to be known */
/* `sizes` (one a snapshot, or NULL) gets how far each change lies from the usual one, in spreads;
 * NaN where there is none. */
struct jump growth_jump(const struct snapshot *snapshots, size_t count, enum platform platform,
                        double *sizes);

/* Why growth_30d, growth_90d or jump is what it is, for forecast.h's kind of lines; returns how
 * many. */
int growth_why(const struct snapshot *snapshots, size_t count, enum platform platform,
               enum column column, struct why_line lines[WHY_MOST]);

#endif
