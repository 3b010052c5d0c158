#ifndef MICROSCOPE_RUNTIME_WIDTH_H
#define MICROSCOPE_RUNTIME_WIDTH_H

#include "base/utf8.h"

/* Cells as the C library counts them, because curses counts so. setlocale() comes first. */
const struct width_table *runtime_width_table(void);

#endif
