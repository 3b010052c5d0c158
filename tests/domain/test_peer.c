#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/vec.h"
#include "plain_compare.h"

static struct plain_creator creator(const char *platform, double followers, double likes,
                                    double comments)
{
    return (struct plain_creator){.platform = platform,
                                  .followers = followers,
                                  .likes = likes,
                                  .comments = comments,
                                  .credibility = NAN,
                                  .audience_market = NAN,
                                  .shares = NAN,
                                  .saves = NAN,
                                  .views = NAN,
                                  .reach_post = NAN,
                                  .er_stated = NAN,
                                  .er_stated_basis = "",
                                  .fee = NAN};
}

static void bands_are_half_open(void **state)
{
    (void)state;
    static const double from[] = {0, 1e3, 5e3, 2e4, 1e5, 1e6};
    for (int band = 0; band < PEER_BANDS; band++) {
        assert_int_equal(peer_band(from[band]), band);
        assert_int_equal(peer_band(nextafter(from[band], INFINITY)), band);
        if (band > 0)
            assert_int_equal(peer_band(nextafter(from[band], 0)), band - 1);
    }
    assert_int_equal(peer_band(4e8), 5);
    assert_int_equal(peer_band(NAN), -1);
}

/* `count` accounts of 10,000 followers with 100, 200, 300 … likes, in no order, and no comments but
 * for every other: 10 each. */
static void cell_of(size_t count, struct plain_world *world, struct peers *peers)
{
    struct plain_creator *creators = calloc(count, sizeof *creators);
    assert_non_null(creators);
    for (size_t i = 0; i < count; i++) {
        size_t place = i * 17 % count; /* 17 divides no count used here */
        creators[place] = creator("instagram", 10000, 100 * (double)(i + 1), i % 2 ? 10 : 0);
    }
    plain_world_init(world, creators, count);
    peers_make(peers, &world->facts, NULL, 1234);
    free(creators);
}

static void the_median_of_thirty_or_more_is_expected(void **state)
{
    (void)state;
    struct plain_world world;
    struct peers peers;
    struct peer_expectation got;

    cell_of(29, &world, &peers);
    got = peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 10000);
    assert_true(got.er == 0.0228 && got.count == 0);
    assert_string_equal(got.source, "HypeAuditor 2018");
    plain_world_release(&world);

    cell_of(31, &world, &peers); /* the 16th: 1,600 likes and 10 comments */
    got = peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 5000);
    assert_true(got.er == 0.161 && got.count == 31 && !got.source);
    assert_true(peers.made_at == 1234);
    /* Comments per like: sixteen zeros, then fifteen of 10 / (200, 400 …): the middle is a zero. */
    assert_true(peers.cell[PLATFORM_INSTAGRAM][BASIS_FOLLOWERS][2].comments_per_like == 0);
    plain_world_release(&world);

    cell_of(30, &world, &peers); /* the 15th, without comments, and the 16th */
    got = peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 19999);
    assert_true(plain_equal(got.er, (0.150 + 0.161) / 2, 0));
    assert_true(got.count == 30);
    /* Fifteen zeros, and the least of the others: 10 / 3,000. */
    assert_true(plain_equal(peers.cell[PLATFORM_INSTAGRAM][BASIS_FOLLOWERS][2].comments_per_like,
                            10 / 3000.0 / 2, 0));
    got = peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 20000);
    assert_true(got.er == 0.0162 && got.count == 0); /* another band */
    plain_world_release(&world);
}

static void rows_that_are_gone_count_no_more(void **state)
{
    (void)state;
    struct plain_world world;
    struct peers peers;
    cell_of(31, &world, &peers);
    uint8_t live[31];
    for (size_t i = 0; i < COUNT_OF(live); i++)
        live[i] = world.facts.likes.f64[i] != 3100; /* without the largest: 15th and 16th again */
    peers_make(&peers, &world.facts, live, 0);
    struct peer_expectation got =
        peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 10000);
    assert_true(got.count == 30);
    assert_true(plain_equal(got.er, (0.150 + 0.161) / 2, 0));
    live[0] = 0;
    peers_make(&peers, &world.facts, live, 0);
    assert_true(peers_expect(&peers, NULL, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 10000).count == 0);
    plain_world_release(&world);
}

