#ifndef MICROSCOPE_RUNTIME_FEED_JOB_H
#define MICROSCOPE_RUNTIME_FEED_JOB_H

#include "runtime/job.h"

/* `microscope feed --simulate RATE --store STORE --progress json` beside the explorer. It ends with it,
 * however that ends: it notices when nobody listens any more. */
struct feed_job {
    struct job job;
};

void feed_job_init(struct feed_job *feed);
void feed_job_release(struct feed_job *feed); /* stops it */
bool feed_job_start(struct feed_job *feed, const char *store, const char *rate, struct err *err);
/* Takes what it says. True, once, when it has ended by itself: `why` gets what there is to tell. */
bool feed_job_read(struct feed_job *feed, struct buf *why);

#endif
