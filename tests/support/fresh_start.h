#ifndef MICROSCOPE_TESTS_SUPPORT_FRESH_START_H
#define MICROSCOPE_TESTS_SUPPORT_FRESH_START_H

#include "home_pty.h"

/* Ends the explorer, which has its list in view, and starts it anew: fails unless both show the same
 * below the bar and above the status line, once what has just moved is no longer marked. */
void expect_fresh_start(struct pty *lived, struct pty_options options, const char *const argv[]);

#endif
