#ifndef MICROSCOPE_RUNTIME_THEMES_H
#define MICROSCOPE_RUNTIME_THEMES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "ui/theme.h"

/* The files of themes. A theme is called as its file is, without ".yaml"; the user's own, in
 * places_themes(), stand before those that come with the program. */

/* The file of a theme; a name that holds a '/' is its own path. False: there is none of that name. */
bool theme_find(const char *name, struct buf *path);
/* Reads it. On failure `out` is the monochrome one and the message names file, line and column. */
bool theme_load(const char *name, struct theme *out, struct err *err);
/* The same from a path that is known; `out` is left alone on failure. */
bool theme_load_file(const char *path, struct theme *out, struct err *err);

/* A file among the themes. Everything is borrowed for the call. */
struct theme_found {
    const char *name;
    const char *path;
    bool own;                  /* the user's */
    const struct theme *theme; /* NULL: it cannot be read, `err` says why, with the file */
    const struct err *err;
};
/* Every theme there is, by name; false where the folder of the program's own cannot be read. */
bool themes_each(void (*each)(void *self, const struct theme_found *found), void *self,
                 struct err *err);

#endif
