#ifndef MICROSCOPE_RUNTIME_IMPORT_JOB_H
#define MICROSCOPE_RUNTIME_IMPORT_JOB_H

#include "app/message.h"
#include "base/arena.h"
#include "runtime/job.h"

/* `microscope import FILE --store STORE --progress json` as a job of the explorer. */
struct import_request {
    const char *path;    /* ready to be opened */
    const char *map;     /* how it is to be understood; NULL: nothing is said */
    const char *report;  /* where all that went wrong is to be written; NULL: nowhere */
    const char *rejects; /* where the rows that are left out go, to be mended; NULL: nowhere */
    bool dry;            /* only to see what would come of it */
};

struct import_job {
    struct job job;
    struct buf name; /* of the file, without its folder */
    struct job_progress progress;
    double began;
    bool moved; /* `progress` is not the one told last */
    bool done;  /* the file is in the store, whatever comes after */
    double rows, added, changed, unchanged, rejected;
};

void import_job_init(struct import_job *import);
void import_job_release(struct import_job *import); /* cancels it */

bool import_job_start(struct import_job *import, const char *store,
                      const struct import_request *request, struct err *err);
bool import_job_running(const struct import_job *import);
/* Takes what it says. True, once, when it has ended: then import_job_tell() knows how. */
bool import_job_read(struct import_job *import, int *status);
/* What is in the store by now is kept; before that, all of it goes. */
void import_job_cancel(struct import_job *import);

/* What came of it, in words; where something could not be used, with the key that shows it. False: it
 * failed. */
bool import_job_tell(const struct import_job *import, int status, struct buf *out);
/* Whether anything in the store may be another than before. */
bool import_job_changed(const struct import_job *import, int status);

/* What was typed, as a path to open: `~/` at its front is the home of the user. */
void import_path(struct text typed, struct buf *out);

/* Does a file of this name look like a list? */
bool import_can(struct text name);

/* The files of a folder that can be imported, and its folders with a / behind them, sorted; those that
 * begin with a dot, or with names that are no text, are left out. `folder` as it was typed, "" the
 * present one. */
struct path_list {
    struct arena arena;
    struct text *items;
    size_t count, capacity;
};
void path_list_read(struct path_list *list, struct text folder);
void path_list_release(struct path_list *list);

#endif
