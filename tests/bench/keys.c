#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "data.h"
#include "stage.h"
#include "tty.h"

/* Every kind of key in the pseudo-terminal: from its byte to the last byte of the answer. */

#define FRAME 16.0 /* milliseconds */
#define MOST_KEYS 8
#define LONGEST 20000.0 /* of one kind: where a key takes seconds a few of them will do */
#define ESC "\033"
#define UP ESC "[A"
#define DOWN ESC "[B"

struct key_kind {
    const char *name;
    const char *before;          /* brings the program there */
    const char *keys[MOST_KEYS]; /* measured, one after the other, again and again */
    const char *reset;           /* after each round */
    const char *after;           /* brings it back; a lone Esc stands for itself */
    bool first_slow;             /* the first answer may take longer: it is made once */
};

/* The place: the list, nothing chosen, ordered by ROI, all of them at the top. */
static const struct key_kind kinds[] = {
    {"cursor down, up", "g", {"j", "k"}, "", ""},
    {"cursor down, scrolling", "gjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", {"j"}, "", "g"},
    {"page", "g", {ESC "[6~", ESC "[6~", ESC "[5~", ESC "[5~"}, "", "g"},
    {"last, first", "", {"G", "g"}, "", ""},
    {"next pane, and back", "", {"\t", ESC "[Z"}, "", ""},
    {"cell right, left", "", {"l", "h"}, "", ""},
    {"zoom", "", {"z"}, "", ""},
    {"into the plan", "g", {"a"}, "j", ""},
    {"undo, redo", "g a", {"u", "U"}, "", ""},
    {"detail, back", "g", {"\r", "q"}, "", ""},
    {"compare, back", "g  g", {"c", "q"}, "", ""},
    {"tick", "g", {" "}, "", "g"},
    {"tick all, undo", "g", {"*", "u"}, "", ""},
    {"why", "g", {"i"}, ESC, ""},
    {"help", "", {"?"}, ESC, ""},
    {"commands", "", {":"}, ESC, ""},
    {"menu", "", {"m"}, ESC, ""},
    {"columns", "", {"C"}, ESC, ""},
    {"filter prompt, letters", "f", {"b", "e", "a", "u"}, "\177\177\177\177", ESC},
    {"filter prompt, a number", "ffee", {"<", "5", "0", "0"}, "\177\177\177\177", ESC},
    {"filter chosen, lifted", "", {"=", "u"}, "", ""},
    {"views back, forward", "=", {"<", ">"}, "", "X"},
    {"value found, letters", "F/", {"b", "e", "a", "u"}, "\177\177\177\177", ESC},
    {"range end, moved", "G", {"+", "+", "-", "-"}, "", "F"}, /* in the pane already */
    {"search, letters", "/", {"m", "a", "r", "t", "a"}, "\177\177\177\177\177", ESC},
    {"search, next", "/ma\r", {"n"}, "", "g"},
    {"budget, digits", "b", {"1", "2", "5", "0", "0"}, "\177\177\177\177\177", ESC},
    {"set an assumption, digits", ":set aov ", {"8", "5"}, "\177\177", ESC},
    {"set an assumption, Enter", ":set aov 8", {"5\r"}, ":set aov 8", ESC},
    {"budget, step", "b", {UP, UP, DOWN, DOWN}, "", ESC},
};

/* For every facet and for columns of both sorts, at the places the model has them. */
static const enum column toggled[] = {COL_TIER,    COL_NICHE,    COL_PLATFORM,
                                      COL_COUNTRY, COL_LANGUAGE, COL_TAG};
static const enum column ordered[] = {COL_FOLLOWERS, COL_ER,     COL_ER_INDEX, COL_FEE,
                                      COL_PROFIT,    COL_HANDLE, COL_NICHE};

/* How to come to each place, and from the pane back to the list. */
struct ways {
    struct way facets[COUNT_OF(toggled)], back[COUNT_OF(toggled)];
    struct way cells[COUNT_OF(ordered)];
    bool shown[COUNT_OF(ordered)];
};

static void find_ways(const struct bench *bench, struct ways *ways)
{
    struct stage *stage = mem_zero(1, sizeof *stage);
    stage_open(stage, data_path(bench, "store.db"));
    memset(ways, 0, sizeof *ways);
    for (size_t i = 0; i < COUNT_OF(toggled); i++) {
        stage_facet(stage, toggled[i], &ways->facets[i]);
        stage_focus(stage, FOCUS_LIST, &ways->back[i]);
    }
    for (size_t i = 0; i < COUNT_OF(ordered); i++)
        ways->shown[i] = stage_cell(stage, ordered[i], &ways->cells[i]);
    stage_close(stage);
    free(stage);
}

/* Keys that are not measured. Esc alone has no frame before it is clear that it is no sequence. */
static void press(struct tty *tty, const char *keys)
{
    if (!*keys)
        return;
    tty_send(tty, keys);
    tty_wait(tty);
    tty_quiet(tty, 2);
}

struct sample {
    double *times, *bytes;
    size_t count;
};

/* Of sorted values, the least that so many percent do not exceed. */
static double percentile(const double *sorted, size_t count, size_t percent)
{
    return sorted[(count * percent + 99) / 100 - 1];
}

