#include "ui_internal.h"

/* Nothing is cut in silence: what is cut under the cursor stands whole in the status line. */

/* Is there a cell with the cursor in this row, from this column on? */
static bool has_cell(const struct canvas *canvas, int column, int row)
{
    for (; column < canvas->columns; column++)
        if (canvas_cell(canvas, column, row)->surface == ROLE_CELL)
            return true;
    return false;
}

/* The cell of the cursor; where a row has none all of it; and in tables of figures what the row and
 * the column of the cursor are called. */
static bool is_looked_at(const struct model *model, const struct canvas *canvas, int column,
                         int row)
{
    enum role surface = (enum role)canvas_cell(canvas, column, row)->surface;
    bool table =
        model->place == PLACE_COMPARE || model->place == PLACE_PLAN || model->place == PLACE_PLANS;
    if (surface == ROLE_CELL || (surface == ROLE_TAB && table && row > model->layout.bar.row))
        return true;
    if (surface != ROLE_CURSOR)
        return false;
    return !has_cell(canvas, 0, row) || (table && has_cell(canvas, column, row));
}

static void add_cuts(const struct model *model, const struct canvas *canvas, struct buf *out)
{
    for (size_t i = 0; i < canvas_cut_count(canvas); i++) {
        int column, row;
        struct text text = text_trim(canvas_cut(canvas, i, &column, &row));
        if (text.length == 0 || !is_looked_at(model, canvas, column, row))
            continue;
        buf_add_string(out, out->length ? "   " : "");
        buf_add_text(out, text);
    }
}

/* `i` shows all of what is longer than the line. */
static int draw_more(const struct model *model, struct canvas *canvas, int row)
{
    static const char label[] = "all of it";
    enum context context = model_context(model);
    const struct command *why = bindings_command(NULL, context, 'i');
    struct key_name key = model_key(model, 'i');
    if (!why || contexts[context].text || !command_enabled(why, model))
        return 0;
    int cells = (int)(text_of(key.text).length + sizeof label);
    frame_key(canvas, canvas->columns - 1 - cells, row, ROLE_TEXT, key.text, label);
    return cells + 2;
}

void pane_peek(const struct model *model, struct canvas *canvas)
{
    struct buf whole = BUF_INIT;
    int row = model->layout.status.row, room = canvas->columns - 2;
    if (status_is_free(model) && model->overlay != OVERLAY_WHY)
        add_cuts(model, canvas, &whole);
    if (whole.length > 0) {
        canvas_fill(canvas, model->layout.status, ink(ROLE_TEXT), ' ');
        if ((int)text_width(buf_text(&whole), canvas->widths) > room)
            room -= draw_more(model, canvas, row);
        canvas_fit(canvas, 1, row, room, FIT_LEFT, ink(ROLE_TEXT), buf_text(&whole));
    }
    buf_release(&whole);
}
