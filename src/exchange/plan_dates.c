#include <string.h>

#include "plan_internal.h"

/* Which of the first two parts of 05/06/2026 is the day. A part above 12 settles it for the whole file,
 * as one program wrote it; where none does, it is a question. */

const char *const import_dates_words[] = {
    [DATE_DAY_MONTH] = "day-month", [DATE_MONTH_DAY] = "month-day"};

/* What the dates of the file say together. */
struct dates {
    struct date_marks marks;
    struct text settled_in[2]; /* headers */
};

static bool reads_dates(const struct import_column *column)
{
    return column->use == USE_DATE ||
           (column->use == USE_COLUMN && columns[column->column].unit == UNIT_TIME);
}

static struct dates dates_of(const struct decision *it)
{
    struct dates all = {.marks = {.either = 0}};
    for (size_t i = 0; i < it->plan->column_count; i++) {
        const struct date_marks *marks = &it->profile->items[i].dates;
        if (!reads_dates(&it->plan->columns[i]))
            continue;
        for (int order = 0; order < 2; order++) {
            if (marks->only[order] > 0 && all.marks.only[order] == 0) {
                all.marks.settled[order] = marks->settled[order];
                all.settled_in[order] = it->plan->columns[i].name;
            }
            all.marks.only[order] += marks->only[order];
        }
        if (marks->either > 0 && all.marks.either == 0)
            all.marks.doubtful = marks->doubtful;
        all.marks.either += marks->either;
    }
    return all;
}

static void by_habit(struct import_plan *plan, struct text example)
{
    bool points = memchr(example.at, '.', example.length) != NULL;
    bool commas = plan->separator == ';' || plan->numbers.decimal == ',';
    bool slashes = memchr(example.at, '/', example.length) != NULL;
    plan->dates = slashes && !commas ? DATE_MONTH_DAY : DATE_DAY_MONTH;
    plan->dates_guess = true;
    plan->dates_why = points   ? TEXT("no part is above 12; with points the day comes first")
                      : commas ? TEXT("no part is above 12; the file is written as in Europe")
                      : slashes
                          ? TEXT("no part is above 12; with slashes often the month comes first")
                          : TEXT("no part is above 12; the day comes first in most countries");
}

void plan_dates(struct decision *it)
{
    struct import_plan *plan = it->plan;
    struct dates all = dates_of(it);
    const struct date_marks *marks = &all.marks;
    bool month = marks->only[DATE_MONTH_DAY] > marks->only[DATE_DAY_MONTH];
    bool both = marks->only[DATE_MONTH_DAY] > 0 && marks->only[DATE_DAY_MONTH] > 0;
    if (marks->either + marks->only[DATE_MONTH_DAY] + marks->only[DATE_DAY_MONTH] == 0)
        return;
    plan->dates_example =
        arena_text(&plan->arena, marks->either > 0 ? marks->doubtful : marks->settled[month]);
    if (plan->dates_said) {
        plan->dates_why = TEXT("your map says so");
        return;
    }
    if (marks->only[month] == 0) {
        by_habit(plan, marks->doubtful);
        return;
    }
    plan->dates = month ? DATE_MONTH_DAY : DATE_DAY_MONTH;
    plan->dates_guess = both && marks->either > 0;
    plan->dates_why =
        both ? plan_why(plan, "written in both ways, as '%.*s' and '%.*s'; most of them so",
                        (int)marks->settled[0].length, marks->settled[0].at,
                        (int)marks->settled[1].length, marks->settled[1].at)
             : plan_why(plan, "as %.*s in '%.*s'", (int)marks->settled[month].length,
                        marks->settled[month].at,
                        (int)text_part(all.settled_in[month], 0, 40).length,
                        all.settled_in[month].at);
}
