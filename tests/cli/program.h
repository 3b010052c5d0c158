#ifndef TESTS_CLI_PROGRAM_H
#define TESTS_CLI_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "support/home.h"
#include "support/sql.h"

/* The real program, run as a user would, with a home of its own and the clock standing still. */

#define PROGRAM_NOW "2026-11-16"

struct ran {
    int status; /* exit status, or 128 + the signal that killed it */
    char *out, *err;
    size_t out_length;
};

/* `input`: what comes on standard input; NULL: nothing. The words end with NULL. */
struct ran run(const char *input, ...) __attribute__((sentinel));
void ran_release(struct ran *ran);
/* Runs, checks the exit status, forgets the rest. */
void run_expect(int status, const char *input, ...) __attribute__((sentinel));

/* The same, still running: `to` is its standard input, `from` its standard output. */
struct running {
    pid_t pid;
    int to, from;
};
struct running start(const char *const words[]);
/* Its standard output holds all it can, NULs, until somebody reads: what it writes there waits. */
struct running start_full(const char *const words[]);
int finish(struct running *running); /* closes both ends; the exit status */

void write_file(const char *path, const char *bytes);
char *read_file(const char *path, size_t *length); /* NULL: not there */
bool there(const char *path);

#define assert_says(text, part)                                                                    \
    do {                                                                                           \
        if (!strstr((text), (part)))                                                               \
            fail_msg("nothing about \"%s\" in:\n%s", (part), (text));                              \
    } while (0)

#endif
