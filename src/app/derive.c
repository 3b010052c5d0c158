#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "app_internal.h"

/* What follows from the model, made anew after each message; what did not change is not remade. */

/* The cursor stays on its creator; where the filter hides it, on the nearest survivor: the one that
 * now stands in its place. */
static void derive_cursor(struct model *model)
{
    const struct rowset *rows = &model->result.rows;
    if (rows->count == 0)
        return;
    uint32_t row =
        model->cursor_id ? catalog_find_id(model->catalog, model->cursor_id) : CATALOG_NONE;
    size_t place = row == CATALOG_NONE ? ROWSET_NONE : rowset_find(rows, row);
    if (!model->moved)
        place = 0;
    if (place == ROWSET_NONE) {
        list_go(model, model->list.cursor);
        return;
    }
    list_go(model, place);
}

/* After the user's own change the cursor keeps its line on the screen. */
static void derive_list(struct model *model)
{
    if (!model->result.stamp || !query_current(&model->query, model->sheet, &model->result)) {
        size_t line = model->list.cursor - model->list.top;
        query_run(&model->query, model->sheet, &model->result);
        derive_cursor(model);
        model->list.top = model->list.cursor > line ? model->list.cursor - line : 0;
        facets_build(model);
        if (model->prompt == PROMPT_FILTER)
            picker_build(model);
    }
    scroll_settle(&model->list, model->result.rows.count, (size_t)list_height(model));
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
    derive_history(model, effects);
}

void view_changed(struct model *model, const char *format, ...)
{
    size_t before = model->views.at;
    views_push(&model->views, &model->query);
    struct step *step = undo_push(&model->undo, STEP_VIEW);
    step->view_before = before;
    step->view_after = model->views.at;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(step->label, sizeof step->label, format, arguments);
    va_end(arguments);
}

void view_show(struct model *model, size_t at)
{
    if (at >= model->views.count)
        return;
    model->views.at = at;
    query_copy(&model->query, &model->views.items[at]);
}
