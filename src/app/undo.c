#include "app/undo.h"

#include <stdlib.h>

#include "base/vec.h"

void step_sets_release(struct step_sets *sets)
{
    if (!sets)
        return;
    for (size_t i = 0; i < sets->count; i++)
        bits_release(&sets->items[i].rows);
    free(sets->items);
    *sets = (struct step_sets){0};
}

static void step_release(struct step *step)
{
    free(step->targets.items);
    free(step->knobs.items);
    step_sets_release(&step->sets);
}

static void undo_forget(struct undo *undo, size_t from)
{
    for (size_t i = from; i < undo->count; i++)
        step_release(&undo->items[i]);
    undo->count = from;
}

void undo_release(struct undo *undo)
{
    if (!undo)
        return;
    undo_forget(undo, 0);
    free(undo->items);
    *undo = (struct undo){0};
}

struct step *undo_push(struct undo *undo, enum step_kind kind)
{
    undo_forget(undo, undo->done);
    VEC_PUSH(undo, ((struct step){.kind = kind}));
    undo->done = undo->count;
    return &undo->items[undo->count - 1];
}

const struct step *undo_next(const struct undo *undo)
{
    return undo->done > 0 ? &undo->items[undo->done - 1] : NULL;
}

const struct step *redo_next(const struct undo *undo)
{
    return undo->done < undo->count ? &undo->items[undo->done] : NULL;
}

void views_release(struct views *views)
{
    if (!views)
        return;
    for (size_t i = 0; i < views->count; i++)
        query_release(&views->items[i].query);
    free(views->items);
    *views = (struct views){0};
}

void views_push(struct views *views, const struct query *query)
{
    struct view view = {.before = VIEW_NONE, .after = VIEW_NONE};
    query_init(&view.query);
    query_copy(&view.query, query);
    if (views->count > 0) {
        view.before = views->at;
        views->items[views->at].after = views->count;
    }
    VEC_PUSH(views, view);
    views->at = views->count - 1;
}
