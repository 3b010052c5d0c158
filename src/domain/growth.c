#include "domain/growth.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/nth.h"

#define LEAST_SNAPSHOTS 8
#define LEAST_MAD 0.0005

double growth_rate(double now, double ago)
{
    return ago > 0 ? now / ago - 1 : (double)NAN;
}

double growth_followers(const struct snapshot *snapshots, size_t count, double at)
{
    const struct snapshot *before = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct snapshot *here = &snapshots[i];
        if (isnan(here->followers))
            continue;
        if (here->at > at && !before)
            return (double)NAN;
        if (here->at > at)
            return before->followers + (here->followers - before->followers) *
                                           ((at - before->at) / (here->at - before->at));
        before = here;
    }
    return before && before->at == at ? before->followers : (double)NAN;
}

struct growth growth_of(const struct snapshot *snapshots, size_t count)
{
    struct growth growth = {NAN, NAN, NAN, NAN};

    while (count > 0 && isnan(snapshots[count - 1].followers))
        count--;
    if (count == 0)
        return growth;
    growth.at = snapshots[count - 1].at;
    growth.now = snapshots[count - 1].followers;
    growth.short_ago = growth_followers(snapshots, count, growth.at - GROWTH_SHORT);
    growth.long_ago = growth_followers(snapshots, count, growth.at - GROWTH_LONG);
    return growth;
}

/* ---- jumps ---- */

static double median(double *values, size_t count)
{
    double upper = nth_value(values, count, count / 2);

    return count % 2 ? upper : (upper + nth_value(values, count / 2, count / 2 - 1)) / 2;
}

/* Counts that are shown in three digits move by whole units of the third. */
static bool rounded_away(double before, double now, enum platform platform)
{
    double larger = fmax(before, now);

    return platform == PLATFORM_YOUTUBE && larger >= 1000 &&
           fabs(now - before) <= pow(10, floor(log10(larger)) - 2);
}

/* ln(F/F before)/days; NaN where that cannot be said. */
static double daily_change(const struct snapshot *before, const struct snapshot *now,
                           enum platform platform)
{
    double days = (now->at - before->at) / DATE_DAY;

    if (!(days > 0) || !(before->followers > 0) || !(now->followers > 0))
        return (double)NAN;
    if (rounded_away(before->followers, now->followers, platform))
        return 0;
    return log(now->followers / before->followers) / days;
}

/* Into sizes: the change of each snapshot. Returns how many snapshots know the followers. */
static size_t list_changes(const struct snapshot *snapshots, size_t count, enum platform platform,
                           double *sizes)
{
    const struct snapshot *before = NULL;
    size_t known = 0;

    for (size_t i = 0; i < count; i++) {
        sizes[i] = NAN;
        if (isnan(snapshots[i].followers))
            continue;
        if (before)
            sizes[i] = daily_change(before, &snapshots[i], platform);
        before = &snapshots[i];
        known++;
    }
    return known;
}

static size_t gather(const double *sizes, size_t count, double *out)
{
    size_t gathered = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(sizes[i]))
            out[gathered++] = sizes[i];
    return gathered;
}

/* The distances of the changes from their usual one, in place of the changes. */
static double measure(double *sizes, size_t count, double *room)
{
    size_t changes = gather(sizes, count, room);
    double largest = NAN;

    if (changes == 0)
        return largest;
    double usual = median(room, changes);
    for (size_t i = 0; i < count; i++)
        sizes[i] = fabs(sizes[i] - usual);
    gather(sizes, count, room);
    double spread = fmax(median(room, changes), LEAST_MAD);
    for (size_t i = 0; i < count; i++) {
        sizes[i] /= spread;
        largest = fmax(largest, sizes[i]);
    }
    return largest;
}

double growth_jump(const struct snapshot *snapshots, size_t count, enum platform platform,
                   double *sizes)
{
    double *room = mem_zero(2 * count + 1, sizeof *room), largest = NAN;
    double *changes = sizes ? sizes : room + count;

    if (list_changes(snapshots, count, platform, changes) >= LEAST_SNAPSHOTS)
        largest = measure(changes, count, room);
    else
        for (size_t i = 0; i < count; i++)
            changes[i] = NAN;
    free(room);
    return largest;
}
