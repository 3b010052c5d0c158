#ifndef MICROSCOPE_APP_HELP_H
#define MICROSCOPE_APP_HELP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"
#include "domain/column.h"

struct layout;
struct model;

/* Help as lines, made from the registries: the words first, then what can be done, the place where one
 * stands before the others, then every assumption and column. What is typed narrows it, by word and by
 * key. Our own texts are ASCII; in those of others no cell has more bytes than a byte a cell would. */
struct help_line {
    struct text label; /* left; empty: goes on from the line above */
    struct text text;
    bool heading; /* `text` is the title of a chapter */
};

/* Which entries are wanted now: those of this name, those that only mention it, or, where there are
 * neither, those with its letters among others. */
enum help_sought { HELP_ALL, HELP_NAMED, HELP_MENTIONED, HELP_SCATTERED };

struct help {
    struct arena arena;
    struct help_line *items;
    size_t count, capacity;
    int width;  /* cells of a line */
    int indent; /* of them before the text: the label's, or, above the text, two */
    /* while it is made */
    struct text typed; /* folded; empty: nothing is looked for */
    enum help_sought sought;
    struct text heading; /* stands before the next entry; null: none */
    struct bits told;    /* commands that are in it */
    struct bits passed;  /* … and those that were looked at since the last chapter of this kind */
    struct buf name, whole;
};

#define HELP_LABEL_CELLS 24

/* For the place that is open, broken at the width of its layout. */
void help_make(const struct model *model, struct help *out);
void help_release(struct help *help);
/* Is what lies on top such lines? And what they are about; UTF-8, made safe. */
bool overlay_is_help(const struct model *model);
void help_title(const struct model *model, struct buf *out);

/* Inside of the box it stands in, cells wide; rows above the lines for what is typed; and how many lines
 * are in view. */
int help_cells(const struct layout *layout);
int help_search_rows(const struct model *model);
int help_rows(const struct model *model);

/* All that is to be known of a column: what it is and how it comes about, its unit, where it is from. */
void help_column(enum column column, struct buf *out);

#endif
