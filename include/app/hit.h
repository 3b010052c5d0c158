#ifndef MICROSCOPE_APP_HIT_H
#define MICROSCOPE_APP_HIT_H

#include <stdint.h>

/* What lies under a cell of the screen. The pane that draws it says so, and a click brings it along: where
 * things stand is worked out once. */
enum hit_kind {
    HIT_NONE,
    HIT_CHIP,    /* the x of a chip: index of the filter's term */
    HIT_CHOICE,  /* of a list to choose from: index of picker.items */
    HIT_FIGURE,  /* of the detail: as model.detail.cursor */
    HIT_CREATOR, /* who is compared: index */
    HIT_ROW,     /* of the comparison: index in compare_lines, its title */
    HIT_CELL,    /* of the comparison: COMPARE_MOST times that, and who */
    HIT_BORDER,  /* between panes: enum border */
    HIT_PLAN,    /* of plans side by side: which, its name */
    HIT_PLAN_ROW /* … and index of a row of theirs */
};
struct hit {
    uint8_t kind; /* enum hit_kind */
    uint32_t index;
};

#endif
