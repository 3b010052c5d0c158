#include "carried_internal.h"

#include <stdlib.h>

#include "base/number.h"
#include "base/vec.h"

struct place {
    enum column column;
    int group;
};

static const struct place places[] = {
    {COL_FOLLOWERS, 0},       {COL_FOLLOWING, 0}, {COL_POSTS, 0},         {COL_CREDIBILITY, 0},
    {COL_AUDIENCE_MARKET, 0}, {COL_LIKES, 1},     {COL_COMMENTS, 1},      {COL_SHARES, 1},
    {COL_SAVES, 1},           {COL_VIEWS, 1},     {COL_REACH_POST, 1},    {COL_SAMPLE, 1},
    {COL_WINDOW, 1},          {COL_ER, 1},        {COL_LAST_POST_AT, 1},  {COL_POSTS_30D, 1},
    {COL_SPONSORED_SHARE, 1}, {COL_FEE, 2},       {COL_FEE_BY_FORMAT, 2},
};
_Static_assert(COUNT_OF(places) == CARRIED_MOST, "one place for each");

static const enum column dates_of[CARRIED_GROUPS] = {COL_AUDIENCE_AT, COL_ENGAGEMENT_AT,
                                                     COL_FEE_AT};

int carried_place(enum column column)
{
    for (int i = 0; i < CARRIED_MOST; i++)
        if (places[i].column == column)
            return i;
    return -1;
}

void carried_set(struct carried *carried, enum column column, double at)
{
    int place = carried_place(column);

    if (place < 0)
        return;
    carried->which |= (uint32_t)1 << place;
    carried->at[place] = at;
}

void carried_clear(struct carried *carried, enum column column)
{
    if (carried_has(carried, column))
        carried->which &= ~((uint32_t)1 << carried_place(column));
}

static bool same_time(double a, double b)
{
    return a == b || (!number_known(a) && !number_known(b));
}

bool carried_equal(const struct carried *a, const struct carried *b)
{
    bool same = a->which == b->which;

    for (int i = 0; same && i < CARRIED_MOST && a->which >> i; i++)
        same = !(a->which >> i & 1) || same_time(a->at[i], b->at[i]);
    return same;
}

/* ---- as text: "audience_at:2000 posts:1000 credibility:" ---- */

static void write_one(struct buf *out, enum column column, double at)
{
    buf_addf(out, "%s%s:", out->length ? " " : "", columns[column].key);
    if (number_known(at))
        buf_addf(out, "%lld", (long long)at);
}

void carried_write(const struct carried *carried, const struct carried_dates *dates,
                   struct buf *out)
{
    int group = -1;

    for (int i = 0; i < CARRIED_MOST; i++) {
        if (!(carried->which >> i & 1))
            continue;
        if (places[i].group != group) {
            group = places[i].group;
            write_one(out, dates_of[group], dates->of[group]);
        }
        write_one(out, places[i].column, carried->at[i]);
    }
}

static bool key_is(struct text key, enum column column)
{
    return text_equal(key, text_of(columns[column].key));
}

/* The value ends where its word does: at a space or at the end, which is a NUL. */
static double value_of(struct text word)
{
    return word.length ? (double)strtoll(word.at, NULL, 10) : number_unknown();
}

void carried_read(struct carried *carried, const struct carried_dates *dates, struct text text)
{
    bool valid[CARRIED_GROUPS] = {false};
    struct text word, key;
    int place = 0;

    carried->which = 0;
    while (text_next(&text, ' ', &word)) {
        if (!text_next(&word, ':', &key))
            continue;
        for (int group = 0; group < CARRIED_GROUPS; group++)
            if (key_is(key, dates_of[group]))
                valid[group] = same_time(value_of(word), dates->of[group]);
        /* They stand in the order of places[]. */
        for (int i = place; i < CARRIED_MOST; i++) {
            if (!key_is(key, places[i].column))
                continue;
            place = i + 1;
            if (valid[places[i].group])
                carried_set(carried, places[i].column, value_of(word));
            break;
        }
    }
}
