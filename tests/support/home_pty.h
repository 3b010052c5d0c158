#ifndef MICROSCOPE_TESTS_SUPPORT_HOME_PTY_H
#define MICROSCOPE_TESTS_SUPPORT_HOME_PTY_H

#include "home.h"
#include "pty.h"

/* A program in a terminal, at home: options.env comes on top of what makes it so. */
struct pty *home_open(struct pty_options options, const char *const argv[]);
/* To its end, which has to be this one. */
void home_run(const char *const argv[], int status);

#endif
