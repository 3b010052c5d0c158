#include "bench.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/vec.h"
#include "data.h"
#include "report.h"

/* bench FOLDER: data and bench.json go there. In the environment:
 *   BENCH_CREATORS=10000,1000000   sizes
 *   BENCH_PARTS=frames,keys        only these parts; memory only where it is named
 *   BENCH_RUNS=3 BENCH_SAMPLES=100
 *   BENCH_SECONDS=600              of the part memory */

static const struct {
    const char *name;
    void (*run)(const struct bench *bench);
    bool asked; /* runs only where it is named: it takes long */
} parts[] = {
    {"files", bench_files}, {"load", bench_load},   {"frames", bench_frames},
    {"fill", bench_fill},   {"start", bench_start}, {"live", bench_live},
    {"batch", bench_batch}, {"keys", bench_keys},   {"memory", bench_memory, .asked = true},
};

void bench_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void bench_give_up(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

double bench_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

void bench_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending);
}

void bench_add(const struct bench *bench, const struct bench_row *row)
{
    if (write(bench->rows, row, sizeof *row) != (ssize_t)sizeof *row)
        bench_give_up("the table is gone");
}

void bench_ratio(const struct bench *bench, const char *work, double ours, double reference,
                 double target, size_t from, const char *note)
{
    struct bench_row row = {.creators = bench->creators, .ours = ours, .reference = reference};
    snprintf(row.work, sizeof row.work, "%s", work);
    snprintf(row.note, sizeof row.note, "%s", note);
    if (bench->creators >= from) {
        row.kind = BENCH_RATIO;
        row.target = target;
    }
    bench_add(bench, &row);
}

void bench_value(const struct bench *bench, const char *work, enum bench_unit unit, double ours,
                 double target, const char *note)
{
    struct bench_row row = {
        .creators = bench->creators, .unit = unit, .ours = ours, .reference = NAN};
    snprintf(row.work, sizeof row.work, "%s", work);
    snprintf(row.note, sizeof row.note, "%s", note);
    if (!isnan(target)) {
        row.kind = BENCH_VALUE;
        row.target = target;
    }
    bench_add(bench, &row);
}

static bool chosen(const char *list, const char *name, bool asked)
{
    size_t length = strlen(name);
    if (!list || !*list)
        return !asked;
    for (const char *at = list; (at = strstr(at, name)); at += length)
        if ((at == list || at[-1] == ',') && (at[length] == ',' || !at[length]))
            return true;
    return false;
}

/* Takes the rows of a part as they come; false where it did not end well. */
static bool run_part(struct bench bench, size_t part, struct report *report)
{
    int ends[2];
    struct bench_row row;
    fflush(NULL);
    if (pipe(ends) < 0)
        bench_give_up("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        bench_give_up("fork: %s", strerror(errno));
    if (pid == 0) {
        close(ends[0]);
        bench.rows = ends[1];
        parts[part].run(&bench);
        exit(0);
    }
    close(ends[1]);
    while (read(ends[0], &row, sizeof row) == (ssize_t)sizeof row)
        report_add(report, &row);
    close(ends[0]);
    int status = -1;
    waitpid(pid, &status, 0);
    if (status != 0)
        bench_say("bench: the part '%s' at %zu creators failed", parts[part].name, bench.creators);
    return status == 0;
}

static void write_file(const struct report *report, const char *folder, const char *name,
                       void (*print)(const struct report *report, FILE *out))
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file)
        bench_give_up("cannot write '%s': %s", path, strerror(errno));
    print(report, file);
    fclose(file);
}

static int given(const char *name, int otherwise)
{
    const char *text = getenv(name);
    int number = text ? atoi(text) : 0;
    return number > 0 ? number : otherwise;
}

static bool run_size(const char *folder, size_t creators, struct report *report)
{
    char own[512];
    bool ok = true;
    snprintf(own, sizeof own, "%s/bench-data/%zu", folder, creators);
    struct bench bench = {.creators = creators,
                          .runs = given("BENCH_RUNS", 3),
                          .samples = given("BENCH_SAMPLES", 100) & ~1,
                          .folder = own};
    data_make(&bench);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (!chosen(getenv("BENCH_PARTS"), parts[i].name, parts[i].asked))
            continue;
        bench_say("%zu creators: %s", creators, parts[i].name);
        ok = run_part(bench, i, report) && ok;
        write_file(report, folder, "bench.json", report_json);
    }
    return ok;
}

int main(int argc, char **argv)
{
    const char *sizes = getenv("BENCH_CREATORS");
    struct report report = {0};
    bool ok = true;
    char *end;
    if (argc != 2)
        bench_give_up("usage: bench FOLDER");
#if defined(__SANITIZE_ADDRESS__) || !defined(__OPTIMIZE__)
    puts("This build has sanitizers or is not optimised: the times mean nothing.");
#endif
    signal(SIGPIPE, SIG_IGN);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("MICROSCOPE_NOW", "2026-11-17", 1);
    setlocale(LC_CTYPE, "");
    if (!sizes || !*sizes)
        sizes = "10000,100000,1000000";
    for (const char *at = sizes; *at; at = *end ? end + 1 : end) {
        size_t creators = strtoul(at, &end, 10);
        if (end == at || creators < 1000)
            bench_give_up("BENCH_CREATORS is a list of numbers from 1000 on, not '%s'", sizes);
        ok = run_size(argv[1], creators, &report) && ok;
    }
    report_table(&report, stdout);
    write_file(&report, argv[1], "bench.json", report_json);
    write_file(&report, argv[1], "bench.md", report_markdown);
    printf("%s/bench.json has the same for programs, bench.md for pages\n", argv[1]);
    report_release(&report);
    return ok ? 0 : 1;
}
