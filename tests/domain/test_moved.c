/* What became of creators, against the plain forecast of what they were and are: every figure that moved,
 * what ROI was, which one moved it most, and the exact product in between. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "domain/currency.h"
#include "domain/moved.h"
#include "random_creators.h"

#define CREATORS 120
#define WORLDS 40
#define SINCE 1000000.0

static uint64_t seed = 20261123;

/* A creator then and now, and what the store would say of then. */
struct pair {
    struct plain_creator now, then;
    struct snapshot told;
    double audience_at, engagement_at, fee_at;
};

static double date(struct random *random)
{
    switch (random_below(random, 4)) {
    case 0:
        return NAN;
    case 1:
        return SINCE - (double)random_below(random, 1000);
    default:
        return SINCE + 1 + (double)random_below(random, 1000);
    }
}

/* What it was, as the store tells it: sometimes the same, another, or not known to it. */
static double told(struct random *random, double now, double dated, double *then)
{
    double value = NAN;
    switch (random_below(random, 5)) {
    case 0:
        value = now;
        break;
    case 1:
        break;
    default:
        value = isnan(now) ? 100 : now * (0.5 + random_unit(random));
    }
    *then = !isnan(value) ? value : dated > SINCE ? (double)NAN : now;
    return value;
}

static double share(struct random *random, double now, double dated, double *then)
{
    double value = told(random, now, dated, then);
    value = value > 1 ? 1 : value;
    *then = *then > 1 ? 1 : *then;
    return value;
}

static void make_pair(struct random *random, struct pair *pair)
{
    struct plain_creator *now = &pair->now, *then = &pair->then;
    random_creator(random, now);
    now->fee_not_convertible = false;
    pair->then = pair->now;
    pair->audience_at = date(random);
    pair->engagement_at = date(random);
    pair->fee_at = date(random);
    pair->told = snapshot_at(SINCE);
    struct snapshot *t = &pair->told;
    t->followers = told(random, now->followers, pair->audience_at, &then->followers);
    t->credibility = share(random, now->credibility, pair->audience_at, &then->credibility);
    t->audience_market =
        share(random, now->audience_market, pair->audience_at, &then->audience_market);
    t->likes = told(random, now->likes, pair->engagement_at, &then->likes);
    t->comments = told(random, now->comments, pair->engagement_at, &then->comments);
    t->shares = told(random, now->shares, pair->engagement_at, &then->shares);
    t->saves = told(random, now->saves, pair->engagement_at, &then->saves);
    t->views = told(random, now->views, pair->engagement_at, &then->views);
    t->reach_post = told(random, now->reach_post, pair->engagement_at, &then->reach_post);
    t->er = told(random, now->er_stated, pair->engagement_at, &then->er_stated);
    if (!isnan(t->er)) {
        t->er_basis = BASIS_FOLLOWERS;
        then->er_stated_basis = "followers";
    }
    double fee = told(random, now->fee, pair->fee_at, &then->fee);
    t->fee = isnan(fee) ? fee : round(fee * 100); /* whole cents, as a store has them */
    if (!isnan(fee))
        then->fee = t->fee / 100;
}

