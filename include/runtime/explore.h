#ifndef MICROSCOPE_RUNTIME_EXPLORE_H
#define MICROSCOPE_RUNTIME_EXPLORE_H

#include <stdbool.h>

/* The explorer on a screen. */
struct config;
struct explore_options {
    const char *store; /* path of the database file; made where it is absent */
    const struct config *config;
    const char *view;     /* by name, to begin with; NULL: as it was left */
    const char *simulate; /* looks a second of a simulated feed beside it; NULL: none */
    bool sample;          /* it holds the sample: a tour leads through it */
    bool *sample_wanted;  /* was it left for the sample? NULL: nobody asks */
};

/* Returns the exit status: 0 left by the user, 1 failed, 2 no terminal that could show it, 128 + n
 * ended by signal n. What has to be said is on standard error. */
int explore(const struct explore_options *options);

#endif
