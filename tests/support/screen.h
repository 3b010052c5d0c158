#ifndef MICROSCOPE_TESTS_SCREEN_H
#define MICROSCOPE_TESTS_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "app/model.h"
#include "base/buf.h"
#include "base/err.h"
#include "ui/canvas.h"

/* The explorer without a terminal: creators from a file, keys from a script, the screen as text. What
 * it does is what the runtime does: messages in, effects answered, view() on a canvas. */

/* Mon 3 Aug 2026, noon: the day on which all screens are looked at. */
#define SCREEN_NOW 1785758400.0

extern const struct width_table screen_widths; /* by utf8proc */

#define SCREEN_FORM_LINES 40

struct screen {
    struct catalog catalog;
    struct sheet sheet;
    struct model model;
    struct canvas canvas;
    struct effects effects;  /* all since the start, or since screen_forget() */
    struct arena form_arena; /* of the form that a script describes */
    struct form_plan form;
    struct form_line form_lines[SCREEN_FORM_LINES];
    struct form_figures figures;
    struct form_problem problems[SCREEN_FORM_LINES];
    struct batch_told batches[SCREEN_FORM_LINES]; /* of the present script */
    size_t batch_count;
    struct list_found lists[FIRST_FOUND_MOST]; /* likewise */
    size_t list_count;
    size_t answered; /* of these, how many got their message */
};

/* `creators`: a list as people import it; NULL: an empty store. Aborts where it cannot be read. */
void screen_init(struct screen *screen, const char *creators, int columns, int rows);
void screen_release(struct screen *screen);
void screen_glyphs(struct screen *screen, const struct glyph_set *glyphs);

/* Update, and answers to what it asks for. */
void screen_send(struct screen *screen, const struct message *message);
void screen_key(struct screen *screen, uint32_t key);
void screen_type(struct screen *screen, const char *letters); /* a key a character */
void screen_mouse(struct screen *screen, enum mouse_kind kind, int column, int row);
void screen_resize(struct screen *screen, int columns, int rows);

/* Steps, a line each; blank lines and those after # say nothing:
 *
 *   f   Enter   Ctrl-D   F1          keys by name, as many as stand there
 *   text:beau                        the rest of the line, letter by letter
 *   paste:niche:beauty               the rest of the line at once
 *   click 10,5   double 10,5   wheel up   wheel down
 *   resize 80x24   glyphs ascii
 *   loading 20 of 66   loaded   read-only   later 30
 *   visit 7                          somebody was here 7 days ago, and much has changed since
 *   notice:… failed:…
 *   sample                           the store is the sample: the tour begins
 *   form … figures …                 a file to import: see screen_form_internal.h
 *
 * False, with the line, where a step is none of these. */
bool screen_run(struct screen *screen, struct text script, struct err *err);

/* Forgets the effects so far. */
void screen_forget(struct screen *screen);
/* Effects of a kind since then; the last one in *last (may be NULL). */
size_t screen_effects(const struct screen *screen, enum effect_kind kind, struct effect *last);

void screen_draw(struct screen *screen);
/* The cells, "====", the roles, "====", the surfaces; a line a row. Draws first. */
void screen_print(struct screen *screen, struct buf *out);
/* A row of the screen as text; draws nothing. Good until the next call with this buffer. */
const char *screen_row(const struct screen *screen, int row, struct buf *room);

#endif
