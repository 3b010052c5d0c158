#include "import_internal.h"

#include "base/number.h"
#include "verbs_internal.h"

/* Files that an import leaves beside the store: its report, and its rejects. */

bool import_report_open(struct importing *job, struct err *err)
{
    const char *path = job->cli->values[OPTION_REPORT];
    if (!path)
        return true;
    if (!whole_open(&job->report_whole, path, true, err))
        return false;
    import_log_init(&job->log, writer_out_file(job->report_whole.file));
    return true;
}

bool import_report_close(struct importing *job, struct err *err)
{
    if (!job->report_whole.file)
        return true;
    bool ok = import_log_end(&job->log, err);
    return whole_end(&job->report_whole, ok, err) ||
           err_before(err, "the report '%s' is not written", job->cli->values[OPTION_REPORT]);
}

bool import_rejects_open(struct importing *job, struct err *err)
{
    const char *path = job->cli->values[OPTION_REJECTS];
    if (!path)
        return true;
    if (!whole_open(&job->rejects_whole, path, job->cli->given[OPTION_FORCE], err))
        return false;
    import_rejects_init(&job->rejects, writer_out_file(job->rejects_whole.file));
    return true;
}

static void tell_rejects(const struct importing *job)
{
    const char *path = job->cli->values[OPTION_REJECTS];
    struct buf line = BUF_INIT;
    if (job->rejects.rows == 0) {
        say("nothing was rejected: '%s' is not written", path);
        return;
    }
    number_fixed(&line, (double)job->rejects.rows, 0, job->cli->config->style);
    buf_addf(&line, " rejected %s in '%s': mend %s there and import that file\n",
             job->rejects.rows == 1 ? "row is" : "rows are", path,
             job->rejects.rows == 1 ? "it" : "them");
    say_text(buf_text(&line));
    buf_release(&line);
}

bool import_rejects_close(struct importing *job, bool ok, struct err *err)
{
    bool any = job->rejects.rows > 0;
    if (!job->rejects_whole.file)
        return true;
    if (!ok || !any) {
        whole_end(&job->rejects_whole, false, err);
    } else if (!import_rejects_end(&job->rejects, err) ||
               !whole_end(&job->rejects_whole, true, err)) {
        whole_end(&job->rejects_whole, false, err);
        return err_before(err, "the rejects '%s' are not written",
                          job->cli->values[OPTION_REJECTS]);
    }
    if (ok)
        tell_rejects(job);
    return true;
}
