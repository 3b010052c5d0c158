#ifndef MICROSCOPE_RUNTIME_WHOLE_H
#define MICROSCOPE_RUNTIME_WHOLE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

/* A file that is there whole or not at all: it is written aside, under a name of its own in the same
 * folder, for its owner only, and put in place when the disk has all of it. What is no plain file (a
 * pipe, /dev/stderr) cannot be put in place: it is written to as it is. Zeroed is none. */
struct whole {
    FILE *file; /* to write to; NULL: none is open */
    struct buf path, part;
    bool force;
};

/* False: something of that name is there already, which only `force` replaces. */
bool whole_allowed(const char *path, bool force, struct err *err);
bool whole_open(struct whole *whole, const char *path, bool force, struct err *err);
/* Closes it; where it is in place, or with `ok` false (explained in `err` before) or after a failure,
 * nothing else is left behind. True without one. */
bool whole_end(struct whole *whole, bool ok, struct err *err);

#endif
