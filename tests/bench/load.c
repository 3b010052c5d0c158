#include <malloc.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "data.h"
#include "stage.h"
#include "store/load.h"

/* From the store to memory, beside a bare loop of SQLite over the same columns; and how much memory
 * that and the explorer take. */

static double resident(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*s %ld", &pages) != 1)
        bench_give_up("no /proc/self/statm");
    fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

static double load_ours(const char *path)
{
    struct catalog catalog;
    struct store *store;
    struct err err;
    double began = bench_now();
    catalog_init(&catalog);
    if (!store_open(path, STORE_READ, &store, &err) ||
        !store_load_all(store, catalog_sink(&catalog), &err))
        bench_give_up("%s", err.message);
    double took = bench_now() - began;
    catalog_release(&catalog);
    store_close(store);
    return took;
}

/* The stored columns that somebody filled; a program that shows them has to read no others. */
static void add_columns(sqlite3 *db, struct buf *sql)
{
    for (int column = 0; column < COLUMN_COUNT; column++) {
        char probe[160];
        if (!columns[column].stored)
            continue;
        snprintf(probe, sizeof probe, "select 1 from creator where \"%s\" is not null limit 1",
                 columns[column].key);
        sqlite3_stmt *statement = data_statement(db, probe);
        if (sqlite3_step(statement) == SQLITE_ROW)
            buf_addf(sql, ", \"%s\"", columns[column].key);
        sqlite3_finalize(statement);
    }
}

/* Each value in its own form, as a program would take it. */
static void read_cell(sqlite3_stmt *rows, int column)
{
    int type = sqlite3_column_type(rows, column);
    if (type == SQLITE_TEXT) {
        sqlite3_column_text(rows, column);
        sqlite3_column_bytes(rows, column);
    } else if (type != SQLITE_NULL) {
        sqlite3_column_double(rows, column);
    }
}

static double load_reference(const char *path, const char *sql)
{
    double began = bench_now();
    sqlite3 *db = data_open(path);
    data_sql(db, "pragma mmap_size=1099511627776");
    sqlite3_stmt *rows = data_statement(db, sql);
    int count = sqlite3_column_count(rows);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < count; i++)
            read_cell(rows, i);
    sqlite3_finalize(rows);
    sqlite3_close(db);
    return bench_now() - began;
}

static void times(const struct bench *bench)
{
    const char *store = data_path(bench, "store.db");
    struct buf sql = BUF_INIT;
    double ours = INFINITY, reference = INFINITY;
    sqlite3 *db = data_open(store);
    buf_add_string(&sql, "select id");
    add_columns(db, &sql);
    buf_add_string(&sql, " from creator order by id");
    sqlite3_close(db);
    for (int run = 0; run < bench->runs + 2; run++) {
        reference = fmin(reference, load_reference(store, buf_string(&sql)));
        ours = fmin(ours, load_ours(store));
    }
    bench_ratio(bench, "load the catalogue", ours, reference, 1.3, 0,
                "sqlite3_step over the columns that are filled, memory-mapped");
    buf_release(&sql);
}

struct use {
    double facts, text, all, derived; /* bytes a creator */
};

static struct use use_of(const struct stage *stage, double before)
{
    struct catalog_memory memory;
    double rows = (double)stage->catalog.live_count;
    malloc_trim(0); /* what was only needed on the way */
    catalog_memory(&stage->catalog, &memory);
    size_t all = memory.facts + memory.marks + memory.text + memory.index;
    struct use use = {.facts = (double)memory.facts / rows,
                      .text = (double)(memory.text + memory.index) / rows,
                      .all = (resident() - before) / rows};
    use.derived = use.all - (double)all / rows;
    return use;
}

static void memory(const struct bench *bench)
{
    struct stage *stage = mem_zero(1, sizeof *stage);
    double before = resident();
    stage_open(stage, data_path(bench, "store.db"));
    struct use use = use_of(stage, before);
    bench_value(bench, "facts a creator", BENCH_BYTES, use.facts, 192, "catalog_memory()");
    bench_value(bench, "texts and their index a creator", BENCH_BYTES, use.text, NAN,
                "catalog_memory()");
    bench_value(bench, "derived columns in use a creator", BENCH_BYTES,
                (double)sheet_memory(&stage->sheet) / (double)bench->creators, 64,
                "figures of the standard list and what they are made of");
    bench_value(bench, "kept by the query a creator", BENCH_BYTES,
                (double)query_memory(&stage->model.result) / (double)bench->creators, NAN,
                "sets, digits, ranks, counts");
    bench_value(bench, "beyond the catalogue a creator", BENCH_BYTES, use.derived, NAN,
                "resident, the rest of the program included");
    bench_value(bench, "resident a creator", BENCH_BYTES, use.all, NAN, "after the load");
    stage_type(stage, "/mari");
    stage_key(stage, K_ENTER);
    bench_value(bench, "resident a creator after a search", BENCH_BYTES, use_of(stage, before).all,
                NAN, "handle, name, niche, tag, bio folded");
    stage_cell(stage, COL_HANDLE, NULL);
    stage_type(stage, "s");
    bench_value(bench, "resident a creator after an order by name", BENCH_BYTES,
                use_of(stage, before).all, NAN, "");
    stage_close(stage);
    free(stage);
}

void bench_load(const struct bench *bench)
{
    memory(bench);
    times(bench);
}
