#ifndef MICROSCOPE_APP_FIELD_H
#define MICROSCOPE_APP_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "app/undo.h"
#include "base/buf.h"
#include "base/text.h"
#include "domain/column.h"
#include "domain/knob.h"
#include "domain/planned.h"

struct model;
struct effects;

/* One figure edited where it stands: an assumption (the budget too), or fee or posts of a creator. It
 * is typed into model->line as into a prompt (PROMPT_FIELD); each key that makes a value of it changes
 * scenario or catalogue at once, so that everything follows in the same frame. Where it makes none,
 * the figures are as they were before. Enter keeps it as one step of undo, Tab too and goes on to the
 * next, Esc puts it back. When the clock ticks, what stands there goes to the store as a step; it is
 * amended or taken back later. */

enum field_kind { FIELD_NONE, FIELD_KNOB, FIELD_FEE, FIELD_DELIVERABLES };

/* Which figure. */
struct field_figure {
    enum field_kind kind;
    char key[KNOB_KEY_MOST]; /* FIELD_KNOB */
    int64_t id;              /* else: creator */
};

struct field {
    enum field_kind kind; /* FIELD_NONE: none is open */
    char key[KNOB_KEY_MOST];
    int64_t id;
    struct planned before;       /* of the creator; how the knob was is in model->setting */
    double present;              /* what stood there as a number, for what is relative to it; NaN */
    bool moved;                  /* what is typed is in force */
    size_t fault;                /* byte of the line at which it went wrong */
    struct step told;            /* what the store has of it; token 0: nothing */
    bool telling;                /* it moved since */
    struct field_figure stepped; /* the figure that + and - moved last without opening it, … */
    int64_t stepped_token;       /* … and its step */
};
void field_release(struct field *field);

void field_open_knob(struct model *model, const char *key);
/* COL_FEE or COL_DELIVERABLES. */
void field_open_creator(struct model *model, uint32_t row, enum column column);
/* Is this being edited? Panes draw the line there, in ROLE_FIELD, with its caret. */
bool field_is_knob(const struct model *model, struct text key);
bool field_is_creator(const struct model *model, int64_t id, enum column column);
bool field_can(enum column column); /* is it typed in, rather than worked out? */
/* The figure under the cursor; false: it cannot be typed in. */
bool field_here(const struct model *model, struct field_figure *figure);

/* For the line of the prompt: "Fee of lenaskin, EUR" and "read as 450 EUR   was 480". */
void field_title(const struct model *model, struct buf *out);
void field_say(const struct model *model, struct buf *out);

#endif
