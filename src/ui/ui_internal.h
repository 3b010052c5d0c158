#ifndef MICROSCOPE_UI_UI_INTERNAL_H
#define MICROSCOPE_UI_UI_INTERNAL_H

#include "app/model.h"
#include "ui/canvas.h"

/* What panes share. */

static inline struct ink ink(enum role role)
{
    return (struct ink){role, ROLE_TEXT, false};
}

static inline struct ink ink_strong(enum role role)
{
    return (struct ink){role, ROLE_TEXT, true};
}

static inline struct ink ink_on(enum role role, enum role surface)
{
    return (struct ink){role, surface, false};
}

/* figure.c: a figure as it stands in list, detail and comparison: its sign, its value, its role. */
struct figure {
    char text[48];
    enum role role;
};
struct figure figure_of(const struct model *model, enum column column, uint32_t row, bool exact);
/* For a column of so many cells: sums that have no room whole stand in three digits, ~+144k. */
struct figure figure_fit(const struct model *model, enum column column, double value, char mark,
                         int cells);
/* Marks a figure that has just moved, in its cell and the one after it. */
void figure_moved(const struct model *model, struct canvas *canvas, struct area cell,
                  enum column column, uint32_t row);
struct figure figure_within(const struct model *model, enum column column, uint32_t row, int cells);
struct figure figure_value(const struct model *model, enum column column, double value, char mark,
                           bool exact);
/* "Fee EUR": the title with the currency where the column is money. */
void figure_title(const struct model *model, enum column column, struct buf *out);
void text_of_cell(const struct model *model, enum column column, uint32_t row, struct buf *out);
/* The scenario's currency code. */
const char *model_currency(const struct model *model);

/* note.c: what stands in small beside a figure. */
void figure_note(const struct model *model, enum column column, uint32_t row, struct buf *out);
/* "3mo old", of the oldest figure that is out of date; nothing where none is. */
void age_text(const struct model *model, uint32_t row, struct buf *out);

/* pane_detail.c, also for the strip: is the past of the creator in view known; "8 in 10 between …";
 * "@lenaskin, instagram, Germany, beauty, skincare". */
bool history_known(const struct model *model);
/* pane_compare_why.c: why one brings back more than the other; below the rows. */
void compare_why_draw(const struct model *model, struct canvas *canvas, struct area area);
/* pane_compare_past.c */
void pane_compare_past(const struct model *model, struct canvas *canvas, struct area area);
/* past.c: a figure of the creator in view over time; *jumps: does it have any? False where there is too
 * little to show. And the page with all of them. */
bool past_plot(const struct model *model, struct canvas *canvas, struct area area,
               enum column column, bool *jumps);
void past_page(const struct model *model, struct canvas *canvas, struct area area);
void figure_range(const struct model *model, const struct figures *figures, const char *before,
                  const char *between, struct buf *out);
void identity_text(const struct model *model, uint32_t row, struct buf *out);

/* Has the user said nothing yet about what an order is worth and how often people buy? */
bool rests_on_defaults(const struct scenario *scenario);

/* The range of its ROI as a picture, on a scale of its own, in the role of what it promises. */
void figure_chart(struct canvas *canvas, int column, int row, int cells,
                  const struct figures *figures);

/* "▾ 12 more" at the right end of a row of the area; nothing where none is. */
void frame_more(struct canvas *canvas, struct area area, int row, enum glyph sign, size_t count);

/* frame.c: rules, boxes and lines of several inks. */
void frame_vertical(struct canvas *canvas, int column, struct area body);
/* A rule with a title in it, and a way out at its right end (NULL: none). */
void frame_rule(struct canvas *canvas, struct area area, struct text title, struct ink title_ink,
                const char *right);
/* Dims what is under it, draws a box and returns the area inside. */
struct area frame_around(struct canvas *canvas, struct area box, struct text title,
                         const char *way_out); /* there, what it covers not dimmed */
struct area frame_box(const struct model *model, struct canvas *canvas, int columns, int rows,
                      struct text title, const char *way_out);
/* Words separated by two blanks: key in its role, label plain: "Enter open". Returns the column after. */
int frame_key(struct canvas *canvas, int column, int row, enum role surface, const char *key,
              const char *label);
/* The next line of at most `cells` off the front of *rest, broken at a blank where there is one; the
 * null text at the end. */
struct text frame_line(const struct canvas *canvas, struct text *rest, int cells);
/* At the right end of so many cells, cut where it is longer; the cells before it stay as they are, for
 * roles that underline. */
