#ifndef TESTS_BENCH_DATA_H
#define TESTS_BENCH_DATA_H

#include <sqlite3.h>

#include "bench.h"

/* Data of one size, made once with `microscope generate` and kept, and programs that work on it. */

/* Makes what is not there yet: creators.csv, changed.csv (the same creators, every row another),
 * store.db with the rule `fill` turned on, small.db with 1,000 creators. */
void data_make(const struct bench *bench);
/* The path of a file of this size, good for ever. */
const char *data_path(const struct bench *bench, const char *name);
void data_remove(const char *path); /* with what SQLite puts beside it */
void data_copy(const char *from, const char *to);

struct ran {
    double milliseconds;
    double peak; /* bytes of memory at most */
};
/* A program to its end: argv[0] is looked up in PATH. `in`, `out`: files; NULL: nothing. Gives up
 * where it fails. */
struct ran data_run(const char *const argv[], const char *in, const char *out);

/* SQL on an open database; gives up where it fails. */
void data_sql(sqlite3 *db, const char *sql);
sqlite3_stmt *data_statement(sqlite3 *db, const char *sql);
sqlite3 *data_open(const char *path);

#endif
