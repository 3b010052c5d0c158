#ifndef MICROSCOPE_RUNTIME_BAR_INTERNAL_H
#define MICROSCOPE_RUNTIME_BAR_INTERNAL_H

#include <stdbool.h>

#include "base/buf.h"

/* The one line of progress that long work shows on a terminal at standard error, and takes away. Work
 * that is soon done shows none. */
struct bar {
    bool tty;
    bool shown;
    double started, told_at;
};

/* The work begins; may be called again. `plain`: nothing on the terminal may move, so it shows nothing. */
void bar_begin(struct bar *bar, bool plain);
bool bar_due(const struct bar *bar);
void bar_show(struct bar *bar, const struct buf *line); /* " Ctrl-C cancels" is added */
void bar_clear(struct bar *bar);

#endif
