#include <string.h>

#include "base/names.h"
#include "domain/currency.h"
#include "plan_internal.h"

/* What the values of a column say about it: lies of its header, sizes, units. */

/* ---- what the values are ---- */

static void take_for(struct import_column *column, enum import_use use, enum column as,
                     const char *why)
{
    column->use = use;
    column->column = as;
    column->why = text_of(why);
}

static bool is_figure(const struct import_column *column)
{
    static const bool figures[UNIT_COUNT_OF] = {
        [UNIT_COUNT] = true, [UNIT_AVERAGE] = true, [UNIT_SHARE] = true};
    return column->use == USE_ENGAGEMENTS ||
           (column->use == USE_COLUMN && figures[columns[column->column].unit]);
}

static bool has_country(const struct import_plan *plan)
{
    return plan_column(plan, USE_COLUMN, COL_COUNTRY) != NULL;
}

/* Headers that are shifted, or were never true. */
static void by_contradiction(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = decision_profile(it, column);
    bool country = column->use == USE_COLUMN && column->column == COL_COUNTRY;
    bool topics = column->use == USE_COLUMN && columns[column->column].unit == UNIT_SET;
    size_t known = profile->known;
    if (is_figure(column) && profile->numbers_known * 5 < known && known > 1) {
        column->guess = true;
        if (profile->countries * 10 >= profile->countries_asked * 8 && !has_country(it->plan)) {
            take_for(column, USE_COLUMN, COL_COUNTRY, "its values are countries, not figures");
            plan_note(it->plan, "'%s' holds countries: taken for country", column->name.at);
        } else {
            take_for(column, USE_IGNORED, 0, "its values are no figures");
        }
    } else if (country && profile->numbers_known * 5 > known * 4) {
        column->guess = true;
        take_for(column, USE_IGNORED, 0, "its values are figures, not countries");
    } else if (topics && profile->urls * 10 >= known * 8) {
        take_for(column, USE_IGNORED, 0, "its values are links, not topics");
    }
}

void plan_by_values(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = decision_profile(it, column);
    struct meaning *meaning = decision_meaning(it, column);
    if (profile->known == 0)
        return;
    if (column->use == USE_IGNORED && profile->channel_ids * 10 >= profile->known * 9) {
        meaning->rank = 9;
        take_for(column, USE_COLUMN, COL_HANDLE, "its values are channel ids");
    } else if (column->use == USE_IGNORED && !meaning->known &&
               profile->links * 10 >= profile->known * 8) {
        meaning->rank = 3;
        take_for(column, USE_LINK, COL_URL, "its values are profile links");
    } else {
        by_contradiction(it, column);
    }
}

/* ---- topics without a separator ---- */

/* Takes the part before the next capital that follows a small letter. */
static bool next_part(struct text *rest, struct text *part)
{
    size_t to = 1;
    if (rest->length == 0)
        return false;
    while (to < rest->length && !(rest->at[to] >= 'A' && rest->at[to] <= 'Z' &&
                                  rest->at[to - 1] >= 'a' && rest->at[to - 1] <= 'z'))
        to++;
    *part = text_part(*rest, 0, to);
    *rest = text_part(*rest, to, rest->length);
    return true;
}

static bool is_joined(struct text word)
{
    struct text rest = word, part;
    return next_part(&rest, &part) && rest.length > 0;
}

/* "MusicCinema" is two topics where Music or Cinema stand alone too; "TikTok" is one word. */
static void decide_capitals(struct decision *it, struct import_column *column)
{
    const struct names *words = &decision_profile(it, column)->words;
    size_t joined = 0, known = 0;
    struct text witness = {0};
    if (column->use != USE_COLUMN || columns[column->column].unit != UNIT_SET || it->plan->ours ||
        decision_meaning(it, column)->rank == 100)
        return;
    for (size_t i = 0; i < words->count; i++) {
        struct text rest = words->items[i], part;
        bool found = false;
        if (!is_joined(rest))
            continue;
        while (next_part(&rest, &part)) {
            if (names_find(words, part) == NAMES_NONE)
                continue;
            found = true;
            witness = part;
        }
        joined++;
        known += found;
    }
    if (known == 0 || known * 2 < joined)
        return;
    column->capitals = true;
    column->guess = true;
    column->why =
        plan_why(it->plan, "%.*s; split at capitals: '%.*s' stands alone too",
                 (int)column->why.length, column->why.at, (int)witness.length, witness.at);
}

/* ---- sizes and units ---- */

static double followers_median(const struct decision *it)
{
    const struct import_column *column = plan_column(it->plan, USE_COLUMN, COL_FOLLOWERS);
    return column != NULL ? profile_median(decision_profile(it, column)) : number_unknown();
}

