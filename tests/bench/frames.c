#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data.h"
#include "reference.h"
#include "stage.h"

/* From a key to the painted canvas, beside SQLite answering the same question. */

#define MILLION ((size_t)1000000)

static void warm_up(sqlite3 *db, struct stage *stage)
{
    reference_toggle(db, COL_TIER, NULL);
    reference_edit(db, &stage->model.scenario);
    reference_search(db, "a");
    stage_key(stage, K_DOWN);
}

/* On and off in turn, by Space in the filter pane: the mean of both. */
static void toggles(const struct bench *bench, struct stage *stage, sqlite3 *db, enum column column)
{
    double on = INFINITY, off = INFINITY, reference_on = INFINITY, reference_off = INFINITY;
    char work[64], word[64] = "";
    stage_facet(stage, column, NULL);
    for (int run = 0; run < bench->runs + 4; run++) {
        on = fmin(on, stage_key(stage, K_SPACE));
        if (stage->model.query.filter.count != 1)
            bench_give_up("Space chose no value of '%s'", columns[column].key);
        const struct facet *facet = query_facet(&stage->model.result, column);
        for (size_t i = 0; i < facet->count; i++)
            if (facet->values[i].selected)
                snprintf(word, sizeof word, "%.*s", (int)facet->values[i].word.length,
                         facet->values[i].word.at);
        off = fmin(off, stage_key(stage, K_SPACE));
    }
    for (int run = 0; run < bench->runs; run++) {
        reference_on = fmin(reference_on, reference_toggle(db, column, word));
        reference_off = fmin(reference_off, reference_toggle(db, column, NULL));
    }
    snprintf(work, sizeof work, "one %s toggled", columns[column].key);
    bench_ratio(bench, work, (on + off) / 2, (reference_on + reference_off) / 2, 0.05, MILLION,
                "count, 6 group-bys, first 50; on and off");
}

/* The low end of a histogram, to the next edge and back. */
static void range(const struct bench *bench, struct stage *stage, sqlite3 *db, enum column column)
{
    double up = INFINITY, down = INFINITY, reference[2] = {INFINITY, INFINITY};
    char work[64], bound[2][32];
    struct filter_range now;
    stage_histogram(stage, column, NULL);
    stage_key(stage, K_SPACE);
    for (int run = 0; run < bench->runs + 4; run++) {
        up = fmin(up, stage_key(stage, '+'));
        range_of(&stage->model, stage_histogram_here(stage), &now);
        snprintf(bound[0], sizeof bound[0], "%.17g", now.low);
        down = fmin(down, stage_key(stage, '-'));
        range_of(&stage->model, stage_histogram_here(stage), &now);
        snprintf(bound[1], sizeof bound[1], "%.17g", now.low);
    }
    if (strcmp(bound[0], bound[1]) == 0)
        bench_give_up("+ and - moved no end of '%s'", columns[column].key);
    stage_key(stage, K_SPACE);
    for (int run = 0; run < bench->runs; run++)
        for (int i = 0; i < 2; i++)
            reference[i] = fmin(reference[i], reference_toggle(db, column, bound[i]));
    snprintf(work, sizeof work, "range of %s moved", columns[column].key);
    bench_ratio(bench, work, (up + down) / 2, (reference[0] + reference[1]) / 2, 0.05, MILLION,
                "count, 6 group-bys, first 50; the low end up and down");
}

static void edit(const struct bench *bench, struct stage *stage, sqlite3 *db, const char *key,
                 double low, double high)
{
    double ours = INFINITY, reference = INFINITY;
    char work[64], value[32];
    for (int run = 0; run < bench->runs + 4; run++) {
        snprintf(value, sizeof value, "%g", run % 2 ? high : low);
        ours = fmin(ours, stage_set(stage, key, value));
    }
    for (int run = 0; run < bench->runs; run++)
        reference = fmin(reference, reference_edit(db, &stage->model.scenario));
    snprintf(work, sizeof work, "%s edited, ordered by ROI", key);
    bench_ratio(bench, work, ours, reference, 0.1, MILLION,
                "the expression over a side table of reach, response, fee");
}

/* The budget has a prompt of its own, which counts with every digit. */
static void budget(const struct bench *bench, struct stage *stage, sqlite3 *db)
{
    static const char digits[] = "12500";
    double ours = 0, reference = INFINITY;
    double each[5];
    for (size_t i = 0; i < 5; i++)
        each[i] = INFINITY;
    for (int run = 0; run < bench->runs + 2; run++) {
        stage_type(stage, "b");
        for (size_t i = 0; i < 5; i++)
            each[i] = fmin(each[i], stage_key(stage, (unsigned char)digits[i]));
        stage_key(stage, K_ESCAPE);
    }
    for (size_t i = 0; i < 5; i++)
        ours += each[i] / 5;
    for (int run = 0; run < bench->runs; run++)
        reference = fmin(reference, reference_edit(db, &stage->model.scenario));
    bench_ratio(bench, "budget typed (rule fill), ordered by ROI", ours, reference, 0.1, MILLION,
                "a digit; the expression over a side table");
}

