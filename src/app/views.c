#include "app_internal.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

/* What the list showed in this session, one after the other: undo and < > walk there. */

bool query_asks_same(const struct query *a, const struct query *b)
{
    if (a->order_count != b->order_count || !filter_equal(&a->filter, &b->filter))
        return false;
    for (size_t i = 0; i < a->order_count; i++)
        if (a->orders[i].column != b->orders[i].column ||
            a->orders[i].descending != b->orders[i].descending)
            return false;
    return true;
}

bool shown_equal(const struct shown *a, const struct shown *b)
{
    return query_asks_same(&a->query, &b->query) && chosen_equal(&a->chosen, &b->chosen);
}

void views_release(struct views *views)
{
    if (!views)
        return;
    for (size_t i = 0; i < views->count; i++)
        query_release(&views->items[i].shown.query);
    free(views->items);
    *views = (struct views){0};
}

static void copy_shown(struct shown *to, const struct shown *from)
{
    query_copy(&to->query, &from->query);
    to->chosen = from->chosen;
    memcpy(to->named, from->named, sizeof to->named);
}

void views_push(struct views *views, const struct shown *shown)
{
    struct view view = {.before = VIEW_NONE, .after = VIEW_NONE};
    query_init(&view.shown.query);
    copy_shown(&view.shown, shown);
    if (views->count > 0) {
        view.before = views->at;
        views->items[views->at].after = views->count;
    }
    VEC_PUSH(views, view);
    views->at = views->count - 1;
}

/* As it is on the screen; its query is borrowed. */
static struct shown shown_now(const struct model *model)
{
    struct shown shown = {.query = model->query, .chosen = model->chosen};
    memcpy(shown.named, model->named, sizeof shown.named);
    return shown;
}

void views_begin(struct model *model)
{
    struct shown now = shown_now(model);
    views_release(&model->views);
    views_push(&model->views, &now);
}

static void note_view_step(struct model *model, size_t before, const char *label)
{
    struct step step = {.kind = STEP_VIEW, .view_before = before, .view_after = model->views.at};
    step_label(&step, text_of(label));
    undo_push(&model->undo, &step);
}

/* A term that stands there already says nothing new. */
static void drop_repeats(struct filter *filter)
{
    for (size_t i = filter->count; i-- > 1;) {
        struct buf term = BUF_INIT;
        bool repeated = false;
        filter_print_term(&filter->items[i], &term);
        for (size_t k = 0; k < i && !repeated; k++) {
            struct buf earlier = BUF_INIT;
            filter_print_term(&filter->items[k], &earlier);
            repeated = text_equal(buf_text(&term), buf_text(&earlier));
            buf_release(&earlier);
        }
        buf_release(&term);
        if (repeated)
            filter_remove(filter, i);
    }
}

/* Is the newest step this one, still going on? */
static bool goes_on(const struct model *model, const char *label)
{
    const struct step *step = undo_next(&model->undo);
    return step && !redo_next(&model->undo) && step->kind == STEP_VIEW &&
           step->view_after == model->views.at && strcmp(step->label, label) == 0;
}

static bool push_view(struct model *model, struct text label, bool joins)
{
    struct views *views = &model->views;
    struct shown now = shown_now(model);
    struct step cut = {.kind = STEP_VIEW};
    step_label(&cut, label);
    if (joins && goes_on(model, cut.label)) {
        copy_shown(&views->items[views->at].shown, &now);
        return true;
    }
    size_t before = views->at;
    if (shown_equal(&now, &views->items[before].shown) &&
        strcmp(now.named, views->items[before].shown.named) == 0)
        return false;
    views_push(views, &now);
    note_view_step(model, before, cut.label);
    return true;
}

bool view_step(struct model *model, bool joins, const char *format, ...)
{
    va_list arguments;
    struct buf label = BUF_INIT;
    va_start(arguments, format);
    buf_addv(&label, format, arguments);
    va_end(arguments);
    bool pushed = push_view(model, buf_text(&label), joins);
    buf_release(&label);
    return pushed;
}

/* Where others are asked for and the cursor is not where the user put it, they are looked at from the
 * first on. */
static void begin_anew(struct model *model, const struct shown *before)
{
    if (!filter_equal(&model->query.filter, &before->query.filter) &&
        (model->chose_id == 0 || model->cursor_id != model->chose_id))
        model->from_top = true;
}

void view_changed(struct model *model, const char *format, ...)
{
    va_list arguments;
    struct buf label = BUF_INIT;
    drop_repeats(&model->query.filter);
    begin_anew(model, &model->views.items[model->views.at].shown);
    va_start(arguments, format);
    buf_addv(&label, format, arguments);
    va_end(arguments);
    if (!push_view(model, buf_text(&label), false))
        model_notice(model, "it is so already");
    buf_release(&label);
}

/* Back where the step began, there is no step. */
static void drop_view_step(struct model *model)
{
    struct step step = undo_pop(&model->undo);
    model->views.at = step.view_before;
    step_release(&step);
}

bool view_goes_on(struct model *model, const char *format, ...)
{
    struct views *views = &model->views;
    struct step *step = &model->undo.items[model->undo.done - 1];
    struct shown now;
    va_list arguments;
    struct buf label = BUF_INIT;
    drop_repeats(&model->query.filter);
    begin_anew(model, &views->items[views->at].shown);
    now = shown_now(model);
    copy_shown(&views->items[views->at].shown, &now);
    va_start(arguments, format);
    buf_addv(&label, format, arguments);
    va_end(arguments);
    step_label(step, buf_text(&label));
    buf_release(&label);
    bool stays = !shown_equal(&now, &views->items[step->view_before].shown);
    if (!stays)
        drop_view_step(model);
    return stays;
}

void view_show(struct model *model, size_t at)
{
    if (at >= model->views.count)
        return;
    const struct shown *shown = &model->views.items[at].shown;
    model->views.at = at;
    query_copy(&model->query, &shown->query);
    model->chosen = shown->chosen;
    memcpy(model->named, shown->named, sizeof model->named);
}

void view_walk(struct model *model, bool back)
{
    size_t from = model->views.at;
    const struct view *view = &model->views.items[from];
    size_t to = back ? view->before : view->after;
    if (to == VIEW_NONE) {
        model_notice(model, back ? "this is the first view" : "this is the latest view");
        return;
    }
    if (back)
        model->views.items[to].after = from;
    view_show(model, to);
    note_view_step(model, from, back ? "view back" : "view forward");
}
