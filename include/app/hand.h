#ifndef MICROSCOPE_APP_HAND_H
#define MICROSCOPE_APP_HAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "catalog/compare.h"

struct model;

/* Handing over what is on the screen: for whom, what of it, into which file. The form is open while
 * PROMPT_HAND is, its file name is typed while PROMPT_HAND_FILE is. What is written is what the model
 * shows then: filter, order, columns, scenario, plan, comparison. */

enum hand_whom { HAND_BOSS, HAND_TEAM, HAND_TOOL, HAND_CHAT, HAND_WHOMS };
enum hand_what { HAND_LIST, HAND_PLAN, HAND_COMPARISON, HAND_WHATS };

struct hand_whom_row {
    const char *title, *about; /* "Your boss", "one page to read and print" */
    const char *ending;        /* of its files; NULL: it goes to the clipboard */
    const char *format;        /* an exporter's name */
    const char *opens;         /* what shows such a file */
    bool document;             /* it has room for what it rests on */
};
extern const struct hand_whom_row hand_whoms[HAND_WHOMS];

/* Lines of the form that the cursor stands on: those for whom, then the switches. */
enum hand_line { HAND_ASSUMPTIONS = HAND_WHOMS, HAND_ESTIMATES, HAND_NOTES, HAND_LINES };

struct hand {
    enum hand_what what;
    enum hand_whom whom;     /* the line under the cursor, or the one chosen before the switches */
    enum hand_whom document; /* the last of those that have room for what it rests on */
    int cursor;              /* enum hand_whom or enum hand_line */
    bool quiet_assumptions, quiet_estimates; /* switched off */
    bool notes;                              /* switched on: of a list */
    struct buf folder;                       /* where files are proposed: "~/Downloads/" */
    struct buf path;
    bool named;   /* by the user */
    bool asks;    /* there is such a file: is it to be replaced? */
    bool awaited; /* it was told to save, and no key was pressed since */
    bool saved;   /* the box that says so is in view, until the next key */
    struct buf what_saved, path_saved;
};
void hand_release(struct hand *hand);
/* What opens the file that was saved. */
const char *hand_opens(const struct hand *hand);

/* Is there any of it? And how many creators, how many of them with an estimated fee. */
bool hand_can(const struct model *model, enum hand_what what);
size_t hand_count(const struct model *model, enum hand_what what);
size_t hand_estimated(const struct model *model, enum hand_what what);
size_t hand_noted(const struct model *model); /* of the list: how many have a note */
/* What is on the screen. */
enum hand_what hand_here(const struct model *model);
/* "the plan, 6 creators"; short: "plan", "list of 96". */
void hand_say(const struct model *model, enum hand_what what, bool brief, struct buf *out);

/* The rows of the comparison as it is on the screen, or would be; returns how many. `rows` holds
 * COMPARE_MOST; *reference is an index or COMPARE_NONE. */
int hand_compared(const struct model *model, uint32_t *rows, int *reference, int *focus);

#endif