static void tell(const struct bench *bench, const struct key_kind *kind, struct sample *sample)
{
    char note[120], work[64];
    size_t count = sample->count;
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmax(most, sample->times[i]);
    bench_sort(sample->times, count);
    bench_sort(sample->bytes, count);
    snprintf(note, sizeof note, "p50 %.2f, p95 %.2f, most %.1f ms; bytes p50 %.0f, most %.0f",
             percentile(sample->times, count, 50), percentile(sample->times, count, 95), most,
             percentile(sample->bytes, count, 50), sample->bytes[count - 1]);
    snprintf(work, sizeof work, "key: %s, p99", kind->name);
    bench_value(bench, work, BENCH_MS, percentile(sample->times, count, 99), FRAME, note);
}

static void measure(const struct bench *bench, struct tty *tty, const struct key_kind *kind)
{
    size_t most = (size_t)bench->samples + MOST_KEYS;
    struct sample sample = {mem_alloc(most * sizeof(double)), mem_alloc(most * sizeof(double)), 0};
    press(tty, kind->before);
    tty_quiet(tty, 20);
    double end = bench_now() + LONGEST;
    bool first = true;
    for (; sample.count < (size_t)bench->samples && bench_now() < end; first = false) {
        for (size_t i = 0; i < MOST_KEYS && kind->keys[i]; i++) {
            struct answer answer = tty_key(tty, kind->keys[i]);
            if (first && i == 0 && kind->first_slow)
                continue;
            sample.times[sample.count] = answer.milliseconds;
            sample.bytes[sample.count++] = (double)answer.bytes;
        }
        press(tty, kind->reset);
    }
    press(tty, kind->after);
    tell(bench, kind, &sample);
    free(sample.times);
    free(sample.bytes);
}

static void go(struct tty *tty, const struct way *way)
{
    static const struct {
        char letter;
        const char *key;
    } keys[] = {{'t', "\t"}, {'d', DOWN}, {'u', UP}, {'l', ESC "[D"}, {'r', ESC "[C"}};
    for (const char *at = way->keys; *at; at++)
        for (size_t i = 0; i < COUNT_OF(keys); i++)
            if (keys[i].letter == *at)
                press(tty, keys[i].key);
}

static void facets(const struct bench *bench, struct tty *tty, const struct ways *ways)
{
    for (size_t i = 0; i < COUNT_OF(toggled); i++) {
        char name[48];
        snprintf(name, sizeof name, "%s toggled in the pane", columns[toggled[i]].key);
        go(tty, &ways->facets[i]);
        measure(bench, tty, &(struct key_kind){name, "", {" "}, "", ""});
        go(tty, &ways->back[i]);
    }
}

static void orders(const struct bench *bench, struct tty *tty, const struct ways *ways)
{
    for (size_t i = 0; i < COUNT_OF(ordered); i++) {
        char name[48];
        if (!ways->shown[i])
            continue;
        snprintf(name, sizeof name, "order by %s", columns[ordered[i]].key);
        go(tty, &ways->cells[i]);
        measure(bench, tty,
                &(struct key_kind){.name = name,
                                   .before = "",
                                   .keys = {"s"},
                                   .reset = "",
                                   .after = "",
                                   .first_slow = column_is_text(ordered[i])});
    }
}

static void resizes(const struct bench *bench, struct tty *tty)
{
    size_t count = (size_t)bench->samples;
    struct sample sample = {mem_alloc(count * sizeof(double)), mem_alloc(count * sizeof(double)),
                            count};
    for (size_t i = 0; i < count; i++) {
        bool narrow = i % 2 == 0;
        struct answer answer =
            tty_resized(tty, narrow ? 100 : STAGE_COLUMNS, narrow ? 30 : STAGE_ROWS);
        sample.times[i] = answer.milliseconds;
        sample.bytes[i] = (double)answer.bytes;
    }
    tty_resize(tty, STAGE_COLUMNS, STAGE_ROWS);
    tty_wait(tty);
    tell(bench, &(struct key_kind){.name = "resize"}, &sample);
    free(sample.times);
    free(sample.bytes);
}

/* What a cursor on its way down sends, from the top over two pages. */
static double bytes_down(struct tty *tty, const char *before)
{
    enum { LINES = 80 };
    size_t sum = 0;
    press(tty, before);
    for (int i = 0; i < LINES; i++)
        sum += tty_key(tty, "j").bytes;
    press(tty, "g");
    return (double)sum / LINES;
}

static void open_loaded(struct tty *tty, const char *store)
{
    unsigned long before;
    tty_explore(tty, store, STAGE_COLUMNS, STAGE_ROWS);
    do {
        before = tty->signs;
        double end = bench_now() + 300;
        while (bench_now() < end)
            tty_read(tty, 20);
    } while (tty->signs > before + 1);
}

void bench_keys(const struct bench *bench)
{
    const char *store = data_path(bench, "keys.db");
    struct ways *ways = mem_zero(1, sizeof *ways);
    struct tty *tty = mem_zero(1, sizeof *tty);
    data_copy(data_path(bench, "store.db"), store);
    find_ways(bench, ways);
    open_loaded(tty, store);
    bench_value(bench, "cursor down, list alone, bytes", BENCH_COUNT, bytes_down(tty, "gz"), 250,
                "mean over two pages");
    bench_value(bench, "cursor down with the detail, bytes", BENCH_COUNT, bytes_down(tty, "z"),
                1200, "mean over two pages");
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        measure(bench, tty, &kinds[i]);
    resizes(bench, tty);
    facets(bench, tty, ways);
    orders(bench, tty, ways);
    tty_end(tty);
    data_remove(store);
    free(tty);
    free(ways);
}