static bool close_to(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

/* Of which the figures of a group are taken from `from`. */
static struct plain_creator with(struct plain_creator to, const struct plain_creator *from,
                                 enum moved_figure figure)
{
    switch (figure) {
    case MOVED_FOLLOWERS:
        to.followers = from->followers;
        break;
    case MOVED_ENGAGEMENT:
        to.likes = from->likes;
        to.comments = from->comments;
        to.shares = from->shares;
        to.saves = from->saves;
        to.er_stated = from->er_stated;
        to.er_stated_basis = from->er_stated_basis;
        break;
    case MOVED_VIEWS:
        to.views = from->views;
        break;
    case MOVED_REACH_POST:
        to.reach_post = from->reach_post;
        break;
    case MOVED_CREDIBILITY:
        to.credibility = from->credibility;
        break;
    case MOVED_MARKET:
        to.audience_market = from->audience_market;
        break;
    case MOVED_FEE:
    case MOVED_FIGURES:
        to.fee = from->fee;
    }
    return to;
}

struct world {
    struct plain_creator creators[CREATORS]; /* as they are: the peers of all */
    struct scenario scenario;
};

static struct plain_figures plain(const struct world *world, const struct plain_creator *creator)
{
    struct plain_scenario scenario = plain_scenario_for(&world->scenario, creator, 1000);
    double expected = plain_expected(world->creators, CREATORS, creator);
    return plain_forecast(creator, expected, &scenario);
}

/* By how much one figure alone moves ROI; beyond all where only it makes it known. */
static double weight(const struct world *world, const struct pair *pair, enum moved_figure figure)
{
    struct plain_creator changed = with(pair->then, &pair->now, figure);
    double from = plain(world, &pair->then).roi, to = plain(world, &changed).roi;
    if (isnan(from) || isnan(to))
        return isnan(from) == isnan(to) ? 0 : (double)INFINITY;
    return fabs(to - from);
}

static void check(const struct world *world, const struct pair *pair, const struct moved *moved,
                  size_t row)
{
    struct plain_figures now = plain(world, &pair->now), then = plain(world, &pair->then);
    struct forecast_factors factors;
    if (!close_to(moved->now.roi, now.roi) || !close_to(moved->then.roi, then.roi))
        fail_msg("row %zu: ROI %g then %g, and not %g then %g", row, moved->now.roi,
                 moved->then.roi, now.roi, then.roi);
    for (int i = 0; i < MOVED_FIGURES && moved->most < MOVED_FIGURES; i++) {
        enum moved_figure figure = (enum moved_figure)i;
        double most = weight(world, pair, moved->most), other = weight(world, pair, figure);
        if (moved->values[i].differs && other > most * (1 + 1e-9))
            fail_msg("row %zu: figure %d moves it more than %d", row, i, (int)moved->most);
    }
    double by = now.roi - then.roi;
    if (isnan(by))
        assert_int_equal(moved->is, isnan(now.roi) != isnan(then.roi));
    else if (fabs(fabs(by) - MOVED_LEAST) > 1e-9)
        assert_int_equal(moved->is, fabs(by) >= MOVED_LEAST);
    if (!forecast_factors(&moved->now, &moved->then, &world->scenario, &factors) ||
        factors.back_b < 1e-3) /* 1 + ROI has no digits left there */
        return;
    double product = (1 + then.roi) * factors.reach * factors.response * factors.cost;
    if (fabs(product - (1 + now.roi)) > 1e-9 * (1 + fabs(product)))
        fail_msg("row %zu: %.12g and not %.12g", row, product, 1 + now.roi);
}

static void run_world(struct random *random)
{
    static struct world world;
    static struct pair pairs[CREATORS];
    struct cells at[3];
    double dates[3][CREATORS];
    for (size_t i = 0; i < CREATORS; i++) {
        make_pair(random, &pairs[i]);
        world.creators[i] = pairs[i].now;
        dates[0][i] = pairs[i].audience_at;
        dates[1][i] = pairs[i].engagement_at;
        dates[2][i] = pairs[i].fee_at;
    }
    struct plain_world facts;
    struct peers peers;
    plain_world_init(&facts, world.creators, CREATORS);
    for (int i = 0; i < 3; i++)
        at[i] = (struct cells){.kind = CELLS_F64, .f64 = dates[i]};
    facts.facts.audience_at = at[0];
    facts.facts.engagement_at = at[1];
    facts.facts.fee_at = at[2];
    random_scenario(random, &world.scenario);
    peers_make(&peers, &facts.facts, NULL, 0);
    struct assumptions assumptions = {
        .scenario = &world.scenario, .peers = &peers, .money_left = 1000};
    for (size_t row = 0; row < CREATORS; row++) {
        struct moved moved;
        double currency = cells_number(&facts.facts.currency, row);
        pairs[row].told.currency = currency > 0 ? (unsigned)currency : CURRENCY_NONE;
        if (!snapshot_known(&pairs[row].told))
            continue;
        moved_make(&facts.facts, &assumptions, row, SINCE, &pairs[row].told, &moved);
        assert_true(moved.kept);
        check(&world, &pairs[row], &moved, row);
    }
    plain_world_release(&facts);
}

static void they_are_what_the_plain_forecast_says(void **state)
{
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; i < WORLDS; i++) {
        struct random random;
        random_init(&random, seed + i);
        run_world(&random);
    }
}

