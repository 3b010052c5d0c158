#ifndef MICROSCOPE_APP_CHOSEN_H
#define MICROSCOPE_APP_CHOSEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/text.h"
#include "domain/column.h"

/* The columns of the list as a user wants them, beside the handle, which leads every list and stays in
 * view. As text: keys in their order, a blank between; "niche:24" is so many cells wide, "|" stands
 * after the last that stays beside the handle while the rest is scrolled; "handle:20" gives the handle's
 * own width; "standard" is a list nobody has changed. */

#define LIST_CHOSEN_MOST 64
/* Among the columns that are chosen: the trend, which is none of the registry. */
#define LIST_CHOSEN_TREND COLUMN_COUNT

#define CHOSEN_WIDTH_LEAST 3 /* cells */
#define CHOSEN_WIDTH_MOST 60
#define CHOSEN_NAME_LEAST 8 /* of the handle */

struct chosen {
    bool standard; /* then nothing else counts */
    enum column items[LIST_CHOSEN_MOST];
    uint8_t widths[LIST_CHOSEN_MOST]; /* cells; 0: by what it shows */
    size_t count;
    size_t frozen; /* the first so many stay in view */
    uint8_t name_width;
};

bool chosen_equal(const struct chosen *a, const struct chosen *b);
/* Place of the column, or `count`. */
size_t chosen_find(const struct chosen *chosen, enum column column);
/* False: there is room for no more. */
bool chosen_add(struct chosen *chosen, enum column column);
void chosen_remove(struct chosen *chosen, size_t at);
/* One place to the left or right; false: it is at that end. */
bool chosen_move(struct chosen *chosen, size_t at, int by);

const char *chosen_key(enum column column);   /* "trend", or of the registry */
const char *chosen_title(enum column column); /* "Trend", or of the registry */

void chosen_print(const struct chosen *chosen, struct buf *out);
/* On failure `chosen` is as it was and err.column is the place in `text` (1-based, bytes). */
bool chosen_parse(struct text text, struct chosen *chosen, struct err *err);

#endif
