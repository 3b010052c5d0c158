#ifndef MICROSCOPE_APP_FIRST_H
#define MICROSCOPE_APP_FIRST_H

#include <stdbool.h>
#include <stddef.h>

#include "app/area.h"
#include "base/arena.h"
#include "base/text.h"

struct model;

/* What stands in the place of a list while the store has no creators: a menu of what one can begin with.
 * The lists that lie on this computer are asked of the runtime (EFFECT_LISTS), again and again while the
 * menu is open, so that one that has just been saved comes to stand in it. */

enum list_rows {
    LIST_ROWS_COUNTING, /* nobody knows yet */
    LIST_ROWS_KNOWN,
    LIST_ROWS_UNKNOWN, /* too large to be counted, or of a shape that takes an import to count */
    LIST_ROWS_BOOK     /* a spreadsheet: it has to be saved as CSV first */
};

/* A file that was found. */
struct list_found {
    struct text path;   /* as it would be typed: "~/Downloads/creators.csv" */
    struct text name;   /* its last part */
    struct text folder; /* "~/Downloads", "here" */
    double at;          /* when it was written last, seconds since 1970 */
    enum list_rows state;
    double rows; /* where they are known: without the heading */
};

#define FIRST_FOUND_MOST 12 /* the newest */

struct first_place {
    bool asks;       /* the runtime was asked, by the clock of ticks at … */
    double asked_at; /* … */
    bool told;       /* they were looked for: none is none */
    struct arena arena;
    struct list_found found[FIRST_FOUND_MOST]; /* newest first */
    size_t count;
    size_t cursor; /* in the choices: the sample, those found, another file, help, quit */
};
void first_release(struct first_place *first);

enum first_choice { FIRST_SAMPLE, FIRST_FILE, FIRST_OTHER, FIRST_HELP, FIRST_QUIT };

/* The lines of the menu from the first in view, as many as there is room for: texts of our own, cut where
 * they are too long. */
enum first_kind {
    FIRST_BLANK,
    FIRST_TITLE,  /* the question */
    FIRST_TEXT,   /* says something: `label` before it where it has one */
    FIRST_KEYS,   /* likewise, with keys between ` */
    FIRST_CHOICE, /* can be chosen */
    FIRST_HEADING /* stands above those that can */
};
struct first_line {
    enum first_kind kind;
    enum first_choice choice;
    size_t place;      /* of the choice: where the cursor is when it stands on this line */
    const char *label; /* left; "": none */
    const char *text;  /* FIRST_FILE: see `place` - 1 of those found */
};
#define FIRST_LINES_MOST (FIRST_FOUND_MOST + 24)
size_t first_lines(const struct model *model, struct first_line out[FIRST_LINES_MOST]);

/* Where the lines stand: as many rows as first_lines() gives, and the cells of labels and of texts in
 * them. */
struct first_layout {
    struct area area;
    int label, text; /* columns of the screen; equal where there is no room for both */
};
struct first_layout first_layout(const struct model *model);

#endif