/* "likes" may be those of all posts ever: then half the creators have more of them than followers. */
static void decide_lifetime(struct decision *it, struct import_column *column)
{
    double followers = followers_median(it), median = profile_median(decision_profile(it, column));
    double most = column->column == COL_VIEWS ? 10 : 1;
    if (!decision_meaning(it, column)->bare || column->use != USE_COLUMN ||
        !(median > most * followers))
        return;
    plan_ignore(column, TEXT("larger than a post can be: a total of the account's life"));
    plan_note(it->plan, "'%s' looks like a lifetime total, not a figure per post: ignored",
              column->name.at);
}

/* A count of engagements and a rate go by the same names. */
static void decide_engagement(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = decision_profile(it, column);
    bool count = column->use == USE_ENGAGEMENTS;
    bool rate = column->use == USE_COLUMN && column->column == COL_ER;
    if ((!count && !rate) || it->plan->ours || decision_meaning(it, column)->rank == 100)
        return;
    double median = profile_median(profile);
    bool percent = profile->percents * 2 > profile->known || decision_meaning(it, column)->percent;
    if (rate && !percent && median > 100) {
        column->use = USE_ENGAGEMENTS;
        column->why = TEXT("too large for a rate: engagements per post");
    } else if (count && (percent || median < (decision_meaning(it, column)->bare ? 100 : 1))) {
        column->use = USE_COLUMN;
        column->column = COL_ER;
        column->why = TEXT("too small for a count: a rate");
    }
}

/* Without a sign the unit of a rate is only known from the range of the column: half of all
 * engagement rates above 30 % are beyond belief, and so is any share above 150 %. */
static void decide_scale(struct decision *it, struct import_column *column)
{
    const struct column_profile *profile = decision_profile(it, column);
    bool share = columns[column->column].unit == UNIT_SHARE || column->column == COL_VIEW_RATE;
    if (column->use != USE_COLUMN || !share || it->plan->ours ||
        it->words[column - it->plan->columns].scaled)
        return;
    size_t bare = profile->values.count;
    bool rate = column->column == COL_ER, said = decision_meaning(it, column)->percent;
    double middle = profile_median(profile);
    bool percent = said || (rate ? middle >= 0.3 : profile_most(profile) > 1.5);
    if (bare == 0 || profile->known == 0)
        return;
    const char *read_as = percent ? "percent" : "fractions";
    column->scale = percent ? SCALE_PERCENT : SCALE_AS_IS;
    column->scale_why =
        said ? TEXT("percent by its header") : plan_why(it->plan, "%s by its values", read_as);
    /* Between 0.1 and 1 lie low rates in percent and high ones as fractions. */
    column->scale_guess = !said && ((rate && middle >= 0.1 && middle < 1) || profile->percents > 0);
    if (profile->percents > 0)
        plan_note(it->plan, "'%s' mixes units: %zu with a %% sign, %zu without, read as %s",
                  column->name.at, profile->percents, bare, read_as);
}

static void unit_of(struct decision *it, struct import_column *column)
{
    decide_engagement(it, column);
    decide_lifetime(it, column);
    decide_scale(it, column);
    decide_capitals(it, column);
    bool rate = column->use == USE_COLUMN && column->column == COL_ER;
    if (column->use == USE_ENGAGEMENTS && plan_column(it->plan, USE_COLUMN, COL_FOLLOWERS) == NULL)
        plan_ignore(column, TEXT("a count of engagements says nothing without followers"));
    if (rate && it->plan->er_basis == BASIS_NONE)
        it->plan->er_basis = decision_meaning(it, column)->basis;
}

/* Does a price name no currency, nor anything beside it? */
static void decide_currency(struct decision *it)
{
    struct import_plan *plan = it->plan;
    plan->currency_why = (struct text){0};
    if (plan->ours || plan_column(plan, USE_COLUMN, COL_CURRENCY) != NULL)
        return;
    for (size_t i = 0; i < plan->column_count; i++) {
        const struct import_column *column = &plan->columns[i];
        const struct column_profile *profile = &it->profile->items[i];
        bool bare = profile->known > 0 && profile->currencies < profile->known;
        if (column->use == USE_COLUMN && column->column == COL_FEE && bare &&
            column->currency == CURRENCY_NONE)
            plan->currency_why = plan->currency != CURRENCY_NONE
                                     ? TEXT("your map says so")
                                     : plan_why(plan, "'%s' names none", column->name.at);
    }
}

void plan_units(struct decision *it)
{
    for (size_t i = 0; i < it->plan->column_count; i++)
        unit_of(it, &it->plan->columns[i]);
    decide_currency(it);
}
