#include "exchange/source.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/number.h"

static void source_clear(struct source *source, const char *name)
{
    memset(source, 0, sizeof *source);
    source->name = mem_copy_string(name);
    source->date = number_unknown();
    source->descriptor = -1;
    source->ended = true;
}

static bool source_describe(struct source *source, struct err *err)
{
    struct stat about;
    if (fstat(source->descriptor, &about) != 0)
        return err_set(err, "cannot read '%s': %s", source->name, strerror(errno));
    if (S_ISDIR(about.st_mode))
        return err_set(err, "cannot read '%s': it is a folder", source->name);
    if (S_ISREG(about.st_mode)) {
        source->total = (uint64_t)about.st_size;
        source->date = (double)about.st_mtime;
    }
    return true;
}

bool source_open(struct source *source, const char *path, struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    source_clear(source, standard ? "standard input" : path);
    source->descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (source->descriptor < 0) {
        err_set(err, "cannot read '%s': %s", path, strerror(errno));
        source_release(source);
        return false;
    }
    if (!source_describe(source, err)) {
        source_release(source);
        return false;
    }
    source->ended = false;
    return true;
}

void source_of(struct source *source, const char *name, struct text bytes)
{
    source_clear(source, name);
    source->total = bytes.length;
    buf_add_text(&source->head, bytes);
}

void source_release(struct source *source)
{
    if (source == NULL)
        return;
    if (source->descriptor > STDIN_FILENO)
        close(source->descriptor);
    free(source->name);
    buf_release(&source->head);
    memset(source, 0, sizeof *source);
    source->descriptor = -1;
}

/* A pipe gives what it has: a short answer is not the end, 0 is. */
static bool source_descriptor_read(struct source *source, void *bytes, size_t capacity, size_t *got,
                                   struct err *err)
{
    ssize_t n;
    do
        n = read(source->descriptor, bytes, capacity);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_set(err, "cannot read '%s': %s", source->name, strerror(errno));
    if (n == 0)
        source->ended = true;
    *got = (size_t)n;
    return true;
}

bool source_sample(struct source *source, struct text *sample, bool *whole, struct err *err)
{
    assert(source->taken == 0);
    static const size_t step = 65536;
    char *block = mem_alloc(step);
    bool ok = true;
    while (ok && !source->ended && source->head.length < SOURCE_SAMPLE) {
        size_t got = 0;
        size_t room = SOURCE_SAMPLE - source->head.length;
        ok = source_descriptor_read(source, block, room < step ? room : step, &got, err);
        if (ok)
            buf_add(&source->head, block, got);
    }
    free(block);
    *sample = text_part(buf_text(&source->head), 0, SOURCE_SAMPLE);
    *whole = source->ended && source->head.length <= SOURCE_SAMPLE;
    return ok;
}

bool source_read(struct source *source, void *bytes, size_t capacity, size_t *got, struct err *err)
{
    *got = 0;
    size_t kept = source->head.length - source->head_taken;
    if (kept > 0) {
        *got = kept < capacity ? kept : capacity;
        memcpy(bytes, source->head.at + source->head_taken, *got);
        source->head_taken += *got;
    } else if (!source->ended) {
        if (!source_descriptor_read(source, bytes, capacity, got, err))
            return false;
    }
    if (kept > 0 && source->head_taken == source->head.length) {
        buf_release(&source->head);
        source->head_taken = 0;
    }
    source->taken += *got;
    return true;
}
