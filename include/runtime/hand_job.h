#ifndef MICROSCOPE_RUNTIME_HAND_JOB_H
#define MICROSCOPE_RUNTIME_HAND_JOB_H

#include "app/message.h"
#include "runtime/hand.h"
#include "runtime/job.h"

/* A file handed over by a copy of the explorer as it is at that moment: so the file is what was on the
 * screen, whatever others write to the store meanwhile, and the screen goes on. */
struct hand_job {
    struct job job;
    struct buf path, name;
    struct job_progress progress;
    double began;
    bool moved; /* `progress` is not the one told last */
    bool done;  /* the file is there */
};

void hand_job_init(struct hand_job *hand);
void hand_job_release(struct hand_job *hand); /* cancels it */
/* `force` replaces what is there. */
bool hand_job_start(struct hand_job *hand, struct handing *handing, const char *path, bool force,
                    struct err *err);
bool hand_job_running(const struct hand_job *hand);
/* Takes what it says. True, once, when it has ended. */
bool hand_job_read(struct hand_job *hand, int *status);
void hand_job_cancel(struct hand_job *hand);
/* What came of it, in words. False: it failed. */
bool hand_job_tell(const struct hand_job *hand, int status, struct buf *out);

#endif
