#include "domain/growth.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/nth.h"

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
    double days = fmax(1, (now->at - before->at) / DATE_DAY);

    if (!(before->followers > 0) || !(now->followers > 0))
        return (double)NAN;
    if (rounded_away(before->followers, now->followers, platform))
        return 0;
    return log(now->followers / before->followers) / days;
}

/* Is it of the same day as the one that counts for that day? */
static bool is_again(const struct snapshot *counted, const struct snapshot *seen)
{
    return counted && floor(counted->at / DATE_DAY) == floor(seen->at / DATE_DAY);
}

/* Into sizes: the change that each snapshot shows. Returns how many days know the followers. */
static size_t list_changes(const struct snapshot *snapshots, size_t count, enum platform platform,
                           double *sizes)
{
    const struct snapshot *before = NULL;
    size_t days = 0;

    for (size_t i = 0; i < count; i++) {
        sizes[i] = NAN;
        if (isnan(snapshots[i].followers) || is_again(before, &snapshots[i]))
            continue;
        if (before)
            sizes[i] = daily_change(before, &snapshots[i], platform);
        before = &snapshots[i];
        days++;
    }
    return days;
}

static size_t gather(const double *sizes, size_t count, double *out)
{
    size_t gathered = 0;

    for (size_t i = 0; i < count; i++)
        if (!isnan(sizes[i]))
            out[gathered++] = sizes[i];
    return gathered;
}

/* When the change began that the snapshot shows. */
static double began(const struct snapshot *snapshots, size_t at)
{
    const struct snapshot *first = NULL;

    for (size_t i = 0; i < at; i++)
        if (!isnan(snapshots[i].followers) && !is_again(first, &snapshots[i]))
            first = &snapshots[i];
    return first ? first->at : (double)NAN;
}

/* The distances of the changes from their usual one, in place of the changes. */
static void measure(const struct snapshot *snapshots, size_t count, double *sizes, double *room,
                    struct jump *jump)
{
    size_t changes = gather(sizes, count, room);

    if (changes == 0)
        return;
    jump->usual = median(room, changes);
    for (size_t i = 0; i < changes; i++)
        room[i] = fabs(room[i] - jump->usual);
    jump->spread = fmax(median(room, changes), LEAST_MAD);
    for (size_t i = 0; i < count; i++) {
        double change = sizes[i];
        sizes[i] = fabs(change - jump->usual) / jump->spread;
        if (isnan(change) || !(isnan(jump->size) || sizes[i] > jump->size))
            continue;
        jump->size = sizes[i];
        jump->change = change;
        jump->to = snapshots[i].at;
        jump->from = began(snapshots, i);
    }
}

struct jump growth_jump(const struct snapshot *snapshots, size_t count, enum platform platform,
                        double *sizes)
{
    double *room = mem_zero(2 * count + 1, sizeof *room);
    double *changes = sizes ? sizes : room + count;
    struct jump jump = {NAN, NAN, NAN, NAN, NAN, NAN, 0};

    jump.days = list_changes(snapshots, count, platform, changes);
    if (jump.days >= GROWTH_JUMP_DAYS)
        measure(snapshots, count, changes, room, &jump);
    else
        for (size_t i = 0; i < count; i++)
            changes[i] = NAN;
    free(room);
    return jump;
}
