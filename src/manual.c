#include <stdio.h>

#include "exchange/source.h"
#include "runtime/manual.h"

/* Completes the manual page while the program is built: source in, page for scdoc out. */
int main(void)
{
    struct source source;
    struct text page;
    struct buf out = BUF_INIT;
    struct err err;
    bool whole;
    bool ok = source_open(&source, "-", &err);
    if (ok) {
        ok = source_sample(&source, &page, &whole, &err) && manual_expand(page, &out, &err);
        source_release(&source);
    }
    if (ok)
        ok = fwrite(buf_string(&out), 1, out.length, stdout) == out.length && fflush(stdout) == 0;
    else
        fprintf(stderr, "manual: line %zu: %s\n", err.line, err.message);
    buf_release(&out);
    return ok ? 0 : 1;
}
