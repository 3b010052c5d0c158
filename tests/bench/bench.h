#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdbool.h>
#include <stddef.h>

/* The benchmark: what each kind of work costs beside what a user would have instead, taken in one
 * run, on the same data, on the same machine. Every part runs in a process of its own, so that no
 * part finds the memory of another, and sends its rows here. */

enum bench_unit { BENCH_MS, BENCH_BYTES, BENCH_COUNT };

enum bench_target {
    BENCH_NO_TARGET,
    BENCH_RATIO, /* ours / reference is at most this */
    BENCH_VALUE  /* ours is at most this, in its unit */
};

struct bench_row {
    char work[64];
    size_t creators;
    enum bench_unit unit;
    double ours, reference; /* NaN: there is none */
    enum bench_target kind;
    double target;
    char note[120];
};

/* What a part is given. */
struct bench {
    size_t creators;
    int runs;           /* at least so many of each; the least counts */
    int samples;        /* keys of each kind */
    const char *folder; /* data of this size, kept from run to run */
    int rows;           /* where rows go */
};

/* Sends a row to the table. */
void bench_add(const struct bench *bench, const struct bench_row *row);
/* The same for times with a ratio that counts from `from` creators on. */
void bench_ratio(const struct bench *bench, const char *work, double ours, double reference,
                 double target, size_t from, const char *note);
void bench_value(const struct bench *bench, const char *work, enum bench_unit unit, double ours,
                 double target, const char *note);

/* The parts, in the order they run. */
void bench_files(const struct bench *bench);  /* import and export */
void bench_load(const struct bench *bench);   /* store to memory, and how much of it */
void bench_frames(const struct bench *bench); /* key to canvas, beside SQLite */
void bench_fill(const struct bench *bench);   /* filling the budget */
void bench_start(const struct bench *bench);  /* exec to frame, loading */
void bench_live(const struct bench *bench);   /* rest, and what others write */
void bench_batch(const struct bench *bench);  /* a look at what others wrote, in each place */
void bench_memory(const struct bench *bench); /* a long sitting beside a feed */
void bench_keys(const struct bench *bench);   /* key to the last byte of the answer */

/* "nothing", "1.2 ms" … for progress on standard error. */
void bench_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Ends the part: something it rests on did not work. */
_Noreturn void bench_give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

void bench_sort(double *values, size_t count); /* ascending */
double bench_now(void);                        /* milliseconds of a clock that never jumps */

#endif
