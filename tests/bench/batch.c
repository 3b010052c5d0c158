#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/vec.h"
#include "data.h"
#include "runtime/live.h"
#include "runtime/loop.h"
#include "stage.h"
#include "ui/view.h"

/* What a look at the store costs that finds what a thousand updates a second leave there, in each
 * place: the changes into the catalogue, what follows from them, and the frame. */

#define CHANGES 300 /* between two looks */
#define LOOKS 24
#define PATIENCE 2000.0 /* milliseconds */

static const struct scene {
    const char *name;
    const char *keys; /* from the list there */
    size_t added;     /* new creators beside the changes */
} places[] = {
    {"the list", "j", 0},
    {"the list, 5 new", "j", 5},
    {"the list, filtered", "ffollowers<50k fee<100 \r\033j", 0},
    {"the comparison", "g j c", 0},
    {"the plan", "ajajap", 0},
    {"filling the budget", "ajajapA", 0},
    {"the tiers", "t", 0},
};

struct watching {
    struct stage *stage;
    sqlite3 *db;
    struct live live;
    struct random random;
    size_t added;
    double applied[LOOKS], worked[LOOKS]; /* milliseconds */
    size_t count;
};

static void begins(void *self)
{
    struct watching *watching = self;
    stage_send(watching->stage, &(struct message){.kind = MESSAGE_CHANGING});
}

static void others_write(struct watching *watching, size_t creators)
{
    data_sql(watching->db, "BEGIN IMMEDIATE");
    sqlite3_stmt *update = data_statement(
        watching->db, "UPDATE creator SET followers=CAST(?1 AS INTEGER) WHERE id=?2");
    for (size_t i = 0; i < CHANGES; i++) {
        sqlite3_bind_double(update, 1, 1000 + (double)random_below(&watching->random, 90000));
        sqlite3_bind_int64(update, 2, 1 + (sqlite3_int64)random_below(&watching->random, creators));
        sqlite3_step(update);
        sqlite3_reset(update);
    }
    sqlite3_finalize(update);
    for (size_t i = 0; i < watching->added; i++) {
        char sql[160];
        snprintf(sql, sizeof sql,
                 "INSERT OR IGNORE INTO creator(platform, handle, followers) VALUES('tiktok', "
                 "'new.%08x', 5000)",
                 (unsigned)random_below(&watching->random, UINT32_MAX));
        data_sql(watching->db, sql);
    }
    data_sql(watching->db, "COMMIT");
}

static void send(struct stage *stage, const struct message *message)
{
    struct effects effects = {0};
    update(&stage->model, message, &effects);
    effects_release(&effects);
}

static void look(struct watching *watching)
{
    struct stage *stage = watching->stage;
    struct err err;
    double began = bench_now();
    watching->live.next = 0;
    if (live_look(&watching->live, &err) != LIVE_SOME)
        bench_give_up("nothing was seen of what others wrote");
    send(stage, &(struct message){.kind = MESSAGE_CHANGED, .seconds = loop_now()});
    view(&stage->model, &stage->canvas);
    watching->applied[watching->count] = bench_now() - began;
    began = bench_now();
    while (model_busy(&stage->model) && bench_now() < began + PATIENCE)
        send(stage, &(struct message){.kind = MESSAGE_WORK});
    watching->worked[watching->count++] = bench_now() - began;
}

static void measure(const struct bench *bench, const struct scene *place)
{
    char work[64], note[120];
    struct watching *watching = mem_zero(1, sizeof *watching);
    struct err err;
    struct store *store;
    const char *path = data_path(bench, "batch.db");
    data_copy(data_path(bench, "store.db"), path);
    watching->stage = mem_zero(1, sizeof *watching->stage);
    stage_open(watching->stage, path);
    stage_type(watching->stage, place->keys);
    watching->db = data_open(path);
    watching->added = place->added;
    random_init(&watching->random, 1);
    if (!store_open(path, STORE_EXPLORE, &store, &err))
        bench_give_up("%s", err.message);
    live_init(&watching->live, store, &watching->stage->catalog, begins, watching);
    if (!live_from_here(&watching->live, &err))
        bench_give_up("%s", err.message);
    for (int i = 0; i < LOOKS; i++) {
        others_write(watching, bench->creators);
        look(watching);
    }
    bench_sort(watching->applied, watching->count);
    bench_sort(watching->worked, watching->count);
    snprintf(work, sizeof work, "300 changes of others, %s", place->name);
    snprintf(note, sizeof note, "most %.1f ms; to work out beside p50 %.1f, most %.1f ms",
             watching->applied[LOOKS - 1], watching->worked[LOOKS / 2],
             watching->worked[LOOKS - 1]);
    bench_value(bench, work, BENCH_MS, watching->applied[LOOKS / 2], 16, note);
    live_release(&watching->live);
    store_close(store);
    sqlite3_close(watching->db);
    stage_close(watching->stage);
    free(watching->stage);
    free(watching);
    data_remove(path);
}

void bench_batch(const struct bench *bench)
{
    for (size_t i = 0; i < COUNT_OF(places); i++)
        measure(bench, &places[i]);
}
