#ifndef MICROSCOPE_APP_GOAL_PROMPT_H
#define MICROSCOPE_APP_GOAL_PROMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/number.h"
#include "domain/goal.h"

struct model;

/* The question "what would make it so?": a figure, what it shall be, and the inputs that bring it there,
 * one of which Enter makes so. */

struct goal_offer {
    enum goal_input input;
    double value;   /* that reaches the goal; INFINITY: none does */
    double present; /* NaN unknown */
};

struct goal_prompt {
    int64_t id; /* creator */
    enum column column;
    bool plan;      /* the total of the plan is meant instead */
    double present; /* the figure as it is */
    double value;   /* the goal; NaN: none is typed */
    struct goal_offer offers[GOAL_INPUTS];
    int count;
    enum goal_input chosen; /* by the user; the cursor is on it where it reaches the goal */
    int cursor;             /* in offers; -1: none of them reaches it */
};

/* "Fee", "Order value"; is it the whole scenario's, and so moves every creator? */
const char *goal_input_title(enum goal_input input);
bool goal_input_shared(enum goal_input input);
/* As one types it: "429", "2.80%", "89.50". */
void goal_input_show(struct buf *out, enum goal_input input, double value,
                     struct number_style style);

/* "ROI of @lenaskin", "Profit of the plan"; UTF-8, made safe. */
void goal_title(const struct model *model, struct buf *out);

#endif
