#ifndef MICROSCOPE_APP_STEP_INTERNAL_H
#define MICROSCOPE_APP_STEP_INTERNAL_H

#include "app_internal.h"
#include "domain/planned.h"

/* The texts of steps: how it was, how it is. Lines of
 *   tick       1 @12 instagram ada.skin           the mark, then whom: id, platform, key
 *              1 #5+4,3,1+2                       or many, by id: 5 to 9, 12, 13 to 15 (from the last one on)
 *   plan       3,instagram:story,45000 @12 …      deliverables, format, fee in minor units; "3,," leaves both
 *   note       =asks%20for%20gifts @12 …          blanks, % and ends of lines by their code; "=" is none
 *   knob       aov 89.5                           "aov" alone: the default
 *   tiers      later
 *   weights    er 3,roi 5
 *   view       lines: its name, or empty; its place; what it says
 *   scenario   lines: the one in use; the one it is about, or empty; its place; all that it says, or nothing
 * They name creators by platform and key, so that they hold after a new import; many by id. */

#define STEP_NAMED 64 /* creators beyond this many are kept by id */

/* Who a line is about. */
struct step_line {
    struct text head; /* what stands before whom */
    uint32_t row;     /* where it is one, CATALOG_NONE: gone */
    bool many;
    struct bits rows; /* where they are many: those that are there */
    size_t gone;      /* how many are not */
};
void step_add_row(struct buf *out, const struct catalog *catalog, const char *head, uint32_t row);
void step_add_rows(struct buf *out, const struct catalog *catalog, const char *head,
                   const struct bits *rows);
/* Takes a line off *rest; lines that cannot be read are passed over. False: there was none. The caller
 * releases line->rows. */
bool step_next_line(struct text *rest, const struct catalog *catalog, struct step_line *line);

void step_head_note(struct buf *out, struct text note);
void step_read_note(struct text head, struct buf *out);
void step_head_planned(struct buf *out, const struct planned *planned);
struct planned step_planned(struct text head);

/* step.c: brings the model from one text of a step to the other, and says what the store has to hear. */
struct applying {
    struct model *model;
    struct effects *effects; /* NULL: nothing is said */
    const struct step *step;
    bool change; /* false: the model is so already */
    size_t gone; /* creators that are no longer there */
};
void step_apply(struct applying *applying, bool forward);
/* scenarios.c */
void apply_scenario(struct applying *it, struct text from, struct text to);
/* named_own.c */
void apply_named(struct applying *it, struct text from, struct text to);
/* The row of the step itself. */
void step_tell(const struct step *step, struct effects *effects);

/* own.c: what goes from one value to another as a step that is not in the chain yet. False: nothing
 * changes, there is none; else the caller owns it. */
bool step_make_planned(const struct model *model, struct text label,
                       const struct plan_change *changes, size_t count, struct step *step);
bool step_make_knobs(const struct model *model, struct text label,
                     const struct knob_change *changes, size_t count, struct step *step);

/* How a step comes into the chain. */
struct manner {
    int64_t token; /* the store has a row of it already; 0: it has none */
    bool later;    /* the store hears of it when it has settled */
    bool joins;    /* it goes on with the newest step, which is about the same figure */
};
/* Into the chain and, where the model is not so already, into force. */
void own_push(struct model *model, struct effects *effects, struct step *take_step,
              const struct manner *manner);
/* The store shall have a step that is not in the chain, and what it changed. */
void own_tell(struct model *model, struct effects *effects, const struct step *step);
/* The store shall forget a step that is not in the chain, and have things as they were before it. */
void own_take_back(struct model *model, struct effects *effects, const struct step *step);

#endif
