#include "actions_internal.h"

#include <stddef.h>

#include "app_internal.h"
#include "base/vec.h"

/* What each command does; what it is stands in commands[]. */

bool has_row(const struct model *model)
{
    return model_row(model) != CATALOG_NONE;
}

bool in_explore(const struct model *model)
{
    return model->place == PLACE_EXPLORE;
}

bool has_ticks(const struct model *model)
{
    return model->catalog->ticked_count > 0;
}

bool has_filter(const struct model *model)
{
    return model->query.filter.count > 0;
}

bool line_empty(const struct model *model)
{
    return model->line.text.length == 0;
}

bool has_pending(const struct model *model)
{
    return model->pending > 0 || model->calm.standing || model->place == PLACE_CHANGES;
}

bool has_search(const struct model *model)
{
    return model->search.length > 0;
}

void run_up(struct model *model, struct effects *effects)
{
    (void)effects;
    move_vertical(model, -1);
}

void run_down(struct model *model, struct effects *effects)
{
    (void)effects;
    move_vertical(model, 1);
}

void run_left(struct model *model, struct effects *effects)
{
    (void)effects;
    move_horizontal(model, -1);
}

void run_right(struct model *model, struct effects *effects)
{
    (void)effects;
    move_horizontal(model, 1);
}

void run_page_up(struct model *model, struct effects *effects)
{
    (void)effects;
    move_page(model, -1);
}

void run_page_down(struct model *model, struct effects *effects)
{
    (void)effects;
    move_page(model, 1);
}

void run_first(struct model *model, struct effects *effects)
{
    (void)effects;
    move_edge(model, false);
}

void run_last(struct model *model, struct effects *effects)
{
    (void)effects;
    move_edge(model, true);
}

/* Panes that are on the screen, in reading order. */
static void focus_turn(struct model *model, int by)
{
    const bool there[] = {[FOCUS_LIST] = true,
                          [FOCUS_FILTERS] = model->layout.filters.columns > 0,
                          [FOCUS_DETAIL] = model->layout.detail.columns > 0};
    static const enum focus ring[] = {FOCUS_FILTERS, FOCUS_LIST, FOCUS_DETAIL};
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(ring); i++)
        if (ring[i] == model->focus)
            at = i;
    do {
        at = (at + COUNT_OF(ring) + (size_t)by) % COUNT_OF(ring);
    } while (!there[ring[at]]);
    model->focus = ring[at];
}

bool has_panes(const struct model *model)
{
    return in_explore(model) || model->place == PLACE_PLAN;
}

void run_next_pane(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->place == PLACE_PLAN)
        model->plan.side = !model->plan.side;
    else
        focus_turn(model, 1);
}

void run_previous_pane(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->place == PLACE_PLAN)
        model->plan.side = !model->plan.side;
    else
        focus_turn(model, -1);
}

void run_open(struct model *model, struct effects *effects)
{
    (void)effects;
    bool of_plan = model->place == PLACE_PLAN;
    model->detail_of_plan = of_plan;
    model->detail_of_changes = false;
    detail_open(model, of_plan ? model->plan.cell : model->cell);
}

void run_open_plan(struct model *model, struct effects *effects)
{
    (void)effects;
    plan_open(model);
}

void run_plans(struct model *model, struct effects *effects)
{
    (void)effects;
    plans_open(model);
}

void run_measure(struct model *model, struct effects *effects)
{
    (void)effects;
    plans_measure(model);
}

void run_side(struct model *model, struct effects *effects)
{
    side_enter(model, effects);
}

void run_side_default(struct model *model, struct effects *effects)
{
    side_default(model, effects);
}

/* A sum begins with its sign. */
void run_side_sum(struct model *model, struct effects *effects)
{
    field_edit(model, effects);
    if (model->prompt == PROMPT_FIELD)
        prompt_key(model, '=');
}

bool can_edit(const struct model *model)
{
    return has_row(model) || model->place == PLACE_PLAN;
}

