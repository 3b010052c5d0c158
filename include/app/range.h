#ifndef MICROSCOPE_APP_RANGE_H
#define MICROSCOPE_APP_RANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "app/layout.h"
#include "base/buf.h"
#include "catalog/filter.h"

/* The ranges of the filter pane: a histogram whose ends can be moved, from edge to edge. The range is a
 * term of the filter as any other (filter_range()). */

struct model;

struct ranges {
    bool high;   /* + and - move the high end, not the low one */
    size_t view; /* place of the view that they made and the next press goes on changing */
    enum column column;
};

/* Whether histogram `index` of the result has a range, and which; both ends open: none. */
bool range_of(const struct model *model, size_t index, struct filter_range *range);
/* "10k .. 50k", "up to 50k", "10k up". */
void range_say(struct filter_range range, struct buf *out);
/* Does the bucket reach into the range? */
bool range_holds(const struct model *model, size_t index, size_t bucket);
/* The cell of the first bar, from the left of the pane; each bucket has one. */
int range_bars(const struct model *model, size_t index);

#endif
