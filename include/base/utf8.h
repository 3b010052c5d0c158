#ifndef MICROSCOPE_BASE_UTF8_H
#define MICROSCOPE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/text.h"

/* UTF-8, cell width and graphemes. Width is environment: it comes in as a table. The runtime makes
 * one from wcwidth() because curses counts so; tests make one from utf8proc. */

struct width_table {
    int (*width)(uint32_t code_point); /* 0, 1 or 2 cells; -1: this terminal cannot show it */
};

/* One code point at the front of `text`; returns its bytes (1-4), 0 at the end. Broken bytes give
 * U+FFFD and 1. */
size_t utf8_decode(struct text text, uint32_t *code_point);
bool utf8_valid(struct text text);
/* Copies, each run of broken bytes becomes one U+FFFD. Nothing else changes. */
void utf8_repair(struct buf *out, struct text bytes);

/* THE function that makes text from outside safe to show. Appends valid UTF-8 in which C0, DEL,
 * C1, line and paragraph separators, and a mark with nothing below it have become U+FFFD; bidi
 * controls, zero-width, tag and other format characters (U+00AD, U+200B-F, U+202A-E, U+2060-9,
 * U+FEFF, U+E0000-7F …), variation selectors and skin tones are gone, and at most two combining
 * marks sit on a character. Newline (CR LF too) and tab become one blank.
 * Returns whether something other than a newline, tab, joiner, selector, skin tone or the tags of
 * a flag was replaced or dropped: the text may have meant to mislead. */
bool text_safe(struct buf *out, struct text text);

/* Cells that `text` takes once safe. */
size_t text_width(struct text text, const struct width_table *widths);

enum fit_side { FIT_LEFT, FIT_RIGHT }; /* text against the left or the right edge */
/* Makes text safe, cuts it at a grapheme to `cells`, and pads it with blanks to exactly `cells`.
 * Where something was cut the last cell is `cut` (a one-cell code point, '>' or U+00BB). What the
 * terminal cannot show becomes U+FFFD. Returns whether something was cut. */
bool text_fit(struct buf *out, struct text text, size_t cells, enum fit_side side, uint32_t cut,
              const struct width_table *widths);

/* For search and comparison: case and accents folded, compatibility forms undone: "José" and
 * "JOSE" both give "jose". ASCII costs a table look-up a byte. */
void utf8_fold(struct buf *out, struct text text);

/* For screens that have ASCII only: accents go, what has a plain form takes it ("José – Łódź" gives
 * "Jose - Lodz"), a mark goes with its letter, anything else is one '?'. ASCII stays as it is. */
void utf8_ascii(struct buf *out, struct text text);

/* Byte offset of the next or previous grapheme boundary from `at`; for line editing. */
size_t utf8_next(struct text text, size_t at);
size_t utf8_previous(struct text text, size_t at);

#endif
