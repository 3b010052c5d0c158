#ifndef MICROSCOPE_TESTS_SUPPORT_PTY_LEAD_INTERNAL_H
#define MICROSCOPE_TESTS_SUPPORT_PTY_LEAD_INTERNAL_H

#include "support/pty.h"

/* The leader: what a shell is to a job. Runs in the session of the pseudo-terminal. */

/* What it tells: an end, a stop, or the number of the process it started. */
enum pty_report_kind { PTY_STARTED, PTY_STOPPED, PTY_ENDED };
struct pty_report {
    enum pty_report_kind kind;
    int value; /* process, or status of waitpid() */
};

/* Starts the program and reports on it, continues it for each byte on `commands`, until it has ended
 * and the harness has closed that. */
_Noreturn void pty_lead(const struct pty_options *options, int output_file, const char *slave,
                        const char *const argv[], int reports, int commands);

#endif
