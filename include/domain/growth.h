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

/* How far each change of the followers lies from their usual change: abs(g - median g) / max(MAD,
 * 0.0005), g = ln(F/F before)/days. On YouTube, whose counts have three digits, a change of one unit
 * of the third is none. `sizes` (one a snapshot, or NULL) gets NaN where there is none. Returns the
 * largest; NaN with fewer than 8 snapshots that know the followers. */
#define GROWTH_JUMP 6 /* from here on a change is out of the ordinary */
double growth_jump(const struct snapshot *snapshots, size_t count, enum platform platform,
                   double *sizes);

/* Why growth_30d or growth_90d is what it is, for forecast.h's kind of lines; returns how many. */
int growth_why(const struct snapshot *snapshots, size_t count, enum column column,
               struct why_line lines[WHY_MOST]);

#endif
