#ifndef MICROSCOPE_RUNTIME_MANUAL_H
#define MICROSCOPE_RUNTIME_MANUAL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"

/* The manual page and the completions say what the tables say: a line of their source that is only @NAME@
 * is replaced by what is made from them, in scdoc's language. Names: SYNOPSIS VERBS OPTIONS MAP
 * SCENARIO OPERATORS COLUMNS ASSUMPTIONS SETTINGS KEYS;
 * and, for completions of shells, BRANCHES_SH BRANCHES_FISH.
 * False: a name that is none of these, with its line. */
bool manual_expand(struct text source, struct buf *out, struct err *err);

#endif
