#ifndef MICROSCOPE_UI_ROLE_H
#define MICROSCOPE_UI_ROLE_H

#include <stdbool.h>

#include "base/text.h"

/* What a cell means. Themes give each role its looks; panes know roles only. */
enum role {
    ROLE_TEXT,    /* figures, names, the background */
    ROLE_DIM,     /* labels, unknown, stale values */
    ROLE_TITLE,   /* titles, totals */
    ROLE_BORDER,  /* rules, what an overlay covers */
    ROLE_BAR,     /* top and bottom bar */
    ROLE_KEY,     /* names of keys */
    ROLE_TAB,     /* open tab, focused column */
    ROLE_CURSOR,  /* row of the cursor, focused */
    ROLE_AWAY,    /* the same, not focused */
    ROLE_CELL,    /* cell cursor */
    ROLE_CHIP,    /* filter chip */
    ROLE_FIELD,   /* input */
    ROLE_MATCH,   /* search hit */
    ROLE_TICK,    /* ticked */
    ROLE_STAR,    /* in the plan */
    ROLE_GOOD,    /* gain, best */
    ROLE_BAD,     /* loss, over */
    ROLE_WARN,    /* assumed, stale age, few */
    ROLE_EST,     /* estimated */
    ROLE_OWN,     /* what-if */
    ROLE_CHANGED, /* just moved */
    ROLE_GRAPH,   /* bars */
    ROLE_GRAPH2,  /* second series, channel */
    ROLE_ALERT,   /* must act */
    ROLE_COUNT
};

struct role_row {
    const char *name; /* in theme files: "good" */
    char letter;      /* in role grids of tests: 'g' */
    bool has_surface; /* paints a background of its own */
    bool calls_out;   /* and on it only its own text colour was chosen to be read */
    const char *help;
};
extern const struct role_row roles[ROLE_COUNT];

bool role_find(struct text name, enum role *role);

#endif
