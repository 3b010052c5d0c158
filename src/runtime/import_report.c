#include "import_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is no plain file (a pipe, /dev/stderr) cannot be replaced: it is written to. */
static bool replaces(const char *path)
{
    struct stat about;
    return stat(path, &about) != 0 || S_ISREG(about.st_mode);
}

bool import_report_open(struct importing *job, struct err *err)
{
    const char *path = job->cli->values[OPTION_REPORT];
    if (!path)
        return true;
    bool aside = replaces(path);
    buf_addf(&job->report_path, "%s", path);
    buf_addf(&job->report_part, aside ? "%s.part" : "%s", path);
    const char *part = buf_string(&job->report_part);
    int flags =
        aside ? O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC : O_WRONLY | O_CLOEXEC;
    int fd = open(part, flags, 0600);
    job->report_file = fd < 0 ? NULL : fdopen(fd, "w");
    if (!job->report_file)
        return err_set(err, "cannot write '%s': %s", part, strerror(errno));
    import_log_init(&job->log, writer_out_file(job->report_file));
    return true;
}

bool import_report_close(struct importing *job, struct err *err)
{
    if (!job->report_file)
        return true;
    const char *path = buf_string(&job->report_path), *part = buf_string(&job->report_part);
    bool ok = import_log_end(&job->log, err);
    bool aside = strcmp(path, part) != 0;
    if (ok && (fflush(job->report_file) != 0 || (aside && fsync(fileno(job->report_file)) != 0)))
        ok = err_set(err, "cannot write: %s", strerror(errno));
    fclose(job->report_file);
    job->report_file = NULL;
    if (ok && aside && rename(part, path) != 0)
        ok = err_set(err, "%s", strerror(errno));
    if (!ok) {
        err_before(err, "cannot write the report '%s'", path);
        if (aside)
            unlink(part);
    }
    return ok;
}
