#include "ui_internal.h"

/* Views by name: those of the user, then those of the program; below them, all that the one under the
 * cursor says. */

#define NAME_CELLS 20
#define COUNT_CELLS 9
#define FOOT_ROWS 4

static void order_words(struct text said, struct buf *out)
{
    struct query query;
    query_init(&query);
    if (said.length > 0 && query_parse_order(said, &query, NULL))
        for (size_t i = 0; i < query.order_count; i++)
            buf_addf(out, "%s%s%s", i ? ", " : "", columns[query.orders[i].column].title,
                     query.orders[i].descending ? "" : " up");
    else
        buf_add_string(out, said.length > 0 ? "?" : "as it is");
    query_release(&query);
}

static void draw_count(const struct model *model, struct canvas *canvas, struct area at,
                       size_t count)
{
    struct buf text = BUF_INIT;
    if (count == NAMED_UNCOUNTED)
        buf_add_string(&text, "...");
    else
        number_fixed(&text, (double)count, 0, model->style);
    canvas_fit(canvas, at.column + at.columns - COUNT_CELLS, at.row, COUNT_CELLS - 1, FIT_RIGHT,
               ink(ROLE_TEXT), buf_text(&text));
    buf_release(&text);
}

static void draw_line(const struct model *model, struct canvas *canvas, struct area at,
                      size_t index)
{
    struct named_line line = named_line(model, index);
    bool cursor = index == model->named_place.cursor;
    bool used = text_is(text_of(line.name), model->named);
    int name = at.columns >= 60   ? NAME_CELLS
               : at.columns >= 44 ? at.columns / 2 - 4
                                  : at.columns - 5 - COUNT_CELLS,
        column = at.column + 3;
    int room = at.columns - 3 - name - 2 - COUNT_CELLS;
    if (used)
        canvas_glyph(canvas, at.column + 1, at.row, ink(ROLE_TICK), GLYPH_YES);
    canvas_fit(canvas, column, at.row, name, FIT_LEFT,
               line.builtin ? ink(ROLE_TEXT) : ink_strong(ROLE_TEXT), text_of(line.name));
    column += name + 2;
    if (room >= 40) {
        struct buf order = BUF_INIT;
        int cells = room / 3;
        order_words(line.says.order, &order);
        room -= cells + 2;
        canvas_fit(canvas, column + room + 2, at.row, cells, FIT_LEFT, ink(ROLE_DIM),
                   buf_text(&order));
        buf_release(&order);
    }
    if (room > 4)
        canvas_fit(canvas, column, at.row, room, FIT_LEFT, ink(ROLE_TEXT),
                   line.says.filter.length ? line.says.filter : TEXT("all creators"));
    draw_count(model, canvas, at, line.count);
    if (!cursor)
        return;
    canvas_glyph(canvas, at.column, at.row, ink_strong(ROLE_TEXT), GLYPH_FOCUS);
    canvas_surface(canvas, at, ROLE_CURSOR);
}

static int draw_part(struct canvas *canvas, struct area area, int row, const char *title,
                     struct text text)
{
    if (row >= area.row + area.rows)
        return row;
    canvas_string(canvas, area.column + 1, row, ink(ROLE_DIM), title);
    canvas_fit(canvas, area.column + 10, row, area.columns - 11, FIT_LEFT, ink(ROLE_TEXT), text);
    return row + 1;
}

/* What does not fit into its line. */
static void draw_foot(const struct model *model, struct canvas *canvas, struct area area)
{
    struct named_line line = named_line(model, model->named_place.cursor);
    struct buf order = BUF_INIT, more = BUF_INIT;
    int row = area.row + 1;
    frame_rule(canvas, (struct area){area.column, area.row, area.columns, 1}, text_of(line.name),
               ink_strong(ROLE_TITLE), line.builtin ? "built in" : "yours");
    if (line.builtin) {
        canvas_fit(canvas, area.column + 1, row++, area.columns - 2, FIT_LEFT, ink(ROLE_TEXT),
                   text_of(line.builtin->help));
    }
    order_words(line.says.order, &order);
    row = draw_part(canvas, area, row, "Filter",
                    line.says.filter.length ? line.says.filter : TEXT("none: all creators"));
    row = draw_part(canvas, area, row, "Order", buf_text(&order));
    if (!line.builtin) {
        buf_add_text(&more, line.says.columns.length ? line.says.columns : TEXT("as they are"));
        if (line.says.scenario.length > 0) {
            buf_add_string(&more, "; plan ");
            buf_add_text(&more, line.says.scenario);
        }
        draw_part(canvas, area, row, "Columns", buf_text(&more));
    }
    buf_release(&order);
    buf_release(&more);
}

static int draw_lines(const struct model *model, struct canvas *canvas, struct area area)
{
    size_t own = model->saved.count, count = named_line_count(model);
    size_t rows = area.rows > 0 ? (size_t)area.rows : 1;
    struct scroll scroll = {model->named_place.cursor, model->named_place.top};
    scroll_settle(&scroll, count, rows);
    for (size_t i = 0; i < rows && scroll.top + i < count; i++) {
        int row = area.row + (int)i;
        draw_line(model, canvas, (struct area){area.column, row, area.columns, 1}, scroll.top + i);
    }
    int right = area.column + area.columns - 1;
    if (scroll.top > 0)
        canvas_glyph(canvas, right, area.row, ink(ROLE_DIM), GLYPH_UP);
    if (scroll.top + rows < count)
        canvas_glyph(canvas, right, area.row + area.rows - 1, ink(ROLE_DIM), GLYPH_DOWN);
    return own > 0 ? (int)own : 0;
}

void pane_views(const struct model *model, struct canvas *canvas)
{
    int lines = (int)named_line_count(model), width = canvas->columns >= 110 ? 104 : 78;
    struct area area = frame_box(model, canvas, width, lines + 1 + FOOT_ROWS, TEXT("Views"),
                                 contexts[CONTEXT_VIEWS].way_out);
    int foot = area.rows >= 10 ? FOOT_ROWS : 0;
    draw_lines(model, canvas,
               (struct area){area.column, area.row, area.columns, area.rows - foot - (foot > 0)});
    if (foot > 0)
        draw_foot(model, canvas,
                  (struct area){area.column, area.row + area.rows - foot, area.columns, foot});
}
