#include "domain/moved.h"

#include <stdint.h>

#include "base/number.h"
#include "base/vec.h"
#include "domain/currency.h"

const enum column moved_columns[MOVED_FIGURES] = {
    [MOVED_FOLLOWERS] = COL_FOLLOWERS,
    [MOVED_ENGAGEMENT] = COL_ER,
    [MOVED_VIEWS] = COL_VIEWS,
    [MOVED_REACH_POST] = COL_REACH_POST,
    [MOVED_CREDIBILITY] = COL_CREDIBILITY,
    [MOVED_MARKET] = COL_AUDIENCE_MARKET,
    [MOVED_FEE] = COL_FEE,
};

/* ---- the facts of one creator ---- */

/* The cells of struct facts, which stand in a row there. */
enum cell {
    CELL_FOLLOWERS,
    CELL_FOLLOWING,
    CELL_POSTS,
    CELL_CREDIBILITY,
    CELL_MARKET,
    CELL_JUMP,
    CELL_LIKES,
    CELL_COMMENTS,
    CELL_SHARES,
    CELL_SAVES,
    CELL_VIEWS,
    CELL_REACH_POST,
    CELL_SAMPLE,
    CELL_WINDOW,
    CELL_ER,
    CELL_ER_BASIS,
    CELL_FEE,
    CELL_FEE_ORIGIN,
    CELL_CURRENCY,
    CELL_PLANNED,
    CELL_PLAN_FORMAT,
    CELL_PLAN_FEE,
    CELL_FORMAT_FEE,
    CELL_AUDIENCE_AT,
    CELL_ENGAGEMENT_AT,
    CELL_FEE_AT,
    CELLS
};
_Static_assert(offsetof(struct facts, followers) + CELLS * sizeof(struct cells) ==
                       sizeof(struct facts) &&
                   offsetof(struct facts, er_basis) - offsetof(struct facts, followers) ==
                       CELL_ER_BASIS * sizeof(struct cells) &&
                   offsetof(struct facts, currency) - offsetof(struct facts, followers) ==
                       CELL_CURRENCY * sizeof(struct cells),
               "the cells stand as in struct facts");

/* A catalogue of one: the numbers of a creator, to be changed at will. */
struct one {
    struct facts facts;
    uint8_t platform;
    double numbers[CELLS];
};

static struct cells *cells_of(struct facts *facts)
{
    return &facts->followers;
}

static void one_init(struct one *one, const struct facts *facts, size_t row)
{
    const struct cells *from = &facts->followers;
    one->platform = facts->platform[row];
    one->facts = (struct facts){.count = 1, .platform = &one->platform};
    for (size_t i = 0; i < CELLS; i++) {
        one->numbers[i] = cells_number(&from[i], row);
        cells_of(&one->facts)[i] = (struct cells){.kind = CELLS_F64, .f64 = &one->numbers[i]};
    }
}

/* The facts that move, each with what it is part of, when it was seen, and its place in a snapshot. */
static const struct fact {
    size_t cell, dated, then;
    enum moved_figure figure;
} moving[] = {
    {CELL_FOLLOWERS, CELL_AUDIENCE_AT, offsetof(struct snapshot, followers), MOVED_FOLLOWERS},
    {CELL_LIKES, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, likes), MOVED_ENGAGEMENT},
    {CELL_COMMENTS, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, comments), MOVED_ENGAGEMENT},
    {CELL_SHARES, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, shares), MOVED_ENGAGEMENT},
    {CELL_SAVES, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, saves), MOVED_ENGAGEMENT},
    {CELL_ER, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, er), MOVED_ENGAGEMENT},
    {CELL_VIEWS, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, views), MOVED_VIEWS},
    {CELL_REACH_POST, CELL_ENGAGEMENT_AT, offsetof(struct snapshot, reach_post), MOVED_REACH_POST},
    {CELL_CREDIBILITY, CELL_AUDIENCE_AT, offsetof(struct snapshot, credibility), MOVED_CREDIBILITY},
    {CELL_MARKET, CELL_AUDIENCE_AT, offsetof(struct snapshot, audience_market), MOVED_MARKET},
    {CELL_FEE, CELL_FEE_AT, offsetof(struct snapshot, fee), MOVED_FEE},
};

static double then_of(const struct snapshot *then, const struct fact *fact)
{
    return *(const double *)(const void *)((const char *)then + fact->then);
}

/* What is unknown of then stands where it was seen no later. A rate brings its basis and a fee its
 * currency. */
static void go_back(struct one *one, double since, const struct snapshot *then)
{
    for (size_t i = 0; i < COUNT_OF(moving); i++) {
        const struct fact *fact = &moving[i];
        double value = then_of(then, fact);
        bool later = one->numbers[fact->dated] > since; /* not where that is unknown */
        if (isnan(value) && !later)
            continue;
        one->numbers[fact->cell] = value;
        if (fact->cell == CELL_ER && !isnan(value))
            one->numbers[CELL_ER_BASIS] = then->er_basis;
        if (fact->cell == CELL_FEE && !isnan(value))
            one->numbers[CELL_CURRENCY] = then->currency;
    }
}

