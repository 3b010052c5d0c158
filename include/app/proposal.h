#ifndef MICROSCOPE_APP_PROPOSAL_H
#define MICROSCOPE_APP_PROPOSAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/scroll.h"
#include "base/buf.h"
#include "catalog/fill.h"

struct model;

/* "Fill the budget": a form of what is wanted, the proposal that answers it, and what that would change
 * of the plan. Every key that makes sense in the form begins a new search; long ones go on between
 * frames and what they found so far is shown. Enter takes it as one step, Esc leaves all as it was. */

enum proposal_part {
    PROPOSAL_BUDGET,
    PROPOSAL_MOST,      /* posts of each */
    PROPOSAL_KEEP,      /* a yes or no, as the next */
    PROPOSAL_ESTIMATED, /* creators whose fee is an estimate */
    PROPOSAL_RULE,      /* `index` of the wish's; the one beyond them is still to be typed */
    PROPOSAL_CHANGE,    /* `index` of the report's changes */
    PROPOSAL_LEFT_OUT   /* a creator that was struck from the proposal */
};
struct proposal_line {
    enum proposal_part part;
    size_t index;
    uint32_t row; /* of a change, and of who is left out */
};

struct proposal {
    bool wished; /* there is a wish: it stays for the session */
    struct fill_wish wish;
    struct fill_wish before; /* how it was when the form was opened: Esc brings it back */
    uint64_t asked;          /* moves with the wish */
    struct fill *fill;
    const struct fill_report *report;  /* of it; NULL: nothing was begun */
    uint64_t asked_stamp, facts_stamp; /* of what it was begun with */
    bool running, long_search;         /* it goes on; it took longer than a frame */
    bool behind;                       /* others wrote since it was begun: it is of what was then */
    struct {
        struct proposal_line *items;
        size_t count, capacity;
    } lines;
    size_t form;                /* of these stand in the form, the others change something */
    size_t cursor;              /* in lines */
    struct scroll shown_form;   /* of the form's lines */
    struct scroll shown_change; /* of the others */
};
void proposal_release(struct proposal *proposal);

/* "Spend up to EUR", "Another rule". */
void proposal_title(const struct model *model, const struct proposal_line *line, struct buf *out);
/* What stands in a line of the form that is not being typed. */
void proposal_value(const struct model *model, const struct proposal_line *line, struct buf *out);
/* What it comes to, beside it: "735 more to choose from: no fee of theirs is known"; mostly nothing. */
void proposal_means(const struct model *model, const struct proposal_line *line, bool brief,
                    struct buf *out);
/* What the line is for; of a rule that is understood, how. */
void proposal_help(const struct model *model, const struct proposal_line *line, struct buf *out);
bool proposal_is_text(enum proposal_part part); /* typed into model->line while it has the cursor */
/* How good it is: "proven best", "at most 0.3% below the best there can be", or why there is none. */
void proposal_judge(const struct model *model, struct buf *out);
/* What is left of the money and why: "7 left: the next post that gains costs 87". */
void proposal_left(const struct model *model, struct buf *out);
/* Whom it chooses from: "318 shown and the plan; 3 of unknown cost left out". */
void proposal_from(const struct model *model, bool brief, struct buf *out);

/* Rows of the box, for keys and painting alike. */
struct proposal_layout {
    bool beside; /* the changes stand right of the form, else below it */
    bool from;   /* one row says whom it chooses from */
    int columns, rows;
    int form, result, changes, foot; /* rows of each; a heading stands above changes */
};
struct proposal_layout proposal_layout(const struct model *model);

#endif
