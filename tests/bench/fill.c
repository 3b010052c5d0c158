#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/vec.h"
#include "catalog/fill.h"
#include "data.h"
#include "stage.h"

/* Filling the budget: how soon there is a proposal, how soon it is proven, how far off it can be after a
 * second; and what a key takes meanwhile. */

#define LOOKS_A_STEP ((size_t)200000) /* as the explorer takes them between frames */

struct fill_times {
    double first, proven; /* ms; NaN: not within the patience */
    double gap;           /* after a second, as a share; 0: proven */
    double longest;       /* step */
    enum allocation_state state;
};

#define PATIENCE 20000.0

static struct fill_times measure(struct stage *stage, struct fill_wish *wish,
                                 const struct bits *rows)
{
    struct fill_times times = {.first = NAN, .proven = NAN, .gap = NAN};
    double start = bench_now(), before = start, now;
    struct fill *fill = fill_new(stage->model.sheet, wish, rows);
    bool more;
    do {
        more = fill_step(fill, LOOKS_A_STEP);
        now = bench_now();
        const struct fill_report *report = fill_report(fill);
        double shown = bench_now();
        times.longest = fmax(times.longest, shown - before);
        before = shown;
        times.state = report->result.state;
        if (isnan(times.first) && report->result.any)
            times.first = now - start;
        if (isnan(times.gap) && (now - start >= 1000 || !more))
            times.gap = times.state == ALLOCATION_PROVEN ? 0 : fill_gap(report);
    } while (more && now - start < PATIENCE);
    if (times.state == ALLOCATION_PROVEN)
        times.proven = now - start;
    fill_free(fill);
    return times;
}

static void add_rule(struct stage *stage, struct fill_wish *wish, const char *text)
{
    struct filter_context context = {stage->model.sheet, false};
    struct err err;
    if (!fill_rule_parse(text_of(text), &context, &wish->rules[wish->rule_count++], &err))
        bench_give_up("%s", err.message);
}

/* Among the first `count` creators of the store. Rules make a gap that has to be searched through. */
static void from_some(const struct bench *bench, struct stage *stage, size_t count, bool rules)
{
    struct bits rows = {0};
    struct fill_wish wish;
    struct fill_times best = {.first = INFINITY, .proven = INFINITY, .gap = INFINITY};
    const char *with = rules ? " by rules" : "";
    char work[64];
    bits_resize(&rows, stage->model.catalog->count);
    for (size_t i = 0; i < count && i < rows.count; i++)
        bits_put(&rows, i, true);
    fill_wish_init(&wish, &stage->model.scenario);
    wish.budget = 2000 * sqrt((double)count);
    if (rules) {
        add_rule(stage, &wish, "at least 3 platform:tiktok");
        add_rule(stage, &wish, "at most 5 tier:macro");
    }
    for (int run = 0; run < bench->runs; run++) {
        struct fill_times times = measure(stage, &wish, &rows);
        best.first = fmin(best.first, times.first);
        best.proven = fmin(best.proven, times.proven);
        best.gap = fmin(best.gap, times.gap);
    }
    snprintf(work, sizeof work, "budget of %zu filled%s, proposed", count, with);
    bench_value(bench, work, BENCH_MS, best.first, 16.0, "the first proposal");
    snprintf(work, sizeof work, "budget of %zu filled%s, proven best", count, with);
    bench_value(bench, work, BENCH_MS, isfinite(best.proven) ? best.proven : NAN,
                count <= 30 ? 16.0 : NAN, "to half a cent");
    snprintf(work, sizeof work, "budget of %zu filled%s, percent to gain", count, with);
    bench_value(bench, work, BENCH_COUNT, best.gap * 100, rules ? NAN : 0.1,
                "at most, after a second");
    fill_wish_release(&wish);
    bits_release(&rows);
}

static void from_all(const struct bench *bench, struct stage *stage)
{
    double whole = INFINITY, piece = INFINITY, longest;
    for (int run = 0; run < bench->runs; run++) {
        whole = fmin(whole, stage_pieces(stage, 'A', &longest));
        piece = fmin(piece, longest);
        stage_key(stage, K_ESCAPE);
    }
    bench_value(bench, "budget of all filled, proven best", BENCH_MS, whole, NAN, "in pieces");
    bench_value(bench, "key while the budget of all is filled", BENCH_MS, piece, 16.0,
                "the longest piece, with its frame");
}

void bench_fill(const struct bench *bench)
{
    static const size_t counts[] = {30, 300, 3000};
    struct stage *stage = mem_zero(1, sizeof *stage);
    stage_open(stage, data_path(bench, "store.db"));
    stage_key(stage, K_DOWN);
    for (size_t i = 0; i < COUNT_OF(counts); i++)
        for (int rules = 0; rules < 2; rules++)
            from_some(bench, stage, counts[i], rules);
    from_all(bench, stage);
    stage_close(stage);
    free(stage);
}
