#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app_internal.h"
#include "base/mem.h"

/* What follows from the model, made anew after each message; what did not change is not remade. */

/* Does the creator under the cursor stay in the list? */
static bool cursor_stays(const struct model *model)
{
    uint32_t row =
        model->cursor_id ? catalog_find_id(model->catalog, model->cursor_id) : CATALOG_NONE;
    return row != CATALOG_NONE && query_passes(&model->query.filter, model->sheet, row);
}

/* Of `before`, the list as it was, the creator nearest to the cursor that is still there; below it
 * rather than above. Its place in the list as it is, or 0. */
static size_t nearest_survivor(const struct model *model, const struct rowset *before)
{
    size_t place = model->list.cursor;
    for (size_t away = 0; away < before->count; away++) {
        size_t below = place + away, above = place - away; /* above 0 it wraps beyond the count */
        if (below < before->count && model->result.state[before->rows[below]] == 0)
            return rowset_find(&model->result.rows, before->rows[below]);
        if (above < before->count && model->result.state[before->rows[above]] == 0)
            return rowset_find(&model->result.rows, before->rows[above]);
    }
    return 0;
}

/* Runs the query. The cursor stays on its creator and, if it was the user who changed something, on
 * its line of the screen; where the filter hides the creator, it goes to the nearest survivor. */
static void derive_rows(struct model *model)
{
    struct rowset *rows = &model->result.rows, before = {.count = rows->count};
    size_t line = model->list.cursor - model->list.top;
    bool stays = cursor_stays(model);
    if (!stays && model->moved && before.count > 0) {
        before.rows = mem_alloc(before.count * sizeof *before.rows);
        memcpy(before.rows, rows->rows, before.count * sizeof *before.rows);
    }
    query_run(&model->query, model->sheet, &model->result);
    size_t place = 0;
    if (model->moved && stays)
        place = rowset_find(rows, catalog_find_id(model->catalog, model->cursor_id));
    else if (before.rows)
        place = nearest_survivor(model, &before);
    list_go(model, place == ROWSET_NONE ? 0 : place);
    model->list.top = model->list.cursor > line ? model->list.cursor - line : 0;
    free(before.rows);
}

const enum column total_columns[TOTALS] = {COL_FEE, COL_ROI, COL_PROFIT};

/* A median sorts every row shown: once for the rows and figures it is made from, not once a frame. */
static void derive_totals(struct model *model)
{
    for (size_t i = 0; i < TOTALS; i++) {
        struct total *total = &model->totals[i];
        uint64_t figures = sheet_stamp(model->sheet, total_columns[i]);
        if (total->rows == model->result.stamp && total->figures == figures)
            continue;
        *total = (struct total){query_median(&model->result.rows, model->sheet, total_columns[i]),
                                model->result.stamp, figures};
    }
}

static void derive_list(struct model *model)
{
    if (!model->result.stamp || !query_current(&model->query, model->sheet, &model->result)) {
        struct facet_hold hold;
        facets_hold(model, &hold);
        derive_rows(model);
        facets_build(model);
        facets_return(model, &hold);
        if (model->prompt == PROMPT_FILTER)
            picker_build(model);
    }
    derive_totals(model);
    scroll_settle(&model->list, model->result.rows.count, (size_t)list_height(model));
    facets_settle(model);
    scroll_settle(&model->lift, model->query.filter.count, model->query.filter.count);
}

static void derive_layout(struct model *model)
{
    struct layout before = model->layout;
    model->layout = layout_make(before.columns, before.rows, model->filters_open, &before);
    if (model->zoomed && model->focus == FOCUS_LIST) {
        model->layout.list = model->layout.body;
        model->layout.filters = model->layout.detail = model->layout.strip = (struct area){0};
    }
    if (model->layout.list.columns == 0 && model->focus != FOCUS_FILTERS) {
        model->filters_open = false; /* they took the whole width, and the focus has left them */
        model->layout = layout_make(before.columns, before.rows, false, &before);
    }
    if (model->result.stamp && model->layout.filters.rows != model->facet_lines.rows) {
        struct facet_hold hold;
        facets_hold(model, &hold);
        facets_build(model);
        facets_return(model, &hold);
    }
    bool hidden = (model->focus == FOCUS_FILTERS && model->layout.filters.columns == 0) ||
                  (model->focus == FOCUS_DETAIL && model->layout.detail.columns == 0);
    if (hidden)
        model->focus = FOCUS_LIST;
}

static void derive_why(struct model *model)
{
    uint32_t row = catalog_find_id(model->catalog, model->why_id);
    if (row == CATALOG_NONE) {
        model->overlay = OVERLAY_NONE;
        return;
    }
    struct assumptions assumptions = sheet_assumptions(model->sheet);
    model->why_count = forecast_why(catalog_facts(model->catalog), &assumptions, row,
                                    model->why_column, model->why);
    scroll_settle(&model->overlay_scroll, (size_t)model->why_count, (size_t)model->why_count);
}

static void derive_help(struct model *model)
{
    struct help help;
    help_make(model, &help);
    size_t rows = (size_t)help_rows(&model->layout);
    size_t most = help.count > rows ? help.count - rows : 0;
    if (model->overlay_scroll.top > most)
        model->overlay_scroll.top = most;
    model->overlay_scroll.cursor = model->overlay_scroll.top;
    help_release(&help);
}

/* The past of the creator in view is asked for once; the answer is a message. */
static void derive_history(struct model *model, struct effects *effects)
{
    if (model->cursor_id == model->history_id || model->cursor_id == 0)
        return;
    model->history_id = model->cursor_id;
    model->history_count = 0;
    effects_add(effects, (struct effect){.kind = EFFECT_HISTORY, .id = model->cursor_id});
}

void derive(struct model *model, struct effects *effects)
{
    derive_layout(model);
    sheet_join(model->sheet, &model->scenario, &model->peers, model->preset, model->now);
    derive_list(model);
    if (model->place == PLACE_COMPARE)
        compare_build(model);
    if (model->place == PLACE_DETAIL && model_row(model) == CATALOG_NONE)
        model->place = PLACE_EXPLORE;
    if (model->overlay == OVERLAY_WHY)
        derive_why(model);
    if (model->overlay == OVERLAY_HELP)
        derive_help(model);
    derive_history(model, effects);
}

static bool same_view(const struct query *a, const struct query *b)
{
    if (a->order_count != b->order_count || !filter_equal(&a->filter, &b->filter))
        return false;
    for (size_t i = 0; i < a->order_count; i++)
        if (a->orders[i].column != b->orders[i].column ||
            a->orders[i].descending != b->orders[i].descending)
            return false;
    return true;
}

static void note_view_step(struct model *model, size_t before, const char *label)
{
    struct step *step = undo_push(&model->undo, STEP_VIEW);
    step->view_before = before;
    step->view_after = model->views.at;
    step_label(step, text_of(label));
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

void view_changed(struct model *model, const char *format, ...)
{
    size_t before = model->views.at;
    drop_repeats(&model->query.filter);
    if (same_view(&model->query, &model->views.items[before].query)) {
        model_notice(model, "it is so already");
        return;
    }
    views_push(&model->views, &model->query);
    va_list arguments;
    va_start(arguments, format);
    struct buf label = BUF_INIT;
    buf_addv(&label, format, arguments);
    va_end(arguments);
    note_view_step(model, before, buf_string(&label));
    buf_release(&label);
}

void view_show(struct model *model, size_t at)
{
    if (at >= model->views.count)
        return;
    model->views.at = at;
    query_copy(&model->query, &model->views.items[at].query);
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
