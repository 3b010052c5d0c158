#include <math.h>
#include <stdio.h>

#include "base/vec.h"
#include "data.h"
#include "stage.h"
#include "tty.h"

/* From exec to the first frame, and keys while creators arrive. */

static double first_frame(const char *store)
{
    struct tty tty;
    tty_explore(&tty, store, STAGE_COLUMNS, STAGE_ROWS);
    double took = tty.answered - tty.began;
    tty_end(&tty);
    return took;
}

static void first_frames(const struct bench *bench, const char *store)
{
    double ours = INFINITY, reference = INFINITY;
    for (int run = 0; run < bench->runs * 2 + 1; run++) {
        ours = fmin(ours, first_frame(store));
        reference = fmin(reference, first_frame(data_path(bench, "small.db")));
    }
    bench_ratio(bench, "first frame after exec", ours, reference, 1.2, 0,
                "the program with 1,000 creators");
}

static void while_loading(const struct bench *bench, const char *store)
{
    enum { MOST = 4096 };
    static const char *const keys[] = {"j", "G", "s", "k", "z", "g", "s", "z", "\t", " ", "\t"};
    double times[MOST], loaded = INFINITY;
    size_t count = 0;
    for (int run = 0; run < bench->runs; run++) {
        struct tty tty;
        tty_explore(&tty, store, STAGE_COLUMNS, STAGE_ROWS);
        double last = tty.last_sign;
        for (size_t i = 0; count < MOST && tty_arriving(&tty); i++) {
            last = tty.last_sign;
            times[count++] = tty_key_busy(&tty, keys[i % COUNT_OF(keys)]).milliseconds;
        }
        loaded = fmin(loaded, last - tty.began);
        tty_end(&tty);
    }
    bench_value(bench, "exec to all creators there, keys meanwhile", BENCH_MS, loaded, NAN, "");
    if (count < 20)
        return;
    bench_sort(times, count);
    char note[120];
    snprintf(note, sizeof note, "%zu keys, p50 %.1f, p95 %.1f, most %.1f ms", count,
             times[count / 2], times[count * 95 / 100], times[count - 1]);
    bench_value(bench, "key while loading, p99", BENCH_MS, times[count * 99 / 100], 33, note);
}

void bench_start(const struct bench *bench)
{
    const char *store = data_path(bench, "start.db");
    data_copy(data_path(bench, "store.db"), store);
    first_frames(bench, store);
    while_loading(bench, store);
    data_remove(store);
}
