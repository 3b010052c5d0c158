#ifndef MICROSCOPE_RUNTIME_DATA_H
#define MICROSCOPE_RUNTIME_DATA_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/doc.h"
#include "base/err.h"
#include "ui/theme.h"

/* What the program reads beside the store: themes and sample data. They are looked for beside the
 * executable (an installation that was moved, or a build folder in the source tree), then where
 * `meson install` puts them. */

/* The path of "themes" or "sample-data/creators.jsonl"; false where it is nowhere. */
bool data_find(const char *name, struct buf *path);

/* A YAML file of at most 1 MiB as a tree; the message names it, with line and column. */
bool data_read_doc(const char *path, struct doc *out, struct err *err);
/* Puts file, line and column before what is wrong in it. Returns false. */
bool data_err_in(const char *path, struct err *err);

/* A theme by name, or by path where the name holds a '/'. On failure `out` is the monochrome one and
 * the message names file, line and column. */
bool theme_load(const char *name, struct theme *out, struct err *err);
/* Every theme there is, by name; false where the folder cannot be read. */
bool themes_each(void (*each)(void *self, const struct theme *theme, const char *path), void *self,
                 struct err *err);

#endif