/* The mean over letters; SQLite looks for what was typed so far. */
static void search(const struct bench *bench, struct stage *stage, sqlite3 *db)
{
    static const char word[] = "marta";
    double ours[5], reference[5], sum = 0, sum_reference = 0;
    for (size_t i = 0; i < 5; i++)
        ours[i] = reference[i] = INFINITY;
    for (int run = 0; run < bench->runs; run++) {
        stage_type(stage, "/");
        for (size_t i = 0; i < 5; i++) {
            char typed[8];
            snprintf(typed, sizeof typed, "%.*s", (int)i + 1, word);
            ours[i] = fmin(ours[i], stage_key(stage, (unsigned char)word[i]));
            reference[i] = fmin(reference[i], reference_search(db, typed));
        }
        stage_key(stage, K_ESCAPE);
    }
    for (size_t i = 0; i < 5; i++) {
        sum += ours[i] / 5;
        sum_reference += reference[i] / 5;
    }
    bench_ratio(bench, "a letter typed in search", sum, sum_reference, 0.3, MILLION,
                "LIKE over handle and name, a narrow table");
    stage_type(stage, "/");
    double first = INFINITY;
    for (int run = 0; run < bench->runs; run++) {
        first = fmin(first, stage_type(stage, "m"));
        stage_key(stage, K_BACKSPACE);
    }
    stage_key(stage, K_ESCAPE);
    bench_ratio(bench, "the first letter of a search", first, reference_search(db, "m"), 0.3,
                MILLION, "which almost everybody has");
}

static double cursor(struct stage *stage)
{
    double least = INFINITY;
    for (int run = 0; run < 5; run++) {
        double sum = 0;
        stage_type(stage, "g");
        for (int i = 0; i < 100; i++)
            sum += stage_key(stage, K_DOWN) / 100;
        least = fmin(least, sum);
    }
    return least;
}

static void cursors(const struct bench *bench, struct stage *stage)
{
    struct stage *small = mem_zero(1, sizeof *small);
    stage_open(small, data_path(bench, "small.db"));
    bench_ratio(bench, "cursor down", cursor(stage), cursor(small), 1.5, 0,
                "the same with 1,000 creators");
    stage_close(small);
    free(small);
}

/* First best first, then turned round: the mean of both. */
static void order(const struct bench *bench, struct stage *stage, sqlite3 *db, enum column column)
{
    double first, ours = 0, reference = INFINITY, turned[2] = {INFINITY, INFINITY};
    char work[64];
    if (!stage_cell(stage, column, NULL))
        return;
    first = stage_key(stage, 's');
    for (int run = 0; run < bench->runs + 4; run++) {
        for (int i = 0; i < 2; i++)
            turned[i] = fmin(turned[i], stage_key(stage, 's'));
    }
    ours = (turned[0] + turned[1]) / 2;
    for (int run = 0; run < bench->runs; run++)
        reference = fmin(reference, reference_order(db, column));
    snprintf(work, sizeof work, "order by %s", columns[column].key);
    bench_ratio(bench, work, ours, reference, 0.1, MILLION,
                "ORDER BY without index, first 50, all columns");
    snprintf(work, sizeof work, "order by %s, the first time", columns[column].key);
    bench_ratio(bench, work, first, reference, 0.1, column_is_text(column) ? SIZE_MAX : MILLION,
                "with what it is made from");
}

/* All creators, whose order value is another each time. */
static void tiers(const struct bench *bench, struct stage *stage)
{
    double whole = INFINITY, piece = INFINITY, longest;
    stage_set(stage, "aov", "81");
    stage_key(stage, 't');
    for (int run = 0; run < bench->runs + 4; run++) {
        whole = fmin(whole, stage_pieces(stage, run % 2 ? 'U' : 'u', &longest));
        piece = fmin(piece, longest);
    }
    stage_key(stage, 'q');
    bench_value(bench, "the tiers worked out anew", BENCH_MS, whole, 1000.0,
                "171 exact medians and the claims, in pieces");
    bench_value(bench, "key while the tiers are worked out", BENCH_MS, piece, 16.0,
                "the longest piece, with its frame");
}

void bench_frames(const struct bench *bench)
{
    static const enum column ordered[] = {COL_FOLLOWERS, COL_ER,  COL_ER_INDEX, COL_FEE,
                                          COL_PROFIT,    COL_ROI, COL_HANDLE,   COL_NICHE};
    static const struct {
        const char *key;
        double low, high;
    } edits[] = {{"estimate_follower", 90, 110}, {"aov", 75, 85},     {"ctr_feed", 0.03, 0.05},
                 {"margin", 0.45, 0.55},         {"cvr", 0.02, 0.03}, {"epsilon", 0.4, 0.6},
                 {"reach_x_post", 0.08, 0.12}};
    struct stage *stage = mem_zero(1, sizeof *stage);
    stage_open(stage, data_path(bench, "store.db"));
    sqlite3 *db = reference_open(bench, stage);
    warm_up(db, stage);
    cursors(bench, stage);
    budget(bench, stage, db);
    for (size_t i = 0; i < COUNT_OF(edits); i++)
        edit(bench, stage, db, edits[i].key, edits[i].low, edits[i].high);
    toggles(bench, stage, db, COL_NICHE);
    toggles(bench, stage, db, COL_TIER);
    range(bench, stage, db, COL_FOLLOWERS);
    range(bench, stage, db, COL_FEE);
    search(bench, stage, db);
    for (size_t i = 0; i < COUNT_OF(ordered); i++)
        order(bench, stage, db, ordered[i]);
    tiers(bench, stage);
    stage_close(stage);
    sqlite3_close(db);
    free(stage);
}
