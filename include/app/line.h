#ifndef MICROSCOPE_APP_LINE_H
#define MICROSCOPE_APP_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* A line of text being typed. The caret stands before the byte `caret`, always on a grapheme. */
struct line {
    struct buf text;
    size_t caret;
};

void line_release(struct line *line);
void line_set(struct line *line, struct text text);    /* caret at the end */
void line_insert(struct line *line, struct text text); /* controls become blanks */
/* Letters, Backspace, Delete, arrows, Home, End, Ctrl-A E K U W. False: not a key of a line editor,
 * nothing happened. */
bool line_key(struct line *line, uint32_t key);

#endif
