/* Authenticity of random creators against the glossary worked out plainly, and what a why of it says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "domain/authenticity.h"

#define ROWS 600

static uint64_t seed = 20261123;

struct creators {
    uint8_t platform[ROWS];
    double followers[ROWS], following[ROWS], credibility[ROWS], likes[ROWS], comments[ROWS],
        views[ROWS], jump[ROWS];
    struct facts facts;
    struct peers peers;
    struct scenario scenario;
    struct assumptions assumptions;
};

static double maybe(struct random *random, double value)
{
    return random_below(random, 5) == 0 ? (double)NAN : value;
}

static double between(struct random *random, double low, double high)
{
    return low + (high - low) * random_below(random, 100001) / 1e5;
}

static struct cells cells_of(const double *values)
{
    return (struct cells){.kind = CELLS_F64, .f64 = values};
}

/* Followers of one band, so that there are enough peers on three of the platforms. */
static void creators_init(struct creators *all, struct random *random)
{
    static const uint8_t usual[] = {PLATFORM_INSTAGRAM, PLATFORM_TIKTOK, PLATFORM_YOUTUBE};
    for (size_t i = 0; i < ROWS; i++) {
        all->platform[i] = i < 10 ? PLATFORM_X : usual[random_below(random, 3)];
        all->followers[i] = maybe(random, floor(between(random, 5000, 19999)));
        all->following[i] = maybe(random, floor(between(random, 0, 9000)));
        all->credibility[i] = maybe(random, between(random, 0.5, 1));
        all->likes[i] = maybe(random, floor(between(random, 0, 3) * between(random, 0, 700)));
        all->comments[i] = maybe(random, floor(between(random, 0, 60)));
        all->views[i] = maybe(random, floor(between(random, 100, 30000)));
        all->jump[i] = maybe(random, between(random, 0, 25));
    }
    all->facts = (struct facts){.count = ROWS,
                                .platform = all->platform,
                                .followers = cells_of(all->followers),
                                .following = cells_of(all->following),
                                .credibility = cells_of(all->credibility),
                                .likes = cells_of(all->likes),
                                .comments = cells_of(all->comments),
                                .views = cells_of(all->views),
                                .jump = cells_of(all->jump)};
    peers_make(&all->peers, &all->facts, NULL, 0);
    scenario_init(&all->scenario);
    all->assumptions =
        (struct assumptions){.scenario = &all->scenario, .peers = &all->peers, .money_left = NAN};
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* Median of comments per like of the platform; all followers are of one band. */
static double usual_comments(const struct creators *all, uint8_t platform, const double *er)
{
    double ratios[ROWS];
    size_t count = 0, peers = 0;
    for (size_t i = 0; i < ROWS; i++) {
        if (all->platform[i] != platform || isnan(all->followers[i]) || isnan(er[i]))
            continue;
        peers++;
        if (!isnan(all->comments[i]) && all->likes[i] > 0)
            ratios[count++] = all->comments[i] / all->likes[i];
    }
    qsort(ratios, count, sizeof ratios[0], ascending);
    if (peers < 30 || count == 0)
        return NAN;
    return count % 2 ? ratios[count / 2] : (ratios[count / 2 - 1] + ratios[count / 2]) / 2;
}

static double clipped(double mark)
{
    return mark < 0 ? 0 : mark > 1 ? 1 : mark;
}

/* Section "authenticity" of the glossary, signal by signal. */
static void plainly(const struct creators *all, size_t i, double index, double usual, double *score,
                    double *confidence, double *lowest)
{
    bool follows = all->platform[i] == PLATFORM_INSTAGRAM || all->platform[i] == PLATFORM_TIKTOK;
    double ratio = all->likes[i] > 0 && !isnan(all->followers[i])
                       ? all->comments[i] / all->likes[i] / usual
                       : (double)NAN;
    double weights[] = {30, 25, 15, 15, 15},
           marks[] = {
               clipped((all->credibility[i] - 0.6) / 0.3),
               index > 2 ? clipped(log(5 / index) / log(2.5)) : clipped(log(index / 0.1) / log(5)),
               ratio > 1 ? clipped(log(10 / ratio) / log(10.0 / 3))
                         : clipped(log(ratio / 0.1) / log(10.0 / 3)),
               clipped((20 - all->jump[i]) / 14),
               follows ? clipped((7500 - all->following[i]) / 6000) : (double)NAN,
           };
    bool known[] = {!isnan(all->credibility[i]), !isnan(index), !isnan(ratio), !isnan(all->jump[i]),
                    follows && !isnan(all->following[i])};
    double sum = 0, weight = 0;
    *lowest = NAN;
    for (size_t k = 0; k < 5; k++) {
        if (!known[k])
            continue;
        sum += weights[k] * marks[k];
        weight += weights[k];
        if (!(marks[k] >= *lowest))
            *lowest = marks[k];
    }
    *confidence = weight / 100;
    *score = weight >= 40 ? 100 * sum / weight : (double)NAN;
}

static bool near_to(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

static void scores_follow_the_glossary(void **state)
{
    static struct creators all;
    static double er[ROWS], index[ROWS];
    static struct figures figures[ROWS];
    struct random random;
    size_t scored = 0, unknown = 0;
    (void)state;
    printf("seed %llu\n", (unsigned long long)seed);
    random_init(&random, seed);
    creators_init(&all, &random);
    for (size_t i = 0; i < ROWS; i++) {
        forecast(&all.facts, &all.assumptions, i, &figures[i]);
        er[i] = figures[i].er;
        index[i] = figures[i].er_index;
    }
    for (size_t i = 0; i < ROWS; i++) {
        double score, confidence, lowest;
        plainly(&all, i, index[i], usual_comments(&all, all.platform[i], er), &score, &confidence,
                &lowest);
        if (!near_to(figures[i].authenticity, score) ||
            !near_to(figures[i].authenticity_confidence, confidence) ||
            !near_to(figures[i].authenticity_lowest, lowest))
            fail_msg("row %zu: %g %g %g, should be %g %g %g", i, figures[i].authenticity,
                     figures[i].authenticity_confidence, figures[i].authenticity_lowest, score,
                     confidence, lowest);
        scored += !isnan(score);
        unknown += isnan(score);
    }
    assert_true(scored > 100 && unknown > 10);
}

static const struct why_line *line_of(const struct why_line *lines, int count, const char *title)
{
    int at = 0;
    while (at < count - 1 && strcmp(lines[at].title, title) != 0)
        at++;
    assert_string_equal(lines[at].title, title);
    return &lines[at];
}

static void a_why_tells_every_signal_and_what_it_rests_on(void **state)
{
    static struct creators all;
    struct random random;
    struct figures figures;
    struct why_line lines[WHY_MOST];
    (void)state;
    random_init(&random, seed + 1);
    creators_init(&all, &random);
    size_t row = 20;
    all.platform[row] = PLATFORM_YOUTUBE;
    all.credibility[row] = 0.6;
    all.jump[row] = 13;
    all.following[row] = 100;
    forecast(&all.facts, &all.assumptions, row, &figures);
    int count = forecast_why(&all.facts, &all.assumptions, row, COL_AUTHENTICITY, lines);
    const struct why_line *believed = line_of(lines, count, "believed real");
    assert_true(believed->value == 0);
    assert_non_null(strstr(believed->reason, "of 30: 60.00%;"));
    assert_true(line_of(lines, count, "sudden change")->value == 7.5);
    const struct why_line *following = line_of(lines, count, "following");
    assert_true(isnan(following->value));
    assert_non_null(strstr(following->reason, "another platform"));
    assert_true(near_to(lines[count - 1].value, figures.authenticity));
    assert_non_null(strstr(lines[count - 1].reason, "doubtful"));
    count = forecast_why(&all.facts, &all.assumptions, row, COL_AUTHENTICITY_LOWEST, lines);
    assert_true(lines[count - 1].value == 0);
}

int main(int count, char **words)
{
    if (count > 1)
        seed = strtoull(words[1], NULL, 10);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_follow_the_glossary),
        cmocka_unit_test(a_why_tells_every_signal_and_what_it_rests_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