/* ---- by hand ---- */

static struct moved of(struct plain_creator now, double seen, struct snapshot then)
{
    struct plain_world world;
    struct scenario scenario;
    struct peers peers;
    struct moved moved;
    plain_world_init(&world, &now, 1);
    world.facts.audience_at = world.facts.engagement_at = world.facts.fee_at =
        (struct cells){.kind = CELLS_F64, .f64 = &seen};
    scenario_init(&scenario);
    peers_init(&peers);
    struct assumptions assumptions = {.scenario = &scenario, .peers = &peers, .money_left = NAN};
    moved_make(&world.facts, &assumptions, 0, SINCE, &then, &moved);
    plain_world_release(&world);
    return moved;
}

static const struct plain_creator lena = {.platform = "instagram",
                                          .followers = 48200,
                                          .credibility = NAN,
                                          .audience_market = NAN,
                                          .likes = 2000,
                                          .comments = 60,
                                          .shares = NAN,
                                          .saves = NAN,
                                          .views = NAN,
                                          .reach_post = NAN,
                                          .er_stated = NAN,
                                          .er_stated_basis = "",
                                          .fee = 480,
                                          .planned = NAN};

static void nothing_kept_is_said(void **state)
{
    (void)state;
    struct moved moved = of(lena, SINCE + 5, snapshot_at(SINCE));
    assert_false(moved.kept);
    assert_true(moved.is); /* it is to be told all the same */
    assert_int_equal(moved.most, MOVED_FIGURES);
}

static void half_a_point_is_the_least(void **state)
{
    (void)state;
    struct snapshot then = snapshot_at(SINCE);
    then.followers = 48190;
    then.likes = 2000;
    then.comments = 60;
    then.fee = 48000;
    struct moved moved = of(lena, SINCE + 5, then);
    assert_true(moved.kept);
    assert_true(moved.values[MOVED_FOLLOWERS].differs);
    assert_true(fabs(moved.now.roi - moved.then.roi) < MOVED_LEAST);
    assert_false(moved.is);
    then.fee = 60000; /* it was 600 */
    moved = of(lena, SINCE + 5, then);
    assert_true(moved.is);
    assert_int_equal(moved.most, MOVED_FEE);
    assert_true(moved.values[MOVED_FEE].then == 600 && moved.values[MOVED_FEE].now == 480);
    assert_true(moved.now.roi > moved.then.roi);
}

/* A fee that was not known then was an estimate in the forecast, and none of his figures. */
static void what_was_not_known_is_unknown(void **state)
{
    (void)state;
    struct snapshot then = snapshot_at(SINCE);
    then.followers = 48200;
    then.likes = 2000;
    then.comments = 60;
    struct moved moved = of(lena, SINCE + 5, then);
    assert_int_equal(moved.most, MOVED_FEE);
    assert_true(isnan(moved.values[MOVED_FEE].then));
    assert_true(moved.then.marks & MARK_FEE_ESTIMATED);
    /* Seen no later than then, it was there. */
    moved = of(lena, SINCE, then);
    assert_false(moved.values[MOVED_FEE].differs);
    assert_false(moved.is);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_are_what_the_plain_forecast_says),
        cmocka_unit_test(nothing_kept_is_said),
        cmocka_unit_test(half_a_point_is_the_least),
        cmocka_unit_test(what_was_not_known_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
