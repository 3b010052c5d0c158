#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/vec.h"
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

static int why_growth(const struct snapshot *snapshots, size_t count, bool brief,
                      struct why_line lines[WHY_MOST])
{
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

static int why_jump(const struct snapshot *snapshots, size_t count, enum platform platform,
                    struct why_line lines[WHY_MOST])
{
    struct jump jump = growth_jump(snapshots, count, platform, NULL);
    const struct {
        char sign;
        enum unit unit;
        double value;
        const char *title;
    } steps[] = {
        {' ', UNIT_GROWTH, jump.change, "largest change"},
        {'-', UNIT_GROWTH, jump.usual, "usual change"},
        {'/', UNIT_GROWTH, jump.spread, "usual distance"},
        {'=', UNIT_RATIO, jump.size, "sudden change"},
    };

    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        lines[i] = (struct why_line){
            .sign = steps[i].sign, .unit = steps[i].unit, .value = steps[i].value};
        snprintf(lines[i].title, sizeof lines[i].title, "%s", steps[i].title);
    }
    if (!number_known(jump.size)) {
        why_say(&lines[3], "unknown: %zu days known, it takes %d", jump.days, GROWTH_JUMP_DAYS);
        return (int)COUNT_OF(steps);
    }
    why_say(&lines[0], "ln a day, %s to %s", day_of(jump.from).at, day_of(jump.to).at);
    why_say(&lines[1], "median of %zu changes", jump.days - 1);
    why_say(&lines[2], "from the usual one; at least 0.05%%");
    why_say(&lines[3], "above %dx out of the ordinary", GROWTH_JUMP);
    return (int)COUNT_OF(steps);
}

int growth_why(const struct snapshot *snapshots, size_t count, enum platform platform,
               enum column column, struct why_line lines[WHY_MOST])
{
    if (column == COL_JUMP)
        return why_jump(snapshots, count, platform, lines);
    return why_growth(snapshots, count, column == COL_GROWTH_30D, lines);
}
