#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data.h"
#include "stage.h"
#include "tty.h"

/* From exec to the first frame, keys while creators arrive, and rest. */

#define REST 5000.0 /* milliseconds */

static void start(const char *store, struct tty *tty)
{
    const char *const words[] = {MICROSCOPE, store, "--theme", "dark", NULL};
    tty_start(tty, words, STAGE_COLUMNS, STAGE_ROWS);
    tty_wait(tty);
}

static double first_frame(const char *store)
{
    struct tty tty;
    start(store, &tty);
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

/* The program paints its progress all the time; a tenth of a second without a frame ends the load. */
static bool arriving(struct tty *tty)
{
    unsigned long before = tty->signs;
    double end = bench_now() + 100;
    while (tty->signs == before && bench_now() < end)
        tty_read(tty, 5);
    return tty->signs != before;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void while_loading(const struct bench *bench, const char *store)
{
    enum { MOST = 4096 };
    static const char *const keys[] = {"j", "G", "s", "k", "z", "g", "s", "z", "\t", " ", "\t"};
    double times[MOST], loaded = INFINITY;
    size_t count = 0;
    for (int run = 0; run < bench->runs; run++) {
        struct tty tty;
        start(store, &tty);
        double last = tty.last_sign;
        for (size_t i = 0; count < MOST && arriving(&tty); i++) {
            last = tty.last_sign;
            times[count++] = tty_key_busy(&tty, keys[i % COUNT_OF(keys)]).milliseconds;
        }
        loaded = fmin(loaded, last - tty.began);
        tty_end(&tty);
    }
    bench_value(bench, "exec to all creators there, keys meanwhile", BENCH_MS, loaded, NAN, "");
    if (count < 20)
        return;
    qsort(times, count, sizeof *times, ascending);
    char note[120];
    snprintf(note, sizeof note, "%zu keys, p50 %.1f, p95 %.1f, most %.1f ms", count,
             times[count / 2], times[count * 95 / 100], times[count - 1]);
    bench_value(bench, "key while loading, p99", BENCH_MS, times[count * 99 / 100], 33, note);
}

static double switches(pid_t pid)
{
    char path[64], line[128];
    double count = NAN;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "voluntary_ctxt_switches:", 24) == 0)
            count = strtod(line + 24, NULL);
    if (file)
        fclose(file);
    return count;
}

static void rest(const struct bench *bench, const char *store)
{
    struct tty tty;
    start(store, &tty);
    while (arriving(&tty))
        continue;
    tty_quiet(&tty, 900);
    double before = switches(tty.pid), end = bench_now() + REST;
    size_t written = tty.written;
    while (bench_now() < end)
        tty_read(&tty, 100);
    bench_value(bench, "idle, wake-ups a second", BENCH_COUNT,
                (switches(tty.pid) - before) / (REST / 1e3), 4, "voluntary switches, 5 s");
    bench_value(bench, "idle, bytes written", BENCH_COUNT, (double)(tty.written - written), 0,
                "in 5 s");
    tty_end(&tty);
}

/* Each of them goes on as if it knew nothing of the explorer. */
static void update_some(sqlite3 *db, int count)
{
    sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    for (int i = 0; i < count; i++)
        sqlite3_exec(db,
                     "UPDATE creator SET followers=1000+abs(random()%90000) WHERE id="
                     "(SELECT 1+abs(random()%max(id)) FROM creator)",
                     NULL, NULL, NULL);
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

static double until_seen(struct tty *tty, sqlite3 *db)
{
    size_t written = tty->written;
    update_some(db, 1000);
    double began = bench_now();
    while (tty->written == written && bench_now() < began + 5000)
        tty_read(tty, 100);
    return bench_now() - began;
}

/* Another program writes a thousand times a second. */
static void others(const struct bench *bench, const char *store)
{
    enum { KEYS = 200 };
    struct tty tty;
    sqlite3 *db;
    double times[KEYS], seen = 0;
    start(store, &tty);
    while (arriving(&tty))
        continue;
    tty_key(&tty, "j");
    tty_quiet(&tty, 900);
    if (sqlite3_open(store, &db) != SQLITE_OK)
        return;
    sqlite3_busy_timeout(db, 5000);
    for (int i = 0; i < 4; i++)
        seen = fmax(seen, until_seen(&tty, db));
    bench_value(bench, "1,000 updates of another process, until seen", BENCH_MS, seen, 500,
                "the most of 4");
    double began = bench_now();
    for (int i = 0; i < KEYS; i++) {
        update_some(db, 20);
        times[i] = tty_key_busy(&tty, i % 20 < 10 ? "j" : "k").milliseconds;
        while (bench_now() < began + 20 * (i + 1))
            tty_read(&tty, 5);
    }
    qsort(times, KEYS, sizeof *times, ascending);
    bench_value(bench, "key at 1,000 updates a second, p99", BENCH_MS, times[KEYS * 99 / 100], 33,
                "200 keys in 4 s");
    sqlite3_close(db);
    tty_end(&tty);
}

void bench_start(const struct bench *bench)
{
    const char *store = data_path(bench, "start.db");
    data_copy(data_path(bench, "store.db"), store);
    first_frames(bench, store);
    while_loading(bench, store);
    data_copy(data_path(bench, "store.db"), store);
    rest(bench, store);
    others(bench, store);
    data_remove(store);
}
