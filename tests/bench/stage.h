#ifndef TESTS_BENCH_STAGE_H
#define TESTS_BENCH_STAGE_H

#include "app/model.h"
#include "bench.h"
#include "ui/canvas.h"

/* The explorer over a store without its terminal: messages in, frames on a canvas. */

#define STAGE_COLUMNS 120
#define STAGE_ROWS 40

struct stage {
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct canvas canvas;
};

/* Loads it all, as the program does at its start. */
void stage_open(struct stage *stage, const char *store);
void stage_close(struct stage *stage);

/* A message and its frame; where the answer takes steps, the frame that has all of it: milliseconds. */
double stage_send(struct stage *stage, const struct message *message);
double stage_key(struct stage *stage, uint32_t key);
/* The same, and how long a further key would have waited at most while it went on: the longest piece
 * after the first, with a frame. */
double stage_pieces(struct stage *stage, uint32_t key, double *longest);
/* A key a character; the last one's time. */
double stage_type(struct stage *stage, const char *ascii);

/* Keys to a place as letters: t Tab, d and u Down and Up, l and r Left and Right. */
#define WAY_MOST 256
struct way {
    char keys[WAY_MOST];
};

/* Puts the focus on a pane; the keys it took are added to `way` (NULL: unwanted). So below. */
void stage_focus(struct stage *stage, enum focus wanted, struct way *way);
/* Puts the focus on the filter pane and its cursor on the first value of a group that nobody chose. */
void stage_facet(struct stage *stage, enum column column, struct way *way);
/* The same, on the histogram of a figure. */
void stage_histogram(struct stage *stage, enum column column, struct way *way);
size_t stage_histogram_here(const struct stage *stage); /* its number in the result */
/* Puts the focus on the list and the cell cursor on a column of it; false where it is not shown. */
bool stage_cell(struct stage *stage, enum column column, struct way *way);

/* `:set KEY VALUE`: the time of the key that took longest. */
double stage_set(struct stage *stage, const char *key, const char *value);

#endif