static void others_have_their_benchmarks(void **state)
{
    (void)state;
    static const struct {
        enum platform platform;
        enum er_basis basis;
        double percent[PEER_BANDS];
    } cells[] = {
        {PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, {4.26, 4.26, 2.28, 1.62, 1.55, 1.54}},
        {PLATFORM_TIKTOK, BASIS_VIEWS, {5, 5, 5, 5, 5, 5}},
        {PLATFORM_YOUTUBE, BASIS_VIEWS, {6.5, 6.5, 6.5, 4.5, 3, 2}},
        {PLATFORM_INSTAGRAM, BASIS_REACH, {NAN, NAN, NAN, NAN, NAN, NAN}},
        {PLATFORM_TIKTOK, BASIS_FOLLOWERS, {NAN, NAN, NAN, NAN, NAN, NAN}},
        {PLATFORM_PINTEREST, BASIS_FOLLOWERS, {NAN, NAN, NAN, NAN, NAN, NAN}},
    };
    struct peers peers;
    peers_init(&peers);
    assert_true(isnan(peers.made_at));
    for (size_t i = 0; i < COUNT_OF(cells); i++)
        for (int band = 0; band < PEER_BANDS; band++) {
            struct peer_expectation got =
                peers_expect(&peers, NULL, cells[i].platform, cells[i].basis, peer_band_from[band]);
            assert_true(plain_equal(got.er * 100, cells[i].percent[band], 0));
            assert_int_equal(got.count, 0);
            assert_true((got.source != NULL) == !isnan(got.er));
        }
    assert_true(isnan(peers_expect(&peers, NULL, PLATFORM_TIKTOK, BASIS_VIEWS, NAN).er));
    assert_true(isnan(peers_expect(&peers, NULL, PLATFORM_TIKTOK, BASIS_NONE, 5000).er));
}

/* Equal values, sorted and reversed ones: the median does not depend on how the rows lie. */
static void the_median_is_that_of_a_sort(void **state)
{
    (void)state;
    uint64_t seed = 7;
    printf("seed %llu\n", (unsigned long long)seed);
    struct random random;
    random_init(&random, seed);
    for (int round = 0; round < 40; round++) {
        size_t count = 30 + (size_t)random_below(&random, 200);
        uint64_t kinds = 1 + random_below(&random, 100);
        struct plain_creator *creators = calloc(count, sizeof *creators);
        assert_non_null(creators);
        for (size_t i = 0; i < count; i++) {
            double likes = round % 4 == 0   ? (double)i
                           : round % 4 == 1 ? (double)(count - i)
                                            : (double)random_below(&random, kinds);
            creators[i] = creator("pinterest", 50000, likes, NAN);
        }
        struct plain_world world;
        struct peers peers;
        plain_world_init(&world, creators, count);
        peers_make(&peers, &world.facts, NULL, 0);
        double expected = plain_expected(creators, count, &creators[0]);
        assert_true(
            plain_equal(peers_expect(&peers, NULL, PLATFORM_PINTEREST, BASIS_FOLLOWERS, 50000).er,
                        expected, 0));
        plain_world_release(&world);
        free(creators);
    }
}

static void own_benchmarks_come_before_published_ones(void **state)
{
    (void)state;
    static struct peers peers;
    struct benchmarks own = {
        .peers = 3,
        .count = 2,
        .items = {{PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, {NAN, 0.5, 0.4, 0.3, 0.2, 0.1}, "= mine"},
                  {PLATFORM_X, BASIS_VIEWS, {0.01, 0.01, 0.01, 0.01, 0.01, 0.01}, "= x"}}};
    uint64_t before = benchmarks_stamp(&own);
    peers_init(&peers);
    struct peer_expectation got =
        peers_expect(&peers, &own, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 1000);
    assert_true(got.er == 0.5 && got.count == 0);
    assert_string_equal(got.source, "= mine");
    got = peers_expect(&peers, &own, PLATFORM_INSTAGRAM, BASIS_FOLLOWERS, 999); /* left out */
    assert_true(got.er == 0.0426);
    assert_string_equal(got.source, "HypeAuditor 2018");
    assert_true(peers_expect(&peers, &own, PLATFORM_X, BASIS_VIEWS, 5e6).er == 0.01);
    assert_true(isnan(peers_expect(&peers, NULL, PLATFORM_X, BASIS_VIEWS, 5e6).er));
    /* a median of enough peers comes before both */
    peers.cell[PLATFORM_X][BASIS_VIEWS][0] = (struct peer_cell){.count = 3, .er = 0.7};
    assert_true(peers_expect(&peers, &own, PLATFORM_X, BASIS_VIEWS, 10).er == 0.7);
    own.peers = 4;
    assert_true(peers_expect(&peers, &own, PLATFORM_X, BASIS_VIEWS, 10).er == 0.01);
    assert_int_not_equal(before, benchmarks_stamp(&own));
    assert_int_equal(benchmarks_peers(NULL), 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_benchmarks_come_before_published_ones),
        cmocka_unit_test(bands_are_half_open),
        cmocka_unit_test(the_median_of_thirty_or_more_is_expected),
        cmocka_unit_test(rows_that_are_gone_count_no_more),
        cmocka_unit_test(others_have_their_benchmarks),
        cmocka_unit_test(the_median_is_that_of_a_sort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
