#ifndef MICROSCOPE_APP_CALM_H
#define MICROSCOPE_APP_CALM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/column.h"

struct model;

/* Figures that others write come at once, but nothing moves under the cursor: rows keep place and
 * membership until the user asks for something, and of what changed in view a few cells are marked for a
 * moment. */

#define CALM_MARKS 12
#define CALM_SECONDS 3.0 /* a mark stands */

struct calm_mark {
    int64_t id;
    enum column column;
    bool up;
    double until;
};

/* A figure in view as it was. */
struct calm_cell {
    int64_t id;
    enum column column;
    double value;
};

struct calm {
    bool held;      /* the user wants nothing new for now: the runtime leaves it in the store */
    bool standing;  /* the result stands as it was made, whatever is written */
    uint64_t stamp; /* of what the result rests on, before the message that is being handled */
    double at; /* when figures came last, seconds of the local day; NaN: none since the start */
    double seconds;      /* as the clock of the messages said last */
    size_t gone;         /* shown, and would not be any more; who would come is model->pending */
    uint64_t counted_at; /* revision of the catalogue when these two were counted */
    struct calm_mark marks[CALM_MARKS];
    size_t mark_count;
    struct calm_cells {
        struct calm_cell *items;
        size_t count, capacity;
    } before; /* what stands in view, before it changes */
};

/* Creators that have another id now. */
struct calm_renumbered {
    int64_t from, to;
};

void calm_init(struct calm *calm);
void calm_release(struct calm *calm);

/* Has the figure of this creator just moved? 1 up, -1 down, 0 no. */
int calm_moved(const struct model *model, int64_t id, enum column column);
/* When the next mark goes, on the clock of the messages; INFINITY: there are none. */
double calm_deadline(const struct model *model);

/* Do rows in view read as if they stood in another order than the list's? r sorts them again. */
bool calm_disordered(const struct model *model);

#endif