static bool same(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Beside the numbers themselves, in what they are. */
static bool same_kind(const struct one *a, const struct one *b, size_t cell)
{
    size_t with = cell == CELL_FEE ? CELL_CURRENCY : cell == CELL_ER ? CELL_ER_BASIS : cell;
    return isnan(a->numbers[cell]) || same(a->numbers[with], b->numbers[with]);
}

/* Brings the facts of a figure from one to another. */
static void set_figure(struct one *to, const struct one *from, enum moved_figure figure)
{
    for (size_t i = 0; i < COUNT_OF(moving); i++) {
        size_t cell = moving[i].cell;
        if (moving[i].figure == figure)
            to->numbers[cell] = from->numbers[cell];
    }
    if (figure == MOVED_ENGAGEMENT)
        to->numbers[CELL_ER_BASIS] = from->numbers[CELL_ER_BASIS];
    if (figure == MOVED_FEE)
        to->numbers[CELL_CURRENCY] = from->numbers[CELL_CURRENCY];
}

/* ---- the figures ---- */

static double fee_shown(const struct one *one, const struct figures *figures)
{
    bool known = !isnan(one->numbers[CELL_FEE]) || (figures->marks & MARK_FEE_OWN);
    return known ? figures->fee : (double)NAN;
}

/* As the column shows it; an estimate of a fee is none of his figures. */
static double shown(const struct one *one, const struct figures *figures, enum moved_figure figure)
{
    if (figure == MOVED_ENGAGEMENT)
        return figures->er;
    if (figure == MOVED_FEE)
        return fee_shown(one, figures);
    for (size_t i = 0; i < COUNT_OF(moving); i++)
        if (moving[i].figure == figure)
            return one->numbers[moving[i].cell];
    return NAN;
}

static void find_values(const struct one *then, const struct one *now, struct moved *out)
{
    for (size_t i = 0; i < COUNT_OF(moving); i++) {
        const struct fact *fact = &moving[i];
        struct moved_value *value = &out->values[fact->figure];
        value->dated = now->numbers[fact->dated];
        if (!same(then->numbers[fact->cell], now->numbers[fact->cell]) ||
            !same_kind(then, now, fact->cell))
            value->differs = true;
    }
    for (int i = 0; i < MOVED_FIGURES; i++) {
        out->values[i].then = shown(then, &out->then, (enum moved_figure)i);
        out->values[i].now = shown(now, &out->now, (enum moved_figure)i);
    }
}

/* How far ROI goes when this figure alone is the present one: of what comes back, as a factor. Where
 * it is known only with it, farther than any. */
static double weight(const struct one *then, const struct one *now, double roi,
                     const struct assumptions *assumptions, enum moved_figure figure)
{
    struct one changed = *then;
    struct figures figures;
    struct cells *cells = cells_of(&changed.facts);
    changed.facts.platform = &changed.platform;
    for (size_t i = 0; i < CELLS; i++)
        cells[i].f64 = &changed.numbers[i];
    set_figure(&changed, now, figure);
    forecast(&changed.facts, assumptions, 0, &figures);
    if (isnan(figures.roi) || isnan(roi))
        return isnan(figures.roi) == isnan(roi) ? 0 : (double)INFINITY;
    return fabs(figures.roi - roi);
}

static enum moved_figure find_most(const struct one *then, const struct one *now,
                                   const struct assumptions *assumptions, const struct moved *moved)
{
    enum moved_figure most = MOVED_FIGURES;
    double heaviest = -1;
    for (int i = 0; i < MOVED_FIGURES; i++) {
        if (!moved->values[i].differs)
            continue;
        double heavy = weight(then, now, moved->then.roi, assumptions, (enum moved_figure)i);
        if (heavy > heaviest) {
            heaviest = heavy;
            most = (enum moved_figure)i;
        }
    }
    return most;
}

void moved_make(const struct facts *facts, const struct assumptions *assumptions, size_t row,
                double since, const struct snapshot *then, struct moved *out)
{
    struct one before, now;
    one_init(&now, facts, row);
    one_init(&before, facts, row);
    *out = (struct moved){.kept = snapshot_known(then), .most = MOVED_FIGURES};
    forecast(&now.facts, assumptions, 0, &out->now);
    if (out->kept)
        go_back(&before, since, then);
    forecast(&before.facts, assumptions, 0, &out->then);
    find_values(&before, &now, out);
    out->most = find_most(&before, &now, assumptions, out);
    bool known = isnan(out->then.roi) != isnan(out->now.roi);
    out->is = !out->kept || known || fabs(out->now.roi - out->then.roi) >= MOVED_LEAST;
}
