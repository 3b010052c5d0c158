#include "runtime/data.h"

#include <unistd.h>

#include "exchange/source.h"
#include "exchange/yaml.h"

#define DOC_BYTES (1u << 20)

/* Folder of the executable; false where the system does not say. */
static bool own_folder(struct buf *out)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    if (length <= 0 || length == (ssize_t)sizeof path)
        return false;
    while (length > 0 && path[length - 1] != '/')
        length--;
    buf_add(out, path, (size_t)length);
    return true;
}

bool data_find(const char *name, struct buf *path)
{
    /* bin/ beside share/, build/ in the source tree, build/src/ in the source tree */
    static const char *const beside[] = {"../share/microscope/", "../", "../../"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        buf_clear(path);
        if (!own_folder(path))
            break;
        buf_addf(path, "%s%s", beside[i], name);
        if (access(buf_string(path), R_OK) == 0)
            return true;
    }
    buf_clear(path);
    buf_addf(path, "%s/%s", MICROSCOPE_DATADIR, name);
    return access(buf_string(path), R_OK) == 0;
}

static bool read_whole(const char *path, struct buf *out, struct err *err)
{
    struct source source;
    char block[4096];
    size_t got = 0;
    if (!source_open(&source, path, err))
        return false;
    bool read;
    while ((read = source_read(&source, block, sizeof block, &got, err)) && got > 0) {
        buf_add(out, block, got);
        if (out->length > DOC_BYTES) {
            read = err_set(err, "'%s' is larger than 1 MiB", path);
            break;
        }
    }
    source_release(&source);
    return read;
}

bool data_err_in(const char *path, struct err *err)
{
    if (err && err->line)
        return err_before(err, "%s:%zu:%zu", path, err->line, err->column);
    return err_before(err, "%s", path);
}

bool data_read_doc(const char *path, struct doc *out, struct err *err)
{
    struct buf bytes = BUF_INIT;
    *out = (struct doc){0};
    bool ok = read_whole(path, &bytes, err);
    if (ok && !(ok = yaml_read(buf_text(&bytes), out, err)))
        data_err_in(path, err);
    buf_release(&bytes);
    return ok;
}
