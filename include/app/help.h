#ifndef MICROSCOPE_APP_HELP_H
#define MICROSCOPE_APP_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include "app/layout.h"
#include "base/arena.h"
#include "base/text.h"

struct model;

/* Help as lines, made from the registries: the words first, then the keys of each place, then every
 * column. The texts are ours and ASCII: a byte is a cell. */
struct help_line {
    struct text label; /* left; empty: goes on from the line above */
    struct text text;
    bool heading; /* `text` is the title of a chapter */
};

struct help {
    struct arena arena;
    struct help_line *items;
    size_t count, capacity;
    int width;  /* cells of a line */
    int indent; /* of them before the text: the label's, or, above the text, two */
};

#define HELP_LABEL_CELLS 22

/* For the place that is open, broken at the width of its layout. */
void help_make(const struct model *model, struct help *out);
void help_release(struct help *help);
/* Is what lies on top such lines? */
bool overlay_is_help(const struct model *model);

/* Inside of the box it stands in, cells wide; and how many lines of it are in view. */
int help_cells(const struct layout *layout);
int help_rows(const struct layout *layout);

#endif
