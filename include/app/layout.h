#ifndef MICROSCOPE_APP_LAYOUT_H
#define MICROSCOPE_APP_LAYOUT_H

#include <stdbool.h>

#include "app/area.h"

/* Where things stand on a screen of this size. Widths from 150: filters, list, detail; 100-149:
 * filters, list, strip of four lines; 60-99: list and strip (strip from 20 rows); below 60: list;
 * below 60 columns and 16 rows: only handle, ER and ROI; under 24x6 one line. Classes change with two
 * columns of hysteresis. */
enum layout_class {
    LAYOUT_TOO_SMALL,
    LAYOUT_TINY,   /* list of three columns */
    LAYOUT_NARROW, /* list */
    LAYOUT_SMALL,  /* list and strip */
    LAYOUT_MIDDLE, /* filters, list, strip */
    LAYOUT_WIDE    /* filters, list, detail */
};

#define LAYOUT_LEAST_COLUMNS 24
#define LAYOUT_LEAST_ROWS 6

/* Borders between panes that stand side by side: right of the filters, left of the detail. */
enum border { BORDER_NONE, BORDER_FILTERS, BORDER_DETAIL };

/* Cells that the user gave to the panes beside the list by moving its borders; 0: as it is by itself. The
 * list keeps what its name, ER and ROI take. */
struct splits {
    int filters, detail;
};

/* Areas of zero size are not shown. */
struct layout {
    enum layout_class class;
    int columns, rows;
    struct area bar;     /* the map, row 0 */
    struct area chips;   /* filter line or title, row 1 */
    struct area body;    /* everything between chips and status */
    struct area filters; /* without the rule right of it */
    struct area list;    /* its first row is the heading */
    struct area strip;   /* its first row is the rule with the name */
    struct area detail;  /* without the rule left of it */
    struct area told;    /* above the status line, where something is told for a while */
    struct area status;
    struct area keys;
};

/* `filters` asks for the filter pane where the class has no room for it: it takes its place from the
 * list. `told` rows are wanted above the status line; the body keeps some. `before` (may be NULL) gives the
 * class that hysteresis holds on to. `splits` (may be NULL) count where there is room for them. */
struct layout layout_make(int columns, int rows, bool filters, int told,
                          const struct splits *splits, const struct layout *before);

/* What puts a border into this column of the screen; elsewhere it stays as it was. */
void layout_split(const struct layout *layout, enum border border, int column,
                  struct splits *splits);

#endif
