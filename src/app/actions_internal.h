#ifndef MICROSCOPE_APP_ACTIONS_INTERNAL_H
#define MICROSCOPE_APP_ACTIONS_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

struct model;
struct effects;

/* What the rows of commands[] ask and run. */

bool on_change(const struct model *model);
bool in_explore(const struct model *model);
bool has_panes(const struct model *model);
bool has_ticks(const struct model *model);
bool has_filter(const struct model *model);
bool can_edit(const struct model *model);
bool is_loaded(const struct model *model);
bool has_row(const struct model *model);
bool has_search(const struct model *model);
bool has_pending(const struct model *model);
bool line_empty(const struct model *model);
uint64_t count_ticked(const struct model *model);
uint64_t count_usable(const struct model *model);

void run_views(struct model *model, struct effects *effects);
void run_use_view(struct model *model, struct effects *effects);
void run_save_view(struct model *model, struct effects *effects);
void run_rename_view(struct model *model, struct effects *effects);
void run_delete_view(struct model *model, struct effects *effects);
void run_view_plan(struct model *model, struct effects *effects);
void run_accept(struct model *model, struct effects *effects);
void run_back(struct model *model, struct effects *effects);
void run_hold(struct model *model, struct effects *effects);
void run_apply(struct model *model, struct effects *effects);
void run_budget(struct model *model, struct effects *effects);
void run_choose_value(struct model *model, struct effects *effects);
void run_close_unusable(struct model *model, struct effects *effects);
void run_clear(struct model *model, struct effects *effects);
void run_columns(struct model *model, struct effects *effects);
void run_command(struct model *model, struct effects *effects);
void run_compare(struct model *model, struct effects *effects);
void run_down(struct model *model, struct effects *effects);
void run_escape(struct model *model, struct effects *effects);
void run_explore(struct model *model, struct effects *effects);
void run_fill(struct model *model, struct effects *effects);
void run_fill_accept(struct model *model, struct effects *effects);
void run_filter(struct model *model, struct effects *effects);
void run_filter_backspace(struct model *model, struct effects *effects);
void run_complete(struct model *model, struct effects *effects);
void run_filter_enter(struct model *model, struct effects *effects);
void run_filter_pane(struct model *model, struct effects *effects);
void run_first(struct model *model, struct effects *effects);
void run_fold(struct model *model, struct effects *effects);
void run_goal_accept(struct model *model, struct effects *effects);
void run_goal_turn(struct model *model, struct effects *effects);
void run_help(struct model *model, struct effects *effects);
void run_interrupt(struct model *model, struct effects *effects);
void run_import(struct model *model, struct effects *effects);
void run_keep(struct model *model, struct effects *effects);
void run_last(struct model *model, struct effects *effects);
void run_leave_out(struct model *model, struct effects *effects);
void run_left(struct model *model, struct effects *effects);
void run_lift(struct model *model, struct effects *effects);
void run_less(struct model *model, struct effects *effects);
void run_like(struct model *model, struct effects *effects);
void run_copy_plan(struct model *model, struct effects *effects);
void run_rename_plan(struct model *model, struct effects *effects);
void run_new_plan(struct model *model, struct effects *effects);
void run_measure(struct model *model, struct effects *effects);
void run_menu(struct model *model, struct effects *effects);
void run_more(struct model *model, struct effects *effects);
void run_next_pane(struct model *model, struct effects *effects);
void run_open(struct model *model, struct effects *effects);
void run_open_plan(struct model *model, struct effects *effects);
void run_order(struct model *model, struct effects *effects);
void run_order_plan(struct model *model, struct effects *effects);
void run_order_row(struct model *model, struct effects *effects);
void run_order_then(struct model *model, struct effects *effects);
void run_page_down(struct model *model, struct effects *effects);
void run_page_up(struct model *model, struct effects *effects);
void run_palette(struct model *model, struct effects *effects);
void run_plan(struct model *model, struct effects *effects);
void run_plans(struct model *model, struct effects *effects);
void run_previous_pane(struct model *model, struct effects *effects);
void run_put_back(struct model *model, struct effects *effects);
void run_redraw(struct model *model, struct effects *effects);
void run_refer(struct model *model, struct effects *effects);
void run_right(struct model *model, struct effects *effects);
void run_saved(struct model *model, struct effects *effects);
void run_search(struct model *model, struct effects *effects);
void run_search_next(struct model *model, struct effects *effects);
void run_search_previous(struct model *model, struct effects *effects);
void run_set(struct model *model, struct effects *effects);
void run_theme(struct model *model, struct effects *effects);
void run_side(struct model *model, struct effects *effects);
void run_side_default(struct model *model, struct effects *effects);
void run_side_sum(struct model *model, struct effects *effects);
void run_step_down(struct model *model, struct effects *effects);
void run_step_up(struct model *model, struct effects *effects);
void run_suspend(struct model *model, struct effects *effects);
void run_ten_down(struct model *model, struct effects *effects);
void run_ten_up(struct model *model, struct effects *effects);
void run_bands(struct model *model, struct effects *effects);
void run_open_tiers(struct model *model, struct effects *effects);
void run_show_tier(struct model *model, struct effects *effects);
void run_tiers_why(struct model *model, struct effects *effects);
void run_open_changes(struct model *model, struct effects *effects);
void run_changes_since(struct model *model, struct effects *effects);
void run_order_changes(struct model *model, struct effects *effects);
void run_open_change(struct model *model, struct effects *effects);
void run_moved_why(struct model *model, struct effects *effects);
void run_tick(struct model *model, struct effects *effects);
void run_untick_all(struct model *model, struct effects *effects);
void run_tick_all(struct model *model, struct effects *effects);
void run_unlike(struct model *model, struct effects *effects);
void run_up(struct model *model, struct effects *effects);
void run_view_back(struct model *model, struct effects *effects);
void run_view_forward(struct model *model, struct effects *effects);
void run_why(struct model *model, struct effects *effects);
void run_compare_past(struct model *model, struct effects *effects);
void run_past(struct model *model, struct effects *effects);
void run_zoom(struct model *model, struct effects *effects);

#endif
