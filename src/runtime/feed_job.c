#include "runtime/feed_job.h"

#include <sys/wait.h>

void feed_job_init(struct feed_job *feed)
{
    job_init(&feed->job);
}

void feed_job_release(struct feed_job *feed)
{
    job_release(&feed->job);
}

bool feed_job_start(struct feed_job *feed, const char *store, const char *rate, struct err *err)
{
    const char *const words[] = {"feed", "--simulate", rate,   "--store",
                                 store,  "--progress", "json", NULL};
    return job_start(&feed->job, words, err) || err_before(err, "the simulated feed");
}

/* How far it is shows in the store. */
static void no_line(void *self, struct text line)
{
    (void)self, (void)line;
}

bool feed_job_read(struct feed_job *feed, struct buf *why)
{
    int status;
    if (!job_running(&feed->job))
        return false;
    job_read(&feed->job, no_line, NULL);
    if (!job_ended(&feed->job, &status))
        return false;
    struct text complaint = job_complaint(&feed->job);
    buf_add_string(why, "the simulated feed has ended");
    if (WIFSIGNALED(status))
        buf_addf(why, ": signal %d", WTERMSIG(status));
    else if (complaint.length > 0) {
        buf_add_string(why, ": ");
        buf_add_text(why, complaint);
    }
    return true;
}