void run_open_tiers(struct model *model, struct effects *effects)
{
    (void)effects;
    tiers_open(model);
}

void run_show_tier(struct model *model, struct effects *effects)
{
    (void)effects;
    tiers_show(model);
}

void run_order_plan(struct model *model, struct effects *effects)
{
    (void)effects;
    plan_order(model);
}

void lift(struct model *model, size_t term)
{
    struct buf text = BUF_INIT;
    filter_print_term(&model->query.filter.items[term], &text);
    filter_remove(&model->query.filter, term);
    view_changed(model, "lift %s", buf_string(&text));
    buf_release(&text);
}

void run_lift(struct model *model, struct effects *effects)
{
    (void)effects;
    lift(model, model->lift.cursor);
    model->lift.cursor = 0;
}

void run_compare(struct model *model, struct effects *effects)
{
    (void)effects;
    compare_open(model);
}

void run_explore(struct model *model, struct effects *effects)
{
    (void)effects;
    model->place = PLACE_EXPLORE;
    model->focus = FOCUS_LIST;
}

void run_zoom(struct model *model, struct effects *effects)
{
    (void)effects;
    model->zoomed = !model->zoomed;
}

void run_fill(struct model *model, struct effects *effects)
{
    (void)effects;
    proposal_open(model);
}

void run_fill_accept(struct model *model, struct effects *effects)
{
    proposal_accept(model, effects);
}

void run_filter(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->place != PLACE_TIERS)
        model->place = PLACE_EXPLORE; /* what is found is seen there */
    prompt_open(model, PROMPT_FILTER);
}

void run_filter_pane(struct model *model, struct effects *effects)
{
    (void)effects;
    bool open = model->focus == FOCUS_FILTERS;
    model->place = PLACE_EXPLORE;
    model->filters_open = !open;
    model->focus = open ? FOCUS_LIST : FOCUS_FILTERS;
}

void run_choose_value(struct model *model, struct effects *effects)
{
    (void)effects;
    facets_choose(model);
}

void run_clear(struct model *model, struct effects *effects)
{
    (void)effects;
    filter_clear(&model->query.filter);
    model->named[0] = '\0'; /* nothing of the view is left */
    view_changed(model, "clear filters");
}

static void like(struct model *model, bool keep)
{
    uint32_t row;
    enum column column;
    if (!model_subject(model, &row, &column))
        return;
    if (!filter_like(&model->query.filter, model->sheet, column, row, keep)) {
        model_notice(model, "%s is unknown here: nothing to filter by", columns[column].title);
        return;
    }
    model->chose_id = model->cursor_id;
    view_changed(model, "%s %s like this", keep ? "keep" : "drop", columns[column].title);
}

void run_like(struct model *model, struct effects *effects)
{
    (void)effects;
    like(model, true);
}

void run_unlike(struct model *model, struct effects *effects)
{
    (void)effects;
    like(model, false);
}

void run_view_back(struct model *model, struct effects *effects)
{
    (void)effects;
    view_walk(model, true);
}

void run_view_forward(struct model *model, struct effects *effects)
{
    (void)effects;
    view_walk(model, false);
}

void run_search(struct model *model, struct effects *effects)
{
    (void)effects;
    prompt_open(model, PROMPT_SEARCH);
}

void run_search_next(struct model *model, struct effects *effects)
{
    (void)effects;
    search_again(model, 1);
}

void run_search_previous(struct model *model, struct effects *effects)
{
    (void)effects;
    search_again(model, -1);
}

void run_order(struct model *model, struct effects *effects)
{
    (void)effects;
    struct query_order *first = &model->query.orders[0];
    uint32_t row;
    enum column column;
    model_subject(model, &row, &column);
    if (model->query.order_count > 0 && first->column == column)
        first->descending = !first->descending;
    else
        *first = (struct query_order){column, query_descends(column)};
    model->query.order_count = 1;
    view_changed(model, "order by %s", columns[column].title);
    if (model->list.cursor >= (size_t)list_height(model))
        model_notice(model, "ordered by %s: the cursor stays on its creator, %s goes to the top",
                     columns[column].title, model_key(model, 'g').text);
}

