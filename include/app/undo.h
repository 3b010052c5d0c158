#ifndef MICROSCOPE_APP_UNDO_H
#define MICROSCOPE_APP_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "catalog/query.h"
#include "domain/knob.h"

/* What the user did, so that it can be undone and done again. Steps on the user's own things: ticks,
 * the plan, knobs of the scenario; and view steps (filter, order). */
enum step_kind { STEP_TICK, STEP_PLAN, STEP_KNOBS, STEP_VIEW };

struct step_target {
    int64_t id; /* creator */
    double before, after;
};

struct step_targets {
    struct step_target *items;
    size_t count, capacity;
};

/* Many creators at once that had the same mark and get the same: by row of the catalogue. */
struct step_rows {
    struct bits rows;
    unsigned before, after;
};

struct step_sets {
    struct step_rows *items;
    size_t count, capacity;
};

struct step_knobs {
    struct knob_change *items;
    size_t count, capacity;
};

struct step {
    enum step_kind kind;
    char label[120];                /* "budget 10,000 > 8,000", "tick lenaskin" */
    struct step_targets targets;    /* one after the other */
    struct step_sets sets;          /* STEP_TICK, STEP_PLAN of more than one creator, instead */
    struct step_knobs knobs;        /* STEP_KNOBS */
    size_t view_before, view_after; /* STEP_VIEW: places in `views` */
};

struct undo {
    struct step *items;
    size_t count, capacity;
    size_t done; /* items[0 … done) are in force, the rest can be done again */
};

void undo_release(struct undo *undo);
void step_sets_release(struct step_sets *sets);
/* A new step in force; what could be done again is forgotten. Its targets are pushed onto it. */
struct step *undo_push(struct undo *undo, enum step_kind kind);
/* What `u` and `U` would take, or NULL. */
const struct step *undo_next(const struct undo *undo);
const struct step *redo_next(const struct undo *undo);

/* The views of this session and which is on screen. None is forgotten, so that undo can name them by
 * their place; each knows the one it was made from, and the one last gone to from it. */
#define VIEW_NONE SIZE_MAX
struct view {
    struct query query;
    size_t before, after; /* places of views, or VIEW_NONE */
};
struct views {
    struct view *items;
    size_t count, capacity, at;
};
void views_release(struct views *views);
/* A copy of `query` becomes the view after the present one. */
void views_push(struct views *views, const struct query *query);

#endif
