#include <stdlib.h>
#include <string.h>

#include "app/help.h"
#include "app_internal.h"
#include "base/mem.h"
#include "domain/growth.h"

/* What follows from the model, made anew after each message; what did not change is not remade. */

/* The rows around the cursor as they stood, from its own on outwards. */
struct surroundings {
    uint32_t *rows;
    size_t count, own; /* place of the cursor's among them */
};

static struct surroundings look_around(const struct model *model)
{
    struct surroundings around = {0};
    size_t from;
    const uint32_t *window = rowset_window(&model->result.rows, &from, &around.count);
    if (!window || model->list.cursor < from || model->list.cursor - from >= around.count)
        return (struct surroundings){0};
    around.own = model->list.cursor - from;
    around.rows = mem_alloc(around.count * sizeof *around.rows);
    memcpy(around.rows, window, around.count * sizeof *around.rows);
    return around;
}

/* Of the creators around the cursor, the nearest that is still there; below it rather than above.
 * Where none of them is, the next one in the order as it is now. Its place, or 0. */
static size_t nearest_survivor(const struct model *model, const struct surroundings *around)
{
    const struct rowset *rows = &model->result.rows;
    for (size_t away = 0; away < around->count; away++) {
        size_t below = around->own + away, above = around->own - away; /* above 0 it wraps */
        if (below < around->count && rowset_has(rows, around->rows[below]))
            return rowset_find(rows, around->rows[below]);
        if (above < around->count && rowset_has(rows, around->rows[above]))
            return rowset_find(rows, around->rows[above]);
    }
    uint32_t row = catalog_find_id(model->catalog, model->cursor_id);
    uint32_t near =
        row == CATALOG_NONE ? CATALOG_NONE : rowset_next(rows, rowset_rows(rows), row, 1);
    if (near == CATALOG_NONE && row != CATALOG_NONE)
        near = rowset_next(rows, rowset_rows(rows), row, -1);
    return near == CATALOG_NONE ? 0 : rowset_find(rows, near);
}

/* Runs the query. The cursor stays on its creator and, if it was the user who changed something, on
 * its line of the screen; where the filter hides the creator, it goes to the nearest survivor. A list
 * that is another as a whole is looked at from its first row on. */
static void derive_rows(struct model *model)
{
    size_t line = model->list.cursor - model->list.top, place = 0;
    struct surroundings around = look_around(model);
    query_run(&model->query, model->sheet, &model->result);
    if (model->moved && !model->from_top) {
        place = rowset_find(&model->result.rows, catalog_find_id(model->catalog, model->cursor_id));
        if (place == ROWSET_NONE)
            place = nearest_survivor(model, &around);
    }
    list_go(model, place);
    model->list.top = model->list.cursor > line ? model->list.cursor - line : 0;
    model->from_top = false;
    free(around.rows);
}

const enum column total_columns[TOTALS] = {COL_FEE, COL_ROI, COL_PROFIT};

static void derive_totals(struct model *model)
{
    for (size_t i = 0; i < TOTALS; i++)
        model->totals[i] = query_median(&model->result, model->sheet, total_columns[i]);
}

/* Living creators beyond the limit. */
static size_t count_pending(const struct model *model)
{
    size_t live = model->catalog->live_count, shown = model->result.rows.total;
    return model->query.limit == QUERY_ALL || live < shown ? 0 : live - shown;
}

/* Until the first key the list follows a load; then who comes in waits, so that nothing moves under
 * the cursor, until the user asks for something else. */
static void derive_limit(struct model *model)
{
    const struct bits *rows = rowset_rows(&model->result.rows);
    bool asks = !query_asks_same(&model->query, &model->asked);
    if (!model->moved || !rows || model->result.rows.total == 0)
        model->query.limit = QUERY_ALL; /* nobody stands anywhere yet */
    else if (model->loading && asks)
        model->query.limit = model->catalog->count;
    else if (model->loading && model->query.limit == QUERY_ALL)
        model->query.limit = rows->count;
    else if (!model->loading && (asks || count_pending(model) == 0))
        model->query.limit = QUERY_ALL;
    if (asks)
        query_copy(&model->asked, &model->query);
}

bool view_is_asked(const struct model *model)
{
    return query_asks_same(&model->query, &model->asked);
}

static void derive_list(struct model *model, struct effects *effects)
{
    bool holds = calm_holds(model);
    /* Whom an import had is asked for: until that is here, which is before the next frame, the answer
     * before stands. */
    bool waits = imports_ask(model, effects) && model->result.stamp;
    if (!holds)
        calm_end(model);
    holds = holds || waits;
    if (!holds)
        derive_limit(model);
    if (!holds &&
        (!model->result.stamp || !query_current(&model->query, model->sheet, &model->result))) {
        struct facet_hold hold;
        facets_hold(model, &hold);
        derive_rows(model);
        facets_build(model);
        facets_return(model, &hold);
        if (model->prompt == PROMPT_FILTER)
            picker_build(model);
    }
    derive_totals(model);
    if (holds)
        calm_count(model);
    else
        model->pending = count_pending(model);
    scroll_settle(&model->list, model->result.rows.count, (size_t)list_height(model));
    facets_settle(model);
    scroll_settle(&model->lift, model->query.filter.count, model->query.filter.count);
}

