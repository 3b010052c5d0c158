#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "term_internal.h"

/* A file without a name: whatever happens, nothing is left behind. */
static int nameless_file(void)
{
    const char *directory = getenv("TMPDIR");
    struct buf path = BUF_INIT;
    buf_addf(&path, "%s/microscope-XXXXXX", directory && *directory ? directory : "/tmp");
    int file = mkstemp(path.at);
    if (file >= 0) {
        unlink(path.at);
        fcntl(file, F_SETFD, FD_CLOEXEC);
    }
    buf_release(&path);
    return file;
}

void term_log_begin(struct term_log *log)
{
    *log = (struct term_log){-1, -1};
    if (!isatty(STDERR_FILENO))
        return;
    fflush(stderr);
    log->saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (log->saved < 0)
        return;
    log->file = nameless_file();
    int target = log->file >= 0 ? log->file : open("/dev/null", O_WRONLY);
    if (target >= 0)
        dup2(target, STDERR_FILENO);
    if (target != log->file)
        close(target);
}

/* The end of the file, line by line, safe to show: what a library quotes may come from outside. */
static void show(int file)
{
    enum { MOST = 1 << 16 };
    off_t size = lseek(file, 0, SEEK_END);
    if (size <= 0 || lseek(file, size > MOST ? size - MOST : 0, SEEK_SET) < 0)
        return;
    struct buf said = BUF_INIT, safe = BUF_INIT;
    char block[4096];
    for (ssize_t n; (n = read(file, block, sizeof block)) > 0;)
        buf_add(&said, block, (size_t)n);
    struct text rest = buf_text(&said), line;
    while (text_next(&rest, '\n', &line)) {
        text_safe(&safe, line);
        buf_add_char(&safe, '\n');
    }
    fputs(buf_string(&safe), stderr);
    fflush(stderr);
    buf_release(&safe);
    buf_release(&said);
}

void term_log_end(struct term_log *log)
{
    if (log->saved < 0)
        return;
    fflush(stderr);
    dup2(log->saved, STDERR_FILENO);
    close(log->saved);
    if (log->file >= 0) {
        show(log->file);
        close(log->file);
    }
    *log = (struct term_log){-1, -1};
}
