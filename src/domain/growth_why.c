#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "domain/growth.h"
#include "why_internal.h"

struct days {
    char at[24];
};

static struct days day_of(double at)
{
    struct buf buf = BUF_INIT;
    struct days day;
    date_day_year(&buf, at);
    snprintf(day.at, sizeof day.at, "%s", buf_string(&buf));
    buf_release(&buf);
    return day;
}

static void tell_now(const struct growth *growth, struct why_line *line)
{
    *line = (struct why_line){.sign = ' ', .value = growth->now, .unit = UNIT_COUNT};
    snprintf(line->title, sizeof line->title, "followers");
    if (number_known(growth->at))
        why_say(line, "last seen on %s", day_of(growth->at).at);
    else
        why_say(line, "never seen with a date");
}

/* The dates on both sides, where it was not seen on the day itself. */
static void tell_between(const struct snapshot *snapshots, size_t count, double at,
                         struct why_line *line)
{
    double before = number_unknown(), after = number_unknown();
    for (size_t i = 0; i < count; i++) {
        if (!number_known(snapshots[i].followers))
            continue;
        if (snapshots[i].at <= at)
            before = snapshots[i].at;
        else if (!number_known(after))
            after = snapshots[i].at;
    }
    if (before == at)
        why_say(line, "seen on %s", day_of(at).at);
    else if (number_known(before))
        why_say(line, "on %s, evenly from %s to %s", day_of(at).at, day_of(before).at,
                day_of(after).at);
    else if (number_known(after))
        why_say(line, "unknown: the past begins on %s", day_of(after).at);
    else
        why_say(line, "unknown: there is no other date");
}

int growth_why(const struct snapshot *snapshots, size_t count, enum column column,
               struct why_line lines[WHY_MOST])
{
    bool brief = column == COL_GROWTH_30D;
    struct growth growth = growth_of(snapshots, count);
    double span = brief ? GROWTH_SHORT : GROWTH_LONG;
    double ago = brief ? growth.short_ago : growth.long_ago;

    tell_now(&growth, &lines[0]);
    lines[1] = (struct why_line){.sign = '/', .value = ago, .unit = UNIT_COUNT};
    snprintf(lines[1].title, sizeof lines[1].title, "%d days before", brief ? 30 : 90);
    if (number_known(growth.at))
        tell_between(snapshots, count, growth.at - span, &lines[1]);
    lines[2] =
        (struct why_line){.sign = '=', .value = growth_rate(growth.now, ago), .unit = UNIT_GROWTH};
    snprintf(lines[2].title, sizeof lines[2].title, "growth");
    why_say(&lines[2], "followers / those before - 1");
    return 3;
}
