#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

void report_release(struct report *report)
{
    free(report->items);
    *report = (struct report){0};
}

void report_add(struct report *report, const struct bench_row *row)
{
    VEC_PUSH(report, *row);
}

static double ratio_of(const struct bench_row *row)
{
    return row->reference > 0 ? row->ours / row->reference : NAN;
}

static double judged(const struct bench_row *row)
{
    return row->kind == BENCH_RATIO ? ratio_of(row) : row->ours;
}

static bool met(const struct bench_row *row)
{
    return row->kind == BENCH_NO_TARGET || judged(row) <= row->target;
}

size_t report_missed(const struct report *report)
{
    size_t missed = 0;
    for (size_t i = 0; i < report->count; i++)
        missed += !met(&report->items[i]);
    return missed;
}

/* Three digits that count. */
static const char *figure(char room[32], double value)
{
    if (isnan(value))
        return "";
    int digits = fabs(value) >= 100 ? 0 : fabs(value) >= 10 ? 1 : fabs(value) >= 1 ? 2 : 3;
    snprintf(room, 32, "%.*f", digits, value);
    return room;
}

static const char *amount(char room[48], const struct bench_row *row, double value)
{
    static const char *const units[] = {[BENCH_MS] = " ms", [BENCH_BYTES] = " B"};
    char digits[32];
    if (isnan(value))
        return "";
    snprintf(room, 48, "%s%s", figure(digits, value),
             row->unit == BENCH_COUNT ? "" : units[row->unit]);
    return room;
}

static const char *target(char room[64], const struct bench_row *row)
{
    char digits[48];
    if (row->kind == BENCH_NO_TARGET)
        return "";
    if (row->kind == BENCH_RATIO)
        snprintf(room, 64, "<= %s x", figure(digits, row->target));
    else
        snprintf(room, 64, "<= %s", amount(digits, row, row->target));
    return room;
}

void report_table(const struct report *report, FILE *out)
{
    char ours[48], reference[48], ratio[32], goal[64];
    fprintf(out, "\n%-44s %9s %11s %11s %8s %12s\n", "work", "creators", "ours", "reference",
            "ratio", "target");
    for (size_t i = 0; i < report->count; i++) {
        const struct bench_row *row = &report->items[i];
        fprintf(out, "%-44s %9zu %11s %11s %8s %12s %-6s %s\n", row->work, row->creators,
                amount(ours, row, row->ours), amount(reference, row, row->reference),
                figure(ratio, ratio_of(row)), target(goal, row),
                row->kind == BENCH_NO_TARGET ? ""
                : met(row)                   ? "met"
                                             : "MISSED",
                row->note);
    }
    fprintf(out, "\n%zu rows, %zu targets missed\n", report->count, report_missed(report));
}

static void json_number(FILE *out, const char *key, double value)
{
    if (isfinite(value))
        fprintf(out, ", \"%s\": %.6g", key, value);
    else
        fprintf(out, ", \"%s\": null", key);
}

static void json_text(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
    }
    fputc('"', out);
}

static void json_row(FILE *out, const struct bench_row *row)
{
    static const char *const units[] = {
        [BENCH_MS] = "ms", [BENCH_BYTES] = "bytes", [BENCH_COUNT] = "count"};
    static const char *const kinds[] = {
        [BENCH_NO_TARGET] = "null", [BENCH_RATIO] = "\"ratio\"", [BENCH_VALUE] = "\"ours\""};
    bool time = row->unit == BENCH_MS;
    fputs("{\"work\": ", out);
    json_text(out, row->work);
    fprintf(out, ", \"creators\": %zu", row->creators);
    json_number(out, "ours_ms", time ? row->ours : NAN);
    json_number(out, "reference_ms", time ? row->reference : NAN);
    json_number(out, "ratio", ratio_of(row));
    json_number(out, "target", row->kind == BENCH_NO_TARGET ? NAN : row->target);
    fprintf(out, ", \"met\": %s, \"target_of\": %s, \"unit\": \"%s\"",
            row->kind == BENCH_NO_TARGET ? "null"
            : met(row)                   ? "true"
                                         : "false",
            kinds[row->kind], units[row->unit]);
    json_number(out, "ours", row->ours);
    fputs(", \"note\": ", out);
    json_text(out, row->note);
    fputc('}', out);
}

void report_json(const struct report *report, FILE *out)
{
    fputs("[\n", out);
    for (size_t i = 0; i < report->count; i++) {
        json_row(out, &report->items[i]);
        fputs(i + 1 < report->count ? ",\n" : "\n", out);
    }
    fputs("]\n", out);
}

static const struct bench_row *find(const struct report *report, const char *work, size_t creators)
{
    for (size_t i = 0; i < report->count; i++)
        if (report->items[i].creators == creators && strcmp(report->items[i].work, work) == 0)
            return &report->items[i];
    return NULL;
}

struct sizes {
    size_t *items;
    size_t count, capacity;
};

static void sizes_of(const struct report *report, struct sizes *sizes)
{
    for (size_t i = 0; i < report->count; i++) {
        bool known = false;
        for (size_t k = 0; k < sizes->count; k++)
            known = known || sizes->items[k] == report->items[i].creators;
        if (!known)
            VEC_PUSH(sizes, report->items[i].creators);
    }
}

static void markdown_row(const struct report *report, const struct sizes *sizes, const char *work,
                         FILE *out)
{
    char ours[48], ratio[32], goal[64];
    const struct bench_row *last = NULL;
    fprintf(out, "| %s |", work);
    for (size_t k = 0; k < sizes->count; k++) {
        const struct bench_row *row = find(report, work, sizes->items[k]);
        if (!row)
            fputs(" |", out);
        else if (isnan(ratio_of(row)))
            fprintf(out, " %s |", amount(ours, row, row->ours));
        else
            fprintf(out, " **%s** (%s) |", figure(ratio, ratio_of(row)),
                    amount(ours, row, row->ours));
        last = row ? row : last;
    }
    fprintf(out, " %s | %s |\n", target(goal, last),
            last->kind == BENCH_NO_TARGET ? ""
            : met(last)                   ? "yes"
                                          : "no");
}

static bool is_key(const struct bench_row *row)
{
    return strncmp(row->work, "key", 3) == 0;
}

/* Keys have a table of their own: there are many. */
static void markdown_table(const struct report *report, const struct sizes *sizes, bool keys,
                           FILE *out)
{
    fprintf(out, "| %s |", keys ? "key, 99 of 100 answered within" : "work");
    for (size_t k = 0; k < sizes->count; k++)
        fprintf(out, " %zu |", sizes->items[k]);
    fputs(" target | met |\n|---|", out);
    for (size_t k = 0; k < sizes->count; k++)
        fputs("---:|", out);
    fputs("---:|---|\n", out);
    for (size_t i = 0; i < report->count; i++) {
        bool first = is_key(&report->items[i]) == keys;
        for (size_t k = 0; first && k < i; k++)
            first = strcmp(report->items[k].work, report->items[i].work) != 0;
        if (first)
            markdown_row(report, sizes, report->items[i].work, out);
    }
}

void report_markdown(const struct report *report, FILE *out)
{
    struct sizes sizes = {0};
    sizes_of(report, &sizes);
    markdown_table(report, &sizes, false, out);
    fputc('\n', out);
    markdown_table(report, &sizes, true, out);
    free(sizes.items);
}
