#include "import_internal.h"

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