void frame_right(struct canvas *canvas, int column, int row, int cells, struct ink look,
                 struct text text);
/* A line in which what stands between ` is a key, which is shown as the user has it; cut where it is too long. */
void frame_keys(const struct model *model, struct canvas *canvas, int column, int row, int cells,
                enum role role, enum role surface, const char *line);
/* Who it is, in so many cells: his handle, the name of a channel, and his platform behind it where somebody
 * else has that handle on another one. */
void frame_creator(const struct model *model, struct canvas *canvas, struct area cell,
                   struct ink look, uint32_t row);
/* An input field with its text and caret, `cells` wide. */
void frame_field(struct canvas *canvas, int column, int row, int cells, const struct line *line);

/* The same in place of a creator's figure that stands right in so many cells, where it is being edited.
 * After its surface was painted. */
void frame_figure(const struct model *model, struct canvas *canvas, int column, int row, int cells,
                  enum column figure, uint32_t creator);

/* progress.c: the job that runs, in one line. */
void progress_draw(const struct model *model, struct canvas *canvas, int row);

/* pane_tiers.c and its page: the role of a figure, dim while it is of what was asked before. */
enum role tiers_role(const struct model *model, enum role role);
void tiers_draw_page(const struct model *model, struct canvas *canvas, struct area area);

/* panes */
void pane_bar(const struct model *model, struct canvas *canvas);
void pane_chips(const struct model *model, struct canvas *canvas);
void pane_filters(const struct model *model, struct canvas *canvas);
void pane_list(const struct model *model, struct canvas *canvas);
void pane_strip(const struct model *model, struct canvas *canvas);
void pane_detail(const struct model *model, struct canvas *canvas);
void pane_whole(const struct model *model, struct canvas *canvas);
void pane_compare(const struct model *model, struct canvas *canvas);
void pane_plan(const struct model *model, struct canvas *canvas);
/* Share of the budget that a cost is: a bar and percent. */
void plan_share(const struct model *model, struct canvas *canvas, int at, int y, int width,
                double cost, bool estimated);
void pane_plan_totals(const struct model *model, struct canvas *canvas);
void pane_plan_side(const struct model *model, struct canvas *canvas);
/* "plan ROI +11% then, +16% now"; nothing where there is no plan. */
void changes_totals(const struct model *model, struct buf *out);
void pane_changes(const struct model *model, struct canvas *canvas);
void pane_tiers(const struct model *model, struct canvas *canvas);
void pane_plans(const struct model *model, struct canvas *canvas);
void pane_plans_below(const struct model *model, struct canvas *canvas);
void pane_proposal(const struct model *model, struct canvas *canvas);
void pane_status(const struct model *model, struct canvas *canvas);
/* The whole text of what is cut under the cursor, in the status line, where it is free: where neither a
 * prompt nor a message nor a job stands in it. */
void pane_peek(const struct model *model, struct canvas *canvas);
bool status_is_free(const struct model *model);
void pane_keys(const struct model *model, struct canvas *canvas);
void pane_why(const struct model *model, struct canvas *canvas);
void pane_help(const struct model *model, struct canvas *canvas);
void pane_views(const struct model *model, struct canvas *canvas);
void pane_picker(const struct model *model, struct canvas *canvas);
void pane_candidates(const struct model *model, struct canvas *canvas);
void pane_commands(const struct model *model, struct canvas *canvas);
/* The form of an import, its standing line, and the field of an answer. */
void pane_form(const struct model *model, struct canvas *canvas);
void form_standing(const struct model *model, struct canvas *canvas, int row);
void form_field(const struct model *model, struct canvas *canvas, int row);
/* The last imports, and what is to be known of the one under the cursor. */
void pane_imports(const struct model *model, struct canvas *canvas);
void imports_standing(const struct model *model, struct canvas *canvas, int row);
/* The menu of a store without creators, its first row, and its standing line. */
void pane_first(const struct model *model, struct canvas *canvas);
void first_standing(const struct model *model, struct canvas *canvas, int row);
/* The lines of the tour. */
void pane_tour(const struct model *model, struct canvas *canvas);
void pane_saved(const struct model *model, struct canvas *canvas);
void pane_hand(const struct model *model, struct canvas *canvas);
void pane_goal(const struct model *model, struct canvas *canvas);
/* … and its line */
void goal_line(const struct model *model, struct canvas *canvas, int row);

#endif
