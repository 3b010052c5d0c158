#ifndef MICROSCOPE_APP_FOOTER_H
#define MICROSCOPE_APP_FOOTER_H

#include "app/command.h"

struct message;
struct model;

/* The last line: the keys that matter here and now, as many as there is room for, the most useful first;
 * then, at the right end, the way to help and menu, at every width. For painting and for the mouse. */

struct footer_key {
    const struct command *command;
    char key[24];   /* "Up Down" */
    char label[48]; /* "compare 3" */
    int at, width;  /* cells; a blank between key and label */
};
#define FOOTER_MOST 20
/* Those that fit, from left to right; returns how many. */
int footer_make(const struct model *model, struct footer_key out[FOOTER_MOST]);
/* Does what its key does. The second half of a double click only what the first did: the line may be
 * another by then. */
void footer_click(struct model *model, const struct message *message, struct effects *effects);

#endif
