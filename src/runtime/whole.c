#include "runtime/whole.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is no plain file cannot be replaced. */
static bool replaces(const char *path)
{
    struct stat about;
    return stat(path, &about) != 0 || S_ISREG(about.st_mode);
}

static bool is_there(const char *path, struct err *err)
{
    return err_set(err, "'%s' is there already: --force replaces it", path);
}

bool whole_allowed(const char *path, bool force, struct err *err)
{
    struct stat about;
    if (!force && replaces(path) && lstat(path, &about) == 0)
        return is_there(path, err);
    return true;
}

static int open_part(struct whole *whole)
{
    if (!replaces(buf_string(&whole->path)))
        return open(buf_string(&whole->path), O_WRONLY | O_CLOEXEC);
    buf_addf(&whole->part, "%s.XXXXXX", buf_string(&whole->path));
    int fd = mkstemp(whole->part.at);
    if (fd >= 0)
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    else
        buf_clear(&whole->part);
    return fd;
}

static void release(struct whole *whole)
{
    if (whole->file)
        fclose(whole->file);
    buf_release(&whole->path);
    buf_release(&whole->part);
    *whole = (struct whole){0};
}

bool whole_open(struct whole *whole, const char *path, bool force, struct err *err)
{
    *whole = (struct whole){.force = force};
    if (!whole_allowed(path, force, err))
        return false;
    buf_add_string(&whole->path, path);
    int fd = open_part(whole);
    whole->file = fd < 0 ? NULL : fdopen(fd, "w");
    if (whole->file)
        return true;
    err_set(err, "cannot write '%s': %s", path, strerror(errno));
    release(whole);
    return false;
}

/* Without force a link is made, which, unlike a renaming, never replaces what came meanwhile; where
 * there are no links the check of before has to do. */
static bool put_in_place(const struct whole *whole, struct err *err)
{
    const char *part = whole->part.at, *path = whole->path.at;
    if (!whole->force && link(part, path) == 0) {
        unlink(part);
        return true;
    }
    if (!whole->force && errno == EEXIST)
        return is_there(path, err);
    return rename(part, path) == 0 || err_set(err, "cannot write '%s': %s", path, strerror(errno));
}

bool whole_end(struct whole *whole, bool ok, struct err *err)
{
    if (!whole->file)
        return ok;
    bool aside = whole->part.length > 0;
    if (ok && (fflush(whole->file) != 0 || (aside && fsync(fileno(whole->file)) != 0)))
        ok = err_set(err, "cannot write '%s': %s", buf_string(&whole->path), strerror(errno));
    if (ok && aside)
        ok = put_in_place(whole, err);
    if (!ok && aside)
        unlink(whole->part.at);
    release(whole);
    return ok;
}
