#ifndef MICROSCOPE_RUNTIME_CLIPBOARD_H
#define MICROSCOPE_RUNTIME_CLIPBOARD_H

#include <stdbool.h>

#include "base/text.h"

/* Gives the text to the system's own tool for copies, where there is one and the screen before the user
 * is this machine's. Returns its name ("wl-copy"); NULL: none took it. */
const char *clipboard_put(struct text text);

#endif
