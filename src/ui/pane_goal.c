#include "base/utf8.h"
#include "domain/show.h"
#include "ui_internal.h"

/* A goal while it is typed: the line, and above it the inputs that reach it. */

#define NAME_AT 3
#define NAME_CELLS 12
#define VALUE_CELLS 12
#define VALUE_CELLS_NARROW 8
#define NOTE_AT (NAME_AT + NAME_CELLS + VALUE_CELLS + 3)

/* "now 480, -51%", "now 1, the fewest, up to 6", "now 80.00, moves every creator" */
static void note_text(const struct model *model, const struct goal_offer *offer, struct buf *out)
{
    double change = offer->value / offer->present - 1;
    if (!isnan(offer->present)) {
        buf_add_string(out, "now ");
        goal_input_show(out, offer->input, offer->present, model->style);
        buf_add_string(out, ", ");
    }
    if (goal_input_shared(offer->input)) {
        buf_add_string(out, "moves every creator");
    } else if (offer->input == GOAL_DELIVERABLES) {
        if (!isinf(offer->value))
            buf_add_string(out,
                           goal_most_posts(model->goal.column) ? "the most, " : "the fewest, ");
        buf_addf(out, "up to %.0f", model->scenario.fill_cap);
    } else if (number_known(change)) {
        show_number(out, UNIT_ROI, change, false, model->style);
    } else {
        buf_cut(out, out->length > 2 ? out->length - 2 : 0);
    }
}

static void draw_offer(const struct model *model, struct canvas *canvas, struct area at,
                       const struct goal_offer *offer, bool cursor)
{
    bool never = isinf(offer->value);
    struct buf value = BUF_INIT, note = BUF_INIT;
    if (never)
        buf_add_string(&value, "never");
    else
        goal_input_show(&value, offer->input, offer->value, model->style);
    note_text(model, offer, &note);
    canvas_fit(canvas, at.column + NAME_AT, at.row, NAME_CELLS, FIT_LEFT,
               ink(never ? ROLE_DIM : ROLE_TEXT), text_of(goal_input_title(offer->input)));
    canvas_fit(canvas, at.column + NAME_AT + NAME_CELLS, at.row,
               at.columns < NOTE_AT ? VALUE_CELLS_NARROW : VALUE_CELLS, FIT_RIGHT,
               never ? ink(ROLE_DIM) : ink_strong(ROLE_OWN), buf_text(&value));
    canvas_fit(canvas, at.column + NOTE_AT, at.row, at.columns - NOTE_AT - 1, FIT_LEFT,
               ink(ROLE_DIM), buf_text(&note));
    buf_release(&value);
    buf_release(&note);
    canvas_surface(canvas, at, cursor ? ROLE_CURSOR : ROLE_BAR);
    if (cursor)
        canvas_glyph(canvas, at.column, at.row, ink_on(ROLE_TEXT, ROLE_CURSOR), GLYPH_FOCUS);
}

/* What stands there instead of inputs. */
static const char *nothing_to_offer(const struct model *model)
{
    const struct goal_prompt *goal = &model->goal;
    if (isnan(goal->value))
        return "type what it shall be: 50%, 1,200, 2.5k";
    if (isnan(goal->present))
        return "not known here: i says what is missing";
    return "reached whatever one changes";
}

void pane_goal(const struct model *model, struct canvas *canvas)
{
    const struct goal_prompt *goal = &model->goal;
    struct area body = model->layout.body;
    int rows = goal->count > 0 ? goal->count : 1;
    int width = canvas->columns < 130 ? canvas->columns : 100;
    rows = rows < body.rows - 1 ? rows : body.rows - 1;
    if (rows < 1)
        return;
    int y = model->layout.status.row - rows;
    struct buf title = BUF_INIT;
    goal_title(model, &title);
    frame_rule(canvas, (struct area){body.column, y - 1, width, 1}, buf_text(&title),
               ink_strong(ROLE_TITLE), NULL);
    buf_release(&title);
    struct area panel = {body.column, y, width, rows};
    canvas_fill(canvas, panel, ink_on(ROLE_TEXT, ROLE_BAR), ' ');
    if (goal->count == 0)
        canvas_fit(canvas, panel.column + NAME_AT, y, width - NAME_AT - 1, FIT_LEFT,
                   ink_on(ROLE_DIM, ROLE_BAR), text_of(nothing_to_offer(model)));
    for (int i = 0; i < goal->count && i < rows; i++)
        draw_offer(model, canvas, (struct area){panel.column, y + i, width, 1}, &goal->offers[i],
                   i == goal->cursor);
}

void goal_line(const struct model *model, struct canvas *canvas, int row)
{
    const struct goal_prompt *goal = &model->goal;
    enum unit unit = columns[goal->column].unit;
    struct buf text = BUF_INIT;
    buf_addf(&text, "%s %s", columns[goal->column].title,
             goal_at_most(goal->column) ? "at most" : "at least");
    int column = canvas_text(canvas, 1, row, ink_strong(ROLE_TITLE), buf_text(&text)) + 1;
    int cells = canvas->columns >= 60 ? 14 : canvas->columns / 4;
    frame_field(canvas, column, row, cells, &model->line);
    column += cells + 2;
    bool wrong = model->line_error.message[0];
    buf_clear(&text);
    if (wrong) {
        buf_add_string(&text, model->line_error.message);
    } else {
        if (!isnan(goal->value)) {
            buf_add_string(&text, "read as ");
            show_number(&text, unit, goal->value, true, model->style);
            buf_add_string(&text, "   ");
        }
        buf_add_string(&text, "now ");
        show_number(&text, unit, goal->present, true, model->style);
        if (unit == UNIT_ROI && goal->value == 0)
            buf_add_string(&text, "   0% is break-even");
    }
    canvas_fit(canvas, column, row, canvas->columns - column - 1, FIT_LEFT,
               ink(wrong ? ROLE_BAD : ROLE_DIM), buf_text(&text));
    buf_release(&text);
}
