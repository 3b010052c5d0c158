#ifndef MICROSCOPE_RUNTIME_PLACES_H
#define MICROSCOPE_RUNTIME_PLACES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

/* The store that is used when none is named: $XDG_DATA_HOME/microscope/microscope.db, by default
 * under ~/.local/share. `make` makes its folder, for the owner only. */
bool places_store(struct buf *path, bool make, struct err *err);

/* The settings of the user: $XDG_CONFIG_HOME/microscope/config.yaml, by default under ~/.config, whether
 * it is there or not. False: there is no such place. */
bool places_config(struct buf *path);
/* The user's own themes: $XDG_CONFIG_HOME/microscope/themes, likewise. */
bool places_themes(struct buf *path);

/* Where the desktop says how it calls its folders, likewise. */
bool places_user_dirs(struct buf *path);

#endif