static void derive_layout(struct model *model)
{
    struct layout before = model->layout;
    int told = model->tour.on ? TOUR_ROWS : 0;
    model->layout = layout_make(before.columns, before.rows, model->filters_open, told,
                                &model->splits, &before);
    if (model->zoomed && model->focus == FOCUS_LIST) {
        model->layout.list = model->layout.body;
        model->layout.filters = model->layout.detail = model->layout.strip = (struct area){0};
    }
    if (model->layout.list.columns == 0 && model->focus != FOCUS_FILTERS) {
        model->filters_open = false; /* they took the whole width, and the focus has left them */
        model->layout =
            layout_make(before.columns, before.rows, false, told, &model->splits, &before);
    }
    if (model->prompt == PROMPT_VALUE && model->layout.filters.columns == 0)
        model->prompt = PROMPT_NONE; /* there is nothing to see it in */
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

static void derive_help(struct model *model)
{
    struct help help;
    help_make(model, &help);
    size_t rows = (size_t)help_rows(model);
    size_t most = help.count > rows ? help.count - rows : 0;
    if (model->overlay_scroll.top > most)
        model->overlay_scroll.top = most;
    model->overlay_scroll.cursor = model->overlay_scroll.top;
    help_release(&help);
}

static double present(const struct model *model, enum column column, uint32_t row)
{
    return row == CATALOG_NONE ? number_unknown() : catalog_number(model->catalog, column, row);
}

static bool differ(double a, double b)
{
    return a != b && (number_known(a) || number_known(b));
}

static bool present_moved(const struct model *model, uint32_t row)
{
    return differ(present(model, COL_FOLLOWERS, row), model->history_followers) ||
           differ(present(model, COL_AUDIENCE_AT, row), model->history_at);
}

static void note_present(struct model *model, uint32_t row)
{
    model->history_followers = present(model, COL_FOLLOWERS, row);
    model->history_at = present(model, COL_AUDIENCE_AT, row);
}

/* The past of the creator in view is asked for once, and again where the present moved; the answer is
 * a message. */
static void derive_history(struct model *model, struct effects *effects)
{
    bool detail = model->place == PLACE_DETAIL;
    int64_t id = detail ? model_creator(model) : model->cursor_id;
    if (model->overlay == OVERLAY_WHY && why_is_of_past(model->why_column))
        id = model->why_id;
    if (subject_is_moved(model))
        id = model->changes.cursor_id;
    uint32_t row = id ? catalog_find_id(model->catalog, id) : CATALOG_NONE;
    if (id == 0 || (id == model->history_id && !present_moved(model, row)))
        return;
    if (id != model->history_id)
        model->history_count = 0;
    model->history_id = id;
    note_present(model, row);
    effects_add(effects, (struct effect){.kind = EFFECT_HISTORY, .id = id});
}

void derive(struct model *model, struct effects *effects)
{
    derive_layout(model);
    list_settle_sideways(model);
    sheet_join(model->sheet, &model->scenario, &model->peers, model->preset, model->now);
    derive_list(model, effects);
    first_settle(model, effects);
    if (model->place == PLACE_COMPARE)
        compare_build(model);
    if (model->place == PLACE_TIERS)
        tiers_build(model);
    if (model->place == PLACE_PLAN)
        plan_build(model);
    if (model->place == PLACE_PLANS || plans_below(model))
        plans_build(model);
    changes_build(model, effects);
    detail_settle(model);
    model->past_open = model->past_open && model->place == PLACE_DETAIL;
    model->detail_of_plan = model->detail_of_plan && model->place == PLACE_DETAIL;
    model->detail_of_changes = model->detail_of_changes && model->place == PLACE_DETAIL;
    if (model->place == PLACE_DETAIL && model_row(model) == CATALOG_NONE)
        model->place = PLACE_EXPLORE;
    form_settle(model);
    named_build(model);
    imports_settle(model);
    if (model->prompt == PROMPT_FILL)
        proposal_build(model);
    if (model->prompt == PROMPT_GOAL)
        goal_build(model);
    if (model->overlay == OVERLAY_WHY)
        why_build(model);
    subject_settle(model);
    if (subject_is_moved(model))
        moved_build(model);
    if (overlay_is_help(model))
        derive_help(model);
    derive_history(model, effects);
}
