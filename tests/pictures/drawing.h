#ifndef TESTS_PICTURES_DRAWING_H
#define TESTS_PICTURES_DRAWING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "support/pty.h"

/* A terminal as SVG: cells are drawn where they stand, whatever font shows the texts. */

#define CELL 8.4
#define LINE 17.0
#define BASE 12.8

/* What was asked for: NAME OUT.svg COLUMNSxROWS [KEY …] -- PROGRAM [ARGUMENT …]. Borrows the words. */
struct order {
    const char *out;
    int columns, rows;
    char **keys;
    int key_count;
    char **argv;
};
/* False where that is not what the words say; it is told then. */
bool order_read(struct order *order, int argc, char **argv);

/* A terminal of that size in which the program has begun. */
struct pty *order_open(const struct order *order);

/* KEY is a name (Enter, Esc, Space, Tab, Down …) or text that is typed as it is. */
bool key_is_named(const char *key);
void press(struct pty *pty, const char *key);

/* What lies behind everything. */
uint32_t ground_of(struct pty *pty);

/* Opens an SVG of so many cells. */
void draw_begin(struct buf *out, int columns, int rows, uint32_t ground);
void draw_row(struct pty *pty, struct buf *out, int columns, int row, uint32_t ground);
void draw_words(struct buf *out, int row, uint32_t colour, const char *words);
void draw_end(struct buf *out, const char *path);

#endif
