#ifndef MICROSCOPE_RUNTIME_JOB_H
#define MICROSCOPE_RUNTIME_JOB_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/err.h"

/* A verb of this program run as a child: what it writes is read a line at a time as it comes, what it
 * complains of is kept, and it can be asked to stop. Only job_wait() and job_stop()
 * take their time. */
struct job {
    pid_t child;     /* 0: none */
    int out, err;    /* ends to read; -1: closed */
    bool cancelled;  /* it was asked to stop */
    struct buf line; /* of its output, not whole yet */
    struct buf said; /* the end of its standard error */
};

void job_init(struct job *job);
void job_release(struct job *job); /* stops it first */

/* `words` follow the program's name; NULL at the end. */
bool job_start(struct job *job, const char *const words[], struct err *err);
/* Instead of a verb, `run` in a copy of this process, with all that is in memory as it is now: its
 * standard output and error are read, what it returns is the exit status. It must leave the store, the
 * terminal and everything else that is shared alone. */
bool job_fork(struct job *job, int (*run)(void *self), void *self, struct err *err);
bool job_running(const struct job *job);
/* Takes what has come; every whole line is handed on, without its end. */
void job_read(struct job *job, void (*line)(void *self, struct text line), void *self);
/* Whether it has ended: then *status is as waitpid() has it, and there is no child any more. A child
 * that has closed its ends and still lives is worth a look in a moment: job_closing(). */
bool job_ended(struct job *job, int *status);
bool job_closing(const struct job *job);
void job_cancel(struct job *job); /* asks it to stop */
/* Waits so many seconds for its end. */
bool job_wait(struct job *job, double seconds);
/* Asks it to stop and waits; after so many seconds it is killed. */
void job_stop(struct job *job, double seconds);
/* The last whole line of its standard error, without the program's name; may be empty. Borrowed. */
struct text job_complaint(const struct job *job);

#endif
