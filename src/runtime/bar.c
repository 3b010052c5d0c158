#include "bar_internal.h"

#include <stdio.h>
#include <unistd.h>

#include "runtime/loop.h"

void bar_begin(struct bar *bar, bool plain)
{
    bar->tty = !plain && isatty(STDERR_FILENO);
    bar->started = loop_now();
}

bool bar_due(const struct bar *bar)
{
    double now = loop_now();
    return bar->tty && now - bar->started >= 0.5 && now - bar->told_at >= 0.2;
}

void bar_show(struct bar *bar, const struct buf *line)
{
    struct text text = buf_text(line);
    fprintf(stderr, "\r%.*s  Ctrl-C cancels\033[K", (int)text.length, text.at);
    fflush(stderr);
    bar->told_at = loop_now();
    bar->shown = true;
}

void bar_clear(struct bar *bar)
{
    if (bar->shown)
        fputs("\r\033[K", stderr);
    bar->shown = false;
}
