#ifndef MICROSCOPE_APP_UNDO_H
#define MICROSCOPE_APP_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/chosen.h"
#include "base/buf.h"
#include "base/text.h"
#include "catalog/query.h"
#include "domain/scenario.h"

/* What the user did, so that it can be undone and done again: one chain for ticks, plan, notes, assumptions,
 * plans as a whole, tiers and views by name, which the store keeps, and for view steps (filter, order, columns), which end
 * with the session. It holds the latest UNDO_MOST steps, and of them no more than UNDO_BYTES_MOST of text;
 * what is older is forgotten. A step is two texts, how it was and how it is; what they say is written
 * and read by own.c and its neighbours. */
#define UNDO_MOST 1000
#define UNDO_BYTES_MOST ((size_t)64 << 20)

enum step_kind {
    STEP_TICK,
    STEP_PLAN,
    STEP_NOTE,
    STEP_KNOBS,
    STEP_SCENARIO,
    STEP_TIERS,
    STEP_WEIGHTS,
    STEP_SAVED,
    STEP_VIEW,
    STEP_KINDS
};
extern const char *const step_words[STEP_KINDS]; /* in the store; NULL: is not kept there */

struct step {
    enum step_kind kind;
    char label[120];   /* "budget 10,000 > 8,000", "tick lenaskin" */
    char scenario[64]; /* STEP_PLAN, STEP_KNOBS: of which */
    struct buf old, new;
    size_t view_before, view_after; /* STEP_VIEW: places in `views` */
    bool joined; /* one with the step before it: undone and done again together */
    /* Its name between model and store: the number of its row where it was read from there, below 0
     * where it was made since; 0: the store never hears of it. */
    int64_t token;
    bool untold; /* the store is still to hear of it */
};

struct undo {
    struct step *items;
    size_t count, capacity;
    size_t done;    /* items[0 … done) are in force, the rest can be done again */
    size_t bytes;   /* of their texts */
    int64_t tokens; /* given out */
    struct tokens {
        int64_t *items;
        size_t count, capacity;
    } gone; /* of steps that were forgotten: the store is still to hear of it */
};

void step_release(struct step *step);
void undo_release(struct undo *undo);
/* A new step in force, with a token where it has none and the store keeps its kind. What could be done
 * again is forgotten, and the oldest that there is no room for. */
void undo_push(struct undo *undo, struct step *take_step);
/* Takes the newest step, which is in force, out of the chain; the caller releases it. */
struct step undo_pop(struct undo *undo);
int64_t undo_token(struct undo *undo); /* a new one */
/* A step as the store has it, in the order of their numbers; those that are undone come after those
 * in force. False: of a kind that is not known here. */
bool undo_restore(struct undo *undo, int64_t seq, struct text label, struct text target,
                  struct text old, struct text new, bool undone);
/* How a step is called in the store: "plan summer" is of the plan of the scenario "summer". */
void step_target(const struct step *step, struct buf *out);
/* What `u` and `U` would take, or NULL. */
const struct step *undo_next(const struct undo *undo);
const struct step *redo_next(const struct undo *undo);

/* What the list shows: who, in which order, with which columns; and the named view it was made from. */
#define VIEW_NAME_MOST SCENARIO_NAME_MOST /* bytes */
struct shown {
    struct query query;
    struct chosen chosen;
    char named[VIEW_NAME_MOST + 1]; /* empty: none */
};
bool shown_equal(const struct shown *a, const struct shown *b); /* but for the name */

/* The views of this session and which is on screen. None is forgotten, so that undo can name them by
 * their place; each knows the one it was made from, and the one last gone to from it. */
#define VIEW_NONE SIZE_MAX
struct view {
    struct shown shown;
    size_t before, after; /* places of views, or VIEW_NONE */
};
struct views {
    struct view *items;
    size_t count, capacity, at;
};
void views_release(struct views *views);
/* A copy of `shown` becomes the view after the present one. */
void views_push(struct views *views, const struct shown *shown);

#endif
