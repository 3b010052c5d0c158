#include <string.h>

#include "exchange/source.h"
#include "exchange/yaml.h"
#include "verbs_internal.h"

/* Files of the user's own things. */

#define FILE_BYTES ((size_t)16 << 20)

static bool read_bytes(const char *path, struct buf *out, struct err *err)
{
    struct source source;
    char block[1 << 14];
    size_t got = 0;
    if (!source_open(&source, path, err))
        return false;
    bool ok;
    while ((ok = source_read(&source, block, sizeof block, &got, err)) && got > 0) {
        buf_add(out, block, got);
        if (out->length > FILE_BYTES) {
            ok = err_set(err, "too large: more than %zu MiB", FILE_BYTES >> 20);
            break;
        }
    }
    source_release(&source);
    return ok;
}

bool verb_yaml(const char *path, bool (*read)(void *self, const struct doc *doc, struct err *err),
               void *self, struct err *err)
{
    struct buf bytes = BUF_INIT;
    struct doc doc = {0};
    *err = (struct err){.message = ""};
    bool ok = read_bytes(path, &bytes, err) && yaml_read(buf_text(&bytes), &doc, err) &&
              read(self, &doc, err);
    doc_release(&doc);
    buf_release(&bytes);
    if (!ok && err->line)
        err_before(err, "%s:%zu:%zu", path, err->line, err->column);
    else if (!ok && !strstr(err->message, path))
        err_before(err, "%s", path);
    return ok;
}
