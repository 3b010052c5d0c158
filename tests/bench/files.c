#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "data.h"

/* Whole files in and out, beside the shell of SQLite doing the same: `.import` into a table with the
 * same columns, types and unique key, and `-csv` of the same columns. */

#define LISTED                                                                                     \
    "platform,handle,name,person,country,language,email,url,bio,niche,tag,followers,following,"    \
    "posts,credibility,likes,comments,shares,saves,views,sample,window,er,er_basis,reach_post,"    \
    "posts_30d,last_post_at,sponsored_share,audience_market,fee,currency,fee_origin,"              \
    "fee_by_format,audience_at,engagement_at,fee_at"

/* In the order of the file, which is that of `microscope generate`. */
static const char table[] =
    "create table creator(platform text, handle text, name text, person text, country text,"
    " language text, email text, url text, bio text, niche text, tag text, followers integer,"
    " following integer, posts integer, credibility real, likes real, comments real, shares real,"
    " saves real, views real, sample integer, \"window\" integer, er real, er_basis text,"
    " reach_post real, posts_30d integer, last_post_at text, sponsored_share real,"
    " audience_market real, fee integer, currency text, fee_origin text, fee_by_format text,"
    " audience_at text, engagement_at text, fee_at text);"
    "create unique index creator_key on creator(case when platform='youtube' and handle like"
    " 'UC______________________' then handle else lower(handle) end, platform);";

static struct ran import_ours(const char *store, const char *csv)
{
    const char *const words[] = {MICROSCOPE, "import", "--store", store, csv, NULL};
    return data_run(words, NULL, NULL);
}

static double import_reference(const struct bench *bench, const char *csv)
{
    const char *db = data_path(bench, "import-reference.db");
    char command[800];
    data_remove(db);
    snprintf(command, sizeof command, ".import --csv --skip 1 '%s' creator", csv);
    const char *const words[] = {"sqlite3", db, table, command, NULL};
    double took = data_run(words, NULL, NULL).milliseconds;
    data_remove(db);
    return took;
}

static double grown(double peak, double base, const struct bench *bench)
{
    return bench->creators > 1000 ? (peak - base) / ((double)bench->creators - 1000) : 0;
}

static void imports(const struct bench *bench)
{
    const char *csv = data_path(bench, "creators.csv"), *changed = data_path(bench, "changed.csv");
    const char *small = data_path(bench, "small.csv"), *store = data_path(bench, "import.db");
    double first = INFINITY, same = INFINITY, other = INFINITY;
    double reference = INFINITY, reference_other = INFINITY, peak = 0, again = 0;
    data_remove(store);
    double base = import_ours(store, small).peak;
    for (int run = 0; run < bench->runs; run++) {
        data_remove(store);
        struct ran ran = import_ours(store, csv);
        first = fmin(first, ran.milliseconds);
        peak = fmax(peak, ran.peak);
        ran = import_ours(store, csv);
        same = fmin(same, ran.milliseconds);
        again = fmax(again, ran.peak);
        ran = import_ours(store, changed);
        other = fmin(other, ran.milliseconds);
        again = fmax(again, ran.peak);
        reference = fmin(reference, import_reference(bench, csv));
        reference_other = fmin(reference_other, import_reference(bench, changed));
    }
    data_remove(store);
    bench_ratio(bench, "import CSV", first, reference, 0.75, 0, "sqlite3 .import");
    bench_ratio(bench, "import again, nothing changed", same, reference, 0.75, 0,
                "sqlite3 .import into an empty table");
    bench_ratio(bench, "import again, everything changed", other, reference_other, 1.2, 0,
                "sqlite3 .import into an empty table");
    bench_value(bench, "import CSV, memory a row", BENCH_BYTES, grown(peak, base, bench), 16,
                "peak beyond that for 1,000");
    bench_value(bench, "import again, memory a row", BENCH_BYTES, grown(again, base, bench), 16,
                "peak beyond that for 1,000");
}

static struct ran export_ours(const char *store, const char *out)
{
    const char *const words[] = {MICROSCOPE,  "export", "-",        "--store", store,
                                 "--columns", LISTED,   "--format", "csv",     NULL};
    return data_run(words, NULL, out);
}

/* As people do: the file is whole on the disk before it has its name. */
static struct ran export_file(const char *store, const char *out)
{
    const char *const words[] = {MICROSCOPE, "export",    out,    "--force", "--store",
                                 store,      "--columns", LISTED, NULL};
    return data_run(words, NULL, NULL);
}

/* Documents have the whole catalogue to choose from: what writing them takes beside it is what a document of
 * one creator does not. A page in a browser ends at a hundred thousand. */
static void documents(const struct bench *bench)
{
    static const char *const formats[] = {"xlsx", "html"};
    const char *store = data_path(bench, "store.db");
    for (size_t i = 0; i < 2; i++) {
        char file[24], work[64];
        if (i == 1 && bench->creators > 100000)
            continue;
        snprintf(file, sizeof file, "export.%s", formats[i]);
        const char *out = data_path(bench, file);
        const char *const all[] = {MICROSCOPE, "export", out,  "--force",
                                   "--store",  store,    NULL, NULL};
        const char *const one[] = {MICROSCOPE, "export", out,           "--force",
                                   "--store",  store,    "followers<0", NULL};
        double base = data_run(one, NULL, NULL).peak;
        struct ran ran = data_run(all, NULL, NULL);
        data_remove(out);
        snprintf(work, sizeof work, "export %s into a file", i == 0 ? "XLSX" : "HTML");
        bench_value(bench, work, BENCH_MS, ran.milliseconds, NAN, "with loading the catalogue");
        snprintf(work, sizeof work, "export %s, memory a row", i == 0 ? "XLSX" : "HTML");
        bench_value(bench, work, BENCH_BYTES, grown(ran.peak, base, bench), 24,
                    "peak beyond the catalogue's own: the order of the rows");
    }
}

static void exports(const struct bench *bench)
{
    const char *store = data_path(bench, "store.db"), *out = data_path(bench, "export.csv");
    double ours = INFINITY, file = INFINITY, reference = INFINITY, peak = 0;
    double base = export_ours(data_path(bench, "small.db"), out).peak;
    char sql[800];
    snprintf(sql, sizeof sql, "select %s from creator order by id", LISTED);
    char *word = strstr(sql, "window"); /* a word of SQL */
    memmove(word + 8, word + 6, strlen(word + 6) + 1);
    memcpy(word, "\"window\"", 8);
    for (int run = 0; run < bench->runs; run++) {
        struct ran ran = export_ours(store, out);
        ours = fmin(ours, ran.milliseconds);
        peak = fmax(peak, ran.peak);
        file = fmin(file, export_file(store, out).milliseconds);
        const char *const words[] = {"sqlite3", "-csv", "-header", store, sql, NULL};
        reference = fmin(reference, data_run(words, NULL, out).milliseconds);
    }
    data_remove(out);
    bench_ratio(bench, "export CSV", ours, reference, 1.5, 0, "sqlite3 -csv -header");
    bench_ratio(bench, "export CSV into a file, on the disk", file, reference, NAN, SIZE_MAX,
                "sqlite3 -csv -header, which leaves it to the system");
    bench_value(bench, "export CSV, memory a row", BENCH_BYTES, grown(peak, base, bench), 16,
                "peak beyond that for 1,000");
}

void bench_files(const struct bench *bench)
{
    imports(bench);
    exports(bench);
    documents(bench);
}
