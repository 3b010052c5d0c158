#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include <stdio.h>

#include "bench.h"

/* All rows of a run: as a table for people, as JSON for programs, as Markdown for the README. */
struct report {
    struct bench_row *items;
    size_t count, capacity;
};

void report_release(struct report *report);
void report_add(struct report *report, const struct bench_row *row);
void report_table(const struct report *report, FILE *out);
/* A list of {work, creators, ours_ms, reference_ms, ratio, target, met}, where ours_ms is null for
 * what is no time; then `unit` and `ours` say how much. */
void report_json(const struct report *report, FILE *out);
/* A line a work, its sizes side by side. */
void report_markdown(const struct report *report, FILE *out);
size_t report_missed(const struct report *report);

#endif
