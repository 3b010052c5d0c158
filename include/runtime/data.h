#ifndef MICROSCOPE_RUNTIME_DATA_H
#define MICROSCOPE_RUNTIME_DATA_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"

/* What the program reads beside the store: themes and sample data. They are looked for beside the
 * executable (an installation that was moved, or a build folder in the source tree), then where
 * `meson install` puts them. */

/* The path of "themes" or "sample-data/creators.jsonl"; false where it is nowhere. */
bool data_find(const char *name, struct buf *path);

/* A YAML file of at most 1 MiB as a tree; the message names it, with line and column. */
bool data_read_doc(const char *path, struct doc *out, struct err *err);
/* Puts file, line and column before what is wrong in it. Returns false. */
bool data_err_in(const char *path, struct err *err);

#endif