void run_order_then(struct model *model, struct effects *effects)
{
    (void)effects;
    picker_open(model, PICK_ORDER);
}

void run_columns(struct model *model, struct effects *effects)
{
    (void)effects;
    picker_open(model, PICK_COLUMNS);
}

void run_bands(struct model *model, struct effects *effects)
{
    (void)effects;
    picker_open(model, PICK_BANDS);
}

void run_tick(struct model *model, struct effects *effects)
{
    own_tick_row(model, effects, model_row(model));
    bool plan = model_context(model) == CONTEXT_PLAN &&
                model->plan.at.cursor + 1 < model->plan.count; /* the totals are not ticked */
    bool change = model_context(model) == CONTEXT_CHANGES;
    if (model_context(model) == CONTEXT_LIST || plan || change)
        move_vertical(model, 1);
}

void run_tick_all(struct model *model, struct effects *effects)
{
    const struct bits *shown = rowset_rows(&model->result.rows);
    struct bits ticked = {0};
    if (!shown)
        return;
    catalog_ticked_rows(model->catalog, &ticked);
    bool all = bits_common(shown, &ticked) == model->result.rows.count;
    bits_release(&ticked);
    own_tick(model, effects, shown, !all);
}

void run_untick_all(struct model *model, struct effects *effects)
{
    struct bits rows;
    model_chosen(model, true, &rows);
    own_tick(model, effects, &rows, false);
    bits_release(&rows);
}

void run_plan(struct model *model, struct effects *effects)
{
    struct bits rows;
    bool list = model_context(model) == CONTEXT_LIST, all = true;
    size_t count = model_chosen(model, list, &rows);
    for (size_t row = bits_next(&rows, 0); row < rows.count && all; row = bits_next(&rows, row + 1))
        all = catalog_planned(model->catalog, (uint32_t)row) > 0;
    own_plan(model, effects, &rows, !all);
    if (count > 0)
        model_notice(model, "%zu %s the plan", count, all ? "out of" : "in");
    bits_release(&rows);
}

bool has_planned(const struct model *model)
{
    return model->catalog->planned_count > 0;
}

void run_empty_plan(struct model *model, struct effects *effects)
{
    size_t count = model->catalog->planned_count;
    own_plan_empty(model, effects);
    plan_gather(model);
    if (model->plan.missing > 0)
        model_notice(model, "%zu out of the plan, %s brings back; %zu whom the store lost stay",
                     count, model_key(model, 'u').text, model->plan.missing);
    else
        model_notice(model, "the plan is empty: %zu out of it, %s brings %s back", count,
                     model_key(model, 'u').text, count == 1 ? "the creator" : "them");
}

void run_apply(struct model *model, struct effects *effects)
{
    (void)effects;
    model->query.limit = model->catalog->count;
    calm_end(model);
    if (model->place == PLACE_CHANGES)
        changes_anew(model);
}

void run_hold(struct model *model, struct effects *effects)
{
    (void)effects;
    model->calm.held = !model->calm.held;
    model_notice(model, model->calm.held ? "held: nothing new comes until R"
                                         : "live: what others write comes as it is written");
}

void run_goal_turn(struct model *model, struct effects *effects)
{
    (void)effects;
    goal_turn(model);
}

void run_goal_accept(struct model *model, struct effects *effects)
{
    goal_accept(model, effects);
}

void run_budget(struct model *model, struct effects *effects)
{
    (void)effects;
    field_open_knob(model, "budget");
}

void run_more(struct model *model, struct effects *effects)
{
    field_step(model, effects, 1);
}

void run_less(struct model *model, struct effects *effects)
{
    const struct side_line *line =
        model_context(model) == CONTEXT_ASSUMPTIONS ? side_line(model) : NULL;
    if (line && line->kind == SIDE_CHANNEL)
        side_remove(model, effects);
    else
        field_step(model, effects, -1);
}

