#ifndef MICROSCOPE_RUNTIME_LOOP_H
#define MICROSCOPE_RUNTIME_LOOP_H

#include <stdbool.h>
#include <stddef.h>

/* Waiting, without waking for nothing. */

double loop_now(void); /* seconds of a clock that never jumps */

struct loop_source {
    int fd;     /* negative: never ready */
    bool ready; /* out: something to read, or the other end is gone */
};

/* Until a source is ready or `deadline` (as loop_now() counts; INFINITY: none) has passed. A deadline
 * in the past only looks. Returns how many are ready; 0 means the deadline came. */
size_t loop_wait(struct loop_source *sources, size_t count, double deadline);

#endif
