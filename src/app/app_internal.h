#ifndef MICROSCOPE_APP_APP_INTERNAL_H
#define MICROSCOPE_APP_APP_INTERNAL_H

#include "app/model.h"

/* What the files of this floor share; the floors above see app/model.h only. */

/* compare_past.c: as trend.c, for those who are compared. */
int64_t compare_past_wanted(const struct model *model);
void compare_past_take(struct model *model, const struct message *message);
void compare_past_forget(struct model *model); /* all is read again */
void compare_past_release(struct model *model);

/* trend.c: the past that was asked for. */
void trend_take(struct model *model, const struct message *message);

/* derive.c: makes what follows from the model: result, panes, comparison; asks for history. */
void derive(struct model *model, struct effects *effects);

/* The query was edited: notes the view step under this label. */
void view_changed(struct model *model, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* views.c: the same of columns; `joins`: it is one with the newest step where that has this label. False:
 * nothing is different. */
bool view_step(struct model *model, bool joins, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, as part of the newest step, which made the view that is shown. False: that is back where it
 * began, and there is no step any more. */
bool view_goes_on(struct model *model, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void view_show(struct model *model, size_t at);
void view_walk(struct model *model, bool back);
bool view_is_asked(const struct model *model); /* the list is of this very filter and order */
void views_begin(struct model *model);         /* what is on the screen is the first of them */
/* The same filter, the same order? */
bool query_asks_same(const struct query *a, const struct query *b);

/* columns.c: the list of columns. */
void columns_build(struct model *model);
void columns_accept(struct model *model, struct effects *effects);
bool columns_key(struct model *model, uint32_t key); /* where nothing is typed: true */
void run_column_left(struct model *model, struct effects *effects);
void run_column_right(struct model *model, struct effects *effects);
void run_column_wider(struct model *model, struct effects *effects);
void run_column_narrower(struct model *model, struct effects *effects);
void run_column_automatic(struct model *model, struct effects *effects);
void run_column_freeze(struct model *model, struct effects *effects);
void run_columns_standard(struct model *model, struct effects *effects);

/* named_own.c: views by name, one step each. False: see `err`, nothing happened. */
/* Adds or replaces the one of this name, case and accents ignored. */
bool own_view_put(struct model *model, struct effects *effects, struct text name, struct text lines,
                  struct err *err);
bool own_view_rename(struct model *model, struct effects *effects, struct text from, struct text to,
                     struct err *err);
void own_view_delete(struct model *model, struct effects *effects, struct text name);
/* What it says goes to the screen. */
bool view_use(struct model *model, struct effects *effects, struct text wanted, struct err *err);
/* named_place.c: the list of them. */
void named_build(struct model *model);
bool named_busy(const struct model *model); /* some are still to be counted */
void named_work(struct model *model);
void named_vertical(struct model *model, long by);
void named_typed(struct model *model);
void named_close(struct model *model, bool keep, struct effects *effects);

/* resume.c: what a session leaves to the next. */
void resume_settle(struct model *model, struct effects *effects); /* where it is another by now */
void resume_keep(struct model *model, struct effects *effects);

/* own.c: the user's own things, with undo and effects. */
void own_tick(struct model *model, struct effects *effects, const struct bits *rows, bool on);
void own_tick_row(struct model *model, struct effects *effects, uint32_t row); /* or unticks it */
void own_plan(struct model *model, struct effects *effects, const struct bits *rows, bool in);
void own_plan_empty(struct model *model, struct effects *effects); /* fees that were typed stay */
/* What is written about a creator is this now; the empty text: nothing. */
void own_note(struct model *model, struct effects *effects, uint32_t row, struct text note);
/* One step of what is planned with many creators, who may have it already. */
struct plan_change {
    uint32_t row;
    struct planned before, after;
};
void own_planned(struct model *model, struct effects *effects, struct text label,
                 const struct plan_change *changes, size_t count);
/* One step of many knobs, which may have their new values already. */
void own_knobs(struct model *model, struct effects *effects, struct text label,
               const struct knob_change *changes, size_t count);
/* Scenarios as wholes, one step each; for people they are plans. False: see `err`, nothing happened. */
/* Adds or replaces the one of this name; and uses it. */
bool own_scenario_put(struct model *model, struct effects *effects, struct text label,
                      const struct scenario *scenario, const struct plan_entries *plan, bool use,
                      struct err *err);
bool own_scenario_copy(struct model *model, struct effects *effects, struct text from,
                       struct text name, struct err *err); /* and uses it */
bool own_scenario_rename(struct model *model, struct effects *effects, struct text from,
                         struct text to, struct err *err);
/* Where it is in use, its neighbour is then. The last one stays. */
bool own_scenario_delete(struct model *model, struct effects *effects, struct text name,
                         struct err *err);
/* `of_view`: the view by name that brings it along, whose step it is; NULL: it is chosen itself. */
bool own_scenario_use(struct model *model, struct effects *effects, struct text name,
                      const char *of_view, struct err *err);
/* Brings another one into force, without a step. False: there is none of this name. */
bool scenario_use(struct model *model, struct effects *effects, struct text name);
/* How another program left a scenario; without a plan it is gone, unless it is in use here. */
void scenario_take(struct model *model, const struct scenario *scenario,
                   struct plan_entries *take_plan);
void own_tiers(struct model *model, struct effects *effects, const struct tier_preset *preset);
void step_label(struct step *step, struct text label); /* cut where it is too long */
void own_undo(struct model *model, struct effects *effects);
void own_redo(struct model *model, struct effects *effects);
/* What + and - changed is told to the store, and what undo has forgotten. */
void own_settle(struct model *model, struct effects *effects);
void own_flush(struct model *model, struct effects *effects);

/* calm.c */
void calm_begin(struct model *model);       /* others are about to change what is shown */
void calm_absorb(struct model *model);      /* what was written since asks for nothing */
bool calm_holds(const struct model *model); /* the result stands, and nobody asked for another */
void calm_end(struct model *model);
void calm_count(struct model *model); /* who would come and go */
void calm_changed(struct model *model, const struct message *message, struct effects *effects);
void calm_tick(struct model *model, double seconds);

/* field.c */
void field_typed(struct model *model);
void field_turn(struct model *model, double steps); /* the one that is open */
void field_step(struct model *model, struct effects *effects, double steps); /* + and - */
void field_edit(struct model *model, struct effects *effects); /* the one under the cursor */
void field_next(struct model *model, struct effects *effects); /* Tab */
void field_refuse(struct model *model); /* Enter on what cannot be read: the caret shows where */
void field_close(struct model *model, bool kept, struct effects *effects);
void field_settle(struct model *model, struct effects *effects);

/* leave.c */
void leave(struct model *model, struct effects *effects);
void lift(struct model *model, size_t term); /* of the filter, as a step of the view */

/* move.c */
void move_vertical(struct model *model, long by);
/* In a pane of the explorer, whatever has the focus. */
void move_pane(struct model *model, enum context context, long by);
void move_page(struct model *model, int pages);
void move_edge(struct model *model, bool end);
void move_horizontal(struct model *model, int by);
/* Keeps the cursor within `count` items. */
void scroll_by(struct scroll *scroll, long by, size_t count);
size_t detail_stops(const struct model *model); /* lines of the detail that the cursor goes to */
enum column detail_at(const struct model *model, uint32_t row); /* under the cursor of the detail */
void detail_open(struct model *model, enum column column);      /* at that figure */
void detail_settle(struct model *model);
void list_go(struct model *model, size_t place);     /* cursor to that place of the rowset */
void list_choose(struct model *model, size_t place); /* … because the user wants to be there */

/* Whether an order by this column starts with the greatest. */
bool query_descends(enum column column);

/* facets.c */
/* From the question asked first to the one asked last. */
#define FACET_GROUPS 6
extern const enum column facet_groups[FACET_GROUPS];
void facets_build(struct model *model);
void facets_settle(struct model *model); /* its cursor into view */
void facets_choose(struct model *model); /* the line under the cursor */
bool facets_selectable(const struct model *model, size_t line);
void facets_add(struct model *model, size_t facet, size_t value); /* a line */

/* facets_find.c */
bool facets_narrowed(const struct model *model); /* letters were typed */
void facets_add_found(struct model *model, size_t index);
bool facets_found_histogram(const struct model *model, size_t index);
void facets_find_typed(struct model *model);
void facets_find_close(struct model *model, bool keep, struct effects *effects);

/* ranges.c */
void range_choose(struct model *model, size_t index);          /* begins one, or takes it away */
void range_click(struct model *model, size_t index, int cell); /* of the pane */

/* picker.c: how well does what is typed name a value or a column? 3 it is another word for it, 2 from
 * its front, 1 within, 0 not at all. */
int value_match(struct text typed, enum column column, struct text word);
int column_match(struct text typed, enum column column);
/* What the cursor of the pane stands on, kept while counts change and values change places. */
struct facet_hold {
    bool at_top; /* on the first line: there it stays, whatever comes to stand on it */
    bool held;
    size_t facet, value;
    struct text word; /* of a value; borrowed from the catalogue */
};
void facets_hold(const struct model *model, struct facet_hold *hold);
void facets_return(struct model *model, const struct facet_hold *hold);

/* compare_place.c */
void compare_open(struct model *model);
void compare_build(struct model *model);
void compare_fold(struct model *model);
void compare_refer(struct model *model);
void compare_leave_out(struct model *model);
void compare_order(struct model *model);

/* weigh.c */
void score_build(struct model *model);      /* its row, where anything has a weight */
bool score_here(const struct model *model); /* the cursor is on it */

/* plan_place.c */
void plan_open(struct model *model);
void plan_build(struct model *model);
void plan_gather(struct model *model); /* who is in it and what it comes to, wherever one is */
void plan_vertical(struct model *model, long by);
void plan_horizontal(struct model *model, int by);
/* Puts the plan into the order it was last given, unless more than `most` are in it. */
void plan_arrange(struct model *model, size_t most);
void plan_order(struct model *model);
/* Of a plan that is kept: who is in it, but not in the catalogue. */
size_t plans_missing(const struct model *model, const struct plan_entries *plan);
bool plan_total_here(const struct model *model); /* the cursor is on the totals */
bool plan_next_figure(struct model *model);      /* to the next fee or posts */
int plan_height(const struct model *model);      /* creators in view */
void plan_click(struct model *model, const struct message *message, struct effects *effects);

/* hand_place.c */
void hand_open(struct model *model, struct effects *effects);
void hand_vertical(struct model *model, long by);
void hand_turn(struct model *model, struct effects *effects);   /* to what else there is */
void hand_switch(struct model *model, struct effects *effects); /* the one under the cursor */
void hand_save(struct model *model, struct effects *effects);
void hand_close(struct model *model, bool keep, struct effects *effects);
void hand_name(struct model *model, struct effects *effects); /* asks for the file's name */
void hand_name_typed(struct model *model);
void hand_name_close(struct model *model, bool keep, struct effects *effects);
void hand_take_folder(struct model *model, struct text folder);
void hand_take_saved(struct model *model, struct text path);
/* A key or a click takes the box away that says it was saved. True: it meant no more than that. */
bool hand_dismiss(struct model *model, const struct message *message);
void hand_take_question(struct model *model); /* there is such a file */
void copy_cell(struct model *model, struct effects *effects);
void copy_table(struct model *model, struct effects *effects);

/* plan_side.c */
void side_build(struct model *model);
void next_build(struct model *model); /* the next best posts, see plan_next.c */
bool next_busy(const struct model *model);
void next_work(struct model *model);
void side_release(struct plan_side *side);
void side_vertical(struct model *model, long by);
bool side_go(struct model *model, int line); /* to a line in view; false: it cannot be chosen */
const struct side_line *side_line(const struct model *model); /* under the cursor; NULL: none */
bool side_figure(const struct model *model, struct field_figure *figure); /* … as a field */
bool side_next_figure(struct model *model); /* to the next line that is typed in */
void side_unfold(struct model *model);      /* the rest of the assumptions; or folds it */
void side_enter(struct model *model, struct effects *effects); /* edits it, or unfolds */
void side_default(struct model *model,
                  struct effects *effects); /* the user says nothing of it any more */
void side_remove(struct model *model, struct effects *effects); /* the channel */
bool side_busy(const struct model *model); /* assumptions are still to be varied */
void side_work(struct model *model);       /* one step of it */
/* goal_place.c */
bool goal_possible(const struct model *model); /* is the figure under the cursor one to seek for? */
void goal_open(struct model *model);
void goal_build(struct model *model); /* its offers anew */
void goal_typed(struct model *model);
void goal_vertical(struct model *model, long by);
bool goal_has_plan(const struct model *model); /* can one turn to the total of the plan? */
void goal_turn(struct model *model);           /* to it, and back to the creator */
void goal_accept(struct model *model, struct effects *effects);

/* tiers_place.c */
void tiers_open(struct model *model);
void tiers_build(struct model *model);
bool tiers_busy(const struct model *model);
void tiers_work(struct model *model); /* one step of what is left */
const char *tiers_progress(const struct model *model, double *share);
void tiers_vertical(struct model *model, long by);
void tiers_scroll(struct model *model, int pages); /* the page below the table */
void tiers_show(struct model *model);              /* this tier, in the list */
void tiers_click(struct model *model, const struct message *message, struct effects *effects);
void tiers_offer(struct model *model); /* the presets, to the picker */
void tiers_accept(struct model *model, struct effects *effects);
/* changes_make.c: what changed, worked out. */
void changes_build(struct model *model, struct effects *effects);
bool changes_current(const struct model *model); /* is what was made of all there is now? */
bool changes_busy(const struct model *model);
void changes_work(struct model *model); /* one step of it */
const char *changes_progress(const struct model *model, double *share);
void changes_take_then(struct model *model, const struct message *message);
void changes_take_gone(struct model *model, const struct message *message);
void changes_sort(struct model *model); /* what was made, by the order of the place */
/* Somebody planned or ticked who changed; NULL: he did not. */
struct changes_person *changes_person(const struct model *model, uint32_t row);
void changes_moved(const struct model *model, const struct changes_person *person,
                   struct moved *out);
/* changes_place.c */
void changes_visit(struct model *model, double last);
void changes_take(struct model *model);   /* what was made goes to the page */
void changes_anew(struct model *model);   /* all of it, in its order */
void changes_settle(struct model *model); /* lines, cursor and view */
void changes_vertical(struct model *model, long by);
void changes_beside(struct model *model, int by);
void changes_click(struct model *model, const struct message *message, struct effects *effects);
void changes_renumber(struct model *model, const struct message *message);
/* changes_why.c */
void moved_build(struct model *model); /* of the creator under the cursor */
/* plans_place.c */
void plans_open(struct model *model);
void plans_build(struct model *model);
void plans_vertical(struct model *model, long by);
void plans_horizontal(struct model *model, int by);
/* plans_own.c */
void plans_use(struct model *model, struct effects *effects);
void plans_delete(struct model *model, struct effects *effects);
void plans_ask(struct model *model, enum plans_task task); /* for a name */
void plans_name_typed(struct model *model);
void plans_name_close(struct model *model, bool keep, struct effects *effects);
void plans_measure(struct model *model); /* against the column of the cursor, or no longer */

/* prompt.c */
void prompt_open(struct model *model, enum prompt prompt);
void prompt_close(struct model *model, bool keep, struct effects *effects);
bool prompt_key(struct model *model, uint32_t key); /* a key that is text */
void prompt_paste(struct model *model, struct text text);
void prompt_typed(struct model *model); /* the line changed */
void filter_enter(struct model *model);

/* note.c */
void note_typed(struct model *model);
void note_close(struct model *model, bool keep, struct effects *effects);

/* subject.c: what `i` explains where the cursor stands and no figure of a creator does. */
bool subject_open(struct model *model);                /* false: nothing of the kind */
enum overlay subject_under(const struct model *model); /* what the page goes back to */
void subject_settle(struct model *model);              /* what it was about may be gone */
bool subject_is_moved(const struct model *model);      /* it is about a creator who moved */
const char *subject_source(const struct model *model); /* what help has on it; NULL: nothing */

/* why_place.c: the steps of the figure that OVERLAY_WHY is about. */
void why_build(struct model *model);
bool why_is_of_past(enum column column); /* it follows from the history of the creator */

/* know.c */
void help_open(struct model *model, const char *word); /* on what is called so; "": all of it */
bool help_key(struct model *model, uint32_t key);
void help_type(struct model *model, struct text text);

/* search.c */
void search_open(struct model *model);
void search_typed(struct model *model);
void search_close(struct model *model, bool keep);
void search_again(struct model *model, int direction);
void search_work(struct model *model); /* one step of what is left */

/* proposal.c */
void proposal_open(struct model *model);
void proposal_build(struct model *model);
void proposal_vertical(struct model *model, long by);
void proposal_typed(struct model *model);
bool proposal_key(struct model *model, uint32_t key); /* where nothing is typed: true */
void proposal_accept(struct model *model, struct effects *effects);
void proposal_close(struct model *model, bool keep, struct effects *effects);
bool proposal_busy(const struct model *model);
void proposal_work(struct model *model);
const char *proposal_progress(const struct model *model, double *share);

/* work.c */
void work_step(struct model *model);
const char *job_does(const struct model *model); /* "the import of", before its name */

/* picker.c */
void picker_add(struct picker *picker, struct choice choice); /* copies its texts */
void picker_complete(struct model *model); /* the choice under the cursor becomes the line */
/* How well a text answers what is typed, case and accents aside: 4 whole, 3 from its front, 2 within,
 * 1 all letters in this order, others between; 0 not at all. */
#define MATCH_BEST 4
int match_text(struct text typed, struct text text);
bool picker_names(struct text typed,
                  enum column column); /* is the column meant by what is typed? */
/* Those of the registry that are meant, by groups; either may be NULL. */
void picker_add_columns(struct model *model,
                        bool (*checked)(const struct model *model, enum column column),
                        bool (*left_out)(const struct model *model, enum column column));
/* How well a command answers what is typed: by title and name, and above MATCH_BEST by one of its keys. */
int command_match(const struct model *model, const struct command *command, struct text typed);
bool command_offered(const struct model *model, const struct command *command);
void picker_add_command(struct model *model, size_t index);

/* command_prompt.c */
void command_open(struct model *model, const char *line);
void command_build(struct model *model);
/* What is typed after the name of this command; false where the line is about another. */
bool command_rest(const struct model *model, const struct command_argument *argument,
                  struct text *rest);
void command_typed(struct model *model);
void command_enter(struct model *model, struct effects *effects);
void command_close(struct model *model, bool keep, struct effects *effects);

/* command_set.c */
extern const struct command_argument argument_set;
void setting_begin(struct model *model, const struct knob *knob); /* how it is before it changes */
void setting_put_back(struct model *model);
bool setting_keep(struct model *model, struct effects *effects); /* false: nothing changed */
/* The assumption that a line of the reasons is. */
void setting_of_why(struct model *model, struct effects *effects);
/* What has become of it as a step; false: nothing has. */
bool setting_step(const struct model *model, struct step *step);
/* Sets the knob to what is typed, or the default again; what is relative is so to `present`. False: see
 * line_error, and the byte it is about. */
bool setting_read(struct model *model, const struct knob *knob, struct text typed, double present,
                  size_t *fault);
/* "read as 8,000 EUR   was 10,000", or what it is. */
void setting_say(const struct model *model, const struct knob *knob, bool moved, struct buf *out);
/* A value that scenario_knob_get() gave, for people, no digit of it lost: "89.50", "4%", "none".
 * Returns whether it is a number. */
bool knob_show(struct buf *out, const struct knob *knob, struct text value,
               struct number_style style);

/* command_import.c */
extern const struct command_argument argument_import;
void paths_release(struct paths *paths);
void paths_take(struct model *model, const struct message *message);
/* Asks for the folder whose names are wanted for completion. */
void paths_ask(struct model *model, struct effects *effects);

/* command_theme.c */
extern const struct command_argument argument_theme;
void wear_take(struct model *model, const struct message *message);
/* Tells the runtime what the screen is to wear now, where that is something else; asks for the list that
 * the prompt needs. */
void wear_follow(struct model *model, struct effects *effects);

/* form.c */
void form_release(struct form *form);
void form_take_plan(struct model *model, const struct form_plan *plan);
void form_take_figures(struct model *model, const struct form_figures *figures);
void form_imported(struct model *model);
void form_settle(struct model *model); /* what is under the cursor comes into view */
void form_vertical(struct model *model, long by);
void form_lost_vertical(struct model *model, long by);
bool form_left(const struct model *model); /* nobody has seen yet what an import could not use */
bool form_asks(const struct model *model);
bool form_has_lost(const struct model *model);
bool form_has_rejects(const struct model *model);
void form_show_lost(struct model *model);
void form_turn(struct model *model, struct effects *effects); /* to that, and back */
void form_keep_rejects(struct model *model, struct effects *effects);
void form_accept(struct model *model, struct effects *effects);
void form_cancel(struct model *model, struct effects *effects);
void form_edit(struct model *model, struct effects *effects); /* the line under the cursor */
bool form_folds(const struct model *model); /* what the file settles can stand in one line */
void form_unfold(struct model *model, struct effects *effects);
void form_offer(struct model *model);
void form_choose(struct model *model, struct effects *effects);
void form_typed(struct model *model);
void form_answered(struct model *model, bool keep, struct effects *effects);
void form_click(struct model *model, const struct message *message, struct effects *effects);

/* imports_place.c */
void imports_take(struct model *model, const struct message *message);
void imports_take_ids(struct model *model, const struct message *message);
/* Asks for those whom an import had that the filter names; true while they are not here. */
bool imports_ask(struct model *model, struct effects *effects);
/* The user's own begins; it has ended well, `changed` or not; what it wrote is in the catalogue. */
void imports_begin(struct model *model);
void imports_end(struct model *model, bool changed);
void imports_land(struct model *model);
void imports_settle(struct model *model);
int imports_height(const struct model *model);
void imports_open(struct model *model, struct effects *effects);
void imports_close(struct model *model, struct effects *effects);
void imports_show(struct model *model, struct effects *effects); /* the one under the cursor */
void imports_take_back(struct model *model, struct effects *effects);
bool imports_any(const struct model *model);
void imports_vertical(struct model *model, long by);
void imports_click(struct model *model, const struct message *message, struct effects *effects);

/* first.c */
/* The menu takes the place of a list without creators, and gives it back; asks for what lies on this
 * computer. */
void first_settle(struct model *model, struct effects *effects);
void first_tick(struct model *model, double seconds);
void first_take(struct model *model, const struct message *message);
void first_vertical(struct model *model, long by);
void first_choose(struct model *model, struct effects *effects); /* what is under the cursor */
void first_click(struct model *model, const struct message *message, struct effects *effects);

/* tour.c */
void tour_begin(struct model *model);
void tour_follow(struct model *model); /* goes on where what it asks for is done */
void tour_leave(struct model *model);
bool tour_can(const struct model *model);
void tour_run(struct model *model,
              struct effects *effects); /* where one was; else from its front */

/* said.c */
void said_line(struct model *model, struct text text, struct effects *effects);
void said_tell(struct model *model, bool opening); /* what was told gets its numbers */

/* mouse.c */
void press(struct model *model, uint32_t key, struct effects *effects); /* as if it were */
/* mouse_hit.c: what a pane says lies under it; false: nothing of the kind. */
/* A border that is held goes where the mouse goes, until it is let go. */
void mouse_moved(struct model *model, const struct message *message);
bool mouse_hit(struct model *model, const struct message *message, struct effects *effects);
void mouse(struct model *model, const struct message *message, struct effects *effects);

/* Creators the next command is about: the ticked ones where there are any (and `ticked`), else the
 * one under the cursor. Returns how many. The caller releases *rows. */
size_t model_chosen(const struct model *model, bool ticked, struct bits *rows);

/* Would the trend be shown, if there were any past? */
bool list_has_room_for_trend(const struct model *model);
void list_settle_sideways(struct model *model); /* the cell's column into view */
#endif