void run_step_up(struct model *model, struct effects *effects)
{
    (void)effects;
    field_turn(model, 1);
}

void run_step_down(struct model *model, struct effects *effects)
{
    (void)effects;
    field_turn(model, -1);
}

void run_ten_up(struct model *model, struct effects *effects)
{
    (void)effects;
    field_turn(model, 10);
}

void run_ten_down(struct model *model, struct effects *effects)
{
    (void)effects;
    field_turn(model, -10);
}

void run_keep(struct model *model, struct effects *effects)
{
    prompt_close(model, true, effects);
}

void run_put_back(struct model *model, struct effects *effects)
{
    prompt_close(model, false, effects);
}

void run_filter_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    filter_enter(model);
}

void run_complete(struct model *model, struct effects *effects)
{
    (void)effects;
    picker_complete(model);
}

void run_filter_backspace(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->query.filter.count > 0)
        lift(model, model->query.filter.count - 1);
}

void run_accept(struct model *model, struct effects *effects)
{
    picks[model->picker.kind].accept(model, effects);
}

void run_menu(struct model *model, struct effects *effects)
{
    (void)effects;
    picker_open(model, PICK_MENU);
}

void run_palette(struct model *model, struct effects *effects)
{
    (void)effects;
    command_open(model, "");
}

void run_set(struct model *model, struct effects *effects)
{
    (void)effects;
    command_open(model, "set ");
}

void run_import(struct model *model, struct effects *effects)
{
    (void)effects;
    if (form_left(model))
        form_show_lost(model);
    else
        command_open(model, "import ");
}

/* In the list a command may be about all that are ticked. */
uint64_t count_ticked(const struct model *model)
{
    return model_context(model) == CONTEXT_LIST ? model->catalog->ticked_count : 0;
}

void run_command(struct model *model, struct effects *effects)
{
    command_enter(model, effects);
}

void run_refer(struct model *model, struct effects *effects)
{
    (void)effects;
    compare_refer(model);
}

void run_fold(struct model *model, struct effects *effects)
{
    (void)effects;
    compare_fold(model);
}

void run_leave_out(struct model *model, struct effects *effects)
{
    (void)effects;
    compare_leave_out(model);
}

void run_order_row(struct model *model, struct effects *effects)
{
    (void)effects;
    compare_order(model);
}

void run_redraw(struct model *model, struct effects *effects)
{
    (void)model;
    effects_add(effects, (struct effect){.kind = EFFECT_REDRAW});
}

void run_saved(struct model *model, struct effects *effects)
{
    field_settle(model, effects);
    own_settle(model, effects);
    model_notice(model, "saved: your work is kept as you go");
}

void run_interrupt(struct model *model, struct effects *effects)
{
    if (model->overlay == OVERLAY_SUBJECT)
        model->overlay = subject_under(model);
    else if (model->prompt != PROMPT_NONE)
        prompt_close(model, false, effects);
    else if (model->overlay != OVERLAY_NONE)
        model->overlay = OVERLAY_NONE;
    else if (model->place == PLACE_IMPORT)
        form_cancel(model, effects);
    else if (model->place == PLACE_IMPORTS && !model->job.running)
        imports_close(model, effects);
    else if (model->job.running && !model->job.cancelling)
        effects_add(effects, (struct effect){.kind = EFFECT_CANCEL});
    else if (model->last_key == K_CTRL('C') || !model->confirm)
        leave(model, effects);
    else
        model_notice(model, "%s quits, %s copies; Ctrl-C again quits", model_key(model, 'q').text,
                     model_key(model, 'y').text);
}

void run_suspend(struct model *model, struct effects *effects)
{
    own_settle(model, effects);
    bool sure = model->suspends || model->last_key == K_CTRL('Z') || !model->confirm;
    model->suspends = sure;
    if (sure)
        effects_add(effects, (struct effect){.kind = EFFECT_SUSPEND});
    else
        model_notice(model, "%s undoes; %s again suspends (fg returns)", model_key(model, 'u').text,
                     model_key(model, K_CTRL('Z')).text);
}
