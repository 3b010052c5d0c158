#include "catalog/sheet.h"

#include <math.h>

#include "base/date.h"
#include "base/vec.h"

/* How long a fact stays fresh: the age badge of the glossary. */

#define NEVER_STALE INFINITY
#define PROFILE_DAYS 30

enum fresh_kind { FRESH_AUDIENCE, FRESH_PROFILE, FRESH_ENGAGEMENT, FRESH_ALWAYS };

static const struct age_rule {
    enum column column;
    enum column seen_at;
    enum fresh_kind kind;
} age_rules[] = {
    {COL_FOLLOWERS, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_FOLLOWING, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_POSTS, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_GROWTH_30D, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_GROWTH_90D, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_JUMP, COL_AUDIENCE_AT, FRESH_AUDIENCE},
    {COL_CREDIBILITY, COL_AUDIENCE_AT, FRESH_PROFILE},
    {COL_AUDIENCE_MARKET, COL_AUDIENCE_AT, FRESH_PROFILE},
    {COL_LIKES, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_COMMENTS, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_SHARES, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_SAVES, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_VIEWS, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_VIEW_RATE, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_REACH_POST, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_ER, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_ER_INDEX, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_SAMPLE, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_WINDOW, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_LAST_POST_AT, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_POSTS_30D, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_SPONSORED_SHARE, COL_ENGAGEMENT_AT, FRESH_ENGAGEMENT},
    {COL_FEE, COL_FEE_AT, FRESH_ALWAYS},
};

static const struct age_rule *rule_of(enum column column)
{
    for (size_t i = 0; i < COUNT_OF(age_rules); i++)
        if (age_rules[i].column == column)
            return &age_rules[i];
    return NULL;
}

static double days_of(const struct sheet *sheet, enum fresh_kind kind)
{
    const double days[] = {[FRESH_AUDIENCE] = sheet->fresh.audience,
                           [FRESH_PROFILE] = fmax(PROFILE_DAYS, sheet->fresh.audience),
                           [FRESH_ENGAGEMENT] = sheet->fresh.engagement,
                           [FRESH_ALWAYS] = NEVER_STALE};
    return days[kind];
}

double sheet_age(const struct sheet *sheet, enum column column, uint32_t row)
{
    const struct age_rule *rule = rule_of(column);

    return rule ? sheet->now - catalog_number(sheet->catalog, rule->seen_at, row) : NAN;
}

bool sheet_stale(const struct sheet *sheet, enum column column, uint32_t row)
{
    const struct age_rule *rule = rule_of(column);

    return rule && sheet_age(sheet, column, row) > days_of(sheet, rule->kind) * DATE_DAY;
}

double sheet_stale_age(const struct sheet *sheet, uint32_t row)
{
    double oldest = NAN;

    for (size_t i = 0; i < COUNT_OF(age_rules); i++)
        if (sheet_stale(sheet, age_rules[i].column, row))
            oldest = fmax(oldest, sheet_age(sheet, age_rules[i].column, row));
    return oldest;
}

/* The shortest time that what was seen then stays fresh; NEVER_STALE where nothing rests on it. */
static double fresh_days(const struct sheet *sheet, enum column seen_at)
{
    double days = NEVER_STALE;

    for (size_t i = 0; i < COUNT_OF(age_rules); i++)
        if (age_rules[i].seen_at == seen_at)
            days = fmin(days, days_of(sheet, age_rules[i].kind));
    return days;
}

void sheet_stale_block(struct sheet *sheet, uint32_t from, size_t count, bool *stale)
{
    static const enum column seen[] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT, COL_FEE_AT};

    for (size_t i = 0; i < count; i++)
        stale[i] = false;
    for (size_t k = 0; k < COUNT_OF(seen); k++) {
        double days = fresh_days(sheet, seen[k]), room[SHEET_BLOCK];
        for (size_t done = 0; done < count && days < NEVER_STALE; done += SHEET_BLOCK) {
            size_t some = count - done < SHEET_BLOCK ? count - done : SHEET_BLOCK;
            const double *at = sheet_block(sheet, seen[k], from + (uint32_t)done, some, room);
            for (size_t i = 0; i < some; i++)
                stale[done + i] |= sheet->now - at[i] > days * DATE_DAY;
        }
    }
}
